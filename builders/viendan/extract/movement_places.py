"""The place in a movement's name, which makes it a local copy: ``tỉnh Yên Bái``, ``Quảng Nam``, ``toàn huyện``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import movement_words, places
from viendan.extract.bodies import BodyContext
from viendan.model import Level, Scope

_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place inside a name: bare name, kind and level, and its words (with ``tỉnh``, ``trên địa bàn``)."""

    name: str
    kind: str | None
    level: Level
    start: int
    end: int

    @property
    def key(self) -> str:
        """A slug for IRIs: the bare name of a province, with its kind for what lies in one."""
        bare = text.slug(self.name)
        return bare if self.level == "province" or not self.kind else f"{text.slug(self.kind)}-{bare}"

    @property
    def label(self) -> str:
        """``tỉnh Yên Bái``."""
        return f"{self.kind} {self.name}" if self.kind else self.name


def own_place(context: BodyContext, scope: Scope | None = None) -> NamedPlace | None:
    """The place whose document it is, or that a movement of ``scope`` belongs to; None for country and sectors."""
    if scope in ("national", "sectoral") or (scope is None and context.level == "central"):
        return None
    if scope != "provincial" and context.level == "commune" and context.commune:
        return NamedPlace(context.commune, context.commune_kind, "commune", 0, 0)
    if scope != "provincial" and context.level != "province" and context.district:
        return NamedPlace(context.district, context.district_kind, "district", 0, 0)
    if context.province:
        return NamedPlace(context.province, context.province_kind, "province", 0, 0)
    return None


def place_in(name: str, context: BodyContext) -> NamedPlace | None:
    """The place that a movement's name names, the document's own or another's; None where it names none."""
    return _own_in(name, context) or _kind_in(name) or _province_in(name) or _whole_in(name, context)


def without(name: str, place: NamedPlace) -> str:
    """The name without its place: what it has in common with other places' copies."""
    return text.squeeze(name[: place.start] + " " + name[place.end :])


def _own_in(name: str, context: BodyContext) -> NamedPlace | None:
    units: tuple[tuple[str | None, str | None, Level], ...] = (
        (context.commune, context.commune_kind, "commune"),
        (context.district, context.district_kind, "district"),
        (context.province, context.province_kind, "province"),
    )
    for bare, kind, level in units:
        if bare and len(bare) > 2:
            found = re.search(rf"(?<!\w){movement_words.exact(bare)}(?!\w)", name)
            if found and not _is_person(name, found.start()):
                return _widened(name, bare, kind, level, found.start(), found.end())
    return None


def _is_person(name: str, start: int) -> bool:
    """Whether a name at ``start`` that is also a man's (``Hồ Chí Minh``) is his: no kind of place stands before it."""
    return bool(movement_words.one_of("person").match(name, start)) and not _kind_at_end().search(name[:start])


@cache
def _kind_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_kinds()} ?\Z")


def _widened(name: str, bare: str, kind: str | None, level: Level, start: int, end: int) -> NamedPlace:
    """The place with the words before it that belong to it (``trên địa bàn tỉnh``)."""
    before = _before().search(name[:start])
    return NamedPlace(bare, kind, level, before.start() if before else start, end)


@cache
def _kinds() -> str:
    forms = sorted(places.kind_forms(), key=lambda form: (-len(form), form)) or [r"\b\B"]
    return "(?:" + "|".join(movement_words.exact(form) + r"\.?" for form in forms) + ")"


@cache
def _before() -> re.Pattern[str]:
    linkers = "|".join(movement_words.exact(form) for form in movement_words.forms("place-linker"))
    return re.compile(rf"(?:(?<!\w)(?:{linkers}) )*(?:(?<!\w){_kinds()} )?\Z")


@cache
def _kind_then_name() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<kind>{_kinds()}) (?=[^\W\d_])")


def _kind_in(name: str) -> NamedPlace | None:
    for found in _kind_then_name().finditer(name):
        end = places.match_name(name, found.end(), loose=True)
        if end is None or not name[found.end()].isupper():
            continue
        kind = places.kind_forms().get(text.compare_key(found["kind"]))
        bare = name[found.end() : end]
        unit = places.find(bare)
        level = (places.kinds().get(kind) if kind else None) or (unit.level if unit else None) or "district"
        if level != "central":
            return _widened(name, places.mend(bare), kind, level, found.end(), end)
    return None


@cache
def _provinces() -> re.Pattern[str]:
    names = {unit.name for unit in places.units() if unit.level == "province"}
    some = sorted(names, key=lambda name: (-len(name), name)) or [r"\b\B"]
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in some) + r")(?!\w)")


def _province_in(name: str) -> NamedPlace | None:
    for found in _provinces().finditer(name):
        if _is_person(name, found.start()):
            continue
        unit = places.find(found.group(), level="province")
        return _widened(name, found.group(), unit.kind if unit else None, "province", found.start(), found.end())
    return None


def _whole_in(name: str, context: BodyContext) -> NamedPlace | None:
    """``toàn tỉnh``, ``cả huyện``: the document's own place; ``Thủ đô``: the capital."""
    for word in movement_words.words("capital"):
        found = re.search(rf"(?<!\w){re.escape(word.label)}(?!\w)", name)
        if found:
            return NamedPlace(word.get("placeName") or word.label, None, "province", found.start(), found.end())
    own = {
        "province": (context.province, context.province_kind),
        "district": (context.district, context.district_kind),
        "commune": (context.commune, context.commune_kind),
    }
    for word in movement_words.words("whole-place"):
        level = places.as_level(word.get("level")) or (context.level if context.level != "central" else None)
        bare, kind = own.get(level or "", (None, None))
        pattern = "|".join(movement_words.exact(form) for form in sorted(word.forms, key=len, reverse=True))
        found = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", name)
        if found and level and bare:
            return NamedPlace(bare, kind, level, found.start(), found.end())
    return None
