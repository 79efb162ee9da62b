"""Citations: what the grammar finds in invented sentences, near misses, identity in a document, hostile text."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from viendan.extract.citations import CONFIDENCE, find_citations, unexplained
from viendan.extract.header import read_header
from viendan.extract.readers import read_document
from viendan.extract.structure import parse_document
from viendan.model import Body, Citation, Header, SourceDocument

CASES = [
    case
    for name in ("citations", "names")
    for case in tomllib.loads((Path(__file__).parent / "cases" / f"{name}.toml").read_text(encoding="utf-8"))["case"]
]
DOUBTS = tomllib.loads((Path(__file__).parent / "cases" / "doubts.toml").read_text(encoding="utf-8"))["case"]
PARTS_FROM = ("type_from", "issuer_from", "impossible_date")
DOUBTED = ("issuer_unread", "subject_unread", "listed")
COMMITTEE = Body(
    key="uy-ban-nhan-dan-tinh-lam-son", name="Ủy ban nhân dân tỉnh Lâm Sơn", level="province", province="Lâm Sơn"
)
HEADER = Header(
    number="02/CT-UBND",
    type="Chỉ thị",
    issued="2023-01-13",
    issuer=COMMITTEE,
    level="province",
    province="Lâm Sơn",
)


def cite(text: str, header: Header = HEADER) -> tuple[Citation, ...]:
    return find_citations(parse_document(SourceDocument("thu", text, "")), header)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_samples_and_near_misses(case: dict[str, Any]) -> None:
    text = f"Mở đầu.\n\n{case['text']}"
    found = cite(text)
    stated = [
        [
            item.mention.exact,
            item.type or "",
            item.number or "",
            item.date or "",
            item.issuer.name if item.issuer else "",
            item.title or "",
        ]
        for item in found
    ]
    assert stated == case["found"]
    for item in found:
        assert text[item.mention.start : item.mention.end] == item.mention.exact
        assert item.rule in CONFIDENCE
    for one, other in case.get("same", []):
        assert found[one].instrument == found[other].instrument


@pytest.mark.parametrize("case", DOUBTS, ids=lambda case: case["name"])
def test_what_a_mention_leaves_out(case: dict[str, Any]) -> None:
    first, *_ = cite(f"Mở đầu.\n\n{case['text']}")
    stated = [f"{name} {value}" for name in PARTS_FROM if (value := getattr(first, name))]
    assert stated + [name for name in DOUBTED if getattr(first, name)] == case["says"]
    if "issuer" in case:
        assert first.issuer is not None
        assert first.issuer.name.startswith(case["issuer"])


def test_exact_words_through_breaks_page_numbers_and_other_normal_forms() -> None:
    text = "Thực hiện Chỉ thị số 19-CT-\n\nTTg ngày 16/7/2021 của Thủ tướng Chính phủ và Quy định số\n\n3\n\n205-QĐ/TW."
    for form in ("NFC", "NFD"):
        source = unicodedata.normalize(form, text)
        found = cite(source)
        assert [item.number for item in found] == ["19-CT-TTg", "205-QĐ/TW"]
        assert all(source[item.mention.start : item.mention.end] == item.mention.exact for item in found)


def test_the_documents_own_number_is_no_citation_and_its_annex_leads_back_to_it() -> None:
    own = "Số: 02/CT-UBND\n\nLâm Sơn, ngày 13 tháng 01 năm 2023\n\nCHỈ THỊ\n\nVề việc thử\n\nNội dung một.\n\n"
    annex = "(Kèm theo Chỉ thị số 12/CT-UBND ngày 13/01/2023 của Chủ tịch Ủy ban nhân dân tỉnh Lâm Sơn)"
    found = cite(own + annex)
    assert [item.number for item in found] == ["12/CT-UBND"]
    assert found[0].instrument.endswith("/uy-ban-nhan-dan-tinh-lam-son/chi-thi/2023/2-ct-ubnd")
    assert unexplained(parse_document(SourceDocument("thu", own + annex, "")), found) == ()


def test_what_a_title_names_is_marked_and_what_begins_it_is_the_document() -> None:
    found = cite(
        "Thông tư Hướng dẫn một số điều của Nghị định số 54/2009/NĐ-CP Căn cứ Luật Giá ngày 20/6/2012.\n\n"
        "Luật Thủy sản Căn cứ Hiến pháp năm 1992.\n\n"
        "Thông tư này hướng dẫn Nghị định số 54/2009/NĐ-CP. Căn cứ Luật Giá, các sở báo cáo.\n\n"
        "Nghị định số 12/2010/NĐ-CP, Căn cứ Luật Giá."
    )
    assert [(item.number or item.title, item.in_title) for item in found] == [
        ("54/2009/NĐ-CP", True),
        ("Giá", False),
        (None, False),
        ("54/2009/NĐ-CP", False),
        ("Giá", False),
        ("12/2010/NĐ-CP", False),
        ("Giá", False),
    ]


def test_the_title_of_the_header_is_a_title() -> None:
    text = "KẾ HOẠCH\nTriển khai Chỉ thị số 30/CT-TTg\n\nThực hiện Chỉ thị số 30/CT-TTg, các sở báo cáo."
    header = Header(type="Kế hoạch", title_range=(9, 9 + len("Triển khai Chỉ thị số 30/CT-TTg")))
    assert [item.in_title for item in cite(text, header)] == [True, False]


def test_one_instrument_has_one_iri_however_it_is_written() -> None:
    found = cite(
        "Chỉ thị số 19-CT-TTg ngày 16/7/2021 của Thủ tướng Chính phủ. Theo Chỉ thị 19/CT-TTg, các sở báo cáo. "
        "Luật Đất đai số 31/2024/QH15 và Luật Đất đai năm 2024; Luật năm 2024."
    )
    directives, laws = found[:2], found[2:]
    assert len({item.instrument for item in directives}) == 1
    assert len({item.instrument for item in laws}) == 1
    assert laws[-1].antecedent == laws[1].mention.start
    assert directives[1].date is None  # the fields stay what the mention says


def test_an_abbreviation_leans_on_the_law_that_it_was_defined_for() -> None:
    found = cite("theo Bộ luật Hình sự năm 2015 (sau đây viết tắt là BLHS), Bộ luật Dân sự năm 2015: Điều 5 BLHS.")
    assert [item.rule for item in found] == ["law-name", "law-name", "defined-short"]
    assert found[2].instrument == found[0].instrument != found[1].instrument
    assert found[2].antecedent == found[0].mention.start


def test_the_same_number_of_two_issuers_is_two_instruments() -> None:
    found = cite(
        "Nghị quyết số 11-NQ/TU ngày 20/7/2021 của Tỉnh ủy Quảng Nam và "
        "Nghị quyết số 11-NQ/TU ngày 16/5/2022 của Tỉnh ủy Kon Tum."
    )
    assert len({item.instrument for item in found}) == 2


def test_a_number_without_a_year_is_not_completed_from_the_register() -> None:
    (found,) = cite("theo Quyết định số 749/QĐ-TTg của Thủ tướng Chính phủ.")
    assert found.date is None
    assert "khong-ro-nam" in found.instrument


def test_a_title_is_rid_of_the_place_that_another_mention_does_not_have() -> None:
    found = cite(
        "Thực hiện Chỉ thị số 30/CT-TTg ngày 29/8/2024 của Thủ tướng Chính phủ về phát triển chợ. "
        "Triển khai Chỉ thị số 30/CT-TTg ngày 29/8/2024 của Thủ tướng Chính phủ về phát triển chợ trên địa bàn tỉnh."
    )
    assert [item.title for item in found] == ["phát triển chợ", "phát triển chợ"]


def test_all_wordings_of_a_congress_are_one_resolution() -> None:
    found = cite(
        "Nghị quyết Đại hội XIII của Đảng; Nghị quyết Đại hội Đại biểu lần thứ XIII của Đảng; "
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng."
    )
    assert len(found) == 3
    assert len({item.instrument for item in found}) == 1


def test_pinpoints_are_data() -> None:
    (found,) = cite("theo điểm a khoản 2 Điều 7 và khoản 1, 3 Điều 9 Thông tư số 12/2020/TT-BTC.")
    assert [item.steps for item in found.pinpoints] == [
        (("điều", "7"), ("khoản", "2"), ("điểm", "a")),
        (("điều", "9"), ("khoản", "1")),
        (("điều", "9"), ("khoản", "3")),
    ]


def test_what_looks_like_a_number_and_is_not_understood_is_kept() -> None:
    parsed = parse_document(SourceDocument("thu", "xem 12/ABC-DEF và 7/QĐ-XYZ kèm theo", ""))
    assert [item.exact for item in unexplained(parsed, ())] == ["12/ABC-DEF", "7/QĐ-XYZ"]


@pytest.mark.parametrize(
    "piece", ["số ", "“", '"', "1/2-3/", "Luật ", "(", "của ", "Điều 1 khoản 2 ", "Đề án “", "1/UBND-"]
)
def test_hostile_text_is_read(piece: str) -> None:
    cite(piece * (20_000 // len(piece)))


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["directives", "annotated"])
def test_gold_documents(folder: str) -> None:
    shared = Path(__file__).parents[2] / "shared"
    if not (shared / "gold" / folder).is_dir():
        pytest.skip("the annotated documents are not here")
    wanted = found_exactly = 0
    for gold in sorted((shared / "gold" / folder).glob("*.json")):
        parsed = parse_document(read_document(shared / "corpus" / folder / f"{gold.stem}.txt"))
        found = find_citations(parsed, read_header(parsed))
        spans = {(item.mention.start, item.mention.end, item.number) for item in found if item.kind == "numbered"}
        numbered = [item for item in json.loads(gold.read_text("utf-8"))["citations"] if item["kind"] == "numbered"]
        wanted += len(numbered)
        found_exactly += sum((item["start"], item["end"], item["number"]) in spans for item in numbered)
    assert found_exactly / wanted >= 0.98
