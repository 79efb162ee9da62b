"""Words that govern a citation, as tokens of a stretch of text: cues from the ontology, separators, pinpoints.

Cues of more than one syllable are compared without letter and tone marks, because scans misread these first; cues of
one syllable only as they are written (``tại`` is not ``tài``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from viendan.extract import lexicon

SEMICOLON: Final = ";"
COMMA: Final = ","
COLON: Final = ":"
OPEN: Final = "("
CLOSE: Final = ")"
OPEN_QUOTE: Final = "“"
CLOSE_QUOTE: Final = "”"
QUOTE: Final = '"'
AND: Final = "and"
PINPOINT: Final = "pinpoint"
DETERMINER: Final = "determiner"
OF: Final = "of"
AGENT: Final = "agent"
PLACE: Final = "place"

_DISTINCT: Final = 32768  # distinct words that are remembered
_LONG_WORD: Final = 24
_SEPARATORS: Final = frozenset({SEMICOLON, COMMA, COLON, OPEN, CLOSE, OPEN_QUOTE, CLOSE_QUOTE, QUOTE})
_GRAMMAR: Final = {
    **dict.fromkeys(("và", "hoặc", "cùng", "hay"), AND),
    **dict.fromkeys(("các", "những", "số", "cả", "mỗi", "từng"), DETERMINER),
    **dict.fromkeys(("của", "trong"), OF),
    **dict.fromkeys(("bởi", "bằng"), AGENT),
    "tại": PLACE,
}
_TYPES: Final = frozenset(
    {"proposing", "deciding", "reporting", "order"}
)  # asked for by ``forms_of``, not looked for in the text
_UNITS: Final = frozenset(
    {"diem", "khoan", "dieu", "muc", "tieu", "chuong", "phan", "tiet", "phu", "mau", "doan", "so"}
)
_LABEL: Final = r"(?:\d{1,4}[a-zđ]?(?:\.\d{1,3}){0,3}|[ivxlc]{1,6}|[a-zđ])(?!\w)"
_PINPOINT: Final = re.compile(
    rf"(?:diem|khoan|dieu|tieu muc|muc|chuong|phan|tiet|phu luc|mau|doan|so thu tu)s?(?: so)? {{0,2}}{_LABEL}"
    rf"(?:(?: ?[,;]| va| den| hoac) ?{_LABEL}){{0,40}}"
)
_WORD: Final = re.compile(r"[^\W_]+|[;,:()“”\"]")


class Cue(NamedTuple):
    """A cue of the ontology: what it does (``vd:wordKind``), the relation, the concept, the words without marks."""

    kind: str
    relation: str | None
    concept: str
    folded: str
    exact: str | None
    """The only spelling that counts, for a cue of one syllable."""


class Token(NamedTuple):
    """A word or sign that the grammar reads, with offsets into the flat text."""

    kind: str
    start: int
    end: int
    cue: Cue | None = None

    @property
    def relation(self) -> str | None:
        """The relation that the cue stands for."""
        return self.cue.relation if self.cue else None


def _base(char: str) -> str:
    decomposed = unicodedata.normalize("NFD", char)
    return "d" if char in "đĐ" else decomposed[0].lower()


_FOLD: Final = {
    code: _base(chr(code))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if chr(code).isalpha() and _base(chr(code)).isascii()
}


class _Folds(dict[str, str]):
    """The words met so far, folded; emptied when a text of no language fills it."""

    def __missing__(self, word: str) -> str:
        found = word.translate(_FOLD).lower()
        if len(word) <= _LONG_WORD:
            if len(self) >= _DISTINCT:
                self.clear()
            self[word] = found
        return found


_FOLDS: Final = _Folds()


def fold_same_length(words: str) -> str:
    """The words in small letters without letter and tone marks, each character where it was."""
    return " ".join(map(_FOLDS.__getitem__, words.split(" ")))


@cache
def _by_first_word() -> Mapping[str, tuple[Cue, ...]]:
    """The cues by their first folded word, longest first."""
    found: dict[str, dict[str, Cue]] = defaultdict(dict)
    for word in lexicon.scheme("relation-cues"):
        kind = word.get("wordKind") or ""
        if kind in _TYPES:
            continue
        for form in word.cues:
            folded = fold_same_length(form)
            first = folded.split(" ", 1)[0].split(",", 1)[0].split("/", 1)[0]
            cue = Cue(kind, word.get("relation"), word.key, folded, None if " " in form else form)
            found[first].setdefault(form if cue.exact else folded, cue)
    ordered = {
        first: sorted(cues.values(), key=lambda cue: (-len(cue.folded), cue.folded, cue.exact or ""))
        for first, cues in found.items()
    }
    return MappingProxyType({first: tuple(cues) for first, cues in ordered.items()})


@cache
def forms_of(kind: str) -> frozenset[str]:
    """The words of all cues of a kind, as they are written."""
    return frozenset(
        form for word in lexicon.scheme("relation-cues") if word.get("wordKind") == kind for form in word.cues
    )


def is_deciding(type_name: str | None) -> bool:
    """Whether a document of this type changes law by its own clauses; an unknown type may."""
    return type_name is None or type_name.lower() in forms_of("deciding")


def is_proposing(type_name: str | None) -> bool:
    """Whether a document of this type only proposes or reports."""
    return type_name is not None and type_name.lower() in forms_of("proposing")


def is_reporting(type_name: str | None) -> bool:
    """Whether a document of this type tells what was done."""
    return type_name is not None and type_name.lower() in forms_of("reporting")


@cache
def folded_forms(kind: str) -> tuple[str, ...]:
    """The words of all cues of a kind without letter and tone marks, sorted."""
    return tuple(sorted({fold_same_length(form) for form in forms_of(kind)}))


@cache
def _known() -> frozenset[str]:
    """The folded words and signs that a token may begin with."""
    return frozenset(_by_first_word()) | _SEPARATORS | _UNITS | frozenset(map(fold_same_length, _GRAMMAR))


def tokens(flat: str, start: int, end: int) -> list[Token]:
    """The tokens of ``flat[start:end]`` in order; words that the grammar does not know are left out."""
    piece = flat[start:end]
    folded = fold_same_length(piece)
    cues, known = _by_first_word(), _known()
    found: list[Token] = []
    position = 0
    for match in _WORD.finditer(folded):
        word = match.group()
        if word not in known:
            continue
        at = match.start()
        if at < position:
            continue
        if word in _SEPARATORS:
            found.append(Token(word, start + at, start + at + 1))
            continue
        token = _pinpoint(folded, at, start) if word in _UNITS else None
        token = token or (_cue(piece, folded, at, start, cues[word]) if word in cues else None)
        if token is None:
            kind = _GRAMMAR.get(piece[at : match.end()].lower())
            token = Token(kind, start + at, start + match.end()) if kind else None
        if token is not None:
            found.append(token)
            position = token.end - start
    return found


def _pinpoint(folded: str, at: int, offset: int) -> Token | None:
    match = _PINPOINT.match(folded, at)
    return Token(PINPOINT, offset + at, offset + match.end()) if match else None


def _cue(piece: str, folded: str, at: int, offset: int, candidates: tuple[Cue, ...]) -> Token | None:
    for cue in candidates:
        end = at + len(cue.folded)
        whole = folded.startswith(cue.folded, at) and not folded[end : end + 1].isalnum()
        if whole and (cue.exact is None or piece[at:end].lower() == cue.exact):
            return Token(cue.kind, offset + at, offset + end, cue)
    return None
