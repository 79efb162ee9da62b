"""Tables for spreadsheets (RFC 4180), and the findings as one: a line for each reading and each of its words.

Words of documents are never formulas. The lines of a finding follow each other and all name it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from viendan.messages import Language, say
from viendan.publish.views import Evidence, FindingView, ReadingView

COLUMNS: Final = (
    "finding",
    "severity",
    "kind",
    "about",
    "candidates",
    "part",
    "reading",
    "likely",
    "reason",
    "confidence",
    "filled",
    "reviewed",
    "document",
    "section",
    "start",
    "end",
    "quote",
    "before",
    "after",
    "register",
    "about_iri",
    "document_iri",
)
"""The keys of the columns; their headings stand under ``desk`` in the messages."""
BYTE_ORDER_MARK: Final = "\ufeff"
"""Begins a file for spreadsheets: on Windows they take Vietnamese for another alphabet without it."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def safe(cells: Iterable[str]) -> list[str]:
    """Cells that no spreadsheet takes for a formula: an apostrophe goes before what looks like one."""
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]


def findings_csv(findings: Iterable[FindingView], language: Language) -> str:
    """The findings as CSV, in order, with headings in a language; dates stay ISO, so that a spreadsheet sorts them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say(f"desk.{name}", language) for name in COLUMNS])
    for finding in findings:
        head = _head(finding, language)
        for cells in _lines(finding, language):
            row = {**head, **cells}
            writer.writerow(safe(row.get(name, "") for name in COLUMNS))
    return out.getvalue()


def _head(finding: FindingView, language: Language) -> dict[str, str]:
    return {
        "finding": finding.iri,
        "severity": finding.severity.label.get(language),
        "kind": finding.kind.label.get(language),
        "about": "; ".join(ref.label.get(language) for ref in finding.about),
        "about_iri": " ".join(ref.iri for ref in finding.about),
        "candidates": "; ".join(ref.label.get(language) for ref in finding.candidates),
        "reason": finding.reason.get(language) if finding.reason else "",
        "confidence": f"{finding.confidence:g}",
        "reviewed": finding.reviewed or "",
    }


def _lines(finding: FindingView, language: Language) -> Iterator[dict[str, str]]:
    if not finding.readings:
        yield {}
    for reading in finding.readings:
        own = {
            "part": reading.part.label.get(language) if reading.part else "",
            "reading": reading.value.get(language),
            "likely": say("desk.yes", language) if reading.likely else "",
            "register": ", ".join(reading.registers),
            "filled": _fillings(reading, language),
        }
        for evidence in reading.evidence:
            yield {**own, **_place(evidence, language)}
        if not reading.evidence:
            yield own


def _place(evidence: Evidence, language: Language) -> dict[str, str]:
    return {
        "document": evidence.document.label.get(language),
        "document_iri": evidence.document.iri,
        "section": evidence.section or "",
        "start": str(evidence.start),
        "end": str(evidence.end),
        "quote": evidence.exact,
        "before": evidence.before,
        "after": evidence.after,
    }


def _fillings(reading: ReadingView, language: Language) -> str:
    """``ngày: … (sổ đăng ký central-instruments); trích yếu: … (tài liệu khác: Chỉ thị 02/CT-UBND …)``."""
    parts = []
    for filling in reading.fillings:
        sources = [*filling.registers, *sorted({own.document.label.get(language) for own in filling.evidence})]
        origin = filling.origin.label.get(language) + (f": {', '.join(sources)}" if sources else "")
        parts.append(f"{say(f'fact.{filling.key}', language)}: {filling.value} ({origin})")
    return "; ".join(parts)
