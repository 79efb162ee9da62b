"""Which of several values is preferred, and why: people, a register, its own header, citers, evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from viendan import text
from viendan.link.facts import Record

Reason = Literal["corrected", "register", "own-header", "majority", "evidence", "tie"]
FULL_DATE: Final = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """One value, with the records that give it (each document speaks once)."""

    value: str
    records: tuple[Record, ...]

    @property
    def speakers(self) -> int:
        """The number of documents and registers that say so."""
        return len({record.graph for record in self.records})

    @property
    def evidence(self) -> tuple[int, int, float]:
        """What speaks for it besides: the most careful role in which it is cited, mentions, the surest of them."""
        return (
            max((record.strength for record in self.records), default=0),
            sum(record.mentions for record in self.records),
            round(max((record.confidence for record in self.records), default=0.0), 2),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The preferred value and why; ``readings`` are all values, the most frequent and best proved first."""

    value: str
    reason: Reason
    readings: tuple[Reading, ...]


def choose(
    records: Sequence[Record],
    values: Callable[[Record], Iterable[str]],
    key: Callable[[str], str] = lambda value: value,
) -> Choice | None:
    """The preferred value of a property among the records of one thing; values with one ``key`` are one reading.

    Where as many documents say each, the better evidence decides, at last the code point, which is said to be a tie.
    None where nobody gives a value.
    """
    readings = read(records, values, key)
    if not readings:
        return None
    rules: tuple[tuple[Reason, Callable[[Record], bool]], ...] = (("register", _checked), ("own-header", _is_own))
    for reason, speaks in rules:
        for reading in readings:
            if any(speaks(record) for record in reading.records):
                return Choice(reading.value, reason, readings)
    first, *others = readings
    if not others or others[0].speakers < first.speakers:
        return Choice(first.value, "majority", readings)
    return Choice(first.value, "tie" if others[0].evidence == first.evidence else "evidence", readings)


def read(
    records: Sequence[Record], values: Callable[[Record], Iterable[str]], key: Callable[[str], str]
) -> tuple[Reading, ...]:
    """The different readings of a property, the one that most documents give first, of those the best proved one."""
    grouped: defaultdict[str, defaultdict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        for value in values(record):
            grouped[key(value)][value].append(record)
    readings = []
    for spellings in grouped.values():
        spelling = min(spellings, key=lambda value: (-len({record.graph for record in spellings[value]}), value))
        everyone = tuple(sorted((r for own in spellings.values() for r in own), key=lambda record: record.node))
        readings.append(Reading(spelling, everyone))
    return tuple(sorted(readings, key=_order))


def _order(reading: Reading) -> tuple[float | str, ...]:
    return (-reading.speakers, *(-weight for weight in reading.evidence), reading.value)


def _checked(record: Record) -> bool:
    return record.register and record.sure


def _is_own(record: Record) -> bool:
    return record.own


def full_dates(record: Record) -> Iterable[str]:
    """The full dates of a record."""
    return (day for day in record.dates if len(day) == FULL_DATE)


def choose_date(records: Sequence[Record]) -> Choice | None:
    """The preferred date: a full one where anybody gives one."""
    return choose(records, full_dates) or choose(records, lambda record: record.dates)


def choose_title(records: Sequence[Record]) -> Choice | None:
    """The preferred title; spellings of the same words are one reading."""
    return choose(records, lambda record: record.titles, text.compare_key)


def choose_type(records: Sequence[Record], generic: frozenset[str]) -> Choice | None:
    """The preferred type; a word that stands for any type only where nobody knows better."""
    return choose(records, lambda record: (kind for kind in record.types if kind not in generic)) or choose(
        records, lambda record: record.types
    )
