"""Roles of citations, and what a text states between two instruments that it cites.

Stated in the subject of a cited instrument (``Kế hoạch A … về việc triển khai thực hiện Chỉ thị B``), in a chain
(``A được sửa đổi bởi B``), or between an annexed text and what it came with. What the document itself does with an
instrument is the role of the citation and is not repeated here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from viendan.extract.clauses import Placed, layout, place
from viendan.extract.cues import is_proposing
from viendan.extract.governors import Governor, Link
from viendan.extract.linking import Linked, link
from viendan.extract.roles import judge
from viendan.extract.structure import ParsedDocument
from viendan.model import Citation, Header, InstrumentRelation, Role

_STATED: Final = MappingProxyType(
    {
        "implements": "implements",
        "guides": "guides",
        "amends": "amends",
        "supplements": "amends",
        "corrects": "amends",
        "replaces": "repeals",
        "repeals": "repeals",
        "approves": "approves",
        "basis": "pursuant_to",
    }
)
"""The relation between two cited instruments for the relation of the cue between them."""
_PURSUANT: Final = frozenset({"relation-basis-by", "relation-basis-ground"})


def read_relations(
    parsed: ParsedDocument, header: Header, citations: tuple[Citation, ...]
) -> tuple[tuple[Citation, ...], tuple[InstrumentRelation, ...]]:
    """The citations with their roles, and the stated relations between them: both in one reading."""
    shape = layout(parsed, header)
    placed = place(parsed, shape, citations)
    linked = link(shape, placed)
    judged = judge(shape, header, placed, linked)
    placed = tuple(item._replace(citation=citation) for item, citation in zip(placed, judged, strict=True))
    return judged, _relations(parsed, placed, linked)


def assign_roles(parsed: ParsedDocument, header: Header, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The citations with role, cue and rule; their order and everything else stay."""
    return read_relations(parsed, header, citations)[0]


def find_relations(
    parsed: ParsedDocument, header: Header, citations: tuple[Citation, ...]
) -> tuple[InstrumentRelation, ...]:
    """The stated relations between cited instruments, in the order of the text; the citations have their roles."""
    shape = layout(parsed, header)
    placed = place(parsed, shape, citations)
    return _relations(parsed, placed, link(shape, placed))


def _relations(
    parsed: ParsedDocument, placed: tuple[Placed, ...], linked: tuple[Linked, ...]
) -> tuple[InstrumentRelation, ...]:
    found = [relation for item in linked if (relation := _stated(parsed, placed, item)) is not None]
    unique = {(item.subject, item.predicate, item.object, item.mention.start, item.mention.end): item for item in found}
    return tuple(sorted(unique.values(), key=lambda item: (item.mention.start, item.mention.end, item.predicate)))


def _stated(parsed: ParsedDocument, placed: tuple[Placed, ...], item: Linked) -> InstrumentRelation | None:
    """The relation that a link states: of the holder or the annexed text to the citation, or of an agent."""
    governor = item.governor
    if governor.link is Link.AGENT and item.partner is not None:
        return _state(parsed, placed, item, item.index, item.partner, "changed-by")
    if item.holder is not None:
        return _state(parsed, placed, item, item.holder, item.index, "inside-subject")
    if governor.link is Link.ANNEX and item.partner is not None:
        return _state(parsed, placed, item, item.partner, item.index, "annexed")
    return None


def _state(
    parsed: ParsedDocument, placed: tuple[Placed, ...], item: Linked, subject: int, other: int, rule: str
) -> InstrumentRelation | None:
    first, second = placed[subject], placed[other]
    predicate = "annexed_to" if rule == "annexed" else _predicate(item.governor)
    if predicate is None or first.citation.instrument == second.citation.instrument:
        return None
    if "self" in (first.citation.role, second.citation.role):  # that is this document: its roles say it already
        return None
    if is_proposing(first.citation.type) and predicate not in ("implements", "pursuant_to"):
        return None
    token = item.governor.token
    start, end = min(first.start, second.start), max(first.end, second.end)
    if token and min(first.start, second.start) < token.start < max(first.start, second.start):
        # The governing words and what they govern prove it; both citations have words of their own.
        start = token.start
        end = min(party.end for party in (first, second) if party.start >= start)
    return InstrumentRelation(
        subject=first.citation.instrument,
        predicate=predicate,
        object=second.citation.instrument,
        mention=parsed.mention(start, end, rule),
        section=first.citation.section,
        cue=parsed.flat[token.start : token.end] if token else None,
        rule=rule,
        confidence=round(0.95 * min(first.citation.confidence, second.citation.confidence), 3),
    )


def _predicate(governor: Governor) -> Role | None:
    """The relation that the governing word states, if it is done and not reported, proposed or only placed."""
    token = governor.token
    if (
        token is None
        or governor.link not in (Link.CUE, Link.AGENT)
        or governor.modifiers & {"done", "proposal", "draft"}
    ):
        return None
    if token.relation == "basis" and (token.cue is None or token.cue.concept not in _PURSUANT):
        return None
    return _STATED.get(token.relation or "")
