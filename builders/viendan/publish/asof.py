"""The rows as of a day: what later documents say, and what is younger than the day, is left out."""

from __future__ import annotations

from dataclasses import replace

from viendan import vocab
from viendan.publish import paths
from viendan.publish.answers import Rows


def rows_as_of(rows: Rows, day: str) -> Rows:
    """The rows that stood on a day (``YYYY-MM-DD``). Things without any date stay: nobody knows that they are younger.

    Merges, labels and preferred values stay as they are: who is who does not depend on the day that is asked about.
    """
    late = frozenset(
        iri
        for iri, first in (
            *((row.instrument, row.firstDay) for row in rows.instruments),
            *((row.movement, row.firstDay) for row in rows.movements),
        )
        if first and first > day
    )
    mute = frozenset(vocab.GRAPH_SOURCE + paths.last_part(row.source) for row in rows.documents if row.document in late)
    readings = tuple(row for row in rows.readings if row.source is None or not _of(row.source, late))
    told = {row.finding for row in rows.readings} - {row.finding for row in readings}
    return replace(
        rows,
        instruments=tuple(row for row in rows.instruments if row.instrument not in late),
        movements=tuple(row for row in rows.movements if row.movement not in late),
        documents=tuple(row for row in rows.documents if row.document not in late),
        headers=tuple(row for row in rows.headers if row.document not in late),
        values=tuple(row for row in rows.values if row.document not in late),
        citations=tuple(row for row in rows.citations if row.document not in late and row.cited not in late),
        relations=tuple(row for row in rows.relations if late.isdisjoint((row.document, row.subject, row.object))),
        invocations=tuple(row for row in rows.invocations if row.document not in late),
        responsibilities=tuple(row for row in rows.responsibilities if row.document not in late),
        edges=tuple(row for row in rows.edges if row.graph not in mute and late.isdisjoint((row.subject, row.object))),
        follows=tuple(row for row in rows.follows if late.isdisjoint((row.child, row.parent))),
        indirect=tuple(row for row in rows.indirect if late.isdisjoint((row.citing, row.via, row.cited))),
        readings=readings,
        findings=tuple(row for row in rows.findings if row.finding not in told),
        finding_things=tuple(row for row in rows.finding_things if row.finding not in told),
    )


def _of(mention: str, late: frozenset[str]) -> bool:
    """Whether a mention stands in one of these documents: its IRI begins with the document's."""
    parts = mention.removeprefix(vocab.ID).split("/")
    return any(vocab.ID + "/".join(parts[:length]) in late for length in range(2, len(parts)))
