"""Who is who among bodies: by the names of the register, and by place.

A body's IRI is made of its name. Two districts of one name, in two provinces, are two bodies all the same: where one
IRI is stated with several places, each place is a body of its own, and what does not say its place stays alone. Rules:
``register-wording`` (a name that the register has for one body only), ``same-name`` (one IRI in one place).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from viendan import text
from viendan.link.clusters import Clusters, Link
from viendan.link.facts import BodyFact, Node

ALL: Final = ""
"""The graph of a body that is the same in all graphs."""

Place = tuple[str, str]
"""Province and district as compared."""


def place_of(fact: BodyFact) -> Place | None:
    """Where a body is; None where its province is not stated."""
    if fact.province is None:
        return None
    return (text.compare_key(fact.province), text.compare_key(fact.district or ""))


def split_iris(facts: Iterable[BodyFact]) -> frozenset[str]:
    """The IRIs that are stated with several places: they mean several bodies."""
    places: defaultdict[str, set[Place]] = defaultdict(set)
    for fact in facts:
        place = place_of(fact)
        if place:
            places[fact.iri].add(place)
    return frozenset(iri for iri, own in places.items() if len(own) > 1)


def body_node(fact: BodyFact, split: frozenset[str]) -> Node:
    """The node of a body: one for all graphs, or one for each graph where its IRI means several bodies."""
    return (fact.seen.graph, fact.iri) if fact.iri in split else (ALL, fact.iri)


def fuller(known: BodyFact | None, other: BodyFact) -> BodyFact:
    """The fact that says more; the first where they say as much."""
    return other if known is None or _fullness(other) > _fullness(known) else known


def _fullness(fact: BodyFact) -> int:
    return sum(part is not None for part in (fact.level, fact.province, fact.district, fact.kind))


def resolve_bodies(facts: Iterable[BodyFact], clusters: Clusters) -> None:
    """Join bodies that are one."""
    ordered = sorted(facts, key=lambda fact: (fact.iri, fact.seen.graph))
    split = split_iris(ordered)
    for fact in ordered:
        clusters.add(body_node(fact, split), place_of(fact) if fact.iri in split else None)
    _join_places(ordered, split, clusters)
    by_iri: dict[str, BodyFact] = {}
    for fact in ordered:
        by_iri.setdefault(fact.iri, fact)
    registered = _registered(ordered)
    entries = {iri for own in registered.values() for iri in own}
    for iri, fact in by_iri.items():
        if iri in entries or iri in split or fact.group or fact.province:
            continue
        found = {known for name in fact.names for known in registered.get(text.compare_key(name), ())}
        if len(found) == 1 and not found & split:
            words = f"{(fact.names or ('?',))[0]} @ {fact.seen.key}"
            clusters.union(Link((ALL, min(found)), (ALL, iri), "register-wording", words, 0.95))


def _join_places(ordered: Iterable[BodyFact], split: frozenset[str], clusters: Clusters) -> None:
    """One IRI in one place is one body."""
    together: defaultdict[tuple[str, Place | None], list[BodyFact]] = defaultdict(list)
    for fact in ordered:
        if fact.iri in split:
            together[fact.iri, place_of(fact)].append(fact)
    for own in together.values():
        first, *others = own
        for other in others:
            words = " = ".join(f"{(fact.names or ('?',))[0]} @ {fact.seen.key}" for fact in (first, other))
            clusters.union(Link(body_node(first, split), body_node(other, split), "same-name", words, 1.0))


def _registered(facts: Iterable[BodyFact]) -> Mapping[str, set[str]]:
    """Compared name → the bodies of the registers that have it."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.seen.is_register:
            for name in fact.names:
                names[text.compare_key(name)].add(fact.iri)
    return names
