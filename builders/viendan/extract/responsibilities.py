"""Responsibilities: every body that a document makes responsible, with its roles, its task's words, deadline and
section.

Rules: the annotation guide ("responsibilities"). The parts: ``items`` (where orders stand), ``parties`` and
``groups`` (who is named), ``orders`` (who is ordered), ``duties`` (the roles), ``deadlines``, ``task_tables``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import Final

from viendan import text
from viendan.extract import (
    beginnings,
    bodies,
    duty_words,
    items,
    orders,
    owners,
    party_names,
    scopes,
    sections,
    stacked_tables,
    task_tables,
)
from viendan.extract.items import Item
from viendan.extract.orders import Reading
from viendan.extract.scopes import Scope
from viendan.extract.structure import ParsedDocument
from viendan.model import Header, Responsibility

_CONFIDENCE: Final = {
    "subject": 0.93, "heading": 0.95, "assign": 0.97, "demand": 0.95, "request": 0.93, "partner": 0.95, "direct": 0.85,
    "column": 0.9, "duty-of": 0.9, "feedback": 0.7, "stated": 0.75,
}  # fmt: skip
_OWN: Final = frozenset({"subject", "heading", "stated", "column"})
"""The manners in which a document names its own issuer without making it responsible."""
_LABEL: Final = 80  # characters of a label before a duty
_SIGNAL: Final = 6  # characters of a paragraph that names a party at least


def find_responsibilities(parsed: ParsedDocument, header: Header) -> tuple[Responsibility, ...]:
    """All bodies that the document orders to do something, sorted by where their names stand."""
    listed = items.read_items(parsed, header)
    readings = _readings(parsed, listed)
    _read_under(parsed, listed, readings)
    context = bodies.context(header)
    found: list[Responsibility] = []
    for index in range(len(listed)):
        for scope in scopes.find_scopes(listed, readings, index):
            owned = _owned(parsed, listed, readings, index, scope)
            entry = _entry(parsed, context, scope, owned)
            if entry is not None:
                found.append(entry)
    found.extend(_table_entries(parsed, context))
    return tuple(sorted(found, key=lambda entry: (entry.mention.start, entry.mention.end)))


def _readings(parsed: ParsedDocument, listed: Sequence[Item]) -> list[Reading | None]:
    """Every paragraph that may order somebody, read; rows of task tables by their columns."""
    found: list[Reading | None] = []
    signals = _Signals(parsed.flat)
    in_table = False
    stacked = stacked_tables.find_tables(parsed)
    for item in listed:
        if stacked and stacked_tables.covers(stacked, parsed, item.start):
            found.append(None)
            continue
        if item.setting is None or not _may_order(parsed, item, signals, in_table=in_table):
            found.append(None)
            in_table = in_table and item.setting is not None
            continue
        line = duty_words.read_line(parsed.flat, item.start, item.end)
        in_table = (in_table and not items.ends_table(item)) or task_tables.is_head(line)
        content = line.at(item.content)
        if in_table:
            found.append(orders.read_table_row(line, content))
        else:
            read = orders.read_orders if item.setting.duties else orders.read_article
            found.append(read(line, content, item.setting))
    return found


def _read_under(parsed: ParsedDocument, listed: Sequence[Item], readings: list[Reading | None]) -> None:
    """Read what stands under a paragraph that orders, where it was not worth reading for itself."""
    for index, reading in enumerate(readings):
        if reading is None or not reading.orders:
            continue
        for at in items.following(listed, index):
            item = listed[at]
            if readings[at] is None and item.setting is not None and item.end - item.content >= _SIGNAL:
                line = duty_words.read_line(parsed.flat, item.start, item.end)
                readings[at] = orders.read_orders(line, line.at(item.content), item.setting)


def _may_order(parsed: ParsedDocument, item: Item, signals: _Signals, *, in_table: bool) -> bool:
    """Whether a paragraph is worth reading: in the articles of a legal act only one with a word that orders is."""
    if item.setting is None or item.end - item.content < _SIGNAL or parsed.flat[item.content] == "|":
        return False
    if item.setting.duties or in_table:
        return True
    if item.setting.stated and _may_state(parsed.flat, item):
        return True
    return signals.inside(item.start, item.end)


class _Signals:
    """The words without which a paragraph of a legal act orders nobody, found in one go where any is asked for."""

    def __init__(self, flat: str) -> None:
        self._flat = flat
        self._found: list[tuple[int, int]] | None = None

    def inside(self, start: int, end: int) -> bool:
        """Whether any stands in ``flat[start:end]``."""
        if self._found is None:
            small = text.lower_same_length(self._flat)
            cues = duty_words.cues("order-words", "signal")
            self._found = sorted((at, at + len(cue)) for cue in cues for at in text.occurrences(small, cue))
        at = bisect_left(self._found, (start, 0))
        while at < len(self._found) and self._found[at][0] < end:
            if self._found[at][1] <= end:
                return True
            at += 1
        return False


def _may_state(flat: str, item: Item) -> bool:
    """Whether a paragraph, or what stands behind its label, begins with a word that names begin with."""
    colon = flat.find(": ", item.content, min(item.end, item.content + _LABEL))
    return beginnings.may_open(flat, item.content) or (colon >= 0 and beginnings.may_open(flat, colon + 2))


def _table_entries(parsed: ParsedDocument, context: bodies.BodyContext) -> list[Responsibility]:
    """The entries of task tables that have lines of cells, or cells below each other."""
    found: list[Responsibility] = []
    for row in chain(task_tables.find_entries(parsed), stacked_tables.find_entries(parsed)):
        body = party_names.name_body(row.words, context)
        if body is None:
            continue
        found.append(
            Responsibility(
                mention=row.mention,
                body=body,
                roles=(row.role,),
                section=row.section,
                cue=None,
                rule=task_tables.RULE,
                confidence=_CONFIDENCE["column"],
                task_range=row.task,
                deadline=row.deadline,
            )
        )
    return found


def _owned(
    parsed: ParsedDocument, listed: Sequence[Item], readings: Sequence[Reading | None], index: int, scope: Scope
) -> str:
    """The words of an ordered body's name, with those of whoever directs it where they leave that out."""
    party = scope.order.party
    words = parsed.flat[scope.line.starts[party.first] : scope.line.ends[party.last - 1]]
    return owners.owned(words, listed, readings, index, scope.order)


def _entry(parsed: ParsedDocument, context: bodies.BodyContext, scope: Scope, words: str) -> Responsibility | None:
    line, party, manner = scope.line, scope.order.party, scope.order.manner
    start, end = line.starts[party.first], line.ends[party.last - 1]
    body = party_names.name_body(words, context)
    own = manner in _OWN or (manner == "feedback" and context.level != "central")
    if body is None or (own and party_names.is_issuer(words, context)):
        return None
    duty = scope.duty
    return Responsibility(
        mention=parsed.mention(start, end, f"responsibility-{manner}"),
        body=body,
        roles=duty.roles,
        section=sections.section_at(parsed, start),
        cue=scope.order.cue or None,
        rule=f"responsibility-{manner}",
        confidence=_CONFIDENCE[manner],
        task_range=parsed.source_span(*duty.task) if duty.task else None,
        deadline=duty.deadline,
    )
