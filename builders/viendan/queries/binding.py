"""Values for parameters, as RDF terms: never pasted into text. Things may be named as people name them.

An instrument is an IRI, the part of it behind the base (``instrument/…``), a prefixed name, or its official number in
any notation; a movement, body or place its IRI, key or name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from viendan import identifiers, text, turtle, vocab
from viendan.errors import QueryError
from viendan.queries.header import Parameter, Query
from viendan.store import Store, Term

_THINGS: Final = frozenset({"instrument", "movement", "body", "place"})
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
            raise QueryError("query_parameter_unknown", name=name, known=", ".join(known) or "-")
    bound = {}
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError("query_parameter_missing", name=parameter.name, kind=parameter.kind)
        bound[parameter.name] = term_of(store, parameter, str(value))
    return bound


def term_of(store: Store, parameter: Parameter, value: str) -> Term:
    """The term that a written value stands for."""
    kind, value = parameter.kind, text.nfc(value).strip()
    if kind in _THINGS:
        return turtle.iri(find_thing(store, kind, value))
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


def find_thing(store: Store, kind: str, value: str) -> str:
    """The IRI of an instrument, movement, body or place that a person names; a merged IRI leads to where it went.

    Raises QueryError where there is none, or more than one (with the candidates).
    """
    iri = _as_iri(value)
    if iri:
        found = _follow(store, iri)
    elif kind == "instrument":
        found = _by_number(store, value)
    else:
        found = _by_key_or_name(store, kind, value)
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
    exact = tuple(
        thing
        for thing in found
        if wanted in {text.compare_key(label) for label in store.objects(thing, vocab.VD + "label")}
    )
    return exact or found


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
