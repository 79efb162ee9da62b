"""Dates as citations write them."""

from __future__ import annotations

import pytest

from viendan.extract import dates


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("ngày 07/4/2014", "2014-04-07"),
        ("ngày 07 tháng 4 năm 2014", "2014-04-07"),
        ("ngày 15-5-2016", "2016-05-15"),
        ("ngày 0l/7/2016", "2016-07-01"),
        ("ngày 18 ngày 5 năm 2004", "2004-05-18"),
        ("NGÀY 22/01/2019", "2019-01-22"),
        ("tháng 5 năm 2014", "2014-05"),
        ("ngày 30/2/2024", None),
        ("ngày 26 tháng 4 nám 2002", "2002-04-26"),
        ("ngày 6 tháng 8 năm 013", "2013-08-06"),
        ("ngày 06 tháng 5 năm 201 3", "2013-05-06"),
        ("ngày 06 tháng 11 năm 201", None),
    ],
)
def test_dates(written: str, iso: str | None) -> None:
    found = dates.match_date(f"{written} của", 0)
    assert found is not None
    assert (found.end, found.iso) == (len(written), iso)


@pytest.mark.parametrize(
    "written", ["ngày mai", "ngày 12", "07/4/2014", "tháng 13 năm 2014", "ngày 5/3/20125", "ngày 5/3/200.5"]
)
def test_near_misses(written: str) -> None:
    assert dates.match_date(written, 0) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Chỉ thị số 5/CT-UBND ngày 31/4/2014", "ngày 31/4/2014"),
        ("số 5/CT-UBND ngày 30 tháng 02 năm 2022", "ngày 30 tháng 02 năm 2022"),
        ("Chỉ thị số 5/CT-UBND ngày 30/4/2014", None),
        ("Chỉ thị số 5/CT-UBND", None),
    ],
)
def test_a_date_that_no_calendar_has_is_told(words: str, found: str | None) -> None:
    assert dates.impossible_date(words) == found


def test_a_year_alone_is_no_range() -> None:
    assert dates.year_behind(" năm 2018,", 0) == ("2018", 9)
    assert dates.year_behind(" năm 2018-2020", 0) is None
    assert dates.year_behind(" 2018", 0) is None
    assert dates.year_behind(" 2018", 0, word=False) == ("2018", 5)
