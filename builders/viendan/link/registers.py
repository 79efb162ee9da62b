"""Read access to the registers (``data/register-*.ttl``): places, bodies, instruments, movements as values.

The files are written by ``register_import`` and reviewed by people; here they are read and never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from viendan import turtle, vocab
from viendan.link.register_import import import_registers

__all__ = [
    "AgencyEntry",
    "EditionEntry",
    "InstrumentEntry",
    "MovementEntry",
    "Period",
    "PlaceEntry",
    "Registers",
    "Trust",
    "import_registers",
    "load_registers",
]

_SUCCESSOR: Final = vocab.VD + "successor"
_LONGEST_CHAIN: Final = 12  # no body was succeeded more often since 1945


@dataclass(frozen=True, slots=True)
class Trust:
    """Where an entry comes from and how far it can be trusted (``sure``, ``likely``, ``unsure``)."""

    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, month or year; empty where not known or still valid."""

    first: str
    last: str

    def holds(self, date: str) -> bool:
        """Whether a date (day, month or year) lies in the period, at the precision that both share."""
        after = not self.first or self.first[: len(date)] <= date[: len(self.first)]
        before = not self.last or date[: len(self.last)] <= self.last[: len(date)]
        return after and before


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place for the time in which it had one name and border; IRIs of other places."""

    iri: str
    key: str
    name: str
    official_name: str
    other_names: tuple[str, ...]
    level: str
    kind: str
    period: Period
    within: tuple[str, ...]
    now_within: tuple[str, ...]
    successors: tuple[str, ...]
    predecessors: tuple[str, ...]
    codes: tuple[str, ...]
    trust: Trust


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """A single body; successors and predecessors may be bodies or kinds of bodies."""

    iri: str
    key: str
    name: str
    name_en: str
    official_name: str
    other_names: tuple[str, ...]
    symbols: tuple[str, ...]
    abbreviations: tuple[str, ...]
    level: str
    line: str
    period: Period
    successors: tuple[str, ...]
    predecessors: tuple[str, ...]
    trust: Trust


@dataclass(frozen=True, slots=True)
class InstrumentEntry:
    """An instrument that documents everywhere cite; ``names`` are those by which it is cited without a number."""

    iri: str
    number: str
    type_key: str
    date: str
    issuers: tuple[str, ...]
    title: str
    label: str
    label_en: str
    names: tuple[str, ...]
    effective: str
    replaces: tuple[str, ...]
    amends: tuple[str, ...]
    trust: Trust


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """A period of a movement."""

    iri: str
    label: str
    movement: str
    period: Period
    set_out_in: tuple[str, ...]
    trust: Trust


@dataclass(frozen=True, slots=True)
class MovementEntry:
    """A movement or campaign with its wordings; ``localises`` is the IRI of the national one, or empty."""

    iri: str
    key: str
    label: str
    label_en: str
    wordings: tuple[str, ...]
    kind: str
    scope: str
    province: str
    localises: str
    unquoted: bool
    set_out_in: tuple[str, ...]
    trust: Trust


@dataclass(frozen=True)
class Registers:
    """All registers, by IRI, in the order of IRIs."""

    places: Mapping[str, PlaceEntry]
    agencies: Mapping[str, AgencyEntry]
    instruments: Mapping[str, InstrumentEntry]
    movements: Mapping[str, MovementEntry]
    editions: Mapping[str, EditionEntry]

    @cached_property
    def _successors(self) -> Mapping[str, tuple[str, ...]]:
        entries: list[PlaceEntry | AgencyEntry] = [*self.places.values(), *self.agencies.values()]
        return {entry.iri: entry.successors for entry in entries}

    @cached_property
    def _periods(self) -> Mapping[str, Period]:
        entries: list[PlaceEntry | AgencyEntry] = [*self.places.values(), *self.agencies.values()]
        return {entry.iri: entry.period for entry in entries}

    def heirs(self, iri: str, date: str = "") -> tuple[str, ...]:
        """Where successors lead to from a place or body: those that have none, or the first that exist on ``date``.

        The thing itself where it has no successor (or exists on the date); a thing unknown here comes back as it is.
        """
        found: set[str] = set()
        open_ends, seen = {iri}, {iri}
        for _ in range(_LONGEST_CHAIN):
            following: set[str] = set()
            for end in open_ends:
                nexts = self._successors.get(end, ())
                there = bool(date) and end in self._periods and self._periods[end].holds(date)
                if there or not nexts:
                    found.add(end)
                else:
                    following.update(nexts)
            open_ends = following - seen
            seen |= open_ends
        return tuple(sorted(found))


def load_registers(data_dir: Path, further: Iterable[Path] = ()) -> Registers:
    """The registers of a folder, with what ``further`` files (``ontology/names.ttl``) say of the same things.

    Raises DataError for a file that is broken; a folder without registers gives empty ones.
    """
    things: dict[str, _Thing] = {}
    for file in (*sorted(data_dir.glob("register-*.ttl")), *further):
        for triple in turtle.read_file(file):
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, (ox.NamedNode, ox.Literal)):
                thing = things.setdefault(triple.subject.value, _Thing(triple.subject.value))
                thing.values[triple.predicate.value].append(triple.object)
    by_class: dict[str, dict[str, _Thing]] = defaultdict(dict)
    for iri in sorted(things):
        for kind in things[iri].iris(vocab.RDF + "type"):
            by_class[kind][iri] = things[iri]
    return Registers(
        places=MappingProxyType({iri: _place(thing) for iri, thing in by_class[vocab.VD + "Place"].items()}),
        agencies=MappingProxyType({iri: _agency(thing) for iri, thing in by_class[vocab.VD + "Body"].items()}),
        instruments=MappingProxyType(
            {iri: _instrument(thing) for iri, thing in by_class[vocab.VD + "Instrument"].items()}
        ),
        movements=MappingProxyType({iri: _movement(thing) for iri, thing in by_class[vocab.VD + "Movement"].items()}),
        editions=MappingProxyType({iri: _edition(thing) for iri, thing in by_class[vocab.VD + "Edition"].items()}),
    )


class _Thing:
    """The values of one subject, by property IRI."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.values: dict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)

    @property
    def key(self) -> str:
        return self.iri.rsplit("/", 1)[1]

    def iris(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(node.value for node in self.values.get(name, ()) if isinstance(node, ox.NamedNode)))

    def texts(self, name: str, language: str | None = None) -> tuple[str, ...]:
        """Literals, all or of one language, sorted."""
        found = (node for node in self.values.get(name, ()) if isinstance(node, ox.Literal))
        return tuple(sorted(node.value for node in found if language is None or node.language == language))

    def text(self, name: str, language: str | None = None) -> str:
        return next(iter(self.texts(name, language)), "")

    def own(self, name: str) -> str:
        """The first value of an own property: a literal, or the last part of an IRI."""
        return self.text(vocab.VD + name) or next((iri.rsplit("/", 1)[1] for iri in self.iris(vocab.VD + name)), "")

    def owns(self, name: str) -> tuple[str, ...]:
        return self.texts(vocab.VD + name) or self.iris(vocab.VD + name)

    @property
    def label(self) -> str:
        return self.text(vocab.SKOS + "prefLabel", "vi")

    @property
    def label_en(self) -> str:
        return self.text(vocab.SKOS + "prefLabel", "en")

    @property
    def other_names(self) -> tuple[str, ...]:
        return self.texts(vocab.SKOS + "altLabel", "vi")

    @property
    def period(self) -> Period:
        return Period(self.own("validFrom"), self.own("validTo"))

    @property
    def trust(self) -> Trust:
        return Trust(self.texts(vocab.DCTERMS + "source"), self.own("confidence"))


def _place(thing: _Thing) -> PlaceEntry:
    return PlaceEntry(
        iri=thing.iri,
        key=thing.key,
        name=thing.label,
        official_name=thing.own("officialName"),
        other_names=thing.other_names,
        level=thing.own("level"),
        kind=thing.own("placeKind"),
        period=thing.period,
        within=thing.owns("within"),
        now_within=thing.owns("nowWithin"),
        successors=thing.iris(_SUCCESSOR),
        predecessors=thing.owns("predecessor"),
        codes=thing.owns("code"),
        trust=thing.trust,
    )


def _agency(thing: _Thing) -> AgencyEntry:
    return AgencyEntry(
        iri=thing.iri,
        key=thing.key,
        name=thing.label,
        name_en=thing.label_en,
        official_name=thing.own("officialName"),
        other_names=thing.other_names,
        symbols=thing.owns("symbol"),
        abbreviations=thing.owns("abbreviation"),
        level=thing.own("level"),
        line=thing.own("line"),
        period=thing.period,
        successors=thing.iris(_SUCCESSOR),
        predecessors=thing.owns("predecessor"),
        trust=thing.trust,
    )


def _instrument(thing: _Thing) -> InstrumentEntry:
    return InstrumentEntry(
        iri=thing.iri,
        number=thing.text(vocab.ELI + "id_local"),
        type_key=next((iri.rsplit("/", 1)[1] for iri in thing.iris(vocab.ELI + "type_document")), ""),
        date=thing.text(vocab.ELI + "date_document"),
        issuers=thing.iris(vocab.ELI + "passed_by"),
        title=thing.text(vocab.ELI + "title", "vi"),
        label=thing.label,
        label_en=thing.label_en,
        names=(*thing.owns("shortName"), *thing.other_names),
        effective=thing.text(vocab.ELI + "first_date_entry_in_force"),
        replaces=thing.owns("replaces"),
        amends=thing.iris(vocab.ELI + "amends"),
        trust=thing.trust,
    )


def _movement(thing: _Thing) -> MovementEntry:
    return MovementEntry(
        iri=thing.iri,
        key=thing.key,
        label=thing.label,
        label_en=thing.label_en,
        wordings=thing.other_names,
        kind=thing.own("movementKind"),
        scope=thing.own("scope"),
        province=thing.own("province"),
        localises=next(iter(thing.owns("localises")), ""),
        unquoted=thing.own("unquoted") == "true",
        set_out_in=thing.owns("setOutIn"),
        trust=thing.trust,
    )


def _edition(thing: _Thing) -> EditionEntry:
    return EditionEntry(
        iri=thing.iri,
        label=thing.label,
        movement=next(iter(thing.owns("editionOf")), ""),
        period=thing.period,
        set_out_in=thing.owns("setOutIn"),
        trust=thing.trust,
    )
