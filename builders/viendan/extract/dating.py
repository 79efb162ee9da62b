"""Place and date of a document's head, and the digits that a stamp or a text extraction put elsewhere on the page."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from viendan.extract import layout, places
from viendan.extract.layout import Line, Stated
from viendan.extract.numbering import Number

_DIGIT_LIKE: Final = str.maketrans({"l": "1", "I": "1", "]": "1", "|": "1", "O": "0", "o": "0"})
_DATE: Final = re.compile(
    r"(?<![a-z])nga(?:y|[a-z]?(?=\W))(?P<day>[^,;]{0,18}?)thang(?P<month>[^,;]{0,14}?)nam\s{0,4}(?P<year>\d[\d ]{0,5})?"
)
_STAMP: Final = re.compile(r"(?P<day>\d{2})[/.](?P<month>\d{2})[/.](?P<year>20\d\d)")
_SIGNED: Final = re.compile(r"(?<!\d)(?P<day>\d{2})/(?P<month>\d{2})[/2](?P<year>20\d\d) \d{2}:\d{2}:\d{2}")
_PAIR: Final = re.compile(r"\d{1,2}(?P<gap> +)\d{1,2}")
_YEARS: Final = range(1945, 2100)
_HEAD: Final = 80  # lines in which a displaced date may stand
_WRAPPED: Final = re.compile(r",\s*ngay(?:(?!nam).){0,24}$|^\W*ngay(?:(?!nam).){0,24}$")
_WIDE: Final = 60  # characters of a wrapped date line
_PLACE_WORDS: Final = 7


@dataclass(frozen=True, slots=True)
class Dated:
    """A date line: place and date as stated, which part is blank, and the month and year as far as they can be read."""

    place: Stated | None
    issued: Stated | None
    day_blank: bool
    day_unreadable: bool
    month: int | None
    year: int | None
    line: Line
    index: int


@dataclass(frozen=True, slots=True)
class Stamped:
    """What digits that stand elsewhere on the page complete."""

    number: Number | None = None
    issued: Stated | None = None


def is_date_line(line: Line) -> bool:
    """Whether a line is the place and date of a head (``Lào Cai, ngày … tháng … năm …``)."""
    found = _read(line, 0)
    return found is not None and found.place is not None


def _read(line: Line, index: int) -> Dated | None:
    if len(line.text) > 90:
        return None
    match = _DATE.search(line.base)
    if match is None or len(line.text) - match.end() > 8:
        return None
    before = line.text[: match.start()].rstrip(" ")
    place = _place(line, before.rstrip(" ,.;"), comma=before.endswith((",", ".", ";")))
    if before.strip(" ,.;(“\"'*") and place is None:
        return None
    day, month, year = (
        line.text[match.start(part) : match.end(part)] if match[part] else "" for part in ("day", "month", "year")
    )
    plain = _plain(day)
    value = iso(_number(day), _number(month), _year(year))
    return Dated(
        place=place,
        issued=Stated(value, line.offsets[match.start()], line.end) if value else None,
        day_blank=not plain,
        day_unreadable=bool(plain) and _number(day) is None,
        month=_number(month),
        year=_year(year),
        line=line,
        index=index,
    )


def _place(line: Line, before: str, *, comma: bool) -> Stated | None:
    """The place in front of ``, ngày``: a few capitalised words without digits, or a name of the register."""
    start = len(before) - len(before.lstrip("(“\"'*., "))
    name = before[start:]
    if not name or re.search(r"\d", name.replace("TP.", "")) or len(name.split()) > _PLACE_WORDS:
        return None
    if not comma and places.find(name) is None:
        return None
    if not all(word[:1].isupper() or word in ("-", "thành", "phố", "và") for word in name.split()):
        return None
    return Stated(_mended(name), line.offsets[start], line.offsets[len(before) - 1] + 1)


def _mended(name: str) -> str:
    """The place in its usual spelling, with the kind that stands in front of it as printed (``TP. Hồ Chí Minh``)."""
    for form in sorted(places.kind_forms(), key=lambda form: -len(form)):
        head = re.match(rf"{re.escape(form)}\.?\s+", name, re.I)
        if head and len(name) > head.end():
            return head.group() + places.mend(name[head.end() :])
    return places.mend(name)


def _plain(written: str) -> str:
    """What fills a blank, without blanks, rules and dots."""
    return re.sub(r"[\s._…\u00a0]+", "", written)


def _number(written: str) -> int | None:
    """The number of a day or month; None where it is blank or cannot be read without doubt."""
    plain = _plain(written)
    if not plain.isdecimal() and re.fullmatch(r"[\dlI\]|Oo]{1,2}", plain) and any(map(str.isdecimal, plain)):
        plain = plain.translate(_DIGIT_LIKE)
    return int(plain) if plain.isdecimal() and len(plain) <= 2 and int(plain) else None


def _year(written: str) -> int | None:
    plain = re.sub(r"\s+", "", written)
    if plain.isdecimal() and len(plain) in (4, 5) and int(plain[:4]) in _YEARS:
        return int(plain[:4])
    return None


def iso(day: int | None, month: int | None, year: int | None) -> str | None:
    """``YYYY-MM-DD``, ``YYYY-MM`` without a day, None without a month; impossible days and months do not count."""
    if year is None or month is None or not 1 <= month <= 12:
        return None
    if day is None or not 1 <= day <= monthrange(year, month)[1]:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}"


def find_date(lines: tuple[Line, ...], top: int) -> Dated | None:
    """The date line of the head: the first with a place, else the first above the type without one."""
    bare: Dated | None = None
    for index, line in enumerate(lines[:_HEAD]):
        found = _read(line, index) or _read_wrapped(lines, index)
        if found is None:
            continue
        if found.place is not None:
            return found
        if index <= top and bare is None:
            bare = found
    return bare


def find_inside(lines: tuple[Line, ...]) -> Dated | None:
    """The date behind the body's name and the number below the type (``CỦA … SỐ … NGÀY 20 THÁNG 3 NĂM 2006``)."""
    for index, line in enumerate(lines):
        at = re.search(r"(?<![a-z])ngay\s+\d", line.base)
        end = re.compile(r"nam\s+\d{4}").search(line.base, at.start()) if at else None
        part = line.part(at.start(), end.end()) if at and end else None
        found = _read(part, index) if part else None
        if found is not None:
            return found
    return None


def _read_wrapped(lines: tuple[Line, ...], index: int) -> Dated | None:
    """A date line that was wrapped: ``Hoa Phong, ngày`` and ``20 tháng 11 năm 2031``."""
    if index + 1 >= len(lines) or not _WRAPPED.search(lines[index].base) or len(lines[index].text) > _WIDE:
        return None
    return _read(layout.merged(lines[index], lines[index + 1]), index)


def completed(lines: tuple[Line, ...], number: Number | None, dated: Dated | None) -> Stamped:
    """Number, day and month that stand alone on the page where the head leaves them blank (``196``, ``04``).

    Where the day cannot be read, the day of the agency's digital signature in the same month.
    """
    open_number = number is not None and number.blank
    open_day = dated is not None and dated.day_blank and dated.year is not None
    if open_number or open_day:
        wanted = [name for name, needed in (("number", open_number), ("day", open_day)) if needed]
        if open_day and dated is not None and dated.month is None:
            wanted.append("month")
        for run in _digit_runs(lines):
            if len(run) >= len(wanted) or (len(run) == 1 and open_number):
                return _filled(dict(zip(wanted, run, strict=False)), number, dated)
    if dated is not None and dated.day_unreadable and dated.year is not None:
        return Stamped(issued=_signed(lines, dated))
    return Stamped()


def _digit_runs(lines: tuple[Line, ...]) -> list[list[Line]]:
    """Runs of lines with digits alone; one line alone only where the next page's number follows it."""
    runs: list[list[Line]] = []
    for line in lines:
        pair = _PAIR.fullmatch(line.text)  # a day and a month, as far apart as their blanks were
        halves = (line.part(0, pair.start("gap")), line.part(pair.end("gap"), len(line.text))) if pair else (line,)
        parts = [part for part in halves if part]
        if not all(re.fullmatch(r"\d{1,5}[a-z]?", part.text) for part in parts) or len(parts) < len(halves):
            continue
        if runs and line.row == runs[-1][-1].row + 1:
            runs[-1].extend(parts)
        else:
            runs.append(parts)
    return [
        run
        for index, run in enumerate(runs)
        if len(run) > 1 or (run[0].text != "1" and index + 1 < len(runs) and runs[index + 1][0].text == "2")
    ]


def _filled(found: dict[str, Line], number: Number | None, dated: Dated | None) -> Stamped:
    filled = None
    if number is not None and "number" in found:
        filled = replace(number, serial=found["number"].text, line=found["number"], blank=False)
    issued = None
    if dated is not None and "day" in found:
        month = _number(found["month"].text) if "month" in found else dated.month
        value = iso(_number(found["day"].text), month, dated.year)
        issued = Stated(value, found["day"].start, found.get("month", found["day"]).end) if value else None
    return Stamped(filled, issued)


@cache
def _signing_time() -> re.Pattern[str]:
    return re.compile(rf"(?:{layout.alternation('stamp-time', loose=True)})\W{{0,3}}{_STAMP.pattern}")


def _signed(lines: tuple[Line, ...], dated: Dated) -> Stated | None:
    """The day of the digital signature, of the month that the head states or that cannot be read either."""
    for line in lines[:_HEAD]:
        match = _signing_time().search(line.base) or _SIGNED.search(line.text)
        if match and int(match["year"]) == dated.year and dated.month in (None, int(match["month"])):
            value = iso(int(match["day"]), int(match["month"]), dated.year)
            return Stated(value, line.start, line.end) if value else None
    return None
