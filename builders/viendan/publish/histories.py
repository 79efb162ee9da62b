"""The history of bodies and places: what they were called before and after, by which act, and what happened when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from viendan import days, identifiers
from viendan.publish.rows import ChangeRow
from viendan.publish.sheets import ListItem
from viendan.publish.things import Things, order_key
from viendan.publish.views import ChangeView, Moment, Ref, ResponsibilityView

LONGEST: Final = 200  # lines of one time line


def names_over_time(iri: str, things: Things) -> tuple[Ref, ...]:
    """The thing with all before and after it, in order of time; nothing where it has always been alone."""
    chain = things.chain(iri)
    return tuple(things.ref(own) for own in chain) if len(chain) > 1 else ()


def changes_around(iri: str, things: Things) -> tuple[ChangeView, ...]:
    """The changes of a body or place, of those before it and of those after it, in order of time."""
    found = [change for own in things.chain(iri) for change in _changes(own, things)]
    return tuple(sorted(found, key=lambda change: (days.first_day(change.on), order_key(change.old.label.vi))))


def _changes(iri: str, things: Things) -> Iterator[ChangeView]:
    new = tuple(things.ref(own) for own in things.successors.get(iri, ()))
    rows = things.changes.get(iri, ())
    if rows:
        yield _of_body(iri, rows, new, things)
    elif iri in things.places and things.days.get(iri, ("", ""))[1]:
        yield _of_place(iri, new, things)


def _of_body(iri: str, rows: Sequence[ChangeRow], new: tuple[Ref, ...], things: Things) -> ChangeView:
    first = rows[0]
    return ChangeView(
        old=things.ref(iri),
        new=new,
        on=first.changedOn,
        kind=things.term(first.kind),
        reason=things.label(first.reason) if first.reason else None,
        basis="; ".join(sorted({row.basis for row in rows if row.basis})) or None,
        sources=tuple(sorted({row.source for row in rows if row.source})),
        confidence=_weakest(row.confidence for row in rows),
    )


_CONFIDENCE: Final = ("unsure", "likely", "sure")


def _weakest(words: Iterable[str | None]) -> str | None:
    known = [word for word in words if word in _CONFIDENCE]
    return min(known, key=_CONFIDENCE.index) if known else None


def _of_place(iri: str, new: tuple[Ref, ...], things: Things) -> ChangeView:
    """A place's end is set out in the act that made its successor, where that is known."""
    own = things.places[iri]
    on = days.day_after(own.validTo or things.days[iri][1])
    makers = Counter(ref.iri for ref in new for _ in things.predecessors.get(ref.iri, ()))
    if not new:
        kind = "end"
    elif len(new) > 1:
        kind = "division"
    else:
        kind = "merger" if makers[new[0].iri] > 1 else "renaming"
    basis = {row.basis for ref in new if (row := things.places.get(ref.iri)) and row.validFrom == on and row.basis}
    return ChangeView(
        old=things.ref(iri),
        new=new,
        on=on,
        kind=things.term(identifiers.term("change-kind", kind)),
        reason=None,
        basis="; ".join(sorted(basis)) or own.basis,
        sources=(),
        confidence=None,
    )


def time_line(
    iri: str, things: Things, issued: Iterable[ListItem], tasks: Iterable[ResponsibilityView] = ()
) -> tuple[Moment, ...]:
    """What happened to a thing and what it did, in order of time; what has no date is left out."""
    first = things.days.get(iri, ("", ""))[0]
    found = [Moment(first, "began", ())] if first else []
    found += [Moment(item.date, "issued", (item.ref,)) for item in issued if item.date]
    ordered = Counter(view.evidence.document for view in tasks)
    found += [Moment(ref.first, "ordered", (ref,), count) for ref, count in ordered.items() if ref.first]
    for change in _changes(iri, things):
        found.append(Moment(change.on, "became" if change.new else "ended", change.new))
    found.sort(key=lambda own: (days.first_day(own.date), own.key, [order_key(ref.label.vi) for ref in own.refs]))
    return tuple(found[:LONGEST])
