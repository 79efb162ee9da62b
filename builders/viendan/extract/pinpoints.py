"""Places inside a cited instrument: ``điểm a khoản 2 Điều 5``, with lists and ranges, as data."""

from __future__ import annotations

import re
from itertools import product
from typing import Final

from viendan.model import Pinpoint

_RANK: Final = {
    "phụ lục": 0,
    "phần": 1,
    "chương": 2,
    "mục": 3,
    "tiểu mục": 4,
    "điều": 5,
    "khoản": 6,
    "điểm": 7,
    "tiết": 8,
    "gạch đầu dòng thứ": 9,
}
_UNITS: Final = "|".join(sorted(_RANK, key=lambda unit: -len(unit)))
_ITEM: Final = r"(?:(?:số )?\d{1,3}(?:\.\d{1,3}){0,3}[a-zđ]{0,2}|[IVXLC]{1,6}|[a-zđ]{1,2}\d?|nhất|hai|ba|tư)(?!\w)"
_ITEMS: Final = rf"{_ITEM}(?:(?:, ?| và | hoặc | đến | - |-|, và ){_ITEM})*"
_ONE: Final = rf"(?:từ )?(?:các )?(?i:(?:{_UNITS})) {_ITEMS}"
_CHAIN: Final = re.compile(rf"{_ONE}(?:(?:,|;| và| hoặc| đến|,? của|, và)? {_ONE})*")
_END: Final = re.compile(
    r"(?:,)?(?: (?:của|tại|thuộc|trong))?(?: (?:Quy định|Quy chế|Phụ lục|Điều lệ|Danh mục|Biểu thuế|Quy trình|Bảng giá|Đề án|Chương trình)"
    r"[^,;.\n]{0,80}?)?(?: (?:được )?(?:ban hành )?kèm theo)?(?: các)? \Z"
)
_PART: Final = re.compile(rf"(?i:(?P<unit>{_UNITS})) (?P<items>{_ITEMS})")
_SPLIT: Final = re.compile(r", và |, ?| và | hoặc ")
_ALMOST: Final = re.compile(rf"(?i:{_UNITS}) ")
_REACH: Final = 220
_MANY: Final = 60  # combinations of one citation; a longer list keeps its first


def read_pinpoints(flat: str, start: int) -> tuple[Pinpoint, ...]:
    """The places inside the instrument cited at ``start`` that stand right before it; empty where none does."""
    begin = max(flat.rfind("\n", 0, start) + 1, start - _REACH)
    window = flat[begin:start]
    if not window.endswith(" ") or not _ALMOST.search(window):
        return ()
    found = None
    for match in _CHAIN.finditer(window):
        if _END.fullmatch(window, match.end()):
            found = match
            break
    return _as_data(found.group()) if found else ()


def _as_data(words: str) -> tuple[Pinpoint, ...]:
    """Every place of a chain: units from the inner to the outer, a new chain where an inner unit follows an outer one."""
    chains: list[list[tuple[str, list[str], int, int]]] = [[]]
    for part in _PART.finditer(words):
        unit = part["unit"].lower()
        chain = chains[-1]
        if chain and _RANK[unit] > _RANK[chain[-1][0]]:
            chain = []
            chains.append(chain)
        items = _SPLIT.split(part["items"].replace(" đến ", "-").replace(" - ", "-"))
        if chain and chain[-1][0] == unit:
            last = chain.pop()
            chain.append((unit, [*last[1], *items], last[2], part.end()))
        else:
            chain.append((unit, items, part.start(), part.end()))
    found: list[Pinpoint] = []
    for chain in chains:
        outer_first = list(reversed(chain))
        text = words[chain[0][2] : chain[-1][3]]
        for steps in product(*([(unit, item) for item in items] for unit, items, _, _ in outer_first)):
            found.append(Pinpoint(text, tuple(steps)))
            if len(found) >= _MANY:
                return tuple(found)
    return tuple(found)
