"""When everything was there: a first and a last day for instruments, bodies and places, the changes of bodies, and what
is there of them today. A graph of its own, so that anything can be asked as of a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from viendan import days, identifiers, text, turtle, vocab
from viendan.link import labels
from viendan.link.description import Described
from viendan.link.facts import CitationFact
from viendan.link.identity import Corpus, Resolution
from viendan.link.inference import CITES, Edge
from viendan.link.local_bodies import LocalBody
from viendan.link.succession import Change, Chronicle, lasts_with_its_place
from viendan.link.timetable import Span, Tenure, Timetable

_ENDING: Final = frozenset(vocab.ROLE_PROPERTY[role] for role in ("repeals", "replaces"))
_LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Moments:
    """First days of instruments and movements; of instruments that ended, the last day in force and what ended them."""

    first: Mapping[str, str]
    last: Mapping[str, tuple[str, str]]


def find_moments(
    described: Sequence[Described], corpus: Corpus, resolution: Resolution, edges: Sequence[Edge]
) -> Moments:
    """The days of instruments.

    The first is that of its date. A document without a date is as old as the latest dated thing that it cites; another
    instrument without a date is there since the earliest document that cites it. The last is the day before the first
    instrument came into force that wholly repealed or replaced it: a repeal of one provision (with a pinpoint) ends
    nothing.
    """
    dated = {item.iri: days.first_day(item.date.value) for item in described if item.date}
    cites: defaultdict[str, set[str]] = defaultdict(set)
    cited_by: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in edges:
        if predicate == CITES:
            cites[subject].add(value)
            cited_by[value].add(subject)
    held = [item.iri for item in described if item.held and item.iri not in dated]
    reckoned = {iri: max((dated[own] for own in cites[iri] if own in dated), default=None) for iri in held}
    known = {**dated, **{iri: day for iri, day in reckoned.items() if day}}
    named = {
        item.iri: min((known[own] for own in cited_by[item.iri] if own in known), default=None) for item in described
    }
    first = {iri: day for iri, day in {**named, **known, **_movements(corpus, resolution, known)}.items() if day}
    return Moments(MappingProxyType(first), MappingProxyType(_ends(described, corpus, resolution, edges, first)))


def _movements(corpus: Corpus, resolution: Resolution, known: Mapping[str, str]) -> dict[str, str]:
    """A movement is there since the earliest document that names it."""
    found: dict[str, str] = {}
    for facts in corpus.sources:
        where = resolution.of(facts.seen.graph)
        for invocation in facts.invocations:
            day = known.get(where.get(invocation.document, invocation.document))
            movement = where.get(invocation.movement, invocation.movement)
            if day:
                found[movement] = min(day, found.get(movement, day))
    return found


def _ends(
    described: Sequence[Described],
    corpus: Corpus,
    resolution: Resolution,
    edges: Sequence[Edge],
    first: Mapping[str, str],
) -> dict[str, tuple[str, str]]:
    in_force = {
        item.iri: min(record.in_force for record in item.records if record.in_force)
        for item in described
        if any(record.in_force for record in item.records)
    }
    partial = {
        (where.get(own.citing, own.citing), where.get(own.cited, own.cited))
        for facts in corpus.sources
        for where in (resolution.of(facts.seen.graph),)
        for own in facts.citations
        if _is_partial(own)
    }
    found: dict[str, tuple[str, str]] = {}
    for by, predicate, ended in edges:
        day = in_force.get(by) or first.get(by)
        if predicate in _ENDING and day and (by, ended) not in partial and first.get(ended, "") < days.first_day(day):
            last = days.day_before(days.first_day(day))
            found[ended] = min(found.get(ended, (days.ALWAYS, "")), (last, by))
    return found


def _is_partial(citation: CitationFact) -> bool:
    return citation.pinpointed and vocab.ROLE_PROPERTY.get(citation.relation) in _ENDING


def moments_graph(
    moments: Moments, chronicle: Chronicle, table: Timetable, described: frozenset[str]
) -> Iterator[ox.Triple]:
    """The triples of the graph; ``described`` are the bodies that documents or registers describe already."""
    for iri in sorted(moments.first):
        yield _own(iri, "firstDay", turtle.date_literal(moments.first[iri]))
    for iri, (last, by) in sorted(moments.last.items()):
        yield _own(iri, "lastDay", turtle.date_literal(last))
        yield _own(iri, "endedBy", turtle.iri(by))
    for iri in sorted(table.places):
        yield from _place(table.places[iri], table)
    for iri in sorted(chronicle.members):
        own = chronicle.members[iri]
        if isinstance(own, LocalBody):
            yield from _local(own, described)
        else:
            yield from _days(own.iri, (own,))
            if own.iri not in described and own.name:
                yield from _named(own.iri, {"vi": own.name, "en": own.name_en})
    for iri in sorted(chronicle.changes):
        yield from _change(chronicle.changes[iri], chronicle)
    for iri in sorted(chronicle.heirs):
        for heir in chronicle.heirs[iri]:
            yield _own(iri, "heir", turtle.iri(heir))


def _own(subject: str, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return _triple(subject, vocab.VD + name, value)


def _triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(turtle.iri(subject), turtle.iri(predicate), value)


def _days(iri: str, parts: Iterable[Tenure]) -> Iterator[ox.Triple]:
    """First and last day of what is there as long as all of its parts are."""
    own = tuple(parts)
    first = max((part.first_day for part in own), default="")
    last = min((part.last_day for part in own), default=days.ALWAYS)
    if first:
        yield _own(iri, "firstDay", turtle.date_literal(first))
    if last != days.ALWAYS:
        yield _own(iri, "lastDay", turtle.date_literal(last))


def _place(place: Span, table: Timetable) -> Iterator[ox.Triple]:
    yield from _days(place.iri, (place,))
    if place.last:
        for end in table.reached(place, days.ALWAYS):
            if not end.last:
                yield _own(place.iri, "heir", turtle.iri(end.iri))


def _local(body: LocalBody, described: frozenset[str]) -> Iterator[ox.Triple]:
    """A body of a place: what no document says of it, its place, its days."""
    if body.iri not in described:
        yield from _description(body)
    if body.kind:
        yield _own(body.iri, "bodyKind", turtle.iri(body.kind.iri))
        if body.kind.line:
            yield _own(body.iri, "line", turtle.literal(body.kind.line))
        if body.kind.reason and not body.kind.last:
            yield _own(body.iri, "endReason", turtle.iri(body.kind.reason))
    yield _own(body.iri, "inPlace", turtle.iri(body.place.iri))
    if not lasts_with_its_place(body):
        return
    parts = tuple(part for part in (body.kind, body.place if body.bound else None) if part is not None)
    yield from _days(body.iri, parts)
    for name, dates in (("validFrom", [p.first for p in parts]), ("validTo", [p.last for p in parts])):
        date = _edge(dates, name)
        if date:
            yield _own(body.iri, name, turtle.date_literal(date))


def _edge(dates: Sequence[str], name: str) -> str | None:
    """The later of the beginnings, the earlier of the ends, as precise as known."""
    known = [date for date in dates if date]
    if not known:
        return None
    return max(known, key=days.first_day) if name == "validFrom" else min(known, key=days.last_day)


def _description(body: LocalBody) -> Iterator[ox.Triple]:
    group = body.group
    for kind in (
        (vocab.VD + "BodyGroup", vocab.ORG + "OrganizationalCollaboration")
        if group
        else (vocab.VD + "Body", vocab.ORG + "Organization")
    ):
        yield _triple(body.iri, vocab.RDF + "type", turtle.iri(kind))
    yield _triple(body.iri, vocab.SKOS + "prefLabel", turtle.literal(body.name, language="vi"))
    yield _own(body.iri, "level", turtle.iri(identifiers.term("level", body.level)))
    years = labels.years(body.place.first, body.place.last) if _has_namesake(body) else ""
    yield from _named(body.iri, {"vi": body.name, "en": body.name_en}, years)


def _named(iri: str, shown: Mapping[str, str], years: str = "") -> Iterator[ox.Triple]:
    """Labels, with the years of a body that has a namesake, and the keys by which it is found with or without them."""
    for language in _LANGUAGES:
        words = f"{shown[language]} ({years})" if years else shown[language]
        yield _own(iri, "label", turtle.literal(words, language=language))
        for key in sorted({text.fold(words), text.fold(shown[language])}):
            yield _own(iri, "nameKey", turtle.literal(key))


def _has_namesake(body: LocalBody) -> bool:
    """Whether its IRI says more than its name."""
    return not body.iri.endswith("/" + text.slug(body.name))


def _change(change: Change, chronicle: Chronicle) -> Iterator[ox.Triple]:
    """The event of a change, and the successors as direct statements."""
    event = identifiers.thing("change", change.original.removeprefix(vocab.ID + "body/"))
    yield _triple(event, vocab.RDF + "type", turtle.iri(vocab.ORG + "ChangeEvent"))
    yield _triple(event, vocab.ORG + "originalOrganization", turtle.iri(change.original))
    yield _triple(change.original, vocab.ORG + "changedBy", turtle.iri(event))
    for result in change.results:
        yield _triple(event, vocab.ORG + "resultingOrganization", turtle.iri(result))
        yield _triple(result, vocab.ORG + "resultedFrom", turtle.iri(event))
        yield _own(change.original, "successor", turtle.iri(result))
        yield _own(result, "predecessor", turtle.iri(change.original))
    yield _own(event, "changedOn", turtle.date_literal(change.on))
    yield _own(event, "firstDay", turtle.date_literal(days.first_day(change.on)))
    yield _own(event, "changeKind", turtle.iri(identifiers.term("change-kind", change.kind)))
    if change.reason:
        yield _own(event, "endReason", turtle.iri(change.reason))
    for trust in change.trusts:
        for predicate, value in (
            (vocab.DCTERMS + "source", trust.source),
            (vocab.VD + "legalBasis", trust.basis),
            (vocab.VD + "confidence", trust.confidence),
        ):
            if value:
                yield _triple(event, predicate, turtle.literal(value))
    for language in _LANGUAGES:
        yield _own(
            event,
            "label",
            turtle.literal(f"{chronicle.names(change.original, language)} ({change.on})", language=language),
        )
