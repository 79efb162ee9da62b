"""What follows a noun or a name and belongs to it: ``của tỉnh``, ``có liên quan``, ``các huyện, thành phố``, ``cấp
xã``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from viendan.extract import duty_words, party_words
from viendan.extract.duty_words import Line

NamedEnd = Callable[[Line, int], int | None]
"""Gives the index behind a single body's name that starts at a word."""

_FROM: Final = "từ"
_UNTIL: Final = "đến"
_ARTICLE: Final = "điều"
_REFERENCE: Final = 6  # words of a point and clause before its article
_MOST: Final = 12  # qualifiers of one noun
_TAIL: Final = 6  # words of a proper name behind a noun


def qualified(line: Line, at: int, named: NamedEnd) -> tuple[int, bool]:
    """The index behind the qualifiers that follow a noun, and whether one of them says ``có liên quan``."""
    unnamed = False
    for _ in range(_MOST):
        if at >= len(line):
            break
        end, marked = _qualifier(line, at, named)
        if end == at:
            break
        at, unnamed = end, unnamed or marked
    return at, unnamed


def _qualifier(line: Line, at: int, named: NamedEnd) -> tuple[int, bool]:
    """The index behind one qualifier (``at`` for none), and whether it leaves the bodies untold."""
    count, kind = party_words.qualifiers().find(line, at)
    if not count and line.mark(at, ","):
        count, kind = _behind_comma(line, at)
    verb = party_words.verbs().match(line, at)
    linked = max(_linked(line, at, named), _referred(line, at))
    if linked > at + count:
        return linked, False
    if count and not (kind == "qualifier" and verb >= count):
        return at + count, kind == "unnamed"
    noun, noun_kind = party_words.noun(line, at)
    if noun_kind == "generic-noun" and not verb:
        return at + noun, False  # a comma was left out: "các cơ quan đơn vị"
    place = party_words.place_end(line, at)
    if place:
        return place, False
    if party_words.kind(line, at - 1) == 1 or party_words.kind(line, at - 2) == 2:
        return party_words.named_place(line, at), False
    return _inner(line, at, named), False


def _referred(line: Line, at: int) -> int:
    """The index behind ``quy định tại khoản 2 Điều 1 Quyết định này``; ``at`` for none."""
    count = _referring().match(line, at)
    for end in range(at + count, min(len(line) - 1, at + count + _REFERENCE)) if count else ():
        if line.words[end] == _ARTICLE and line.words[end + 1][0].isdigit():
            own = _this().match(line, end + 2)
            return end + 2 + own
    return at


@cache
def _referring() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "referring")


@cache
def _this() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "this-instrument")


def _inner(line: Line, at: int, named: NamedEnd) -> int:
    """The index behind a name that completes a noun: ``cơ quan Thi hành án dân sự``, ``ngành Thuế``; ``at``: none."""
    inner = named(line, at) if line.upper(at) else None
    if inner and _complete().find_before(line, at)[0]:
        return at
    return inner or _proper_tail(line, at) or at


@cache
def _complete() -> duty_words.Phrases:
    """Nouns behind which a body's name begins the next (``cơ quan ngang bộ | Bộ Tư pháp``)."""
    return duty_words.phrases_before("party-words", "complete")


def _behind_comma(line: Line, at: int) -> tuple[int, str]:
    """A further qualifier behind a comma: ``các tổ chức xã hội, xã hội - nghề nghiệp``."""
    count, kind = party_words.qualifiers().find(line, at + 1)
    others = max(1, party_words.noun(line, at + 1)[0], party_words.verbs().match(line, at + 1))
    return (count + 1, kind) if kind == "qualifier" and count > others else (0, "")


def _linked(line: Line, at: int, named: NamedEnd) -> int:
    """The index behind a link and what it ties to (``của tỉnh``, ``thuộc Ủy ban nhân dân tỉnh``); ``at`` for none."""
    start = at
    if line.mark(at, ",") and line.words[at + 1 : at + 2] == (party_words.OF,):
        at += 1
    count = party_words.links().match(line, at)
    if not count:
        return start
    behind = at + count
    qualifier, kind = party_words.qualifiers().find(line, behind)
    noun, noun_kind = party_words.noun(line, behind)
    ends = (
        party_words.level_end(line, behind),
        party_words.place_end(line, behind),
        named(line, behind) if line.upper(behind) else None,
        behind + qualifier if kind == "qualifier" else None,
        behind + noun if noun and noun_kind != "everyone" else None,
    )
    furthest = max((end for end in ends if end), default=0)
    if furthest:
        return furthest
    if line.words[behind : behind + 1] == (party_words.OPENER,):
        noun, _ = party_words.noun(line, behind + 1)
        return behind + 1 + noun if noun else start
    return start


def _proper_tail(line: Line, at: int) -> int | None:
    """The index behind a proper name that tells a noun's bodies: ``cơ quan Thi hành án dân sự``, ``ngành Thuế``."""
    if not line.upper(at) or party_words.sure_verbs().match(line, at):
        return None
    end = at + 1
    while end < len(line) and end - at < _TAIL:
        word = line.words[end]
        if word in party_words.JOINTS:
            if word == "," or not line.upper(end + 1) or party_words.starts_party(line, end + 1):
                break
            end += 2
        elif word[0].isalpha() and not (
            party_words.ends_name(line, end) or party_words.stops_name(line, end) or party_words.place_end(line, end)
        ):
            end += 1
        else:
            break
    return end


def after_name(line: Line, at: int) -> tuple[int, bool]:
    """The index behind what follows a single body's name, and whether it makes several of it: ``các huyện, thành
    phố``, ``cấp xã``, ``tỉnh, thành phố trực thuộc trung ương``, ``, Thành ủy``."""
    several = _several(line, at)
    end = several or at
    if several or line.words[end : end + 1] == (party_words.OF,):
        end = _trailing(line, end)
    elif party_words.kind(line, end) and not party_words.kind(line, end - 1):
        count = party_words.kind(line, end)
        place = party_words.named_place(line, end + count)
        end = place if place > end + count else end
    return end + _related().match(line, end), several is not None


@cache
def _related() -> duty_words.Phrases:
    """Words behind a name that say which of its kind is meant: ``cùng cấp``, ``có liên quan``."""
    return duty_words.phrases("party-words", "related")


def _several(line: Line, at: int) -> int | None:
    """The index behind words that make several bodies of a name; None where one body stays one."""
    if line.words[at : at + 1] == (party_words.OPENER,):
        level = at + 2 if party_words.is_level(line, at + 1) else None
        return party_words.kinds(line, at + 1) or level or _generic(line, at + 1)
    if party_words.is_level(line, at):
        return _levels(line, at)
    if line.words[at : at + 1] == (_FROM,) and line.words[at + 2 : at + 3] == (_UNTIL,):
        return party_words.kinds(line, at + 3) if party_words.kind(line, at + 1) else None
    if at < len(line) and line.words[at].isdigit():
        return party_words.kinds(line, at + 1)
    if party_words.kind(line, at - 1) == 1 or party_words.kind(line, at - 2) == 2:
        return _more_kinds(line, at)
    return _more_committees(line, at)


def _levels(line: Line, at: int) -> int | None:
    """The index behind ``cấp tỉnh, cấp xã``; None where no kind of place follows the level."""
    end = party_words.kinds(line, at + 1)
    while end and party_words.is_level(line, gap := party_words.joint(line, end)) and gap > end:
        more = party_words.kinds(line, gap + 1)
        if not more:
            break
        end = more
    return end


def _generic(line: Line, at: int) -> int | None:
    """The index behind ``đơn vị, địa phương`` that follows ``Công an các``; None for other words."""
    end: int | None = None
    while True:
        noun, kind = party_words.noun(line, at)
        if kind != "generic-noun":
            return end
        end = at + noun
        end += party_words.qualifiers().match(line, end)
        at = party_words.joint(line, end)
        if at == end:
            return end


def _more_kinds(line: Line, at: int) -> int | None:
    """The index behind ``, thành phố trực thuộc trung ương`` that follows ``Ủy ban nhân dân tỉnh``."""
    gap = party_words.joint(line, at)
    count = party_words.kind(line, gap) if gap > at else 0
    if not count or line.upper(gap):
        return None
    end = party_words.kinds(line, gap)
    return end if end and (end == gap + count or end > gap + 2) else None


def _more_committees(line: Line, at: int) -> int | None:
    """The index behind ``, Thành ủy`` that follows ``Ban Thường vụ Tỉnh ủy``: committees of two kinds of places."""
    end: int | None = None
    while duty_words.phrases_before("party-words", "committee").find_before(line, at)[0] and line.mark(at, ","):
        count = duty_words.phrases("party-words", "committee").match(line, at + 1)
        if not count:
            break
        at = end = at + 1 + count
    return end


def _trailing(line: Line, at: int) -> int:
    """The index behind ``của tỉnh``, ``trực thuộc trung ương``, ``trên địa bàn tỉnh`` at the end of a group's name."""
    for _ in range(_MOST):
        linked = _linked(line, at, lambda *_: None)
        count, kind = party_words.qualifiers().find(line, at)
        if linked > at:
            at = linked
        elif kind == "qualifier" and party_words.verbs().match(line, at) < count:
            at += count
        elif _is_bare_link(line, at):
            at += party_words.links().match(line, at)
        else:
            break
    return at


def _is_bare_link(line: Line, at: int) -> bool:
    """Whether a link of two words ends the name: ``cấp huyện, thành phố trực thuộc``."""
    count, kind = party_words.qualifiers().find(line, at)
    return kind == "unnamed" and duty_words.phrases("party-words", "link").match(line, at) == count


def behind_others(line: Line, end: int) -> int:
    """The index behind others without identity who close a list: ``, cơ quan, tổ chức có liên quan``."""
    at = end
    while (gap := party_words.joint(line, at)) > at:
        count, kind = party_words.noun(line, gap)
        if kind not in ("generic-noun", "everyone"):
            break
        at = gap + count
    behind, unnamed = qualified(line, at, lambda *_: None) if at > end else (end, False)
    return behind if unnamed else end
