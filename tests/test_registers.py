"""The registers: what was carried over from the tables, and that the files say what the program writes."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest

from viendan import assets, identifiers, turtle, vocab
from viendan.errors import DataError
from viendan.link import register_places, register_tables
from viendan.link.reading import Index, Subject, index, last_part, values
from viendan.link.register_import import import_registers
from viendan.model import Body

TABLES = Path(__file__).parents[2] / "shared" / "registers"
LARGEST = 1_000_000  # bytes of a file that a person can still open and review
TYPE_OF = vocab.ELI + "type_document"
MERGED = [("yen-bai-1991", "lao-cai-2025"), ("kon-tum-1991", "quang-ngai-2025"), ("quang-nam-1997", "da-nang-2025")]


@cache
def registers() -> Index:
    """All statements of the registers and of the names beside them, by subject and property."""
    files = (*sorted(assets.data_dir().glob("register-*.ttl")), assets.ontology_dir() / "names.ttl")
    return index(triple for file in files for triple in turtle.read_file(file))


def of_class(name: str) -> dict[str, Subject]:
    return {iri: own for iri, own in registers().items() if vocab.VD + name in values(own, vocab.RDF + "type")}


def own(thing: Subject, name: str) -> tuple[str, ...]:
    return values(thing, vocab.VD + name)


def place(key: str) -> str:
    return identifiers.place_iri(key)


def numbered(number: str) -> dict[str, Subject]:
    return {iri: it for iri, it in of_class("Instrument").items() if number in values(it, vocab.ELI + "id_local")}


def test_counts() -> None:
    levels = [last_part(own(it, "level")[0]) for it in of_class("Place").values()]
    assert levels.count("province") == 114
    assert levels.count("district") == 696
    types = [last_part(kind) for it in of_class("Instrument").values() for kind in values(it, TYPE_OF)]
    assert {kind: types.count(kind) for kind in ("hien-phap", "bo-luat", "luat", "phap-lenh")} == {
        "hien-phap": 5,
        "bo-luat": 17,
        "luat": 567,
        "phap-lenh": 162,
    }
    assert len(of_class("Movement")) == 55 + 7  # of the table, and local copies that it names
    assert len(of_class("Edition")) > 50
    assert len(of_class("Body")) > 240


@pytest.mark.parametrize(("old", "new"), MERGED)
def test_a_province_leads_to_its_successor(old: str, new: str) -> None:
    assert own(registers()[place(old)], "successor") == (place(new),)


def test_a_place_of_long_ago_leads_to_those_after_it() -> None:
    assert own(registers()[place("hoang-lien-son")], "successor") == (place("lao-cai-1991"), place("yen-bai-1991"))


def test_a_district_lies_in_the_province_of_today() -> None:
    district = registers()[place("tuan-giao-dien-bien")]
    assert own(district, "successor") == ()
    assert own(district, "nowWithin") == (place("dien-bien-2004"),)


def test_codes_carry_their_list_because_a_code_changed_its_meaning() -> None:
    with_15 = {iri for iri, it in of_class("Place").items() if any(code.endswith(":15") for code in own(it, "code"))}
    assert with_15 == {place("yen-bai-1991"), place("lao-cai-2025")}
    assert own(registers()[place("lao-cai-2025")], "code") == ("gso-2025:15",)


def test_districts_know_the_communes_that_have_their_area_today() -> None:
    areas = values(registers()[place("tuan-giao-dien-bien")], vocab.VD + "areaNow")
    assert {"xã Tuần Giáo", "xã Quài Tở", "xã Pú Nhung"} <= set(areas)
    without = [iri for iri, it in of_class("Place").items() if own(it, "nowWithin") and not own(it, "areaNow")]
    assert len(without) == 5  # islands that had no commune


def test_towns_and_districts_of_one_name_in_one_province_stay_two() -> None:
    assert {place("huyen-cao-lanh-dong-thap"), place("thanh-pho-cao-lanh-dong-thap")} <= registers().keys()
    assert place("cao-lanh-dong-thap") not in registers()


def test_one_number_several_instruments() -> None:
    same = numbered("34-CT/TW")
    stated = [
        (values(it, vocab.ELI + "date_document")[0], values(it, vocab.ELI + "passed_by")[0]) for it in same.values()
    ]
    assert sorted((date, last_part(issuer)) for date, issuer in stated) == [
        ("2014-04-07", "bo-chinh-tri"),
        ("2019-05-20", "ban-bi-thu"),
        ("2024-05-24", "ban-bi-thu"),
    ]


def test_an_instrument_has_the_iri_that_a_document_would_give_it() -> None:
    iri = identifiers.instrument_iri(
        issuer=Body("bo-chinh-tri", "Bộ Chính trị"), type_key="chi-thi", date="2014-04-07", number="34 - CT/TW"
    )
    assert values(registers()[iri], vocab.ELI + "title") == ("Tiếp tục đổi mới công tác thi đua, khen thưởng",)


def test_laws_that_share_the_number_of_the_promulgating_order_are_named_by_title() -> None:
    shared = numbered("52-L/CTN")
    assert len(shared) > 1
    assert all("52-l-ctn" not in iri for iri in shared)


def test_a_law_is_cited_by_its_name_and_replaces_an_older_one() -> None:
    (law,) = numbered("06/2022/QH15").values()
    assert identifiers.thing("instrument", "quoc-hoi", "luat", "2003", "15-2003-qh11") in own(law, "replaces")
    assert "Luật Thi đua, khen thưởng" in own(law, "shortName")
    assert values(law, vocab.ELI + "first_date_entry_in_force") == ("2024-01-01",)


@pytest.mark.parametrize(
    ("kind", "properties", "known"),
    [
        ("Instrument", (vocab.VD + "replaces", vocab.ELI + "amends"), "Instrument"),
        ("Instrument", (vocab.ELI + "passed_by",), "Body"),
        ("Edition", (vocab.VD + "editionOf",), "Movement"),
        ("Edition", (vocab.VD + "setOutIn",), "Instrument"),
        ("Movement", (vocab.VD + "setOutIn",), "Instrument"),
        ("Movement", (vocab.VD + "localises",), "Movement"),
        ("Place", tuple(vocab.VD + n for n in ("within", "nowWithin", "successor", "predecessor")), "Place"),
    ],
)
def test_every_reference_inside_the_registers_is_an_entry(kind: str, properties: tuple[str, ...], known: str) -> None:
    entries = set(of_class(known))
    found = {iri: {v for name in properties for v in values(it, name)} - entries for iri, it in of_class(kind).items()}
    assert {iri: missing for iri, missing in found.items() if missing} == {}


def test_successors_of_bodies_are_entries_or_kinds() -> None:
    kinds = {
        triple.subject.value
        for triple in turtle.read_file(assets.ontology_dir() / "bodies.ttl")
        if triple.object == turtle.iri(vocab.VD + "BodyKind")
    }
    bodies = of_class("Body")
    for iri, it in bodies.items():
        assert {*own(it, "successor"), *own(it, "predecessor")} <= kinds | set(bodies), iri


def test_every_entry_says_where_it_comes_from_and_how_sure_it_is() -> None:
    for kind in ("Place", "Body", "Instrument", "Movement", "Edition"):
        for iri, it in of_class(kind).items():
            assert set(own(it, "confidence")) <= {"sure", "likely", "unsure"}, iri
            assert own(it, "confidence"), iri
            assert values(it, vocab.DCTERMS + "source"), iri


def test_movements_that_nothing_confirms_stay_unsure() -> None:
    for key in ("thanh-nien-tinh-nguyen", "tuoi-tre-sang-tao", "tuoi-tre-xung-kich"):
        assert own(registers()[identifiers.movement_iri(key)], "confidence") == ("unsure",)
    assert own(registers()[identifiers.movement_iri("den-on-dap-nghia")], "unquoted") == ("true",)
    local = registers()[identifiers.movement_iri("vi-nguoi-ngheo-quang-nam")]
    assert own(local, "localises") == (identifiers.movement_iri("vi-nguoi-ngheo"),)


def test_files_are_canonical_and_small_enough_to_review() -> None:
    files = sorted(assets.data_dir().glob("register-*.ttl"))
    assert files
    for file in files:
        content = file.read_text(encoding="utf-8")
        assert turtle.write(turtle.parse(content, file.name)) == content, file.name
        assert file.stat().st_size < LARGEST, file.name


@pytest.mark.shared
def test_the_files_say_what_the_tables_say() -> None:
    if not TABLES.is_dir():
        pytest.skip("the tables of facts (../shared/registers) are not at hand")
    if importlib.util.find_spec("vietnamadminunits") is None:
        pytest.skip("the package of districts (vietnamadminunits) is not installed")
    for name, content in import_registers(TABLES).items():
        assert (assets.data_dir() / name).read_text(encoding="utf-8") == content, name


def test_a_missing_package_is_said_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(DataError, match="register_package_missing"):
        register_places.read_districts()


def test_a_table_without_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("key\tname\nx\tX\n", encoding="utf-8")
    assert register_tables.read_table(tmp_path / "t.tsv", "key name")[0]["name"] == "X"
    with pytest.raises(DataError, match="register_table_broken"):
        register_tables.read_table(tmp_path / "t.tsv", "key source")
    with pytest.raises(DataError, match="data_unreadable"):
        register_tables.read_table(tmp_path / "none.tsv", "key")


def test_counts_and_remarks_in_cells() -> None:
    cell = "TP Hà Nội (17) ; TP.HN (1) ; HAN (tax office numbers) ; HN"
    assert register_tables.counted(cell) == ("TP Hà Nội", "TP.HN", "HN")
    assert register_tables.romanised("Đắk Lắk") == "Dak Lak"
    assert register_tables.without_brackets("Ban Chấp hành Trung ương (khóa XIII)") == "Ban Chấp hành Trung ương"
