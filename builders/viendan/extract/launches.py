"""The movement that a document itself launches: its launching sentence or its title, and the words that name it.

``Ủy ban nhân dân tỉnh phát động phong trào thi đua yêu nước năm 2023`` launches; ``tổ chức phát động phong trào``
orders others to, and ``do Thủ tướng Chính phủ phát động`` tells of another's. The yearly movement has no quoted name:
the words that name it in the launching sentence are taken, once; where they only describe it, a short name in the title
comes first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import bodies, lexicon, movement_names, movement_places, movement_words
from viendan.extract.bodies import BodyContext
from viendan.extract.structure import ParsedDocument
from viendan.model import Header

_BACK: Final = 260  # characters before the verb in which its subject stands
_OBJECT: Final = 130  # characters between the verb and its object
_SUBJECT: Final = 140  # characters of the longest subject
_NAMES: Final = 16  # words of the longest subject
_ARTICLE: Final = re.compile(r"Điều \d{1,2}[.:] ?\Z")
"""An article of a decision that begins with the verb launches: ``Điều 1. Phát động phong trào …``."""
_CAPITALISED: Final = re.compile(r"(?<!\w)[^\W\d_]+")
_LONGEST: Final = 320
_SENTENCE_END: Final = re.compile(r"[.;!?…] |\n")
_DIGIT: Final = re.compile(r"\d")
"""Before the verb in a title: the number of the cited instrument that launched."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PLURAL: Final = re.compile(r"(?:các|những|Các|Những) ?\Z")
_NAME_END: Final = re.compile(r"[.;:\n“”\"(]")


@dataclass(frozen=True, slots=True)
class Launch:
    """The words ``flat[start:end]`` that name a launched movement; ``compact`` for a short name with year or period."""

    start: int
    end: int
    cue: str
    compact: bool
    in_title: bool


def title_span(parsed: ParsedDocument, header: Header) -> tuple[int, int] | None:
    """The title's offsets in the flat text; None where the header found none."""
    if header.title_range is None:
        return None
    start, end = (_flat_offset(parsed, offset) for offset in header.title_range)
    return (start, end) if start < end else None


def _flat_offset(parsed: ParsedDocument, source: int) -> int:
    offsets = parsed.offsets
    piece = max(bisect_right(offsets.source_starts, source) - 1, 0)
    inside = source - offsets.source_starts[piece] if offsets.copied[piece] else 0
    flat = offsets.flat_starts[piece] + inside
    following = offsets.flat_starts[piece + 1] if piece + 1 < len(offsets.flat_starts) else len(parsed.flat)
    return min(flat, following)


def launches(flat: str, trigger: int, title: tuple[int, int] | None, context: BodyContext) -> str | None:
    """The verb by which this document launches what the words at ``trigger`` name; None where it does not."""
    verb = _verb().search(flat, max(0, trigger - _OBJECT), trigger)
    if verb is None:
        return None
    if title and title[0] <= verb.start() < title[1]:
        before = flat[title[0] : verb.start()]
        return None if _told().search(before) or _DIGIT.search(before) else verb["verb"]
    left = _clause(flat, verb.start())
    if not left.strip() and _ARTICLE.search(flat[max(0, verb.start() - 12) : verb.start()]):
        return verb["verb"]
    if _by_being_issued().search(left) or _by_own_body(left, context):
        return verb["verb"]
    return None


@cache
def _verb() -> re.Pattern[str]:
    """The verb of launching before a trigger: ``phát động, triển khai``, ``phát động trong toàn tỉnh``."""
    forms = "|".join(movement_words.loose(form) for form in movement_words.forms("launch"))
    extent = "|".join(movement_words.exact(form) for form in movement_words.forms("launch-extent"))
    more = rf"(?:(?:,| và) [^,.;:\n“\"]{{1,30}}?|(?: (?:{extent})(?!\w))[^.;:\n“\"]{{0,80}}?)"
    return re.compile(rf"(?<!\w)(?P<verb>{forms}){more}{{0,3}}(?: (?:một|các|những))? ?\Z")


def _clause(flat: str, end: int) -> str:
    left = flat[max(0, end - _BACK) : end]
    ends = [found.end() for found in _SENTENCE_END.finditer(left)]
    return left[ends[-1] :] if ends else left


@cache
def _told() -> re.Pattern[str]:
    """A title that only answers a launch: ``hưởng ứng``, ``do … phát động``."""
    return movement_words.one_of("response-only", "launch-past")


@cache
def _by_being_issued() -> re.Pattern[str]:
    """``ban hành Kế hoạch (về việc) (tổ chức) phát động``: the instrument itself, so without a number."""
    types = sorted({word.label for word in lexicon.scheme("instrument-types")}, key=lambda label: (-len(label), label))
    named = "|".join(movement_words.exact(label) for label in types) or r"\b\B"
    issue = "|".join(movement_words.exact(form) for form in movement_words.forms("launch-own"))
    order = "|".join(movement_words.exact(form) for form in movement_words.forms("launch-order"))
    return re.compile(rf"(?<!\w)(?:{issue}) (?:{named})(?: này)?(?: về)?(?: việc)?(?: (?:{order}))* ?\Z")


def _by_own_body(left: str, context: BodyContext) -> bool:
    """Whether the subject at the end of the clause before the verb is the body that issues this document."""
    tail = left[-_SUBJECT:]
    for found in list(_CAPITALISED.finditer(tail))[-_NAMES:]:
        if not found.group()[0].isupper():
            continue
        end = bodies.match_body(tail, found.start())
        if end is None or not _only_adverbs().fullmatch(tail, end):
            continue
        told = _told_before().search(left[: len(left) - len(tail) + found.start()])
        return told is None and _is_own(tail[found.start() : end], context)
    return False


@cache
def _only_adverbs() -> re.Pattern[str]:
    some = "|".join(movement_words.exact(form) for form in movement_words.forms("launch-own"))
    return re.compile(rf"[ ,]*(?:(?:{some})[ ,]*)*")


@cache
def _told_before() -> re.Pattern[str]:
    some = "|".join(movement_words.exact(form) for form in movement_words.forms("launch-past"))
    return re.compile(rf"(?<!\w)(?:của|theo|{some}) ?\Z")


def _is_own(words: str, context: BodyContext) -> bool:
    if context.issuer is None:
        return True
    body = bodies.resolve_body(words, context, as_issuer=True)
    return body is not None and not body.group and text.compare_key(body.name) == text.compare_key(context.issuer.name)


def launch_at(flat: str, trigger: int, end: int, title: tuple[int, int] | None, cue: str) -> Launch | None:
    """The words that name an unquoted launched movement, from its trigger; None where they only say that there is one.

    ``end`` is the end of the trigger's own words, ``cue`` the verb of launching.
    """
    found = _name_at(flat, trigger, end)
    if found is None:
        return None
    inside = bool(title and title[0] <= trigger < title[1])
    last = min(found[0], title[1]) if inside and title else found[0]
    return Launch(trigger, last, cue, found[1], inside)


def _name_at(flat: str, trigger: int, end: int) -> tuple[int, bool] | None:
    if _PLURAL.search(flat[max(0, trigger - 8) : trigger]):
        return None
    compact = _compact().match(flat, end)
    if compact:
        return compact.end(), True
    stop = _NAME_END.search(flat, end, end + _LONGEST)
    last = stop.start() if stop else min(end + _LONGEST, len(flat))
    cut = _purpose().search(flat, end, last)
    last = cut.start() if cut else last
    words = flat[end:last].strip(" ,-")
    if len(words.split()) < 4:
        return None
    return end + flat[end:last].rindex(words[-1]) + 1, False


@cache
def _compact() -> re.Pattern[str]:
    modifier = "|".join(movement_words.exact(form) for form in movement_words.forms("modifier"))
    area = "|".join(movement_words.exact(form) for form in movement_words.forms("area"))
    period = movement_words.period().pattern
    several = r" \d{1,2} năm,? ?\(?(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d\)?"
    return re.compile(rf"(?: (?:{modifier})(?!\w))*(?: (?:{area}) [^,.;:“”\"\n]{{2,50}}?)?(?:{several}|{period})(?!\w)")


@cache
def _purpose() -> re.Pattern[str]:
    ends = "|".join(movement_words.exact(form) for form in movement_words.forms("description-end"))
    return re.compile(rf",? (?:{ends})(?!\w)")


def identity(name: str, flat_title: str, header: Header, context: BodyContext) -> movement_names.Identity:
    """The identity of a movement without a quoted name: its kind of name, its years, and whose it is."""
    scope = movement_names.own_scope(context)
    own = movement_places.own_place(context)
    committee = _is_committee(context)
    place = f"{own.kind} {own.name}" if own and own.kind else (own.name if own else "")
    whose = place if place and committee else (context.issuer.name if context.issuer else place)
    years = _YEAR.findall(name) or _YEAR.findall(flat_title) or ([header.issued[:4]] if header.issued else [])
    if _plain().fullmatch(text.squeeze(name)):
        key = "-".join(["thi-dua", *dict.fromkeys(years), text.slug(whose)]).strip("-")
    else:
        key = f"{movement_names.shorten(text.slug(name), name)}-{text.slug(whose)}".strip("-")
    label = movement_names.label_of(name)
    if whose and text.compare_key(own.name if own else whose) not in text.compare_key(label):
        bare = re.search(rf"(?<!\w){re.escape(own.kind)}(?!\w)", label) if own and own.kind and committee else None
        of = "" if committee and own else "của "
        label = f"{label[: bare.start()]}{whose}{label[bare.end() :]}" if bare else f"{label} {of}{whose}"
    return movement_names.Identity(key, label, "movement", scope, None, known=False)


def _is_committee(context: BodyContext) -> bool:
    """Whether the issuer governs its place, so that the place's name stands for it."""
    if context.issuer is None:
        return True
    return bool(movement_words.one_of("governing").match(context.issuer.name))


@cache
def _plain() -> re.Pattern[str]:
    """A yearly movement's name: nothing but trigger, modifiers, place and years."""
    trigger = "|".join(movement_words.loose(form) for form in movement_words.forms("trigger"))
    bare = "|".join(movement_words.loose(word.label) for word in movement_words.emulation())
    return re.compile(rf"(?:{trigger}|{bare}){_compact().pattern}")
