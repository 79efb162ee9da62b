"""From anchors to mentions: which words of the flat text cite one instrument, and what they say of it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from viendan.extract import named, numbered, particulars, patterns, type_words
from viendan.extract.anchors import Anchor, find_anchors, serial_start
from viendan.extract.found import Found
from viendan.extract.numbered import NumberHit
from viendan.extract.particulars import Scene

_AFTER_TYPE: Final = re.compile(rf" ?[:,|]? ?(?P<intro>\n?{patterns.INTRO} ?[:.;]?[ \n]?)?(?=[\dlILOoóSB§.…])")
_SPLIT_HEAD: Final = re.compile(rf"{patterns.INTRO} ?:? ?(?P<head>[\dIl]{{1,2}} )\Z")
_INTRODUCED: Final = re.compile(rf" {patterns.INTRO} ?[:.]? ?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


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
            hits = _at_type(scene, anchor, anchor.label)
            pending = anchor
        if hits:
            found.extend(hits)
            consumed = max(anchor.end if hit.rule == "own-annex" else hit.end for hit in hits)
            pending = None
    found.sort(key=lambda hit: (hit.start, -hit.end))
    return found


def _at_type(scene: Scene, anchor: Anchor, label: str) -> list[Found]:
    """The mentions that begin with a type word: numbered, else short, else named."""
    flat = scene.flat
    after = _AFTER_TYPE.match(flat, _behind_word(flat, anchor))
    if after:
        hit = numbered.read_number(flat, after.end(), type_label=label, introduced=after["intro"] is not None)
        if hit:
            return [_numbered(scene, anchor.start, label, hit, "type-number")]
        short = _short(scene, anchor, label, after)
        if short:
            return [short]
    odd = _garbled(scene, anchor) or _blank_annex(scene, anchor)
    if odd:
        return [odd]
    longer = flat[anchor.start : anchor.end].lower().startswith(label.lower() + " ")  # "Quy tắc ứng xử": a name begins
    end = anchor.start + len(label) if longer else anchor.end
    return named.read_named(scene, anchor.start, end, label)


def _behind_word(flat: str, anchor: Anchor) -> int:
    """The end of a type word, with its last syllable where that was written twice (``Nghị định định số``)."""
    at = flat.rfind(" ", anchor.start, anchor.end)
    again = flat[at : anchor.end] if at >= 0 else "\n"
    return anchor.end + len(again) if flat.startswith(f"{again} ", anchor.end) else anchor.end


def _numbered(scene: Scene, start: int, label: str | None, hit: NumberHit, rule: str) -> Found:
    """A mention with a number: with the date and issuer behind it, or before its type word."""
    behind = particulars.read_behind(scene, hit.end, hit.symbol or None)
    if behind.issuer is not None:
        hit = numbered.mend_by_issuer(scene.flat, hit, behind.issuer.name)
    found = Found(
        start=start,
        end=max(behind.end, hit.end),
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
    return found if found.date and found.issuer else _with_before(scene, found)


def _with_before(scene: Scene, found: Found) -> Found:
    """The mention with the date and issuer that stand before its type word, where it lacks them."""
    before = particulars.read_before(scene, found.start)
    if before.issuer is None:
        return found
    own = scene.body_of(found.symbol, found.year) if found.symbol else None
    other = own is not None and own.key != before.issuer.key
    if other and not before.author and (before.date is None or before.opening):
        return found
    issuer = before.issuer if before.author else own or before.issuer
    return found._replace(date=found.date or before.date, issuer=found.issuer or issuer)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('counted')})(?!\w)")


def _short(scene: Scene, anchor: Anchor, label: str, after: re.Match[str]) -> Found | None:
    """A type word and a serial without symbol: ``Nghị định 30``, ``Nghị quyết số 98/2023``."""
    flat = scene.flat
    families = ("short", "short-introduced") if after["intro"] else ("short",)
    known = any(label in patterns.types_of(family) for family in families)
    hit = numbered.read_short(flat, after.end()) if known else None
    if hit is None or "\n" in flat[anchor.end : hit.start]:
        return None
    if after["intro"] is None and _counted().match(flat, hit.end):
        return None
    serial = hit.value or ""
    doubtful = after["intro"] is None and (len(serial) == 1 or _YEAR.fullmatch(serial) is not None)
    return None if doubtful or not serial.strip("0") else _numbered(scene, anchor.start, label, hit, "short-number")


def _garbled(scene: Scene, anchor: Anchor) -> Found | None:
    """A type word and a number whose serial cannot be read."""
    intro = _INTRODUCED.match(scene.flat, anchor.end)
    hit = numbered.read_garbled(scene.flat, intro.end()) if intro else None
    return _numbered(scene, anchor.start, anchor.label, hit, "type-garbled-number") if hit else None


@cache
def _blank_issuer() -> re.Pattern[str]:
    return re.compile(r"[^;:()\n“”]{0,60}?(?= của )")


def _blank_annex(scene: Scene, anchor: Anchor) -> Found | None:
    """The line above an annex that names its parent by a blank number (``Kèm theo Quyết định số …/QĐ-UBND``)."""
    flat = scene.flat
    if not flat.endswith(patterns.cues_before("with"), 0, anchor.start):
        return None
    intro = _INTRODUCED.match(flat, anchor.end)
    hit = numbered.read_blank(flat, intro.end()) if intro else None
    if hit is None:
        return None
    found = _numbered(scene, anchor.start, anchor.label, hit, "annex-blank-number")
    gap = _blank_issuer().match(flat, hit.end) if not found.stated_issuer else None
    issuer, end = particulars.read_issuer(scene, gap.end(), hit.symbol) if gap else (None, 0)
    return found._replace(issuer=issuer, end=end, stated_issuer=True, full=True) if issuer else found


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
    if hit is None or type_words.is_form(flat, begin, hit):
        return []
    governor = type_words.find_governor(flat, begin, hit, pending, last)
    if governor and governor.label in patterns.types_of("none"):
        return []
    if governor:
        again = numbered.read_number(flat, start, type_label=governor.label, introduced=intro is not None) or hit
        return [_numbered(scene, governor.start, governor.label, again, governor.rule)]
    if not type_words.is_official(hit, introduced=intro is not None):
        return []
    return [_numbered(scene, begin, type_words.symbol_type(hit), hit, "number-alone")]
