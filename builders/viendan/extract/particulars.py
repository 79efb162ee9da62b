"""Date and issuer of a citation: what stands behind its number, and what stands before its type word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from typing import Final, NamedTuple

from viendan import text
from viendan.extract import bodies, lexicon, names, numbered, patterns
from viendan.extract.bodies import BodyContext
from viendan.extract.dates import Dated, date_at_end, date_behind, match_date, year_behind
from viendan.model import Body

_RECENT: Final = "2000"  # a symbol in a document without a date means the body of recent times
_NAME_REACH: Final = 140  # characters that hardly any body's name fills
_UNIT: Final = re.compile(r" ?\((?!s)[A-ZĐ]{1,3}\d{0,2}\)")
_JOIN: Final = re.compile(r"(?:,| -|;|-)? ?(?:và |cùng |với )?")
_BEHIND_BARE: Final = re.compile(
    r" ?(?:[;.)(\n]|$)| (?:về|V/v|v/v)(?!\w)"
)  # else the name behind a comma is the subject
_ABOUT: Final = re.compile(r" (?:về|và) ")
_BLANK: Final = re.compile(" ")
_NTH: Final = re.compile(r" (?:lần )?thứ [^\W\d]+(?: một| hai| ba| tư| năm| lăm)?(?=[ ,.;)])| \d{1,2}(?=[ ,.;)])")
_ALIKE: Final = 0.86  # how like a central body's name a misread name must be


@cache
def _of() -> re.Pattern[str]:
    titles = patterns.one_of("kin", "honorific")
    given = rf"(?P<given>(?:,? ?\(?|(?<=\d))(?:của|cùa|cua|cúa|củá|CỦA|(?P<by>do)) )(?:(?:{titles}) )?"
    return re.compile(rf"{given}|(?P<bare>,? )(?=[A-ZĐỦƯV])")


@cache
def _session() -> re.Pattern[str]:
    nth = r"(?i:thứ|lần thứ) [\wà-ỹ]+(?: [\wà-ỹ]+)?"
    meeting = patterns.one_of("plenum-word")
    plenum = rf"(?:{meeting}) (?:{patterns.one_of('plenum-central')}) \d+|(?:{meeting}) {nth}?"
    return re.compile(rf"(?:{plenum}|(?:{patterns.one_of('session')})(?: {nth})?) (?:của )?")


@cache
def _term() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('term')}) (?:thứ )?[IVXLCH]{{1,6}}\b")


@cache
def _issuer_stop() -> re.Pattern[str]:
    return re.compile(rf"[,.;:()\[\]“”\"\n/]| (?:{patterns.one_of('issuer-stop')})(?!\w)")


@cache
def _name_cut() -> re.Pattern[str]:
    return re.compile(rf"[;()\[\]“”\"\n:]| (?:{patterns.one_of('name-stop')})(?!\w)")


@dataclass(slots=True)
class Scene:
    """A document while it is read: its flat text, its place, and what was already worked out (a cache, no result)."""

    flat: str
    context: BodyContext
    resolved: dict[str, Body | None] = field(default_factory=dict)
    matched: dict[str, int | None] = field(default_factory=dict)
    by_symbol: dict[tuple[str, str | None], Body | None] = field(default_factory=dict)

    def match_body(self, position: int) -> int | None:
        """The end of a body's name that starts at ``position`` (``bodies.match_body``, each wording looked at once)."""
        window = self.flat[position : position + _NAME_REACH]
        cut = _name_cut().search(window)
        key = window[: cut.start()] if cut else window
        if key not in self.matched:
            self.matched[key] = bodies.match_body(key, 0)
        end = self.matched[key]
        if end is not None and cut is None and end > _NAME_REACH - 24:
            return bodies.match_body(self.flat, position)
        return None if end is None else position + end

    def body(self, words: str) -> Body | None:
        """The body that words name as an issuer."""
        if words not in self.resolved:
            self.resolved[words] = bodies.resolve_body(words, self.context, as_issuer=True)
        return self.resolved[words]

    def body_of(self, symbol: str, year: str | None) -> Body | None:
        """The body that a number's symbol is certain to mean."""
        key = (symbol, year)
        if key not in self.by_symbol:
            plain = "-".join(numbered.symbol_tokens(symbol)) if symbol.isalpha() else symbol
            self.by_symbol[key] = bodies.body_of_symbol(plain, self.context, year or self.context.date or _RECENT)
        return self.by_symbol[key]


class Particulars(NamedTuple):
    """What stands behind a number or a name: where it ends, and the date, year and issuer that it gives.

    ``author``: the words in front say that the issuer wrote it (``theo đề nghị của X tại Tờ trình số …``);
    ``opening``: date and issuer stand at the start of the sentence only.
    """

    end: int
    date: str | None = None
    year: str | None = None
    issuer: Body | None = None
    dated: bool = False
    author: bool = False
    opening: bool = False


def read_behind(scene: Scene, position: int, symbol: str | None, *, bare_issuer: bool = True) -> Particulars:
    """Date and issuer behind ``position`` in either order; ``symbol`` tells what a bare name may be the issuer."""
    flat = scene.flat
    unit = _UNIT.match(flat, position)
    begin = unit.end() if unit else position
    found = date_behind(flat, begin)
    year = None if found else year_behind(flat, begin)
    end = found.end if found else year[1] if year else position
    closed = found is not None and flat.startswith(")", end) and "(" in flat[begin : found.start]
    issuer, issuer_end = read_issuer(scene, end + closed if found or year else begin, symbol, bare=bare_issuer)
    if issuer_end:
        end = issuer_end
        later = None if found else _later_date(flat, end)
        if later:
            found, end = later, later.end
    return Particulars(end, found.iso if found else None, year[0] if year else None, issuer, found is not None)


@cache
def _issued() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('approving', 'issuing')})(?!\w)")


def _later_date(flat: str, position: int) -> Dated | None:
    issued = _issued().match(flat, position)
    return date_behind(flat, issued.end() if issued else position)


def read_issuer(scene: Scene, position: int, symbol: str | None, *, bare: bool = True) -> tuple[Body | None, int]:
    """The issuer behind ``position`` and its end; ``(None, 0)`` where none stands there."""
    flat = scene.flat
    of = _of().match(flat, position)
    if of is None or (of["given"] is None and not bare):
        return None, 0
    start = of.end()
    session = _session().match(flat, start)
    name = session.end() if session else start
    end = scene.match_body(name)
    if end is None and session:
        name = start
        end = scene.match_body(start)
    if of["given"] is None:
        subject = end is not None and of["bare"].startswith(",") and _BEHIND_BARE.match(flat, end) is None
        return (None, 0) if subject else _bare_issuer(scene, name, end, symbol)
    if end is None:
        return (None, 0) if of["by"] else _unknown_issuer(scene, start, symbol)
    if of["by"] and _acts_otherwise(flat, end):
        return None, 0
    if symbol is not None and is_joint(symbol):
        joint = _joint(scene, name)
        if len(joint) > 1:
            return _joint_body(joint), joint[-1][1]
    return _given_issuer(scene, name, end)


def _given_issuer(scene: Scene, start: int, end: int) -> tuple[Body | None, int]:
    """The body that stands behind ``của``, and where its name ends with all that belongs to it."""
    flat = scene.flat
    plenum = flat.startswith(patterns.cue_words("plenum-word"), start)  # its number is no part of the body's name
    body = scene.body(flat[start:end].rstrip("0123456789 ") if plenum else flat[start:end])
    within = _organ_of(scene, start, end, body)
    if within:
        return within
    return (body, _whole_name(flat, start, _misread_rest(flat, start, end, body))) if body else (None, 0)


def _organ_of(scene: Scene, start: int, end: int, found: Body | None) -> tuple[Body, int] | None:
    """The organ of a central body whose name stands in its own (``Văn phòng Bộ Y tế``), or that its last word begins
    (``Thanh tra Bộ`` / ``Tài chính``)."""
    flat = scene.flat
    local = found is not None and found.province is not None
    for blank in _BLANK.finditer(flat, start, end):
        inner = blank.end()
        last = flat.find(" ", inner, end) < 0
        if not (local or last) or not flat[inner].isupper() or not names.first_words().match(flat, inner):
            continue
        stop = scene.match_body(inner)
        whole = scene.body(flat[inner:stop]) if stop and (stop > end or (local and stop == end)) else None
        if whole and stop and (stop > end or whole.level == "central"):
            name = f"{flat[start:inner]}{whole.name}"
            return Body(text.slug(name), name, whole.level, whole.province, whole.district), stop
    return None


def _misread_rest(flat: str, start: int, end: int, body: Body) -> int:
    """The end of a name whose last words a scan misread: the first ones named the body (``Thủ tướng Chỉnh phủ``)."""
    words = flat[start:end]
    rest = body.name[len(words) :] if body.name.startswith(words) else ""
    return end + len(rest) if rest and text.fold(flat[end : end + len(rest)]) == text.fold(rest) else end


def _acts_otherwise(flat: str, end: int) -> bool:
    """Whether the words behind ``do`` and a body say that it did something else than issue (``… cung cấp``)."""
    goes_on = flat[end : end + 1] == " " and flat[end + 1 : end + 2].islower()
    return goes_on and not _issued().match(flat, end) and date_behind(flat, end) is None and not _ABOUT.match(flat, end)


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('national-body')})(?!\w)")


def _whole_name(flat: str, start: int, end: int) -> int:
    """The end of an issuer with the term of an assembly, or the ``quốc gia`` that a steering committee goes on with."""
    nth = _NTH.match(flat, end) if flat.startswith(patterns.cue_words("plenum-word"), start) else None
    term = _term().match(flat, nth.end() if nth else end)
    if term or nth:
        return term.end() if term else nth.end() if nth else end
    tail = _tail().match(flat, end)
    return tail.end() if tail and flat.startswith(patterns.cue_words("organ-tail"), start) else end


def _is_central(symbol: str) -> bool:
    """Whether a number's symbol is the party centre's."""
    return any(word in numbered.symbol_tokens(symbol) for word in patterns.cue_words("symbol-centre"))


def _bare_issuer(scene: Scene, start: int, end: int | None, symbol: str | None) -> tuple[Body | None, int]:
    """A name without ``của`` is the issuer only where the symbol says the same."""
    if end is None or symbol is None:
        return None, 0
    expected = scene.body_of(symbol, None)
    body = scene.body(scene.flat[start:end])
    central = _is_central(symbol) and body is not None and body.level == "central"
    if body and (central or (expected and body.key == expected.key)):
        return body, _whole_name(scene.flat, start, end)
    return None, 0


def _unknown_issuer(scene: Scene, start: int, symbol: str | None) -> tuple[Body | None, int]:
    """An issuer that no vocabulary knows: a capitalised name up to the next word that no name contains.

    A misread name of a central body is that body; a number of the centre has no local issuer.
    """
    flat = scene.flat
    if not flat[start : start + 1].isupper():
        return None, 0
    stop = _issuer_stop().search(flat, start, start + 120)
    end = stop.start() if stop else min(len(flat), start + 120)
    words = flat[start:end].rstrip(" ,-")
    over_lines = _body_over_lines(scene, start) if flat.startswith("\n", end) else (None, 0)
    if over_lines[0] or words in names.forms("office"):
        return over_lines
    if not 2 <= len(words.split()) <= 14:
        return None, 0
    term = _term().search(words)
    alike = _alike(words[: term.start()] if term else words)
    if alike:
        return scene.body(alike), start + len(words)
    body = scene.body(words)
    central = symbol is not None and _is_central(symbol)
    return (body, start + len(words)) if body and not (central and body.province) else (None, 0)


def _body_over_lines(scene: Scene, start: int) -> tuple[Body | None, int]:
    """The body whose name the narrow column of a table broke (``Bộ trưởng`` / ``Bộ …``, ``Bộ`` / ``Chính trị``)."""
    window = scene.flat[start : start + _NAME_REACH].replace("\n", " ")
    end = bodies.match_body(window, 0)
    body = scene.body(window[:end]) if end else None
    return (body, start + end) if body and end else (None, 0)


@cache
def _central_names() -> tuple[tuple[str, str], ...]:
    labels = sorted({word.label for word in lexicon.scheme("agencies")})
    return tuple((text.fold(label), label) for label in labels)


@cache
def _alike(words: str) -> str | None:
    """The central body whose name the words are a misreading of; None where none is near enough."""
    folded = text.fold(words)
    best, score = None, _ALIKE
    for name, label in _central_names():
        if abs(len(name) - len(folded)) <= 3 and name[:1] == folded[:1]:
            ratio = SequenceMatcher(None, folded, name).ratio()
            if ratio > score:
                best, score = label, ratio
    return best


@cache
def _joint_symbols() -> frozenset[str]:
    return frozenset(symbol.upper() for word in names.words("joint-symbol") for symbol in word.symbols)


def is_joint(symbol: str) -> bool:
    """Whether the symbol of a number says that several bodies issued it together."""
    tokens = numbered.symbol_tokens(symbol)
    return bool(tokens) and (
        tokens[0] in _joint_symbols() or any(word in tokens[:2] for word in patterns.cue_words("symbol-joint"))
    )


def _joint(scene: Scene, position: int) -> list[tuple[Body, int]]:
    """The bodies of a list that starts at ``position``, each with its end; the later ones may go without the word
    that all begin with (``liên Bộ Tài chính - Nội vụ``)."""
    found: list[tuple[Body, int]] = []
    head = scene.flat[position : position + _NAME_REACH].split(" ", 1)[0]
    while True:
        end = scene.match_body(position)
        words = scene.flat[position:end] if end else ""
        if end is None and found:
            whole = f"{head} {scene.flat[position : position + _NAME_REACH]}"
            stop = bodies.match_body(whole, 0) or 0
            words = whole[:stop]
            end = position + stop - len(head) - 1 if stop > len(head) + 1 else None
        body = scene.body(words) if end else None
        if end is None or body is None:
            return found
        found.append((body, end))
        join = _JOIN.match(scene.flat, end)
        if join is None or join.end() == end:
            return found
        position = join.end()


def _joint_body(joint: list[tuple[Body, int]]) -> Body:
    """Several bodies that issued one instrument, as one value: their names in order."""
    bodies_ = [body for body, _ in joint]
    name = ", ".join(body.name for body in bodies_)
    return Body(key="-".join(body.key for body in bodies_), name=name, level=bodies_[0].level, group=True)


@cache
def _issuing() -> re.Pattern[str]:
    return re.compile(rf" (?:đã |vừa |cũng |sẽ )?(?:{patterns.one_of('issuing')}|(?P<at>tại|theo)) (?:các |những )?\Z")


def read_before(scene: Scene, position: int) -> Particulars:
    """Date and issuer before a type word at ``position``: ``Ngày 24/7/2024, Chủ tịch UBND tỉnh có Công văn số …``."""
    flat = scene.flat
    window_start = max(patterns.line_start(flat, position), position - 160)
    verb = _issuing().search(flat, max(window_start, position - 30), position)
    start = _body_ending_at(scene, window_start, verb.start()) if verb else None
    if verb is None or start is None:
        return _opening(scene, position)
    issuer = scene.body(flat[start : verb.start()])
    dated = date_at_end(flat[window_start:start]) if not verb["at"] else None
    author = bool(verb["at"]) and flat.endswith("của ", window_start, start)
    return Particulars(position, dated[1] if dated else None, None, issuer, dated is not None, author)


_AT: Final = re.compile(r" (?:tại|bằng)(?: các)? \Z")
_SENTENCE: Final = 320  # characters of a sentence that opens with a date


def _opening(scene: Scene, position: int) -> Particulars:
    """Date and issuer at the start of the sentence: ``Ngày 22/11/2023, Thủ tướng Chính phủ phê duyệt … tại …``."""
    flat = scene.flat
    if not _AT.search(flat, max(0, position - 10), position):
        return Particulars(position)
    line = patterns.line_start(flat, position)
    start = max(line, flat.rfind(". ", line, position) + 2, flat.rfind("; ", line, position) + 2)
    dated = match_date(flat, start) if position - start < _SENTENCE else None
    if dated is None or flat[dated.end : dated.end + 2] != ", ":
        return Particulars(position)
    end = scene.match_body(dated.end + 2)
    issuer = scene.body(flat[dated.end + 2 : end]) if end else None
    return Particulars(position, dated.iso, None, issuer, True, opening=True) if issuer else Particulars(position)


def _body_ending_at(scene: Scene, window_start: int, end: int) -> int | None:
    """Where the longest body's name begins that ends exactly at ``end``."""
    for match in names.first_words().finditer(scene.flat, window_start, end):
        if scene.match_body(match.start()) == end:
            return match.start()
    return None
