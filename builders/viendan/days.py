"""Days out of dates that are known to the day, the month or the year: what a question as of a day compares.

Dates are ISO text (``2025-06-30``, ``2025-06``, ``2025``); days are whole, so that they compare as text.
"""

from __future__ import annotations

import calendar
import datetime
from typing import Final

ALWAYS: Final = "9999-12-31"
"""The day that stands for none: nothing is later, and what has no end lasts until then."""
_DAY: Final = 10


def first_day(date: str) -> str:
    """The first day of a date: ``2025-02`` begins on ``2025-02-01``."""
    return (date + "-01-01"[len(date) - 4 :] if len(date) in (4, 7) else date)[:_DAY]


def last_day(date: str) -> str:
    """The last day of a date: ``2025-02`` ends on ``2025-02-28``. What is no month keeps its 31 days."""
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        year, month = int(date[:4]), int(date[5:])
        days = calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year else 31
        return f"{date}-{days:02d}"
    return date[:_DAY]


def day_after(date: str) -> str:
    """What follows a date: the next day; for a month or a year that same one, in which the next began."""
    return _moved(date, 1)


def day_before(date: str) -> str:
    """What goes before a date: the day before; for a month or a year that same one."""
    return _moved(date, -1)


def _moved(date: str, days: int) -> str:
    if len(date) != _DAY:
        return date
    try:
        return (datetime.date.fromisoformat(date) + datetime.timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):  # 31 June, as documents have it
        return date


def is_date(value: str) -> bool:
    """Whether a text is a day, a month or a year that exists."""
    if len(value) not in (4, 7, 10):
        return False
    try:
        datetime.date.fromisoformat(first_day(value))
    except ValueError:
        return False
    return True
