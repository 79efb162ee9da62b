"""Joining two records, with the words that say why; and the mentions of one document that complete each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from viendan import identifiers
from viendan.link.clusters import Clusters, Link
from viendan.link.strands import alike
from viendan.link.traits import Traits, same_place

COMPARED: Final = 40
"""Mentions of one number in one document that are compared; more are a list of something else."""


def evidence(traits: Traits) -> str:
    """What a record says, in one line that needs no translation."""
    record = traits.record
    parts = (*record.numbers[:2], *record.dates[:2], *(issuer.rsplit("/", 1)[-1] for issuer in record.issuers[:2]))
    return f"{' · '.join(parts) or (record.titles or ('?',))[0][:80]} @ {record.seen.key}"


def join(one: Traits, other: Traits, rule: str, confidence: float, clusters: Clusters) -> bool:
    """Join two records with a reason; false where they must stay apart."""
    words = f"{evidence(one)} = {evidence(other)}"
    return clusters.union(Link(one.node, other.node, rule, words, confidence))


def within_document(records: Sequence[Traits], clusters: Clusters) -> list[Traits]:
    """The instruments that one document names: mentions of one number are joined where they all fit each other.

    Who names an instrument twice says in one place what he leaves out in the other. The joined ones come back as one
    that has all traits. The entries of a register stay as they are.
    """
    by_number: defaultdict[str, list[Traits]] = defaultdict(list)
    found = []
    for traits in sorted(records, key=lambda traits: traits.node):
        if traits.block is None or traits.record.register:
            found.append(traits)
        else:
            by_number[traits.block].append(traits)
    for own in by_number.values():
        for part in _parts(own):
            first, *others = sorted(part, key=_fullness, reverse=True)
            joined = [join(first, other, _rule(first, other), 0.95, clusters) for other in others]
            found += [_whole(first, others)] if all(joined) else part
    return sorted(found, key=lambda traits: traits.node)


def _parts(records: list[Traits]) -> Iterator[list[Traits]]:
    """The records that all fit each other and nothing else; a record that fits two that differ stays alone."""
    if len(records) > COMPARED:
        yield from ([traits] for traits in records)
        return
    fitting = [{place for place, other in enumerate(records) if fit(traits, other)} for traits in records]
    for place, near in enumerate(fitting):
        if all(fitting[other] == near for other in near):
            if place == min(near):
                yield [records[other] for other in sorted(near)]
        else:
            yield [records[place]]


def _rule(one: Traits, other: Traits) -> str:
    return "same-document" if number_key(one) == number_key(other) else "misread-number"


def number_key(traits: Traits) -> str:
    """The number to the letter, however it is written: records of one block can differ in signs that look alike."""
    return identifiers.number_key(traits.record.numbers[0])


def _fullness(traits: Traits) -> tuple[bool, int]:
    return (traits.record.own, sum(map(bool, (traits.owners, traits.years, traits.days, traits.titles, traits.kind))))


def fit(one: Traits, other: Traits) -> bool:
    """Whether two mentions in one document may mean one instrument."""
    pairs = ((one.owners, other.owners), (one.years, other.years), (one.days, other.days))
    if any(first and second and not first & second for first, second in pairs):
        return False
    if one.kind and other.kind and one.kind != other.kind:
        return False
    if one.year_in_number != other.year_in_number and not one.days & other.days:
        return False
    return same_place(one.place, other.place) and alike(one.titles, other.titles)


def _whole(first: Traits, others: Sequence[Traits]) -> Traits:
    every = (first, *others)
    return replace(
        first,
        kind=first.kind or next((traits.kind for traits in others if traits.kind), None),
        owners=frozenset(owner for traits in every for owner in traits.owners),
        place=first.place or next((traits.place for traits in others if traits.place), None),
        years=frozenset(year for traits in every for year in traits.years),
        days=frozenset(day for traits in every for day in traits.days),
        titles=frozenset(title for traits in every for title in traits.titles),
    )
