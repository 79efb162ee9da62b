"""Congresses of the Party as issuers: the national one, and those of a place's party organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import names, places
from viendan.model import Level

_NTH: Final = r"(?P<{name}>[IVXLC]{{1,7}}|\d{{1,2}})\b"
_OF: Final = "của"


@dataclass(frozen=True, slots=True)
class Congress:
    """A congress: its ordinal as printed, and the place of a local one (``name`` None where the words leave it out)."""

    ordinal: str
    kind: str | None
    place: str | None

    @property
    def national(self) -> bool:
        """Whether it is the congress of the whole Party."""
        return self.kind is None

    @property
    def level(self) -> Level | None:
        """The level of a local congress, where its kind of place tells it."""
        if self.kind is None:
            return "central"
        return places.kinds()[self.kind] or (
            "province" if self.place and places.find(self.place, level="province") else None
        )

    def full_name(self, own_place: str | None) -> str:
        """The full official name; ``own_place`` (``tỉnh Kon Tum``) is the document's place of the same kind."""
        congress, nth = _label("congress"), f"{_label('congress-ordinal')} {self.ordinal}"
        if self.kind is None:
            return f"{congress} {_label('congress-national')} {nth} {_OF} {_label('congress-party')}"
        where = f"{self.kind} {self.place}" if self.place else self.kind
        if self.place is None and own_place and text.compare_key(own_place).startswith(text.compare_key(self.kind)):
            where = own_place
        return f"{congress} {_label('congress-branch')} {where} {nth}"


def _label(kind: str) -> str:
    return names.words(kind)[0].label


def _any(kind: str) -> str:
    return "|".join(re.escape(form) for form in names.forms(kind))


@cache
def _pattern() -> re.Pattern[str]:
    """``Đại hội [đại biểu] [toàn quốc] [lần thứ] N [của] Đảng``, ``Đại hội [lần thứ N] Đảng bộ tỉnh …``."""
    kinds = "|".join(re.escape(kind) for kind in sorted(places.kinds(), key=lambda kind: -len(kind)))
    return re.compile(
        rf"(?i:{_any('congress')})(?:\s+(?P<national>(?i:{_any('congress-national')})))?"
        rf"(?:\s+(?i:(?:{_any('congress-ordinal')})\s+)?{_NTH.format(name='first')})?"
        rf"(?:,?\s+(?i:{_any('congress-term')})\s+\d{{4}}\s?-\s?\d{{4}},?"
        rf"(?=\s+(?:{_OF}\s+)?(?:{_any('congress-branch')})))?"
        rf"(?:\s+(?:{_OF}\s+)?(?:(?i:{_any('congress-branch')})\s+(?P<kind>(?i:{kinds}))(?!\w)"
        rf"|(?P<party>{_any('congress-party')})(?!\s*(?:{_any('congress-branch').replace('Đảng ', '')}|ủy)\b)(?!\w)))?"
    )


@cache
def _later() -> re.Pattern[str]:
    return re.compile(rf"\s*(?i:(?:{_any('congress-ordinal')})\s+){_NTH.format(name='later')}")


def _read(flat: str, position: int) -> tuple[Congress, int] | None:
    match = _pattern().match(flat, position)
    if match is None:
        return None
    ordinal, kind, end = match["first"], match["kind"], match.end()
    place = None
    if kind:
        named = places.match_name(flat, end + 1) if flat[end : end + 1] == " " else None
        place = places.mend(flat[end + 1 : named]) if named else None
        end = named or end
    elif not (match["national"] or match["party"]):
        return None
    if ordinal is None:
        later = _later().match(flat, end)
        ordinal, end = (later["later"], later.end()) if later else (None, end)
    if ordinal is None:
        return None
    where = places.kind_forms()[text.compare_key(kind)] if kind else None
    return Congress(ordinal, where, place), _party_end(flat, end) if kind is None else end


@cache
def _party() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_OF}\s+)?(?:{_any('congress-party')})(?!\w)(?!\s+(?:bộ|ủy)\b)")


def _party_end(flat: str, end: int) -> int:
    """The end of the Party's name behind the ordinal (``Đại hội đại biểu toàn quốc lần thứ XIII của Đảng``)."""
    party = _party().match(flat, end)
    return party.end() if party else end


def read_congress(spelled: str) -> Congress | None:
    """The congress that the whole of the words names; its term may stand behind it. None for another thing."""
    found = _read(spelled, 0)
    if found is None:
        return None
    rest = spelled[found[1] :].strip(" ,(")
    return found[0] if not rest or rest.lower().startswith(names.forms("congress-term")) else None


def match_congress(flat: str, position: int) -> int | None:
    """The end of a congress's name that starts at ``position`` (without its term); None where none does."""
    found = _read(flat, position)
    return found[1] if found else None
