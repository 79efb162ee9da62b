"""Who is who among instruments with a number: same number, type, issuer and year; gaps filled where only one fits.

Each block (number without year, misread signs mended) is resolved alone: a new document touches only the blocks of its
own numbers.

- ``same-number``: number, series of the issuer, year and type agree. Where full dates differ and subjects differ as
  well, or the register has two, they are two (``02/2025/NĐ-CP`` was given twice).
- ``misread-number``: they agree but for signs that are easily misread.
- ``same-number-and-day``: number, place of the issuer and full date agree; type word or issuer are named otherwise.
- ``same-number-and-title``: number, issuer, subject, day and month agree; the year is misprinted.
- ``same-document``: a mention without issuer, date or type fits one instrument of the same document.
- ``only-candidate``: it fits one instrument of all documents and registers; ``candidate-by-title``: one of the same
  subject.
- ``same-description``: mentions with the same gaps in documents of the same year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from viendan.link.clusters import Clusters
from viendan.link.facts import Node
from viendan.link.joining import COMPARED, fit, join, number_key
from viendan.link.strands import alike, separate
from viendan.link.traits import CENTRAL, Traits, same_place

_YEARS_BACK: Final = 3  # numbers restart each year or term: an undated number is taken for a recent one
_YEARS_BACK_REGISTER: Final = 10  # the register holds what everybody cites for longer
_YEARS_NEAR: Final = 3  # what documents of these years name in full is still in use in all the country, however old
_LONG_TITLE: Final = 20


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A mention that may be one of several instruments, or of none that is known."""

    node: Node
    reason: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Complete records that agree: a candidate for incomplete ones. ``first`` speaks for all."""

    members: tuple[Traits, ...]
    graphs: frozenset[str]
    owners: frozenset[str]
    days: frozenset[str]
    titles: frozenset[str]
    in_register: bool
    cited_in: frozenset[int]
    """Years of the documents that name it in full."""

    @property
    def first(self) -> Traits:
        """A member that speaks for all (number, issuer, year, type)."""
        return self.members[0]


def _group_of(members: Sequence[Traits]) -> Group:
    return Group(
        members=tuple(members),
        graphs=frozenset(member.record.graph for member in members),
        owners=frozenset(owner for member in members for owner in member.owners),
        days=frozenset(day for member in members for day in member.days),
        titles=frozenset(title for member in members for title in member.titles),
        in_register=any(member.record.register for member in members),
        cited_in=frozenset(int(member.record.seen.date[:4]) for member in members if member.record.seen.date),
    )


def resolve_block(records: Iterable[Traits], clusters: Clusters) -> list[Unresolved]:
    """Join the records of one block that are one instrument; the incomplete ones that fit none or several come back."""
    ordered = sorted(records, key=lambda traits: traits.node)
    strands, torn = _group([traits for traits in ordered if traits.complete])
    groups = [_group_of(strand) for strand in strands]
    for group in groups:
        for member in group.members[1:]:
            if number_key(group.first) == number_key(member):
                same = member.record.iri == group.first.record.iri
                join(group.first, member, "same-number", 1.0 if same else 0.98, clusters)
            else:
                join(group.first, member, "misread-number", 0.85, clusters)
    groups = _join_by_day(groups, clusters)
    _join_misprinted_years(groups, clusters)
    rest = [traits for traits in ordered if not traits.complete or traits.node in torn]
    return _place_rest(rest, groups, clusters)


def reason(traits: Traits, candidates: int) -> str:
    """Why a mention was not placed: several fit, its issuer is not known, or only its date is missing."""
    if candidates > 1:
        return "ambiguous"
    return "date-unknown" if traits.owners else "issuer-unknown"


def names_of(candidates: Iterable[Traits]) -> tuple[str, ...]:
    """The IRIs of candidates, sorted."""
    return tuple(sorted({traits.record.iri for traits in candidates}))


def _group(complete: Sequence[Traits]) -> tuple[list[list[Traits]], frozenset[Node]]:
    """Complete records by number, year, series and type, and the nodes that fit several of what was found.

    A record of no type goes with the only one there is.
    """
    keyed: defaultdict[tuple[str, ...], list[Traits]] = defaultdict(list)
    kinds: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for traits in complete:
        if traits.kind:
            kinds[_series(traits)].add(traits.kind)
    for traits in complete:
        key = _series(traits)
        keyed[*key, traits.kind or (min(kinds[key]) if len(kinds[key]) == 1 else "")].append(traits)
    strands: list[list[Traits]] = []
    torn: set[Node] = set()
    for key in sorted(keyed):
        found, left = separate(keyed[key])
        strands += (part for strand in found for part in _without_near_numbers(strand))
        torn.update(traits.node for traits in left)
    return strands, frozenset(torn)


def _without_near_numbers(strand: list[Traits]) -> Iterator[list[Traits]]:
    """The strand, and apart from it every number that looks like its own and has neither its day nor its subject.

    Its own number is the one that most documents write.
    """
    by_number: defaultdict[str, list[Traits]] = defaultdict(list)
    for traits in strand:
        by_number[number_key(traits)].append(traits)
    main, *others = sorted(by_number, key=lambda number: (-len(by_number[number]), number))
    together = list(by_number[main])
    days = {day for traits in together for day in traits.days}
    titles = {title for traits in together for title in traits.titles}
    for number in others:
        near = [traits for traits in by_number[number] if traits.days & days or traits.titles & titles]
        apart = [traits for traits in by_number[number] if traits not in near]
        together += near
        if apart:
            yield apart
    yield sorted(together, key=lambda traits: traits.node)


def _series(traits: Traits) -> tuple[str, ...]:
    return (min(traits.owners), min(traits.years), "year" if traits.year_in_number else "")


def _join_by_day(groups: Sequence[Group], clusters: Clusters) -> list[Group]:
    """Groups of one place and one full date: the number cannot be given twice there on one day."""
    by_day: defaultdict[tuple[str, str, str], list[Group]] = defaultdict(list)
    for group in groups:
        place = group.first.place
        for day in group.days if place else ():
            by_day[place[1] if place else "", place[2] if place else "", day].append(group)
    for key in sorted(by_day):
        first, *others = by_day[key]
        for other in others:
            if _kinds_fit(first.first, other.first):
                join(first.first, other.first, "same-number-and-day", 0.9, clusters)
    merged: defaultdict[Node, list[Traits]] = defaultdict(list)
    for group in groups:
        merged[clusters.find(group.first.node)].extend(group.members)
    return [_group_of(sorted(members, key=lambda own: own.node)) for _, members in sorted(merged.items())]


def _kinds_fit(one: Traits, other: Traits) -> bool:
    """Two type words for a number without a type's symbol (``116/CP``) are two instruments, unless subjects agree."""
    return one.kind is None or other.kind is None or one.kind == other.kind or bool(one.titles & other.titles)


def _join_misprinted_years(groups: Sequence[Group], clusters: Clusters) -> None:
    by_title: defaultdict[tuple[str, str, str], list[Group]] = defaultdict(list)
    for group in groups:
        for owner in sorted(group.first.owners):
            for day in group.days:
                for title in group.titles:
                    if len(title) >= _LONG_TITLE:
                        by_title[owner, day[4:], title].append(group)
    for key in sorted(by_title):
        first, *others = by_title[key]
        for other in others:
            join(first.first, other.first, "same-number-and-title", 0.85, clusters)


def _place_rest(rest: Sequence[Traits], groups: Sequence[Group], clusters: Clusters) -> list[Unresolved]:
    index = _Candidates(groups)
    torn = _torn(rest)
    unresolved = []
    for traits in rest:
        found = index.fitting(traits)
        here = [group for group in found if traits.record.graph in group.graphs]
        chosen, rule, confidence = _choose(traits, here, found)
        if rule == "only-candidate" and traits.node in torn:
            chosen = None
        if chosen is not None and join(chosen.first, traits, rule, confidence, clusters):
            continue
        unresolved.append(Unresolved(traits.node, reason(traits, len(found)), names_of(group.first for group in found)))
    left = {own.node for own in unresolved}
    _join_alike([traits for traits in rest if traits.node in left], clusters)
    return unresolved


def _torn(rest: Sequence[Traits]) -> frozenset[Node]:
    """The mentions that fit another one of their document and were not joined with it: one of the two fits a third."""
    by_graph: defaultdict[str, list[Traits]] = defaultdict(list)
    for traits in rest:
        by_graph[traits.record.graph].append(traits)
    return frozenset(
        node
        for own in by_graph.values()
        for one, other in combinations(own[:COMPARED], 2)
        if fit(one, other)
        for node in (one.node, other.node)
    )


def _choose(traits: Traits, here: Sequence[Group], found: Sequence[Group]) -> tuple[Group | None, str, float]:
    if len(here) == 1:
        return here[0], "same-document", 0.95
    titled = [group for group in here or found if traits.titles & group.titles]
    if len(titled) == 1:
        return titled[0], "candidate-by-title", 0.92
    if here:
        return None, "", 0.0
    if len(found) == 1 and _is_likely(traits, found[0]):
        return found[0], "only-candidate", 0.9 if found[0].in_register else 0.8
    return None, "", 0.0


def _is_likely(traits: Traits, group: Group) -> bool:
    """Whether nothing speaks against the only candidate.

    Who leaves out the issuer means the centre or his own place: a district means its province's only where the day or
    the subject says so.
    """
    if traits.days & group.days or traits.titles & group.titles:
        return True
    if not alike(traits.titles, group.titles):
        return False
    place = group.first.place
    near = bool(traits.owners) or place is None or place[1:] in (traits.reach[0], traits.reach[-1])
    return near and _is_recent(traits, group)


def _is_recent(traits: Traits, group: Group) -> bool:
    """Whether an undated mention may mean it: not younger than its document, not out of use where numbers restart."""
    if traits.years:
        return True
    year = next(iter(group.first.years), None)
    seen = traits.record.seen.date
    if year is None or seen is None:
        return True
    limit = _YEARS_BACK_REGISTER if group.in_register else _YEARS_BACK
    national = group.first.place is not None and group.first.place[0] == CENTRAL
    in_use = national and any(abs(int(seen[:4]) - cited) <= _YEARS_NEAR for cited in group.cited_in)
    return group.first.year_in_number or in_use or 0 <= int(seen[:4]) - int(year) <= limit


class _Candidates:
    """Groups of one block by series and by place."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._by_owner: defaultdict[str, list[Group]] = defaultdict(list)
        self._by_place: defaultdict[tuple[str, str], list[Group]] = defaultdict(list)
        for group in groups:
            for owner in sorted(group.owners):
                self._by_owner[owner].append(group)
            if group.first.place:
                self._by_place[group.first.place[1:]].append(group)

    def fitting(self, traits: Traits) -> list[Group]:
        """The groups that an incomplete record may belong to."""
        if traits.owners:
            near = [group for owner in sorted(traits.owners) for group in self._by_owner.get(owner, ())]
            graph = traits.record.graph
            if traits.place and not any(graph in group.graphs for group in near):
                # In one document, one number of one place is one instrument, however its issuer is called.
                near += [group for group in self._by_place.get(traits.place[1:], ()) if graph in group.graphs]
        else:
            near = [group for place in traits.reach for group in self._by_place.get(place, ())]
        return [group for group in near if _fits(traits, group)]


def _fits(traits: Traits, group: Group) -> bool:
    first = group.first
    if traits.kind and first.kind and traits.kind != first.kind:
        return False
    if traits.years and first.years and not traits.years & first.years:
        return False
    if traits.days and group.days and not traits.days & group.days:
        return False
    if not traits.owners and traits.place is None and first.place and first.place[0] != CENTRAL:
        return _not_younger(traits, first)
    return same_place(traits.place, first.place) and _not_younger(traits, first)


def _not_younger(traits: Traits, first: Traits) -> bool:
    seen = traits.record.seen.date
    return seen is None or traits.record.own or not first.years or min(first.years) <= seen[:4]


def _join_alike(rest: Sequence[Traits], clusters: Clusters) -> None:
    """Records with the same gaps: the same description in documents of one year is one thing; of two years, two."""
    alike: defaultdict[tuple[str, str, str], list[Traits]] = defaultdict(list)
    for traits in rest:
        if traits.owners:
            alike["+".join(sorted(traits.owners)), traits.kind or "", _when(traits)].append(traits)
    _join_each(alike, clusters)


def _when(traits: Traits) -> str:
    if traits.years:
        return "+".join(sorted(traits.years))
    seen = traits.record.seen.date
    return f"seen {seen[:4]}" if seen else traits.record.graph


def _join_each(alike: Mapping[tuple[str, str, str], list[Traits]], clusters: Clusters) -> None:
    for key in sorted(alike):
        first, *others = alike[key]
        for other in others:
            join(first, other, "same-description", 0.75, clusters)
