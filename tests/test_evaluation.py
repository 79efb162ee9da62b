"""The evaluation: agreement of values and spans, figures against the gold scorer, changes, the page."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest

from tests.conftest import load_scorer
from viendan import agreement, assets, evaluation, evaluation_tables, messages
from viendan.errors import DataError, InputError
from viendan.extract.annotations import annotate
from viendan.extract.document import extract_document
from viendan.extract.readers import read_document

GOLD: dict[str, Any] = {
    "document": {"number": "02/CT-UBND", "type": "Chỉ thị", "issuer": "Ủy ban nhân dân huyện Sông Hạ"},
    "ignore": [[0, 10]],
    "citations": [
        {
            "start": 20,
            "end": 40,
            "quote": "Chỉ thị số 34-CT/TW",
            "kind": "numbered",
            "type": "Chỉ thị",
            "number": "34-CT/TW",
            "date": None,
            "issuer": "Bộ Chính trị",
            "province": None,
            "title": "Trồng cây",
            "role": "implements",
            "entity": "a",
        },
        {
            "start": 60,
            "end": 80,
            "quote": "Luật Bờ đê",
            "kind": "named",
            "type": "Luật",
            "number": None,
            "date": None,
            "issuer": "Quốc hội",
            "province": None,
            "title": "Bờ đê",
            "role": "basis",
            "entity": "b",
        },
    ],
    "instrument_relations": [{"subject": "a", "predicate": "guides", "object": "b"}],
    "movements": [
        {
            "start": 90,
            "end": 99,
            "quote": "Trồng cây",
            "kind": "movement",
            "scope": "national",
            "act": "invokes",
            "entity": "m",
        }
    ],
    "responsibilities": [
        {"start": 110, "end": 120, "quote": "Sở Cây xanh", "agency": "Sở Cây xanh", "roles": ["lead", "report"]}
    ],
}


def predicted() -> dict[str, Any]:
    """The gold annotation as an extraction would give it, all right."""
    found = copy.deepcopy(GOLD)
    del found["ignore"]
    for name in ("citations", "movements", "responsibilities", "instrument_relations"):
        for item in found[name]:
            item["confidence"] = 0.9
    return found


def report(found: dict[str, Any]) -> evaluation.Report:
    return evaluation.evaluate({"x": GOLD}, {"x": found}, {"x": "chữ " * 40})


def score_of(found: dict[str, Any], name: str) -> float:
    return next(figure.score for figure in report(found).figures if figure.name == name)


@pytest.mark.parametrize(
    ("field", "gold", "other", "agree"),
    [
        ("issuer", "Uỷ ban nhân dân tỉnh", "Ủy ban  nhân dân tỉnh", True),
        ("issuer", "Tỉnh ủy Lào Cai", "Tỉnh ủy Yên Bái", False),
        ("number", "19/CT-TTg", "19/ CT–TTG", True),
        ("number", "19/CT-TTg", "19-CT-TTg", False),
        (
            "title",
            "phát động phong trào thi đua trồng cây của tỉnh",
            "phát động phong trào thi đua trồng cây tỉnh",
            True,
        ),
        ("agency", "Sở Cây xanh", "Sở Bờ đê", False),
        ("date", None, "", True),
        ("date", None, "2023-01-01", False),
    ],
)
def test_values_agree_as_the_scorer_says(field: str, gold: object, other: object, agree: bool) -> None:
    assert agreement.same(field, gold, other) is agree


def test_spans_pair_best_first_and_ignored_ranges_do_not_count() -> None:
    gold = [{"start": 10, "end": 20}, {"start": 30, "end": 40}]
    given = [{"start": 11, "end": 20}, {"start": 10, "end": 20}, {"start": 0, "end": 5}, {"start": 34, "end": 48}]
    pairs, missed, spurious = agreement.pair(gold, given, [[0, 6]])
    assert pairs == [(gold[0], given[1])]
    assert missed == [gold[1]]
    assert spurious == [given[0], given[3]]


def test_all_right_is_one_everywhere() -> None:
    found = report(predicted())
    assert {figure.score for figure in found.figures} == {1.0}
    assert found.disagreements == ()


def test_an_error_is_shown_in_context() -> None:
    wrong = predicted()
    wrong["citations"][0]["role"] = "context"
    (item,) = report(wrong).disagreements
    assert (item.field, item.gold, item.predicted, item.start) == (
        "citations.numbered.role",
        "implements",
        "context",
        20,
    )
    assert item.words == ("chữ " * 40)[20:40]
    assert score_of(wrong, "field.citations.numbered.role") == 0.0
    assert score_of(wrong, "citations.numbered.complete") == 1.0


def test_missed_and_spurious_items_are_listed() -> None:
    wrong = predicted()
    wrong["movements"] = []
    wrong["responsibilities"].append(
        {"start": 130, "end": 140, "quote": "Sở X", "agency": "Sở X", "roles": [], "confidence": 0.4}
    )
    fields = [item.field for item in report(wrong).disagreements]
    assert fields == ["movements.missed", "responsibilities.spurious"]


def test_confidences_are_checked_against_what_was_right() -> None:
    wrong = predicted()
    wrong["citations"][0].update(role="context", confidence=0.96)
    buckets = {(item.kind, item.low): item for item in report(wrong).reliability}
    assert buckets["citations", 0.95].measured == 0.0
    assert buckets["citations", 0.9].measured == 1.0
    assert buckets["citations", 0.9].claimed == 0.9


def test_changes_say_what_was_gained_and_lost() -> None:
    before, after = predicted(), predicted()
    before["citations"][0]["role"] = "context"
    after["movements"] = []
    changes = evaluation.compare(report(before), report(after))
    assert [item.field for item in changes.gained] == ["citations.numbered.role"]
    assert [item.field for item in changes.lost] == ["movements.missed"]
    assert ("field.citations.numbered.role", 0.0, 1.0) in changes.moved
    assert evaluation.compare(report(before), report(before)) == evaluation.Changes((), (), ())


def test_a_document_that_is_missing_counts_as_empty() -> None:
    found = evaluation.evaluate({"x": GOLD}, {})
    assert next(figure.recall for figure in found.figures if figure.name == "citations.numbered.detection") == 0.0


def test_rows_for_a_table() -> None:
    wrong = predicted()
    wrong["movements"] = []
    found = report(wrong)
    assert ("movements.detection", "0.0000", "1.0000", "0.0000", "1", "0") in evaluation_tables.figure_rows(found)
    assert evaluation_tables.disagreement_rows(found)[0][:4] == ("x:90", "movements.missed", "Trồng cây", "")
    assert ("citations", "0.90-0.95", "2", "0.900", "1.000") in evaluation_tables.reliability_rows(found)


def test_reading_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="annotations_missing"):
        evaluation.read_annotations(tmp_path)
    with pytest.raises(InputError, match="file_missing"):
        evaluation.read_predictions(tmp_path / "none.json")
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="annotation_broken"):
        evaluation.read_annotations(tmp_path)
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(DataError, match="annotation_broken"):
        evaluation.read_predictions(tmp_path / "x.json")
    (tmp_path / "x.json").write_text(json.dumps(GOLD), encoding="utf-8")
    assert set(evaluation.read_annotations(tmp_path)) == {"x"}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_page_shows_figures_and_errors_and_escapes(language: messages.Language) -> None:
    wrong = predicted()
    wrong["citations"][0]["title"] = "<b>khác hẳn</b>"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(assets.site_dir() / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals["m"] = lambda key, **values: messages.say(key, language, **values)
    found = report(wrong)
    page = environment.get_template("evaluation.html.j2").render(
        language=language, report=found, changes=evaluation.compare(report(predicted()), found)
    )
    assert "&lt;b&gt;khác hẳn" in page
    assert "citations.numbered.title" in page
    assert "<b>" not in page
    assert "http" not in page


# --- the same numbers as the scorer that comes with the gold annotations ---


def extracted(shared: Path, folder: str, name: str) -> dict[str, Any]:
    extraction = extract_document(read_document(shared / "corpus" / folder / f"{name}.txt"))
    return json.loads(json.dumps(annotate(extraction, {})))  # type: ignore[no-any-return]


def spoiled(shared: Path, folder: str, name: str) -> dict[str, Any]:
    """The gold annotation with every kind of error in it."""
    found = json.loads((shared / "gold" / folder / f"{name}.json").read_text(encoding="utf-8"))
    for number, item in enumerate(found["citations"]):
        item["start"] += number % 3
        item["role"] = "context" if number % 4 == 0 else item["role"]
        item["kind"] = "named" if number % 5 == 0 else item["kind"]
        item["entity"] = "one" if number % 6 == 0 else item["entity"]
    found["movements"] = found["movements"][::2]
    for item in found["responsibilities"]:
        item["roles"] = [*item["roles"][1:], "guide"]
    found["responsibilities"].append({"start": 1, "end": 4, "quote": "xyz", "agency": "X", "roles": []})
    found["instrument_relations"] = found["instrument_relations"][1:]
    found["document"]["title"] = "Khác"
    return found  # type: ignore[no-any-return]


@pytest.mark.shared
@pytest.mark.parametrize("make", [extracted, spoiled], ids=["extracted", "spoiled"])
@pytest.mark.parametrize("folder", ["directives", "annotated"])
def test_figures_are_those_of_the_scorer(
    shared: Path, tmp_path: Path, folder: str, make: Callable[[Path, str, str], dict[str, Any]]
) -> None:
    gold = evaluation.read_annotations(shared / "gold" / folder)
    found = {name: make(shared, folder, name) for name in gold}
    for name, annotation in found.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(annotation), encoding="utf-8")
    expected, errors = load_scorer(shared).score(shared / "gold" / folder, tmp_path)
    measured = evaluation.evaluate(gold, found)
    assert {figure.name: figure.as_scored() for figure in measured.figures} == expected
    roles = sum(item.field == "responsibilities.roles" for item in measured.disagreements)
    assert len(measured.disagreements) - roles == len(errors)
