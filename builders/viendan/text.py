"""Vietnamese text: folding, slugs, comparison, order. Pure functions of strings, NFC in and NFC out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_SPACE: Final = re.compile(r"\s+")
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_OLD_TONE: Final = re.compile(r"([aeiouy])([\u0300\u0301\u0303\u0309\u0323])([aeiouy])")
_MARKUP_AND_POINTS: Final = re.compile(r"[*_“”\"'‘’«».,;:()\[\]…]")

# Vietnamese alphabet (29 letters) and the order of tones used by Vietnamese dictionaries since Hoàng Phê 1988:
# no mark, huyền, hỏi, ngã, sắc, nặng.
_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK: Final = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_TONE_RANK: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPE_MARKS: Final = frozenset("\u0306\u0302\u031b")  # breve, circumflex, horn: they make letters, not tones


def nfc(text: str) -> str:
    """The text in Unicode NFC; the same object where it already is."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def digest(text: str) -> str:
    """32 hexadecimal digits that are the same for a text however it is set in lines and blanks, in NFC and in NFD."""
    return hashlib.sha256("".join(nfc(text).split()).encode()).hexdigest()[:32]


def lower_same_length(text: str) -> str:
    """The text in small letters, each character where it was (the one letter that becomes two stays as it is)."""
    small = text.lower()
    return small if len(small) == len(text) else "\u0130".join(part.lower() for part in text.split("\u0130"))


def occurrences(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text, in order; they must not be empty."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def squeeze(text: str) -> str:
    """Every run of white space as one blank, none at the ends."""
    return _SPACE.sub(" ", text).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without tone and letter marks, đ as d, one blank between words: what a search compares."""
    decomposed = unicodedata.normalize("NFD", text).casefold().replace("đ", "d")
    return squeeze("".join(char for char in decomposed if not unicodedata.combining(char)))


@lru_cache(maxsize=65536)
def compare_key(text: str) -> str:
    """A key equal for spellings of the same words: apart from case, markup, points, dashes, blanks and the place of
    the tone mark (``uỷ`` and ``ủy``), but not apart from the marks themselves."""
    decomposed = unicodedata.normalize("NFD", text).casefold().replace("–", "-").replace("—", "-")
    decomposed = _MARKUP_AND_POINTS.sub(" ", decomposed)
    decomposed = re.sub(r"\s*-\s*", "-", decomposed)
    decomposed = _OLD_TONE.sub(r"\1\3\2", decomposed)
    return squeeze(unicodedata.normalize("NFC", decomposed))


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """ASCII letters, digits and hyphens for an IRI: ``Tỉnh ủy Yên Bái`` becomes ``tinh-uy-yen-bai``."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def collation_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """A sort key in Vietnamese dictionary order: letters first, then tones, then the text itself.

    Digits and other characters come before letters; words are compared one by one (a blank is the smallest).
    """
    letters: list[int] = []
    tones: list[int] = []
    base = ""
    for char in unicodedata.normalize("NFD", text.casefold()) + "\0":
        if base and char in _SHAPE_MARKS:
            base += char
            continue
        if char in _TONE_RANK:
            if tones:
                tones[-1] = _TONE_RANK[char]
            continue
        if base:
            letters[-1] = _rank(unicodedata.normalize("NFC", base))
        if char != "\0":
            base = char
            letters.append(_rank(char))
            tones.append(0)
    return tuple(letters), tuple(tones), text


def _rank(letter: str) -> int:
    if letter.isspace():
        return 0
    if letter in _LETTER_RANK:
        return 0x200000 + _LETTER_RANK[letter]
    return 1 + ord(letter[0])


def capitalise(text: str) -> str:
    """The text with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]
