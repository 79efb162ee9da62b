"""Who is who among movements: by the wordings of the registers, and by equal names in one place.

Rules: ``register-wording`` (a name that the register has for one thing only), ``same-wording`` (equal names of one
scope and place, the period left out), ``same-name`` (one IRI in two documents, unless it is a local movement of two
places).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from viendan import text
from viendan.link.clusters import Clusters, Link
from viendan.link.facts import MovementFact
from viendan.link.reading import last_part

_PERIOD: Final = re.compile(r",?\s*(?:giai đoạn|thời kỳ|đến năm|năm)\s+\d{4}(?:\s?-\s?\d{4})?\Z")
_LOCAL: Final = frozenset({"provincial", "district"})


def resolve_movements(facts: Iterable[MovementFact], clusters: Clusters) -> None:
    """Join movements that are one."""
    ordered = sorted(facts, key=lambda fact: fact.node)
    for fact in ordered:
        clusters.add(fact.node, _place(fact))
    by_iri: defaultdict[str, list[MovementFact]] = defaultdict(list)
    for fact in ordered:
        by_iri[fact.node[1]].append(fact)
    for iri in sorted(by_iri):
        _join_all(by_iri[iri], "same-name", 1.0, clusters)
    registered = _registered(ordered)
    for fact in ordered:
        if not fact.register:
            _join_registered(fact, registered, clusters)
    _join_same_wordings(ordered, clusters)


def _place(fact: MovementFact) -> tuple[str, str] | None:
    if fact.register or last_part(fact.scope or "") not in _LOCAL:
        return None
    province, district = fact.seen.province, fact.seen.district
    if not province:
        return None
    inner = district if last_part(fact.scope or "") == "district" else None
    return (text.compare_key(province), text.compare_key(inner or ""))


def movement_key(name: str) -> str:
    """A movement's name as compared: without its period."""
    return _PERIOD.sub("", text.compare_key(name))


def _registered(facts: Iterable[MovementFact]) -> Mapping[str, MovementFact]:
    """Wording → movement, for wordings that only one movement of the register has."""
    users: defaultdict[str, dict[str, MovementFact]] = defaultdict(dict)
    for fact in facts:
        if fact.register:
            for name in fact.names:
                users[movement_key(name)][fact.node[1]] = fact
    return {key: next(iter(own.values())) for key, own in users.items() if len(own) == 1}


def _join_registered(fact: MovementFact, registered: Mapping[str, MovementFact], clusters: Clusters) -> None:
    found = {known.node: known for name in fact.names if (known := registered.get(movement_key(name)))}
    if len(found) == 1:
        known = next(iter(found.values()))
        if last_part(fact.scope or "") in _LOCAL and last_part(known.scope or "") not in _LOCAL:
            return
        _join(known, fact, "register-wording", 0.97, clusters)


def _join_same_wordings(facts: Iterable[MovementFact], clusters: Clusters) -> None:
    alike: defaultdict[tuple[str, ...], list[MovementFact]] = defaultdict(list)
    for fact in facts:
        place = _place(fact)
        local = last_part(fact.scope or "") in _LOCAL
        if fact.register or (local and place is None):
            continue
        for name in fact.names:
            alike[fact.scope or "", *(place or ("", "")), movement_key(name)].append(fact)
    for key in sorted(alike):
        _join_all(alike[key], "same-wording", 0.9, clusters)


def _join_all(facts: list[MovementFact], rule: str, confidence: float, clusters: Clusters) -> None:
    first, *others = facts
    for other in others:
        _join(first, other, rule, confidence, clusters)


def _join(one: MovementFact, other: MovementFact, rule: str, confidence: float, clusters: Clusters) -> None:
    words = " = ".join(f"{(fact.names or ('?',))[0]} @ {fact.seen.key}" for fact in (one, other))
    clusters.union(Link(one.node, other.node, rule, words, confidence))
