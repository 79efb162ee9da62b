"""The registers: what was carried over from the tables, and that the files say what the program writes."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest

from viendan import assets, identifiers, turtle, vocab
from viendan.errors import DataError
from viendan.link import register_places, register_tables
from viendan.link.registers import Period, Registers, import_registers, load_registers
from viendan.model import Body

TABLES = Path(__file__).parents[2] / "shared" / "registers"
LARGEST = 1_000_000  # bytes of a file that a person can still open and review
MERGED = [("yen-bai-1991", "lao-cai-2025"), ("kon-tum-1991", "quang-ngai-2025"), ("quang-nam-1997", "da-nang-2025")]


@cache
def registers() -> Registers:
    return load_registers(assets.data_dir(), (assets.ontology_dir() / "names.ttl",))


def place(key: str) -> str:
    return identifiers.place_iri(key)


def test_counts() -> None:
    found = registers()
    levels = [entry.level for entry in found.places.values()]
    assert levels.count("province") == 114
    assert levels.count("district") == 696
    types = [entry.type_key for entry in found.instruments.values()]
    assert {kind: types.count(kind) for kind in ("hien-phap", "bo-luat", "luat", "phap-lenh")} == {
        "hien-phap": 5,
        "bo-luat": 17,
        "luat": 567,
        "phap-lenh": 162,
    }
    assert len(found.movements) == 55 + 7  # of the table, and local copies that it names
    assert len(found.editions) > 50
    assert len(found.agencies) > 240


@pytest.mark.parametrize(("old", "new"), MERGED)
def test_a_province_leads_to_its_successor(old: str, new: str) -> None:
    assert registers().heirs(place(old)) == (place(new),)
    assert registers().heirs(place(old), "2023-02-01") == (place(old),)
    assert registers().heirs(place(old), "2025-07-01") == (place(new),)


def test_a_place_of_long_ago_leads_through_the_years_between() -> None:
    old = place("hoang-lien-son")
    assert registers().heirs(old, "2000-01-01") == (place("lao-cai-1991"), place("yen-bai-1991"))
    assert registers().heirs(old) == (place("lao-cai-2025"),)


def test_what_nothing_succeeded_comes_back_itself() -> None:
    district = place("tuan-giao-dien-bien")
    assert registers().heirs(district) == (district,)
    assert registers().places[district].now_within == (place("dien-bien-2004"),)
    assert registers().heirs("https://example.org/unknown") == ("https://example.org/unknown",)


def test_codes_carry_their_list_because_a_code_changed_its_meaning() -> None:
    with_15 = {entry.key for entry in registers().places.values() if any(code.endswith(":15") for code in entry.codes)}
    assert with_15 == {"yen-bai-1991", "lao-cai-2025"}
    assert registers().places[place("lao-cai-2025")].codes == ("gso-2025:15",)


def test_towns_and_districts_of_one_name_in_one_province_stay_two() -> None:
    keys = {entry.key for entry in registers().places.values()}
    assert {"huyen-cao-lanh-dong-thap", "thanh-pho-cao-lanh-dong-thap"} <= keys
    assert "cao-lanh-dong-thap" not in keys


def test_one_number_several_instruments() -> None:
    same = [entry for entry in registers().instruments.values() if entry.number == "34-CT/TW"]
    assert sorted((entry.date, entry.issuers[0].rsplit("/", 1)[1]) for entry in same) == [
        ("2014-04-07", "bo-chinh-tri"),
        ("2019-05-20", "ban-bi-thu"),
        ("2024-05-24", "ban-bi-thu"),
    ]
    assert len({entry.iri for entry in same}) == 3


def test_an_instrument_has_the_iri_that_a_document_would_give_it() -> None:
    iri = identifiers.instrument_iri(
        issuer=Body("bo-chinh-tri", "Bộ Chính trị"), type_key="chi-thi", date="2014-04-07", number="34 - CT/TW"
    )
    assert registers().instruments[iri].title == "Tiếp tục đổi mới công tác thi đua, khen thưởng"


def test_laws_that_share_the_number_of_the_promulgating_order_are_named_by_title() -> None:
    shared = [entry for entry in registers().instruments.values() if entry.number == "52-L/CTN"]
    assert len(shared) > 1
    assert all("52-l-ctn" not in entry.iri for entry in shared)


def test_a_law_is_cited_by_its_name_and_replaces_an_older_one() -> None:
    law = next(entry for entry in registers().instruments.values() if entry.number == "06/2022/QH15")
    older = {registers().instruments[iri].number for iri in law.replaces}
    assert "Luật Thi đua, khen thưởng" in law.names
    assert "15/2003/QH11" in older
    assert law.effective == "2024-01-01"


def test_every_reference_inside_the_registers_is_an_entry() -> None:
    found = registers()
    for entry in found.instruments.values():
        assert set(entry.replaces) | set(entry.amends) <= set(found.instruments), entry.iri
        assert set(entry.issuers) <= set(found.agencies), entry.iri
    for edition in found.editions.values():
        assert edition.movement in found.movements
        assert set(edition.set_out_in) <= set(found.instruments), edition.iri
    for movement in found.movements.values():
        assert set(movement.set_out_in) <= set(found.instruments), movement.iri
        assert not movement.localises or movement.localises in found.movements
    for unit in found.places.values():
        assert {*unit.within, *unit.now_within, *unit.successors, *unit.predecessors} <= set(found.places), unit.iri


def test_successors_of_bodies_are_entries_or_kinds() -> None:
    kinds = {
        triple.subject.value
        for triple in turtle.read_file(assets.ontology_dir() / "bodies.ttl")
        if triple.object == turtle.iri(vocab.VD + "BodyKind")
    }
    for entry in registers().agencies.values():
        assert {*entry.successors, *entry.predecessors} <= kinds | set(registers().agencies), entry.iri


def test_every_entry_says_where_it_comes_from_and_how_sure_it_is() -> None:
    found = registers()
    groups = (found.places, found.agencies, found.instruments, found.movements, found.editions)
    for group in groups:
        for entry in group.values():
            assert entry.trust.confidence in ("sure", "likely", "unsure"), entry.iri
            assert entry.trust.sources, entry.iri


def test_movements_that_nothing_confirms_stay_unsure() -> None:
    by_key = {entry.key: entry for entry in registers().movements.values()}
    for key in ("thanh-nien-tinh-nguyen", "tuoi-tre-sang-tao", "tuoi-tre-xung-kich"):
        assert by_key[key].trust.confidence == "unsure"
    assert by_key["den-on-dap-nghia"].unquoted
    assert by_key["vi-nguoi-ngheo-quang-nam"].localises == identifiers.movement_iri("vi-nguoi-ngheo")


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


@pytest.mark.parametrize(
    ("first", "last", "date", "holds"),
    [
        ("1991-08-12", "2025-06-30", "2025-06-30", True),
        ("1991-08-12", "2025-06-30", "2025-07-01", False),
        ("1991-08-12", "2025-06-30", "2025", True),
        ("2026-04", "", "2026-04-01", True),
        ("", "", "1900", True),
        ("2025-07-01", "", "2025-06", False),
    ],
)
def test_periods(first: str, last: str, date: str, holds: bool) -> None:
    assert Period(first, last).holds(date) is holds


def test_counts_and_remarks_in_cells() -> None:
    cell = "TP Hà Nội (17) ; TP.HN (1) ; HAN (tax office numbers) ; HN"
    assert register_tables.counted(cell) == ("TP Hà Nội", "TP.HN", "HN")
    assert register_tables.romanised("Đắk Lắk") == "Dak Lak"
    assert register_tables.without_brackets("Ban Chấp hành Trung ương (khóa XIII)") == "Ban Chấp hành Trung ương"
