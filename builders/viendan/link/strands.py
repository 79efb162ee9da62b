"""One number, several instruments? Records of the same number, issuer, year and type, told apart by day and subject.

A register that has two entries, two documents that were read, or two full dates with subjects that have nothing in
common, make two strands. Two dates with one subject (or without any) are one instrument whose citers disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from viendan.link.traits import Traits

# Words that stand in the titles of all subjects.
FUNCTION_WORDS: Final = frozenset(
    ("các", "cho", "của", "do", "là", "một", "số", "tại", "trong", "trên", "và", "về", "việc", "với")
)
_ALIKE: Final = 0.4  # share of common words from which two subjects are held to be one
_COMPARED: Final = 40  # subjects of one strand that are compared, in order


@dataclass(slots=True)
class _Strand:
    """Records that are held to be one instrument, with all their days and subjects (grows while it is built)."""

    records: list[Traits] = field(default_factory=list)
    days: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def add(self, *records: Traits) -> None:
        for traits in records:
            self.records.append(traits)
            self.days |= traits.days
            self.titles |= traits.titles


def separate(records: Sequence[Traits]) -> tuple[list[list[Traits]], list[Traits]]:
    """The strands, and the records that fit several of them; the order of ``records`` counts only within a strand."""
    strands = _of_each(traits for traits in records if traits.record.register)
    if len(strands) < 2:
        strands = _of_each(traits for traits in records if traits.record.own)
    if len(strands) < 2:
        strands = _by_day(records)
    placed = {traits.node for strand in strands for traits in strand.records}
    left = []
    for traits in records:
        if traits.node in placed:
            continue
        fitting = _fitting(traits, strands)
        if len(fitting) == 1:
            fitting[0].add(traits)
        elif traits.days and not fitting:
            strands.append(_Strand())
            strands[-1].add(traits)
        else:
            left.append(traits)
    return [sorted(strand.records, key=lambda traits: traits.node) for strand in strands], left


def alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of compared subjects have a pair that says the same; an empty set says nothing against it."""
    first, second = sorted(one)[:_COMPARED], sorted(other)[:_COMPARED]
    return not first or not second or any(_similar(a, b) for a in first for b in second)


def _similar(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    words, others = set(one.split()) - FUNCTION_WORDS, set(other.split()) - FUNCTION_WORDS
    return len(words & others) >= _ALIKE * len(words | others)


def _of_each(records: Iterable[Traits]) -> list[_Strand]:
    """A strand for each entry of a register or held document: an entry by its IRI, a document by its graph."""
    entries: defaultdict[str, _Strand] = defaultdict(_Strand)
    for traits in records:
        entries[traits.record.graph if traits.record.own else traits.record.iri].add(traits)
    return [entries[key] for key in sorted(entries)]


def _by_day(records: Sequence[Traits]) -> list[_Strand]:
    """Strands of the records with a full date: a day joins the fullest strand of a like subject. One for no days."""
    days: defaultdict[str, list[Traits]] = defaultdict(list)
    for traits in records:
        if traits.days:
            days[min(traits.days)].append(traits)
    strands: list[_Strand] = []
    for day in sorted(days, key=lambda day: (-len(days[day]), day)):
        titles = {title for traits in days[day] for title in traits.titles}
        for strand in strands:
            if alike(strand.titles, titles):
                strand.add(*days[day])
                break
        else:
            strands.append(_Strand())
            strands[-1].add(*days[day])
    if len(strands) < 2:
        whole = _Strand()
        whole.add(*records)
        return [whole]
    return strands


def _fitting(traits: Traits, strands: Sequence[_Strand]) -> list[_Strand]:
    """The strands of its day, else of its subject; without both, all."""
    if traits.days:
        same_day = [strand for strand in strands if strand.days & traits.days]
        if same_day:
            return same_day
    if traits.titles:
        return [strand for strand in strands if alike(strand.titles, traits.titles)]
    return [] if traits.days else list(strands)
