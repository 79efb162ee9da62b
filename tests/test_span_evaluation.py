"""A corpus of marked sentences: figures as its own scorer counts them, kinds of differences, the verb and its page."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import load_scorer
from viendan import conventions, span_evaluation, spans
from viendan.cli import viendan
from viendan.errors import DataError
from viendan.extract.annotations import annotate
from viendan.extract.document import extract_document
from viendan.extract.readers import read_document
from viendan.spans import Span

LINE = re.compile(
    r"(?P<name>.+?) +gold=(?P<gold>\d+) +predicted=(?P<predicted>\d+) +overlap P=(\S+) R=(\S+) F1=(\S+)"
    r" +exact P=(\S+) R=(\S+) F1=(\S+)"
)


def span(text: str, words: str, label: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words), label)


# --- kinds of differences, each with a near miss that is of no kind ---

DECREE, LAW, ORDER = "nghị định", "luật", "quyết định"
KINDS: list[tuple[str, str, list[tuple[str, str, int]], list[tuple[str, str, int]]]] = [
    (
        "doubled",
        "Nghị định số 5/2001/NĐ-CP ngày 2/3/2001 (gọi tắt là Nghị định số 5/2001/NĐ-CP).",
        [("Nghị định số 5/2001/NĐ-CP ngày 2/3/2001", DECREE, 0), ("Nghị định số 5/2001/NĐ-CP", DECREE, 0)],
        [("Nghị định số 5/2001/NĐ-CP ngày 2/3/2001", DECREE, 0), ("Nghị định số 5/2001/NĐ-CP", DECREE, 1)],
    ),
    (
        "nested",
        'Luật sửa đổi một số điều của <L rel="none"> Luật Bờ đê ngày 2/3/2001 </L>.',
        [('Luật sửa đổi một số điều của <L rel="none"> Luật Bờ đê', LAW, 0)],
        [('Luật sửa đổi một số điều của <L rel="none"> Luật Bờ đê ngày 2/3/2001', LAW, 0), ("Luật Bờ đê", LAW, 0)],
    ),
    (
        "inner",
        "Luật sửa đổi một số điều của Luật Bờ đê.",
        [("Luật sửa đổi một số điều của Luật Bờ đê", LAW, 0)],
        [("Luật sửa đổi một số điều của Luật Bờ đê", LAW, 0), ("Luật Bờ đê", LAW, 0)],
    ),
    (
        "alias",
        "Luật Bờ đê số 3/2001/QH10 (sau đây gọi là Luật Bờ đê).",
        [("Luật Bờ đê số 3/2001/QH10", LAW, 0)],
        [("Luật Bờ đê số 3/2001/QH10", LAW, 0), ("Luật Bờ đê", LAW, 1)],
    ),
    (
        "unmarked_type",
        "Luật Bờ đê; Chỉ thị 5/CT-TTg.",
        [("Luật Bờ đê", LAW, 0)],
        [("Luật Bờ đê", LAW, 0), ("Chỉ thị 5/CT-TTg", "chỉ thị", 0)],
    ),
    (
        "unmarked_here",
        "Luật Bờ đê.\n\nTheo Luật Bờ đê.",
        [("Luật Bờ đê", LAW, 0)],
        [("Luật Bờ đê", LAW, 0), ("Luật Bờ đê", LAW, 1)],
    ),
    (
        "unmarked_number",
        "Nghị định 1/CP; Nghị định số 5/2001/NĐ-CP.",
        [("Nghị định 1/CP", DECREE, 0)],
        [("Nghị định 1/CP", DECREE, 0), ("Nghị định số 5/2001/NĐ-CP", DECREE, 0)],
    ),
    (
        "undated",
        "Luật Bờ đê sông ngày 2/3/2001.",
        [("Luật Bờ đê sông", LAW, 0)],
        [("Luật Bờ đê sông ngày 2/3/2001", LAW, 0)],
    ),
    (
        "issuer",
        "Nghị định số 5/2001/NĐ-CP của Chính phủ.",
        [("Nghị định số 5/2001/NĐ-CP", DECREE, 0)],
        [("Nghị định số 5/2001/NĐ-CP của Chính phủ", DECREE, 0)],
    ),
    ("subject", "Luật Bờ đê về đê sông.", [("Luật Bờ đê về đê sông", LAW, 0)], [("Luật Bờ đê", LAW, 0)]),
    (
        "list",
        "Nghị định số 5/2001/NĐ-CP và số 6/2001/NĐ-CP.",
        [("Nghị định số 5/2001/NĐ-CP và số 6/2001/NĐ-CP", DECREE, 0)],
        [("Nghị định số 5/2001/NĐ-CP", DECREE, 0), ("số 6/2001/NĐ-CP", DECREE, 0)],
    ),
    (
        "mistyped",
        "Bộ luật Bờ đê; Luật Bờ.",
        [("Bộ luật Bờ đê", LAW, 0), ("Luật Bờ", LAW, 0)],
        [("Bộ luật Bờ đê", "bộ luật", 0), ("Luật Bờ", LAW, 0)],
    ),
    ("blank", "Nghị định số …/2001/NĐ-CP.", [("Nghị định số …/2001/NĐ-CP", DECREE, 0)], []),
    ("described", "Nghị định về đê sông.", [("Nghị định về đê sông", DECREE, 0)], []),
    ("other", "Luật Bờ đê.", [("Luật Bờ đê", LAW, 0)], []),
    (
        "other",
        "Luật Bờ đê; Luật Chợ phiên.",
        [("Luật Bờ đê", LAW, 0)],
        [("Luật Bờ đê", LAW, 0), ("Luật Chợ phiên", LAW, 0)],
    ),
    ("other", "Nghị định số 5/2001/NĐ-CP.", [("Nghị định số 5/2001/NĐ-CP", DECREE, 0)], []),
]


@pytest.mark.parametrize(("kind", "text", "gold", "predicted"), KINDS, ids=[f"{row[0]}-{row[1][:12]}" for row in KINDS])
def test_each_kind_of_difference(
    kind: str, text: str, gold: list[tuple[str, str, int]], predicted: list[tuple[str, str, int]]
) -> None:
    marks = [span(text, *item) for item in gold]
    given = [span(text, *item) for item in predicted]
    found = conventions.differences(text, marks, given)
    assert {item.kind for item in found if item.kind != "mistyped" or item.gold} >= {kind}
    assert {item.kind for item in found} <= {kind, "unmarked_type"}


def test_every_kind_has_its_sample() -> None:
    assert {row[0] for row in KINDS} == {*conventions.KINDS, conventions.OTHER}


# --- the figures ---


def test_an_issuer_is_cut_off_behind_a_date_or_number_only() -> None:
    text = "Thông tư 5 của Bộ Y tế; Nghị định số 5/2001/NĐ-CP của Chính phủ"
    first, second = span(text, "Thông tư 5 của Bộ Y tế", "thông tư"), span(text, text[24:], DECREE)
    assert spans.without_issuer(first, text).end == len("Thông tư 5")
    assert spans.without_issuer(second, text) == second


def test_counts_of_agreement() -> None:
    gold = [Span(0, 10, LAW), Span(20, 30, LAW), Span(40, 50, DECREE)]
    predicted = [Span(0, 10, LAW), Span(20, 26, LAW), Span(26, 30, LAW), Span(40, 50, LAW)]
    assert spans.score(gold, predicted) == spans.Score(3, 4, 2, 1)
    assert spans.score(gold, predicted, DECREE) == spans.Score(1, 0, 0, 0)


def as_scored(report: Any) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for figure in report.figures:
        name = figure.name.removeprefix("spans.").rpartition(".")[0] or "all"
        found.setdefault(name, []).extend([figure.precision, figure.recall, figure.score])
    return found


def scorer_says(shared: Path, arguments: list[str], capsys: Any, monkeypatch: Any) -> dict[str, list[float]]:
    monkeypatch.setattr("sys.argv", ["score_spans.py", *arguments])
    load_scorer(shared, "score_spans").main()
    lines = [LINE.match(line) for line in capsys.readouterr().out.splitlines()]
    return {
        match["name"].strip(): [float(value) for value in match.groups()[3:]]
        for match in lines
        if match and int(match["gold"])
    }


def spoiled(annotation: dict[str, Any], marks: list[dict[str, Any]]) -> dict[str, Any]:
    """Predictions with every kind of error: shifted, lengthened, dropped, doubled, of another type."""
    dice = random.Random(5)
    found = []
    for item in marks:
        roll = dice.random()
        if roll < 0.1:
            continue
        moved = dict(item, start=item["start"] + (3 if roll < 0.3 else 0), end=item["end"] - (1 if roll < 0.2 else 0))
        found.append(dict(moved, type="Luật" if roll > 0.95 else item["type"]))
        if roll > 0.9:
            found.append(dict(item, end=item["end"] - 2))
    dice.shuffle(found)
    return {**annotation, "citations": found}


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the scorer closes no file
@pytest.mark.parametrize("which", ["extracted", "spoiled"])
def test_figures_are_those_of_the_corpus_scorer(
    shared: Path, tmp_path: Path, which: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shared / "gold" / "vnlegaltext"
    marks = json.loads((folder / "val.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = json.loads(json.dumps(annotate(extract_document(read_document(folder / "val.txt")), {})))
    if which == "spoiled":
        found = spoiled(found, marks)
    (tmp_path / "found.json").write_text(json.dumps(found), encoding="utf-8")
    arguments = [str(folder / "val.json"), str(tmp_path / "found.json"), str(folder / "val.txt")]
    expected = scorer_says(shared, arguments, capsys, monkeypatch)
    report = span_evaluation.evaluate(span_evaluation.read_corpus(folder), {"val": found})
    assert as_scored(report) == expected
    if which == "extracted":
        whole = report.conventions[-1]
        assert whole.overlap >= 0.97
        assert whole.exact >= 0.94


# --- files, verb, page ---


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "Căn cứ Nghị định số 5/2001/NĐ-CP của Chính phủ.\n\nTheo Luật Bờ đê <b>."
    marked = [span(text, "Nghị định số 5/2001/NĐ-CP", "Nghị định"), span(text, "Luật Bờ đê", "Luật")]
    marks = [{"start": item.start, "end": item.end, "type": item.type} for item in marked]
    (tmp_path / "cau.txt").write_text(text, encoding="utf-8")
    (tmp_path / "cau.json").write_text(json.dumps(marks), encoding="utf-8")
    return tmp_path


def test_the_verb_prints_figures_kinds_and_places(folder: Path) -> None:
    page = folder / "page.html"
    done = CliRunner().invoke(viendan, ["evaluate", str(folder), "--html", str(page)])
    assert done.exit_code == 0, done.output
    assert "spans.overlap" in done.output
    assert "spans.cut.issuer" in done.output
    written = page.read_text(encoding="utf-8")
    assert 'id="conventions"' in written
    assert "<b>" not in written


def test_a_run_is_compared_with_an_earlier_one(folder: Path) -> None:
    saved = folder / "saved" / "before.json"
    saved.parent.mkdir()
    first = CliRunner().invoke(viendan, ["evaluate", str(folder), "--save", str(saved)])
    assert first.exit_code == 0, first.output
    before = json.loads(saved.read_text(encoding="utf-8"))
    before["cau"]["citations"] = []
    saved.write_text(json.dumps(before), encoding="utf-8")
    done = CliRunner().invoke(viendan, ["evaluate", str(folder), "--against", str(saved)])
    assert "Được thêm: 2" in done.output


@pytest.mark.parametrize(
    "marks", ["{", "[{}]", '[{"start": 0, "end": 999, "type": "Luật"}]', '[{"start": 5, "end": 5, "type": "x"}]']
)
def test_broken_marks_are_said(folder: Path, marks: str) -> None:
    (folder / "cau.json").write_text(marks, encoding="utf-8")
    with pytest.raises(DataError, match=r"cau\.json"):
        span_evaluation.read_corpus(folder)
