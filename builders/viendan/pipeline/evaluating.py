"""Extraction measured against annotations made by careful reading, and against a corpus of marked sentences."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from viendan import evaluation, span_evaluation, turtle
from viendan.errors import InputError
from viendan.evaluation import Changes, Document, Report
from viendan.messages import Language
from viendan.pipeline import extraction
from viendan.publish import pages

_Measure = Callable[[Mapping[str, Document], Mapping[str, str]], Report]
"""Gives the report on predictions by document name; the texts are for the words around a disagreement."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A measured run, and what changed against an earlier one where that was asked for."""

    report: Report
    changes: Changes | None


def evaluate(
    gold: Sequence[Path], sources: Path | None = None, against: Path | None = None, save: Path | None = None
) -> Evaluated:
    """Extract the sources of the annotated documents and measure; ``save`` and ``against`` are stored predictions.

    ``gold`` are folders of annotations, measured together: who is who is asked across all of them. Or one folder of
    marked texts (lists of spans beside their texts). ``sources`` defaults to ``GOLD/../../corpus/NAME``, where the
    annotations lie beside their corpus; marked texts are their own sources. Raises InputError for annotations or
    sources that are missing.
    """
    if len(gold) == 1 and span_evaluation.is_corpus(gold[0]):
        corpus = span_evaluation.read_corpus(gold[0])
        documents = [(gold[0] / f"{marked.name}.txt", marked.name) for marked in corpus]
        return _evaluate(documents, lambda found, _: span_evaluation.evaluate(corpus, found), against, save)
    wanted = {name: own for folder in gold for name, own in evaluation.read_annotations(folder).items()}
    folders = [sources] if sources else [own.parent.parent / "corpus" / own.name for own in map(Path.resolve, gold)]
    documents = [(path, name) for path, name in extraction.gather(folders) if name in wanted]
    if not documents:
        raise InputError("sources_missing", folder=str(folders[0]))
    return _evaluate(documents, lambda found, texts: evaluation.evaluate(wanted, found, texts), against, save)


def _evaluate(
    documents: list[tuple[Path, str]], measure: _Measure, against: Path | None, save: Path | None
) -> Evaluated:
    outcomes = extraction.extract_all(documents, jobs=os.cpu_count() or 1)
    texts = {item.name: item.extraction.source.text for item in outcomes if item.extraction}
    annotated = extraction.annotate_all(outcomes)
    report = measure(cast("dict[str, Document]", annotated), texts)
    changes = None
    if against:
        changes = evaluation.compare(measure(evaluation.read_predictions(against), texts), report)
    if save:
        turtle.write_file(save, extraction.annotations_json(annotated))
    return Evaluated(report, changes)


def write_page(evaluated: Evaluated, path: Path, language: Language) -> None:
    """The evaluation as one page to read."""
    template = pages.make_environment(language).get_template("evaluation.html.j2")
    page = template.render(report=evaluated.report, changes=evaluated.changes, language=language)
    turtle.write_file(path, page)
