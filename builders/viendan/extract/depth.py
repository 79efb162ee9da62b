"""How deep a document deals with what it cites: mentioned, cited, discussed or quoted, told by all its mentions of it.

The steps are those of citators (treatment depth), told by what can be seen: words in quotation marks behind a mention,
three mentions or provisions, a role or a full reference; what has none of these is only mentioned.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Final

from viendan.extract import lexicon
from viendan.extract.structure import ParsedDocument
from viendan.model import Citation, Depth

_DISCUSSED: Final = 3  # mentions or provisions by which an instrument is discussed
_QUOTE: Final = 5  # words of a quotation at least: fewer are a name
_REACH: Final = 90  # characters between a mention and what it is quoted with
_LONGEST: Final = 20_000  # characters of a quotation
_CHANGES: Final = frozenset({"amends", "supplements", "replaces", "repeals", "corrects", "suspends"})
_CLOSING: Final = {"“": "”", '"': '"', "«": "»"}


def with_depth(parsed: ParsedDocument, citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations, each with the depth that all citations of its instrument in the document show together."""
    cited = tuple(citations)
    groups: dict[str, list[Citation]] = defaultdict(list)
    for item in cited:
        groups[item.instrument].append(item)
    depths = {instrument: _depth(parsed.source.text, items) for instrument, items in groups.items()}
    return tuple(
        item if item.depth == depths[item.instrument] else replace(item, depth=depths[item.instrument])
        for item in cited
    )


def _depth(source: str, items: list[Citation]) -> Depth:
    if any(_is_quoted(source, item) for item in items):
        return "quoted"
    provisions = {point for item in items for point in item.pinpoints}
    if len(items) >= _DISCUSSED or len(provisions) >= _DISCUSSED:
        return "discussed"
    told = any(item.role != "context" or item.date or item.title for item in items)
    return "cited" if told else "mentioned"


@cache
def _opening() -> re.Pattern[str]:
    """What leads from a mention to its words: a colon or a verb of saying, and a quotation mark behind it."""
    verbs = {
        form for word in lexicon.scheme("citation-words") if word.get("wordKind") == "quotes" for form in word.cues
    }
    listed = "|".join(re.escape(form) for form in sorted(verbs, key=lambda form: (-len(form), form)))
    return re.compile(
        rf"[^“”\"«»;\n]{{0,{_REACH}}}?(?::|(?<!\w)(?:{listed})(?!\w)[^“”\"«»;:\n]{{0,20}}?)\s*(?P<open>[“\"«])"
    )


def _is_quoted(source: str, item: Citation) -> bool:
    """Whether words in quotation marks behind a mention are those of the instrument, and no change of it or name."""
    if item.role in _CHANGES:
        return False
    found = _opening().match(source, item.mention.end)
    if found is None:
        return False
    close = source.find(_CLOSING[found["open"]], found.end(), found.end() + _LONGEST)
    return close >= 0 and len(source[found.end() : close].split(maxsplit=_QUOTE)) >= _QUOTE
