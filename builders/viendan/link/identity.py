"""Who is who across documents: every mention of one thing gets one IRI, and two things never share one.

Instruments by number (``numbered``) and by title (``titled``), movements and bodies by wording (``wordings``), people's
decisions first (``overrides``). Every merge keeps its reason. A pure function of what was read, in any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from viendan.link import bodies, copies, islands, wordings
from viendan.link.clusters import Clusters
from viendan.link.copies import Copies
from viendan.link.documents import Outline, Part
from viendan.link.facts import Node, SourceFacts
from viendan.link.islands import Row, Settled
from viendan.link.memory import Memory, Pack, digest_of
from viendan.link.naming import Merge
from viendan.link.numbered import Unresolved
from viendan.link.overrides import Overrides
from viendan.link.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read of all documents and of the registers, each sorted by graph."""

    sources: tuple[SourceFacts, ...]
    registers: tuple[SourceFacts, ...]

    @property
    def everything(self) -> tuple[SourceFacts, ...]:
        """Registers and documents."""
        return (*self.registers, *self.sources)

    def read_once(self, resolution: Resolution) -> Corpus:
        """The corpus without copies, whose words were read already, and with the mentions of twins under IRIs apart."""
        held = [facts for facts in self.sources if facts.seen.graph not in resolution.copies.originals]
        twins = resolution.twins
        return Corpus(
            tuple(
                copies.with_parts_of(facts, *twins[facts.seen.graph]) if facts.seen.graph in twins else facts
                for facts in held
            ),
            self.registers,
        )


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where every IRI went: ``by_graph[graph][iri]`` is the canonical IRI; IRIs that stay are not listed.

    ``flat`` holds the IRIs that went to one place in all graphs; the others mean different things in different
    documents. ``twins`` are the old and the new IRI of each held document whose old one another has as well, by graph.
    """

    by_graph: Mapping[str, Mapping[str, str]]
    flat: Mapping[str, str]
    merges: tuple[Merge, ...]
    unresolved: tuple[Unresolved, ...]
    members: Mapping[str, tuple[Node, ...]]
    copies: Copies
    twins: Mapping[str, tuple[str, str]]

    def of(self, graph: str) -> Mapping[str, str]:
        """IRI → canonical IRI, as one document means it."""
        return self.by_graph.get(graph, MappingProxyType({}))


def resolve(shelf: Shelf, memory: Memory) -> Resolution:
    """Decide who is who among instruments, movements and bodies."""
    outlines = [shelf.outline(graph) for graph in (*shelf.registers, *shelf.documents)]
    copied = copies.find_copies([shelf.facts(graph) for graph in _alike(outlines)])
    pack = memory.pack("islands", Row)
    settled = [
        _settled(island, outlines, copied, shelf, pack) for island in islands.find_islands(outlines, copied.originals)
    ]
    settled.append(_others(outlines, shelf.decisions))
    return _resolution(settled, outlines, copied)


def _alike(outlines: Sequence[Outline]) -> list[str]:
    """The graphs of held documents that share their IRI and place, or their words, with another."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    for own in outlines:
        if own.instrument is not None:
            users[f"{own.instrument} {own.place}"].append(own.graph)
            users[f"words {own.digest or own.graph}"].append(own.graph)
    return sorted({graph for graphs in users.values() if len(graphs) > 1 for graph in graphs})


def _settled(
    island: Sequence[islands.Place], outlines: Sequence[Outline], copied: Copies, shelf: Shelf, pack: Pack[Row]
) -> Settled:
    """What became of an island: as remembered, where nothing on it changed."""
    graphs = sorted({outlines[document].graph for document, _ in island})
    originals = {graph: copied.originals[graph] for graph in graphs if graph in copied.originals}
    whose = sorted(f"{shelf.key(outlines[document].graph)} {item}" for document, item in island)
    key = digest_of("\n".join((*whose, *(f"{copy} {original}" for copy, original in sorted(originals.items())))))
    row = pack.recall(key)
    if row is not None and row.count == len(graphs):
        return islands.settled_of(row, graphs)
    named = [shelf.named(outlines[document].graph, item) for document, item in island]
    found = islands.settle(sorted(named, key=lambda own: own.traits.node), originals, shelf.decisions)
    pack.remember(key, islands.row_of(found, graphs))
    return found


def _others(outlines: Sequence[Outline], decisions: Overrides) -> Settled:
    """Movements and bodies: few, and all of them in each other's reach."""
    clusters = Clusters(decisions.apart)
    named = [body for own in outlines for body in own.bodies]
    movements = [movement for own in outlines for movement in own.movements]
    bodies.resolve_bodies(named, clusters)
    wordings.resolve_movements(movements, clusters)
    entries = [own.node for own in movements if own.register]
    entries += [node for own in named if own.register for node in (own.node, (bodies.ALL, own.node[1]))]
    parts = {node: Part(node, None, register=True, own=False, known=0, mentions=0) for node in entries}
    islands.force(clusters.nodes, clusters, decisions)
    return islands.name_all(clusters, parts, decisions, ())


def _resolution(settled: Sequence[Settled], outlines: Sequence[Outline], copied: Copies) -> Resolution:
    by_graph: defaultdict[str, dict[str, str]] = defaultdict(dict)
    everywhere: dict[str, str | None] = {}
    for name, nodes in (group for own in settled for group in own.groups):
        for graph, iri in nodes:
            if everywhere.setdefault(iri, name) != name:
                everywhere[iri] = None
            if iri != name:
                by_graph[graph][iri] = name
    shared = by_graph.pop(bodies.ALL, {})
    where = {own.graph: MappingProxyType({**shared, **by_graph[own.graph]}) for own in outlines}
    users: defaultdict[str, list[str]] = defaultdict(list)
    for own in outlines:
        if own.instrument and own.graph not in copied.originals:
            users[own.instrument].append(own.graph)
    return Resolution(
        by_graph=MappingProxyType(where),
        flat=MappingProxyType({iri: name for iri, name in sorted(everywhere.items()) if name not in (None, iri)}),
        merges=tuple(
            sorted((merge for own in settled for merge in own.merges), key=lambda own: (own.merged, own.into))
        ),
        unresolved=tuple(sorted((left for own in settled for left in own.unresolved), key=lambda left: left.node)),
        members=MappingProxyType({name: nodes for own in settled for name, nodes in own.groups}),
        copies=copied,
        twins=MappingProxyType(
            {
                graph: (iri, where[graph][iri])
                for iri, graphs in users.items()
                for graph in graphs
                if len(graphs) > 1 and iri in where[graph]
            }
        ),
    )
