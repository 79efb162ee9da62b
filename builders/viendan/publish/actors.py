"""The pages of movements, bodies and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from viendan import text
from viendan.publish.histories import changes_around, names_over_time, time_line
from viendan.publish.instruments import LIMIT
from viendan.publish.rows import BodyRow, MovementRow, PlaceRow
from viendan.publish.sheets import BodyPage, ListItem, MovementPage, PlacePage
from viendan.publish.statements import Statements
from viendan.publish.things import Things, order_key
from viendan.publish.views import Evidence, Fact, FindingView, InvocationView, Label, Variant

_SHOWN: int = 12


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is where: bodies and instruments by place, instruments by issuer, as lines of a list."""

    things: Things
    statements: Statements
    findings: Mapping[str, tuple[FindingView, ...]]
    issued: Mapping[str, tuple[ListItem, ...]]
    by_place: Mapping[str, tuple[ListItem, ...]]
    bodies_by_place: Mapping[str, tuple[ListItem, ...]]
    local_movements: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]


def make_cast(things: Things, statements: Statements, findings: Mapping[str, tuple[FindingView, ...]]) -> Cast:
    """Sort the things by issuer and place."""
    issued: dict[str, list[ListItem]] = defaultdict(list)
    by_place: dict[str, list[ListItem]] = defaultdict(list)
    bodies: dict[str, list[ListItem]] = defaultdict(list)
    local: dict[str, list[str]] = defaultdict(list)
    parts: dict[str, list[str]] = defaultdict(list)
    for iri, row in things.instruments.items():
        item = instrument_item(iri, things, statements)
        if row.issuer:
            issued[row.issuer].append(item)
        if row.place:
            by_place[row.place].append(item)
    for iri, body in things.bodies.items():
        if body.place:
            bodies[body.place].append(body_item(iri, things, statements))
    for iri, movement in things.movements.items():
        if movement.localises:
            local[movement.localises].append(iri)
    for iri, place in things.places.items():
        if place.within:
            parts[place.within].append(iri)
    return Cast(
        things,
        statements,
        findings,
        {iri: in_order(items) for iri, items in issued.items()},
        {iri: in_order(items) for iri, items in by_place.items()},
        {iri: in_order(items) for iri, items in bodies.items()},
        {iri: tuple(found) for iri, found in local.items()},
        {iri: tuple(found) for iri, found in parts.items()},
    )


def in_order(items: Iterable[ListItem]) -> tuple[ListItem, ...]:
    """Lines in Vietnamese order of their names."""
    return tuple(sorted(items, key=lambda item: (order_key(item.ref.label.vi), item.ref.iri)))


def instrument_item(iri: str, things: Things, statements: Statements) -> ListItem:
    """The line of an instrument: title, issuer, date, and how many documents cite it."""
    row = things.instruments[iri]
    citers = {view.evidence.document.iri for view in statements.citations_to.get(iri, ())} - {iri}
    kind = things.label(row.type) if row.type else None
    return ListItem(
        ref=things.ref(iri),
        title=row.title,
        kind=Label(text.capitalise(kind.vi), text.capitalise(kind.en)) if kind else None,
        by=things.ref(row.issuer) if row.issuer else None,
        date=row.date,
        count=len(citers),
    )


def movement_item(iri: str, things: Things, statements: Statements) -> ListItem:
    """The line of a movement: scope, and how many documents launch or invoke it."""
    row = things.movements[iri]
    documents = {view.evidence.document.iri for view in statements.invocations_to.get(iri, ())}
    return ListItem(things.ref(iri), None, things.label(row.scope) if row.scope else None, None, None, len(documents))


def body_item(iri: str, things: Things, statements: Statements) -> ListItem:
    """The line of a body: level, place, and how many tasks it is given."""
    row = things.bodies[iri]
    return ListItem(
        ref=things.ref(iri),
        title=None,
        kind=things.label(row.level) if row.level else None,
        by=things.ref(row.place) if row.place else None,
        date=None,
        count=len(statements.responsibilities_to.get(iri, ())),
    )


def place_item(iri: str, cast: Cast) -> ListItem:
    """The line of a place: level, what it lies in, and how many documents of it were read."""
    things = cast.things
    row = things.places[iri]
    held = [item for item in cast.by_place.get(iri, ()) if item.ref.iri in things.held]
    return ListItem(
        ref=things.ref(iri),
        title=None,
        kind=things.label(row.level) if row.level else None,
        by=things.ref(row.within) if row.within else None,
        date=row.validTo,
        count=len(held),
    )


def movement_page(row: MovementRow, cast: Cast) -> MovementPage:
    """The page of one movement or campaign."""
    things = cast.things
    every = cast.statements.invocations_to.get(row.movement, ())
    launched = tuple(view for view in every if view.act == "launches")
    invoked = tuple(view for view in every if view.act == "invokes")
    return MovementPage(
        ref=things.ref(row.movement),
        facts=tuple(
            Fact(key, _capital(things.label(value)), "inferred")
            for key, value in (("movement_kind", row.kind), ("scope", row.scope))
            if value
        ),
        launched=launched[:LIMIT],
        invoked=invoked[:LIMIT],
        wordings=_wordings(every),
        localises=things.ref(row.localises) if row.localises else None,
        localised_by=things.refs(cast.local_movements.get(row.movement, ())),
        merges=things.merges.get(row.movement, ()),
        findings=cast.findings.get(row.movement, ()),
        more=len(every) - len(launched[:LIMIT]) - len(invoked[:LIMIT]),
    )


def _wordings(views: tuple[InvocationView, ...]) -> tuple[Variant, ...]:
    return group_wordings(views, lambda view: view.evidence.exact)


def group_wordings(views: tuple[InvocationView, ...], read: Callable[[InvocationView], str]) -> tuple[Variant, ...]:
    """The wordings of a thing, the most usual first, each with the documents that use it."""
    found: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for view in views:
        found[read(view)].setdefault(view.evidence.document.iri, view.evidence)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), order_key(pair[0])))
    return tuple(
        Variant(words, False, tuple(uses.values())[:_SHOWN], max(0, len(uses) - _SHOWN)) for words, uses in ordered
    )


def body_page(row: BodyRow, cast: Cast) -> BodyPage:
    """The page of one body."""
    things, iri = cast.things, row.body
    place = things.ref(row.place) if row.place else None
    issued, tasks = cast.issued.get(iri, ()), cast.statements.responsibilities_to.get(iri, ())
    before = things.before(iri)
    inherited = _by_date(item for own in before for item in cast.issued.get(own, ()))
    old_tasks = tuple(view for own in before for view in cast.statements.responsibilities_to.get(own, ()))
    return BodyPage(
        ref=things.ref(iri),
        group=bool(row.group),
        facts=(
            *_term_facts(things, (("body_kind", row.kind), ("level", row.level), ("line", row.line))),
            *((Fact("place", place.label, "inferred", place),) if place else ()),
            *_areas(row.place, things),
            *_period(row),
            *_term_facts(things, (("end_reason", row.reason),)),
        ),
        issued=issued[:LIMIT],
        issued_more=max(0, len(issued) - LIMIT),
        responsibilities=tasks[:LIMIT],
        responsibilities_more=max(0, len(tasks) - LIMIT),
        predecessors=things.refs(things.predecessors.get(iri, ())),
        successors=things.refs(things.successors.get(iri, ())),
        names=names_over_time(iri, things),
        changes=changes_around(iri, things),
        inherited=inherited[:LIMIT],
        inherited_more=max(0, len(inherited) - LIMIT),
        inherited_tasks=old_tasks[:LIMIT],
        moments=time_line(iri, things, issued, tasks),
        merges=things.merges.get(iri, ()),
        findings=cast.findings.get(iri, ()),
    )


def _by_date(items: Iterable[ListItem]) -> tuple[ListItem, ...]:
    """Lines in order of their dates, those without one last."""
    return tuple(sorted(in_order(items), key=lambda item: item.date or "9"))


def place_page(row: PlaceRow, cast: Cast) -> PlacePage:
    """The page of one place."""
    things, iri = cast.things, row.place
    within = things.ref(row.within) if row.within else None
    here = cast.by_place.get(iri, ())
    held = tuple(item for item in here if item.ref.iri in things.held)
    others = tuple(item for item in here if item.ref.iri not in things.held)
    bodies = cast.bodies_by_place.get(iri, ())
    before = things.before(iri)
    inherited = _by_date(item for own in before for item in cast.by_place.get(own, ()) if item.ref.iri in things.held)
    return PlacePage(
        ref=things.ref(iri),
        facts=(
            *_term_facts(things, (("level", row.level),)),
            *((Fact("within", within.label, "register", within),) if within else ()),
            *_areas(iri, things),
            *_period(row),
        ),
        directives=held[:LIMIT],
        directives_more=max(0, len(held) - LIMIT),
        instruments=others[:LIMIT],
        instruments_more=max(0, len(others) - LIMIT),
        bodies=bodies[:LIMIT],
        bodies_more=max(0, len(bodies) - LIMIT),
        inherited=inherited[:LIMIT],
        inherited_more=max(0, len(inherited) - LIMIT),
        parts=things.refs(cast.parts.get(iri, ())),
        predecessors=things.refs(things.predecessors.get(iri, ())),
        successors=things.refs(things.successors.get(iri, ())),
        names=names_over_time(iri, things),
        changes=changes_around(iri, things),
        moments=time_line(iri, things, held),
        merges=things.merges.get(iri, ()),
    )


def _areas(place: str | None, things: Things) -> Iterable[Fact]:
    """The communes of today that have a part of a former district's area."""
    return (Fact("area_now", Label(area, area), "register") for area in things.areas.get(place or "", ()))


def _term_facts(things: Things, pairs: Iterable[tuple[str, str | None]]) -> Iterable[Fact]:
    return (Fact(key, _capital(things.label(value)), "inferred") for key, value in pairs if value)


def _period(row: BodyRow | PlaceRow) -> Iterable[Fact]:
    return (
        Fact(key, Label(value, value), "register", is_date=True)
        for key, value in (("valid_from", row.validFrom), ("valid_to", row.validTo))
        if value
    )


def _capital(label: Label) -> Label:
    return Label(text.capitalise(label.vi), text.capitalise(label.en))
