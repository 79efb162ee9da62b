"""Single bodies (ministries, commissions, councils …) from the tables, and the keys by which others name them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from viendan import assets, identifiers, text, turtle, vocab
from viendan.link import register_tables as tables
from viendan.model import Body

_COLUMNS: Final = (
    "key name_vi name_en line level per_place symbols abbreviations valid_from valid_to successor_key "
    "predecessor_keys source confidence note"
)
_ONE_PER_MINISTRY: Final = frozenset({"bcsd-bo", "hdtdkt-bo", "thanh-tra-bo", "to-giup-viec"})
"""Rows without ``per_place`` that are kinds all the same: every ministry or committee has one. They and the bodies of
places stand in ``ontology/bodies.ttl``, by hand."""
_PART_OF_TODAY: Final = frozenset({"bhxh-vn"})
"""Rows whose "successor" is what they are a part of today, under the same name (see their notes)."""
_UNTIL: Final = re.compile(r"\(to (\d{4})\)")
_ACRONYM: Final = re.compile(r"\s*\([A-Z]{2,}\)$")
_NO_SYMBOL: Final = re.compile(r";?\s*no symbol of its own found")


@dataclass(frozen=True, slots=True)
class Agencies:
    """The single bodies of the tables: IRI by table key, and body by any name it has (compare keys)."""

    by_table_key: Mapping[str, str]
    by_name: Mapping[str, Body]

    def find(self, name: str) -> Body | None:
        """The body of a name, remarks in brackets ignored; None for a name that no register has."""
        bare = tables.without_brackets(name)
        return self.by_name.get(text.compare_key(name)) or self.by_name.get(text.compare_key(bare))

    def body(self, name: str) -> Body:
        """The body of a name; one of its own where the register has none."""
        bare = tables.without_brackets(name)
        return self.find(name) or Body(key=text.slug(bare), name=bare)


def agencies(folder: Path) -> Iterator[ox.Triple]:
    """The triples of all single bodies of ``bodies.tsv``."""
    rows = _rows(folder)
    known = read_agencies(folder)
    for row in rows:
        if _is_single(row):
            yield from _agency(row, _label(row, _doubled(rows)), known)


def read_agencies(folder: Path) -> Agencies:
    """Keys and names of the single bodies, with the further names of ``ontology/*.ttl``."""
    rows = _rows(folder)
    doubled = _doubled(rows)
    iris: dict[str, str] = {}
    names: dict[str, Body] = {}
    for row in rows:
        if not _is_single(row):
            iris[row["key"]] = identifiers.thing("body-kind", row["key"])
            continue
        label = _label(row, doubled)
        body = Body(key=text.slug(label), name=label)
        iris[row["key"]] = identifiers.body_iri(body)
        names.setdefault(text.compare_key(label), body)
        if tables.without_brackets(label) == label:
            names[text.compare_key(label)] = body
    names.update({name: body for name, body in _further_names(names).items() if name not in names})
    return Agencies(MappingProxyType(iris), MappingProxyType(names))


def _rows(folder: Path) -> tuple[tables.Row, ...]:
    return tables.read_table(folder / "bodies.tsv", _COLUMNS)


def _is_single(row: tables.Row) -> bool:
    return row["per_place"] != "yes" and row["key"] not in _ONE_PER_MINISTRY


def _doubled(rows: tuple[tables.Row, ...]) -> frozenset[str]:
    """Names that several bodies of different times share: they keep the remark that tells them apart."""
    counts = Counter(tables.without_brackets(row["name_vi"]) for row in rows if _is_single(row))
    return frozenset(name for name, count in counts.items() if count > 1)


def _label(row: tables.Row, doubled: frozenset[str]) -> str:
    bare = tables.without_brackets(row["name_vi"])
    return _UNTIL.sub(r"(đến năm \1)", row["name_vi"]) if bare in doubled else bare


def _agency(row: tables.Row, label: str, known: Agencies) -> tables.Triples:
    node = known.by_table_key[row["key"]]
    yield from tables.types(node, vocab.VD + "Body", vocab.ORG + "Organization")
    yield from tables.in_scheme(node, "agencies")
    yield from tables.labels(node, label, _ACRONYM.sub("", row["name_en"]))
    yield from tables.words(node, vocab.VD + "officialName", (tables.without_brackets(label),), "vi")
    yield tables.triple(node, vocab.VD + "level", identifiers.term("level", row["level"]))
    yield tables.triple(node, vocab.VD + "line", turtle.literal(row["line"]))
    yield from tables.words(node, vocab.VD + "symbol", tables.items(row["symbols"]))
    yield from tables.words(node, vocab.VD + "abbreviation", tables.counted(row["abbreviations"]))
    yield from tables.validity(node, row)
    after = "partOf" if row["key"] in _PART_OF_TODAY else "successor"
    for column, prop in (("successor_key", after), ("predecessor_keys", "predecessor")):
        for key in tables.items(row[column]):
            yield tables.triple(node, vocab.VD + prop, known.by_table_key[key])
    yield from tables.trust(node, {**row, "note": _NO_SYMBOL.sub("", row["note"])}, "bodies.tsv")


def _further_names(known: Mapping[str, Body]) -> Mapping[str, Body]:
    """Names and alternatives of single bodies that stand in the hand-written ontology files."""
    by_iri = {identifiers.body_iri(body): body for body in known.values()}
    found: dict[str, Body] = {}
    for iri, preferred, name in _ontology_names():
        if iri not in by_iri and preferred:
            by_iri[iri] = Body(key=iri.rsplit("/", 1)[1], name=name)
    for iri, _, name in _ontology_names():
        if iri in by_iri:
            found.setdefault(text.compare_key(name), by_iri[iri])
    return found


@cache
def _ontology_names() -> tuple[tuple[str, bool, str], ...]:
    """IRI, whether preferred, and text of all Vietnamese names of bodies in ``ontology/*.ttl``, preferred first."""
    prefix = vocab.ID + "body/"
    found = [
        (node.subject.value, node.predicate.value.endswith("prefLabel"), node.object.value)
        for file in sorted(assets.ontology_dir().glob("*.ttl"))
        for node in turtle.read_file(file)
        if isinstance(node.subject, ox.NamedNode)
        and node.subject.value.startswith(prefix)
        and node.predicate.value in (vocab.SKOS + "prefLabel", vocab.SKOS + "altLabel")
        and isinstance(node.object, ox.Literal)
        and node.object.language == "vi"
    ]
    return tuple(sorted(found, key=lambda item: (not item[1], item)))
