"""Treaties cited by name: where the name begins and ends, the date behind it, and a treaty inside another's name."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from viendan.extract import dates, patterns
from viendan.extract.found import Found
from viendan.extract.particulars import Scene

_REACH: Final = 260
_DEEPEST: Final = 4  # treaties inside the names of treaties: more are no name


@cache
def _start() -> re.Pattern[str]:
    """How a treaty's name begins: with a capital, or with a word that only names begin with."""
    return re.compile(rf" (?:(?=[{patterns.UPPER}])|(?:{patterns.one_of('treaty-start')})(?!\w))")


@cache
def _end() -> re.Pattern[str]:
    return re.compile(
        rf"[:;.()\n“”\"]|, (?!(?:{patterns.one_of('treaty-comma')})\b)|(?P<joint> (?:và|hoặc) (?:các )?)(?=[A-ZĐỦ])"
        rf"| (?i:{patterns.one_of('treaty-stop')})(?!\w)"
    )


@cache
def _between() -> re.Pattern[str]:
    """The word before the two parties to a treaty."""
    return re.compile(rf" (?:{patterns.one_of('treaty-between')}) ")


@cache
def _of_state() -> re.Pattern[str]:
    return re.compile(rf" của (?:{patterns.one_of('treaty-party')})")


def read_treaty(scene: Scene, start: int, end: int, label: str, *, depth: int = 0) -> list[Found]:
    """The treaty that a type word at ``flat[start:end]`` begins, and one inside its name; empty for none.

    ``depth``: inside how many other names it stands.
    """
    flat, inside = scene.flat, depth > 0
    if not _start().match(flat, end):
        return []
    close = _close(scene, end)
    state = _of_state().search(flat, end, close) if inside else None
    close = end + len(flat[end : state.start() if state else close].rstrip(" ,-"))
    if len(flat[end:close].split()) < (1 if flat[end + 1 : end + 2].isupper() else 2):
        return []
    dated = dates.date_behind(flat, close)
    found = [
        Found(
            start,
            dated.end if dated else close,
            "named",
            label,
            "treaty",
            date=dated.iso if dated else None,
            full=True,
            title_range=(end + 1, close),
            nested=inside,
        )
    ]
    inner = patterns.type_anchor().search(flat, end, close)
    inner_label = patterns.type_labels()[inner.group().lower()] if inner else None
    if inner and inner_label in patterns.types_of("treaty") and depth < _DEEPEST:
        found += read_treaty(scene, inner.start(), inner.end(), inner_label, depth=depth + 1)
    return found


def _close(scene: Scene, end: int) -> int:
    """Where the name ends; ``và`` before a capital goes on with it between two parties, and inside a name."""
    flat = scene.flat
    limit = min(len(flat), end + _REACH)
    parties = _between().search(flat, end, limit)
    for stop in _end().finditer(flat, end, limit):
        if stop["joint"] is None:
            return stop.start()
        if parties and parties.end() <= stop.start():
            parties = None
        elif patterns.small_type_at().match(flat, stop.end()) or scene.match_body(stop.end()):
            return stop.start()
    return limit
