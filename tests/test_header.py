"""Heads and feet of every layout: what a document says of itself, with the words that say it."""

from __future__ import annotations

import hashlib
import json
import tomllib
import unicodedata
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from viendan.extract import dating, header, layout, numbering, readers, structure
from viendan.model import Header, SourceDocument

CASES = tomllib.loads((Path(__file__).parent / "cases" / "header.toml").read_text(encoding="utf-8"))["case"]
FIELDS = ("number", "type", "title", "issued", "place", "level", "province", "district", "signer", "signer_title")
SIDE_FIELDS = ("on_behalf", "urgency")
MENTIONED = ("number", "type", "title", "issued", "place", "signer", "signer_title", "urgency")


def parse(text: str) -> structure.ParsedDocument:
    return structure.parse_document(SourceDocument("x", text, hashlib.sha256(text.encode()).hexdigest()))


def read(text: str) -> Header:
    return header.read_header(parse(text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_header(case: dict[str, Any]) -> None:
    found = read(case["text"])
    shown: dict[str, object] = {name: getattr(found, name) for name in (*FIELDS, *SIDE_FIELDS)}
    shown["issuer"] = found.issuer.name if found.issuer else None
    for name in (*FIELDS, *SIDE_FIELDS, "issuer"):
        if name in case:
            assert (shown[name] or "") == case[name], name
    for name in ("addressees", "recipients"):
        if name in case:
            assert list(getattr(found, name)) == case[name]
    for name in case.get("none", []):
        assert shown[name] is None, name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_fields_show_their_words(case: dict[str, Any]) -> None:
    text = case["text"]
    found = read(text)
    stated = {field.name for field in found.fields}
    for field in found.fields:
        assert field.rule
        if field.mention is not None:
            assert text[field.mention.start : field.mention.end] == field.mention.exact
            assert field.mention.exact.strip()
    for name in MENTIONED:
        if getattr(found, name) is not None:
            assert name in stated
    if found.title_range:
        start, end = found.title_range
        assert layout.base(text[start:end])[0] == layout.base(found.title or "")[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_decomposed_letters_give_the_same_header(case: dict[str, Any]) -> None:
    one, other = read(case["text"]), read(unicodedata.normalize("NFD", case["text"]))
    for name in (*FIELDS, *SIDE_FIELDS, "addressees", "recipients"):
        assert getattr(one, name) == getattr(other, name), name
    assert (one.issuer and one.issuer.name) == (other.issuer and other.issuer.name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_windows_line_ends_change_nothing(case: dict[str, Any]) -> None:
    one, other = read(case["text"]), read(case["text"].replace("\n", "\r\n"))
    assert {name: getattr(one, name) for name in FIELDS} == {name: getattr(other, name) for name in FIELDS}


@pytest.mark.parametrize(
    ("day", "month", "year", "value"),
    [
        (5, 3, 2031, "2031-03-05"),
        (None, 3, 2031, "2031-03"),
        (32, 3, 2031, "2031-03"),
        (31, 11, 2031, "2031-11"),
        (29, 2, 2031, "2031-02"),
        (29, 2, 2032, "2032-02-29"),
        (5, None, 2031, None),
        (5, 13, 2031, None),
        (5, 3, None, None),
    ],
)
def test_dates_that_cannot_be_are_cut(day: int | None, month: int | None, year: int | None, value: str | None) -> None:
    assert dating.iso(day, month, year) == value


@pytest.mark.parametrize(
    ("line", "serial", "symbol"),
    [
        ("Số: 02 /CT-UBND", "02", "CT-UBND"),
        ("Số:219 /UBND-VX", "219", "UBND-VX"),
        ("Số 34-CT/TW", "34", "CT/TW"),
        ("Số: 66.12/2031/NQ-CP", "66.12", "2031/NQ-CP"),
        ("Luật số: 109/2031/QH20", "109", "2031/QH20"),
        ("Số: 04+ /CT-UBND", "04", "CT-UBND"),
        ("Số: 123a/QĐ-UB", "123a", "QĐ-UB"),
        ("Số: 163-HĐBT", "163", "HĐBT"),
        ("Số: /KH-UBND", None, "KH-UBND"),
        ("Số: 2ƒ /CT-UBND", None, "CT-UBND"),
        ("Số: 0 /QĐ-UBND", None, "QĐ-UBND"),
        ("Só:#3. /TTr-UBND", None, "TTr-UBND"),
    ],
)
def test_number_lines(line: str, serial: str | None, symbol: str) -> None:
    found = numbering.find_number(layout.lines(line), 0)
    assert found is not None
    assert (found.serial, found.symbol) == (serial, symbol)


@pytest.mark.parametrize(
    "line",
    [
        "số 31/2031/NĐ-CP ngày 10 tháng 4 năm 2031 của Chính phủ",
        "Nghị định số 26/2031/NĐ-CP ngày 31 tháng 5 năm 2031",
        "Số lượng cây/huyện",
        "Số: Chuyển",
    ],
)
def test_near_misses_of_number_lines(line: str) -> None:
    assert not numbering.is_number_line(layout.lines(line)[0])


def test_columns_are_parted_with_their_offsets() -> None:
    text = "Số: 12 /CT-UBND Hoa Phong, ngày 4 tháng 3 năm 2031"
    left, right = layout.lines(text)
    assert (left.text, right.text) == ("Số: 12 /CT-UBND", "Hoa Phong, ngày 4 tháng 3 năm 2031")
    assert text[right.start : right.end] == right.text
    assert left.row == right.row


@pytest.mark.parametrize(
    "piece", ["số ", "Số: ", "CHỈ THỊ\n", "ỦY BAN\n", "ngày tháng năm ", "- a;\n", "Nơi nhận:\n", "TM. ", "| "]
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    read(piece * 20000)


@pytest.mark.shared
def test_fields_of_the_annotated_documents(shared: Path) -> None:
    spec = spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = module_from_spec(spec)
    spec.loader.exec_module(score)
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for folder in ("directives", "annotated"):
        for gold in sorted((shared / "gold" / folder).glob("*.json")):
            wanted = json.loads(gold.read_text(encoding="utf-8"))["document"]
            document = readers.read_document(shared / "corpus" / folder / f"{gold.stem}.txt")
            found = header.read_header(structure.parse_document(document))
            values = {name: getattr(found, name) for name in FIELDS}
            values["issuer"] = found.issuer.name if found.issuer else None
            values["issuer_level"] = values.pop("level")
            for name, value in values.items():
                seen[name] += 1
                right[name] += score.same(name, wanted[name], value)
    assert sum(right.values()) / sum(seen.values()) >= 0.98
