"""What is repaired on the way from a source to its flat view: look-alike letters, markup, page furniture, lost blanks.

Letters of other alphabets, dashes and blanks are replaced one for one, so that offsets stay; everything else is an
edit with its source range. Patterns look at one line at a time and have bounded reach.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from viendan.extract import joints

Lines = list[tuple[int, int]]


class Repair(NamedTuple):
    """A repair: the source range, and its kind.

    ``look-alike``, ``furniture``, ``hyphenation``, ``invisible``, ``decomposed`` or ``lost-blank``.
    """

    start: int
    end: int
    kind: str


_BLANKS: Final = dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
)
_BREAKS: Final = dict.fromkeys("\r\v\x1c\x1d\x1e\x85\u2028\u2029", "\n")
_DASHES: Final = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u2043\ufffe", "-")
_SLASHES: Final = {"\u2215": "/", "\u2044": "/", "\uff0f": "/"}
# Letters of other alphabets that scans and keyboards put into Vietnamese words: Đ as eth, Cyrillic and Greek capitals.
_LOOK_ALIKE: Final = {
    **dict(zip("АВЕКМНОРСТУХЅІЈаеорсухѕіј", "ABEKMHOPCTYXSIJaeopcyxsij", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    "\u00d0": "Đ",
    "\u0189": "Đ",
    "\u00f0": "đ",
    "\u0256": "đ",
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()},
}
_PLAIN: Final = {
    **_BLANKS,
    **_BREAKS,
    **_DASHES,
    **_SLASHES,
    **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf02d\u25cf\u25aa", "•"),
}
_ALL: Final = {**_PLAIN, **_LOOK_ALIKE}
_SPECIAL: Final = re.compile(f"[{''.join(map(re.escape, _ALL))}]")

RECORDED: Final[Mapping[str | None, str]] = MappingProxyType(
    {"zero": "invisible", "combining": "decomposed", "lost": "lost-blank"}
)
"""The edits that are recorded as repairs, by the group of the pattern that finds them; markup is none."""

_LOWER: Final = "a-z" + "".join(
    char for char in map(chr, range(0xDF, 0x1EFA)) if char.islower() and not 0x250 <= ord(char) < 0x1E00
)
_UPPER: Final = "A-Z" + "".join(
    char for char in map(chr, range(0xC0, 0x1EFA)) if char.isupper() and not 0x250 <= ord(char) < 0x1E00
)
_EDITS: Final = (
    ("tag", "<", r"</?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>]{0,200})?/?>"),
    ("entity", "&", r"&(?:[a-zA-Z]{2,8}|\#\d{1,6});"),
    ("markup", "*", r"\*+"),
    ("heading", "#", r"(?<![^\s])\#{1,6}\s+"),
    ("quoted", ">", r"^>\s+"),
    ("code", "`", r"`+"),
    ("emphasis", "_", r"(?<![^\s(“\"])_+(?=[^\s_])|(?<=[^\s_])_+(?=[\s.,;:)”\"]|$)|(?<![^\s])_{1,2}(?=\s)"),
    ("escape", "\\", r"\\(?=[-_*.#()\[\]+!])"),
    ("zero", "\u200b", "[\u200b\u200c\u200d\u2060\ufeff\u00ad]+"),
)
_UNPLAIN: Final = re.compile(
    f"[{''.join(map(re.escape, (*_ALL, *(sign for _, sign, _ in _EDITS))))}\n\f\u200c\u200d\u2060\ufeff\u00ad]"
)
_ZERO: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_BLANK_RUN: Final = r"(?P<blanks>\ {2,})"
_LOST: Final = rf"(?P<lost>(?=[{_UPPER}][{_LOWER}])(?<=[{_LOWER}]{{2}}))"
_TWO_BLANKS: Final = re.compile(r"\ \ \ *")
_RUN_TOGETHER: Final = re.compile(rf"[{_UPPER}](?<=[{_LOWER}]{{2}}[{_UPPER}])(?=[{_LOWER}])")
_COMBINING: Final = r"(?P<combining>[^\W\d_][\u0300-\u036f]+)"

_MOTTO: Final = re.compile(r"CỘNG H[OÒ][AÀ] XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_HEAD: Final = 8000  # characters in which a head stands, also a displaced one
_DISPLACED: Final = 700  # characters that no head has above the state's name
_HEAD_LINE: Final = re.compile(r"(?:Số\s?:|Độc lập\s|V/v\s|[^,\n]{2,40}, ngày[^\n]{0,40}$|[\d\s]{1,8}$)")
_NUMBERED: Final = re.compile(r"[IVXLC\dA-H]{1,5}\s?[.)-]")
_CUT_NUMBER: Final = re.compile(r"(?:\d[^\s\d]{0,12}|(?<![^\s/-])[A-ZĐ][\wĐđ]{1,9})[-/]\Z")
_SHORT: Final = 16  # characters that a page's number with what stands around it may have
_TAG_BREAK: Final = re.compile(
    r"\n|</?(?:br|hr|p|div|center|tr|table|tbody|thead|li|ul|ol|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE
)
_RULE: Final = re.compile(r"[-_=~.*+|: ]*$")
_PAGE: Final = re.compile(r"\W{0,3}(?:[Tt]rang\s)?(?P<number>\d{1,4})(?:\s?/\s?\d{1,4})?\W{0,3}$")
_STAMP: Final = re.compile(r"(?:Ký bởi|Người ký|Email|Cơ quan|Tổ chức|Chức vụ|Ngày ký|Thời gian ký)\s?:", re.IGNORECASE)
_STAMP_LINES: Final = 10  # lines between a stamp and the head of the gazette's next page at most
_GAZETTE: Final = re.compile(r"(?:\d{1,4}\s{1,4})?CÔNG BÁO\s?/\s?Số[^\n]{0,60}$")


def same_length(source: str) -> tuple[str, list[Repair]]:
    """The text with blanks, dashes and look-alike letters replaced one for one, and the repairs of letters."""
    text = source.replace("\r\n", " \n") if "\r" in source else source
    found = frozenset(_SPECIAL.findall(text))
    repaired: list[Repair] = []
    for char in sorted(found):
        if char in _LOOK_ALIKE:
            repaired.extend(Repair(match.start(), match.end(), "look-alike") for match in re.finditer(f"{char}+", text))
    for char in sorted(found):
        text = text.replace(char, _ALL[char])
    return text.replace("\f", "\n") if "\f" in text else text, repaired


def is_plain(words: str) -> bool:
    """Whether nothing in the words of one line would be repaired: apart from blanks they are as in the flat view."""
    return (
        _UNPLAIN.search(words) is None
        and _RUN_TOGETHER.search(words) is None
        and unicodedata.is_normalized("NFC", words)
    )


class Edits:
    """The edits that a text may need: which lines need any, found fast, and the pattern that finds them in a line."""

    def __init__(self, text: str) -> None:
        signs, zero = frozenset(filter(text.__contains__, _SIGNS)), any(map(text.__contains__, _ZERO))
        decomposed = not unicodedata.is_normalized("NFC", text)
        self.pattern = _pattern(signs, zero, decomposed)
        self._places = _hint_places(text, _hints(signs, zero, decomposed))
        self._next = 0

    def needed(self, start: int, end: int) -> bool:
        """Whether the line from ``start`` to ``end`` may need an edit; lines are asked for in order."""
        places, at = self._places, self._next
        while places[at] < start:
            at += 1
        self._next = at
        return places[at] < end


def _hint_places(text: str, hints: re.Pattern[str] | None) -> list[int]:
    """Where an edit may be needed, in order, one place of a run; an end behind every text closes the list."""
    places = [match.start() for match in _RUN_TOGETHER.finditer(text)]
    if hints is not None:
        places += [match.start() for match in hints.finditer(text)]
    if "  " in text:
        places += [match.start() for match in _TWO_BLANKS.finditer(text)]
    places.sort()
    places.append(len(text) + 1)
    return places


@cache
def _hints(signs: frozenset[str], zero: bool, decomposed: bool) -> re.Pattern[str] | None:
    chars = "".join(sorted(re.escape(sign) for sign in signs - {">"})) + ("".join(sorted(_ZERO)) if zero else "")
    chars += "\u0300-\u036f" if decomposed else ""
    runs = [f"[{chars}][{chars}]*"] if chars else []  # a class that opens a pattern is skipped to fast
    if ">" in signs:
        runs += ["(?<!>)>", ">+"]  # apart: a line may begin behind the end of a tag
    return re.compile("|".join(runs)) if runs else None


@cache
def _pattern(signs: frozenset[str], zero: bool, decomposed: bool) -> re.Pattern[str]:
    parts = [f"(?P<{name}>{pattern})" for name, sign, pattern in _EDITS if sign in signs or (name == "zero" and zero)]
    if decomposed:
        parts.append(_COMBINING)
    return re.compile("|".join([*parts, _BLANK_RUN, _LOST]), re.MULTILINE)


_SIGNS: Final = frozenset(sign for _, sign, _ in _EDITS)


def rewritten(match: re.Match[str]) -> str:
    """What stands in the flat text for an edit: nothing for markup, one blank for many, a composed letter."""
    kind = match.lastgroup
    if kind in ("blanks", "lost"):
        return " "
    if kind == "combining":
        return unicodedata.normalize("NFC", match.group())
    if kind == "entity":
        sign = html.unescape(match.group())
        return sign.replace("\u00a0", " ") if len(sign) <= 2 else ""
    return ""


def split_lines(text: str) -> Lines:
    """The lines of a text as (start, end) without blanks at their ends; block tags of HTML end a line too."""
    found: Lines = []
    if "<" in text:
        position = 0
        for match in _TAG_BREAK.finditer(text):
            found.append(_stripped(text, position, match.start()))
            position = match.end()
        found.append(_stripped(text, position, len(text)))
        return found
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if line and (line[0] == " " or line[-1] == " "):
            bare = line.strip(" ")
            start = position + line.find(bare[0]) if bare else end
            found.append((start, start + len(bare)))
        else:
            found.append((position, end))
        position = end + 1
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    bare = text[start:end].strip(" ")
    if not bare:
        return end, end
    first = text.index(bare[0], start)
    return first, first + len(bare)


def find_furniture(text: str, lines: Lines) -> dict[int, bool]:
    """The lines that are no text, by index: True for a page's own (number, running head), False for a rule."""
    found: dict[int, bool] = {}
    numbers: list[int] = []
    for index, (start, end) in enumerate(lines):
        if end - start > 90 or start == end:
            continue
        first = text[start]
        if first in "-_=~.*+|:" and _RULE.match(text, start, end):
            found[index] = False
        elif end - start < _SHORT and _PAGE.match(text, start, end) and not _is_half(text, start, end):
            numbers.append(index)
        if (first == "C" or first.isdecimal()) and _GAZETTE.match(text, start, end):
            found[index] = True
            _mark_stamp(text, lines, index, found)
    _mark_pages(text, lines, numbers, found)
    _mark_running_heads(text, lines, found)
    _mark_displaced_head(text, lines, found)
    return found


def _mark_stamp(text: str, lines: Lines, gazette: int, found: dict[int, bool]) -> None:
    """Marks the stamp of a digital signature right before the head of a gazette's page (Decree 30/2020 art. 12)."""
    stamped = False
    for at in range(gazette - 1, max(gazette - _STAMP_LINES, 0), -1):
        start, end = lines[at]
        if _STAMP.match(text, start, end):
            found[at] = stamped = True
        elif start < end or stamped:
            return


def _is_half(text: str, start: int, end: int) -> bool:
    """Whether a line is the first half of an official number (``134/``, ``19-``); ``- 4 -`` is a page's."""
    return text[end - 1] in "/-" and text[start].isdecimal()


def _mark_displaced_head(text: str, lines: Lines, found: dict[int, bool]) -> None:
    """Marks the lines of a head that text extraction put behind the first page's text."""
    motto = _MOTTO.search(text, 0, _HEAD)
    if motto is None or motto.start() < _DISPLACED:
        return
    index = bisect_right(lines, (motto.start(), len(text))) - 1
    for step in (-1, 1):
        at, blanks = index if step < 0 else index + 1, 0
        while 0 <= at < len(lines) and blanks < 3 and abs(at - index) < 14:
            start, end = lines[at]
            if start == end:
                blanks += 1
            elif _HEAD_LINE.match(text, start, end) or (
                text[start:end].isupper() and not _NUMBERED.match(text, start, end)
            ):
                found[at] = True
                blanks = 0
            else:
                break
            at += step


def _mark_pages(text: str, lines: Lines, numbers: list[int], found: dict[int, bool]) -> None:
    """Marks the numbers of pages: next to a gazette's head, or in order (2, 3, 4 …) and apart from other lines."""
    expected = 0
    for index in numbers:
        match = _PAGE.match(text, *lines[index])
        value = int(match["number"]) if match else 0
        beside = any(found.get(near) for near in (index - 1, index + 1, index - 2, index + 2))
        apart = _empty(lines, index - 1, found) or _empty(lines, index + 1, found)
        in_order = expected <= value <= expected + 2 if expected else value in (1, 2, 3)
        if _ends_sentence(text, lines, index):
            continue
        if beside or (in_order and apart) or _inside_sentence(text, lines, index):
            found[index] = True
            expected = value + 1


def _ends_sentence(text: str, lines: Lines, index: int) -> bool:
    """Whether a number with a point or semicolon ends what the line above leaves open (``… 6 năm`` / ``2025;``)."""
    above = next((line for line in reversed(lines[max(0, index - 4) : index]) if line[0] < line[1]), None)
    if above is None or text[lines[index][1] - 1] not in ";.,":
        return False
    return joints.MID.search(text, max(above[0], above[1] - 12), above[1]) is not None


def _empty(lines: Lines, index: int, found: dict[int, bool]) -> bool:
    return not 0 <= index < len(lines) or lines[index][0] == lines[index][1] or index in found


def _inside_sentence(text: str, lines: Lines, index: int) -> bool:
    """Whether the line stands between the halves of a sentence: small letters go on below an open end.

    Or between the halves of an official number, which ends above in its own hyphen or slash.
    """
    above = next((line for line in reversed(lines[max(0, index - 4) : index]) if line[0] < line[1]), None)
    below = next((line for line in lines[index + 1 : index + 5] if line[0] < line[1]), None)
    if above is None or below is None:
        return False
    if _CUT_NUMBER.search(text, max(above[0], above[1] - 16), above[1]) and text[below[0]].isalpha():
        return True
    if above[1] - above[0] < 30:
        return False
    open_end = joints.MID.search(text, max(above[0], above[1] - 12), above[1]) is not None
    return text[above[1] - 1] not in ".;:!?" and (text[below[0]].islower() or open_end)


def _mark_running_heads(text: str, lines: Lines, found: dict[int, bool]) -> None:
    """Marks lines that come back beside page numbers three times or more."""
    pages = [index for index, page in found.items() if page]
    if len(pages) < 3:
        return
    near: Counter[str] = Counter()
    where: dict[str, list[int]] = {}
    for page in pages:
        for index in (page - 2, page - 1, page + 1, page + 2):
            if 0 <= index < len(lines) and index not in found and 4 < lines[index][1] - lines[index][0] < 90:
                words = re.sub(r"\d+", "0", text[lines[index][0] : lines[index][1]])
                near[words] += 1
                where.setdefault(words, []).append(index)
    for words, count in near.items():
        if count >= 3 and count * 3 >= len(pages):
            found.update(dict.fromkeys(where[words], True))
