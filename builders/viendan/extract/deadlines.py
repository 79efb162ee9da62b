"""Deadlines of duties: ``trước ngày 30/6/2023``, ``trong quý II``, ``định kỳ hằng quý``; a whole date in ISO."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DEADLINE: Final = re.compile(
    r"""
    (?<!\w)(?:
      (?:[Tt]rước|[Cc]hậm\ nhất(?:\ là|\ đến)?|[Mm]uộn\ nhất(?:\ là)?|đến\ hết|đến|xong)\          # until a day
        (?:\d{1,2}\ ?(?:giờ|h)(?:\ ?\d{2})?(?:\ phút)?,?\ )?
        (?:ngày\ )?(?P<day>\d{1,2})(?:\ ?[/.-]\ ?|\ tháng\ )(?P<month>\d{1,2})
        (?:(?:\ ?[/.-]\ ?|\ năm\ )(?P<year>(?:19|20)\d\d))?(?!\d)
        (?P<every>\ h[ằà]ng\ (?:năm|tháng|quý))?
    | (?:[Tt]rong|[Xx]ong|[Hh]oàn\ thành|[Tt]rước)\ (?:trong\ )?                                      # within a period
        (?:tháng\ \d{1,2}|quý\ (?:IV|I{1,3}|[1-4])(?!\w)|\d{1,2}\ tháng\ (?:đầu|cuối)\ năm|năm(?=\ \d{4}))
        (?:(?:/|\ năm\ |\ )?(?:19|20)\d\d)?
    | [Tt]rong\ (?:thời\ hạn|vòng)\ (?:\d{1,3}|\w{2,6})\ (?:ngày|tháng)(?:\ làm\ việc)?             # within days
    | [Đđ]ịnh\ kỳ\ (?:vào\ )?(?:thứ\ \w{2,4}\ )?                                                   # again and again
        (?:(?:h[ằà]ng|\d{1,2})\ (?:tuần|tháng|quý|năm)(?:,\ |\ và\ )?){1,4}
    )
    | (?:^|(?<=[,;.]\ ))[Hh][ằà]ng\ (?:tuần|tháng|quý|năm)(?!\w)
    """,
    re.VERBOSE,
)


def find_deadline(words: str) -> str | None:
    """The first deadline that the words of a duty set; None where they set none."""
    match = _DEADLINE.search(words)
    if match is None:
        return None
    stated = match.group().strip(" ,").removesuffix(" và")
    if match["year"] and not match["every"]:
        return _iso(match) or stated
    return stated


def _iso(match: re.Match[str]) -> str | None:
    """The ISO date of a match; None for a day that does not exist."""
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None
