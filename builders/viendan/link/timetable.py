"""What the registers and the ontology say of time: places, kinds of local bodies and single bodies with their first and
last days, what succeeds them, by which act, and why nothing does.

Kinds change as a pattern (``Sở Thông tin và Truyền thông`` became ``Sở Khoa học và Công nghệ`` everywhere); what a
pattern means for one body in one place is worked out in ``succession``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from viendan import days, text, vocab
from viendan.link.reading import Index, Subject, first, index, last_part, values

_OWN: Final = (
    "officialName placeKind level line validFrom validTo successor within nowWithin areaNow nameHead placeForm "
    "legalBasis confidence endReason changedOn changeKind"
)
_KEPT: Final = frozenset(
    {
        vocab.RDF + "type",
        vocab.SKOS + "prefLabel",
        vocab.DCTERMS + "source",
        vocab.ORG + "originalOrganization",
        vocab.ORG + "resultingOrganization",
        *(vocab.VD + name for name in _OWN.split()),
    }
)
_BASE_DAY: Final = "2025-06-30"  # the last day of the 63 provinces: their bodies have the IRIs without a year


@dataclass(frozen=True, slots=True)
class Trust:
    """Where it is from: sources, the act, and how sure it is."""

    source: str | None
    basis: str | None
    confidence: str | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """Something with a beginning and an end; ``first`` and ``last`` are as precise as known, empty where open.

    ``name`` is the Vietnamese one; ``reason`` says why nothing succeeds it.
    """

    iri: str
    name: str
    name_en: str
    level: str
    line: str
    first: str
    last: str
    successors: tuple[str, ...]
    reason: str | None
    trust: Trust

    @property
    def first_day(self) -> str:
        """Its first day; the beginning of time where none is known."""
        return days.first_day(self.first) if self.first else ""

    @property
    def last_day(self) -> str:
        """Its last day; the end of time where none is known."""
        return days.last_day(self.last) if self.last else days.ALWAYS

    def on(self, day: str) -> bool:
        """Whether it was there on a date (at any time of a month or year)."""
        return self.first_day <= days.last_day(day) and days.first_day(day) <= self.last_day


@dataclass(frozen=True, slots=True)
class Span(Tenure):
    """A place for the time in which it had one name and one border; ``official`` has its kind (``tỉnh Lào Cai``)."""

    official: str
    kind: str
    within: tuple[str, ...]
    now_within: tuple[str, ...]
    area_now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind(Tenure):
    """A kind of local bodies; ``heads`` are the words before the place, ``form`` what of the place follows."""

    heads: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """Places, kinds, single bodies and levels by IRI; places and single bodies also by the name that they share."""

    places: Mapping[str, Span]
    kinds: Mapping[str, Kind]
    agencies: Mapping[str, Tenure]
    levels: Mapping[str, Tenure]
    by_name: Mapping[tuple[str, str], tuple[Span, ...]]
    namesakes: Mapping[str, tuple[Tenure, ...]]
    makers: Mapping[str, tuple[str, ...]]
    """Place or kind → those that it succeeded."""

    def named(self, name: str, level: str, within: str | None = None) -> tuple[Span, ...]:
        """The places of a level that ever had this bare name; of districts, those in a province of the name
        ``within``."""
        found = self.by_name.get((text.compare_key(name), level), ())
        if within is None:
            return found
        outer = {place.iri for place in self.named(within, "province")}
        return tuple(place for place in found if outer & set(place.within))

    def reached(self, place: Span, day: str) -> tuple[Span, ...]:
        """What a place had become by a day: itself, or its successors step by step."""
        if not place.successors or days.first_day(day) <= place.last_day:
            return (place,)
        found = {end.iri: end for new in place.successors if new in self.places for end in self._on(new, day)}
        return tuple(found[iri] for iri in sorted(found))

    def _on(self, iri: str, day: str) -> tuple[Span, ...]:
        return self.reached(self.places[iri], day)


def holder(spans: Iterable[Tenure]) -> Tenure | None:
    """Of things that share a name, the one that the name means where nothing tells when: that of the last day of the
    63 provinces, else the latest."""
    return max(spans, key=lambda span: (span.on(_BASE_DAY), span.first_day, span.iri), default=None)


def read_timetable(graphs: Iterable[Iterable[ox.Triple]]) -> Timetable:
    """The timetable in the triples of the ontology and of the registers, in any order."""
    merged: Index = {}
    for triples in graphs:
        for iri, subject in index(triple for triple in triples if triple.predicate.value in _KEPT).items():
            own = merged.setdefault(iri, {})
            for predicate, terms in subject.items():
                own.setdefault(predicate, []).extend(terms)
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for iri in sorted(merged):
        for kind in values(merged[iri], vocab.RDF + "type"):
            classes[kind].append(iri)
    places = {iri: _span(iri, merged[iri]) for iri in classes[vocab.VD + "Place"]}
    agencies = {iri: _tenure(iri, merged[iri]) for iri in classes[vocab.VD + "Body"]}
    for event in classes[vocab.ORG + "ChangeEvent"]:
        for iri in values(merged[event], vocab.ORG + "originalOrganization"):
            if iri in agencies:
                agencies[iri] = _changed(agencies[iri], merged[event])
    kinds = {iri: _kind(iri, merged[iri]) for iri in classes[vocab.VD + "BodyKind"]}
    levels = [iri for iri in merged if iri.startswith(vocab.ID + "level/")]
    return Timetable(
        places=MappingProxyType(places),
        kinds=MappingProxyType(kinds),
        agencies=MappingProxyType(agencies),
        levels=MappingProxyType({last_part(iri): _tenure(iri, merged[iri]) for iri in levels}),
        by_name=_grouped(places.values()),
        namesakes=_namesakes(agencies, merged),
        makers=_makers([*places.values(), *kinds.values()]),
    )


def _makers(tenures: Iterable[Tenure]) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for own in tenures:
        for iri in own.successors:
            found[iri].append(own.iri)
    return MappingProxyType({iri: tuple(own) for iri, own in found.items()})


def _trust(subject: Subject) -> Trust:
    return Trust(
        "; ".join(values(subject, vocab.DCTERMS + "source")) or None,
        first(subject, vocab.VD + "legalBasis"),
        first(subject, vocab.VD + "confidence"),
    )


def _own(subject: Subject, name: str) -> str:
    """The last part of the first value of an own property; empty where it has none."""
    return last_part(first(subject, vocab.VD + name) or "")


def _label(subject: Subject, language: str) -> str:
    found = [
        term.value
        for term in subject.get(vocab.SKOS + "prefLabel", [])
        if isinstance(term, ox.Literal) and term.language == language
    ]
    return text.nfc(min(found, default=""))


def _tenure(iri: str, subject: Subject) -> Tenure:
    return Tenure(
        iri=iri,
        name=_label(subject, "vi"),
        name_en=_label(subject, "en"),
        level=_own(subject, "level"),
        line=_own(subject, "line"),
        first=_own(subject, "validFrom"),
        last=_own(subject, "validTo"),
        successors=values(subject, vocab.VD + "successor"),
        reason=first(subject, vocab.VD + "endReason"),
        trust=_trust(subject),
    )


def _span(iri: str, subject: Subject) -> Span:
    base = _tenure(iri, subject)
    return Span(
        iri=base.iri,
        name=base.name,
        name_en=base.name_en,
        level=base.level,
        line=base.line,
        first=base.first,
        last=base.last,
        successors=base.successors,
        reason=base.reason,
        trust=base.trust,
        official=text.nfc(first(subject, vocab.VD + "officialName") or base.name),
        kind=text.nfc(first(subject, vocab.VD + "placeKind") or ""),
        within=values(subject, vocab.VD + "within"),
        now_within=values(subject, vocab.VD + "nowWithin"),
        area_now=values(subject, vocab.VD + "areaNow"),
    )


def _kind(iri: str, subject: Subject) -> Kind:
    base = _tenure(iri, subject)
    heads = (text.nfc(head) for head in values(subject, vocab.VD + "nameHead"))
    return Kind(
        iri=base.iri,
        name=base.name,
        name_en=base.name_en,
        level=base.level,
        line=base.line,
        first=base.first,
        last=base.last,
        successors=base.successors,
        reason=base.reason,
        trust=base.trust,
        heads=tuple(sorted(heads, key=lambda head: (not base.name.startswith(head), -len(head), head))),
        form=_own(subject, "placeForm"),
    )


def _changed(body: Tenure, event: Subject) -> Tenure:
    """A single body with what an event says of its end; the tables' own successors stand where it names none."""
    return replace(
        body,
        last=body.last or days.day_before(_own(event, "changedOn")),
        successors=values(event, vocab.ORG + "resultingOrganization") or body.successors,
        reason=first(event, vocab.VD + "endReason") or body.reason,
        trust=_trust(event),
    )


def _grouped(places: Iterable[Span]) -> Mapping[tuple[str, str], tuple[Span, ...]]:
    found: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    for place in places:
        found[text.compare_key(place.name), place.level].append(place)
    return MappingProxyType({key: tuple(own) for key, own in found.items()})


def _namesakes(agencies: Mapping[str, Tenure], merged: Index) -> Mapping[str, tuple[Tenure, ...]]:
    """Single bodies that had one official name at different times, by the IRI of each."""
    named: defaultdict[str, list[Tenure]] = defaultdict(list)
    for iri, body in agencies.items():
        official = first(merged[iri], vocab.VD + "officialName") or body.name
        named[text.compare_key(official)].append(body)
    return MappingProxyType({body.iri: tuple(own) for own in named.values() if len(own) > 1 for body in own})
