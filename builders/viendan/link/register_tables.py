"""Tables of facts (tab-separated, see the README beside them) as rows, and the triples that all registers share.

Only the import reads tables; everything else reads the Turtle that it wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, turtle, vocab
from viendan.errors import DataError

Row = Mapping[str, str]
Triples = Iterator[ox.Triple]

_COUNT: Final = re.compile(r"\s*\([\d/ ]+\)$")
_REMARK: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]$")
_BRACKET: Final = re.compile(r"\s*\([^)]*\)")


def read_table(path: Path, columns: str) -> tuple[Row, ...]:
    """The rows of a table by column name; raises DataError for a file that is missing or lacks one of
    ``columns`` (names with blanks between)."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError("data_unreadable", file=str(path), detail=str(error)) from error
    names = lines[0].split("\t") if lines else []
    missing = sorted(set(columns.split()) - set(names))
    if missing:
        raise DataError("register_table_broken", file=str(path), column=", ".join(missing))
    return tuple(dict(zip(names, line.split("\t"), strict=False)) for line in lines[1:] if line.strip())


def items(cell: str, separator: str = " ; ") -> tuple[str, ...]:
    """The entries of a cell that holds a list."""
    return tuple(part.strip() for part in cell.split(separator) if part.strip())


def counted(cell: str) -> tuple[str, ...]:
    """The entries of a list whose entries carry counts (``HĐND (1071)``); those with another remark are left out."""
    found = (_COUNT.sub("", item) for item in items(cell))
    return tuple(item for item in found if not _REMARK.search(item))


def without_brackets(name: str) -> str:
    """The name without remarks in brackets."""
    return _BRACKET.sub("", name).strip()


def romanised(name: str) -> str:
    """The name without Vietnamese marks, case kept: what English texts write for a place."""
    decomposed = unicodedata.normalize("NFD", name).replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def triple(subject: str, predicate: str, value: str | ox.Literal) -> ox.Triple:
    """A triple; a plain string is an IRI."""
    node: ox.NamedNode | ox.Literal = turtle.iri(value) if isinstance(value, str) else value
    return ox.Triple(turtle.iri(subject), turtle.iri(predicate), node)


def types(subject: str, *classes: str) -> Triples:
    """The classes of a thing."""
    for name in classes:
        yield triple(subject, vocab.RDF + "type", name)


def labels(subject: str, vi: str, en: str) -> Triples:
    """The two preferred labels; a name that has no English one keeps its own without marks."""
    yield triple(subject, vocab.SKOS + "prefLabel", turtle.literal(vi, language="vi"))
    yield triple(subject, vocab.SKOS + "prefLabel", turtle.literal(en or romanised(vi), language="en"))


def words(subject: str, predicate: str, values: Iterable[str], language: str | None = None) -> Triples:
    """One literal for each value, repeated ones once."""
    for value in sorted(set(values)):
        yield triple(subject, predicate, turtle.literal(value, language=language))


def in_scheme(subject: str, scheme: str) -> Triples:
    """Membership of a scheme, by which the lexicon finds the entry."""
    yield triple(subject, vocab.SKOS + "inScheme", identifiers.thing("scheme", scheme))


def validity(subject: str, row: Row) -> Triples:
    """First and last day, as precise as the table knows them (day, month or year)."""
    for column, name in (("valid_from", "validFrom"), ("valid_to", "validTo")):
        if row[column]:
            yield triple(subject, vocab.VD + name, turtle.date_literal(row[column]))


def trust(subject: str, row: Row, table: str) -> Triples:
    """Source, confidence and remark of an entry, as the table states them."""
    source = row["source"] or table
    yield triple(subject, vocab.DCTERMS + "source", turtle.literal(source))
    yield triple(subject, vocab.VD + "confidence", turtle.literal(row["confidence"] or "unsure"))
    if row.get("note"):
        yield triple(subject, vocab.SKOS + "editorialNote", turtle.literal(row["note"], language="en"))
