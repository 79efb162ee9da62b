"""What became of bodies: of invented provinces step by step, of real ones by the registers that are shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests import linkage
from tests.linkage import BACH_HA, DA_TRANG, VAN_SON, Cite, central, committee, document
from viendan import assets, identifiers, store, text, vocab
from viendan.link import linking
from viendan.link.facts import BodyFact, Seen
from viendan.link.local_bodies import Directory
from viendan.link.succession import Chronicle, chronicle, lasts_with_its_place
from viendan.link.timetable import read_timetable
from viendan.model import Body
from viendan.pipeline import extraction, files

VD = vocab.VD


def body(key: str) -> str:
    return identifiers.thing("body", key)


def department(name: str, kind: str, province: str) -> Body:
    full = f"{name} tỉnh {province}"
    return Body(text.slug(full), full, "province", province, None, kind)


INFORMATION = department("Sở Thông tin và Truyền thông", "so-tttt", "Vân Sơn")


@cache
def invented() -> store.Store:
    """A plan of 2023 that orders departments, a directive of the merged province that cites the old one's."""
    old = document("cu", issuer=BACH_HA, number="05/CT-UBND", date="2023-02-01")
    new = document(
        "moi",
        Cite("05/CT-UBND", date="2023-02-01", issuer=BACH_HA),
        Cite("07/CT-UBND", date="2025-08-01", issuer=BACH_HA),
        issuer=BACH_HA,
        number="02/CT-UBND",
        date="2026-02-01",
        tasks=[(department("Sở Nội vụ", "so-noi-vu", "Bạch Hà"), ("lead",))],
    )
    plan = document("ke-hoach", issuer=VAN_SON, tasks=[(INFORMATION, ("lead",))])
    district = document("huyen", issuer=DA_TRANG, number="01/KH-UBND", type="Kế hoạch")
    return store.memory_store(linkage.link(old, new, plan, district))


def test_a_committee_of_a_merged_province_leads_to_the_new_one() -> None:
    graph = invented()
    own, new = body("uy-ban-nhan-dan-tinh-van-son"), body("uy-ban-nhan-dan-tinh-bach-ha-2025")
    (event,) = graph.objects(own, vocab.ORG + "changedBy")
    assert event == identifiers.thing("change", "uy-ban-nhan-dan-tinh-van-son")
    assert graph.objects(event, vocab.RDF + "type") == (vocab.ORG + "ChangeEvent",)
    assert graph.objects(event, vocab.ORG + "resultingOrganization") == (new,)
    assert graph.objects(event, VD + "changedOn") == ("2025-07-01",)
    assert graph.objects(event, VD + "legalBasis") == ("NQ 900/2025/QH15",)
    assert graph.objects(event, vocab.DCTERMS + "source") == ("invented",)
    assert graph.objects(event, VD + "changeKind") == (identifiers.term("change-kind", "merger"),)
    assert graph.objects(own, VD + "validTo") == ("2025-06-30",)
    assert graph.objects(new, VD + "validFrom") == ("2025-07-01",)
    assert graph.objects(new, VD + "predecessor") == (body("uy-ban-nhan-dan-tinh-bach-ha"), own)
    assert graph.objects(new, VD + "inPlace") == (identifiers.place_iri("bach-ha-2025"),)


def test_a_department_leads_to_that_of_today_over_several_steps() -> None:
    graph = invented()
    own = body("so-thong-tin-va-truyen-thong-tinh-van-son")
    near = graph.objects(own, VD + "successor")
    assert body("so-khoa-hoc-va-cong-nghe-tinh-van-son") in near
    assert body("so-van-hoa-the-thao-va-du-lich-tinh-van-son") in near
    today = (
        body("so-khoa-hoc-va-cong-nghe-tinh-bach-ha-2025"),
        body("so-van-hoa-the-thao-va-du-lich-tinh-bach-ha-2025"),
    )
    assert graph.objects(own, VD + "heir") == today
    assert graph.objects(own, VD + "lastDay") == ("2025-02-28",)
    assert graph.objects(near[0], VD + "lastDay") == ("2025-06-30",)
    for iri in (own, *near, *today):
        assert len(graph.objects(iri, VD + "label")) >= 1
        assert graph.objects(iri, VD + "bodyKind")


def test_a_district_has_none_and_says_why() -> None:
    graph = invented()
    own = body("uy-ban-nhan-dan-huyen-da-trang")
    (event,) = graph.objects(own, vocab.ORG + "changedBy")
    assert graph.objects(own, VD + "successor") == ()
    assert graph.objects(own, VD + "heir") == ()
    assert graph.objects(event, VD + "endReason") == (identifiers.term("end-reason", "district-level"),)
    assert graph.objects(event, VD + "changedOn") == ("2025-07-01",)


def test_one_name_is_the_body_of_the_day() -> None:
    graph = invented()
    old, new = body("uy-ban-nhan-dan-tinh-bach-ha"), body("uy-ban-nhan-dan-tinh-bach-ha-2025")
    issued = {
        number: graph.objects(iri, VD + "preferredIssuer")
        for iri in graph.subjects(vocab.RDF + "type", linkage.ox.NamedNode(VD + "Instrument"))
        for number in graph.objects(iri, VD + "preferredNumber")
        if "/bach-ha" in iri or "bach-ha/" in iri
    }
    assert issued == {"05/CT-UBND": (old,), "07/CT-UBND": (new,), "02/CT-UBND": (new,)}
    stated = {
        graph.objects(node, VD + "statedNumber")[0]: graph.objects(node, VD + "statedIssuer")
        for node in graph.subjects(vocab.RDF + "type", linkage.ox.NamedNode(VD + "Citation"))
    }
    assert stated == {"05/CT-UBND": (old,), "07/CT-UBND": (new,)}
    tasks = graph.subjects(vocab.RDF + "type", linkage.ox.NamedNode(VD + "Responsibility"))
    ordered = {found for node in tasks for found in graph.objects(node, VD + "body")}
    assert body("so-noi-vu-tinh-bach-ha-2025") in ordered
    assert graph.objects(new, VD + "label") == (
        "Provincial People's Committee, Bạch Hà (2025–)",
        "Ủy ban nhân dân tỉnh Bạch Hà (2025–)",
    )


@cache
def directory() -> Directory:
    """The registers that are shipped."""
    return Directory(read_timetable(linking.load_registers(files.register_files(assets.data_dir())).values()))


def fact(name: str, level: str, province: str, district: str | None = None, kind: str | None = None) -> BodyFact:
    iri = body(text.slug(name))
    own = identifiers.thing("body-kind", kind) if kind else None
    return BodyFact(iri, (name,), level, province, district, own, False, Seen("g", "g", None, None, None, None))


def read(known: BodyFact, day: str | None = None) -> tuple[str, Chronicle]:
    found = directory().find(known.iri, known, day)
    assert found is not None
    return found.iri, chronicle([found], directory())


@pytest.mark.parametrize(
    ("name", "kind", "province", "day", "today"),
    [
        ("Ủy ban nhân dân tỉnh Yên Bái", "ubnd-tinh", "Yên Bái", "2023-01-30", ["uy-ban-nhan-dan-tinh-lao-cai-2025"]),
        ("Ủy ban nhân dân tỉnh Quảng Nam", "ubnd-tinh", "Quảng Nam", None, ["uy-ban-nhan-dan-thanh-pho-da-nang-2025"]),
        ("Tỉnh ủy Quảng Nam", "tinh-uy", "Quảng Nam", None, ["thanh-uy-da-nang-2025"]),
        (
            "Ban Dân vận Tỉnh ủy Kon Tum",
            "bdv-tinh-uy",
            "Kon Tum",
            None,
            ["ban-tuyen-giao-va-dan-van-tinh-uy-quang-ngai-2025"],
        ),
        ("Ban Dân tộc tỉnh Lào Cai", "ban-dan-toc-tinh", "Lào Cai", None, ["so-dan-toc-va-ton-giao-tinh-lao-cai-2025"]),
        ("Sở Kế hoạch và Đầu tư tỉnh Hà Tây", "so-khdt", "Hà Tây", "2005", ["so-tai-chinh-thanh-pho-ha-noi"]),
        (
            "Ủy ban nhân dân tỉnh Đắk Lắk",
            "ubnd-tinh",
            "Đắk Lắk",
            "2001-05-02",
            ["uy-ban-nhan-dan-tinh-dak-lak-2025", "uy-ban-nhan-dan-tinh-lam-dong-2025"],
        ),
        ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", "ubnd-tinh", "Thừa Thiên Huế", None, ["uy-ban-nhan-dan-thanh-pho-hue"]),
        ("Hội Nông dân tỉnh Bình Thuận", "hoi-nong-dan-tinh", "Bình Thuận", None, ["hoi-nong-dan-tinh-lam-dong-2025"]),
        ("Báo Quảng Nam", "bao-tinh", "Quảng Nam", None, ["bao-va-dai-phat-thanh-truyen-hinh-thanh-pho-da-nang-2025"]),
        ("Cục Thuế tỉnh Yên Bái", "cuc-thue-tinh", "Yên Bái", None, ["thue-tinh-lao-cai"]),
        ("Ban Chỉ đạo Bến đò tỉnh Kon Tum", None, "Kon Tum", None, ["ban-chi-dao-ben-do-tinh-quang-ngai"]),
    ],
)
def test_bodies_of_real_places_lead_to_those_of_today(
    name: str, kind: str | None, province: str, day: str | None, today: list[str]
) -> None:
    iri, found = read(fact(name, "province", province, kind=kind), day)
    heirs = [own.removeprefix(body("")) for own in found.heirs[iri]]
    # A name that no place had before stands without a year.
    assert [own.removesuffix("-2025") for own in heirs] == [own.removesuffix("-2025") for own in today]


def test_what_became_of_a_body_of_no_known_kind_is_a_guess_or_not_told() -> None:
    iri, found = read(fact("Ban Chỉ đạo Bến đò tỉnh Kon Tum", "province", "Kon Tum"))
    assert {trust.confidence for trust in found.changes[iri].trusts} == {"unsure"}
    iri, found = read(fact("Công ty Cổ phần Bến đò Kon Tum", "province", "Kon Tum"))
    assert iri not in found.changes


def test_kinds_that_went_together_are_predecessors_of_one() -> None:
    iri, found = read(fact("Sở Tài nguyên và Môi trường tỉnh Lào Cai", "province", "Lào Cai", kind="so-tnmt"))
    (new,) = found.changes[iri].results
    makers = {own.original.rsplit("/", 1)[1] for own in found.changes.values() if new in own.results}
    assert {"so-tai-nguyen-va-moi-truong-tinh-lao-cai", "so-nong-nghiep-va-phat-trien-nong-thon-tinh-lao-cai"} <= makers
    assert found.changes[iri].kind == "merger"


def test_a_place_that_ended_before_its_kind_began_is_no_sibling() -> None:
    _, found = read(fact("Sở Thông tin và Truyền thông tỉnh Quảng Nam", "province", "Quảng Nam", kind="so-tttt"))
    assert not [iri for iri in found.members if "quang-nam-da-nang" in iri]


@pytest.mark.parametrize(
    ("key", "day", "meant"),
    [("bo-noi-vu", "1990-01-01", "bo-noi-vu-cong-an"), ("bo-noi-vu", "2010-01-01", "bo-noi-vu")],
)
def test_single_bodies_with_one_name_are_told_apart_by_the_day(key: str, day: str, meant: str) -> None:
    assert directory().meant(body(key), None, day) == body(meant)


@pytest.mark.parametrize(
    ("key", "today"),
    [
        ("bo-thuong-nghiep", {"bo-cong-thuong", "bo-van-hoa-the-thao-va-du-lich"}),
        ("bo-van-hoa-thong-tin", {"bo-khoa-hoc-va-cong-nghe", "bo-van-hoa-the-thao-va-du-lich"}),
        ("hoi-dong-chinh-phu", {"chinh-phu"}),
        ("tong-cuc-thue", {"cuc-thue"}),
        ("uy-ban-ke-hoach-nha-nuoc", {"bo-tai-chinh"}),
        ("ban-khoa-giao-trung-uong", {"ban-tuyen-giao-va-dan-van-trung-uong"}),
    ],
)
def test_ministries_of_the_past_lead_to_those_of_today(key: str, today: set[str]) -> None:
    found = chronicle([], directory())
    assert {iri.removeprefix(body("")) for iri in found.heirs[body(key)]} == today


def test_a_congress_of_the_register_has_no_successor_and_a_part_is_no_heir() -> None:
    found = chronicle([], directory())
    assert not [iri for iri in found.changes if "dai-hoi-dai-bieu-toan-quoc-lan-thu" in iri]
    assert body("bao-hiem-xa-hoi-viet-nam") in found.members
    assert body("bao-hiem-xa-hoi-viet-nam") not in found.changes


def test_every_change_has_an_end_and_a_reason_or_a_result() -> None:
    found = chronicle([], directory())
    for change in found.changes.values():
        assert bool(change.results) != bool(change.reason), change.original
        assert change.on
        assert any(trust.source or trust.basis for trust in change.trusts), change.original


def test_districts_of_one_name_in_two_provinces_are_two_bodies() -> None:
    name = "Ủy ban nhân dân huyện Châu Thành"
    found = {
        read(fact(name, "district", province, "Châu Thành", "ubnd-huyen"))[0] for province in ("Bến Tre", "Long An")
    }
    assert len(found) == 2
    alone = fact("Ủy ban nhân dân huyện Tuần Giáo", "district", "Điện Biên", "Tuần Giáo", "ubnd-huyen")
    assert read(alone)[0] == alone.iri


def test_a_congress_meets_once_and_a_body_of_no_known_place_is_left_alone() -> None:
    name = "Đại hội đại biểu Đảng bộ tỉnh Kon Tum lần thứ XVI"
    known = fact(name, "province", "Kon Tum")
    found = directory().find(known.iri, known, None)
    assert found is not None
    assert found.kind is not None
    assert found.kind.reason == identifiers.term("end-reason", "meets-once")
    assert not lasts_with_its_place(found)
    assert known.iri not in chronicle([found], directory()).changes
    nowhere = fact("Ủy ban nhân dân tỉnh Vân Sơn", "province", "Vân Sơn", kind="ubnd-tinh")
    assert directory().find(nowhere.iri, nowhere, None) is None
    assert directory().meant(nowhere.iri, nowhere, "2020") == nowhere.iri


@pytest.mark.shared
def test_every_issuer_of_the_gold_documents_has_its_successor_or_is_said_to_have_none(shared: Path) -> None:
    folders = [shared / "corpus" / name for name in ("directives", "annotated")]
    outcomes = extraction.extract_all(extraction.gather(folders))
    graphs = {
        identifiers.source_graph(own.name): extraction.describe(own.extraction) for own in outcomes if own.extraction
    }
    assert len(graphs) == 13
    linked = store.memory_store(
        linking.link_graphs(graphs, linking.load_registers(files.register_files(assets.data_dir())))
    )
    ends, checked = {}, 0
    for iri in linked.subjects(vocab.RDF + "type", linkage.ox.NamedNode(VD + "Directive")):
        (issuer,) = linked.objects(iri, VD + "preferredIssuer")
        checked += 1
        if not (linked.objects(issuer, VD + "lastDay") or ("9",))[0] <= "2025-07-01":
            continue  # there on that day
        heirs = linked.objects(issuer, VD + "heir")
        reasons = [
            why
            for event in linked.objects(issuer, vocab.ORG + "changedBy")
            for why in linked.objects(event, VD + "endReason")
        ]
        assert bool(heirs) != bool(reasons), issuer
        ends[issuer.rsplit("/", 1)[1]] = [own.rsplit("/", 1)[1] for own in heirs or reasons]
    assert checked == 13
    assert ends == {
        "so-noi-vu-tinh-binh-thuan": ["so-noi-vu-tinh-lam-dong-2025"],
        "uy-ban-nhan-dan-huyen-tuan-giao": ["district-level"],
        "uy-ban-nhan-dan-tinh-kon-tum": ["uy-ban-nhan-dan-tinh-quang-ngai-2025"],
        "uy-ban-nhan-dan-tinh-lao-cai": ["uy-ban-nhan-dan-tinh-lao-cai-2025"],
        "uy-ban-nhan-dan-tinh-ninh-binh": ["uy-ban-nhan-dan-tinh-ninh-binh-2025"],
        "uy-ban-nhan-dan-tinh-quang-nam": ["uy-ban-nhan-dan-thanh-pho-da-nang-2025"],
        "uy-ban-nhan-dan-tinh-quang-ngai": ["uy-ban-nhan-dan-tinh-quang-ngai-2025"],
        "uy-ban-nhan-dan-tinh-yen-bai": ["uy-ban-nhan-dan-tinh-lao-cai-2025"],
    }


def test_a_committee_that_was_not_merged_has_no_change() -> None:
    known = committee("Điện Biên")
    own = fact(known.name, "province", "Điện Biên", kind="ubnd-tinh")
    iri, found = read(own)
    assert iri not in found.changes
    assert central("Chính phủ").key in {key.rsplit("/", 1)[1] for key in found.members}
