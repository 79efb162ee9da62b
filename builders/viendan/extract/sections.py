"""The numbered parts of a document, labelled as a reader would (``9.3``, ``III.4``, ``Điều 3.6``, ``II.4.b``).

A number is printed with or without the numbers above it: ``9.3`` under ``9`` contains its parent and stands alone,
``4`` under ``III`` does not and becomes ``III.4``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from viendan.extract import extents, layout
from viendan.extract.structure import ParsedDocument

_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_LABEL: Final = re.compile(
    r"""\W{0,3}(?:
      (?P<article>Điều|ĐIỀU)\s+(?P<number>\d{1,3}[a-zđ]?)\b[.:]?
    | (?P<roman>[IVXL]{1,7})\s?(?:[.)/:-]|(?=\s@{2}))
    | (?P<capital>[A-HĐ])[.)]\s
    | (?P<digits>\d{1,2}(?:\.\d{1,2}){0,4})(?:[.)/:]|[-–](?=\s?@)|(?=\s@)(?<=\.\d)|(?<=\.\d\d)(?=\s@))\s?
    | (?P<letter>[a-zđ]|[a-z]\d)[).]\s?(?=\S)
    | (?P<odd>[^\s\d(\w]|[^\W\da-z])\)\s
    )""".replace("@", layout.CAPITAL),
    re.VERBOSE,
)
_ARTICLE: Final = re.compile(r"\W{0,3}(?:Điều|ĐIỀU)\s+\d")
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_QUOTES: Final = "“\"„‘'"
_QUOTED: Final = re.compile(r"[”\"’'][.;,]{0,2}(?=\n|$)")
_QUOTE: Final = 20000  # characters that a quoted provision may have
_HEADING: Final = 90  # characters that the heading of a part may have; a longer paragraph is text of its own


class Section(NamedTuple):
    """A part of the flat text with its label; ``start`` is where its first paragraph begins."""

    label: str
    start: int
    end: int


@dataclass(slots=True)
class _Open:
    """The numbers that are open at a paragraph: article or roman number, arabic number, letter."""

    top: str = ""
    digits: str = ""
    letter: str = ""

    def label(self) -> str:
        return ".".join(part for part in (self.top, self.digits, self.letter) if part)


@lru_cache(maxsize=8)
def sections(parsed: ParsedDocument) -> tuple[Section, ...]:
    """All parts of a document in order, without gaps; head, foot and closing words belong to none (label empty)."""
    body = extents.body_range(parsed)
    annexes = [start for start, _ in extents.annexes(parsed)]
    foot_end = next((start for start in annexes if start >= body[1]), len(parsed.flat))
    starts = _numbered(parsed, body, annexes, foot_end)
    last = max((start for start, label in starts if label and start < body[1]), default=-1)
    closing = _closing_start(parsed, last, body) if last >= 0 else None
    if closing is not None:
        starts.append((closing, ""))
    return tuple(_merged(sorted(starts), len(parsed.flat)))


def _numbered(
    parsed: ParsedDocument, body: tuple[int, int], annexes: list[int], foot_end: int
) -> list[tuple[int, str]]:
    """Where each numbered part begins, and where head, foot and annexes begin without one."""
    flat = parsed.flat
    opened = _Open()
    starts: list[tuple[int, str]] = [(0, "")]
    closed = [match.end() for match in _QUOTED.finditer(flat)]
    quoted = annex = 0
    for start, end in parsed.paragraphs:
        if start < body[0]:
            continue
        if annex < len(annexes) and start >= annexes[annex]:
            opened = _Open()
            annex += 1
            starts.append((start, ""))
        match = _LABEL.match(flat, start, end)
        if start < quoted and not (match is not None and _is_next_article(opened, match)):
            continue
        if match is not None and flat[start] in _QUOTES:
            end_of_quote = bisect_right(closed, start)
            quoted = closed[end_of_quote] if end_of_quote < len(closed) else start
            quoted = quoted if quoted - start < _QUOTE else start
        elif body[1] <= start < foot_end:
            starts.append((start, ""))
        elif match is not None and _opens(opened, match):
            starts.append((start, opened.label()))
    return starts


def _closing_start(parsed: ParsedDocument, last: int, body: tuple[int, int]) -> int | None:
    """Where behind the last numbered part (``last``) the closing words of the body begin; None where there are none.

    They begin with words of closing, or they are the last paragraph behind a part that has a text of its own.
    """
    flat = parsed.flat
    behind = [(start, end) for start, end in parsed.paragraphs if last <= start < body[1]]
    in_article = _ARTICLE.match(flat, last) is not None  # what stands behind an article's heading belongs to it
    has_text = False
    for index, (start, end) in enumerate(behind[1:], 1):
        begin, stop = behind[index - 1]
        has_text = has_text or (not in_article and stop - begin > _HEADING)
        if re.match(r"\W{0,2}[-+•*–]", flat[start : start + 3]):
            continue
        if _closing().match(flat, start) or (index == len(behind) - 1 and has_text and end - start > _HEADING):
            return start
    return None


def _merged(starts: list[tuple[int, str]], length: int) -> Iterator[Section]:
    """The sections between the starts; neighbours without a label are one."""
    kept = [starts[0], *(two for one, two in pairwise(starts) if one[1] or two[1])]
    for (start, label), (end, _) in pairwise([*kept, (length, "")]):
        if end > start:
            yield Section(label, start, end)


def section_at(parsed: ParsedDocument, flat_offset: int) -> str:
    """The label of the part that a flat offset stands in; empty outside of numbered parts."""
    index = bisect_right(_starts(parsed), flat_offset) - 1
    return sections(parsed)[index].label if index >= 0 else ""


@lru_cache(maxsize=2)
def _starts(parsed: ParsedDocument) -> tuple[int, ...]:
    return tuple(section.start for section in sections(parsed))


def _is_next_article(opened: _Open, match: re.Match[str]) -> bool:
    """Whether a label is the article behind the open one: a quotation that nobody closed is over."""
    last = re.search(r"\d+", opened.top) if opened.top.startswith("Đ") else None
    return bool(match["article"] and last and match["number"] == str(int(last.group()) + 1))


def _opens(opened: _Open, match: re.Match[str]) -> bool:
    """Whether a label opens a part here, and if so what is open then: numbers go on from the last or start anew."""
    if match["article"]:
        opened.top, opened.digits, opened.letter = f"{match['article'].capitalize()} {match['number']}", "", ""
        return True
    if match["roman"] or match["capital"]:
        return _opens_roman(opened, match["roman"] or match["capital"])
    if match["digits"]:
        return _opens_digits(opened, match["digits"])
    if match["odd"]:
        return _opens_odd(opened)
    letter = match["letter"]
    begun = bool(opened.digits or opened.top) and not opened.letter
    if begun or letter == "a" or len(letter) > 1 or (opened.letter and _follows(opened.letter, letter)):
        opened.letter = letter
        return True
    return False


def _opens_odd(opened: _Open) -> bool:
    """Opens the next letter for a sign that a scan made of one (``ø)`` behind ``e)`` is ``g``)."""
    at = _LETTERS.find(opened.letter[:1]) if opened.letter else -1
    if at < 0 or at + 1 >= len(_LETTERS):
        return False
    opened.letter = _LETTERS[at + 1]
    return True


def _opens_roman(opened: _Open, written: str) -> bool:
    value, last = _value(written), _value(opened.top)
    if value == 0 or opened.top.startswith("Đ") or not (value == 1 or 0 < value - last <= 3):
        return False
    opened.top, opened.digits, opened.letter = written, "", ""
    return True


def _value(roman: str) -> int:
    total = 0
    for index, char in enumerate(roman):
        worth = _ROMAN.get(char, 0)
        if worth == 0:
            return 0
        total += -worth if index + 1 < len(roman) and _ROMAN.get(roman[index + 1], 0) > worth else worth
    return total


def _opens_digits(opened: _Open, written: str) -> bool:
    number = written.split(".")
    last = opened.digits.split(".") if opened.digits else []
    first, before = int(number[0]), int(last[0]) if last else 0
    if len(number) == 1 and not (first == 1 or 0 < first - before <= 15):
        return False
    if len(number) > 1 and last and not (first == before or first == before + 1 or first == _value(opened.top)):
        return False
    opened.digits, opened.letter = ".".join(str(int(part)) for part in number), ""
    return True


def _follows(last: str, letter: str) -> bool:
    return letter in _LETTERS and last[0] in _LETTERS and 0 < _LETTERS.index(letter) - _LETTERS.index(last[0]) <= 3


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"(?:{layout.alternation('closing')})(?!\w)")
