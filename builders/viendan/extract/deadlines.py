"""Deadlines of duties: ``trước ngày 30/6/2023``, ``trong quý II``, ``định kỳ hằng quý``; a whole date in ISO, else the words."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DAY: Final = r"(?:ngày )?(?P<day>\d{1,2})(?: ?[/.-] ?| tháng )(?P<month>\d{1,2})(?:(?: ?[/.-] ?| năm )(?P<year>(?:19|20)\d\d))?(?!\d)"
_PERIOD: Final = r"(?:tháng \d{1,2}|quý (?:IV|I{1,3}|[1-4])(?!\w)|\d{1,2} tháng (?:đầu|cuối) năm|năm (?=\d{4}))(?:(?:/| năm )?(?:19|20)\d\d)?"
_EVERY: Final = (
    r"(?:(?:định kỳ|Định kỳ)(?: vào)? )?(?:thứ (?:Hai|Ba|Tư|Năm|Sáu) )?"
    r"(?:h[ằà]ng (?:tuần|tháng|quý|năm)|\d{1,2} tháng(?: một lần)?(?!\s*(?:đầu|cuối|\d))(?=[,;.\s]))(?:,? h[ằà]ng (?:tuần|tháng|quý|năm))*"
)
_DEADLINE: Final = re.compile(
    rf"(?:(?:trước|Trước|chậm nhất(?: là)?|muộn nhất(?: là)?|đến|xong|chậm nhất đến) (?:\d{{1,2}} ?(?:giờ|h)(?: ?\d{{2}})?(?: phút)? )?"
    rf"(?:ngày )?{_DAY}(?: h[ằà]ng (?:năm|tháng|quý))?)"
    rf"|(?:(?:trong|Trong|xong|hoàn thành|trước) {_PERIOD})"
    rf"|(?P<every>(?:Định kỳ|định kỳ|H[ằà]ng|h[ằà]ng) ?[^,;.\n]{{0,6}}?{_EVERY}|(?<!\w){_EVERY})"
    r"|(?:trong (?:thời hạn |vòng )(?:\d{1,3}|\w{2,6}) ngày(?: làm việc)?)"
)


def find_deadline(words: str) -> str | None:
    """The first deadline that the words of a duty set; None where they set none."""
    match = _DEADLINE.search(words)
    if match is None:
        return None
    if match["day"] and match["year"] and "h" not in match.group().rsplit(match["year"], 1)[1]:
        return _iso(match) or match.group()
    return match.group().strip()


def _iso(match: re.Match[str]) -> str | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None
