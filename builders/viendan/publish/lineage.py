"""What an instrument descends from and what descends from it, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from viendan import vocab
from viendan.publish import paths
from viendan.publish.answers import Rows
from viendan.publish.rows import EdgeRow
from viendan.publish.things import Things, order_key
from viendan.publish.views import LineageStep, Ref, RelationView, Status

_DEEPEST: Final = 4
_LONGEST: Final = 80
_NOWHERE: Final = 10**9  # behind all whose level is known


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
    """All direct relations, from both sides, and the steps of lineage: parents and children."""

    by_subject: Mapping[str, tuple[Edge, ...]]
    by_object: Mapping[str, tuple[Edge, ...]]
    parents: Mapping[str, tuple[str, ...]]
    children: Mapping[str, tuple[str, ...]]


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
    pairs_known = [row for row in rows.follows if row.child in things.instruments and row.parent in things.instruments]
    return Edges(
        _grouped(edges, "subject"),
        _grouped(edges, "object"),
        _many((row.child, row.parent) for row in pairs_known),
        _many((row.parent, row.child) for row in pairs_known),
    )


def _many(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: tuple(sorted(values)) for key, values in found.items()}


def _is_double(relation: str, others: set[str]) -> bool:
    """Whether another relation with this property comes first, or a plain citation stands beside one that says more."""
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
    """The instruments above (``up``) or below, each once, by its shortest way; at most 80 in 4 steps.

    They are read from above to below: by level, line and rank (``vd:authority``), then by date.
    """
    side = edges.parents if up else edges.children
    seen = {iri}
    steps: list[LineageStep] = []
    front = [iri]
    for depth in range(1, _DEEPEST + 1):
        reached: dict[str, str] = {}
        for here in sorted(front):
            for there in side.get(here, ()):
                if there not in seen:
                    reached.setdefault(there, here)
        front = sorted(reached, key=lambda there: (order_key(things.label(there).vi), there))[: _LONGEST - len(steps)]
        seen.update(front)
        for there in front:
            here = reached[there]
            child, parent = (here, there) if up else (there, here)
            steps.append(_step(there, depth, _ties(child, parent, edges), things, here if here != iri else None))
        if not front:
            break
    return tuple(sorted(steps, key=lambda step: _from_above(step.ref, things)))


def _from_above(ref: Ref, things: Things) -> tuple[object, ...]:
    row = things.instruments.get(ref.iri)
    authority = row.authority if row and row.authority is not None else _NOWHERE
    return (authority, (row.date if row else None) or "9", order_key(ref.label.vi), ref.iri)


def _ties(child: str, parent: str, edges: Edges) -> list[Edge]:
    """The relations behind a step of lineage; what approves an instrument is above it."""
    return [
        edge
        for edge in (*edges.by_subject.get(child, ()), *edges.by_object.get(child, ()))
        if parent in {edge.subject, edge.object} and paths.last_part(edge.relation) != "context"
    ]


def _step(there: str, depth: int, ties: list[Edge], things: Things, through: str | None) -> LineageStep:
    statuses = {edge.status for edge in ties} or {"inferred"}
    row = things.instruments.get(there)
    return LineageStep(
        ref=things.ref(there),
        depth=depth,
        relations=tuple(things.term(relation) for relation in sorted({edge.relation for edge in ties})),
        through=things.ref(through) if through else None,
        status=next(status for status in _STRONGEST if status in statuses) if depth == 1 else "inferred",
        level=things.term(row.level) if row and row.level else None,
        line=things.term(row.line) if row and row.line else None,
        date=row.date if row else None,
    )
