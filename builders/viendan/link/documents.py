"""What one document names, by itself: its mentions joined to instruments, and with what each could be compared.

A pure function of the document, the registers and people's decisions. ``islands`` needs the outlines of all documents
and the named instruments only of those that a change touches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from viendan.link import joining
from viendan.link.bodies import BodyName, name_body
from viendan.link.clusters import Clusters, Link
from viendan.link.facts import MovementFact, Node, SourceFacts
from viendan.link.traits import Deriver, Traits, is_ordinal_body, without_amended

_SELF = "self"


@dataclass(frozen=True, slots=True)
class Part:
    """One record of a named instrument, with what its name depends on."""

    node: Node
    place: tuple[str, str] | None
    register: bool
    own: bool
    known: int
    """How many of number, date, issuer and title are known."""
    mentions: int


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument that one document names: its traits, all its records, and why they are one."""

    traits: Traits
    parts: tuple[Part, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Of one document what all others may have to know. ``digest`` is that of its words, ``place`` where it is from.

    The keys of an instrument are what it has to share with another to be compared with it at all. Whoever shares one of
    ``active`` is compared; one of ``passive`` only with those that have it as an active one; one of ``near`` only where
    ``blocks`` differ. Each is listed by the instruments that the document names, of which ``own`` is the document.
    """

    graph: str
    instrument: str | None
    place: str
    digest: str | None
    active: Sequence[Sequence[str]]
    passive: Sequence[Sequence[str]]
    near: Sequence[Sequence[str]]
    blocks: Sequence[str | None]
    own: int | None
    bodies: tuple[BodyName, ...]
    movements: tuple[MovementFact, ...]


def name_instruments(facts: SourceFacts, deriver: Deriver, apart: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    """The instruments that one document names, in order; ``apart`` are pairs of IRIs that people keep apart."""
    traits = deriver.traits(facts)
    clusters = Clusters(apart)
    parts = {own.node: _part(own) for own in traits}
    for node in sorted(parts):
        part = parts[node]
        clusters.add(node, part.place, entry=part.register, own=part.own)
    named = joining.within_document(_without_self(facts, traits, clusters), clusters)
    return tuple(
        Named(own, tuple(parts[node] for node in clusters.members(own.node)), clusters.links(own.node)) for own in named
    )


def _part(traits: Traits) -> Part:
    record = traits.record
    known = sum(map(bool, (record.issuers, record.dates, record.numbers, record.titles)))
    place = traits.place[1:] if traits.place else None
    return Part(record.node, place, record.register, record.own, known, record.mentions)


def _without_self(facts: SourceFacts, traits: Sequence[Traits], clusters: Clusters) -> list[Traits]:
    """The records without those that the document cites as itself (its annex, by whatever number): they are it."""
    by_node = {each.node: each for each in traits}
    graph, own = facts.seen.graph, by_node.get((facts.seen.graph, facts.seen.instrument or ""))
    joined = set()
    for citation in facts.citations:
        cited = by_node.get((graph, citation.cited))
        if own is not None and cited is not None and citation.relation == _SELF and cited is not own:
            words = f"{joining.evidence(own)} = {joining.evidence(cited)}"
            if clusters.union(Link(own.node, cited.node, "self-reference", words, 0.95), forced=True):
                joined.add(cited.node)
    return [each for each in traits if each.node not in joined]


def outline(facts: SourceFacts, named: Sequence[Named], deriver: Deriver, decided: Collection[str]) -> Outline:
    """The outline of a document; ``decided`` are the IRIs that people speak of. Bodies of a register need no word."""
    keys = [_keys(own, decided) for own in named]
    return Outline(
        graph=facts.seen.graph,
        instrument=facts.seen.instrument,
        place=f"{facts.seen.province or ''}/{facts.seen.district or ''}",
        digest=facts.digest,
        active=[active for active, _, _ in keys],
        passive=[passive for _, passive, _ in keys],
        near=[near for _, _, near in keys],
        blocks=[own.traits.block for own in named],
        own=next((place for place, own in enumerate(named) if own.traits.record.own), None),
        bodies=tuple(
            name_body(fact) for fact in facts.bodies if facts.seen.is_register or not deriver.is_registered(fact.iri)
        ),
        movements=facts.movements,
    )


def _keys(named: Named, decided: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Active, passive and near keys."""
    traits = named.traits
    iris = {part.node[1] for part in named.parts}
    active: set[tuple[str, ...]] = {("iri", iri) for iri in iris}
    if iris & set(decided):
        active.add(("decided",))
    passive: set[tuple[str, ...]] = set()
    near: set[tuple[str, ...]] = set()
    if traits.block is not None:
        # Two numbers without issuer are never compared with each other, only with what either may be.
        known = active if traits.owners else passive
        known.update(("number", traits.block, *where) for where in _where(traits))
        passive.update(_titles(traits))
        if len(traits.owners) == 1:
            serial = traits.block.partition("-")[0]
            near.update((*traits.owners, day, serial) for day in traits.days)
    else:
        active.update(_titles(traits))
        for owner in traits.owners:
            active.update(("day", owner, day) for day in traits.days)
            if is_ordinal_body(owner):
                active.add(("body", owner))
    return _hashed(active), _hashed(passive), _hashed(near)


def _where(traits: Traits) -> Iterator[tuple[str, ...]]:
    """Whose instruments it may be: those of its issuers and of their place, or of what its document may leave out."""
    yield from (("owner", owner) for owner in traits.owners)
    if traits.place is not None:
        yield ("place", *traits.place[1:])
    elif not traits.owners:
        yield from (("place", *place) for place in traits.reach)


def _titles(traits: Traits) -> Iterator[tuple[str, ...]]:
    for title in {form for own in traits.titles for form in (own, without_amended(own))}:
        yield from (("title", title, *where) for where in _where(traits))


def _hashed(keys: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted(blake2b("\n".join(key).encode(), digest_size=8).hexdigest() for key in keys))
