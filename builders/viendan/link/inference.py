"""What follows from what was read: statements in the other direction, lineage from above to below, its second order.

``vd:follows`` leads from an instrument to the one that it carries out, is based on, continues, guides or is annexed to
(and from an approved one to what approved it). It has no circles (``circles`` says which statement gives way). Nor does
it lead down: a directive of the centre does not carry out a district's resolution, whoever says so. Both are reported.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, turtle, vocab
from viendan.link.circles import Step, cut_circles
from viendan.link.facts import SourceFacts
from viendan.link.identity import Corpus, Resolution
from viendan.link.knowledge import Knowledge

Edge = tuple[str, str, str]
"""Subject, property, object: canonical IRIs."""

CITES: Final = vocab.ELI + "cites"
FOLLOWS: Final = vocab.VD + "follows"
_UPWARD: Final = frozenset(
    vocab.ROLE_PROPERTY[role]
    for role in ("implements", "basis", "continues", "supplements", "guides", "annexed_to", "pursuant_to")
)
_DOWNWARD: Final = frozenset({vocab.ROLE_PROPERTY["approves"]})
_NO_STATEMENT: Final = frozenset({"context", "self", ""})


@dataclass(frozen=True, slots=True)
class Indirect:
    """A document cites ``cited`` through ``via``, which a text says carries it out (``evidence``: that statement)."""

    citing: str
    via: str
    cited: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Inferred:
    """Direct statements (canonical, no self-citations), lineage, its second order, and the circles that were cut.

    ``stated`` are the statements that documents make; ``edges`` has those of the registers as well. ``upside_down`` are
    relations that a text states between a higher and a lower instrument: child, parent, the statement.
    """

    edges: tuple[Edge, ...]
    stated: tuple[Edge, ...]
    follows: tuple[tuple[str, str], ...]
    indirect: tuple[Indirect, ...]
    circles: tuple[tuple[str, ...], ...]
    upside_down: tuple[Edge, ...]


def infer(corpus: Corpus, resolution: Resolution, dates: Mapping[str, str], levels: Mapping[str, int]) -> Inferred:
    """Everything that follows; ``dates`` are the preferred dates of instruments, ``levels`` theirs (1 highest)."""
    edges = tuple(sorted(set(_edges(corpus.everything, resolution))))
    stated = tuple(sorted(set(_edges(corpus.sources, resolution))))
    steps = (step for step in _steps(corpus.everything, resolution) if not _leads_down(step.child, step.parent, levels))
    follows, circles = cut_circles(steps, dates)
    relations = tuple(_relations(corpus, resolution))
    kept = frozenset(follows)
    indirect = _second_order([own for own in relations if own[:2] in kept], stated)
    return Inferred(
        edges=edges,
        stated=stated,
        follows=follows,
        indirect=tuple(sorted(indirect, key=_indirect_key)),
        circles=circles,
        upside_down=tuple(own for own in relations if _leads_down(own[0], own[1], levels)),
    )


def _leads_down(child: str, parent: str, levels: Mapping[str, int]) -> bool:
    return child in levels and parent in levels and levels[parent] > levels[child]


def _relations(corpus: Corpus, resolution: Resolution) -> Iterator[Edge]:
    """Child, parent and statement of every relation of lineage that a text states, in order of the statements."""
    for facts in corpus.sources:
        where = resolution.of(facts.seen.graph)
        for relation in sorted(facts.relations, key=lambda relation: relation.node):
            child, parent = where.get(relation.subject, relation.subject), where.get(relation.object, relation.object)
            if relation.predicate in _UPWARD and child != parent:
                yield child, parent, relation.node


def upward_statements(corpus: Corpus, resolution: Resolution) -> Iterator[Edge]:
    """Child, parent and statement of everything that makes lineage: citations and relations, in order."""
    for facts in corpus.sources:
        where = resolution.of(facts.seen.graph)
        for citation in sorted(facts.citations, key=lambda citation: citation.node):
            predicate = vocab.ROLE_PROPERTY.get(citation.relation, CITES)
            child, parent = where.get(citation.citing, citation.citing), where.get(citation.cited, citation.cited)
            if predicate in _UPWARD:
                yield child, parent, citation.node
            elif predicate in _DOWNWARD:
                yield parent, child, citation.node
    yield from _relations(corpus, resolution)


def _indirect_key(item: Indirect) -> tuple[str, str, str, str]:
    return (item.citing, item.via, item.cited, item.evidence)


def _edges(everything: Iterable[SourceFacts], resolution: Resolution) -> Iterator[Edge]:
    for facts in everything:
        where = resolution.of(facts.seen.graph)
        for subject, predicate, value in facts.edges:
            yield from _edge(where, subject, predicate, value)
        for citation in facts.citations:
            yield from _edge(where, citation.citing, CITES, citation.cited)
            if citation.relation not in _NO_STATEMENT:
                predicate = vocab.ROLE_PROPERTY.get(citation.relation, CITES)
                yield from _edge(where, citation.citing, predicate, citation.cited)
        for relation in facts.relations:
            yield from _edge(where, relation.subject, relation.predicate, relation.object)
        for invocation in facts.invocations:
            yield from _edge(where, invocation.document, invocation.act, invocation.movement)
        for movement in facts.movements:
            if movement.localises:
                yield from _edge(where, movement.node[1], vocab.VD + "localises", movement.localises)


def _edge(where: Mapping[str, str], subject: str, predicate: str, value: str) -> Iterator[Edge]:
    one, other = where.get(subject, subject), where.get(value, value)
    if one and other and predicate and one != other:
        yield one, predicate, other


def _steps(everything: Iterable[SourceFacts], resolution: Resolution) -> Iterator[Step]:
    """Every statement that makes lineage, of documents and of registers."""
    for facts in everything:
        graph = facts.seen.graph
        where = resolution.of(graph)
        said = [(own, 1.0) for own in facts.edges]
        for citation in facts.citations:
            predicate = vocab.ROLE_PROPERTY.get(citation.relation, CITES)
            said.append(((citation.citing, predicate, citation.cited), citation.confidence))
        said += [((own.subject, own.predicate, own.object), own.confidence) for own in facts.relations]
        for (subject, predicate, value), confidence in said:
            for one, name, other in _edge(where, subject, predicate, value):
                if name in _UPWARD:
                    yield Step(one, other, name, graph, confidence)
                elif name in _DOWNWARD:
                    yield Step(other, one, name, graph, confidence)


def _second_order(relations: Iterable[Edge], stated: Sequence[Edge]) -> Iterator[Indirect]:
    """What a document reaches only through another: a mention in passing (inside the other's title) is not reaching."""
    reached: defaultdict[str, set[str]] = defaultdict(set)
    cited_by: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in stated:
        if predicate == CITES:
            cited_by[value].add(subject)
        else:
            reached[subject].add(value)
    seen: set[tuple[str, str, str]] = set()
    for via, cited, node in relations:
        for citing in sorted(cited_by[via]):
            if citing != cited and cited not in reached[citing] and (citing, via, cited) not in seen:
                seen.add((citing, via, cited))
                yield Indirect(citing, via, cited, node)


def lineage_graph(inferred: Inferred, knowledge: Knowledge) -> Iterator[ox.Triple]:
    """The triples of the lineage graph: inverses, ``vd:follows``, indirect citations with their reason."""
    for subject, predicate, value in inferred.edges:
        inverse = knowledge.inverses.get(predicate)
        if inverse and inverse != predicate:
            yield ox.Triple(turtle.iri(value), turtle.iri(inverse), turtle.iri(subject))
    for child, parent in inferred.follows:
        yield ox.Triple(turtle.iri(child), turtle.iri(FOLLOWS), turtle.iri(parent))
    for item in inferred.indirect:
        yield from _indirect(item)


def _indirect(item: Indirect) -> Iterator[ox.Triple]:
    digest = hashlib.sha256("\n".join((item.citing, item.via, item.cited)).encode()).hexdigest()[:16]
    node = identifiers.thing("indirect", digest)
    yield ox.Triple(turtle.iri(item.citing), turtle.iri(vocab.VD + "citesIndirectly"), turtle.iri(item.cited))
    yield ox.Triple(turtle.iri(node), turtle.iri(vocab.RDF + "type"), turtle.iri(vocab.VD + "IndirectCitation"))
    for predicate, value in (
        (vocab.CITO + "hasCitingEntity", item.citing),
        (vocab.VD + "via", item.via),
        (vocab.CITO + "hasCitedEntity", item.cited),
        (vocab.PROV + "wasDerivedFrom", item.evidence),
    ):
        yield ox.Triple(turtle.iri(node), turtle.iri(predicate), turtle.iri(value))
