"""One description for each thing: label in Vietnamese and English, preferred values, place, level, line.

What the documents state stays in their own graphs; this is what a reader is shown first. ``choosing`` says which of
several values is preferred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, text, turtle, vocab
from viendan.link import bodies, choosing, labels
from viendan.link.authority import Ranks
from viendan.link.facts import BodyFact, MovementFact, Record
from viendan.link.identity import Corpus, Resolution
from viendan.link.knowledge import Knowledge
from viendan.link.local_bodies import LocalBody
from viendan.link.overrides import Overrides
from viendan.link.reading import last_part
from viendan.link.timetable import Tenure

_LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Described:
    """An instrument with its preferred values (canonical IRIs) and the choices behind them."""

    iri: str
    records: tuple[Record, ...]
    number: choosing.Choice | None
    type: choosing.Choice | None
    date: choosing.Choice | None
    issuer: choosing.Choice | None
    title: choosing.Choice | None

    @property
    def held(self) -> bool:
        """Whether its own text was read."""
        return any(record.own for record in self.records)


def describe_instruments(
    corpus: Corpus, knowledge: Knowledge, resolution: Resolution, overrides: Overrides
) -> tuple[Described, ...]:
    """The preferred values of every instrument, sorted by IRI."""
    records = {record.node: record for facts in corpus.everything for record in facts.records}
    found = []
    for iri in sorted(resolution.members):
        own = tuple(records[node] for node in resolution.members[iri] if node in records)
        if own:
            found.append(_described(iri, own, knowledge, resolution, overrides))
    return tuple(found)


def _described(
    iri: str, records: tuple[Record, ...], knowledge: Knowledge, resolution: Resolution, overrides: Overrides
) -> Described:
    def issuers(record: Record) -> Iterable[str]:
        where = resolution.of(record.graph)
        return (where.get(issuer, issuer) for issuer in record.issuers)

    def corrected(name: str, choice: choosing.Choice | None) -> choosing.Choice | None:
        names = (iri, *(record.iri for record in records)) if overrides.corrected else ()
        value = next((v for own in sorted(set(names)) if (v := overrides.correction(own, name))), None)
        if value is None:
            return choice
        return choosing.Choice(value.value, "corrected", choice.readings if choice else ())

    return Described(
        iri=iri,
        records=records,
        number=corrected("preferredNumber", choosing.choose(records, lambda record: record.numbers)),
        type=corrected("preferredType", choosing.choose_type(records, knowledge.generic_types)),
        date=corrected("preferredDate", choosing.choose_date(records)),
        issuer=corrected("preferredIssuer", choosing.choose(records, issuers)),
        title=corrected("preferredTitle", choosing.choose_title(records)),
    )


def levels_of(
    described: Sequence[Described], corpus: Corpus, knowledge: Knowledge, resolution: Resolution
) -> Mapping[str, int]:
    """Instrument → order of its issuer's level (1 = central), where it is known."""
    known = canonical_bodies(corpus, resolution)
    found = {}
    for item in described:
        body = known.get(item.issuer.value) if item.issuer else None
        order = knowledge.orders.get(identifiers.term("level", body.level)) if body and body.level else None
        if order is not None:
            found[item.iri] = order
    return found


def description_graph(
    described: Sequence[Described],
    corpus: Corpus,
    knowledge: Knowledge,
    resolution: Resolution,
    ranks: Ranks,
    *,
    issuers: Mapping[str, str],
    local: Mapping[str, LocalBody],
    relatives: Mapping[str, Tenure],
) -> Iterator[ox.Triple]:
    """The triples of the description graph. ``issuers`` are, by instrument, bodies of its day that are not the one of
    the name; ``local`` are bodies whose place and line are said elsewhere; ``relatives`` give level and line to bodies
    that nobody places."""
    known = canonical_bodies(corpus, resolution)
    namer = labels.Namer(knowledge, known)
    for instrument in described:
        yield from _instrument(instrument, namer, knowledge)
        if instrument.issuer:
            fact = known.get(instrument.issuer.value)
            issuer = issuers.get(instrument.iri, instrument.issuer.value)
            standing = _standing(issuer, fact, local.get(issuer), relatives.get(issuer), knowledge)
            yield from _issued(instrument, standing, knowledge, ranks)
    days = _days_of_bodies(corpus, resolution)
    for iri in sorted(known):
        yield from _body(iri, known[iri], namer, knowledge, None if iri in local else days.get(iri, ()))
        if iri in relatives:
            yield _triple(iri, "level", turtle.iri(identifiers.term("level", relatives[iri].level)))
            yield _triple(iri, "line", turtle.literal(relatives[iri].line))
    yield from _movements(corpus, knowledge, resolution)
    for place in sorted(knowledge.places_by_iri):
        yield from _labels(place, {language: namer.place(place, language) for language in _LANGUAGES}, named=True)
        yield from _bare_names(place, namer, knowledge)


def _triple(subject: str, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(turtle.iri(subject), turtle.iri(vocab.VD + name), value)


def _labels(subject: str, words: Mapping[str, str], *, named: bool) -> Iterator[ox.Triple]:
    for language in _LANGUAGES:
        yield _triple(subject, "label", turtle.literal(words[language], language=language))
        if named:
            yield _triple(subject, "nameKey", turtle.literal(text.fold(words[language])))


def _bare_names(place: str, namer: labels.Namer, knowledge: Knowledge) -> Iterator[ox.Triple]:
    """The keys of a place's names without the years that its label has."""
    for language in _LANGUAGES:
        bare = knowledge.label(place, language)
        if bare and bare != namer.place(place, language):
            yield _triple(place, "nameKey", turtle.literal(text.fold(bare)))


def parts_of(item: Described) -> labels.Parts:
    """What the label of an instrument is made of."""
    return labels.Parts(
        number=item.number.value if item.number else None,
        type=item.type.value if item.type else None,
        year=item.date.value[:4] if item.date else None,
        issuer=item.issuer.value if item.issuer else None,
        title=item.title.value if item.title else None,
        named=any(record.short_names for record in item.records),
    )


def _instrument(item: Described, namer: labels.Namer, knowledge: Knowledge) -> Iterator[ox.Triple]:
    parts = parts_of(item)
    yield from _labels(item.iri, {language: namer.instrument(parts, language) for language in _LANGUAGES}, named=False)
    yield _triple(item.iri, "held", ox.Literal(item.held))
    if item.number:
        yield _triple(item.iri, "preferredNumber", turtle.literal(item.number.value))
    for key in sorted({identifiers.number_key(n) for record in item.records for n in record.numbers} - {""}):
        yield _triple(item.iri, "numberKey", turtle.literal(key))
    if item.title:
        yield _triple(item.iri, "preferredTitle", turtle.literal(item.title.value, language="vi"))
    if item.date:
        yield _triple(item.iri, "preferredDate", turtle.date_literal(item.date.value))
    if item.type:
        yield _triple(item.iri, "preferredType", turtle.iri(item.type.value))
        rank = knowledge.ranks.get(item.type.value)
        if rank:
            yield _triple(item.iri, "rank", turtle.integer(rank))


@dataclass(frozen=True, slots=True)
class _Standing:
    """An issuer with its kind, level and line, and the names of its place."""

    iri: str
    kind: str | None
    level: str | None
    line: str | None
    place: str | None
    fact: BodyFact | None


def _standing(
    iri: str, fact: BodyFact | None, local: LocalBody | None, relative: Tenure | None, knowledge: Knowledge
) -> _Standing:
    kind = local.kind.iri if local and local.kind else fact.kind if fact else None
    level = (local.level if local else fact.level if fact else None) or (relative.level if relative else None)
    line = knowledge.lines.get(iri) or knowledge.lines.get(kind or "") or (relative.line if relative else None)
    return _Standing(iri, kind, level, line, local.place.iri if local else None, fact)


def _issued(item: Described, issuer: _Standing, knowledge: Knowledge, ranks: Ranks) -> Iterator[ox.Triple]:
    """Issuer, level, line, order of authority and place of an instrument: its issuer's, on its day."""
    yield _triple(item.iri, "preferredIssuer", turtle.iri(issuer.iri))
    if issuer.level:
        yield _triple(item.iri, "level", turtle.iri(identifiers.term("level", issuer.level)))
    if issuer.line:
        yield _triple(item.iri, "line", turtle.literal(issuer.line))
    owners = tuple(own for own in (issuer.iri, issuer.kind) if own)
    kind, number, date = (choice.value if choice else None for choice in (item.type, item.number, item.date))
    legal = ranks.legal_rank(kind or "", owners, number, date)
    if legal:
        yield _triple(item.iri, "rank", turtle.integer(legal))
    authority = ranks.authority(issuer.level, issuer.line, owners, knowledge.ranks.get(kind or "") or legal)
    if authority:
        yield _triple(item.iri, "authority", turtle.integer(authority))
    place = issuer.place or (_place(item, date, issuer.fact, knowledge) if issuer.fact else None)
    if place:
        yield _triple(item.iri, "inPlace", turtle.iri(place))


def _place(item: Described, date: str | None, issuer: BodyFact, knowledge: Knowledge) -> str | None:
    day = date or min((record.seen.date for record in item.records if record.seen.date), default=None)
    return knowledge.place(issuer.province, issuer.district, day)


def canonical_bodies(corpus: Corpus, resolution: Resolution) -> Mapping[str, BodyFact]:
    """What is known of each body, by canonical IRI: the fullest of what is said under this IRI, else of all."""
    found: dict[str, tuple[bool, BodyFact]] = {}
    for facts in corpus.everything:
        where = resolution.of(facts.seen.graph)
        for fact in facts.bodies:
            into = where.get(fact.iri, fact.iri)
            own = into == fact.iri
            known = found.get(into)
            if known is None or own > known[0] or (own == known[0] and bodies.fuller(known[1], fact) is fact):
                found[into] = (own, fact)
    return {iri: fact for iri, (_, fact) in sorted(found.items())}


def _days_of_bodies(corpus: Corpus, resolution: Resolution) -> Mapping[str, tuple[str, ...]]:
    """The dates of the documents that name a body: it existed then, and so did its place."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for facts in corpus.sources:
        if facts.seen.date:
            where = resolution.of(facts.seen.graph)
            for fact in facts.bodies:
                found[where.get(fact.iri, fact.iri)].add(facts.seen.date)
    return {iri: tuple(sorted(days)) for iri, days in found.items()}


def _body(
    iri: str, fact: BodyFact, namer: labels.Namer, knowledge: Knowledge, days: Sequence[str] | None
) -> Iterator[ox.Triple]:
    yield from _labels(iri, {language: namer.body(iri, language) for language in _LANGUAGES}, named=True)
    if days is None:
        return
    line = knowledge.lines.get(fact.kind or "")
    if line:
        yield _triple(iri, "line", turtle.literal(line))
    places = {knowledge.place(fact.province, fact.district, day) for day in (days or (None,))}
    for place in sorted(place for place in places if place):
        yield _triple(iri, "inPlace", turtle.iri(place))


def _movements(corpus: Corpus, knowledge: Knowledge, resolution: Resolution) -> Iterator[ox.Triple]:
    known: defaultdict[str, list[MovementFact]] = defaultdict(list)
    for facts in corpus.everything:
        where = resolution.of(facts.seen.graph)
        for fact in facts.movements:
            known[where.get(fact.node[1], fact.node[1])].append(fact)
    for iri in sorted(known):
        counts: defaultdict[str, set[str]] = defaultdict(set)
        for fact in known[iri]:
            if fact.names:
                counts[fact.names[0]].add(fact.seen.graph)
        usual = min(counts, key=lambda name: (-len(counts[name]), name)) if counts else last_part(iri)
        words = {language: knowledge.label(iri, language) or usual for language in _LANGUAGES}
        yield from _labels(iri, words, named=True)
        days = sorted({fact.seen.date for fact in known[iri] if fact.seen.date})
        for place in sorted(_movement_places(known[iri], knowledge, days[0] if days else None)):
            yield _triple(iri, "inPlace", turtle.iri(place))


def _movement_places(facts: Iterable[MovementFact], knowledge: Knowledge, day: str | None) -> set[str]:
    """Where a local movement is: in the place of the documents that name it."""
    found = set()
    for fact in facts:
        scope = last_part(fact.scope or "")
        if not fact.register and scope in {"provincial", "district"}:
            inner = fact.seen.district if scope == "district" else None
            place = knowledge.place(fact.seen.province, inner, fact.seen.date or day)
            if place:
                found.add(place)
    return found
