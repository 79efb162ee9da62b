"""The conflict desk: what people should look at, with every reading, the mentions that give it, and the likely one.

Nothing is mended here. A finding has a kind (scheme ``finding-kinds``, which holds its severity), what it is about,
readings with their mentions, and where one is held to be right, the reason (scheme ``reasons``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, text, turtle, vocab
from viendan.link import choosing, subjects
from viendan.link.description import Described
from viendan.link.evidence import PROPERTY, Evidence, Finding, Reading
from viendan.link.forms import incomplete_first_mentions
from viendan.link.identity import Corpus, Resolution
from viendan.link.inference import Inferred
from viendan.link.knowledge import Knowledge
from viendan.link.suspicions import suspect
from viendan.link.twins import same_identities

_FIELDS: Final = ("date", "title", "issuer", "number", "type")
_KIND_OF: Final = {
    "date": "date-disagreement",
    "title": "title-disagreement",
    "issuer": "issuer-disagreement",
    "number": "symbol-disagreement",
    "type": "type-disagreement",
}


def find(
    described: Sequence[Described],
    corpus: Corpus,
    knowledge: Knowledge,
    resolution: Resolution,
    inferred: Inferred,
) -> tuple[Finding, ...]:
    """Everything that people should look at, sorted."""
    evidence = Evidence(corpus, knowledge, resolution)
    found: list[Finding] = []
    for item in described:
        found += _disagreements(item, evidence)
        found += _gaps(item)
    found += _same_numbers(described)
    found += _unresolved(resolution)
    found += [Finding("lineage-cycle", circle) for circle in inferred.circles]
    found += _upside_down(inferred)
    found += suspect(described, evidence)
    found += same_identities(evidence)
    found += incomplete_first_mentions(evidence, {item.iri: item for item in described})
    return _each_once(found)


def _each_once(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each node: where two documents give rise to the same one, with the mentions of both."""
    grouped: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        grouped[finding.iri].append(finding)
    merged = []
    for iri in sorted(grouped):
        first, *others = grouped[iri]
        readings = tuple(
            Reading(same[0].value, tuple(sorted({mention for reading in same for mention in reading.mentions})))
            for same in zip(first.readings, *(other.readings for other in others), strict=True)
        )
        merged.append(replace(first, readings=readings))
    return tuple(merged)


def _disagreements(item: Described, evidence: Evidence) -> Iterator[Finding]:
    names = frozenset(text.compare_key(name) for record in item.records for name in record.short_names)
    for field in _FIELDS:
        choice: choosing.Choice | None = getattr(item, field)
        if choice is None or len(choice.readings) < 2:
            continue
        groups = _differing(field, choice.readings, names)
        if len(groups) < 2:
            continue
        readings = tuple(_reading(item.iri, field, group, evidence) for group in groups)
        if not any(reading.mentions for reading in readings):
            continue  # two registers, no document
        right = (place for place, group in enumerate(groups) if choice.value in {own.value for own in group})
        yield Finding(
            kind=_KIND_OF[field],
            about=(item.iri,),
            readings=readings,
            likely=None if choice.reason == "tie" else next(right, None),
            reason=choice.reason,
            field=PROPERTY[field],
        )


def _reading(iri: str, field: str, group: Sequence[choosing.Reading], evidence: Evidence) -> Reading:
    same = frozenset(text.compare_key(own.value) if field == "title" else own.value for own in group)
    return Reading(group[0].value, evidence.giving(iri, field, same))


def _differing(field: str, readings: Sequence[choosing.Reading], names: frozenset[str]) -> list[list[choosing.Reading]]:
    """Readings by what they say: a shortened title or a leading zero is no disagreement.

    ``names`` are the names by which a law is known: whoever uses one of them does not disagree.
    """
    groups: list[list[choosing.Reading]] = []
    for reading in readings:
        for group in groups:
            if _same(field, reading.value, group[0].value, names):
                group.append(reading)
                break
        else:
            groups.append([reading])
    return groups


def _same(field: str, one: str, other: str, names: frozenset[str]) -> bool:
    if field == "title":
        first, second = text.compare_key(one), text.compare_key(other)
        known = any(name.endswith(first) for name in names) and any(name.endswith(second) for name in names)
        return known or not subjects.differ(one, other)
    if field == "number":
        other_instrument = identifiers.number_key(one) != identifiers.number_key(other)  # two-own-numbers reports it
        return other_instrument or _plain_number(one) == _plain_number(other)
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


def _upside_down(inferred: Inferred) -> Iterator[Finding]:
    nodes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for child, parent, node in inferred.upside_down:
        nodes[child, parent].append(node)
    for pair in sorted(nodes):
        yield Finding("lineage-upside-down", pair, (Reading(pair[1], tuple(sorted(nodes[pair]))),))


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
        for about in finding.about:
            yield _link(node, vocab.VD + "about", about)
        if finding.field:
            yield _link(node, vocab.VD + "statedProperty", finding.field)
        for candidate in finding.candidates:
            yield _link(node, vocab.VD + "candidate", candidate)
        if finding.reason:
            yield _link(node, vocab.VD + "reason", identifiers.term("reason", finding.reason))
        yield from _readings(finding, names)


def _readings(finding: Finding, names: Callable[[str], str]) -> Iterator[ox.Triple]:
    for number, reading in enumerate(finding.readings):
        node = f"{finding.iri}/reading/{number + 1}"
        yield _link(finding.iri, vocab.VD + "hasReading", node)
        yield _link(node, vocab.RDF + "type", vocab.VD + "Reading")
        if reading.value.startswith(vocab.ID):
            yield _link(node, vocab.VD + "statedThing", reading.value)
            yield _word(node, "stated", names(reading.value))
        else:
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
