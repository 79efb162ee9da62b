from __future__ import annotations

from tests.linkage import (
    ASSEMBLY,
    DA_TRANG,
    POLITBURO,
    PRIME_MINISTER,
    VAN_SON,
    Cite,
    document,
    entities,
    link,
    own_iri,
)
from viendan import vocab
from viendan.link.linking import Linked
from viendan.model import Body, Extraction

FOLLOWS, INDIRECT = vocab.VD + "follows", vocab.VD + "citesIndirectly"


def lineage(linked: Linked, predicate: str) -> set[tuple[str, str]]:
    return {
        (str(triple.subject.value), str(triple.object.value))
        for triple in linked.graphs[vocab.GRAPH_LINEAGE]
        if triple.predicate.value == predicate
    }


def plan_and_directive(**more: str) -> Extraction:
    """A district's document that cites the province's plan, which carries out the directive of the centre."""
    plan = Cite("328/KH-UBND", "Kế hoạch", "2021-08-17", VAN_SON)
    directive = Cite("19/CT-TTg", date=more.get("date", "2021-07-16"), issuer=PRIME_MINISTER, role="context")
    return document("a", plan, directive, issuer=DA_TRANG, relations=[(0, "implements", 1)])


def test_every_statement_has_its_inverse() -> None:
    own = document(
        "a",
        Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER),
        movements=[("Bản xanh", "national", "launches")],
    )
    linked = link(own)
    (cited,), this = entities(linked, own)[0], own_iri(linked, own)
    assert (cited, this) in lineage(linked, vocab.ELI + "cited_by")
    assert (cited, this) in lineage(linked, vocab.ELI + "implemented_by")
    assert {pair[1] for pair in lineage(linked, vocab.VD + "launchedBy")} == {this}


def test_a_mention_in_passing_is_no_lineage() -> None:
    linked = link(document("a", Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER, role="context")))
    assert lineage(linked, FOLLOWS) == set()


def test_an_approved_plan_follows_what_approved_it() -> None:
    approval = Cite("1526/QĐ-TTg", "Quyết định", "2022-12-09", PRIME_MINISTER, role="context")
    plan = Cite(None, "Đề án", None, PRIME_MINISTER, "Gương người tốt", role="context")
    linked = link(own := document("a", approval, plan, relations=[(0, "approves", 1)]))
    first, second = entities(linked, own)[0]
    assert (second, first) in lineage(linked, FOLLOWS)


def test_lineage_of_the_second_order_lies_in_what_others_state() -> None:
    stated = plan_and_directive()
    citer = document("b", Cite("328/KH-UBND", "Kế hoạch", "2021-08-17", VAN_SON))
    linked = link(stated, citer)
    plan, directive = entities(linked, stated)[0]
    assert lineage(linked, INDIRECT) == {(own_iri(linked, own), directive) for own in (stated, citer)}
    nodes = {t.object.value for t in linked.graphs[vocab.GRAPH_LINEAGE] if t.predicate.value == vocab.VD + "via"}
    assert nodes == {plan}


def test_what_a_document_carries_out_itself_it_does_not_reach_through_another() -> None:
    citer = document(
        "b",
        Cite("328/KH-UBND", "Kế hoạch", "2021-08-17", VAN_SON),
        Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER),
    )
    linked = link(plan_and_directive(), citer)
    assert own_iri(linked, citer) not in {pair[0] for pair in lineage(linked, INDIRECT)}


def test_a_higher_instrument_does_not_follow_a_lower_one() -> None:
    """A real directive ties the Prime Minister's to its district's congress."""
    congress = Body(
        "dai-hoi-huyen-da-trang-lan-thu-v", "Đại hội huyện Đá Trắng lần thứ V", "district", "Vân Sơn", "Đá Trắng"
    )
    directive = Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER)
    resolution = Cite(None, "Nghị quyết", None, congress, role="context")
    own = document("a", directive, resolution, issuer=DA_TRANG, relations=[(0, "pursuant_to", 1)])
    other = document("b", directive)
    linked = link(own, other)
    first, second = entities(linked, own)[0]
    assert (first, second) not in lineage(linked, FOLLOWS)
    assert (own_iri(linked, other), second) not in lineage(linked, INDIRECT)
    assert [finding.about for finding in linked.findings if finding.kind == "lineage-upside-down"] == [(first, second)]


def test_a_circle_is_cut_where_the_parent_is_younger() -> None:
    one, other = (
        Cite("1/CT-TTg", date="2020-01-01", issuer=PRIME_MINISTER),
        Cite("2/CT-TTg", date="2021-01-01", issuer=PRIME_MINISTER),
    )
    linked = link(own := document("a", one, other, relations=[(0, "implements", 1), (1, "implements", 0)]))
    old, young = entities(linked, own)[0]
    assert (young, old) in lineage(linked, FOLLOWS)
    assert (old, young) not in lineage(linked, FOLLOWS)
    assert [finding.about for finding in linked.findings if finding.kind == "lineage-cycle"] == [
        tuple(sorted((old, young)))
    ]


def test_of_two_roles_of_one_text_the_preamble_counts() -> None:
    law = Cite("44/2010/QH12", "Luật", None, ASSEMBLY, role="basis")
    linked = link(own := document("a", law, number="02/CT-UBND", relations=[("this", "approves", 0)]))
    (base,), this = entities(linked, own)[0], own_iri(linked, own)
    assert (this, base) in lineage(linked, FOLLOWS)
    assert (base, this) not in lineage(linked, FOLLOWS)
    assert not [finding for finding in linked.findings if finding.kind == "lineage-cycle"]


def test_the_step_with_the_least_evidence_gives_way() -> None:
    first, second = Cite("1-CT/TW", issuer=POLITBURO), Cite("2-CT/TW", issuer=POLITBURO)
    witnesses = [document(name, first, second, relations=[(0, "implements", 1)]) for name in "ab"]
    other = document("c", first, second, relations=[(1, "implements", 0)])
    linked = link(*witnesses, other)
    one, two = entities(linked, other)[0]
    assert (one, two) in lineage(linked, FOLLOWS)
    assert (two, one) not in lineage(linked, FOLLOWS)
    assert [finding.about for finding in linked.findings if finding.kind == "lineage-cycle"] == [(one, two)]


def test_a_circle_without_dates_does_not_count_at_all() -> None:
    one, other = Cite("1-CT/TW", issuer=POLITBURO), Cite("2-CT/TW", issuer=POLITBURO)
    linked = link(own := document("a", one, other, relations=[(0, "implements", 1), (1, "implements", 0)]))
    first, second = entities(linked, own)[0]
    assert not {(first, second), (second, first)} & lineage(linked, FOLLOWS)
