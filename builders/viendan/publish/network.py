"""The network of instruments and movements: pyvis collects nodes and edges, our own page draws them.

pyvis's own pages call other hosts in every mode; of it only the network data and the copy of vis-network that it ships
are used. Positions are stored and the physics are off, so that a large network shows at once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyvis
from pyvis.network import Network

from viendan import text
from viendan.errors import OutputError
from viendan.messages import LANGUAGES, Language, say
from viendan.publish.layout import positions
from viendan.publish.sheets import NetworkPage, NetworkRow
from viendan.publish.statements import Statements, relation_order
from viendan.publish.things import Things, order_key
from viendan.publish.views import Label, Ref, Status, Term

MAX_NODES: Final = 500  # more are a cloud in which nobody reads anything
_LABEL: Final = 30
_STRETCH: Final = 14  # tenths: a page is wider than it is high
_LIBRARY: Final = "lib/vis-*/vis-network.min.js"

Key = tuple[Ref, Term, Ref]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: the rows, the nodes in order of weight, and how many things were left out."""

    rows: tuple[NetworkRow, ...]
    nodes: tuple[Ref, ...]
    left_out: int


def library() -> Path:
    """The vis-network that pyvis ships; raises OutputError where it ships none."""
    found = sorted(Path(pyvis.__file__).parent.glob(_LIBRARY))
    if not found:
        raise OutputError("network_library_missing", file=_LIBRARY)
    return found[-1]


def find_rows(things: Things, statements: Statements) -> tuple[NetworkRow, ...]:
    """The edges: what each document does with the instruments it cites and the movements it names, and the relations
    that it states between others. A mere mention beside a stronger relation is not another edge."""
    counts: dict[Key, int] = defaultdict(int)
    statuses: dict[Key, Status] = {}
    days: dict[Key, str] = {}
    for iri in sorted(things.held):
        day = things.days.get(iri, ("", ""))[0]
        for key, status in _statements(iri, statements):
            counts[key] += 1
            statuses[key] = status if status != "asserted" else statuses.get(key, status)
            days[key] = min(day, days.get(key, day))
    pairs: dict[tuple[Ref, Ref], set[str]] = defaultdict(set)
    for source, relation_term, target in counts:
        pairs[source, target].add(relation_term.key)
    rows = [
        NetworkRow(*key, count, statuses[key], days[key])
        for key, count in counts.items()
        if key[1].key != "context" or pairs[key[0], key[2]] == {"context"}
    ]
    return tuple(sorted(rows, key=_row_order))


def _statements(iri: str, statements: Statements) -> Iterator[tuple[Key, Status]]:
    """What one document says of its own doings, and of relations between others."""
    for citation in statements.citations_of.get(iri, ()):
        if citation.cited.iri != iri:
            yield (citation.evidence.document, citation.relation, citation.cited), "asserted"
    for invocation in statements.invocations_of.get(iri, ()):
        act = Term(invocation.act, Label(say(f"act.{invocation.act}", "vi"), say(f"act.{invocation.act}", "en")))
        yield (invocation.evidence.document, act, invocation.movement), "asserted"
    for relation in statements.relations_of.get(iri, ()):
        yield (relation.subject, relation.relation, relation.object), relation.status


def _row_order(row: NetworkRow) -> tuple[object, ...]:
    return (
        order_key(row.source.label.vi),
        row.source.iri,
        relation_order(row.relation),
        order_key(row.target.label.vi),
        row.target.iri,
    )


def draw(rows: tuple[NetworkRow, ...], limit: int = MAX_NODES) -> Drawn:
    """The things with most edges, up to ``limit``, and the edges between them."""
    weight: dict[Ref, int] = defaultdict(int)
    for row in rows:
        weight[row.source] += 1
        weight[row.target] += 1
    nodes = sorted(weight, key=lambda ref: (-weight[ref], ref.iri))
    shown = set(nodes[:limit])
    kept = tuple(row for row in rows if row.source in shown and row.target in shown)
    return Drawn(kept, tuple(nodes[:limit]), len(nodes) - len(nodes[:limit]))


def network_page(things: Things, statements: Statements) -> NetworkPage:
    """The page of the whole network, with its data for each language."""
    drawn = draw(find_rows(things, statements))
    place = {ref: number for number, ref in enumerate(drawn.nodes)}
    points = positions(len(place), sorted({(place[row.source], place[row.target]) for row in drawn.rows}))
    data = {language: _data(drawn, points, things, language) for language in LANGUAGES}
    return NetworkPage(drawn.rows, len(drawn.nodes), drawn.left_out, data)


def _data(drawn: Drawn, points: tuple[tuple[int, int], ...], things: Things, language: Language) -> str:
    """Nodes and edges as pyvis collects them, as JSON."""
    network = Network(directed=True)
    degree: dict[Ref, int] = defaultdict(int)
    for row in drawn.rows:
        degree[row.source] += 1
        degree[row.target] += 1
    place = {ref: number for number, ref in enumerate(drawn.nodes)}
    for ref, number in place.items():
        network.add_node(
            number,
            label=short_label(ref, things, language),
            x=points[number][0] * _STRETCH // 10,
            y=points[number][1],
            group=group_of(ref.iri, things),
            value=degree[ref],
            name=ref.label.get(language),
            path=ref.path,
            first=ref.first,
        )
    for row in drawn.rows:
        network.add_edge(
            place[row.source],
            place[row.target],
            relation=row.relation.key,
            name=row.relation.label.get(language),
            width=min(4, row.count),
            first=row.first,
        )
    nodes, edges, *_ = network.get_network_data()
    keep_nodes = ("id", "label", "x", "y", "group", "value", "name", "path", "first")
    keep_edges = ("from", "to", "relation", "name", "width", "first")
    whole = {
        "nodes": [{name: node[name] for name in keep_nodes} for node in nodes],
        "edges": [{name: edge[name] for name in keep_edges} for edge in edges],
    }
    return json.dumps(whole, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def group_of(iri: str, things: Things) -> str:
    """How a node is drawn: held, central, local or movement."""
    if iri in things.movements:
        return "movement"
    if iri in things.held:
        return "held"
    return "central" if things.level(iri) == "central" else "local"


def short_label(ref: Ref, things: Things, language: Language) -> str:
    """A name that fits beside a node: the number; else, for a document that was read, its type, place and year."""
    row = things.instruments.get(ref.iri)
    if row and row.number:
        return _short(row.number)
    if row and row.place and ref.iri in things.held:
        kind = text.capitalise(things.label(row.type).get(language)) if row.type else ""
        place = things.label(row.place).get(language).split(" (")[0]
        return _short(" ".join(part for part in (kind, place, (row.date or "")[:4]) if part))
    return _short((row.title if row else None) or ref.label.get(language))


def _short(words: str) -> str:
    return words if len(words) <= _LABEL else words[: _LABEL - 1].rstrip(" ,;-") + "…"
