"""Suspicions about mentions and documents: numbers, symbols, dates, repealed bases, wordings, what is missing."""

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
from viendan.link.evidence import PROPERTY, Evidence, Finding, Reading
from viendan.link.facts import SourceFacts
from viendan.link.identity import Corpus, Resolution
from viendan.link.knowledge import Knowledge

_FIRST_RULED_YEAR: Final = "1997"  # before, state numbers had no fixed form (91-CP, 315-CT)
_MISSED_BY: Final = 3  # so many documents cite it: it should be here
_ENDING: Final = frozenset(vocab.ROLE_PROPERTY[role] for role in ("repeals", "replaces"))
_WORD: Final = re.compile(r"[^\W_]+")
_RESTATING: Final = identifiers.term("type", "van-ban-hop-nhat")  # repeats the bases of the text that it restates


def suspect(described: Sequence[Described], evidence: Evidence) -> Iterator[Finding]:
    """All suspicions, in no order."""
    by_iri = {item.iri: item for item in described}
    corpus, resolution = evidence.corpus, evidence.resolution
    ended = _ended(corpus, resolution, by_iri)
    for facts in corpus.sources:
        yield from _two_own_numbers(facts, resolution)
        yield from _dates(facts, resolution)
        yield from _repealed(facts, resolution, ended)
    for item in described:
        yield from _symbols(item, evidence)
    yield from _wordings(corpus, resolution)
    yield from _missing(corpus, resolution, by_iri)


def _two_own_numbers(facts: SourceFacts, resolution: Resolution) -> Iterator[Finding]:
    own = resolution.of(facts.seen.graph).get(facts.seen.instrument or "", facts.seen.instrument or "")
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
        yield Finding("two-own-numbers", (own,), shown, likely, reason, PROPERTY["number"])


def _dates(facts: SourceFacts, resolution: Resolution) -> Iterator[Finding]:
    where = resolution.of(facts.seen.graph)
    own = facts.seen.date
    for citation in facts.citations:
        day = citation.date
        if day is None or len(day) != FULL_DATE or citation.relation == "self":
            continue
        later = own is not None and day[: len(own)] > own
        if later or not _is_day(day):
            about = where.get(citation.cited, citation.cited)
            yield Finding("impossible-date", (about,), (Reading(day, (citation.node,)),), field=PROPERTY["date"])


def _is_day(day: str) -> bool:
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _ended(corpus: Corpus, resolution: Resolution, by_iri: Mapping[str, Described]) -> Mapping[str, tuple[str, str]]:
    """Instrument → day on which another wholly replaced or repealed it, as registers know it, and which one did."""
    found: dict[str, tuple[str, str]] = {}
    for facts in corpus.registers:
        where = resolution.of(facts.seen.graph)
        for subject, predicate, value in facts.edges:
            if predicate in _ENDING:
                by, ended = where.get(subject, subject), where.get(value, value)
                day = _effective(by_iri.get(by))
                if day and (ended not in found or day < found[ended][0]):
                    found[ended] = (day, by)
    return found


def _effective(item: Described | None) -> str | None:
    """The day from which an instrument holds, as far as a register knows it for sure."""
    if item is None:
        return None
    days = [record.in_force for record in item.records if record.in_force and record.sure]
    return min(days, default=None)


def _repealed(facts: SourceFacts, resolution: Resolution, ended: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    own, where = facts.seen.date, resolution.of(facts.seen.graph)
    citing = where.get(facts.seen.instrument or "", facts.seen.instrument or "")
    restates = any(record.own and _RESTATING in record.types for record in facts.records)
    if own is None or len(own) != FULL_DATE or restates:
        return
    for citation in facts.citations:
        cited = where.get(citation.cited, citation.cited)
        if citation.relation == "basis" and cited in ended and ended[cited][0] <= own:
            day, by = ended[cited]
            yield Finding("cited-after-repeal", (cited, by, citing), (Reading(day, (citation.node,)),))


def _symbols(item: Described, evidence: Evidence) -> Iterator[Finding]:
    line = evidence.line(item.issuer.value if item.issuer else None)
    for number in sorted({number for record in item.records if not record.register for number in record.numbers}):
        proposed = well_formed(number, line, item.date.value[:4] if item.date else None, evidence.knowledge)
        nodes = evidence.giving(item.iri, "number", frozenset({number})) if proposed else ()
        if proposed and nodes:
            readings = (Reading(number, nodes), Reading(proposed))
            yield Finding("malformed-symbol", (item.iri,), readings, 1, None, PROPERTY["number"])


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


def _wordings(corpus: Corpus, resolution: Resolution) -> Iterator[Finding]:
    """Movements whose name the documents write differently, case, marks, points and periods apart."""
    words: defaultdict[str, defaultdict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for facts in corpus.sources:
        where = resolution.of(facts.seen.graph)
        for invocation in facts.invocations:
            if invocation.exact and invocation.act == vocab.VD + "invokes":
                movement = where.get(invocation.movement, invocation.movement)
                words[movement][_plain(invocation.exact)].append((invocation.exact, invocation.node))
    for movement in sorted(words):
        if len(words[movement]) > 1:
            ordered = sorted(words[movement].values(), key=lambda own: (-len(own), min(own)))
            shown = tuple(Reading(_clean(min(own)[0]), tuple(sorted(node for _, node in own))) for own in ordered)
            yield Finding("movement-wordings", (movement,), shown)


def _plain(words: str) -> str:
    """Letters and digits alone, without marks."""
    return " ".join(_WORD.findall(text.fold(words)))


def _clean(words: str) -> str:
    """The words without emphasis marks."""
    return text.squeeze(words.translate({ord("*"): " ", ord("_"): " "}))


def _missing(corpus: Corpus, resolution: Resolution, by_iri: Mapping[str, Described]) -> Iterator[Finding]:
    citers: defaultdict[str, set[str]] = defaultdict(set)
    for facts in corpus.sources:
        where = resolution.of(facts.seen.graph)
        for citation in facts.citations:
            citers[where.get(citation.cited, citation.cited)].add(facts.seen.graph)
    for iri in sorted(citers):
        item = by_iri.get(iri)
        if item is not None and not item.held and len(citers[iri]) >= _MISSED_BY:
            yield Finding("missing-here", (iri,), (Reading(str(len(citers[iri]))),))
