"""Citations: what the grammar finds in invented sentences, near misses, identity within a document, and hostile text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from viendan.extract.citations import CONFIDENCE, find_citations, unexplained
from viendan.extract.structure import parse_document
from viendan.model import Body, Citation, Header, SourceDocument

CASES = tomllib.loads((Path(__file__).parent / "cases" / "citations.toml").read_text(encoding="utf-8"))["case"]
COMMITTEE = Body(
    key="uy-ban-nhan-dan-tinh-lam-son", name="Ủy ban nhân dân tỉnh Lâm Sơn", level="province", province="Lâm Sơn"
)
HEADER = Header(
    number="02/CT-UBND",
    type="Chỉ thị",
    issued="2023-01-13",
    issuer=COMMITTEE,
    level="province",
    province="Lâm Sơn",
)


def cite(text: str, header: Header = HEADER) -> tuple[Citation, ...]:
    return find_citations(parse_document(SourceDocument("thu", text, "")), header)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_samples_and_near_misses(case: dict[str, Any]) -> None:
    text = f"Mở đầu.\n\n{case['text']}"
    found = cite(text)
    stated = [
        [
            item.mention.exact,
            item.type or "",
            item.number or "",
            item.date or "",
            item.issuer.name if item.issuer else "",
            item.title or "",
        ]
        for item in found
    ]
    assert stated == case["found"]
    for item in found:
        assert text[item.mention.start : item.mention.end] == item.mention.exact
        assert item.rule in CONFIDENCE
    for one, other in case.get("same", []):
        assert found[one].instrument == found[other].instrument
