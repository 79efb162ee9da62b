"""Which things the site knows, what they are called, and which of them have a page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from viendan import text
from viendan.publish import paths
from viendan.publish.answers import Rows
from viendan.publish.rows import BodyRow, ChangeRow, InstrumentRow, MergeRow, MovementRow, PlaceRow
from viendan.publish.views import Label, MergeView, Ref, Term

_DIGITS: Final = re.compile(r"\d+")
OrderKey = tuple[tuple[int, ...], tuple[int, ...], str]


@lru_cache(maxsize=65536)
def order_key(words: str) -> OrderKey:
    """Vietnamese dictionary order with numbers by size: ``Chỉ thị số 3`` before ``Chỉ thị số 12``."""
    return text.collation_key(_DIGITS.sub(lambda match: match[0].rjust(6, "0"), words))


@dataclass(frozen=True, slots=True)
class Things:
    """The things that have a page, and the names of everything that is spoken of."""

    instruments: Mapping[str, InstrumentRow]
    bodies: Mapping[str, BodyRow]
    movements: Mapping[str, MovementRow]
    places: Mapping[str, PlaceRow]
    labels: Mapping[str, Label]
    paths: Mapping[str, str]
    held: frozenset[str]
    successors: Mapping[str, tuple[str, ...]]
    predecessors: Mapping[str, tuple[str, ...]]
    merges: Mapping[str, tuple[MergeView, ...]]
    corrected: frozenset[str]
    inverses: Mapping[str, Term]
    days: Mapping[str, tuple[str, str]]
    heirs: Mapping[str, tuple[str, ...]]
    around: Mapping[str, tuple[str, ...]]
    areas: Mapping[str, tuple[str, ...]]
    changes: Mapping[str, tuple[ChangeRow, ...]]

    def ref(self, iri: str) -> Ref:
        """A thing with its name, its days and the path of its page; the key stands for a thing that nobody named."""
        today, around = (tuple(map(self._plain, own.get(iri, ()))) for own in (self.heirs, self.around))
        return replace(self._plain(iri), today=today, around=around) if today or around else self._plain(iri)

    def _plain(self, iri: str) -> Ref:
        first, last = self.days.get(iri, ("", ""))
        return Ref(iri, self.label(iri), self.paths.get(iri, ""), first, last)

    def chain(self, iri: str) -> tuple[str, ...]:
        """A body or place with all that it came from and all that it became, in order of time."""
        found = {iri}
        for steps in (self.predecessors, self.successors):
            waiting = [iri]
            while waiting:
                nexts = [other for other in steps.get(waiting.pop(), ()) if other not in found]
                found.update(nexts)
                waiting.extend(nexts)
        return tuple(sorted(found, key=lambda own: (*self.days.get(own, ("", "")), order_key(self.label(own).vi), own)))

    def before(self, iri: str) -> tuple[str, ...]:
        """All that a body or place came from, step by step."""
        found: dict[str, None] = {}
        waiting = list(self.predecessors.get(iri, ()))
        while waiting:
            own = waiting.pop()
            if own not in found and own != iri:
                found[own] = None
                waiting.extend(self.predecessors.get(own, ()))
        return tuple(sorted(found))

    def label(self, iri: str) -> Label:
        """What a thing or concept is called."""
        found = self.labels.get(iri)
        if found:
            return found
        key = paths.last_part(iri)
        return Label(key, key)

    def term(self, iri: str | None) -> Term:
        """A concept by its IRI; the empty one for None."""
        return Term(paths.last_part(iri), self.label(iri)) if iri else Term("", Label("", ""))

    def refs(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """Things in Vietnamese order, each once."""
        return tuple(sorted((self.ref(iri) for iri in set(iris)), key=lambda ref: (order_key(ref.label.vi), ref.iri)))

    def level(self, instrument: str) -> str | None:
        """The level of authority of an instrument: its issuer's."""
        row = self.instruments.get(instrument)
        return paths.last_part(row.level) if row and row.level else None


def find_things(rows: Rows, also: frozenset[str] = frozenset()) -> Things:
    """The things of the site: those that some document speaks of, and what explains these (places around, successors).

    A register holds many more; a page about nothing helps nobody. ``also`` are instruments that are wanted anyway.
    """
    successors, predecessors = _both_ways((row.old, row.new) for row in rows.successions)
    instruments = _select_instruments(rows, also)
    bodies = _select_bodies(rows, instruments, successors, predecessors)
    movements = _select_movements(rows)
    places = _select_places(rows, [*instruments.values(), *bodies.values()], successors, predecessors)
    labels = _labels(rows)
    return Things(
        instruments=instruments,
        bodies=bodies,
        movements=movements,
        places=places,
        labels=labels,
        paths=_paths([*instruments, *bodies, *movements, *places]),
        held=frozenset(row.document for row in rows.documents),
        successors=successors,
        predecessors=predecessors,
        merges=_merges(rows, labels),
        corrected=frozenset(row.thing for row in rows.corrections),
        inverses=_inverses(rows, labels),
        days=_days(rows),
        heirs=_grouped((row.old, row.heir) for row in rows.heirs if not row.around),
        around=_grouped((row.old, row.heir) for row in rows.heirs if row.around),
        areas=_grouped((row.place, row.area) for row in rows.areas),
        changes=_changes(rows),
    )


def _days(rows: Rows) -> dict[str, tuple[str, str]]:
    """First and last day of everything that has one."""
    dated = (
        *((row.instrument, row.firstDay, row.lastDay) for row in rows.instruments),
        *((row.body, row.firstDay, row.lastDay) for row in rows.bodies),
        *((row.place, row.firstDay, row.lastDay) for row in rows.places),
        *((row.movement, row.firstDay, None) for row in rows.movements),
    )
    return {iri: (first or "", last or "") for iri, first, last in dated if first or last}


def _changes(rows: Rows) -> dict[str, tuple[ChangeRow, ...]]:
    found: dict[str, list[ChangeRow]] = defaultdict(list)
    for row in rows.changes:
        found[row.original].append(row)
    return {iri: tuple(own) for iri, own in found.items()}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    return _both_ways(pairs)[0]


def _labels(rows: Rows) -> dict[str, Label]:
    named = (
        *((row.concept, row.vi, row.en) for row in rows.words),
        *((row.instrument, row.vi, row.en) for row in rows.instruments),
        *((row.body, row.vi, row.en) for row in rows.bodies),
        *((row.movement, row.vi, row.en) for row in rows.movements),
        *((row.place, row.vi, row.en) for row in rows.places),
    )
    return {iri: Label(vi or en or "", en or vi or "") for iri, vi, en in named if vi or en}


def _merges(rows: Rows, labels: Mapping[str, Label]) -> dict[str, tuple[MergeView, ...]]:
    """By canonical IRI, the IRIs that were merged into it, each once, with all its rules and evidence."""
    found: dict[str, dict[str, list[MergeRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.merges:
        if row.merged != row.into:
            found[row.into][row.merged].append(row)
    return {
        into: tuple(
            MergeView(
                iri=merged,
                rules=tuple(
                    labels.get(rule, Label(paths.last_part(rule), paths.last_part(rule)))
                    for rule in sorted({row.rule for row in group if row.rule})
                ),
                evidence=tuple(sorted({row.evidence for row in group if row.evidence})),
                confidence=max((row.confidence for row in group if row.confidence is not None), default=None),
                undo=next((row.undo for row in group if row.undo), None),
            )
            for merged, group in sorted(by_merged.items())
        )
        for into, by_merged in found.items()
    }


def _inverses(rows: Rows, labels: Mapping[str, Label]) -> dict[str, Term]:
    """By the key of a relation, the one that says the same from the other side."""
    return {
        paths.last_part(row.concept): Term(paths.last_part(row.inverse), labels[row.inverse])
        for row in rows.words
        if row.inverse is not None and row.inverse in labels
    }


def _paths(iris: Iterable[str]) -> dict[str, str]:
    """A path for each thing, no two of them the same."""
    found: dict[str, str] = {}
    taken: dict[str, str] = {}
    for iri in iris:
        path = paths.page_path(iri)
        if taken.setdefault(path, iri) != iri:
            raise ValueError(path)
        found[iri] = path
    return found


def _both_ways(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    forward: dict[str, set[str]] = defaultdict(set)
    back: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        forward[first].add(second)
        back[second].add(first)
    return (
        {key: tuple(sorted(values)) for key, values in forward.items()},
        {key: tuple(sorted(values)) for key, values in back.items()},
    )


def _select_instruments(rows: Rows, also: frozenset[str]) -> dict[str, InstrumentRow]:
    wanted = {row.document for row in rows.documents} | also
    wanted.update(row.cited for row in rows.citations)
    for relation in rows.relations:
        wanted.update((relation.subject, relation.object))
    near = {
        iri
        for edge in rows.edges
        for iri, other in ((edge.subject, edge.object), (edge.object, edge.subject))
        if other in wanted
    }
    wanted |= near
    return {row.instrument: row for row in rows.instruments if row.instrument in wanted}


def _select_bodies(
    rows: Rows,
    instruments: Mapping[str, InstrumentRow],
    successors: Mapping[str, tuple[str, ...]],
    predecessors: Mapping[str, tuple[str, ...]],
) -> dict[str, BodyRow]:
    wanted = {row.issuer for row in instruments.values() if row.issuer}
    wanted.update(row.body for row in rows.responsibilities)
    wanted.update(row.statedIssuer for row in rows.citations if row.statedIssuer)
    waiting = list(wanted)
    while waiting:
        nexts = [own for own in successors.get(waiting.pop(), ()) if own not in wanted]
        wanted.update(nexts)
        waiting.extend(nexts)
    wanted.update(_neighbours(wanted, successors, predecessors))
    return {row.body: row for row in rows.bodies if row.body in wanted}


def _select_movements(rows: Rows) -> dict[str, MovementRow]:
    wanted = {row.movement for row in rows.invocations}
    wanted.update(row.localises for row in rows.movements if row.movement in wanted and row.localises)
    return {row.movement: row for row in rows.movements if row.movement in wanted}


def _select_places(
    rows: Rows,
    owners: Iterable[InstrumentRow | BodyRow],
    successors: Mapping[str, tuple[str, ...]],
    predecessors: Mapping[str, tuple[str, ...]],
) -> dict[str, PlaceRow]:
    known = {row.place: row for row in rows.places}
    wanted: set[str] = set()
    waiting = [row.place for row in owners if row.place]
    while waiting:
        place = waiting.pop()
        if place not in wanted and place in known:
            wanted.add(place)
            waiting.extend(filter(None, (known[place].within, *successors.get(place, ()))))
    wanted.update(_neighbours(wanted, successors, predecessors))
    return {place: row for place, row in known.items() if place in wanted}


def _neighbours(
    iris: Iterable[str], successors: Mapping[str, tuple[str, ...]], predecessors: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    for iri in tuple(iris):
        yield from successors.get(iri, ())
        yield from predecessors.get(iri, ())
