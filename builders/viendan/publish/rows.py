"""What the pages are made of: the answers of the ``page_*`` queries as typed rows, asked once for the whole site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final, TypeVar

from viendan import queries
from viendan.errors import QueryError
from viendan.store import Store

_PREFIX: Final = "page_"


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument with its label and preferred values."""

    instrument: str
    vi: str | None
    en: str | None
    held: bool | None
    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body or a group of bodies."""

    body: str
    vi: str | None
    en: str | None
    group: bool | None
    level: str | None
    place: str | None
    validFrom: str | None  # noqa: N815 - the names of the query's columns
    validTo: str | None  # noqa: N815


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A movement or campaign, or an edition of one."""

    movement: str
    vi: str | None
    en: str | None
    kind: str | None
    scope: str | None
    localises: str | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A province, district or commune."""

    place: str
    vi: str | None
    en: str | None
    level: str | None
    placeKind: str | None  # noqa: N815
    within: str | None
    validFrom: str | None  # noqa: N815
    validTo: str | None  # noqa: N815


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """What came after a body or place."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that was read, and its source."""

    document: str
    source: str
    name: str
    sha256: str | None
    characters: int | None
    unexplained: int | None


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """What a document says of itself, and in which words."""

    node: str
    document: str
    property: str
    value: str
    rule: str | None
    source: str | None
    start: int | None
    end: int | None
    exact: str | None


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value of a document that was read."""

    document: str
    property: str
    value: str


@dataclass(frozen=True, slots=True)
class CitationRow:
    """One mention of one instrument, and what this mention says of it."""

    node: str
    document: str
    cited: str
    relation: str
    kind: str | None
    section: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    source: str
    start: int
    end: int
    exact: str
    statedType: str | None  # noqa: N815
    statedNumber: str | None  # noqa: N815
    statedDate: str | None  # noqa: N815
    statedIssuer: str | None  # noqa: N815
    statedTitle: str | None  # noqa: N815


@dataclass(frozen=True, slots=True)
class PinpointRow:
    """An article or clause that a citation points to."""

    node: str
    pinpoint: str


@dataclass(frozen=True, slots=True)
class RelationRow:
    """What a document states between two instruments."""

    node: str
    document: str
    subject: str
    relation: str
    object: str
    section: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    source: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class InvocationRow:
    """One mention of a movement."""

    node: str
    document: str
    movement: str
    act: str
    section: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    source: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """A body made responsible for something."""

    node: str
    document: str
    body: str
    deadline: str | None
    task: str | None
    taskStart: int | None  # noqa: N815
    taskEnd: int | None  # noqa: N815
    section: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    source: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that a body is given."""

    node: str
    role: str


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A direct relation between two instruments, and the graph that says so."""

    subject: str
    relation: str
    object: str
    graph: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """What a register says of an instrument."""

    thing: str
    property: str
    value: str
    graph: str


@dataclass(frozen=True, slots=True)
class MergeRow:
    """An IRI that was found to be another's."""

    node: str
    merged: str
    into: str
    rule: str | None
    evidence: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A thing or statement that people corrected."""

    thing: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """What a concept is called; a relation has its inverse."""

    concept: str
    vi: str | None
    en: str | None
    inverse: str | None


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows, in the order of the queries."""

    instruments: tuple[InstrumentRow, ...]
    bodies: tuple[BodyRow, ...]
    movements: tuple[MovementRow, ...]
    places: tuple[PlaceRow, ...]
    successions: tuple[SuccessionRow, ...]
    documents: tuple[DocumentRow, ...]
    headers: tuple[HeaderRow, ...]
    values: tuple[ValueRow, ...]
    citations: tuple[CitationRow, ...]
    pinpoints: tuple[PinpointRow, ...]
    relations: tuple[RelationRow, ...]
    invocations: tuple[InvocationRow, ...]
    responsibilities: tuple[ResponsibilityRow, ...]
    roles: tuple[RoleRow, ...]
    edges: tuple[EdgeRow, ...]
    register: tuple[RegisterRow, ...]
    merges: tuple[MergeRow, ...]
    corrections: tuple[CorrectionRow, ...]
    words: tuple[WordRow, ...]


_Row = TypeVar("_Row")


def read_rows(store: Store) -> Rows:
    """Ask every ``page_*`` query once; raises QueryError for one that is missing, unused or of another shape."""
    unused = {query.name for query in queries.load() if query.name.startswith(_PREFIX)}
    unused -= {_PREFIX + field.name for field in fields(Rows)}
    if unused:
        raise QueryError("page_query_unused", name=", ".join(sorted(unused)))
    return Rows(
        instruments=_first(_read(store, "instruments", InstrumentRow), "instrument"),
        bodies=_first(_read(store, "bodies", BodyRow), "body"),
        movements=_first(_read(store, "movements", MovementRow), "movement"),
        places=_first(_read(store, "places", PlaceRow), "place"),
        successions=tuple(_read(store, "successions", SuccessionRow)),
        documents=_first(_read(store, "documents", DocumentRow), "source"),
        headers=_first(_read(store, "headers", HeaderRow), "node"),
        values=tuple(_read(store, "values", ValueRow)),
        citations=_first(_read(store, "citations", CitationRow), "node"),
        pinpoints=tuple(_read(store, "pinpoints", PinpointRow)),
        relations=_first(_read(store, "relations", RelationRow), "node"),
        invocations=_first(_read(store, "invocations", InvocationRow), "node"),
        responsibilities=_first(_read(store, "responsibilities", ResponsibilityRow), "node"),
        roles=tuple(_read(store, "roles", RoleRow)),
        edges=tuple(_read(store, "edges", EdgeRow)),
        register=tuple(_read(store, "register", RegisterRow)),
        merges=_first(_read(store, "merges", MergeRow), "node"),
        corrections=tuple(_read(store, "corrections", CorrectionRow)),
        words=_first(_read(store, "words", WordRow), "concept"),
    )


def _read(store: Store, name: str, kind: type[_Row]) -> Iterator[_Row]:
    """The rows of a query as values of ``kind``, whose fields are the query's columns."""
    result = queries.run(store, queries.named(_PREFIX + name))
    wanted = tuple(field.name for field in fields(kind))  # type: ignore[arg-type]
    if result.columns != wanted:
        raise QueryError("page_query_columns", name=_PREFIX + name, columns=", ".join(wanted))
    for row in result.rows:
        yield kind(*row)


def _first(rows: Iterator[_Row], key: str) -> tuple[_Row, ...]:
    """One row for each thing: the first, where optional values have multiplied them."""
    found: dict[str, _Row] = {}
    for row in rows:
        found.setdefault(getattr(row, key), row)
    return tuple(found.values())
