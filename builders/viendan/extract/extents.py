"""Where the body of a document begins and ends, and where its annexes stand: offsets in the flat text."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from typing import Final

from viendan.extract import footer, layout, masthead
from viendan.extract.structure import ParsedDocument

_LINE: Final = 160  # characters that the heading of an annex may have


@lru_cache(maxsize=8)
def source_extent(parsed: ParsedDocument) -> tuple[int, int | None]:
    """Source offsets: behind the head, and the beginning of the foot (None where there is no foot)."""
    head = masthead.read_head(parsed.source.text)
    return head.last, footer.find_foot(parsed, head.last)


def body_range(parsed: ParsedDocument) -> tuple[int, int]:
    """The flat offsets of the body: behind the head, before the recipients and the signature (else before an annex)."""
    first, foot = source_extent(parsed)
    start = flat_offset(parsed, first)
    limit = next((begin for begin, _ in annexes(parsed)), len(parsed.flat))
    end = flat_offset(parsed, foot) if foot is not None else limit
    return min(start, end), max(start, min(end, limit) if foot is None else end)


def flat_offset(parsed: ParsedDocument, source: int) -> int:
    """The first flat offset whose character stands at or behind a source offset."""
    offsets = parsed.offsets
    piece = bisect_left(offsets.source_ends, source + 1)
    if piece >= len(offsets.flat_starts):
        return len(parsed.flat)
    start = offsets.flat_starts[piece]
    if source > offsets.source_starts[piece] and offsets.copied[piece]:
        start += source - offsets.source_starts[piece]
    return start


@cache
def _annex() -> re.Pattern[str]:
    """A heading of an annex: ``PHỤ LỤC``, ``Phụ lục II``, or ``(Kèm theo Quyết định số …)`` in brackets on its own."""
    words = "|".join(
        {re.escape(form) for word in layout.forms("annex") for form in (word, word.upper(), word.capitalize())}
    )
    return re.compile(
        rf"(?:^|\n)\W{{0,4}}(?P<heading>(?:{words})(?=\s*(?:$|\n|[IVXLC\d]{{1,6}}\b|[:.(]|{layout.CAPITAL}{{2}}))"
        rf"[^\n]{{0,{_LINE}}})(?=\n|$)"
    )


@lru_cache(maxsize=8)
def annexes(parsed: ParsedDocument) -> tuple[tuple[int, int], ...]:
    """The flat ranges of the annexes, each from its heading to the next one or the end."""
    _, foot = source_extent(parsed)
    first = flat_offset(parsed, foot) if foot is not None else 0
    starts = [
        match.start("heading") for match in _annex().finditer(parsed.flat, first) if _is_heading(match["heading"])
    ]
    noted = [match.start("note") for match in _noted().finditer(parsed.flat, first)]
    if noted and (not starts or noted[0] < starts[0] - 2 * _LINE) and foot is not None:
        starts.insert(0, _above(parsed, noted[0], first))
    ends = [*starts[1:], len(parsed.flat)] if starts else []
    return tuple((start, end) for start, end in zip(starts, ends, strict=True) if end > start)


def _is_heading(words: str) -> bool:
    return not words.rstrip().endswith((";", ",")) and not re.search(r"\b(?:này|kèm theo đây)\b", words)


@cache
def _noted() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\n)(?P<note>[(*_]{{1,3}}\s?(?i:{layout.alternation('annexed')})\b[^\n]{{0,300}}\))")


def _above(parsed: ParsedDocument, start: int, first: int) -> int:
    """The first of the lines of capitals above a note ``(Kèm theo …)``: the annex's own title."""
    index = bisect_left(parsed.paragraphs, (start, 0))
    while index > 0:
        begin, end = parsed.paragraphs[index - 1]
        if begin < first or not layout.is_upper(parsed.flat[begin:end]) or end - begin > 2 * _LINE:
            break
        index -= 1
        start = begin
    return start
