"""The findings as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from functools import cache

import pytest

from tests import answers
from viendan.messages import Language
from viendan.publish import contexts, findings, tables
from viendan.publish.views import FindingView


@cache
def found() -> tuple[FindingView, ...]:
    return contexts.gather_rows(answers.graph()).findings


def lines(language: Language) -> list[list[str]]:
    return list(csv.reader(io.StringIO(tables.findings_csv(found(), language))))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reading_and_every_quote_has_a_line(language: Language) -> None:
    head, *rows = lines(language)
    assert len(head) == len(tables.COLUMNS) == len(set(head))
    expected = sum(max(1, sum(max(1, len(reading.evidence)) for reading in finding.readings)) for finding in found())
    assert len(rows) == expected
    assert {row[0] for row in rows} == {finding.iri for finding in found()}
    assert all(len(row) == len(head) for row in rows)


def test_a_line_says_who_says_what_where_and_how_sure_that_is() -> None:
    rows = [dict(zip(tables.COLUMNS, row, strict=True)) for row in lines("en")[1:]]
    own = [row for row in rows if "two-own-numbers" in row["finding"]]
    assert [(row["reading"], row["likely"], row["reason"]) for row in own] == [
        ("07/CT-UBND", "yes", "its own header"),
        ("12/CT-UBND", "", "its own header"),
    ]
    assert own[1]["quote"] == "Chỉ thị số 12/CT-UBND"
    assert int(own[1]["end"]) - int(own[1]["start"]) == len(own[1]["quote"])
    assert 0 < float(own[1]["confidence"]) < 1


def test_what_was_filled_in_names_its_source() -> None:
    filled = [row[tables.COLUMNS.index("filled")] for row in lines("en")[1:]]
    given = [cell for cell in filled if cell]
    assert any("register" in cell for cell in given)
    assert any("another document" in cell and "Directive 07/CT-UBND" in cell for cell in given)
    assert any("not known" in cell for cell in given)


def test_no_cell_is_a_formula() -> None:
    assert tables.safe(["=1+1", "-2", "@x", "số 5"]) == ["'=1+1", "'-2", "'@x", "số 5"]


def test_many_findings_stand_on_several_pages_that_share_the_kinds() -> None:
    many = tuple(found()[:1]) * 301 + tuple(found()[-1:])
    first, second = findings.findings_pages(many)
    assert first.paths == second.paths == ("findings.html", "findings-2.html")
    assert first.total == 302
    assert [item.count for item in first.kinds] == [301, 1]
    assert first.kinds[1].path.startswith("findings-2.html#kind-")
    assert findings.findings_pages(())[0].total == 0
