"""Extraction measured against annotations made by careful reading."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from viendan import evaluation, turtle
from viendan.errors import InputError
from viendan.evaluation import Changes, Document, Report
from viendan.messages import Language
from viendan.pipeline import extraction
from viendan.publish import pages


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A measured run, and what changed against an earlier one where that was asked for."""

    report: Report
    changes: Changes | None


def evaluate(gold: Path, sources: Path | None, against: Path | None = None, save: Path | None = None) -> Evaluated:
    """Extract the sources of the annotated documents and measure; ``save`` and ``against`` are stored predictions.

    ``sources`` defaults to ``GOLD/../../corpus/NAME``, where the annotations lie beside their corpus. Raises InputError
    for annotations or sources that are missing.
    """
    wanted = evaluation.read_annotations(gold)
    folder = sources or gold.resolve().parent.parent / "corpus" / gold.resolve().name
    documents = [(path, name) for path, name in extraction.gather([folder]) if name in wanted]
    if not documents:
        raise InputError("sources_missing", folder=str(folder))
    outcomes = extraction.extract_all(documents, jobs=os.cpu_count() or 1)
    texts = {item.name: item.extraction.source.text for item in outcomes if item.extraction}
    annotated = extraction.annotate_all(outcomes)
    report = evaluation.evaluate(wanted, cast("dict[str, Document]", annotated), texts)
    changes = None
    if against:
        before = evaluation.evaluate(wanted, evaluation.read_predictions(against), texts)
        changes = evaluation.compare(before, report)
    if save:
        turtle.write_file(save, extraction.annotations_json(annotated))
    return Evaluated(report, changes)


def write_page(evaluated: Evaluated, path: Path, language: Language) -> None:
    """The evaluation as one page to read."""
    template = pages.make_environment(language).get_template("evaluation.html.j2")
    page = template.render(report=evaluated.report, changes=evaluated.changes, language=language)
    turtle.write_file(path, page)
