"""Where a citation may begin: type words and official numbers, found in a few passes over the text."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

from viendan.extract import patterns

_SERIAL: Final = re.compile(r"(?:(?<![\w/,.-])|(?<=[Ss][ốôóõộỗòơo]))\d{1,6}(?:[.,]\d{1,3})?\.?[A-Za-zđĐ]{0,2}\Z")
_LONGEST_SERIAL: Final = 8


class Anchor(NamedTuple):
    """Where a citation may begin; ``label`` is the type of a type word, None for a number (its serial's last digit)."""

    start: int
    end: int
    label: str | None


def find_anchors(flat: str) -> list[Anchor]:
    """All anchors of the text in order."""
    labels = patterns.type_labels()
    law = min(patterns.types_of("law"), key=len)
    found = [
        Anchor(match.start(), match.end(), labels[match.group().lower()])
        for match in patterns.type_anchor().finditer(flat)
        if match.start() == 0 or _begins_word(flat, match.start())
    ]
    found += [
        Anchor(match.start(), match.end(), law)
        for match in patterns.law_anchor().finditer(flat)
        if flat[match.start() - 1 : match.start()] in (" ", "\n", "(")
        and not flat.endswith(patterns.cues_before("no-type-before"), 0, match.start())
    ]
    found += [
        Anchor(match.start(), match.end(), labels[match.group().lower()])
        for pattern in patterns.small_name_anchors()
        for match in pattern.finditer(flat)
        if not flat[match.start() - 1 : match.start()].isalnum()
    ]
    none = patterns.types_of("none")
    found = [anchor for anchor in found if anchor.label not in none]
    found += number_anchors(flat)
    return sorted(found, key=attrgetter("start"))


@lru_cache(maxsize=2)
def number_anchors(flat: str) -> tuple[Anchor, ...]:
    """The anchors of the text that are numbers, in order."""
    return tuple([Anchor(*match.span(), None) for match in patterns.number_anchor().finditer(flat)])


def _begins_word(flat: str, start: int) -> bool:
    """Whether a type word stands for itself: at the start of a word, or glued behind a small letter (``cứLuật``)."""
    before = flat[start - 1]
    if before == " ":
        return not flat.endswith(patterns.cues_before("no-type-before"), 0, start)
    return not before.isalnum() or (before.islower() and not flat[start + 1 : start + 2].isupper())


def serial_start(flat: str, last: int) -> int | None:
    """Where the serial begins whose last digit stands at ``last``; None inside another word or number."""
    serial = _SERIAL.search(flat, max(0, last - _LONGEST_SERIAL), last + 1)
    return serial.start() if serial else None
