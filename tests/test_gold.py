"""The figures promised to readers, on annotations made by careful reading; skipped where they are not at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import load_scorer
from viendan.pipeline import evaluating, extraction

pytestmark = pytest.mark.shared


def figures(shared: Path, out: Path, gold: str) -> dict[str, dict[str, float]]:
    outcomes = extraction.extract_all(extraction.gather([shared / "corpus" / gold]))
    extraction.write_annotations(extraction.annotate_all(outcomes), out)
    result: dict[str, dict[str, float]] = load_scorer(shared).score(shared / "gold" / gold, out)[0]
    return result


def test_directives_reach_the_promised_figures(shared: Path, tmp_path: Path) -> None:
    found = figures(shared, tmp_path, "directives")
    assert found["citations.numbered.complete"]["f1"] >= 0.95
    fields = [value["accuracy"] for key, value in found.items() if key.startswith("field.document.")]
    assert sum(fields) / len(fields) >= 0.95
    assert found["identity.instruments"]["f1"] >= 0.98


def test_one_thing_is_one_over_all_thirteen_documents(shared: Path) -> None:
    report = evaluating.evaluate([shared / "gold" / "directives", shared / "gold" / "annotated"]).report
    assert len(report.documents) == 13
    found = {figure.name: figure for figure in report.figures}
    for kind in ("instruments", "movements"):
        figure = found[f"identity.{kind}"]
        assert figure.score >= 0.99
        assert figure.precision == 1.0


def test_offsets_point_at_their_quotes(shared: Path, tmp_path: Path) -> None:
    figures(shared, tmp_path, "directives")
    for file in sorted((shared / "corpus" / "directives").glob("*.txt")):
        source = file.read_bytes().decode("utf-8")
        annotation = json.loads((tmp_path / f"{file.stem}.json").read_text(encoding="utf-8"))
        for kind in ("citations", "movements", "responsibilities"):
            for item in annotation[kind]:
                assert source[item["start"] : item["end"]] == item["quote"]


def test_all_documents_at_hand_go_through(shared: Path) -> None:
    outcomes = extraction.extract_all(extraction.gather([shared / "corpus" / "more"]), jobs=2)
    assert len(outcomes) == 130
    assert [outcome.error for outcome in outcomes if outcome.error] == []
