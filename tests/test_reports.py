from __future__ import annotations

import csv
import io
import re

import pyoxigraph as ox
import pytest

from tests import invented
from viendan import store, vocab
from viendan.errors import QueryError
from viendan.publish import reports


def table(language: str = "vi", iri: str = invented.DIRECTIVE) -> list[dict[str, str]]:
    content = reports.render_report(invented.graph(), iri, "csv", language)
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_markdown_says_who_cites_and_with_which_words() -> None:
    report = reports.render_report(invented.graph(), invented.CENTRAL, "md", "vi")
    assert report.startswith("# Báo cáo viện dẫn: Chỉ thị số 34-CT/TW")
    assert "## Được viện dẫn (3)" in report
    assert "“Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị” (mục 1, ký tự 341–392" in report
    assert "## Điểm cần xem lại (1)" in report
    assert "có lẽ đúng" in report


def test_markdown_in_english() -> None:
    report = reports.render_report(invented.graph(), invented.DIRECTIVE, "md", "en")
    for heading in ("Instrument", "Cited by (1)", "Cites (7)", "Movements and campaigns (3)", "Other relations"):
        assert f"## {heading}" in report


def test_csv_has_a_line_for_each_statement_with_its_place() -> None:
    rows = [row for row in table("en") if row["Part"] == "Cites"]
    assert len(rows) == 7
    source = invented.sources()["van-son-07-ct-ubnd"]
    for row in rows:
        assert source[int(row["Start"]) : int(row["End"])] == row["Words"]
    assert {row["Relation"] for row in rows} == {"is based on", "implements", "replaces", "cites"}


def test_words_of_documents_are_neither_markup_nor_formulas() -> None:
    held = next(q.subject.value for q in invented.quads() if q.object.value == invented.HOSTILE_TITLE)
    report = reports.render_report(invented.graph(), held, "md", "vi")
    assert "<script>" not in report
    assert not re.search(r"<(?!br)", report)
    hostile = [
        ox.Quad(q.subject, q.predicate, ox.Literal("=HYPERLINK(1)", language="vi"), q.graph_name)
        if q.predicate.value == vocab.VD + "preferredTitle"
        else q
        for q in invented.quads()
    ]
    content = reports.render_report(store.memory_store(hostile), invented.CENTRAL, "csv", "vi")
    assert "'=HYPERLINK(1)" in content
    assert not re.search(r"(?m)(?:^|,)\"?[=+@]", content)


def test_an_unknown_instrument_is_refused_and_a_quiet_one_is_not() -> None:
    with pytest.raises(QueryError, match="thing_unknown"):
        reports.render_report(invented.graph(), vocab.ID + "instrument/x/y/2000/1", "md", "vi")
    assert "Không có." in reports.render_report(invented.graph(), invented.OLD_LAW, "md", "vi")
