from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.generated import agreement, world
from tests.linkage import (
    ASSEMBLY,
    BACH_HA,
    DA_TRANG,
    GOVERNMENT,
    POLITBURO,
    PRIME_MINISTER,
    SECRETARIAT,
    VAN_SON,
    Cite,
    central,
    committee,
    document,
    entities,
    link,
    own_iri,
    party,
    with_text,
)
from viendan import identifiers, queries, store, text, turtle, vocab
from viendan.errors import DataError
from viendan.link import overrides
from viendan.link.traits import without_amended
from viendan.model import Body, Extraction

PLAN = "Đề án"


def commune(name: str) -> Body:
    """The committee of a commune of Đá Trắng."""
    full = f"Ủy ban nhân dân xã {name}"
    return Body(text.slug(full), full, "commune", "Vân Sơn", "Đá Trắng", "ubnd-xa")


def one(*documents: Extraction) -> bool:
    """Whether all citations of all documents mean one thing."""
    linked = link(*documents)
    return len({iri for own in entities(linked, *documents) for iri in own}) == 1


# ---------------------------------------------------------------- numbers


def test_notations_of_one_number_are_one() -> None:
    a = document("a", Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER))
    b = document("b", Cite("19-CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER), issuer=BACH_HA)
    assert one(a, b)


def test_one_number_of_two_provinces_is_two() -> None:
    a = document("a", Cite("11-NQ/TU", "Nghị quyết", "2022-05-16", party("Vân Sơn")))
    b = document("b", Cite("11-NQ/TU", "Nghị quyết", "2022-05-16", party("Bạch Hà")), issuer=BACH_HA)
    assert not one(a, b)


def test_one_number_of_two_years_is_two() -> None:
    a = document("a", Cite("5/KH-UBND", "Kế hoạch", "2021-01-05", VAN_SON))
    b = document("b", Cite("5/KH-UBND", "Kế hoạch", "2022-01-07", VAN_SON))
    assert not one(a, b)


def test_a_party_committee_and_its_standing_board_number_in_one_series() -> None:
    a = document("a", Cite("08-CT/TU", date="2021-03-03", issuer=party("Vân Sơn")))
    b = document("b", Cite("08-CT/TU", date="2021-03", issuer=party("Vân Sơn", "ban-thuong-vu-tinh-uy")))
    assert one(a, b)
    assert one(
        document(
            "c", Cite("5-CT/TW", date="2016-05-15", issuer=POLITBURO), Cite("5-CT/TW", date="2016", issuer=SECRETARIAT)
        )
    )


def test_a_number_with_its_year_is_another_series_unless_the_day_is_the_same() -> None:
    same_day = [Cite(n, "Quyết định", "2022-03-28", PRIME_MINISTER) for n in ("08/2022/QĐ-TTg", "8/QĐ-TTg")]
    other_day = Cite("8/QĐ-TTg", "Quyết định", "2022-01-05", PRIME_MINISTER)
    assert one(document("a", *same_day))
    assert not one(document("a", same_day[0], other_day))


def test_another_type_word_on_the_same_day_is_the_same_dispatch() -> None:
    a = document("a", Cite("219/UBND-VX", "Công văn", "2023-01-30", VAN_SON))
    b = document("b", Cite("219/UBND-VX", "Văn bản", "2023-01-30", VAN_SON), issuer=DA_TRANG)
    assert one(a, b)


def test_another_issuer_of_the_place_on_the_same_day_is_a_slip() -> None:
    a = document("a", Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER))
    b = document("b", Cite("19/CT-TTg", date="2021-07-16", issuer=GOVERNMENT))
    assert one(a, b)


def test_a_misprinted_year_is_seen_by_subject_day_and_month() -> None:
    subject = "tăng cường trồng cây gây rừng ở vùng cao"
    a = document("a", Cite("9/CT-UBND", date="2021-05-18", issuer=VAN_SON, title=subject))
    b = document("b", Cite("9/CT-UBND", date="2020-05-18", issuer=VAN_SON, title=subject))
    other = document("b", Cite("9/CT-UBND", date="2020-05-18", issuer=VAN_SON, title="phòng cháy mùa khô năm nay"))
    assert one(a, b)
    assert not one(a, other)


def test_citers_who_disagree_on_the_day_mean_one_instrument_unless_subjects_differ() -> None:
    a = document("a", Cite("01-KL/TW", "Kết luận", "2021-05-18", POLITBURO, "về việc học tập"))
    b = document("b", Cite("01-KL/TW", "Kết luận", "2021-08-15", POLITBURO))
    c = document("c", Cite("01-KL/TW", "Kết luận", "2021-08-15", POLITBURO, "kho thóc dự trữ quốc gia"))
    assert one(a, b)
    assert not one(a, c)


@pytest.mark.parametrize(
    ("number", "misread"),
    [("95/2025/UBTVQH15", "95/2025/UBTVQHI5"), ("15/KH-UBND", "l5/KH-UBND"), ("37/2023/NQ-HĐND", "37/2023NQ-HĐND")],
)
def test_a_misread_number_is_known_by_issuer_and_day(number: str, misread: str) -> None:
    a = document("a", Cite(number, None, "2023-12-08", VAN_SON))
    b = document("b", Cite(misread, None, "2023-12-08", VAN_SON))
    assert one(a, b)
    assert not one(a, document("b", Cite(misread, None, "2023-12-09", VAN_SON)))


def test_two_types_of_one_serial_and_day_are_not_a_misreading() -> None:
    subject = "công tác phòng chống lụt bão năm nay"
    cites = [Cite(n, None, "2023-05-05", VAN_SON, subject) for n in ("12/QĐ-UBND", "12/CĐ-UBND")]
    assert not one(document("a", *cites))


# ---------------------------------------------------------------- what is missing


def test_a_missing_date_is_completed_within_the_document() -> None:
    linked = link(
        own := document("a", Cite("5-CT/TW", date="2016-05-15", issuer=POLITBURO), Cite("5-CT/TW", issuer=POLITBURO))
    )
    first, second = entities(linked, own)[0]
    assert first == second
    assert [merge.rules for merge in linked.resolution.merges] == [("same-document",)]


def test_a_missing_date_is_completed_from_the_only_candidate() -> None:
    a = document("a", Cite("31/KH-UBND", "Kế hoạch", "2022-06-01", VAN_SON))
    b = document("b", Cite("31/KH-UBND", "Kế hoạch", None, VAN_SON))
    assert one(a, b)


def test_what_one_mention_leaves_out_another_of_the_document_says() -> None:
    pieces = Cite("31/KH-UBND", "Kế hoạch", "2012-06-01"), Cite("31/KH-UBND", "Kế hoạch", None, VAN_SON)
    whole = document("b", Cite("31/KH-UBND", "Kế hoạch", "2012-06-01", VAN_SON))
    assert one(document("a", *pieces), whole)
    other = Cite("31/KH-UBND", "Kế hoạch", "2012-08-02", BACH_HA)
    torn = document("a", *pieces, other, Cite("31/KH-UBND", "Kế hoạch", "2013-08-02"))
    (first, second, third, fourth), _ = entities(link(torn, whole), torn, whole)
    assert len({first, second, third, fourth}) == 4, "the undated one fits two"


def test_a_plan_of_two_districts_of_one_name_is_two() -> None:
    cites = [
        Cite("5/KH-UBND", "Kế hoạch", "2022-01-05", committee(place, "Suối Đá")) for place in ("Vân Sơn", "Bạch Hà")
    ]
    a, b = (document(name, cite, issuer=cite.issuer or VAN_SON) for name, cite in zip("ab", cites, strict=True))
    c = document("c", cites[0], issuer=VAN_SON)
    linked = link(a, b, c)
    (first,), (second,), (third,) = entities(linked, a, b, c)
    assert first == third != second
    bodies = {
        q.object.value for q in linked if q.predicate.value == vocab.ELI + "passed_by" and "suoi-da" in str(q.object)
    }
    assert len(bodies) == 2, "two committees"


def test_communes_of_one_district_number_alike() -> None:
    cites = [Cite("5/KH-UBND", "Kế hoạch", "2022-01-05", commune(name)) for name in ("Bản Nưa", "Bản Tở")]
    assert not one(document("a", cites[0], issuer=DA_TRANG), document("b", cites[1], issuer=DA_TRANG))


def test_two_candidates_leave_it_open_and_are_named() -> None:
    a = document("a", *(Cite("31/KH-UBND", "Kế hoạch", f"{year}-06-01", VAN_SON) for year in (2021, 2022)))
    b = document("b", Cite("31/KH-UBND", "Kế hoạch", None, VAN_SON))
    linked = link(a, b)
    assert len({iri for own in entities(linked, a, b) for iri in own}) == 3
    (left,) = [own for own in linked.resolution.unresolved if own.reason == "ambiguous"]
    assert len(left.candidates) == 2


def test_of_several_candidates_the_one_with_the_subject_is_meant() -> None:
    subjects = {2021: "trồng rừng phòng hộ đầu nguồn", 2022: "sửa chữa hồ chứa nước"}
    a = document("a", *(Cite("31/KH-UBND", "Kế hoạch", f"{y}-06-01", VAN_SON, s) for y, s in subjects.items()))
    b = document("b", Cite("31/KH-UBND", "Kế hoạch", None, VAN_SON, subjects[2022]))
    linked = link(a, b)
    assert entities(linked, b)[0][0] == entities(linked, a)[0][1]


@pytest.mark.parametrize("year", ["2024", "2010"])
def test_a_candidate_that_is_younger_or_long_past_is_not_taken(year: str) -> None:
    a = document("a", Cite("31/KH-UBND", "Kế hoạch", f"{year}-06-01", VAN_SON), date=f"{year}-12-01")
    b = document("b", Cite("31/KH-UBND", "Kế hoạch", None, VAN_SON), date="2023-02-01")
    assert not one(a, b)


def test_an_old_candidate_that_is_still_named_in_full_is_taken() -> None:
    a = document("a", Cite("34-CT/TW", date="2012-04-07", issuer=POLITBURO), date="2023-01-13")
    b = document("b", Cite("34-CT/TW", issuer=POLITBURO), date="2023-02-01", issuer=BACH_HA)
    assert one(a, b)


def test_a_missing_issuer_is_never_looked_for_in_another_province() -> None:
    known = document("a", Cite("84/2022/QĐ-UBND", "Quyết định", "2022-04-01", BACH_HA), issuer=BACH_HA)
    elsewhere = document("b", Cite("84/2022/QĐ-UBND", "Quyết định", "2022-04-01"), issuer=VAN_SON)
    at_home = document("c", Cite("84/2022/QĐ-UBND", "Quyết định", "2022-04-01"), issuer=BACH_HA)
    linked = link(known, elsewhere, at_home)
    (first,), (second,), (third,) = entities(linked, known, elsewhere, at_home)
    assert first == third != second


def test_a_missing_issuer_of_a_central_number_is_found() -> None:
    a = document("a", Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER))
    b = document("b", Cite("19/CT-TTg", date="2021-07-16"), issuer=BACH_HA)
    assert one(a, b)


def test_one_description_may_mean_two_things_in_two_documents() -> None:
    a = document("a", Cite("11-CT/TW", date="2007-04-13", issuer=POLITBURO), Cite("11-CT/TW", issuer=POLITBURO))
    b = document("b", Cite("11-CT/TW", date="2021-12-09", issuer=POLITBURO), Cite("11-CT/TW", issuer=POLITBURO))
    c = document("c", Cite("11-CT/TW", issuer=POLITBURO))
    linked = link(a, b, c)
    first, second, (third,) = entities(linked, a, b, c)
    assert first[0] == first[1]
    assert second[0] == second[1]
    assert len({first[0], second[0], third}) == 3
    assert third not in linked.resolution.flat


# ---------------------------------------------------------------- registers


def test_two_entries_of_a_register_are_never_one() -> None:
    law, resolution = Cite("44/2010/QH12", "Luật", None, ASSEMBLY), Cite("44/2010/QH12", "Nghị quyết", None, ASSEMBLY)
    linked = link(own := document("a", law, resolution))
    assert len(set(entities(linked, own)[0])) == 2


def test_a_number_given_twice_is_told_apart_by_the_day_or_the_subject() -> None:
    by_day = Cite("07/2021/NĐ-CP", "Nghị định", "2021-03-02", GOVERNMENT)
    by_subject = Cite("07/2021/NĐ-CP", "Nghị định", None, GOVERNMENT, "quy định về kho thóc")
    neither = Cite("07/2021/NĐ-CP", "Nghị định", None, GOVERNMENT)
    a, b, c = document("a", by_day), document("b", by_subject), document("c", neither)
    linked = link(a, b, c)
    (first,), (second,), (third,) = entities(linked, a, b, c)
    assert first == second
    assert first.endswith("2021-03-02")
    assert third != first
    assert [own.reason for own in linked.resolution.unresolved] == ["ambiguous"]


@pytest.mark.parametrize(
    ("name", "date", "expected"),
    [
        ("Chợ phiên", "2023-02-01", "2010/44-2010-qh12"),  # one law of the name
        ("Bến thuyền", "2021-02-01", "2004/31-2004-qh11"),  # the second is not passed yet
        ("Bến thuyền", "2024-02-01", "2022/19-2022-qh15"),  # it holds
        ("Bến thuyền (sửa đổi)", "2023-02-01", "2022/19-2022-qh15"),  # named as what was just passed
        ("Bến thuyền", "2023-02-01", None),  # passed and not in force: open
        ("Bến đò ngang", "2023-02-01", None),  # near miss
    ],
)
def test_a_law_is_known_by_its_name_on_the_documents_day(name: str, date: str, expected: str | None) -> None:
    own = document("a", Cite(None, "Luật", None, ASSEMBLY, name), date=date)
    ((found,),) = entities(link(own), own)
    assert found.endswith(expected) if expected else "khong-ro-nam" in found


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("bến thuyền (sửa đổi)", "bến thuyền"),
        ("cho noi, ben thuyen (sua doi)", "cho noi, ben thuyen"),  # long titles are compared without marks
        ("sửa đổi bến thuyền", "sửa đổi bến thuyền"),  # near miss
    ],
)
def test_what_tells_a_revised_law_is_no_part_of_its_name(key: str, expected: str) -> None:
    assert without_amended(key) == expected


def test_a_law_by_name_and_by_number_in_one_document_is_one() -> None:
    by_number = Cite("31/2004/QH11", "Luật", None, ASSEMBLY, "Bến thuyền")
    by_name = Cite(None, "Luật", None, ASSEMBLY, "Bến thuyền")
    assert one(document("a", by_number, by_name, date="2024-06-01"))


# ---------------------------------------------------------------- titles


def test_an_unnumbered_plan_is_the_one_that_another_document_says_was_approved() -> None:
    title = "Tuyên truyền gương người tốt giai đoạn 2022-2025"
    approval = Cite("1526/QĐ-TTg", "Quyết định", "2022-12-09", PRIME_MINISTER)
    a = document("a", approval, Cite(None, PLAN, None, None, title), relations=[(0, "approves", 1)])
    b = document("b", Cite(None, PLAN, None, None, title.replace("-", " - ")), issuer=BACH_HA)
    linked = link(a, b)
    assert entities(linked, a)[0][1] == entities(linked, b)[0][0]


def test_an_unnumbered_plan_of_two_provinces_is_two() -> None:
    title = "Nâng cao chất lượng tiếp công dân"
    a = document("a", Cite(None, PLAN, None, None, title))
    b = document("b", Cite(None, PLAN, None, None, title), issuer=BACH_HA)
    same_place = document("c", Cite(None, PLAN, None, None, title), date="2024-01-01")
    linked = link(a, b, same_place)
    (first,), (second,), (third,) = entities(linked, a, b, same_place)
    assert first == third != second


def test_a_number_is_found_by_title() -> None:
    title = "trồng và bảo vệ rừng phòng hộ đầu nguồn"
    a = document("a", Cite("45/NQ-HĐND", "Nghị quyết", "2022-12-08", VAN_SON, title))
    b = document("b", Cite(None, "Nghị quyết", "2022", VAN_SON, title))
    assert one(a, b)
    assert not one(a, document("b", Cite(None, "Nghị quyết", "2021", VAN_SON, title)))


def test_a_document_without_number_is_known_by_those_who_cite_it() -> None:
    title = "Phát động thi đua yêu nước năm 2023"
    own = document("a", title=title, date=None)
    citer = document("b", Cite("02/CT-UBND", date="2023-01-13", issuer=VAN_SON, title=title), issuer=DA_TRANG)
    linked = link(own, citer)
    assert own_iri(linked, own) == entities(linked, citer)[0][0]
    assert own_iri(linked, own).endswith("2023/2-ct-ubnd")


def test_two_documents_read_are_not_one_by_their_title() -> None:
    title = "Tăng cường phòng cháy, chữa cháy rừng"
    a, b = document("a", title=title, date=None), document("b", title=title, date=None)
    linked = link(a, b)
    assert own_iri(linked, a) != own_iri(linked, b)


def test_a_congress_passes_one_resolution() -> None:
    congress = Body("dai-hoi-dai-bieu-dang-bo-tinh-van-son-lan-thu-xvi", "Đại hội … lần thứ XVI", "province", "Vân Sơn")
    later = Body("dai-hoi-dai-bieu-dang-bo-tinh-van-son-lan-thu-xvii", "Đại hội … lần thứ XVII", "province", "Vân Sơn")
    a = document("a", Cite(None, "Nghị quyết", None, congress))
    b = document("b", Cite(None, "Nghị quyết", None, congress), issuer=DA_TRANG)
    c = document("c", Cite(None, "Nghị quyết", None, later))
    assert one(a, b)
    assert not one(a, c)


def test_an_annex_that_misnames_its_parent_is_it_only_there() -> None:
    own = document(
        "a", Cite("12/CT-UBND", date="2023-01-13", issuer=VAN_SON, role="self"), number="02/CT-UBND", date="2023-01-13"
    )
    other = document("b", Cite("12/CT-UBND", date="2023-01-13", issuer=VAN_SON))
    linked = link(own, other)
    assert entities(linked, own)[0][0] == own_iri(linked, own)
    assert own_iri(linked, own).endswith("/2-ct-ubnd")
    assert entities(linked, other)[0][0].endswith("/12-ct-ubnd")


# ---------------------------------------------------------------- held documents


def held(name: str, words: str, *cites: Cite, date: str | None = "2025-01-07", title: str = "việc bản") -> Extraction:
    """A document of one number whose text is ``words``."""
    own = document(name, *cites, number="04/TTr-UBND", type="Tờ trình", date=date, title=title)
    return with_text(own, words)


BASES = (Cite("9/NQ-HĐND", "Nghị quyết", "2024-05-05", VAN_SON), Cite("7/KH-UBND", "Kế hoạch", "2024-06-05", VAN_SON))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (held("a", "same words", *BASES), held("b", "same\n  words", *BASES)),
        (held("a", "a scan of the words", *BASES), held("b", "the file of the words", *BASES[:1])),
        (held("a", "same words", date=None, title="không rõ"), held("b", "same words", date=None, title="không rõ")),
    ],
    ids=["same words", "same day, title and citations", "same words without date"],
)
def test_two_files_of_one_document_are_one_with_both_sources(one: Extraction, other: Extraction) -> None:
    linked = link(one, other)
    assert own_iri(linked, one) == own_iri(linked, other)
    assert not [finding for finding in linked.findings if finding.kind == "same-identity"]
    sources = {q.object.value for q in linked if q.predicate.value == vocab.PROV + "hadPrimarySource"}
    assert sources == {identifiers.source_iri("a"), identifiers.source_iri("b")}
    headers = [q for q in linked if q.predicate.value == vocab.VD + "stated" and "/header/" in q.subject.value]
    assert len(headers) == 1, "what both say is said once"
    graph = store.memory_store(linked)
    assert not [
        row for query in queries.load() if query.name.startswith("check_") for row in queries.run(graph, query, {}).rows
    ]


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        (held("a", "first", *BASES, date="2025-01"), held("b", "second", *BASES, date="2025-02"), "date_document"),
        (held("a", "first", *BASES), held("b", "second", *BASES, title="trồng rừng trên đồi"), "title"),
        (held("a", "first", BASES[0]), held("b", "second", BASES[1]), "id_local"),
        (held("a", "first", *BASES, date="2025-01"), held("b", "second", *BASES, date="2025-01"), "id_local"),
    ],
    ids=["date", "title", "citations", "a month alone is no proof"],
)
def test_two_documents_of_one_number_stay_apart_and_are_reported(
    one: Extraction, other: Extraction, difference: str
) -> None:
    linked = link(one, other)
    names = own_iri(linked, one), own_iri(linked, other)
    assert names == (f"{one.instrument}/a", f"{one.instrument}/b")
    (finding,) = [finding for finding in linked.findings if finding.kind == "same-identity"]
    assert (finding.about, finding.field) == (names, vocab.ELI + difference)
    documents = [q.object.value for q in linked if q.predicate.value == vocab.VD + "inDocument"]
    assert set(documents) == set(names)
    nodes = [q.subject.value for q in linked if q.predicate.value == vocab.VD + "inDocument"]
    assert len(nodes) == len(set(nodes)) == len(one.citations) + len(other.citations) + 2
    assert {mention for reading in finding.readings for mention in reading.mentions} <= set(nodes)
    graph = store.memory_store(linked)
    assert not [
        row for query in queries.load() if query.name.startswith("check_") for row in queries.run(graph, query, {}).rows
    ]
    again = link(other, one)
    assert sorted(map(str, again)) == sorted(map(str, linked))


def test_a_number_read_twice_is_cited_by_the_day() -> None:
    one, other = held("a", "first", date="2025-01-07"), held("b", "second", date="2025-02-07")
    citer = document("c", Cite("04/TTr-UBND", "Tờ trình", "2025-02-07", VAN_SON), date="2025-03-01")
    linked = link(one, other, citer)
    assert entities(linked, citer)[0][0] == own_iri(linked, other) != own_iri(linked, one)


# ---------------------------------------------------------------- movements and bodies


def movement(linked_documents: list[Extraction]) -> list[str]:
    linked = link(*linked_documents)
    return [
        linked.resolution.of(identifiers.source_graph(own.source.name)).get(item.movement, item.movement)
        for own in linked_documents
        for item in own.invocations
    ]


def test_wordings_of_a_register_are_one_movement() -> None:
    names = (
        "Cả nước chung sức dựng bản xanh",
        "Cả nước chung tay dựng bản xanh",
        "Cả nước chung sức dựng bản xanh giai đoạn 2021-2025",
    )
    found = movement([document(str(n), movements=[(name, "national", "invokes")]) for n, name in enumerate(names)])
    assert set(found) == {identifiers.movement_iri("ban-xanh")}


def test_a_local_movement_is_neither_the_national_nor_another_places() -> None:
    name = "Cả nước chung sức dựng bản xanh"
    found = movement(
        [
            document("a", movements=[(name, "national", "invokes"), ("Nhà sạch ngõ đẹp", "provincial", "invokes")]),
            document(
                "b",
                movements=[(name, "provincial", "invokes"), ("Nhà sạch ngõ đẹp", "provincial", "invokes")],
                issuer=BACH_HA,
            ),
        ]
    )
    assert len(set(found)) == 4


def test_a_body_is_the_registers_by_another_name() -> None:
    renamed = central("Bộ Thủy văn và Khí hậu")
    linked = link(document("a", Cite("5/TT-BTV", "Thông tư", "2021-05-05", renamed)))
    assert linked.resolution.flat[identifiers.body_iri(renamed)] == identifiers.thing("body", "bo-thuy-van")


# ---------------------------------------------------------------- laws


def corpus() -> list[Extraction]:
    return [
        document(
            "a", Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER), Cite("19-CT-TTg", issuer=PRIME_MINISTER)
        ),
        document(
            "b", Cite("19-CT-TTg", date="2021-07-16", issuer=GOVERNMENT), Cite("5/KH-UBND", "Kế hoạch"), issuer=BACH_HA
        ),
        document(
            "c",
            Cite("5/KH-UBND", "Kế hoạch", "2022-01-01", BACH_HA),
            Cite("12/CT-UBND", role="self", issuer=VAN_SON),
            number="02/CT-UBND",
        ),
        document(
            "d", Cite("5/KH-UBND", "Kế hoạch", "2022-01-01", VAN_SON), Cite(None, "Luật", None, ASSEMBLY, "Chợ phiên")
        ),
    ]


def test_order_does_not_matter() -> None:
    documents = corpus()
    expected = sorted(map(str, link(*documents)))
    for seed in range(3):
        random.Random(seed).shuffle(documents)
        assert sorted(map(str, link(*documents))) == expected


def test_every_iri_that_went_has_its_reason_and_stands_nowhere_else() -> None:
    linked = link(*corpus())
    gone = {(graph, old): new for graph, moved in linked.resolution.by_graph.items() for old, new in moved.items()}
    reasons = {(merge.merged, merge.into): merge for merge in linked.resolution.merges}
    assert gone
    for (_, old), new in gone.items():
        assert reasons[old, new].rules
        assert reasons[old, new].evidence
    for quad in linked:
        graph = quad.graph_name.value
        assert (graph, quad.subject.value) not in gone
        assert (graph, getattr(quad.object, "value", "")) not in gone


def test_a_thing_never_cites_itself() -> None:
    linked = link(
        document("a", Cite("02/CT-UBND", date="2023-01-13", issuer=VAN_SON), number="02/CT-UBND", date="2023-01-13")
    )
    between = set(vocab.ROLE_PROPERTY.values())
    assert not [quad for quad in linked if quad.subject == quad.object and quad.predicate.value in between]


# ---------------------------------------------------------------- decisions of people


def decide(content: str) -> overrides.Overrides:
    full = content.replace("{id}", vocab.ID).replace("{vd}", vocab.VD)
    return overrides.of_triples(turtle.parse(full, "overrides.ttl"), "overrides.ttl", full)


def test_people_can_join_and_keep_apart() -> None:
    documents = [
        document("a", Cite("5/KH-UBND", "Kế hoạch", "2021-01-05", VAN_SON)),
        document("b", Cite("6/KH-UBND", "Kế hoạch", "2021-01-06", VAN_SON)),
        document("c", Cite("6/KH-UBND", "Kế hoạch", None, VAN_SON)),
    ]
    base = f"{vocab.ID}instrument/{VAN_SON.key}/ke-hoach/"
    joined = link(*documents, decisions=decide(f"<{base}2021/5-kh-ubnd> <{{vd}}mergeInto> <{base}2021/6-kh-ubnd> ."))
    assert {iri for own in entities(joined, *documents) for iri in own} == {f"{base}2021/6-kh-ubnd"}
    apart = link(
        *documents, decisions=decide(f"<{base}2021/6-kh-ubnd> <{{vd}}keepApart> <{base}khong-ro-nam/6-kh-ubnd> .")
    )
    assert len({iri for own in entities(apart, *documents) for iri in own}) == 3


def test_people_can_correct_a_value() -> None:
    own = document("a", Cite("5/KH-UBND", "Kế hoạch", "2021-01-05", VAN_SON))
    iri = own.citations[0].instrument
    linked = link(own, decisions=decide(f'<{iri}> <{{vd}}preferredNumber> "05/KH-UBND" .'))
    values = {(q.subject.value, q.object.value) for q in linked if q.predicate.value == vocab.VD + "preferredNumber"}
    assert (iri, "05/KH-UBND") in values
    assert (iri, "5/KH-UBND") not in values
    assert any(quad.graph_name.value == vocab.GRAPH_CORRECTIONS for quad in linked)


@pytest.mark.parametrize(
    ("key", "line", "content"),
    [
        ("override_conflict", 2, "\n<{id}instrument/a> <{vd}mergeInto> <{id}instrument/a> ."),
        (
            "override_conflict",
            1,
            "<{id}x/a> <{vd}mergeInto> <{id}x/b> .\n<{id}x/b> <{vd}mergeInto> <{id}x/a> .",
        ),
        (
            "override_conflict",
            2,
            "<{id}x/a> <{vd}mergeInto> <{id}x/b> .\n<{id}x/a> <{vd}keepApart> <{id}x/b> .",
        ),
        (
            "override_conflict",
            2,
            '<{id}instrument/a> <{vd}preferredNumber> "1" .\n<{id}instrument/a> <{vd}preferredNumber> "2" .',
        ),
        ("override_shape", 1, "<{id}instrument/a> <{vd}cites> <{id}instrument/b> ."),
        ("override_shape", 1, '<{id}instrument/a> <{vd}mergeInto> "b" .'),
    ],
)
def test_a_broken_decision_is_refused_with_its_line(key: str, line: int, content: str) -> None:
    with pytest.raises(DataError) as caught:
        decide(content)
    assert (caught.value.key, caught.value.values["line"]) == (key, line)


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("override_unknown", "<{id}instrument/a> <{vd}mergeInto> <{id}instrument/nowhere> ."),
        ("override_conflict", "<{id}instrument/a> <{vd}mergeInto> <{id}movement/m> ."),
    ],
)
def test_a_decision_about_nothing_is_refused(key: str, content: str) -> None:
    known = {f"{vocab.ID}{name}" for name in ("instrument/a", "movement/m")}
    with pytest.raises(DataError) as caught:
        overrides.check_known(decide(content), known.__contains__, "overrides.ttl", content)
    assert caught.value.key == key


def test_broken_turtle_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "overrides.ttl"
    path.write_text("\n\n<a> <b> .", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        overrides.read_overrides(path)
    assert caught.value.key == "turtle_syntax"


# ---------------------------------------------------------------- many


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 8, 9])
def test_a_thousand_documents_are_told_apart(seed: int) -> None:
    made = world(seed, 1000)
    found = agreement(made.truth, entities(link(*made.documents), *made.documents))
    assert found.false_merges == (), "two things became one"
    assert found.precision == 1.0
    assert found.f1 >= 0.98


def test_a_key_is_made_of_words_alone() -> None:
    assert text.slug(VAN_SON.name) == VAN_SON.key
