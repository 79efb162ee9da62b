from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.linkage import (
    ASSEMBLY,
    BACH_HA,
    GOVERNMENT,
    POLITBURO,
    PRIME_MINISTER,
    VAN_SON,
    Cite,
    document,
    entities,
    link,
    own_iri,
    party,
    registers,
    with_number,
)
from viendan import vocab
from viendan.link import subjects
from viendan.link.evidence import Finding
from viendan.link.linking import Linked
from viendan.model import Extraction

CASES = tomllib.loads((Path(__file__).parent / "cases" / "subjects.toml").read_text(encoding="utf-8"))["case"]
SUBJECT = "tăng cường trồng cây gây rừng"


def found(kind: str, *documents: Extraction) -> list[Finding]:
    return [finding for finding in link(*documents).findings if finding.kind == kind]


def readings(finding: Finding) -> dict[str, int]:
    return {reading.value: len(reading.mentions) for reading in finding.readings}


def cite(date: str | None = "2021-05-18", title: str | None = None, number: str = "01-KL/TW") -> Cite:
    return Cite(number, "Kết luận", date, POLITBURO, title)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["one"][:30])
def test_titles_that_disagree(case: dict[str, object]) -> None:
    one, other = str(case["one"]), str(case["other"])
    assert subjects.differ(one, other) is case["differ"]
    assert subjects.differ(other, one) is case["differ"]


def test_citers_who_disagree_on_the_date_are_shown_with_their_mentions() -> None:
    a, b, c = document("a", cite()), document("b", cite()), document("c", cite("2021-08-15"))
    (finding,) = found("date-disagreement", a, b, c)
    assert readings(finding) == {"2021-05-18": 2, "2021-08-15": 1}
    assert (finding.likely, finding.reason) == (0, "majority")


def test_as_many_for_each_date_leaves_it_open() -> None:
    (finding,) = found("date-disagreement", document("a", cite()), document("b", cite("2021-08-15")))
    assert (finding.likely, finding.reason) == (None, "tie")


def test_of_two_dates_the_better_proved_one_is_likely() -> None:
    in_passing = replace(cite("2021-05-18"), role="context")
    basis = replace(cite("2021-08-15"), role="basis")
    (finding,) = found("date-disagreement", document("a", in_passing), document("b", basis))
    assert finding.readings[finding.likely or 0].value == "2021-08-15"
    assert finding.reason == "evidence"


def test_a_month_alone_does_not_disagree_with_a_day() -> None:
    assert not found("date-disagreement", document("a", cite()), document("b", cite("2021-05")))


def test_a_register_knows_better_than_most() -> None:
    wrong = Cite("31/2004/QH11", "Luật", "2004-12-26", ASSEMBLY)
    (finding,) = found("date-disagreement", document("a", wrong), document("b", wrong))
    assert (finding.readings[finding.likely or 0].value, finding.reason) == ("2004-11-26", "register")


def test_subjects_issuers_numbers_and_types_that_disagree() -> None:
    a = document("a", Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER, title="thi đua hàng năm và dài hạn"))
    b = document("b", Cite("19-CT-TTg", date="2021-07-16", issuer=GOVERNMENT, title="thi đua năm 2021 và dài hạn"))
    kinds = {finding.kind for finding in link(a, b).findings}
    assert {"title-disagreement", "issuer-disagreement", "symbol-disagreement"} <= kinds
    c = document("c", Cite("219/UBND-VX", "Công văn", "2023-01-30", VAN_SON, SUBJECT))
    d = document("d", Cite("219/UBND-VX", "Thông báo", "2023-01-30", VAN_SON, SUBJECT))
    assert found("type-disagreement", c, d)


def test_a_leading_zero_is_no_disagreement() -> None:
    a = document("a", Cite("05/KH-UBND", "Kế hoạch", "2023-01-01", VAN_SON))
    b = document("b", Cite("5/KH-UBND", "Kế hoạch", "2023-01-01", VAN_SON))
    assert not found("symbol-disagreement", a, b)


def test_a_document_that_numbers_itself_two_ways() -> None:
    annex = Cite("12/CT-UBND", date="2023-01-13", issuer=VAN_SON, role="self")
    (finding,) = found("two-own-numbers", document("a", annex, number="02/CT-UBND"))
    assert [reading.value for reading in finding.readings] == ["02/CT-UBND", "12/CT-UBND"]
    assert all(reading.mentions for reading in finding.readings)
    same = Cite("2/CT-UBND", date="2023-01-13", issuer=VAN_SON, role="self")
    assert not found("two-own-numbers", document("a", same, number="02/CT-UBND"))
    twice = with_number(document("b", number="02/CT-UBND"), "02/CT-UBND", "03/CT-UBND")
    assert found("two-own-numbers", twice)


def test_one_number_of_two_instruments() -> None:
    a = document("a", Cite("11-NQ/TU", "Nghị quyết", "2022-05-16", party("Vân Sơn")))
    b = document("b", Cite("11-NQ/TU", "Nghị quyết", "2021-07-20", party("Bạch Hà")), issuer=BACH_HA)
    (finding,) = found("same-number", a, b)
    assert len(finding.about) == 2
    assert not found("same-number", a)


def test_documents_without_number_or_full_date() -> None:
    bare = document("a", date="2023-02")
    linked = link(bare, document("b", number="5/CT-UBND", title="Khác"))
    kinds = {finding.kind: finding.about for finding in linked.findings}
    assert kinds["no-number"] == kinds["no-date"] == (own_iri(linked, bare),)


@pytest.mark.parametrize(
    ("number", "issuer", "date", "proposed"),
    [
        ("05/CT-TU", party("Vân Sơn"), "2021-05-05", "05-CT/TU"),
        ("05-CT/TU", party("Vân Sơn"), "2021-05-05", None),
        ("19-CT-TTg", PRIME_MINISTER, "2021-07-16", "19/CT-TTg"),
        ("19/CT-TTg", PRIME_MINISTER, "2021-07-16", None),
        ("315-CT", GOVERNMENT, "1992-09-01", None),  # before 1997 there was no form
        ("19-CT-TTg", PRIME_MINISTER, "1996-07-16", None),
        ("219/UBND-VX", VAN_SON, "2023-01-30", None),  # a dispatch has no type's symbol
        ("30/2020/NĐ-CP", GOVERNMENT, "2020-03-05", None),
    ],
)
def test_symbols_that_break_the_form_of_their_issuer(
    number: str, issuer: object, date: str, proposed: str | None
) -> None:
    own = document("a", Cite(number, None, date, issuer))  # type: ignore[arg-type]
    findings = found("malformed-symbol", own)
    assert [[reading.value for reading in finding.readings] for finding in findings] == (
        [[number, proposed]] if proposed else []
    )


def test_what_is_cited_before_it_was_issued() -> None:
    assert found("impossible-date", document("a", cite("2024-05-18"), date="2023-02-01"))
    assert found("impossible-date", document("a", cite("2021-02-30"), date="2023-02-01"))
    assert not found("impossible-date", document("a", cite("2023-02-01"), date="2023-02-01"))
    assert not found("impossible-date", document("a", cite("2023-02-20"), date="2023-02"))


def test_a_law_cited_as_basis_after_another_replaced_it() -> None:
    law = Cite("31/2004/QH11", "Luật", "2004-11-26", ASSEMBLY, role="basis")
    assert found("cited-after-repeal", document("a", law, date="2024-05-01"))
    assert not found("cited-after-repeal", document("a", law, date="2023-05-01"))
    history = Cite("31/2004/QH11", "Luật", "2004-11-26", ASSEMBLY, role="context")
    assert not found("cited-after-repeal", document("a", history, date="2024-05-01"))


def test_an_ambiguous_mention_names_its_candidates() -> None:
    a = document("a", *(Cite("31/KH-UBND", "Kế hoạch", f"{year}-06-01", VAN_SON) for year in (2021, 2022)))
    (finding,) = found("ambiguous", a, document("b", Cite("31/KH-UBND", "Kế hoạch", None, VAN_SON)))
    assert len(finding.candidates) == 2


def test_an_unknown_issuer_is_said() -> None:
    assert found("unresolved", document("a", Cite("31/KH-HTX", "Kế hoạch", "2021-06-01")))


def test_wordings_of_a_movement_points_and_marks_apart() -> None:
    def invoking(name: str, words: str) -> Extraction:
        return document(name, movements=[(words, "national", "invokes")])

    a, b = invoking("a", "Cả nước chung sức dựng bản xanh"), invoking("b", "Cả nước chung tay dựng bản xanh")
    assert found("movement-wordings", a, b)
    assert not found("movement-wordings", a, invoking("c", "*Cả nước chung sức, dựng bản xanh*"))


def test_what_several_cite_and_nobody_holds() -> None:
    documents = [document(name, cite()) for name in "abc"]
    assert found("missing-here", *documents)
    assert not found("missing-here", *documents[:2])


def statements(linked: Linked) -> set[tuple[str, str, str]]:
    graph = linked.graphs[vocab.GRAPH_FINDINGS]
    return {(t.subject.value, t.predicate.value.removeprefix(vocab.VD), t.object.value) for t in graph}


def test_findings_as_statements() -> None:
    linked = link(document("a", cite()), document("b", cite()), c := document("c", cite("2021-08-15")))
    (node,) = [finding.iri for finding in linked.findings if finding.kind == "date-disagreement"]
    said = statements(linked)
    assert (node, "severity", "error") in said
    assert (node, "about", entities(linked, c)[0][0]) in said
    assert (node, "likelyReading", f"{node}/reading/1") in said
    assert (f"{node}/reading/2", "stated", "2021-08-15") in said
    derived = [
        value for one, name, value in said if (one, name) == (f"{node}/reading/2", vocab.PROV + "wasDerivedFrom")
    ]
    assert [value.startswith(f"{c.instrument}/citation/") for value in derived] == [True]


def test_every_kind_of_finding_is_in_the_scheme() -> None:
    known = {
        t.subject.value.rsplit("/", 1)[1]
        for t in registers()[vocab.GRAPH_ONTOLOGY]
        if "/finding-kind/" in str(t.subject)
    }
    package = Path(subjects.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(package.glob("*.py")))
    unused = {kind for kind in known if f'"{kind}"' not in code}
    assert not unused


FULL = Cite("5/KH-UBND", "Kế hoạch", "2022-05-06", VAN_SON, "Trồng rừng phòng hộ")
SHORT = Cite("5/KH-UBND", "Kế hoạch", None, VAN_SON)


def test_a_first_mention_without_its_date_is_rewritten() -> None:
    (finding,) = found("citation-form", document("a", FULL), document("b", SHORT, number="9/CT-UBND"))
    assert [reading.value for reading in finding.readings] == [
        "Kế hoạch số 5/KH-UBND",
        "Kế hoạch số 5/KH-UBND ngày 06 tháng 5 năm 2022 của Ủy ban nhân dân tỉnh Vân Sơn về việc trồng rừng phòng hộ",
    ]


@pytest.mark.parametrize(
    "document_of",
    [
        document("b", FULL, SHORT, number="9/CT-UBND"),  # a later mention
        document("b", SHORT, number="9/CT-UBND", date="2019-05-01"),  # before the decree
        document("b", SHORT, number="9/2023/QĐ-UBND", type="Quyết định"),  # a legal document
        document("b", SHORT, number="9-CT/TU", issuer=party("Vân Sơn")),  # the party's rules are others
        document("b", Cite("44/2010/QH12", "Luật", None, ASSEMBLY), number="9/CT-UBND"),  # laws by type and name
    ],
    ids=["later", "before", "legal", "party", "law"],
)
def test_where_the_form_does_not_ask_for_a_date(document_of: Extraction) -> None:
    earlier = document("a", Cite("5/KH-UBND", "Kế hoạch", "2018-05-06", VAN_SON), date="2018-06-01")
    assert not found("citation-form", document_of, earlier)


def test_one_fault_of_two_documents_is_one_finding_with_both_mentions() -> None:
    faults = [document(name, cite("2024-05-18"), date="2023-02-01") for name in "ab"]
    (finding,) = found("impossible-date", *faults)
    assert readings(finding) == {"2024-05-18": 2}
