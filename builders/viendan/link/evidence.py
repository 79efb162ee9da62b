"""Findings as values, and the mentions that are shown as their evidence."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from viendan import identifiers, text, vocab
from viendan.link.description import canonical_bodies
from viendan.link.facts import CitationFact, HeaderFact
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


@dataclass(frozen=True, slots=True)
class Reading:
    """One of several readings, and the mentions that give it."""

    value: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: its kind, the things it is about, the readings.

    ``likely`` is the place of the reading held to be right, for ``reason``; ``field`` the property that is in question.
    """

    kind: str
    about: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    likely: int | None = None
    reason: str | None = None
    field: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """A node of its own, the same as long as kind, things and readings are."""
        words = "\n".join((self.kind, *self.about, *(reading.value for reading in self.readings)))
        return identifiers.thing("finding", self.kind, hashlib.sha256(words.encode()).hexdigest()[:16])


class Evidence:
    """All mentions by the thing that they mean, and what is known of bodies and words."""

    def __init__(self, corpus: Corpus, knowledge: Knowledge, resolution: Resolution) -> None:
        self.corpus = corpus
        self.knowledge = knowledge
        self.resolution = resolution
        self.bodies = canonical_bodies(corpus, resolution)
        self.citations: defaultdict[str, list[CitationFact]] = defaultdict(list)
        self.headers: defaultdict[str, list[HeaderFact]] = defaultdict(list)
        for facts in corpus.sources:
            where = resolution.of(facts.seen.graph)
            for citation in facts.citations:
                self.citations[where.get(citation.cited, citation.cited)].append(citation)
            for header in facts.headers:
                self.headers[where.get(header.document, header.document)].append(header)

    def giving(self, iri: str, field: str, same: frozenset[str]) -> tuple[str, ...]:
        """The mentions of an instrument that state one of the values for a field, its own header among them."""
        found = [citation.node for citation in self.citations.get(iri, ()) if self._stated(citation, field) in same]
        wanted = PROPERTY[field]
        found += [
            header.node for header in self.headers.get(iri, ()) if header.property == wanted and header.value in same
        ]
        return tuple(sorted(found))

    def _stated(self, citation: CitationFact, field: str) -> str | None:
        value: str | None = getattr(citation, field)
        if field == "issuer" and value is not None:
            return self.resolution.of(citation.graph).get(value, value)
        return text.compare_key(value) if field == "title" and value is not None else value

    def line(self, issuer: str | None) -> str | None:
        """Whether a body is of the party, the state … ; None where it is not known."""
        if issuer is None:
            return None
        body = self.bodies.get(issuer)
        return self.knowledge.lines.get(issuer) or (self.knowledge.lines.get(body.kind or "") if body else None)
