"""Short names for readers, in Vietnamese and English, put together from data: types, numbers, issuers, titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from viendan import text
from viendan.link.facts import BodyFact
from viendan.link.knowledge import Knowledge, Place
from viendan.link.reading import last_part

_LONGEST: Final = 90
_OPEN_START, _OPEN_END = "0000", "9999"


@dataclass(frozen=True, slots=True)
class Parts:
    """What an instrument's label is made of; ``named`` is true for laws, which are known by their name."""

    number: str | None
    type: str | None
    year: str | None
    issuer: str | None
    title: str | None
    named: bool


class Namer:
    """Makes labels; holds what is known of words and bodies."""

    def __init__(self, knowledge: Knowledge, bodies: Mapping[str, BodyFact]) -> None:
        self._knowledge = knowledge
        self._bodies = bodies
        self._shared = _shared_names(knowledge)

    def instrument(self, parts: Parts, language: str) -> str:
        """``Chỉ thị 34-CT/TW (Bộ Chính trị, 2014)``, ``Luật Đất đai (31/2024/QH15)``, ``Đề án “…” (Bộ Nội vụ)``."""
        kind = self._knowledge.label(parts.type, language) if parts.type else None
        issuer = self.body(parts.issuer, language) if parts.issuer else None
        behind: tuple[str | None, ...] = (issuer, parts.year)
        if parts.number and not (parts.named and parts.title):
            head = parts.number
        elif parts.title:
            head, behind = self._titled(parts, kind), (parts.number,) if parts.number else behind
        else:
            head = ""
        if kind and not (parts.named and parts.title):
            head = f"{kind} {head}".strip()
        shown = ", ".join(part for part in behind if part)
        return f"{head} ({shown})" if shown and head else head or shown or "?"

    def _titled(self, parts: Parts, kind: str | None) -> str:
        title = text.capitalise(shorten(parts.title or ""))
        if not parts.named:
            return f"“{title}”"
        own = self._knowledge.label(parts.type, "vi") if parts.type else None
        stated = own is None or text.compare_key(title).startswith(text.compare_key(own))
        return title if stated or kind is None else f"{own} {title}"

    def body(self, iri: str, language: str) -> str:
        """The register's name; else the name as stated, in English the kind of body and its place where known."""
        registered = self._knowledge.label(iri, language)
        if registered:
            return registered
        fact = self._bodies.get(iri)
        if fact is None:
            return last_part(iri)
        place = fact.district or fact.province
        kind = (
            self._knowledge.labels.get(fact.kind or "", {}).get("en") if language == "en" and not fact.group else None
        )
        if kind and place:
            return f"{kind}, {place}"
        return fact.names[0] if fact.names else last_part(iri)

    def place(self, iri: str, language: str) -> str:
        """The name of a place, with its years where two places had the name."""
        place = self._knowledge.places_by_iri[iri]
        name = self._knowledge.label(iri, language) or last_part(iri)
        if len(self._shared[text.compare_key(self._knowledge.label(iri, "vi") or ""), place.level]) < 2:
            return name
        return f"{name} ({_years(place)})"


def years(first: str, last: str) -> str:
    """The years between two dates, either of which may be open: ``1991–2025``, ``2025–``."""
    return f"{first[:4]}–{last[:4]}"


def shorten(title: str) -> str:
    """A title of at most 90 letters, cut between words."""
    if len(title) <= _LONGEST:
        return title
    return title[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def _years(place: Place) -> str:
    start = "" if place.valid_from == _OPEN_START else place.valid_from
    end = "" if place.valid_to == _OPEN_END else place.valid_to
    return years(start, end)


def _shared_names(knowledge: Knowledge) -> Mapping[tuple[str, str | None], list[str]]:
    found: dict[tuple[str, str | None], list[str]] = {}
    for iri, place in sorted(knowledge.places_by_iri.items()):
        found.setdefault((text.compare_key(knowledge.label(iri, "vi") or ""), place.level), []).append(iri)
    return found
