"""The words by which movements and campaigns are named: behind a trigger, in lists, or known names in quotation marks.

A trigger (``phong trào``, ``cuộc vận động``) governs the quoted names behind it, or a known name without quotation
marks; the same marks hold themes, mottoes, models and programmes, whose own nouns stand between. The text is scanned
once for triggers and once for quotation marks; everything else looks at a window around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from viendan.extract import bodies, movement_names, movement_register, movement_words, quotes
from viendan.extract.bodies import BodyContext
from viendan.extract.movement_names import Identity
from viendan.model import MovementKind, Scope

_WINDOW: Final = 240  # characters behind a trigger in which the name begins
_BACK: Final = 400  # characters before a name in which its launcher is told
_QUOTE: Final = re.compile(r"[“”\"„‟«ˮ″〝]")
_SINGLE: Final = re.compile(r"(?<=[ :])[‘']['’]?(?=\w)")
_BARE_QUOTE: Final = re.compile(r"[“\"„«](?=[^\W_])")
_SENTENCE: Final = re.compile(r"[.;!?](?= |\n|$)|\n")
_CLAUSE: Final = re.compile(r"[.;!?:](?= |\n|$)|[\n“”\"«»]")
_FULL_STOP: Final = re.compile(r"[.!?] ")
_JOINED: Final = re.compile(r"[,;/+&\n-]|\bvà\b|\bhoặc\b|\bcùng\b")
_ITEM: Final = re.compile(r"\n *(?:[-+•*–●▪·] *|\d{1,2}(?:\.\d{1,2})*[.)] *|[a-zđ]\) *|\(\d{1,2}\) *)?| *")
_BLANKS: Final = re.compile(r"[ :]+")
_WORD: Final = re.compile(r"\w+")
_UNQUOTED_END: Final = re.compile(r"[.;:,\n(“\"]")
_BEHIND: Final = re.compile(r"[^.;\n“\"]{0,40}?(?=\bdo )")
_BINDS: Final = re.compile(r"[^;.“”\"«]{0,120}?(?:[:“\"«]|\Z)")
"""What stands between ``do … phát động`` and the first name of a list: no end of a clause."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: ``flat[start:end]``, what it names, the rule that found it and how sure it is.

    ``after`` is where what governs it goes on: behind its closing mark.
    """

    start: int
    end: int
    after: int
    identity: Identity
    cue: str | None
    rule: str
    confidence: float
    launched: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that governs names; ``weak`` governs known ones only; ``limit`` is where the next begins."""

    start: int
    end: int
    kind: MovementKind
    weak: bool
    limit: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is the same for all names that one trigger governs."""

    flat: str
    context: BodyContext
    kind: MovementKind
    cue: str
    launched: Scope | None
    """The scope of what the document launches, where it launches these names."""


def triggers(flat: str) -> Iterator[Trigger]:
    """The triggers of a text, in order: its one scan for them."""
    before: tuple[int, int, MovementKind, bool] | None = None
    for found in movement_words.triggers().finditer(flat):
        start = found.start()
        if start and flat[start - 1].isalnum():
            continue
        if before:
            yield Trigger(*before, limit=min(start, before[1] + _WINDOW))
        if found.lastgroup == "launch":
            word = movement_words.launched_emulation().search(found.group())
            start += word.start() if word else 0
        before = (start, found.end(), movement_words.trigger_kind(found), found.lastgroup == "drive")
    if before:
        yield Trigger(*before, limit=min(len(flat), before[1] + _WINDOW))


def names_behind(flat: str, trigger: Trigger, context: BodyContext, launch: str | None) -> Iterator[Name]:
    """The names that a trigger governs: established, quoted, listed, or at least beginning with a capital.

    ``launch`` is the verb by which the document itself launches them, if it does.
    """
    cue = launch or last_verb(flat, trigger.start) or flat[trigger.start : trigger.end]
    reading = _Reading(flat, context, trigger.kind, cue, movement_names.own_scope(context) if launch else None)
    if trigger.weak:
        found = _weakly(reading, trigger)
        if found:
            yield found
        return
    found = (
        _established(reading, trigger)
        or _first_quoted(reading, trigger)
        or _listed(reading, trigger)
        or _capitalised(reading, trigger)
    )
    while found is not None:
        yield replace(found, launched=launch is not None)
        found = _next(reading, found.after)


def _weakly(reading: _Reading, trigger: Trigger) -> Name | None:
    """A known name behind a word that often governs something else; the word may belong to the name."""
    flat = reading.flat
    hit = movement_register.starting_at(flat, trigger.start, trigger.kind)
    if hit and flat[trigger.start].isupper():
        return _plain(reading, trigger.start, hit[1], movement_names.of_known(hit[0]), "movement-established", 0.85)
    if flat[trigger.end : trigger.end + 2].strip() in tuple('“"„«'):
        name = _first_quoted(reading, trigger)
        return name if name and name.identity.known else None
    return None


def _plain(reading: _Reading, start: int, end: int, identity: Identity, rule: str, confidence: float) -> Name:
    return Name(start, end, end, identity, reading.cue, rule, confidence)


def _established(reading: _Reading, trigger: Trigger) -> Name | None:
    """A known name without quotation marks right behind the trigger and its modifiers."""
    first = _BLANKS.match(reading.flat, trigger.end)
    behind = movement_words.modifiers().match(reading.flat, trigger.end)
    for start in sorted({found.end() for found in (first, behind) if found}):
        hit = _unquoted_at(reading.flat, start, trigger.kind)
        if hit:
            return _plain(reading, start, hit[1], hit[0], "movement-established", 0.93)
    return None


def _unquoted_at(flat: str, start: int, kind: MovementKind) -> tuple[Identity, int] | None:
    found = movement_register.starting_at(flat, start, kind)
    if found is None:
        return None
    known, end = found
    words = flat[start:end]
    if any(mark in words for mark in '“”"«»\n') or movement_words.one_of("generic").fullmatch(words):
        return None
    count = len(_WORD.findall(words))
    if known.unquoted or count >= 4 or (words[0].isupper() and count >= 2):
        return movement_names.of_known(known), end
    return None


def _first_quoted(reading: _Reading, trigger: Trigger) -> Name | None:
    flat = reading.flat
    found = _QUOTE.search(flat, trigger.end, trigger.limit) or _SINGLE.search(flat, trigger.end, trigger.limit)
    confidence = _governs(flat[trigger.end : found.start()]) if found else None
    if found is None or confidence is None:
        return None
    return _quoted(reading, found.start(), "movement-quoted", confidence)


def _governs(gap: str) -> float | None:
    """How surely a trigger governs what is quoted behind ``gap``; None where it does not."""
    plain = gap.strip(" :,-–*(\n")
    if not plain or movement_words.modifiers().fullmatch(" " + plain):
        return 0.97 if "\n" not in gap or gap.rstrip().endswith((":", "-", "+")) else 0.9
    if movement_words.blockers().search(plain) or _SENTENCE.search(plain):
        return None
    if gap.rstrip(" -–+\n").endswith(":") or movement_words.at_end("introduction", "launch").search(gap):
        return 0.92
    if "," in plain or "\n" in gap or movement_words.one_of("breaker").search(plain):
        return None
    return 0.88 if len(plain.split()) <= 8 else None


def _quoted(reading: _Reading, mark: int, rule: str, confidence: float) -> Name | None:
    flat = reading.flat
    words = quotes.quoted_at(flat, mark, _stop())
    if words is None:
        return None
    end, after = words.end, words.after
    if not words.closed:
        known = movement_register.starting_at(flat, words.start, reading.kind)
        if known:
            end = after = known[1]
        confidence -= 0.1
    stated = reading.launched or _launcher_scope(flat, words.start, after)
    identity = movement_names.identify(flat[words.start : end], reading.kind, reading.context, stated)
    sure = min(0.99, confidence + 0.02) if identity.known else confidence
    return Name(words.start, end, after, identity, reading.cue, rule, round(sure, 2))


@cache
def _stop() -> re.Pattern[str]:
    """A trigger that begins a new clause: no name goes on behind it."""
    return re.compile(r"[;,.:] *(?:các )?" + movement_words.triggers().pattern)


def _launcher_scope(flat: str, start: int, after: int) -> Scope | None:
    """The scope of who launched, where the clause before the name or right behind it says so."""
    behind = _BEHIND.match(flat, after, after + 48)
    if behind:
        found = movement_words.launched_by().match(flat, behind.end(), behind.end() + 200)
        if found:
            return movement_words.launcher_scope(found)
    begin = max(flat.rfind("\n", max(0, start - _BACK), start) + 1, start - _BACK, 0)
    told = list(movement_words.launched_by().finditer(flat, begin, start))
    if not told or not _BINDS.match(flat, told[-1].end(), start) or _FULL_STOP.search(flat, told[-1].end(), start):
        return None
    return movement_words.launcher_scope(told[-1])


def _listed(reading: _Reading, trigger: Trigger) -> Name | None:
    """The first item of a list below ``các phong trào thi đua sau:``."""
    colon = reading.flat.find(":", trigger.end, trigger.limit)
    if colon < 0 or movement_words.blockers().search(reading.flat, trigger.end, colon):
        return None
    return _item(reading, colon + 1)


def _item(reading: _Reading, position: int) -> Name | None:
    item = _ITEM.match(reading.flat, position)
    start = item.end() if item else position
    if reading.flat[start : start + 1] and reading.flat[start] in quotes.OPENING:
        return _quoted(reading, start, "movement-listed", 0.92)
    hit = _unquoted_at(reading.flat, start, reading.kind)
    return _plain(reading, start, hit[1], hit[0], "movement-listed", 0.9) if hit else None


def _next(reading: _Reading, position: int) -> Name | None:
    """The next name of a list: ``“A”, “B” giai đoạn 2021-2025 và “C”``."""
    flat = reading.flat
    found = movement_words.between().match(flat, position)
    end = found.end() if found else position
    between = flat[position:end]
    if not _JOINED.search(between) or movement_words.one_of("blocker", "breaker").search(between):
        return None
    if "\n" in between:
        return _item(reading, position + between.rindex("\n"))
    if end < len(flat) and flat[end] in '“"„«‘”':
        return _quoted(reading, end, "movement-listed", 0.93)
    hit = _unquoted_at(flat, end, reading.kind)
    return _plain(reading, end, hit[1], hit[0], "movement-listed", 0.85) if hit else None


def _capitalised(reading: _Reading, trigger: Trigger) -> Name | None:
    """A name that no register knows, without quotation marks, told by its capital and a clear end."""
    flat = reading.flat
    behind = movement_words.modifiers().match(flat, trigger.end)
    start = behind.end() if behind else trigger.end
    first = _WORD.match(flat, start)
    if first is None or not first.group()[0].isupper() or first.group().isupper():
        return None
    if movement_words.one_of("not-a-name").match(flat, start) or bodies.match_body(flat, start):
        return None
    stops = (
        _UNQUOTED_END.search(flat, start, min(trigger.limit, start + 120)),
        movement_words.one_of("name-end", "breaker").search(flat, start, trigger.limit),
        movement_words.period().search(flat, start, trigger.limit),
    )
    ends = [found.start() for found in stops if found]
    words = flat[start : min(ends)].rstrip(" ,-") if ends else ""
    parts = words.split()
    if len(parts) < 4 or parts[1][0].isupper():
        return None
    end = start + len(words)
    identity = movement_names.identify(words, trigger.kind, reading.context, _launcher_scope(flat, start, end))
    return _plain(reading, start, end, identity, "movement-capitalised", 0.6)


def known_in_quotation_marks(flat: str, names: Iterable[Name], context: BodyContext) -> Iterator[Name]:
    """Known movements quoted without a trigger of their own (``gắn với việc “Học tập và làm theo …”``).

    ``names`` are those found before, which are passed over.
    """
    taken = sorted((name.start, name.end) for name in names)
    index = 0
    for mark in _BARE_QUOTE.finditer(flat):
        while index < len(taken) and taken[index][1] <= mark.end():
            index += 1
        if index < len(taken) and taken[index][0] <= mark.end():
            continue
        if flat[mark.start() - 1 : mark.start()].isalnum() or not movement_register.may_start(flat, mark.end()):
            continue
        words = quotes.quoted_at(flat, mark.start(), _stop())
        if words is None or not words.closed:
            continue
        name = flat[words.start : words.end]
        known = movement_register.exactly(movement_names.without_period(name), None)
        if known is None or not _stands_for_a_movement(flat, mark.start(), name):
            continue
        identity = movement_names.identify(name, known.kind, context)
        cue = last_verb(flat, mark.start())
        yield Name(words.start, words.end, words.after, identity, cue, "movement-quotation", 0.8)


def _stands_for_a_movement(flat: str, mark: int, name: str) -> bool:
    before = flat[max(0, mark - 60) : mark]
    clause = _SENTENCE.split(before)[-1]
    if movement_words.blockers().search(clause):
        return False
    weak = movement_words.one_of("weak-trigger")
    return len(name.split()) >= 5 or bool(weak.match(name) or movement_words.at_end("weak-trigger").search(clause))


def last_verb(flat: str, position: int) -> str | None:
    """The verb of response or launching nearest before a position, in its clause."""
    clause = _CLAUSE.split(flat[max(0, position - 80) : position])[-1]
    found = [match.group() for match in movement_words.one_of("response", "launch").finditer(clause)]
    return found[-1] if found else None
