"""A document's flat view: the same words without markup, wraps and page breaks, and the way back to every offset.

In the flat text a paragraph is one line: inside it words are parted by single blanks, so that patterns need no other
white space and never run from one paragraph into the next. What is repaired (page furniture inside sentences,
letters of another alphabet, hyphenation, lost blanks) keeps its original offsets, and the repair is recorded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from viendan.extract import joints, repairs
from viendan.extract.repairs import Repair
from viendan.model import Mention, SourceDocument

__all__ = ["OffsetMap", "ParsedDocument", "Repair", "parse_document"]

_CONTEXT: Final = 32  # characters of prefix and suffix of a Web Annotation quote


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From flat offsets to source offsets, in pieces: where each starts, and whether it was copied or rewritten.

    In a copied piece every flat character stands for one source character; a rewritten one stands for its whole
    source range.
    """

    flat_starts: tuple[int, ...]
    source_starts: tuple[int, ...]
    source_ends: tuple[int, ...]
    copied: tuple[bool, ...]

    def start(self, flat: int) -> int:
        """The source offset of the flat character ``flat``."""
        piece = max(bisect_right(self.flat_starts, flat) - 1, 0)
        if self.copied[piece]:
            return self.source_starts[piece] + flat - self.flat_starts[piece]
        return self.source_starts[piece]

    def end(self, flat: int) -> int:
        """The source offset behind the flat character ``flat - 1``: the exclusive end of a span."""
        piece = max(bisect_right(self.flat_starts, flat - 1) - 1, 0)
        if self.copied[piece]:
            return self.source_starts[piece] + flat - self.flat_starts[piece]
        return self.source_ends[piece]

    def flat(self, source: int, length: int) -> int:
        """The first flat offset whose character stands at or behind a source offset; ``length`` where none does."""
        piece = bisect_right(self.source_starts, source) - 1
        if piece >= 0 and source < self.source_ends[piece]:
            return self.flat_starts[piece] + (source - self.source_starts[piece] if self.copied[piece] else 0)
        return self.flat_starts[piece + 1] if piece + 1 < len(self.flat_starts) else length


@dataclass(frozen=True, slots=True, eq=False)
class ParsedDocument:
    """A source with its flat view. ``paragraphs`` are (start, end) in ``flat``, in order, without their line ends.

    Compared and hashed by identity, so that what is computed of a document can be kept beside it.
    """

    source: SourceDocument
    flat: str
    offsets: OffsetMap
    paragraphs: tuple[tuple[int, int], ...]
    repairs: tuple[Repair, ...] = ()

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of ``flat[start:end]``; the span must not be empty."""
        return self.offsets.start(start), self.offsets.end(end)

    def mention(self, start: int, end: int, pattern: str) -> Mention:
        """The Mention of ``flat[start:end]``, in source offsets."""
        first, last = self.source_span(start, end)
        whole = self.source.text
        return Mention(
            start=first,
            end=last,
            exact=whole[first:last],
            prefix=whole[max(0, first - _CONTEXT) : first],
            suffix=whole[last : last + _CONTEXT],
            pattern=pattern,
        )


class _Builder:
    """Collects the flat text and the pieces of its offset map; neighbours with the same shift become one piece."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.length = 0
        self.flat_starts: list[int] = []
        self.source_starts: list[int] = []
        self.source_ends: list[int] = []
        self.copied: list[bool] = []
        self.breaks: list[int] = []
        self._shift: int | None = None

    def copy(self, words: str, source: int) -> None:
        """Adds words that stand in the source at ``source``, character by character."""
        if source - self.length != self._shift:
            self._open(source, copied=True)
            self._shift = source - self.length
        self.chunks.append(words)
        self.length += len(words)
        self.source_ends[-1] = source + len(words)

    def rewrite(self, words: str, source: int, end: int) -> None:
        """Adds words that stand for the source range as a whole; one character for one goes into a copied piece."""
        if words == "\n":
            self.breaks.append(self.length)
        if end - source == 1 and len(words) == 1 and self._shift == source - self.length:
            self.source_ends[-1] = end
        else:
            self._open(source, copied=False)
            self.source_ends[-1] = end
            self._shift = None
        self.chunks.append(words)
        self.length += len(words)

    def line(self, joint: str, last: int, words: str, source: int) -> None:
        """Adds what joins a line to the one that ended at ``last``, and its words as they stand."""
        if joint and source - last == 1 and self._shift == last - self.length:
            if joint == "\n":
                self.breaks.append(self.length)
            self.chunks.append(joint)
            self.chunks.append(words)
            self.length += 1 + len(words)
            self.source_ends[-1] = source + len(words)
            return
        if joint:
            self.rewrite(joint, last, source)
        self.copy(words, source)

    def add(self, words: str, source: int, end: int, copied: bool) -> None:
        """Adds words, copied or rewritten."""
        if copied:
            self.copy(words, source)
        else:
            self.rewrite(words, source, end)

    def _open(self, source: int, *, copied: bool) -> None:
        self.flat_starts.append(self.length)
        self.source_starts.append(source)
        self.source_ends.append(source)
        self.copied.append(copied)

    def offsets(self) -> OffsetMap:
        """The finished map."""
        return OffsetMap(
            tuple(self.flat_starts) or (0,),
            tuple(self.source_starts) or (0,),
            tuple(self.source_ends) or (0,),
            tuple(self.copied) or (True,),
        )


def parse_document(source: SourceDocument) -> ParsedDocument:
    """The flat view of a document, in one pass over its lines."""
    text, repaired = repairs.same_length(source.text)
    edits = repairs.Edits(text)
    lines = repairs.split_lines(text)
    furniture = repairs.find_furniture(text, lines)
    repaired += [
        Repair(lines[index][0], lines[index][1], "furniture") for index in sorted(furniture) if furniture[index]
    ]
    builder = _Builder()
    _flatten(text, lines, furniture, edits, builder, repaired)
    flat = "".join(builder.chunks)
    return ParsedDocument(source, flat, builder.offsets(), _paragraphs(flat, builder.breaks), tuple(sorted(repaired)))


def _flatten(
    text: str,
    lines: repairs.Lines,
    furniture: Mapping[int, bool],
    edits: repairs.Edits,
    builder: _Builder,
    repaired: list[Repair],
) -> None:
    """Hand the words of all lines to the builder, with what joins them."""
    width = joints.wrap_width(text, lines)
    last: tuple[int, int] | None = None
    blanks = 0
    page_break = False
    for index, line in enumerate(lines):
        start, end = line
        if start == end:
            blanks += 1
            continue
        if index in furniture:
            page_break = page_break or furniture[index]
            blanks += not furniture[index]
            continue
        parts = _edited(text, start, end, edits.pattern, repaired) if edits.needed(start, end) else None
        if parts == []:
            blanks += 1
            continue
        joint = "" if last is None else joints.joint(text, last, line, blanks, page_break, width)
        behind = start if last is None else last[1]
        if joint == "" and behind < start:
            repaired.append(Repair(behind, start, "hyphenation"))
        if parts is None:
            builder.line(joint, behind, text[start:end], start)
        else:
            if joint:
                builder.rewrite(joint, behind, start)
            for words, first, stop, copied in parts:
                builder.add(words, first, stop, copied)
        last, blanks, page_break = line, 0, False


def _record(repaired: list[Repair], repair: Repair, line: int) -> None:
    """Adds a repair; composed letters of one line are one repair."""
    last = repaired[-1] if repaired else None
    if last is not None and repair.kind == last.kind == "decomposed" and last.start >= line:
        repaired[-1] = Repair(last.start, repair.end, repair.kind)
    else:
        repaired.append(repair)


_Part = tuple[str, int, int, bool]


def _edited(text: str, start: int, end: int, edits: re.Pattern[str], repaired: list[Repair]) -> list[_Part]:
    """The parts of one line with its edits: words, source range, whether copied; none where nothing is left.

    Markup and invisible signs are dropped, blanks made single, letters and their marks composed.
    """
    parts: list[_Part] = []
    position = start
    for match in edits.finditer(text, start, end):
        first, behind = match.span()
        if match.lastgroup in repairs.RECORDED:
            _record(repaired, Repair(first, behind, repairs.RECORDED[match.lastgroup]), start)
        if position < first:
            parts.append((text[position:first], position, first, True))
        parts.append((repairs.rewritten(match), first, behind, False))
        position = behind
    parts.append((text[position:end], position, end, True))
    return _single_blanks(parts)


def _single_blanks(parts: list[_Part]) -> list[_Part]:
    """The parts without blanks at the line's ends and without two blanks in a row."""
    final = max((index for index, (words, *_) in enumerate(parts) if words.strip(" ")), default=-1)
    found: list[_Part] = []
    blank = True
    for index, (words, first, behind, copied) in enumerate(parts[: final + 1]):
        begun = words.lstrip(" ") if blank else words
        kept = begun.rstrip(" ") if index == final else begun
        if kept:
            blank = kept[-1] == " "
            left, right = (len(words) - len(begun), len(begun) - len(kept)) if copied else (0, 0)
            found.append((kept, first + left, behind - right, copied))
    return found


def _paragraphs(flat: str, breaks: list[int]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*breaks, len(flat)]:
        if end > start and not flat[start:end].isspace():
            found.append((start, end))
        start = end + 1
    return tuple(found)
