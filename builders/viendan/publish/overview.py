"""The pages about the whole: home, lists, queries, doubts."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from viendan import __version__, queries
from viendan.messages import Language
from viendan.publish import paths
from viendan.publish.actors import Cast, body_item, in_order, instrument_item, movement_item, place_item
from viendan.publish.answers import Rows
from viendan.publish.sheets import (
    AboutPage,
    Doubts,
    Figures,
    HomePage,
    ListItem,
    ListPage,
    ParameterView,
    QueriesPage,
    QueryView,
)
from viendan.publish.statements import Statements
from viendan.publish.things import Things, order_key
from viendan.publish.views import FindingView, Label

PER_PAGE: Final = 300
_SHORT: Final = 8
_SURE: Final = 0.8
_HIDDEN: Final = ("page_", "check_")


def figures(things: Things, statements: Statements, findings: tuple[FindingView, ...]) -> Figures:
    """The figures of the whole."""
    return Figures(
        directives=len(things.held & things.instruments.keys()),
        instruments=len(things.instruments),
        movements=len(things.movements),
        bodies=len(things.bodies),
        places=len(things.places),
        citations=sum(map(len, statements.citations_of.values())),
        relations=sum(map(len, statements.relations_of.values())),
        invocations=sum(map(len, statements.invocations_of.values())),
        responsibilities=sum(map(len, statements.responsibilities_of.values())),
        findings=len(findings),
    )


def home_page(cast: Cast, numbers: Figures) -> HomePage:
    """The front door: the newest, the most cited, the most invoked, the busiest."""
    things, said = cast.things, cast.statements
    instruments = [instrument_item(iri, things, said) for iri in things.instruments]
    held = [item for item in instruments if item.ref.iri in things.held]
    return HomePage(
        figures=numbers,
        newest=tuple(sorted(in_order(held), key=lambda item: item.date or "", reverse=True)[:_SHORT]),
        most_cited=_most(instruments),
        movements=_most(movement_item(iri, things, said) for iri in things.movements),
        tasked=_most(body_item(iri, things, said) for iri in things.bodies),
    )


def _most(items: Iterable[ListItem]) -> tuple[ListItem, ...]:
    ordered = sorted(in_order(items), key=lambda item: -item.count)
    return tuple(item for item in ordered[:_SHORT] if item.count)


def list_pages(cast: Cast) -> Iterator[ListPage]:
    """All pages of all lists."""
    things, said = cast.things, cast.statements
    instruments = in_order(instrument_item(iri, things, said) for iri in things.instruments)
    lists = {
        "directives": tuple(item for item in instruments if item.ref.iri in things.held),
        "instruments": instruments,
        "movements": in_order(movement_item(iri, things, said) for iri in things.movements),
        "bodies": in_order(body_item(iri, things, said) for iri in things.bodies),
        "places": in_order(place_item(iri, cast) for iri in things.places),
    }
    for name, items in lists.items():
        yield from _cut(name, items)


def _cut(name: str, items: tuple[ListItem, ...]) -> Iterator[ListPage]:
    ordered: dict[Language, tuple[ListItem, ...]] = {
        "vi": items,
        "en": tuple(sorted(items, key=lambda item: (order_key(item.ref.label.en), item.ref.iri))),
    }
    starts = range(0, max(1, len(items)), PER_PAGE)
    paths = tuple(f"{name}.html" if not number else f"{name}-{number + 1}.html" for number in range(len(starts)))
    for number, start in enumerate(starts):
        shown = {language: every[start : start + PER_PAGE] for language, every in ordered.items()}
        yield ListPage(name, shown, len(items), number, paths)


def queries_page(cast: Cast, findings: tuple[FindingView, ...]) -> QueriesPage:
    """The named queries for people, with the command that asks each about something that is here."""
    shown = [query for query in queries.load() if not query.name.startswith(_HIDDEN)]
    examples = _examples(cast)
    if findings:
        examples["finding"] = findings[0].iri
    return QueriesPage(tuple(_query(query, examples) for query in sorted(shown, key=lambda query: query.name)))


def _examples(cast: Cast) -> dict[str, str]:
    """A value for each kind of parameter: the most cited instrument, the most invoked movement, and so on."""
    things, said = cast.things, cast.statements
    instruments = _most(instrument_item(iri, things, said) for iri in things.instruments)
    lists = {
        "movement": _most(movement_item(iri, things, said) for iri in things.movements),
        "body": _most(body_item(iri, things, said) for iri in things.bodies),
        "place": _most(place_item(iri, cast) for iri in things.places),
    }
    found = {kind: paths.last_part(items[0].ref.iri) for kind, items in lists.items() if items}
    if "body" in found:
        found["actor"] = found["body"]
    numbers = Counter(row.number for row in things.instruments.values())
    for item in instruments[:1]:
        number = things.instruments[item.ref.iri].number
        found["instrument"] = number if number and numbers[number] == 1 else item.ref.iri
        found["iri"] = item.ref.iri
    return found


def _query(query: queries.Query, examples: Mapping[str, str]) -> QueryView:
    def command(language: Language) -> str:
        words = ["viendan", "query", query.name]
        for parameter in query.parameters:
            if parameter.kind == "language" and language != parameter.default:
                words += [f"--{parameter.name}", language]
            elif parameter.default is None:
                words += [
                    f"--{parameter.name.replace('_', '-')}",
                    examples.get(parameter.name, examples.get(parameter.kind, "…")),
                ]
        return shlex.join(words).replace("'…'", "…")

    return QueryView(
        name=query.name,
        question=Label(query.question["vi"], query.question["en"]),
        parameters=tuple(
            ParameterView(
                parameter.name.replace("_", "-"),
                Label(parameter.label["vi"], parameter.label["en"]),
                parameter.default,
            )
            for parameter in query.parameters
        ),
        columns=tuple(Label(column.heading["vi"], column.heading["en"]) for column in query.columns),
        command=Label(command("vi"), command("en")),
    )


def about_page(rows: Rows, things: Things, numbers: Figures) -> AboutPage:
    """Method and doubts."""
    held = [row for iri, row in things.instruments.items() if iri in things.held]
    doubts = Doubts(
        unexplained=sum(row.unexplained or 0 for row in rows.documents),
        without_number=sum(row.number is None for row in held),
        without_date=sum(row.date is None for row in held),
        without_issuer=sum(row.issuer is None for row in held),
        unsure=sum(row.confidence is not None and row.confidence < _SURE for row in rows.citations),
        unresolved=sum(row.issuer is None or row.type is None for row in things.instruments.values()),
    )
    return AboutPage(numbers, doubts, __version__)
