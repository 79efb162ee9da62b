"""The command line as a person meets it: one clear sentence, the right exit code, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from viendan.errors import ExitCode

GOOD = "Thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị."


def viendan(cwd: Path, *words: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "VIENDAN_LANG": language, "HOME": str(cwd), "COLUMNS": "300"}
    return subprocess.run(
        [sys.executable, "-m", "viendan", *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def sentences(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert "Traceback" not in done.stderr, done.stderr
    return [line for line in done.stderr.splitlines() if line.startswith("viendan: ")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the examples were built."""
    folder = tmp_path_factory.mktemp("built")
    done = viendan(folder, "build", str(REPOSITORY / "examples"), "--out", "build")
    assert done.returncode == ExitCode.OK, done.stderr
    return folder


@pytest.mark.parametrize(
    ("content", "word"),
    [(None, "missing"), (b"", "empty"), (b"\x89PNG\r\n\x1a\n\x00\x00", "text"), (b"\xff\xff\xfe", "text")],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_bad_input_gets_one_sentence_and_its_code(
    tmp_path: Path, content: bytes | None, word: str, language: str
) -> None:
    path = tmp_path / f"{word}.txt"
    if content is not None:
        path.write_bytes(content)
    done = viendan(tmp_path, "extract", str(path), language=language)
    assert done.returncode == ExitCode.INPUT
    assert len(sentences(done)) == 1
    assert path.name in sentences(done)[0]


def test_a_50_mb_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 50_000_000)
    done = viendan(tmp_path, "extract", str(path))
    assert done.returncode == ExitCode.INPUT
    assert len(sentences(done)) == 1


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    for verb in ("extract", "build"):
        done = viendan(tmp_path, verb, "nothing")
        assert done.returncode == ExitCode.INPUT
        assert "nothing" in sentences(done)[0]


def test_one_bad_document_of_a_batch_is_told_and_the_others_written(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "bad.txt").write_bytes(b"\x00")
    (source / "good.txt").write_text(GOOD, encoding="utf-8")
    done = viendan(tmp_path, "extract", "in", "--out", "data")
    assert done.returncode == ExitCode.SOME_FAILED
    assert "bad.txt" in sentences(done)[0]
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["good.ttl"]


def test_json_of_one_file_is_printed_and_of_several_written(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(GOOD, encoding="utf-8")
    printed = json.loads(viendan(tmp_path, "extract", "a.txt", "--json").stdout)
    (citation,) = printed["citations"]
    assert GOOD[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["number"] == "34-CT/TW"
    done = viendan(tmp_path, "extract", "a.txt", "b.txt", "--json", "--out", "json")
    assert done.returncode == 0, done.stderr
    written = [json.loads((tmp_path / "json" / f"{name}.json").read_text(encoding="utf-8")) for name in ("a", "b")]
    assert written[0]["citations"][0]["entity"] == written[1]["citations"][0]["entity"]


def test_broken_turtle_is_told_with_its_line_and_the_old_site_stays(tmp_path: Path, built: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for file in (built / "build" / "data").glob("*.ttl"):
        (data / file.name).write_bytes(file.read_bytes())
    assert viendan(tmp_path, "build", "--data", "data", "--out", "out").returncode == ExitCode.OK
    before = (tmp_path / "out" / "site" / "index.html").read_bytes()
    (data / "broken.ttl").write_text("<a:b> <a:c> <a:d> .\n<a:b> oops", encoding="utf-8")
    done = viendan(tmp_path, "build", "--data", "data", "--out", "out")
    assert done.returncode == ExitCode.DATA
    assert "broken.ttl" in sentences(done)[0]
    assert "2" in sentences(done)[0]
    assert (tmp_path / "out" / "site" / "index.html").read_bytes() == before


def test_a_query_with_a_syntax_error_is_told(tmp_path: Path, built: Path) -> None:
    (tmp_path / "wrong.rq").write_text("SELECT ?a WHERE {\n ?a ?b \n", encoding="utf-8")
    done = viendan(built, "query", "--file", str(tmp_path / "wrong.rq"))
    assert done.returncode == ExitCode.QUERY
    assert len(sentences(done)) == 1


def test_an_unknown_query_and_a_wrong_parameter_are_told(built: Path) -> None:
    for words in (("no_such_query",), ("cited_by", "--nonsense", "1"), ("cited_by", "--instrument", "999/KHONG-CO")):
        done = viendan(built, "query", *words)
        assert done.returncode == ExitCode.QUERY, words
        assert len(sentences(done)) == 1


@pytest.mark.parametrize("shape", ["table", "csv", "json"])
def test_a_named_query_answers_in_each_format(built: Path, shape: str) -> None:
    done = viendan(built, "query", "cited_by", "--instrument", "34-CT/TW", "--format", shape)
    assert done.returncode == 0, done.stderr
    assert "07/CT-UBND" in done.stdout
    if shape == "json":
        assert json.loads(done.stdout)["results"]["bindings"]


def test_a_report_names_its_citers(built: Path) -> None:
    for shape in ("md", "csv"):
        done = viendan(built, "report", "34-CT/TW", "--format", shape)
        assert done.returncode == 0, done.stderr
        assert "07/CT-UBND" in done.stdout


def test_second_build_does_nothing_and_a_new_document_is_seen(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(GOOD, encoding="utf-8")
    first = viendan(tmp_path, "build", "in", "--out", "out")
    assert first.returncode == 0, first.stderr
    assert "Nothing has changed" in viendan(tmp_path, "build", "in", "--out", "out").stdout
    (source / "b.txt").write_text(GOOD.replace("34-CT", "35-CT"), encoding="utf-8")
    third = viendan(tmp_path, "build", "in", "--out", "out")
    assert "2 documents" in third.stdout


def test_help_exists_in_both_languages(tmp_path: Path) -> None:
    for verb in ((), ("extract",), ("build",), ("query",), ("report",), ("check",), ("registers",)):
        vi = viendan(tmp_path, *verb, "--help", language="vi")
        en = viendan(tmp_path, "--lang", "en", *verb, "--help", language="vi")
        assert vi.returncode == en.returncode == 0
        assert vi.stdout != en.stdout
