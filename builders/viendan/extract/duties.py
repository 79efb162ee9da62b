"""Roles from the words of a duty: which verbs a body is given, clause by clause.

A verb of a role counts wherever the body does it, and not where it stands in a purpose (``để theo dõi``), in
another's name or in a fixed phrase (``văn bản hướng dẫn``). Carrying out counts only where it governs its clause: who
monitors or guides how others carry out does not. A duty without any role's verb is to be carried out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from viendan.extract import duty_words
from viendan.extract.duty_words import Line

IMPLEMENT: Final = "implement"
ADVISE: Final = "advise"
_ORDER: Final = (
    "standing",
    "lead",
    "coordinate",
    "implement",
    "monitor",
    "report",
    "advise",
    "guide",
    "communicate",
    "mobilise",
)
_GOVERNORS: Final = frozenset({"monitor", "guide", "report", "advise", "mobilise", "communicate"})
_STRONG: Final = frozenset({"advise", "mobilise", "guide"})  # govern on behind a comma
_SHARED: Final = frozenset({"implement", "communicate", "mobilise"})  # of a body below: its director's, too
_CLAUSE: Final = frozenset({".", ";", ":", "!", "?"})
_QUOTES: Final = frozenset({"“", '"'})
_CARRIED: Final = 8  # words between a verb that only carries and the one that says what is done
_LEAST: Final = 3  # words of a duty at least, to be one without a role's verb


class Piece(NamedTuple):
    """A stretch of a paragraph that is a body's duty: word indexes, names of parties in it, and others' duties in it.

    ``inline``: it follows its subject in one sentence, so that its first clause says what the body mainly does.
    """

    line: Line
    first: int
    last: int
    names: tuple[tuple[int, int], ...] = ()
    others: tuple[tuple[int, int], ...] = ()
    inline: bool = False


@cache
def _purpose() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "purpose")


@cache
def _light() -> duty_words.Phrases:
    return duty_words.phrases("role-cues", "light")


@cache
def _resuming() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "resuming")


@cache
def _openers() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "modal", "adverb", "direct")


@cache
def _telling() -> Mapping[str, tuple[tuple[str, duty_words.Phrases], ...]]:
    """The words and marks that may change what a duty says, with the phrases that begin with each, in the order of
    their weight; any other only ends the head of its clause."""
    kinds = (("role", duty_words.roles()), ("purpose", _purpose()), ("opener", _openers()), ("light", _light()))
    keys = _CLAUSE.union(_QUOTES, (",", "và"), *(phrases.firsts for _, phrases in kinds))
    return MappingProxyType({key: tuple(kind for kind in kinds if key in kind[1].firsts) for key in sorted(keys)})


def read_roles(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """The roles that a duty gives, in the fixed order of roles; none for no words at all."""
    found: set[str] = set()
    for piece in pieces:
        own = _Scan(piece).roles()
        if piece.inline and own:
            clause = _first_clause(piece)
            if clause is not piece and not _Scan(clause).roles():
                own = own | {IMPLEMENT}
        if not own and _words(piece) >= _LEAST:
            own = {IMPLEMENT}
        found |= own | _shared(piece)
    return in_order(found)


def _shared(piece: Piece) -> set[str]:
    """Carrying out, where a body below is directed to do what no role's verb names: its director sees to it."""
    for first, last in piece.others:
        if piece.first <= first and last <= piece.last:
            other = piece._replace(first=first, last=last, others=())
            if _words(other) >= _LEAST and not _Scan(other).roles():
                return {IMPLEMENT}
    return set()


def _first_clause(piece: Piece) -> Piece:
    """The piece up to its first semicolon or full stop; empty words stay with the next clause."""
    for at in range(piece.first + _LEAST, piece.last):
        if piece.line.words[at] in _CLAUSE:
            return piece._replace(last=at)
    return piece


def in_order(roles: Iterable[str]) -> tuple[str, ...]:
    """The roles in their fixed order, once each."""
    given = set(roles)
    return tuple(role for role in _ORDER if role in given)


def _words(piece: Piece) -> int:
    inside = sum(last - first for first, last in _inside(piece))
    return piece.last - piece.first - inside


def _inside(piece: Piece) -> tuple[tuple[int, int], ...]:
    """The names of parties inside a piece (they are sorted)."""
    first = bisect_left(piece.names, (piece.first, 0))
    return piece.names[first : bisect_left(piece.names, (piece.last, 0))]


class _Scan:
    """One way through the words of a piece."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._line = piece.line
        self._found: set[str] = set()
        self._governor = ""
        self._comma = False
        self._head = True
        self._purpose = False

    def roles(self) -> set[str]:
        at, last = self._piece.first, self._piece.last
        words, telling = self._line.words, _telling()
        names = dict(_inside(self._piece))
        while at < last:
            if at in names:
                at = names[at]
                continue
            key = words[at]
            if key not in telling:
                self._head = False
                at += 1
            elif key in _CLAUSE:
                self._governor, self._comma, self._head, self._purpose = "", False, True, False
                at += 1
            elif key in _QUOTES:
                at = self._behind_quote(at)
            elif key in (",", "và"):
                self._comma = self._comma or key == ","
                self._head = True
                self._purpose = self._purpose and not _resuming().match(self._line, at + 1)
                at += 1
            else:
                at += self._word(at)
        return self._found

    def _behind_quote(self, at: int) -> int:
        closing = "”" if self._line.words[at] == "“" else '"'
        for end in range(at + 1, min(self._piece.last, at + 60)):
            if self._line.words[end] == closing:
                return end + 1
        return at + 1

    def _word(self, at: int) -> int:
        """Take the word or phrase at an index; how many words it takes."""
        for kind, phrases in _telling()[self._line.words[at]]:
            count, role = phrases.find(self._line, at)
            if not count:
                continue
            if kind == "role" and role:
                self._take(at, count, role)
            elif kind == "role":
                self._head = False
            elif kind == "purpose":
                self._purpose = True
            return count
        self._head = False
        return 1

    def _take(self, at: int, count: int, role: str) -> None:
        if self._purpose and role != ADVISE:
            return
        if role not in _SHARED and self._is_others(at):
            return
        if role == IMPLEMENT:
            if self._implements(at, count):
                self._found.add(role)
            return
        self._found.add(role)
        if role in _GOVERNORS:
            self._governor, self._comma = role, False

    def _is_others(self, at: int) -> bool:
        """Whether a word belongs to the duty of a body below."""
        before = bisect_right(self._piece.others, (at, len(self._line))) - 1
        return before >= 0 and at < self._piece.others[before][1]

    def _implements(self, at: int, count: int) -> bool:
        governed = self._governor and not (self._comma and self._head and self._governor not in _STRONG)
        return self._head and not governed and not self._is_light(at + count)

    def _is_light(self, at: int) -> bool:
        """Whether ``thực hiện`` only carries the verb behind it: ``thực hiện tốt công tác tuyên truyền``."""
        end, last = at, min(self._piece.last, at + _CARRIED)
        while end < last:
            role = duty_words.roles().find(self._line, end)[1]
            if role:
                return role != IMPLEMENT
            light = _light().match(self._line, end)
            if not light:
                return False
            end += light
        return False
