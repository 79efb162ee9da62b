"""The type of a document (its heading) and its subject, from the lines of the head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from viendan import text
from viendan.extract import bodies, dating, layout, lexicon, names, numbering, spelling
from viendan.extract.layout import Line, Stated

_LINES: Final = 18  # lines of the longest titles
_LONG: Final = 320  # a line this long behind a line of the title is a paragraph of the body
_NUMBERED: Final = re.compile(r"so\s+\d|ngay\s+\d")
_JUNK: Final = 10  # a line this short between a title's lines in a scan is a stain
_MID: Final = re.compile(
    r"(?:[,(-]|(?<!\w)(?:và|của|các|số|về|tại|trên|cho|với|do|theo|từ|đến|năm|ngày|tháng|cấp|thuộc|trong|ở|giữa|hoặc|bởi))$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The line with the type of the document: its index and the type's words.

    Behind them on the line may stand the subject's first words, or the body (``QUYẾT ĐỊNH CỦA …``).
    """

    index: int
    stated: Stated
    rest: Line | None = None
    of_body: Line | None = None


@cache
def types() -> Mapping[str, str]:
    """The types of instruments by the base letters of their names."""
    found: dict[str, str] = {}
    for word in lexicon.scheme("instrument-types"):
        for form in (word.label, *word.alternatives):
            found.setdefault(_letters(form), word.label)
    return MappingProxyType(found)


def _letters(words: str) -> str:
    return re.sub(r"[^a-z]", "", layout.base(words))


def find_heading(lines: tuple[Line, ...]) -> Heading | None:
    """The first line that is a type in capitals, alone or in front of its subject; marks may be misread."""
    for index, line in enumerate(lines):
        if layout.is_furniture(line):
            continue
        found = _heading_at(lines, index, line)
        if found is not None:
            return found
        if numbering.is_operative(line):
            break
    return None


def _heading_at(lines: tuple[Line, ...], index: int, line: Line) -> Heading | None:
    if not layout.is_upper(line.text[:24]) or line.text.endswith(":"):
        return None
    letters = _letters(line.text)
    following = lines[index + 1] if index + 1 < len(lines) else None
    if (
        following is not None
        and len(letters) < 20
        and following.row - line.row == 1
        and layout.is_upper(following.text)
    ):
        joined = types().get(letters + _letters(following.text))
        if joined:
            return Heading(index + 1, Stated(joined, line.start, following.end))
    label = types().get(letters) or _nearly(letters)
    if label:
        return Heading(index, Stated(label, line.start, line.end))
    opened = _opened().match(line.base)
    if opened is None:
        return None
    end = opened.end("type")
    label = types()[_letters(opened["type"])]
    rest = line.part(end, len(line.text))
    of_body = rest if rest is not None and _of_body(rest) else None
    return Heading(index, Stated(label, line.start, line.offsets[end - 1] + 1), None if of_body else rest, of_body)


@cache
def _opened() -> re.Pattern[str]:
    """A type in front of its subject on one line (``NGHỊ QUYẾT VỀ …``)."""
    bases = sorted({layout.base(label) for label in types().values()}, key=lambda form: (-len(form), form))
    listed = "|".join(re.escape(form) for form in bases)
    return re.compile(rf"(?P<type>{listed})\s+(?=(?:{layout.alternation('about', loose=True)}|cua)\s)")


def _of_body(line: Line) -> bool:
    """Whether a line behind the type names the body that it is of (``CỦA BỘ CHÍNH TRỊ``)."""
    return line.base.startswith("cua ")


def of_lines(lines: tuple[Line, ...], heading: Heading | None) -> tuple[Line, ...]:
    """The lines between the type and the subject that name the body the document is of, and may number and date it."""
    if heading is None:
        return ()
    first = (heading.of_body,) if heading.of_body is not None else lines[heading.index + 1 : heading.index + 2]
    if not first or not _of_body(first[0]):
        return ()
    taken = list(first)
    for line in lines[heading.index + (1 if heading.of_body is not None else 2) :][:2]:
        if line.blank_before or not _NUMBERED.match(line.base):
            break
        taken.append(line)
    return tuple(taken)


@cache
def _nearly(letters: str) -> str | None:
    """The type that the letters spell but for one misread or lost letter."""
    if len(letters) < 6:
        return None
    fitting = (label for spelled, label in types().items() if len(spelled) >= 6 and layout.one_off(letters, spelled))
    return next(fitting, None)


def find_subject_line(lines: tuple[Line, ...], stop: int) -> int | None:
    """The line that begins a dispatch's subject (``V/v …``)."""
    return next((i for i, line in enumerate(lines[: min(stop, 40)]) if _about_dispatch().match(line.text)), None)


@cache
def _about_dispatch() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{layout.alternation('about-dispatch')})(?!\w)")


def read_title(lines: tuple[Line, ...], heading: Heading | None, about: int | None) -> tuple[Stated | None, int]:
    """The subject, and the index behind its last line (0 where there is none)."""
    if heading is None:
        return _subject(lines, about) if about is not None else _headless(lines)
    skipped = len(of_lines(lines, heading)) - (heading.of_body is not None)
    scanned = any(layout.is_furniture(line) for line in lines[: heading.index])
    taken: list[Line] = [heading.rest] if heading.rest else []
    index = heading.index + 1 + max(skipped, 0)
    while index < len(lines) and len(taken) < _LINES:
        line = _from_about(lines[index]) if scanned and not taken else lines[index]
        if scanned and taken and len(line.text) <= _JUNK and _goes_on_below(lines, index):
            index += 1
            continue
        if not _continues(line, taken):
            break
        taken.append(line)
        index += 1
    return _joined(_without_meeting(taken)), index


def _without_meeting(taken: list[Line]) -> list[Line]:
    """The title without the lines in capitals above ``về …`` that name a body or its meeting (party documents)."""
    for index, line in enumerate(taken):
        if index and _about().match(line.text) and not layout.is_upper(line.text) and layout.is_upper(taken[0].text):
            return taken[index:]
    return taken


def _goes_on_below(lines: tuple[Line, ...], index: int) -> bool:
    """Whether below stains of a scan the title goes on: a longer line in small letters within the next rows."""
    for line in lines[index : index + 5]:
        if len(line.text) > _JUNK:
            return line.text[0].islower()
    return False


def _from_about(line: Line) -> Line:
    """The line from ``Về việc`` on, where a scan put stains in front of it."""
    found = _about_inside().search(line.text)
    part = line.part(found.start(), len(line.text)) if found else None
    return part or line


@cache
def _about_inside() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?:{'|'.join(re.escape(form) for form in layout.forms('about') if ' ' in form)})\s")


def _continues(line: Line, taken: list[Line]) -> bool:  # noqa: PLR0911 - one rule of the layout a line
    """Whether a line goes on with the title."""
    if _never_title(line):
        return False
    if not taken:
        return len(line.text) < 2 * _LONG
    last = taken[-1].text
    if last.endswith((".", ";", ":")):
        return False
    if _MID.search(last):
        return not (line.blank_before and _opener().match(line.text))
    if line.text[0] in '(“"' and line.blank_before <= 1 and len(line.text) < 120:
        return True
    if layout.is_upper(line.text) != layout.is_upper(last) and len(last) > _JUNK and len(line.text) > 3:
        return (line.text[0].islower() and not line.blank_before) or _about().match(line.text) is not None
    if line.blank_before:
        return line.text[0].islower() and len(line.text) > _JUNK
    if layout.is_upper(line.text) and bodies.match_body(usual_case(line.text), 0) == len(usual_case(line.text)):
        return False
    return len(line.text) < _LONG and not _opener().match(line.text)


def goes_on(line: Line) -> bool:
    """Whether a line may go on with a list of addressees: no new part of the head, no paragraph of the body."""
    return len(line.text) < 120 and not _never_title(line) and not _opener().match(line.text)


def usual_case(words: str) -> str:
    """Words in capitals in their usual spelling."""
    return spelling.spell_out(words)


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,4}}(?:{layout.alternation('opener')})(?!\w)")


@cache
def _always() -> re.Pattern[str]:
    return re.compile(
        rf"\W{{0,4}}(?:{layout.alternation('opener-always')})(?!\w)"
        r"|\W{0,4}(?:Điều|Chương|Phần|Mục|ĐIỀU|CHƯƠNG|PHẦN|MỤC)\s+(?:[IVXLC]+|\d+)\b|(?:I|1|A)[.)/]\s"
    )


def _never_title(line: Line) -> bool:
    return bool(
        len(line.text) < 2
        or line.text.isdecimal()
        or layout.wires().search(line.base)
        or _always().match(line.text)
        or layout.is_motto(line)
        or numbering.is_number_line(line)
        or dating.is_date_line(line)
        or layout.is_furniture(line)
    )


def _subject(lines: tuple[Line, ...], about: int) -> tuple[Stated | None, int]:
    """A dispatch's subject: its lines in the left column, between which lines of the right one may stand."""
    taken = [lines[about]]
    index = last = about + 1
    while index < len(lines) and len(taken) < _JUNK:
        line = lines[index]
        if layout.is_motto(line) or dating.is_date_line(line):
            index += 1
            continue
        if not _continues(line, taken) or (index > last and not line.text[0].islower()):
            break
        taken.append(line)
        index = last = index + 1
    return _joined(taken), last


def _headless(lines: tuple[Line, ...]) -> tuple[Stated | None, int]:
    """The title of a document whose head is lost: capitals at its top, and the lines that go on with them."""
    opening = (i for i, line in enumerate(lines[:12]) if not layout.is_furniture(line) and not layout.is_motto(line))
    first = next(opening, None)
    if first is None or not layout.is_upper(lines[first].text) or len(lines[first].text) <= _JUNK:
        return None, 0
    if names.longest(names.tokens(usual_case(lines[first].text))) is not None:
        return None, 0
    taken = [lines[first]]
    for line in lines[first + 1 : first + _LINES]:
        if line.blank_before or _never_title(line) or line.text.endswith((".", ";", ":")):
            break
        taken.append(line)
    return _joined(taken), first + len(taken)


def _joined(taken: list[Line]) -> Stated | None:
    """The lines as one title without the words that lead to it (``Về việc``), its first letter a capital."""
    if not taken:
        return None
    whole = _glue(taken)
    lead = _about().match(whole)
    begin = lead.end() if lead and lead.end() < len(whole) else 0
    words = whole[begin:].strip(" *_.,;:")
    return Stated(text.capitalise(words), _source_start(taken, begin), taken[-1].end) if words else None


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{layout.alternation('about')})(?=[\s:.]|$)[\s:.]*", re.I)


def _glue(taken: list[Line]) -> str:
    """The lines as one text; lines in capitals among others in their usual spelling."""
    mixed = not all(layout.is_upper(line.text) for line in taken)
    whole = ""
    for line in taken:
        words = usual_case(line.text) if mixed and layout.is_upper(line.text) and len(line.text) > _JUNK else line.text
        cut = len(whole) > 1 and whole[-1] in "-/" and whole[-2] != " "
        whole += words if not whole or cut else " " + words
    return whole


def _source_start(taken: list[Line], skipped: int) -> int:
    for line in taken:
        if skipped < len(line.text):
            return line.offsets[skipped]
        skipped -= len(line.text) + 1
    return taken[0].start
