"""Quoted words: where they end, also where the closing mark is of another kind or missing, or marks stand inside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

OPENING: Final = "“”\"„‟«»ˮ″〝‘’'"
"""Marks that open quoted words; scans and typists take one for another."""

_DOUBLE: Final = r"“”\"„‟«»ˮ″〝〞"
_SINGLE: Final = r"‘’'"
_MARK: Final = re.compile(rf"(?P<mark>[{_DOUBLE}])|(?P<single>[{_SINGLE}])|(?P<line>\n)")
_LOOSE_END: Final = re.compile(r"[;\n“”\"«»]|\.(?= |\n|$)")
_TRIM: Final = " .,;:-–*_…"
LONGEST: Final = 320
"""Characters of the longest quoted name that is believed (the longest real one has 190)."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quoted words ``flat[start:end]``, blanks and points at their ends left out; ``after`` is behind the mark."""

    start: int
    end: int
    after: int
    closed: bool


def quoted_at(flat: str, position: int, stop: re.Pattern[str]) -> Quoted | None:
    """The words quoted by the mark at ``position``; None where it opens nothing.

    Without a closing mark before ``stop`` (a word that can not stand inside) the words end at the clause's end.
    """
    begin = position + 1
    while flat[begin : begin + 1] in ("'", "’", "‘", '"', " ") and flat[begin : begin + 1]:
        begin += 1  # '' for a double mark, or a blank behind it
    if not flat[begin : begin + 1].isalnum():
        return None
    stopped = stop.search(flat, begin, min(begin + LONGEST, len(flat)))
    limit = stopped.start() if stopped else min(begin + LONGEST, len(flat))
    closing = _closing(flat, begin, limit, single=flat[position] in "‘’'" and begin == position + 1)
    if closing is None:
        loose = _LOOSE_END.search(flat, begin, limit)
        closing = loose.start() if loose else limit
        if closing - begin > LONGEST // 2:
            return None
        return _trimmed(flat, begin, closing, closing, closed=False)
    after = closing + 1
    while flat[after : after + 1] == flat[closing] and flat[closing] in "'’":
        after += 1
    return _trimmed(flat, begin, closing, after, closed=True)


def _trimmed(flat: str, start: int, end: int, after: int, *, closed: bool) -> Quoted | None:
    while start < end and flat[start] in _TRIM:
        start += 1
    while end > start and flat[end - 1] in _TRIM:
        end -= 1
    return Quoted(start, end, after, closed) if end - start > 1 else None


def _closing(flat: str, begin: int, limit: int, *, single: bool) -> int | None:
    depth = lines = 0
    for found in _MARK.finditer(flat, begin, limit):
        at = found.start()
        if found.lastgroup == "line":
            lines += 1
            if lines > 1 or not _goes_on(flat, at + 1):
                return None
            continue
        if found.lastgroup == "single" and not single and flat[at + 1 : at + 2] != flat[at]:
            continue
        if _opens(flat, at):
            depth += 1
        elif depth:
            depth -= 1
        else:
            return at
    return None


def _opens(flat: str, at: int) -> bool:
    """Whether a mark inside quoted words opens an inner quotation: a blank before it and none behind."""
    return flat[at - 1 : at] in (" ", "(") and flat[at + 1 : at + 2].isalnum() and flat[at] not in "”»"


def _goes_on(flat: str, at: int) -> bool:
    """Whether a line continues the one before: no list mark, no heading."""
    return flat[at : at + 1].isalpha() and not re.match(r"[a-zđ]\) |[IVX]{1,4}\. ", flat[at : at + 6])
