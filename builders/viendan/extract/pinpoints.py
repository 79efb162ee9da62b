"""Places inside a cited instrument: ``điểm a khoản 2 Điều 5``, with lists and ranges, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Final

from viendan.extract import patterns
from viendan.model import Pinpoint

_DEPTHS: Final = range(10)
_SPLIT: Final = re.compile(r", và |, ?| và | hoặc ")
_REACH: Final = 220
_MANY: Final = 60  # combinations of one citation; a longer list keeps its first


@cache
def _rank() -> Mapping[str, int]:
    """Units by how deep they lie: annexes and parts outermost, points and dashes innermost."""
    ranked = {word: depth for depth in _DEPTHS for word in patterns.cue_words(f"pinpoint-{depth}")}
    return MappingProxyType(ranked)


@cache
def _units() -> str:
    return "|".join(re.escape(unit) for unit in sorted(_rank(), key=lambda unit: (-len(unit), unit)))


@cache
def _items() -> str:
    number = r"(?:số )?\d{1,3}(?:\.\d{1,3}){0,3}[a-zđ]{0,2}|[IVXLC]{1,6}|[a-zđ]{1,2}\d?"
    item = rf"(?:{number}|{patterns.one_of('pinpoint-nth')})(?!\w)"
    return rf"{item}(?:(?:, ?| và | hoặc | đến | - |-|, và ){item})*"


@cache
def _chain() -> re.Pattern[str]:
    one = rf"(?:từ )?(?:các )?(?i:(?:{_units()})) {_items()}"
    return re.compile(rf"{one}(?:(?:,|;| và| hoặc| đến|,? của|, và)? {one})*")


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"(?i:(?P<unit>{_units()})) (?P<items>{_items()})")


@cache
def _end() -> re.Pattern[str]:
    """What may stand between a place and the type word: ``của``, and a text annexed to the instrument."""
    annexed = rf"(?: (?:{patterns.one_of('annexed-text')})[^,;.\n]{{0,80}}?)?"
    annexed += rf"(?: (?:được )?(?:{patterns.one_of('annexing')}))?"
    return re.compile(rf",?(?: (?:của|tại|thuộc|trong))?{annexed}(?: các)? \Z")


@cache
def _almost() -> re.Pattern[str]:
    return re.compile(rf"(?i:{_units()}) ")


def read_pinpoints(flat: str, start: int) -> tuple[Pinpoint, ...]:
    """The places inside the instrument cited at ``start`` that stand right before it; empty where none does."""
    begin = max(patterns.line_start(flat, start), start - _REACH)
    window = flat[begin:start]
    if not window.endswith(" ") or not _almost().search(window):
        return ()
    found = None
    for match in _chain().finditer(window):
        if _end().fullmatch(window, match.end()):
            found = match
            break
    return _as_data(found.group()) if found else ()


def _as_data(words: str) -> tuple[Pinpoint, ...]:
    """Every place of the words: a chain goes from inner to outer units; an inner one behind it begins another."""
    chains: list[list[tuple[str, list[str], int, int]]] = [[]]
    for part in _part().finditer(words):
        unit = part["unit"].lower()
        chain = chains[-1]
        if chain and _rank()[unit] > _rank()[chain[-1][0]]:
            chain = []
            chains.append(chain)
        items = _SPLIT.split(part["items"].replace(" đến ", "-").replace(" - ", "-"))
        if chain and chain[-1][0] == unit:
            last = chain.pop()
            chain.append((unit, [*last[1], *items], last[2], part.end()))
        else:
            chain.append((unit, items, part.start(), part.end()))
    found: list[Pinpoint] = []
    for chain in chains:
        outer_first = list(reversed(chain))
        text = words[chain[0][2] : chain[-1][3]]
        for steps in product(*([(unit, item) for item in items] for unit, items, _, _ in outer_first)):
            found.append(Pinpoint(text, tuple(steps)))
            if len(found) >= _MANY:
                return tuple(found)
    return tuple(found)
