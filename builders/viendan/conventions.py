"""Where a marked corpus differs from the annotation guide, or slipped: a kind for each such disagreement.

A kind is told by the texts and the marks alone, so that it can be counted and set aside; what no kind explains is
``other`` and is never set aside.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan import spans
from viendan.extract import patterns
from viendan.spans import Span

OTHER: Final = "other"
KINDS: Final = (
    "doubled",
    "nested",
    "inner",
    "alias",
    "unmarked_type",
    "unmarked_here",
    "unmarked_number",
    "undated",
    "issuer",
    "subject",
    "list",
    "mistyped",
    "blank",
    "described",
)
"""In the order in which they are shown.

doubled: a short form marked at the fuller mention before it; nested: marks inside marks, whose tags are left over;
inner: an instrument inside the name of a marked one; alias: the short form where it is defined; unmarked_type: of a
type that the corpus never marks; unmarked_here: the same words are marked elsewhere; unmarked_number: a number with
its symbol, unmarked; undated, issuer: the mark leaves out the date, or who issued or passed it; subject: the mark goes
on with words of the subject; list: several instruments under one mark; mistyped: marked as another type; blank: a
number left blank; described: an instrument of a numbered type, named by its subject alone.
"""

_TAG: Final = re.compile(r"</?[A-ZĐ]{1,4}(?: rel=[^<>\n]{0,20})?>")
_TAG_BEFORE: Final = re.compile(r"<[A-ZĐ]{1,4} rel=[^<>\n]{0,20}> ?\Z")
_TAG_BEHIND: Final = re.compile(r"[^<\n]{0,120}</[A-ZĐ]{1,4}>")
_DATE: Final = re.compile(r"[\s,(]*(?:ngày|năm|số|\d)")
_NUMBER: Final = re.compile(r"\d[^\s/]*[/-]\s?\S*[A-ZĐ]")
_BLANK: Final = re.compile(r"số[\s.…_:]*/")
_SERIAL: Final = re.compile(r"số \d|\d/")
_CLOSE: Final = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """A disagreement: a gold span, a predicted one, or both where they are cut differently; and its kind."""

    gold: Span | None
    predicted: Span | None
    kind: str

    @property
    def what(self) -> str:
        """``missed``, ``spurious`` or ``cut``."""
        return "missed" if self.predicted is None else "spurious" if self.gold is None else "cut"


def differences(text: str, gold: Sequence[Span], predicted: Sequence[Span]) -> tuple[Difference, ...]:
    """All disagreements in one text, each with its kind, in the order of the text."""
    paired = spans.pair(gold, predicted)
    corpus = _Corpus(text, gold, predicted)
    found = [Difference(one, other, corpus.cut(one, other)) for one, other in paired if other and other != one]
    found += [Difference(one, None, corpus.missed(one)) for one, other in paired if other is None]
    taken = {other for _, other in paired if other}
    found += [Difference(None, span, corpus.spurious(span)) for span in predicted if span not in taken]
    return tuple(sorted(found, key=lambda item: _place(item.gold or item.predicted)))


def _place(span: Span | None) -> tuple[int, int]:
    return (span.start, span.end) if span else (0, 0)


@cache
def _alias() -> re.Pattern[str]:
    return re.compile(rf"(?:{patterns.one_of('alias')})\s[“\"']?\Z")


class _Corpus:
    """One marked text with what is asked of it many times: spans by place, words that are marked, and types."""

    def __init__(self, text: str, gold: Sequence[Span], predicted: Sequence[Span]) -> None:
        self.text = text
        self.types = {span.type for span in gold}
        self.marked = Counter(text[span.start : span.end] for span in gold)
        self.gold_near = _by_block(gold)
        self.given_near = _by_block(predicted)
        self.doubled = [span for span in gold if self._is_doubled(span)]
        self.moved = {place for span in self.doubled for place in self._again(span)}

    def words(self, span: Span) -> str:
        """The span's words."""
        return self.text[span.start : span.end]

    def _is_doubled(self, span: Span) -> bool:
        longer = any(one.start == span.start and one.end > span.end for one in _near(self.gold_near, span))
        return longer and bool(list(self._again(span)))

    def _again(self, span: Span) -> Iterator[int]:
        """Where the words of a span stand again in its sentence, without a mark."""
        end = self.text.find("\n\n", span.end)
        place = self.text.find(self.words(span), span.end, end if end >= 0 else len(self.text))
        while place >= 0:
            there = Span(place, place + span.end - span.start, span.type)
            if not any(spans.overlap(one, there) for one in _near(self.gold_near, there)):
                yield place
            place = self.text.find(self.words(span), there.end, end if end >= 0 else len(self.text))

    def cut(self, gold: Span, predicted: Span) -> str:
        """The kind of a pair that is cut differently."""
        if self._is_tagged(gold):
            return "nested"
        return self._by_edges(gold, predicted) or OTHER

    def _is_tagged(self, gold: Span) -> bool:
        return _TAG.search(self.words(gold)) is not None or _TAG_BEHIND.match(self.text, gold.end) is not None

    def _by_edges(self, gold: Span, predicted: Span) -> str | None:
        inside = [one for one in _near(self.given_near, gold) if _holds(gold, one)]
        if len(inside) > 1 and all(_NUMBER.search(self.words(one)) for one in inside):
            return "list"
        if predicted.start != gold.start:
            return None
        if predicted.end > gold.end:
            return "undated" if _DATE.match(self.text, gold.end) else "issuer"
        return "subject" if predicted.end < gold.end else None

    def missed(self, gold: Span) -> str:
        """The kind of a gold span that nothing agrees with."""
        if gold in self.doubled:
            return "doubled"
        if self._is_tagged(gold):
            return "nested"
        over = [one for one in _near(self.given_near, gold) if spans.overlap(one, gold) > 0]
        if any(one.type != gold.type and spans.overlap(one, gold) >= 0.5 for one in over):
            return "mistyped"
        edges = [kind for one in over if one.type == gold.type and (kind := self._by_edges(gold, one))]
        if edges:
            return edges[0]
        words = self.words(gold)
        if _BLANK.search(words):
            return "blank"
        numbered = gold.type in {label.lower() for label in patterns.types_of("short")}
        return "described" if numbered and not over and not _SERIAL.search(words) else OTHER

    def spurious(self, predicted: Span) -> str:
        """The kind of a predicted span that no mark agrees with."""
        if any(predicted.start <= place < min(predicted.end, predicted.start + 3) for place in self.moved):
            return "doubled"
        around = [one for one in _near(self.gold_near, predicted) if spans.overlap(one, predicted) > 0]
        tagged = any(self._is_tagged(one) for one in around if _holds(one, predicted))
        if tagged or _TAG_BEFORE.search(self.text, max(0, predicted.start - 30), predicted.start):
            return "nested"
        return self._beside_marks(predicted, around) if around else self._apart(predicted)

    def _beside_marks(self, predicted: Span, around: list[Span]) -> str:
        edges = [kind for one in around if one.type == predicted.type and (kind := self._by_edges(one, predicted))]
        if edges:
            return edges[0]
        if any(one.type != predicted.type and spans.overlap(one, predicted) >= 0.5 for one in around):
            return "mistyped"
        return "inner" if any(_holds(one, predicted) for one in around) else OTHER

    def _apart(self, predicted: Span) -> str:
        """The kind of a span that touches no mark."""
        words = self.words(predicted)
        if predicted.type not in self.types:
            return "unmarked_type"
        if _alias().search(self.text, max(0, predicted.start - _CLOSE), predicted.start):
            return "alias"
        if self.marked[words]:
            return "unmarked_here"
        return "unmarked_number" if _NUMBER.search(words) else OTHER


def _holds(one: Span, other: Span) -> bool:
    return one.start <= other.start and other.end <= one.end


_BLOCK: Final = 500


def _by_block(all_spans: Sequence[Span]) -> Mapping[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for span in all_spans:
        for block in range(span.start // _BLOCK, span.end // _BLOCK + 1):
            found[block].append(span)
    return found


def _near(blocks: Mapping[int, list[Span]], span: Span) -> list[Span]:
    """The spans that may touch a span, in order, each once."""
    listed = (one for block in range(span.start // _BLOCK, span.end // _BLOCK + 1) for one in blocks.get(block, ()))
    return list(dict.fromkeys(listed))
