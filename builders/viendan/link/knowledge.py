"""What link knows before it reads a document: words of the ontology and entries of the registers, as look-up tables.

Types and their symbols, which bodies share one series of numbers, inverse properties, places with their validity,
labels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from viendan import text, vocab
from viendan.link.reading import Index, Subject, Term, first, index, last_part, values

_KEPT: Final = frozenset(
    {
        *(vocab.SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "inScheme")),
        *(
            vocab.VD + name
            for name in (
                "symbol",
                "actsFor",
                "partOf",
                "issuer",
                "level",
                "line",
                "rank",
                "order",
                "property",
                "inverseProperty",
                "severity",
                "validFrom",
                "validTo",
                "within",
                "generic",
                "cue",
                "wordKind",
                "sharedType",
            )
        ),
        vocab.OWL + "inverseOf",
        vocab.RDF + "type",
    }
)
_FIRST_DAY, _LAST_DAY = "0000", "9999"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the register with the days between which it is valid (inclusive, open ends as 0000 and 9999)."""

    iri: str
    names: tuple[str, ...]
    level: str | None
    within: tuple[str, ...]
    valid_from: str
    valid_to: str

    def valid_on(self, day: str) -> bool:
        """Whether the place exists on a day (``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``: at some time of it)."""
        return self.valid_from[: len(day)] <= day <= self.valid_to[: len(day)]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Look-up tables by IRI, symbol slug or compared name."""

    labels: Mapping[str, Mapping[str, str]]
    symbol_types: Mapping[str, str]
    generic_types: frozenset[str]
    type_series: Mapping[str, str]
    shared_numbers: frozenset[str]
    owners: Mapping[str, str]
    lines: Mapping[str, str]
    levels: Mapping[str, str]
    inverses: Mapping[str, str]
    severities: Mapping[str, str]
    openers: frozenset[str]
    """Words that open a subject without ``về`` (``quy định``, ``sửa đổi``), as compared."""
    ranks: Mapping[str, int]
    orders: Mapping[str, int]
    places: Mapping[str, tuple[Place, ...]]
    places_by_iri: Mapping[str, Place]

    def label(self, iri: str, language: str) -> str | None:
        """The preferred name of a concept or register entry in a language, else in Vietnamese."""
        found = self.labels.get(iri)
        return (found.get(language) or found.get("vi")) if found else None

    def place(self, province: str | None, district: str | None, day: str | None) -> str | None:
        """The IRI of the place that had these names on that day; None for one the register does not know for sure."""
        if not province:
            return None
        provinces = self._named(province, "province", day, None)
        if district:
            found = self._named(district, "district", day, provinces)
            return found[0].iri if len(found) == 1 else None
        return provinces[0].iri if len(provinces) == 1 else None

    def _named(self, name: str, level: str, day: str | None, within: tuple[Place, ...] | None) -> tuple[Place, ...]:
        found = tuple(place for place in self.places.get(text.compare_key(name), ()) if place.level == level)
        if within is not None:
            outer = {place.iri for place in within}
            found = tuple(place for place in found if outer & set(place.within)) or found
        if day is None or len(found) < 2:
            return found
        return tuple(place for place in found if place.valid_on(day)) or found


def read_knowledge(graphs: Iterable[Iterable[ox.Triple]]) -> Knowledge:
    """The tables from the triples of the ontology and of the registers, in any order."""
    merged: Index = {}
    for triples in graphs:
        for iri, subject in index(triple for triple in triples if triple.predicate.value in _KEPT).items():
            own = merged.setdefault(iri, {})
            for predicate, terms in subject.items():
                own.setdefault(predicate, []).extend(terms)
    schemes = {iri: {last_part(scheme) for scheme in values(s, vocab.SKOS + "inScheme")} for iri, s in merged.items()}
    types = {iri: subject for iri, subject in merged.items() if "instrument-types" in schemes[iri]}
    places = _places(merged)
    return Knowledge(
        labels=MappingProxyType({iri: _labels(s) for iri, s in merged.items() if vocab.SKOS + "prefLabel" in s}),
        symbol_types=_unique_symbols(types),
        generic_types=frozenset(iri for iri, s in types.items() if first(s, vocab.VD + "generic") == "true"),
        type_series=MappingProxyType(
            {kind: iri for iri in sorted(merged) for kind in values(merged[iri], vocab.VD + "sharedType")}
        ),
        shared_numbers=frozenset(
            text.slug(symbol)
            for iri, subject in merged.items()
            if "shared-numbers" in schemes[iri]
            for symbol in values(subject, vocab.VD + "symbol")
        ),
        owners=_owners(merged, schemes),
        lines=_single(merged, "line"),
        levels=_single(merged, "level"),
        inverses=_inverses(merged),
        severities=_single(merged, "severity"),
        openers=frozenset(
            text.compare_key(cue)
            for subject in merged.values()
            if first(subject, vocab.VD + "wordKind") == "title-opener"
            for cue in values(subject, vocab.VD + "cue")
        ),
        ranks=_numbers(merged, "rank"),
        orders=_numbers(merged, "order"),
        places=_by_name(places),
        places_by_iri=MappingProxyType({place.iri: place for place in places}),
    )


def _labels(subject: Subject) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for term in sorted(subject[vocab.SKOS + "prefLabel"], key=lambda term: term.value):
        if isinstance(term, ox.Literal):
            found.setdefault(term.language or "vi", text.nfc(term.value))
    return MappingProxyType(found)


def _single(merged: Index, name: str) -> Mapping[str, str]:
    """The one value of an own property for each thing that has exactly one."""
    found = {iri: values(subject, vocab.VD + name) for iri, subject in merged.items()}
    return MappingProxyType({iri: last_part(known[0]) for iri, known in found.items() if len(known) == 1})


def _numbers(merged: Index, name: str) -> Mapping[str, int]:
    found = _single(merged, name)
    return MappingProxyType({iri: int(value) for iri, value in found.items() if value.isdigit()})


def _unique_symbols(types: Mapping[str, Subject]) -> Mapping[str, str]:
    """Symbol slug → type, for symbols that only one type has."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for iri, subject in types.items():
        for symbol in values(subject, vocab.VD + "symbol"):
            users[text.slug(symbol)].add(iri)
    return MappingProxyType({symbol: min(own) for symbol, own in users.items() if len(own) == 1})


def _owners(merged: Index, schemes: Mapping[str, set[str]]) -> Mapping[str, str]:
    """Body or kind of body → whose series of numbers it uses.

    The chairman numbers in the series of the committee that he acts for, a standing board in that of the committee that
    it is part of, where they have a symbol in common; the scheme ``number-series`` names further bodies that share one.
    """
    found: dict[str, str] = {}
    for iri, subject in merged.items():
        own = set(values(subject, vocab.VD + "symbol"))
        for parent in values(subject, vocab.VD + "actsFor"):
            found.setdefault(iri, parent)
        for parent in values(subject, vocab.VD + "partOf"):
            if own & set(values(merged.get(parent), vocab.VD + "symbol")):
                found.setdefault(iri, parent)
    for iri in sorted(merged):
        if "number-series" in schemes[iri]:
            found.update(dict.fromkeys(values(merged[iri], vocab.VD + "issuer"), iri))
    return MappingProxyType(found)


def _inverses(merged: Index) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for iri in sorted(merged):
        subject = merged[iri]
        for own, other in (
            (iri, first(subject, vocab.OWL + "inverseOf")),
            (first(subject, vocab.VD + "property"), first(subject, vocab.VD + "inverseProperty")),
        ):
            if own and other:
                found.setdefault(own, other)
                found.setdefault(other, own)
    return MappingProxyType(found)


def _places(merged: Index) -> list[Place]:
    found = []
    for iri in sorted(merged):
        subject = merged[iri]
        if vocab.VD + "Place" in values(subject, vocab.RDF + "type"):
            level = first(subject, vocab.VD + "level")
            names = {text.nfc(term.value) for name in ("prefLabel", "altLabel") for term in _vietnamese(subject, name)}
            found.append(
                Place(
                    iri=iri,
                    names=tuple(sorted(names)),
                    level=last_part(level) if level else None,
                    within=values(subject, vocab.VD + "within"),
                    valid_from=first(subject, vocab.VD + "validFrom") or _FIRST_DAY,
                    valid_to=first(subject, vocab.VD + "validTo") or _LAST_DAY,
                )
            )
    return found


def _vietnamese(subject: Subject, name: str) -> list[Term]:
    terms = subject.get(vocab.SKOS + name, [])
    return [term for term in terms if isinstance(term, ox.Literal) and term.language != "en"]


def _by_name(places: Iterable[Place]) -> Mapping[str, tuple[Place, ...]]:
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        for key in {text.compare_key(name) for name in place.names}:
            found[key].append(place)
    return MappingProxyType({key: tuple(own) for key, own in found.items()})
