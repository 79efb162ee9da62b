"""The noise generator's own laws, and what its noise costs the movements."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.noise import KINDS, add_noise
from viendan.extract import movements
from viendan.extract.structure import parse_document
from viendan.model import Header, SourceDocument

CLEAN = (
    "Ủy ban nhân dân tỉnh Trường Giang yêu cầu các sở, ngành thực hiện Chỉ thị số 19/CT-TTg ngày 16/7/2021, phong trào "
    "thi đua “Cả nước chung sức xây dựng nông thôn mới” và phong trào “Toàn dân bảo vệ an ninh Tổ quốc” năm 2024.\n"
) * 20


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_changes_the_text_and_keeps_the_way_back(kind: str) -> None:
    noisy = add_noise(CLEAN, 7, kinds=[kind], rate=0.2)
    assert noisy.text != CLEAN
    assert len(noisy.begins) == len(noisy.ends) == len(CLEAN)
    assert all(begin <= end for begin, end in zip(noisy.begins, noisy.ends, strict=True))
    same = sum(noisy.text[noisy.begins[index] : noisy.ends[index]] == char for index, char in enumerate(CLEAN))
    assert same > len(CLEAN) * 0.5


def test_the_same_seed_gives_the_same_noise() -> None:
    assert add_noise(CLEAN, 3) == add_noise(CLEAN, 3)
    assert add_noise(CLEAN, 3) != add_noise(CLEAN, 4)


def test_decomposed_words_are_the_same_words() -> None:
    noisy = add_noise(CLEAN, 1, kinds=["nfd"], rate=1)
    assert noisy.text == unicodedata.normalize("NFD", CLEAN)


@pytest.mark.shared
def test_noise_costs_movements_few_points(shared: Path) -> None:
    right = wanted = predicted = 0
    for file in sorted((shared / "gold" / "directives").glob("*.json")):
        stated = json.loads(file.read_text(encoding="utf-8"))["document"]
        clean = (shared / "corpus" / "directives" / f"{file.stem}.txt").read_text(encoding="utf-8")
        header = Header(level=stated["issuer_level"], province=stated["province"], district=stated["district"])

        def found(text: str, header: Header = header) -> list[tuple[int, int, str]]:
            parsed = parse_document(SourceDocument(name="noisy", text=text, sha256=""))
            items = movements.find_invocations(parsed, header)
            return [(item.mention.start, item.mention.end, item.movement) for item in items]

        reference = found(clean)
        for seed in range(3):
            noisy = add_noise(clean, seed, rate=0.005)
            shifted = {(*noisy.span(start, end), movement) for start, end, movement in reference}
            hits = found(noisy.text)
            right += sum(any(_overlap(item, other) for other in shifted) for item in hits)
            wanted += len(shifted)
            predicted += len(hits)
    assert 2 * right / (wanted + predicted) >= 0.95


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    inner = min(one[1], other[1]) - max(one[0], other[0])
    return one[2] == other[2] and inner * 2 >= max(one[1], other[1]) - min(one[0], other[0])
