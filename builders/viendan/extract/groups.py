"""Groups of bodies: ``các sở, ban, ngành``, ``Thủ trưởng các cơ quan``, ``Ủy ban nhân dân các huyện, thành phố``.

A list under one ``các`` or one ``Thủ trưởng`` is one group (annotation guide); a new ``các``, a new proper name or a semicolon
starts the next. Nouns and qualifiers are data (scheme ``party-words``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan.extract import duty_words, places
from viendan.extract.duty_words import Line

NamedEnd = Callable[[Line, int], int | None]
"""Gives the end of a single body's name that starts at a word."""

_OPENER: Final = "các"
_AND: Final = "và"
_OF: Final = "của"
_NEXT: Final = (",", _AND, "/", "-", "&")  # marks and words between the nouns of one group
_TAKERS: Final = frozenset({"với", "cùng", "cho", "và"})
_MOST: Final = 60  # words that a group may span


@dataclass(frozen=True, slots=True)
class Party:
    """A named body or a group, as word indexes of its line (``last`` is exclusive).

    ``generic``: no noun says which bodies are meant (``các cơ quan, đơn vị``); ``unnamed``: bodies ``có liên quan`` and the
    like; ``everyone``: it holds people (``cá nhân``) and is no body at all.
    """

    first: int
    last: int
    group: bool
    generic: bool
    unnamed: bool
    everyone: bool

    @property
    def has_identity(self) -> bool:
        """Whether the words say which bodies are meant, so that a partner counts."""
        return not (self.generic or self.unnamed or self.everyone)


@cache
def _nouns() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "generic-noun", "everyone", "noun")


@cache
def _misread_nouns() -> duty_words.Phrases:
    """Nouns of several words by their folded keys, for scans that misread a mark (``đoàn thẻ``)."""
    return duty_words.folded_phrases("party-words", "generic-noun", "noun")


@cache
def _sure_verbs() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "modal", "adverb", "sure-verb")


@cache
def _heads() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "head")


@cache
def _offices() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "office")


@cache
def _openers() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "opener")


@cache
def _qualifiers() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "qualifier", "unnamed")


@cache
def _links() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "link")


@cache
def _verbs() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "modal", "adverb", "verb", "not-a-duty")


@cache
def _levels() -> frozenset[str]:
    """``cấp`` and its misread forms."""
    return frozenset(duty_words.cues("party-words", "level"))


@cache
def firsts() -> frozenset[str]:
    """The keys of the words that any group begins with."""
    return _openers().firsts | _offices().firsts | _nouns().firsts


@cache
def _taking() -> frozenset[str]:
    """The last words of the verbs that order, direct or make a partner."""
    return duty_words.phrases_before("order-words", "partner", "assign", "request", "demand", "direct", "direct-chain").firsts


def takes_party(key: str) -> bool:
    """Whether a word takes a party as its object (``với``, ``giao``, ``chỉ đạo``)."""
    return key in _TAKERS or key in _taking()


def stops_name(line: Line, at: int) -> bool:
    """Whether a word in small letters cannot belong to a name that no register lists."""
    return line.words[at] == _OPENER or bool(_links().match(line, at)) or _qualifiers().find(line, at)[1] == "unnamed"


def ends_name(line: Line, at: int) -> bool:
    """Whether a verb or the like stands here: words of one syllable may belong to a name (``công trình``)."""
    count, kind = _verbs().find(line, at)
    return count > 1 or (count == 1 and kind != "verb")


def is_unnamed(line: Line, last: int) -> bool:
    """Whether ``có liên quan`` stands right behind a name."""
    return _qualifiers().find(line, last)[1] == "unnamed"


def match_group(line: Line, index: int, *, bare: bool, named: NamedEnd) -> Party | None:
    """The group that starts at a word; None where none does. ``bare`` allows one without opener or office."""
    office = _office(line, index)
    opener = index + office
    count = _openers().match(line, opener)
    at = opener + count
    noun, kind = _noun(line, at)
    if not noun:
        inner = named(line, at) if count else None
        return _finish(line, index, inner, generic=False, named=named, office=bool(office)) if inner else None
    if not count and not office and not (bare and _stands_alone(line, at, noun, kind)):
        return None
    if office and not count and (not _names_unit(line, at, noun) or (line.upper(at) and line.upper(at + noun))):
        return None
    return _list(line, index, at + noun, kind, named, office=bool(office))


def _office(line: Line, index: int) -> int:
    """How many words of offices stand here: ``Giám đốc, Thủ trưởng``."""
    total = _offices().match(line, index)
    while total and line.mark(index + total, ",/") or (total and line.words[index + total : index + total + 1] == (_AND,)):
        more = _offices().match(line, index + total + 1)
        if not more:
            break
        total += 1 + more
    return total


def _noun(line: Line, at: int) -> tuple[int, str]:
    if at >= len(line):
        return 0, ""
    count, kind = _nouns().find(line, at)
    misread, other = _misread_nouns().find_folded(line, at)
    if misread <= max(count, 1) or _verbs().match(line, at) or _verbs().match(line, at + misread - 1):
        return count, kind
    return misread, other


def _names_unit(line: Line, at: int, noun: int) -> bool:
    """Whether a noun behind an office without ``các`` makes a group: ``Thủ trưởng cơ quan ngang bộ``."""
    return noun > 1 or line.words[at] in ("cơ", "đơn")


def _stands_alone(line: Line, at: int, noun: int, kind: str) -> bool:
    """Whether a noun without ``các`` opens a group: several words, or the first of a list, or with a name behind it."""
    if kind == "everyone" or (_kind(line, at) == noun and not line.upper(at)) or line.raw(at).isupper():
        return False
    behind = at + noun
    if line.upper(at) and line.mark(behind, ",") and _noun(line, behind + 1)[0]:
        return True
    if kind == "generic-noun":
        return behind < len(line) and line.upper(behind) and noun > 1
    return noun > 1 or (behind < len(line) and line.upper(behind) and not line.upper(at))


def _list(line: Line, first: int, at: int, kind: str, named: NamedEnd, *, office: bool) -> Party:
    generic = kind == "generic-noun"
    everyone = kind == "everyone"
    unnamed = False
    while at < len(line) and at - first < _MOST:
        at, marked = _qualified(line, at, named)
        unnamed = unnamed or marked
        names_behind = _names_after_colon(line, at) if not marked else None
        if names_behind:
            at = names_behind
            break
        following, noun_kind = _next_noun(line, at, named, office=office)
        if following is None or (noun_kind == "everyone" and not generic):
            break
        at = following
        generic = generic and noun_kind == "generic-noun"
        everyone = everyone or noun_kind == "everyone"
    return Party(first, at, group=True, generic=generic, unnamed=unnamed, everyone=everyone)


def _finish(line: Line, first: int, at: int, *, generic: bool, named: NamedEnd, office: bool) -> Party:
    at, unnamed = _qualified(line, at, named)
    del office
    return Party(first, at, group=True, generic=generic, unnamed=unnamed, everyone=False)


def _next_noun(line: Line, at: int, named: NamedEnd, *, office: bool) -> tuple[int | None, str]:
    """The index behind the next noun of the list, and its kind; None where the list ends."""
    gap = at
    while gap < len(line) and gap - at < 2 and line.words[gap] in _NEXT:
        gap += 1
    if gap == at or gap >= len(line):
        return None, ""
    noun, kind = _noun(line, gap)
    if noun and not _verbs().match(line, gap) > noun:
        if line.upper(gap) and (named(line, gap) or 0) >= gap + noun:
            return None, ""
        return gap + noun, kind
    if office and _openers().match(line, gap):
        inner = match_group(line, gap, bare=False, named=named)
        if inner and inner.generic and not inner.unnamed and not inner.everyone:
            return inner.last, "generic-noun"
    return None, ""


def _qualified(line: Line, at: int, named: NamedEnd) -> tuple[int, bool]:
    """The index behind the qualifiers that follow a noun, and whether one of them says ``có liên quan``."""
    unnamed = False
    while at < len(line):
        count, kind = _qualifiers().find(line, at)
        linked = _linked(line, at, named)
        if not count and line.mark(at, ","):
            count, kind = _qualifiers().find(line, at + 1)
            further = kind == "qualifier" and count > max(1, _noun(line, at + 1)[0], _verbs().match(line, at + 1))
            count = count + 1 if further else 0
        if linked > at + count:
            at = linked
        elif count and not (kind == "qualifier" and _verbs().match(line, at) >= count):
            at += count
            unnamed = unnamed or kind == "unnamed"
        elif _noun(line, at)[1] == "generic-noun" and not _verbs().match(line, at):
            at += _noun(line, at)[0]  # a comma was left out: "các cơ quan đơn vị"
        else:
            place = place_end(line, at)
            inner = named(line, at) if line.upper(at) and not place else None
            if not place and inner is None:
                inner = _proper_tail(line, at)
            if not place and not inner:
                break
            at = place or inner or at
    return at, unnamed


def _linked(line: Line, at: int, named: NamedEnd) -> int:
    """The index behind a link and what it ties to (``của tỉnh``, ``thuộc Ủy ban nhân dân tỉnh``); ``at`` for none."""
    start = at
    if line.mark(at, ",") and line.words[at + 1 : at + 2] == (_OF,):
        at += 1
    count = _links().match(line, at)
    if not count:
        return start
    behind = at + count
    level = _level(line, behind)
    qualifier, kind = _qualifiers().find(line, behind)
    inner = named(line, behind) if line.upper(behind) else None
    place = place_end(line, behind)
    ends = [end for end in (level, place, inner, behind + qualifier if qualifier and kind == "qualifier" else None) if end]
    noun, noun_kind = _noun(line, behind)
    if noun and noun_kind != "everyone" and behind + noun > max(ends, default=0):
        return _qualified(line, behind + noun, named)[0]
    if ends:
        return max(ends)
    if line.words[behind : behind + 1] == (_OPENER,):
        noun, _ = _noun(line, behind + 1)
        return _qualified(line, behind + 1 + noun, named)[0] if noun else start
    return start


def _is_level(line: Line, at: int) -> bool:
    return at < len(line) and line.words[at] in _levels()


def _level(line: Line, at: int) -> int | None:
    """The index behind ``các cấp``, ``cấp huyện, cấp xã``; None where no level stands here."""
    at = at + 1 if line.words[at : at + 1] == (_OPENER,) else at
    if not _is_level(line, at):
        return None
    return _kinds(line, at + 1) or at + 1


def _kind(line: Line, at: int) -> int:
    """How many words of a kind of place stand here (``thành phố``: 2); 0 for none."""
    for count in (2, 1):
        if " ".join(line.words[at : at + count]) in places.kind_forms() and at + count <= len(line):
            return count
    return 0


def _kinds(line: Line, at: int) -> int | None:
    """The index behind a list of kinds of places, with names where they stand: ``huyện, thị xã Đức Phố và thành phố``."""
    end: int | None = None
    while at < len(line):
        count = _kind(line, at)
        if not count:
            break
        at = end = _named_place(line, at + count)
        gap = at
        while gap < len(line) and gap - at < 2 and line.words[gap] in _NEXT:
            gap += 1
        if gap == at:
            break
        at = gap
    return end


def _named_place(line: Line, at: int) -> int:
    """The index behind the proper name of a place that may follow its kind."""
    if not line.upper(at) or _verbs().match(line, at):
        return at
    end = places.match_name(line.flat, line.starts[at], loose=True)
    return line.at(end) if end and end <= line.end else at


def place_end(line: Line, at: int) -> int | None:
    """The index behind a place in the singular: ``tỉnh``, ``thành phố Hà Nội``, ``toàn tỉnh``."""
    start = at + 1 if line.words[at : at + 1] == ("toàn",) else at
    count = _kind(line, start)
    return _named_place(line, start + count) if count else None


def _proper_tail(line: Line, at: int) -> int | None:
    """The index behind a proper name that tells a noun's bodies: ``cơ quan Thi hành án dân sự``, ``ngành Thuế``."""
    if not line.upper(at) or _sure_verbs().match(line, at):
        return None
    end = at + 1
    while end < len(line) and end - at < 6:
        small = line.words[end][0].isalpha() and not ends_name(line, end) and not stops_name(line, end)
        joint = line.words[end] in _NEXT and line.upper(end + 1) and not starts_party(line, end + 1)
        if joint and line.words[end] != ",":
            end += 2
        elif small and line.words[end] != _AND and not place_end(line, end):
            end += 1
        else:
            break
    return end


def starts_party(line: Line, at: int) -> bool:
    """Whether a noun, an office or a head of a name stands here, by which another party begins."""
    return bool(_nouns().match(line, at) or _offices().match(line, at) or _heads().match(line, at))


def _names_after_colon(line: Line, at: int) -> int | None:
    """The index behind ``: Kế hoạch và Đầu tư, Tài chính``, the names of the bodies of a group; None for no such list."""
    if not line.mark(at, ":") or not line.upper(at + 1) or _sure_verbs().match(line, at + 1):
        return None
    if _nouns().match(line, at - 1) == 0:
        return None
    end = at + 2
    while end < len(line):
        joint = end
        while joint < len(line) and joint - end < 2 and line.words[joint] in _NEXT:
            joint += 1
        if joint > end:
            if not (line.upper(joint) or _kind(line, joint)) or _offices().match(line, joint) or _heads().match(line, joint):
                break
            end = joint + 1
        elif line.words[end][0].isalpha() and not ends_name(line, end) and line.words[end] != _OPENER:
            end += 1
        else:
            break
    return end


def after_name(line: Line, at: int) -> tuple[int, bool]:
    """The index behind what follows a single body's name, and whether it makes several of it: ``các huyện, thành phố``,
    ``cấp xã``, ``tỉnh, thành phố trực thuộc trung ương``, ``, Thành ủy``."""
    plural = False
    previous = at - 1
    if at < len(line) and line.words[at] == _OPENER and (_kind(line, at + 1) or _is_level(line, at + 1)):
        end = _kinds(line, at + 1) if _kind(line, at + 1) else at + 2
        at, plural = (end or at), True
    elif _is_level(line, at) and _kind(line, at + 1):
        at, plural = _kinds(line, at + 1) or at, True
    elif _kind(line, previous) == 1 or _kind(line, previous - 1) == 2:
        more = _more_kinds(line, at)
        at, plural = (more, True) if more else (at, False)
    else:
        more = _more_committees(line, at)
        at, plural = (more, True) if more else (at, False)
    if plural or (at < len(line) and line.words[at] == _OF):
        at = _trailing(line, at)
    elif at < len(line) and _kind(line, at) and not _kind(line, previous):
        place = _named_place(line, at + _kind(line, at))
        at = place if place > at + _kind(line, at) else at
    return at, plural


def _more_kinds(line: Line, at: int) -> int | None:
    """The index behind ``, thành phố trực thuộc trung ương`` that follows ``Ủy ban nhân dân tỉnh``."""
    gap = at
    while gap < len(line) and gap - at < 2 and line.words[gap] in (",", _AND):
        gap += 1
    end = _kinds(line, gap) if gap > at and _kind(line, gap) and not line.upper(gap) else None
    return end if end and end == gap + _kind(line, gap) or (end and end > gap + 2) else None


def _more_committees(line: Line, at: int) -> int | None:
    """The index behind ``, Thành ủy`` that follows ``Ban Thường vụ Tỉnh ủy``: committees of two kinds of places."""
    end: int | None = None
    while line.words[at - 1 : at] == ("ủy",) and line.mark(at, ",") and line.words[at + 2 : at + 3] == ("ủy",):
        if line.words[at + 1] in ("ban", "đảng"):
            break
        at = end = at + 3
    return end


def _trailing(line: Line, at: int) -> int:
    """The index behind ``của tỉnh``, ``trực thuộc trung ương``, ``trên địa bàn tỉnh`` at the end of a group's name."""
    while at < len(line):
        linked = _linked(line, at, lambda *_: None)
        count, kind = _qualifiers().find(line, at)
        if linked > at:
            at = linked
        elif count and kind == "qualifier" and _verbs().match(line, at) < count:
            at += count
        elif line.words[at : at + 2] == ("trực", "thuộc"):
            at += 2
        else:
            break
    return at
