"""Instruments that could be compared, and no others, make an island; every island is resolved by itself.

Nothing that happens on one island can change another. So a new document touches the islands of what it names, and the
results of all others stand as they were remembered. The order of documents never counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from viendan.link import joining, misread, naming, numbered, titled
from viendan.link.clusters import Clusters, Link
from viendan.link.documents import Named, Outline, Part
from viendan.link.facts import Node
from viendan.link.naming import Merge
from viendan.link.numbered import Unresolved
from viendan.link.overrides import Overrides
from viendan.link.traits import Traits

Place = tuple[int, int]
"""The number of a document and that of an instrument which it names."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an island: every thing with its IRI and nodes, the IRIs that gave way, what was not placed."""

    groups: tuple[tuple[str, tuple[Node, ...]], ...]
    merges: tuple[Merge, ...]
    unresolved: tuple[Unresolved, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of an island, as it is written down: graphs by their place among the ``count`` of the island, and no
    IRI that is its thing's own."""

    count: int
    groups: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    merges: tuple[Merge, ...]
    unresolved: tuple[Unresolved, ...]


def row_of(settled: Settled, graphs: Sequence[str]) -> Row:
    """The row of what became of an island of these graphs."""
    place = {graph: number for number, graph in enumerate(graphs)}
    groups = tuple(
        (name, tuple((place[graph], "" if iri == name else iri) for graph, iri in nodes))
        for name, nodes in settled.groups
    )
    return Row(len(graphs), groups, settled.merges, settled.unresolved)


def settled_of(row: Row, graphs: Sequence[str]) -> Settled:
    """What became of an island, from its row."""
    groups = tuple((name, tuple((graphs[place], iri or name) for place, iri in nodes)) for name, nodes in row.groups)
    return Settled(groups, row.merges, row.unresolved)


class _Shores:
    """Union-find over small numbers; the smallest stands for all."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, one: int) -> int:
        parent = self._parent
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        return one

    def join(self, one: int, other: int) -> None:
        first, second = self.find(one), self.find(other)
        if first != second:
            self._parent[max(first, second)] = min(first, second)


def find_islands(outlines: Sequence[Outline], originals: Mapping[str, str]) -> list[list[Place]]:
    """The islands, each in order; ``originals`` leads from the graph of a copy to that of its original."""
    places = [(document, item) for document, own in enumerate(outlines) for item in range(len(own.blocks))]
    shores = _Shores(len(places))
    _join_keys(outlines, shores)
    first = {own.graph: number for own, number in zip(outlines, _starts(outlines), strict=True)}
    by_graph = {own.graph: own for own in outlines}
    for copy, original in originals.items():
        one, other = by_graph[copy].own, by_graph[original].own
        if one is not None and other is not None:
            shores.join(first[copy] + one, first[original] + other)
    islands: defaultdict[int, list[Place]] = defaultdict(list)
    for number, place in enumerate(places):
        islands[shores.find(number)].append(place)
    return list(islands.values())


def _starts(outlines: Sequence[Outline]) -> list[int]:
    """The number of the first instrument of each document."""
    return [0, *accumulate(len(own.blocks) for own in outlines)][:-1]


def _join_keys(outlines: Sequence[Outline], shores: _Shores) -> None:
    blocks = [block for own in outlines for block in own.blocks]
    holders: dict[str, int] = {}
    for number, keys in enumerate(keys for own in outlines for keys in own.active):
        for key in keys:
            other = holders.setdefault(key, number)
            if other != number:
                shores.join(other, number)
    near: dict[str, int] = {}
    for number, keys in enumerate(keys for own in outlines for keys in own.near):
        for key in keys:
            if blocks[near.setdefault(key, number)] != blocks[number]:
                holders[key] = number  # numbers differ here: all of this key are compared
    for waiting in ((own.near for own in outlines), (own.passive for own in outlines)):
        for number, keys in enumerate(keys for own in waiting for keys in own):
            for key in keys:
                if key in holders:
                    shores.join(holders[key], number)


def settle(named: Sequence[Named], originals: Mapping[str, str], decisions: Overrides) -> Settled:
    """Who is who on one island; ``named`` in order."""
    clusters = Clusters(decisions.apart)
    parts = {part.node: part for own in named for part in own.parts}
    for node in sorted(parts):
        part = parts[node]
        clusters.add(node, part.place, entry=part.register, own=part.own)
    force(parts, clusters, decisions)
    for own in named:
        for link in own.links:
            clusters.union(link, forced=True)
    compared = _without_copies(named, originals, clusters)
    unresolved = _resolve(compared, clusters)
    return name_all(clusters, parts, decisions, unresolved)


def name_all(
    clusters: Clusters, parts: Mapping[Node, Part], decisions: Overrides, unresolved: tuple[Unresolved, ...]
) -> Settled:
    """Every cluster with its IRI; ``parts`` are what is known of nodes."""
    groups = tuple((name, tuple(nodes)) for name, nodes in naming.name_groups(clusters, parts, decisions.targets))
    merges = tuple(
        merge
        for name, nodes in groups
        if any(iri != name for _, iri in nodes)
        for merge in naming.merges(nodes, name, clusters)
    )
    return Settled(groups, merges, unresolved)


def force(nodes: Iterable[Node], clusters: Clusters, decisions: Overrides) -> None:
    """Join what people say is one."""
    if not decisions.merges:
        return
    by_iri: defaultdict[str, list[Node]] = defaultdict(list)
    for node in sorted(nodes):
        by_iri[node[1]].append(node)
    for old, new in decisions.merges:
        news, olds = by_iri.get(new, []), by_iri.get(old, [])
        for other in (*news[1:], *olds) if news else ():
            clusters.union(Link(news[0], other, "override", f"{old} → {new}", 1.0), forced=True)


def _without_copies(named: Sequence[Named], originals: Mapping[str, str], clusters: Clusters) -> list[Traits]:
    """The instruments without the copies of held documents, which are what their originals are."""
    held = {own.traits.record.graph: own.traits for own in named if own.traits.record.own}
    kept = []
    for own in named:
        traits = own.traits
        original = originals.get(traits.record.graph) if traits.record.own else None
        if original is None:
            kept.append(traits)
        else:
            words = f"{joining.evidence(held[original])} = {joining.evidence(traits)}"
            clusters.union(Link(held[original].node, traits.node, "same-text", words, 0.97), forced=True)
    return kept


def _resolve(compared: Sequence[Traits], clusters: Clusters) -> tuple[Unresolved, ...]:
    blocks: defaultdict[str, list[Traits]] = defaultdict(list)
    for own in compared:
        if own.block is not None:
            blocks[own.block].append(own)
    unresolved: list[Unresolved] = []
    for block in sorted(blocks):
        unresolved += numbered.resolve_block(blocks[block], clusters)
    misread.resolve_misread(compared, clusters)
    unresolved += titled.resolve_titles(compared, clusters)
    entries = {own.node for own in compared if own.record.register}
    return tuple(sorted((left for left in unresolved if left.node not in entries), key=lambda left: left.node))
