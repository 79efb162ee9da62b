"""Time on the pages: names and changes of bodies and places, what they inherited, reports as of a day."""

from __future__ import annotations

import pytest

from tests import invented
from tests.test_contexts import instrument, pages_of
from viendan import vocab
from viendan.errors import QueryError
from viendan.publish import reports
from viendan.publish.answers import read_rows
from viendan.publish.asof import rows_as_of
from viendan.publish.sheets import BodyPage, PlacePage


def body(key: str) -> BodyPage:
    return next(page for page in pages_of(BodyPage) if page.ref.iri == vocab.ID + "body/" + key)


def place(key: str) -> PlacePage:
    return next(page for page in pages_of(PlacePage) if page.ref.iri == vocab.ID + "place/" + key)


def test_a_body_of_the_past_leads_to_todays_with_date_act_and_source() -> None:
    page = body("uy-ban-nhan-dan-tinh-van-son")
    assert [ref.label.vi for ref in page.ref.today] == ["Ủy ban nhân dân tỉnh Vân Bạch"]
    assert [ref.iri.rsplit("/", 1)[1] for ref in page.names] == [
        "uy-ban-nhan-dan-tinh-van-son",
        "uy-ban-nhan-dan-tinh-van-bach",
    ]
    (change,) = page.changes
    assert (change.on, change.basis, change.sources, change.confidence) == (
        "2025-07-01",
        "NQ 900/2025/QH15",
        ("invented",),
        "sure",
    )
    assert change.kind is not None
    assert change.kind.key == "merger"
    keys = [moment.key for moment in page.moments]
    assert keys.count("became") == 1
    assert keys[-1] == "became"
    assert "issued" in keys
    days = [moment.date for moment in page.moments]
    assert days == sorted(days)


def test_a_body_of_today_shows_what_those_before_it_issued() -> None:
    page = body("uy-ban-nhan-dan-tinh-van-bach")
    assert page.issued == ()
    issuers = {item.by.iri.rsplit("/", 1)[1] for item in page.inherited if item.by}
    assert issuers == {"uy-ban-nhan-dan-tinh-van-son", "uy-ban-nhan-dan-tinh-bach-ha"}
    assert [item.date or "9" for item in page.inherited] == sorted(item.date or "9" for item in page.inherited)


def test_a_district_body_says_why_it_has_no_successor() -> None:
    page = body("uy-ban-nhan-dan-huyen-da-trang-tinh-van-son")
    (change,) = page.changes
    assert change.new == ()
    assert change.reason is not None
    assert "cấp huyện" in change.reason.vi
    assert page.ref.today == ()
    assert page.ref.last == "2025-06-30"
    areas = [fact.value.vi for fact in page.facts if fact.key == "area_now"]
    assert areas == ["xã Bến Đá", "xã Đá Trắng"]
    assert [ref.iri.rsplit("/", 1)[1] for ref in place("da-trang").ref.around] == ["van-bach-2025"]


def test_a_directive_is_found_under_the_place_of_today() -> None:
    page = place("van-bach-2025")
    found = {item.ref.iri for item in page.inherited}
    assert invented.DIRECTIVE in found
    assert {change.old.iri.rsplit("/", 1)[1] for change in page.changes} == {"bach-ha", "van-son"}
    assert {change.kind.key for change in page.changes if change.kind} == {"merger"}
    assert [ref.iri.rsplit("/", 1)[1] for ref in place("van-son").ref.today] == ["van-bach-2025"]


def test_lineage_is_read_from_above_to_below() -> None:
    page = instrument(invented.DIRECTIVE)
    standing = [(step.level.key if step.level else "", step.line.key if step.line else "") for step in page.above]
    known = [pair for pair in standing if pair[0]]
    assert known[0] == ("central", "party")
    assert known == sorted(known, key=lambda pair: (["central", "province"].index(pair[0]), pair[1] != "party"))
    assert all(not level for level, _ in standing[len(known) :])  # what nobody can place comes last


def test_an_instrument_says_what_ended_it() -> None:
    facts = {fact.key: fact for fact in instrument(invented.OLD_LAW).facts}
    assert facts["last_day"].value.vi == "2023-12-31"
    assert facts["ended_by"].ref is not None
    assert facts["ended_by"].ref.iri == invented.LAW


def test_a_report_as_of_a_day_leaves_out_what_is_younger() -> None:
    graph = invented.graph()
    whole = reports.render_report(graph, invented.CENTRAL, "md", "vi")
    early = reports.render_report(graph, invented.CENTRAL, "md", "vi", "2023-01-10")
    assert "## Được viện dẫn (3)" in whole
    assert "## Được viện dẫn (1)" in early
    assert "**Tính đến ngày: 10/01/2023**" in early
    assert "Tính đến ngày,2023-01-10" in reports.render_report(graph, invented.CENTRAL, "csv", "vi", "2023-01-10")
    with pytest.raises(QueryError, match="thing_not_yet"):
        reports.render_report(graph, invented.DIRECTIVE, "md", "vi", "2022-01-01")
    with pytest.raises(QueryError, match="thing_unknown"):
        reports.render_report(graph, invented.DIRECTIVE + "x", "md", "vi", "2022-01-01")


def test_rows_as_of_a_day_hold_no_word_of_a_later_document() -> None:
    rows = rows_as_of(read_rows(invented.graph()), "2023-01-31")
    assert [row.document for row in rows.documents if row.document != invented.DIRECTIVE] == [
        row.document for row in rows.documents if "/bach-ha" in row.source
    ]
    late = {row.instrument for row in read_rows(invented.graph()).instruments} - {
        row.instrument for row in rows.instruments
    }
    assert late
    for row in (*rows.citations, *rows.headers, *rows.responsibilities, *rows.invocations, *rows.relations):
        assert row.document not in late
    assert not [row for row in rows.edges if {row.subject, row.object} & late]
    everything = rows_as_of(read_rows(invented.graph()), "9999-12-31")
    assert everything == read_rows(invented.graph())
