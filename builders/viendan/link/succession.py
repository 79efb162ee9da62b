"""What became of a body: its changes, one after the other, up to the bodies of today or the reason why there are none.

A body of a place changes with its kind (departments were merged on 2025-03-01), with its place (provinces were merged
on 2025-07-01) or with its level (districts ended that day), whichever comes first. So every body of every place has its
successors without a list of them: only kinds, places and single bodies stand in the registers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

from viendan import days, vocab
from viendan.link.local_bodies import Directory, LocalBody
from viendan.link.timetable import Kind, Span, Tenure, Timetable, Trust
from viendan.link.traits import is_ordinal_body

ChangeKind = Literal["merger", "division", "renaming", "end"]
Member = LocalBody | Tenure
"""A body of a place, or a single body."""

_UNKNOWN_REASON: Final = vocab.ID + "end-reason/not-looked-up"
_ONCE: Final = vocab.ID + "end-reason/meets-once"
_MOST_STEPS: Final = 12  # no body was succeeded more often since 1945


@dataclass(frozen=True, slots=True)
class Change:
    """The end of a body: on which date (as precise as known) it changed into which; ``reason`` where into none."""

    original: str
    results: tuple[str, ...]
    on: str
    kind: ChangeKind
    reason: str | None
    trusts: tuple[Trust, ...]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """All bodies that somebody speaks of with those that they became, by IRI, and the change that ended each."""

    members: Mapping[str, Member]
    changes: Mapping[str, Change]
    heirs: Mapping[str, tuple[str, ...]]

    def names(self, iri: str, language: str) -> str:
        """The name of a body of the chronicle."""
        own = self.members[iri]
        return own.name_en if language == "en" else own.name


def chronicle(bodies: Iterable[LocalBody], directory: Directory) -> Chronicle:
    """The changes of the bodies of places and of all single bodies of the registers."""
    table = directory.timetable
    members: dict[str, Member] = dict(table.agencies)
    members.update((body.iri, body) for body in bodies)
    found: dict[str, _Step] = {}
    waiting = sorted(members)
    while waiting:
        iri = waiting.pop()
        own = members[iri]
        step = _local_step(own, directory) if isinstance(own, LocalBody) else _single_step(own, table)
        if step is None:
            continue
        found[iri] = step
        for other in (*step.results, *step.siblings):
            if other.iri not in members:
                members[other.iri] = other
                waiting.append(other.iri)
    changes = _changes(found, members)
    return Chronicle(MappingProxyType(members), MappingProxyType(changes), MappingProxyType(_heirs(members, changes)))


@dataclass(frozen=True, slots=True)
class _Step:
    """A change before its kind is known: that depends on who else changed into the same body."""

    results: tuple[Member, ...]
    siblings: tuple[LocalBody, ...]
    on: str
    reason: str | None
    trusts: tuple[Trust, ...]


def _single_step(body: Tenure, table: Timetable) -> _Step | None:
    if not body.last or is_ordinal_body(body.iri):  # a congress meets once
        return None
    results = tuple(table.agencies[iri] for iri in body.successors if iri in table.agencies)
    reason = None if results else body.reason or _UNKNOWN_REASON
    return _Step(results, (), days.day_after(body.last), reason, (body.trust,))


def _local_step(body: LocalBody, directory: Directory) -> _Step | None:
    table = directory.timetable
    ends = _ends(body, table)
    if not ends or not lasts_with_its_place(body):
        return None
    last = min((own.last for own in ends), key=lambda date: (days.last_day(date), -len(date)))
    ending = [own for own in ends if days.last_day(own.last) == days.last_day(last)]
    on = days.day_after(last)
    kinds = _kinds_after(body, ending, table)
    spans = table.reached(body.place, days.day_after(days.last_day(last)))
    results = tuple(_results(body, kinds, spans, on, directory)) if _goes_on(body, ending, kinds) else ()
    siblings = tuple(_siblings(body, results, directory)) if results else ()
    reason = None if results else _reason(body, ending, table)
    return _Step(results, siblings, on, reason, _trusts(body, ending, spans, on))


def lasts_with_its_place(body: LocalBody) -> bool:
    """Whether a body is there as long as its kind and place are: a congress meets once; of a body of no known kind that
    does not even name the place (a company ``… Kon Tum``) nobody knows."""
    return body.kind.reason != _ONCE if body.kind else body.names_place


def _ends(body: LocalBody, table: Timetable) -> list[Tenure]:
    """What ends the body, of its kind, its place and its level."""
    level = table.levels.get(body.level)
    bound = (body.place, level) if body.bound else ()
    return [own for own in (body.kind, *bound) if own is not None and own.last]


def _kinds_after(body: LocalBody, ending: list[Tenure], table: Timetable) -> tuple[str | None, ...]:
    """The IRIs of the kinds (or single bodies) that come after; the kind's own where only its place ended."""
    if body.kind is None:
        return (None,)
    if body.kind not in ending:
        return (body.kind.iri,)
    return tuple(iri for iri in body.kind.successors if iri in table.kinds or iri in table.agencies)


def _goes_on(body: LocalBody, ending: list[Tenure], kinds: tuple[str | None, ...]) -> bool:
    """Whether anything follows: a place that ended without successor takes its bodies with it, unless kinds do."""
    if body.kind is not None and body.kind in ending:
        return bool(kinds)
    return body.place not in ending or bool(body.place.successors)


def _results(
    body: LocalBody, kinds: tuple[str | None, ...], spans: tuple[Span, ...], on: str, directory: Directory
) -> Iterable[Member]:
    table = directory.timetable
    found: dict[str, Member] = {}
    for iri in kinds:
        if iri is not None and iri in table.agencies:
            found[iri] = table.agencies[iri]
            continue
        kind = table.kinds[iri] if iri is not None else None
        for span in spans:
            for place in _at_level(kind, span, on, table):
                own = directory.counterpart(body, kind, place)
                if own.iri != body.iri:
                    found[own.iri] = own
    return (found[iri] for iri in sorted(found))


def _at_level(kind: Kind | None, span: Span, on: str, table: Timetable) -> Iterable[Span]:
    """The place at the level of a kind: what followed a district's office at the province is the province's."""
    if kind is None or kind.level != "province" or span.level != "district":
        return (span,)
    around = (*span.within, *span.now_within)
    provinces = [table.places[iri] for iri in around if iri in table.places and table.places[iri].on(on)]
    return provinces[-1:]


def _siblings(body: LocalBody, results: Iterable[Member], directory: Directory) -> Iterable[LocalBody]:
    """The bodies that went into the same ones: of places that were merged with this one's, of kinds with its kind."""
    table = directory.timetable
    for own in results:
        if not isinstance(own, LocalBody) or own.group or own.level != body.level:
            continue
        for span in _merged_with(body, own, table):
            yield directory.counterpart(body, body.kind, span)
        for iri in table.makers.get(own.kind.iri, ()) if own.kind else ():
            if own.kind and _went_with(table.kinds[iri], body, own.kind):
                yield directory.counterpart(body, table.kinds[iri], body.place)


def _went_with(kind: Kind, body: LocalBody, into: Kind) -> bool:
    """Whether a kind of the body's level became ``into`` at the same time as the body's own kind."""
    own = body.kind
    same = own is not None and own != into and kind.level == own.level and kind.last == own.last
    return same and kind != own


def _merged_with(body: LocalBody, into: LocalBody, table: Timetable) -> Iterable[Span]:
    """The places that were merged with the body's into another's, at the same time."""
    if body.place == into.place:
        return ()
    began = body.kind.first_day if body.kind else ""
    return (
        span
        for span in (table.places[iri] for iri in table.makers.get(into.place.iri, ()))
        if span != body.place and span.last_day == body.place.last_day and span.last_day >= began
    )


def _reason(body: LocalBody, ending: list[Tenure], table: Timetable) -> str:
    level = table.levels.get(body.level)
    own = [body.kind.reason] if body.kind and body.kind in ending else []
    if level is not None and any(level.last == end.last for end in ending):
        own.append(level.reason)
    return next((reason for reason in own if reason), _UNKNOWN_REASON)


def _trusts(body: LocalBody, ending: list[Tenure], spans: tuple[Span, ...], on: str) -> tuple[Trust, ...]:
    """Who says so: a place's end is set out in the act that made its successor. What became of a body of no known kind
    is only a guess from its place."""
    found = []
    for own in ending:
        made = [span.trust for span in spans if isinstance(own, Span) and span != own and span.first == on]
        found += made or [own.trust]
    if body.kind is None:
        found = [replace(trust, confidence="unsure") for trust in found]
    return tuple(dict.fromkeys(found))


def _changes(steps: Mapping[str, _Step], members: Mapping[str, Member]) -> dict[str, Change]:
    makers: defaultdict[str, int] = defaultdict(int)
    for step in steps.values():
        for own in step.results:
            makers[own.iri] += 1
    return {
        iri: Change(
            original=iri,
            results=tuple(own.iri for own in steps[iri].results),
            on=steps[iri].on,
            kind=_kind(steps[iri], makers, members),
            reason=steps[iri].reason,
            trusts=steps[iri].trusts,
        )
        for iri in sorted(steps)
    }


def _kind(step: _Step, makers: Mapping[str, int], members: Mapping[str, Member]) -> ChangeKind:
    if not step.results:
        return "end"
    if len(step.results) > 1:
        return "division"
    only = step.results[0].iri
    return "merger" if makers[only] > 1 or _was_there(members[only], step.on) else "renaming"


def _was_there(own: Member, on: str) -> bool:
    """Whether a body was there before a date: then it took another in."""
    day = days.first_day(on)
    began = (own.kind, own.place) if isinstance(own, LocalBody) else (own,)
    return all(part is None or part.first_day < day for part in began)


def _heirs(members: Mapping[str, Member], changes: Mapping[str, Change]) -> dict[str, tuple[str, ...]]:
    """By body that ended: those of today that it leads to."""
    found = {}
    for iri in changes:
        open_ends, ends, seen = {iri}, set[str](), {iri}
        for _ in range(_MOST_STEPS):
            nexts = {new for end in open_ends if end in changes for new in changes[end].results}
            ends |= {end for end in open_ends if end not in changes}
            open_ends = nexts - seen
            seen |= nexts
        found[iri] = tuple(sorted(ends & members.keys()))
    return found
