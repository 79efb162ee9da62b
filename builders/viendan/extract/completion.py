"""A body's name completed with the place that its words leave out.

The practice of the documents: ``Sở Nội vụ`` → ``Sở Nội vụ tỉnh Lào Cai``, ``Tỉnh ủy`` → ``Tỉnh ủy Lào Cai``,
``các sở, ban, ngành`` → ``Các sở, ban, ngành của tỉnh Lào Cai``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import names, places
from viendan.model import Level

_OF: Final = "của"


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A kind of place in a text, with the name behind it where one stands: ``tỉnh``, ``huyện Tuần Giáo``."""

    kind: str
    name: str | None
    start: int = 0
    end: int = 0

    @property
    def full(self) -> str:
        """The name with its kind in front, once: ``tỉnh Lào Cai``, ``Thành phố Hồ Chí Minh``."""
        if not self.name or text.compare_key(self.name).startswith(text.compare_key(self.kind) + " "):
            return self.name or self.kind
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Completed:
    """A name with its place: the whole name, the level of that place, and what the words themselves named."""

    name: str
    level: Level | None
    province: str | None
    district: str | None


def place_phrases(spelled: str) -> list[PlacePhrase]:
    """The kinds of places in a body's words, without lists (``các huyện, thành phố``) and levels (``cấp tỉnh``)."""
    found: list[PlacePhrase] = []
    for match in kind_pattern().finditer(spelled):
        kind = places.kind_forms()[text.compare_key(match["kind"])]
        named = spelled[match.end() : match.end() + 1] == " "
        end = places.match_name(spelled, match.end() + 1, loose=True) if named else None
        if end is None and _listed(spelled, match):
            continue
        found.append(
            PlacePhrase(kind, spelled[match.end() + 1 : end] if end else None, match.start("kind"), end or match.end())
        )
    return found


@cache
def kind_pattern() -> re.Pattern[str]:
    """A kind of place as a word of its own, not the beginning of a committee's name (``Tỉnh ủy``)."""
    committees = {form.split(" ", 1)[1] for form in names.forms("bare-name") if " " in form}
    ends = "|".join(re.escape(form) for form in sorted(committees))
    return re.compile(rf"(?<!\w)(?P<kind>(?i:{_kinds()}))(?!\w)(?!\s+(?:{ends})\b)")


@cache
def _kinds() -> str:
    return "|".join(re.escape(kind) for kind in sorted(places.kinds(), key=lambda kind: -len(kind)))


@cache
def _list_before() -> re.Pattern[str]:
    return re.compile(r"(?:\b(?:cấp|các|những|mọi|nhiều|hai|liên|từng|mỗi)|[,&]|\b(?:và|hoặc))\s*$")


@cache
def _list_after() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:,|và|hoặc)\s*(?i:{_kinds()})(?!\w)")


def _listed(spelled: str, match: re.Match[str]) -> bool:
    """Whether a kind without a name stands in a list of kinds or behind a word that makes it one of many."""
    return bool(_list_before().search(spelled[: match.start()]) or _list_after().match(spelled, match.end()))


def complete(spelled: str, own: Mapping[Level, PlacePhrase], *, level: Level | None, group: bool) -> Completed:
    """The words with the place they leave out.

    ``own`` holds the document's places by level; ``level`` is the level of the place to add where the words hint at
    none (None: add nothing, a central body). A kind that the document has no place of is one of several there
    (``Ủy ban nhân dân huyện của tỉnh Lào Cai``).
    """
    found: dict[Level, str] = {}
    done = _fill_committees(_fill_kinds(spelled, own, found), own, found)
    lowest = next((known for known in reversed(places.LEVELS) if known in found), None)
    if lowest is not None:
        return Completed(done, lowest, found.get("province"), found.get("district"))
    place = own.get(level) if level else None
    below = _level_below(spelled, own)
    if place is not None:
        done = f"{done} {_OF} {place.full}" if group or below else f"{done} {place.full}"
    return Completed(done, below or (level if place is not None else None), None, None)


def _level_below(spelled: str, own: Mapping[Level, PlacePhrase]) -> Level | None:
    """The level of a kind or committee without a name that the words end with, where the document has no such place."""
    committee = next((match for match in _committees().finditer(spelled) if match.end() == len(spelled)), None)
    if committee:
        level = _committee_level(committee.group(), own)
        return None if level in own else level
    phrase = next((phrase for phrase in place_phrases(spelled) if phrase.end == len(spelled)), None)
    if phrase is None or phrase.name:
        return None
    stated = places.kinds().get(phrase.kind)
    return stated or ("district" if "province" in own else None)


def _fill_kinds(spelled: str, own: Mapping[Level, PlacePhrase], found: dict[Level, str]) -> str:
    pieces: list[str] = []
    last = 0
    for phrase in place_phrases(spelled):
        level = _level_of(phrase, own)
        pieces.append(spelled[last : phrase.start])
        last = phrase.end
        mine = own.get(level) if level else None
        if phrase.name is None and mine is not None and level:
            pieces.append(mine.full)
            found.setdefault(level, mine.name or "")
        else:
            pieces.append(spelled[phrase.start : phrase.end])
            if phrase.name and level:
                found.setdefault(level, places.mend(phrase.name))
    pieces.append(spelled[last:])
    return "".join(pieces)


def _level_of(phrase: PlacePhrase, own: Mapping[Level, PlacePhrase]) -> Level | None:
    stated = places.kinds().get(phrase.kind)
    if stated:
        return stated
    if phrase.name:
        unit = places.find(phrase.name, level="province")
        return "province" if unit and unit.kind in ("", phrase.kind) else "district"
    return next((level for level in places.LEVELS if level in own and own[level].kind == phrase.kind), None)


def _fill_committees(spelled: str, own: Mapping[Level, PlacePhrase], found: dict[Level, str]) -> str:
    """Party committees and papers with the bare name of their place (``Tỉnh ủy`` → ``Tỉnh ủy Lào Cai``)."""

    def completed(match: re.Match[str]) -> str:
        behind = spelled[match.end() :]
        end = places.match_name(spelled, match.end() + 1, loose=True) if behind.startswith(" ") else None
        level = _committee_level(match.group(), own)
        if end is not None:
            found.setdefault(level or "province", places.mend(spelled[match.end() + 1 : end]))
            return match.group()
        mine = own.get(level) if level else None
        if mine is None or level is None or _list_after_committee().match(behind) or found.get(level):
            return match.group()
        found.setdefault(level, mine.name or "")
        return f"{_committee_of(match.group(), mine.kind)} {mine.name}"

    return _committees().sub(completed, spelled)


@cache
def _committees() -> re.Pattern[str]:
    listed = "|".join(re.escape(form) for form in names.forms("bare-name"))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")


@cache
def _list_after_committee() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:,|và)\s+{_committees().pattern}")


def _committee_level(form: str, own: Mapping[Level, PlacePhrase]) -> Level | None:
    """The level of a committee: of the document's place of its kind, else as its word says; a paper is a province's."""
    kind = committee_kind(form)
    if kind is None:
        return "province" if "province" in own else None
    fitting = next((level for level in places.LEVELS if level in own and own[level].kind == kind), None)
    return fitting or places.kinds()[kind]


def _committee_of(form: str, kind: str) -> str:
    """The committee as a place of the kind calls it (``Tỉnh ủy`` in a city → ``Thành ủy``)."""
    if committee_kind(form) in (kind, None):
        return form
    ending = form.rpartition(" ")[2]
    head = form.rpartition(" ")[0].rpartition(" ")[0]
    fitting = [
        word
        for entry in names.words("bare-name")
        if entry.get("placeKind") == kind
        for word in entry.forms
        if word.endswith(f" {ending}")
    ]
    return f"{head} {fitting[0]}".strip() if fitting else form


def with_kind(name: str, own: Mapping[Level, PlacePhrase], date: str | None) -> str:
    """A place's bare name with its kind, of the document's own places or the register's; else the name as it is."""
    key = text.compare_key(name)
    mine = next((place for place in own.values() if place.name and text.compare_key(place.name) == key), None)
    if mine:
        return mine.full
    unit = places.find(name, level="province", date=date)
    return PlacePhrase(unit.kind, unit.name).full if unit and unit.kind else name


def committee_kind(form: str) -> str | None:
    """The kind of place that a committee's name tells: ``Tỉnh ủy`` → ``tỉnh``; None for a paper and for other names."""
    return next((word.get("placeKind") for word in names.words("bare-name") if form.endswith(word.forms)), None)


def place_end(flat: str, end: int, *, bare: bool) -> int:
    """The end of a body's name with the place behind it: ``UBND`` → ``UBND huyện Tuần Giáo, tỉnh Điện Biên``."""
    if flat[end : end + 1] != " ":
        return end
    named = places.match_name(flat, end + 1, loose=False) if bare else None
    if named:
        return named
    kind = kind_pattern().match(flat, end + 1)
    if kind is None and bare:
        return end
    if kind is None:
        known = places.match_name(flat, end + 1)
        return known if known and places.find(flat[end + 1 : known]) else end
    name = places.match_name(flat, kind.end() + 1) if flat[kind.end() : kind.end() + 1] == " " else None
    if name is None:
        return kind.end()
    outer = kind_pattern().match(flat, name + 2) if flat[name : name + 2] == ", " else None
    outer_name = (
        places.match_name(flat, outer.end() + 1) if outer and flat[outer.end() : outer.end() + 1] == " " else None
    )
    return outer_name or name
