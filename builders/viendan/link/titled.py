"""Who is who among instruments without a number: by type and title, with the place and date of what issued them.

Rules, beside those of ``numbered`` (``same-document``, ``only-candidate``, ``same-description``):

- ``same-title``: type, title, issuer and year agree; ``title-of-number``: they agree with a numbered instrument's.
- ``law-by-name``: a law's name that the register has once, or once in force on the document's day.
- ``one-of-its-body``: the resolution of one congress. ``same-day``: type, issuer and full date agree.

A title that two provinces have is two instruments: a mention without issuer is joined with one of the centre or of its
document's own province only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from viendan.link.clusters import Clusters
from viendan.link.facts import Node
from viendan.link.joining import join
from viendan.link.numbered import Unresolved, names_of, reason
from viendan.link.traits import Traits, is_ordinal_body, without_amended

_TELLING: Final = 15  # letters of a title that is believed to be one instrument's in all documents


@dataclass(frozen=True, slots=True)
class View:
    """A cluster as a candidate: everything that its records say, gathered once. ``first`` speaks for all.

    ``kinds`` are the type words of its mentions and its symbol's type; ``law`` is true where a register gives names by
    which it is cited; ``own`` where one of its records is a document that was read.
    """

    root: Node
    first: Traits
    kinds: frozenset[str]
    owners: frozenset[str]
    years: frozenset[str]
    days: frozenset[str]
    places: frozenset[tuple[str, str]]
    graphs: frozenset[str]
    titles: frozenset[str]
    own: bool
    law: bool
    in_force: str | None


def _view(root: Node, members: Sequence[Traits]) -> View:
    records = [member.record for member in members]
    return View(
        root=root,
        first=members[0],
        kinds=frozenset(kind for member in members for kind in (*member.words, member.kind) if kind),
        owners=frozenset(owner for member in members for owner in member.owners),
        years=frozenset(year for member in members for year in member.years),
        days=frozenset(day for member in members for day in member.days),
        places=frozenset(member.place[1:] for member in members if member.place),
        graphs=frozenset(record.graph for record in records),
        titles=frozenset(title for member in members for title in member.titles),
        own=any(record.own for record in records),
        law=any(record.short_names for record in records),
        in_force=min((record.in_force for record in records if record.in_force), default=None),
    )


def resolve_titles(records: Iterable[Traits], clusters: Clusters) -> list[Unresolved]:
    """Join unnumbered records with each other and with numbered ones; what fits several comes back."""
    ordered = sorted(records, key=lambda traits: traits.node)
    settled = _join_entries(ordered, clusters)
    plain = [traits for traits in ordered if traits.block is None and traits.titles and traits.node not in settled]
    complete = [traits for traits in plain if traits.complete]
    _join_complete(complete, clusters)
    numbered = [traits for traits in ordered if traits.block is not None]
    _join_with_numbers(_views(complete, clusters), _by_title(_views(numbered, clusters)), clusters)
    known, unresolved = [*numbered, *complete, *(traits for traits in ordered if traits.node in settled)], []
    for wave in (
        [traits for traits in plain if not traits.complete and traits.owners],
        [traits for traits in plain if not traits.complete and not traits.owners],
    ):
        left = _place_rest(wave, _by_title(_views(known, clusters)), clusters)
        open_nodes = {own.node for own in left}
        _join_alike([traits for traits in wave if traits.node in open_nodes], clusters)
        known += wave
        unresolved += left
    _join_titleless([traits for traits in ordered if traits.block is None], clusters)
    return unresolved


def _views(records: Sequence[Traits], clusters: Clusters) -> list[View]:
    by_root: defaultdict[Node, list[Traits]] = defaultdict(list)
    for traits in records:
        by_root[clusters.find(traits.node)].append(traits)
    return sorted((_view(root, members) for root, members in by_root.items()), key=lambda view: view.first.node)


def _by_title(views: Iterable[View]) -> Mapping[str, list[View]]:
    found: defaultdict[str, list[View]] = defaultdict(list)
    for view in views:
        for title in sorted(view.titles):
            found[title].append(view)
    return found


def _join_entries(plain: Sequence[Traits], clusters: Clusters) -> frozenset[Node]:
    """A named mention that its document already took for an entry of a register (a law by its name) is that entry."""
    entries = {traits.record.iri: traits for traits in plain if traits.record.register}
    joined = set()
    for traits in plain:
        entry = entries.get(traits.record.iri)
        named = traits.block is None and not traits.record.register and not traits.record.own
        if named and entry is not None and join(entry, traits, "same-name", 0.95, clusters):
            joined.add(traits.node)
    return frozenset(joined)


def _join_complete(complete: Sequence[Traits], clusters: Clusters) -> None:
    """The same type, title, issuer and year; two full dates are two instruments (a law and its successor)."""
    alike: defaultdict[tuple[str, ...], list[Traits]] = defaultdict(list)
    for traits in complete:
        for title in sorted(traits.titles):
            alike[min(traits.owners), min(traits.years), traits.kind or "", title].append(traits)
    for key in sorted(alike):
        days: defaultdict[str, list[Traits]] = defaultdict(list)
        for traits in alike[key]:
            days[min(traits.days, default="")].append(traits)
        undated = days.pop("", [])
        if len(days) <= 1:
            days = defaultdict(list, {"": sorted([*undated, *(t for own in days.values() for t in own)], key=_node)})
        for day in sorted(days):
            _join_each(days[day], "same-title", 0.95, clusters)


def _node(traits: Traits) -> Node:
    return traits.node


def _two_read(one: Traits, other: Traits) -> bool:
    """Two documents that were read are not one by their title alone: the same title comes back every year."""
    return one.record.own and other.record.own and not one.days & other.days


def _join_with_numbers(views: Sequence[View], numbered: Mapping[str, list[View]], clusters: Clusters) -> None:
    for view in views:
        first = view.first
        found = {
            other.root: other
            for title in sorted(first.titles)
            for other in numbered.get(title, ())
            if first.owners & other.owners and _agrees(view, other) and not (view.own and other.own)
        }
        if len(found) == 1:
            join(next(iter(found.values())).first, first, "title-of-number", 0.9, clusters)


def _agrees(traits: Traits | View, view: View) -> bool:
    """Type, year and day fit, as far as both know them; a full date on both sides must be the same."""
    kinds = traits.kinds if isinstance(traits, View) else {traits.kind} - {None}
    if kinds and view.kinds and not kinds & view.kinds:
        return False
    if traits.days and view.days:
        return bool(traits.days & view.days)
    return not traits.years or not view.years or bool(traits.years & view.years)


def _place_rest(rest: Sequence[Traits], whole: Mapping[str, list[View]], clusters: Clusters) -> list[Unresolved]:
    unresolved = []
    for traits in rest:
        found = _candidates(traits, whole)
        chosen, rule, confidence = _choose(traits, found)
        if chosen is not None and join(chosen.first, traits, rule, confidence, clusters):
            continue
        unresolved.append(Unresolved(traits.node, reason(traits, len(found)), names_of(view.first for view in found)))
    return unresolved


def _candidates(traits: Traits, whole: Mapping[str, list[View]]) -> list[View]:
    near: dict[Node, View] = {}
    for title in sorted(traits.titles):
        for view in whole.get(title) or whole.get(without_amended(title)) or ():
            near[view.root] = view
    reach = frozenset(traits.reach)
    return [
        view
        for view in near.values()
        if _agrees(traits, view) and _same_issuer(traits, view, reach) and not (traits.record.own and view.own)
    ]


def _same_issuer(traits: Traits, view: View, reach: frozenset[tuple[str, str]]) -> bool:
    if traits.owners:
        return bool(traits.owners & view.owners)
    if traits.place is not None:
        return traits.place[1:] in view.places
    return bool(view.places) and view.places <= reach


def _choose(traits: Traits, found: Sequence[View]) -> tuple[View | None, str, float]:
    here = [view for view in found if traits.record.graph in view.graphs]
    if len(here) == 1:
        return here[0], "same-document", 0.95
    if here:
        return None, "", 0.0
    laws = [view for view in found if view.law]
    if laws:
        return _law(traits, laws)
    if len(found) == 1 and max(map(len, traits.titles)) >= _TELLING:
        return found[0], "only-candidate", 0.85
    return None, "", 0.0


def _law(traits: Traits, laws: Sequence[View]) -> tuple[View | None, str, float]:
    """The law of a name: the only one, else the newest passed by the document's day, if it was in force by then.

    A name with ``(sửa đổi)`` is that of the newest one passed: whoever writes it has just seen it passed.
    """
    if traits.years:
        return (laws[0], "law-by-name", 0.97) if len(laws) == 1 else (None, "", 0.0)
    day = traits.record.seen.date
    passed = [view for view in laws if day is None or not view.days or min(view.days)[: len(day)] <= day]
    if len(passed) == 1:
        return passed[0], "law-by-name", 0.93 if len(laws) == 1 else 0.88
    if not passed or day is None:
        return None, "", 0.0
    if all(title != without_amended(title) for title in traits.titles):
        return max(passed, key=lambda view: (min(view.days, default=""), view.first.node)), "law-by-name", 0.8
    newest = max(passed, key=lambda view: (min(view.days, default=""), view.first.node))
    if newest.in_force is not None and newest.in_force[: len(day)] <= day:
        return newest, "law-by-name", 0.85
    return None, "", 0.0


def _join_alike(rest: Sequence[Traits], clusters: Clusters) -> None:
    """The same title and type of the same issuer, or without issuer in documents of one place, is one thing.

    Who leaves out the year means the only year that others name.
    """
    alike: defaultdict[tuple[str, ...], list[Traits]] = defaultdict(list)
    for traits in rest:
        seen = traits.record.seen
        where = "+".join(sorted(traits.owners)) or f"{seen.province or seen.graph}/{seen.district or ''}"
        for title in sorted(traits.titles):
            alike[where, traits.kind or "", title].append(traits)
    for key in sorted(alike):
        years: defaultdict[str, list[Traits]] = defaultdict(list)
        for traits in alike[key]:
            years["+".join(sorted(traits.years))].append(traits)
        undated = years.pop("", [])
        if len(years) <= 1:
            years = defaultdict(list, {"": sorted([*undated, *(t for own in years.values() for t in own)], key=_node)})
        else:
            years[""] = undated
        for year in sorted(years):
            _join_each(years[year], "same-description", 0.8, clusters)


def _join_each(records: Sequence[Traits], rule: str, confidence: float, clusters: Clusters) -> None:
    for other in records[1:]:
        if not _two_read(records[0], other):
            join(records[0], other, rule, confidence, clusters)


def _join_titleless(plain: Sequence[Traits], clusters: Clusters) -> None:
    by_day: defaultdict[tuple[str, ...], list[Traits]] = defaultdict(list)
    for traits in plain:
        if len(traits.owners) != 1 or traits.record.own:
            continue
        owner = min(traits.owners)
        if not traits.titles and is_ordinal_body(owner):
            by_day["one-of-its-body", owner, traits.kind or "", ""].append(traits)
        for day in sorted(traits.days):
            by_day["same-day", owner, traits.kind or "", day].append(traits)
    for key in sorted(by_day):
        titles = {title for traits in by_day[key] for title in traits.titles}
        first, *others = by_day[key]
        for other in others if len(titles) <= 1 else ():
            join(first, other, key[0], 0.9, clusters)
