"""Texts in which citations are marked, for tests of what is read around them: ``⟦Quyết định số 3/QĐ-UBND⟧``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from viendan.extract import lexicon
from viendan.extract.structure import ParsedDocument, parse_document
from viendan.model import Citation, Header, Mention, SourceDocument

_NUMBER = re.compile(r"\d+(?:/\d{4})?[/-][\w\-/]+")


@dataclass
class _Open:
    start: int


@dataclass
class _Marks:
    text: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    """Subjects by the end of the citation that they belong to."""


def read_marks(marked: str) -> _Marks:
    """The text without marks, and where the marks stood."""
    marks, opened, title_start = _Marks(), [], 0
    for char in marked:
        if char == "⟦":
            opened.append(_Open(len(marks.text)))
        elif char == "⟧":
            marks.spans.append((opened.pop().start, len(marks.text)))
        elif char == "⟪":
            title_start = len(marks.text)
        elif char == "⟫":
            owner = max(end for _, end in marks.spans if end <= title_start)
            marks.titles[owner] = marks.text[title_start:].removeprefix("về ")
        else:
            marks.text += char
    return marks


def type_of(words: str) -> str | None:
    """The type word that a citation starts with."""
    labels = sorted((word.label for word in lexicon.scheme("instrument-types")), key=len, reverse=True)
    return next((label for label in labels if words.lower().startswith(label.lower())), None)


def read_marked(marked: str, document_type: str | None = None) -> tuple[ParsedDocument, Header, tuple[Citation, ...]]:
    """A document with its citations as the extraction would give them, with the words of each as its instrument."""
    marks = read_marks(marked)
    parsed = parse_document(SourceDocument("marked", marks.text, ""))
    citations = []
    for start, end in sorted(marks.spans, key=lambda span: (span[0], -span[1])):
        words = marks.text[start:end]
        number = _NUMBER.search(words)
        citations.append(
            Citation(
                mention=Mention(start, end, words, "", "", "marked"),
                kind="numbered" if number else "named",
                type=type_of(words),
                number=number.group() if number else None,
                date=None,
                issuer=None,
                province=None,
                title=marks.titles.get(end),
                role="context",
                section="",
                cue=None,
                rule="marked",
                confidence=1.0,
                instrument=f"{words}@{start}",
            )
        )
    return parsed, Header(type=document_type), tuple(citations)
