"""The conflict desk: what people should look at, with every reading, the mentions that give it, and the likely one.

Nothing is mended here. A finding has a kind (scheme ``finding-kinds``, which holds its severity), what it is about,
readings with their mentions, and where one is held to be right, the reason (scheme ``reasons``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from viendan import identifiers, text
from viendan.link import choosing, subjects
from viendan.link.description import Described
from viendan.link.endings import cited_after_end
from viendan.link.evidence import PROPERTY, Evidence, Finding, Reading, same_key
from viendan.link.forms import incomplete_first_mentions
from viendan.link.identity import Corpus, Resolution
from viendan.link.inference import Inferred, upward_statements
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
    by_iri = {item.iri: item for item in described}
    found: list[Finding] = []
    for item in described:
        found += _disagreements(item, evidence)
        found += _gaps(item, evidence)
    found += _same_numbers(described, evidence)
    found += _unresolved(evidence)
    found += _circles(inferred, evidence, by_iri)
    found += _upside_down(inferred)
    found += suspect(described, evidence)
    found += same_identities(evidence)
    found += cited_after_end(evidence, by_iri)
    found += incomplete_first_mentions(evidence, by_iri)
    return tuple(_weighed(finding, evidence) for finding in _each_once(found))


def _weighed(finding: Finding, evidence: Evidence) -> Finding:
    """The finding with its confidence: it is as sure as the best mention of its weakest reading."""
    weights = (evidence.confidence(reading.mentions) for reading in finding.readings if reading.mentions)
    return replace(finding, confidence=round(min(weights, default=1.0), 2))


def _each_once(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each node: where two documents give rise to the same one, with the mentions of both."""
    grouped: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        grouped[finding.iri].append(finding)
    merged = []
    for iri in sorted(grouped):
        first, *others = grouped[iri]
        readings = tuple(
            replace(same[0], mentions=tuple(sorted({mention for reading in same for mention in reading.mentions})))
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
        grouped = _differing(field, choice.readings, names, evidence)
        groups = [(own, reading) for own in grouped if _is_said(reading := _reading(item.iri, field, own, evidence))]
        if len(groups) < 2 or not any(reading.mentions for _, reading in groups):
            continue  # nobody, or two registers and no document
        right = (place for place, (own, _) in enumerate(groups) if choice.value in {one.value for one in own})
        likely = None if choice.reason == "tie" else next(right, None)
        yield Finding(
            kind=_KIND_OF[field],
            about=(item.iri,),
            readings=tuple(reading for _, reading in groups),
            likely=likely,
            reason=choice.reason,
            field=PROPERTY[field],
        )


def _reading(iri: str, field: str, group: Sequence[choosing.Reading], evidence: Evidence) -> Reading:
    same = frozenset(same_key(field, own.value) for own in group)
    registers = {record.graph for own in group for record in own.records if record.register}
    return Reading(group[0].value, evidence.giving(iri, field, same), registers=tuple(sorted(registers)))


def _is_said(reading: Reading) -> bool:
    return bool(reading.mentions or reading.registers)


def _differing(
    field: str, readings: Sequence[choosing.Reading], names: frozenset[str], evidence: Evidence
) -> list[list[choosing.Reading]]:
    """Readings by what they say: a shortened title or a leading zero is no disagreement.

    ``names`` are the names by which a law is known: whoever uses one of them does not disagree.
    """
    groups: list[list[choosing.Reading]] = []
    for reading in readings:
        for group in groups:
            if _same(field, reading.value, group[0].value, names, evidence):
                group.append(reading)
                break
        else:
            groups.append([reading])
    return groups


def _same(field: str, one: str, other: str, names: frozenset[str], evidence: Evidence) -> bool:
    if field == "title":
        first, second = text.compare_key(one), text.compare_key(other)
        known = any(name.endswith(first) for name in names) and any(name.endswith(second) for name in names)
        return known or not subjects.differ(one, other)
    if field == "number":
        other_instrument = identifiers.number_key(one) != identifiers.number_key(other)  # two-own-numbers reports it
        return other_instrument or _plain_number(one) == _plain_number(other)
    if field == "date":
        shorter = min(len(one), len(other))  # a month alone says nothing against a day of it
        return one[:shorter] == other[:shorter]
    if field == "issuer":
        first, second = (text.fold(evidence.namer.body(iri, "vi")) for iri in (one, other))
        return f"{first} ".startswith(f"{second} ") or f"{second} ".startswith(f"{first} ")  # a name cut off
    return one == other


def _plain_number(number: str) -> str:
    return "".join(number.split()).lstrip("0").upper()


def _gaps(item: Described, evidence: Evidence) -> Iterator[Finding]:
    if not item.held:
        return
    own = [record for record in item.records if record.own]
    if not any(record.numbers for record in own):
        yield Finding("no-number", (item.iri,), field=PROPERTY["number"])
    if not any(day for record in own for day in choosing.full_dates(record)):
        days = sorted({day for record in own for day in record.dates})
        readings = tuple(Reading(day, evidence.giving(item.iri, "date", frozenset({day}))) for day in days)
        yield Finding("no-date", (item.iri,), readings, field=PROPERTY["date"])


def _circles(inferred: Inferred, evidence: Evidence, by_iri: Mapping[str, Described]) -> Iterator[Finding]:
    """Circles, each instrument with the statements that another one carries it out; the oldest is held to be right."""
    for circle in inferred.circles:
        nodes: defaultdict[str, list[str]] = defaultdict(list)
        for child, parent, node in upward_statements(evidence.corpus, evidence.resolution):
            if child != parent and child in circle and parent in circle:
                nodes[parent].append(node)
        readings = tuple(Reading(iri, tuple(sorted(nodes[iri])), "carried-out") for iri in circle if iri in nodes)
        dates = [(choice.value if (choice := by_iri[reading.value].date) else "") for reading in readings]
        oldest = [place for place, day in enumerate(dates) if day and day == min(dates)] if all(dates) else []
        likely = oldest[0] if len(oldest) == 1 else None
        yield Finding("lineage-cycle", circle, readings, likely, "older" if likely is not None else None)


def _upside_down(inferred: Inferred) -> Iterator[Finding]:
    nodes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for child, parent, node in inferred.upside_down:
        nodes[child, parent].append(node)
    for pair in sorted(nodes):
        yield Finding("lineage-upside-down", pair, (Reading(pair[1], tuple(sorted(nodes[pair])), "carried-out"),))


def _same_numbers(described: Sequence[Described], evidence: Evidence) -> Iterator[Finding]:
    """Instruments of one number, as far as documents name them (a register alone is no reason to look)."""
    users: defaultdict[str, list[Described]] = defaultdict(list)
    for item in described:
        if item.number and any(not record.register for record in item.records):
            users[identifiers.number_key(item.number.value)].append(item)
    for key in sorted(users):
        if len(users[key]) > 1:
            readings = tuple(Reading(item.iri, _naming(item, evidence), "instrument") for item in users[key])
            yield Finding("same-number", tuple(item.iri for item in users[key]), readings)


def _naming(item: Described, evidence: Evidence) -> tuple[str, ...]:
    """The mentions that give the number of an instrument in whatever notation."""
    return evidence.giving(item.iri, "number", frozenset(n for record in item.records for n in record.numbers))


def _unresolved(evidence: Evidence) -> Iterator[Finding]:
    resolution = evidence.resolution
    for item in resolution.unresolved:
        iri = resolution.of(item.node[0]).get(item.node[1], item.node[1])
        candidates = tuple(sorted({resolution.flat.get(other, other) for other in item.candidates} - {iri}))
        kind = {"ambiguous": "ambiguous", "issuer-unknown": "unresolved"}.get(item.reason)
        if kind is None or (kind == "ambiguous" and len(candidates) < 2):
            continue
        yield Finding(kind, (iri,), tuple(_mentioned(iri, evidence)), candidates=candidates)


def _mentioned(iri: str, evidence: Evidence) -> Iterator[Reading]:
    """The words in which an instrument is mentioned, each wording once."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for citation in evidence.citations.get(iri, ()):
        words[citation.exact].append(citation.node)
    for exact in sorted(words):
        yield Reading(exact, tuple(sorted(words[exact])), "mention")
