"""Movements and campaigns that a document names: which, in which words, launched or invoked.

``movement_mentions`` finds the names, ``launches`` what the document itself launches, ``movement_names`` says which
movement a name means; here they come together. A movement that the document launches is launched wherever it is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from viendan.extract import bodies, launches, movement_mentions, movement_names, sections
from viendan.extract.bodies import BodyContext
from viendan.extract.launches import Launch
from viendan.extract.movement_mentions import Name
from viendan.extract.structure import ParsedDocument
from viendan.model import Act, Header, Invocation


def find_invocations(parsed: ParsedDocument, header: Header) -> tuple[Invocation, ...]:
    """The movements and campaigns that a document launches or invokes, sorted by start."""
    flat = parsed.flat
    context = bodies.context(header)
    title = launches.title_span(parsed, header)
    names: list[Name] = []
    own: list[Launch] = []
    for trigger in movement_mentions.triggers(flat):
        if names and trigger.start < names[-1].end:
            continue
        cue = launches.launches(flat, trigger.start, title, context)
        found = list(movement_mentions.names_behind(flat, trigger, context, cue))
        names += found
        if cue and not found:
            launch = launches.launch_at(flat, trigger.start, trigger.end, title, cue)
            own += [launch] if launch else []
    names += list(movement_mentions.known_in_quotation_marks(flat, names, context))
    if own and not any(name.launched for name in names):
        names.append(_own_movement(flat, own, title, header, context))
    launched = {name.identity.key for name in names if name.launched}
    return tuple(_invocation(parsed, name, name.identity.key in launched) for name in _apart(names))


def _apart(names: list[Name]) -> Iterator[Name]:
    """The names by their start, without those that begin inside another."""
    last = -1
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if name.start >= last:
            yield name
            last = name.end


def _own_movement(
    flat: str, own: list[Launch], title: tuple[int, int] | None, header: Header, context: BodyContext
) -> Name:
    """The document's own movement without a quoted name: the sentence's short name, the title's, a description."""
    best = min(own, key=lambda launch: (not launch.compact, launch.in_title, launch.start))
    identity = launches.identity(flat[best.start : best.end], flat[slice(*title)] if title else "", header, context)
    rule = "movement-title" if best.in_title else "movement-launched"
    confidence = (0.95 if best.compact else 0.75) - (0.05 if best.in_title else 0)
    return Name(best.start, best.end, best.end, identity, best.cue, rule, round(confidence, 2), launched=True)


def _invocation(parsed: ParsedDocument, name: Name, launched: bool) -> Invocation:
    identity = name.identity
    act: Act = "launches" if launched else "invokes"
    return Invocation(
        mention=parsed.mention(name.start, name.end, name.rule),
        movement=identity.iri,
        label=identity.label,
        kind=identity.kind,
        scope=identity.scope,
        act=act,
        localises=identity.localises.label if identity.localises else None,
        localises_iri=movement_names.of_known(identity.localises).iri if identity.localises else None,
        section=sections.section_at(parsed, name.start),
        cue=name.cue,
        rule=name.rule,
        confidence=name.confidence,
    )
