"""Lines of a document as they stand on the page, cleaned, each character with its place in the source.

The flat view joins what was wrapped; headers and footers need the lines themselves, and their columns: what text
extraction ran together (``ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI …``) is parted again at the words that begin a column.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from viendan import text
from viendan.extract import lexicon

_ROW_END: Final = re.compile(
    r"\r\n|[\n\r\f\v\x85\u2028\u2029]|<\s*(?:br|hr)\s*/?>"
    r"|</?(?:p|div|center|tr|table|tbody|thead|li|ul|ol|h[1-6])\b[^<>\n]{0,200}>",
    re.IGNORECASE,
)
_SIGNS: Final = re.compile(
    "[^\\x00-\\x7f\u00c0-\u024f\u1e00-\u1eff\u0300\u201c\u201d\u2026]|[|<&*`~\\\\_#>\u0300-\u036f\t\u00d0\u0189]|  "
)
# Every alternative begins with the sign that it is about, so that it fails at once elsewhere.
_PIECE: Final = re.compile(
    r"""
      (?P<cell>\|(?<![^\s|]\|)(?=\s|$)|\|(?=\ *$)|</?t[dh]\b[^<>\n]{0,200}>)
    | (?P<tag></?[A-Za-z][A-Za-z0-9]{0,10}\b[^<>\n]{0,200}>)
    | (?P<entity>&(?:[a-zA-Z]{2,8}|\#\d{1,6});)
    | (?P<markup>[*`~]+|\\(?=[-_*.#])|_(?<![^\s(“"]_)_*(?=[^\s_])|_(?<=[^\s_]_)_*(?=[\s.,;:)”"]|$)|__+)
    | (?P<zero>[\u200b\u200c\u200d\u2060\ufeff\u00ad]+)
    | (?P<blank>[ \t\u00a0\u2000-\u200a\u202f\u3000]+)
    | (?P<cluster>[^\W\d_][\u0300-\u036f]+)
    """,
    re.VERBOSE | re.MULTILINE,
)
_BLANKS: Final = " \u00a0\t"
_LIKE: Final = {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "Ð": "Đ", "Ɖ": "Đ", "∕": "/", "⁄": "/", "／": "/"}
_LIKE_SIGNS: Final = re.compile(f"[{''.join(_LIKE)}]")
_RULE: Final = re.compile(r"[-_=*–—.\s|:#>]{2,}\Z|[-_=*]\Z")
_WIDEST: Final = 220  # characters of a line that may still be two columns
_DATED: Final = re.compile(r"\s*,\s*ngay\W{0,3}[^,]{0,24}thang")
_UPPER: Final = 0.7
_DISTINCT: Final = 32768  # distinct words whose base letters are remembered
_LONG_WORD: Final = 24
_LATIN: Final = (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))
CAPITAL: Final = f"[{''.join(chr(code) for code in _LATIN if chr(code).isupper())}]"
"""A pattern part: one capital Latin letter with any mark (ranges of code points mix capitals and small letters)."""
_LEAD: Final = re.compile(r"(?:\#{1,6}|>)\s*")


class Line(NamedTuple):
    """A line, or the part of one that belongs to one column.

    ``offsets`` has the source offset of each character, ``base`` the text in small letters without any mark, of the
    same length: what misread words are recognised by. ``row`` counts the lines of the page, ``blank_before`` the
    empty lines between this one and the one before.
    """

    text: str
    offsets: Sequence[int]
    row: int
    blank_before: int
    base: str

    @property
    def start(self) -> int:
        """Source offset of the first character."""
        return self.offsets[0]

    @property
    def end(self) -> int:
        """Source offset behind the last character."""
        return self.offsets[-1] + 1

    def part(self, start: int, end: int) -> Line | None:
        """The characters from ``start`` to ``end`` without blanks at the ends; None where nothing is left."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if start >= end:
            return None
        return Line(self.text[start:end], self.offsets[start:end], self.row, self.blank_before, self.base[start:end])


class Stated(NamedTuple):
    """A value with the source offsets of the words that state it."""

    value: str
    start: int
    end: int


def _base_letter(char: str) -> str:
    lower = char.lower() if len(char.lower()) == 1 else char
    return "d" if lower == "đ" else (unicodedata.normalize("NFD", lower)[0] if lower else char)


_BASE: Final = {code: _base_letter(chr(code)) for code in _LATIN if chr(code).isalpha()}


def merged(one: Line, other: Line) -> Line:
    """Two lines as one, a blank between them."""
    offsets = (*one.offsets, one.end, *other.offsets)
    return Line(f"{one.text} {other.text}", offsets, one.row, one.blank_before, f"{one.base} {other.base}")


class _Bases(dict[str, str]):
    """The base letters of the words met so far; emptied when a text of no language fills it."""

    def __missing__(self, word: str) -> str:
        found = word.translate(_BASE)
        if len(word) <= _LONG_WORD:
            if len(self) >= _DISTINCT:
                self.clear()
            self[word] = found
        return found


_BASES: Final = _Bases()


def base(words: str) -> str:
    """Small letters without marks, one for one: offsets stay."""
    return " ".join(map(_BASES.__getitem__, words.split(" ")))


def one_off(one: str, other: str) -> bool:
    """Whether two words differ by one letter at most: one lost, added or misread."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


def lines(source: str, start: int = 0, end: int | None = None) -> tuple[Line, ...]:
    """The lines of ``source[start:end]``, columns parted, rules and empty lines left out."""
    stop = len(source) if end is None else min(end, len(source))
    found: list[Line] = []
    blanks = 0
    after_tag = False
    for row, (first, last, tag) in enumerate(_rows(source, start, stop), 1):
        kept = _cells(source, first, last, row, blanks)
        for cell in kept:
            found.extend(_columns(cell))
        blanks = 0 if kept else blanks + (not tag and not after_tag)
        after_tag = tag
    return tuple(found)


def _rows(source: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The rows of the page as source ranges, and whether a tag ended each."""
    position = start
    for match in _ROW_END.finditer(source, start, end):
        yield position, match.start(), match.group()[0] == "<"
        position = match.end()
    yield position, end, False


def _cells(source: str, start: int, end: int, row: int, blanks: int) -> list[Line]:
    """The cells of a row as lines: one where no sign parts it."""
    written = source[start:end]
    if not written or written.isspace():
        return []
    if _SIGNS.search(written) is None:
        bare = written.strip(" ")
        first = start + len(written) - len(written.lstrip(" "))
        return [] if _RULE.match(bare) else [Line(bare, range(first, first + len(bare)), row, blanks, base(bare))]
    found: list[Line] = []
    cell = _Cell()
    position = start
    for match in _PIECE.finditer(source, start, end):
        first = match.start()
        if position < first:
            cell.add(source[position:first], position)
        position = match.end()
        kind = match.lastgroup
        if kind == "blank":
            cell.blank(first)
        elif kind == "cell":
            found.extend(cell.lines(row, blanks))
            cell = _Cell()
        elif kind == "entity":
            cell.rewritten(html.unescape(match.group())[:1], first)
        elif kind == "cluster":
            cell.rewritten(text.nfc(match.group()), first)
    if position < end:
        cell.add(source[position:end], position)
    found.extend(cell.lines(row, blanks))
    return found


class _Cell:
    """Collects the characters of a cell with their places, blanks made single."""

    __slots__ = ("_offsets", "_words")

    def __init__(self) -> None:
        self._words: list[str] = []
        self._offsets: list[int] = []

    def add(self, written: str, at: int) -> None:
        """Adds characters as they stand from ``at`` on, dashes and slashes of all kinds as one."""
        self._words.append(_LIKE_SIGNS.sub(lambda sign: _LIKE[sign.group()], written))
        self._offsets.extend(range(at, at + len(written)))

    def blank(self, at: int) -> None:
        """Adds a blank behind anything but a blank."""
        if self._words and self._words[-1] != " ":
            self._words.append(" ")
            self._offsets.append(at)

    def rewritten(self, words: str, at: int) -> None:
        """Adds characters that stand for what is written at ``at``."""
        for char in words:
            if char in _BLANKS:
                self.blank(at)
            else:
                self._words.append(char)
                self._offsets.append(at)

    def lines(self, row: int, blanks: int) -> list[Line]:
        """The cell as a line without what leads it; none for an empty one or a rule."""
        written = "".join(self._words)
        bare = written.strip()
        if not bare or _RULE.match(bare):
            return []
        line = Line(written, tuple(self._offsets), row, blanks, base(written))
        lead = _LEAD.match(bare)
        part = line.part(len(written) - len(written.lstrip()) + (lead.end() if lead else 0), len(written))
        return [part] if part else []


def _columns(line: Line) -> Iterator[Line]:
    """The parts of a line that belong to different columns of a header or footer."""
    cut = _column_break(line)
    if cut is None:
        yield line
        return
    for part in (line.part(0, cut), line.part(cut, len(line.text))):
        if part is not None:
            yield part


def _column_break(line: Line) -> int | None:
    """Where a second column begins: the motto, or the place of a date (``… /CT-UBND Lào Cai, ngày …``)."""
    if len(line.text) > _WIDEST:
        return None
    motto = _motto(line)
    if motto:
        return motto.start() or None
    dated = _DATED.search(line.base)
    return _place_start(line.text, dated.start()) if dated else None


def _place_start(written: str, comma: int) -> int | None:
    """The start of the capitalised words before ``, ngày``, if something else stands before them."""
    start = comma
    for word in reversed(list(re.finditer(r"\S+", written[:comma]))[-6:]):
        first = word.group().lstrip("(“\"'*")
        symbol = len(first) > 3 and first.isupper() and re.search(r"[-/]", first)
        if not first[:1].isalpha() or not first[0].isupper() or symbol or first.endswith(":"):
            break
        if first.isupper() and len(first) > 2 and start < comma and not written[start:comma].isupper():
            break
        start = word.start()
    kind = _kind_before().search(written, 0, start)
    start = kind.start() if kind else start
    return start if 0 < start < comma else None


@cache
def _kind_before() -> re.Pattern[str]:
    """A kind of place at the end of a text, its first letter a capital (``Thành phố`` in front of ``Hồ Chí Minh``)."""
    kinds = (word for word in lexicon.scheme("body-words") if word.get("wordKind") == "place-kind")
    shown = {re.escape(text.capitalise(form)) for word in kinds for form in (word.label, *word.abbreviations)}
    return re.compile(rf"(?<!\S)(?:{'|'.join(sorted(shown, key=lambda form: (-len(form), form)))})\s*$")


@cache
def words(kind: str) -> tuple[lexicon.Word, ...]:
    """The layout words of a kind (``motto``, ``letter-to`` …)."""
    return tuple(word for word in lexicon.scheme("layout-words") if word.get("wordKind") == kind)


@cache
def forms(kind: str) -> tuple[str, ...]:
    """All forms of the layout words of a kind, longest first."""
    found = {form for word in words(kind) for form in word.forms}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


@cache
def alternation(kind: str, *, loose: bool = False) -> str:
    """A pattern part of all forms of a kind; ``loose``: for ``Line.base``, with any signs between the words."""
    if not loose:
        return "|".join(re.escape(form) for form in forms(kind))
    return "|".join(
        r"\W{0,4}".join(re.escape(word) for word in re.findall(r"[a-z0-9/]+", base(form))) for form in forms(kind)
    )


@cache
def _mottoes() -> re.Pattern[str]:
    names = f"{alternation('motto', loose=True)}|{alternation('motto-party', loose=True)}"
    return re.compile(rf"(?<![a-z])(?:(?P<name>{names})|{alternation('motto-words', loose=True)})(?![a-z])")


def _motto(line: Line) -> re.Match[str] | None:
    """The state's or the Party's name in capitals, or the motto, in a line."""
    found = _mottoes().search(line.base)
    if found is None or (found["name"] and not is_upper(line.text[found.start() : found.end()])):
        return None
    return found


def is_motto(line: Line) -> bool:
    """Whether a line begins with the state's name or motto, or the Party's name, as they stand above a document."""
    found = _motto(line)
    return found is not None and found.start() < 3


def is_upper(words: str) -> bool:
    """Whether words are written in capitals, a few misread letters apart."""
    letters = list(filter(str.isalpha, words))
    return bool(letters) and sum(map(str.isupper, letters)) >= _UPPER * len(letters)


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile(
        rf"\W{{0,3}}(?:{alternation('gazette', loose=True)})\s*/"
        rf"|\W{{0,3}}(?:{alternation('gazette-part', loose=True)})\W*$"
        rf"|\W{{0,4}}(?:{alternation('stamp', loose=True)})(?![a-z])"
        rf"|.*(?:{'|'.join(map(re.escape, forms('stamp-inside')))})"
        r"|.*\d{1,2}\.\d{1,2}\.20\d\d\s+\d"
    )


def is_furniture(line: Line) -> bool:
    """Whether a line belongs to the page and not to the document: gazette heads, stamps of digital signatures."""
    return len(line.text) < _WIDEST and _furniture().match(line.base) is not None


@cache
def wires() -> re.Pattern[str]:
    """The end of a telegram's line that names who wires: ``THỦ TƯỚNG CHÍNH PHỦ điện:``."""
    return re.compile(rf"(?<!\w)(?:{alternation('wires', loose=True)})\s*:$")
