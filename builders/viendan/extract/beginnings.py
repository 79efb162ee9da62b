"""Which words names and groups of bodies may begin with, so that most words of a text are ruled out at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from viendan import text, vocab
from viendan.extract import duty_words, groups, lexicon, party_words
from viendan.extract.duty_words import Line

_NOTATION: Final = vocab.SKOS + "notation"
_NONE: Final[frozenset[str]] = frozenset()
_DISTINCT: Final = 65536  # distinct words that are remembered
_FIRST: Final = re.compile(r"[^\W_]+")


@cache
def _name_firsts() -> frozenset[str]:
    """The words that any name begins with, folded."""
    found = set(party_words.heads().firsts | party_words.place_heads().firsts)
    for scheme in ("agencies", "bodies", "body-words"):
        for word in lexicon.scheme(scheme):
            found.update(_first(form) for form in (*word.forms, *word.abbreviations) if form)
    for word in lexicon.scheme("abbreviations"):
        found.update(_first(form) for form in word.properties.get(_NOTATION, ()))
    return frozenset(text.fold(key) for key in found)


class Gate(NamedTuple):
    """What may begin with a word, by the words that may stand behind it (None: any): what most words rule out.

    ``marked``: a group with an opener or an office; ``nouns`` (or, without their marks, ``misread``): one that a
    noun begins; ``heads`` (or, without marks, ``known``): a name, where the word has a capital. ``clear``: groups
    begin with the word as it is, and not only with one that a scan made this of.
    """

    clear: bool
    marked: frozenset[str] | None
    nouns: frozenset[str] | None
    misread: frozenset[str]
    heads: frozenset[str] | None
    known: frozenset[str] | None

    def group(self, second: str, *, bare: bool, upper: bool) -> bool:
        """Whether a group may begin here."""
        if self.marked is None or second in self.marked:
            return True
        if not bare or not (upper or self.clear):
            return False
        return self.nouns is None or second in self.nouns or text.fold(second) in self.misread

    def name(self, second: str) -> bool:
        """Whether a name may begin here."""
        if self.heads is None or self.known is None or second in self.heads:
            return True
        return text.fold(second) in self.known


class _Gates(dict[str, Gate | None]):
    """The gate of each word met so far, by its key; None for a word that begins nothing.

    Emptied when a text of no language fills it.
    """

    def __missing__(self, key: str) -> Gate | None:
        if len(self) >= _DISTINCT:
            self.clear()
        folded = text.fold(key)
        may_be = folded in _name_firsts()
        gate = Gate(
            key in groups.firsts(),
            _either(party_words.openers().seconds(key), party_words.offices().seconds(key)),
            party_words.nouns().seconds(key),
            party_words.misread_seconds(folded),
            _either(party_words.heads().seconds(key), party_words.place_heads().seconds(key)) if may_be else _NONE,
            _known_seconds().get(folded, _NONE) if may_be else _NONE,
        )
        self[key] = found = gate if gate != _CLOSED else None
        return found


def _either(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return None if one is None or other is None else one | other


_CLOSED: Final = Gate(False, frozenset(), frozenset(), frozenset(), frozenset(), frozenset())
GATES: Final = _Gates()
"""The gates of all words, made as they are asked for."""


def may_open(flat: str, position: int) -> bool:
    """Whether the word at a position has a capital and is one that names or groups begin with."""
    word = _FIRST.match(flat, position)
    return word is not None and word.group()[0].isupper() and GATES[duty_words.word_key(word.group())] is not None


def may_start(line: Line, index: int) -> bool:
    """Whether the words from an index on may be those of a party; false behind the end."""
    gate = GATES[line.words[index]] if index < len(line.words) else None
    if gate is None:
        return False
    second = line.words[index + 1] if index + 1 < len(line.words) else ""
    upper = line.upper(index)
    return gate.group(second, bare=True, upper=upper) or (upper and gate.name(second))


def may_begin_name(line: Line, index: int) -> bool:
    """Whether a word is one that names begin with, apart from its marks (scans misread them)."""
    return line.upper(index) and text.fold(line.words[index]) in _name_firsts()


@cache
def _beginnings() -> frozenset[str]:
    """The first two words of every name of the vocabulary (or its only one), folded."""
    found: set[str] = set()
    for scheme in ("agencies", "bodies", "body-words"):
        for word in lexicon.scheme(scheme):
            found.update(_two(form) for form in (*word.forms, *word.abbreviations))
    for word in lexicon.scheme("abbreviations"):
        found.update(_two(form) for form in word.properties.get(_NOTATION, ()))
    return frozenset(found)


@cache
def _known_seconds() -> Mapping[str, frozenset[str] | None]:
    """The second words of the names of the vocabulary by their first, folded; None where the first is a name."""
    found: dict[str, set[str]] = {}
    for beginning in _beginnings():
        first, _, second = beginning.partition(" ")
        found.setdefault(first, set()).add(second)
    return MappingProxyType({first: None if "" in listed else frozenset(listed) for first, listed in found.items()})


def _two(form: str) -> str:
    return " ".join(text.fold(word) for word in _FIRST.findall(form)[:2])


def may_be_known(line: Line, index: int) -> bool:
    """Whether the first words are those of some name of the vocabulary."""
    first = text.fold(line.words[index])
    second = text.fold(line.words[index + 1]) if index + 1 < len(line) else ""
    return first in _beginnings() or f"{first} {second}" in _beginnings()


def _first(form: str) -> str:
    match = _FIRST.match(form)
    return duty_words.word_key(match.group()) if match else ""
