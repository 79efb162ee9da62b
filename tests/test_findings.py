from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
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
from viendan import assets, turtle, vocab
from viendan.link import subjects
from viendan.link.evidence import Finding
from viendan.link.linking import Linked
from viendan.model import Extraction, Pinpoint

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


def test_what_bears_a_later_date_than_its_citer() -> None:
    late = document("a", cite("2023-05-18"), date="2023-02-01")
    (finding,) = found("future-date", late, document("b", cite("2023-01-18"), date="2023-06-01"))
    stated, citing, other = finding.readings
    assert (stated.value, citing.value, other.value) == ("2023-05-18", "2023-02-01", "2023-01-18")
    assert (citing.part, finding.likely, finding.reason) == ("citing-date", 2, "only-reading")
    assert not found("future-date", document("a", cite("2023-02-01"), date="2023-02-01"))
    assert not found("future-date", document("a", cite("2023-02-20"), date="2023-02"))


def test_a_date_that_no_calendar_has() -> None:
    wrong = Cite("01-KL/TW", "Kết luận", None, POLITBURO, more=(("impossible_date", "ngày 31/4/2021"),))
    (finding,) = found("impossible-date", document("a", wrong), document("b", cite("2021-04-30")))
    assert [reading.value for reading in finding.readings] == ["ngày 31/4/2021", "2021-04-30"]
    assert finding.likely == 1
    assert found("impossible-date", document("a", cite("2021-02-30")))
    assert not found("impossible-date", document("a", cite("2021-02-28")))


def test_a_law_relied_on_after_another_replaced_it() -> None:
    law = Cite("31/2004/QH11", "Luật", "2004-11-26", ASSEMBLY, role="basis")
    (finding,) = found("cited-after-repeal", document("a", law, date="2024-05-01"))
    assert [(reading.part, reading.value[:10]) for reading in finding.readings[:2]] == [
        ("citing-date", "2024-05-01"),
        ("ended", "2024-01-01"),
    ]
    assert finding.readings[finding.likely or 0].value.endswith("19-2022-qh15")
    assert finding.readings[1].registers
    assert not found("cited-after-repeal", document("a", law, date="2023-05-01"))
    history = Cite("31/2004/QH11", "Luật", "2004-11-26", ASSEMBLY, role="context")
    assert not found("cited-after-repeal", document("a", history, date="2024-05-01"))


PLAN = Cite("5/KH-UBND", "Kế hoạch", "2022-05-06", VAN_SON, "Trồng rừng phòng hộ")


@pytest.mark.parametrize(
    ("repealing", "citing", "alarms"),
    [
        (replace(PLAN, role="repeals"), "2023-05-01", True),
        (replace(PLAN, role="replaces"), "2023-05-01", True),
        (replace(PLAN, role="repeals"), "2023-02-28", False),  # cited before
        (replace(PLAN, role="implements"), "2023-05-01", False),
        (
            replace(PLAN, role="repeals", more=(("pinpoints", (Pinpoint("khoản 2", (("khoản", "2"),)),)),)),
            "2023-05-01",
            False,
        ),
    ],
    ids=["repealed", "replaced", "before", "carried out", "a part only"],
)
def test_what_a_held_document_repealed(repealing: Cite, citing: str, alarms: bool) -> None:
    later = document("a", repealing, number="9/QĐ-UBND", type="Quyết định", date="2023-03-01")
    after = document("b", replace(PLAN, role="implements"), number="10/CT-UBND", date=citing)
    findings = found("cited-after-repeal", later, after)
    assert bool(findings) is alarms
    assert all(reading.mentions for finding in findings for reading in finding.readings[:2])


def test_a_legal_document_ends_another_at_the_latest_after_a_year() -> None:
    repealing = document(
        "a", replace(PLAN, role="repeals"), number="9/2023/QĐ-UBND", type="Quyết định", date="2023-03-01"
    )
    for day, alarms in (("2023-12-01", False), ("2024-03-01", True)):
        after = document("b", replace(PLAN, role="basis"), number="10/CT-UBND", date=day)
        assert bool(found("cited-after-repeal", repealing, after)) is alarms


def test_instruments_that_carry_out_each_other() -> None:
    a = Cite("1/CT-UBND", date="2021-01-01", issuer=VAN_SON)
    b = Cite("2/CT-UBND", date="2022-01-01", issuer=VAN_SON)
    one = document("a", a, number="2/CT-UBND", date="2022-01-01")
    other = document("b", b, number="1/CT-UBND", date="2021-01-01")
    (finding,) = found("lineage-cycle", one, other)
    assert all(reading.mentions for reading in finding.readings)
    assert finding.readings[finding.likely or 0].value.endswith("/1-ct-ubnd")
    assert finding.reason == "older"
    assert not found("lineage-cycle", one)


def test_a_directive_of_the_centre_that_carries_out_a_province() -> None:
    above = Cite("19/CT-TTg", date="2021-07-16", issuer=PRIME_MINISTER)
    below = Cite("5/KH-UBND", "Kế hoạch", "2020-05-06", VAN_SON)
    (finding,) = found("lineage-upside-down", document("a", above, below, relations=[(0, "implements", 1)]))
    assert finding.readings[0].mentions
    assert not found("lineage-upside-down", document("a", above, below, relations=[(1, "implements", 0)]))


def test_an_ambiguous_mention_names_its_candidates() -> None:
    a = document("a", *(Cite("31/KH-UBND", "Kế hoạch", f"{year}-06-01", VAN_SON) for year in (2021, 2022)))
    (finding,) = found("ambiguous", a, document("b", Cite("31/KH-UBND", "Kế hoạch", None, VAN_SON)))
    assert len(finding.candidates) == 2
    assert readings(finding) == {"Kế hoạch số 31/KH-UBND": 1}
    clear = document("b", Cite("31/KH-UBND", "Kế hoạch", "2022-06-01", VAN_SON))
    assert not found("ambiguous", a, clear)


def test_an_unknown_issuer_is_said() -> None:
    (finding,) = found("unresolved", document("a", Cite("31/KH-HTX", "Kế hoạch", "2021-06-01")))
    assert readings(finding) == {"Kế hoạch số 31/KH-HTX": 1}
    assert not found("unresolved", document("a", Cite("31/KH-HTX", "Kế hoạch", "2021-06-01", VAN_SON)))


def test_wordings_of_a_movement_points_and_marks_apart() -> None:
    def invoking(name: str, words: str) -> Extraction:
        return document(name, movements=[(words, "national", "invokes")])

    a, b = invoking("a", "Cả nước chung sức dựng bản xanh"), invoking("b", "Cả nước chung tay dựng bản xanh")
    (finding,) = found("movement-wordings", a, b)
    assert finding.readings[finding.likely or 0].value == "Cả nước chung sức dựng bản xanh"
    assert finding.reason == "register"
    assert not found("movement-wordings", a, invoking("c", "*Cả nước chung sức, dựng bản xanh*"))


def test_what_several_cite_and_nobody_holds() -> None:
    documents = [document(name, cite()) for name in "abc"]
    (finding,) = found("missing-here", *documents)
    assert readings(finding) == {"3": 3}
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
        if "/finding-kind/" in str(t.subject) and t.predicate.value == vocab.SKOS + "inScheme"
    }
    package = Path(subjects.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(package.glob("*.py")))
    assert {kind for kind in known if f'"{kind}"' not in code} == set()
    cases = sorted(Path(__file__).parent.glob("test_*.py"))
    tests = "".join(path.read_text(encoding="utf-8") for path in cases)
    assert {kind for kind in known if f'"{kind}"' not in tests} == set()  # each with its case and its near miss


def test_every_kind_has_one_severity_in_the_table_apart() -> None:
    table = list(turtle.read_file(assets.ontology_dir() / "finding-severities.ttl"))
    levels = {t.object.value for t in table}
    assert levels == {"error", "warning", "notice"}
    kinds = [t.subject.value for t in table]
    assert len(kinds) == len(set(kinds))
    graded = {t.subject for t in registers()[vocab.GRAPH_ONTOLOGY] if t.predicate.value == vocab.VD + "severity"}
    assert {kind.value for kind in graded if isinstance(kind, ox.NamedNode)} == set(kinds)


def test_a_finding_is_as_sure_as_its_weakest_reading() -> None:
    (finding,) = found("date-disagreement", document("a", cite()), document("b", cite("2021-08-15")))
    assert finding.confidence == pytest.approx(0.9, abs=0.05)
    own = with_number(document("b", number="02/CT-UBND"), "02/CT-UBND", "03/CT-UBND")
    (sure,) = found("two-own-numbers", own)
    assert sure.confidence == 1.0


def test_one_fault_of_two_documents_is_one_finding_with_both_mentions() -> None:
    a = document("a", *(Cite("31/KH-UBND", "Kế hoạch", f"{year}-06-01", VAN_SON) for year in (2021, 2022)))
    unclear = [document(name, Cite("31/KH-UBND", "Kế hoạch", None, VAN_SON)) for name in "bc"]
    (finding,) = found("ambiguous", a, *unclear)
    assert readings(finding) == {"Kế hoạch số 31/KH-UBND": 2}
