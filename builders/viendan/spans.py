"""Citation spans against a marked sentence corpus: the figures of the corpus's own scorer, counted as it counts them.

The corpus marks type, number and date of a reference, without the issuer. Two spans agree where they overlap by at
least half of their union and are of one type; exactly, where start, end and type are the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

_ISSUER: Final = re.compile(r"(\d)\s+(?:của\s.*|do\s.*)$", re.DOTALL)
_REACH: Final = 400
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A reference in a text: offsets, and its type in small letters."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many spans there are, how many the program gave, how many of them agree, and how many do so exactly."""

    gold: int
    predicted: int
    overlap: int
    exact: int


@dataclass(frozen=True, slots=True)
class Convention:
    """A kind of disagreement with a marked corpus: its counts, and the two F1 with it set aside."""

    kind: str
    missed: int
    spurious: int
    cut: int
    overlap: float
    exact: float


def without_issuer(span: Span, text: str) -> Span:
    """The span up to its date or number, where it goes on with an issuer: what the corpus marks."""
    cut = _ISSUER.search(text[span.start : span.end])
    return replace(span, end=span.start + cut.end(1)) if cut else span


def overlap(one: Span, other: Span) -> float:
    """The share of the union of two spans that both have."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / (max(one.end, other.end) - min(one.start, other.start)) if common > 0 else 0.0


def pair(gold: Sequence[Span], predicted: Iterable[Span]) -> tuple[tuple[Span, Span | None], ...]:
    """Each gold span with the first predicted one, by place, that agrees with it and is not taken; None for none."""
    given = sorted(predicted, key=lambda span: span.start)
    starts = [span.start for span in given]
    taken: set[int] = set()
    paired: list[tuple[Span, Span | None]] = []
    for span in gold:
        found = _first(span, given, bisect_left(starts, span.start - _REACH), taken)
        if found is not None:
            taken.add(found)
        paired.append((span, None if found is None else given[found]))
    return tuple(paired)


def _first(span: Span, given: Sequence[Span], index: int, taken: set[int]) -> int | None:
    while index < len(given) and given[index].start < span.end:
        other = given[index]
        if index not in taken and other.type == span.type and overlap(span, other) >= _HALF:
            return index
        index += 1
    return None


def score(gold: Sequence[Span], predicted: Sequence[Span], type: str | None = None) -> Score:  # noqa: A002 - its name
    """The counts of all spans, or of those of one type."""
    wanted = [span for span in gold if type in (None, span.type)]
    given = [span for span in predicted if type in (None, span.type)]
    known = set(given)
    agreeing = sum(other is not None for _, other in pair(wanted, given))
    return Score(len(wanted), len(given), agreeing, sum(span in known for span in wanted))
