"""The bodies that parties' words name, with their places: by ``bodies``, and what only orders need beyond it.

The head of a central body has no place in a document of a province (``Bộ trưởng Bộ Tư pháp``); ``các đơn vị thuộc
Bộ`` in a ministry's document are of that ministry; a place that the words give is not given twice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final

from viendan import text
from viendan.extract import bodies, duty_words, lexicon, places
from viendan.extract.bodies import BodyContext
from viendan.model import Body

_SPACED: Final = re.compile(r" +([,;])")
_TIGHT: Final = re.compile(r",(?=[^\W\d_])")


@cache
def _offices() -> duty_words.Phrases:
    words = [word for word in lexicon.scheme("body-words") if word.get("wordKind") == "office"]
    return duty_words.Phrases((form, "office") for word in words for form in word.forms)


@lru_cache(maxsize=4096)
def name_body(words: str, context: BodyContext) -> Body | None:
    """The body or group that a party's words name, with its place; the words themselves where the vocabulary is
    silent."""
    words = _with_issuer(words, context)
    body = _head_of_central(words, context) or bodies.resolve_body(words, context)
    if body is not None:
        name = _TIGHT.sub(", ", _SPACED.sub(r"\1", _once(body.name, context)))
        return replace(body, key=text.slug(name), name=name) if name != body.name else body
    name = text.capitalise(text.squeeze(words))
    return Body(key=text.slug(name), name=name, level=context.level, province=context.province) if name else None


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


def _once(name: str, context: BodyContext) -> str:
    """The name without the province behind it where its own words end with the province already."""
    if not context.province or not name.endswith(f" {context.province}"):
        return name
    before = name.removesuffix(f" {context.province}")
    for kind in places.kinds():
        if before.endswith(f"{context.province} {kind}"):
            return before.removesuffix(f" {kind}")
    return name
