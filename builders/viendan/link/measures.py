"""Figures of the citation network: how often an instrument is cited, by how many that were read, how central it is.

An edge leads from an instrument to each other one that it cites or is stated to relate to. Only what is in the network
has figures. PageRank as Page and Brin have it (damping 0.85; what leads nowhere gives to all alike), rounded, so that
it does not depend on the order of anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx
import pyoxigraph as ox

from viendan import turtle, vocab
from viendan.link.identity import Corpus, Resolution
from viendan.link.inference import CITES, Edge

DAMPING: Final = 0.85
_ROUNDS: Final = 200
_STILL: Final = 1e-12
_PLACES: Final = 8
_BETWEEN: Final = frozenset(vocab.ROLE_PROPERTY.values())
_ACTS: Final = frozenset({vocab.VD + "invokes", vocab.VD + "launches"})


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one instrument; ``component`` numbers the parts of the network from the largest on."""

    incoming: int
    outgoing: int
    directives: int
    mentions: int
    rank: float
    component: int


def measure(
    corpus: Corpus, resolution: Resolution, edges: Sequence[Edge], held: Iterable[str]
) -> Mapping[str, Figures]:
    """The figures of every instrument in the network, and of every one that was read."""
    read = frozenset(held)
    pairs = sorted({(subject, value) for subject, predicate, value in edges if predicate in _BETWEEN})
    network = sorted({node for pair in pairs for node in pair} | read)
    ranks = page_rank(network, pairs)
    components = _components(network, pairs)
    outgoing, incoming = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    citers: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in edges:
        if predicate == CITES and subject in read:
            citers[value].add(subject)
    mentions = _mentions(corpus, resolution)
    return {
        iri: Figures(
            incoming=incoming[iri],
            outgoing=outgoing[iri],
            directives=len(citers[iri]),
            mentions=mentions[iri],
            rank=ranks[iri],
            component=components[iri],
        )
        for iri in network
    }


def _mentions(corpus: Corpus, resolution: Resolution) -> Counter[str]:
    found: Counter[str] = Counter()
    for facts in corpus.sources:
        where = resolution.of(facts.seen.graph)
        for citation in facts.citations:
            cited = where.get(citation.cited, citation.cited)
            if cited != where.get(citation.citing, citation.citing):
                found[cited] += 1
    return found


def page_rank(nodes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Mapping[str, float]:
    """PageRank by iteration; nodes and pairs come sorted and each once."""
    place = {node: number for number, node in enumerate(nodes)}
    count = len(nodes) or 1  # an empty corpus has an empty network
    ends: list[list[int]] = [[] for _ in nodes]
    for one, other in pairs:
        ends[place[one]].append(place[other])
    ranks = [1 / count] * len(nodes)
    for _ in range(_ROUNDS):
        loose = sum(rank for rank, own in zip(ranks, ends, strict=True) if not own)
        following = [(1 - DAMPING + DAMPING * loose) / count] * len(nodes)
        for number, own in enumerate(ends):
            if own:
                share = DAMPING * ranks[number] / len(own)
                for end in own:
                    following[end] += share
        moved = sum(abs(one - other) for one, other in zip(ranks, following, strict=True))
        ranks = following
        if moved < _STILL * count:
            break
    return {node: round(rank, _PLACES) for node, rank in zip(nodes, ranks, strict=True)}


def _components(nodes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Mapping[str, int]:
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(pairs)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    return {node: number for number, part in enumerate(parts, start=1) for node in part}


def measures_graph(figures: Mapping[str, Figures], edges: Sequence[Edge]) -> Iterator[ox.Triple]:
    """The triples of the measures graph; of a movement the number of documents that invoke or launch it."""
    for iri in sorted(figures):
        own = figures[iri]
        for name, figure in (
            ("inDegree", own.incoming),
            ("outDegree", own.outgoing),
            ("citingDirectives", own.directives),
            ("mentionCount", own.mentions),
            ("component", own.component),
        ):
            yield _triple(iri, name, turtle.integer(figure))
        yield _triple(iri, "pageRank", _decimal(own.rank))
    invoking: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in edges:
        if predicate in _ACTS:
            invoking[value].add(subject)
    for movement in sorted(invoking):
        yield _triple(movement, "citingDirectives", turtle.integer(len(invoking[movement])))


def _decimal(value: float) -> ox.Literal:
    return turtle.literal(f"{value:.{_PLACES}f}", datatype=vocab.XSD + "decimal")


def _triple(subject: str, name: str, value: ox.Literal) -> ox.Triple:
    return ox.Triple(turtle.iri(subject), turtle.iri(vocab.VD + name), value)
