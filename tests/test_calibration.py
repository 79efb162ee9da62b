"""Confidences are the measured ones, keep the order of the estimates, and are told by data."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import calibrate
from viendan.extract import calibration, document
from viendan.model import SourceDocument

ESTIMATES = st.floats(min_value=0.01, max_value=1.0)
TEXT = """ỦY BAN NHÂN DÂN
TỈNH LÂM SƠN
Số: 02/CT-UBND
Lâm Sơn, ngày 13 tháng 01 năm 2031
CHỈ THỊ
Phát động phong trào thi đua trồng cây
Thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị về thi đua, Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Nội vụ chủ trì theo dõi phong trào “Cả nước chung sức xây dựng nông thôn mới”.
"""


def test_every_kind_has_rising_steps() -> None:
    assert set(calibration.steps()) == set(calibration.KINDS)
    for known in calibration.steps().values():
        assert all(low[0] < high[0] and low[1] <= high[1] for low, high in pairwise(known))
        assert all(0 < measured < 1 for _, measured in known)


@given(st.sampled_from(calibration.KINDS), ESTIMATES, ESTIMATES)
def test_order_of_estimates_stays(kind: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= calibration.calibrate(kind, low) <= calibration.calibrate(kind, high) <= 1


def test_steps_are_met_exactly_and_unknown_kinds_keep_their_estimate() -> None:
    for kind, known in calibration.steps().items():
        for estimate, measured in known:
            assert calibration.calibrate(kind, estimate) == pytest.approx(measured, abs=0.001)
    assert calibration.calibrate("no such kind", 0.42) == 0.42


def test_extraction_claims_what_is_measured() -> None:
    source = SourceDocument("x", TEXT, "0" * 64)
    estimated, claimed = document.estimate_document(source), document.extract_document(source)
    assert estimated.citations
    assert estimated.responsibilities
    assert estimated.invocations
    for before, after in zip(estimated.citations, claimed.citations, strict=True):
        assert after.confidence == calibration.calibrate("citations", before.confidence)
    for before, after in zip(estimated.responsibilities, claimed.responsibilities, strict=True):
        assert after.confidence == calibration.calibrate("responsibilities", before.confidence)
    for before, after in zip(estimated.invocations, claimed.invocations, strict=True):
        assert after.confidence == calibration.calibrate("movements", before.confidence)


def test_pools_never_fall_and_hold_enough() -> None:
    claims = [(0.5, index % 2 == 0) for index in range(40)] + [(0.9, index % 10 != 0) for index in range(40)]
    found = calibrate.steps([*claims, (0.95, False)])
    assert [round(estimate, 2) for estimate, _, _ in found] == [0.5, 0.9]
    assert sum(size for _, _, size in found) == 81
    assert found[0][1] < found[1][1] <= calibrate.MOST
