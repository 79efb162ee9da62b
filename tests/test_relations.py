"""Relations between cited instruments: invented samples and near misses, and the real documents where at hand."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.marked import read_marked
from viendan.extract.annotations import GUIDE_ROLE
from viendan.extract.readers import read_document
from viendan.extract.relations import find_relations, read_relations
from viendan.extract.structure import ParsedDocument, parse_document
from viendan.model import Body, Citation, Header, Mention, SourceDocument

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "relations.toml").read_text(encoding="utf-8")
)["case"]


def stated(text: str) -> list[list[int | str]]:
    parsed, header, citations = read_marked(text, "Quyết định")
    number = {citation.instrument: index for index, citation in enumerate(citations)}
    return sorted(
        [
            [number[item.subject], item.predicate, number[item.object]]
            for item in find_relations(parsed, header, citations)
        ],
        key=str,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["rule"]))
def test_relation_on_its_sample(case: dict[str, Any]) -> None:
    assert stated(case["sample"]) == sorted(case["relations"], key=str)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["rule"]))
def test_relation_on_its_near_miss(case: dict[str, Any]) -> None:
    assert stated(case["near"]) == []


def test_words_that_prove_a_relation_are_kept() -> None:
    text = "1. Thực hiện ⟦Kế hoạch số 3/KH-UBND⟧ về triển khai  ⟦Chỉ thị số 9/CT-TTg⟧."
    parsed, header, citations = read_marked(text, "Kế hoạch")
    (relation,) = find_relations(parsed, header, citations)
    mention = relation.mention
    assert parsed.source.text[mention.start : mention.end] == mention.exact
    assert mention.exact.startswith("triển khai")
    assert mention.exact.endswith("9/CT-TTg")
    assert relation.cue == "triển khai"


def test_an_instrument_has_no_relation_to_itself() -> None:
    parsed, header, citations = read_marked(
        "1. Theo ⟦Quyết định số 3/QĐ-UBND⟧ thay thế ⟦Quyết định số 3/QĐ-UBND⟧.", None
    )
    same = tuple(
        type(item)(**{name: getattr(item, name) for name in item.__slots__} | {"instrument": "x"}) for item in citations
    )
    assert find_relations(parsed, header, same) == ()


@pytest.mark.parametrize(
    "text",
    [
        "theo " * 40_000,
        "Căn cứ ⟦Luật Bờ đê⟧; " * 2_000,
        '"“(' * 30_000 + "⟦Luật Bờ đê⟧",
        "khoản 1, 2, " * 20_000 + "Điều 3 ⟦Luật Bờ đê⟧",
        "được sửa đổi, bổ sung bởi " * 5_000 + "⟦Luật Bờ đê⟧",
    ],
    ids=["theo", "list", "quotes", "pinpoints", "agents"],
)
def test_hostile_text_is_read(text: str) -> None:
    parsed, header, citations = read_marked(text)
    read, _ = read_relations(parsed, header, citations)
    assert len(read) == len(citations)


# --- the real documents, with the annotated spans ---


def gold_documents(
    shared: Path, folder: str
) -> Iterator[tuple[dict[str, Any], ParsedDocument, Header, tuple[Citation, ...]]]:
    for file in sorted((shared / "gold" / folder).glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        parsed = parse_document(read_document(shared / "corpus" / folder / f"{file.stem}.txt"))
        own = gold["document"]
        ignored = gold.get("ignore") or []
        header = Header(
            number=own.get("number"),
            type=own.get("type"),
            issuer=Body(own["issuer"], own["issuer"]) if own.get("issuer") else None,
            title_range=(ignored[0][0], ignored[0][1]) if ignored else None,
        )
        yield gold, parsed, header, tuple(gold_citation(parsed.source, item) for item in in_order(gold["citations"]))


def in_order(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: (item["start"], -item["end"]))


def gold_citation(source: SourceDocument, item: dict[str, Any]) -> Citation:
    return Citation(
        mention=Mention(item["start"], item["end"], source.text[item["start"] : item["end"]], "", "", "gold"),
        kind=item["kind"],
        type=item["type"],
        number=item["number"],
        date=item["date"],
        issuer=Body(item["issuer"], item["issuer"]) if item["issuer"] else None,
        province=item["province"],
        title=item["title"],
        role="context",
        section="",
        cue=None,
        rule="gold",
        confidence=1.0,
        instrument=item["entity"],
    )


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["directives", "annotated"])
def test_roles_of_the_annotated_documents(shared: Path, folder: str) -> None:
    right = total = 0
    for gold, parsed, header, citations in gold_documents(shared, folder):
        read, _ = read_relations(parsed, header, citations)
        expected = [item["role"] for item in in_order(gold["citations"])]
        right += sum(GUIDE_ROLE.get(item.role, item.role) == role for item, role in zip(read, expected, strict=True))
        total += len(expected)
    assert right / total >= 0.97


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["directives", "annotated"])
def test_relations_of_the_annotated_documents(shared: Path, folder: str) -> None:
    both = found = wanted = 0
    for gold, parsed, header, citations in gold_documents(shared, folder):
        predicted = {(item.subject, item.predicate, item.object) for item in find_relations(parsed, header, citations)}
        expected = {(item["subject"], item["predicate"], item["object"]) for item in gold["instrument_relations"]}
        both, found, wanted = both + len(predicted & expected), found + len(predicted), wanted + len(expected)
    assert 2 * both / (found + wanted) >= 0.95
