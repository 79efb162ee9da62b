"""Held documents that are one text: the same file twice, a scan and the file that it was printed from.

Two documents with one number, or one title, are not one document for that: registries give a number twice, scans lose a
digit. They are one where their words are the same, or where full date and title agree and most of what they cite does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from viendan import text
from viendan.link import subjects
from viendan.link.facts import Record, SourceFacts

Difference = Literal["date", "title", "text"]

_FULL_DATE: Final = 10
_MOST: Final = 0.5  # of what the shorter of two texts cites


@dataclass(frozen=True, slots=True)
class Twin:
    """Two held documents that their own words would make one instrument, and what speaks against it."""

    one: SourceFacts
    other: SourceFacts
    difference: Difference


@dataclass(frozen=True, slots=True)
class Copies:
    """``originals`` leads from the graph of a copy to that of its original; ``twins`` are those that only seem so."""

    originals: Mapping[str, str]
    twins: tuple[Twin, ...]


def find_copies(sources: Sequence[SourceFacts]) -> Copies:
    """The copies among held documents, and the pairs that share an identity and are two. The first by name counts."""
    originals: dict[str, str] = {}
    twins: list[Twin] = []
    kept: defaultdict[str, list[SourceFacts]] = defaultdict(list)
    for facts in sorted(sources, key=lambda facts: facts.seen.graph):
        if facts.seen.instrument is None:
            continue
        place = f"{facts.seen.province or ''}/{facts.seen.district or ''}"
        same_words, same_name = f"words {facts.digest}", f"iri {facts.seen.instrument} {place}"
        found = next(iter(kept[same_words]), None) if facts.digest else None
        for known in () if found else kept[same_name]:
            difference = _difference(known, facts)
            if difference is None:
                found = known
                break
            twins.append(Twin(known, facts, difference))
        if found:
            originals[facts.seen.graph] = found.seen.graph
        else:
            kept[same_name].append(facts)
            kept[same_words].append(facts)
    return Copies(originals, tuple(twin for twin in twins if twin.other.seen.graph not in originals))


def part_of(node: str, own: str, into: str) -> str:
    """The IRI of a mention in a document that got another IRI; other nodes as they are."""
    return into + node[len(own) :] if node.startswith(own + "/") else node


def with_parts_of(facts: SourceFacts, own: str, into: str) -> SourceFacts:
    """The facts of a document with its mentions under the IRI ``into``."""
    return replace(
        facts,
        citations=tuple(replace(item, node=part_of(item.node, own, into)) for item in facts.citations),
        relations=tuple(replace(item, node=part_of(item.node, own, into)) for item in facts.relations),
        headers=tuple(replace(item, node=part_of(item.node, own, into)) for item in facts.headers),
        invocations=tuple(replace(item, node=part_of(item.node, own, into)) for item in facts.invocations),
    )


def _difference(one: SourceFacts, other: SourceFacts) -> Difference | None:
    """What tells two documents of one identity apart; None for two copies of one text."""
    first, second = _own(one), _own(other)
    days = one.seen.date, other.seen.date
    if days[0] != days[1]:
        return "date"
    if any(subjects.differ(title, another) for title in first.titles for another in second.titles):
        return "title"
    certain = days[0] is not None and len(days[0]) == _FULL_DATE
    return None if certain and _alike(one, other) else "text"


def _own(facts: SourceFacts) -> Record:
    return next(record for record in facts.records if record.own)


def _alike(one: SourceFacts, other: SourceFacts) -> bool:
    """Whether most of what the shorter text cites stands in the longer, and that is not a multiple of it."""
    first, second = _cited(one), _cited(other)
    fewer = min(len(first), len(second))
    shorter, longer = sorted((one.characters, other.characters))
    return shorter >= _MOST * longer and len(first & second) >= _MOST * fewer


def _cited(facts: SourceFacts) -> frozenset[str]:
    """Numbers and titles of what a document cites, and the movements that it names."""
    cited = {text.slug(citation.number or citation.title or citation.exact) for citation in facts.citations}
    return frozenset(cited | {text.slug(invocation.exact) for invocation in facts.invocations})
