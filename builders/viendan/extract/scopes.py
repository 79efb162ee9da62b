"""The duty of each order: which words say what an ordered body is to do.

A subject's duty goes on to the next order or the paragraph's end, and over the paragraphs under it; a partner's and a
directed body's duty is its clause. Bodies that share a duty share its value, so that it is read once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from viendan.extract import deadlines, duties, duty_words, items
from viendan.extract.duties import Piece
from viendan.extract.duty_words import Line
from viendan.extract.items import Item
from viendan.extract.orders import Order, Reading

_OWNERS: Final = frozenset({"subject", "heading", "stated", "assign", "demand", "request", "duty-of", "feedback"})
_INLINE: Final = frozenset({"subject", "stated", "assign", "request", "demand"})
_ENDS: Final = frozenset({";", "."})  # marks that end a clause
_CLAUSE: Final = 120  # words of a clause at most
_SHORT: Final = 3  # words behind a heading's colon that are no duty yet
_NEAR: Final = 4  # words before the subject of a paragraph (``Giao``, ``Đề nghị``)
_DIRECTING: Final = 6  # words before a directed body in a paragraph that is about nothing else
_APPEAL: Final = 14  # words before ``kêu gọi`` in a paragraph that appeals to everyone
_ANSWER: Final = 40  # words of others between a body and ``chịu trách nhiệm thi hành``


class Duty(NamedTuple):
    """What a body is to do: roles, flat offsets of the words (None for no words), deadline."""

    roles: tuple[str, ...]
    task: tuple[int, int] | None
    deadline: str | None


class Scope(NamedTuple):
    """An order with its duty."""

    order: Order
    line: Line
    duty: Duty


def find_scopes(listed: Sequence[Item], readings: Sequence[Reading | None], index: int) -> Iterator[Scope]:
    """The orders of a paragraph with their duties; a heading without anything under it is none."""
    reading = readings[index]
    if reading is None or not reading.orders:
        return
    shared: dict[tuple[int, int, bool], Duty | None] = {}
    under: list[Reading] | None = None
    ends = _ends(reading)
    names, others = _names(reading), _others(reading)
    for order in reading.orders:
        key = (order.duty, ends[order.party.first], order.manner in _INLINE or order.manner == "direct")
        if key not in shared:
            under = _under(listed, readings, index) if under is None else under
            piece = Piece(
                reading.line, order.duty, ends[order.party.first], names, others, inline=order.manner in _INLINE
            )
            shared[key] = _duty(piece, order, under)
        duty = shared[key]
        if duty is not None:
            yield Scope(order, reading.line, _with_order(order, duty, alone=_is_alone(reading, order)))


def _ends(reading: Reading) -> dict[int, int]:
    """The index behind each order's words in its own paragraph, by the order's first word.

    An owner's words go on to the next owner that has another duty; those of one list share theirs.
    """
    line = reading.line
    ends: dict[int, int] = {}
    end, duty, first = len(line), -1, len(line)
    for order in reversed(reading.orders):
        if order.manner in _OWNERS:
            if order.duty != duty:
                end, duty = first, order.duty
            first = order.party.first
            ends[first] = end
        elif order.manner == "direct":
            ends[order.party.first] = _directed_end(reading, order)
        else:
            ends[order.party.first] = _clause_end(line, order.duty)
    return ends


def _duty(piece: Piece, order: Order, under: Sequence[Reading]) -> Duty | None:
    """The duty that an order's words give; None for a heading that nothing follows."""
    line = piece.line
    if order.manner not in _OWNERS:
        inline = order.manner == "direct"
        pieces = [piece._replace(others=(), inline=inline)]
        roles = duties.read_roles(pieces) if inline else ()
        return Duty(roles, _task(pieces), _deadline(pieces))
    last = _appeal(line, order.duty, piece.last)
    pieces = [piece._replace(last=last)]
    if last == len(line) and order.manner != "feedback" and not _closes_itself(line, order.duty):
        pieces.extend(map(_whole, under))
    if order.manner in ("heading", "duty-of", "stated") and len(pieces) == 1 and last - order.duty < _SHORT:
        return None
    if order.manner == "stated" and not any(_doing().match(part.line, part.first) for part in pieces[:2]):
        return None
    return Duty(duties.read_roles(pieces), _task(pieces), _deadline(pieces))


def _closes_itself(line: Line, duty: int) -> bool:
    """Whether a duty is ``chịu trách nhiệm thi hành Quyết định này``, which nothing below it says more of."""
    return not line.mark(len(line) - 1, ":") and any(
        _answers().match(line, at) for at in range(duty, min(len(line), duty + _ANSWER))
    )


def _is_alone(reading: Reading, order: Order) -> bool:
    """Whether no other body is given the same duty."""
    return sum(other.duty == order.duty and other.manner == order.manner for other in reading.orders) == 1


def _with_order(order: Order, duty: Duty, *, alone: bool) -> Duty:
    """The duty with the roles that the order itself gives: partner, column, standing, ``giao … thực hiện``."""
    if order.manner in ("partner", "column"):
        return Duty((order.role or "coordinate",), duty.task, duty.deadline)
    roles = set(duty.roles) or {duties.IMPLEMENT}
    if order.standing:
        roles.add("standing")
    if order.manner == "assign" and alone and roles == {duties.IMPLEMENT}:
        roles.add("lead")
    return Duty(duties.in_order(roles), duty.task, duty.deadline)


def _names(reading: Reading) -> tuple[tuple[int, int], ...]:
    return tuple((party.first, party.last) for party in reading.parties if not party.everyone)


def _whole(reading: Reading) -> Piece:
    return Piece(reading.line, reading.content, len(reading.line), _names(reading), _others(reading))


def _others(reading: Reading) -> tuple[tuple[int, int], ...]:
    """The stretches that are the duties of bodies below."""
    return tuple((order.duty, _directed_end(reading, order)) for order in reading.orders if order.manner == "direct")


def _under(listed: Sequence[Item], readings: Sequence[Reading | None], index: int) -> list[Reading]:
    """The paragraphs under an item, up to a closing sentence or one that addresses another order; without those that
    are another's, with what stands under these."""
    found: list[Reading] = []
    others: int | None = None  # the rank of the paragraph that began another's part
    for at in items.following(listed, index):
        reading, rank = readings[at], listed[at].rank
        if others is not None and rank > others:
            continue
        others = None
        if reading is None:
            continue
        if rank == items.NO_RANK:
            if any(order.manner in _OWNERS for order in reading.orders) or _closes(reading):
                break
            if not _doing().match(reading.line, reading.content):
                continue
        if _begins_with_subject(reading):
            others = rank
            continue
        found.append(reading)
    return found


def _closes(reading: Reading) -> bool:
    """Whether a paragraph is one of a document's last sentences, or appeals to everyone."""
    line, content = reading.line, reading.content
    near = min(len(line), content + _APPEAL)
    return bool(_closing().match(line, content)) or _appeal(line, content, near) < near


def _begins_with_subject(reading: Reading) -> bool:
    """Whether a paragraph's first words are another body that is ordered, or what stands before such a body's order."""
    owners = [order for order in reading.orders[:2] if order.manner in _OWNERS and order.manner != "feedback"]
    if any(order.party.first <= reading.content + _NEAR for order in owners):
        return True
    first = owners[0] if owners and owners[0] is reading.orders[0] else None
    return first is not None and first.manner == "assign" and _adverbials().match(reading.line, reading.content) > 0


def _directed_end(reading: Reading, order: Order) -> int:
    """The end of the duty of a body below: its clause, or all where the paragraph is about nothing else."""
    line = reading.line
    if order.party.first - reading.content <= _DIRECTING and not any(
        other.manner in _OWNERS for other in reading.orders[:1]
    ):
        return len(line)
    return _clause_end(line, order.duty)


def _clause_end(line: Line, at: int) -> int:
    last = min(len(line), at + _CLAUSE)
    return next((index for index, word in enumerate(line.words[at:last], at) if word in _ENDS), max(at, last))


def _appeal(line: Line, first: int, last: int) -> int:
    """The end of a duty before an appeal to everyone (``và kêu gọi …``)."""
    beginnings = _appeals().firsts
    for at in [index for index, word in enumerate(line.words[first:last], first) if word in beginnings]:
        if _appeals().match(line, at):
            return at
    return last


def _task(pieces: Sequence[Piece]) -> tuple[int, int] | None:
    """The flat offsets of the task's words, from the first to the last piece; None for no words."""
    kept = [piece for piece in pieces if piece.last > piece.first]
    if not kept:
        return None
    return kept[0].line.starts[kept[0].first], kept[-1].line.ends[kept[-1].last - 1]


def _deadline(pieces: Sequence[Piece]) -> str | None:
    for piece in pieces:
        if piece.last > piece.first:
            line = piece.line
            found = deadlines.find_deadline(line.flat[line.starts[piece.first] : line.ends[piece.last - 1]])
            if found:
                return found
    return None


@cache
def _doing() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "modal", "adverb", "verb")


@cache
def _answers() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "answers")


@cache
def _adverbials() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "adverbial")


@cache
def _closing() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "closing")


@cache
def _appeals() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "appeal")
