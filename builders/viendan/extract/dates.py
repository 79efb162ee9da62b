"""Dates and years as citations give them, also with letters that scans misread as digits."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

_DIGITS: Final = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0", "ó": "6", "S": "5", "B": "8"})
_D: Final = r"[\dlIOoó]"
_DAY: Final = (
    rf"(?P<day>{_D}{{1,2}}) ?(?:(?P<gap>[/.-]) ?(?P<month>{_D}{{1,2}}) ?[/.-] ?"
    rf"|/?(?:th[aáảàạăâấ]ng|THÁNG|ngày|năm) ?(?P<named>{_D}{{1,2}}),? ?/?(?:n[ăãaáắâà]m|NĂM) ?)"
    r"(?P<year>\d{4}|(?:19|20)\d \d|\d{3}(?![/.,-]\d))(?!\d)"
)
_FULL: Final = re.compile(rf"(?:[Nn]g[àaảá]y|NGÀY)[ \n]?{_DAY}")
_MONTH: Final = re.compile(r"tháng (?P<month>\d{1,2})(?: năm |/)(?P<year>(?:19|20)\d\d)(?!\d)")
_YEAR: Final = re.compile(r"(?:năm )?(?P<year>(?:19|20)\d\d)(?![\w/]|[-.,]\d| ?[-–] ?(?:19|20)\d\d)")
_BEHIND: Final = re.compile(
    r",? ?\(?(?:(?:ký|ban hành|thông qua|đề|cấp|cùng|của(?= ngày)) )?(?=[Nn]g[àaảá]y|NGÀY|tháng \d)"
)


class Dated(NamedTuple):
    """A date in the flat text: where it stands, and its ISO value (None where it is no date of the calendar)."""

    start: int
    end: int
    iso: str | None


def iso_date(year: str, month: str, day: str) -> str | None:
    """The ISO date of its parts, misread digits mended; None for what no calendar has, or a year that lost a digit."""
    year = year.replace(" ", "")
    if len(year) == 3:
        year = f"2{year}" if year.startswith("0") else "0"  # a lost first digit can be told, a lost last one cannot
    try:
        return date(*(int(part.translate(_DIGITS)) for part in (year, month, day))).isoformat()
    except ValueError:
        return None


def match_date(flat: str, position: int) -> Dated | None:
    """The date that starts exactly at ``position`` with its word (``ngày 07/4/2014``, ``tháng 5 năm 2014``)."""
    match = _FULL.match(flat, position)
    if match:
        return Dated(position, match.end(), iso_date(match["year"], match["month"] or match["named"], match["day"]))
    month = _MONTH.match(flat, position)
    if month and 1 <= int(month["month"]) <= 12:
        return Dated(position, month.end(), f"{month['year']}-{int(month['month']):02d}")
    return None


def impossible_date(words: str) -> str | None:
    """The words of the first full date among ``words`` that no calendar has (``ngày 31/4/2014``); None without one."""
    for match in _FULL.finditer(words):
        if iso_date(match["year"], match["month"] or match["named"], match["day"]) is None:
            return match.group()
    return None


def date_behind(flat: str, position: int) -> Dated | None:
    """The date that stands behind ``position``, with a comma, a blank or a word of issuing between."""
    behind = _BEHIND.match(flat, position)
    return match_date(flat, behind.end()) if behind else None


def year_behind(flat: str, position: int, *, word: bool = True) -> tuple[str, int] | None:
    """A year alone behind ``position`` (``năm 2018``; without ``word`` also ``2018``) and its end."""
    if flat[position : position + 1] != " " or (word and not flat.startswith("năm ", position + 1)):
        return None
    match = _YEAR.match(flat, position + 1)
    return (match["year"], match.end()) if match else None


_TAIL: Final = re.compile(rf"(?:ngày|Ngày) {_DAY}(?=,? ?$)")


def date_at_end(window: str) -> tuple[int, str | None] | None:
    """Where a date begins that stands at the very end of ``window``, and its value."""
    last = max(window.rfind("ngày "), window.rfind("Ngày "))
    match = _TAIL.match(window, last) if last >= 0 else None
    if match is None:
        return None
    return match.start(), iso_date(match["year"], match["month"] or match["named"], match["day"])
