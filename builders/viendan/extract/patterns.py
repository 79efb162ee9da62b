"""Compiled patterns of the citation grammar: where a type word or an official number may begin, and families of words.

Anchors are found in a few fast passes over the text; everything else is matched from an anchor, in a bounded window, so
that the whole is linear. Type words come from the scheme ``instrument-types``, other words from ``citation-words``;
only function words stand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from viendan.extract import lexicon

UPPER: Final = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""Capital letters, as the inside of a character class."""

LETTERS: Final = UPPER + "АВСЕНКМОРТХУІΑΒΕΗΙΚΜΝΟΡΤΧ"
"""Capitals that symbols of numbers are read with: Latin ones, and what looks like them in other alphabets."""

INTRO: Final = r"(?:[Ss][ốôóõộỗòơo6]|SỐ|SÓ|SÔ)"
"""The word before a number, also as scans misread it."""

_TONES: Final = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"), ("ủy", "uỷ"), ("úy", "uý"))

_Node = dict[str, "_Node"]


@cache
def type_labels() -> Mapping[str, str]:
    """Every form of every type word in small letters, with the label of its type."""
    words = lexicon.scheme("instrument-types")
    found = {spelled.lower(): word.label for word in words for form in word.forms for spelled in _spellings(form)}
    found |= {spelled.lower(): word.label for word in words for spelled in _spellings(word.label)}
    return MappingProxyType(found)


def _spellings(form: str) -> tuple[str, ...]:
    """The form with the tone mark on either vowel."""
    other = form
    for new, old in _TONES:
        other = other.replace(new, old)
    return (form,) if other == form else (form, other)


@cache
def type_keys() -> Mapping[str, str]:
    """The key of each type by its label."""
    return MappingProxyType({word.label: word.key for word in lexicon.scheme("instrument-types")})


@cache
def types_of(family: str) -> frozenset[str]:
    """The labels of the types of a family (``law``, ``treaty``, ``programme`` …)."""
    return frozenset(type_labels()[cue.lower()] for cue in cue_words(f"types-{family}"))


@cache
def only_type(family: str) -> str:
    """The label of the only type of a family."""
    return next(iter(types_of(family)))


@cache
def type_symbols() -> Mapping[str, str]:
    """Symbols of types in numbers, in capitals, with the label of the type they mean in a state document."""
    words = lexicon.scheme("instrument-types")
    found: dict[str, str] = {}
    for word in words:
        for symbol in word.symbols:
            if "state" in word.all("line") or symbol.upper() not in found:
                found[symbol.upper()] = word.label
    for word in words:
        for symbol in word.all("ambiguousSymbol"):
            found.setdefault(symbol.upper(), word.label)
    return MappingProxyType(found)


@cache
def cue_words(kind: str) -> tuple[str, ...]:
    """The words of a kind that the citation grammar knows, longest first (scheme ``citation-words``)."""
    found = {
        form
        for word in lexicon.scheme("citation-words")
        if word.get("wordKind") == kind
        for cue in word.cues
        for form in _spellings(cue)
    }
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


@cache
def cues_before(kind: str) -> tuple[str, ...]:
    """The words of a kind, each with the blank behind it: what a text ends with right before another word."""
    return tuple(f"{word} " for word in cue_words(kind))


@cache
def one_of(*kinds: str) -> str:
    """An alternation of the words of some kinds, as the inside of a group; where there are none, it matches nothing."""
    words = {word for kind in kinds for word in cue_words(kind)}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or r"(?!)"


def _trie(forms: Iterable[str]) -> str:
    """A pattern of the forms with common beginnings shared: many times faster than a list of alternatives."""
    root: _Node = {}
    for form in forms:
        node = root
        for char in (*form, ""):
            node = node.setdefault(char, {})
    return _branches(root)


def _branches(node: _Node) -> str:
    choices = [re.escape(char) + _branches(node[char]) for char in sorted(node) if char]
    if not choices:
        return ""
    inner = choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
    return f"(?:{inner})?" if "" in node else inner


@cache
def type_anchor() -> re.Pattern[str]:
    """A type word with a capital, in title case, or in capitals; the caller checks that no letter stands before it."""
    found: set[str] = set()
    for form in type_labels():
        words = form.split(" ")
        found |= {_capitals(words, {0}), _capitals(words, set(range(len(words)))), form.upper()}
        found |= {_capitals(words, {0, index}) for index in range(1, len(words))}
        found.add("-".join(_capitals(part.split(" "), {0}) for part in form.split("-")))
    return re.compile(rf"(?:{_trie(found)})(?!\w)")


def _capitals(words: list[str], which: set[int]) -> str:
    return " ".join(word[:1].upper() + word[1:] if index in which else word for index, word in enumerate(words))


@cache
def law_anchor() -> re.Pattern[str]:
    """The word for law in small letters before a capital (``luật Tố tụng hành chính``)."""
    word = min(types_of("law"), key=len).lower()
    return re.compile(rf"{word}(?= [{UPPER}])")


@cache
def small_name_anchors() -> tuple[re.Pattern[str], ...]:
    """Type words in small letters before what makes each a name: a congress, a plenum, or quotation marks.

    One pattern a word: a search runs fast to a literal that opens a pattern.
    """
    meetings = one_of("congress-word", "plenum-word", "plenum-central")
    resolutions = (rf"{re.escape(label.lower())}(?= (?:{meetings}) )" for label in sorted(types_of("congress")))
    quoted = (rf"{re.escape(label.lower())}(?= [“\"])" for label in sorted(types_of("described")))
    return tuple(re.compile(pattern) for pattern in (*resolutions, *quoted))


@cache
def number_anchor() -> re.Pattern[str]:
    """The last digit of a serial that a symbol follows, with or without a year between."""
    year = rf"(?:19|20)\d\d ?[-/]{{0,2}} ?[{LETTERS}]|\d{{3,5}}/[{LETTERS}]|\d\d/(?:{one_of('symbol-assembly')})"
    return re.compile(rf"\d\.?[A-Za-zđĐ]{{0,2}} ?[-/_] ?(?=[{LETTERS}]|{year})")


@cache
def small_types() -> str:
    """A pattern of all type words in small letters, for use without case."""
    return _trie(type_labels())


@cache
def small_type_at() -> re.Pattern[str]:
    """A type word in any case, with or without ``các`` or ``số`` before it, or a number with its word."""
    return re.compile(rf"(?:các |{INTRO} )?(?i:{small_types()})(?!\w)|{INTRO} ?\d")


@cache
def small_type_before() -> re.Pattern[str]:
    """A type word in any case at the end of a short window before a number."""
    return re.compile(rf"(?<!\w)(?i:(?P<type>{small_types()})) ?:? ?\Z")


_LONG_LINE: Final = 2000  # characters that are looked back for the start of a line


def line_start(flat: str, position: int) -> int:
    """Where the line begins that ``position`` lies in; not further back than a long line."""
    back = max(0, position - _LONG_LINE)
    return max(flat.rfind("\n", back, position) + 1, back)


INTRO_BEFORE: Final = re.compile(rf"(?<!\w){INTRO} ?[:.;]?[ \n]?\Z")
"""The word before a number, at the end of a window."""
