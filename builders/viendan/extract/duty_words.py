"""The words of orders and duties as tries over word keys, and paragraphs cut into words once.

Words are data (``ontology/cues-roles.ttl``, schemes ``role-cues``, ``order-words``, ``party-words``). A word is
compared by its key: without case, with the tone mark on either vowel.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain
from operator import itemgetter
from typing import Final

from viendan import text
from viendan.extract import lexicon

_DISTINCT: Final = 65536  # distinct words that are remembered
_LONG_CHUNK: Final = 40
_TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s\\]")
_PARTS: Final = re.compile(rf"({_TOKEN.pattern})")
_TONES: Final = {
    pair + mark: first + second
    for pair, second, old, new in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for first, mark in zip(old, new, strict=True)
}  # the tone mark on the second vowel (as schools write it) → on the first (as these documents do)
DEADLINE: Final = "deadline"
"""The value of the names of a table's column of deadlines."""


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """The key by which a word is compared: in small letters, ``hoà`` as ``hòa`` and ``uỷ`` as ``ủy``; a mark is its
    own."""
    small = text.nfc(word).lower()
    tail = small[-2:] if not small.startswith("qu") else ""
    return small[:-2] + _TONES[tail] if tail in _TONES else small


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph cut into words and marks: the key of each and where it stands in the flat text."""

    flat: str
    start: int
    end: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def raw(self, index: int) -> str:
        """The word as it is written."""
        return self.flat[self.starts[index] : self.ends[index]]

    def upper(self, index: int) -> bool:
        """Whether the word begins with a capital."""
        return index < len(self.words) and self.flat[self.starts[index]].isupper()

    def at(self, offset: int) -> int:
        """The index of the first word that starts at ``offset`` or behind it."""
        return bisect_left(self.starts, offset)

    def mark(self, index: int, marks: str) -> bool:
        """Whether a mark of punctuation out of ``marks`` stands at an index; false behind the end."""
        return index < len(self.words) and self.words[index] in marks


class _Keys(dict[str, str]):
    """The keys of the words met so far; emptied when a text of no language fills it."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _DISTINCT:
            self.clear()
        self[word] = key = word_key(word)
        return key


_KEYS: Final = _Keys()


_Pieces = tuple[tuple[str, ...], tuple[int, ...]]
"""The keys of the words between two blanks, and by turns the characters before each word and in it."""


class _Chunks(dict[str, _Pieces | None]):
    """What stands between two blanks, cut into words once; None where it does not end with a word.

    Emptied when a text of no language fills it.
    """

    def __missing__(self, chunk: str) -> _Pieces | None:
        parts = _PARTS.split(chunk)
        whole = len(parts) > 1 and not parts[-1]
        lengths = (len(parts[0]) + 1, *map(len, parts[1:-1]))  # with the blank before it
        found = (tuple(_KEYS[word] for word in parts[1::2]), lengths) if whole else None
        if len(chunk) <= _LONG_CHUNK:
            if len(self) >= _DISTINCT:
                self.clear()
            self[chunk] = found
        return found


_CHUNKS: Final = _Chunks()
_KEYS_OF: Final = itemgetter(0)
_LENGTHS_OF: Final = itemgetter(1)


def read_line(flat: str, start: int, end: int) -> Line:
    """The words of ``flat[start:end]``."""
    pieces = list(filter(None, map(_CHUNKS.__getitem__, flat[start:end].split(" "))))
    offsets = tuple(accumulate(chain.from_iterable(map(_LENGTHS_OF, pieces)), initial=start - 1))
    if offsets[-1] != end:  # a chunk did not fit: two blanks, or signs that are no words
        return _read_slowly(flat, start, end)
    words = tuple(chain.from_iterable(map(_KEYS_OF, pieces)))
    return Line(flat, start, end, words, offsets[1::2], offsets[2::2])


def _read_slowly(flat: str, start: int, end: int) -> Line:
    parts = _PARTS.split(flat[start:end])  # gap, word, gap, word, … gap: one pass, offsets by their lengths
    offsets = tuple(accumulate(map(len, parts), initial=start))
    words = tuple([_KEYS[word] for word in parts[1::2]])
    return Line(flat, start, end, words, offsets[1:-1:2], offsets[2:-1:2])


def first_key(flat: str, start: int, end: int) -> str:
    """The key of the first word of ``flat[start:end]``; empty for none."""
    match = _TOKEN.search(flat, start, end)
    return _KEYS[match.group()] if match else ""


class _Node(dict[str, "_Node"]):
    """A node of a trie: the next words, and the value of the phrase that ends here (None where none does)."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        super().__init__()
        self.value: str | None = None


_NONE: Final = (0, "")


class Phrases:
    """Phrases as a trie of word keys, forwards or backwards, each with a value."""

    __slots__ = ("_root", "firsts")

    firsts: frozenset[str]
    """The keys that any phrase begins with (backwards: ends with)."""

    def __init__(self, entries: Iterable[tuple[str, str]], *, backwards: bool = False) -> None:
        self._root = _Node()
        for phrase, value in entries:
            keys = [word_key(match.group()) for match in _TOKEN.finditer(text.nfc(phrase))]
            node = self._root
            for key in reversed(keys) if backwards else keys:
                node = node.setdefault(key, _Node())
            if node.value is None:
                node.value = value
        self.firsts = frozenset(self._root)

    def following(self, key: str) -> frozenset[str]:
        """The keys that follow ``key`` at the beginning of phrases."""
        return frozenset(self._root.get(key, ()))

    def seconds(self, key: str) -> frozenset[str] | None:
        """As ``following``; None where ``key`` is a phrase alone, so that anything may follow."""
        node = self._root.get(key)
        return None if node is not None and node.value is not None else self.following(key)

    def match(self, line: Line, index: int) -> int:
        """How many words the longest phrase at ``index`` takes; 0 for none."""
        words = line.words
        if index >= len(words) or words[index] not in self._root:
            return 0
        return self.find(line, index)[0]

    def find(self, line: Line, index: int) -> tuple[int, str]:
        """The length in words and the value of the longest phrase at ``index``; ``(0, "")`` for none."""
        words = line.words
        at, size = index, len(words)
        node = self._root.get(words[at]) if at < size else None
        if node is None:
            return _NONE
        best, value = 0, ""
        while node is not None:
            at += 1
            if node.value is not None:
                best, value = at - index, node.value
            node = node.get(words[at]) if at < size else None
        return best, value

    def find_folded(self, line: Line, index: int) -> tuple[int, str]:
        """As ``find``, over the folded keys of the words (of a folded trie)."""
        words = line.words
        at, size = index, len(words)
        node = self._root.get(text.fold(words[at])) if at < size else None
        if node is None:
            return _NONE
        best, value = 0, ""
        while node is not None:
            at += 1
            if node.value is not None:
                best, value = at - index, node.value
            node = node.get(text.fold(words[at])) if at < size and node else None
        return best, value

    def find_before(self, line: Line, index: int) -> tuple[int, str]:
        """The longest phrase that ends right before ``index`` (of a backward trie)."""
        words = line.words
        at = index
        node = self._root.get(words[at - 1]) if at > 0 else None
        if node is None:
            return _NONE
        best, value = 0, ""
        while node is not None:
            at -= 1
            if node.value is not None:
                best, value = index - at, node.value
            node = node.get(words[at - 1]) if at > 0 else None
        return best, value


def _concepts(scheme: str, kind: str) -> list[lexicon.Word]:
    return [word for word in lexicon.scheme(scheme) if word.get("wordKind") == kind]


@cache
def phrases(scheme: str, *kinds: str) -> Phrases:
    """The phrases of some kinds of a scheme; the value of each is the kind."""
    return Phrases((cue, kind) for kind in kinds for word in _concepts(scheme, kind) for cue in word.cues)


@cache
def folded_phrases(scheme: str, *kinds: str) -> Phrases:
    """The phrases of some kinds without their marks, for ``find_folded``."""
    return Phrases((text.fold(cue), kind) for kind in kinds for word in _concepts(scheme, kind) for cue in word.cues)


@cache
def phrases_before(scheme: str, *kinds: str) -> Phrases:
    """The phrases of some kinds, to be matched backwards; the value of each is the kind."""
    entries = [(cue, kind) for kind in kinds for word in _concepts(scheme, kind) for cue in word.cues]
    return Phrases(entries, backwards=True)


@cache
def roles() -> Phrases:
    """The verbs of the roles; the value of each is its role, empty for a phrase that gives none."""
    giving = [(cue, word.get("role") or "") for word in _concepts("role-cues", "role") for cue in word.cues]
    return Phrases([*giving, *((cue, "") for word in _concepts("role-cues", "no-role") for cue in word.cues)])


@cache
def columns() -> Phrases:
    """The names of the columns of task tables; the value of each is its role, ``deadline`` for the column of
    deadlines."""
    giving = [(cue, word.get("role") or "") for word in _concepts("order-words", "column") for cue in word.cues]
    return Phrases(
        [*giving, *((cue, DEADLINE) for word in _concepts("order-words", "column-deadline") for cue in word.cues)]
    )


@cache
def cues(scheme: str, kind: str) -> tuple[str, ...]:
    """The phrases of a kind, as written."""
    return tuple(cue for word in _concepts(scheme, kind) for cue in word.cues)
