"""A query file: what it asks (vi, en), its parameters, its columns, the order for readers, and its SPARQL.

The header is the comment lines before the first line of SPARQL::

    # question vi: Những văn bản nào viện dẫn văn bản này?
    # question en: Which instruments cite this one?
    # param instrument: instrument | văn bản | the instrument
    # param language: language = vi | ngôn ngữ của tên | language of the names
    # column citing: iri | Văn bản viện dẫn | Citing instrument
    # column label: text | Tên | Name
    # order: -date label
    # note: anything for the next editor

``= value`` is a default; a parameter without one must be given. ``as_of``, of the kind ``day``, is the parameter by
which anything is asked as of a day; a query without it does not depend on time. ``order`` names columns (``-`` for
descending); text is then in Vietnamese order, which SPARQL does not know. Parameters must be projected, which is how
they are bound; only the columns of the header are shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, get_args

from viendan import assets
from viendan.errors import QueryError
from viendan.queries import tokens

Form = Literal["select", "construct", "ask", "describe"]
ParameterKind = Literal[
    "instrument", "movement", "body", "place", "actor", "iri", "string", "integer", "number", "date", "day", "language"
]
ColumnKind = Literal["iri", "text", "number", "date", "boolean"]

_LINE: Final = re.compile(r"#\s*(?P<key>question|param|column|order|note)\b\s*(?P<name>[\w-]*)\s*:\s*(?P<rest>.*)\Z")
_KIND: Final = re.compile(r"(?P<kind>\w+)(?:\s*(?P<equals>=)\s*(?P<default>.*?))?\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the asker gives; ``default`` is None for one that must be given."""

    name: str
    kind: ParameterKind
    default: str | None
    label: Mapping[str, str]

    @property
    def type(self) -> str:
        """The kind, as the command line names it."""
        return self.kind


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer, with its heading by language."""

    name: str
    kind: ColumnKind
    heading: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """One question. ``order`` holds pairs of column and whether it descends."""

    name: str
    text: str
    form: Form
    question: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    order: tuple[tuple[str, bool], ...]


@cache
def load(folder: Path | None = None) -> tuple[Query, ...]:
    """All named queries, sorted by name; raises QueryError (file and line) for a broken header."""
    files = sorted((folder or assets.queries_dir()).glob("*.rq"))
    return tuple(parse(file.stem, file.read_text(encoding="utf-8"), strict=True) for file in files)


@cache
def _by_name() -> Mapping[str, Query]:
    return MappingProxyType({query.name: query for query in load()})


def named(name: str) -> Query:
    """The named query; raises QueryError, with names that are near, for an unknown one."""
    query = _by_name().get(name.replace("-", "_"))
    if query is None:
        near = difflib.get_close_matches(name, _by_name(), n=3, cutoff=0.5)
        raise QueryError("query_unknown", name=name, near=", ".join(near or sorted(_by_name())[:3]))
    return query


def parse(name: str, content: str, *, strict: bool = False) -> Query:
    """The query in ``content``. ``strict`` (named queries) wants a whole header; without it any SPARQL will do.

    Raises QueryError for a broken header, and for text that is not one bounded, read-only query.
    """
    question: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    order: tuple[tuple[str, bool], ...] = ()
    for number, line in _header_lines(content):
        match = _LINE.match(line)
        if match is None:
            if strict:
                raise QueryError("query_header", name=name, line=number, detail=line)
            continue
        try:
            if match["key"] == "question":
                question[match["name"]] = match["rest"].strip()
            elif match["key"] == "param":
                parameters.append(_parameter(match["name"], match["rest"]))
            elif match["key"] == "column":
                columns.append(_column(match["name"], match["rest"]))
            elif match["key"] == "order":
                order = tuple((part.lstrip("-"), part.startswith("-")) for part in match["rest"].split())
        except ValueError as error:
            raise QueryError("query_header", name=name, line=number, detail=str(error)) from error
    query = Query(
        name=name,
        text=content,
        form=tokens.form(content),
        question=MappingProxyType(question),
        parameters=tuple(parameters),
        columns=tuple(columns),
        order=order,
    )
    if strict:
        _check(query)
    return query


def _header_lines(content: str) -> list[tuple[int, str]]:
    found = []
    for number, line in enumerate(content.splitlines(), start=1):
        if line.startswith("#"):
            if line.strip("# \t"):
                found.append((number, line.rstrip()))
        elif line.strip():
            break
    return found


def _texts(rest: str) -> tuple[str, Mapping[str, str]]:
    parts = [part.strip() for part in rest.split("|")]
    if len(parts) != 3 or not all(parts[1:]):
        raise ValueError(rest)
    return parts[0], MappingProxyType({"vi": parts[1], "en": parts[2]})


def _parameter(name: str, rest: str) -> Parameter:
    head, label = _texts(rest)
    match = _KIND.match(head)
    if match is None or match["kind"] not in get_args(ParameterKind) or not name:
        raise ValueError(rest)
    kind: ParameterKind = match["kind"]  # type: ignore[assignment]
    return Parameter(name, kind, (match["default"] or "") if match["equals"] else None, label)


def _column(name: str, rest: str) -> Column:
    head, heading = _texts(rest)
    if head not in get_args(ColumnKind) or not name:
        raise ValueError(rest)
    kind: ColumnKind = head  # type: ignore[assignment]
    return Column(name, kind, heading)


def _check(query: Query) -> None:
    known = {column.name for column in query.columns}
    faults = [
        *(f"question {language}" for language in ("vi", "en") if not query.question.get(language)),
        *(f"order {name}" for name, _ in query.order if name not in known),
        *(["columns"] if query.form == "select" and not query.columns else []),
    ]
    if faults:
        raise QueryError("query_header", name=query.name, line=1, detail=", ".join(faults))
