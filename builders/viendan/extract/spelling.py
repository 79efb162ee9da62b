"""A body's words brought to their usual spelling, and completed with the place that they leave out.

Spelling: abbreviations written out, capitals only where names have them, misread marks mended where the vocabulary
leaves no doubt. Completion follows the practice of the documents: ``Sở Nội vụ`` → ``Sở Nội vụ tỉnh Lào Cai``,
``Tỉnh ủy`` → ``Tỉnh ủy Lào Cai``, ``các sở, ban, ngành`` → ``Các sở, ban, ngành của tỉnh Lào Cai``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from viendan import text
from viendan.extract import lexicon, names, places
from viendan.model import Level

_EDGES: Final = " \t.,;:*_“”\"'–-"
_OF: Final = "của"
_AND: Final = "và"
_SYMBOL: Final = re.compile(
    r"[^\s,;()“”\"]*\d[^\s,;()“”\"]*/[^\s,;()“”\"]+|[^\s,;()“”\"]+/[^\s,;()“”\"]*[A-ZĐ][^\s,;()“”\"]*"
)


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A kind of place in a text, with the name behind it where one stands: ``tỉnh``, ``huyện Tuần Giáo``."""

    kind: str
    name: str | None
    start: int = 0
    end: int = 0

    @property
    def full(self) -> str:
        """The name with its kind in front, once: ``tỉnh Lào Cai``, ``Thành phố Hồ Chí Minh``."""
        if not self.name or text.compare_key(self.name).startswith(text.compare_key(self.kind) + " "):
            return self.name or self.kind
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Completed:
    """A name with its place: the whole name, the level of that place, and what the words themselves named."""

    name: str
    level: Level | None
    province: str | None
    district: str | None


@lru_cache(maxsize=16384)
def spell_out(words: str) -> str:
    """The words in their usual spelling, without what stands around them; empty where nothing is left."""
    plain = re.sub(r"[^\S\n]+", " ", text.nfc(words)).strip(_EDGES)
    if not plain:
        return ""
    shouted = _shouted(plain)
    spelled = text.capitalise(_respell(plain, shouted=shouted))
    head = _heads().match(spelled) if shouted else None
    return spelled[: head.end() + 1] + text.capitalise(spelled[head.end() + 1 :]) if head else spelled


def _shouted(words: str) -> bool:
    """Whether the words are in capitals (as in headers), apart from a few."""
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 1]
    return len(long) > 1 and sum(word.isupper() for word in long) * 2 > len(long) and not _has_abbreviation(words)


def _has_abbreviation(words: str) -> bool:
    return any(len(token.keys) > 1 for token in names.tokens(words)) and not all(
        word.isupper() for word in re.findall(r"[^\W\d_]{2,}", words)
    )


def usual_case(words: str) -> str:
    """Words in capitals in their usual spelling, abbreviations as they are (``CHỦ TỊCH UBND`` → ``Chủ tịch UBND``)."""
    return text.capitalise(_respell(text.squeeze(words), shouted=True, expand=False))


def unshout(words: str) -> str:
    """Words in capitals (a title) in their usual spelling; numbers and symbols as they are."""
    if not _all_upper(words):
        return words
    spelled = _cited_type().sub(
        lambda match: text.capitalise(match.group()), _respell(text.squeeze(words), shouted=True)
    )
    return text.capitalise(spelled)


@cache
def _cited_type() -> re.Pattern[str]:
    """A type of instrument that is cited inside words: with its number, or as what something is part of."""
    labels = sorted(
        (word.label.lower() for word in lexicon.scheme("instrument-types")), key=lambda label: (-len(label), label)
    )
    listed = "|".join(re.escape(label) for label in labels)
    return re.compile(
        rf"(?<!\w)(?:(?:{listed})(?= số \d)|(?<=của )(?:{listed})(?!\w)|(?<=thi hành )(?:{listed})(?!\w))"
    )


def _all_upper(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return len(letters) > 4 and sum(char.isupper() for char in letters) > 0.9 * len(letters)


def _respell(words: str, *, shouted: bool, expand: bool = True) -> str:
    """The words piece by piece: names of the vocabulary, places, others; symbols (``TT-BTC``) and signs as they are."""
    pieces: list[str] = []
    position = 0
    while position < len(words):
        symbol = _SYMBOL.match(words, position)
        if symbol and (position == 0 or not words[position - 1].isalnum()):
            pieces.append(symbol.group())
            position = symbol.end()
            continue
        found = names.tokens(words, position, len(words), shouted=shouted)
        following = _SYMBOL.search(words, position)
        if following:
            found = [token for token in found if token.end <= following.start() or token.start >= following.end()]
            found = found[: next((i for i, token in enumerate(found) if token.start >= following.end()), len(found))]
        if not found:
            pieces.append(words[position])
            position += 1
            continue
        pieces.append(words[position : found[0].start])
        pieces.append(_respell_run(words, found, shouted=shouted, expand=expand))
        position = found[-1].end
    return "".join(pieces)


def _respell_run(words: str, found: list[names.Token], *, shouted: bool, expand: bool) -> str:
    pieces: list[str] = []
    last = found[0].start
    index = 0
    after_place = False
    while index < len(found):
        token = found[index]
        hit = None if after_place else names.longest(found, index)
        count = hit.count if hit else 1
        end = found[index + count - 1].end
        pieces.append(words[last : token.start])
        place = _place_end(words, token.start, shouted) if after_place and hit is None else None
        short = not expand and any(len(other.keys) > 1 for other in found[index : index + count])
        if short:
            pieces.extend(_unexpanded(words, found[index : index + count]))
        elif hit is not None:
            pieces.append(_in_place(hit.names[0].form, words[token.start : end]))
        elif place is not None:
            pieces.append(places.mend(words[token.start : place]))
            count = sum(1 for other in found[index:] if other.end <= place)
            end = found[index + count - 1].end
        else:
            pieces.append(_plain(words[token.start : end], token, shouted))
        after_place = _ends_with_kind(words, found, index, count)
        last, index = end, index + count
    return "".join(pieces)


def _unexpanded(words: str, found: list[names.Token]) -> list[str]:
    """The tokens with the abbreviations among them as they are."""
    pieces: list[str] = []
    last = found[0].start
    for token in found:
        word = words[token.start : token.end]
        pieces.extend((words[last : token.start], word if len(token.keys) > 1 else word.lower()))
        last = token.end
    return pieces


def _place_end(words: str, start: int, shouted: bool) -> int | None:
    """The end of a place's name; among capitals only one of the register, or the last words of all."""
    end = places.match_name(words, start, loose=True)
    if end is None or not shouted or places.find(places.mend(words[start:end])) or words[end : end + 1] in ("", "\n"):
        return end
    for word in re.finditer(r"[^\W\d_]+", words[start:end]):
        following = names.tokens(words, start + word.end() + 1)
        if names.longest(following):
            return start + word.end()
    return None


def _in_place(form: str, written: str) -> str:
    """The form as the vocabulary writes it; a body word in small letters keeps its small first letter."""
    return form if written[:1].isupper() else form[:1].lower() + form[1:]


def _plain(word: str, token: names.Token, shouted: bool) -> str:
    if word in names.abbreviations() and not (shouted and len(word) < 3):
        return names.abbreviations()[word]
    kind = places.kind_forms().get(text.compare_key(word))
    if kind is not None and (shouted or word not in (kind, text.capitalise(kind))):
        return kind
    if len(token.keys) == 1 and token.keys[0] == _AND and word == "&":
        return _AND
    return word.lower() if shouted else word


def _ends_with_kind(words: str, found: list[names.Token], index: int, count: int) -> bool:
    """Whether the tokens just read end with a kind of place, so that a name may follow."""
    last = index + count - 1
    one = words[found[last].start : found[last].end]
    two = words[found[last - 1].start : found[last].end] if last > 0 else one
    forms = places.kind_forms()
    return (
        text.compare_key(one) in forms or text.compare_key(two) in forms or text.compare_key(two) in _committee_keys()
    )


@cache
def _committee_keys() -> frozenset[str]:
    return frozenset(text.compare_key(form) for form in names.forms("bare-name"))


def is_group(spelled: str) -> bool:
    """Whether the words name several bodies at once: ``các sở, ban, ngành``, ``Ủy ban nhân dân cấp huyện``."""
    return _group().search(spelled) is not None


@cache
def _group() -> re.Pattern[str]:
    opening = "|".join(re.escape(form) for form in names.forms("group"))
    level = "|".join(re.escape(form) for form in names.forms("group-level"))
    return re.compile(rf"(?i)^(?:{opening})\s|\s(?:các|những)\s|\s(?:{level})(?:\s|$)|,\s[^,]+,\s")


def begins_with_head(spelled: str) -> bool:
    """Whether the words begin like a body's name that no register lists (``Trung tâm …``, ``Ban …``)."""
    return _heads().match(spelled) is not None


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(re.escape(form) for form in names.forms('head'))})(?=\s)")


def is_central(spelled: str) -> bool:
    """Whether the words themselves say that the body is of the centre (``Trung ương``, ``Chính phủ`` at the end)."""
    return _central().search(spelled) is not None


@cache
def _central() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)(?:{'|'.join(re.escape(form) for form in names.forms('central'))})$")


def place_phrases(spelled: str) -> list[PlacePhrase]:
    """The kinds of places in a body's words, without lists (``các huyện, thành phố``) and levels (``cấp tỉnh``)."""
    found: list[PlacePhrase] = []
    for match in kind_pattern().finditer(spelled):
        kind = places.kind_forms()[text.compare_key(match["kind"])]
        named = spelled[match.end() : match.end() + 1] == " "
        end = places.match_name(spelled, match.end() + 1, loose=True) if named else None
        if end is None and _listed(spelled, match):
            continue
        found.append(
            PlacePhrase(kind, spelled[match.end() + 1 : end] if end else None, match.start("kind"), end or match.end())
        )
    return found


@cache
def kind_pattern() -> re.Pattern[str]:
    """A kind of place as a word of its own, not the beginning of a committee's name (``Tỉnh ủy``)."""
    committees = {form.split(" ", 1)[1] for form in names.forms("bare-name") if " " in form}
    ends = "|".join(re.escape(form) for form in sorted(committees))
    return re.compile(rf"(?<!\w)(?P<kind>(?i:{_kinds()}))(?!\w)(?!\s+(?:{ends})\b)")


@cache
def _kinds() -> str:
    return "|".join(re.escape(kind) for kind in sorted(places.kinds(), key=lambda kind: -len(kind)))


@cache
def _list_before() -> re.Pattern[str]:
    return re.compile(r"(?:\b(?:cấp|các|những|mọi|nhiều|hai|liên|từng|mỗi)|[,&]|\b(?:và|hoặc))\s*$")


@cache
def _list_after() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:,|và|hoặc)\s*(?i:{_kinds()})(?!\w)")


def _listed(spelled: str, match: re.Match[str]) -> bool:
    """Whether a kind without a name stands in a list of kinds or behind a word that makes it one of many."""
    return bool(_list_before().search(spelled[: match.start()]) or _list_after().match(spelled, match.end()))


def complete(spelled: str, own: Mapping[Level, PlacePhrase], *, level: Level | None, group: bool) -> Completed:
    """The words with the place they leave out.

    ``own`` holds the document's places by level; ``level`` is the level of the place to add where the words hint at
    none (None: add nothing, a central body).
    """
    found: dict[Level, str] = {}
    done = _fill_committees(_fill_kinds(spelled, own, found), own, found)
    lowest = next((known for known in reversed(places.LEVELS) if known in found), None)
    place = own.get(level) if level else None
    if lowest is None and place is not None:
        done = f"{done} {_OF} {place.full}" if group else f"{done} {place.full}"
        return Completed(done, level, None, None)
    return Completed(done, lowest, found.get("province"), found.get("district"))


def _fill_kinds(spelled: str, own: Mapping[Level, PlacePhrase], found: dict[Level, str]) -> str:
    pieces: list[str] = []
    last = 0
    for phrase in place_phrases(spelled):
        level = _level_of(phrase, own)
        pieces.append(spelled[last : phrase.start])
        last = phrase.end
        mine = own.get(level) if level else None
        if phrase.name is None and mine is not None and level:
            pieces.append(mine.full)
            found.setdefault(level, mine.name or "")
        else:
            pieces.append(spelled[phrase.start : phrase.end])
            if phrase.name and level:
                found.setdefault(level, places.mend(phrase.name))
    pieces.append(spelled[last:])
    return "".join(pieces)


def _level_of(phrase: PlacePhrase, own: Mapping[Level, PlacePhrase]) -> Level | None:
    stated = places.kinds().get(phrase.kind)
    if stated:
        return stated
    if phrase.name:
        unit = places.find(phrase.name, level="province")
        return "province" if unit and unit.kind in ("", phrase.kind) else "district"
    return next((level for level in places.LEVELS if level in own and own[level].kind == phrase.kind), None)


def _fill_committees(spelled: str, own: Mapping[Level, PlacePhrase], found: dict[Level, str]) -> str:
    """Party committees and papers with the bare name of their place (``Tỉnh ủy`` → ``Tỉnh ủy Lào Cai``)."""

    def completed(match: re.Match[str]) -> str:
        behind = spelled[match.end() :]
        end = places.match_name(spelled, match.end() + 1, loose=True) if behind.startswith(" ") else None
        level = _committee_level(match.group(), own)
        if end is not None:
            found.setdefault(level or "province", places.mend(spelled[match.end() + 1 : end]))
            return match.group()
        mine = own.get(level) if level else None
        if mine is None or level is None or _list_after_committee().match(behind) or found.get(level):
            return match.group()
        found.setdefault(level, mine.name or "")
        return f"{match.group()} {mine.name}"

    return _committees().sub(completed, spelled)


@cache
def _committees() -> re.Pattern[str]:
    listed = "|".join(re.escape(form) for form in names.forms("bare-name"))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")


@cache
def _list_after_committee() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:,|và)\s+{_committees().pattern}")


def _committee_level(form: str, own: Mapping[Level, PlacePhrase]) -> Level | None:
    """The level of a committee: of the document's place of its kind, else as its word says; a paper is a province's."""
    kind = committee_kind(form)
    if kind is None:
        return "province" if "province" in own else None
    fitting = next((level for level in places.LEVELS if level in own and own[level].kind == kind), None)
    return fitting or places.kinds()[kind]


def committee_kind(form: str) -> str | None:
    """The kind of place that a committee's name tells: ``Tỉnh ủy`` → ``tỉnh``; None for a paper and for other names."""
    return next((word.get("placeKind") for word in names.words("bare-name") if form.endswith(word.forms)), None)


def place_end(flat: str, end: int, *, bare: bool) -> int:
    """The end of a body's name with the place behind it: ``UBND`` → ``UBND huyện Tuần Giáo, tỉnh Điện Biên``."""
    if flat[end : end + 1] != " ":
        return end
    if bare:
        return places.match_name(flat, end + 1, loose=False) or end
    kind = kind_pattern().match(flat, end + 1)
    if kind is None:
        known = places.match_name(flat, end + 1)
        return known if known and places.find(flat[end + 1 : known]) else end
    name = places.match_name(flat, kind.end() + 1) if flat[kind.end() : kind.end() + 1] == " " else None
    if name is None:
        return kind.end()
    outer = kind_pattern().match(flat, name + 2) if flat[name : name + 2] == ", " else None
    outer_name = places.match_name(flat, outer.end() + 1) if outer and flat[outer.end() :][:1] == " " else None
    return outer_name or name
