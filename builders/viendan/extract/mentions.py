"""From anchors to mentions: which words of the flat text cite one instrument, and what they say of it.

Type words and numbers are found in one pass each over the text; from there everything is read locally.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import bodies, laws, named, numbered, particulars, patterns
from viendan.extract.found import Found
from viendan.extract.particulars import Scene

_AFTER_TYPE: Final = re.compile(rf" ?[:,]? ?(?P<intro>\n?{patterns.INTRO} ?[:.;]?[ \n]?)?(?=[\dlILOoóSB§.…])")
_SERIAL_START: Final = re.compile(r"(?<![\w/,.-])\d{1,6}(?:[.,]\d{1,3})?\.?[A-Za-zđĐ]{0,2}\Z")
_SPLIT_HEAD: Final = re.compile(rf"{patterns.INTRO} ?:? ?(?P<head>[\dIl]{{1,2}} )\Z")
_GAP: Final = re.compile(r"[^.;:()“”\"\n\d]{1,90}\Z")
_LIST_GAP: Final = re.compile(r"(?:[,;]|\n-)? ?(?:và|hoặc|và các|đến|,)? ?\Z")
_SHORT_TYPES: Final = frozenset(
    {
        "nghi-dinh",
        "nghi-quyet",
        "thong-tu",
        "quyet-dinh",
        "chi-thi",
        "ket-luan",
        "quy-dinh",
        "de-an",
        "cong-van",
        "huong-dan",
        "thong-bao",
        "cong-dien",
        "thong-tu-lien-tich",
        "ke-hoach",
        "chuong-trinh",
        "to-trinh",
        "van-ban",
        "luat",
        "phap-lenh",
    }
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a citation may begin; ``label`` is the type of a type word, None for a number."""

    start: int
    end: int
    label: str | None


def find_anchors(flat: str) -> list[Anchor]:
    """All anchors of the text in order."""
    labels = patterns.type_labels()
    found = [
        Anchor(match.start(), match.end(), labels[match.group().lower()])
        for match in patterns.type_anchor().finditer(flat)
        if match.start() == 0 or _begins_word(flat, match.start())
    ]
    found += [
        Anchor(match.start(), match.end(), "Luật")
        for match in patterns.law_anchor().finditer(flat)
        if flat[match.start() - 1 : match.start()] in (" ", "\n", "(") and not _no_law(flat, match.start())
    ]
    found += [Anchor(match.start(), match.end(), None) for match in patterns.number_anchor().finditer(flat)]
    found.sort(key=lambda anchor: anchor.start)
    return found


def _begins_word(flat: str, start: int) -> bool:
    """Whether a type word stands for itself: at the start of a word, or glued behind a small letter (``cứLuật``)."""
    before = flat[start - 1]
    if before == " ":
        return not flat.endswith(_NO_TYPE, 0, start)
    return not before.isalnum() or (before.islower() and not flat[start + 1 : start + 2].isupper())


_NO_TYPE: Final = (
    "PHÁP ",
    "KỶ ",
    "Pháp ",
    "pháp ",
    "kỷ ",
    "Sở ",
    "Phòng ",
    "Vụ ",
    "Cục ",
    "phòng ",
    "Ban ",
    "SỞ ",
    "PHÒNG ",
    "Bộ ",
    "BỘ ",
)


def _no_law(flat: str, start: int) -> bool:
    return flat.endswith(("pháp ", "kỷ ", "Bộ ", "bộ ", "kỉ ", "Pháp "), 0, start)


def find_mentions(scene: Scene) -> list[Found]:
    """All mentions of instruments in the text, in order, nested ones included."""
    found: list[Found] = []
    pending: Anchor | None = None
    consumed = 0
    for anchor in find_anchors(scene.flat):
        if anchor.start < consumed:
            continue
        if anchor.label is None:
            hits = _at_number(scene, anchor, pending, found[-1] if found else None)
        else:
            hits = _at_type(scene, anchor)
            pending = anchor
        if hits:
            found.extend(hits)
            consumed = max(hit.end for hit in hits)
            pending = None
    found.sort(key=lambda hit: (hit.start, -hit.end))
    return found


def _at_type(scene: Scene, anchor: Anchor) -> list[Found]:
    """The mentions that begin with a type word: numbered, else short, else named."""
    flat, label = scene.flat, anchor.label or ""
    after = _AFTER_TYPE.match(flat, anchor.end)
    if after:
        hit = numbered.read_number(flat, after.end(), type_label=label, introduced=after["intro"] is not None)
        if hit:
            return [_numbered(scene, anchor.start, label, hit, "type-number")]
        short = _short(scene, anchor, after)
        if short:
            return [short]
    garbled = _garbled(scene, anchor)
    if garbled:
        return [garbled]
    return named.read_named(scene, anchor.start, anchor.end, label)


def _numbered(scene: Scene, start: int, label: str | None, hit: numbered.NumberHit, rule: str) -> Found:
    """A mention with a number: with the date and issuer behind it, or before its type word."""
    behind = particulars.read_behind(scene, hit.end, hit.symbol or None)
    found = Found(
        start=start,
        end=behind.end if behind.end > hit.end else hit.end,
        kind="numbered",
        type=label,
        number=hit.value,
        symbol=hit.symbol,
        date=behind.date,
        year=behind.year or hit.year,
        issuer=behind.issuer,
        rule=rule,
        stated_issuer=behind.issuer is not None,
        full=behind.dated or behind.issuer is not None,
        serial=(hit.start, hit.end),
    )
    return _with_before(scene, found)


def _with_before(scene: Scene, found: Found) -> Found:
    """The mention with the date and issuer that stand before its type word, where it lacks them."""
    if found.date and found.issuer:
        return found
    before = particulars.read_before(scene, found.start)
    if before.issuer is None:
        return found
    own = scene.body_of(found.symbol, found.year) if found.symbol else None
    if own is not None and own.key != before.issuer.key and before.date is None:
        return found
    return replace(
        found, date=found.date or before.date, issuer=found.issuer or (before.issuer if own is None else own)
    )


def serial_start(flat: str, last: int) -> int | None:
    """Where the serial begins whose last digit stands at ``last``; None inside another word or number."""
    serial = _SERIAL_START.search(flat, max(0, last - 8), last + 1)
    return serial.start() if serial else None


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('counted')})(?!\w)")


def _short(scene: Scene, anchor: Anchor, after: re.Match[str]) -> Found | None:
    """A type word and a serial without symbol: ``Nghị định 30``, ``Nghị quyết số 98/2023``."""
    flat, label = scene.flat, anchor.label or ""
    if patterns.type_keys().get(label) not in _SHORT_TYPES:
        return None
    hit = numbered.read_short(flat, after.end())
    if hit is None or _counted().match(flat, hit.end):
        return None
    serial = hit.value or ""
    if serial.strip("0") == "" or (
        after["intro"] is None and (len(serial) == 1 or (len(serial) == 4 and serial.startswith(("19", "20"))))
    ):
        return None
    if "\n" in flat[anchor.end : hit.start]:
        return None
    return _numbered(scene, anchor.start, label, hit, "short-number")


_INTRODUCED: Final = re.compile(rf" {patterns.INTRO} ?[:.]? ?")


def _garbled(scene: Scene, anchor: Anchor) -> Found | None:
    """A type word and a number whose serial cannot be read."""
    intro = _INTRODUCED.match(scene.flat, anchor.end)
    hit = numbered.read_garbled(scene.flat, intro.end()) if intro else None
    return _numbered(scene, anchor.start, anchor.label, hit, "type-garbled-number") if hit else None


def _at_number(scene: Scene, anchor: Anchor, pending: Anchor | None, last: Found | None) -> list[Found]:
    """The mentions that are found by their number: with a type word at some distance, in a list, or alone."""
    flat = scene.flat
    start = serial_start(flat, anchor.start)
    if start is None:
        return []
    head = _SPLIT_HEAD.search(flat, max(0, start - 9), start)
    start = head.start("head") if head else start
    intro = patterns.INTRO_BEFORE.search(flat, max(0, start - 8), start)
    begin = intro.start() if intro else start
    hit = numbered.read_number(flat, start, introduced=intro is not None)
    if hit is None or is_form(flat, begin, hit):
        return []
    typed = _type_before(scene, begin, hit, pending, last)
    if typed:
        label, from_start, rule = typed
        again = numbered.read_number(flat, start, type_label=label, introduced=intro is not None) or hit
        return [_numbered(scene, from_start, label, again, rule)]
    if not _is_official(hit, introduced=intro is not None):
        return []
    return [_numbered(scene, begin, symbol_type(hit), hit, "number-alone")]


def _type_before(
    scene: Scene, begin: int, hit: numbered.NumberHit, pending: Anchor | None, last: Found | None
) -> tuple[str, int, str] | None:
    """The type word that governs a number that starts at ``begin``: label, start of the mention, rule."""
    flat = scene.flat
    small = patterns.small_type_before().search(flat, max(0, begin - 40), begin)
    if small:
        return patterns.type_labels()[small["type"].lower()], small.start("type"), "small-type-number"
    if (
        pending
        and pending.label
        and pending.end <= begin <= pending.end + 90
        and _fits_gap(flat[pending.end : begin], pending.label, hit)
    ):
        return pending.label, pending.start, "type-gap-number"
    distant = _small_type_distant(flat, begin, hit) or _misread_type(flat, begin, hit)
    if distant:
        return distant
    if last and last.type and last.kind == "numbered" and _in_list(flat, last, begin, hit):
        return last.type, begin, "list-number"
    return None


def _fits_gap(gap: str, label: str, hit: numbered.NumberHit) -> bool:
    """Whether the words between a type word and a number belong to both: an issuer, a qualifier, or a law's name."""
    if not gap.strip():
        return True
    gap = gap.rstrip(": ")
    if not _GAP.match(gap):
        return False
    if patterns.type_keys().get(label) in laws.LAW_TYPES:
        return len(gap) < 90
    own = symbol_type(hit)
    if own is not None and own != label and hit.tokens and hit.tokens[0] in patterns.type_symbols():
        return False
    joint = hit.tokens[:1] and particulars.is_joint(hit.symbol) and bodies.match_body(gap, 1) is not None
    return bool(joint) or gap.startswith((" của ", " do ")) or _qualifier().fullmatch(gap.strip()) is not None


@cache
def _qualifier() -> re.Pattern[str]:
    return re.compile(
        rf"(?i:(?:{patterns.one_of('qualifier')})(?: (?:{patterns.one_of('qualifier')}))*)(?: của [^,]{{3,70}})?"
    )


def _small_type_distant(flat: str, begin: int, hit: numbered.NumberHit) -> tuple[str, int, str] | None:
    """A type word in small letters with words between (``báo cáo thẩm định của Sở Tư pháp số …``)."""
    label = symbol_type(hit)
    if label is None:
        return None
    window = max(0, begin - 90)
    at = flat.rfind(label.lower() + " ", window, begin)
    if at < 0 or (at > 0 and flat[at - 1].isalnum()):
        return None
    gap = flat[at + len(label) : begin]
    return (label, at, "small-type-gap-number") if gap.strip() and _fits_gap(gap, label, hit) else None


def _in_list(flat: str, last: Found, begin: int, hit: numbered.NumberHit) -> bool:
    """Whether a number goes on a list that the mention before it began."""
    gap = flat[last.end : begin]
    own = symbol_type(hit)
    agrees = own is None or own == last.type or (own == DISPATCH and last.type in _dispatches())
    if _LIST_GAP.fullmatch(gap):
        return agrees
    return (
        agrees
        and len(gap) < 300
        and "\n" not in gap
        and begin < hit.start
        and re.search(r"(?:[,;]| và) ?\Z", gap) is not None
    )


@cache
def _form() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{patterns.one_of('form')})(?: [\wà-ỹ,]+){{0,2}}? ?[:(]?(?:\d{{1,3}}-)? ?\Z")


def is_form(flat: str, begin: int, hit: numbered.NumberHit) -> bool:
    """Whether what stands before a number says that it is none of an instrument."""
    return _form().search(flat, max(0, begin - 32), begin) is not None and not (
        hit.year and symbol_type(hit) is not None and len(hit.tokens) > 1
    )


def _is_official(hit: numbered.NumberHit, *, introduced: bool) -> bool:
    """Whether a number without type word is one of an instrument: its symbol must say so."""
    tokens = hit.tokens
    if not tokens:
        return False
    known = [numbered.is_known(token) for token in tokens]
    if len(tokens) == 1:
        return known[0] and (hit.year is not None or introduced)
    return known[0] or (introduced and any(known))


def symbol_type(hit: numbered.NumberHit) -> str | None:
    """The type that a number's symbol tells; a dispatch has none (Decree 30/2020, annex I)."""
    tokens = hit.tokens
    if not tokens:
        return None
    known = patterns.type_symbols()
    if len(tokens) > 1:
        if tokens[0] in known and not (numbered.is_body(tokens[0]) and not numbered.is_body(tokens[1])):
            return known[tokens[0]]
        if tokens[1] in known and numbered.is_body(tokens[0]):
            return known[tokens[1]] if len(tokens) > 2 or tokens[1] in ("TT", "QĐ") else DISPATCH
        return DISPATCH if hit.year is None and numbered.is_known(tokens[0]) else None
    return None


DISPATCH: Final = "Công văn"
"""What a number without type letters is (Decree 30/2020, annex I)."""


@cache
def _dispatches() -> frozenset[str]:
    keys = ("cong-van", "van-ban")
    return frozenset(label for label, key in patterns.type_keys().items() if key in keys)


def _misread_type(flat: str, begin: int, hit: numbered.NumberHit) -> tuple[str, int, str] | None:
    """The type word before a number that a scan misread (``Tò trình``, ``Quyớ định``): the number's symbol says which."""
    label = symbol_type(hit)
    if label is None:
        return None
    wanted = text.fold(label).split(" ")
    words = [match for match in re.finditer(r"[^\W\d_]+", flat[max(0, begin - 40) : begin])][-len(wanted) :]
    if len(words) < len(wanted) or flat[max(0, begin - 40) : begin][words[-1].end() :].strip(" :"):
        return None
    folded = [text.fold(word.group()) for word in words]
    alike = SequenceMatcher(None, " ".join(folded), " ".join(wanted)).ratio()
    if alike < 0.75 or any(one[:1] != other[:1] for one, other in zip(folded, wanted, strict=True)):
        return None
    return label, max(0, begin - 40) + words[0].start(), "misread-type-number"
