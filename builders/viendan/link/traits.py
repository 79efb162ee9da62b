"""What identity compares: the traits of an instrument as one document knows it, derived once for each record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from viendan import text
from viendan.identifiers import OfficialNumber
from viendan.link.bodies import fuller
from viendan.link.facts import BodyFact, Node, Record, Seen, SourceFacts
from viendan.link.knowledge import Knowledge
from viendan.link.reading import last_part

PlaceKey = tuple[str, str, str]
"""Level, province and district of a body, as compared; empty where it has none."""

CENTRAL: Final = "central"
_COMMUNE: Final = "commune"
_ORDINAL: Final = re.compile(r"-lan-thu-(?:[ivxlc]+|\d+)(?:-|\Z)")
_LEAD: Final = re.compile(r"(?:về việc|về|v/v)\s+")
_AMENDED: Final = re.compile(r"\s*\(?(?:sửa đổi|sua doi)\)?\Z")  # long titles are compared without marks
_FULL_DATE: Final = 10
# Signs that scanners take for each other. The b behind the digits of a serial (12b) means what it says.
_SERIAL_SIGNS: Final = str.maketrans({"i": "1", "l": "1", "o": "0", "s": "5", "z": "2"})
_FIRST_SIGN: Final = str.maketrans({**_SERIAL_SIGNS, ord("b"): "8"})
_SYMBOL_SIGNS: Final = str.maketrans({**_FIRST_SIGN, ord("d"): "0", ord("q"): "0"})


@dataclass(frozen=True, slots=True)
class Traits:
    """An instrument as one graph knows it.

    ``block`` is the number without its year, signs that are easily taken for each other made one (None without a
    number): only records of one block can be of one number.
    ``owners`` are the keys of the series of numbers of its issuers, ``place`` where these issuers are, ``years`` and
    ``days`` when, ``kind`` the type or series of types (None where no symbol and no word tells), ``words`` the type
    words, ``reach`` the provinces and districts whose instruments its document may cite without naming the issuer: the
    centre's and its own.
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
    reach: tuple[tuple[str, str], ...]

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
    """Derives traits; holds what the registers know of bodies."""

    def __init__(self, knowledge: Knowledge, registered: Iterable[BodyFact]) -> None:
        self._knowledge = knowledge
        self._registered: dict[str, BodyFact] = {}
        for fact in registered:
            self._registered[fact.iri] = fuller(self._registered.get(fact.iri), fact)
        self._owning = frozenset(knowledge.owners.values())

    def is_registered(self, iri: str) -> bool:
        """Whether a register has the body."""
        return iri in self._registered

    def traits(self, facts: SourceFacts) -> tuple[Traits, ...]:
        """The traits of the records of one graph.

        Bodies are what this graph says that they are, or a register: another document may mean another one by the name.
        """
        bodies = {fact.iri: fuller(self._registered.get(fact.iri), fact) for fact in facts.bodies}
        issuers = _Issuers(self._knowledge, {**self._registered, **bodies}, self._owning)
        return tuple(self._traits(record, issuers) for record in facts.records)

    def _traits(self, record: Record, known: _Issuers) -> Traits:
        parsed = [OfficialNumber.parse(number) for number in record.numbers]
        numbers = [number for number in parsed if number is not None]
        symbol = text.slug(numbers[0].symbol) if numbers else ""
        issuers = record.issuers or ((record.approver,) if record.approver and not record.numbers else ())
        places = {place for place in map(known.place_of, issuers) if place}
        return Traits(
            record=record,
            block=None if symbol in self._knowledge.shared_numbers else _block(record, numbers),
            year_in_number=bool(numbers and numbers[0].year),
            kind=self._kind(record, symbol),
            words=frozenset(self._series(kind) for kind in record.types),
            owners=frozenset(map(known.owner, issuers)),
            place=min(places) if len(places) == 1 else None,
            years=_years(record, numbers),
            days=frozenset(day for day in record.dates if len(day) == _FULL_DATE),
            titles=frozenset(
                key for title in (*record.titles, *record.short_names) if (key := self.title_key(title, record.types))
            ),
            reach=_reach(record.seen),
        )

    def title_key(self, title: str, types: Iterable[str]) -> str:
        """The title as compared: without ``về việc`` and without the type's own word in front."""
        labels = tuple(sorted(self._knowledge.label(kind, "vi") or "" for kind in types))
        return _title_key(title, labels)

    def _kind(self, record: Record, symbol: str) -> str | None:
        for token in symbol.split("-"):
            if token in self._knowledge.symbol_types:
                return self._series(self._knowledge.symbol_types[token])
        stated = {self._series(kind) for kind in record.types if kind not in self._knowledge.generic_types}
        return min(stated) if len(stated) == 1 else None

    def _series(self, kind: str) -> str:
        return self._knowledge.type_series.get(kind, kind)


class _Issuers:
    """The bodies that one graph speaks of."""

    def __init__(self, knowledge: Knowledge, bodies: Mapping[str, BodyFact], owning: frozenset[str]) -> None:
        self._owners = knowledge.owners
        self._bodies = bodies
        self._owning = owning

    def owner(self, issuer: str) -> str:
        """The key of the series of numbers in which a body numbers its instruments."""
        if issuer in self._owners:
            return self._owners[issuer]
        body, place = self._bodies.get(issuer), self.place_of(issuer)
        if body is None or place is None:
            return issuer
        kind = body.kind
        if kind is not None and (kind in self._owners or kind in self._owning):
            return f"{self._owners.get(kind, kind)} {'/'.join(place)}"
        # The name of a district's body leaves out the province.
        return f"{issuer} {'/'.join(place)}" if place[2] else issuer

    def place_of(self, issuer: str) -> PlaceKey | None:
        """Level, province and district of a body; None where nothing is known of it."""
        body = self._bodies.get(issuer)
        if body is None:
            return None
        if body.province is None and body.district is None:
            return (CENTRAL, "", "") if body.level == CENTRAL else None
        province, district = text.compare_key(body.province or ""), text.compare_key(body.district or "")
        if body.level == _COMMUNE:  # a district has many of one kind
            district = f"{district}/{last_part(issuer)}"
        return (body.level or "", province, district)


def _reach(seen: Seen) -> tuple[tuple[str, str], ...]:
    own = text.compare_key(seen.province or "")
    places = [("", "")]
    if own:
        places.append((own, ""))
        if seen.district:
            places.append((own, text.compare_key(seen.district)))
    return tuple(places)


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
        serial, symbol = numbers[0].serial, numbers[0].symbol
    elif record.numbers:
        serial, _, symbol = text.slug(record.numbers[0]).partition("-")
    else:
        return None
    first = text.slug(serial[:1]).translate(_FIRST_SIGN)
    digits = (first + text.slug(serial[1:]).translate(_SERIAL_SIGNS)).lstrip("0") or "0"
    return f"{digits}-{text.slug(symbol).translate(_SYMBOL_SIGNS)}"


def _years(record: Record, numbers: list[OfficialNumber]) -> frozenset[str]:
    written = {number.year for number in numbers if number.year}
    return frozenset(written or {day[:4] for day in record.dates})


_LONG: Final = 3  # blanks at least of a title that is told without the marks, which scans misread


@lru_cache(maxsize=65536)
def _title_key(title: str, labels: tuple[str, ...]) -> str:
    key = text.compare_key(title)
    for label in labels:
        word = text.compare_key(label)
        if word and key.startswith(word + " "):
            key = key[len(word) + 1 :]
            break
    key = _LEAD.sub("", key, count=1) if _LEAD.match(key) else key
    return text.fold(key) if key.count(" ") >= _LONG else key
