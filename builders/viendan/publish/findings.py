"""What a person should look at, from the graph of findings: every reading, its words, and the likely one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from viendan import text, vocab
from viendan.publish import paths
from viendan.publish.answers import Rows
from viendan.publish.evidence import Witness
from viendan.publish.rows import FillingRow, FindingRow, ReadingRow
from viendan.publish.sheets import FindingsPage, KindCount
from viendan.publish.things import Things, order_key
from viendan.publish.views import Evidence, FillingView, FindingView, Label, ReadingView, Ref, Term

_SEVERITY: Final = vocab.ID + "severity/"
SEVERITIES: Final = ("error", "warning", "notice")
"""From grave to light."""
_ON_A_PAGE: Final = 300
_PATH: Final = "findings"
_FIELDS: Final[Mapping[str, str]] = {
    vocab.ELI + "id_local": "number",
    vocab.ELI + "type_document": "type",
    vocab.ELI + "title": "title",
    vocab.ELI + "date_document": "date",
    vocab.ELI + "passed_by": "issuer",
}


@dataclass(frozen=True, slots=True)
class _Desk:
    """The rows of readings and fillings by what they are of, and the words of all mentions that they name."""

    things: Things
    proofs: Mapping[str, Evidence]
    readings: Mapping[str, list[ReadingRow]]
    fillings: Mapping[str, list[FillingRow]]


def find_findings(rows: Rows, witness: Witness) -> tuple[FindingView, ...]:
    """All findings, the grave ones first, then by kind and by what they are about."""
    things = witness.things
    named = {row.source for row in rows.readings if row.source} | {row.source for row in rows.fillings if row.source}
    desk = _Desk(things, witness.find(rows, frozenset(named)), defaultdict(list), defaultdict(list))
    for reading in rows.readings:
        desk.readings[reading.finding].append(reading)
    for filling in rows.fillings:
        desk.fillings[filling.reading].append(filling)
    meanings = {row.concept: Label(row.viMeaning or "", row.enMeaning or row.viMeaning or "") for row in rows.words}
    about: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for thing in rows.finding_things:
        about[thing.finding, thing.candidate].append(thing.thing)
    found = [
        _view(
            row,
            desk,
            about=things.refs(about[row.finding, False]),
            candidates=things.refs(about[row.finding, True]),
            meaning=meanings.get(row.kind, Label("", "")),
        )
        for row in rows.findings
    ]
    return tuple(sorted(found, key=_order))


def _view(
    row: FindingRow, desk: _Desk, *, about: tuple[Ref, ...], candidates: tuple[Ref, ...], meaning: Label
) -> FindingView:
    things = desk.things
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
        readings=_readings(row, desk),
        reason=things.label(row.reason) if row.reason else None,
        confidence=row.confidence if row.confidence is not None else 1.0,
        reviewed=row.reviewed,
    )


def _readings(row: FindingRow, desk: _Desk) -> tuple[ReadingView, ...]:
    """The readings in the order in which link numbered them."""
    by_iri: dict[str, list[ReadingRow]] = defaultdict(list)
    for reading in desk.readings.get(row.finding, ()):
        by_iri[reading.reading].append(reading)
    views = []
    for iri in sorted(by_iri, key=lambda iri: (len(iri), iri)):
        first, sources = by_iri[iri][0], [own.source for own in by_iri[iri] if own.source]
        views.append(
            ReadingView(
                value=desk.things.label(first.thing) if first.thing else Label(first.value, first.value),
                ref=desk.things.ref(first.thing) if first.thing else None,
                is_date=first.thing is None and _is_date(first.value),
                likely=iri == row.likely,
                part=desk.things.term(first.part) if first.part else None,
                evidence=_evidence(sources, desk),
                registers=_registers(sources),
                fillings=_fillings(desk.fillings.get(iri, []), desk),
            )
        )
    return tuple(views)


def _is_date(value: str) -> bool:
    """Whether a reading is an ISO date or month."""
    parts = value.split("-")
    return [len(part) for part in parts] in ([4, 2, 2], [4, 2]) and all(part.isdigit() for part in parts)


def _fillings(rows: Iterable[FillingRow], desk: _Desk) -> tuple[FillingView, ...]:
    by_property: dict[str, list[FillingRow]] = defaultdict(list)
    for row in rows:
        by_property[row.property].append(row)
    views = []
    for name in (name for name in _FIELDS if name in by_property):
        group = by_property[name]
        sources = [row.source for row in group if row.source]
        origin = desk.things.term(group[0].origin)
        views.append(FillingView(_FIELDS[name], group[0].value, origin, _evidence(sources, desk), _registers(sources)))
    return tuple(views)


def _evidence(sources: Iterable[str], desk: _Desk) -> tuple[Evidence, ...]:
    found = (desk.proofs[source] for source in sources if source in desk.proofs)
    return tuple(sorted(found, key=lambda own: (order_key(own.document.label.vi), own.document.iri, own.start)))


def _registers(sources: Iterable[str]) -> tuple[str, ...]:
    graphs = (source for source in sources if source.startswith(vocab.GRAPH_REGISTER))
    return tuple(sorted(graph.removeprefix(vocab.GRAPH_REGISTER) for graph in graphs))


def _order(finding: FindingView) -> tuple[object, ...]:
    about = finding.about[0].label.vi if finding.about else ""
    grade = SEVERITIES.index(finding.severity.key) if finding.severity.key in SEVERITIES else len(SEVERITIES)
    return (grade, finding.kind.key, order_key(about), finding.iri)


def by_thing(findings: Iterable[FindingView]) -> dict[str, tuple[FindingView, ...]]:
    """The findings about each thing."""
    found: dict[str, list[FindingView]] = defaultdict(list)
    for finding in findings:
        for ref in finding.about:
            found[ref.iri].append(finding)
    return {iri: tuple(group) for iri, group in found.items()}


def findings_pages(findings: tuple[FindingView, ...]) -> tuple[FindingsPage, ...]:
    """All findings by kind, on as many pages as they need; the first one also where there is none."""
    chunks = [findings[start : start + _ON_A_PAGE] for start in range(0, len(findings), _ON_A_PAGE)] or [()]
    names = tuple(f"{_PATH}{f'-{number + 1}' if number else ''}.html" for number in range(len(chunks)))
    kinds = _kinds(chunks, names)
    return tuple(
        FindingsPage(_grouped(chunk), kinds, len(findings), number, names) for number, chunk in enumerate(chunks)
    )


def _grouped(findings: Iterable[FindingView]) -> tuple[tuple[Term, tuple[FindingView, ...]], ...]:
    groups: dict[Term, list[FindingView]] = defaultdict(list)
    for finding in findings:
        groups[finding.kind].append(finding)
    return tuple((kind, tuple(group)) for kind, group in groups.items())


def _kinds(chunks: Iterable[tuple[FindingView, ...]], names: tuple[str, ...]) -> tuple[KindCount, ...]:
    """Each kind with its severity, how many there are, and the page on which they begin."""
    first: dict[str, tuple[FindingView, str]] = {}
    counts: dict[str, int] = defaultdict(int)
    for chunk, name in zip(chunks, names, strict=True):
        for finding in chunk:
            first.setdefault(finding.kind.key, (finding, name))
            counts[finding.kind.key] += 1
    return tuple(
        KindCount(finding.kind, finding.severity, counts[key], f"{name}#kind-{key}")
        for key, (finding, name) in first.items()
    )
