"""What the symbol of a number tells for certain: type and issuer (``NĐ-CP``, ``QĐ-TTg``, ``TT-BTC``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from viendan import assets, identifiers, turtle, vocab
from viendan.link import register_tables as tables
from viendan.link.register_agencies import Agencies
from viendan.model import Body

_TYPE: Final = vocab.ID + "type/"


@dataclass(frozen=True, slots=True)
class Read:
    """Type and issuer of a number."""

    type_key: str
    issuer: Body


@dataclass(frozen=True, slots=True)
class _Type:
    key: str
    vi: str
    en: str
    symbols: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Symbols:
    """Symbols of types (from the ontology) and of single bodies (from the table, with their validity)."""

    types: Mapping[str, _Type]
    bodies: Mapping[str, tuple[tuple[Body, tables.Row], ...]]

    def type_en(self, key: str) -> str:
        """The English name of a type."""
        return self.types[key].en

    def type_vi(self, key: str) -> str:
        """The Vietnamese name of a type."""
        return self.types[key].vi

    def read(self, number: str, date: str) -> Read | None:
        """Type and issuer of a state body's number; None where type, issuer or year is not certain.

        A party number is never certain: its symbol ``TW`` stands for three bodies.
        """
        parsed = identifiers.OfficialNumber.parse(number)
        if parsed is None or "-" not in parsed.symbol:
            return None
        year = parsed.year or date[:4]
        head, _, tail = parsed.symbol.partition("-")
        kinds = [kind for kind in self.types.values() if head in kind.symbols and "state" in kind.lines]
        issuers = self._issuers(tail, year) if year else []
        return Read(kinds[0].key, issuers[0]) if len(kinds) == len(issuers) == 1 else None

    def type_of(self, number: str) -> str | None:
        """The type that a number's letters tell, of a state (``1620/QĐ-TTg``) or a party body (``34-CT/TW``)."""
        parsed = identifiers.OfficialNumber.parse(number)
        if parsed is None:
            return None
        head = re.split(r"[-/]", parsed.symbol, maxsplit=1)[0]
        line = "party" if parsed.separator == "-" else "state"
        found = [kind.key for kind in self.types.values() if head in kind.symbols and line in kind.lines]
        return found[0] if len(found) == 1 else None

    def _issuers(self, symbol: str, year: str) -> list[Body]:
        """Bodies with the symbol in a year; of several that may have existed, those that nothing has succeeded."""
        found = [
            (body, row)
            for body, row in self.bodies.get(symbol, ())
            if (row["valid_from"][:4] or "0") <= year <= (row["valid_to"][:4] or "9999")
        ]
        if len(found) > 1:
            found = [(body, row) for body, row in found if not row["successor_key"]]
        return [body for body, _ in found]


def read_symbols(folder: Path, agencies: Agencies) -> Symbols:
    """The symbols of the ontology and of the table of bodies."""
    columns = "key name_vi symbols valid_from valid_to successor_key"
    bodies: dict[str, list[tuple[Body, tables.Row]]] = {}
    by_iri = {identifiers.body_iri(body): body for body in agencies.by_name.values()}
    for row in tables.read_table(folder / "bodies.tsv", columns):
        body = by_iri.get(agencies.by_table_key[row["key"]])
        if body is None:  # a kind of bodies: its symbol tells no single one
            continue
        for symbol in tables.items(row["symbols"]):
            bodies.setdefault(symbol, []).append((body, row))
    return Symbols(_types(), MappingProxyType({symbol: tuple(found) for symbol, found in bodies.items()}))


@cache
def _types() -> Mapping[str, _Type]:
    """The types of instruments of the ontology, by key."""
    values: dict[str, dict[str, list[str]]] = {}
    for triple in turtle.read_file(assets.ontology_dir() / "instrument-types.ttl"):
        if not isinstance(triple.subject, ox.NamedNode) or not triple.subject.value.startswith(_TYPE):
            continue
        if isinstance(triple.object, ox.Literal):
            name = triple.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] + (triple.object.language or "")
            values.setdefault(triple.subject.value[len(_TYPE) :], {}).setdefault(name, []).append(triple.object.value)
    return MappingProxyType(
        {
            key: _Type(
                key,
                found["prefLabelvi"][0],
                found["prefLabelen"][0],
                tuple(found.get("symbol", ())),
                tuple(found.get("line", ())),
            )
            for key, found in sorted(values.items())
        }
    )
