"""Who is who across documents: every mention of one thing gets one IRI, and two things never share one.

Instruments by number (``numbered``) and by title (``titled``), movements and bodies by wording (``wordings``), people's
decisions first (``overrides``). Every merge keeps its reason. A pure function of what was read, in any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from viendan.link import bodies, copies, joining, misread, naming, numbered, titled, wordings
from viendan.link.clusters import Clusters, Link
from viendan.link.copies import Copies
from viendan.link.facts import Node, SourceFacts
from viendan.link.knowledge import Knowledge
from viendan.link.naming import Merge
from viendan.link.numbered import Unresolved
from viendan.link.overrides import Overrides
from viendan.link.traits import Deriver, Traits

_SELF: Final = "self"


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


def resolve_corpus(corpus: Corpus, knowledge: Knowledge, overrides: Overrides) -> Resolution:
    """Decide who is who among instruments, movements and bodies."""
    clusters = Clusters(overrides.apart)
    copied = copies.find_copies(corpus.sources)
    bodies.resolve_bodies((fact for facts in corpus.everything for fact in facts.bodies), clusters)
    wordings.resolve_movements((fact for facts in corpus.everything for fact in facts.movements), clusters)
    deriver = Deriver(knowledge, (fact for facts in corpus.registers for fact in facts.bodies))
    stated = [(facts, deriver.traits(facts)) for facts in corpus.everything]
    for _, traits in stated:
        for own in traits:
            clusters.add(own.node, own.place[1:] if own.place else None, entry=own.record.register, own=own.record.own)
    _force(overrides, clusters, corpus)
    named = [own for facts, traits in stated for own in _named(facts, traits, clusters)]
    named = _join_copies(copied, named, clusters)
    unresolved = _resolve_instruments(named, clusters)
    return _resolution(clusters, corpus, overrides, unresolved, copied)


def _named(facts: SourceFacts, traits: Sequence[Traits], clusters: Clusters) -> list[Traits]:
    """The instruments that one document names, mentions of one joined: the document itself, and the others."""
    by_node = {each.node: each for each in traits}
    graph, own = facts.seen.graph, by_node.get((facts.seen.graph, facts.seen.instrument or ""))
    joined = set()
    for citation in facts.citations:
        cited = by_node.get((graph, citation.cited))
        if own is not None and cited is not None and citation.relation == _SELF and cited is not own:
            words = f"{joining.evidence(own)} = {joining.evidence(cited)}"
            if clusters.union(Link(own.node, cited.node, "self-reference", words, 0.95), forced=True):
                joined.add(cited.node)
    return joining.within_document([each for each in traits if each.node not in joined], clusters)


def _join_copies(copied: Copies, named: Sequence[Traits], clusters: Clusters) -> list[Traits]:
    """The instruments without the copies of held documents, which are what their originals are."""
    own = {each.record.graph: each for each in named if each.record.own}
    for copy, original in sorted(copied.originals.items()):
        words = f"{joining.evidence(own[original])} = {joining.evidence(own[copy])}"
        clusters.union(Link(own[original].node, own[copy].node, "same-text", words, 0.97), forced=True)
    return [each for each in named if not (each.record.own and each.record.graph in copied.originals)]


def _resolve_instruments(named: Sequence[Traits], clusters: Clusters) -> tuple[Unresolved, ...]:
    blocks: defaultdict[str, list[Traits]] = defaultdict(list)
    for each in named:
        if each.block is not None:
            blocks[each.block].append(each)
    unresolved: list[Unresolved] = []
    for block in sorted(blocks):
        unresolved += numbered.resolve_block(blocks[block], clusters)
    misread.resolve_misread(named, clusters)
    unresolved += titled.resolve_titles(named, clusters)
    entries = {each.node for each in named if each.record.register}
    return tuple(sorted((left for left in unresolved if left.node not in entries), key=lambda left: left.node))


def _force(overrides: Overrides, clusters: Clusters, corpus: Corpus) -> None:
    nodes: defaultdict[str, list[Node]] = defaultdict(list)
    named = {iri for pair in overrides.merges for iri in pair}
    for facts in corpus.everything:
        for node in _nodes(facts):
            if node[1] in named and node not in nodes[node[1]]:
                nodes[node[1]].append(node)
    for old, new in overrides.merges:
        olds, news = ([node for node in nodes[iri] if clusters.known(node)] for iri in (old, new))
        for one, other in [(news[0], other) for other in (*news[1:], *olds)] if news else []:
            clusters.union(Link(one, other, "override", f"{old} → {new}", 1.0), forced=True)


def _nodes(facts: SourceFacts) -> Iterator[Node]:
    """All nodes that one graph speaks of; a body's is its own or the one of all graphs."""
    yield from (record.node for record in facts.records)
    yield from (movement.node for movement in facts.movements)
    for body in facts.bodies:
        yield from ((body.seen.graph, body.iri), (bodies.ALL, body.iri))


def _resolution(
    clusters: Clusters, corpus: Corpus, overrides: Overrides, unresolved: tuple[Unresolved, ...], copied: Copies
) -> Resolution:
    targets = {new for _, new in overrides.merges} - {old for old, _ in overrides.merges}
    register = {node for facts in corpus.registers for node in _nodes(facts)}
    records = {record.node: record for facts in corpus.everything for record in facts.records}
    by_graph: defaultdict[str, dict[str, str]] = defaultdict(dict)
    everywhere: defaultdict[str, set[str]] = defaultdict(set)
    merges: list[Merge] = []
    members: dict[str, tuple[Node, ...]] = {}
    for name, group in naming.name_groups(clusters, records, register, targets):
        members[name] = tuple(group)
        for graph, iri in group:
            everywhere[iri].add(name)
            if iri != name:
                by_graph[graph][iri] = name
        if any(iri != name for _, iri in group):
            merges += naming.merges(group, name, clusters)
    flat = {iri: min(own) for iri, own in everywhere.items() if len(own) == 1 and iri not in own}
    shared = by_graph.pop(bodies.ALL, {})
    graphs = {facts.seen.graph for facts in corpus.everything}
    where = {graph: MappingProxyType({**shared, **by_graph[graph]}) for graph in sorted(graphs)}
    return Resolution(
        by_graph=MappingProxyType(where),
        flat=MappingProxyType(dict(sorted(flat.items()))),
        merges=tuple(sorted(merges, key=lambda merge: (merge.merged, merge.into))),
        unresolved=unresolved,
        members=MappingProxyType(members),
        copies=copied,
        twins=MappingProxyType(
            {
                facts.seen.graph: (own, where[facts.seen.graph][own])
                for twin in copied.twins
                for facts in (twin.one, twin.other)
                if (own := facts.seen.instrument or "") in where[facts.seen.graph]
            }
        ),
    )
