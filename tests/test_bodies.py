"""Bodies: full names resolved with the document's place, symbols of numbers, ends of names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from viendan import text
from viendan.extract import bodies, names, places, spelling
from viendan.extract.bodies import BodyContext
from viendan.model import Body, Header

CASES = tomllib.loads((Path(__file__).parent / "cases" / "bodies.toml").read_text(encoding="utf-8"))

_PROVINCE = BodyContext(level="province", province="Hoa Phong", province_kind="tỉnh", date="2023-01-13")
CONTEXTS = {
    "province": _PROVINCE,
    "city": BodyContext(level="province", province="Hải Vân", province_kind="thành phố", date="2024-12-20"),
    "district": BodyContext(
        level="district",
        province="Hoa Phong",
        province_kind="tỉnh",
        district="Sơn Lạc",
        district_kind="huyện",
        date="2023-02",
    ),
    "commune": BodyContext(
        level="commune",
        province="Hoa Phong",
        province_kind="tỉnh",
        district="Sơn Lạc",
        district_kind="huyện",
        commune="Nà Mây",
        commune_kind="xã",
        date="2024-03-05",
    ),
    "central": BodyContext(level="central", date="2025-01-01"),
}


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: f"{case['document']}: {case['words']}")
def test_words_name_the_full_body(case: dict[str, object]) -> None:
    context = CONTEXTS[str(case["document"])]
    found = bodies.resolve_body(str(case["words"]), context, as_issuer=bool(case.get("issuer")))
    if "name" not in case:
        assert found is None
        return
    assert found is not None
    assert found.name == case["name"]
    assert found.key == text.slug(found.name)
    for part in ("level", "province", "district", "kind", "group"):
        if part in case:
            assert getattr(found, part) == case[part], part


@pytest.mark.parametrize("case", CASES["symbol"], ids=lambda case: f"{case['document']}: {case['symbol']}")
def test_symbol_names_a_body_only_where_it_is_certain(case: dict[str, str]) -> None:
    found = bodies.body_of_symbol(case["symbol"], CONTEXTS[case["document"]])
    assert (found.name if found else None) == case.get("name")


@pytest.mark.parametrize("case", CASES["end"], ids=lambda case: case["text"])
def test_name_ends_at_the_right_word(case: dict[str, str]) -> None:
    end = bodies.match_body(case["text"], 0)
    assert (case["text"][:end] if end else None) == case.get("end")


def test_match_is_anchored() -> None:
    flat = "Theo đề nghị của Sở Nội vụ tỉnh Hoa Phong tại Tờ trình"
    start = flat.index("Sở")
    assert bodies.match_body(flat, start) == start + len("Sở Nội vụ tỉnh Hoa Phong")
    assert bodies.match_body(flat, 0) is None


def test_resolving_a_full_name_again_changes_nothing() -> None:
    for case in CASES["case"]:
        context = CONTEXTS[case["document"]]
        first = bodies.resolve_body(case["words"], context, as_issuer=bool(case.get("issuer")))
        if first is None:
            continue
        again = bodies.resolve_body(first.name, context)
        assert again is not None
        assert again.name == first.name


def test_context_of_a_header() -> None:
    issuer = Body("x", "Ủy ban nhân dân huyện Sơn Lạc", level="district", province="Hoa Phong", district="Sơn Lạc")
    header = Header(issuer=issuer, level="district", province="Hoa Phong", district="Sơn Lạc", issued="2023-02")
    context = bodies.context(header)
    assert (context.district_kind, context.province_kind) == ("huyện", "tỉnh")
    assert {level: phrase.full for level, phrase in context.places().items()} == {
        "province": "tỉnh Hoa Phong",
        "district": "huyện Sơn Lạc",
    }


def test_context_of_a_city_and_of_a_merged_province() -> None:
    city = Header(issuer=None, level="province", province="Hà Nội", issued="2024-12-20")
    assert bodies.context(city).province_kind == "thành phố"
    hue = Header(issuer=None, level="province", province="Huế", issued="2025-03-01")
    assert bodies.context(hue).province_kind == "thành phố"


@pytest.mark.parametrize(
    ("written", "mended"),
    [("Yên Bai", "Yên Bái"), ("LÀO CAI", "Lào Cai"), ("HOA PHONG", "Hoa Phong"), ("Hoa Phong", "Hoa Phong")],
)
def test_places_are_mended(written: str, mended: str) -> None:
    assert places.mend(written) == mended


def test_province_of_a_district_only_where_it_is_one() -> None:
    assert places.province_of("Tuần Giáo") == "Điện Biên"
    assert places.province_of("Châu Thành") is None
    assert places.province_of("Sơn Lạc") is None


def test_shouted_words_keep_syllables_that_look_like_abbreviations() -> None:
    assert spelling.spell_out("BỘ TƯ PHÁP") == "Bộ Tư pháp"
    assert spelling.unshout("SỬA ĐỔI THÔNG TƯ SỐ 12/2031/TT-BTC CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH") == (
        "Sửa đổi Thông tư số 12/2031/TT-BTC của Bộ trưởng Bộ Tài chính"
    )


def test_hostile_text_takes_no_time() -> None:
    for piece in ("số ", "Ủy ban ", "của các ", '"“', "1/2-", "Bộ Bộ "):
        flat = piece * 20000
        assert bodies.match_body(flat, 0) is None or piece.startswith("Bộ")
        bodies.resolve_body(flat[:20000], _PROVINCE)


def test_every_name_of_the_vocabulary_is_found_again() -> None:
    for name in names.vocabulary():
        found = names.longest(names.tokens(name.form))
        assert found is not None
        assert names.tokens(name.form).at(found.count) is None, name.form
