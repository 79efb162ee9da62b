"""From mentions to citations: which mentions of a document mean the same instrument, and its IRI.

A later mention says less than the first: its issuer, date and type are completed from the fuller one for the IRI, and the
issuer also for the reader; what a mention says itself is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from viendan import identifiers, text
from viendan.extract import laws, patterns, sections
from viendan.extract.found import Found
from viendan.extract.laws import Law
from viendan.extract.particulars import Scene
from viendan.extract.structure import ParsedDocument
from viendan.model import Body, Citation, Header


def bind(
    parsed: ParsedDocument, header: Header, scene: Scene, found: list[Found], confidence: Mapping[str, float]
) -> tuple[Citation, ...]:
    """The citations of a document: every mention with the IRI of its instrument."""
    completed = [_with_issuer(scene, hit) for hit in found]
    groups = _groups(completed)
    known = _law_names(completed)
    done = []
    for hit, group in zip(completed, groups, strict=True):
        stated = next((other.issuer for other in group if other.stated_issuer), None)
        issuer = hit.issuer if hit.stated_issuer else stated or hit.issuer
        iri = _iri(parsed, scene, hit, group, known)
        done.append(_citation(parsed, replace(hit, issuer=issuer), iri, confidence))
    return tuple(sorted(done, key=lambda item: (item.mention.start, -item.mention.end)))


def _with_issuer(scene: Scene, hit: Found) -> Found:
    if hit.issuer is not None or not hit.symbol:
        return hit
    return replace(hit, issuer=scene.body_of(hit.symbol, hit.date or hit.year))


def _citation(parsed: ParsedDocument, hit: Found, iri: str, confidence: Mapping[str, float]) -> Citation:
    mention = parsed.mention(hit.start, hit.end, hit.rule)
    return Citation(
        mention=mention,
        kind=hit.kind,
        type=hit.type,
        number=hit.number,
        date=hit.date,
        issuer=hit.issuer,
        province=hit.issuer.province if hit.issuer else None,
        title=hit.title,
        role="context",
        section=sections.section_at(parsed, hit.start),
        cue=None,
        rule=hit.rule,
        confidence=confidence.get(hit.rule, 0.8),
        instrument=iri,
        year=hit.year if hit.year and not (hit.number and hit.year in hit.number) else None,
    )


def _groups(found: list[Found]) -> list[list[Found]]:
    """For each numbered mention those of the same number that can mean the same instrument, itself included."""
    by_number: dict[str, list[Found]] = defaultdict(list)
    for hit in found:
        if hit.number:
            by_number[identifiers.number_key(hit.number)].append(hit)
    return [
        [other for other in by_number[identifiers.number_key(hit.number)] if _compatible(hit, other)]
        if hit.number
        else []
        for hit in found
    ]


def _compatible(one: Found, other: Found) -> bool:
    if one.type and other.type and one.type != other.type:
        return False
    if one.issuer and other.issuer and one.issuer.key != other.issuer.key and one.date != other.date:
        return False
    return not (
        one.date and other.date and one.date[:4] != other.date[:4] and not (one.year and one.year == other.year)
    )


def _law_names(found: list[Found]) -> Mapping[str, Law]:
    """Laws that the document itself tells apart: by name, the one that some mention dates or numbers."""
    named: dict[str, set[Law]] = defaultdict(set)
    for hit in found:
        if hit.laws and (hit.number or hit.date or hit.year) and hit.title:
            law = laws.resolve(hit.laws, date=hit.date, year=hit.year)
            if law:
                named[f"{law.type} {text.compare_key(law.name)}"].add(law)
    return MappingProxyType({name: next(iter(known)) for name, known in named.items() if len(known) == 1})


def _iri(parsed: ParsedDocument, scene: Scene, hit: Found, group: list[Found], known: Mapping[str, Law]) -> str:
    """The IRI of the instrument that a mention means, from all that the document says of it and from the register."""
    law = _law(hit, known)
    if law:
        return law.iri
    issuer = hit.issuer or next((other.issuer for other in group if other.issuer), None)
    date = hit.date or next((other.date for other in group if other.date), None)
    kind = hit.type or next((other.type for other in group if other.type), None)
    if hit.number:
        best = _fullest(group)
        issuer = best.issuer or issuer
        date = best.date or date
        return identifiers.instrument_iri(
            issuer=issuer,
            type_key=patterns.type_keys().get(kind or ""),
            date=date or hit.year,
            number=hit.number,
            scope=parsed.source.name,
        )
    if hit.rule == "congress-resolution":
        return identifiers.instrument_iri(
            issuer=issuer, type_key=patterns.type_keys().get(kind or ""), date=None, number=None, title="nghi-quyet"
        )
    title = hit.title_key or hit.title
    return identifiers.instrument_iri(
        issuer=issuer,
        type_key=patterns.type_keys().get(kind or ""),
        date=hit.date or hit.year,
        number=None,
        title=title,
        scope=parsed.source.name,
    )


def _fullest(group: list[Found]) -> Found:
    """The mention that says most; the first of equals."""
    return max(
        group, key=lambda hit: (hit.stated_issuer and hit.date is not None, hit.stated_issuer, hit.date is not None)
    )


def _law(hit: Found, known: Mapping[str, Law]) -> Law | None:
    if not hit.laws:
        return None
    if hit.number or hit.date or hit.year:
        return laws.resolve(hit.laws, date=hit.date, year=hit.year)
    names = {f"{law.type} {text.compare_key(law.name)}" for law in hit.laws}
    stated = [known[name] for name in sorted(names) if name in known]
    return stated[0] if len(stated) == 1 else laws.resolve(hit.laws, date=None, year=None)
