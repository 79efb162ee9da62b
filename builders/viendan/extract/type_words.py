"""The type of an instrument that is found by its number: from a word at some distance, from a list, from the symbol."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import bodies, numbered, particulars, patterns
from viendan.extract.anchors import Anchor
from viendan.extract.found import Found
from viendan.extract.numbered import NumberHit

_GAP: Final = re.compile(r"[^.;:()“”\"\n\d]{1,90}\Z")
_LIST_GAP: Final = re.compile(r"(?:[,;]|\n-)? ?(?:và|hoặc|và các|đến|,)? ?\Z")
_LIST_END: Final = re.compile(r"(?:[,;]| và) ?\Z")
_LONG_GAP, _LIST_REACH, _WORD_REACH = 90, 300, 40
_ALIKE: Final = 0.75  # how like its type word a misread one must be


@dataclass(frozen=True, slots=True)
class Governor:
    """A type word that governs a number: its label, where the mention starts, and the rule that found it."""

    label: str
    start: int
    rule: str


def find_governor(flat: str, begin: int, hit: NumberHit, pending: Anchor | None, last: Found | None) -> Governor | None:
    """The type word that governs a number whose word ``số`` (or itself) starts at ``begin``; None where none does.

    ``pending`` is the last type word before it that is no mention by itself, ``last`` the last mention.
    """
    small = patterns.small_type_before().search(flat, max(0, begin - _WORD_REACH), begin)
    if small:
        return Governor(patterns.type_labels()[small["type"].lower()], small.start("type"), "small-type-number")
    short = _abbreviated(flat, begin, hit)
    if short:
        return short
    near = pending is not None and pending.end <= begin <= pending.end + _LONG_GAP
    if pending and pending.label and near and _fits_gap(flat[pending.end : begin], pending.label, hit):
        return Governor(pending.label, pending.start, "type-gap-number")
    distant = _distant(flat, begin, hit) or _misread(flat, begin, hit)
    if distant:
        return distant
    if last and last.type and last.kind == "numbered" and _in_list(flat, last, begin, hit):
        return Governor(last.type, begin, "list-number")
    return None


_SHORT: Final = re.compile(r"(?<![^\s(“\"])(?P<symbol>[A-ZĐ][A-Za-zđĐ]{1,3}) ?:? ?\Z")


def _abbreviated(flat: str, begin: int, hit: NumberHit) -> Governor | None:
    """A type word that is shortened to its symbol before the number (``QĐ số 12/QĐ-UBND``, ``CV số 219/UBND-VX``)."""
    short = _SHORT.search(flat, max(0, begin - 8), begin)
    label = patterns.type_symbols().get(short["symbol"].upper()) if short else None
    if short is None or label is None or label in patterns.types_of("none"):
        return None
    return Governor(label, short.start(), "short-type-number") if symbol_type(hit) in (None, label) else None


def _fits_gap(gap: str, label: str, hit: NumberHit) -> bool:
    """Whether the words between a type word and a number belong to both: an issuer, a qualifier, or a law's name."""
    if not gap.strip():
        return True
    gap = gap.rstrip(": ")
    if not _GAP.match(gap):
        return False
    if label in patterns.types_of("law"):
        return True
    own = symbol_type(hit)
    if own not in (None, label) and hit.tokens[:1] and hit.tokens[0] in patterns.type_symbols():
        return False
    if particulars.is_joint(hit.symbol) and bodies.match_body(gap, 1) is not None:
        return True
    return gap.startswith((" của ", " do ")) or _qualifier().fullmatch(gap.strip()) is not None


@cache
def _qualifier() -> re.Pattern[str]:
    words = patterns.one_of("qualifier")
    return re.compile(rf"(?i:(?:{words})(?: (?:{words}))*)(?: của [^,]{{3,70}})?")


def _distant(flat: str, begin: int, hit: NumberHit) -> Governor | None:
    """A type word in small letters with words between (``báo cáo thẩm định của Sở Tư pháp số …``)."""
    label = symbol_type(hit)
    if label is None:
        return None
    at = flat.rfind(label.lower() + " ", max(0, begin - _LONG_GAP), begin)
    if at < 0 or (at > 0 and flat[at - 1].isalnum()):
        return None
    gap = flat[at + len(label) : begin]
    return Governor(label, at, "small-type-gap-number") if gap.strip() and _fits_gap(gap, label, hit) else None


def _misread(flat: str, begin: int, hit: NumberHit) -> Governor | None:
    """The type word before a number that a scan misread (``Tò trình``, ``Quyớ định``): the symbol says which."""
    label = symbol_type(hit)
    if label is None:
        return None
    wanted = text.fold(label).split(" ")
    window_start = max(0, begin - _WORD_REACH)
    words = list(re.finditer(r"[^\W\d_]+", flat[window_start:begin]))[-len(wanted) :]
    if len(words) < len(wanted) or flat[window_start + words[-1].end() : begin].strip(" :"):
        return None
    folded = [text.fold(word.group()) for word in words]
    if any(one[:1] != other[:1] for one, other in zip(folded, wanted, strict=True)):
        return None
    if SequenceMatcher(None, " ".join(folded), " ".join(wanted)).ratio() < _ALIKE:
        return None
    return Governor(label, window_start + words[0].start(), "misread-type-number")


def _in_list(flat: str, last: Found, begin: int, hit: NumberHit) -> bool:
    """Whether a number goes on a list that the mention before it began."""
    gap = flat[last.end : begin]
    own = symbol_type(hit)
    letter = own == patterns.only_type("unlettered") and last.type in patterns.types_of("letter")
    if not (own is None or own == last.type or letter):
        return False
    if _LIST_GAP.fullmatch(gap):
        return True
    return len(gap) < _LIST_REACH and "\n" not in gap and begin < hit.start and _LIST_END.search(gap) is not None


@cache
def _form() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?i:{patterns.one_of('form')})(?: [\wà-ỹ,]+){{0,2}}? ?[:(]?(?:[\d.]{{1,5}}-)?[\d.]{{0,5}}:? ?\Z"
    )


_FORM_LIST: Final = re.compile(r"(?P<first>[\w.]{1,8}[-/][\w/-]{2,16})(?:,| và|, và) \Z")


def is_form(flat: str, begin: int, hit: NumberHit) -> bool:
    """Whether what stands before a number says that it is none of an instrument: a form, a table, a standard, or a
    list of them with the same symbol (``mẫu số 09A/PL-TNCN, 09B/PL-TNCN``)."""
    listed = _FORM_LIST.search(flat, max(0, begin - 32), begin)
    if listed and listed["first"].endswith(f"/{hit.symbol}"):
        begin = listed.start()
    if _form().search(flat, max(0, begin - 32), begin) is None:
        return False
    return not (hit.year and symbol_type(hit) is not None and len(hit.tokens) > 1)


def is_official(hit: NumberHit, *, introduced: bool) -> bool:
    """Whether a number without type word is one of an instrument: its symbol must say so."""
    tokens = hit.tokens
    if not tokens:
        return False
    known = [numbered.is_known(token) for token in tokens]
    if len(tokens) == 1:
        return known[0] and (hit.year is not None or introduced)
    return known[0] or (introduced and any(known))


def symbol_type(hit: NumberHit) -> str | None:
    """The type that a number's symbol tells; a dispatch has no type letters (Decree 30/2020/NĐ-CP, annex I)."""
    tokens = hit.tokens
    if len(tokens) < 2:
        return None
    known = patterns.type_symbols()
    if tokens[0] in known and not (numbered.is_body(tokens[0]) and not numbered.is_body(tokens[1])):
        return known[tokens[0]]
    letter = patterns.only_type("unlettered")
    if tokens[1] in known and numbered.is_body(tokens[0]):
        return known[tokens[1]] if len(tokens) > 2 or tokens[1] in ("TT", "QĐ") else letter
    return letter if hit.year is None and numbered.is_known(tokens[0]) else None
