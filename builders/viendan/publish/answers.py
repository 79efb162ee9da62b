"""What the pages are made of: the answers of the ``page_*`` queries as typed rows, asked once for the whole site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final, TypeVar

from viendan import queries
from viendan.errors import QueryError
from viendan.publish.rows import (
    AreaRow,
    BodyRow,
    ChangeRow,
    CitationRow,
    CorrectionRow,
    DocumentRow,
    EdgeRow,
    FillingRow,
    FindingRow,
    FindingThingRow,
    FollowsRow,
    HeaderRow,
    HeirRow,
    IndirectRow,
    InstrumentRow,
    InvocationRow,
    MergeRow,
    MovementRow,
    PinpointRow,
    PlaceRow,
    ReadingRow,
    RegisterRow,
    RelationRow,
    ResponsibilityRow,
    RoleRow,
    SuccessionRow,
    ValueRow,
    WordRow,
)
from viendan.store import Store

_PREFIX: Final = "page_"


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows, in the order of the queries."""

    instruments: tuple[InstrumentRow, ...]
    bodies: tuple[BodyRow, ...]
    movements: tuple[MovementRow, ...]
    places: tuple[PlaceRow, ...]
    successions: tuple[SuccessionRow, ...]
    heirs: tuple[HeirRow, ...]
    changes: tuple[ChangeRow, ...]
    areas: tuple[AreaRow, ...]
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
    follows: tuple[FollowsRow, ...]
    indirect: tuple[IndirectRow, ...]
    findings: tuple[FindingRow, ...]
    finding_things: tuple[FindingThingRow, ...]
    readings: tuple[ReadingRow, ...]
    fillings: tuple[FillingRow, ...]


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
        heirs=tuple(_read(store, "heirs", HeirRow)),
        changes=tuple(_read(store, "changes", ChangeRow)),
        areas=tuple(_read(store, "areas", AreaRow)),
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
        merges=tuple(_read(store, "merges", MergeRow)),
        corrections=tuple(_read(store, "corrections", CorrectionRow)),
        words=_first(_read(store, "words", WordRow), "concept"),
        follows=tuple(_read(store, "follows", FollowsRow)),
        indirect=tuple(_read(store, "indirect", IndirectRow)),
        findings=_first(_read(store, "findings", FindingRow), "finding"),
        finding_things=tuple(_read(store, "finding_things", FindingThingRow)),
        readings=tuple(_read(store, "readings", ReadingRow)),
        fillings=tuple(_read(store, "fillings", FillingRow)),
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
