"""All that the site shows, gathered from the store before anything is written: pages as values, scripts as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from viendan.messages import LANGUAGES, Language
from viendan.publish import findings, network, search, tables
from viendan.publish.actors import Cast, body_page, make_cast, movement_page, place_page
from viendan.publish.answers import Rows, read_rows
from viendan.publish.asof import rows_as_of
from viendan.publish.evidence import make_witness
from viendan.publish.instruments import Shelf, instrument_page, make_shelf
from viendan.publish.lineage import find_edges
from viendan.publish.overview import about_page, figures, home_page, list_pages, queries_page
from viendan.publish.sheets import Figures, InstrumentPage, Page, SearchPage
from viendan.publish.statements import Statements, make_statements
from viendan.publish.things import Things, find_things
from viendan.publish.views import FindingView
from viendan.store import Store

FINDINGS_TABLE: Final = "findings.csv"
"""The findings for spreadsheets, beside their page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page and where it stands, from the root of its language. ``kind`` is a row of the table in ``pages``."""

    kind: str
    path: str
    page: Page


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is written: pages in each language, and other files (scripts, tables) by path from the root."""

    entries: tuple[Entry, ...]
    files: Mapping[str, str]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows of the store, sorted by what they are about."""

    rows: Rows
    things: Things
    statements: Statements
    shelf: Shelf
    findings: tuple[FindingView, ...]


def gather_rows(
    store: Store,
    sources: Mapping[str, str] | None = None,
    also: frozenset[str] = frozenset(),
    day: str | None = None,
) -> Gathered:
    """Ask the store once and sort the answers. ``sources`` are texts by the key of their source's IRI; ``also`` are
    instruments that are wanted even where no document speaks of them; ``day`` leaves out what is younger."""
    rows = read_rows(store) if day is None else rows_as_of(read_rows(store), day)
    things = find_things(rows, also)
    witness = make_witness(rows, things, sources or {})
    statements = make_statements(rows, witness)
    found = findings.find_findings(rows, witness)
    shelf = make_shelf(rows, witness, statements, find_edges(rows, things), findings.by_thing(found))
    return Gathered(rows, things, statements, shelf, found)


def gather_findings(store: Store, sources: Mapping[str, str] | None = None) -> tuple[FindingView, ...]:
    """The findings alone, with their words."""
    rows = read_rows(store)
    return findings.find_findings(rows, make_witness(rows, find_things(rows), sources or {}))


def gather(store: Store, sources: Mapping[str, str] | None = None) -> Site:
    """The whole site as values."""
    found = gather_rows(store, sources)
    things, statements = found.things, found.statements
    cast = make_cast(things, statements, found.shelf.findings)
    numbers = figures(things, statements, found.findings)
    records = search.find_records(things, statements)
    drawing = network.network_page(things, statements)
    entries = (
        Entry("home", "index.html", home_page(cast, numbers)),
        *(Entry("list", page.paths[page.number], page) for page in list_pages(cast)),
        Entry("network", "network.html", drawing),
        Entry("search", "search.html", SearchPage(len(records))),
        Entry("queries", "queries.html", queries_page(cast, found.findings)),
        Entry("about", "about.html", about_page(found.rows, things, numbers)),
        *(Entry("findings", page.paths[page.number], page) for page in findings.findings_pages(found.findings)),
        *_thing_entries(found, cast),
    )
    files = {f"{folder(language)}network-data.js": _network_script(drawing.data[language]) for language in LANGUAGES}
    for language in LANGUAGES:
        table = tables.findings_csv(found.findings, language)
        files[f"{folder(language)}{FINDINGS_TABLE}"] = tables.BYTE_ORDER_MARK + table
    return Site(entries, {**files, **dict(search.index_files(records))}, numbers)


def _thing_entries(found: Gathered, cast: Cast) -> Iterator[Entry]:
    things = found.things
    for iri, instrument in things.instruments.items():
        page: InstrumentPage = instrument_page(instrument, found.shelf)
        yield Entry("directive" if page.held else "instrument", things.paths[iri], page)
    for iri, movement in things.movements.items():
        yield Entry("movement", things.paths[iri], movement_page(movement, cast))
    for iri, body in things.bodies.items():
        yield Entry("body", things.paths[iri], body_page(body, cast))
    for iri, place in things.places.items():
        yield Entry("place", things.paths[iri], place_page(place, cast))


def folder(language: Language) -> str:
    """The folder of a language: Vietnamese stands at the root."""
    return "" if language == "vi" else f"{language}/"


def _network_script(data: str) -> str:
    return f"viendanNetwork({data});\n"
