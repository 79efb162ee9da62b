"""A seeded noise generator: what scanning, conversion and typing do to a text, with the way from clean to noisy.

``add_noise(text, seed)`` gives the same noisy text for the same seed. Each kind can be asked for alone:

- ``nfd``         letters decomposed (Unicode NFD), word by word
- ``misread``     a tone or letter mark lost or changed (``tỉnh`` → ``tình``), as scans do
- ``look-alike``  a Latin letter replaced by the Cyrillic one that looks the same
- ``hyphenation`` a line or page broken behind the hyphen or slash inside a number or compound; soft hyphens
- ``page``        a page number, or a running header, on lines of its own in the middle of a sentence
- ``markup``      leftovers of Markdown and HTML around words
- ``blank``       a blank lost, doubled, or replaced by one that does not break
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by the words; an insertion where both are the same."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_BLANK = re.compile(r"(?<=\w) (?=\w)")
_INNER_BLANK = re.compile(r"(?<=[^\W\d_]) (?=[a-zà-ỹđ])")
_BREAK = re.compile(r"(?<=\w[-/])(?=[^\W\d_])")
_MARKED = re.compile(r"[ảãàáạẩẫầấậẳẵằắặẻẽèéẹểễềếệỉĩìíịỏõòóọổỗồốộởỡờớợủũùúụửữừứựỷỹỳýỵ]")
_LOOK_ALIKE = dict(zip("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху", strict=True))
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_HEADERS = (
    "CÔNG BÁO/Số 15 + 16/Ngày 05-01-2024",
    "TRANG THÔNG TIN VĂN BẢN",
    "Trang {page}/28",
    "- {page} -",
    "{page}",
    "{page}",
)


@dataclass(frozen=True)
class Noisy:
    """A noisy text, and where each clean character begins and ends in it."""

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The noisy offsets of the clean words ``[start:end]``; the span must not be empty."""
        return self.begins[start], self.ends[end - 1]


def add_noise(text: str, seed: int, *, kinds: Iterable[str] = (), rate: float = 0.02) -> Noisy:
    """The text with noise of the kinds (all, where none is named), each at about ``rate`` of the places it fits."""
    chance = random.Random(f"{seed}")
    edits: list[Edit] = []
    for kind in sorted(kinds) or sorted(KINDS):
        edits += KINDS[kind](text, chance, rate)
    return _applied(text, edits)


def _applied(text: str, edits: list[Edit]) -> Noisy:
    pieces: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    length = position = 0
    for start, end, words in [*sorted(edits), (len(text), len(text), "")]:
        if start < position:
            continue  # two kinds of noise at one place: the first stays
        for index in range(position, start):
            begins.append(length + index - position)
            ends.append(length + index - position + 1)
        pieces.append(text[position:start])
        length += start - position
        pieces.append(words)
        begins += [length] * (end - start)
        ends += [length + len(words)] * (end - start)
        length += len(words)
        position = end
    return Noisy("".join(pieces), tuple(begins), tuple(ends))


def _some(pattern: re.Pattern[str], text: str, chance: random.Random, rate: float) -> list[re.Match[str]]:
    return [found for found in pattern.finditer(text) if chance.random() < rate]


def _decompose(text: str, chance: random.Random, rate: float) -> list[Edit]:
    return [
        (found.start() + index, found.start() + index + 1, unicodedata.normalize("NFD", char))
        for found in _some(_WORD, text, chance, min(1.0, rate * 10))
        for index, char in enumerate(found.group())
        if unicodedata.normalize("NFD", char) != char
    ]


def _misread(text: str, chance: random.Random, rate: float) -> list[Edit]:
    found = _some(_MARKED, text, chance, rate / 2)
    return [(match.start(), match.end(), _other_mark(match.group(), chance)) for match in found]


def _other_mark(letter: str, chance: random.Random) -> str:
    parts = unicodedata.normalize("NFD", letter)
    other = chance.choice(_TONES.replace(next(mark for mark in parts if mark in _TONES), ""))
    changed = "".join(other if part in _TONES else part for part in parts)
    return unicodedata.normalize("NFC", changed)


def _look_alike(text: str, chance: random.Random, rate: float) -> list[Edit]:
    pattern = re.compile(f"[{''.join(_LOOK_ALIKE)}]")
    found = _some(pattern, text, chance, rate / 4)
    return [(match.start(), match.end(), _LOOK_ALIKE[match.group()]) for match in found]


def _hyphenate(text: str, chance: random.Random, rate: float) -> list[Edit]:
    broken = [
        (found.start(), found.start(), chance.choice(("\n", "\n\n", "\n\n4\n\n")))
        for found in _some(_BREAK, text, chance, rate * 5)
    ]
    return broken + [(found.start() + 1, found.start() + 1, "\u00ad") for found in _some(_WORD, text, chance, rate / 5)]


def _page(text: str, chance: random.Random, rate: float) -> list[Edit]:
    edits: list[Edit] = []
    for page, found in enumerate(_some(_INNER_BLANK, text, chance, rate / 10), 2):
        header = chance.choice(_HEADERS).format(page=page)
        edits.append((found.start(), found.end(), f"\n\n{header}\n\n"))
    return edits


def _markup(text: str, chance: random.Random, rate: float) -> list[Edit]:
    edits: list[Edit] = []
    for found in _some(_WORD, text, chance, rate / 2):
        before, after = chance.choice(
            (("*", "*"), ("**", "**"), ("_", "_"), ("<b>", "</b>"), ("<i>", "</i>"), ("", "<br>"))
        )
        edits += [(found.start(), found.start(), before), (found.end(), found.end(), after)]
    return [edit for edit in edits if edit[2]]


def _blank(text: str, chance: random.Random, rate: float) -> list[Edit]:
    found = _some(_BLANK, text, chance, rate)
    return [(match.start(), match.end(), chance.choice(("", "  ", "   ", "\u00a0", "\u200b "))) for match in found]


KINDS: dict[str, Callable[[str, random.Random, float], list[Edit]]] = {
    "nfd": _decompose,
    "misread": _misread,
    "look-alike": _look_alike,
    "hyphenation": _hyphenate,
    "page": _page,
    "markup": _markup,
    "blank": _blank,
}
