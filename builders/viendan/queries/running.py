"""Asking: a named query in this process; a query of a person's own in a process of its own, which can be killed.

pyoxigraph has neither time limit nor cancel, and some queries take the whole process with them. ``run_guarded``
therefore runs a worker (``python -m viendan.queries.worker``) over the same immutable snapshot.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from viendan import turtle
from viendan.errors import QueryError
from viendan.queries import binding
from viendan.queries.binding import Values
from viendan.queries.header import Query, parse
from viendan.queries.result import Result, Row, graph_result, read_answer, table_result
from viendan.store import Store, Term, all_quads, build_store, open_store

MAX_ROWS: Final = 200_000
_SHOWN_DETAIL: Final = 160
_PLACE: Final = re.compile(r"error at (?P<line>\d+):(?P<column>\d+):\s*(?P<rest>.*)\Z", re.DOTALL)


def run(store: Store, query: Query, values: Values | None = None) -> Result:
    """The answer to a named query; raises QueryError for a wrong parameter or wrong SPARQL (with its line)."""
    return _execute(store, query, binding.bind(store, query, values or {}), None)


def run_text(store: Store, content: str, values: Values | None = None) -> Result:
    """The answer to SPARQL text in this process: for text that is trusted. Raises QueryError as ``run`` does."""
    query = parse("-", content)
    return _execute(store, query, _bound(store, query, values or {}), MAX_ROWS)


def run_guarded(store: Store, content: str, values: Values | None = None, timeout: float = 30.0) -> Result:
    """The answer to anybody's SPARQL text, in a worker that is ended after ``timeout`` seconds.

    Raises QueryError for what is no bounded read-only query, for wrong SPARQL, for a query that takes too long, gives
    too many rows or kills its worker.
    """
    query = parse("-", content)
    bound = _bound(store, query, values or {})
    if store.path is not None:
        return _in_worker(store.path, query, bound, timeout)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        build_store(path, all_quads(store))
        return _in_worker(open_store(path).path or path, query, bound, timeout)


def _bound(store: Store, query: Query, values: Values) -> dict[str, Term]:
    """Declared parameters by their kind; where none is declared, by what the value looks like."""
    if query.parameters:
        return binding.bind(store, query, values)
    if binding.AS_OF in values:
        raise QueryError("query_timeless", name=query.name)
    return {name: binding.guess(str(value)) for name, value in values.items()}


def _execute(store: Store, query: Query, bound: Mapping[str, Term], limit: int | None) -> Result:
    try:
        return read_answer(store.query(query.text, bound), query, limit)
    except SyntaxError as error:
        raise syntax_error(query, error) from error
    except (RuntimeError, OSError) as error:  # a parameter that is not projected, a store that cannot be read
        raise QueryError("query_failed", name=query.name, detail=_short(str(error))) from error


def syntax_error(query: Query, error: SyntaxError) -> QueryError:
    """The QueryError of a syntax error, with its line and column."""
    return _wrong(query, error.lineno or 0, error.offset or 0, error.msg)


def _wrong(query: Query, line: int, column: int, detail: str) -> QueryError:
    """The parser sometimes says where only in its words: ``error at 3:14: expected …``."""
    place = _PLACE.match(detail)
    if place:
        line, column, detail = int(place["line"]), int(place["column"]), place["rest"]
    return QueryError("query_syntax", name=query.name, line=line, column=column, detail=_short(detail))


def _short(detail: str) -> str:
    line = " ".join(detail.split())
    return line if len(line) <= _SHOWN_DETAIL else line[:_SHOWN_DETAIL] + "…"


def _in_worker(path: Path, query: Query, bound: Mapping[str, Term], timeout: float) -> Result:
    order = {
        "store": str(path),
        "query": query.text,
        "bound": {name: str(term) for name, term in bound.items()},
        "limit": MAX_ROWS,
        "seconds": int(timeout) + 1,
    }
    command = [sys.executable, "-m", "viendan.queries.worker"]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the query goes through a pipe
            command, input=json.dumps(order).encode(), capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError("query_timeout", seconds=f"{timeout:g}") from error
    if done.returncode:
        raise QueryError("query_killed", code=done.returncode)
    return _read_reply(json.loads(done.stdout), query)


def _read_reply(reply: Mapping[str, object], query: Query) -> Result:
    """The worker's reply: an error, a boolean, a graph as N-Triples, or columns with rows of N-Triples terms."""
    match reply:
        case {"syntax": [int(line), int(column), str(detail)]}:
            raise _wrong(query, line, column, detail)
        case {"failed": str(detail)}:
            raise QueryError("query_failed", name=query.name, detail=_short(detail))
        case {"too_many": int(limit)}:
            raise QueryError("query_too_many_rows", limit=limit)
        case {"boolean": bool(answer)}:
            return Result(("answer",), ((answer,),), ((ox.Literal(answer),),))
        case {"graph": str(content)}:
            return graph_result(quad.triple for quad in ox.parse(content.encode(), format=ox.RdfFormat.N_TRIPLES))
        case {"columns": list(columns), "rows": list(rows)}:
            return table_result([str(name) for name in columns], [_row(row) for row in rows], query)
    raise QueryError("query_killed", code=0)


def _row(cells: list[list[str] | None]) -> Row:
    return tuple(None if cell is None else _cell(cell) for cell in cells)


def _cell(cell: list[str]) -> Term:
    """``[iri]``, ``[value, language, ""]`` or ``[value, "", datatype]``."""
    if len(cell) == 1:
        return turtle.iri(cell[0])
    value, language, datatype = cell
    return turtle.literal(value, language=language or None, datatype=datatype or None)
