"""The process in which a query of a person's own runs: it may be killed, run out of memory or overflow its stack.

Reads one order (JSON) from standard input, writes one reply (JSON) to standard output. It knows nothing of headers: the
process that started it has checked the text and bound the parameters.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable
from typing import Final, TypeVar

import pyoxigraph as ox

from viendan import vocab

_Item = TypeVar("_Item")

_MEMORY: Final = 6 * 1024**3  # address space; a Cartesian product ends here and not with the machine


def main() -> None:
    """Answer one order and end."""
    order = json.loads(sys.stdin.buffer.read())
    _limit(int(order["seconds"]))
    json.dump(answer(order["store"], order["query"], order["bound"], int(order["limit"])), sys.stdout)
    sys.stdout.flush()


def _limit(seconds: int) -> None:
    """Bound memory and processor time, also for the case that whoever started this process is gone."""
    try:
        import resource  # noqa: PLC0415 - a system without it has no such limits
    except ImportError:
        return
    for kind, value in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already
            resource.setrlimit(kind, (value, value))


def answer(store: str, query: str, bound: dict[str, str], limit: int) -> dict[str, object]:
    """The reply to one query over the store in a folder."""
    try:
        found = ox.Store.read_only(store).query(
            query,
            prefixes=dict(vocab.PREFIXES),
            use_default_graph_as_union=True,
            substitutions={ox.Variable(name): _term(words) for name, words in bound.items()} or None,
        )
        if isinstance(found, ox.QueryBoolean):
            return {"boolean": bool(found)}
        if isinstance(found, ox.QueryTriples):
            triples = _limited(found, limit)
            content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            return {"graph": content.decode()}
        columns = [variable.value for variable in found.variables]
        rows = [[_cell(row[place]) for place in range(len(columns))] for row in _limited(found, limit)]
    except SyntaxError as error:
        return {"syntax": [error.lineno or 0, error.offset or 0, error.msg]}
    except _TooManyRowsError:
        return {"too_many": limit}
    except (RuntimeError, OSError, ValueError) as error:
        return {"failed": str(error)}
    return {"columns": columns, "rows": rows}


class _TooManyRowsError(Exception):
    """More rows than anybody reads."""


def _limited(items: Iterable[_Item], limit: int) -> list[_Item]:
    found: list[_Item] = []
    for item in items:
        if len(found) >= limit:
            raise _TooManyRowsError
        found.append(item)
    return found


def _term(words: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    line = f"<x:s> <x:p> {words} .".encode()
    read: list[ox.Quad] = list(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))
    return read[0].object


def _cell(term: object) -> list[str] | None:
    if isinstance(term, ox.NamedNode):
        return [term.value]
    if isinstance(term, ox.Literal):
        return [term.value, term.language or "", "" if term.language else term.datatype.value]
    return None


if __name__ == "__main__":
    main()
