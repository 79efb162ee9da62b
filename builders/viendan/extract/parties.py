"""Parties: the bodies and groups of bodies that a sentence names, with the exact words of the name.

A body of the vocabulary ends where ``bodies.match_body`` ends it; a name that no register lists is a head (``Công
ty``) and the words behind it up to a verb or a mark. Groups are read in ``groups``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import compress
from typing import Final

from viendan import text
from viendan.extract import beginnings, bodies, duty_words, groups, party_words, tails
from viendan.extract.duty_words import Line
from viendan.extract.groups import Party

_WINDOW: Final = 110  # characters that a name may span
_LONGEST: Final = 18  # words of a name that no register lists
_SMALL_RUN: Final = 3  # words in small letters in a row inside such a name
_PHRASE: Final = 2  # words behind which a phrase that begins like a name is no group either (``tổ chức hội nghị``)
_COMPANY_RUN: Final = 6  # the same in a company's name
_AND: Final = "và"
_JOINTS: Final = 2  # words that tie people to the party before them at most


@cache
def _boards() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "board")


@cache
def _zones() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "zones")


@cache
def _whole() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "whole")


@cache
def _companies() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "company")


@cache
def _task_forces() -> duty_words.Phrases:
    """Bodies that are named after a number or a task in small letters (``Ban Chỉ đạo 138 tỉnh``)."""
    return duty_words.phrases("party-words", "task-force")


@cache
def _tasks() -> duty_words.Phrases:
    """Verbs in the names of task forces (``Ban Chỉ huy ứng phó sự cố tràn dầu tỉnh``)."""
    return duty_words.phrases("party-words", "task")


@cache
def _task_forces_before() -> duty_words.Phrases:
    return duty_words.phrases_before("party-words", "task-force")


@cache
def _no_names() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "no-name")


def match_party(line: Line, index: int, *, bare: bool) -> Party | None:
    """The party whose name starts at a word; None where none does.

    ``bare``: also a group without an opener (``cơ quan Thi hành án dân sự``), as it stands behind a verb or at a
    start.
    """
    if _no_names().match(line, index) > _PHRASE:
        return None
    named = _named(line, index) if beginnings.may_begin_name(line, index) else None
    if not groups.may_start(line.words[index], bare=bare):
        return named
    group = groups.match_group(line, index, bare=bare, named=_named_end)
    if group is None or (named is not None and (named.last >= group.last or _lists_on(line, index, named.last))):
        return named
    return group


def _lists_on(line: Line, index: int, last: int) -> bool:
    """Whether a list goes on behind a name that no opener or office makes the first of a group."""
    return line.words[last] in (",", _AND) and not groups.is_marked(line, index)


def _named_end(line: Line, index: int) -> int | None:
    """The end of a single body's name that starts at a word, for groups that hold one (``thành viên Hội đồng …``)."""
    if index < len(line) and not line.upper(index):
        return _small(line, index)
    found = _named(line, index) if beginnings.may_begin_name(line, index) else None
    return found.last if found else None


def _small(line: Line, index: int) -> int | None:
    """The end of a body's name of the vocabulary that is written in small letters: ``sở giáo dục và đào tạo``."""
    words = line.flat[line.starts[index] : min(line.end, line.starts[index] + _WINDOW)]
    length = known_end(text.capitalise(words))
    return line.at(line.starts[index] + length) if length else None


def _named(line: Line, index: int) -> Party | None:
    if _no_names().match(line, index):
        return None
    last = _known(line, index) or 0
    headed = _task_forces_before().find_before(line, last)[0]
    task = _task_force(line, last - headed if headed else index)
    if task:
        last = max(last, task)
    elif not last or _goes_on(line, last):
        last = max(last, _unlisted(line, index) or 0)
    if not last or _is_verb(line, index, last):
        return None
    behind, plural = tails.after_name(line, last)
    behind = _industrial_zones(line, index, behind)
    return Party(index, behind, group=plural, generic=False, unnamed=False, everyone=False)


def _known(line: Line, index: int) -> int | None:
    """The index behind the body's name of the vocabulary that starts at a word; None where none does."""
    if not beginnings.may_begin_name(line, index) or not beginnings.may_be_known(line, index):
        return None
    start = line.starts[index]
    length = known_end(line.flat[start : min(line.end, start + _WINDOW)])
    return line.at(start + length) if length else None


@lru_cache(maxsize=512)
def known_end(words: str) -> int | None:
    """The length of the body's name that some words begin with, by the vocabulary of bodies."""
    return bodies.match_body(words, 0)


def _goes_on(line: Line, last: int) -> bool:
    """Whether a known name may go on with words of its own: ``Ban Quản lý Khu Kinh tế`` + ``Dung Quất``."""
    if any(party_words.heads().match(line, last - back) > back for back in (1, 2)):
        return True
    if line.upper(last):
        return not party_words.sure_verbs().match(line, last) and _known(line, last) is None
    if last < len(line) and line.words[last].isdigit() and _task_forces_before().find_before(line, last)[0]:
        return True
    cut = (
        last < len(line) and line.words[last][0].isalpha() and line.upper(last - 1) and bool(party_words.heads().firsts)
    )
    return (
        cut
        and not party_words.verbs().match(line, last)
        and not party_words.stops_name(line, last)
        and not party_words.ends_name(line, last)
    )


def _is_verb(line: Line, index: int, last: int) -> bool:
    """Whether the words are a verb at the start of a sentence and no name (``Thống kê``, ``Thanh tra``)."""
    return party_words.verbs().match(line, index) >= last - index and not any(
        line.upper(at) for at in range(index + 1, last)
    )


def _unlisted(line: Line, index: int) -> int | None:
    """The end of a name that begins with a head and that no register lists."""
    count = party_words.heads().match(line, index)
    if not count:
        return _of_place(line, index)
    at = index + count
    company = _companies().match(line, index) > 0
    place: int | None = None
    for _ in range(_LONGEST):
        place = party_words.place_end(line, at)
        following = None if place else _next_word(line, at, first=at == index + count, company=company)
        if following is None:
            break
        at = following
    core = _trimmed(line, index + count, at, _COMPANY_RUN if company else _SMALL_RUN)
    named = any(line.upper(word) for word in range(index + count, core))
    if not named and _whole().match(line, index) != count:
        return None
    return place if place and core == at else core


def _of_place(line: Line, index: int) -> int | None:
    """The end of a name that is one only with its place (``Viễn thông Quảng Ngãi``)."""
    count = party_words.place_heads().match(line, index)
    end = party_words.named_place(line, index + count) if count else index
    return end if end > index + count else party_words.place_end(line, index + count) if count else None


def _task_force(line: Line, index: int) -> int | None:
    """The end of a task force's name where it ends with its place: ``Ban Chỉ đạo xóa nhà tạm huyện Bình Sơn``."""
    count = _task_forces().match(line, index)
    if not count:
        return None
    at = index + count
    while at < len(line) and at - index < _LONGEST:
        place = party_words.place_end(line, at)
        if place:
            return place
        comma = line.mark(at, ",") and at + 1 < len(line)
        word = at + 1 if comma else at
        verb = _tasks().match(line, word)
        ends = not verb and (party_words.ends_name(line, word) or party_words.stops_name(line, word))
        begins = comma and (line.upper(word) or (not verb and party_words.starts_party(line, word)))
        if ends or begins or not (line.words[word][0].isalpha() or line.words[word].isdigit()):
            return None
        word += max(verb - 1, 0)
        at = word + 1
    return None


def _next_word(line: Line, at: int, *, first: bool, company: bool) -> int | None:
    """The index behind the next part of a name; None where the name ends."""
    if at >= len(line):
        return None
    if line.upper(at):
        opener = party_words.openers().match(line, at)
        if (not first and party_words.sure_verbs().match(line, at)) or (
            opener and party_words.noun(line, at + opener)[0]
        ):
            return None
        return _known(line, at) or at + max(1, party_words.heads().match(line, at) if first else 1)
    if line.words[at] in (",", "-", _AND):
        return at + 2 if _coordinates(line, at) or (company and _goes_on_small(line, at)) else None
    word = line.words[at]
    ends = party_words.ends_name(line, at) or party_words.stops_name(line, at)
    return at + 1 if (word[0].isalpha() or word.isdigit()) and not ends else None


def _coordinates(line: Line, at: int) -> bool:
    """Whether a comma, dash or ``và`` stands inside a name: ``Xúc tiến Đầu tư, Thương mại``."""
    begins = party_words.starts_party(line, at + 1) or party_words.sure_verbs().match(line, at + 1)
    return line.upper(at + 1) and not begins and not (line.words[at] == _AND and _known(line, at + 1))


def _goes_on_small(line: Line, at: int) -> bool:
    """Whether a company's name goes on in small letters behind ``và``: ``Xây dựng và thoát nước đô thị``."""
    behind = at + 1
    return (
        line.words[at] == _AND
        and behind < len(line)
        and line.words[behind][0].isalpha()
        and not party_words.starts_party(line, behind)
        and not party_words.verbs().match(line, behind)
        and not party_words.stops_name(line, behind)
    )


def _trimmed(line: Line, first: int, last: int, longest: int) -> int:
    """The end of a name without a tail of small words that is too long to belong to it."""
    run = 0
    while last - run > first and not line.upper(last - run - 1):
        run += 1
    return last - run if run > longest else last


def _industrial_zones(line: Line, index: int, last: int) -> int:
    """The end of a management board's name that goes on with ``và các Khu công nghiệp tỉnh``."""
    zones = _zones().match(line, last) if _boards().match(line, index) else 0
    if not zones:
        return last
    end = last + zones
    place = party_words.place_end(line, end)
    return place or party_words.named_place(line, end)


def scan(line: Line, first: int, near: int | None = None) -> Iterator[Party]:
    """All parties of a paragraph from a word on, in order and without overlap.

    ``near``: only those at the word itself and behind it, each so many words at most behind the one before.
    """
    words, flat, starts, bare_behind = line.words, line.flat, line.starts, _before_bare()
    behind = (*words[1:], "")
    last = -1
    for at in compress(range(len(words)), map(beginnings.GATES.__getitem__, words)):
        gate = beginnings.GATES[words[at]]
        if at < first or at < last or gate is None:
            continue
        if near is not None and at > (last + near if last >= 0 else first):
            return
        bare = at == first or words[at - 1] in bare_behind
        upper = flat[starts[at]].isupper()
        found = None
        if (upper and gate.name(behind[at])) or gate.group(behind[at], bare=bare, upper=upper):
            found = match_party(line, at, bare=bare)
        if found is None and last >= 0 and at - last <= _JOINTS:
            found = _people(line, at, last)
        if found is not None:
            yield found
            last = found.last


def _people(line: Line, at: int, last: int) -> Party | None:
    """People who stand in a list behind a party: ``…, người lao động và cá nhân có liên quan``."""
    count, kind = party_words.nouns().find(line, at)
    if kind != "everyone" or (party_words.joint(line, last) != at and not line.mark(last, ";")):
        return None
    end, _ = tails.qualified(line, at + count, _named_end)
    return Party(at, end, group=True, generic=False, unnamed=False, everyone=True)


@cache
def _before_bare() -> frozenset[str]:
    """The marks and words before a group without an opener: a clause's end, or a verb or word that takes a party."""
    return groups.takers() | frozenset(",;:.")
