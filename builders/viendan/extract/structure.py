"""A document's flat view: the same words without markup, wraps and page breaks, and the way back to every offset.

In the flat text a paragraph is one line: inside it words are parted by single blanks, so that patterns need no other
white space and never run from one paragraph into the next. Repairs keep their original offsets.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from viendan.model import Mention, SourceDocument

_CONTEXT: Final = 32  # characters of prefix and suffix of a Web Annotation quote

# One to one, so that offsets stay: blanks, dashes, look-alike letters.
_SAME_LENGTH: Final = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "),
        **dict.fromkeys("\r\f\v\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\uff0d", "-"),
        "\u00d0": "Đ",
        "\u0189": "Đ",
        "\u2215": "/",
        "\u2044": "/",
        "\uff0f": "/",
    }
)

_EDIT: Final = re.compile(
    r"""
      (?P<break>[ *_]*\n[\s*_]*(?:(?:-\ *)?\d{1,3}(?:\ *-)?[ *]*\n[\s*_]*)?)   # line ends, blank lines, a page number alone
    | (?P<markup>\*+|(?:(?<=\s)|^)_+(?=\w)|(?<=\w)_+(?=[\s.,;:)]|$)|`+)          # emphasis
    | (?P<blanks>\ {2,})
    | (?P<zero>[\u200b\u200c\u200d\u2060\ufeff]+)
    | (?P<combining>[^\W\d_][\u0300-\u036f]+)                                    # NFD
    """,
    re.VERBOSE,
)
_ITEM: Final = re.compile(
    r"(?:[-+•●▪*]\s|#|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[IVXLC]{1,7}[.)]\s|\(\d{1,2}\)\s"
    r"|(?:Điều|Chương|Phần|Mục|Khoản|Phụ lục|PHỤ LỤC|CHƯƠNG|PHẦN|MỤC)\s+[\dIVXLC]|Nơi nhận|Kính gửi|Căn cứ\s)"
)
_CLOSED: Final = frozenset(".;:!?…")
_WRAPPED: Final = 45  # a line this long that ends in the middle of a sentence was wrapped, not ended


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From flat offsets to source offsets, in pieces: where each starts, and whether it was copied or rewritten."""

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


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A source with its flat view. ``paragraphs`` are (start, end) in ``flat``, in order, without their line ends."""

    source: SourceDocument
    flat: str
    offsets: OffsetMap
    paragraphs: tuple[tuple[int, int], ...]

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


def parse_document(source: SourceDocument) -> ParsedDocument:
    """The flat view of a document, in one pass over its text."""
    text = source.text.translate(_SAME_LENGTH)
    pieces: list[str] = []
    flat_starts: list[int] = []
    source_starts: list[int] = []
    source_ends: list[int] = []
    copied: list[bool] = []
    length = 0
    position = 0

    def put(piece: str, start: int, end: int, copy: bool) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            flat_starts.append(length)
            source_starts.append(start)
            source_ends.append(end)
            copied.append(copy)
            length += len(piece)

    line_start = 0
    for match in _EDIT.finditer(text):
        start, end = match.span()
        put(text[position:start], position, start, copy=True)
        last = pieces[-1][-1] if pieces else "\n"
        kind = match.lastgroup
        if kind == "break":
            put(_joint(text, line_start, start, end, match.group(), last), start, end, copy=False)
            line_start = end
        elif kind == "blanks":
            put(" " if last not in " \n" else "", start, end, copy=False)
        elif kind == "combining":
            put(unicodedata.normalize("NFC", match.group()), start, end, copy=False)
        position = end
    put(text[position:], position, len(text), copy=True)
    flat = "".join(pieces)
    offsets = OffsetMap(
        tuple(flat_starts) or (0,), tuple(source_starts) or (0,), tuple(source_ends) or (0,), tuple(copied) or (True,)
    )
    return ParsedDocument(source, flat, offsets, tuple(_paragraphs(flat)))


def _joint(text: str, line_start: int, start: int, end: int, broken: str, last: str) -> str:
    """What stands in the flat text for a line end: nothing, a blank, or the end of a paragraph."""
    if last == "\n" or end >= len(text):
        return "" if last == "\n" else "\n"
    following = text[end : end + 24]
    if last in _CLOSED or _ITEM.match(following):
        return "\n"
    if last in "-/" and text[start - 2 : start - 1].isalnum():
        return ""
    gap = "" if last == " " else " "
    lower = following[0].islower() or following[0] in ",;.)”/"
    if broken.count("\n") > 1:
        return gap if lower or last in ",-(“" else "\n"
    return gap if lower or last in ",-(“" or start - line_start >= _WRAPPED else "\n"


def _paragraphs(flat: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.start() for match in re.finditer("\n", flat)), len(flat)]:
        if flat[start:end].strip():
            found.append((start, end))
        start = end + 1
    return found
