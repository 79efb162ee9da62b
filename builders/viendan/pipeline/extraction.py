"""From documents to Turtle and annotations: batches that go through whatever is in them."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from viendan import assets, identifiers, text, turtle
from viendan.errors import InputError, ViendanError
from viendan.extract.annotations import Annotation, annotate
from viendan.extract.describe import describe
from viendan.extract.document import extract_document
from viendan.extract.readers import find_documents, read_document
from viendan.link import linking
from viendan.model import Extraction, SourceDocument
from viendan.pipeline import files

_BATCH: Final = 8
_FIELDS: Final = ("number", "type", "issued", "issuer", "title")
_SEQUENTIAL_BELOW: Final = 12  # starting workers costs more than a dozen documents

Progress = Callable[[int, int], None]
"""Called with the number done and the number in all."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of one document: what was found, and what was not understood.

    ``missing`` are the fields of the header that it leaves out.
    """

    citations: int
    numbered: int
    relations: int
    movements: int
    responsibilities: int
    unresolved: int
    unexplained: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: an extraction, or the error that a person can mend.

    ``kept`` are the figures of one that stands as it was extracted before.
    """

    path: Path
    name: str
    extraction: Extraction | None
    error: ViendanError | None
    kept: Counts | None = None

    @property
    def counts(self) -> Counts | None:
        """The figures of the document; None for one that failed."""
        return self.kept or (count(self.extraction) if self.extraction else None)


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a batch: what was found, and what was not understood."""

    documents: int
    failed: int
    citations: int
    numbered: int
    named: int
    relations: int
    movements: int
    responsibilities: int
    unresolved: int
    unexplained: int
    missing: Mapping[str, int]
    """Documents without a number, type, date, issuer or title, by field."""


def gather(paths: Iterable[Path]) -> tuple[tuple[Path, str], ...]:
    """The documents of files and folders, each once, with a name of its own: the stem, longer where two would clash.

    Raises InputError for what is missing or empty of text files.
    """
    files = list(dict.fromkeys(file for path in paths for file in find_documents(path)))
    stems = Counter(text.nfc(file.stem).casefold() for file in files)
    named: dict[str, Path] = {}
    for file in files:
        name = file.stem
        if stems[text.nfc(name).casefold()] > 1:
            name = f"{file.parent.name}--{file.stem}"
            while name in named:
                name += "-x"
        named[name] = file
    return tuple((file, name) for name, file in named.items())


def extract_all(
    documents: Sequence[tuple[Path, str]], jobs: int = 1, progress: Progress | None = None
) -> list[Outcome]:
    """Extract documents in order; one that fails never stops the others.

    ``jobs`` worker processes share the work; a worker that dies costs only the document that killed it.
    """
    outcomes: list[Outcome] = []
    for outcome in _outcomes(documents, jobs):
        outcomes.append(outcome)
        if progress:
            progress(len(outcomes), len(documents))
    return outcomes


def _outcomes(documents: Sequence[tuple[Path, str]], jobs: int) -> Iterator[Outcome]:
    if jobs < 2 or len(documents) < _SEQUENTIAL_BELOW:
        yield from map(_extract_one, documents)
        return
    done = 0
    try:
        with ProcessPoolExecutor(jobs) as pool:
            for outcome in pool.map(_extract_one, documents, chunksize=_BATCH):
                yield outcome
                done += 1
    except BrokenProcessPool:
        for document in documents[done:]:
            yield _extract_alone(document)


def _extract_alone(document: tuple[Path, str]) -> Outcome:
    try:
        with ProcessPoolExecutor(1) as pool:
            return pool.submit(_extract_one, document).result()
    except BrokenProcessPool:
        path, name = document
        return Outcome(path, name, None, InputError("document_killed", file=str(path)))


def _extract_one(document: tuple[Path, str]) -> Outcome:
    path, name = document
    try:
        source = read_document(path)
        if source.name != name:
            source = SourceDocument(name, source.text, source.sha256)
        return Outcome(path, name, extract_document(source), None)
    except ViendanError as error:
        return Outcome(path, name, None, error)
    except Exception as error:  # a fault of ours in one document must not lose another's result
        detail = f"{type(error).__name__}: {error}"
        return Outcome(path, name, None, InputError("document_failed", file=str(path), detail=detail))


def read_texts(folder: Path | None) -> dict[str, str] | None:
    """The texts of the documents in a folder by the key of their IRI, for the words around mentions.

    A document that cannot be read has none: whoever extracts it has been told.
    """
    if folder is None:
        return None
    texts = {}
    for path, name in gather([folder]):
        with contextlib.suppress(InputError):
            texts[identifiers.source_iri(name).rsplit("/", 1)[1]] = read_document(path).text
    return texts


def count(extraction: Extraction) -> Counts:
    """The figures of one document."""
    citations = extraction.citations
    return Counts(
        citations=len(citations),
        numbered=sum(citation.kind == "numbered" for citation in citations),
        relations=len(extraction.relations),
        movements=len(extraction.invocations),
        responsibilities=len(extraction.responsibilities),
        unresolved=sum(citation.issuer is None or citation.type is None for citation in citations),
        unexplained=len(extraction.unexplained),
        missing=tuple(field for field in _FIELDS if not getattr(extraction.header, field)),
    )


def summarise(outcomes: Iterable[Outcome]) -> Summary:
    """The figures of a batch."""
    done = [outcome.counts for outcome in outcomes]
    found = [counts for counts in done if counts]
    return Summary(
        documents=len(done),
        failed=len(done) - len(found),
        citations=sum(counts.citations for counts in found),
        numbered=sum(counts.numbered for counts in found),
        named=sum(counts.citations - counts.numbered for counts in found),
        relations=sum(counts.relations for counts in found),
        movements=sum(counts.movements for counts in found),
        responsibilities=sum(counts.responsibilities for counts in found),
        unresolved=sum(counts.unresolved for counts in found),
        unexplained=sum(counts.unexplained for counts in found),
        missing={field: sum(field in counts.missing for counts in found) for field in _FIELDS},
    )


def turtle_of(extraction: Extraction, *, with_text: bool = False) -> str:
    """The canonical Turtle of one document."""
    return turtle.write(describe(extraction, with_text=with_text))


def write_turtle(outcomes: Iterable[Outcome], folder: Path, *, with_text: bool = False) -> list[Path]:
    """Write ``folder/NAME.ttl`` for each extraction; what failed leaves the file that stood there before."""
    written = []
    for outcome in outcomes:
        if outcome.extraction:
            path = folder / f"{files.data_name(outcome.name)}.ttl"
            turtle.write_file(path, turtle_of(outcome.extraction, with_text=with_text))
            written.append(path)
    return written


def annotate_all(outcomes: Iterable[Outcome]) -> dict[str, Annotation]:
    """The annotation of each document by name, with entities resolved over all of them."""
    found = [outcome.extraction for outcome in outcomes if outcome.extraction]
    graphs = {identifiers.source_graph(item.source.name): describe(item) for item in found}
    resolution = linking.resolve(graphs, files.register_files(assets.data_dir()))
    return {
        item.source.name: annotate(item, resolution.of(identifiers.source_graph(item.source.name))) for item in found
    }


def annotation_json(annotation: Annotation) -> str:
    """The JSON text of an annotation."""
    return json.dumps(annotation, ensure_ascii=False, indent=1) + "\n"


def annotations_json(annotated: Mapping[str, Annotation]) -> str:
    """The JSON text of several annotations, as one object by name."""
    return json.dumps(annotated, ensure_ascii=False, indent=1) + "\n"


def write_annotations(annotated: Mapping[str, Annotation], folder: Path) -> list[Path]:
    """Write ``folder/NAME.json`` for each annotation."""
    written = []
    for name, annotation in annotated.items():
        path = folder / f"{name}.json"
        turtle.write_file(path, annotation_json(annotation))
        written.append(path)
    return written
