"""What may be asked: one read-only query of bounded length and depth. Decided on tokens, not on text.

Words inside strings, IRIs and comments do not count. Deep nesting and chains of signs kill the whole process inside the
parser, where no exception can be caught, so they are refused before; SERVICE and LOAD would make requests to others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from viendan.errors import QueryError

if TYPE_CHECKING:
    from viendan.queries.header import Form

MAX_LENGTH: Final = 50_000
MAX_DEPTH: Final = 60
_MAX_CHAIN: Final = 2_000  # operators and path steps: each may cost the parser one level

_TOKEN: Final = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*+'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*+\"\"\"
        |'(?:[^'\\\n\r]|\\.)*+'|"(?:[^"\\\n\r]|\\.)*+")
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>[^\W\d][\w.-]*:[^\s{}()\[\]<>"'|^`;,*/+=!&]*|:[^\W\d][\w.-]*)
    | (?P<word>[^\W\d][\w-]*)
    | (?P<open>[{(\[])
    | (?P<close>[})\]])
    | (?P<sign>[!+\-*/^|=<>&])
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMS: Final = frozenset({"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"})
_FORBIDDEN: Final = frozenset({"SERVICE", "LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})


def form(content: str) -> Form:
    """Which form of query it is; raises QueryError for what is none, too long or deep, or would write or call out."""
    if len(content) > MAX_LENGTH:
        raise QueryError("query_too_long", limit=MAX_LENGTH)
    found: Form | None = None
    depth = signs = 0
    for match in _TOKEN.finditer(content):
        kind = match.lastgroup
        if kind == "word":
            word = match[0].upper()
            if word in _FORBIDDEN:
                raise QueryError("query_forbidden", word=word, line=content.count("\n", 0, match.start()) + 1)
            if found is None and word in _FORMS:
                found = word.lower()  # type: ignore[assignment]
        elif kind == "open":
            depth += 1
            if depth > MAX_DEPTH:
                raise QueryError("query_too_deep", limit=MAX_DEPTH)
        elif kind == "close":
            depth -= 1
        elif kind == "sign":
            signs += 1
    if signs > _MAX_CHAIN:
        raise QueryError("query_too_deep", limit=_MAX_CHAIN)
    if found is None:
        raise QueryError("query_no_query")
    return found
