from __future__ import annotations

import pytest

from viendan.publish import wording


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        ("2014-04-07", "07/4/2014", "7 April 2014"),
        ("2023-01-16", "16/01/2023", "16 January 2023"),
        ("2023-02", "tháng 02/2023", "February 2023"),
        ("2023", "2023", "2023"),
        ("hôm nay", "hôm nay", "hôm nay"),
        ("2023-13-01", "2023-13-01", "2023-13-01"),
    ],
)
def test_dates(value: str, vietnamese: str, english: str) -> None:
    assert wording.date(value, "vi") == vietnamese
    assert wording.date(value, "en") == english


def test_numbers_and_counts() -> None:
    assert wording.number(1234567, "vi") == "1.234.567"
    assert wording.number(1234567, "en") == "1,234,567"
    assert wording.percent(0.976, "vi") == "98%"
    assert wording.counted("citation", 1, "en") == "1 citation"
    assert wording.counted("citation", 2, "en") == "2 citations"
