"""Words that names of parties are built with, as small matchers over a line's words: nouns, offices, kinds of places.

Every matcher takes a line and the index of a word and gives a number of words, an index behind them, or None. The
words are data (schemes ``party-words`` and ``order-words``).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from viendan import text
from viendan.extract import duty_words, places
from viendan.extract.duty_words import Line

OPENER: Final = "các"
AND: Final = "và"
OF: Final = "của"
JOINTS: Final = (",", AND, "/", "-", "&")  # marks and words between the nouns of one group
_NO_PLACE: Final = frozenset({"quý", "tháng", "năm", "trước", "trong", "ngày", OPENER})  # a deadline or the next group
_WHOLE: Final = "toàn"
_SURE: Final = 4  # words of a noun that no verb is taken for


@cache
def nouns() -> duty_words.Phrases:
    """Nouns of groups; the value is ``noun``, ``generic-noun`` or ``everyone``."""
    return duty_words.phrases("party-words", "generic-noun", "everyone", "noun")


@cache
def _misread_nouns() -> duty_words.Phrases:
    return duty_words.folded_phrases("party-words", "generic-noun", "noun")


@cache
def offices() -> duty_words.Phrases:
    """Offices that head bodies (``Thủ trưởng``)."""
    return duty_words.phrases("party-words", "office")


@cache
def heads() -> duty_words.Phrases:
    """First words of names that no register lists (``Công ty``)."""
    return duty_words.phrases("party-words", "head")


@cache
def place_heads() -> duty_words.Phrases:
    """Words that are a body's name only with its place (``Viễn thông Quảng Ngãi``)."""
    return duty_words.phrases("party-words", "place-head")


@cache
def openers() -> duty_words.Phrases:
    """Openers of groups (``các``)."""
    return duty_words.phrases("party-words", "opener")


@cache
def qualifiers() -> duty_words.Phrases:
    """Qualifiers of groups; the value is ``qualifier`` or ``unnamed`` (``có liên quan``)."""
    return duty_words.phrases("party-words", "qualifier", "unnamed")


@cache
def links() -> duty_words.Phrases:
    """Words that tie a group to a place or body (``của``)."""
    return duty_words.phrases("party-words", "link")


@cache
def verbs() -> duty_words.Phrases:
    """Words that stand behind a subject; the value is their kind."""
    return duty_words.phrases("order-words", "modal", "adverb", "verb", "not-a-duty")


@cache
def sure_verbs() -> duty_words.Phrases:
    """Verbs and the like that stand in no name, even with a capital."""
    return duty_words.phrases("order-words", "modal", "adverb", "sure-verb")


@cache
def _levels() -> frozenset[str]:
    return frozenset(duty_words.cues("party-words", "level"))


def noun(line: Line, at: int) -> tuple[int, str]:
    """The longest noun at an index and its kind; a noun of several words also where a scan misread its marks."""
    words = line.words
    if at >= len(words):
        return 0, ""
    exact, folded = _noun_seconds(words[at])
    if exact is not None:  # most words begin no noun, or none that goes on like this
        second = words[at + 1] if at + 1 < len(words) else ""
        if second not in exact and (not folded or text.fold(second) not in folded):
            return 0, ""
    count, kind = nouns().find(line, at)
    misread, other = _misread_nouns().find_folded(line, at)
    verb = misread < _SURE and verbs().match(line, at)
    if misread <= max(count, 1) or verb or verbs().match(line, at + misread - 1):
        return count, kind
    return misread, other


@lru_cache(maxsize=8192)
def _noun_seconds(first: str) -> tuple[frozenset[str] | None, frozenset[str]]:
    """The second words of nouns that begin with a word (None: any may follow), and those, folded, of misread ones."""
    return nouns().seconds(first), misread_seconds(text.fold(first))


def misread_seconds(first: str) -> frozenset[str]:
    """The second words, folded, of nouns of several words that begin with a folded word."""
    return _misread_nouns().following(first)


@lru_cache(maxsize=8192)
def begins_noun(key: str) -> bool:
    """Whether a word is the first of any noun, as it is or misread."""
    return key in nouns().firsts or text.fold(key) in _misread_nouns().firsts


def starts_party(line: Line, at: int) -> bool:
    """Whether a noun, an office or a head of a name stands here, by which another party begins."""
    placed = place_heads().match(line, at)
    if placed and named_place(line, at + placed) > at + placed:
        return True
    return bool(nouns().match(line, at) or offices().match(line, at) or heads().match(line, at))


def stops_name(line: Line, at: int) -> bool:
    """Whether a word in small letters cannot belong to a name that no register lists."""
    return line.words[at] == OPENER or bool(links().match(line, at)) or is_unnamed(line, at)


def ends_name(line: Line, at: int) -> bool:
    """Whether a verb or the like stands here: words of one syllable may belong to a name (``công trình``)."""
    count, kind = verbs().find(line, at)
    return count > 1 or (count == 1 and kind != "verb")


def is_unnamed(line: Line, at: int) -> bool:
    """Whether ``có liên quan`` or the like stands here."""
    return qualifiers().find(line, at)[1] == "unnamed"


def joint(line: Line, at: int) -> int:
    """The index behind a comma, ``và`` or both; ``at`` where none stands here."""
    end = at
    while end < len(line) and end - at < 2 and line.words[end] in JOINTS:
        end += 1
    return end


def is_level(line: Line, at: int) -> bool:
    """Whether ``cấp`` (or a misread form of it) stands here."""
    return at < len(line) and line.words[at] in _levels()


def kind(line: Line, at: int) -> int:
    """How many words of a kind of place stand here (``thành phố``: 2); 0 for none."""
    words = line.words[at : at + 2]
    if not words or words[0] not in _kind_firsts():
        return 0
    forms = places.kind_forms()
    if len(words) > 1 and f"{words[0]} {words[1]}" in forms:
        return 2
    return int(words[0] in forms)


@cache
def _kind_firsts() -> frozenset[str]:
    return frozenset(form.split(" ", 1)[0] for form in places.kind_forms())


def kinds(line: Line, at: int) -> int | None:
    """The index behind a list of kinds of places, with names where they stand: ``huyện, thị xã Đức Phố và thành
    phố``."""
    end: int | None = None
    while count := kind(line, at):
        end = _named_places(line, at + count)
        at = joint(line, end)
        if at == end:
            break
    return end


def _named_places(line: Line, at: int) -> int:
    """The index behind the names that follow a kind of places, with or without a colon: ``: Bình Sơn, Ba Tơ``."""
    start = at + 1 if line.mark(at, ":") else at
    end = named_place(line, start)
    if end == start:
        return at
    while True:
        gap = joint(line, end)
        behind = named_place(line, gap) if gap > end and not kind(line, gap) and not starts_party(line, gap) else gap
        if behind == gap:
            return end
        end = behind


def named_place(line: Line, at: int) -> int:
    """The index behind the proper name of a place that may follow its kind; ``at`` for none."""
    if not line.upper(at) or verbs().match(line, at) or line.words[at] in _NO_PLACE:
        return at
    end = places.match_name(line.flat, line.starts[at], loose=True)
    if not end or end > line.end:
        return at
    if starts_party(line, at) and places.find(line.flat[line.starts[at] : end]) is None:
        return at  # "các xã Sở Xây dựng" in a table's row, and not "thành phố Hội An"
    return line.at(end)


def place_end(line: Line, at: int) -> int | None:
    """The index behind a place in the singular: ``tỉnh``, ``thành phố Hà Nội``, ``toàn tỉnh``; None for none."""
    start = at + 1 if line.words[at : at + 1] == (_WHOLE,) else at
    count = kind(line, start)
    return named_place(line, start + count) if count else None


def level_end(line: Line, at: int) -> int | None:
    """The index behind ``các cấp``, ``cấp huyện, cấp xã``; None where no level stands here."""
    at = at + 1 if line.words[at : at + 1] == (OPENER,) else at
    if not is_level(line, at):
        return None
    return kinds(line, at + 1) or at + 1
