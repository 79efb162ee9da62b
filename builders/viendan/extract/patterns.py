"""Compiled patterns of the citation grammar: where a type word or an official number may begin, and small parts.

One pattern finds all anchors in one pass; everything else is matched from an anchor, in a bounded window, so that the
whole is linear. Type words and symbols come from the scheme ``instrument-types``; only function words stand here.
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

_Node = dict[str, "_Node"]

INTRO: Final = r"(?:[Ss][ốôóõộỗòơo6]|SỐ|SÓ|SÔ)"
"""The word before a number, also as scans misread it."""

_TONES: Final = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"), ("ủy", "uỷ"), ("úy", "uý"))


@cache
def type_labels() -> Mapping[str, str]:
    """Every form of every type word in lower case, with the label of its type."""
    found: dict[str, str] = {}
    for word in lexicon.scheme("instrument-types"):
        for form in word.forms:
            for spelled in _spellings(form):
                found.setdefault(spelled.lower(), word.label)
    for word in lexicon.scheme("instrument-types"):
        for spelled in _spellings(word.label):
            found[spelled.lower()] = word.label
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
def type_symbols() -> Mapping[str, str]:
    """Symbols of types in numbers, in capitals, with the label of the type they mean in a state document."""
    found: dict[str, str] = {}
    for word in lexicon.scheme("instrument-types"):
        for symbol in word.symbols:
            if "state" in word.all("line") or symbol.upper() not in found:
                found[symbol.upper()] = word.label
    for word in lexicon.scheme("instrument-types"):
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
def one_of(kind: str) -> str:
    """An alternation of the words of a kind, as the inside of a group."""
    words = cue_words(kind)
    return "|".join(re.escape(word) for word in words) if words else r"(?!)"


def _trie(forms: Iterable[str]) -> str:
    """A pattern of the forms with common beginnings shared: many times faster than a list of alternatives."""
    root: dict[str, _Node] = {}
    for form in forms:
        node = root
        for char in (*form, ""):
            node = node.setdefault(char, {})
    return _branches(root)


def _branches(node: dict[str, _Node]) -> str:
    choices = [re.escape(char) + _branches(node[char]) for char in sorted(node) if char]
    if not choices:
        return ""
    inner = choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
    return f"(?:{inner})?" if "" in node else inner


@cache
def typed_forms() -> str:
    """A pattern of all type words: with a capital first letter, in title case, or in capitals."""
    found: set[str] = set()
    for form in type_labels():
        found |= {form[:1].upper() + form[1:], form.upper()}
        found.add(" ".join(part[:1].upper() + part[1:] for part in form.split(" ")))
    return _trie(found)


@cache
def type_anchor() -> re.Pattern[str]:
    """A type word with a capital; the caller checks that no letter stands before it."""
    return re.compile(rf"(?:{typed_forms()})(?!\w)")


@cache
def law_anchor() -> re.Pattern[str]:
    """The word for law in small letters before a capital (``luật Tố tụng hành chính``)."""
    return re.compile(rf"luật(?= [{UPPER}])")


@cache
def number_anchor() -> re.Pattern[str]:
    """The last digit of a serial that a symbol follows, with or without a year between."""
    return re.compile(
        rf"\d\.?[A-Za-zđĐ]{{0,2}} ?[-/_] ?(?=[{LETTERS}]|(?:19|20)\d\d ?[-/]{{0,2}} ?[{LETTERS}]|\d{{3,5}}/[{LETTERS}]|\d\d/QH)"
    )


@cache
def small_types() -> str:
    """An alternation of all type words in small letters, longest first, for use without case."""
    return _trie(type_labels())


@cache
def small_type_before() -> re.Pattern[str]:
    """A type word in any case at the end of a short window before a number."""
    return re.compile(rf"(?<!\w)(?i:(?P<type>{small_types()}))(?P<gap> ?:? ?)$")


INTRO_BEFORE: Final = re.compile(rf"(?<!\w){INTRO} ?[:.;]?[ \n]?\Z")
"""The word before a number, at the end of a window."""

CLAUSE_END: Final = re.compile(r"[;\n]|\.(?=\s|$)|[.?!…]$")
"""The end of a clause that no citation reaches across."""
