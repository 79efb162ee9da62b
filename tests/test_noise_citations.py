"""Noise costs numbered citations little: seeded noise of every kind on the annotated documents."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import load_scorer
from tests.noise import add_noise
from viendan.extract.annotations import annotate
from viendan.extract.document import extract_document
from viendan.extract.readers import decode_document

pytestmark = pytest.mark.shared

FIELDS = ("type", "number", "date", "issuer")
RATE, SEEDS, COST = 0.01, range(1, 4), 0.02


def counts(score: ModuleType, shared: Path, file: Path, seed: int) -> tuple[int, int, int, int]:
    """Pairs, pairs with all fields right, annotated, found: in one document under noise."""
    gold = json.loads(file.read_text(encoding="utf-8"))
    clean = (shared / "corpus" / file.parent.name / f"{file.stem}.txt").read_bytes().decode("utf-8")
    noisy = add_noise(clean, seed, rate=RATE)
    found = annotate(extract_document(decode_document("noisy", noisy.text.encode("utf-8"), "noisy")), {})["citations"]
    wanted = [
        {**item, "start": noisy.span(item["start"], item["end"])[0], "end": noisy.span(item["start"], item["end"])[1]}
        for item in gold["citations"]
        if item["kind"] == "numbered"
    ]
    given = [item for item in found if item["kind"] == "numbered"]
    pairs, _, spurious = score.pair(wanted, given, [noisy.span(*span) for span in gold.get("ignore", [])])
    whole = sum(all(score.same(name, one.get(name), other.get(name)) for name in FIELDS) for one, other in pairs)
    return len(pairs), whole, len(wanted), len(pairs) + len(spurious)


def test_noise_costs_numbered_citations_at_most_two_points(shared: Path) -> None:
    score = load_scorer(shared)
    files = [
        file for folder in ("directives", "annotated") for file in sorted((shared / "gold" / folder).glob("*.json"))
    ]
    totals = [counts(score, shared, file, seed) for seed in SEEDS for file in files]
    pairs, whole, wanted, found = (sum(column) for column in zip(*totals, strict=True))
    print(
        f"under noise: detection F1 {2 * pairs / (wanted + found):.4f}, complete F1 {2 * whole / (wanted + found):.4f}"
    )
    assert 2 * pairs / (wanted + found) >= 1 - COST
    assert 2 * whole / (wanted + found) >= 1 - COST
