"""How an instrument is to be cited, and what the first mention of it in a document leaves out.

Decree 30/2020/NĐ-CP, annex I, II.5 (state bodies, from 5 March 2020): the first mention gives type, number and symbol,
date, issuer and subject; laws and ordinances are cited by type and name; later mentions give type and number. It binds
administrative documents, not legal ones, whose numbers carry the year. Guidance 36-HD/VPTW, 1.6.1 (party bodies, from
3 April 2018) asks for the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from viendan import identifiers, vocab
from viendan.identifiers import OfficialNumber
from viendan.link import choosing
from viendan.link.choosing import FULL_DATE
from viendan.link.description import Described
from viendan.link.evidence import PROPERTY, Evidence, Filling, Finding, Reading, same_key
from viendan.link.facts import CitationFact, SourceFacts

Part = Literal["type", "number", "date", "issuer", "title"]

_PARTS: Final[tuple[Part, ...]] = ("type", "number", "date", "issuer", "title")
_RULES: Final = {"state": ("decree-30", "2020-03-05"), "party": ("guidance-36", "2018-04-03")}
_BY_NAME: Final = frozenset(identifiers.term("type", key) for key in ("luat", "bo-luat", "phap-lenh", "hien-phap"))
# Words of another instrument's title, which the writer only repeats, and the chain ``được sửa đổi bởi Luật số …``,
# which tells a version of what was cited in full.
_INSIDE: Final = frozenset({"inside-subject", "changed-by"})
_LEGAL: Final = frozenset(
    identifiers.term("type", key)
    for key in (
        "hien-phap",
        "luat",
        "bo-luat",
        "phap-lenh",
        "nghi-dinh",
        "thong-tu",
        "thong-tu-lien-tich",
        "van-ban-hop-nhat",
    )
)  # legal documents also where they lack a number
_ENTRIES: Final = 3  # so many entries make a table
_GAP: Final = "…"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One part of a proposed citation: its words, and where they come from if the mention does not give them."""

    words: str
    filling: Filling | None = None


def incomplete_first_mentions(evidence: Evidence, described: Mapping[str, Described]) -> Iterator[Finding]:
    """First mentions of numbered instruments that leave a part out, each with the citation in full."""
    for facts in evidence.corpus.sources:
        reason = _rule(facts, evidence, described)
        if reason is None:
            continue
        where, own = evidence.resolution.of(facts.seen.graph), evidence.own(facts)
        for cited, citation in sorted(_first_mentions(facts, where).items()):
            item = described.get(cited)
            missing = missing_parts(citation, item) if item and cited != own and citation.exact else ()
            if item and missing:
                proposed = _proposed(citation, item, missing, evidence)
                readings = (Reading(citation.exact, (citation.node,)), proposed)
                yield Finding("citation-form", (cited, own), readings, 1, reason)


def _rule(facts: SourceFacts, evidence: Evidence, described: Mapping[str, Described]) -> str | None:
    """The rule that binds a document; None where none does, or where it cannot be told.

    A document without a date is no older than what it cites.
    """
    item = described.get(evidence.own(facts))
    line = evidence.line(item.issuer.value) if item and item.issuer else None
    if item is None or line not in _RULES:
        return None
    reason, since = _RULES[line]
    cited = (citation.date for citation in facts.citations if citation.date and citation.relation != "self")
    issued = facts.seen.date or max((day for day in cited if len(day) == FULL_DATE), default="")
    number = OfficialNumber.parse(item.number.value) if item.number else None
    legal = bool(number and number.year) or bool(item.type and item.type.value in _LEGAL)
    return reason if issued >= since[: len(issued)] and issued and not legal else None


def _first_mentions(facts: SourceFacts, where: Mapping[str, str]) -> Mapping[str, CitationFact]:
    """The first mention of each instrument where it is a numbered one.

    The document's own title is not looked at: it has its own form. A number inside another instrument's title is a
    first mention, but the writer has not chosen its words: it is not judged, nor is what follows. Nor is an entry of a
    list or table, whose parts stand in cells, nor anything in an annex that is a table.
    """
    titles = _spans(facts, PROPERTY["title"])
    tables = _tables_from(facts)
    found: dict[str, CitationFact] = {}
    for citation in sorted(facts.citations, key=lambda citation: (citation.start, citation.node)):
        if not any(start <= citation.start < end for start, end in titles):
            found.setdefault(where.get(citation.cited, citation.cited), citation)
    return {
        iri: first
        for iri, first in found.items()
        if first.number
        and first.relation != "self"
        and first.rule not in _INSIDE
        and not first.listed
        and first.start < tables
    }


def _spans(facts: SourceFacts, property_: str) -> list[tuple[int, int]]:
    return [header.span for header in facts.headers if header.property == property_ and header.span]


def _tables_from(facts: SourceFacts) -> float:
    """Where a document's annex begins if that is a list or table of instruments: behind the signature."""
    signed = max((end for _, end in _spans(facts, vocab.VD + "signer")), default=None)
    if signed is None:
        return math.inf
    entries = sum(citation.listed for citation in facts.citations if citation.start >= signed)
    return signed if entries >= _ENTRIES else math.inf


def missing_parts(citation: CitationFact, item: Described) -> tuple[Part, ...]:
    """The parts that the words of a first mention leave out, in the order in which they are to be given."""
    if item.type and item.type.value in _BY_NAME:
        return () if citation.title or _is_named(citation, item) else ("title",)
    parsed = OfficialNumber.parse(citation.number or "")
    listed = citation.exact[:1].isdigit() or citation.exact.casefold().startswith("số ")  # behind a common type word
    issuer_said = listed or citation.issuer_unread or " của " in citation.exact
    lacking: dict[Part, bool] = {
        "type": citation.type is None and not listed,
        "number": parsed is None,
        "date": (citation.date is None or len(citation.date) < FULL_DATE) and citation.impossible_date is None,
        "issuer": (citation.issuer is None or citation.issuer_from is not None) and not issuer_said,
        "title": citation.title is None and not citation.subject_unread,
    }
    return tuple(part for part in _PARTS if lacking[part])


def _is_named(citation: CitationFact, item: Described) -> bool:
    words = citation.exact.casefold()
    return any(name.casefold() in words for record in item.records for name in record.short_names)


def _proposed(citation: CitationFact, item: Described, missing: tuple[Part, ...], evidence: Evidence) -> Reading:
    """``Chỉ thị số 19/CT-TTg ngày 16 tháng 7 năm 2021 của Thủ tướng Chính phủ về …``, a gap where nobody knows."""
    pieces = {part: _piece(part, citation, item, missing, evidence) for part in _PARTS}
    kind = pieces["type"].words
    if item.type and item.type.value in _BY_NAME:
        words = f"{kind} {_bare(pieces['title'].words, kind)}"
        used: tuple[Part, ...] = ("title",)
    else:
        subject = _subject(_bare(pieces["title"].words, kind), evidence)
        number, date, issuer = (pieces[part].words for part in ("number", "date", "issuer"))
        words = f"{kind} số {number} {date} của {issuer} {subject}"
        used = _PARTS
    fillings = tuple(filling for part in used if (filling := pieces[part].filling))
    return Reading(words, part="proposed", fillings=fillings)


def _piece(
    part: Part, citation: CitationFact, item: Described, missing: tuple[Part, ...], evidence: Evidence
) -> _Piece:
    """A part as the mention gives it, else as the instrument's other mentions or a register do."""
    stated: str | None = None if part in missing else getattr(citation, part)
    if part == "type" and item.type:
        stated = item.type.value if stated is None or stated in evidence.knowledge.generic_types else stated
        words = evidence.knowledge.label(stated, "vi") or _GAP
        return _Piece(words, _filling(part, words, item.type, citation, item, evidence) if part in missing else None)
    known = item.issuer if part == "issuer" else None
    if known and known.reason in {"register", "own-header", "corrected"}:
        stated = None if part in missing else known.value  # a name cut off or misread is not repeated
    if stated is not None:
        return _Piece(_shown(part, stated, citation, evidence))
    choice: choosing.Choice | None = getattr(item, part)
    usable = choice if choice and (part != "date" or len(choice.value) == FULL_DATE) else None
    words = _shown(part, usable.value, citation, evidence) if usable else _blank(part)
    return _Piece(words, _filling(part, words, usable, citation, item, evidence) if part in missing else None)


def _shown(part: Part, value: str, citation: CitationFact, evidence: Evidence) -> str:
    if part == "date":
        return in_words(value)
    if part == "issuer":
        canonical = evidence.resolution.of(citation.graph).get(value, value)
        return evidence.namer.body(canonical, "vi")
    return value


def _blank(part: Part) -> str:
    return f"ngày {_GAP} tháng {_GAP} năm {_GAP}" if part == "date" else _GAP


def _filling(
    part: Part,
    words: str,
    choice: choosing.Choice | None,
    citation: CitationFact,
    item: Described,
    evidence: Evidence,
) -> Filling:
    """Where a part that is filled in comes from: a register, other documents, this document, the number's symbol."""
    if choice is None:
        return Filling(part, words, "unknown")
    speaking = next((own for own in choice.readings if own.value == choice.value), None)
    records = speaking.records if speaking else ()
    registers = tuple(sorted({record.graph for record in records if record.register}))
    if registers:
        return Filling(part, words, "register", registers)
    same = frozenset({same_key(part, choice.value)})
    mentions = [node for node in evidence.giving(item.iri, part, same) if node != citation.node]
    abroad = tuple(node for node in mentions if evidence.graph_of(node) != citation.graph)
    if abroad:
        return Filling(part, words, "citer", abroad)
    if mentions:
        return Filling(part, words, "other-mention", tuple(mentions))
    return Filling(part, words, "symbol" if part in {"issuer", "type"} else "unknown")


def _bare(title: str, kind: str) -> str:
    """A title without the type's own word in front."""
    return title.removeprefix(kind).strip() or title


def _subject(title: str, evidence: Evidence) -> str:
    """The subject as it goes on in a sentence: ``quy định chi tiết …``, ``về công tác văn thư``."""
    for opening in ("về việc", "Về việc", "về", "Về"):
        title = title.removeprefix(f"{opening} ")
    words = _lowered(title.strip())
    opens = any(words.startswith(f"{opener} ") for opener in evidence.knowledge.openers)
    return words if opens else f"về {words}"


def _lowered(words: str) -> str:
    """The words with a small first letter, unless they begin with a name or an abbreviation."""
    first, _, rest = words.partition(" ")
    return words[:1].lower() + words[1:] if first[1:].islower() and rest[:1].islower() else words


def in_words(day: str) -> str:
    """``ngày 16 tháng 7 năm 2021``; days below 10 and months 1 and 2 with a zero, as the decree writes them."""
    year, month, date = day.split("-")
    shown_month = month if month in {"01", "02"} else month.lstrip("0")
    return f"ngày {date} tháng {shown_month} năm {year}"
