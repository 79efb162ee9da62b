"""The bodies that parties' words name, with their places: by ``bodies``, and what only orders need beyond it.

The head of a central body has no place in a document of a province (``Bộ trưởng Bộ Tư pháp``); ``các đơn vị thuộc
Bộ`` in a ministry's document are of that ministry; a place that the words give is not given twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from viendan import text
from viendan.extract import bodies, duty_words, lexicon, party_words, places
from viendan.extract.bodies import BodyContext
from viendan.model import Body

_SPACED: Final = re.compile(r" +([,;])")
_OPENER: Final = "các"
_OF: Final = "của"
_NAMED_LIST: Final = re.compile(r"(?<!\w)[Cc]ác [a-zà-ỹđ]+(?: [a-zà-ỹđ]+)?: ?(?=[^\W\d_a-zà-ỹđ])(?!.*(?<!\w)[Ss]ở)")
_REGION: Final = re.compile(r" khu vực (?:\d{1,2}|[IVX]+)$", re.IGNORECASE)
_BRANCH: Final = re.compile(r"Chi nhánh - (?=Chi nhánh)")
_TERRITORY: Final = "trên địa bàn"
_TIGHT: Final = re.compile(r",(?=[^\W\d_])")


@cache
def _offices() -> duty_words.Phrases:
    words = [word for word in lexicon.scheme("body-words") if word.get("wordKind") == "office"]
    return duty_words.Phrases((form, "office") for word in words for form in word.forms)


@lru_cache(maxsize=4096)
def name_body(words: str, context: BodyContext) -> Body | None:
    """The body or group that a party's words name, with its place; the words themselves where the vocabulary is
    silent."""
    words = _placed(_with_issuer(mended(words), context), context)
    body = _head_of_central(words, context) or bodies.resolve_body(words, context) or _described(words, context)
    if body is not None:
        name = _TIGHT.sub(", ", _SPACED.sub(r"\1", _once(body.name, context)))
        return replace(body, key=text.slug(name), name=name) if name != body.name else body
    name = text.capitalise(text.squeeze(words))
    return Body(key=text.slug(name), name=name, level=context.level, province=context.province) if name else None


@cache
def _correct() -> duty_words.Phrases:
    """Phrases that scans misread, without their marks."""
    return duty_words.folded_phrases("party-words", "mended")


@cache
def _spelled() -> Mapping[str, str]:
    """The phrases that scans misread, by their words without marks."""
    return MappingProxyType({text.fold(cue): cue for cue in duty_words.cues("party-words", "mended")})


def mended(words: str) -> str:
    """The words with the common ones that a scan misread mended: ``thành phó``, ``thị trắn``, ``các cập``."""
    line = duty_words.read_line(words, 0, len(words))
    pieces: list[str] = []
    last = at = 0
    while at < len(line):
        count, _ = _correct().find_folded(line, at)
        if not count:
            at += 1
            continue
        start, end = line.starts[at], line.ends[at + count - 1]
        right = _spelled().get(text.fold(" ".join(line.words[at : at + count])))
        if right and right.split() != list(line.words[at : at + count]):
            pieces.extend((words[last:start], text.capitalise(right) if words[start].isupper() else right))
            last = end
        at += count
    return "".join((*pieces, words[last:]))


def _placed(words: str, context: BodyContext) -> str:
    """The words with the kind of the document's place where they leave it out behind ``trên địa bàn``, or where bodies
    of their own stand there (``các tổ chức tín dụng``)."""
    own = context.places().get(context.level) if context.level else None
    if own is None:
        return words
    if words.endswith(_TERRITORY):
        return f"{words} {own.kind}"
    line = duty_words.read_line(words, 0, len(words))
    if line.words[:1] == (_OPENER,) and 1 + _independent().match(line, 1) == len(line) > 1:
        return f"{words} {_TERRITORY} {own.kind}"
    return words


@cache
def _independent() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "independent")


def _described(words: str, context: BodyContext) -> Body | None:
    """A group without ``các`` (``cơ quan, đơn vị đóng trên địa bàn tỉnh``) with its place, as one with it has."""
    if not _begins_with_noun(words):
        return None
    body = bodies.resolve_body(f"{_OPENER} {words[0].lower()}{words[1:]}", context)
    if body is None:
        return None
    name = text.capitalise(body.name[len(_OPENER) + 1 :])
    return replace(body, key=text.slug(name), name=name)


@lru_cache(maxsize=4096)
def is_issuer(words: str, context: BodyContext) -> bool:
    """Whether words name the document's issuer, or the chairman or minister who stands for it."""
    if context.issuer is None:
        return False
    body = bodies.resolve_body(words, context, as_issuer=True)
    return body is not None and not body.group and body.key == context.issuer.key


def _with_issuer(words: str, context: BodyContext) -> str:
    """The words with the issuer's whole name where they end with its first word: ``các đơn vị thuộc Bộ``."""
    before, _, last = words.rpartition(" ")
    if context.issuer is None or not before or not last[:1].isupper():
        return words
    first, _, rest = context.issuer.name.partition(" ")
    return f"{words} {rest}" if last == first and rest else words


def _head_of_central(words: str, context: BodyContext) -> Body | None:
    """The head of a central body that a document of a place names, without that place."""
    line = duty_words.read_line(words, 0, len(words))
    count = _offices().match(line, 0)
    if not count or not context.province or count >= len(line):
        return None
    stem = bodies.resolve_body(words[line.starts[count] :], context)
    if stem is None or stem.level != "central" or stem.group:
        return None
    name = f"{text.capitalise(words[: line.ends[count - 1]])} {stem.name}"
    return Body(key=text.slug(name), name=name, level="central")


def _begins_with_noun(words: str) -> bool:
    line = duty_words.read_line(words, 0, len(words))
    return party_words.noun(line, 0)[0] > 0


def _once(name: str, context: BodyContext) -> str:
    """The name without a place or branch that its own words end with already."""
    name = _BRANCH.sub("- ", name)
    own = context.places().get("province")
    if own is not None:
        bare = name.removesuffix(f" {_OF} {own.full}").removesuffix(f" {own.full}")
        if _NAMED_LIST.search(name) or _REGION.search(bare) or bare.endswith(f" {own.name}"):
            name = bare  # "Ủy ban nhân dân các huyện: Hoa Lư, Nho Quan"; "Thuế khu vực 1"; "… Quảng Ngãi"
    if not context.province or not name.endswith(f" {context.province}"):
        return name
    before = name.removesuffix(f" {context.province}")
    for kind in places.kinds():
        if before.endswith(f"{context.province} {kind}"):
            return before.removesuffix(f" {kind}")
    return name
