"""Values for parameters, as RDF terms: never pasted into text. Things may be named as people name them.

An instrument is an IRI, the part of it behind the base (``instrument/…``), a prefixed name, or its official number in
any notation; a movement, body or place (an ``actor``: one of the last two) its IRI, key or name. Where one name was had
at several times, it means what has it on the day that is asked about, else today.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from viendan import days, identifiers, text, turtle, vocab
from viendan.errors import QueryError
from viendan.queries.header import Parameter, Query
from viendan.store import Store, Term

AS_OF: Final = "as_of"
"""The parameter that says as of which day a question is asked."""
_THINGS: Final = frozenset({"instrument", "movement", "body", "place", "actor"})
_ACTORS: Final = ("body", "place")
_ABSOLUTE: Final = re.compile(r"<?(?P<iri>[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+)>?\Z")
_PREFIXED: Final = re.compile(r"(?P<prefix>\w+):(?P<local>[^\s/<>\"{}|\\^`]+)\Z")
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")
_INTEGER: Final = re.compile(r"[+-]?\d{1,18}\Z")
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{1,18})?|\.\d{1,18})\Z")
_LANGUAGES: Final = ("vi", "en")
_SHOWN_CANDIDATES: Final = 10

Values = Mapping[str, str | int | float]


def bind(store: Store, query: Query, values: Values) -> dict[str, Term]:
    """A term for each parameter of the query; raises QueryError for a missing, unknown or wrong one."""
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            if name == AS_OF:
                raise QueryError("query_timeless", name=query.name)
            raise QueryError("query_parameter_unknown", name=name, known=", ".join(known) or "-")
    day = str(values.get(AS_OF, "")).strip()
    bound = {}
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError("query_parameter_missing", name=parameter.name, kind=parameter.kind)
        bound[parameter.name] = term_of(store, parameter, str(value), day)
    return bound


def term_of(store: Store, parameter: Parameter, value: str, day: str = "") -> Term:
    """The term that a written value stands for, as of a day (empty: today)."""
    kind, value = parameter.kind, text.nfc(value).strip()
    if kind in _THINGS:
        return turtle.iri(find_thing(store, kind, value, day))
    term = _iri_term(value) if kind == "iri" else _literal(kind, value)
    if term is None:
        raise QueryError("query_parameter_bad", name=parameter.name, value=value, kind=kind)
    return term


def _iri_term(value: str) -> Term | None:
    iri = _as_iri(value)
    return turtle.iri(iri) if iri else None


def _literal(kind: str, value: str) -> Term | None:
    if kind == "string" or (kind == "language" and value in _LANGUAGES):
        return turtle.literal(value)
    if kind == "day" and (not value or days.is_date(value)):
        return turtle.literal(days.last_day(value) if value else days.ALWAYS)
    if kind == "integer" and _INTEGER.match(value):
        return turtle.integer(int(value))
    if kind == "number" and _NUMBER.match(value):
        return turtle.literal(value, datatype=vocab.XSD + "decimal")
    return turtle.date_literal(value) if kind == "date" and _DATE.match(value) else None


def guess(value: str) -> Term:
    """The term of a value for a query that does not declare its parameters: an IRI, an integer, else a string."""
    iri = _as_iri(value) if ":" in value else None
    if iri:
        return turtle.iri(iri)
    return turtle.integer(int(value)) if _INTEGER.match(value) else turtle.literal(text.nfc(value))


def find_instrument(store: Store, value: str) -> str:
    """The IRI of the instrument that a person names by IRI or official number.

    Raises QueryError where there is none, or more than one (with the candidates).
    """
    return find_thing(store, "instrument", text.nfc(value).strip())


def find_thing(store: Store, kind: str, value: str, day: str = "") -> str:
    """The IRI of an instrument, movement, body or place that a person names; a merged IRI leads to where it went.

    Of several that had one name at different times, the one of ``day`` (a date; empty: today) is meant.

    Raises QueryError where there is none, or more than one (with the candidates).
    """
    iri = _as_iri(value)
    if iri:
        found = _follow(store, iri)
    elif kind == "instrument":
        found = _by_number(store, value)
    else:
        kinds = _ACTORS if kind == "actor" else (kind,)
        found = tuple(thing for own in kinds for thing in _by_key_or_name(store, own, value))
    if len(found) > 1:
        found = _there(store, found, days.last_day(day) if days.is_date(day) else days.ALWAYS) or found
    if not found:
        raise QueryError("thing_unknown", value=value)
    if len(found) > 1:
        raise QueryError("thing_ambiguous", value=value, candidates=_candidates(store, found))
    return found[0]


def _follow(store: Store, iri: str) -> tuple[str, ...]:
    if store.objects(iri, vocab.RDF + "type"):
        return (iri,)
    merges = store.subjects(vocab.VD + "merged", turtle.iri(iri))
    return tuple(sorted({into for merge in merges for into in store.objects(merge, vocab.VD + "into")}))


def _by_number(store: Store, number: str) -> tuple[str, ...]:
    """Instruments of a number: those that documents here cite or are, before those that only a register has."""
    found = store.subjects(vocab.VD + "numberKey", ox.Literal(identifiers.number_key(number))) if number else ()
    return tuple(iri for iri in found if store.objects(iri, vocab.VD + "mentionCount")) or found


def _by_key_or_name(store: Store, kind: str, value: str) -> tuple[str, ...]:
    own = identifiers.thing(kind, value)
    if value and store.objects(own, vocab.RDF + "type"):
        return (own,)
    prefix = f"{vocab.ID}{kind}/"
    near = store.subjects(vocab.VD + "nameKey", ox.Literal(text.fold(value)))
    found = tuple(thing for thing in near if thing.startswith(prefix))
    wanted = text.compare_key(value)
    exact = tuple(thing for thing in found if wanted in {text.compare_key(name) for name in _names(store, thing)})
    return exact or found


def _names(store: Store, thing: str) -> tuple[str, ...]:
    return (*store.objects(thing, vocab.VD + "label"), *store.objects(thing, vocab.SKOS + "prefLabel"))


def _there(store: Store, things: tuple[str, ...], day: str) -> tuple[str, ...]:
    """Those that are there on a day."""
    return tuple(
        thing
        for thing in things
        if all(begun <= day for begun in store.objects(thing, vocab.VD + "firstDay"))
        and all(day <= ended for ended in store.objects(thing, vocab.VD + "lastDay"))
    )


def _candidates(store: Store, found: tuple[str, ...]) -> str:
    shown = []
    for iri in found[:_SHOWN_CANDIDATES]:
        labels = [
            quad.object.value
            for quad in store.graph.quads_for_pattern(turtle.iri(iri), turtle.iri(vocab.VD + "label"), None, None)
            if isinstance(quad.object, ox.Literal) and quad.object.language == "vi"
        ]
        shown.append(f"{min(labels, default='')} <{iri}>")
    more = len(found) - len(shown)
    return "; ".join(shown) + (f"; … +{more}" if more else "")


def _as_iri(value: str) -> str | None:
    """The IRI that is written out, shortened to what follows the base, or prefixed; None for any other text."""
    absolute = _ABSOLUTE.match(value)
    if absolute:
        return absolute["iri"]
    prefixed = _PREFIXED.match(value)
    if prefixed and prefixed["prefix"] in vocab.PREFIXES:
        return vocab.PREFIXES[prefixed["prefix"]] + prefixed["local"]
    short = re.match(r"(?:id/)?(?P<rest>[a-z]+(?:-[a-z]+)*/[\w.~,%/-]+)\Z", value)
    return vocab.ID + short["rest"] if short else None
