"""When an extracted value or span agrees with an annotated one: the rules of the gold annotations' own scorer."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, cast

Item = Mapping[str, object]
"""An annotated item: a flat mapping of JSON values."""

_LOOSE: Final = frozenset({"title", "agency"})  # their wording may differ a little
_OVERLAP: Final = 0.5
_LOOSE_RATIO: Final = 0.9
_POINTS: Final = re.compile(r"[*_“”\"'‘’.,;:()]")
_TONE: Final = re.compile(r"([aeiouy])([\u0300\u0301\u0303\u0309\u0323])([aeiouy])")


def same(field: str, gold: object, predicted: object) -> bool:
    """Whether two values of a field agree, apart from case, markup, spacing, place of tone marks and dashes."""
    if gold in (None, "", []) or predicted in (None, "", []):
        return gold in (None, "", []) and predicted in (None, "", [])
    if field == "number":
        return _squash(str(gold)) == _squash(str(predicted))
    first, second = _fold(str(gold)), _fold(str(predicted))
    return first == second or (field in _LOOSE and SequenceMatcher(None, first, second).ratio() >= _LOOSE_RATIO)


def _squash(number: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", number)).upper().replace("–", "-")


def _fold(value: str) -> str:
    words = unicodedata.normalize("NFD", value).casefold().replace("–", "-").replace("—", "-").replace("đ", "d")
    words = re.sub(r"\s*-\s*", "-", _POINTS.sub(" ", words))
    return re.sub(r"\s+", " ", _TONE.sub(r"\1\3\2", words)).strip()


Pairing = tuple[list[tuple[Item, Item]], list[Item], list[Item]]


def pair(gold: Sequence[Item], predicted: Sequence[Item], ignored: Sequence[Sequence[int]]) -> Pairing:
    """Pairs of spans, best overlap first; then the gold items missed and the predicted ones that nothing matches."""
    candidates = sorted(
        (-overlap, i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
        if (overlap := _overlap(one, other)) >= _OVERLAP
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in candidates:
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    order = [(i, j) for _, i, j in candidates if taken.get(i) == j]
    missed = [item for i, item in enumerate(gold) if i not in taken]
    spurious = [
        item
        for j, item in enumerate(predicted)
        if j not in used and not any(low <= _at(item, "start") and _at(item, "end") <= high for low, high in ignored)
    ]
    return [(gold[i], predicted[j]) for i, j in order], missed, spurious


def _overlap(one: Item, other: Item) -> float:
    low, high = max(_at(one, "start"), _at(other, "start")), min(_at(one, "end"), _at(other, "end"))
    if high <= low:
        return 0.0
    return (high - low) / (max(_at(one, "end"), _at(other, "end")) - min(_at(one, "start"), _at(other, "start")))


def _at(item: Item, edge: str) -> int:
    return cast("int", item[edge])


def b_cubed(mentions: Sequence[tuple[object, object]]) -> tuple[float, float]:
    """B-cubed precision and recall of mentions, each with its gold key and its predicted key; 1 for no mention."""
    if not mentions:
        return 1.0, 1.0
    gold, given, both = Counter(m[0] for m in mentions), Counter(m[1] for m in mentions), Counter(mentions)
    precision = sum(both[m] / given[m[1]] for m in mentions) / len(mentions)
    return precision, sum(both[m] / gold[m[0]] for m in mentions) / len(mentions)


def harmonic(precision: float, recall: float) -> float:
    """F1; 0 where both parts are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
