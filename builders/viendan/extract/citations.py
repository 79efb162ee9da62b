"""Citations of one document: mentions found, tied to their subjects, issuers and instruments.

``find_citations`` gives every mention of a specific instrument; ``unexplained`` what looks like an official number and
was not understood. Roles are decided elsewhere: here every citation has the role ``context``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Final

from viendan.extract import (
    anaphora,
    anchors,
    bodies,
    captions,
    coordination,
    doubts,
    mentions,
    numbered,
    patterns,
    pinpoints,
    resolution,
    sections,
    short_names,
    type_words,
)
from viendan.extract.found import Found
from viendan.extract.particulars import Scene
from viendan.extract.structure import ParsedDocument
from viendan.model import Citation, Header, Mention

CONFIDENCE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "type-number": 0.99,
        "type-garbled-number": 0.8,
        "annex-blank-number": 0.8,
        "list-number": 0.96,
        "small-type-number": 0.97,
        "type-gap-number": 0.95,
        "small-type-gap-number": 0.9,
        "misread-type-number": 0.9,
        "short-type-number": 0.95,
        "number-alone": 0.85,
        "short-number": 0.9,
        "law-name": 0.97,
        "law-name-guessed": 0.8,
        "amending-law": 0.95,
        "law-in-name": 0.95,
        "law-year": 0.85,
        "law-date": 0.85,
        "defined-short": 0.95,
        "constitution": 0.97,
        "congress-resolution": 0.98,
        "plenum-resolution": 0.95,
        "conclusion-at-meeting": 0.85,
        "type-of-body": 0.8,
        "quoted-name": 0.9,
        "named-annex": 0.85,
        "own-annex": 0.9,
        "programme-of-body": 0.7,
        "described-scheme": 0.7,
        "adopted-name": 0.85,
        "party-charter": 0.9,
        "treaty": 0.8,
    }
)
"""How often each rule is right: an estimate, to be calibrated against annotated documents."""


def find_citations(parsed: ParsedDocument, header: Header) -> tuple[Citation, ...]:
    """All citations of a document in order of their words; offsets are those of the source."""
    scene = Scene(parsed.flat, bodies.context(header))
    run_in = captions.run_in(parsed.flat)
    own = {start for start, _ in run_in}  # what begins such a title is the document itself: "Luật Thủy sản Căn cứ …"
    found = [
        hit for hit in mentions.find_mentions(scene) if hit.start not in own and not is_own_number(parsed, header, hit)
    ]
    found = coordination.follow(scene, coordination.share(scene, coordination.with_titles(scene, found)))
    found = short_names.with_short_names(scene, coordination.with_adopted(scene, found))
    bound = anaphora.bind(scene, found)
    iris = resolution.resolve(parsed, header, bound)
    titles = tuple(sorted((*run_in, *_own_title(parsed, header))))
    made = (_citation(parsed, each.found, each.antecedent, iri, titles) for each, iri in zip(bound, iris, strict=True))
    return tuple(_own_titles(made))


def _own_title(parsed: ParsedDocument, header: Header) -> Iterator[tuple[int, int]]:
    """The document's title as its header has it, in flat offsets; none where it has none."""
    if header.title_range:
        length = len(parsed.flat)
        yield parsed.offsets.flat(header.title_range[0], length), parsed.offsets.flat(header.title_range[1], length)


def _own_titles(citations: Iterable[Citation]) -> Iterator[Citation]:
    """The citations, a title rid of this document's place where another mention has the title without it."""
    cited = list(citations)
    plain = {(item.instrument, item.title) for item in cited}
    for item in cited:
        heads = (item.title[: place.start()] for place in _in_place().finditer(item.title)) if item.title else ()
        alone = [head for head in heads if (item.instrument, head) in plain]
        yield replace(item, title=alone[0]) if alone else item


@cache
def _in_place() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('in-place')})(?!\w)")


def _citation(
    parsed: ParsedDocument, hit: Found, antecedent: int | None, iri: str, titles: tuple[tuple[int, int], ...]
) -> Citation:
    noted = doubts.read_doubts(parsed.flat, hit)
    return Citation(
        mention=parsed.mention(hit.start, hit.end, hit.rule),
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
        confidence=CONFIDENCE[hit.rule],
        instrument=iri,
        pinpoints=pinpoints.read_pinpoints(parsed.flat, hit.start),
        year=hit.year if hit.year and not (hit.number and hit.year in hit.number) else None,
        antecedent=parsed.offsets.start(antecedent) if antecedent is not None else None,
        in_title=captions.inside(titles, hit.start, hit.end),
        type_from=noted.type_from,
        issuer_from=noted.issuer_from,
        impossible_date=noted.impossible_date,
        issuer_unread=noted.issuer_unread,
        subject_unread=noted.subject_unread,
        listed=noted.listed,
    )


_OWN_LINE: Final = re.compile(rf"(?=S){patterns.INTRO} ?:")
_ZONE: Final = 1200  # characters of a heading where the document's title was not found


def is_own_number(parsed: ParsedDocument, header: Header, hit: Found) -> bool:
    """Whether a mention is the document's own number in its heading, and no citation."""
    if hit.kind != "numbered" or hit.serial is None:
        return False
    start, end = parsed.source_span(hit.start, hit.serial[1])
    stated = [field.mention for field in header.fields if field.name == "number" and field.mention]
    if any(mention.start <= end and start <= mention.end for mention in stated):
        return True
    zone = header.title_range[0] if header.title_range else 0
    line = patterns.line_start(parsed.flat, hit.start)
    if header.number and hit.number and start < max(zone, 400) and not parsed.flat[line : hit.start].strip(" #|>-"):
        return _loose(hit.number) == _loose(header.number)
    if hit.rule == "number-alone" and (start < zone or (not zone and hit.start < _ZONE)):
        return _OWN_LINE.search(parsed.flat, line, hit.end) is not None
    return False


def _loose(number: str) -> str:
    return re.sub(r"[\s/\-_.]+", "-", number).upper()


def unexplained(parsed: ParsedDocument, citations: tuple[Citation, ...]) -> tuple[Mention, ...]:
    """What looks like an official number and belongs to no citation: not understood, and never dropped in silence."""
    spans = sorted((item.mention.start, item.mention.end) for item in citations)
    found: list[Mention] = []
    index = 0
    for anchor in anchors.number_anchors(parsed.flat):
        begin = anchors.serial_start(parsed.flat, anchor.start)
        if begin is None:
            continue
        start = parsed.offsets.start(begin)
        while index < len(spans) and spans[index][1] <= start:
            index += 1
        if index < len(spans) and spans[index][0] <= start:  # most of them: no need to read the number again
            continue
        hit = numbered.read_number(parsed.flat, begin, introduced=True)
        if hit is None:
            continue
        end = parsed.offsets.end(hit.end)
        if (index < len(spans) and spans[index][0] < end) or not _looks_official(parsed.flat, begin, hit):
            continue
        found.append(parsed.mention(begin, hit.end, "number-like"))
    return tuple(found)


@cache
def _heading() -> re.Pattern[str]:
    """A number in a heading: behind ``Số:``, or behind a type word that begins the line."""
    typed = rf"(?:^|\n)(?i:{patterns.small_types()}) {patterns.INTRO} ?:"
    return re.compile(rf"(?:(?=S){patterns.INTRO} ?:|{typed})[^\w]{{0,4}}\w?[^\w]{{0,2}}\Z")


def _looks_official(flat: str, begin: int, hit: numbered.NumberHit) -> bool:
    """Whether a number looks like one of an instrument, and stands neither in a heading nor behind ``QCVN``."""
    if not hit.tokens or not (numbered.is_known(hit.tokens[0]) or len(hit.tokens) > 1):
        return False
    line = flat[max(patterns.line_start(flat, begin) - 1, begin - 40, 0) : begin]
    return _heading().search(line) is None and not type_words.is_form(flat, begin, hit)
