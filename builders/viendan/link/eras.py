"""Which body each statement means: the one that had the name on the day of the instrument, or of the document.

Documents name bodies, and names last longer than bodies do. What is decided here is applied to everything that is
linked: who passed an instrument, whom a citation gives as its issuer, who is ordered to do something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from viendan import vocab
from viendan.link.description import Described, canonical_bodies
from viendan.link.facts import BodyFact, Record, SourceFacts
from viendan.link.identity import Corpus, Resolution
from viendan.link.local_bodies import Directory, LocalBody
from viendan.link.timetable import Tenure

_OF_INSTRUMENT: Final = frozenset({vocab.ELI + "passed_by", vocab.VD + "statedIssuer"})
_OF_DOCUMENT: Final = frozenset({vocab.VD + "body"})


@dataclass(frozen=True, slots=True)
class Eras:
    """What names mean: ``said`` by graph, subject and body; ``in_document`` by graph and body; ``issuers`` by
    instrument. Only what differs from the name's own IRI is listed, and ``graphs`` has the graphs where anything does.
    ``bodies`` are all bodies of places, by IRI; ``relatives`` are the bodies in whose name a body of unknown level is
    named."""

    said: Mapping[tuple[str, str, str], str]
    in_document: Mapping[tuple[str, str], str]
    issuers: Mapping[str, str]
    bodies: Mapping[str, LocalBody]
    relatives: Mapping[str, Tenure]
    graphs: frozenset[str]

    def body(self, graph: str, subject: str, predicate: str, body: str) -> str:
        """The body that a statement means by one; ``subject`` is its subject before anything was merged."""
        if predicate in _OF_INSTRUMENT:
            return self.said.get((graph, subject, body), body)
        if predicate in _OF_DOCUMENT:
            return self.in_document.get((graph, body), body)
        return body


_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
NO_ERAS: Final = Eras(
    MappingProxyType({}), MappingProxyType({}), _NOTHING, MappingProxyType({}), MappingProxyType({}), frozenset()
)
"""Every name means the body of its own IRI."""


def find_eras(described: Sequence[Described], corpus: Corpus, resolution: Resolution, directory: Directory) -> Eras:
    """What every body's name means in every statement."""
    finder = _Finder(corpus, resolution, directory)
    days = {item.iri: _day(item) for item in described}
    for item in described:
        for record in item.records:
            finder.read_record(record, days[item.iri])
    for facts in corpus.sources:
        finder.read_document(facts, days)
    issuers = {
        item.iri: body
        for item in described
        if item.issuer and (body := finder.issuer(item, item.issuer.value, days[item.iri])) != item.issuer.value
    }
    return Eras(
        said=MappingProxyType(finder.said),
        in_document=MappingProxyType(finder.in_document),
        issuers=MappingProxyType(issuers),
        bodies=MappingProxyType(dict(sorted(finder.bodies.items()))),
        relatives=MappingProxyType(dict(sorted(finder.relatives.items()))),
        graphs=frozenset(key[0] for key in (*finder.said, *finder.in_document)),
    )


def _day(item: Described) -> str | None:
    """The day of an instrument; where it has none, that of the earliest document that names it."""
    return item.date.value if item.date else min((r.seen.date for r in item.records if r.seen.date), default=None)


class _Finder:
    """Collects what names mean, document by document."""

    def __init__(self, corpus: Corpus, resolution: Resolution, directory: Directory) -> None:
        self._resolution = resolution
        self._directory = directory
        self._anywhere = canonical_bodies(corpus, resolution)
        self._facts = {(fact.seen.graph, fact.iri): fact for facts in corpus.sources for fact in facts.bodies}
        self.said: dict[tuple[str, str, str], str] = {}
        self.in_document: dict[tuple[str, str], str] = {}
        self.bodies: dict[str, LocalBody] = {}
        self.relatives: dict[str, Tenure] = {}

    def read_record(self, record: Record, day: str | None) -> None:
        """The issuers of an instrument, as one document or register names it."""
        for issuer in record.issuers:
            self._say(record.graph, record.iri, issuer, day)

    def read_document(self, facts: SourceFacts, days: Mapping[str, str | None]) -> None:
        """The issuers that citations state, and the bodies that the document itself speaks of."""
        graph, where = facts.seen.graph, self._resolution.of(facts.seen.graph)
        for citation in facts.citations:
            if citation.issuer:
                self._say(graph, citation.node, citation.issuer, days.get(where.get(citation.cited, citation.cited)))
        for fact in facts.bodies:
            iri = where.get(fact.iri, fact.iri)
            means = self._means(iri, fact, facts.seen.date)
            relative = (
                self._directory.relative(fact.names[0]) if fact.names and not (fact.level or fact.group) else None
            )
            if relative is not None:
                self.relatives[iri] = relative
            if means != iri:
                self.in_document[graph, iri] = means

    def issuer(self, item: Described, iri: str, day: str | None) -> str:
        """The issuer of an instrument on its day."""
        return self._means(iri, next(self._own_facts(item, iri), self._anywhere.get(iri)), day)

    def _own_facts(self, item: Described, iri: str) -> Iterator[BodyFact]:
        for record in item.records:
            where = self._resolution.of(record.graph)
            for issuer in record.issuers:
                if where.get(issuer, issuer) == iri and (record.graph, issuer) in self._facts:
                    yield self._facts[record.graph, issuer]

    def _say(self, graph: str, subject: str, body: str, day: str | None) -> None:
        iri = self._resolution.of(graph).get(body, body)
        means = self._means(iri, self._facts.get((graph, body)) or self._anywhere.get(iri), day)
        if means != iri:
            self.said[graph, subject, iri] = means

    def _means(self, iri: str, fact: BodyFact | None, day: str | None) -> str:
        means = self._directory.meant(iri, fact, day)
        if fact is not None and means not in self.bodies:
            body = self._directory.find(iri, fact, day)
            if body is not None:
                self.bodies[body.iri] = body
        return means
