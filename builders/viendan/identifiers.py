"""Official numbers and IRIs: one grammar, one value type, and the only place where IRIs are made.

Rules for numbers: Decree 30/2020/NĐ-CP, annex I, II.3 (``19/CT-TTg``, ``219/UBND-VX``); the laws on legal documents
(year in the number of normative acts, term of the legislature: ``30/2020/NĐ-CP``, ``80/2015/QH13``); party guidance
36-HD/VPTW (``34-CT/TW``).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from viendan import text, vocab
from viendan.model import Body

_NUMBER: Final = re.compile(
    r"(?P<serial>\d+(?:\.\d+)?[A-Za-zđĐ]?)(?P<gap>[/-])(?:(?P<year>(?:19|20)\d\d)(?P<gap2>[/-]))?(?P<symbol>\S+)\Z"
)
_UNKNOWN: Final = "khong-ro"
_NO_YEAR: Final = "khong-ro-nam"


@dataclass(frozen=True, slots=True)
class OfficialNumber:
    """The number and symbol of an instrument: ``serial``, separator, ``year`` (normative acts), symbol.

    ``str`` gives the number as written, without blanks. Two notations of one number (``19-CT-TTg``, ``19/CT-TTg``) have
    the same ``key``.
    """

    serial: str
    separator: str
    year: str | None
    year_separator: str
    symbol: str

    @classmethod
    def parse(cls, number: str) -> OfficialNumber | None:
        """The value of a written number, blanks ignored; None where it is none (``parse(str(n)) == n``)."""
        match = _NUMBER.match(re.sub(r"\s+", "", text.nfc(number)))
        if match is None:
            return None
        return cls(match["serial"], match["gap"], match["year"], match["gap2"] or "", match["symbol"])

    def __str__(self) -> str:
        year = f"{self.year}{self.year_separator}" if self.year else ""
        return f"{self.serial}{self.separator}{year}{self.symbol}"

    @property
    def key(self) -> str:
        """A slug that is the same for all notations; leading zeros of the serial do not count."""
        year = f"{self.year}-" if self.year else ""
        return text.slug(f"{self.serial.lstrip('0') or '0'}-{year}{self.symbol}")


def number_key(number: str) -> str:
    """The slug of a number in whatever notation, also one that ``OfficialNumber`` does not understand."""
    parsed = OfficialNumber.parse(number)
    return parsed.key if parsed else text.slug(number)


def thing(kind: str, *parts: str) -> str:
    """The IRI of a thing: ``thing("body", "bo-noi-vu")``; each part is percent-encoded where it must be."""
    return vocab.ID + "/".join(quote(part, safe="-._~,") for part in (kind, *parts))


def instrument_iri(
    *,
    issuer: Body | None,
    type_key: str | None,
    date: str | None,
    number: str | None,
    title: str | None = None,
    scope: str | None = None,
) -> str:
    """The IRI of an instrument from issuer, type, year and number, never from the number alone.

    ``date`` is an ISO date, ``YYYY-MM`` or a year; ``type_key`` a key of the scheme of types. A number that carries its
    year gives the year. Without a number the title (or ``scope``, a name of where it was seen) makes the last part, so
    that it is stable. Parts that are not known say so and are never guessed.
    """
    issuer_part = issuer.key if issuer else _UNKNOWN + (f"-{text.slug(scope)}" if scope and number else "")
    parsed = OfficialNumber.parse(number) if number else None
    year = parsed.year if parsed and parsed.year else (date[:4] if date else None)
    if number:
        last = number_key(number)
    else:
        words = title or scope or ""
        digest = hashlib.sha256(text.compare_key(words).encode()).hexdigest()[:8]
        last = f"{text.slug(words)[:60].strip('-')}-{digest}"
    return thing("instrument", issuer_part or _UNKNOWN, type_key or _UNKNOWN, year or _NO_YEAR, last or _UNKNOWN)


def body_iri(body: Body) -> str:
    """The IRI of a body."""
    return thing("body", body.key)


def movement_iri(key: str) -> str:
    """The IRI of a movement or campaign from its key in the register, or a slug of its name and place."""
    return thing("movement", key)


def place_iri(key: str) -> str:
    """The IRI of a place from its key in the register."""
    return thing("place", key)


def source_iri(name: str) -> str:
    """The IRI of a source document from its file name's stem; names in any script stay distinct."""
    slugged = text.slug(name)
    if slugged and slugged == name:
        return thing("source", slugged)
    return thing("source", f"{slugged or 'x'}-{hashlib.sha256(text.nfc(name).encode()).hexdigest()[:8]}")


def term(scheme: str, key: str) -> str:
    """The IRI of a concept of a scheme: ``term("type", "chi-thi")``."""
    return thing(scheme, key)


def rule_iri(rule: str) -> str:
    """The IRI of a rule of the grammar, named in the data as the reason for a statement."""
    return thing("rule", rule)


def part_iri(instrument: str, kind: str, start: int, end: int) -> str:
    """The IRI of a mention inside a document: ``…/02-ct-ubnd/citation/1985-2036``."""
    return f"{instrument}/{kind}/{start}-{end}"


def source_graph(name: str) -> str:
    """The named graph of one source document."""
    return vocab.GRAPH_SOURCE + source_iri(name).rsplit("/", 1)[1]
