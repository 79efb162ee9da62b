from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viendan import vocab
from viendan.publish import paths


def test_a_page_stands_where_its_iri_says() -> None:
    iri = vocab.ID + "instrument/bo-chinh-tri/chi-thi/2014/34-ct-tw"
    assert paths.page_path(iri) == "id/instrument/bo-chinh-tri/chi-thi/2014/34-ct-tw.html"
    assert paths.root_of(paths.page_path(iri)) == "../" * 5


def test_a_foreign_iri_has_no_page() -> None:
    with pytest.raises(ValueError, match="example"):
        paths.page_path("https://example.org/id/instrument/x")


@pytest.mark.parametrize("part", ["con", "aux.x", "COM1", "A", "đ", "a%2Fb", "..", "a.", "", "x" * 200, ".hidden"])
def test_what_some_file_system_refuses_gets_a_digest(part: str) -> None:
    safe = paths.safe_part(part)
    assert safe != part
    assert len(safe) <= 80
    assert safe == safe.lower()
    assert not safe.startswith(".")


@given(st.lists(st.text(min_size=1, max_size=120), min_size=2, max_size=8))
def test_paths_are_short_and_safe(parts: list[str]) -> None:
    path = paths.page_path(vocab.ID + "/".join(["instrument", *(part.replace("/", "-") for part in parts)]))
    assert len(path) <= 170
    assert path.isascii()
    assert not set(path) & set('<>:"\\|?*% ')
    assert all(name not in {"", ".", ".."} for name in path.split("/"))


def test_different_things_have_different_pages() -> None:
    iris = [vocab.ID + f"body/{name}" for name in ("a", "A", "á", "x" * 300, "x" * 301, "con", "con~1")]
    assert len({paths.page_path(iri).casefold() for iri in iris}) == len(iris)


def test_anchors() -> None:
    document = vocab.ID + "instrument/a/chi-thi/2023/1"
    assert paths.anchor(f"{document}/citation/5-9") == "citation-5-9"
    assert paths.anchor(f"{document}/relation/5-9/implements") == "relation-5-9-implements"
    assert paths.anchor(f"{document}/header/signer_title-2") == "header-signer_title-2"
