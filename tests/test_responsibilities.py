"""Who is made responsible for what: rules on invented samples and near misses, the words, and the real documents."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viendan.extract import deadlines, duties, duty_words, lexicon, parties, party_names, task_tables
from viendan.extract.bodies import BodyContext
from viendan.extract.header import read_header
from viendan.extract.responsibilities import find_responsibilities
from viendan.extract.structure import ParsedDocument, parse_document
from viendan.model import Body, Header, Responsibility, SourceDocument

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "responsibilities.toml").read_text(encoding="utf-8")
)["case"]
SHARED = Path(__file__).parents[2] / "shared"
ROLES = {
    "lead",
    "coordinate",
    "implement",
    "monitor",
    "report",
    "advise",
    "guide",
    "communicate",
    "mobilise",
    "standing",
}
PROVINCE = "Nậm Vàng"
_WORDS = ["các", "sở", "giao", "chỉ đạo", "và", "của", "tỉnh", "UBND", "Thủ trưởng", "phối hợp với", "Sở Nội vụ"]


def parse(text: str) -> ParsedDocument:
    return parse_document(SourceDocument("sample", text.lstrip("\n"), ""))


def header(case: dict[str, Any]) -> Header:
    if case.get("issuer") == "Chính phủ":
        return Header(type=case.get("type"), issuer=Body("chinh-phu", "Chính phủ", "central"), level="central")
    issuer = Body("uy-ban-nhan-dan-tinh-nam-vang", f"Ủy ban nhân dân tỉnh {PROVINCE}", "province", PROVINCE)
    return Header(type=case.get("type", "Chỉ thị"), issuer=issuer, level="province", province=PROVINCE)


def find(text: str, case: dict[str, Any]) -> tuple[ParsedDocument, tuple[Responsibility, ...]]:
    parsed = parse(text)
    return parsed, find_responsibilities(parsed, header(case))


def shown(found: tuple[Responsibility, ...]) -> list[str]:
    return [f"{item.mention.exact} => {' '.join(item.roles)}" for item in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["rule"]))
def test_rule_on_its_sample(case: dict[str, Any]) -> None:
    parsed, found = find(case["sample"], case)
    assert shown(found) == case["entries"]
    assert [item.body.name for item in found] == case.get("agency", [item.body.name for item in found])
    if "deadline" in case:
        assert found[0].deadline == case["deadline"]
    if "task" in case:
        assert found[0].task_range is not None
        assert parsed.source.text[slice(*found[0].task_range)] == case["task"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["rule"]))
def test_rule_on_its_near_miss(case: dict[str, Any]) -> None:
    assert shown(find(case["near"], case)[1]) == case["near_entries"]


def test_entries_show_their_words_and_come_in_order() -> None:
    for case in CASES:
        parsed, found = find(case["sample"], case)
        assert [item.mention.start for item in found] == sorted(item.mention.start for item in found)
        for item in found:
            mention = item.mention
            assert parsed.source.text[mention.start : mention.end] == mention.exact
            assert set(item.roles) <= ROLES
            assert item.roles == duties.in_order(item.roles)
            assert 0 < item.confidence <= 1


def test_same_document_in_nfd_and_with_wraps() -> None:
    text = "1. Sở Văn hóa, Thể thao và\nDu lịch chủ trì, phối hợp với Ủy ban nhân dân các\nhuyện tuyên truyền."
    _, found = find(text, {})
    assert shown(found) == [
        "Sở Văn hóa, Thể thao và\nDu lịch => lead coordinate communicate",
        "Ủy ban nhân dân các\nhuyện => coordinate",
    ]


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("hoàn thành trước ngày 30/6/2023", "2023-06-30"),
        ("báo cáo trước ngày 15/11 hằng năm", "trước ngày 15/11 hằng năm"),
        ("định kỳ 6 tháng, hằng năm báo cáo", "định kỳ 6 tháng, hằng năm"),
        ("hoàn tất trong quý II/2024", "trong quý II/2024"),
        ("trước 17 giờ 00 ngày 09/9/2024", "2024-09-09"),
        ("trong thời hạn 30 ngày kể từ ngày nhận", "trong thời hạn 30 ngày"),
        ("trước ngày 31/02/2024", "trước ngày 31/02/2024"),
        ("bố trí từ ngân sách hằng năm", None),
        ("kinh nghiệm từ 12 tháng trở lên", None),
        ("Nghị quyết ngày 12/3/2021", None),
    ],
)
def test_deadline(words: str, deadline: str | None) -> None:
    assert deadlines.find_deadline(words) == deadline


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("các sở, ban, ngành và đoàn thể tỉnh; UBND các xã", ["các sở, ban, ngành và đoàn thể tỉnh", "UBND các xã"]),
        ("Ban Thường vụ Tỉnh ủy, Thành ủy", ["Ban Thường vụ Tỉnh ủy, Thành ủy"]),
        ("Liên đoàn Lao động tỉnh, Tỉnh đoàn", ["Liên đoàn Lao động tỉnh", "Tỉnh đoàn"]),
        ("Giám đốc, Thủ trưởng các sở, ban, ngành", ["Giám đốc, Thủ trưởng các sở, ban, ngành"]),
        ("các cơ quan báo, đài của tỉnh đẩy mạnh", ["các cơ quan báo, đài của tỉnh"]),
        ("Giám đốc Trung tâm Chuyển đổi số tỉnh; các", ["Giám đốc Trung tâm Chuyển đổi số tỉnh"]),
    ],
)
def test_names_of_parties_end_where_they_end(text: str, names: list[str]) -> None:
    line = duty_words.read_line(text, 0, len(text))
    found = [text[line.starts[party.first] : line.ends[party.last - 1]] for party in parties.scan(line, 0)]
    assert found == names


def test_run_together_table_rows() -> None:
    head = "TT Nội dung Cơ quan chủ trì Cơ quan phối hợp Thời gian hoàn thành"
    row = "1 Làm vườn ươm ở các xã Sở Xây dựng, Sở Tài chính UBND các huyện Quý II/2031"
    assert task_tables.is_head(duty_words.read_line(head, 0, len(head)))
    line = duty_words.read_line(row, 0, len(row))
    found = task_tables.read_row(line, tuple(parties.scan(line, 0)))
    assert [(row[line.starts[p.first] : line.ends[p.last - 1]], role) for p, role in found] == [
        ("Sở Xây dựng", "lead"),
        ("Sở Tài chính", "lead"),
        ("UBND các huyện", "coordinate"),
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Bộ trưởng Bộ Tư pháp", "Bộ trưởng Bộ Tư pháp"),
        ("Kho bạc Nhà nước Nậm Vàng", "Kho bạc Nhà nước Nậm Vàng"),
        ("các sở, ngành", "Các sở, ngành của tỉnh Nậm Vàng"),
        ("Mặt trận Tổ quốc", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nậm Vàng"),
        ("UBND các huyện: Bãi Đá, Suối Cạn", "Ủy ban nhân dân các huyện: Bãi Đá, Suối Cạn"),
        ("Giám đốc các Sở: Tài chính, Xây dựng", "Giám đốc các Sở: Tài chính, Xây dựng của tỉnh Nậm Vàng"),
        ("các đơn vị viễn thông trên địa bàn", "Các đơn vị viễn thông trên địa bàn tỉnh Nậm Vàng"),
        ("các tổ chức tín dụng", "Các tổ chức tín dụng trên địa bàn tỉnh Nậm Vàng"),
        ("cơ quan, đơn vị đóng trên địa bàn tỉnh", "Cơ quan, đơn vị đóng trên địa bàn tỉnh Nậm Vàng"),
        ("ngành giao thông vận tải", "Ngành giao thông vận tải của tỉnh Nậm Vàng"),
        ("Ngân hàng Nhà nước - Chỉ nhánh Nậm Vàng", "Ngân hàng Nhà nước - Chi nhánh Nậm Vàng"),
        ("UBND thị trắn Suối Cạn", "Ủy ban nhân dân thị trấn Suối Cạn"),
        ("UBND các huyện, thành phó", "Ủy ban nhân dân các huyện, thành phố của tỉnh Nậm Vàng"),
        ("Ban Quản lý Quân đội", "Ban Quản lý Quân đội tỉnh Nậm Vàng"),
    ],
)
def test_names_have_their_place_once(words: str, name: str) -> None:
    body = party_names.name_body(words, BodyContext(level="province", province=PROVINCE, province_kind="tỉnh"))
    assert body is not None
    assert body.name == name


def test_units_of_the_issuer_get_its_name() -> None:
    ministry = Body("bo-tai-chinh", "Bộ Tài chính", "central")
    body = party_names.name_body("Thủ trưởng các đơn vị thuộc Bộ", BodyContext(level="central", issuer=ministry))
    assert body is not None
    assert body.name == "Thủ trưởng các đơn vị thuộc Bộ Tài chính"


def test_every_cue_of_a_role_points_to_a_role() -> None:
    pointing = [word for word in lexicon.scheme("role-cues") if word.get("wordKind") == "role"]
    assert {word.get("role") for word in pointing} == ROLES


def test_words_are_data_in_one_spelling() -> None:
    for scheme in ("role-cues", "order-words", "party-words"):
        for word in lexicon.scheme(scheme):
            assert word.cues, word.iri
            assert word.label
            assert word.label_en


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*"(),;:.-|“\n", *_WORDS]), max_size=60))
def test_any_words_are_survived(words: list[str]) -> None:
    find(" ".join(words), {})


@pytest.mark.parametrize("unit", ["các sở, ", "chỉ đạo các sở làm ", "Thủ trưởng, ", "thuộc cơ quan ", "Sở Nội vụ ("])
def test_hostile_text_is_no_exception(unit: str) -> None:
    find("1. " + unit * 3000, {})


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not at hand")
@pytest.mark.parametrize("name", ["directives", "annotated"])
def test_gold_documents(name: str) -> None:
    """Nearly every entry of the gold documents is found with its roles, and nearly nothing else."""
    wanted, right, predicted = 0, 0, 0
    for gold_file in sorted((SHARED / "gold" / name).glob("*.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        text = (SHARED / "corpus" / name / f"{gold_file.stem}.txt").read_text(encoding="utf-8")
        parsed = parse_document(SourceDocument(gold_file.stem, text, ""))
        spans = {item.mention.start: set(item.roles) for item in find_responsibilities(parsed, read_header(parsed))}
        wanted += len(gold["responsibilities"])
        predicted += len(spans)
        right += sum(len(spans.get(item["start"], set()) & set(item["roles"])) > 0 for item in gold["responsibilities"])
    assert right >= 0.95 * wanted
    assert right >= 0.95 * predicted
