"""Where citations stand: their places in the flat text, the sentence around each, and how far a cited subject reaches.

A sentence ends with a full stop, a question or exclamation mark before a capital letter, and with its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, NamedTuple

from viendan.extract.structure import ParsedDocument
from viendan.model import Citation, Header

WINDOW: Final = 600  # characters looked at before a citation; longer clauses are lists, whose items repeat their cue
_TITLE_GAP: Final = 140  # brackets and closing words between a citation and its subject ("(khóa XI)")
_LETTERS_SPREAD: Final = 32
_SENTENCE_END: Final = re.compile(r"[.!?…](?:(?<=\.)/\.)?[”\"')\]]?\s+(?=[“\"'(\[]?(?P<first>[^\W\d_]))")
_LABEL: Final = re.compile(
    r"\s*(?:[-+•●▪*>#]+\s*)?(?:(?:Điều|Khoản|Mục|Chương|Phần)\s+[\dIVXLC]{1,5}[a-z]?\s*[.:)]?"
    r"|(?:\d{1,2}\.){1,4}\d{0,2}[.)]?(?=\s)|\d{1,2}[.)]|[a-zđA-ZĐ][.)]|\(?[ivxIVX\d]{1,4}\)|[IVXLC]{1,6}[.)])?\s*[-+•]?\s*"
)
_TEXT_LENGTH: Final = 150  # a paragraph of running text, not a line of the header
_ITEM: Final = re.compile(
    r"\s*(?:#+\s*)?(?:(?P<bullet>[-+•●▪]\s)|(?:Điều|Chương|Phần|Mục)\s+[\dIVXLC]|[IVXLC]{1,6}[.)]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s)"
)


class Placed(NamedTuple):
    """A citation with its flat offsets and its paragraph; ``title_end`` where its subject ends, if known."""

    citation: Citation
    start: int
    end: int
    paragraph: int
    title_end: int | None


@dataclass(frozen=True, slots=True)
class Layout:
    """What the grammar of roles needs of a document's shape."""

    flat: str
    paragraphs: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    first_item: int
    """Index of the first numbered or bulleted paragraph behind the title: the opening ends before it."""
    title: tuple[int, int] | None
    """The document's own title, in flat offsets."""

    def paragraph_of(self, offset: int) -> int:
        """The index of the paragraph in which a flat offset lies."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def sentence_start(self, offset: int, floor: int) -> int:
        """Where the sentence of ``offset`` starts, not before ``floor`` and not further back than the window."""
        low = max(floor, offset - WINDOW)
        start = low
        for match in _SENTENCE_END.finditer(self.flat, low, offset):
            if match["first"].isupper():
                start = match.end()
        return start

    def sentence_end(self, offset: int, ceiling: int) -> int:
        """Where the sentence of ``offset`` ends, not behind ``ceiling`` and not further on than the window."""
        high = min(ceiling, offset + WINDOW)
        for match in _SENTENCE_END.finditer(self.flat, offset, high):
            if match["first"].isupper():
                return match.start()
        return high

    def body_start(self, start: int) -> int:
        """The offset behind a bullet, a number or ``Điều 5.`` that opens a paragraph or sentence."""
        match = _LABEL.match(self.flat, start)
        return match.end() if match else start


def layout(parsed: ParsedDocument, header: Header) -> Layout:
    """The shape of a document."""
    title = None
    if header.title_range:
        title = (to_flat(parsed, header.title_range[0]), to_flat(parsed, header.title_range[1]))
    after = title[1] if title else 0
    starts = tuple(start for start, _ in parsed.paragraphs)
    first = _first_item(parsed, after)
    return Layout(parsed.flat, parsed.paragraphs, starts, first, title)


def _first_item(parsed: ParsedDocument, after: int) -> int:
    """The index of the first numbered paragraph, or the first bullet behind a paragraph of text (not an addressee)."""
    text_seen = False
    for index, (start, end) in enumerate(parsed.paragraphs):
        match = _ITEM.match(parsed.flat, start) if start >= after else None
        if match is not None and (text_seen or not match["bullet"]):
            return index
        text_seen = text_seen or (match is None and start >= after and end - start >= _TEXT_LENGTH)
    return len(parsed.paragraphs)


def to_flat(parsed: ParsedDocument, source: int) -> int:
    """The flat offset of a source offset; of what the flat view leaves out, the offset of what follows it."""
    offsets = parsed.offsets
    piece = max(bisect_right(offsets.source_starts, source) - 1, 0)
    start = offsets.flat_starts[piece]
    limit = offsets.flat_starts[piece + 1] if piece + 1 < len(offsets.flat_starts) else len(parsed.flat)
    inside = source - offsets.source_starts[piece]
    if offsets.copied[piece]:
        return min(start + inside, limit)
    return limit if source >= offsets.source_ends[piece] else start


def place(parsed: ParsedDocument, shape: Layout, citations: tuple[Citation, ...]) -> tuple[Placed, ...]:
    """The citations with their places, in their order."""
    spans = [(to_flat(parsed, item.mention.start), to_flat(parsed, item.mention.end)) for item in citations]
    placed = []
    for index, (citation, (start, end)) in enumerate(zip(citations, spans, strict=True)):
        later = (spans[at][0] for at in range(index + 1, len(spans)))
        following = next((other for other in later if other >= end), len(parsed.flat))
        paragraph = shape.paragraph_of(start)
        title_end = _title_end(parsed.flat, end, following, citation.title)
        placed.append(Placed(citation, start, end, paragraph, title_end))
    return tuple(placed)


def _title_end(flat: str, end: int, following: int, title: str | None) -> int | None:
    """Where the words of ``title`` end behind a citation; None where they do not stand between it and the next one."""
    if not title:
        return None
    exact = flat.find(title, end, min(len(flat), end + _TITLE_GAP + len(title)))
    if exact >= 0:
        return exact + len(title) if exact <= following else None
    words = [char for char in title if char.isalnum()]
    if not words:
        return None
    first = "".join(words[:6]).lower()
    start = _find_letters(flat, end, min(following, end + _TITLE_GAP), first)
    if start is None:
        return None
    position, matched = start, 0
    limit = min(len(flat), start + 2 * len(title) + 20)
    last = start
    while position < limit and matched < len(words):
        char = flat[position]
        position += 1
        if not char.isalnum():
            continue
        if char.lower() != words[matched].lower():
            break
        matched += 1
        last = position
    return last if matched * 2 >= len(words) else None


def _find_letters(flat: str, start: int, end: int, letters: str) -> int | None:
    """The first offset in ``flat[start:end]`` from which on the letters follow one another, whatever stands between."""
    for match in re.finditer(re.escape(letters[0]), flat[start:end], re.IGNORECASE):
        position, matched = start + match.start(), 0
        limit = min(len(flat), position + _LETTERS_SPREAD)
        while position < limit and matched < len(letters):
            if flat[position].isalnum():
                if flat[position].lower() != letters[matched]:
                    break
                matched += 1
            position += 1
        if matched == len(letters):
            return start + match.start()
    return None
