"""What identity compares: the traits of an instrument as one document knows it, derived once for each record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from viendan import text
from viendan.identifiers import OfficialNumber
from viendan.link.facts import BodyFact, Node, Record
from viendan.link.knowledge import Knowledge

PlaceKey = tuple[str, str, str]
"""Level, province and district of a body, as compared; empty where it has none."""

CENTRAL: Final = "central"
_ORDINAL: Final = re.compile(r"-lan-thu-(?:[ivxlc]+|\d+)(?:-|\Z)")
_LEAD: Final = re.compile(r"(?:về việc|về|v/v)\s+")
_AMENDED: Final = re.compile(r"\s*\(?sửa đổi\)?\Z")
_FULL_DATE: Final = 10


@dataclass(frozen=True, slots=True)
class Traits:
    """An instrument as one graph knows it.

    ``block`` is the number without its year (None without a number): only records of one block can be of one number.
    ``owners`` are the keys of the series of numbers of its issuers, ``place`` where these issuers are, ``years`` and
    ``days`` when, ``kind`` the type or series of types (None where no symbol and no word tells), ``words`` the type
    words.
    """

    record: Record
    block: str | None
    year_in_number: bool
    kind: str | None
    words: frozenset[str]
    owners: frozenset[str]
    place: PlaceKey | None
    years: frozenset[str]
    days: frozenset[str]
    titles: frozenset[str]

    @property
    def node(self) -> Node:
        """Graph and IRI."""
        return self.record.node

    @property
    def complete(self) -> bool:
        """Whether one issuer and one year are known: then number, type, issuer and year identify."""
        return len(self.owners) == 1 and len(self.years) == 1

    @property
    def authority(self) -> PlaceKey | None:
        """Where the issuer is; without an issuer None."""
        return self.place


class Deriver:
    """Derives traits; holds what is known of bodies in all graphs."""

    def __init__(self, knowledge: Knowledge, bodies: Mapping[str, BodyFact]) -> None:
        self._knowledge = knowledge
        self._bodies = bodies
        self._owning = frozenset(knowledge.owners.values())

    def traits(self, record: Record) -> Traits:
        """The traits of a record."""
        parsed = [OfficialNumber.parse(number) for number in record.numbers]
        numbers = [number for number in parsed if number is not None]
        symbol = text.slug(numbers[0].symbol) if numbers else ""
        issuers = record.issuers or ((record.approver,) if record.approver and not record.numbers else ())
        places = {place for place in map(self.place_of, issuers) if place}
        return Traits(
            record=record,
            block=None if symbol in self._knowledge.shared_numbers else _block(record, numbers),
            year_in_number=bool(numbers and numbers[0].year),
            kind=self._kind(record, symbol),
            words=frozenset(self._series(kind) for kind in record.types),
            owners=frozenset(map(self.owner, issuers)),
            place=min(places) if len(places) == 1 else None,
            years=_years(record, numbers),
            days=frozenset(day for day in record.dates if len(day) == _FULL_DATE),
            titles=frozenset(
                key for title in (*record.titles, *record.short_names) if (key := self.title_key(title, record.types))
            ),
        )

    def title_key(self, title: str, types: Iterable[str]) -> str:
        """The title as compared: without ``về việc`` and without the type's own word in front."""
        labels = tuple(sorted(self._knowledge.label(kind, "vi") or "" for kind in types))
        return _title_key(title, labels)

    def owner(self, issuer: str) -> str:
        """The key of the series of numbers in which a body numbers its instruments."""
        body, owners = self._bodies.get(issuer), self._knowledge.owners
        if issuer in owners:
            return owners[issuer]
        kind = body.kind if body else None
        place = self.place_of(issuer)
        if kind is None or place is None or (kind not in owners and kind not in self._owning):
            return issuer
        return f"{owners.get(kind, kind)} {'/'.join(place)}"

    def place_of(self, issuer: str) -> PlaceKey | None:
        """Level, province and district of a body; None where nothing is known of it."""
        body = self._bodies.get(issuer)
        if body is None:
            return None
        if body.province is None and body.district is None:
            return (CENTRAL, "", "") if body.level == CENTRAL else None
        province, district = text.compare_key(body.province or ""), text.compare_key(body.district or "")
        return (body.level or "", province, district)

    def reach(self, record: Record) -> frozenset[tuple[str, str]]:
        """Provinces and districts whose instruments a document may cite without naming the issuer: its own."""
        province, district = record.seen.province, record.seen.district
        own = text.compare_key(province) if province else ""
        return frozenset(
            {(own, ""), (own, text.compare_key(district))} if district and own else {(own, "")} if own else ()
        )

    def _kind(self, record: Record, symbol: str) -> str | None:
        for token in symbol.split("-"):
            if token in self._knowledge.symbol_types:
                return self._series(self._knowledge.symbol_types[token])
        stated = {self._series(kind) for kind in record.types if kind not in self._knowledge.generic_types}
        return min(stated) if len(stated) == 1 else None

    def _series(self, kind: str) -> str:
        return self._knowledge.type_series.get(kind, kind)


def is_ordinal_body(owner: str) -> bool:
    """Whether a body is one of a count (a congress, ``lần thứ XIII``): it issues one resolution."""
    return bool(_ORDINAL.search(owner))


def without_amended(key: str) -> str:
    """A law's name without ``(sửa đổi)``."""
    return _AMENDED.sub("", key)


def same_place(one: PlaceKey | None, other: PlaceKey | None) -> bool:
    """Whether two places may be one: unknown parts fit anything."""
    if one is None or other is None:
        return True
    return one[1:] == other[1:] and (not one[0] or not other[0] or one[0] == other[0])


def _block(record: Record, numbers: list[OfficialNumber]) -> str | None:
    if numbers:
        first = numbers[0]
        return text.slug(f"{first.serial.lstrip('0') or '0'}-{first.symbol}")
    return text.slug(record.numbers[0]) or None if record.numbers else None


def _years(record: Record, numbers: list[OfficialNumber]) -> frozenset[str]:
    written = {number.year for number in numbers if number.year}
    return frozenset(written or {day[:4] for day in record.dates})


@lru_cache(maxsize=65536)
def _title_key(title: str, labels: tuple[str, ...]) -> str:
    key = text.compare_key(title)
    for label in labels:
        word = text.compare_key(label)
        if word and key.startswith(word + " "):
            key = key[len(word) + 1 :]
            break
    return _LEAD.sub("", key, count=1) if _LEAD.match(key) else key
