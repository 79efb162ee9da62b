"""The document's own title in its text: where the header says, and where layout ran a title into the first ground.

What a title names is no citation of the text (the annotation guide leaves it out), though a graph wants it: the
mentions are kept and marked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Final

from viendan.extract import patterns

_LONGEST: Final = 1200  # characters of the longest titles
_BEFORE: Final = '.;:,(“"'  # what stands before a ground that goes on with a sentence


@cache
def _ground() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('ground')}) (?!này|đó|nêu|trên)")


@cache
def _subject() -> re.Pattern[str]:
    """What a title goes on with behind its type word: its subject, not a number and not ``này``."""
    return re.compile(rf" (?!{patterns.INTRO}[ :.]|(?:{patterns.one_of('demonstrative')})(?!\w)|của )[^\W\d]")


def run_in(flat: str) -> tuple[tuple[int, int], ...]:
    """Titles that stand in one paragraph with their first ground: ``Thông tư Hướng dẫn … Căn cứ Luật …``."""
    found: list[tuple[int, int]] = []
    for ground in _ground().finditer(flat):
        start = patterns.line_start(flat, ground.start())
        if found and found[-1][0] == start:
            continue
        word = patterns.type_anchor().match(flat, start) if ground.start() - start <= _LONGEST else None
        if word and flat[ground.start() - 1] not in _BEFORE and _subject().match(flat, word.end()):
            found.append((start, ground.start()))
    return tuple(found)


def inside(titles: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    """Whether a span of the flat text lies in one of the titles, which are in order."""
    at = bisect_right(titles, start, key=lambda title: title[0]) - 1
    return at >= 0 and end <= titles[at][1]
