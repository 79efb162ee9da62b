"""The grammar of official numbers in running text: reading them, and mending what a scan misread.

Forms: Decree 30/2020/NĐ-CP annex I II.3 (``19/CT-TTg``, ``219/UBND-VX``), numbers of legal documents with their year
(``30/2020/NĐ-CP``, ``80/2015/QH13``), party guidance 36-HD/VPTW (``34-CT/TW``), and what was written before 1997
(``116/CP``, ``91-CP``, ``315-CT``, ``10-LCT/HĐNN7``, ``1357 TC/QĐ-TCT``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from viendan import text
from viendan.extract import lexicon, patterns

_LOOKALIKE: Final = str.maketrans("АВСЕНКМОРТХУІΑΒΕΗΙΚΜΝΟΡΤΧ", "ABCEHKMOPTXYIABEHIKMNOPTX")
_MISREAD_DIGIT: Final = str.maketrans(
    {"l": "1", "I": "1", "L": "1", "|": "1", "O": "0", "o": "0", "ó": "6", "S": "5", "B": "8", "§": "8"}
)
_MISREAD_SIGN: Final = str.maketrans({"§": "8", "|": "1"})  # signs that no serial ends with
_PLAIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĐƯƠÔÂĂÊ0123456789")
_YEARS: Final = range(1945, 2036)
_U: Final = patterns.LETTERS
_TOKEN: Final = rf"[{_U}][{_U}\d&]*(?:[a-zđ][{_U}\d&]+){{0,3}}(?:tr|ty|[grsi]|(?<=SL)t)?(?:(?!\w)|(?=ngày))"
_TERM: Final = re.compile(r"(?<=[^\W\d])\d{1,2}$")


class NumberHit(NamedTuple):
    """A number in the flat text: where it stands, how it reads (None where that is in doubt), its symbol and year."""

    start: int
    end: int
    value: str | None
    symbol: str
    year: str | None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The parts of the symbol, in capitals: ``("QĐ", "TTG")``."""
        return symbol_tokens(self.symbol)


@lru_cache(maxsize=4096)
def symbol_tokens(symbol: str) -> tuple[str, ...]:
    """The parts of a symbol, in capitals; type and body that stand without a separator are parted (``NĐCP``)."""
    parts = tuple(part for part in re.split(r"[-/_. ,()]+", symbol.upper()) if part)
    return _unglued(parts[0]) if len(parts) == 1 else parts


def _unglued(token: str) -> tuple[str, ...]:
    if len(token) < 4 or is_known(token):
        return (token,)
    heads = [form for form in _type_symbols() if token.startswith(form) and is_body(token[len(form) :])]
    head = max(heads, key=len) if heads else ""
    return (head, token[len(head) :]) if head else (token,)


_NO_SLASH: Final = re.compile(r"(?<=[/-])((?:19|20)\d\d)(?=[^\W\d])")


@lru_cache(maxsize=8192)
def canonical(number: str) -> str:
    """A number with the separators that its writer left out, so that it is the same as when they stand there."""
    parted = _NO_SLASH.sub(r"\1/", number)
    head, slash, symbol = parted.rpartition("/")
    tokens = symbol_tokens(symbol) if slash else ()
    return f"{head}/{'-'.join(tokens)}" if len(tokens) == 2 and "-" not in symbol and "/" not in symbol else parted


@cache
def _type_forms() -> str:
    forms = {
        form for word in lexicon.scheme("instrument-types") for form in (*word.symbols, *word.all("ambiguousSymbol"))
    }
    forms |= {form.upper() for form in forms} | {form.replace("Đ", "D") for form in forms}
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)) if len(form) > 1)


@cache
def _number() -> re.Pattern[str]:
    lost = rf"(?:B[A-ZĐ]{{2,}}|{patterns.one_of('symbol-lost-hyphen')})(?!\w)"  # a ministry, or one of these bodies
    assembly = patterns.one_of("symbol-assembly")
    return re.compile(
        rf"""
        (?P<serial>\d{{1,6}}(?:[.,]\d{{1,3}})?\.?(?:\ (?=[a-zđ]/(?:19|20)\d\d))?[A-Za-zđĐ]{{0,2}})
        \ ?(?P<gap>[-/_])\ ?
        (?:(?P<year>(?:19|20)\d\d|\d{{5}}(?=/)|\d{{4}}(?=/)|[02]\d\d(?=/)|\d\d(?=/(?:{assembly})))
            \ ?(?P<gap2>[-/]{{0,2}})\ ?)?
        (?P<symbol>
          (?:(?:{_type_forms()})(?:\ ?[-/_.]{{1,2}}\ ?(?:-\ ?)?|(?P<lost>\ )(?={lost})))?  # blanks behind a type
          (?:{_TOKEN}|0H1[0-6](?!\d))
          (?:[-/_]{{1,2}}\ ?{_TOKEN}|\.(?:{_TOKEN}|\d{{1,3}}(?!\d))|/nb\b|(?<={assembly})\ ?(?:1[0-6]|[7-9])(?!\w))*
        )(?P<unit>\([A-ZĐ]{{1,8}}\d{{0,2}}\))?
        """,
        re.VERBOSE,
    )


@cache
def _old() -> re.Pattern[str]:
    """Numbers before 1997 whose symbol stands behind a blank (``1357 TC/QĐ-TCT``, ``72 TTg``)."""
    return re.compile(
        rf"(?P<serial>\d{{1,5}}[a-zA-Z]?)(?P<gap> )"
        rf"(?P<symbol>[A-ZĐ]{{2,6}}/{_TOKEN}(?:[-/]{_TOKEN})*|(?:{patterns.one_of('symbol-alone')})(?!\w))"
    )


_MISREAD: Final = re.compile(
    rf"[._…]*(?P<serial>[\dlILOoóSB|§]{{1,5}}[a-z]?)[._…]* ?(?P<gap>[-/]) ?"
    rf"(?:(?P<year>[\dlIOo]{{4}}) ?(?P<gap2>[-/]{{0,2}}) ?)?"
    rf"(?P<symbol>{_TOKEN}(?:[-/_]{{1,2}} ?{_TOKEN})*)"
)
_SPLIT_SERIAL: Final = re.compile(r"(?P<head>[\dIl]{1,3}) (?=\d{1,3} ?[/-])")
_BARE: Final = re.compile(
    r"(?P<serial>\d{1,5}[a-zđA-Z]?)(?:/(?P<year>(?:19|20)\d\d))?(?![\w%²]|[.,:/-]\d| ?/| ?- ?[\dA-ZĐ])"
)


def read_number(
    flat: str, position: int, *, type_label: str | None = None, introduced: bool = False
) -> NumberHit | None:
    """The official number that starts at ``position``; None where none does.

    ``type_label`` is the type word before it, which helps to mend its symbol; ``introduced`` says that ``số`` stands
    before it, so that a misread serial and blanks inside are believed.
    """
    split = _SPLIT_SERIAL.match(flat, position) if introduced else None
    begin = split.end() if split else position
    match = _number().match(flat, begin)
    if match is None and (introduced or type_label):
        match = _old().match(flat, begin) or (_MISREAD.match(flat, begin) if introduced else None)
    if match is None:
        return None
    trusted = introduced or type_label is not None or match.re is _old()
    if not trusted and " " in flat[match.end("serial") : match.start("symbol")]:
        return None
    return _hit(flat, position, begin, match, type_label)


def _hit(flat: str, position: int, begin: int, match: re.Match[str], type_label: str | None) -> NumberHit:
    parts = match.groupdict()
    note = 0 if parts.get("unit") else _note_digits(parts["symbol"])
    written = parts["symbol"][: len(parts["symbol"]) - note]
    if parts.get("lost"):
        written = written.replace(" ", "-", 1)
    symbol = _mend_symbol(written, type_label)
    year = _mend_year(parts.get("year")) if parts.get("year") else None
    read = parts["serial"]
    misread = _MISREAD_DIGIT if not read[0].isdigit() else _MISREAD_SIGN
    serial = flat[position:begin].strip().translate(_MISREAD_DIGIT) + read.translate(misread)
    value = None
    if symbol is not None and (not parts.get("year") or year):
        middle = f"{year}{parts.get('gap2') or '/'}" if year else ""
        value = f"{serial}{parts['gap']}{middle}{symbol}{parts.get('unit') or ''}".replace(
            " ", "" if match.re is not _old() else " "
        )
    known = symbol or re.sub(r"\s+", "", written.translate(_LOOKALIKE))
    return NumberHit(position, match.end() - note, value, known, year if year and len(year) == 4 else None)


_GARBLED: Final = re.compile(
    rf"(?P<serial>(?![._…·,\-]+ ?[/-])[^\s/]{{1,6}}?) ?(?P<gap>[-/])"
    rf"(?:(?P<year>(?:19|20)\d\d)(?P<gap2>[-/]))?(?P<symbol>{_TOKEN}(?:[-/_]{_TOKEN})+)"
)


def read_garbled(flat: str, position: int) -> NumberHit | None:
    """A number behind its word whose serial no reader can tell, but whose symbol is whole; its value is None."""
    match = _GARBLED.match(flat, position)
    if match is None or not is_known(symbol_tokens(match["symbol"])[0]):
        return None
    return NumberHit(position, match.end(), None, match["symbol"], match["year"])


_BLANK: Final = re.compile(rf"[._…\s·-]*/(?:(?P<year>(?:19|20)\d\d) ?[-/] ?)?(?P<symbol>{_TOKEN}(?:[-/_]{_TOKEN})+)")


def read_blank(flat: str, position: int) -> NumberHit | None:
    """A number whose serial was left blank (``…/2025/QĐ-UBND``); its value is None."""
    match = _BLANK.match(flat, position)
    if match is None or not is_known(symbol_tokens(match["symbol"])[0]):
        return None
    return NumberHit(position, match.end(), None, match["symbol"], match["year"])


_NOTE: Final = re.compile(r"(?<=[A-ZĐg])[1-9]$")


@cache
def _termed() -> re.Pattern[str]:
    """Symbols whose number is their own: a term, or a department of the State Bank."""
    return re.compile(rf"(?:{patterns.one_of('symbol-numbered')})\d+$")


@lru_cache(maxsize=4096)
def _note_digits(symbol: str) -> int:
    """How many digits at the end of a symbol are the mark of a footnote and none of its own (``NQ/TW1``)."""
    if not _NOTE.search(symbol) or _termed().search(symbol):
        return 0
    tokens = symbol_tokens(symbol[:-1])
    return 1 if len(tokens) == 2 and tokens[0] in _type_symbols() and tokens[1] in _body_symbols() else 0


def read_short(flat: str, position: int) -> NumberHit | None:
    """A serial without symbol, with or without year (``Nghị định 30``, ``Nghị quyết số 98/2023``)."""
    match = _BARE.match(flat, position)
    if match is None:
        return None
    return NumberHit(position, match.end(), match.group(), "", match["year"])


@lru_cache(maxsize=1024)
def _mend_year(year: str) -> str | None:
    """The year itself, or the only plausible one that it can be misread from (``25010``, ``013``)."""
    plain = year.translate(_MISREAD_DIGIT)
    if not plain.isdigit():
        return None
    if len(plain) == 2:
        return plain
    if len(plain) == 4:
        return plain if int(plain) in _YEARS else None
    if len(plain) == 3:
        return f"2{plain}" if int(f"2{plain}") in _YEARS else None
    found = {plain[:index] + plain[index + 1 :] for index in range(len(plain))}
    likely = sorted(value for value in found if int(value) in _YEARS and value.startswith(("19", "20")))
    return likely[0] if len(likely) == 1 else None


@cache
def _type_symbols() -> frozenset[str]:
    return frozenset(patterns.type_symbols())


@cache
def _body_symbols() -> frozenset[str]:
    words = (*lexicon.scheme("agencies"), *lexicon.scheme("bodies"))
    symbols = (text.nfc(symbol).upper() for word in words for symbol in (*word.symbols, *word.all("ambiguousSymbol")))
    return frozenset(part for symbol in symbols for part in re.split(r"[-/_. ,()]+", symbol) if part)


def is_body(token: str) -> bool:
    """Whether a part of a symbol is a symbol of a body, its term apart (``QH15``)."""
    return token in _body_symbols() or _TERM.sub("", token) in _body_symbols()


def is_known(token: str) -> bool:
    """Whether a part of a symbol is a symbol of a type or a body, its term apart."""
    return token in _type_symbols() or is_body(token)


@lru_cache(maxsize=8192)
def _mend_symbol(symbol: str, type_label: str | None) -> str | None:
    """The symbol with look-alikes and misread letters mended; None where it cannot be told what it was."""
    plain = re.sub(r"\s+", "", symbol.translate(_LOOKALIKE))
    pieces = re.split(r"([-/_.]+)", "Q" + plain[1:] if plain.startswith("0H") else plain)
    if len(pieces) > 1:
        pieces[0] = _mend_type(pieces[0], type_label)
    for index in range(0, len(pieces), 2):
        token = pieces[index]
        if is_known(token.upper()) or not token:
            continue
        single = re.sub("Đ+", "Đ", token)
        if single != token and is_known(single.upper()):
            pieces[index] = single
        elif _strange(token):
            mended = _nearest(token, bodies_only=index > 0)
            if mended is None and not token[-1].islower():
                return None
            pieces[index] = mended or token
    whole = "".join(piece if index % 2 == 0 else piece[0] for index, piece in enumerate(pieces))
    parts = symbol_tokens(whole) if len(pieces) == 1 else ()
    return f"{whole[: len(parts[0])]}-{whole[len(parts[0]) :]}" if len(parts) == 2 else whole


def _strange(token: str) -> bool:
    """Whether a part of a symbol has letters that no symbol has: marks of a misreading, or a stray sign."""
    inside = token[:-1].replace("&", "")
    return any(char.upper() not in _PLAIN for char in inside + token[-1]) or (token[-1].islower() and len(token) == 3)


def _mend_type(token: str, type_label: str | None) -> str:
    """The first part of a symbol as the type word before it says it must be (``QĐĐ`` behind ``Quyết định``: ``QĐ``)."""
    if is_known(token.upper()):
        return token
    near = [form for form in _symbols_of(type_label) if _one_apart(token.upper(), form.upper())]
    return near[0] if near else token


@cache
def _symbols_of(type_label: str | None) -> tuple[str, ...]:
    words = (word for word in lexicon.scheme("instrument-types") if word.label == type_label)
    return tuple(_proper(symbol for word in words for symbol in (*word.symbols, *word.all("ambiguousSymbol"))))


def _proper(symbols: Iterable[str]) -> list[str]:
    """Symbols in their usual writing first: with small letters before all capitals (``TTr`` before ``TTR``)."""
    return sorted(symbols, key=lambda symbol: (symbol.isupper(), symbol))


@cache
def _written(bodies_only: bool) -> tuple[str, ...]:
    words = (*lexicon.scheme("agencies"), *lexicon.scheme("bodies"))
    words = words if bodies_only else (*words, *lexicon.scheme("instrument-types"))
    forms = {form for word in words for form in word.symbols if not re.search(r"[-/. ]", form)}
    return tuple(_proper(forms))


@lru_cache(maxsize=1024)
def _nearest(token: str, *, bodies_only: bool) -> str | None:
    """The only known symbol that differs from the token in one letter; None where there is none or several."""
    plain = "".join(char if char.upper() in _PLAIN else text.fold(char).upper() or "?" for char in token)
    if is_known(plain.upper()):
        return plain
    near = [
        form for form in _written(bodies_only) if len(form) == len(plain) and _one_apart(plain.upper(), form.upper())
    ]
    exact = [form for form in near if sum(one != other for one, other in zip(form, token, strict=True)) == 1]
    chosen = exact or near
    return chosen[0] if len({form.upper() for form in chosen}) == 1 else None


def mend_by_issuer(flat: str, hit: NumberHit, issuer: str) -> NumberHit:
    """The number with its last part as its issuer writes it, where they differ by one letter (``TTs``: ``TTg``)."""
    written = flat[hit.start : hit.end]
    token = re.split(r"[-/_.]", written)[-1]
    if len(token) < 3 or is_known(token.upper()):
        return hit
    near = [form for form in _symbols_of_issuer(issuer) if len(form) == len(token) and _one_apart(token, form)]
    again = read_number(written[: -len(token)] + near[0], 0, introduced=True) if near else None
    return hit if again is None else again._replace(start=hit.start, end=hit.end)


@lru_cache(maxsize=1024)
def _symbols_of_issuer(issuer: str) -> tuple[str, ...]:
    words = (*lexicon.scheme("agencies"), *lexicon.scheme("bodies"))
    named = (word for word in words if issuer == word.label or issuer.startswith(f"{word.label} "))
    return tuple(_proper(symbol for word in named for symbol in word.symbols))


def _one_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter changed, added or left out."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))
