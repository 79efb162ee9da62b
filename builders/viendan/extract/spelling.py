"""A body's words brought to their usual spelling.

Abbreviations written out, capitals only where names have them, misread marks mended where the vocabulary leaves no
doubt.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from viendan import text
from viendan.extract import lexicon, names, places

_EDGES: Final = " \t.,;:*_“”\"'–-"
_AND: Final = "và"
_LINKS: Final = re.compile(  # words by which no place's name begins or ends
    r"(?i)(?:trực thuộc|thuộc|của|và|tại|trong|trên|ở|về|cho|với|do|bởi|đến|năm|giai đoạn|để|khi|theo|từ|có|đã|là|nhằm"
    r"|ngày|tháng|quý|lần|khóa|khoá|nhiệm kỳ)(?!\w)"
)
_SYMBOL: Final = re.compile(
    r"[^\s,;()“”\"]*\d[^\s,;()“”\"]*/[^\s,;()“”\"]+|[^\s,;()“”\"]+/[^\s,;()“”\"]*[A-ZĐ][^\s,;()“”\"]*"
)


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
    return any(len(token.keys) > 1 for token in names.tokens(words).all()) and not all(
        word.isupper() for word in re.findall(r"[^\W\d_]{2,}", words)
    )


def usual_case(words: str) -> str:
    """Words in capitals in their usual spelling, abbreviations as they are (``CHỦ TỊCH UBND`` → ``Chủ tịch UBND``)."""
    return text.capitalise(_with_proper(_respell(text.squeeze(words), shouted=True, expand=False)))


def unshout(words: str) -> str:
    """Words in capitals (a title) in their usual spelling; numbers and symbols as they are."""
    if not _all_upper(words):
        return words
    spelled = _cited_type().sub(
        lambda match: text.capitalise(match.group()), _respell(text.squeeze(words), shouted=True)
    )
    return text.capitalise(_with_proper(spelled))


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
        found = names.tokens(words, position, len(words), shouted=shouted).all()
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
    tokens = names.Tokens.of(found)
    last = found[0].start
    index = 0
    after_place = False
    while index < len(found):
        token = found[index]
        hit = None if after_place else names.longest(tokens, index)
        count = hit.count if hit else 1
        end = found[index + count - 1].end
        pieces.append(words[last : token.start])
        place = _place_end(words, token.start, shouted) if after_place and hit is None else None
        short = not expand and any(len(other.keys) > 1 for other in found[index : index + count])
        if short:
            pieces.extend(_unexpanded(words, found[index : index + count]))
        elif hit is not None and not (shouted and index and count == 1 and _is_syllable(found, index, hit)):
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


def _is_syllable(found: list[names.Token], index: int, hit: names.Found) -> bool:
    """Whether a word that could be an office is a syllable of another word: no body follows (``ỨNG PHÓ BÃO``)."""
    return hit.names[0].role == "office" and names.longest(names.Tokens.of(found), index + 1) is None


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
    if end is None or not shouted or places.find(places.mend(words[start:end])):
        return end
    if _LINKS.match(words, start):
        return None
    if words[end : end + 1] in ("", "\n"):
        return end
    for word in re.finditer(r"[^\W\d_]+", words[start:end]):
        stop = start + word.end()
        if names.longest(names.tokens(words, stop + 1)):
            return None if _LINKS.match(words, start + word.start()) else stop
    return None


@cache
def _proper() -> re.Pattern[str]:
    """Proper names that are no bodies or places (``Hồ Chí Minh``), and Roman numbers behind their words."""
    listed = sorted(names.forms("proper-name"), key=lambda form: (-len(form), form))
    numbered = "|".join(re.escape(form) for form in names.forms("roman-numbered"))
    return re.compile(
        rf"(?<!\w)(?i:(?P<name>{'|'.join(re.escape(form) for form in listed)}))(?!\w)"
        rf"|(?<!\w)(?:{numbered}) (?P<roman>[ivxlc]{{1,6}})(?!\w)"
    )


def _with_proper(words: str) -> str:
    """Words in small letters with the proper names among them as they are written."""
    known = {form.lower(): form for form in names.forms("proper-name")}

    def written(match: re.Match[str]) -> str:
        if match["name"]:
            return known[match["name"].lower()]
        return match.group()[: match.start("roman") - match.start()] + match["roman"].upper()

    return _proper().sub(written, words)


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
