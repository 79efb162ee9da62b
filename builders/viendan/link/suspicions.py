"""Suspicions about mentions and documents: numbers, symbols, dates, wordings, what is missing."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from viendan import identifiers, text, vocab
from viendan.identifiers import OfficialNumber
from viendan.link.choosing import FULL_DATE
from viendan.link.description import Described
from viendan.link.evidence import PROPERTY, Evidence, Finding, Reading, same_key
from viendan.link.facts import CitationFact, SourceFacts
from viendan.link.knowledge import Knowledge

_FIRST_RULED_YEAR: Final = "1997"  # before, state numbers had no fixed form (91-CP, 315-CT)
_MISSED_BY: Final = 3  # so many documents cite it: it should be here
_WORD: Final = re.compile(r"[^\W_]+")


def suspect(described: Sequence[Described], evidence: Evidence) -> Iterator[Finding]:
    """All suspicions, in no order."""
    by_iri = {item.iri: item for item in described}
    for facts in evidence.corpus.sources:
        yield from _two_own_numbers(facts, evidence)
        yield from _dates(facts, evidence, by_iri)
    for item in described:
        yield from _symbols(item, evidence)
    yield from _wordings(evidence)
    yield from _missing(evidence, by_iri)


def _two_own_numbers(facts: SourceFacts, evidence: Evidence) -> Iterator[Finding]:
    readings: defaultdict[str, list[str]] = defaultdict(list)
    for header in facts.headers:
        if header.property == PROPERTY["number"]:
            readings[header.value].append(header.node)
    header_values = sorted(readings)
    for citation in facts.citations:
        if citation.relation == "self" and citation.number:
            readings[citation.number].append(citation.node)
    if len({identifiers.number_key(number) for number in readings}) > 1:
        ordered = [*header_values, *sorted(set(readings) - set(header_values))]
        shown = tuple(Reading(number, tuple(sorted(readings[number]))) for number in ordered)
        likely, reason = (0, "own-header") if header_values else (None, None)
        yield Finding("two-own-numbers", (evidence.own(facts),), shown, likely, reason, PROPERTY["number"])


def _dates(facts: SourceFacts, evidence: Evidence, by_iri: Mapping[str, Described]) -> Iterator[Finding]:
    """Dates that no calendar has, and dates after that of the document that cites: each kind once a cited thing."""
    where, own = evidence.resolution.of(facts.seen.graph), facts.seen.date
    found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for citation in facts.citations:
        kind, day = _strange_date(citation, own)
        if kind and citation.relation != "self":
            found[kind, where.get(citation.cited, citation.cited), day].append(citation.node)
    for (kind, cited, day), mentions in sorted(found.items()):
        readings = [Reading(day, tuple(sorted(mentions)))]
        if kind == "future-date":
            readings.append(Reading(own or "", evidence.dated_by(facts), "citing-date"))
        readings += _possible(cited, own, by_iri.get(cited), evidence)
        likely, reason = _likely_date(readings, by_iri.get(cited))
        yield Finding(kind, (cited, evidence.own(facts)), tuple(readings), likely, reason, PROPERTY["date"])


def _strange_date(citation: CitationFact, own: str | None) -> tuple[str, str]:
    """What is wrong with a citation's date, and the date as stated; two empty strings where nothing is."""
    if citation.impossible_date:
        return "impossible-date", citation.impossible_date
    day = citation.date
    if day is None or len(day) != FULL_DATE:
        return "", ""
    if not _is_day(day):
        return "impossible-date", day
    return ("future-date", day) if own is not None and day[: len(own)] > own else ("", "")


def _is_day(day: str) -> bool:
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _possible(cited: str, own: str | None, item: Described | None, evidence: Evidence) -> Iterator[Reading]:
    """The dates that others give and that can be."""
    for known in item.date.readings if item and item.date else ():
        day = known.value
        if len(day) == FULL_DATE and _is_day(day) and (own is None or day[: len(own)] <= own):
            registers = tuple(sorted({record.graph for record in known.records if record.register}))
            same = frozenset({same_key("date", day)})
            yield Reading(day, evidence.giving(cited, "date", same), registers=registers)


def _likely_date(readings: Sequence[Reading], item: Described | None) -> tuple[int | None, str | None]:
    possible = [place for place, reading in enumerate(readings) if place and reading.part is None]
    choice = item.date if item else None
    for place in possible:
        if choice and readings[place].value == choice.value and choice.reason != "tie":
            return place, choice.reason if len(possible) > 1 or choice.reason != "majority" else "only-reading"
    return (possible[0], "only-reading") if len(possible) == 1 else (None, None)


def _symbols(item: Described, evidence: Evidence) -> Iterator[Finding]:
    """Symbols that break the form of their issuer's line, with the symbol as it should be."""
    line = evidence.line(item.issuer.value if item.issuer else None)
    numbers = sorted({number for record in item.records for number in record.numbers})
    year = item.date.value[:4] if item.date else None
    for number in numbers:
        proposed = well_formed(number, line, year, evidence.knowledge)
        nodes = evidence.giving(item.iri, "number", frozenset({number}))
        if proposed and nodes:
            readings = (Reading(number, nodes), Reading(proposed, part="proposed"))
            reason = "guidance-36" if line == "party" else "decree-30"
            yield Finding("malformed-symbol", (item.iri,), readings, 1, reason, PROPERTY["number"])


def well_formed(number: str, line: str | None, year: str | None, knowledge: Knowledge) -> str | None:
    """The number in the form of its issuer's line; None where nothing is known to be wrong.

    Party guidance 36-HD/VPTW: ``34-CT/TW``; Decree 30/2020, annex I: ``19/CT-TTg``. Numbers without a type's symbol (of
    dispatches) and state numbers before 1997 have no such form.
    """
    parsed = OfficialNumber.parse(number)
    if parsed is None or line not in {"party", "state"} or parsed.year:
        return None
    kind, gap, organ = _split_symbol(parsed.symbol)
    if not organ or text.slug(kind) not in knowledge.symbol_types:
        return None
    if line == "party" and (parsed.separator, gap) == ("/", "-"):
        return f"{parsed.serial}-{kind}/{organ}"
    if line == "state" and (year is None or year >= _FIRST_RULED_YEAR) and parsed.separator == "-":
        return f"{parsed.serial}/{kind}-{organ}"
    return None


def _split_symbol(symbol: str) -> tuple[str, str, str]:
    for place, char in enumerate(symbol):
        if char in "/-":
            return symbol[:place], char, symbol[place + 1 :]
    return symbol, "", ""


def _wordings(evidence: Evidence) -> Iterator[Finding]:
    """Movements whose name the documents write differently, case, marks, points and periods apart.

    The name that the register gives the movement is held to be right.
    """
    words: defaultdict[str, defaultdict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for facts in evidence.corpus.sources:
        where = evidence.resolution.of(facts.seen.graph)
        for invocation in facts.invocations:
            if invocation.exact and invocation.act == vocab.VD + "invokes":
                movement = where.get(invocation.movement, invocation.movement)
                words[movement][_plain(invocation.exact)].append((invocation.exact, invocation.node))
    for movement in sorted(words):
        if len(words[movement]) > 1:
            ordered = sorted(words[movement].items(), key=lambda own: (-len(own[1]), min(own[1])))
            shown = tuple(Reading(_clean(min(own)[0]), tuple(sorted(node for _, node in own))) for _, own in ordered)
            usual = _plain(evidence.knowledge.label(movement, "vi") or "")
            likely = next((place for place, (key, _) in enumerate(ordered) if key == usual), None)
            reason = "register" if likely is not None else None
            yield Finding("movement-wordings", (movement,), shown, likely, reason)


def _plain(words: str) -> str:
    """Letters and digits alone, without marks."""
    return " ".join(_WORD.findall(text.fold(words)))


def _clean(words: str) -> str:
    """The words without emphasis marks."""
    return text.squeeze(words.translate({ord("*"): " ", ord("_"): " "}))


def _missing(evidence: Evidence, by_iri: Mapping[str, Described]) -> Iterator[Finding]:
    citers: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for facts in evidence.corpus.sources:
        where = evidence.resolution.of(facts.seen.graph)
        for citation in sorted(facts.citations, key=lambda citation: (citation.start, citation.node)):
            citers[where.get(citation.cited, citation.cited)].setdefault(facts.seen.graph, citation.node)
    for iri in sorted(citers):
        item = by_iri.get(iri)
        if item is not None and not item.held and len(citers[iri]) >= _MISSED_BY:
            mentions = tuple(sorted(citers[iri].values()))
            yield Finding("missing-here", (iri,), (Reading(str(len(mentions)), mentions, "citers"),))
