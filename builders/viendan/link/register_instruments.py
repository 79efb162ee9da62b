"""Instruments from the tables: laws and the central instruments that documents everywhere cite.

Identity is decided here once: every row gets its IRI, and the numbers by which rows name each other (``replaces``,
``amends``) are resolved to IRIs. A number that no row has, but whose symbol tells type and issuer for certain, becomes
an entry of its own that says so; any other stays a remark.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, text
from viendan.link import register_instrument_triples, register_symbols
from viendan.link import register_tables as tables
from viendan.link.register_agencies import Agencies, read_agencies
from viendan.link.register_instrument_triples import Entry
from viendan.model import Body

_LAW_COLUMNS: Final = (
    "kind name_vi short_names number date_document issuer effective replaces amends source confidence note"
)
_CENTRAL_COLUMNS: Final = (
    "number type issuer date_document title_vi replaces amends replaced_by source confidence citing_documents note"
)
_NAMED_TYPES: Final = frozenset({"hien-phap", "bo-luat", "luat", "phap-lenh"})  # cited by their name alone
_DATED: Final = re.compile(r"(?P<what>.*\S) \((?P<date>\d{4}-\d\d-\d\d)\)\Z")
_YEAR_FORM: Final = re.compile(r"(?P<name>.*\S) (?:năm )?(?:19|20)\d\d\Z")
_NAMED_IN: Final = "named by another entry as replaced, replacing or amended"


@dataclass(frozen=True, slots=True)
class InstrumentRegister:
    """All entries of both tables, resolved, with the entries made for numbers that only other rows name."""

    laws: tuple[Entry, ...]
    central: tuple[Entry, ...]
    named: tuple[Entry, ...]
    agencies: Agencies
    symbols: register_symbols.Symbols
    _by_number: Mapping[str, tuple[Entry, ...]] = field(repr=False)

    def find(self, number: str, date: str = "") -> Entry | None:
        """The one entry with a number (in any notation) and, where one is given, with a date or year; None for none or
        several."""
        found = self._by_number.get(identifiers.number_key(number), ())
        if date:
            found = tuple(entry for entry in found if entry.date.startswith(date))
        return found[0] if len(found) == 1 else None

    def law_triples(self) -> Iterator[ox.Triple]:
        """The triples of constitutions, codes, laws, ordinances and resolutions."""
        for entry in self.laws:
            yield from register_instrument_triples.describe(entry)

    def central_triples(self, further: Iterable[Entry] = ()) -> Iterator[ox.Triple]:
        """The triples of all other instruments, with ``further`` ones that another register names."""
        for entry in (*self.central, *self.named, *further):
            yield from register_instrument_triples.describe(entry)


def read_instruments(folder: Path) -> InstrumentRegister:
    """All instruments of the tables; raises DataError for a table that is missing or broken."""
    agencies = read_agencies(folder)
    symbols = register_symbols.read_symbols(folder, agencies)
    law_rows = tables.read_table(folder / "laws.tsv", _LAW_COLUMNS)
    central_rows = tables.read_table(folder / "central-instruments.tsv", _CENTRAL_COLUMNS)
    laws = _distinct([_law(row, agencies, symbols) for row in law_rows])
    central = _distinct([_central(row, agencies, symbols) for row in central_rows])
    references = _References(laws, central, symbols)
    for entry, row in zip((*laws, *central), (*law_rows, *central_rows), strict=True):
        references.read(entry, row)
    laws, central = tuple(map(references.resolved, laws)), tuple(map(references.resolved, central))
    named = tuple(references.resolved(entry) for _, entry in sorted(references.named.items()))
    return InstrumentRegister(laws, central, named, agencies, symbols, _by_number((*laws, *central, *named)))


def _law(row: tables.Row, agencies: Agencies, symbols: register_symbols.Symbols) -> Entry:
    kind = text.slug(row["kind"])
    shorts = tables.items(row["short_names"], "|")
    names = (row["name_vi"], *(_without_year(name) for name in shorts)) if kind in _NAMED_TYPES else ()
    return Entry(
        iri="",
        type_key=kind,
        type_en=symbols.type_en(kind),
        number=row["number"],
        date=row["date_document"],
        issuers=(agencies.body(row["issuer"]),),
        title=row["name_vi"],
        label=row["name_vi"],
        short_names=tuple(dict.fromkeys(names)),
        year_names=tuple(name for name in shorts if _without_year(name) != name),
        effective=row["effective"],
        source=row["source"],
        confidence=row["confidence"],
        note=row["note"],
    )


def _without_year(name: str) -> str:
    match = _YEAR_FORM.match(name)
    return match["name"] if match else name


def _central(row: tables.Row, agencies: Agencies, symbols: register_symbols.Symbols) -> Entry:
    kind = text.slug(row["type"])
    return Entry(
        iri="",
        type_key=kind,
        type_en=symbols.type_en(kind),
        number=row["number"],
        date=row["date_document"],
        issuers=_issuers(row["issuer"], agencies),
        title=_subject(row["title_vi"]),
        label=" ".join(part for part in (row["type"], row["number"], row["title_vi"]) if part),
        source=row["source"],
        confidence=row["confidence"],
        note=row["note"],
        cited=int(row["citing_documents"] or 0),
    )


def _issuers(cell: str, agencies: Agencies) -> tuple[Body, ...]:
    """The issuing bodies: one, or several that issue together (``Bộ Chính trị, Ban Bí thư``)."""
    if not cell:
        return ()
    if agencies.find(cell) is None:
        parts = [agencies.find(part) for part in cell.split(", ")]
        if all(parts):
            return tuple(part for part in parts if part)
    return (agencies.body(cell),)


def _subject(title: str) -> str:
    """The subject without the words that lead to it."""
    return text.capitalise(re.sub(r"\A(?:về việc|về)\s+", "", title))


def _iri(entry: Entry, *, number: bool = True) -> str:
    return identifiers.instrument_iri(
        issuer=entry.issuing_body,
        type_key=entry.type_key,
        date=entry.date or None,
        number=entry.number if number and entry.number else None,
        title=entry.title,
    )


def _distinct(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries with their IRIs. Until 1997 a law's number is that of the promulgating order, which several laws
    share: these are named by their titles. Where one number was given twice (a series of its own for defence and
    security), the entry that is cited most keeps the plain IRI, and the date tells the others apart."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[_iri(entry)].append(entry)
    found: list[Entry] = []
    for entry in entries:
        iri = _iri(entry)
        if len(groups[iri]) > 1:
            first = max(groups[iri], key=lambda other: (other.cited, other.date))
            if entry.type_key in _NAMED_TYPES:
                iri = _iri(entry, number=False)
            elif entry is not first:
                iri = f"{iri}-{entry.date}"
        found.append(replace(entry, iri=iri))
    doubled = [iri for iri, count in Counter(entry.iri for entry in found).items() if count > 1]
    if doubled:
        raise ValueError(f"two entries with one IRI: {doubled}")
    return tuple(found)


def _by_number(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.number:
            found[identifiers.number_key(entry.number)].append(entry)
    return {key: tuple(group) for key, group in found.items()}


class _References:
    """The relations between entries, collected row by row: what a reference names is found or made on the way."""

    def __init__(self, laws: Iterable[Entry], central: Iterable[Entry], symbols: register_symbols.Symbols) -> None:
        entries = (*laws, *central)
        self.named: dict[str, Entry] = {}
        self._symbols = symbols
        self._by_number = _by_number(entries)
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for name in (entry.label, *entry.year_names):
                self._by_name[text.compare_key(name)].append(entry)
        self._replaces: dict[str, set[str]] = defaultdict(set)
        self._amends: dict[str, set[str]] = defaultdict(set)
        self._open: dict[str, list[str]] = defaultdict(list)

    def read(self, entry: Entry, row: tables.Row) -> None:
        """Take the relations that a row states."""
        for column in ("replaces", "amends", "replaced_by"):
            for reference in tables.items(row.get(column, ""), "|"):
                target = self._find(reference, entry)
                if target is None or target == entry.iri:
                    self._open[entry.iri].append(f"{column} {reference}")
                elif column == "replaced_by":
                    self._replaces[target].add(entry.iri)
                else:
                    (self._replaces if column == "replaces" else self._amends)[entry.iri].add(target)

    def resolved(self, entry: Entry) -> Entry:
        """The entry with its relations; what could not be resolved becomes part of its remark."""
        remarks = (entry.note, *(f"not resolved: {item}" for item in self._open[entry.iri]))
        return replace(
            entry,
            replaces=tuple(sorted(self._replaces[entry.iri])),
            amends=tuple(sorted(self._amends[entry.iri])),
            note="; ".join(remark for remark in remarks if remark),
        )

    def _find(self, reference: str, by: Entry) -> str | None:
        """The IRI meant. Laws and resolutions of a year share numbers; a law replaces and amends laws."""
        match = _DATED.match(reference)
        what, date = (match["what"], match["date"]) if match else (reference, "")
        found = self._by_number.get(identifiers.number_key(what), ()) or self._by_name.get(text.compare_key(what), ())
        fitting = [entry for entry in found if not date or entry.date == date]
        if len(fitting) > 1 and by.type_key in _NAMED_TYPES:
            fitting = [entry for entry in fitting if entry.type_key in _NAMED_TYPES]
        if len(fitting) == 1:
            return fitting[0].iri
        return None if fitting else self._make(what, date)

    def _make(self, number: str, date: str) -> str | None:
        known = self._symbols.read(number, date)
        if known is None:
            return None
        entry = Entry(
            iri="",
            type_key=known.type_key,
            type_en=self._symbols.type_en(known.type_key),
            number=number,
            date=date,
            issuers=(known.issuer,),
            title="",
            label=f"{self._symbols.type_vi(known.type_key)} {number}",
            source=_NAMED_IN,
            confidence="likely",
        )
        entry = replace(entry, iri=_iri(entry))
        self.named[entry.iri] = self.named.get(entry.iri, entry)
        return entry.iri
