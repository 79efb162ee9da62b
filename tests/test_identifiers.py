from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viendan import identifiers, vocab
from viendan.identifiers import OfficialNumber
from viendan.model import Body

VAN_SON = Body(key="tinh-uy-van-son", name="Tỉnh ủy Vân Sơn", level="province", province="Vân Sơn")
BACH_HA = Body(key="tinh-uy-bach-ha", name="Tỉnh ủy Bạch Hà", level="province", province="Bạch Hà")


@pytest.mark.parametrize(
    ("written", "serial", "year", "symbol"),
    [
        ("19/CT-TTg", "19", None, "CT-TTg"),
        ("34-CT/TW", "34", None, "CT/TW"),
        ("30/2020/NĐ-CP", "30", "2020", "NĐ-CP"),
        ("80/2015/QH13", "80", "2015", "QH13"),
        ("38/2001/PL-UBTVQH10", "38", "2001", "PL-UBTVQH10"),
        ("15a/QĐ-UBND", "15a", None, "QĐ-UBND"),
        ("66.7/2025/NQ-CP", "66.7", "2025", "NQ-CP"),
        ("91-CP", "91", None, "CP"),
        ("19-CT-\n\nTTg", "19", None, "CT-TTg"),
    ],
)
def test_number_is_understood(written: str, serial: str, year: str | None, symbol: str) -> None:
    number = OfficialNumber.parse(written)
    assert number is not None
    assert (number.serial, number.year, number.symbol) == (serial, year, symbol)


@pytest.mark.parametrize("written", ["", "34", "CT/TW", "/KH-UBND", "2021"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert OfficialNumber.parse(written) is None


@given(
    st.from_regex(r"[1-9][0-9]{0,4}[a-z]?", fullmatch=True),
    st.sampled_from("/-"),
    st.sampled_from([None, "1998", "2020", "2026"]),
    st.sampled_from("/-"),
    st.from_regex(r"[A-ZĐ]{1,6}([-/&][A-ZĐ][A-Za-z]{0,8}){0,2}[0-9]{0,2}", fullmatch=True),
)
def test_parse_and_write_are_inverse(serial: str, gap: str, year: str | None, gap2: str, symbol: str) -> None:
    number = OfficialNumber(serial, gap, year, gap2 if year else "", symbol)
    assert OfficialNumber.parse(str(number)) == number


def test_notations_of_one_number_have_one_key() -> None:
    assert len({identifiers.number_key(n) for n in ("19/CT-TTg", "19-CT-TTg", "19/CT/TTg", "19 / CT - TTg")}) == 1
    assert identifiers.number_key("02/CT-UBND") == identifiers.number_key("2/CT-UBND")
    assert identifiers.number_key("02/CT-UBND") != identifiers.number_key("20/CT-UBND")


def test_same_number_of_two_provinces_are_two_instruments() -> None:
    one = identifiers.instrument_iri(issuer=VAN_SON, type_key="nghi-quyet", date="2021-09-15", number="12-NQ/TU")
    other = identifiers.instrument_iri(issuer=BACH_HA, type_key="nghi-quyet", date="2022-07-05", number="12-NQ/TU")
    assert one != other
    assert one == f"{vocab.ID}instrument/tinh-uy-van-son/nghi-quyet/2021/12-nq-tu"


def test_number_without_issuer_keeps_to_its_document() -> None:
    one = identifiers.instrument_iri(issuer=None, type_key="ke-hoach", date=None, number="5/KH", scope="a")
    other = identifiers.instrument_iri(issuer=None, type_key="ke-hoach", date=None, number="5/KH", scope="b")
    assert one != other


def test_no_number_no_date_is_stable_and_distinct() -> None:
    def iri(title: str) -> str:
        return identifiers.instrument_iri(issuer=VAN_SON, type_key=None, date=None, number=None, title=title)

    assert iri("Phát động thi đua") == iri("phát động  thi đua")
    assert iri("Phát động thi đua") != iri("Phát đông thi đua")


@pytest.mark.parametrize("name", ["lao-cai-02", "Chỉ thị số 34 (bản 2)", "文書", "a/b", "..", "x" * 300, "A b", "a-b"])
def test_source_names_of_any_kind_get_an_iri(name: str) -> None:
    iri = identifiers.source_iri(name)
    assert iri.startswith(vocab.ID + "source/")
    assert iri.isascii()
    assert ".." not in iri.removeprefix(vocab.ID)


def test_source_names_stay_apart() -> None:
    names = ["Bản một", "Ban mot", "ban-mot", "BAN MOT"]
    assert len({identifiers.source_iri(name) for name in names}) == len(names)
