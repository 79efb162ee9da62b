"""A mention while it is put together: offsets in the flat text, and what its words say."""

from __future__ import annotations

from typing import NamedTuple

from viendan.extract.laws import Law
from viendan.model import Body, CitationKind, Completion


class Found(NamedTuple):
    """One mention of one instrument, before it is tied to others: offsets are those of the flat text.

    ``full`` says that it has more than type and number; ``serial`` is where its number stands; ``title_range`` is
    where the words of its subject or name stand; ``title_key`` names an instrument that has no subject; ``nested`` is
    a mention inside a name; ``issuer_from`` is where an issuer that no words say was taken from.
    """

    start: int
    end: int
    kind: CitationKind
    type: str | None
    rule: str
    number: str | None = None
    symbol: str = ""
    date: str | None = None
    year: str | None = None
    issuer: Body | None = None
    stated_issuer: bool = False
    full: bool = False
    title: str | None = None
    title_key: str | None = None
    title_range: tuple[int, int] | None = None
    serial: tuple[int, int] | None = None
    laws: tuple[Law, ...] = ()
    nested: bool = False
    issuer_from: Completion | None = None
