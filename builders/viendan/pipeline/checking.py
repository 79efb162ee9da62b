"""What must hold of data before anyone builds on them, and what people should look at in the documents behind them.

Faults are mistakes of the data: they do not parse, do not fit the shapes, do not say what the sources say. Findings are
about the documents: data that record a conflict between two directives are right.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib

from viendan import assets, messages, queries, store, turtle, vocab
from viendan.errors import ViendanError
from viendan.link import linking, overrides, register_import
from viendan.link.linking import Linked
from viendan.messages import Language
from viendan.pipeline import extraction, files
from viendan.pipeline.extraction import Outcome, Progress
from viendan.pipeline.targets import Target, locate
from viendan.publish import contexts, tables
from viendan.publish.views import Label

SEVERITIES: Final = ("error", "warning", "notice")
"""From grave to light."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: ``kind`` is a message key under ``cli.check``, ``values`` fill it."""

    kind: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings there are of a kind (its key and what it is called), and how many people have reviewed."""

    severity: str
    kind: str
    words: Label
    number: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check, with what was looked at: documents, files of Turtle (none of a store), graph checks.

    ``failed`` are documents that could not be read; ``table`` gives the findings as CSV.
    """

    target: Target
    documents: int
    files: int
    triples: int
    checks: int
    faults: tuple[Fault, ...]
    counts: tuple[Count, ...]
    failed: tuple[ViendanError, ...]
    table: Callable[[Language], str]

    @property
    def worst(self) -> str | None:
        """The gravest severity among the findings that nobody has reviewed."""
        waiting = {count.severity for count in self.counts if count.number > count.reviewed}
        return next((severity for severity in SEVERITIES if severity in waiting), None)


def check(
    path: Path | None,
    *,
    sources: Path | None = None,
    registers: Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Checked:
    """Check the data that come with the program, or whatever stands at ``path`` (see ``locate``).

    ``sources`` and ``registers`` are folders to make the data from again and compare; the words around quotes come from
    ``sources``, or from the documents themselves. Raises DataError for Turtle that does not parse and for an override
    that cannot be; InputError for a path that is not there.
    """
    target = locate(path)
    if target.kind == "store":
        return _look(target, store.open_store(target.path), sources=sources)
    with _data_of(target, jobs, progress) as (folder, failed):
        documents, words = files.data_files(folder), _words_of(folder)
        linked = linking.link_files(documents, files.register_files(folder), files.override_file(folder))
        faults = [*_shapes(documents, words), *_reviews(folder, linked)]
        if target.kind != "documents":
            faults += _compare_sources(folder, sources) if sources else ()
            faults += _compare_registers(folder, registers) if registers else ()
        read = target.path if target.kind == "documents" else sources
        return _look(
            target, store.memory_store(linked), sources=read, faults=faults, every=(*documents, *words), failed=failed
        )


@contextmanager
def _data_of(target: Target, jobs: int, progress: Progress | None) -> Iterator[tuple[Path, Sequence[ViendanError]]]:
    """The folder of Turtle to check, and the documents that could not be read: documents are extracted aside."""
    if target.kind != "documents":
        yield target.path, ()
        return
    outcomes: list[Outcome] = extraction.extract_all(extraction.gather([target.path]), jobs, progress)
    with tempfile.TemporaryDirectory(prefix="viendan-check-") as folder:
        extraction.write_turtle(outcomes, Path(folder))
        yield Path(folder), [outcome.error for outcome in outcomes if outcome.error]


def _words_of(folder: Path) -> tuple[Path, ...]:
    """The Turtle that documents are linked with: registers and ontology."""
    return (*files.register_files(folder), *sorted(assets.ontology_dir().glob("*.ttl")))


def _look(
    target: Target,
    graph: store.Store,
    *,
    sources: Path | None,
    faults: Sequence[Fault] = (),
    every: Sequence[Path] = (),
    failed: Sequence[ViendanError] = (),
) -> Checked:
    """The graph checks and the findings of a store."""
    checks = [query for query in queries.load() if query.name.startswith("check_")]
    texts = extraction.read_texts(sources)
    documents = queries.run(graph, queries.named("page_documents"), {}).rows
    return Checked(
        target=target,
        documents=len({row[0] for row in documents}),
        files=len(every),
        triples=sum(len(turtle.read_file(file)) for file in every) or len(graph),
        checks=len(checks),
        faults=(*faults, *(fault for query in checks for fault in _run(graph, query))),
        counts=_count(graph),
        failed=tuple(failed),
        table=partial(_table, graph, texts),
    )


def _table(graph: store.Store, texts: dict[str, str] | None, language: Language) -> str:
    return tables.findings_csv(contexts.gather_findings(graph, texts), language)


def _count(graph: store.Store) -> tuple[Count, ...]:
    """The findings by severity and kind, grave ones first."""
    kinds: dict[tuple[str, str], list[bool]] = {}
    for row in queries.run(graph, queries.named("page_findings"), {}).records():
        kinds.setdefault((str(row["severity"]), str(row["kind"])), []).append(row["reviewed"] is not None)
    called = {
        str(row["concept"]): Label(str(row["vi"]), str(row["en"] or row["vi"]))
        for row in queries.run(graph, queries.named("page_words"), {}).records()
    }
    ordered = sorted(kinds, key=lambda key: (SEVERITIES.index(key[0]) if key[0] in SEVERITIES else 9, key[1]))
    return tuple(
        Count(severity, kind.rsplit("/", 1)[-1], called.get(kind, Label(kind, kind)), len(own), sum(own))
        for severity, kind in ordered
        for own in (kinds[severity, kind],)
    )


def write_table(checked: Checked, path: Path, language: Language) -> None:
    """Write the findings as CSV for spreadsheets; raises OutputError where that cannot be."""
    turtle.write_file(path, tables.BYTE_ORDER_MARK + checked.table(language))


def _run(graph: store.Store, query: queries.Query) -> Iterator[Fault]:
    for row in queries.run(graph, query, {}).rows:
        shown = " | ".join("" if cell is None else str(cell) for cell in row)
        yield Fault("finding", {"query": query.name, "row": shown})


def _reviews(folder: Path, linked: Linked) -> Iterator[Fault]:
    """Reviews in the file of overrides that are of no finding any more."""
    file = files.override_file(folder)
    if file:
        known = frozenset(finding.iri for finding in linked.findings)
        decisions = overrides.read_overrides(file)
        for iri, line in overrides.without_finding(decisions, known, file.read_text(encoding="utf-8")):
            yield Fault("review", {"file": file.name, "line": line, "finding": iri})


def _shapes(documents: Sequence[Path], words: Sequence[Path]) -> Iterator[Fault]:
    """Violations of ontology/shapes.ttl in documents, beside registers and ontology (``words``).

    SHACL is checked by pySHACL, a checker that is not ours. Two documents that give themselves one IRI are looked at
    apart: together each would be a fault of the other.
    """
    batches: list[list[Path]] = []
    seen: Counter[str] = Counter()
    for file in documents:
        own = _own_iri(file)
        if seen[own] == len(batches):
            batches.append([])
        batches[seen[own]].append(file)
        seen[own] += 1
    for batch in batches:
        yield from _violations((*batch, *words))


def _own_iri(file: Path) -> str:
    directive = turtle.iri(vocab.VD + "Directive")
    return next((str(triple.subject) for triple in turtle.read_file(file) if triple.object == directive), file.name)


def _violations(files_: Sequence[Path]) -> Iterator[Fault]:
    import pyshacl  # noqa: PLC0415 - half a second that only this command should pay
    from pyshacl.graph_abstraction import DataGraph  # noqa: PLC0415

    # Over an Oxigraph store pySHACL needs a fiftieth of the time that it needs over an rdflib graph.
    whole = ox.Store()
    for file in files_:
        whole.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    shapes = rdflib.Graph().parse(assets.ontology_dir() / "shapes.ttl", format="turtle")
    data = DataGraph.from_oxigraph_store(whole)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inplace=True)
    sh, found = rdflib.Namespace(vocab.SH), []
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        if report.value(result, sh.resultSeverity) == sh.Violation:
            said = {str(word.language): str(word) for word in report.objects(result, sh.resultMessage)}
            message = said.get(messages.preferred_language()) or min(said.values(), default="")
            found.append((str(report.value(result, sh.focusNode)), message))
    for node, message in sorted(set(found)):
        yield Fault("shape", {"node": node, "message": message})


def _compare_sources(folder: Path, sources: Path) -> Iterator[Fault]:
    for outcome in extraction.extract_all(extraction.gather([sources])):
        if outcome.extraction is None:
            raise outcome.error or ViendanError("document_failed", file=str(outcome.path), detail="")
        path = folder / f"{files.data_name(outcome.name)}.ttl"
        yield from _compare(path, extraction.turtle_of(outcome.extraction))


def _compare_registers(folder: Path, tables_: Path) -> Iterator[Fault]:
    for name, content in register_import.import_registers(tables_).items():
        yield from _compare(folder / name, content)


def _compare(path: Path, content: str) -> Iterator[Fault]:
    if not path.is_file():
        yield Fault("missing", {"file": path.name})
    elif path.read_text(encoding="utf-8") != content:
        yield Fault("stale", {"file": path.name})


def write_registers(tables_: Path, out: Path) -> list[Path]:
    """Carry the fact tables over into ``out``; raises InputError for tables that are missing or broken."""
    written = []
    for name, content in register_import.import_registers(tables_).items():
        turtle.write_file(out / name, content)
        written.append(out / name)
    return written
