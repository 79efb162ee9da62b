from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viendan import text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ủy ban nhân dân tỉnh Yên Bái", "uy ban nhan dan tinh yen bai"),
        ("Đường  lối", "duong loi"),
        ("ĐẮK LẮK", "dak lak"),
        ("  ", ""),
    ],
)
def test_fold_drops_marks_and_case(written: str, folded: str) -> None:
    assert text.fold(written) == folded
    assert text.fold(unicodedata.normalize("NFD", written)) == folded


def test_slug_is_ascii_words() -> None:
    assert text.slug("Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu") == "uy-ban-nhan-dan-tinh-ba-ria-vung-tau"
    assert text.slug("…") == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tỉnh uỷ", "Tỉnh ủy", True),
        ("hoà bình", "hòa bình", True),
        ("Tiếp tục “đổi mới”", "tiếp tục đổi mới", True),
        ("2021 – 2025", "2021-2025", True),
        ("Chuyên đổi số", "Chuyển đổi số", False),
        ("Yên Bai", "Yên Bái", False),
    ],
)
def test_compare_key_forgives_writing_not_letters(one: str, other: str, same: bool) -> None:
    assert (text.compare_key(one) == text.compare_key(other)) is same


def test_collation_is_the_vietnamese_alphabet() -> None:
    words = ["ô", "o", "ơ", "đa", "da", "ăn", "an", "ân", "ya", "xa", "ê", "e", "ư", "u"]
    assert sorted(words, key=text.collation_key) == [
        "an", "ăn", "ân", "da", "đa", "e", "ê", "o", "ô", "ơ", "u", "ư", "xa", "ya",
    ]  # fmt: skip


def test_collation_orders_tones_after_letters() -> None:
    assert sorted(["mạ", "mã", "má", "mả", "mà", "ma", "man"], key=text.collation_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ", "man",
    ]  # fmt: skip


def test_collation_compares_word_by_word() -> None:
    names = ["Hà Tĩnh", "Hà Nam", "Hải Dương", "Hà Giang", "An Giang", "Đà Nẵng", "Điện Biên", "Cà Mau"]
    assert sorted(names, key=text.collation_key) == [
        "An Giang", "Cà Mau", "Đà Nẵng", "Điện Biên", "Hà Giang", "Hà Nam", "Hà Tĩnh", "Hải Dương",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=12), max_size=6))
def test_collation_is_total_and_blind_to_normal_form(words: list[str]) -> None:
    for word in words:
        letters, tones, _ = text.collation_key(word)
        again = text.collation_key(unicodedata.normalize("NFD", word))
        assert (letters, tones) == again[:2]
    backwards = words[::-1]
    assert sorted(words, key=text.collation_key) == sorted(backwards, key=text.collation_key)


@given(st.text())
def test_nfc_and_squeeze_are_idempotent(words: str) -> None:
    assert text.nfc(text.nfc(words)) == text.nfc(words)
    assert text.squeeze(text.squeeze(words)) == text.squeeze(words)
