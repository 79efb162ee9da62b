"""The duty of each order: which words say what an ordered body is to do.

A subject's duty goes on to the next order or the paragraph's end, and over the paragraphs under it; a partner's and a directed
body's duty is its clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan.extract import duty_words, items
from viendan.extract.duties import Piece
from viendan.extract.items import Item
from viendan.extract.orders import Order, Reading

_OWNERS: Final = frozenset({"subject", "heading", "assign", "demand", "request", "duty-of", "feedback"})
_SHORT: Final = 3  # words behind a heading's colon that are no duty yet


@dataclass(frozen=True, slots=True)
class Scope:
    """An order with the words of its duty."""

    order: Order
    reading: Reading
    pieces: tuple[Piece, ...]


def find_scopes(
    listed: Sequence[Item], readings: Sequence[Reading | None], index: int, reading: Reading
) -> Iterator[Scope]:
    """The orders of a paragraph, each with the pieces that are its duty."""
    line = reading.line
    starts = sorted({order.party.first for order in reading.orders if order.manner in _OWNERS})
    under = _under(listed, readings, index)
    names = tuple((party.first, party.last) for party in reading.parties)
    others = _others(reading)
    for order in reading.orders:
        if order.manner in ("partner", "column"):
            yield Scope(order, reading, (Piece(line, order.duty, _clause_end(line, order.duty), names),))
            continue
        if order.manner == "direct":
            last = _directed_end(reading, order)
            yield Scope(order, reading, (Piece(line, order.duty, last, names),))
            continue
        after = [start for start in starts if start >= order.duty]
        last = _appeal(line, order.duty, after[0] if after else len(line))
        pieces = [Piece(line, order.duty, last, names, others)]
        if not after and _owns_following(listed, index, order):
            pieces.extend(_whole(other) for other in under if not _begins_with_subject(other))
        if order.manner in ("heading", "duty-of") and len(pieces) == 1 and last - order.duty < _SHORT:
            continue
        yield Scope(order, reading, tuple(pieces))


def _owns_following(listed: Sequence[Item], index: int, order: Order) -> bool:
    return order.manner != "feedback" and listed[index].rank > 1


def _under(listed: Sequence[Item], readings: Sequence[Reading | None], index: int) -> list[Reading]:
    """The paragraphs under an item, up to a closing sentence or one that addresses another order."""
    found: list[Reading] = []
    for at in items.following(listed, index):
        reading = readings[at]
        if reading is None:
            continue
        if listed[at].rank == items.NO_RANK:
            if any(order.manner in _OWNERS for order in reading.orders) or _closes(reading):
                break
            if not _doing().match(reading.line, reading.content):
                continue
        found.append(reading)
    return found


def _closes(reading: Reading) -> bool:
    """Whether a paragraph is one of a document's last sentences, or appeals to everyone."""
    line, content = reading.line, reading.content
    if _closing().match(line, content):
        return True
    return _appeal(line, content, min(len(line), content + 14)) < min(len(line), content + 14)


def _begins_with_subject(reading: Reading) -> bool:
    """Whether a paragraph's first words are another body that is ordered."""
    return any(
        order.manner in _OWNERS and order.manner != "feedback" and order.party.first <= reading.content + 4
        for order in reading.orders
    )


def _whole(reading: Reading) -> Piece:
    names = tuple((party.first, party.last) for party in reading.parties)
    return Piece(reading.line, reading.content, len(reading.line), names, _others(reading))


def _others(reading: Reading) -> tuple[tuple[int, int], ...]:
    """The stretches that are the duties of bodies below."""
    return tuple(
        (order.duty, _directed_end(reading, order)) for order in reading.orders if order.manner == "direct"
    )


def _directed_end(reading: Reading, order: Order) -> int:
    """The end of the duty of a body below: its clause, or all where the paragraph is about nothing else."""
    line = reading.line
    before = line.words[reading.content : order.party.first]
    if len(before) <= 6 and not any(other.manner in _OWNERS for other in reading.orders):
        return len(line)
    return _clause_end(line, order.duty)


def _clause_end(line: duty_words.Line, at: int) -> int:
    while at < len(line) and not line.mark(at, ";."):
        at += 1
    return at


@cache
def _doing() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "modal", "adverb", "verb")


@cache
def _closing() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "closing")


@cache
def _appeals() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "appeal")


def _appeal(line: duty_words.Line, first: int, last: int) -> int:
    """The end of a duty before an appeal to everyone (``và kêu gọi …``)."""
    for at in range(first, last):
        if _appeals().match(line, at):
            return at
    return last
