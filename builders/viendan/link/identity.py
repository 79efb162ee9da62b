"""Who is who across documents: every mention of one thing gets one IRI, and two things never share one.

Instruments by number (``numbered``) and by title (``titled``), movements and bodies by wording (``wordings``), people's
decisions first (``overrides``). Every merge keeps its reason. A pure function of what was read, in any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from viendan.link import bodies, joining, misread, numbered, titled, wordings
from viendan.link.clusters import Clusters, Link
from viendan.link.facts import Node, Record, SourceFacts
from viendan.link.knowledge import Knowledge
from viendan.link.numbered import Unresolved
from viendan.link.overrides import Overrides
from viendan.link.traits import Deriver, Traits

_UNKNOWN: Final = "khong-ro"
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


@dataclass(frozen=True, slots=True)
class Merge:
    """An IRI that was replaced by another (in ``graphs``), and why."""

    merged: str
    into: str
    graphs: tuple[str, ...]
    rules: tuple[str, ...]
    evidence: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where every IRI went: ``by_graph[graph][iri]`` is the canonical IRI; IRIs that stay are not listed.

    ``flat`` holds the IRIs that went to one place in all graphs; the others mean different things in different
    documents.
    """

    by_graph: Mapping[str, Mapping[str, str]]
    flat: Mapping[str, str]
    merges: tuple[Merge, ...]
    unresolved: tuple[Unresolved, ...]
    members: Mapping[str, tuple[Node, ...]]

    def of(self, graph: str) -> Mapping[str, str]:
        """IRI → canonical IRI, as one document means it."""
        return self.by_graph.get(graph, MappingProxyType({}))


def resolve_corpus(corpus: Corpus, knowledge: Knowledge, overrides: Overrides) -> Resolution:
    """Decide who is who among instruments, movements and bodies."""
    clusters = Clusters(overrides.apart)
    bodies.resolve_bodies((fact for facts in corpus.everything for fact in facts.bodies), clusters)
    wordings.resolve_movements((fact for facts in corpus.everything for fact in facts.movements), clusters)
    records = {record.node: record for facts in corpus.everything for record in facts.records}
    deriver = Deriver(knowledge, (fact for facts in corpus.registers for fact in facts.bodies))
    stated = [(facts, deriver.traits(facts)) for facts in corpus.everything]
    for _, traits in stated:
        for own in traits:
            clusters.add(own.node, own.place[1:] if own.place else None, entry=own.record.register)
    _force(overrides, clusters, corpus)
    named = [own for facts, traits in stated for own in _named(facts, traits, clusters)]
    unresolved = _resolve_instruments(named, clusters)
    return _name_all(clusters, records, corpus, overrides, unresolved)


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


def _name_all(
    clusters: Clusters,
    records: Mapping[Node, Record],
    corpus: Corpus,
    overrides: Overrides,
    unresolved: tuple[Unresolved, ...],
) -> Resolution:
    targets = {new for _, new in overrides.merges} - {old for old, _ in overrides.merges}
    register = {node for facts in corpus.registers for node in _nodes(facts)}
    groups = clusters.all()
    names = _canonical(groups, records, register, targets)
    by_graph: defaultdict[str, dict[str, str]] = defaultdict(dict)
    everywhere: defaultdict[str, set[str]] = defaultdict(set)
    merges: list[Merge] = []
    members: dict[str, tuple[Node, ...]] = {}
    for group, name in zip(groups, names, strict=True):
        members[name] = tuple(group)
        for graph, iri in group:
            everywhere[iri].add(name)
            if iri != name:
                by_graph[graph][iri] = name
        if any(iri != name for _, iri in group):
            merges += _merges(group, name, clusters)
    flat = {iri: min(own) for iri, own in everywhere.items() if len(own) == 1 and iri not in own}
    shared = by_graph.pop(bodies.ALL, {})
    graphs = {facts.seen.graph for facts in corpus.everything}
    return Resolution(
        by_graph=MappingProxyType({graph: MappingProxyType({**shared, **by_graph[graph]}) for graph in sorted(graphs)}),
        flat=MappingProxyType(dict(sorted(flat.items()))),
        merges=tuple(sorted(merges, key=lambda merge: (merge.merged, merge.into))),
        unresolved=unresolved,
        members=MappingProxyType(members),
    )


def _canonical(
    groups: Sequence[list[Node]], records: Mapping[Node, Record], register: set[Node], targets: set[str]
) -> list[str]:
    """One IRI for each group, all different: what people or a register name, else the one that says most, most often.

    Where two groups would take the same (an undated number that means two things), the fuller one keeps it and the
    other gets the key of its document behind it.
    """
    taken: dict[str, int] = {}
    names = [""] * len(groups)
    weights = [max(_weight(node, records, register) for node in group) for group in groups]
    order = sorted(range(len(groups)), key=lambda place: groups[place])
    for place in sorted(order, key=lambda place: weights[place], reverse=True):
        counts: defaultdict[str, int] = defaultdict(int)
        for node in groups[place]:
            counts[node[1]] += 1
        best = min(
            counts,
            key=lambda iri: (
                iri not in targets,
                not any(node in register for node in groups[place] if node[1] == iri),
                iri.count(_UNKNOWN),
                not any(_is_own(node, records) for node in groups[place] if node[1] == iri),
                -counts[iri],
                iri,
            ),
        )
        graph = next(node[0] for node in groups[place] if node[1] == best)
        while best in taken:
            best = f"{best}/{graph.rsplit('/', 1)[-1] or 'x'}"
        taken[best] = place
        names[place] = best
    return names


def _is_own(node: Node, records: Mapping[Node, Record]) -> bool:
    return node in records and records[node].own


def _weight(node: Node, records: Mapping[Node, Record], register: set[Node]) -> tuple[bool, int, int]:
    record = records.get(node)
    known = (record.issuers, record.dates, record.numbers, record.titles) if record else ()
    return (node in register, sum(map(bool, known)), record.mentions if record else 0)


def _merges(group: Sequence[Node], name: str, clusters: Clusters) -> Iterable[Merge]:
    """For each IRI that gave way: the links between it and a node that has the kept IRI."""
    start = next((node for node in group if node[1] == name), group[0])
    ways = clusters.reasons(start)
    by_iri: defaultdict[str, list[Node]] = defaultdict(list)
    for node in group:
        if node[1] != name:
            by_iri[node[1]].append(node)
    for iri, nodes in sorted(by_iri.items()):
        links = [link for link in ways.get(nodes[0], ()) if link.one[1] != link.other[1]]
        graphs = sorted({node[0] for node in nodes if node[0]})
        yield Merge(
            merged=iri,
            into=name,
            graphs=tuple(graphs),
            rules=tuple(sorted({link.rule for link in links})) or ("split",),
            evidence=tuple(sorted({link.evidence for link in links})),
            confidence=min((link.confidence for link in links), default=0.9),
        )
