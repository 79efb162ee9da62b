"""Findings as values, and the mentions that are shown as their evidence."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from viendan import identifiers, text, vocab
from viendan.link import labels
from viendan.link.description import canonical_bodies
from viendan.link.facts import CitationFact, HeaderFact, SourceFacts
from viendan.link.identity import Corpus, Resolution
from viendan.link.knowledge import Knowledge

PROPERTY: Final[Mapping[str, str]] = {
    "date": vocab.ELI + "date_document",
    "title": vocab.ELI + "title",
    "issuer": vocab.ELI + "passed_by",
    "number": vocab.ELI + "id_local",
    "type": vocab.ELI + "type_document",
}
"""The property behind each field that documents may disagree on."""

Part = Literal["citing-date", "ended", "successor", "proposed", "carried-out", "citers", "mention", "instrument"]
"""What a reading is in its finding, where it is not what a mention says of the matter (scheme ``reading-parts``)."""

Origin = Literal["register", "citer", "other-mention", "symbol", "unknown"]
"""Where a part of a proposed citation was taken from (scheme ``completions``)."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A part of a proposed citation that the mention leaves out: its field, its words, and where they come from.

    ``sources`` are mentions of other documents or graphs of registers; none for what nobody here knows.
    """

    field: str
    value: str
    origin: Origin
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One of several readings, the mentions and the registers (their graphs) that give it."""

    value: str
    mentions: tuple[str, ...] = ()
    part: Part | None = None
    registers: tuple[str, ...] = ()
    fillings: tuple[Filling, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: its kind, the things it is about, the readings.

    ``likely`` is the place of the reading held to be right, for ``reason``; ``field`` the property that is in question;
    ``confidence`` is that of the weakest reading's best mention.
    """

    kind: str
    about: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    likely: int | None = None
    reason: str | None = None
    field: str | None = None
    candidates: tuple[str, ...] = ()
    confidence: float = 1.0

    @property
    def iri(self) -> str:
        """A node of its own, the same as long as kind, things and readings are."""
        words = "\n".join((self.kind, *self.about, *(reading.value for reading in self.readings)))
        return identifiers.thing("finding", self.kind, hashlib.sha256(words.encode()).hexdigest()[:16])


def same_key(field: str, value: str) -> str:
    """What two values of a field have in common that say the same: titles are compared by their words."""
    return text.compare_key(value) if field == "title" else value


class Evidence:
    """All mentions by the thing that they mean, and what is known of bodies and words."""

    def __init__(self, corpus: Corpus, knowledge: Knowledge, resolution: Resolution) -> None:
        self.corpus = corpus
        self.knowledge = knowledge
        self.resolution = resolution
        self.bodies = canonical_bodies(corpus, resolution)
        self.namer = labels.Namer(knowledge, self.bodies)
        self.citations: defaultdict[str, list[CitationFact]] = defaultdict(list)
        self.headers: defaultdict[str, list[HeaderFact]] = defaultdict(list)
        for facts in corpus.sources:
            where = resolution.of(facts.seen.graph)
            for citation in facts.citations:
                self.citations[where.get(citation.cited, citation.cited)].append(citation)
            for header in facts.headers:
                self.headers[where.get(header.document, header.document)].append(header)

    def giving(self, iri: str, field: str, same: frozenset[str]) -> tuple[str, ...]:
        """The mentions of an instrument whose words give one of the values (``same_key``) for a field, its own header
        among them. What was only concluded from a symbol is not said."""
        found = [citation.node for citation in self.citations.get(iri, ()) if self._stated(citation, field) in same]
        wanted = PROPERTY[field]
        found += [
            header.node for header in self.headers.get(iri, ()) if header.property == wanted and header.value in same
        ]
        return tuple(sorted(found))

    def _stated(self, citation: CitationFact, field: str) -> str | None:
        value: str | None = getattr(citation, field)
        if value is None or {"issuer": citation.issuer_from, "type": citation.type_from}.get(field):
            return None
        canonical = self.resolution.of(citation.graph).get(value, value) if field == "issuer" else value
        return same_key(field, canonical)

    def line(self, issuer: str | None) -> str | None:
        """Whether a body is of the party, the state … ; None where it is not known."""
        if issuer is None:
            return None
        body = self.bodies.get(issuer)
        return self.knowledge.lines.get(issuer) or (self.knowledge.lines.get(body.kind or "") if body else None)

    def own(self, facts: SourceFacts) -> str:
        """The canonical IRI of the document that a graph is of."""
        own = facts.seen.instrument or ""
        return self.resolution.of(facts.seen.graph).get(own, own)

    def dated_by(self, facts: SourceFacts) -> tuple[str, ...]:
        """The mentions in which a document states its own date."""
        return tuple(header.node for header in facts.headers if header.property == PROPERTY["date"])

    def graph_of(self, mention: str) -> str | None:
        """The graph of the document that a citation stands in; None for other mentions."""
        return self._graphs.get(mention)

    @cached_property
    def _graphs(self) -> Mapping[str, str]:
        return {citation.node: facts.seen.graph for facts in self.corpus.sources for citation in facts.citations}

    def confidence(self, mentions: Iterable[str]) -> float:
        """That of the best of several mentions; 1 where there is none to doubt (a header, a register)."""
        return max((self._confidence.get(mention, 1.0) for mention in mentions), default=1.0)

    @cached_property
    def _confidence(self) -> Mapping[str, float]:
        """How sure each mention is, and how sure it is that it means the thing it was merged into."""
        merged = {(graph, own.merged): own.confidence for own in self.resolution.merges for graph in own.graphs}
        found: dict[str, float] = {}
        for facts in self.corpus.sources:
            for citation in facts.citations:
                found[citation.node] = citation.confidence * merged.get((citation.graph, citation.cited), 1.0)
            for relation in facts.relations:
                found[relation.node] = relation.confidence
            for invocation in facts.invocations:
                found[invocation.node] = invocation.confidence
        return found
