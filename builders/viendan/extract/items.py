"""The order of a document's paragraphs: the rank of each by its number or mark, and which parts order and which do
not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from viendan import text
from viendan.extract import duty_words
from viendan.extract.orders import Setting
from viendan.extract.structure import ParsedDocument
from viendan.model import Header

_NUMBER: Final = re.compile(
    r"(?:</?\w{1,6}>|[#>\s\\._,'`~|*]){0,8}(?:"
    r"(?P<chapter>(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC) (?:(?:thứ|THỨ) \w+|[\dIVXLC]+)[.:]?(?!\w))"
    r"|(?P<article>(?:Điều|ĐIỀU) \d{1,3}[a-zđ]?(?:[.:]|(?=\s*$|\s+[A-ZĐÀ-Ỹ]))(?!\w))"
    r"|(?P<roman>[IVXl]{1,5}[.)/-](?=\s))"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2}){2,4}[.)-]?(?=\s))"
    r"|(?P<second>\d{1,2}\.\d{1,2}[.)-]?(?=\s))"
    r"|(?P<first>\d{1,3} ?[.)/-](?=\s)|\d{1,2},(?=\s[A-ZĐÀ-Ỹ]))"
    r"|(?P<letter>[\w\]©]{1,2}\)(?=\s)|[a-zđ]\.(?:\d{1,2}[.)]?)?(?=\s))"
    r"|(?P<bracket>\(\d{1,2}\)(?=\s)|[-–•●▪~*](?=\s?\w))"
    r"|(?P<plus>[+o](?=\s))"
    r")?[\s\\*_]{0,3}"
)
_REFERENCE: Final = re.compile(r"(?:Điều|Khoản|Chương|Mục|Phụ lục) [\dIVXLC]{1,4}[a-zđ]?,? [a-zđà-ỹ]")
_RANKS: Final = {
    "chapter": 1, "roman": 2, "article": 3, "first": 4, "second": 5, "deep": 6, "letter": 7, "bracket": 8, "plus": 9,
}  # fmt: skip
NO_RANK: Final = 99
"""The rank of a paragraph without number or mark."""
_UPPER_RANK: Final = 2  # of a paragraph in capitals without a number
_PARAGRAPH: Final = 20_000  # characters of a paragraph at most
_LISTED: Final = 120  # characters of a line in a list of recipients at most
_NUMBERED: Final = frozenset({1, 2, 3, 4, 5, 6})
_HEADING: Final = 160  # characters of a heading at most


class Item(NamedTuple):
    """A paragraph with its rank (small for parts, ``99`` without number or mark) and where its words begin."""

    start: int
    end: int
    rank: int
    content: int
    setting: Setting | None
    heading: bool


@cache
def _headings() -> re.Pattern[str]:
    return _alternatives("implementation")


@cache
def _background() -> re.Pattern[str]:
    return _alternatives("background")


@cache
def _recipients() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,8}}(?:{_listed('recipients')})", re.IGNORECASE)


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(rf"[^\n]{{0,40}}?(?<!\w)(?:{_listed('kept')})", re.IGNORECASE)


@cache
def _annexes() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,8}}(?:{_listed('annex')})(?!\w)", re.IGNORECASE)


def _alternatives(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_listed(kind)})(?!\w)", re.IGNORECASE)


def _listed(kind: str) -> str:
    cues = sorted(set(duty_words.cues("order-words", kind)), key=lambda cue: (-len(cue), cue))
    return "|".join(re.escape(cue) for cue in cues) or "(?!)"


def read_items(parsed: ParsedDocument, header: Header) -> tuple[Item, ...]:
    """The paragraphs of a document with their ranks and settings; no setting where nobody can be ordered."""
    return tuple(_Walk(parsed, header).items())


class _Walk:
    """One way through the paragraphs of a document."""

    def __init__(self, parsed: ParsedDocument, header: Header) -> None:
        self._parsed = parsed
        self._body = header.title_range[1] if header.title_range else 0
        self._articles = _has_articles(parsed)
        self._reporting = _is_of(header, "reporting-type")
        self._stating = self._articles and not self._reporting and not _is_of(header, "enacting-type")
        self._sure: int | None = None
        self._idle: int | None = None
        self._listing = False
        self._ordered = False
        self._seen_title = header.title_range is None

    def items(self) -> list[Item]:
        found: list[Item] = []
        for start, end in _cut(self._parsed):
            fits = found and found[-1].rank != NO_RANK and end - found[-1].start < _PARAGRAPH
            if fits and _goes_on(self._parsed.flat, found[-1].end, start):
                found[-1] = found[-1]._replace(end=end)
            else:
                found.append(self._item(start, end))
        return self._without_recipients(found)

    def _without_recipients(self, found: list[Item]) -> list[Item]:
        """The items; none has a setting in lists that end with where the document is kept (``Lưu: VT``)."""
        clearing = False  # inside a list whose end is known
        for index in range(len(found) - 1, -1, -1):
            item = found[index]
            if item.end - item.start >= _LISTED or item.rank in _NUMBERED:
                clearing = False
                continue
            clearing = clearing or bool(_kept().match(self._parsed.flat, item.start, item.end))
            if clearing and item.setting is not None:
                found[index] = item._replace(setting=None)
        return found

    def _item(self, start: int, end: int) -> Item:
        flat = self._parsed.flat
        match = _NUMBER.match(flat, start, end)
        kind = match.lastgroup if match else None
        rank = _RANKS.get(kind or "", NO_RANK)
        content = match.end() if match else start
        heading = self._enter(flat, content, end, rank)
        if self._outside(start, end, rank, content):
            return Item(start, end, rank, content, None, heading)
        if not self._ordered:
            self._ordered = rank <= _RANKS["first"] or (not self._articles and _orders(flat, start, end))
        return Item(start, end, rank, content, self._setting(), heading)

    def _setting(self) -> Setting:
        sure = self._sure is not None
        idle = self._idle is not None
        duties = sure or (self._ordered and not idle and not self._articles)
        return _settings(duties, sure, self._reporting and not sure, self._stating and not sure and not idle)

    def _outside(self, start: int, end: int, rank: int, content: int) -> bool:
        """Whether a paragraph belongs to the header, to a list of recipients or to the signatures."""
        flat = self._parsed.flat
        if not self._seen_title:
            if self._parsed.offsets.start(start) < self._body:
                return True
            self._seen_title = True
        if _recipients().match(flat, start, min(end, start + 40)):
            self._listing = True
            return True
        if self._listing:
            if rank == _RANKS["bracket"] or not (_annexes().match(flat, content, end) or end - start > _HEADING):
                return True
            self._listing = False
        return False

    def _enter(self, flat: str, content: int, end: int, rank: int) -> bool:
        """Follow the headings: whether the paragraph opens a part on implementation."""
        level = rank
        if rank == NO_RANK:
            if end - content >= _HEADING or not flat[content:end].isupper():
                return False
            level = _UPPER_RANK
        if self._sure is not None and level <= self._sure:
            self._sure = None
        if self._idle is not None and level <= self._idle:
            self._idle = None
        if level > _RANKS["letter"]:
            return False
        head = flat[content : min(end, content + _HEADING)].split(". ", 1)[0].split(":", 1)[0]
        short = len(head) < 90
        if short and _headings().search(head) and _opens(head) and not _charges(head, flat[content:end]):
            self._sure = level if self._sure is None else self._sure
            return True
        if short and self._sure is None and self._idle is None and _background().match(head):
            self._idle = level
        return False


def _charges(head: str, paragraph: str) -> bool:
    """Whether a heading's words are a sentence that charges somebody (``Chi nhánh có trách nhiệm …``), and end with no
    colon."""
    small = head.lower()
    charges = any(cue in small for cue in duty_words.cues("order-words", "charged"))
    return charges and not (head.rstrip().endswith(":") or paragraph[len(head) :].startswith(":"))


@cache
def _settings(duties: bool, sure: bool, reporting: bool, stated: bool) -> Setting:
    return Setting(duties=duties, sure=sure, reporting=reporting, stated=stated)


def _cut(parsed: ParsedDocument) -> Iterator[tuple[int, int]]:
    """The paragraphs; one longer than any real one is cut behind a sentence."""
    for start, end in parsed.paragraphs:
        at = start
        while end - at > _PARAGRAPH:
            stop = parsed.flat.rfind(". ", at, at + _PARAGRAPH) + 2
            stop = stop if stop > at + 2 else at + _PARAGRAPH
            yield at, stop
            at = stop
        yield at, end


def _goes_on(flat: str, last: int, start: int) -> bool:
    """Whether a paragraph goes on with the sentence of the one before, which a line's end cut behind a semicolon."""
    if flat[start].islower():
        return flat[last - 1] in ";," and flat[start + 1 : start + 2] != ")"
    return flat[last - 1] not in ".;:!?" and bool(_REFERENCE.match(flat, start))


def _opens(head: str) -> bool:
    """Whether a heading's words are a heading and no sentence that mentions implementation."""
    return len(head.split()) <= 16


def _is_of(header: Header, kind: str) -> bool:
    """Whether a document is of one of the types of a kind (``reporting-type``)."""
    return header.type is not None and text.compare_key(header.type) in _types(kind)


@cache
def _types(kind: str) -> frozenset[str]:
    return frozenset(text.compare_key(cue) for cue in duty_words.cues("order-words", kind))


def _has_articles(parsed: ParsedDocument) -> bool:
    return bool(re.search(r"(?:^|\n)(?:</?\w{1,6}>|[\W_]){0,8}(?:Điều|ĐIỀU) 1[.:]? ", parsed.flat))


def _orders(flat: str, start: int, end: int) -> bool:
    """Whether a paragraph of a directive addresses its first order (``yêu cầu``, ``như sau``)."""
    return bool(_openings().search(flat, start, end))


@cache
def _openings() -> re.Pattern[str]:
    listed = "|".join(part for part in (_listed("demand"), _listed("assign"), _listed("request")) if part)
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)|như sau:|sau đây:|sau:", re.IGNORECASE)


def ends_table(item: Item) -> bool:
    """Whether a paragraph ends a table that stands before it: the heading of a part or an article."""
    return item.rank <= _RANKS["article"]


def following(items: Sequence[Item], index: int) -> list[int]:
    """The paragraphs that stand under an item: those of a lower rank up to the next of its own or a higher rank.

    A paragraph without a number belongs to the item above it. Under an item without a number stand only marked ones.
    """
    own = items[index].rank
    found: list[int] = []
    for at in range(index + 1, len(items)):
        rank = items[at].rank
        if items[at].setting is None:
            break
        if own == NO_RANK:
            if rank < _RANKS["letter"] or rank == NO_RANK:
                break
        elif rank <= own:
            break
        found.append(at)
    return found
