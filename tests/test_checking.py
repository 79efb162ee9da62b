"""What is checked, what is said of it, and the exit code: faults of the data apart from findings about documents."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.linkage import PRIME_MINISTER, REGISTERS, VAN_SON, Cite, document
from viendan import cli, store, turtle, vocab
from viendan.errors import DataError, ExitCode, InputError
from viendan.extract.describe import describe
from viendan.link import linking
from viendan.messages import LANGUAGES
from viendan.model import Extraction
from viendan.pipeline import checking, files, targets
from viendan.publish import tables

PLAN = Cite("5/KH-UBND", "Kế hoạch", "2022-05-06", VAN_SON, "trồng rừng")
SHORT = Cite("5/KH-UBND", "Kế hoạch", "2022-05-06", VAN_SON)
SOUND = document("sound", PLAN, number="9/CT-UBND")
NOTICE = document("notice", SHORT, number="9/CT-UBND")  # a first mention without its subject
WARNING = document("warning", PLAN)  # no number
ERROR = document("error", PLAN, Cite("12/CT-UBND", date="2023-02-01", issuer=VAN_SON, role="self"), number="9/CT-UBND")


def data(folder: Path, *documents: Extraction, overrides: Sequence[str] = ()) -> Path:
    """A folder of data with the invented registers, which are small."""
    turtle.write_file(folder / "register-invented.ttl", REGISTERS.read_text(encoding="utf-8"))
    for own in documents:
        turtle.write_file(folder / f"{own.source.name}.ttl", turtle.write(describe(own)))
    if overrides:
        head = f"@prefix vd: <{vocab.VD}> .\n"
        turtle.write_file(folder / files.OVERRIDES, head + "".join(f"{line}\n" for line in overrides))
    return folder


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*words: str) -> Done:
    """The command in this process; ``main`` only turns errors into sentences."""
    result = CliRunner().invoke(cli.viendan, ["check", *words], standalone_mode=False)
    assert result.exception is None, result.exception
    return Done(int(result.return_value), result.stdout, result.stderr)


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Only one test looks at shapes: they take seconds, and are tested by themselves."""
    monkeypatch.setenv("VIENDAN_LANG", "en")
    if "shape" not in request.node.name:
        monkeypatch.setattr(checking, "_violations", lambda _files: iter(()))


def findings(checked: checking.Checked) -> dict[str, int]:
    return {count.kind: count.number for count in checked.counts}


@pytest.mark.parametrize(
    ("own", "worst"),
    [(SOUND, None), (NOTICE, "notice"), (WARNING, "warning"), (ERROR, "error")],
    ids=lambda v: str(v)[:9],
)
def test_findings_are_no_faults_and_the_gravest_is_told(tmp_path: Path, own: Extraction, worst: str | None) -> None:
    checked = checking.check(data(tmp_path, own))
    assert checked.faults == ()
    assert checked.worst == worst
    assert checked.documents == 1


def test_the_exit_code_is_graded(tmp_path: Path) -> None:
    folder = str(data(tmp_path, WARNING))
    codes = [run(folder, "--fail-on", level).returncode for level in (*checking.SEVERITIES, "never")]
    assert codes == [ExitCode.OK, ExitCode.FOUND_WARNING, ExitCode.FOUND_WARNING, ExitCode.OK]
    done = run(str(data(tmp_path / "worse", ERROR)))
    assert done.returncode == ExitCode.FOUND_ERROR
    assert "gravest is of severity error" in done.stderr


def test_a_reviewed_finding_fails_no_more(tmp_path: Path) -> None:
    (finding,) = {row[0] for row in rows(checking.check(data(tmp_path, ERROR))) if "/two-own-numbers/" in row[0]}
    data(tmp_path, overrides=[f'<{finding}> vd:reviewed "asked the registry"@en .'])
    checked = checking.check(tmp_path)
    assert checked.worst != "error"
    assert next(count.reviewed for count in checked.counts if count.kind == "two-own-numbers") == 1
    assert {row[tables.COLUMNS.index("reviewed")] for row in rows(checked) if row[0] == finding} == {
        "asked the registry"
    }


def test_a_review_of_a_finding_that_is_gone_is_a_fault_with_its_line(tmp_path: Path) -> None:
    gone = vocab.ID + "finding/two-own-numbers/0123456789abcdef"
    checked = checking.check(data(tmp_path, SOUND, overrides=["# a remark", f'<{gone}> vd:reviewed "x" .']))
    (fault,) = checked.faults
    assert (fault.kind, fault.values["line"], fault.values["finding"]) == ("review", 3, gone)
    done = run(str(tmp_path))
    assert done.returncode == ExitCode.DATA
    assert "line 3" in done.stderr


@pytest.mark.parametrize(
    "line",
    [f'<{vocab.ID}instrument/x> vd:reviewed "not a finding" .', f"<{vocab.ID}finding/x/1> vd:reviewed <{vocab.ID}x> ."],
)
def test_a_review_of_something_else_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(DataError) as caught:
        checking.check(data(tmp_path, SOUND, overrides=[line]))
    assert caught.value.values["line"] == 2


def rows(checked: checking.Checked) -> list[list[str]]:
    return list(csv.reader(io.StringIO(checked.table("en"))))[1:]


def test_the_table_is_printed_or_written_for_spreadsheets(tmp_path: Path) -> None:
    folder, file = str(data(tmp_path, WARNING)), tmp_path / "out" / "findings.csv"
    done = run(folder, "--format", "csv", "--csv", str(file), "--fail-on", "never")
    assert done.returncode == ExitCode.OK
    printed = list(csv.reader(io.StringIO(done.stdout)))
    assert "no-number" in printed[1][0]
    assert "Checked:" in done.stderr
    written = file.read_bytes()
    assert written.startswith("\ufeff".encode())
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig")))) == printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_speaks_both_languages(tmp_path: Path, language: str) -> None:
    table = checking.check(data(tmp_path, WARNING)).table(language)  # type: ignore[arg-type]
    assert ("cần xem" in table) is (language == "vi")


def test_documents_of_ones_own_are_read_and_quoted_with_the_words_around(tmp_path: Path) -> None:
    text = "Nay chỉ thị: thực hiện Chỉ thị số 19/CT-TTg ngày 31/4/2021 của Thủ tướng Chính phủ về việc thi đua.\n"
    (tmp_path / "mine.txt").write_text(text, encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes(b"\x00")
    checked = checking.check(tmp_path)
    assert (checked.target.kind, checked.documents, len(checked.failed)) == ("documents", 1, 1)
    assert findings(checked)["impossible-date"] == 1
    row = next(row for row in rows(checked) if "impossible-date" in row[0])
    assert row[tables.COLUMNS.index("before")].endswith("thực hiện ")
    done = run(str(tmp_path))
    assert done.returncode == ExitCode.FOUND_ERROR
    assert str(tmp_path) in done.stdout
    assert "broken.txt" in done.stderr
    assert run(str(tmp_path), "--fail-on", "never").returncode == ExitCode.SOME_FAILED


def test_a_store_is_checked_for_what_it_holds(tmp_path: Path) -> None:
    folder = data(tmp_path / "data", WARNING)
    store.build_store(
        tmp_path / "other" / "store", linking.link_files(files.data_files(folder), files.register_files(folder), None)
    )
    for path in (tmp_path / "other" / "store", tmp_path / "other"):
        checked = checking.check(path)
        assert checked.target.kind == "store"
        assert (checked.documents, findings(checked)["no-number"]) == (1, 1)
    assert "no files" in run(str(tmp_path / "other")).stdout


def test_what_a_path_is(tmp_path: Path) -> None:
    built = data(tmp_path / "built" / "data", SOUND)
    assert targets.locate(None).kind == "shipped"
    assert targets.locate(tmp_path / "built") == targets.locate(built) == targets.Target("data", built)
    assert targets.locate(tmp_path).kind == "documents"
    with pytest.raises(InputError):
        targets.locate(tmp_path / "nowhere")


def test_shapes_do_not_mix_two_documents_of_one_number(tmp_path: Path) -> None:
    one = document("one", PLAN, number="9/CT-UBND", title="Trồng cây")
    other = document("other", PLAN, number="9/CT-UBND", title="Chống hạn hán và cháy rừng")
    checked = checking.check(data(tmp_path, one, other))
    assert [fault for fault in checked.faults if one.instrument in str(fault.values["node"])] == []
    assert findings(checked)["same-identity"] == 1


def test_the_shipped_data_are_sound_and_their_grave_findings_reviewed() -> None:
    checked = checking.check(None)
    assert checked.faults == ()
    assert checked.worst != "error"


def test_a_shape_that_is_broken_is_a_fault_in_the_readers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data(tmp_path, document("a", Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER, title="x")))
    file = folder / "a.ttl"
    file.write_text(
        file.read_text(encoding="utf-8").replace('oa:exact "Chỉ thị số 19/CT-TTg"', 'oa:exact ""'), encoding="utf-8"
    )
    said = []
    for language in LANGUAGES:
        monkeypatch.setenv("VIENDAN_LANG", language)
        said.append([fault.values["message"] for fault in checking.check(folder).faults if fault.kind == "shape"])
    assert said[0]
    assert said[0] != said[1]
