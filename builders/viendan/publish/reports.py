"""The citation report of one instrument, as Markdown for people and as CSV for their spreadsheets.

It says what the instrument's page says: who cites it and to do what, what it cites, with the words, their section and
place, and how sure each is. Words of documents are escaped: they are neither markup nor formulas.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from viendan.errors import QueryError
from viendan.messages import Language, say
from viendan.publish import contexts, wording
from viendan.publish.instruments import instrument_page
from viendan.publish.sheets import InstrumentPage
from viendan.publish.tables import safe
from viendan.publish.views import CitationGroup, Evidence, Fact, FindingView, Ref
from viendan.store import Store

Format = Literal["md", "csv"]

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]|#~])")
_COLUMNS: Final = ("part", "role", "other", "quote", "section", "start", "end", "rule", "confidence", "source")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: what part it belongs to, which relation to what, and the words that prove it."""

    part: str
    relation: str
    other: Ref
    evidence: Evidence | None
    source: str


def render_report(
    store: Store,
    instrument_iri: str,
    format: str,  # noqa: A002 - the option's name
    language: str,
    day: str | None = None,
) -> str:
    """The report as Markdown (``md``, ``markdown``) or CSV (``csv``), as of a day where one is given.

    Raises QueryError for an instrument that is unknown, or younger than the day.
    """
    found = contexts.gather_rows(store, also=frozenset({instrument_iri}), day=day)
    row = found.things.instruments.get(instrument_iri)
    if row is None:
        if day and store.has(instrument_iri):
            raise QueryError("thing_not_yet", value=instrument_iri, day=day)
        raise QueryError("thing_unknown", value=instrument_iri)
    page = instrument_page(row, found.shelf)
    spoken: Language = "en" if language == "en" else "vi"
    return _csv(page, spoken, day) if format == "csv" else _markdown(page, spoken, day)


def _lines(page: InstrumentPage, language: Language) -> Iterator[Line]:
    for part, groups in (("cited_by", page.cited_by), ("cites", page.cites)):
        yield from _citations(part, groups, language)
    for invocation in page.invocations:
        act = say(f"act.{invocation.act}", language)
        yield Line("movements", act, invocation.movement, invocation.evidence, "")
    for relation in (*page.stated, *page.relations):
        words = f"{relation.subject.label.get(language)} {relation.relation.label.get(language)}"
        source = say(f"status.{relation.status}", language)
        yield Line("relations", words, relation.object, relation.evidence, source)
    for indirect in page.indirect:
        here = indirect.citing.iri == page.ref.iri
        via = f"{say('lineage.through', language)} {indirect.via.label.get(language)}"
        yield Line("indirect", via, indirect.cited if here else indirect.citing, indirect.evidence, "")


def _citations(part: str, groups: tuple[CitationGroup, ...], language: Language) -> Iterator[Line]:
    for group in groups:
        for view in group.citations:
            other = view.cited if part == "cites" else view.evidence.document
            yield Line(part, group.label.get(language), other, view.evidence, "")


def _csv(page: InstrumentPage, language: Language, day: str | None) -> str:
    """One table: a line for each fact and each statement (RFC 4180, UTF-8)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say(f"report.{name}", language) for name in _COLUMNS] + ["IRI"])
    identity = say("report.identity", language)
    if day:
        writer.writerow([identity, say("report.as_of", language), day, *[""] * 8])
    for fact in page.facts:
        value = fact.value.get(language)  # dates stay ISO: a spreadsheet sorts them
        status = fact.source or say(f"status.{fact.status}", language)
        name = say(f"fact.{fact.key}", language)
        writer.writerow(safe([identity, name, value, *_proof(fact.evidence), status, fact.ref.iri if fact.ref else ""]))
    for line in _lines(page, language):
        part = say(f"report.{line.part}", language)
        cells = [part, line.relation, line.other.label.get(language), *_proof(line.evidence), line.source]
        writer.writerow(safe([*cells, line.other.iri]))
    for finding in page.findings:
        writer.writerow(safe(_finding_cells(finding, language)))
    return out.getvalue()


def _proof(evidence: Evidence | None) -> list[str]:
    """Words, section, start, end, rule, confidence."""
    if evidence is None:
        return [""] * 6
    sure = "" if evidence.confidence is None else f"{evidence.confidence:g}"
    return [evidence.exact, evidence.section or "", str(evidence.start), str(evidence.end), evidence.rule or "", sure]


def _finding_cells(finding: FindingView, language: Language) -> list[str]:
    readings = "; ".join(_reading_words(finding, language))
    reason = finding.reason.get(language) if finding.reason else ""
    part = say("report.findings", language)
    return [part, finding.kind.label.get(language), readings, *[""] * 6, reason, finding.iri]


def _reading_words(finding: FindingView, language: Language) -> Iterator[str]:
    for reading in finding.readings:
        value = reading.value.get(language)
        shown = wording.date(value, language) if reading.is_date else value
        yield f"{shown} ({say('finding.likely', language)})" if reading.likely else shown


def _value(fact: Fact, language: Language) -> str:
    value = fact.value.get(language)
    return wording.date(value, language) if fact.is_date else value


def _markdown(page: InstrumentPage, language: Language, day: str | None) -> str:
    name = page.ref.label.get(language)
    parts = [
        f"# {say('report.title', language)}: {_plain(name)}",
        f"`{page.ref.iri}`  \n{say('report.held' if page.held else 'report.not_held', language)}. "
        f"{say('report.note', language)}",
        *([f"**{say('report.as_of', language)}: {wording.date(day, language)}**"] if day else []),
        *_identity(page, language),
    ]
    lines = list(_lines(page, language))
    for part in ("cited_by", "cites", "movements", "relations", "indirect"):
        own = [line for line in lines if line.part == part]
        if own or part in {"cited_by", "cites"}:
            parts += [f"## {say(f'report.{part}', language)} ({len(own)})", *_statements(own, language)]
    if page.findings:
        parts += [f"## {say('report.findings', language)} ({len(page.findings)})"]
        parts += ["\n".join(_finding_line(finding, language) for finding in page.findings)]
    return "\n\n".join(parts) + "\n"


def _identity(page: InstrumentPage, language: Language) -> list[str]:
    head = "| {} | {} | {} |".format(*(say(f"report.{key}", language) for key in ("field", "value", "source")))
    rows = [
        f"| {say(f'fact.{fact.key}', language)} | {_plain(_value(fact, language))} | {_origin(fact, language)} |"
        for fact in page.facts
    ]
    return [f"## {say('report.identity', language)}", "\n".join([head, "|---|---|---|", *rows])] if rows else []


def _origin(fact: Fact, language: Language) -> str:
    status = say(f"status.{fact.status}", language)
    if fact.evidence:
        return f"{status}: “{_plain(fact.evidence.exact)}” ({_where(fact.evidence, language)})"
    return f"{status}: {_plain(fact.source)}" if fact.source else status


def _statements(lines: list[Line], language: Language) -> list[str]:
    if not lines:
        return [say("report.nothing", language)]
    return ["\n".join(_statement(line, language) for line in lines)]


def _statement(line: Line, language: Language) -> str:
    head = f"- **{_plain(line.relation)}** {_plain(line.other.label.get(language))}"
    if line.source:
        head += f" ({line.source})"
    if line.evidence is None:
        return head
    where = _where(line.evidence, language)
    if line.part in {"relations", "indirect"}:
        where = f"{_plain(line.evidence.document.label.get(language))}, {where}"
    return f"{head}  \n  “{_plain(line.evidence.exact)}” ({where})"


def _where(evidence: Evidence, language: Language) -> str:
    start, end = wording.number(evidence.start, language), wording.number(evidence.end, language)
    parts = [
        say("trace.section", language, section=_plain(evidence.section)) if evidence.section else "",
        say("trace.offsets", language, start=start, end=end),
        f"{say('trace.rule', language)} {evidence.rule}" if evidence.rule else "",
        say("trace.confidence", language, value=wording.percent(evidence.confidence, language))
        if evidence.confidence is not None
        else "",
    ]
    return ", ".join(part for part in parts if part)


def _finding_line(finding: FindingView, language: Language) -> str:
    readings = "; ".join(_plain(words) for words in _reading_words(finding, language))
    reason = f" — {finding.reason.get(language)}" if finding.reason else ""
    return f"- **{finding.kind.label.get(language)}**" + (f": {readings}{reason}" if readings else "")


def _plain(words: str) -> str:
    """Words of a document as Markdown shows them: no markup, no HTML, one line."""
    flat = " ".join(words.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\1", flat)
