"""What ended when: instruments that others wholly replaced or repealed, and citations of them after that day.

Registers know the day on which the later instrument came into force. What a document that is held repeals ends at the
latest a year after that document: legal documents come into force within that time, administrative ones at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from viendan import identifiers, vocab
from viendan.identifiers import OfficialNumber
from viendan.link.choosing import FULL_DATE
from viendan.link.description import Described
from viendan.link.evidence import Evidence, Finding, Reading
from viendan.link.facts import SourceFacts

_ENDING_ROLES: Final = frozenset({"repeals", "replaces"})
_ENDING: Final = frozenset(vocab.ROLE_PROPERTY[role] for role in _ENDING_ROLES)
_RELYING: Final = frozenset({"basis", "implements", "pursuant_to", "guides"})
"""What nobody can do any more with an instrument that is no longer in force. What is only mentioned may be history."""
_RESTATING: Final = identifiers.term("type", "van-ban-hop-nhat")  # repeats the bases of the text that it restates


@dataclass(frozen=True, slots=True)
class End:
    """The day from which an instrument is no longer in force, what ended it, and who says so."""

    day: str
    by: str
    mentions: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()


def cited_after_end(evidence: Evidence, described: Mapping[str, Described]) -> Iterator[Finding]:
    """Citations that rely on an instrument after its end, each with the instrument that ended it."""
    ended = _ended(evidence, described)
    for facts in evidence.corpus.sources:
        own, where = facts.seen.date, evidence.resolution.of(facts.seen.graph)
        restates = any(record.own and _RESTATING in record.types for record in facts.records)
        if own is None or len(own) != FULL_DATE or restates:
            continue
        relying: dict[str, list[str]] = {}
        for citation in facts.citations:
            cited = where.get(citation.cited, citation.cited)
            if citation.relation in _RELYING and cited in ended and ended[cited].day <= own:
                relying.setdefault(cited, []).append(citation.node)
        for cited, mentions in sorted(relying.items()):
            yield _finding(cited, ended[cited], mentions, facts, evidence)


def _finding(cited: str, end: End, mentions: Sequence[str], facts: SourceFacts, evidence: Evidence) -> Finding:
    readings = (
        Reading(facts.seen.date or "", tuple(sorted(mentions)), "citing-date"),
        Reading(end.day, end.mentions, "ended", end.registers),
        Reading(end.by, part="successor"),
    )
    return Finding("cited-after-repeal", (cited, evidence.own(facts), end.by), readings, 2, "replaced")


def _ended(evidence: Evidence, described: Mapping[str, Described]) -> Mapping[str, End]:
    """The end of each instrument: the earliest that a register knows, else the earliest that a document states."""
    found = _ended_by_registers(evidence, described)
    for end, ended in sorted(_ended_by_documents(evidence, described), key=lambda own: (own[0].day, own[0].by)):
        found.setdefault(ended, end)
    return found


def _ended_by_registers(evidence: Evidence, described: Mapping[str, Described]) -> dict[str, End]:
    found: dict[str, End] = {}
    for facts in evidence.corpus.registers:
        where = evidence.resolution.of(facts.seen.graph)
        for subject, predicate, value in facts.edges:
            by, ended = where.get(subject, subject), where.get(value, value)
            day = _in_force(described.get(by)) if predicate in _ENDING else None
            if day and (ended not in found or day < found[ended].day):
                found[ended] = End(day, by, registers=(facts.seen.graph,))
    return found


def _in_force(item: Described | None) -> str | None:
    """The day from which an instrument holds, as far as a register knows it for sure."""
    if item is None:
        return None
    return min((record.in_force for record in item.records if record.in_force and record.sure), default=None)


def _ended_by_documents(evidence: Evidence, described: Mapping[str, Described]) -> Iterator[tuple[End, str]]:
    """What the documents that are held repeal or replace as a whole."""
    for facts in evidence.corpus.sources:
        own, where = evidence.own(facts), evidence.resolution.of(facts.seen.graph)
        day = _in_force(described.get(own)) or _latest_start(facts, described.get(own))
        wholly: dict[str, list[str]] = {}
        for citation in facts.citations:
            if citation.relation in _ENDING_ROLES:
                wholly.setdefault(where.get(citation.cited, citation.cited), []).append(citation.node)
        partly = {where.get(own.cited, own.cited) for own in facts.citations if own.pinpointed}
        for cited, mentions in sorted(wholly.items()):
            if day and cited != own and cited not in partly:
                yield End(day, own, tuple(sorted(mentions))), cited


def _latest_start(facts: SourceFacts, item: Described | None) -> str | None:
    """The day of an administrative document, a year after that of a legal one."""
    issued = facts.seen.date
    if issued is None or len(issued) != FULL_DATE or item is None:
        return None
    number = OfficialNumber.parse(item.number.value) if item.number else None
    if number is None:
        return None
    return _a_year_later(issued) if number.year else issued


def _a_year_later(day: str) -> str | None:
    try:
        then = date.fromisoformat(day)
        return then.replace(year=then.year + 1, day=min(then.day, 28) if then.month == 2 else then.day).isoformat()
    except ValueError:
        return None
