"""Anchors and families of words: every kind that the grammar asks for has words, every family has types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import viendan.extract
from viendan.extract import lexicon, patterns
from viendan.extract.anchors import find_anchors, serial_start

MODULES = Path(viendan.extract.__file__).parent


def test_every_kind_of_words_that_the_grammar_asks_for_exists_and_is_used() -> None:
    stated = {word.get("wordKind") for word in lexicon.scheme("citation-words")}
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES.glob("*.py"))
    for kind in sorted(kind for kind in stated if kind):
        family = kind.removeprefix("types-")
        used = f'"{kind}"' in code or f"'{kind}'" in code or f'"{family}"' in code or kind.startswith("pinpoint-")
        assert used, kind
    asked = set(re.findall(r"(?:one_of|cue_words)\(f?[\"']([a-z-]+)[\"']\)", code)) - {"types-"}
    mine = {kind for kind in asked if kind in stated or kind.startswith(("title-", "law-name", "types-"))}
    assert mine <= stated


@pytest.mark.parametrize(
    "family",
    ["law", "treaty", "programme", "of-body", "dated", "short", "adoptable", "congress", "meeting", "dispatch", "none"],
)
def test_families_of_types_are_types(family: str) -> None:
    assert patterns.types_of(family) <= set(patterns.type_keys())
    assert patterns.types_of(family)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Chỉ thị", "Chỉ thị"),
        ("CHỈ THỊ", "Chỉ thị"),
        ("Thông tư Liên tịch", "Thông tư liên tịch"),
        ("Bộ Luật", "Bộ luật"),
        ("căn cứLuật", "Luật"),
    ],
)
def test_type_words_are_anchors(text: str, label: str) -> None:
    assert [anchor.label for anchor in find_anchors(f"x {text} y")] == [label]


@pytest.mark.parametrize("text", ["chỉ thị", "Chỉ thịt", "pháp luật", "kỷ luật Đảng", "Sở Kế hoạch", "luật sư"])
def test_near_misses_are_none(text: str) -> None:
    assert find_anchors(f"x {text} y") == []


def test_a_serial_begins_at_its_first_digit_and_not_inside_another_number() -> None:
    assert serial_start("số 1526/QĐ", 6) == 3
    assert serial_start("số131/KH", 4) == 2
    assert serial_start("ngày 12/5/2020-TT", 13) is None
