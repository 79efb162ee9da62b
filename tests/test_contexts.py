from __future__ import annotations

import dataclasses
import shlex
from functools import cache
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import pytest

from tests import invented
from viendan import queries, store, vocab
from viendan.errors import QueryError
from viendan.publish import answers, contexts
from viendan.publish.evidence import read_passages
from viendan.publish.sheets import (
    BodyPage,
    FindingsPage,
    HomePage,
    InstrumentPage,
    ListPage,
    MovementPage,
    PlacePage,
    QueriesPage,
)


@cache
def site(*, with_sources: bool = False) -> contexts.Site:
    return contexts.gather(invented.graph(), invented.sources() if with_sources else None)


Kind = TypeVar("Kind")


def pages_of(kind: type[Kind]) -> list[Kind]:
    return [entry.page for entry in site().entries if isinstance(entry.page, kind)]


def instrument(iri: str, *, with_sources: bool = False) -> InstrumentPage:
    for entry in site(with_sources=with_sources).entries:
        if isinstance(entry.page, InstrumentPage) and entry.page.ref.iri == iri:
            return entry.page
    raise AssertionError(iri)


def test_values_are_frozen() -> None:
    for entry in site().entries:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(entry.page, dataclasses.fields(entry.page)[0].name, None)


def test_a_held_document_says_what_it_says_of_itself_with_its_words() -> None:
    page = instrument(invented.DIRECTIVE)
    assert page.held
    facts = {fact.key: fact for fact in page.facts}
    assert facts["number"].status == facts["signer"].status == "asserted"
    assert facts["number"].evidence is not None
    assert facts["number"].evidence.exact == "07/CT-UBND"
    assert facts["level"].status == "inferred"
    assert [fact.value.vi for fact in page.recipients] == [
        "Thường trực Tỉnh ủy",
        "Các sở, ban, ngành của tỉnh",
        "Lưu: VT, NC",
    ]


def test_citations_stand_in_groups_by_relation_and_in_the_order_of_the_text() -> None:
    page = instrument(invented.DIRECTIVE)
    assert [(group.relation.key, len(group.citations)) for group in page.cites] == [
        ("basis", 1),
        ("implements", 3),
        ("replaces", 1),
        ("context", 2),
    ]
    starts = [view.evidence.start for view in page.cites[1].citations]
    assert starts == sorted(starts)


def test_an_instrument_that_nobody_holds_is_put_together_from_its_citers() -> None:
    page = instrument(invented.CENTRAL)
    assert not page.held
    assert page.citing_documents == 2
    cited = dict.fromkeys(("number", "type", "title", "date", "issuer"), "cited")
    assert {fact.key: fact.status for fact in page.facts} == {**cited, "level": "inferred", "line": "inferred"}
    assert [group.label.vi for group in page.cited_by] == [
        "là căn cứ của",
        "được triển khai thực hiện bởi",
        "được viện dẫn bởi",
    ]
    dates = next(group for group in page.variants if group.key == "date")
    assert dates.differ
    assert {variant.words for variant in dates.variants} == {"2014-04-07", "2014-04-08"}


def test_registers_inference_and_corrections_are_told_apart() -> None:
    law = instrument(invented.LAW)
    number = next(fact for fact in law.facts if fact.key == "number")
    assert number.status == "register"
    assert number.source == "sổ văn bản đặt ra để kiểm thử"
    assert [(view.object.iri, view.status, view.source) for view in law.relations] == [
        (invented.OLD_LAW, "register", "instruments")
    ]
    assert ("inferred", invented.PRIME) in {
        (view.status, view.object.iri) for view in instrument(invented.DIRECTIVE).relations
    }
    assert {fact.status for fact in instrument(invented.REPLACED).facts if fact.key == "date"} == {"corrected"}


def test_lineage_and_indirect_citations() -> None:
    page = instrument(invented.DIRECTIVE)
    assert {(step.ref.iri, step.depth) for step in page.above} >= {(invented.CENTRAL, 1), (invented.PRIME, 2)}
    second = next(step for step in page.above if step.depth == 2)
    assert second.status == "inferred"
    assert second.through is not None
    assert [step.depth for step in instrument(invented.CENTRAL).below] == [1, 1, 2]
    (indirect,) = instrument(invented.CENTRAL).indirect
    assert indirect.via.iri == invented.DIRECTIVE
    assert indirect.evidence is not None


def test_words_around_come_from_the_sources_and_only_from_there() -> None:
    (without,) = (view for view in instrument(invented.DIRECTIVE).cites[0].citations)
    assert (without.evidence.before, without.evidence.after) == ("", "")
    (view,) = (view for view in instrument(invented.DIRECTIVE, with_sources=True).cites[0].citations)
    assert view.evidence.before == "Căn cứ "
    assert view.evidence.after.startswith(" ngày 15 tháng 6 năm 2022")
    task = instrument(invented.DIRECTIVE, with_sources=True).responsibilities[0].task
    assert task == "xây dựng kế hoạch"
    assert instrument(invented.DIRECTIVE).responsibilities[0].task == ""


def test_a_source_that_has_changed_is_not_quoted() -> None:
    changed = {name: "x" + content for name, content in invented.sources().items()}
    found = contexts.gather(invented.graph(), changed)
    for entry in found.entries:
        if isinstance(entry.page, InstrumentPage):
            views = [view for group in entry.page.cites for view in group.citations]
            assert all(view.evidence.before == view.evidence.after == "" for view in views)


def test_the_text_is_whole_and_its_marks_prove_statements() -> None:
    page = instrument(invented.DIRECTIVE, with_sources=True)
    assert "".join(passage.text for passage in page.passages) == invented.sources()["van-son-07-ct-ubnd"]
    assert "citation-341-392" in page.text_anchors
    anchors = [passage.anchor for passage in page.passages if passage.first and passage.anchor]
    assert len(anchors) == len(set(anchors))


def test_passages_with_overlapping_marks() -> None:
    found = read_passages("abcdef", [(1, 5, "long", "x"), (2, 3, "short", "y"), (9, 12, "beyond", "z")])
    assert [(own.text, own.anchor, own.first) for own in found] == [
        ("a", None, False),
        ("b", "long", True),
        ("c", "short", True),
        ("de", "long", False),
        ("f", None, False),
    ]


def test_only_what_somebody_speaks_of_has_a_page() -> None:
    places = {page.ref.iri.rsplit("/", 1)[1] for page in pages_of(PlacePage)}
    assert places == {"van-son", "bach-ha", "da-trang", "van-bach-2025"}
    assert invented.OLD_LAW in {page.ref.iri for page in pages_of(InstrumentPage)}


def test_places_know_what_came_before_and_after() -> None:
    pages = {page.ref.iri.rsplit("/", 1)[1]: page for page in pages_of(PlacePage)}
    assert [ref.iri.rsplit("/", 1)[1] for ref in pages["van-bach-2025"].predecessors] == ["bach-ha", "van-son"]
    assert [ref.iri.rsplit("/", 1)[1] for ref in pages["van-son"].parts] == ["da-trang"]
    assert len(pages["van-son"].directives) == 1


def test_movements_and_bodies() -> None:
    movement = next(page for page in pages_of(MovementPage) if page.ref.iri.endswith("/nong-thon-moi"))
    assert [variant.words for variant in movement.wordings] == [
        "Cả nước chung sức xây dựng nông thôn mới",
        "Chung sức xây dựng nông thôn mới",
    ]
    assert [ref.label.vi for ref in movement.localised_by] == ["Vân Sơn chung tay xây cầu, mở đường"]
    body = next(page for page in pages_of(BodyPage) if page.ref.iri.endswith("/so-noi-vu-tinh-van-son"))
    (task,) = body.responsibilities
    assert {role.key for role in task.roles} == {"monitor", "report"}
    assert task.deadline == "định kỳ hằng quý"


def test_lists_are_in_the_order_of_their_language() -> None:
    bodies = next(page for page in pages_of(ListPage) if page.name == "bodies")
    names = [item.ref.label.vi for item in bodies.items["vi"]]
    assert names.index("Phòng Nội vụ huyện Đá Trắng") < names.index("Quốc hội") < names.index("Tỉnh ủy Bạch Hà")
    english = [item.ref.label.en for item in bodies.items["en"]]
    assert english[:3] == [
        "Department of Home Affairs of Bạch Hà",
        "Department of Home Affairs of Vân Sơn",
        "Division of Home Affairs of Đá Trắng District",
    ]
    instruments = next(page for page in pages_of(ListPage) if page.name == "instruments")
    assert [item.ref.iri for item in instruments.items["vi"]][:2] == [invented.REPLACED, invented.DIRECTIVE]


def test_findings_show_every_reading_with_its_words() -> None:
    (page,) = pages_of(FindingsPage)
    assert page.total == 2
    (finding,) = next(items for kind, items in page.groups if kind.key == "date-disagreement")
    assert [(own.value.vi, own.likely, len(own.evidence)) for own in finding.readings] == [
        ("2014-04-07", True, 1),
        ("2014-04-08", False, 1),
    ]
    assert instrument(invented.CENTRAL).findings == (finding,)


def test_a_merge_says_its_rule_evidence_and_confidence_and_how_to_undo_it() -> None:
    (merge,) = instrument(vocab.ID + "instrument/thu-tuong-chinh-phu/chi-thi/2021/19-ct-ttg").merges
    assert merge.iri.endswith("19-ct-ttg-cu")
    assert (len(merge.rules), len(merge.evidence), merge.confidence) == (1, 1, 0.95)
    assert merge.undo is not None
    assert "keepApart" in merge.undo


def test_a_reviewed_finding_keeps_its_note() -> None:
    (page,) = pages_of(FindingsPage)
    (same,) = next(items for kind, items in page.groups if kind.key == "same-number")
    assert (same.reviewed, same.confidence) == ("hai tỉnh khác nhau", 0.9)


def test_home_counts_what_is_there() -> None:
    (home,) = pages_of(HomePage)
    assert home.figures.directives == 3
    assert home.figures.citations == 11
    assert home.most_cited[0].count == 2
    assert home.newest[0].date == "2023-02"


def test_two_documents_merged_into_one_keep_their_anchors_apart() -> None:
    document = invented.DIRECTIVE
    renamed = []
    for quad in invented.quads():
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(document + "/citation/341-392"):
            twin = subject.value.replace(document, document + "-twin")
            target = value.value.replace(document, document + "-twin") if isinstance(value, ox.NamedNode) else ""
            moved = ox.NamedNode(target) if "/citation/" in target else value
            renamed.append(ox.Quad(ox.NamedNode(twin), quad.predicate, moved, quad.graph_name))
    doubled = contexts.gather(store.memory_store([*invented.quads(), *renamed]))
    page = next(e.page for e in doubled.entries if isinstance(e.page, InstrumentPage) and e.page.ref.iri == document)
    anchors = [view.evidence.anchor for group in page.cites for view in group.citations]
    assert sorted(own for own in anchors if own.startswith("citation-341-392")) == [
        "citation-341-392",
        "citation-341-392-2",
    ]


def test_an_unused_page_query_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    extra = dataclasses.replace(queries.named("page_merges"), name="page_left_behind")
    monkeypatch.setattr(queries, "load", lambda _folder=None: (extra,))
    with pytest.raises(QueryError, match=r"page_query_unused.*page_left_behind"):
        answers.read_rows(invented.graph())


def test_a_query_of_another_shape_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    real = queries.named
    monkeypatch.setattr(queries, "named", lambda name: real("page_roles" if name == "page_merges" else name))
    with pytest.raises(QueryError, match=r"page_query_columns.*page_merges"):
        answers.read_rows(invented.graph())


def test_page_queries_have_a_total_order(tmp_path: Path) -> None:
    shuffled = list(reversed(invented.quads()))
    on_disk = tmp_path / "store"
    store.build_store(on_disk, shuffled)
    assert contexts.gather(store.open_store(on_disk)) == contexts.gather(store.memory_store(shuffled)) == site()


def test_an_empty_store_makes_an_empty_site() -> None:
    empty = contexts.gather(store.memory_store([]))
    assert empty.figures.instruments == 0


def test_a_thing_without_a_name_is_called_by_its_key() -> None:
    nameless = [quad for quad in invented.quads() if quad.predicate.value != vocab.VD + "label"]
    found = contexts.gather(store.memory_store(nameless))
    names = {e.page.ref.label.vi for e in found.entries if isinstance(e.page, InstrumentPage)}
    assert "34-ct-tw" in names


def test_the_commands_of_the_queries_page_run() -> None:
    """Each shown command is cut up as a shell would and asked of the store."""
    (page,) = pages_of(QueriesPage)
    assert len(page.queries) >= 15
    for query in page.queries:
        for command in (query.command.vi, query.command.en):
            program, verb, name, *options = shlex.split(command)
            assert (program, verb) == ("viendan", "query")
            values = {
                key.removeprefix("--").replace("-", "_"): value for key, value in zip(*[iter(options)] * 2, strict=True)
            }
            assert "…" not in values.values(), command
            queries.run(invented.graph(), queries.named(name), values)
