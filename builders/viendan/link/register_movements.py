"""Movements and campaigns from the table: a node each, with editions, wordings, local copies and instruments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, text, turtle, vocab
from viendan.link import register_tables as tables
from viendan.link.register_instrument_triples import Entry
from viendan.link.register_instruments import InstrumentRegister

_COLUMNS: Final = (
    "key label_vi label_en kind scope launcher launched edition_from edition_to instrument_number instrument_date "
    "instrument_issuer other_wordings responsible_body source confidence"
)
_UNQUOTED: Final = frozenset(
    {
        "PT-khuyen-hoc-khuyen-tai",
        "bao-ve-an-ninh-to-quoc",
        "binh-dan-hoc-vu-so",
        "dan-van-kheo",
        "den-on-dap-nghia",
        "doi-song-van-hoa",
        "hoc-tap-lam-theo-HCM",
        "nguoi-viet-dung-hang-viet",
        "nong-thon-moi",
        "vi-an-ninh-to-quoc",
    }
)
"""Movements so well established that documents name them without quotation marks (seen in the corpus, or general
knowledge); those not here are recognised between quotation marks only."""
_CERTAINTY: Final = ("unsure", "likely", "sure")
_WORDING: Final = re.compile(r"(?P<name>[^\[]*\S)(?:\s*\[(?P<remark>[^\]]*)\])?\Z")
_PERIOD: Final = re.compile(r"(?<=\d)\s*-\s*(?=\d)")
_LOCAL: Final = "local: "
_EDITION_NAME: Final = "official name of this edition"
_SCOPES: Final = (
    "national",
    "sectoral",
)  # a drive for several provinces that a central body launched counts as national


@dataclass(frozen=True, slots=True)
class Movements:
    """The triples of the register of movements, and the instruments that only it names."""

    triples: tuple[ox.Triple, ...]
    further_instruments: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    name: str
    remark: str

    @property
    def place(self) -> str:
        """The place of a local copy, empty for any other wording."""
        return self.remark.removeprefix(_LOCAL) if self.remark.startswith(_LOCAL) else ""


def read_movements(folder: Path, instruments: InstrumentRegister) -> Movements:
    """All movements of ``movements.tsv``; raises DataError for a table that is missing or broken."""
    groups: dict[str, list[tables.Row]] = defaultdict(list)
    for row in tables.read_table(folder / "movements.tsv", _COLUMNS):
        groups[row["key"]].append(row)
    reader = _Reader(instruments)
    triples = tuple(triple for key in sorted(groups) for triple in reader.movement(key, groups[key]))
    return Movements(triples, tuple(entry for _, entry in sorted(reader.further.items())))


def _wordings(row: tables.Row) -> Iterator[_Wording]:
    for part in tables.items(row["other_wordings"], "|"):
        match = _WORDING.match(part)
        if match:
            yield _Wording(_PERIOD.sub("-", match["name"]), match["remark"] or "")


class _Reader:
    """Turns the rows of a movement into triples; ``further`` collects instruments that no other table has."""

    def __init__(self, instruments: InstrumentRegister) -> None:
        self.further: dict[str, Entry] = {}
        self._instruments = instruments

    def movement(self, key: str, rows: Sequence[tables.Row]) -> tables.Triples:
        """The triples of one movement with its editions and local copies."""
        node, first = identifiers.movement_iri(key), rows[0]
        yield from _common(node, first["label_vi"], first["label_en"], first)
        yield from tables.in_scheme(node, "movements")
        if key in _UNQUOTED:
            yield tables.triple(node, vocab.VD + "unquoted", turtle.literal("true", datatype=vocab.XSD + "boolean"))
        own = {word.name for row in rows for word in _wordings(row) if not word.place} - {first["label_vi"]}
        yield from tables.words(node, vocab.SKOS + "altLabel", own, "vi")
        yield from _trust(node, rows, max)  # that there is the movement is as sure as the best of its rows
        editions: dict[str, list[tables.Row]] = defaultdict(list)
        copies: dict[_Wording, list[tables.Row]] = defaultdict(list)
        for row in rows:
            editions[_edition_key(row)].append(row)
            for word in _wordings(row):
                if word.place:
                    copies[word].append(row)
        for edition, told in sorted(editions.items()):
            part = identifiers.thing("edition", edition) if edition else node
            for row in told:
                yield from self._facts(part, row)
            if edition:
                yield from _edition(node, part, told)
        for word, told in sorted(copies.items(), key=lambda item: item[0].name):
            yield from _copy(node, f"{key}-{text.slug(word.place)}", word, told)

    def _facts(self, node: str, row: tables.Row) -> tables.Triples:
        """Launcher, launching day, responsible bodies and instrument of an edition, or of the movement itself."""
        if row["launched"]:
            yield tables.triple(node, vocab.VD + "launchDate", turtle.date_literal(row["launched"]))
        for column, prop in (("launcher", "launcher"), ("responsible_body", "responsibleBody")):
            for name in tables.items(row[column], ";"):
                yield tables.triple(node, vocab.VD + prop + "Name", turtle.literal(name))
                body = self._instruments.agencies.find(name)
                if body:
                    yield tables.triple(node, vocab.VD + prop, identifiers.body_iri(body))
        yield from self._instrument(node, row)

    def _instrument(self, node: str, row: tables.Row) -> tables.Triples:
        """The instrument that launches, plans or frames the movement: linked where it is known, else as stated."""
        number, date = row["instrument_number"], row["instrument_date"]
        stated = " ".join(part for part in (number, date, row["instrument_issuer"]) if part)
        if stated:
            yield tables.triple(node, vocab.VD + "setOutInStated", turtle.literal(stated))
        found = self._known(row) or self._own(row) if number else None
        if found:
            yield tables.triple(node, vocab.VD + "setOutIn", found)

    def _known(self, row: tables.Row) -> str | None:
        """The register's instrument with this number; where no date is known, one of the edition's first year."""
        number = row["instrument_number"]
        entry = self._instruments.find(number, row["instrument_date"] or row["edition_from"])
        if entry is None and not row["instrument_date"]:
            entry = self._instruments.find(number)
        return entry.iri if entry else None

    def _own(self, row: tables.Row) -> str | None:
        """An entry for an instrument that only this table names; None where its number or issuer is not understood."""
        number, date = row["instrument_number"], row["instrument_date"]
        issuer = self._instruments.agencies.find(row["instrument_issuer"])
        type_key = self._instruments.symbols.type_of(number)
        if issuer is None or type_key is None or not date:
            return None
        iri = identifiers.instrument_iri(issuer=issuer, type_key=type_key, date=date, number=number)
        self.further[iri] = Entry(
            iri=iri,
            type_key=type_key,
            type_en=self._instruments.symbols.type_en(type_key),
            number=number,
            date=date,
            issuers=(issuer,),
            title="",
            label=f"{self._instruments.symbols.type_vi(type_key)} {number}",
            source=row["source"],
            confidence=row["confidence"],
        )
        return iri


def _edition(movement: str, node: str, rows: Sequence[tables.Row]) -> tables.Triples:
    """An edition: a period with its own decision, and often with its own official name."""
    row = rows[0]
    period = "-".join(part for part in (row["edition_from"], row["edition_to"]) if part)
    official = sorted({word.name for told in rows for word in _wordings(told) if word.remark == _EDITION_NAME})
    label = official[0] if official else row["label_vi"]
    yield from tables.types(node, vocab.VD + "Edition")
    yield from tables.in_scheme(node, "movement-editions")
    yield from tables.labels(node, f"{label} ({period})", f"{row['label_en']} ({period})")
    yield tables.triple(node, vocab.VD + "editionOf", movement)
    for column, prop in (("edition_from", "validFrom"), ("edition_to", "validTo")):
        if row[column]:
            yield tables.triple(node, vocab.VD + prop, turtle.date_literal(row[column]))
    yield from tables.words(node, vocab.SKOS + "altLabel", official, "vi")
    yield from _trust(node, rows, min)


def _copy(movement: str, key: str, word: _Wording, rows: Sequence[tables.Row]) -> tables.Triples:
    """A local copy: a movement of its own that carries out or renames the national one."""
    node, row = identifiers.movement_iri(key), rows[0]
    english = f"{row['label_en']} ({tables.romanised(word.place)})"
    yield from _common(node, text.capitalise(word.name), english, row, "provincial")
    yield from tables.in_scheme(node, "movements")
    yield tables.triple(node, vocab.VD + "localises", movement)
    yield tables.triple(node, vocab.VD + "province", turtle.literal(word.place))
    yield from _trust(node, rows, min)


def _trust(node: str, rows: Sequence[tables.Row], choose: Callable[..., str]) -> tables.Triples:
    """All sources of the rows, and the least or the most certain of their confidence words."""
    certainty = choose((row["confidence"] for row in rows), key=_CERTAINTY.index)
    yield tables.triple(node, vocab.VD + "confidence", turtle.literal(certainty))
    yield from tables.words(node, vocab.DCTERMS + "source", (row["source"] for row in rows))


def _common(node: str, vi: str, en: str, row: tables.Row, scope: str = "") -> tables.Triples:
    kept = next((known for known in _SCOPES if row["scope"].startswith(known)), _SCOPES[0])
    yield from tables.types(node, vocab.VD + "Movement")
    yield from tables.labels(node, vi, en)
    yield tables.triple(node, vocab.VD + "movementKind", identifiers.term("movement-kind", row["kind"]))
    yield tables.triple(node, vocab.VD + "scope", identifiers.term("scope", scope or kept))
    sector = re.search(r"\(([^)]*)\)", row["scope"])
    if sector and not scope:
        yield tables.triple(node, vocab.VD + "sector", turtle.literal(sector[1], language="en"))


def _edition_key(row: tables.Row) -> str:
    """The key of the edition that a row tells of; empty where it tells of the movement as a whole."""
    period = "-".join(part for part in (row["edition_from"], row["edition_to"]) if part)
    return f"{row['key']}-{period}" if period else ""
