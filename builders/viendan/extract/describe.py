"""From what was extracted to RDF triples: the shape that ``link``, the queries and the pages read.

Published data hold identifiers, dates, names, titles, the cited words and their offsets; the words around a citation
and the words of a task only where the caller asks for them (a corpus of one's own).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, text, turtle, vocab
from viendan.extract import lexicon
from viendan.model import (
    Body,
    Citation,
    Extraction,
    Header,
    InstrumentRelation,
    Invocation,
    Mention,
    Responsibility,
)

Triples = Iterator[ox.Triple]

_TYPE: Final = vocab.RDF + "type"
_STATED_PROPERTY: Final = {
    "number": vocab.ELI + "id_local",
    "type": vocab.ELI + "type_document",
    "title": vocab.ELI + "title",
    "issued": vocab.ELI + "date_document",
    "place": vocab.VD + "placeOfIssue",
    "issuer": vocab.ELI + "passed_by",
    "signer": vocab.VD + "signer",
    "signer_title": vocab.VD + "signerTitle",
    "on_behalf": vocab.VD + "onBehalf",
    "urgency": vocab.VD + "urgency",
    "addressee": vocab.VD + "addressee",
    "recipient": vocab.VD + "recipient",
}


def describe(extraction: Extraction, *, with_text: bool = False) -> list[ox.Triple]:
    """All triples of one document, unordered. ``with_text`` adds the words around mentions and the words of tasks."""
    triples = [
        *_source(extraction),
        *_instrument(extraction),
        *_header_statements(extraction),
    ]
    for citation in extraction.citations:
        triples.extend(_citation(extraction, citation, with_text))
    for relation in extraction.relations:
        triples.extend(_relation(extraction, relation, with_text))
    for invocation in extraction.invocations:
        triples.extend(_invocation(extraction, invocation, with_text))
    for responsibility in extraction.responsibilities:
        triples.extend(_responsibility(extraction, responsibility, with_text))
    return triples


def type_key(label: str | None) -> str | None:
    """The key of an instrument type in its scheme; a slug where the scheme does not know it; None for no type."""
    if not label:
        return None
    return _type_keys().get(text.compare_key(label)) or text.slug(label)


@cache
def _type_keys() -> Mapping[str, str]:
    words = lexicon.scheme("instrument-types")
    alternatives = {text.compare_key(form): word.key for word in reversed(words) for form in word.alternatives}
    return {**alternatives, **{text.compare_key(word.label): word.key for word in reversed(words)}}


def _triple(subject: str, predicate: str, value: str | ox.Literal) -> ox.Triple:
    node: ox.NamedNode | ox.Literal = turtle.iri(value) if isinstance(value, str) else value
    return ox.Triple(turtle.iri(subject), turtle.iri(predicate), node)


def _types(subject: str, *classes: str) -> Triples:
    for name in classes:
        yield _triple(subject, _TYPE, name)


def _words(value: str) -> ox.Literal:
    return turtle.literal(value, language="vi")


def _source(extraction: Extraction) -> Triples:
    source = extraction.source
    node = identifiers.source_iri(source.name)
    yield from _types(node, vocab.VD + "Source", vocab.PROV + "Entity")
    yield _triple(node, vocab.DCTERMS + "identifier", turtle.literal(text.nfc(source.name)))
    yield _triple(node, vocab.VD + "sha256", turtle.literal(source.sha256))
    yield _triple(node, vocab.VD + "textDigest", turtle.literal(text.digest(source.text)))
    yield _triple(node, vocab.VD + "characters", turtle.integer(len(source.text)))
    yield _triple(node, vocab.VD + "unexplained", turtle.integer(len(extraction.unexplained)))


def _instrument(extraction: Extraction) -> Triples:
    header, node = extraction.header, extraction.instrument
    yield from _types(node, vocab.VD + "Instrument", vocab.VD + "Directive", vocab.ELI + "LegalResource")
    yield _triple(node, vocab.PROV + "hadPrimarySource", identifiers.source_iri(extraction.source.name))
    yield from _known(node, header.type, header.number, header.issued, header.issuer, header.title)
    yield from _header_values(node, header)


def _header_values(node: str, header: Header) -> Triples:
    if header.level:
        yield _triple(node, vocab.VD + "level", identifiers.term("level", header.level))
    plain = {
        "province": header.province,
        "district": header.district,
        "placeOfIssue": header.place,
        "signer": header.signer,
        "signerTitle": header.signer_title,
        "onBehalf": header.on_behalf,
        "urgency": header.urgency,
    }
    for name, value in plain.items():
        if value:
            yield _triple(node, vocab.VD + name, turtle.literal(value))
    for name, values in (("addressee", header.addressees), ("recipient", header.recipients)):
        for value in values:
            if value:
                yield _triple(node, vocab.VD + name, turtle.literal(text.squeeze(value)))


def _known(
    node: str, kind: str | None, number: str | None, date: str | None, issuer: Body | None, title: str | None
) -> Triples:
    if kind:
        yield _triple(node, vocab.ELI + "type_document", identifiers.term("type", type_key(kind) or ""))
    if number:
        yield _triple(node, vocab.ELI + "id_local", turtle.literal(number))
    if date:
        yield _triple(node, vocab.ELI + "date_document", turtle.date_literal(date))
    if title:
        yield _triple(node, vocab.ELI + "title", _words(text.squeeze(title)))
    if issuer:
        yield _triple(node, vocab.ELI + "passed_by", identifiers.body_iri(issuer))
        yield from _body(issuer)


def _body(body: Body) -> Triples:
    node = identifiers.body_iri(body)
    own = "BodyGroup" if body.group else "Body"
    yield from _types(
        node, vocab.VD + own, vocab.ORG + ("OrganizationalCollaboration" if body.group else "Organization")
    )
    yield _triple(node, vocab.SKOS + "prefLabel", _words(body.name))
    if body.level:
        yield _triple(node, vocab.VD + "level", identifiers.term("level", body.level))
    if body.kind and not body.group:
        kind = "body" if body.kind in lexicon.by_key("agencies") else "body-kind"
        if kind == "body-kind":
            yield _triple(node, vocab.VD + "bodyKind", identifiers.term(kind, body.kind))
    for name, value in (("province", body.province), ("district", body.district)):
        if value:
            yield _triple(node, vocab.VD + name, turtle.literal(value))


def _header_statements(extraction: Extraction) -> Triples:
    counts: dict[str, int] = {}
    for field in extraction.header.fields:
        if field.name not in _STATED_PROPERTY:
            continue
        counts[field.name] = counts.get(field.name, 0) + 1
        suffix = f"-{counts[field.name]}" if counts[field.name] > 1 else ""
        node = f"{extraction.instrument}/header/{field.name}{suffix}"
        yield from _types(node, vocab.VD + "HeaderStatement", vocab.OA + "Annotation")
        yield _triple(node, vocab.VD + "inDocument", extraction.instrument)
        yield _triple(node, vocab.VD + "statedProperty", _STATED_PROPERTY[field.name])
        yield _triple(node, vocab.VD + "stated", turtle.literal(text.squeeze(field.value)))
        yield _triple(node, vocab.VD + "rule", identifiers.rule_iri(field.rule))
        if field.mention:
            yield from _target(extraction, node, field.mention, with_text=False)


def _target(extraction: Extraction, node: str, mention: Mention, with_text: bool) -> Triples:
    """The words that prove a statement, as Web Annotation wants them: target, source, selector."""
    target, selector = node + "/target", node + "/selector"
    yield _triple(node, vocab.OA + "hasTarget", target)
    yield from _types(target, vocab.OA + "SpecificResource")
    yield _triple(target, vocab.OA + "hasSource", identifiers.source_iri(extraction.source.name))
    yield _triple(target, vocab.OA + "hasSelector", selector)
    yield from _types(selector, vocab.OA + "TextPositionSelector", vocab.OA + "TextQuoteSelector")
    yield _triple(selector, vocab.OA + "start", turtle.integer(mention.start))
    yield _triple(selector, vocab.OA + "end", turtle.integer(mention.end))
    yield _triple(selector, vocab.OA + "exact", turtle.literal(mention.exact))
    if with_text:
        yield _triple(selector, vocab.OA + "prefix", turtle.literal(mention.prefix))
        yield _triple(selector, vocab.OA + "suffix", turtle.literal(mention.suffix))


def _reason(node: str, section: str, cue: str | None, rule: str, confidence: float) -> Triples:
    if section:
        yield _triple(node, vocab.VD + "section", turtle.literal(section))
    if cue:
        yield _triple(node, vocab.VD + "cue", turtle.literal(cue))
    yield _triple(node, vocab.VD + "rule", identifiers.rule_iri(rule))
    yield _triple(node, vocab.VD + "confidence", turtle.decimal(confidence))


def _citation(extraction: Extraction, citation: Citation, with_text: bool) -> Triples:
    document, cited = extraction.instrument, citation.instrument
    node = identifiers.part_iri(document, "citation", citation.mention.start, citation.mention.end)
    characterization = vocab.ROLE_PROPERTY[citation.role]
    yield from _types(node, vocab.VD + "Citation", vocab.CITO + "Citation", vocab.OA + "Annotation")
    if citation.in_title:
        yield from _types(node, vocab.VD + "TitleCitation")
    yield _triple(node, vocab.VD + "inDocument", document)
    yield _triple(node, vocab.CITO + "hasCitingEntity", document)
    yield _triple(node, vocab.CITO + "hasCitedEntity", cited)
    yield _triple(node, vocab.CITO + "hasCitationCharacterization", characterization)
    yield _triple(node, vocab.VD + "relation", identifiers.term("relation", citation.role))
    yield _triple(node, vocab.VD + "citationKind", identifiers.term("citation-kind", citation.kind))
    yield _triple(node, vocab.VD + "depth", identifiers.term("depth", citation.depth))
    yield from _as_stated(node, citation)
    yield from _left_out(node, citation)
    yield from _reason(node, citation.section, citation.cue, citation.rule, citation.confidence)
    yield from _target(extraction, node, citation.mention, with_text)
    yield from _types(cited, vocab.VD + "Instrument", vocab.ELI + "LegalResource")
    yield from _known(cited, citation.type, citation.number, citation.date, citation.issuer, citation.title)
    if citation.province:
        yield _triple(cited, vocab.VD + "province", turtle.literal(citation.province))
    if cited != document:
        yield _triple(document, vocab.ELI + "cites", cited)
        if citation.role not in ("context", "self"):
            yield _triple(document, characterization, cited)


def _as_stated(node: str, citation: Citation) -> Triples:
    """What this one mention says, kept apart from what is known of the instrument: the conflict desk compares them."""
    if citation.type:
        yield _triple(node, vocab.VD + "statedType", identifiers.term("type", type_key(citation.type) or ""))
    if citation.number:
        yield _triple(node, vocab.VD + "statedNumber", turtle.literal(citation.number))
    if citation.date:
        yield _triple(node, vocab.VD + "statedDate", turtle.date_literal(citation.date))
    if citation.year:
        yield _triple(node, vocab.VD + "statedYear", turtle.date_literal(citation.year))
    if citation.issuer:
        yield _triple(node, vocab.VD + "statedIssuer", identifiers.body_iri(citation.issuer))
    if citation.title:
        yield _triple(node, vocab.VD + "statedTitle", _words(text.squeeze(citation.title)))
    for pinpoint in citation.pinpoints:
        yield _triple(node, vocab.VD + "pinpoint", turtle.literal(pinpoint.text))
    if citation.antecedent is not None:
        yield _triple(node, vocab.VD + "antecedent", turtle.integer(citation.antecedent))


def _left_out(node: str, citation: Citation) -> Triples:
    """What the words leave out or get wrong: parts from elsewhere, a date that cannot be, parts in other cells."""
    for name, origin in (("typeFrom", citation.type_from), ("issuerFrom", citation.issuer_from)):
        if origin:
            yield _triple(node, vocab.VD + name, identifiers.term("completion", origin))
    if citation.impossible_date:
        yield _triple(node, vocab.VD + "impossibleDate", turtle.literal(citation.impossible_date))
    doubts = {
        "issuerUnread": citation.issuer_unread,
        "subjectUnread": citation.subject_unread,
        "listed": citation.listed,
    }
    for name in (name for name, doubtful in doubts.items() if doubtful):
        yield _triple(node, vocab.VD + name, ox.Literal(True))


def _relation(extraction: Extraction, relation: InstrumentRelation, with_text: bool) -> Triples:
    node = identifiers.part_iri(extraction.instrument, "relation", relation.mention.start, relation.mention.end)
    node = f"{node}/{text.slug(relation.predicate)}"
    yield from _types(node, vocab.VD + "StatedRelation", vocab.OA + "Annotation")
    yield _triple(node, vocab.VD + "inDocument", extraction.instrument)
    predicate = vocab.ROLE_PROPERTY[relation.predicate]
    yield _triple(node, vocab.RDF + "subject", relation.subject)
    yield _triple(node, vocab.RDF + "predicate", predicate)
    yield _triple(node, vocab.RDF + "object", relation.object)
    yield _triple(node, vocab.VD + "relation", identifiers.term("relation", relation.predicate))
    yield from _reason(node, relation.section, relation.cue, relation.rule, relation.confidence)
    yield from _target(extraction, node, relation.mention, with_text)
    if relation.subject != relation.object:
        yield _triple(relation.subject, predicate, relation.object)


def _invocation(extraction: Extraction, invocation: Invocation, with_text: bool) -> Triples:
    document, movement = extraction.instrument, invocation.movement
    node = identifiers.part_iri(document, "movement", invocation.mention.start, invocation.mention.end)
    act = vocab.VD + invocation.act
    yield from _types(node, vocab.VD + "Invocation", vocab.OA + "Annotation")
    yield _triple(node, vocab.VD + "inDocument", document)
    yield _triple(node, vocab.VD + "movement", movement)
    yield _triple(node, vocab.VD + "act", act)
    yield from _reason(node, invocation.section, invocation.cue, invocation.rule, invocation.confidence)
    yield from _target(extraction, node, invocation.mention, with_text)
    yield _triple(document, act, movement)
    yield from _types(movement, vocab.VD + "Movement")
    yield _triple(movement, vocab.SKOS + "prefLabel", _words(invocation.label))
    yield _triple(movement, vocab.VD + "movementKind", identifiers.term("movement-kind", invocation.kind))
    yield _triple(movement, vocab.VD + "scope", identifiers.term("scope", invocation.scope))
    if invocation.localises_iri:
        yield _triple(movement, vocab.VD + "localises", invocation.localises_iri)


def _responsibility(extraction: Extraction, item: Responsibility, with_text: bool) -> Triples:
    node = identifiers.part_iri(extraction.instrument, "responsibility", item.mention.start, item.mention.end)
    yield from _types(node, vocab.VD + "Responsibility", vocab.OA + "Annotation")
    yield _triple(node, vocab.VD + "inDocument", extraction.instrument)
    yield _triple(node, vocab.VD + "body", identifiers.body_iri(item.body))
    for role in item.roles:
        yield _triple(node, vocab.VD + "role", identifiers.term("role", role))
    if item.deadline:
        yield _triple(node, vocab.VD + "deadline", turtle.literal(item.deadline))
    if item.task_range:
        yield _triple(node, vocab.VD + "taskStart", turtle.integer(item.task_range[0]))
        yield _triple(node, vocab.VD + "taskEnd", turtle.integer(item.task_range[1]))
        if with_text:
            words = text.squeeze(extraction.source.text[item.task_range[0] : item.task_range[1]])
            yield _triple(node, vocab.VD + "task", turtle.literal(words))
    yield from _reason(node, item.section, item.cue, item.rule, item.confidence)
    yield from _target(extraction, node, item.mention, with_text)
    yield from _body(item.body)
