"""Groups of bodies: ``các sở, ban, ngành``, ``Thủ trưởng các cơ quan``, ``Ủy ban nhân dân các huyện, thành phố``.

A list under one ``các`` or one ``Thủ trưởng`` is one group (annotation guide); a new ``các``, a new proper name or a
semicolon starts the next. Nouns and qualifiers are data (scheme ``party-words``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan.extract import duty_words, party_words, tails
from viendan.extract.duty_words import Line
from viendan.extract.tails import NamedEnd

_TAKERS: Final = frozenset({"với", "cùng", "cho", "và"})
_OFFICES: Final = 3  # further offices of one group
_MOST: Final = 60  # words that a group may span


@dataclass(frozen=True, slots=True)
class Party:
    """A named body or a group, as word indexes of its line (``last`` is exclusive).

    ``generic``: no noun says which bodies are meant (``các cơ quan, đơn vị``); ``unnamed``: bodies ``có liên quan``
    and the like; ``everyone``: it holds people (``cá nhân``) and is no body at all.
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
        inner = named(line, at) if count else None
        if inner is None:
            return None
        end, unnamed = tails.qualified(line, inner, named)
        return Party(index, end, group=True, generic=False, unnamed=unnamed, everyone=False)
    if not count and not office and not (bare and _stands_alone(line, at, noun, kind)):
        return _tied(line, index, noun, named) if bare and kind == "generic-noun" else None
    if office and not count and (not _names_unit(line, at, noun) or (line.upper(at) and line.upper(at + noun))):
        return None
    inner = named(line, at) if office and not count and line.upper(at) else None
    if inner is not None and inner > at + noun:
        return Party(index, inner, group=True, generic=False, unnamed=False, everyone=False)
    return _list(line, index, at + noun, kind, named, office=bool(office))


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
    """The group of generic nouns without ``các`` that starts in a list, where a link says whose they are: ``; cơ quan,
    đơn vị đóng trên địa bàn tỉnh``."""
    if index == 0 or not line.mark(index - 1, ",;"):
        return None
    party = _list(line, index, index + noun, "generic-noun", named, office=False)
    tied = any(party_words.links().match(line, at) for at in range(index + noun, party.last))
    return party if tied and not party.unnamed and not party.everyone else None


def _list(line: Line, first: int, at: int, kind: str, named: NamedEnd, *, office: bool) -> Party:
    generic = kind == "generic-noun"
    everyone = kind == "everyone"
    unnamed = False
    while at < len(line) and at - first < _MOST:
        told = line.upper(at)  # a proper name behind the noun: "ngành Thuế"
        at, marked = tails.qualified(line, at, named)
        generic = generic and not told
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
    if office and party_words.openers().match(line, gap):
        inner = match_group(line, gap, bare=False, named=named)
        if inner and inner.generic and not inner.unnamed and not inner.everyone:
            return inner.last, "generic-noun"
    return None, ""


def _names_after_colon(line: Line, at: int) -> int | None:
    """The index behind ``: Kế hoạch và Đầu tư, Tài chính``, the names of the bodies of a group; None for no such
    list."""
    if not line.mark(at, ":") or not line.upper(at + 1) or party_words.sure_verbs().match(line, at + 1):
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
