from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linkage import PRIME_MINISTER, VAN_SON, Cite, document, entities, link, own_iri
from viendan import vocab
from viendan.link import measures

DIRECTIVE = Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER)


def test_degrees_count_instruments_and_mentions_count_mentions() -> None:
    a = document("a", DIRECTIVE, DIRECTIVE, Cite("5/KH-UBND", "Kế hoạch", "2021-01-05", VAN_SON))
    b = document("b", DIRECTIVE, Cite("b", None, role="self", iri=None))
    linked = link(a, b)
    cited = entities(linked, a)[0][0]
    values = {
        (triple.subject.value, triple.predicate.value.removeprefix(vocab.VD)): triple.object.value
        for triple in linked.graphs[vocab.GRAPH_MEASURES]
    }
    assert values[cited, "inDegree"] == "2"
    assert values[cited, "mentionCount"] == "3"
    assert values[cited, "citingDirectives"] == "2"
    assert values[own_iri(linked, a), "outDegree"] == "2"
    assert values[own_iri(linked, a), "component"] == values[cited, "component"] == "1"


def test_movements_count_the_documents_that_name_them() -> None:
    movement = ("Bản xanh", "national", "invokes")
    linked = link(document("a", movements=[movement, movement]), document("b", movements=[movement]))
    counts = [t.object.value for t in linked.graphs[vocab.GRAPH_MEASURES] if "/movement/" in t.subject.value]
    assert counts == ["2"]


def test_what_only_a_register_has_is_not_in_the_network() -> None:
    linked = link(document("a"))
    assert not [t for t in linked.graphs[vocab.GRAPH_MEASURES] if "/quoc-hoi/" in t.subject.value]


def test_page_rank_of_a_chain_is_known() -> None:
    ranks = measures.page_rank(["a", "b"], [("a", "b")])
    # a = (0.15 + 0.85 b) / 2; b = a + 0.85 a
    assert ranks["a"] == pytest.approx(0.350877, abs=1e-6)
    assert ranks["b"] == pytest.approx(0.649123, abs=1e-6)


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1]), max_size=30))
def test_ranks_sum_to_one(pairs: set[tuple[int, int]]) -> None:
    nodes = [str(number) for number in range(10)]
    ranks = measures.page_rank(nodes, sorted((str(one), str(other)) for one, other in pairs))
    assert sum(ranks.values()) == pytest.approx(1, abs=1e-6)
    assert all(rank > 0 for rank in ranks.values())
