"""Official numbers: every notation with what it reads as, what is mended, and what is no number."""

from __future__ import annotations

import pytest

from viendan.extract import numbered


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("126/2024/NĐ-CP ngày", "126/2024/NĐ-CP"),
        ("34-CT/TW ngày", "34-CT/TW"),
        ("135-CTr/TU", "135-CTr/TU"),
        ("219/UBND-VX", "219/UBND-VX"),
        ("116/CP", "116/CP"),
        ("91-CP", "91-CP"),
        ("10-LCT/HĐNN7", "10-LCT/HĐNN7"),
        ("80/2015/QH13", "80/2015/QH13"),
        ("38/2001/PL-UBTVQH10", "38/2001/PL-UBTVQH10"),
        ("01/2017/TTLT-BCA-BQP-BTC-BNN&PTNT-VKSNDTC", "01/2017/TTLT-BCA-BQP-BTC-BNN&PTNT-VKSNDTC"),
        ("66.12/2026/NQ-CP.", "66.12/2026/NQ-CP"),
        ("15a/QĐ-UBND", "15a/QĐ-UBND"),
        ("2587-CV/VPTW/nb", "2587-CV/VPTW/nb"),
        ("04/1999/TT-BCA(C13)", "04/1999/TT-BCA(C13)"),
        ("4814/CCTKV.05-TTKT3", "4814/CCTKV.05-TTKT3"),
        ("1357TC/QĐ-TCT", "1357TC/QĐ-TCT"),
        ("13/2021/TT - BTNMT", "13/2021/TT-BTNMT"),
        ("18/2008/NQ-QH 12 ngày", "18/2008/NQ-QH12"),
        ("38/2009/TT-BNNPTNTngày 1", "38/2009/TT-BNNPTNT"),
    ],
)
def test_notations(written: str, value: str) -> None:
    hit = numbered.read_number(written, 0, introduced=True)
    assert hit is not None
    assert hit.value == value


@pytest.mark.parametrize(
    ("written", "label", "value"),
    [
        ("10/CT-TĨg", "Chỉ thị", "10/CT-TTg"),
        ("45/25010/NĐ-CP", "Nghị định", "45/2010/NĐ-CP"),
        ("139/009/TT-BTC", "Thông tư", "139/2009/TT-BTC"),
        ("ló/2010/NĐ-CP", "Nghị định", "16/2010/NĐ-CP"),
        ("304/QĐĐ-UB", "Quyết định", "304/QĐ-UB"),
        ("147/2020/ND-CP", "Nghị định", "147/2020/NĐ-CP"),
        ("3 7/2023/NQ-HĐND", "Nghị quyết", "37/2023/NQ-HĐND"),
        ("239/TIr-UBND", "Tờ trình", "239/TTr-UBND"),
        ("03/BТС-NS", "Công văn", "03/BTC-NS"),
        ("66-NQ/TW1", "Nghị quyết", "66-NQ/TW"),
    ],
)
def test_what_a_careful_reader_mends(written: str, label: str, value: str) -> None:
    hit = numbered.read_number(written, 0, type_label=label, introduced=True)
    assert hit is not None
    assert hit.value == value


@pytest.mark.parametrize("written", ["24/7 ngày", "2021-2025", "12/5/2020", "120 km/h", "15 bác sĩ", "5/Ưu tiên"])
def test_near_misses(written: str) -> None:
    assert numbered.read_number(written, 0, introduced=True) is None


def test_a_serial_that_no_reader_can_tell_keeps_its_symbol() -> None:
    hit = numbered.read_garbled("W¥/CT-TTg ngày", 0)
    assert hit is not None
    assert (hit.value, hit.symbol) == (None, "CT-TTg")
    assert numbered.read_garbled("……/CT-TTg", 0) is None


def test_left_out_separators_make_no_other_number() -> None:
    assert numbered.canonical("214/2025/NĐCP") == "214/2025/NĐ-CP"
    assert numbered.canonical("204/2004NĐ-CP") == "204/2004/NĐ-CP"
    assert numbered.canonical("34-CT/TW") == "34-CT/TW"


@pytest.mark.parametrize(
    ("written", "issuer", "value"),
    [
        ("131/CĐ-TTs", "Thủ tướng Chính phủ", "131/CĐ-TTg"),
        ("12/2021/QĐ-TT&", "Thủ tướng Chính phủ", "12/2021/QĐ-TTg"),
        ("76/NQ-HĐNĐ", "Hội đồng nhân dân tỉnh Vân Sơn", "76/NQ-HĐND"),
        ("76/NQ-HĐNĐ", "Bộ Tài chính", "76/NQ-HĐNĐ"),
        ("287/STC-HCSN", "Sở Tài chính tỉnh Vân Sơn", "287/STC-HCSN"),
    ],
)
def test_the_issuer_tells_how_its_symbol_was_misread(written: str, issuer: str, value: str) -> None:
    hit = numbered.read_number(written, 0, introduced=True)
    assert hit is not None
    assert numbered.mend_by_issuer(written, hit, issuer).value == value
