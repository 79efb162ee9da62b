"""Numbers that differ only by signs that are easily misread or lost: ``UBTVQHI5``, ``12/KH-UBNO``, ``37/2023NQ-HĐND``.

Only where everything else speaks for it: the same issuer, the same full date, the same serial. Two symbols that both
name a type (``QĐ``, ``CĐ``) are two instruments however alike they look, and two real digits are two numbers. Two
symbols that differ in more than one sign need a common subject as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from viendan.link.clusters import Clusters
from viendan.link.joining import join, number_key
from viendan.link.strands import alike
from viendan.link.traits import Traits

_ALIKE_LETTERS: Final = str.maketrans({"i": "1", "l": "1", "o": "0"})
_NEAR: Final = 0.8


def resolve_misread(records: Iterable[Traits], clusters: Clusters) -> None:
    """Join records whose numbers are one, misread."""
    near: defaultdict[tuple[str, ...], list[Traits]] = defaultdict(list)
    for traits in sorted(records, key=lambda traits: traits.node):
        if traits.block is not None and len(traits.owners) == 1:
            serial = number_key(traits).translate(_ALIKE_LETTERS).partition("-")[0]
            for day in sorted(traits.days):
                near[min(traits.owners), day, serial].append(traits)
    for key in sorted(near):
        numbers: dict[str, Traits] = {}
        for traits in near[key]:
            numbers.setdefault(number_key(traits), traits)
        ordered = [numbers[number] for number in sorted(numbers, key=lambda number: (_misread_signs(number), number))]
        for place, traits in enumerate(ordered):
            for other in ordered[:place]:
                if _is_misread(other, traits) and join(other, traits, "misread-number", 0.85, clusters):
                    break


def _misread_signs(number: str) -> int:
    """How many signs look wrong: letters in the serial. Fewest first, so that the right number leads."""
    return sum(char.isalpha() for char in number.partition("-")[0])


def _letters(number: str) -> str:
    return number.translate(_ALIKE_LETTERS).replace("-", "")


def _is_misread(one: Traits, other: Traits) -> bool:
    first, second = number_key(one), number_key(other)
    if _letters(first) == _letters(second):
        return True
    if one.kind is None or one.kind != other.kind or not alike(one.titles, other.titles):
        return False
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if not one.titles or not other.titles:
        return max(len(first), len(second)) - sum(block.size for block in matcher.get_matching_blocks()) <= 1
    return matcher.ratio() >= _NEAR
