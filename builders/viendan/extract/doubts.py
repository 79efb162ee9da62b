"""What the words of a mention leave out, and what may stand beside it although it was not read.

The conflict desk asks whether a citation is complete: a part that was only concluded from a symbol is not said, and a
part that may stand beside the mention (misread, in another cell, at the end of a list) is not known to be missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from viendan.extract import dates, patterns, titles
from viendan.extract.found import Found
from viendan.model import Completion

_ENTRY: Final = 12  # characters that the number of a list's entry or of a footnote fills
_BARE_NEXT: Final = re.compile(r" ?(?:,|;|và|, và) (?:số )?:? ?\d{1,5} ?[/-]")
_OF: Final = re.compile(r"[ ,(\n]{0,3}(?:của|cùa|cua|cúa|củá|do) ")
_AT: Final = re.compile(r"\btại (?:nội dung )?(?:(?:các |những )?|[^.;:\n]{1,90} và (?:các )?)\Z")
_AT_REACH: Final = 110


@dataclass(frozen=True, slots=True)
class Doubts:
    """Where type and issuer were taken from if no words say them, a date that cannot be, and what may be unread."""

    type_from: Completion | None
    issuer_from: Completion | None
    impossible_date: str | None
    issuer_unread: bool
    subject_unread: bool
    listed: bool


def read_doubts(flat: str, hit: Found) -> Doubts:
    """The doubts about a mention, with its neighbourhood in the flat text."""
    unsaid = hit.issuer is None or hit.issuer_from is not None
    return Doubts(
        type_from="symbol" if hit.rule == "number-alone" and hit.type else None,
        issuer_from=hit.issuer_from,
        impossible_date=dates.impossible_date(flat[hit.start : hit.end]) if hit.date is None else None,
        issuer_unread=unsaid and _issuer_beside(flat, hit),
        subject_unread=hit.title is None and titles.may_follow(flat, hit.end),
        listed=_is_listed(flat, hit),
    )


def _issuer_beside(flat: str, hit: Found) -> bool:
    """Whether ``của …`` follows, or somebody stands before it (``X … tại Công văn số …``)."""
    return bool(_OF.match(flat, hit.end) or _AT.search(flat, max(0, hit.start - _AT_REACH), hit.start))


def _is_listed(flat: str, hit: Found) -> bool:
    """Whether a mention is an entry alone in its line, or goes on with a number that has no type word of its own."""
    line = patterns.line_start(flat, hit.start)
    beside = flat[max(line, hit.start - _ENTRY) : hit.start] + flat[hit.end : hit.end + _ENTRY].partition("\n")[0]
    alone = hit.start - line < _ENTRY and not any(char.isalpha() for char in beside)
    return alone or _BARE_NEXT.match(flat, hit.end) is not None
