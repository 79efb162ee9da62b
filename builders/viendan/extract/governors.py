"""The word that governs a citation: the nearest decisive cue to its left inside the clause.

Read from right to left. Connectors (commas, ``và``, ``của``, pinpoints) are passed; a semicolon that does not stand
right before the citation ends the clause; a preposition does not reach over a semicolon; brackets and quotations that
are closed are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final, NamedTuple

from viendan.extract import cues
from viendan.extract.cues import Token

_AGENT_GAP: Final = 40  # "được sửa đổi, bổ sung một số điều theo quy định tại"
_MODIFIER_GAP: Final = 24
_REPORT_WORDS: Final = 2  # "kết quả (tổ chức, của việc) thực hiện"
_PROPOSAL_GAP: Final = 70
_NEAR: Final = 90
_ADVERBS: Final = 3  # "nghiêm túc các", "đúng", "có hiệu quả"
_IN_CHAIN: Final = frozenset({cues.COMMA, cues.AND, cues.OF, cues.PINPOINT, "opener", "transparent"})
_OWN_AGENT: Final = " theo"
_ALREADY: Final = "đã"
_ISSUES: Final = "relation-issues"
_GROUND: Final = "relation-basis-ground"
CHANGES: Final = frozenset({"amends", "supplements", "replaces", "repeals", "suspends", "corrects", "continues"})
"""What a document's own clauses do with an instrument: a place inside it is then its object, not a ground."""


class Link(Enum):
    """How a citation hangs on what stands before it."""

    CUE = "cue"
    JOINED = "joined"  # coordinated with the citation before it
    AGENT = "agent"  # it did something to the instrument before it ("được sửa đổi bởi")
    ANNEX = "annex"  # the text before it came with it ("ban hành kèm theo")
    ALIAS = "alias"  # a short name for the one before it
    PLACE = "place"  # "tại", or a pinpoint, and nothing else
    NONE = "none"


class Governor(NamedTuple):
    """What governs a citation: how, by which token, and what qualifies it."""

    link: Link
    token: Token | None = None
    modifiers: frozenset[str] = frozenset()
    """``done``, ``proposal``, ``draft``, ``forward``; ``part`` and ``inside`` (an exchanged part or a place inside it
    stands in between); ``annex``; ``this`` and ``enacts`` (the document's own act); ``nominal``
    (``việc thực hiện``); ``direct`` (nothing but connectors
    between cue and citation); ``joined`` and ``semicolon`` (what stands right before the citation)."""
    head: int | None = None
    """Where the chain of verbs starts that the token belongs to."""


@dataclass(slots=True)
class _Search:
    """What has been passed on the way from the citation to the left."""

    flat: str
    start: int
    edge: int
    after_citation: bool
    clean: bool = True
    joined: bool = False
    semicolon: bool = False
    place: Token | None = None
    pinpoint: bool = False
    found: set[str] = field(default_factory=set)

    def passed(self) -> set[str]:
        """What lies between the governor and the citation, as modifiers."""
        return ({"direct"} if self.clean else set()) | ({"joined"} if self.joined else set())


def govern(flat: str, before: list[Token], start: int, position: int, *, after_citation: bool) -> Governor:
    """The governor of the citation at ``position``; ``before`` are the tokens of ``flat[start:position]``.

    ``after_citation`` says whether another citation ends at ``start``, so that the two can be joined.
    """
    search = _Search(flat, start, position, after_citation)
    index = len(before) - 1
    while index >= 0:
        token = before[index]
        if flat[token.end : search.edge].strip(" .-–*_"):
            search.clean = False
        if token.kind in (cues.CLOSE, cues.CLOSE_QUOTE, cues.QUOTE):
            index = _skip_quoted(before, index, search)
            continue
        governor = _read(search, before, index)
        if governor is not None:
            return governor
        if token.kind == cues.SEMICOLON and search.semicolon and not search.clean:
            break
        search.edge = token.start
        index -= 1
    if flat[start : search.edge].strip(" .-–*_"):
        search.clean = False
    return _at_start(search)


def _skip_quoted(before: list[Token], index: int, search: _Search) -> int:
    """The index of the token before a closed quotation or bracket; an opening quotation mark is passed alone."""
    opener = {cues.CLOSE: cues.OPEN, cues.CLOSE_QUOTE: cues.OPEN_QUOTE, cues.QUOTE: cues.QUOTE}[before[index].kind]
    if opener == cues.QUOTE and sum(token.kind == cues.QUOTE for token in before[: index + 1]) % 2:
        search.edge = before[index].start
        return index - 1
    for at in range(index - 1, -1, -1):
        if before[at].kind == opener:
            search.edge = before[at].start
            search.clean = False
            return at - 1
    search.edge = before[index].start
    return index - 1


def _read(search: _Search, before: list[Token], index: int) -> Governor | None:
    """The governor that a token decides, or None after noting what it adds."""
    decide = _DECIDERS.get(before[index].kind)
    if decide is not None:
        return decide(search, before, index)
    _note(search, before[index])
    return None


def _note(search: _Search, token: Token) -> None:
    """Keep what a token that decides nothing adds."""
    kind = token.kind
    if kind in (cues.SEMICOLON, cues.COMMA, cues.AND):
        search.joined = search.joined or search.clean
        search.semicolon = search.semicolon or kind == cues.SEMICOLON
    elif kind == cues.PINPOINT:
        search.pinpoint = search.pinpoint or search.clean
        search.found.add("inside")
    elif kind == "part" or (kind == "annex" and search.clean):
        search.found.add(kind)
    elif kind == "annex":
        search.found.add("far-annex")


def _at_alias(search: _Search, before: list[Token], index: int) -> Governor | None:
    return Governor(Link.ALIAS, before[index]) if search.clean else None


def _at_heading(search: _Search, before: list[Token], index: int) -> Governor | None:
    return Governor(Link.CUE, before[index], frozenset(search.found), before[index].start)


def _at_neighbour(search: _Search, before: list[Token], index: int) -> Governor | None:
    """A word that governs only what stands right behind it; a preposition that it touches governs instead."""
    if not search.clean or search.joined:
        return None
    token = before[index]
    left = before[index - 1] if index else None
    if left is not None and left.kind == "preposition" and not search.flat[left.end : token.start].strip():
        return _at_preposition(search, before, index - 1)
    return Governor(Link.CUE, token, frozenset(search.found | {"direct"}), token.start)


def _at_passive(search: _Search, before: list[Token], index: int) -> Governor | None:
    """A passive that carries its own preposition (``ban hành theo``)."""
    token = before[index]
    own = search.clean and not search.joined and token.cue is not None and token.cue.folded.endswith(_OWN_AGENT)
    return Governor(Link.AGENT, token) if own else None


def _agent_of(search: _Search, before: list[Token], index: int) -> Token | None:
    """The passive whose agent a ``bởi``, ``tại`` or ``theo`` introduces: ``được sửa đổi, bổ sung một số điều theo``."""
    token = before[index]
    if token.kind == cues.PLACE and token.cue is not None:
        return None
    for at in range(index - 1, max(index - 5, -1), -1):
        other = before[at]
        if token.start - other.end > _AGENT_GAP or other.kind in (cues.SEMICOLON, cues.COLON, cues.CLOSE):
            return None
        if other.kind == "passive":
            return other
        if other.kind == "verb":
            touching = search.after_citation and token.kind in (cues.PLACE, cues.AGENT, "preposition")
            touching = touching and not search.flat[other.end : token.start].strip()
            return other if touching and other.relation in CHANGES - {"continues"} else None
    return None


def _at_place(search: _Search, before: list[Token], index: int) -> Governor | None:
    token = before[index]
    if search.clean and not search.joined:
        passive = _agent_of(search, before, index)
        if passive is not None:
            return Governor(Link.AGENT, passive, frozenset(search.found))
    if token.kind == cues.PLACE and search.place is None and (search.clean or token.cue) and not search.semicolon:
        search.place = token
    return None


def _at_preposition(search: _Search, before: list[Token], index: int) -> Governor | None:
    token = before[index]
    if search.clean and not search.joined:
        passive = _agent_of(search, before, index)
        if passive is not None:
            return Governor(Link.AGENT, passive, frozenset(search.found))
    lists = search.joined and token.cue is not None and token.cue.concept == _GROUND  # "Căn cứ A; B; C"
    if search.semicolon and not lists:
        return None
    return Governor(Link.CUE, token, frozenset(search.found | search.passed()), token.start)


def _at_verb(search: _Search, before: list[Token], index: int) -> Governor | None:
    """A verb governs unless it has no object ("văn bản hướng dẫn thi hành; …")."""
    token = before[index]
    following = before[index + 1] if index + 1 < len(before) else None
    if following is not None and following.kind in (cues.SEMICOLON, cues.COMMA, cues.AND, cues.CLOSE):
        touching = not search.flat[token.end : following.start].strip()
        chained = index + 2 < len(before) and before[index + 2].kind == "verb"
        if touching and not (chained and following.kind != cues.SEMICOLON):
            return None
    if token.relation == "context" and search.semicolon:
        return None
    if search.place is not None and token.relation not in CHANGES and not _has_place(search, token, search.place):
        return None
    head = _chain_start(search.flat, before, index)
    found = search.found | _modifiers(search.flat, before, head) | search.passed()
    return Governor(Link.CUE, token, frozenset(found), before[head].start)


def _has_place(search: _Search, verb: Token, place: Token) -> bool:
    """Whether a verb governs what stands at a place: ``thực hiện nghiêm quy định tại``, ``nội dung chỉ đạo … tại``."""
    between = cues.fold_same_length(search.flat[verb.end : place.start])
    if place.cue is not None:
        return place.cue.folded.startswith("quy dinh") and len(between.split()) <= _ADVERBS and "," not in between
    return len(between) <= _NEAR and tells_order(between)


def tells_order(words: str) -> bool:
    """Whether words speak of somebody's orders (``chỉ đạo của Ủy ban nhân dân tỉnh tại``)."""
    folded = cues.fold_same_length(words)
    return any(form in folded for form in cues.folded_forms("order"))


def _chain_start(flat: str, before: list[Token], index: int) -> int:
    """The index of the first verb of a chain ``quán triệt, triển khai và thực hiện``."""
    head = index
    at = index - 1
    while at >= 0 and index - at <= 8:
        gap = flat[before[at].end : before[at + 1].start]
        if before[at].kind == "verb" and len(gap) <= _MODIFIER_GAP:
            head = at
        elif before[at].kind not in _IN_CHAIN or gap.strip():
            break
        at -= 1
    return head


def _modifiers(flat: str, before: list[Token], head: int) -> set[str]:
    """What stands before a chain of verbs and changes its sense."""
    found: set[str] = set()
    verb = before[head]
    for at in range(head - 1, -1, -1):
        token = before[at]
        gap = flat[token.end : verb.start]
        if token.kind in (cues.SEMICOLON, cues.COLON) or len(gap) > _PROPOSAL_GAP:
            break
        if token.kind == "done" and "," not in gap and len(gap) <= _MODIFIER_GAP:
            if flat[token.start : token.end].lower() == _ALREADY or len(gap.split()) <= _REPORT_WORDS:
                found.add("done")
        elif token.kind in ("proposal", "preparing", "draft", "forward"):
            found.add("proposal" if token.kind == "preparing" else token.kind)
        elif token.cue and token.cue.concept == _ISSUES and len(gap) <= _AGENT_GAP:
            found.add("enacts")
    words = flat[max(0, verb.start - 16) : verb.start].split()
    if words[-1:] == ["năm"] and len(words) > 1 and words[-2].isdigit():
        found.add("done")
    if words[-1:] == ["này"]:
        found.add("this")
    if words[-1:] == ["việc"]:
        found.add("nominal")
    return found


def _at_start(search: _Search) -> Governor:
    found = frozenset(search.found | ({"semicolon"} if search.semicolon else set()))
    if search.place is not None:
        return Governor(Link.PLACE, search.place, found)
    if search.after_citation and (search.joined or (search.clean and not search.found)):
        return Governor(Link.JOINED, None, found)
    if "annex" in search.found:
        return Governor(Link.ANNEX, None, found)
    if search.pinpoint:
        return Governor(Link.PLACE, None, found)
    return Governor(Link.JOINED if search.joined else Link.NONE, None, found)


_DECIDERS: Final[Mapping[str, Callable[[_Search, list[Token], int], Governor | None]]] = MappingProxyType(
    {
        cues.PLACE: _at_place,
        cues.AGENT: _at_place,
        "alias": _at_alias,
        "grounds": _at_heading,
        "verdict": _at_heading,
        "adjacent": _at_neighbour,
        "proposal": _at_neighbour,
        "passive": _at_passive,
        "preposition": _at_preposition,
        "verb": _at_verb,
    }
)
"""What decides for each kind of token; the other kinds only add to what is known."""
