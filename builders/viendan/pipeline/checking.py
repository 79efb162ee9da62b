"""What must hold of data before anyone builds on them: they parse, fit the shapes, and say what the sources say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import rdflib

from viendan import assets, queries, store, turtle, vocab
from viendan.errors import ViendanError
from viendan.link import linking, register_import
from viendan.pipeline import extraction, files


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: ``kind`` is a message key under ``cli.check``, ``values`` fill it."""

    kind: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check, with what was looked at."""

    faults: tuple[Fault, ...]
    files: int
    triples: int
    checks: int


def check(data: Path | None, *, sources: Path | None = None, registers: Path | None = None) -> Checked:
    """Check a data folder; ``sources`` and ``registers`` are folders to make the data from again and compare.

    Raises DataError for Turtle that does not parse.
    """
    folder = data or assets.data_dir()
    documents, tables = files.data_files(folder), files.register_files(folder)
    every = (*documents, *tables, *assets.ontology_dir().glob("*.ttl"))
    triples = sum(len(turtle.read_file(file)) for file in every)
    linked = linking.link_files(documents, tables, files.override_file(folder))
    graph = store.memory_store(linked)
    checks = [query for query in queries.load() if query.name.startswith("check_")]
    faults = [fault for query in checks for fault in _run(graph, query)]
    faults += _shapes(every)
    if sources:
        faults += _compare_sources(folder, sources)
    if registers:
        faults += _compare_registers(folder, registers)
    return Checked(tuple(faults), len(every), triples, len(checks))


def _run(graph: store.Store, query: queries.Query) -> Iterator[Fault]:
    for row in queries.run(graph, query, {}).rows:
        shown = " | ".join("" if cell is None else str(cell) for cell in row)
        yield Fault("finding", {"query": query.name, "row": shown})


def _shapes(every: tuple[Path, ...]) -> Iterator[Fault]:
    """Violations of ontology/shapes.ttl. SHACL is checked by pySHACL, a checker that is not ours."""
    import pyshacl  # noqa: PLC0415 - half a second that only this command should pay
    from pyshacl.graph_abstraction import DataGraph  # noqa: PLC0415

    # Over an Oxigraph store pySHACL needs a fiftieth of the time that it needs over an rdflib graph.
    whole = ox.Store()
    for file in every:
        whole.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    shapes = rdflib.Graph().parse(assets.ontology_dir() / "shapes.ttl", format="turtle")
    data = DataGraph.from_oxigraph_store(whole)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inplace=True)
    sh = rdflib.Namespace(vocab.SH)
    for result in sorted(report.subjects(rdflib.RDF.type, sh.ValidationResult), key=str):
        if report.value(result, sh.resultSeverity) == sh.Violation:
            message = report.value(result, sh.resultMessage)
            yield Fault("shape", {"node": str(report.value(result, sh.focusNode)), "message": str(message)})


def _compare_sources(folder: Path, sources: Path) -> Iterator[Fault]:
    for outcome in extraction.extract_all(extraction.gather([sources])):
        if outcome.extraction is None:
            raise outcome.error or ViendanError("document_failed", file=str(outcome.path), detail="")
        path = folder / f"{files.data_name(outcome.name)}.ttl"
        yield from _compare(path, extraction.turtle_of(outcome.extraction))


def _compare_registers(folder: Path, tables: Path) -> Iterator[Fault]:
    for name, content in register_import.import_registers(tables).items():
        yield from _compare(folder / name, content)


def _compare(path: Path, content: str) -> Iterator[Fault]:
    if not path.is_file():
        yield Fault("missing", {"file": path.name})
    elif path.read_text(encoding="utf-8") != content:
        yield Fault("stale", {"file": path.name})


def write_registers(tables: Path, out: Path) -> list[Path]:
    """Carry the fact tables over into ``out``; raises InputError for tables that are missing or broken."""
    written = []
    for name, content in register_import.import_registers(tables).items():
        turtle.write_file(out / name, content)
        written.append(out / name)
    return written
