"""Whose a body is that is directed.

``các đơn vị trực thuộc`` are units of whoever directs them; ``cơ quan thanh tra cùng cấp`` and ``phòng Giáo dục và Đào
tạo`` under ``Ủy ban nhân dân các huyện`` are those of the districts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from viendan.extract import duty_words, party_names, party_words
from viendan.extract.duty_words import Line
from viendan.extract.items import Item
from viendan.extract.orders import Order, Reading

_OWNERS: Final = frozenset({"subject", "heading", "stated", "assign", "demand", "request"})
_DIRECTED: Final = frozenset({"direct", "partner"})
_BACK: Final = 80  # paragraphs looked back for the heading above
_LAST_BEFORE: Final = frozenset({"dân", "của"})  # "cơ quan chuyên môn thuộc Ủy ban nhân dân huyện"
_SAME_LEVEL: Final = "cùng cấp"


def owned(words: str, listed: Sequence[Item], readings: Sequence[Reading | None], index: int, order: Order) -> str:
    """The words of a directed body's or partner's name with those of whoever directs it, where they leave that out."""
    if order.manner not in _DIRECTED:
        return words
    words = party_names.mended(words)
    owner = _owner(listed, readings, index, order)
    return _with_owner(words, owner, directed=order.manner == "direct") if owner else words


def _owner(listed: Sequence[Item], readings: Sequence[Reading | None], index: int, order: Order) -> str:
    """The words of the one body that directs; empty where several do or none is known."""
    reading = readings[index]
    if reading is None:
        return ""
    before = [other for other in reading.orders if other.party.first < order.party.first]
    manners = _OWNERS | {"direct"} if order.manner == "partner" else _OWNERS
    found = _last(reading, before, manners)
    rank = listed[index].rank
    at = index - 1
    while found is None and at >= max(0, index - _BACK):
        above = readings[at]
        if listed[at].rank < rank:
            rank = listed[at].rank
            found = _last(above, above.orders, _OWNERS) if above is not None else None
        at -= 1
    return found or ""


def _last(reading: Reading, orders: Sequence[Order], manners: frozenset[str]) -> str | None:
    """The words of the last ordered body; empty for several that share a duty, None for none."""
    kept = [order for order in orders if order.manner in manners]
    if not kept:
        return None
    last = kept[-1]
    if sum(order.duty == last.duty for order in kept) > 1:
        return ""
    first = last.party.first + party_words.offices().match(reading.line, last.party.first)
    return reading.line.flat[reading.line.starts[first] : reading.line.ends[last.party.last - 1]]


@cache
def _below() -> duty_words.Phrases:
    return duty_words.phrases_before("party-words", "unit-of")


@cache
def _of_districts() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "of-districts")


def _with_owner(words: str, owner: str, *, directed: bool) -> str:
    line = duty_words.read_line(words, 0, len(words))
    if words.endswith(_SAME_LEVEL) and _places(owner):
        return words.removesuffix(_SAME_LEVEL) + _places(owner)
    if not directed:
        return words
    if _below().find_before(line, len(line))[0]:
        return f"{words} {owner}"
    places = _places(owner)
    if not places:
        return _named_kind(line, words, owner)
    if _of_districts().match(line, 0) and not _places(words) and not _ends_with_place(line):
        return f"{words} {places}"
    last = len(line) - 1
    alone = party_words.kind(line, last) == 1 and line.words[last - 1] in _LAST_BEFORE
    return (
        f"{words[: line.starts[last]]}{places}" if alone and line.words[last] in re.findall(r"\w+", places) else words
    )


def _places(words: str) -> str:
    """``các huyện, thành phố`` or ``cấp huyện`` at the end of a body's words; empty for none."""
    line = duty_words.read_line(words, 0, len(words))
    for at in range(len(line) - 1):
        start = at + 1 if line.words[at] == party_words.OPENER or party_words.is_level(line, at) else None
        if start is not None and party_words.kinds(line, start) == len(line):
            return words[line.starts[at] :]
    return ""


def _ends_with_place(line: Line) -> bool:
    return any(party_words.place_end(line, at) == len(line) for at in range(1, len(line)))


def _named_kind(line: Line, words: str, owner: str) -> str:
    """``Phòng chuyên môn của huyện`` with the name of the owner's place of that kind (``huyện Mộ Đức``)."""
    kind = party_words.kind(line, len(line) - 1)
    other = duty_words.read_line(owner, 0, len(owner))
    if kind != 1 or party_words.kind(line, len(line) - 2) == 2:
        return words
    for at in range(len(other)):
        end = party_words.place_end(other, at) if other.words[at] == line.words[-1] else None
        if end is not None and end > at + 1:
            return f"{words} {owner[other.starts[at + 1] : other.ends[end - 1]]}"
    return words
