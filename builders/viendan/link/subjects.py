"""Whether two titles say different things, or the same thing in other letters.

A citer shortens, abbreviates, misreads and leaves out a word; none of that is a disagreement. It is one where words
stand for other words (``năm 2021`` for ``hàng năm``), or where hardly any word is common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from viendan import text

_WORD: Final = re.compile(r"[^\W_]+")
_DATE: Final = re.compile(
    r"(?:ngày\s+)?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
)
# Words that may come and go without a change of subject.
_FUNCTION: Final = frozenset(
    "cac cho cua doi do duoc khi la mot nay so tai thuoc trong tren va ve viec voi".split()  # noqa: SIM905 - a list of words
)
_HARDLY: Final = 0.4  # share of common words below which two titles are of two subjects
_MISREAD: Final = 0.6  # likeness of letters from which one word is the other misread


def differ(one: str, other: str) -> bool:
    """Whether two titles disagree on the subject."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    if common < _HARDLY * min(len(first), len(second)):
        return True
    return any(
        start and not _same_words(first[start:end], second[from_:to])
        for start, end, from_, to in _exchanges(matcher)
        if end < len(first) and to < len(second)  # an end that was cut off says nothing, nor does the first verb
    )


def _exchanges(matcher: SequenceMatcher[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where words stand for others: also where one is left out and another put in, with one word between."""
    before: tuple[int, int, int, int] | None = None
    for tag, *places in matcher.get_opcodes():
        start, end, from_, to = places
        if tag == "equal":
            before = before if end - start == 1 else None
            continue
        joined = before is not None and (start - before[1], from_ - before[3]) == (1, 1)
        exchange = (before[0], end, before[2], to) if before and joined else (start, end, from_, to)
        if exchange[1] > exchange[0] and exchange[3] > exchange[2]:
            yield exchange
        before = exchange


@lru_cache(maxsize=65536)
def _words(title: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.fold(_DATE.sub(" ", text.nfc(title).casefold()))))


def _same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    first = [word for word in one if word not in _FUNCTION]
    second = [word for word in other if word not in _FUNCTION]
    if not first or not second:
        return True
    if "".join(word[0] for word in first) in second or "".join(word[0] for word in second) in first:
        return True
    letters, others = "".join(first), "".join(second)
    return SequenceMatcher(None, letters, others, autojunk=False).ratio() >= _MISREAD
