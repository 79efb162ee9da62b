"""Laws by the abbreviation that the document gives them: ``Bộ luật Hình sự (sau đây viết tắt là BLHS)``, ``BLHS``.

An abbreviation means a law only where the document says so, and from there on: its letters are those of the law's name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan.extract import patterns, titles
from viendan.extract.found import Found
from viendan.extract.particulars import Scene

RULE: Final = "defined-short"
_MOST: Final = 200  # abbreviations of one document
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Short:
    """An abbreviation, the law that it means, and where the document says so."""

    form: str
    law: Found
    title: str | None
    end: int


def with_short_names(scene: Scene, found: list[Found]) -> list[Found]:
    """The mentions, in order, with those by an abbreviation that the document defines."""
    shorts: dict[str, _Short] = {}
    for short in _defined(scene, found):
        if len(shorts) < _MOST:
            shorts.setdefault(short.form, short)
    added = list(_uses(scene, found, shorts)) if shorts else []
    return sorted([*found, *added], key=lambda hit: (hit.start, -hit.end)) if added else found


@cache
def _definition() -> re.Pattern[str]:
    alias = rf"(?P<alias>(?:{patterns.one_of('alias')}):? )?"
    return re.compile(rf" ?\({alias}[“\"]?(?P<form>[{patterns.UPPER}]{{3,10}})[”\"]?\)")


def _defined(scene: Scene, found: list[Found]) -> Iterator[_Short]:
    for hit in found:
        if hit.type not in patterns.types_of("law") or hit.title_range is None:
            continue
        match = _definition().match(scene.flat, hit.end) or _definition().match(scene.flat, hit.title_range[1])
        title = scene.flat[slice(*hit.title_range)]
        if match and match["form"] in _initials(hit.type or "", title, told=match["alias"] is not None):
            yield _Short(match["form"], hit, titles.clean(title), match.end())


def _initials(label: str, title: str, *, told: bool) -> set[str]:
    """What a law's name abbreviates to; without its type word only where the document says that it is a short form."""
    words = [word for word in _WORD.findall(title) if word.lower() != "và"]
    name = "".join(word[0].upper() for word in words)
    kind = "".join(word[0].upper() for word in label.split(" "))
    return {kind + name, name} if told else {kind + name}


def _uses(scene: Scene, found: list[Found], shorts: Mapping[str, _Short]) -> Iterator[Found]:
    """The places behind its definition where an abbreviation stands for itself."""
    starts = [hit.start for hit in found]
    forms = re.compile(rf"(?<![\w/-])(?:{'|'.join(sorted(shorts, key=len, reverse=True))})(?![\w/-])")
    for match in forms.finditer(scene.flat, min(short.end for short in shorts.values())):
        short, start = shorts[match.group()], match.start()
        before = bisect_right(starts, start) - 1
        if start < short.end or (before >= 0 and found[before].end > start):
            continue
        law = short.law
        yield Found(
            start,
            match.end(),
            "named",
            law.type,
            RULE,
            issuer=law.issuer,
            full=True,
            laws=law.laws,
            title_key=short.title,
        )
