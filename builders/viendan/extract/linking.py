"""How citations hang together: which stands in the subject of another, which is joined to it, which changed it.

One pass from left to right. What stands between two citations decides: a subject that reaches over the second one
holds it; a bare comma, semicolon or ``và`` joins it to the first; ``được sửa đổi bởi`` makes it what changed the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan.extract import cues, lexicon
from viendan.extract.clauses import WINDOW, Layout, Placed
from viendan.extract.cues import Token, is_proposing
from viendan.extract.governors import Governor, Link, govern

_TOUCH: Final = 70  # a subject cut off right before an instrument that it names ("… thực hiện thắng lợi | Nghị quyết")
_NEIGHBOURS: Final = 40  # citations looked back: a law that amends others may name a dozen
_TYPE_WINDOW: Final = 40
_ISSUER: Final = 90  # characters of an issuer
_PLURAL_WINDOW: Final = 12
_PLURALS: Final = (["các"], ["những"])
_SUBJECT_KINDS: Final = frozenset({"opener", "verb", cues.OPEN_QUOTE, cues.QUOTE})
_LAW_TYPES: Final = frozenset({"luật", "bộ luật", "pháp lệnh"})


@dataclass(frozen=True, slots=True)
class Linked:
    """A citation and how it hangs on the others; indexes are those of the placed citations."""

    index: int
    governor: Governor
    holder: int | None = None
    """The citation in whose subject or name this one stands."""
    partner: int | None = None
    """The citation that it is joined to, annexed to, short for, or did something to."""
    sentence: int = 0
    """Where its sentence starts."""


def link(shape: Layout, placed: tuple[Placed, ...]) -> tuple[Linked, ...]:
    """The links of all citations, in order."""
    linked: list[Linked] = []
    for index in range(len(placed)):
        linked.append(_link_one(shape, placed, linked, index))
    return tuple(linked)


def family(placed: Placed) -> str:
    """The type of a citation as far as lists are concerned: laws, codes and ordinances go together."""
    name = (placed.citation.type or "").lower()
    return "luật" if name in _LAW_TYPES else name


def _link_one(shape: Layout, placed: tuple[Placed, ...], linked: list[Linked], index: int) -> Linked:
    item = placed[index]
    floor = shape.paragraphs[item.paragraph][0]
    outer = _container(placed, index)
    if outer is not None:
        return _inside_name(shape, placed, linked, index, outer)
    previous = _previous(placed, index, floor)
    sentence = shape.sentence_start(item.start, max(floor, placed[previous].end if previous is not None else floor))
    if previous is None or sentence > placed[previous].end or item.start - placed[previous].end > WINDOW:
        before = cues.tokens(shape.flat, sentence, item.start)
        governor = govern(shape.flat, before, sentence, item.start, after_citation=False)
        return Linked(index, governor, sentence=sentence)
    return _after(shape, placed, linked, index, previous)


def _container(placed: tuple[Placed, ...], index: int) -> int | None:
    """The innermost earlier citation whose own words include this one."""
    item = placed[index]
    for at in range(index - 1, max(index - _NEIGHBOURS, -1), -1):
        if placed[at].end >= item.end and placed[at].start <= item.start and placed[at] is not item:
            return at
    return None


def _inside_name(shape: Layout, placed: tuple[Placed, ...], linked: list[Linked], index: int, outer: int) -> Linked:
    start = placed[outer].start
    before = cues.tokens(shape.flat, start, placed[index].start)
    inner = [at for at in range(outer + 1, index) if linked[at].holder == outer]
    if inner:
        last = placed[inner[-1]]
        tail = [token for token in before if token.start >= last.end]
        governor = govern(shape.flat, tail, last.end, placed[index].start, after_citation=True)
        if governor.link is Link.JOINED:
            return Linked(index, linked[inner[-1]].governor, outer, inner[-1], linked[outer].sentence)
    governor = govern(shape.flat, before, start, placed[index].start, after_citation=False)
    return Linked(index, governor, outer, None, linked[outer].sentence)


def _previous(placed: tuple[Placed, ...], index: int, floor: int) -> int | None:
    """The last citation in the paragraph that ends before this one starts, and is not part of another one's name."""
    best: int | None = None
    for at in range(index - 1, max(index - _NEIGHBOURS, -1), -1):
        if placed[at].start < floor:
            break
        if placed[at].end <= placed[index].start and (best is None or placed[at].end > placed[best].end):
            best = at
    return best


def _after(shape: Layout, placed: tuple[Placed, ...], linked: list[Linked], index: int, previous: int) -> Linked:
    """The link of a citation that follows another one in the same sentence."""
    item, start = placed[index], placed[previous].end
    sentence = linked[previous].sentence
    before = cues.tokens(shape.flat, start, item.start)
    governor = govern(shape.flat, before, start, item.start, after_citation=True)
    if governor.link is Link.ALIAS:
        partner = _named_alike(placed, index, previous)
        return Linked(index, governor, linked[partner].holder, partner, sentence)
    if governor.link is Link.AGENT:
        parted = any(token.kind == cues.SEMICOLON for token in before)
        changed = None if parted else _changed(placed, linked, index, previous)
        return Linked(index, governor, None, changed, sentence)
    member = _list_member(shape.flat, placed, linked, index, previous, governor)
    if member is not None:
        return _like(linked, index, member, governor)
    holder = _holder(shape, placed, linked, index, previous, before, governor)
    if holder is None:
        return _at_top(shape, placed, linked, index, previous, before, governor)
    if governor.link is Link.JOINED and linked[previous].holder == holder:
        governor = linked[previous].governor
    return Linked(index, governor, holder, previous, sentence)


def _at_top(
    shape: Layout,
    placed: tuple[Placed, ...],
    linked: list[Linked],
    index: int,
    previous: int,
    before: list[Token],
    governor: Governor,
) -> Linked:
    """The link of a citation that no subject holds: annexed, one more agent, or joined to the last one at the top."""
    item, sentence = placed[index], linked[previous].sentence
    if governor.link is Link.ANNEX:
        return Linked(index, governor, None, previous, sentence)
    one_more = governor.link is Link.JOINED and linked[previous].governor.link is Link.AGENT
    if one_more and "semicolon" not in governor.modifiers and family(placed[previous]) == family(item):
        return Linked(index, linked[previous].governor, None, linked[previous].partner, sentence)
    outside = _outside(shape, placed, previous, item, before, governor)
    return Linked(index, outside, None, _top(linked, previous), sentence)


def _list_member(
    flat: str, placed: tuple[Placed, ...], linked: list[Linked], index: int, previous: int, governor: Governor
) -> int | None:
    """The member of a list under one type word (``các Quyết định: số 1 …, số 2 …``) that a bare number continues."""
    if governor.link is not Link.JOINED and "joined" not in governor.modifiers:
        return None
    if not _is_bare(flat, placed[index]):
        return None
    at: int | None = previous
    while at is not None:
        plural = flat[max(0, placed[at].start - _PLURAL_WINDOW) : placed[at].start].lower().split()[-1:]
        if family(placed[at]) == family(placed[index]) and (_is_bare(flat, placed[at]) or plural[:1] in _PLURALS):
            return at
        at = linked[at].holder
    return None


def _is_bare(flat: str, item: Placed) -> bool:
    """Whether a citation has no type word of its own and starts with its number."""
    return flat.startswith(("số ", "Số ", "sô "), item.start) or flat[item.start : item.start + 1].isdigit()


def _like(linked: list[Linked], index: int, member: int, governor: Governor) -> Linked:
    """A citation that hangs like another member of its list."""
    model = linked[member]
    if model.holder is not None:
        return Linked(index, model.governor, model.holder, member, model.sentence)
    return Linked(index, Governor(Link.JOINED, None, governor.modifiers), None, member, model.sentence)


def _outside(
    shape: Layout, placed: tuple[Placed, ...], previous: int, item: Placed, before: list[Token], governor: Governor
) -> Governor:
    """The governor among the words behind the subject of the citation before: the subject's verbs do not count."""
    if governor.link is Link.JOINED:
        return governor
    subject_end = _subject_end(shape, placed[previous], item, before)
    if subject_end is None:
        return governor
    rest = [token for token in before if token.start >= subject_end]
    return govern(shape.flat, rest, subject_end, item.start, after_citation=True)


def _subject_end(shape: Layout, previous: Placed, item: Placed, before: list[Token]) -> int | None:
    """Where the subject of the citation before ends: as known, else at a new clause, else at the last connector."""
    if previous.title_end is not None and previous.title_end <= item.start:
        return previous.title_end
    if not _opens_subject(shape.flat, previous.end, before):
        return None
    for token in reversed(before):
        if token.kind == cues.SEMICOLON:
            return token.start
        if token.kind == cues.COMMA and _restarts(shape.flat, token.end, item.start):
            return token.start
    for token in reversed(before):
        if token.kind in (cues.COMMA, cues.AND):
            return token.start
    return None


def _restarts(flat: str, position: int, limit: int) -> bool:
    """Whether a new clause starts with a capital letter right behind a comma (``…, Ủy ban nhân dân tỉnh …``)."""
    while position < limit and flat[position] == " ":
        position += 1
    return position < limit and flat[position].isupper()


def _opens_subject(flat: str, start: int, before: list[Token]) -> bool:
    """Whether the words right behind a citation open its subject; brackets and an issuer may stand in front."""
    edge = start
    depth = 0
    for at, token in enumerate(before):
        if token.kind == cues.OPEN:
            depth += 1
        if depth == 0:
            if flat[edge : token.start].strip(" *_"):
                return False
            if token.kind == cues.OF:
                return _opens_behind_issuer(before[at:])
            return token.kind in _SUBJECT_KINDS and not _main_verb(flat, token, before)
        if token.kind == cues.CLOSE:
            depth -= 1
        edge = token.end
    return False


def _opens_behind_issuer(before: list[Token]) -> bool:
    """Whether a subject opens behind an issuer that was not read as one (``của Ban Chỉ đạo … về việc``)."""
    for token in before[1:]:
        if token.start - before[0].start > _ISSUER or token.kind in _SUBJECT_KINDS:
            return token.kind == "opener" and token.start - before[0].start <= _ISSUER
        if token.kind in (cues.SEMICOLON, cues.COMMA, cues.COLON, "preposition"):
            return False
    return False


def _main_verb(flat: str, token: Token, before: list[Token]) -> bool:
    """Whether a verb is the sentence's own (``… thực hiện theo quy định tại …``) and not the subject's."""
    at = before.index(token)
    following = before[at + 1] if at + 1 < len(before) else None
    return (
        token.kind == "verb"
        and following is not None
        and following.kind == "preposition"
        and not flat[token.end : following.start].strip()
    )


def _holder(
    shape: Layout,
    placed: tuple[Placed, ...],
    linked: list[Linked],
    index: int,
    previous: int,
    before: list[Token],
    governor: Governor,
) -> int | None:
    """The citation whose subject reaches over this one: the nearest first, then those that hold it."""
    item = placed[index]
    if _starts_anew(shape.flat, before, governor):
        return None
    joined = governor.link is Link.JOINED or "joined" in governor.modifiers
    equal = _equal_above(placed, linked, previous, item) if joined else None
    if equal is not None:
        return linked[equal].holder
    child: int | None = None
    at: int | None = previous
    while at is not None:
        if _reaches(shape, placed[at], item, before if at == previous else None, governor):
            return at
        if child == previous and joined and placed[at].title_end is None and family(placed[child]) == family(item):
            return at
        child, at = at, linked[at].holder
    return None


def _equal_above(placed: tuple[Placed, ...], linked: list[Linked], previous: int, item: Placed) -> int | None:
    """Of what holds the citation before, the one that a joined citation of another type goes with: the two are of one
    type, or both propose or report (``tại Tờ trình … về việc sửa đổi Quyết định … và Văn bản …``)."""
    if family(placed[previous]) == family(item):
        return None
    at = linked[previous].holder
    while at is not None:
        both_propose = is_proposing(placed[at].citation.type) and is_proposing(item.citation.type)
        if both_propose or family(placed[at]) == family(item):
            return at
        at = linked[at].holder
    return None


def _reaches(shape: Layout, holder: Placed, item: Placed, before: list[Token] | None, governor: Governor) -> bool:
    """Whether the subject of ``holder`` reaches over ``item``; ``before`` only where nothing stands between them."""
    if holder.title_end is not None:
        if item.start < holder.title_end:
            return governor.link is not Link.JOINED or before is None
        gap = shape.flat[holder.title_end : item.start]
        return (
            before is not None
            and len(gap) <= _TOUCH
            and governor.link is Link.CUE
            and not any(sign in gap for sign in ",;:.")
            and not gap.lstrip(' *_”"')[:1].isupper()
        )
    if before is None or governor.link in (Link.JOINED, Link.NONE) or "joined" in governor.modifiers:
        return False
    if not _opens_subject(shape.flat, holder.end, before):
        return False
    return not any(
        token.kind == cues.SEMICOLON or (token.kind == cues.COMMA and _restarts(shape.flat, token.end, item.start))
        for token in before
    )


def _starts_anew(flat: str, before: list[Token], governor: Governor) -> bool:
    """Whether the governing word opens a new heading or sentence that the text's layout ran into the subject.

    A capital letter behind a type word (``ban hành Kế hoạch Triển khai …``) does not.
    """
    token = governor.token
    if token is None or token == before[0] or not flat[token.start].isupper() or flat[token.start - 1] != " ":
        return False
    words = flat[max(0, token.start - _TYPE_WINDOW) : token.start].lower().split()
    return not any(" ".join(words[-count:]) in _type_labels() for count in range(1, 4))


@cache
def _type_labels() -> frozenset[str]:
    return frozenset(word.label.lower() for word in lexicon.scheme("instrument-types"))


def _top(linked: list[Linked], at: int) -> int:
    """The outermost citation that holds ``at``, or ``at`` itself."""
    for _ in range(len(linked)):
        holder = linked[at].holder
        if holder is None:
            break
        at = holder
    return at


def _changed(placed: tuple[Placed, ...], linked: list[Linked], index: int, previous: int) -> int:
    """The instrument that another one changed: the nearest of its own type, else the one whose subject it follows."""
    at: int | None = previous
    while at is not None:
        if family(placed[at]) == family(placed[index]):
            return at
        at = linked[at].holder
    return _top(linked, previous)


def _named_alike(placed: tuple[Placed, ...], index: int, previous: int) -> int:
    """The citation that a short name stands for: the last one with the same number, else of the same type."""
    item = placed[index].citation
    for at in range(previous, max(previous - 8, -1), -1):
        if item.number and placed[at].citation.number == item.number:
            return at
    for at in range(previous, max(previous - 8, -1), -1):
        if family(placed[at]) == family(placed[index]):
            return at
    return previous
