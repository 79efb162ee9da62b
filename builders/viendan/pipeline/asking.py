"""Questions to a store, and reports from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from viendan import assets, days, queries, store, turtle
from viendan.errors import QueryError
from viendan.link import linking
from viendan.pipeline import files
from viendan.publish import reports

DEFAULT_STORE: Final = Path("build") / "store"


def named_queries() -> tuple[queries.Query, ...]:
    """The named queries for people, sorted: not those of pages and checks."""
    return tuple(query for query in queries.load() if not query.name.startswith(("page_", "check_")))


def opened(path: Path | None) -> store.Store:
    """The store at ``path``; without one, the store of the last build here, else the shipped data in memory.

    Raises DataError for a path that holds no store.
    """
    if path is not None or DEFAULT_STORE.is_dir():
        return store.open_store(path or DEFAULT_STORE)
    folder = assets.data_dir()
    return store.memory_store(
        linking.link_files(files.data_files(folder), files.register_files(folder), files.override_file(folder))
    )


def ask(
    name: str | None, file: Path | None, values: dict[str, str], path: Path | None, timeout: float, language: str
) -> queries.Result:
    """The answer to a named query, or to the one in ``file`` (bounded by ``timeout`` seconds).

    ``language`` is that of labels, where the query has it as a parameter and ``values`` do not say otherwise. Raises
    QueryError for an unknown name, a wrong parameter or wrong syntax.
    """
    if file is not None:
        try:
            content = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError("query_unreadable", file=str(file)) from error
        try:
            return queries.run_guarded(opened(path), content, values, timeout)
        except QueryError as error:
            if error.values.get("name") == "-":
                error.values["name"] = file.name
            raise
    query = queries.named(name or "")
    if any(parameter.name == "language" for parameter in query.parameters):
        values = {"language": language, **values}
    return queries.run(opened(path), query, values)


@dataclass(frozen=True, slots=True)
class Explained:
    """A merge: the IRI that gave way, the one that was kept, why, and the line that undoes it (None: nothing does)."""

    merged: str
    into: str
    rules: tuple[str, ...]
    evidence: tuple[str, ...]
    confidence: float
    undo: str | None


def explain(thing: str, path: Path | None, language: str) -> tuple[Explained, ...]:
    """The merges that made a thing one, with rule, evidence and confidence: none where nothing was merged.

    ``thing`` is an IRI, old or new, or the official number of an instrument. Raises QueryError for one that is unknown.
    """
    graph = opened(path)
    found = queries.find_instrument(graph, thing)
    rows = queries.run(graph, queries.named("why"), {"thing": found, "language": language}).records()
    pairs = dict.fromkeys((str(row["merged"]), str(row["into"])) for row in rows)
    return tuple(_explained(pair, [row for row in rows if (row["merged"], row["into"]) == pair]) for pair in pairs)


def _explained(pair: tuple[str, str], rows: Sequence[Mapping[str, queries.Cell]]) -> Explained:
    def each(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(row[name]) for row in rows if row[name] is not None))

    confidence = min(float(str(row["confidence"])) for row in rows)
    return Explained(*pair, each("rule"), each("evidence"), confidence, next(iter(each("undo")), None))


def report(instrument: str, shape: str, language: str, path: Path | None, as_of: str | None = None) -> str:
    """The citation report of an instrument (IRI or official number) as Markdown or CSV, as of a day (or a month, a
    year: its last day).

    Raises QueryError where no instrument or more than one has the number, and where it was issued later.
    """
    if as_of is not None and not days.is_date(as_of):
        raise QueryError("query_parameter_bad", name="as_of", value=as_of, kind="day")
    graph = opened(path)
    day = days.last_day(as_of) if as_of else None
    return reports.render_report(graph, queries.find_instrument(graph, instrument), shape, language, day)


def write_report(path: Path, content: str) -> None:
    """Write a report, whole or not at all."""
    turtle.write_file(path, content)
