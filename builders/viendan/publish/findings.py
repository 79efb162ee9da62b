"""What a person should look at, from the graph of findings: both readings, their words, and the likely one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from viendan import text, vocab
from viendan.publish import paths
from viendan.publish.answers import Rows
from viendan.publish.evidence import Witness
from viendan.publish.rows import FindingRow, ReadingRow
from viendan.publish.sheets import FindingsPage
from viendan.publish.things import Things, order_key
from viendan.publish.views import Evidence, FindingView, Label, ReadingView, Ref, Term

_DATE: Final = vocab.ELI + "date_document"
_SEVERITY: Final = vocab.ID + "severity/"
_RANKS: Final = {"error": 0, "warning": 1, "info": 2}
_SHOWN: Final = 8


def find_findings(rows: Rows, witness: Witness) -> tuple[FindingView, ...]:
    """All findings, the grave ones first, then by kind and by what they are about."""
    things = witness.things
    proofs = witness.find(rows, frozenset(row.mention for row in rows.readings if row.mention))
    meanings = {row.concept: Label(row.viMeaning or "", row.enMeaning or row.viMeaning or "") for row in rows.words}
    about: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for thing in rows.finding_things:
        about[thing.finding, thing.candidate].append(thing.thing)
    readings: dict[str, list[ReadingRow]] = defaultdict(list)
    for reading in rows.readings:
        readings[reading.finding].append(reading)
    found = [
        _view(
            row,
            things,
            about=things.refs(about[row.finding, False]),
            candidates=things.refs(about[row.finding, True]),
            meaning=meanings.get(row.kind, Label("", "")),
            readings=_readings(row, readings[row.finding], things, proofs),
        )
        for row in rows.findings
    ]
    return tuple(sorted(found, key=_order))


def _view(
    row: FindingRow,
    things: Things,
    *,
    about: tuple[Ref, ...],
    candidates: tuple[Ref, ...],
    meaning: Label,
    readings: tuple[ReadingView, ...],
) -> FindingView:
    severity = row.severity or "warning"
    kind = things.term(row.kind)
    return FindingView(
        iri=row.finding,
        anchor=paths.last_part(row.finding),
        kind=Term(kind.key, Label(text.capitalise(kind.label.vi), text.capitalise(kind.label.en))),
        meaning=meaning,
        severity=Term(severity, things.label(_SEVERITY + severity)),
        about=about,
        candidates=candidates,
        readings=readings,
        reason=things.label(row.reason) if row.reason else None,
    )


def _readings(
    row: FindingRow, readings: list[ReadingRow], things: Things, proofs: Mapping[str, Evidence]
) -> tuple[ReadingView, ...]:
    """The readings in the order in which link numbered them."""
    by_iri: dict[str, list[ReadingRow]] = defaultdict(list)
    for reading in readings:
        by_iri[reading.reading].append(reading)
    views = []
    for iri in sorted(by_iri, key=lambda iri: (len(iri), iri)):
        group = by_iri[iri]
        value = group[0].value
        evidence = _in_order(proofs[own.mention] for own in group if own.mention and own.mention in proofs)
        views.append(
            ReadingView(
                value=things.label(value) if value.startswith(vocab.ID) else Label(value, value),
                is_date=row.property == _DATE,
                likely=iri == row.likely,
                evidence=evidence[:_SHOWN],
                more=max(0, len(evidence) - _SHOWN),
            )
        )
    return tuple(views)


def _in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda own: (order_key(own.document.label.vi), own.document.iri, own.start)))


def _order(finding: FindingView) -> tuple[object, ...]:
    about = finding.about[0].label.vi if finding.about else ""
    return (_RANKS.get(finding.severity.key, 3), finding.kind.key, order_key(about), finding.iri)


def by_thing(findings: Iterable[FindingView]) -> dict[str, tuple[FindingView, ...]]:
    """The findings about each thing."""
    found: dict[str, list[FindingView]] = defaultdict(list)
    for finding in findings:
        for ref in finding.about:
            found[ref.iri].append(finding)
    return {iri: tuple(group) for iri, group in found.items()}


def findings_page(findings: tuple[FindingView, ...]) -> FindingsPage:
    """All findings, by kind."""
    groups: dict[Term, list[FindingView]] = defaultdict(list)
    for finding in findings:
        groups[finding.kind].append(finding)
    return FindingsPage(tuple((kind, tuple(group)) for kind, group in groups.items()), len(findings))
