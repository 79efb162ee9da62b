"""What link reads from the Turtle of one document or register: plain values of what is known of things, and by whom.

Nothing is decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from viendan import text, vocab
from viendan.link.facts import (
    BodyFact,
    CitationFact,
    HeaderFact,
    InvocationFact,
    MovementFact,
    Record,
    RelationFact,
    Seen,
    SourceFacts,
)

Triples = Sequence[ox.Triple]
Term = ox.NamedNode | ox.Literal
Subject = dict[str, list[Term]]
Index = dict[str, Subject]

TYPE: Final = vocab.RDF + "type"
_FORMAL: Final = frozenset({"basis", "pursuant_to"})
_PASSING: Final = frozenset({"context", "self", ""})


def index(triples: Iterable[ox.Triple]) -> Index:
    """The triples by subject and predicate. Statements about blank nodes do not occur in our data and are left out."""
    found: Index = {}
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(value, Term) and isinstance(subject, ox.NamedNode):
            found.setdefault(subject.value, {}).setdefault(triple.predicate.value, []).append(value)
    return found


def values(subject: Mapping[str, list[Term]] | None, predicate: str) -> tuple[str, ...]:
    """The values of a property, each once, sorted."""
    if not subject:
        return ()
    found = subject.get(predicate)
    if not found:
        return ()
    return (found[0].value,) if len(found) == 1 else tuple(sorted({term.value for term in found}))


def first(subject: Mapping[str, list[Term]] | None, predicate: str) -> str | None:
    """The first value of a property in sorted order; None where it has none."""
    found = values(subject, predicate)
    return found[0] if found else None


def last_part(iri: str) -> str:
    """The key of a thing: the last part of its IRI."""
    return iri.rsplit("/", 1)[-1]


def read_source(graph: str, triples: Iterable[ox.Triple]) -> SourceFacts:
    """The facts of one document's graph."""
    described = index(triples)
    classes = {iri: frozenset(values(subject, TYPE)) for iri, subject in described.items()}
    seen = _seen(graph, described, classes)
    source = described.get(next(iter(_of_class(classes, "Source")), ""))
    characters = first(source, vocab.VD + "characters") or ""
    citations = tuple(
        _citation(graph, iri, described) for iri in _of_class(classes, "Citation") if _is_whole(described[iri])
    )
    relations = tuple(_relation(graph, iri, described[iri]) for iri in _of_class(classes, "StatedRelation"))
    return SourceFacts(
        seen=seen,
        records=_records(seen, described, classes, citations, relations),
        citations=citations,
        relations=relations,
        headers=tuple(_header(graph, iri, described[iri], described) for iri in _of_class(classes, "HeaderStatement")),
        invocations=tuple(_invocation(graph, iri, described) for iri in _of_class(classes, "Invocation")),
        movements=tuple(_movement(seen, iri, described[iri]) for iri in _of_class(classes, "Movement")),
        bodies=tuple(
            _body(seen, iri, described[iri], group=vocab.VD + "BodyGroup" in classes[iri])
            for iri in sorted({*_of_class(classes, "Body"), *_of_class(classes, "BodyGroup")})
        ),
        digest=first(source, vocab.VD + "textDigest") or first(source, vocab.VD + "sha256"),
        characters=int(characters) if characters.isdecimal() else 0,
    )


def read_register(graph: str, triples: Iterable[ox.Triple]) -> SourceFacts:
    """The facts of a register's graph: records, movements and bodies, marked as such."""
    described = index(triples)
    classes = {iri: frozenset(values(subject, TYPE)) for iri, subject in described.items()}
    seen = Seen(graph, last_part(graph), None, None, None, None)
    return SourceFacts(
        seen=seen,
        records=tuple(_record(seen, iri, described[iri], register=True) for iri in _of_class(classes, "Instrument")),
        citations=(),
        relations=(),
        headers=(),
        edges=tuple(_edges(described, _of_class(classes, "Instrument"))),
        movements=tuple(_movement(seen, iri, described[iri], register=True) for iri in _of_class(classes, "Movement")),
        bodies=tuple(_body(seen, iri, described[iri], group=False) for iri in _of_class(classes, "Body")),
    )


def _of_class(classes: Mapping[str, frozenset[str]], name: str) -> list[str]:
    wanted = vocab.VD + name
    return sorted(iri for iri, own in classes.items() if wanted in own)


def _seen(graph: str, described: Index, classes: Mapping[str, frozenset[str]]) -> Seen:
    own = next(iter(_of_class(classes, "Directive")), None)
    subject = described.get(own) if own else None
    dates = [day for day in values(subject, vocab.ELI + "date_document") if day]
    return Seen(
        graph=graph,
        key=last_part(graph),
        instrument=own,
        date=dates[0] if dates else None,
        province=first(subject, vocab.VD + "province"),
        district=first(subject, vocab.VD + "district"),
    )


def _records(
    seen: Seen,
    described: Index,
    classes: Mapping[str, frozenset[str]],
    citations: Sequence[CitationFact],
    relations: Sequence[RelationFact],
) -> tuple[Record, ...]:
    mentions: defaultdict[str, list[CitationFact]] = defaultdict(list)
    for citation in citations:
        mentions[citation.cited].append(citation)
    approvers = {
        relation.object: first(described.get(relation.subject), vocab.ELI + "passed_by")
        for relation in relations
        if relation.predicate == vocab.VD + "approves"
    }
    return tuple(
        _record(
            seen,
            iri,
            described[iri],
            own=iri == seen.instrument,
            mentions=mentions.get(iri, ()),
            approver=approvers.get(iri),
        )
        for iri in _of_class(classes, "Instrument")
    )


def _record(
    seen: Seen,
    iri: str,
    subject: Subject,
    *,
    own: bool = False,
    register: bool = False,
    mentions: Sequence[CitationFact] = (),
    approver: str | None = None,
) -> Record:
    return Record(
        node=(seen.graph, iri),
        seen=seen,
        own=own,
        register=register,
        sure=first(subject, vocab.VD + "confidence") == "sure",
        numbers=values(subject, vocab.ELI + "id_local"),
        types=values(subject, vocab.ELI + "type_document"),
        dates=values(subject, vocab.ELI + "date_document"),
        issuers=values(subject, vocab.ELI + "passed_by"),
        titles=values(subject, vocab.ELI + "title"),
        short_names=values(subject, vocab.VD + "shortName"),
        in_force=first(subject, vocab.ELI + "first_date_entry_in_force"),
        approver=approver,
        mentions=len(mentions),
        strength=max((_strength(citation) for citation in mentions), default=0),
        confidence=max((citation.confidence for citation in mentions), default=0.0),
    )


def _strength(citation: CitationFact) -> int:
    """How carefully a role is cited: a preamble names its bases in full, a mention in passing is short."""
    return 2 if citation.relation in _FORMAL else 1 if citation.relation not in _PASSING else 0


def _is_whole(subject: Subject) -> bool:
    return vocab.CITO + "hasCitingEntity" in subject and vocab.CITO + "hasCitedEntity" in subject


def _citation(graph: str, iri: str, described: Index) -> CitationFact:
    subject = described[iri]
    span = iri.rsplit("/", 1)[-1].split("-", 1)[0]
    return CitationFact(
        node=iri,
        graph=graph,
        citing=first(subject, vocab.CITO + "hasCitingEntity") or "",
        cited=first(subject, vocab.CITO + "hasCitedEntity") or "",
        relation=last_part(first(subject, vocab.VD + "relation") or ""),
        kind=last_part(first(subject, vocab.VD + "citationKind") or ""),
        start=int(span) if span.isdigit() else 0,
        number=first(subject, vocab.VD + "statedNumber"),
        type=first(subject, vocab.VD + "statedType"),
        date=first(subject, vocab.VD + "statedDate"),
        issuer=first(subject, vocab.VD + "statedIssuer"),
        title=first(subject, vocab.VD + "statedTitle"),
        exact=_exact(subject, described),
        rule=last_part(first(subject, vocab.VD + "rule") or ""),
        confidence=_confidence(subject),
        pinpointed=vocab.VD + "pinpoint" in subject,
        impossible_date=first(subject, vocab.VD + "impossibleDate"),
        issuer_unread=first(subject, vocab.VD + "issuerUnread") == "true",
        subject_unread=first(subject, vocab.VD + "subjectUnread") == "true",
        listed=first(subject, vocab.VD + "listed") == "true",
        type_from=_completion(subject, "typeFrom"),
        issuer_from=_completion(subject, "issuerFrom"),
    )


def _confidence(subject: Subject) -> float:
    """How sure a mention is; 1 where it does not say."""
    try:
        return float(first(subject, vocab.VD + "confidence") or 1)
    except ValueError:
        return 1.0


def _completion(subject: Subject, name: str) -> str | None:
    value = first(subject, vocab.VD + name)
    return last_part(value) if value else None


def _relation(graph: str, iri: str, subject: Subject) -> RelationFact:
    return RelationFact(
        node=iri,
        graph=graph,
        subject=first(subject, vocab.RDF + "subject") or "",
        predicate=first(subject, vocab.RDF + "predicate") or "",
        object=first(subject, vocab.RDF + "object") or "",
        confidence=_confidence(subject),
    )


def _edges(described: Index, instruments: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What a register says one instrument does to another, in order."""
    known = frozenset(vocab.ROLE_PROPERTY.values())
    for iri in instruments:
        for predicate in sorted(known & described[iri].keys()):
            for value in values(described[iri], predicate):
                yield iri, predicate, value


def _invocation(graph: str, iri: str, described: Index) -> InvocationFact:
    subject = described[iri]
    return InvocationFact(
        node=iri,
        graph=graph,
        document=first(subject, vocab.VD + "inDocument") or "",
        movement=first(subject, vocab.VD + "movement") or "",
        act=first(subject, vocab.VD + "act") or "",
        exact=_exact(subject, described),
        confidence=_confidence(subject),
    )


def _exact(subject: Subject, described: Index) -> str:
    """The words of a mention, on one line."""
    return text.squeeze(first(_selector(subject, described), vocab.OA + "exact") or "")


def _selector(subject: Subject, described: Index) -> Subject | None:
    target = described.get(first(subject, vocab.OA + "hasTarget") or "")
    return described.get(first(target, vocab.OA + "hasSelector") or "")


def _header(graph: str, iri: str, subject: Subject, described: Index) -> HeaderFact:
    selector = _selector(subject, described)
    start, end = first(selector, vocab.OA + "start"), first(selector, vocab.OA + "end")
    return HeaderFact(
        node=iri,
        graph=graph,
        document=first(subject, vocab.VD + "inDocument") or "",
        property=first(subject, vocab.VD + "statedProperty") or "",
        value=first(subject, vocab.VD + "stated") or "",
        span=(int(start), int(end)) if start and end else None,
    )


def _names(subject: Subject) -> tuple[str, ...]:
    """Vietnamese names, the preferred one first."""
    found: list[str] = []
    for predicate in ("prefLabel", "altLabel", "hiddenLabel"):
        for term in sorted(subject.get(vocab.SKOS + predicate, ()), key=lambda term: term.value):
            if isinstance(term, ox.Literal) and term.language != "en" and term.value not in found:
                found.append(text.nfc(term.value))
    return tuple(found)


def _movement(seen: Seen, iri: str, subject: Subject, *, register: bool = False) -> MovementFact:
    return MovementFact(
        node=(seen.graph, iri),
        seen=seen,
        names=_names(subject),
        kind=first(subject, vocab.VD + "movementKind"),
        scope=first(subject, vocab.VD + "scope"),
        localises=first(subject, vocab.VD + "localises"),
        register=register,
    )


def _body(seen: Seen, iri: str, subject: Subject, *, group: bool) -> BodyFact:
    level = first(subject, vocab.VD + "level")
    return BodyFact(
        iri=iri,
        names=_names(subject),
        level=last_part(level) if level else None,
        province=first(subject, vocab.VD + "province"),
        district=first(subject, vocab.VD + "district"),
        kind=first(subject, vocab.VD + "bodyKind"),
        group=group,
        seen=seen,
    )
