"""The head of a document, line by line: number, date, place, type, subject, addressees, urgency, issuer.

Forms: Decree 30/2020/NĐ-CP, annex I (state documents), party guidance 36-HD/VPTW, gazette pages, and what scans and
text extraction make of them. Nothing is resolved here: values are as the lines state them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from viendan import text
from viendan.extract import dating, headings, layout, names, numbering, spelling
from viendan.extract.layout import Line, Stated

_FIRST: Final = 2400  # characters in which most heads stand
_HEAD: Final = 6000  # characters in which a head stands where a page of the body got before it
_LETTERS: Final = 60  # lines in which "Kính gửi" stands, and lines of its list
_WRAPPED: Final = 40  # characters of a line of addressees that may be wrapped
_WIRE: Final = 90  # characters of the line that says who wires
_UNLISTED: Final = re.compile(r"[-+•*~]\s*")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the lines of the head state; ``symbol`` is the symbol of a number whose serial is blank or unreadable.

    ``last`` is the source offset behind the last line of the head.
    """

    issuer_lines: tuple[Line, ...] = ()
    of_lines: tuple[Line, ...] = ()
    acting_lines: tuple[Line, ...] = ()
    number: Stated | None = None
    symbol: str | None = None
    type: Stated | None = None
    title: Stated | None = None
    issued: Stated | None = None
    place: Stated | None = None
    urgency: Stated | None = None
    addressees: tuple[Stated, ...] = ()
    dispatch: bool = False
    last: int = 0


@lru_cache(maxsize=8)
def read_head(source: str) -> Masthead:
    """The Masthead of a document's text; empty where its first lines state nothing."""
    cut = source.find("\n", _FIRST)
    first = layout.lines(source, 0, cut if 0 <= cut < _HEAD else _FIRST)
    found = _read(first)
    complete = (
        found.type is not None and found.title is not None and found.number is not None and found.issued is not None
    )
    if complete or len(source) <= _FIRST or not 0 <= cut < _HEAD:
        return found
    rest = (line._replace(row=line.row + first[-1].row) for line in layout.lines(source, cut + 1, _HEAD))
    return _read((*first, *rest)) if first else found


def _read(lines: tuple[Line, ...]) -> Masthead:
    heading = headings.find_heading(lines)
    about = headings.find_subject_line(lines, heading.index if heading else len(lines))
    top = heading.index if heading else (about if about is not None else min(len(lines), 12))
    number = numbering.find_number(lines, top)
    titled = numbering.titled_number(lines[:6], headings.types()) if heading is None and about is None else None
    dated = dating.find_date(lines, top)
    title, title_end = headings.read_title(lines, heading, about)
    letter = next((i for i, line in enumerate(lines[:_LETTERS]) if _lead(line) is not None), None)
    addressees, letter_end = _addressees(lines, letter)
    acting = tuple(_acting_lines(lines, title_end))
    of_lines = headings.of_lines(lines, heading)
    if number is None and dated is None and of_lines:
        number, dated = numbering.find_inside(of_lines), dating.find_inside(of_lines)
    stamped = dating.completed(lines, number, dated)
    label = heading.stated.value if heading else None
    shown = stamped.number or number or (titled[0] if titled else None)
    kind = (
        heading.stated if heading else (Stated(titled[1], titled[0].line.start, titled[0].line.end) if titled else None)
    )
    last = max(title_end, letter_end, heading.index + 1 if heading else 0)
    return Masthead(
        issuer_lines=tuple(_issuer_lines(lines, heading, number, about, top)),
        of_lines=of_lines,
        acting_lines=acting,
        number=shown.stated(label) if shown else None,
        symbol=shown.symbol if shown else None,
        type=kind,
        title=title,
        issued=stamped.issued or (dated.issued if dated else None),
        place=dated.place if dated else None,
        urgency=_urgency(lines[: top + 3]),
        addressees=addressees,
        dispatch=kind is None and (about is not None or (letter is not None and letter < 30)),
        last=max([lines[last - 1].end if last else 0, *(line.end for line in acting)]),
    )


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,4}}(?:{layout.alternation('letter-to', loose=True)})\s*:?\s*")


def _lead(line: Line) -> int | None:
    """Where behind ``Kính gửi`` or ``… điện:`` the addressees of a line begin; None where it has neither."""
    letter = _letter().match(line.base)
    if letter:
        return letter.end()
    return len(line.text) if len(line.text) < _WIRE and layout.wires().search(line.base) else None


def _addressees(lines: tuple[Line, ...], letter: int | None) -> tuple[tuple[Stated, ...], int]:
    """The bodies behind ``Kính gửi``: what follows on the line, or the list below it."""
    lead = _lead(lines[letter]) if letter is not None else None
    if letter is None or lead is None:
        return (), 0
    rest = lines[letter].part(lead, len(lines[letter].text))
    found: list[list[Line]] = [[rest]] if rest else []
    index = letter + 1
    while index < min(len(lines), letter + _LETTERS):
        line = lines[index]
        item = _UNLISTED.match(line.text)
        if item:
            part = line.part(item.end(), len(line.text))
            found.append([part] if part else [])
        elif (
            found and found[-1] and not _closed(found[-1]) and _wrapped(found[-1][-1], line) and headings.goes_on(line)
        ):
            found[-1].append(line)
        elif not found and index == letter + 1 and headings.goes_on(line):
            found.append([line])
        else:
            break
        index += 1
    stated = (
        Stated(text.squeeze(" ".join(line.text for line in item)).strip(" .;,:-"), item[0].start, item[-1].end)
        for item in found
        if item
    )
    return tuple(value for value in stated if value.value), index


def _wrapped(last: Line, line: Line) -> bool:
    """Whether a line goes on with the one above: that was long, ends in the middle, or small letters follow."""
    open_end = last.text.endswith((",", "-")) or len(last.text) >= _WRAPPED
    return not line.blank_before and (line.text[0].islower() or open_end)


def _closed(item: list[Line]) -> bool:
    return item[-1].text.endswith((".", ";"))


def _urgency(lines: tuple[Line, ...]) -> Stated | None:
    for line in lines:
        if not layout.is_upper(line.text) or len(line.text) > 30:
            continue
        for word in layout.words("urgency"):
            if any(text.compare_key(line.text).startswith(text.compare_key(form)) for form in word.forms):
                return Stated(word.label, line.start, line.end)
    return None


def _issuer_lines(
    lines: tuple[Line, ...],
    heading: headings.Heading | None,
    number: numbering.Number | None,
    about: int | None,
    top: int,
) -> Iterator[Line]:
    """The lines in capitals above the type or the subject that name who issues; displaced ones around the number."""
    wrapped = number.index + 1 if number is not None and lines[number.index].text.endswith(("-", "/")) else None
    above = [line for index, line in enumerate(lines[:top]) if index != wrapped and _may_name_issuer(line)]
    first = next((i for i, line in enumerate(above) if _names_body(line)), None)
    if first is not None:
        yield from above[first:]
    elif number is not None and number.index > top:
        near = [line for line in lines[max(top + 1, number.index - 6) : number.index + 4] if _may_name_issuer(line)]
        first = next((i for i, line in enumerate(near) if _names_body(line)), len(near))
        yield from near[first:]
    elif heading is not None or about is not None or number is not None:
        yield from above


def _may_name_issuer(line: Line) -> bool:
    return (
        layout.is_upper(line.text)
        and len(line.text) > 2
        and not layout.is_motto(line)
        and not layout.is_furniture(line)
        and not numbering.looks_numbered(line)
        and not dating.is_date_line(line)
        and text.compare_key(line.text) not in _not_issuer()
    )


def _names_body(line: Line) -> bool:
    """Whether a line in capitals begins with the name of a body, or with an office of one."""
    found = names.longest(names.tokens(spelling.spell_out(line.text)))
    return found is not None


@cache
def _not_issuer() -> frozenset[str]:
    kinds = ("urgency", "secrecy", "draft", "motto-party")
    return frozenset(text.compare_key(form) for kind in kinds for form in layout.forms(kind))


def _acting_lines(lines: tuple[Line, ...], title_end: int) -> Iterator[Line]:
    """The lines in capitals behind the title that say who decides (``BỘ TRƯỞNG BỘ TÀI CHÍNH``)."""
    for line in lines[title_end : title_end + 4] if title_end else ():
        if not layout.is_upper(line.text) or layout.is_motto(line) or line.text.endswith(":") or line.text.isdecimal():
            return
        yield line


def spelled(lines: tuple[Line, ...]) -> str:
    """Lines in capitals as words in their usual spelling; what stands twice (gazettes print the issuer twice) once."""
    parts = [text.squeeze(line.text.strip(" _*.|[]")) for line in lines]
    keys = [text.compare_key(part) for part in parts]
    whole = " ".join(keys)
    for size in range(1, len(parts)):
        if re.sub(r"[\s-]", "", " ".join(keys[:size])) == re.sub(r"[\s-]", "", " ".join(keys[size:])):
            parts = parts[size:]
            break
    joined = spelling.spell_out(_stacked(parts)) if whole else ""
    return re.sub(r"\b(\w+ \w+) \1\b", r"\1", joined, flags=re.I)


def _stacked(parts: list[str]) -> str:
    """The lines of a head as one text; a line end stays where a new name begins, so that no place runs into it."""
    stacked = ""
    for part in parts:
        usual = spelling.spell_out(part)
        begins = names.longest(names.tokens(usual)) is not None or spelling.begins_with_head(f"{usual} ")
        dangling = stacked.endswith("-") or stacked == ""
        stacked += part if not stacked else ("\n" if begins and not dangling else " ") + part
    return stacked
