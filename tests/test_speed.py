"""What keeps extraction fast gives the same as what it stands for, and looks at no more than it must."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viendan.extract import duty_words, orders, repairs, structure
from viendan.extract.orders import Setting
from viendan.model import SourceDocument

CASES = tomllib.loads((Path(__file__).parent / "cases" / "responsibilities.toml").read_text(encoding="utf-8"))["case"]
SETTINGS = [Setting(duties=False, sure=False, reporting=r, stated=s) for r, s in product((False, True), repeat=2)]


def flat(text: str) -> structure.ParsedDocument:
    return structure.parse_document(SourceDocument("speed", text, ""))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["rule"]))
def test_an_article_read_in_part_orders_whom_it_orders_read_to_its_end(case: dict[str, str]) -> None:
    parsed = flat(case["sample"] + "\n" + case["near"])
    for (start, end), setting in product(parsed.paragraphs, SETTINGS):
        line = duty_words.read_line(parsed.flat, start, end)
        whole = orders.read_orders(line, 0, setting)
        assert orders.read_article(line, 0, setting) == (whole if whole.orders else None)


@given(st.text(alphabet=" a.Đ_\\-“”\n,:1", max_size=40))
def test_words_are_cut_alike_however_they_are_cut(words: str) -> None:
    line = duty_words.read_line(f"x{words}x", 1, len(words) + 1)
    assert line == duty_words._read_slowly(f"x{words}x", 1, len(words) + 1)


@settings(max_examples=200)
@given(st.text(alphabet=" aBéĐ*_<>b/#`\\&;\u0301\u200b\u00a0\n|", max_size=60))
def test_edits_are_found_wherever_a_line_needs_one(text: str) -> None:
    same, _ = repairs.same_length(text)
    edits = repairs.Edits(same)
    for start, end in repairs.split_lines(same):
        needed = edits.needed(start, end)
        found = [
            match for match in edits.pattern.finditer(same, start, end) if repairs.rewritten(match) != match.group()
        ]
        assert needed or not found
