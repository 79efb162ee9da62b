"""The flat view: what it makes of a source, and the laws of its offsets."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viendan.extract import readers, repairs, structure
from viendan.extract.structure import ParsedDocument
from viendan.model import SourceDocument

CASES = tomllib.loads((Path(__file__).parent / "cases" / "structure.toml").read_text(encoding="utf-8"))["case"]

# fmt: off
WORDS = st.sampled_from([
    "Căn", "cứ", "Nghị", "định", "số", "12/2031/NĐ-CP", "ngày", "01/02/2031", "của", "Chính", "phủ", "về", "trồng",
    "Ủy", "ban", "tỉnh", "19-CT/TW",
])
NOISE = st.sampled_from([
    " ", "  ", "\n", "\r\n", " \n", "\n\n", "\n\n2\n\n", "\n- 3 -\n", "\u00a0", " **", "** ", " _", "_ ", "\u200b",
    "<b>", "<br>", "\n## ", "\n- ", "&nbsp;", "\t", "\f", "\nCÔNG BÁO/Số 12/Ngày 01-02-2031\n7\n", " | ", "\ufeff", "Т",
])
# fmt: on


def parse(text: str) -> ParsedDocument:
    return structure.parse_document(SourceDocument("x", text, hashlib.sha256(text.encode()).hexdigest()))


def paragraphs(parsed: ParsedDocument) -> list[str]:
    return [parsed.flat[start:end] for start, end in parsed.paragraphs]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_flat_view(case: dict[str, object]) -> None:
    parsed = parse(str(case["text"]))
    assert paragraphs(parsed) == case["paragraphs"]
    assert [repair.kind for repair in parsed.repairs] == case.get("repairs", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_offsets_of_cases(case: dict[str, object]) -> None:
    check_laws(parse(str(case["text"])))


def check_laws(parsed: ParsedDocument) -> None:
    source, flat, offsets = parsed.source.text, parsed.flat, parsed.offsets
    last = 0
    for at, char in enumerate(flat):
        start, end = offsets.start(at), offsets.end(at + 1)
        assert last <= start <= end <= len(source)
        last = start
        if not char.isspace():
            written = unicodedata.normalize("NFC", repairs.same_length(source[start:end])[0])
            assert written in (char, "&" if char == "&" else char) or source[start:end].startswith("&")
        assert start == end or offsets.flat(start, len(flat)) <= at
    for start, end in parsed.paragraphs:
        words = flat[start:end]
        assert "\n" not in words
        assert "  " not in words
        mention = parsed.mention(start, end, "test")
        assert source[mention.start : mention.end] == mention.exact
        assert source[: mention.start].endswith(mention.prefix)
        assert source[mention.end :].startswith(mention.suffix)
    for repair in parsed.repairs:
        assert 0 <= repair.start <= repair.end <= len(source)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(WORDS, NOISE), max_size=60))
def test_offsets_hold_in_any_noise(pieces: list[str]) -> None:
    check_laws(parse("".join(piece if re.match(r"\W", piece) else f"{piece} " for piece in pieces)))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_offsets_hold_in_any_text(text: str) -> None:
    parsed = parse(text)
    for at in range(len(parsed.flat)):
        start, end = parsed.offsets.start(at), parsed.offsets.end(at + 1)
        assert 0 <= start <= end <= len(text)
    for start, end in parsed.paragraphs:
        mention = parsed.mention(start, end, "test")
        assert text[mention.start : mention.end] == mention.exact


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_decomposed_letters_give_the_same_flat_text(words: list[str]) -> None:
    composed = " ".join(words)
    decomposed = unicodedata.normalize("NFD", composed)
    one, other = parse(composed), parse(decomposed)
    assert other.flat == one.flat
    for match in re.finditer(r"\S+", one.flat):
        mention = other.mention(match.start(), match.end(), "test")
        assert unicodedata.normalize("NFC", mention.exact) == match.group()


CITED = "Chỉ thị số 19/CT-TTg ngày 16 tháng 7 năm 2031 của Thủ tướng Chính phủ"
BREAKS = st.sampled_from(["\n", "\n\n4\n\n", " \n", "\n\nCÔNG BÁO/Số 285/Ngày 27-05-2031\n75\n\n"])


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=4, max_value=10), BREAKS)
def test_citation_cut_by_the_page_is_whole_in_the_flat_text(word: int, broken: str) -> None:
    words = CITED.split(" ")
    lead = "Tiếp tục triển khai thực hiện có hiệu quả các nhiệm vụ đề ra tại "
    tail = " về trồng cây."
    text = lead + " ".join(words[:word]) + broken + " ".join(words[word:]) + tail
    parsed = parse(text)
    at = parsed.flat.find(CITED)
    if words[word][0].islower() or words[word - 1] in ("ngày", "tháng", "năm", "của", "số"):
        assert at >= 0
    if at >= 0:
        mention = parsed.mention(at, at + len(CITED), "test")
        assert mention.exact == " ".join(words[:word]) + broken + " ".join(words[word:])


def test_running_heads_are_found_by_their_coming_back() -> None:
    page = "{n}\n\nSỔ TAY TRỒNG CÂY TỈNH HOA PHONG\n\nCác {w} chăm sóc cây theo hướng dẫn và báo cáo kết quả với\n\n"
    pages = (page.format(n=n, w=w) for n, w in enumerate(("huyện", "xã", "phường", "trường", "chợ", "bến"), 2))
    parsed = parse("Phần đầu của sổ tay.\n\n" + "".join(pages) + "Sở Cây xanh.")
    assert "SỔ TAY" not in parsed.flat
    assert sum(repair.kind == "furniture" for repair in parsed.repairs) == 12


def test_documents_are_compared_by_identity() -> None:
    one, other = parse("a"), parse("a")
    assert one != other
    assert len({one, other}) == 2


@pytest.mark.parametrize(
    "piece",
    [
        "số ",
        '"',
        "“",
        "1/",
        "2\n",
        "*",
        "* ",
        "_",
        "<b ",
        "\\",
        "&a",
        " \n",
        "CÔNG BÁO/",
        "aB",
        "|",
        "a\u0301 ",
        "số\n\n2\n\n",
    ],
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    parsed = parse(piece * 20000)
    assert parsed.offsets.end(len(parsed.flat)) <= len(parsed.source.text)


@pytest.mark.shared
def test_laws_on_real_documents(shared: Path) -> None:
    for file in sorted((shared / "corpus" / "annotated").glob("*.txt")):
        check_laws(structure.parse_document(readers.read_document(file)))
