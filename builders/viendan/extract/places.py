"""Names of places: which words of a text are one, and what the register knows of it.

A name that the register does not know is a name all the same (documents of other countries' provinces do not occur;
invented ones do): then only its words are known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from viendan import text
from viendan.extract import lexicon
from viendan.model import Level

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d{1,2}\b")
_LONGEST: Final = 6  # words of a place's name: "Bà Rịa - Vũng Tàu" has four


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit of the register: bare ``name``, ``kind`` (``tỉnh``), validity as ISO dates or empty."""

    key: str
    name: str
    kind: str
    level: Level | None
    within: str | None
    valid_from: str
    valid_to: str

    def valid_at(self, date: str | None) -> bool:
        """Whether the unit existed on an ISO date (or in a year or month); true for no date."""
        if not date:
            return True
        return (not self.valid_from or self.valid_from[: len(date)] <= date) and (
            not self.valid_to or date <= self.valid_to[: len(date)]
        )


@cache
def kinds() -> Mapping[str, Level | None]:
    """The kinds of places (``tỉnh``, ``thành phố`` …) with their level; a city's level depends on where it lies."""
    words = [word for word in lexicon.scheme("body-words") if word.get("wordKind") == "place-kind"]
    return MappingProxyType({word.label: as_level(word.get("level")) for word in words})


@cache
def kind_forms() -> Mapping[str, str]:
    """Every way a kind of place is written, as a compare key, to the kind; abbreviations without their full stop."""
    found: dict[str, str] = {}
    for word in lexicon.scheme("body-words"):
        if word.get("wordKind") == "place-kind":
            for form in (word.label, *word.alternatives, *word.abbreviations, *word.misread):
                found.setdefault(text.compare_key(form), word.label)
    return MappingProxyType(found)


def as_level(value: str | None) -> Level | None:
    """The value as a level of authority, None for any other text."""
    for level in LEVELS:
        if value == level:
            return level
    return None


LEVELS: Final[tuple[Level, ...]] = ("central", "province", "district", "commune")


@cache
def units() -> tuple[Unit, ...]:
    """All units of the register, by key."""
    return tuple(
        Unit(
            key=word.key,
            name=word.label,
            kind=_kind_of(word),
            level=as_level(word.get("level")),
            within=word.get("within"),
            valid_from=word.get("validFrom") or "",
            valid_to=word.get("validTo") or "",
        )
        for word in lexicon.scheme("places")
    )


def _kind_of(word: lexicon.Word) -> str:
    stated = text.compare_key(word.get("placeKind") or "")
    for form, kind in sorted(kind_forms().items(), key=lambda item: -len(item[0])):
        if stated == form or stated.startswith(form + " "):
            return kind
    return ""


@cache
def _by_key() -> Mapping[str, tuple[Unit, ...]]:
    """Units by the compare key of every form of their names."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit, word in zip(units(), lexicon.scheme("places"), strict=True):
        for form in {name_key(form) for form in word.forms}:
            found[form].append(unit)
            bare = _without_kind(form)
            if bare != form:
                found[bare].append(unit)
    return MappingProxyType({key: tuple(value) for key, value in found.items()})


@cache
def _by_fold() -> Mapping[str, frozenset[str]]:
    """Names by their folded form: to mend a misread mark, where only one name folds to it."""
    found: dict[str, set[str]] = defaultdict(set)
    for unit in units():
        found[_fold_name(unit.name)].add(unit.name)
    return MappingProxyType({key: frozenset(value) for key, value in found.items()})


def name_key(name: str) -> str:
    """The key that all correct spellings of a place's name share; dashes and blanks do not count."""
    return text.compare_key(name).replace("-", " ")


def _fold_name(name: str) -> str:
    return text.fold(name).replace("-", " ")


def _without_kind(key: str) -> str:
    for form in kind_forms():
        if key.startswith(form + " ") and len(key) > len(form) + 1:
            return key[len(form) + 1 :]
    return key


@lru_cache(maxsize=4096)
def find(name: str, *, level: Level | None = None, date: str | None = None, within: str | None = None) -> Unit | None:
    """The unit of a name (with or without its kind in front); None where none or several different ones fit.

    ``within`` is the bare name of the province that a district lies in. Several validities of one name are one: the
    unit that existed on ``date``, else the latest.
    """
    found = [unit for unit in _by_key().get(name_key(name), ()) if level is None or unit.level == level]
    if within:
        inside = [unit for unit in found if _province_name(unit) == within]
        found = inside or found
    if not found:
        return None
    if level == "district" and len({_province_name(unit) for unit in found}) > 1:
        return None
    valid = [unit for unit in found if unit.valid_at(date)] or found
    highest = min(valid, key=lambda unit: LEVELS.index(unit.level) if unit.level else len(LEVELS))
    return max((unit for unit in valid if unit.level == highest.level), key=lambda unit: (unit.valid_from, unit.key))


@cache
def _units_by_key() -> Mapping[str, Unit]:
    return MappingProxyType({unit.key: unit for unit in units()})


def _province_name(unit: Unit) -> str | None:
    above = _units_by_key().get(unit.within or "")
    while above is not None and above.level != "province":
        above = _units_by_key().get(above.within or "")
    return above.name if above else None


def province_of(district: str, *, kind: str | None = None) -> str | None:
    """The province of a district, where only one province has (had) a district of this name and kind."""
    found = {
        _province_name(unit)
        for unit in _by_key().get(name_key(district), ())
        if unit.level == "district" and (kind is None or unit.kind == kind)
    }
    found.discard(None)
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def mend(name: str) -> str:
    """A place's name in its usual spelling; misread letters mended where the register leaves no doubt.

    A name that the register does not know comes back with each word capitalised if it was in capitals, else as it
    was.
    """
    known = _by_key().get(name_key(name))
    if known:
        return known[0].name
    folded = _by_fold().get(_fold_name(name), frozenset())
    if len(folded) == 1:
        return next(iter(folded))
    return capitalised(name) if name.isupper() else name


def capitalised(name: str) -> str:
    """Each word with a capital first letter and small others (``YÊN BÁI`` → ``Yên Bái``)."""
    return re.sub(r"[^\W\d_]+", lambda word: word.group()[:1].upper() + word.group()[1:].lower(), name)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(key.split(" ", 1)[0] for key in _by_key())


def match_name(flat: str, position: int, *, loose: bool = False) -> int | None:
    """The end of a place's bare name that starts at ``position``; None where none does.

    The register's names first, the longest; else two to four words that all begin with a capital (``loose``: one
    word is enough). Words in small letters are no name.
    """
    words: list[re.Match[str]] = []
    end = position
    for _ in range(_LONGEST):
        found = _WORD.match(flat, end)
        if found is None or not (found.group()[0].isupper() or found.group().isdigit()):
            break
        words.append(found)
        gap = re.match(r" (?:- )?|-", flat[found.end() : found.end() + 3])
        if gap is None:
            break
        end = found.end() + gap.end()
    if not words:
        return None
    return _known_end(flat, position, words) or _unknown_end(words, loose)


def _known_end(flat: str, position: int, words: Sequence[re.Match[str]]) -> int | None:
    if text.compare_key(words[0].group()) not in _first_words():
        return None
    for last in reversed(words):
        if name_key(flat[position : last.end()]) in _by_key():
            return last.end()
    return None


def _unknown_end(words: Sequence[re.Match[str]], loose: bool) -> int | None:
    letters = [word for word in words[:4] if not word.group().isdigit()]
    if len(letters) >= 2 or (loose and letters):
        return letters[-1].end()
    return None
