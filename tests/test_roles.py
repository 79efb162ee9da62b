"""Roles of citations: the rules on invented samples and near misses, the cues one by one, and the real documents."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.marked import read_marked
from viendan.extract import cues, lexicon
from viendan.extract.relations import assign_roles
from viendan.vocab import ROLE_PROPERTY

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "roles.toml").read_text(encoding="utf-8")
)["case"]
GOVERNING = {"verb", "preposition", "place"}
NOT_IN_TEXT = {"proposing", "deciding", "reporting", "order"}  # asked for by kind
WORDS = [
    (word.key, word.get("wordKind") or "", word.get("relation"), form)
    for word in lexicon.scheme("relation-cues")
    for form in word.cues
]


def roles(text: str, document_type: str | None) -> list[str]:
    return [citation.role for citation in assign_roles(*read_marked(text, document_type))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["rule"]))
def test_rule_on_its_sample(case: dict[str, Any]) -> None:
    assert roles(case["sample"], case["type"]) == case["roles"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["rule"]))
def test_rule_on_its_near_miss(case: dict[str, Any]) -> None:
    assert roles(case["near"], case.get("near_type", case["type"])) == case["near_roles"]


def test_every_relation_of_a_cue_is_a_role() -> None:
    assert {relation for _, _, relation, _ in WORDS if relation} <= set(ROLE_PROPERTY)


@pytest.mark.parametrize(("key", "form"), [(word[0], word[3]) for word in WORDS if word[1] not in NOT_IN_TEXT], ids=str)
def test_cue_is_read_as_itself(key: str, form: str) -> None:
    """Each cue is found as a whole, under its own concept, and not inside a longer word."""
    text = f"xanh {form} xanh"
    read = [
        (token.cue.concept, text[token.start : token.end]) for token in cues.tokens(text, 0, len(text)) if token.cue
    ]
    assert read == [(key, form)]
    longer = f"xanh {form}z xanh"
    inside = [token for token in cues.tokens(longer, 0, len(longer)) if token.cue and token.end == 5 + len(form)]
    assert inside == []


@pytest.mark.parametrize(("relation", "form"), [(word[2], word[3]) for word in WORDS if word[1] in GOVERNING], ids=str)
def test_cue_governs_a_citation(relation: str, form: str) -> None:
    """Behind a number, in a document that changes law, the word gives its own relation."""
    found = roles(f"Mở đầu.\n1. {form.capitalize()} ⟦Nghị quyết số 12/2031/NQ-HĐND⟧.", "Nghị quyết")
    assert found == [relation]
    without = roles("Mở đầu.\n1. Cây xanh ⟦Nghị quyết số 12/2031/NQ-HĐND⟧.", "Nghị quyết")
    assert without == ["context"]


def test_words_of_one_syllable_count_only_as_written() -> None:
    text = "tài thêo xet"
    assert [token for token in cues.tokens(text, 0, len(text)) if token.cue or token.kind == cues.PLACE] == []


def test_cue_words_and_rule_are_kept() -> None:
    parsed, header, citations = read_marked("1. Tiếp tục quán  triệt sâu sắc ⟦Chỉ thị số 5-CT/TU⟧.", "Kế hoạch")
    (citation,) = assign_roles(parsed, header, citations)
    assert (citation.cue, citation.rule) == ("quán triệt", "order")
    assert citation.mention == citations[0].mention
    assert 0 < citation.confidence <= 1


def test_own_number_is_the_document_itself() -> None:
    parsed, header, citations = read_marked("PHỤ LỤC\nXem ⟦Quyết định số 7/QĐ-UBND⟧.", "Quyết định")
    own = type(header)(type="Quyết định", number="07/QĐ-UBND".removeprefix("0"))
    assert [citation.role for citation in assign_roles(parsed, own, citations)] == ["self"]


def test_title_of_the_document_amends() -> None:
    text = "QUYẾT ĐỊNH\nSửa đổi, bổ sung một số điều của ⟦Quyết định số 7/2030/QĐ-UBND⟧\nCăn cứ ⟦Luật Bờ đê⟧;"
    parsed, header, citations = read_marked(text, "Quyết định")
    titled = type(header)(type="Quyết định", title_range=(11, citations[0].mention.end))
    assert [citation.role for citation in assign_roles(parsed, titled, citations)] == ["amends", "basis"]


def test_no_citation_no_role() -> None:
    parsed, header, _ = read_marked("Không viện dẫn gì.", None)
    assert assign_roles(parsed, header, ()) == ()
