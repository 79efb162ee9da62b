"""The number of a document's head: as printed, blank, stamped elsewhere on the page, or misread by a scan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan.extract import layout, lexicon
from viendan.extract.layout import Line, Stated

_SERIAL: Final = re.compile(r"(?P<serial>\d{1,6}(?:\.\d{1,4})?[a-zA-ZđĐ]?)(?:[^\w\s(\[{]|[\s_.…]+)?$")
_NUMBER: Final = re.compile(
    r"(?P<serial>[^/]{0,24}?)\s*(?P<separator>[/-])\s*"
    r"(?P<symbol>(?:(?:19|20)\d\d\s*[/-]\s*)?[A-ZĐÔƠƯ][\w&.]*(?:\s?[-/]\s?[\w&.(]+)*\)?)"
)
_HEAD: Final = 60  # lines in which a displaced number may stand


@dataclass(frozen=True, slots=True)
class Number:
    """A number line: ``serial`` is None where it is blank or cannot be read; ``symbol`` as printed, without blanks."""

    serial: str | None
    separator: str
    symbol: str
    line: Line
    index: int
    blank: bool

    def stated(self, label: str | None) -> Stated | None:
        """The number with its symbol mended for a document of the type ``label``; None without a serial."""
        if self.serial is None:
            return None
        return Stated(
            f"{self.serial}{self.separator}{mended_symbol(self.symbol, label)}", self.line.start, self.line.end
        )


@cache
def _number_line() -> re.Pattern[str]:
    types = "|".join(re.escape(layout.base(word.label)) for word in lexicon.scheme("instrument-types"))
    word = layout.alternation("number-word", loose=True)
    return re.compile(rf"\W{{0,3}}(?:(?P<type>{types})\s+)?(?:{word})(?:\s*[:.;]\s*|\s+|(?=\d))(?P<rest>.*)$")


def _read(line: Line, index: int, following: Line | None = None) -> Number | None:
    if len(line.text) > 120:
        return None
    match = _number_line().match(line.base)
    if match is None:
        return None
    rest = line.text[match.start("rest") :]
    if not rest.strip() and following is not None and re.match(r"\d{0,6}\s?[/-]", following.text):
        rest += following.text
    if rest.endswith("-") and following is not None and re.match(r"[A-ZĐ][\w-]*$", following.text):
        rest += following.text
    found = _NUMBER.match(rest)
    if found is None or not _plausible(found["symbol"], rest[found.end() :]):
        return None
    before = found["serial"].strip()
    serial = _SERIAL.match(before)
    value = serial["serial"] if serial and re.search(r"[1-9]", serial["serial"]) else None
    symbol = re.sub(r"\s+", "", found["symbol"]).rstrip(".,;")
    return Number(value, found["separator"], symbol, line, index, not before)


def _plausible(symbol: str, rest: str) -> bool:
    letters = re.sub(r"[^A-Za-zÀ-ỹĐđ]", "", symbol)
    return len(letters) >= 2 and sum(char.isupper() for char in letters) * 2 >= len(letters) and len(rest.strip()) < 40


def _strict(line: Line, index: int, following: Line | None = None) -> Number | None:
    """A number line that no title or sentence contains: ``Số`` first, nothing behind the symbol."""
    found = _read(line, index, following)
    if found is None or not line.text.lstrip(" .*'\"“")[:1].isupper():
        return None
    match = _number_line().match(line.base)
    typed = match is not None and match["type"] is not None
    colon = match is not None and ":" in line.text[: match.start("rest")]
    squeezed = re.sub(r"\s+", "", line.text)
    last = len(squeezed) - squeezed.rfind(found.symbol[-3:]) <= 6 or squeezed.endswith("-")
    return found if (colon or not typed) and last else None


def is_number_line(line: Line) -> bool:
    """Whether a line states (or leaves room for) the document's number; not one in the midst of a sentence."""
    return _strict(line, 0) is not None


def looks_numbered(line: Line) -> bool:
    """Whether a line begins like a number line, also where the number itself cannot be read."""
    match = _number_line().match(line.base)
    return match is not None and (":" in line.text[: match.start("rest")] or _read(line, 0) is not None)


def find_number(lines: tuple[Line, ...], top: int) -> Number | None:
    """The number line of the head; behind the title where extraction displaced the head's left column."""
    for index, line in enumerate(lines[: max(top + 1, _HEAD)]):
        following = lines[index + 1] if index + 1 < len(lines) else None
        found = _read(line, index, following) if index < top else _strict(line, index, following)
        if found is not None:
            return found
    return None


def find_inside(lines: tuple[Line, ...]) -> Number | None:
    """The number behind the body's name below the type (``CỦA BỘ TÀI CHÍNH SỐ 12/2006/QĐ-BTC NGÀY …``)."""
    for index, line in enumerate(lines):
        at = re.search(r"(?<![a-z])so\s+\d", line.base)
        part = line.part(at.start(), len(line.text)) if at else None
        cut = re.search(r"\s+ngay\s", part.base) if part else None
        part = part.part(0, cut.start()) if part and cut else part
        found = _read(part, index) if part else None
        if found is not None:
            return found
    return None


def titled_number(lines: tuple[Line, ...], types: Mapping[str, str]) -> tuple[Number, str] | None:
    """The number and type in a heading of a text that was copied without its head (``Nghị quyết số 57-NQ/TW``)."""
    for index, line in enumerate(lines):
        match = _number_line().match(line.base)
        if match and match["type"] and len(line.text) < 80:
            number = _read(line, index)
            label = types.get(re.sub(r"[^a-z]", "", match["type"]))
            return (number, label) if number and label else None
    return None


@cache
def mended_symbol(symbol: str, label: str | None) -> str:
    """The symbol with its type's letters mended by the heading (``TIr-UBND`` of a Tờ trình → ``TTr-UBND``)."""
    known = [form for word in lexicon.scheme("instrument-types") if word.label == label for form in word.symbols]
    parts = re.match(r"(?P<year>(?:(?:19|20)\d\d[/-])?)(?P<type>[^-/]+)(?P<rest>[-/].*)$", symbol)
    if parts is None or not known or parts["type"] in known:
        return symbol
    longer = [form for form in known if len(form) > 1]
    near = [form for form in longer if layout.one_off(parts["type"], form)]
    near = near or [form for form in longer if layout.one_off(parts["type"].upper(), form.upper())]
    return f"{parts['year']}{near[0]}{parts['rest']}" if near else symbol


def is_operative(line: Line) -> bool:
    """Whether a line is the operative word of a decision (``QUYẾT ĐỊNH:``): the head is over."""
    return line.text.endswith(":") and line.text[:-1].strip().isupper() and len(line.text) < 24
