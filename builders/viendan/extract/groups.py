"""Groups of bodies: ``các sở, ban, ngành``, ``Thủ trưởng các cơ quan``, ``Ủy ban nhân dân các huyện, thành phố``.

A list under one ``các`` or one ``Thủ trưởng`` is one group (annotation guide); a new ``các``, a new proper name or a
semicolon starts the next. Nouns and qualifiers are data (scheme ``party-words``).
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from viendan.extract import duty_words, party_words, tails
from viendan.extract.duty_words import Line
from viendan.extract.tails import NamedEnd

_TAKERS: Final = frozenset({"với", "cùng", "cho", "và"})
_OFFICES: Final = 3  # further offices of one group
_NAMED_BEHIND: Final = frozenset({"sở", "bộ", "ngành"})  # "các Sở: Xây dựng, Y tế"
_OTHER: Final = "khác"
_DONE: Final = "đã"
_LONG: Final = 2  # words of a qualifier that alone says which bodies are meant, at least one more
_NAME: Final = 4  # words of a name behind a branch
_MOST: Final = 60  # words that a group may span


class Party(NamedTuple):
    """A named body or a group, as word indexes of its line (``last`` is exclusive).

    ``generic``: no noun says which bodies are meant (``các cơ quan, đơn vị``); ``unnamed``: bodies ``có liên quan``
    and the like; ``everyone``: it holds people (``cá nhân``) and is no body at all; ``below``: those that belong to
    whoever directs them (``trực thuộc``).
    """

    first: int
    last: int
    group: bool
    generic: bool
    unnamed: bool
    everyone: bool
    below: bool = False

    @property
    def has_identity(self) -> bool:
        """Whether the words say which bodies are meant, so that a partner counts."""
        return not (self.generic or self.unnamed or self.everyone)


@cache
def firsts() -> frozenset[str]:
    """The keys of the words that any group begins with."""
    return party_words.openers().firsts | party_words.offices().firsts | party_words.nouns().firsts


@cache
def _marked_firsts() -> frozenset[str]:
    """The keys of the words that any group with an opener or an office begins with."""
    return party_words.openers().firsts | party_words.offices().firsts


def may_start(key: str, *, bare: bool) -> bool:
    """Whether a group may start with a word: ``bare`` allows one that a noun begins."""
    return key in _marked_firsts() or (bare and party_words.begins_noun(key))


def is_marked(line: Line, index: int) -> bool:
    """Whether an opener or an office stands at a word, by which a group is one even where a name begins."""
    return bool(party_words.openers().match(line, index) or party_words.offices().match(line, index))


@cache
def _branches() -> duty_words.Phrases:
    """Nouns behind which names of their kind stand in a row (``lực lượng``, ``ngành``)."""
    return duty_words.phrases("party-words", "branch")


@cache
def _belows() -> duty_words.Phrases:
    """Qualifiers of bodies that belong to whoever directs them (``trực thuộc``)."""
    return duty_words.phrases_before("party-words", "subordinate")


@cache
def _units() -> duty_words.Phrases:
    """Nouns that one office heads together with those before them: ``Thủ trưởng các sở, các cơ quan, đơn vị``."""
    return duty_words.phrases("party-words", "unit")


@cache
def takers() -> frozenset[str]:
    """The words that take a party as their object: ``với``, and the last ones of the verbs that order or direct."""
    verbs = ("partner", "assign", "request", "demand", "direct", "direct-chain")
    return _TAKERS | duty_words.phrases_before("order-words", *verbs).firsts


def match_group(line: Line, index: int, *, bare: bool, named: NamedEnd) -> Party | None:
    """The group that starts at a word; None where none does. ``bare`` allows one without opener or office."""
    office = _office(line, index)
    opener = index + office
    count = party_words.openers().match(line, opener)
    at = opener + count
    noun, kind = party_words.noun(line, at)
    if not noun:
        return _of_named(line, index, at, named) if count else None
    if not count and not office and not (bare and _stands_alone(line, at, noun, kind)):
        return _tied(line, index, noun, named) if bare and kind == "generic-noun" else None
    if office and not count and (not _names_unit(line, at, noun) or (line.upper(at) and line.upper(at + noun))):
        return None
    alone = bool(office) and not count and line.upper(at)
    small = count > 0 and noun == 1 and not line.upper(at)
    inner = (named(line, at) if alone or small else None) or 0
    if inner > at + noun and alone:
        return Party(index, inner, group=True, generic=False, unnamed=False, everyone=False)
    if inner > at + noun:
        return _list(line, index, inner, "noun", named, office=bool(office))
    return _list(line, index, at + noun, kind, named, office=bool(office))


def _of_named(line: Line, index: int, at: int, named: NamedEnd) -> Party | None:
    """The group of ``các`` and a name that is no noun of groups."""
    inner = named(line, at)
    if inner is None:
        return None
    end, unnamed = tails.qualified(line, inner, named)
    return Party(index, end, group=True, generic=False, unnamed=unnamed, everyone=False)


def _office(line: Line, index: int) -> int:
    """How many words of offices stand here: ``Giám đốc, Thủ trưởng``."""
    total = party_words.offices().match(line, index)
    for _ in range(_OFFICES):
        if not total or not (
            line.mark(index + total, ",/") or line.words[index + total : index + total + 1] == (party_words.AND,)
        ):
            break
        more = party_words.offices().match(line, index + total + 1)
        if not more:
            break
        total += 1 + more
    return total


def _names_unit(line: Line, at: int, noun: int) -> bool:
    """Whether a noun behind an office without ``các`` makes a group: ``Thủ trưởng cơ quan ngang bộ``, ``Thủ trưởng
    sở, ban, ngành``."""
    return noun > 1 or (line.mark(at + noun, ",") and party_words.noun(line, at + noun + 1)[1] == "noun")


def _stands_alone(line: Line, at: int, noun: int, kind: str) -> bool:
    """Whether a noun without ``các`` opens a group: several words, or the first of a list, or with a name behind it."""
    if (
        kind == "everyone"
        or party_words.is_level(line, at)
        or (party_words.kind(line, at) == noun and not line.upper(at))
        or line.raw(at).isupper()
    ):
        return False
    behind = at + noun
    if line.upper(at) and line.mark(behind, ",") and party_words.noun(line, behind + 1)[0]:
        return True
    if kind == "generic-noun":
        return line.upper(behind)
    return noun > 1 or (behind < len(line) and line.upper(behind) and not line.upper(at))


def _tied(line: Line, index: int, noun: int, named: NamedEnd) -> Party | None:
    """The group of generic nouns without ``các`` that starts in a list or behind a verb, where its words say whose or
    which they are: ``; cơ quan, đơn vị đóng trên địa bàn tỉnh``, ``chỉ đạo cơ quan, đơn vị, Đồn Biên phòng``."""
    if index == 0 or party_words.is_level(line, index):
        return None
    if not (line.mark(index - 1, ",;") or line.words[index - 1] in takers()):
        return None
    party = _list(line, index, index + noun, "generic-noun", named, office=False)
    tied = not party.generic or any(_says_which(line, at) for at in range(index + noun, party.last))
    return party if tied and not party.unnamed and not party.everyone else None


def _says_which(line: Line, at: int) -> bool:
    count, kind = party_words.qualifiers().find(line, at)
    return party_words.links().match(line, at) > 0 or (kind == "qualifier" and count > _LONG)


def _list(line: Line, first: int, at: int, kind: str, named: NamedEnd, *, office: bool) -> Party:
    start = _noun_start(line, first, at)
    generic, everyone = kind == "generic-noun", kind == "everyone"
    unnamed = below = False
    last = sure = 0  # the index behind the item before, and behind the last one with a proper name
    while at < len(line) and at - first < _MOST:
        told = line.upper(at)  # a proper name behind the noun: "ngành Thuế"
        end, marked = tails.qualified(line, at, named)
        back = sure or (last if _OTHER in line.words[at:end] else 0)
        if marked and back and kind == "generic-noun" and not generic:
            at = back  # "các đơn vị Công an, Quân đội | và lực lượng khác"
            break
        branch = _branches().match(line, start)
        names = branch > 0 and any(line.upper(word) for word in range(start + branch, at + 1))
        at = _more_names(line, end, named) if names else end
        below = _belows().find_before(line, at)[0] > 0
        generic = generic and not told
        unnamed = unnamed or (marked and not below)
        names_behind = _names_after_colon(line, at) if not marked else None
        if names_behind:
            at = names_behind
            break
        sure = at if told or names or (sure and kind == "noun") else sure
        start = party_words.joint(line, at)
        following, kind = _next_noun(line, at, named, office=office)
        if following is None or (kind == "everyone" and not generic) or line.words[following:][:1] == (_DONE,):
            break
        last, at = at, following
        generic = generic and kind == "generic-noun"
        everyone = everyone or kind == "everyone"
    return Party(first, at, group=True, generic=generic, unnamed=unnamed, everyone=everyone, below=below)


def _noun_start(line: Line, first: int, at: int) -> int:
    """The index of a group's first noun, which ends at ``at``."""
    start = first + _office(line, first)
    return min(start + party_words.openers().match(line, start), at)


def _more_names(line: Line, at: int, named: NamedEnd) -> int:
    """The index behind further names of a branch's bodies: ``các lực lượng Công an | , Hải quân, Cảnh sát biển``."""
    while (gap := party_words.joint(line, at)) > at and line.upper(gap):
        if party_words.sure_verbs().match(line, gap):
            break
        head = party_words.heads().match(line, gap)
        end = gap + max(head, 1)
        if party_words.offices().match(line, gap) or (head and (named(line, gap) or end) > end):
            break
        while end < len(line) and end - gap < _NAME and line.words[end][0].isalpha() and not _ends(line, end):
            end += 1
        at = end
    return at


def _ends(line: Line, at: int) -> bool:
    """Whether a word is none of a name that no register lists."""
    return bool(
        party_words.verbs().match(line, at) or party_words.stops_name(line, at) or line.words[at] in party_words.JOINTS
    )


def _next_noun(line: Line, at: int, named: NamedEnd, *, office: bool) -> tuple[int | None, str]:
    """The index behind the next noun of the list, and its kind; None where the list ends."""
    gap = party_words.joint(line, at)
    if gap == at or gap >= len(line):
        return None, ""
    noun, kind = party_words.noun(line, gap)
    if noun and not party_words.verbs().match(line, gap) > noun:
        if line.upper(gap) and (named(line, gap) or 0) >= gap + noun:
            return None, ""
        return gap + noun, kind
    if office and (count := party_words.openers().match(line, gap)):
        noun = party_words.noun(line, gap + count)[0]
        units = noun > 0 and _units().match(line, gap + count) == noun
        inner = match_group(line, gap, bare=False, named=named) if units else None
        if inner and inner.generic and not inner.unnamed and not inner.everyone:
            return inner.last, "generic-noun"
    return None, ""


def _names_after_colon(line: Line, at: int) -> int | None:
    """The index behind ``: Kế hoạch và Đầu tư, Tài chính``, the names of the bodies of a group; None for no such
    list."""
    if not line.mark(at, ":") or not line.upper(at + 1) or party_words.sure_verbs().match(line, at + 1):
        return None
    if line.words[at - 1] not in _NAMED_BEHIND and party_words.verbs().match(line, at + 1) > 1:
        return None
    if party_words.nouns().match(line, at - 1) == 0:
        return None
    end = at + 2
    while end < len(line):
        joint = party_words.joint(line, end)
        if joint > end:
            if (
                not (line.upper(joint) or party_words.kind(line, joint))
                or party_words.offices().match(line, joint)
                or party_words.heads().match(line, joint)
            ):
                break
            end = joint + 1
        elif (
            line.words[end][0].isalpha()
            and not party_words.ends_name(line, end)
            and line.words[end] != party_words.OPENER
        ):
            end += 1
        else:
            break
    return end
