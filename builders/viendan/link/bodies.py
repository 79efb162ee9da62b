"""Who is who among bodies: by the names of the register, and by place.

A body's IRI is made of its name. Two districts of one name, in two provinces, are two bodies all the same: where one
IRI is stated with several places, each place is a body of its own, and what does not say its place stays alone. Rules:
``register-wording`` (a name that the register has for one body only), ``same-name`` (one IRI in one place).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from viendan import text
from viendan.link.clusters import Clusters, Link
from viendan.link.facts import BodyFact, Node

ALL: Final = ""
"""The graph of a body that is the same in all graphs."""

Place = tuple[str, str]
"""Province and district as compared."""


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body as one graph names it; ``names`` only where the register may have it under another one."""

    node: Node
    place: Place | None
    register: bool
    names: tuple[str, ...]


def name_body(fact: BodyFact) -> BodyName:
    """What is needed of a fact to tell who is who."""
    place = None
    if fact.province is not None:
        place = (text.compare_key(fact.province), text.compare_key(fact.district or ""))
    register = fact.seen.is_register
    names = () if place or fact.group else fact.names
    return BodyName((fact.seen.graph, fact.iri), place, register, fact.names if register else names)


def split_iris(named: Iterable[BodyName]) -> frozenset[str]:
    """The IRIs that are stated with several places: they mean several bodies."""
    places: defaultdict[str, set[Place]] = defaultdict(set)
    for own in named:
        if own.place:
            places[own.node[1]].add(own.place)
    return frozenset(iri for iri, own in places.items() if len(own) > 1)


def fuller(known: BodyFact | None, other: BodyFact) -> BodyFact:
    """The fact that says more; the first where they say as much."""
    return other if known is None or _fullness(other) > _fullness(known) else known


def _fullness(fact: BodyFact) -> int:
    return sum(part is not None for part in (fact.level, fact.province, fact.district, fact.kind))


def resolve_bodies(named: Iterable[BodyName], clusters: Clusters) -> None:
    """Join bodies that are one. A body has one node for all graphs, or where its IRI means several one for each."""
    ordered = sorted(named, key=lambda own: (own.node[1], own.node[0]))
    split = split_iris(ordered)
    for own in ordered:
        if own.node[1] in split:
            clusters.add(own.node, own.place)
        else:
            clusters.add((ALL, own.node[1]))
    _join_places(ordered, split, clusters)
    registered = _registered(ordered)
    entries = {iri for iris in registered.values() for iri in iris}
    seen: set[str] = set()
    for own in ordered:
        iri = own.node[1]
        if iri in seen or iri in entries or iri in split:
            continue
        seen.add(iri)
        found = {known for name in own.names for known in registered.get(text.compare_key(name), ())}
        if len(found) == 1 and not found & split:
            clusters.union(Link((ALL, min(found)), (ALL, iri), "register-wording", _evidence(own), 0.95))


def _evidence(named: BodyName) -> str:
    name = named.names[0] if named.names else named.node[1].rsplit("/", 1)[-1]
    return f"{name} @ {named.node[0].rsplit('/', 1)[-1]}"


def _join_places(ordered: Iterable[BodyName], split: frozenset[str], clusters: Clusters) -> None:
    """One IRI in one place is one body."""
    together: defaultdict[tuple[str, Place | None], list[BodyName]] = defaultdict(list)
    for own in ordered:
        if own.node[1] in split:
            together[own.node[1], own.place].append(own)
    for first, *others in together.values():
        for other in others:
            words = f"{_evidence(first)} = {_evidence(other)}"
            clusters.union(Link(first.node, other.node, "same-name", words, 1.0))


def _registered(named: Iterable[BodyName]) -> Mapping[str, set[str]]:
    """Compared name → the bodies of the registers that have it."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for own in named:
        if own.register:
            for name in own.names:
                names[text.compare_key(name)].add(own.node[1])
    return names
