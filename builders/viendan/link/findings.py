"""The conflict desk: what people should look at, with every reading, the mentions that give it, and the likely right one.

Nothing is mended here. A finding has a kind (scheme ``finding-kinds``, which holds its severity), what it is about, readings
with their mentions, and where one is held to be right, the reason (scheme ``reasons``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, text, turtle, vocab
from viendan.link import choosing
from viendan.link.description import Described
from viendan.link.identity import Corpus, Resolution
from viendan.link.knowledge import Knowledge
from viendan.link.reading import CitationFact, HeaderFact
from viendan.link.suspicions import suspect

_FIELDS: Final = ("date", "title", "issuer", "number", "type")
_KIND_OF: Final = {
    "date": "date-disagreement",
    "title": "title-disagreement",
    "issuer": "issuer-disagreement",
    "number": "symbol-disagreement",
    "type": "type-disagreement",
}
_PROPERTY: Final = {
    "date": "date_document",
    "title": "title",
    "issuer": "passed_by",
    "number": "id_local",
    "type": "type_document",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One of several readings, and the mentions that give it."""

    value: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. ``likely`` is the place of the reading held to be right, for ``reason``."""

    kind: str
    about: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    likely: int | None = None
    reason: str | None = None
    property: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """A node of its own, the same as long as kind, things and readings are."""
        words = "\n".join((self.kind, *self.about, *(reading.value for reading in self.readings)))
        return identifiers.thing("finding", self.kind, hashlib.sha256(words.encode()).hexdigest()[:16])


class Mentions:
    """The mentions of each thing, to show as evidence."""

    def __init__(self, corpus: Corpus, resolution: Resolution) -> None:
        self.citations: defaultdict[str, list[CitationFact]] = defaultdict(list)
        self.headers: defaultdict[str, list[HeaderFact]] = defaultdict(list)
        self._resolution = resolution
        for facts in corpus.sources:
            where = resolution.of(facts.seen.graph)
            for citation in facts.citations:
                self.citations[where.get(citation.cited, citation.cited)].append(citation)
            for header in facts.headers:
                self.headers[where.get(header.document, header.document)].append(header)

    def giving(self, iri: str, field: str, same: frozenset[str]) -> tuple[str, ...]:
        """The mentions of an instrument that state one of the values for a field; the document's own header among them."""
        found = [citation.node for citation in self.citations.get(iri, ()) if self._stated(citation, field) in same]
        wanted = vocab.ELI + _PROPERTY[field]
        found += [
            header.node for header in self.headers.get(iri, ()) if header.property == wanted and header.value in same
        ]
        return tuple(sorted(found))

    def _stated(self, citation: CitationFact, field: str) -> str | None:
        value: str | None = getattr(citation, field)
        if field == "issuer" and value is not None:
            return self._resolution.of(citation.graph).get(value, value)
        return text.compare_key(value) if field == "title" and value is not None else value


def find(
    described: Sequence[Described],
    corpus: Corpus,
    knowledge: Knowledge,
    resolution: Resolution,
    circles: Sequence[tuple[str, ...]],
) -> tuple[Finding, ...]:
    """Everything that people should look at, sorted."""
    mentions = Mentions(corpus, resolution)
    found: list[Finding] = []
    for item in described:
        found += _disagreements(item, mentions)
        found += _gaps(item)
    found += _same_numbers(described)
    found += _unresolved(resolution)
    found += [Finding("lineage-cycle", circle) for circle in circles]
    for raw in suspect(described, corpus, knowledge, resolution):
        readings = tuple(Reading(value, nodes) for value, nodes in raw.readings)
        found.append(Finding(raw.kind, raw.about, readings, raw.likely, raw.reason, raw.property))
    return tuple(sorted(found, key=lambda finding: finding.iri))


def _disagreements(item: Described, mentions: Mentions) -> Iterator[Finding]:
    for field in _FIELDS:
        choice: choosing.Choice | None = getattr(item, "date" if field == "date" else field)
        if choice is None or len(choice.readings) < 2:
            continue
        differing = _differing(field, choice.readings)
        if len(differing) < 2:
            continue
        readings = tuple(_reading(item.iri, field, reading, mentions) for reading in differing)
        if sum(bool(reading.mentions) for reading in readings) == 0:
            continue  # two registers, no document
        likely = next((place for place, reading in enumerate(readings) if reading.value == choice.value), None)
        yield Finding(
            kind=_KIND_OF[field],
            about=(item.iri,),
            readings=readings,
            likely=None if choice.reason == "tie" else likely,
            reason=choice.reason,
            property=vocab.ELI + _PROPERTY[field],
        )


def _reading(iri: str, field: str, reading: choosing.Reading, mentions: Mentions) -> Reading:
    same = frozenset({text.compare_key(reading.value) if field == "title" else reading.value})
    return Reading(reading.value, mentions.giving(iri, field, same))


def _differing(field: str, readings: Sequence[choosing.Reading]) -> list[choosing.Reading]:
    """Readings that really say different things: a shortened title or a leading zero is no disagreement."""
    kept: list[choosing.Reading] = []
    for reading in readings:
        if not any(_same(field, reading.value, other.value) for other in kept):
            kept.append(reading)
    return kept


def _same(field: str, one: str, other: str) -> bool:
    if field == "title":
        first, second = text.fold(text.compare_key(one)), text.fold(text.compare_key(other))
        return first in second or second in first
    if field == "number":
        return _plain_number(one) == _plain_number(other)
    return one == other


def _plain_number(number: str) -> str:
    return "".join(number.split()).lstrip("0").upper()


def _gaps(item: Described) -> Iterator[Finding]:
    if not item.held:
        return
    own = [record for record in item.records if record.own]
    if not any(record.numbers for record in own):
        yield Finding("no-number", (item.iri,))
    if not any(day for record in own for day in choosing.full_dates(record)):
        yield Finding("no-date", (item.iri,), tuple(Reading(day) for record in own for day in record.dates))


def _same_numbers(described: Sequence[Described]) -> Iterator[Finding]:
    """Instruments of one number, as far as documents name them (a register alone is no reason to look)."""
    users: defaultdict[str, list[Described]] = defaultdict(list)
    for item in described:
        if item.number and any(not record.register for record in item.records):
            users[identifiers.number_key(item.number.value)].append(item)
    for key in sorted(users):
        if len(users[key]) > 1:
            readings = tuple(Reading(item.number.value) for item in users[key][:1] if item.number)
            yield Finding("same-number", tuple(item.iri for item in users[key]), readings)


def _unresolved(resolution: Resolution) -> Iterator[Finding]:
    for item in resolution.unresolved:
        iri = resolution.of(item.node[0]).get(item.node[1], item.node[1])
        if item.reason == "ambiguous":
            candidates = tuple(sorted({resolution.flat.get(other, other) for other in item.candidates} - {iri}))
            if len(candidates) > 1:
                yield Finding("ambiguous", (iri,), candidates=candidates)
        elif item.reason == "issuer-unknown":
            yield Finding("unresolved", (iri,), candidates=item.candidates)


def findings_graph(findings: Iterable[Finding], knowledge: Knowledge) -> Iterator[ox.Triple]:
    """The triples of the findings graph."""
    for finding in findings:
        node = finding.iri
        kind = identifiers.term("finding-kind", finding.kind)
        yield _link(node, vocab.RDF + "type", vocab.VD + "Finding")
        yield _link(node, vocab.VD + "findingKind", kind)
        yield _word(node, "severity", knowledge.severities.get(kind, "warning"))
        for about in finding.about:
            yield _link(node, vocab.VD + "about", about)
        if finding.property:
            yield _link(node, vocab.VD + "statedProperty", finding.property)
        for candidate in finding.candidates:
            yield _link(node, vocab.VD + "candidate", candidate)
        if finding.reason:
            yield _link(node, vocab.VD + "reason", identifiers.term("reason", finding.reason))
        yield from _readings(finding)


def _readings(finding: Finding) -> Iterator[ox.Triple]:
    for number, reading in enumerate(finding.readings):
        node = f"{finding.iri}/reading/{number + 1}"
        yield _link(finding.iri, vocab.VD + "hasReading", node)
        yield _link(node, vocab.RDF + "type", vocab.VD + "Reading")
        yield _word(node, "stated", reading.value)
        yield ox.Triple(turtle.iri(node), turtle.iri(vocab.VD + "count"), turtle.integer(len(reading.mentions)))
        for mention in reading.mentions:
            yield _link(node, vocab.PROV + "wasDerivedFrom", mention)
        if finding.likely == number:
            yield _link(finding.iri, vocab.VD + "likelyReading", node)


def _link(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(turtle.iri(subject), turtle.iri(predicate), turtle.iri(value))


def _word(subject: str, name: str, value: str) -> ox.Triple:
    return ox.Triple(turtle.iri(subject), turtle.iri(vocab.VD + name), turtle.literal(value))


def by_kind(findings: Iterable[Finding]) -> Mapping[str, int]:
    """How many findings there are of each kind."""
    counts: defaultdict[str, int] = defaultdict(int)
    for finding in findings:
        counts[finding.kind] += 1
    return dict(sorted(counts.items()))
