"""Whether two lines of a source belong to one paragraph, and what stands between their words in the flat text.

Lines are wrapped by the page in some documents and by nobody in others; a scan has empty lines inside sentences. So
a line that ends in the middle of a sentence goes on with the next one if that begins with a small letter, or if it
was as long as lines of this document are when they are wrapped.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from viendan.extract import layout, places

_SAMPLE: Final = 400  # lines that tell how wide a document is
_DEFAULT: Final = 45  # a line this long was wrapped where too few lines tell
_FULL: Final = 0.72  # share of the usual width that a wrapped line has at least
_NEVER: Final = 1 << 30
_EMPHASIS: Final = frozenset("*_`#")
_CLOSED: Final = frozenset(".;:!?…")
_OPEN: Final = frozenset(",-(“/")
_GOES_ON: Final = frozenset(",;.)”’»%")
_ITEM: Final = re.compile(
    r"(?:[-+•●▪*–]\s*(?=\S)|\#|\||\d{1,2}(?:\.\d{1,2}){0,4}[.)]\s|[^\W\d_]\)\s|[IVXLC]{1,7}[.)]\s|\(\d{1,2}\)\s"
    r"|(?:Điều|Mục|Khoản)\s\d{1,3}[a-z]?\s?[.:]|(?:Chương|Phần|Mục)\s[IVXLC]{1,6}\b|(?:PHỤ LỤC|CHƯƠNG|PHẦN|MỤC|ĐIỀU)\s"
    r"|Nơi nhận|Kính gửi|Căn cứ\s|V/v\s)"
)
_ITEM_FIRSTS: Final = frozenset("-+•●▪*–#|(IVXLCĐMKPN")  # the first signs of items, apart from digits and ``a)``
MID: Final = re.compile(
    r"(?:^|[\s(])(?:số|ngày|tháng|năm|của|và|các|tại|theo|về|khoản|điểm|Điều|bởi|cho|với|từ|đến|do|để|trong|trên|thuộc"
    r"|hoặc|là|như|bằng)$"
)
_MID_ENDS: Final = frozenset("acgimnouyàưềểốừ")
_BULLET: Final = re.compile(r"[-–]\s*[a-zà-ỹđ]")
_GROUP: Final = re.compile(
    r"(?<!\w)[Cc]ác (?:[Ss]ở|[Bb]ộ|[Bb]an|[Hh]uyện|[Xx]ã|[Pp]hường|[Cc]ơ quan|[Đđ]ơn vị)(?:, (?:[Bb]an, )?[Nn]gành)?:$"
)
_NAMES: Final = re.compile(r"[^\W\d_a-zà-ỹđ][^,;.:]{1,60}(?:,| và )")


def wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The length from which a line of this document counts as wrapped; boundless where lines are paragraphs."""
    wrapped: list[int] = []
    long = seen = 0
    for (start, end), (below, below_end) in pairwise(lines[: _SAMPLE + 1]):
        if start == end:
            continue
        seen += 1
        long += end - start > 180
        if below < below_end and text[below].islower() and text[end - 1] not in _CLOSED and end - start > 25:
            wrapped.append(end - start)
    if len(wrapped) >= 5:
        return max(int(sorted(wrapped)[len(wrapped) // 2] * _FULL), 30)
    return _NEVER if long * 4 > seen else _DEFAULT


def joint(  # noqa: PLR0911 - one rule of the layout a line
    text: str, above: tuple[int, int], below: tuple[int, int], blanks: int, page_break: bool, width: int
) -> str:
    """What stands in the flat text between two lines: nothing (a cut number), a blank, or the end of a paragraph."""
    last, first = text[above[1] - 1], text[below[0]]
    if last in _EMPHASIS or first in _EMPHASIS or text[above[0]] in _EMPHASIS:
        above, below = _bare(text, above), _bare(text, below)
        last, first = text[above[1] - 1], text[below[0]]
    if last in _CLOSED or last == "|" or first == "|":
        return " " if last == ":" and _names_group(text, above, below, width) else "\n"
    if first in "-–" and _BULLET.match(text, below[0], below[1]):
        return " "
    if _may_be_item(text, first, below[0]) and _ITEM.match(text, below[0], below[1]):
        return "\n"
    cut = last in "-/" and above[1] - above[0] > 1 and text[above[1] - 2].isalnum()
    if cut and (first.isalnum() or first == "("):
        return "" if not blanks or page_break or first.isupper() else "\n"
    if first in "/-" and text[below[0] + 1 : below[0] + 2].isupper() and (last.isdecimal() or last.isupper()):
        return ""
    if first.islower():
        return "\n" if _is_heading(text, above) else " "
    if first in _GOES_ON or last in _OPEN:
        return " "
    if last in _MID_ENDS and MID.search(text, max(above[0] - 1, above[1] - 12, 0), above[1]):
        return " "
    if blanks and not page_break:
        return " " if _cuts_place(text, above, below) else "\n"
    enough = min(width, _DEFAULT) // 2 if page_break else width
    return " " if above[1] - above[0] >= enough and _same_case(text, above, below) else "\n"


def _cuts_place(text: str, above: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether a scan's empty line stands between a kind of place and its name: ``huyện`` and ``Tuần Giáo trong …``."""
    kind = re.search(r"(?:[^\W\d_]+ )?[^\W\d_]+$", text[max(above[0], above[1] - 14) : above[1]])
    if kind is None or not {kind.group(), kind.group().rpartition(" ")[2]} & places.kinds().keys():
        return False
    end = places.match_name(text, below[0])
    if end is None or end >= below[1] or places.find(text[below[0] : end]) is None:
        return False
    return text[end] in ",;" or (text[end] == " " and text[end + 1 : end + 2].islower())


def _may_be_item(text: str, first: str, start: int) -> bool:
    """Whether a line's first signs may be those of an item: what most lines are not, told without a pattern."""
    return first in _ITEM_FIRSTS or first.isdecimal() or text[start + 1 : start + 2] == ")"


def _names_group(text: str, above: tuple[int, int], below: tuple[int, int], width: int) -> bool:
    """Whether a wrapped line ends with ``Giám đốc các Sở:`` and the names of the bodies follow."""
    if above[1] - above[0] < min(width, _DEFAULT) or _ITEM.match(text, below[0], below[1]):
        return False
    return bool(_GROUP.search(text, max(above[0], above[1] - 40), above[1]) and _NAMES.match(text, *below))


def _bare(text: str, line: tuple[int, int]) -> tuple[int, int]:
    """A line without the emphasis around it, unless nothing else stands in it or it is an item of a list."""
    start, end = line
    if text[start] in _EMPHASIS and text[start + 1 : start + 2] != " ":
        while start < end - 1 and text[start] in _EMPHASIS:
            start += 1
    while end - 1 > start and text[end - 1] in _EMPHASIS:
        end -= 1
    while end - 1 > start and text[end - 1] == " ":
        end -= 1
    return start, end


def _is_heading(text: str, line: tuple[int, int]) -> bool:
    """Whether a line is a heading in capitals, which small letters do not go on with."""
    words = text[line[0] : line[1]]
    return len(words) < _DEFAULT and words.isupper() and len(words) > 4 and " " in words and words[-1].isalpha()


def _same_case(text: str, above: tuple[int, int], below: tuple[int, int]) -> bool:
    return layout.is_upper(text[above[0] : above[1]]) == layout.is_upper(text[below[0] : below[1]])
