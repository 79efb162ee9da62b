"""Labels of numbered parts; where the body begins and ends; annexes."""

from __future__ import annotations

import hashlib
import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viendan.extract import extents, readers, sections, structure
from viendan.model import SourceDocument

CASES = tomllib.loads((Path(__file__).parent / "cases" / "sections.toml").read_text(encoding="utf-8"))["case"]


def parse(text: str) -> structure.ParsedDocument:
    return structure.parse_document(SourceDocument("x", text, hashlib.sha256(text.encode()).hexdigest()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_labels(case: dict[str, Any]) -> None:
    parsed = parse(case["text"])
    found = {words: sections.section_at(parsed, parsed.flat.index(words)) for words, _ in case["parts"]}
    assert found == dict(case["parts"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_body_stands_between_head_and_foot(case: dict[str, Any]) -> None:
    parsed = parse(case["text"])
    start, end = extents.body_range(parsed)
    first = next(words for words, label in case["parts"] if label or words != case["parts"][0][0])
    assert 0 < start <= parsed.flat.index(first)
    foot = parsed.flat.find("Nơi nhận")
    assert end <= (foot if foot >= 0 else len(parsed.flat))
    shown = [parsed.flat[begin : begin + 40] for begin, _ in extents.annexes(parsed)]
    assert all(words.startswith(case.get("annex", "?")) for words in shown)
    assert bool(shown) == ("annex" in case)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "I. A",
                "II. B",
                "1. C",
                "2. D",
                "1.1. E",
                "a) F",
                "b) G",
                "Điều 1. H",
                "K",
                "- L",
                "Nơi nhận:",
                "PHỤ LỤC I",
            ]
        )
    )
)
def test_sections_cover_the_text_in_order(lines: list[str]) -> None:
    parsed = parse("\n".join(["CHỈ THỊ", "Về cây", "", *lines]))
    found = sections.sections(parsed)
    assert found[0].start == 0
    assert found[-1].end == len(parsed.flat)
    for one, other in pairwise(found):
        assert one.end == other.start
    for section in found:
        assert sections.section_at(parsed, section.start) == section.label


def test_hostile_text_is_read_to_its_end() -> None:
    for piece in ("1. a\n", "a) b\n", "I. C\n", "“Điều 1. D\n", "Điều 1. E\n", "PHỤ LỤC I\n", "(Kèm theo a)\n"):
        sections.sections(parse("CHỈ THỊ\nVề cây\n\n" + piece * 5000))


@pytest.mark.shared
def test_sections_of_the_annotated_documents(shared: Path) -> None:
    wrong: list[str] = []
    total = 0
    for folder in ("directives", "annotated"):
        for gold in sorted((shared / "gold" / folder).glob("*.json")):
            wanted = json.loads(gold.read_text(encoding="utf-8"))
            parsed = structure.parse_document(readers.read_document(shared / "corpus" / folder / f"{gold.stem}.txt"))
            for item in wanted["responsibilities"]:
                total += 1
                found = sections.section_at(parsed, extents.flat_offset(parsed, item["start"]))
                if found != item["section"]:
                    wrong.append(f"{gold.stem} {item['start']}: {found} for {item['section']}")
    assert len(wrong) <= total * 0.01, wrong
