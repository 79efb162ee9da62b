"""The annotation format (JSON): what was extracted from one document, in source offsets, for people and for scoring.

Keys and meanings are those of the annotation guide: ``document``, ``citations``, ``instrument_relations``,
``movements``, ``responsibilities``; what the document's own title names, which the guide does not annotate, stands
apart in ``title_citations``. ``entity`` is the IRI of the thing, resolved over all files of the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypedDict

from viendan import identifiers
from viendan.model import Citation, Extraction, Header, Invocation, Responsibility

THIS = "this"
"""The key that stands for the document itself in ``instrument_relations``."""

GUIDE_ROLE: Final = MappingProxyType(
    {
        "replaces": "repeals",
        "suspends": "repeals",
        "supplements": "amends",
        "corrects": "amends",
        "guides": "implements",
        "pursuant_to": "basis",
        "annexed_to": "context",
    }
)
"""The guide's eight roles for the finer ones of the graph; those that are not named here are the guide's own."""

Value = str | int | float | bool | None | list[str]


class Annotation(TypedDict):
    """One annotated document; items are flat dictionaries of JSON values."""

    document: dict[str, Value]
    citations: list[dict[str, Value]]
    title_citations: list[dict[str, Value]]
    instrument_relations: list[dict[str, Value]]
    movements: list[dict[str, Value]]
    responsibilities: list[dict[str, Value]]


def annotate(extraction: Extraction, resolution: Mapping[str, str]) -> Annotation:
    """The annotation of a document; ``resolution`` maps an IRI to the one that it was resolved to, if another."""

    def entity(iri: str) -> str:
        return resolution.get(iri, iri)

    this = entity(extraction.instrument)

    def party(iri: str) -> str:
        return THIS if entity(iri) == this else entity(iri)

    def cited(item: Citation) -> dict[str, Value]:
        return {**_citation(item), "entity": entity(item.instrument)}

    return Annotation(
        document=_document(extraction.header),
        citations=[cited(item) for item in extraction.citations if not item.in_title],
        title_citations=[cited(item) for item in extraction.citations if item.in_title],
        instrument_relations=[
            {
                "subject": party(item.subject),
                "predicate": item.predicate,
                "object": party(item.object),
                "start": item.mention.start,
                "end": item.mention.end,
                "quote": item.mention.exact,
                "cue": item.cue,
                "rule": item.rule,
                "confidence": item.confidence,
            }
            for item in extraction.relations
        ],
        movements=[{**_movement(item), "entity": entity(item.movement)} for item in extraction.invocations],
        responsibilities=[
            {**_responsibility(item), "entity": entity(identifiers.body_iri(item.body))}
            for item in extraction.responsibilities
        ],
    )


def _document(header: Header) -> dict[str, Value]:
    return {
        "number": header.number,
        "type": header.type,
        "title": header.title,
        "issued": header.issued,
        "place": header.place,
        "issuer": header.issuer.name if header.issuer else None,
        "issuer_level": header.level,
        "province": header.province,
        "district": header.district,
        "signer": header.signer,
        "signer_title": header.signer_title,
        "on_behalf": header.on_behalf,
        "urgency": header.urgency,
        "addressees": list(header.addressees),
        "recipients": list(header.recipients),
    }


def _citation(item: Citation) -> dict[str, Value]:
    return {
        "start": item.mention.start,
        "end": item.mention.end,
        "quote": item.mention.exact,
        "kind": item.kind,
        "type": item.type,
        "number": item.number,
        "date": item.date,
        "issuer": item.issuer.name if item.issuer else None,
        "province": item.province,
        "title": item.title,
        "role": GUIDE_ROLE.get(item.role, item.role),
        "section": item.section,
        "pinpoints": [pinpoint.text for pinpoint in item.pinpoints],
        "cue": item.cue,
        "depth": item.depth,
        "rule": item.rule,
        "confidence": item.confidence,
    }


def _movement(item: Invocation) -> dict[str, Value]:
    return {
        "start": item.mention.start,
        "end": item.mention.end,
        "quote": item.mention.exact,
        "label": item.label,
        "kind": item.kind,
        "scope": item.scope,
        "act": item.act,
        "localises": item.localises,
        "section": item.section,
        "cue": item.cue,
        "rule": item.rule,
        "confidence": item.confidence,
    }


def _responsibility(item: Responsibility) -> dict[str, Value]:
    return {
        "start": item.mention.start,
        "end": item.mention.end,
        "quote": item.mention.exact,
        "agency": item.body.name,
        "roles": list(item.roles),
        "section": item.section,
        "deadline": item.deadline,
        "cue": item.cue,
        "rule": item.rule,
        "confidence": item.confidence,
    }
