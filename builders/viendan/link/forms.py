"""How an instrument is to be cited: Decree 30/2020/NĐ-CP, annex I, II.5, and what a first mention leaves out.

The first mention in a document gives type, number and symbol, date, issuer and subject (laws and ordinances: type and
name); later ones type and number. The decree binds the administrative documents of state bodies from 5 March 2020 on,
not legal ones, whose numbers carry the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from viendan.identifiers import OfficialNumber
from viendan.link import labels
from viendan.link.choosing import FULL_DATE
from viendan.link.description import Described
from viendan.link.evidence import PROPERTY, Evidence, Finding, Reading
from viendan.link.facts import CitationFact, SourceFacts

_IN_FORCE: Final = "2020-03-05"


def incomplete_first_mentions(evidence: Evidence, described: Mapping[str, Described]) -> Iterator[Finding]:
    """First mentions of numbered instruments without their date, each with the citation as the decree wants it.

    Only where the date is known from elsewhere: what nobody knows cannot be asked for.
    """
    namer = labels.Namer(evidence.knowledge, evidence.bodies)
    for facts in evidence.corpus.sources:
        if _binds(facts, evidence, described):
            where = evidence.resolution.of(facts.seen.graph)
            for cited, citation in sorted(_first_mentions(facts, where).items()):
                item = described.get(cited)
                if citation.date is None and item is not None and not _is_named(item):
                    proposed = full_citation(item, namer, evidence)
                    if proposed and citation.exact:
                        readings = (Reading(citation.exact, (citation.node,)), Reading(proposed))
                        yield Finding("citation-form", (cited,), readings, 1, None, PROPERTY["date"])


def _binds(facts: SourceFacts, evidence: Evidence, described: Mapping[str, Described]) -> bool:
    own = evidence.resolution.of(facts.seen.graph).get(facts.seen.instrument or "", facts.seen.instrument or "")
    item = described.get(own)
    issued = facts.seen.date
    if item is None or item.issuer is None or evidence.line(item.issuer.value) != "state" or issued is None:
        return False
    number = OfficialNumber.parse(item.number.value) if item.number else None
    return issued >= _IN_FORCE[: len(issued)] and (number is None or number.year is None)


def _first_mentions(facts: SourceFacts, where: Mapping[str, str]) -> Mapping[str, CitationFact]:
    """The first mention of each numbered instrument, wherever an earlier one by name has not introduced it."""
    found: dict[str, CitationFact] = {}
    for citation in sorted(facts.citations, key=lambda citation: (citation.start, citation.node)):
        found.setdefault(where.get(citation.cited, citation.cited), citation)
    return {iri: first for iri, first in found.items() if first.number and first.relation != "self"}


def _is_named(item: Described) -> bool:
    """Laws and ordinances are cited by type and name."""
    return any(record.short_names for record in item.records)


def full_citation(item: Described, namer: labels.Namer, evidence: Evidence) -> str | None:
    """``Chỉ thị số 19/CT-TTg ngày 16 tháng 7 năm 2021 của Thủ tướng Chính phủ về việc …``; None where a part lacks."""
    if not (item.type and item.number and item.date and item.issuer) or len(item.date.value) != FULL_DATE:
        return None
    kind = evidence.knowledge.label(item.type.value, "vi")
    if kind is None:
        return None
    subject = f" về việc {_subject(item.title.value, kind)}" if item.title else ""
    issuer = namer.body(item.issuer.value, "vi")
    return f"{kind} số {item.number.value} {in_words(item.date.value)} của {issuer}{subject}"


def _subject(title: str, kind: str) -> str:
    """The subject without the type's own word in front, as it goes on in a sentence."""
    words = title.removeprefix(kind).strip()
    words = words.removeprefix("về việc").removeprefix("về").strip()
    return words[:1].lower() + words[1:]


def in_words(day: str) -> str:
    """``ngày 16 tháng 7 năm 2021``; days below 10 and months 1 and 2 with a zero, as the decree writes them."""
    year, month, date = day.split("-")
    shown_month = month if month in {"01", "02"} else month.lstrip("0")
    return f"ngày {date} tháng {shown_month} năm {year}"
