"""A merge says how it is undone: the printed line does it, also after documents were read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import REPOSITORY
from tests.linkage import VAN_SON, Cite, document, link
from viendan import cli, turtle, vocab
from viendan.errors import DataError
from viendan.link import linking, overrides
from viendan.link.linking import Linked
from viendan.pipeline import building, extraction, files

YEARLESS = Cite("6/KH-UBND", "Kế hoạch", None, VAN_SON)
DATED = Cite("6/KH-UBND", "Kế hoạch", "2021-01-06", VAN_SON)
NEXT = "Thực hiện Kế hoạch số 6/KH-UBND của Ủy ban nhân dân tỉnh về việc trồng rừng, các sở trồng cây.\n"
FIRST = "Thực hiện Kế hoạch số 6/KH-UBND ngày 06/01/2021 của Ủy ban nhân dân tỉnh về việc trồng rừng.\n"
HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\nSố: {0}/CT-UBND\nVân Sơn, ngày 0{0} tháng 5 năm 2021\n"
    "CHỈ THỊ\nVề việc trồng cây số {0}\n\n"
)


def documents() -> tuple[object, ...]:
    return document("a", DATED, number="1/CT-UBND"), document("b", YEARLESS, number="2/CT-UBND")


def undo_lines(linked: Linked) -> list[str]:
    return [t.object.value for t in linked.graphs[vocab.GRAPH_IDENTITY] if t.predicate.value == vocab.VD + "undo"]


def merges(linked: Linked) -> set[tuple[str, str]]:
    return {(merge.merged, merge.into) for merge in linked.resolution.merges}


def test_the_line_of_a_merge_undoes_it() -> None:
    before = link(*documents())  # type: ignore[arg-type]
    (line,) = undo_lines(before)
    decisions = overrides.of_triples(turtle.parse(line, "overrides.ttl"), "overrides.ttl", line)
    after = link(*documents(), decisions=decisions)  # type: ignore[arg-type]
    assert merges(before)
    assert merges(after) == set()


def test_people_undo_their_own_decisions_by_removing_them() -> None:
    base = f"{vocab.ID}instrument/{VAN_SON.key}/ke-hoach/2021/"
    line = f"<{base}5-kh-ubnd> <{overrides.MERGE_INTO}> <{base}6-kh-ubnd> ."
    decisions = overrides.of_triples(turtle.parse(line, "x"), "x", line)
    other = document("c", Cite("5/KH-UBND", "Kế hoạch", "2021-01-05", VAN_SON), number="3/CT-UBND")
    joined = link(document("a", DATED, number="1/CT-UBND"), other, decisions=decisions)
    assert merges(joined) == {(f"{base}5-kh-ubnd", f"{base}6-kh-ubnd")}
    assert undo_lines(joined) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "in"
    source.mkdir()
    (source / "one.txt").write_text(HEAD.format(1) + FIRST, encoding="utf-8")
    (source / "two.txt").write_text(HEAD.format(2) + NEXT, encoding="utf-8")
    return tmp_path


def read_again(folder: Path) -> Linked:
    """Documents are read anew into the data folder, as ``viendan build`` does, and linked with what people decided."""
    building.extract(extraction.gather([folder / "in"]), folder, 1, None)
    data = folder / "data"
    registers = [REPOSITORY / "tests" / "specimens" / "link-registers.ttl"]
    return linking.link_files(files.data_files(data), registers, files.override_file(data))


def test_what_people_decided_survives_reading_again(folder: Path) -> None:
    (line,) = undo_lines(read_again(folder))
    (folder / "data" / files.OVERRIDES).write_text(line + "\n", encoding="utf-8")
    for _ in range(2):
        again = read_again(folder)
        assert merges(again) == set()
        corrections = again.graphs[vocab.GRAPH_CORRECTIONS]
        assert [t.predicate.value for t in corrections] == [overrides.KEEP_APART]
        others = (triples for graph, triples in again.graphs.items() if graph != vocab.GRAPH_CORRECTIONS)
        assert not [t for triples in others for t in triples if t.predicate.value == overrides.KEEP_APART]


def test_a_broken_decision_stops_the_build_with_file_and_line(folder: Path) -> None:
    read_again(folder)
    (folder / "data" / files.OVERRIDES).write_text(
        f"\n<{vocab.ID}instrument/x> <{overrides.KEEP_APART}> <{vocab.ID}instrument/y> .\n"
    )
    with pytest.raises(DataError) as caught:
        read_again(folder)
    assert caught.value.key == "override_unknown"
    assert str(caught.value.values["file"]).endswith("data/overrides.ttl")
    assert caught.value.values["line"] == 2


def test_why_prints_the_line_alone_so_that_it_can_be_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from viendan import store

    linked = read_again(folder)
    store.build_store(folder / "store", linked)
    monkeypatch.setenv("VIENDAN_LANG", "en")
    result = CliRunner().invoke(
        cli.viendan, ["why", "6/KH-UBND", "--store", str(folder / "store")], standalone_mode=False
    )
    assert result.exception is None, result.exception
    assert undo_lines(linked)[0] in result.stdout.splitlines()
    assert "confidence" in result.stdout
    assert "overrides.ttl" in result.stdout
