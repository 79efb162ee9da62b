"""Places from the tables: provinces of all times, and the districts of before 2025-07-01 from a package.

The package (vietnamadminunits, MIT licence) is needed for the import alone; its SQLite file is read, not its code.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, text, turtle, vocab
from viendan.errors import DataError
from viendan.link import register_tables as tables

_PACKAGE: Final = "vietnamadminunits"
_PACKAGE_VERSION: Final = "1.0.4"  # the version whose table was looked through; see districts.md beside the tables
_DISTRICTS: Final = """
    SELECT DISTINCT provinceCode, districtCode, district, districtType FROM admin_units_legacy
    WHERE districtCode IS NOT NULL ORDER BY districtCode
"""
_COMMUNES: Final = "SELECT provinceKey, wardKey, ward, wardType FROM admin_units ORDER BY wardCode"
_OLD_COMMUNES: Final = (
    "SELECT provinceKey, districtKey, wardKey, districtCode FROM admin_units_legacy ORDER BY wardCode"
)
_CONVERTER: Final = "converter_2025.json"
_LAST_DAY: Final = "2025-06-30"  # of the district level: Law 72/2025/QH15
_CODES_BEFORE: Final = "gso-2004"
_COLUMNS: Final = (
    "key code code_scheme name_vi kind valid_from valid_to successor_key predecessor_keys former_wordings "
    "abbreviations_seen legal_basis source confidence note"
)


@dataclass(frozen=True, slots=True)
class District:
    """A district as the package has it: its code, bare name, kind and the code of its province."""

    code: str
    name: str
    kind: str
    province_code: str


def provinces(folder: Path) -> Iterator[ox.Triple]:
    """The triples of all provinces of ``provinces.tsv``."""
    rows = _rows(folder)
    names = {text.compare_key(bare_name(row)) for row in rows}
    successors = _successors(rows)
    for row in rows:
        yield from _province(row, names, successors[row["key"]])


def _rows(folder: Path) -> tuple[tables.Row, ...]:
    return tables.read_table(folder / "provinces.tsv", _COLUMNS)


def _successors(rows: Sequence[tables.Row]) -> Mapping[str, tuple[str, ...]]:
    """What each place became, step by step: the table leads a place of long ago straight to today's, but its rows of
    the years between name their predecessors."""
    direct: dict[str, set[str]] = {row["key"]: set() for row in rows}
    for row in rows:
        for key in tables.items(row["predecessor_keys"]):
            direct[key].add(row["key"])
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        reached, ends = set[str](), set(direct[row["key"]])
        while ends:
            reached |= ends
            ends = {key for end in ends for key in direct[end]} - reached
        stated = set(tables.items(row["successor_key"]))
        found[row["key"]] = tuple(sorted(direct[row["key"]] | (stated - reached)))
    return found


def bare_name(row: tables.Row) -> str:
    """The name without its kind in front (``Thành phố Hồ Chí Minh`` → ``Hồ Chí Minh``)."""
    return _bare(row["name_vi"], _short_kind(row["kind"]))


def _bare(name: str, kind: str) -> str:
    rest = name[len(kind) :].strip() if text.compare_key(name).startswith(text.compare_key(kind) + " ") else name
    return name if rest.isdigit() else rest  # "Quận 1" is the whole name


def _short_kind(kind: str) -> str:
    """A city's kind without its rank (``thành phố trực thuộc trung ương`` → ``thành phố``): it has two words."""
    parts = kind.split()
    return " ".join(parts[:2]) if len(parts) > 2 else kind


def _official(kind: str, name: str) -> str:
    return name if text.compare_key(name).startswith(text.compare_key(kind) + " ") else f"{kind} {name}"


def _province(row: tables.Row, names: set[str], successors: Sequence[str]) -> tables.Triples:
    node = identifiers.place_iri(row["key"])
    name = bare_name(row)
    yield from tables.types(node, vocab.VD + "Place")
    yield from tables.in_scheme(node, "places")
    yield from tables.labels(node, name, tables.romanised(name))
    yield tables.triple(node, vocab.VD + "level", identifiers.term("level", "province"))
    yield tables.triple(node, vocab.VD + "placeKind", turtle.literal(row["kind"]))
    official = row["name_vi"] if name != row["name_vi"] else _official(_short_kind(row["kind"]), name)
    yield from tables.words(node, vocab.VD + "officialName", (official,), "vi")
    yield from tables.words(node, vocab.SKOS + "altLabel", _other_names(row, name, names), "vi")
    yield from tables.words(node, vocab.VD + "abbreviation", tables.counted(row["abbreviations_seen"]))
    yield from tables.validity(node, row)
    for prop, keys in (("successor", successors), ("predecessor", tables.items(row["predecessor_keys"]))):
        for key in keys:
            yield tables.triple(node, vocab.VD + prop, identifiers.place_iri(key))
    if row["code"]:
        codes = (f"{scheme.split(' ')[0]}:{row['code']}" for scheme in tables.items(row["code_scheme"]))
        yield from tables.words(node, vocab.VD + "code", codes)
    if row["legal_basis"]:
        yield tables.triple(node, vocab.VD + "legalBasis", turtle.literal(row["legal_basis"]))
    yield from tables.trust(node, row, "provinces.tsv")


def _other_names(row: tables.Row, name: str, names: set[str]) -> Iterator[str]:
    """Other wordings, but none that another place is called by."""
    if name != row["name_vi"]:
        yield row["name_vi"]
    for wording in tables.counted(row["former_wordings"]):
        key = text.compare_key(wording)
        if key not in names:
            yield wording


def districts(folder: Path) -> Iterator[ox.Triple]:
    """The triples of the 696 districts of before 2025-07-01; raises DataError where the package is not installed."""
    before = _provinces_before(_rows(folder))
    found = read_districts()
    areas = read_areas()
    taken = Counter(_district_key(district, before) for district in found)
    for district in found:
        key = _district_key(district, before)
        if taken[key] > 1:  # a town and a district around it share the name
            key = f"{text.slug(district.kind)}-{key}"
        yield from _district(district, key, before[district.province_code], areas.get(district.code, ()))


def read_districts() -> tuple[District, ...]:
    """The districts of the package's table of old units."""
    with closing(sqlite3.connect(f"file:{_database()}?mode=ro", uri=True)) as connection:
        rows: Sequence[tuple[str, str, str, str]] = connection.execute(_DISTRICTS).fetchall()
    return tuple(
        District(code, _bare(text.nfc(name), text.nfc(kind)), text.nfc(kind).lower(), province)
        for province, code, name, kind in rows
    )


def read_areas() -> Mapping[str, tuple[str, ...]]:
    """By code of a district, the communes of today that have a part of its area, as the package maps them."""
    with closing(sqlite3.connect(f"file:{_database()}?mode=ro", uri=True)) as connection:
        names: dict[str, str] = {}
        for province, key, name, kind in connection.execute(_COMMUNES):
            bare = _bare(text.nfc(name), text.nfc(kind))
            names[f"{province}_{key}"] = _official(text.nfc(kind).lower(), bare)
        districts = {f"{p}_{d}_{w}": code for p, d, w, code in connection.execute(_OLD_COMMUNES)}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for old, new in _conversions():
        if old in districts and new in names:
            found[districts[old]].add(names[new])
    return {code: tuple(sorted(own)) for code, own in found.items()}


def _conversions() -> Iterator[tuple[str, str]]:
    """Pairs of an old commune and one of today that has a part of it, as keys of the package."""
    whole = json.loads(_database().with_name(_CONVERTER).read_text(encoding="utf-8"))
    for province, communes in whole["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in communes.items():
            yield from ((old, f"{province}_{new}") for old in olds)
    for province, communes in whole["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in communes.items():
            yield from ((old, f"{province}_{part['newWardKey']}") for part in parts)


def _database() -> Path:
    """The package's data file, found without running the package; only the version that was looked through will do."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None or importlib.metadata.version(_PACKAGE) != _PACKAGE_VERSION:
        raise DataError("register_package_missing", package=_PACKAGE, version=_PACKAGE_VERSION)
    return Path(spec.origin).parent / "data" / "dataset.db"


def _provinces_before(rows: Sequence[tables.Row]) -> Mapping[str, tuple[tables.Row, ...]]:
    """By code, the provinces of the last years before the merger: the one of 2025-06-30 first."""
    found: dict[str, list[tables.Row]] = defaultdict(list)
    for row in rows:
        schemes = {scheme.split(" ")[0] for scheme in tables.items(row["code_scheme"])}
        ended = row["valid_to"] or _LAST_DAY
        if _CODES_BEFORE in schemes and row["valid_from"] <= _LAST_DAY and ended >= "2024-12-31":
            found[row["code"]].append(row)
    return {code: tuple(sorted(group, key=lambda row: row["valid_to"] or "9")[::-1]) for code, group in found.items()}


def _district_key(district: District, before: Mapping[str, tuple[tables.Row, ...]]) -> str:
    return f"{text.slug(district.name)}-{text.slug(bare_name(before[district.province_code][0]))}"


def _district(district: District, key: str, before: tuple[tables.Row, ...], area: tuple[str, ...]) -> tables.Triples:
    node = identifiers.place_iri(key)
    today = before[0]["successor_key"] or before[0]["key"]
    yield from tables.types(node, vocab.VD + "Place")
    yield from tables.in_scheme(node, "places")
    yield from tables.labels(node, district.name, tables.romanised(district.name))
    yield tables.triple(node, vocab.VD + "level", identifiers.term("level", "district"))
    yield tables.triple(node, vocab.VD + "placeKind", turtle.literal(district.kind))
    yield from tables.words(node, vocab.VD + "officialName", (_official(district.kind, district.name),), "vi")
    for province in before:
        yield tables.triple(node, vocab.VD + "within", identifiers.place_iri(province["key"]))
    yield tables.triple(node, vocab.VD + "nowWithin", identifiers.place_iri(today))
    yield from tables.words(node, vocab.VD + "areaNow", area, "vi")
    yield tables.triple(node, vocab.VD + "validTo", turtle.date_literal(_LAST_DAY))
    yield tables.triple(node, vocab.VD + "code", turtle.literal(f"{_CODES_BEFORE}:{district.code}"))
    source = f"{_PACKAGE} {_PACKAGE_VERSION}, admin_units_legacy"
    yield tables.triple(node, vocab.DCTERMS + "source", turtle.literal(source))
    yield tables.triple(node, vocab.VD + "confidence", turtle.literal("sure"))
