"""Canonical Turtle: the same triples always give the same bytes. RDF 1.1, no blank nodes.

Triples are pyoxigraph terms inside the program; text outside.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from viendan import vocab
from viendan.errors import DataError, OutputError

_RDF_TYPE = ox.NamedNode(vocab.RDF + "type")


def iri(value: str) -> ox.NamedNode:
    """The node of an IRI."""
    return ox.NamedNode(value)


def literal(value: str, *, language: str | None = None, datatype: str | None = None) -> ox.Literal:
    """A literal; ``datatype`` is an IRI, plain strings have neither language nor datatype."""
    if language:
        return ox.Literal(value, language=language)
    return ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(value)


def date_literal(value: str) -> ox.Literal:
    """``2023-01-13`` as xsd:date, ``2023-02`` as xsd:gYearMonth, ``2023`` as xsd:gYear."""
    return literal(value, datatype=vocab.XSD + {10: "date", 7: "gYearMonth"}.get(len(value), "gYear"))


def integer(value: int) -> ox.Literal:
    """An xsd:integer."""
    return literal(str(value), datatype=vocab.XSD + "integer")


def decimal(value: float) -> ox.Literal:
    """An xsd:decimal with at most three places."""
    shown = f"{value:.3f}".rstrip("0")
    return literal(shown + "0" if shown.endswith(".") else shown, datatype=vocab.XSD + "decimal")


def _sort_key(triple: ox.Triple) -> tuple[str, int, str, str]:
    predicate = triple.predicate.value
    subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)
    return (subject, 0 if predicate == _RDF_TYPE.value else 1, predicate, str(triple.object))


def write(triples: Iterable[ox.Triple]) -> str:
    """The triples as canonical Turtle: sorted, duplicates gone, the project's prefixes that are used."""
    ordered = sorted(set(triples), key=_sort_key)
    used = _used_prefixes(ordered)
    data = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=used)
    lines = data.decode("utf-8").splitlines(keepends=True) if data else []
    # The serialiser writes the prefixes in an order of its own, another one in each process.
    return "".join([*sorted(lines[: len(used)]), *lines[len(used) :]])


def _used_prefixes(triples: Iterable[ox.Triple]) -> dict[str, str]:
    values: set[str] = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode):
                values.add(term.value)
            elif isinstance(term, ox.Literal):
                values.add(term.datatype.value)
    namespaces = {value[: max(value.rfind("#"), value.rfind("/")) + 1] for value in values}
    return {prefix: namespace for prefix, namespace in vocab.PREFIXES.items() if namespace in namespaces}


def parse(data: str | bytes, where: str) -> Iterator[ox.Triple]:
    """The triples of a Turtle text; ``where`` names it in the DataError raised for a syntax error (with its line)."""
    try:
        for quad in ox.parse(data if isinstance(data, bytes) else data.encode(), format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise DataError("turtle_syntax", file=where, line=error.lineno or 0, detail=error.msg) from error


def read_file(path: Path) -> list[ox.Triple]:
    """All triples of a Turtle file; raises DataError for one that is missing or broken."""
    return list(parse(read_bytes(path), str(path)))


def read_bytes(path: Path) -> bytes:
    """The content of a file; raises DataError for one that is missing."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError("data_unreadable", file=str(path), detail=error.strerror or "") from error


def write_file(path: Path, content: str | bytes) -> None:
    """Write aside, then rename: a reader sees the old file or the new one, whole. Raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
            Path(aside).chmod(0o644)
            Path(aside).replace(path)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError("cannot_write", file=str(path), detail=error.strerror or "") from error
