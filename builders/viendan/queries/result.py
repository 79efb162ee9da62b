"""An answer: columns and rows in an order that never changes, and the formats in which it can leave the program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeVar

import pyoxigraph as ox

from viendan import text, turtle, vocab
from viendan.errors import QueryError
from viendan.queries.header import Query
from viendan.store import Answer, Term

Cell = str | int | float | bool | None
Row = tuple[Term | None, ...]
_Item = TypeVar("_Item")

_INTEGERS: Final = frozenset(vocab.XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger"))
_NUMBERS: Final = frozenset(vocab.XSD + name for name in ("decimal", "double", "float"))
_GRAPH_COLUMNS: Final = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Result:
    """Columns, and rows of plain values (``terms`` has the same rows as RDF terms).

    ``headings`` are the columns in words, by language; ``triples`` is the graph that a CONSTRUCT made, else None.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    terms: tuple[Row, ...]
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    triples: tuple[ox.Triple, ...] | None = None

    def records(self) -> tuple[Mapping[str, Cell], ...]:
        """The rows as mappings from column to value."""
        return tuple(MappingProxyType(dict(zip(self.columns, row, strict=True))) for row in self.rows)

    def text(self, shape: str) -> str:
        """The answer as ``csv`` (RFC 4180), ``json`` (SPARQL 1.1 results) or ``turtle`` (of a graph).

        Raises QueryError where a table is asked for as Turtle.
        """
        return {"csv": self.csv, "json": self.json, "turtle": self.turtle}[shape]()

    def csv(self) -> str:
        """Comma-separated values: a header line, CRLF, quotes where they are needed."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows(["" if cell is None else _shown(cell) for cell in row] for row in self.rows)
        return out.getvalue()

    def json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        bindings = [
            {name: _json_term(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.terms
        ]
        whole = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    def turtle(self) -> str:
        """The graph as canonical Turtle."""
        if self.triples is None:
            raise QueryError("result_not_graph")
        return turtle.write(self.triples)


def _shown(cell: Cell) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _json_term(term: Term) -> Mapping[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == vocab.XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def plain(term: Term | None) -> Cell:
    """A term as a plain value: numbers and booleans as such, everything else as its text."""
    if not isinstance(term, ox.Literal):
        return term.value if term is not None else None
    kind = term.datatype.value
    if kind in _INTEGERS:
        return int(term.value)
    if kind in _NUMBERS:
        return float(term.value)
    if kind == vocab.XSD + "boolean":
        return term.value in {"true", "1"}
    return term.value


def read_answer(answer: Answer, query: Query, limit: int | None = None) -> Result:
    """The answer as a Result; raises QueryError where it has more than ``limit`` rows."""
    if isinstance(answer, ox.QueryBoolean):
        yes = ox.Literal(bool(answer))
        return Result(("answer",), ((bool(answer),),), ((yes,),))
    if isinstance(answer, ox.QueryTriples):
        return graph_result(_limited(answer, limit))
    names = [variable.value for variable in answer.variables]
    rows = [tuple(_own(solution[position]) for position in range(len(names))) for solution in _limited(answer, limit)]
    return table_result(names, rows, query)


def graph_result(triples: Iterable[ox.Triple]) -> Result:
    """The result of a CONSTRUCT: a graph, and the same as three columns, sorted."""
    ordered = tuple(sorted(set(triples), key=str))
    terms = tuple((_own(triple.subject), triple.predicate, _own(triple.object)) for triple in ordered)
    rows = tuple(tuple(plain(term) for term in row) for row in terms)
    return Result(_GRAPH_COLUMNS, rows, terms, triples=ordered)


def table_result(names: Sequence[str], rows: Sequence[Row], query: Query) -> Result:
    """The result of a SELECT: the columns of the header (all, where there is none), in the order for readers."""
    shown = [column.name for column in query.columns if column.name in names] or list(names)
    places = [names.index(name) for name in shown]
    terms = [tuple(row[place] for place in places) for row in rows]
    for name, descending in reversed(query.order):
        if name in shown:
            terms = _sorted(terms, shown.index(name), reverse=descending)
    headings = {
        language: tuple(column.heading[language] for column in query.columns if column.name in shown)
        for language in ("vi", "en")
        if query.columns
    }
    plain_rows = tuple(tuple(plain(term) for term in row) for row in terms)
    return Result(tuple(shown), plain_rows, tuple(terms), MappingProxyType(headings))


def _sorted(rows: list[Row], place: int, *, reverse: bool) -> list[Row]:
    return sorted(rows, key=lambda row: _order_key(row[place]), reverse=reverse)


def _order_key(term: Term | None) -> tuple[int, float, tuple[tuple[int, ...], tuple[int, ...], str]]:
    """Nothing first, then numbers, then words in Vietnamese order: the one place where readers' order is made."""
    value = plain(term)
    if value is None:
        return (0, 0.0, ((), (), ""))
    if isinstance(value, int | float):
        return (1, float(value), ((), (), ""))
    return (2, 0.0, text.collation_key(value))


def _own(term: object) -> Term | None:
    """The data have no blank nodes; whatever else a query makes up has no value here."""
    return term if isinstance(term, Term) else None


def _limited(items: Iterable[_Item], limit: int | None) -> Iterable[_Item]:
    for count, item in enumerate(items):
        if limit is not None and count >= limit:
            raise QueryError("query_too_many_rows", limit=limit)
        yield item
