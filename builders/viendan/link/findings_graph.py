"""Findings as triples: the graph that queries, pages and ``viendan check`` read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from viendan import identifiers, turtle, vocab
from viendan.link.evidence import PROPERTY, Filling, Finding, Reading
from viendan.link.knowledge import Knowledge


def findings_graph(
    findings: Iterable[Finding], knowledge: Knowledge, names: Callable[[str], str]
) -> Iterator[ox.Triple]:
    """The triples of the findings graph; ``names`` gives the name of a thing that is a reading (issuer, type)."""
    for finding in findings:
        node = finding.iri
        kind = identifiers.term("finding-kind", finding.kind)
        yield _link(node, vocab.RDF + "type", vocab.VD + "Finding")
        yield _link(node, vocab.VD + "findingKind", kind)
        yield _word(node, "severity", knowledge.severities.get(kind, "warning"))
        yield _triple(node, vocab.VD + "confidence", turtle.decimal(finding.confidence))
        for about in finding.about:
            yield _link(node, vocab.VD + "about", about)
        if finding.field:
            yield _link(node, vocab.VD + "statedProperty", finding.field)
        for candidate in finding.candidates:
            yield _link(node, vocab.VD + "candidate", candidate)
        if finding.reason:
            yield _link(node, vocab.VD + "reason", identifiers.term("reason", finding.reason))
        for number, reading in enumerate(finding.readings):
            own = f"{node}/reading/{number + 1}"
            yield _link(node, vocab.VD + "hasReading", own)
            if finding.likely == number:
                yield _link(node, vocab.VD + "likelyReading", own)
            yield from _reading(own, reading, names)


def _reading(node: str, reading: Reading, names: Callable[[str], str]) -> Iterator[ox.Triple]:
    yield _link(node, vocab.RDF + "type", vocab.VD + "Reading")
    if reading.value.startswith(vocab.ID):
        yield _link(node, vocab.VD + "statedThing", reading.value)
        yield _word(node, "stated", names(reading.value))
    else:
        yield _word(node, "stated", reading.value)
    if reading.part:
        yield _link(node, vocab.VD + "readingPart", identifiers.term("reading-part", reading.part))
    yield _triple(node, vocab.VD + "count", turtle.integer(len(reading.mentions)))
    for source in (*reading.mentions, *reading.registers):
        yield _link(node, vocab.PROV + "wasDerivedFrom", source)
    for filling in reading.fillings:
        yield from _filling(node, filling)


def _filling(reading: str, filling: Filling) -> Iterator[ox.Triple]:
    node = f"{reading}/filling/{filling.field}"
    yield _link(reading, vocab.VD + "hasFilling", node)
    yield _link(node, vocab.RDF + "type", vocab.VD + "Filling")
    yield _link(node, vocab.VD + "statedProperty", PROPERTY[filling.field])
    yield _word(node, "stated", filling.value)
    yield _link(node, vocab.VD + "filledFrom", identifiers.term("completion", filling.origin))
    for source in filling.sources:
        yield _link(node, vocab.PROV + "wasDerivedFrom", source)


def _link(subject: str, predicate: str, value: str) -> ox.Triple:
    return _triple(subject, predicate, turtle.iri(value))


def _word(subject: str, name: str, value: str) -> ox.Triple:
    return _triple(subject, vocab.VD + name, turtle.literal(value))


def _triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(turtle.iri(subject), turtle.iri(predicate), value)
