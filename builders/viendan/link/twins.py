"""Held documents that give themselves one number, date and issuer, or one title, and are two all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from viendan.link.copies import Twin
from viendan.link.evidence import PROPERTY, Evidence, Finding, Reading
from viendan.link.facts import SourceFacts

_SHOWN: Final = {"date": "date", "title": "title", "text": "number"}


def same_identities(evidence: Evidence) -> Iterator[Finding]:
    """A finding for every pair, with what tells the two apart; their number where only the rest of the text does."""
    for twin in evidence.resolution.copies.twins:
        values: defaultdict[str, set[str]] = defaultdict(set)
        for facts in (twin.one, twin.other):
            for value in _values(facts, twin):
                values[value].update(_mentions(facts, PROPERTY[_SHOWN[twin.difference]], evidence))
        yield Finding(
            kind="same-identity",
            about=tuple(sorted(_iri(facts, evidence) for facts in (twin.one, twin.other))),
            readings=tuple(Reading(value, tuple(sorted(values[value]))) for value in sorted(values)),
            field=PROPERTY[_SHOWN[twin.difference]],
        )


def _iri(facts: SourceFacts, evidence: Evidence) -> str:
    own = facts.seen.instrument or ""
    return evidence.resolution.of(facts.seen.graph).get(own, own)


def _values(facts: SourceFacts, twin: Twin) -> tuple[str, ...]:
    own = next(record for record in facts.records if record.own)
    return {"date": own.dates, "title": own.titles, "text": own.numbers}[twin.difference]


def _mentions(facts: SourceFacts, wanted: str, evidence: Evidence) -> Iterator[str]:
    """Where the document says so itself."""
    for header in evidence.headers.get(_iri(facts, evidence), ()):
        if header.graph == facts.seen.graph and header.property == wanted:
            yield header.node
