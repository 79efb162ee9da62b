"""First mentions and their form, from the words of a document to the finding: kind "citation-form"."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.linkage import registers
from viendan import identifiers
from viendan.extract.describe import describe
from viendan.extract.document import extract_document
from viendan.link import forms, linking
from viendan.link.evidence import Finding
from viendan.model import SourceDocument

CASES = tomllib.loads((Path(__file__).parent / "cases" / "forms.toml").read_text(encoding="utf-8"))["case"]
HEADS = {
    "state": "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\nSố: {number}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\nVân Sơn, {date}\n{type}\nVề việc trồng cây\n\n",
    "party": "TỈNH ỦY VÂN SƠN\nSố: {number}\nĐẢNG CỘNG SẢN VIỆT NAM\nVân Sơn, {date}\n{type}\nvề việc trồng cây\n\n",
}


def document(name: str, case: dict[str, str], text: str) -> SourceDocument:
    line = case.get("line", "state")
    head = HEADS[line].format(
        number=case.get("number", "9/CT-UBND" if line == "state" else "9-CT/TU"),
        date=case.get("date", "ngày 01 tháng 02 năm 2023"),
        type=case.get("type", "CHỈ THỊ"),
    )
    return SourceDocument(name, head + text + "\n", "0" * 64)


def alarms(case: dict[str, str]) -> list[Finding]:
    sources = [document("a", case, case["text"])]
    if "other" in case:
        sources.append(document("b", {**case, "number": "8/CT-UBND"}, case["other"]))
    graphs = {identifiers.source_graph(own.name): describe(extract_document(own)) for own in sources}
    found = linking.link_graphs(graphs, registers()).findings
    return [finding for finding in found if finding.kind == "citation-form"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_first_mentions(case: dict[str, str]) -> None:
    found = alarms(case)
    assert [[reading.value for reading in finding.readings] for finding in found] == [
        list(own) for own in case["alarms"]
    ]
    fillings = [f"{part.field} {part.origin}" for finding in found for part in finding.readings[1].fillings]
    assert fillings == list(case.get("filled", []))


def test_a_proposal_keeps_the_rule_and_the_mention() -> None:
    (finding,) = alarms(CASES[0])
    assert (finding.likely, finding.reason) == (1, "decree-30")
    assert finding.readings[0].mentions
    assert finding.readings[1].part == "proposed"
    assert len(finding.about) == 2


def test_days_in_words_as_the_decree_writes_them() -> None:
    assert forms.in_words("2021-07-16") == "ngày 16 tháng 7 năm 2021"
    assert forms.in_words("2022-02-06") == "ngày 06 tháng 02 năm 2022"
