"""What a document's sentences say of it where its head is lost: type (``Kế hoạch này``), date, subject, issuer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import bodies, dating, lexicon
from viendan.extract.layout import Stated
from viendan.extract.structure import ParsedDocument

_OPENING: Final = 3000  # characters in which a text that was copied without its head says what it is
_SUBJECT: Final = re.compile(r"\s*(?:của\s+)?(?:[Vv]ề việc|V/v|[Vv]ề)\s+(?P<subject>[^\n.;]{8,400})")
_OF: Final = re.compile(r"[\s)]{1,3}của\s+")
_DATE: Final = re.compile(
    r"[\s(,]{0,3}ngày\s+(?P<day>\d{1,2})(?:[/.-]| tháng )(?P<month>\d{1,2})(?:[/.-]| năm )(?P<year>\d{4})\)?"
)


def own_type(parsed: ParsedDocument) -> Stated | None:
    """The type that the text gives itself (``thực hiện Kế hoạch này``), where it gives itself one type only."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for match in _this().finditer(parsed.flat):
        counts[match["type"]] += 1
        first.setdefault(match["type"], match.span("type"))
    if len(counts) != 1:
        return None
    label = next(iter(counts))
    start, end = parsed.source_span(*first[label])
    return Stated(label, start, end)


@cache
def _this() -> re.Pattern[str]:
    """A type of one's own, with a capital."""
    labels = sorted((word.label for word in lexicon.scheme("instrument-types")), key=lambda label: (-len(label), label))
    return re.compile(rf"(?<!\w)(?P<type>{'|'.join(re.escape(label) for label in labels)}) này(?!\w)")


def own_statement(parsed: ParsedDocument, number: str) -> tuple[Stated | None, Stated | None]:
    """The date and the subject that the opening states of the document's own number; None for what it leaves out."""
    flat = parsed.flat[:_OPENING]
    date: Stated | None = None
    subject: Stated | None = None
    for dated, end in _mentions(flat, number):
        if dated:
            value = dating.iso(int(dated["day"]), int(dated["month"]), int(dated["year"]))
            if value and date is None:
                date = Stated(value, *parsed.source_span(dated.start("day"), dated.end("year")))
        about = _SUBJECT.match(flat, _behind_issuer(flat, end))
        if about and subject is None:
            subject = Stated(
                text.capitalise(about["subject"].strip(" ,:")), *parsed.source_span(*about.span("subject"))
            )
    return date, subject


def _mentions(flat: str, number: str) -> Iterator[tuple[re.Match[str] | None, int]]:
    """The places where the opening names the document's own number: the date behind it, and the offset behind both."""
    for match in re.finditer(rf"(?<!\w){re.escape(number)}(?!\w)", flat[:_OPENING]):
        dated = _DATE.match(flat, match.end())
        yield dated, dated.end() if dated else match.end()


def own_issuer(flat: str, number: str) -> str | None:
    """The body that the opening names as the issuer of the own number (``số 57-NQ/TW của Bộ Chính trị``)."""
    for _, end in _mentions(flat, number):
        behind = _behind_issuer(flat, end)
        if behind > end:
            return _OF.sub("", flat[end:behind])
    return None


def _behind_issuer(flat: str, end: int) -> int:
    """The offset behind ``của`` and the body that issued, where they stand at ``end``."""
    lead = _OF.match(flat, end)
    name = bodies.match_body(flat, lead.end()) if lead else None
    return name if name else end
