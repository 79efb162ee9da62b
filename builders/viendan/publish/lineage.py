"""What an instrument descends from and what descends from it, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from viendan import vocab
from viendan.publish import paths
from viendan.publish.rows import EdgeRow, Rows
from viendan.publish.things import Things, order_key
from viendan.publish.views import LineageStep, RelationView, Status

_DESCENT: Final = frozenset({"basis", "pursuant_to", "implements", "continues", "guides"})
_DEEPEST: Final = 4
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Edge:
    """A direct relation between two instruments with who says so."""

    subject: str
    relation: str
    object: str
    status: Status
    source: str | None


@dataclass(frozen=True, slots=True)
class Edges:
    """All direct relations, from both sides."""

    by_subject: Mapping[str, tuple[Edge, ...]]
    by_object: Mapping[str, tuple[Edge, ...]]


def _status(graph: str) -> Status:
    if graph.startswith(vocab.GRAPH_SOURCE):
        return "asserted"
    if graph.startswith(vocab.GRAPH_REGISTER):
        return "register"
    return "corrected" if graph == vocab.GRAPH_CORRECTIONS else "inferred"


_STRONGEST: Final[tuple[Status, ...]] = ("corrected", "asserted", "cited", "register", "inferred")


def find_edges(rows: Rows, things: Things) -> Edges:
    """Each relation between two instruments once, with the best of those who say so.

    Relations that share a property are one: the first by name stands for them.
    """
    best: dict[tuple[str, str, str], EdgeRow] = {}
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows.edges:
        if paths.last_part(row.relation) not in vocab.ROLE_PROPERTY or row.subject == row.object:
            continue
        if row.subject not in things.instruments or row.object not in things.instruments:
            continue
        key = (row.subject, row.relation, row.object)
        pairs[row.subject, row.object].add(row.relation)
        known = best.get(key)
        if known is None or _STRONGEST.index(_status(row.graph)) < _STRONGEST.index(_status(known.graph)):
            best[key] = row
    edges = [
        Edge(row.subject, row.relation, row.object, _status(row.graph), _register(row.graph))
        for (subject, relation, target), row in best.items()
        if not _is_double(relation, pairs[subject, target])
    ]
    return Edges(_grouped(edges, "subject"), _grouped(edges, "object"))


def _is_double(relation: str, others: set[str]) -> bool:
    """Whether another relation with the same property comes first, or a plain citation says less than what stands there."""
    key = paths.last_part(relation)
    same = {
        paths.last_part(other)
        for other in others
        if vocab.ROLE_PROPERTY[paths.last_part(other)] == vocab.ROLE_PROPERTY[key]
    }
    return key != min(same) or (key == "context" and len(others) > 1)


def _register(graph: str) -> str | None:
    return graph.removeprefix(vocab.GRAPH_REGISTER) if graph.startswith(vocab.GRAPH_REGISTER) else None


def _grouped(edges: list[Edge], side: str) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        found[getattr(edge, side)].append(edge)
    return {
        iri: tuple(sorted(group, key=lambda edge: (edge.subject, edge.object, edge.relation)))
        for iri, group in found.items()
    }


def relations_of(iri: str, edges: Edges, things: Things) -> tuple[RelationView, ...]:
    """Relations of an instrument that no document's words prove: from registers, corrections and inference."""
    found = [*edges.by_subject.get(iri, ()), *edges.by_object.get(iri, ())]
    return tuple(
        RelationView(
            things.ref(edge.subject),
            things.term(edge.relation),
            things.ref(edge.object),
            edge.status,
            None,
            edge.source,
        )
        for edge in found
        if edge.status != "asserted" and paths.last_part(edge.relation) != "context"
    )


def climb(iri: str, edges: Edges, things: Things, *, up: bool) -> tuple[LineageStep, ...]:
    """The instruments above (``up``) or below, nearest first, each once by its shortest way; at most 80, 4 steps far."""
    side = edges.by_subject if up else edges.by_object
    seen = {iri}
    steps: list[LineageStep] = []
    front = [iri]
    for depth in range(1, _DEEPEST + 1):
        reached: dict[str, list[tuple[str, Edge]]] = defaultdict(list)
        for here in front:
            for edge in side.get(here, ()):
                there = edge.object if up else edge.subject
                if there not in seen and paths.last_part(edge.relation) in _DESCENT:
                    reached[there].append((here, edge))
        front = sorted(reached, key=lambda there: (order_key(things.label(there).vi), there))
        front = front[: _LONGEST - len(steps)]
        seen.update(front)
        steps.extend(_step(there, depth, reached[there], things, iri) for there in front)
        if not front:
            break
    return tuple(steps)


def _step(there: str, depth: int, ways: list[tuple[str, Edge]], things: Things, start: str) -> LineageStep:
    through = min(here for here, _ in ways)
    edges = [edge for here, edge in ways if here == through]
    statuses = {edge.status for edge in edges}
    status = next(status for status in _STRONGEST if status in statuses)
    return LineageStep(
        ref=things.ref(there),
        depth=depth,
        relations=tuple(things.term(relation) for relation in sorted({edge.relation for edge in edges})),
        through=things.ref(through) if through != start else None,
        status=status if depth == 1 else "inferred",
    )
