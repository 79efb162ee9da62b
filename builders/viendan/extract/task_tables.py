"""Task tables of plans: who leads, who co-operates, until when, by the columns that say so.

Two forms: Markdown tables (``| … |``), whose cells are read one by one; and tables whose cells a text extraction has
run together, where a row ends with the one who leads and those who co-operate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from viendan.extract import deadlines, duty_words, parties, repairs, tails
from viendan.extract.duty_words import Line
from viendan.extract.groups import Party
from viendan.extract.structure import ParsedDocument, parse_document
from viendan.model import Mention, SourceDocument

RULE: Final = "responsibility-column"
"""The rule of entries that a table's column or a label makes."""
CONTEXT: Final = 32  # characters of prefix and suffix of a Web Annotation quote
_ROWS: Final = re.compile(r"(?:^[ \t>]*\|[^\n]*\|[ \t]*(?:\n|$))+", re.MULTILINE)
_CELL: Final = re.compile(r"(?<=\|)[^|\n]*(?=\|)")
_RULE: Final = re.compile(r"[\s|:*-]+$")
_HEAD: Final = 30  # words of a table's head at most
_LONGEST_ROW: Final = 1500
_SEPARATORS: Final = frozenset({",", ";", "và", "/", "&"})


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A body in a row of a task table: its name with its place in the source, its role, the task's offsets, the
    deadline, the row's number."""

    mention: Mention
    words: str
    role: str
    task: tuple[int, int] | None
    deadline: str | None
    section: str = ""


class _Cell(NamedTuple):
    start: int
    text: str


def find_entries(parsed: ParsedDocument) -> Iterator[TaskEntry]:
    """The bodies in all task tables with lines of ``|`` cells, in the order of the text."""
    if "|" not in parsed.source.text:
        return
    for table in _ROWS.finditer(parsed.source.text):
        yield from _table(parsed, table.start(), table.group())


def _table(parsed: ParsedDocument, start: int, block: str) -> Iterator[TaskEntry]:
    columns: dict[int, str] = {}
    at = start
    for row in block.splitlines(keepends=True):
        cells = [_Cell(at + cell.start(), cell.group()) for cell in _CELL.finditer(row)]
        at += len(row)
        if _RULE.match(row):
            continue
        named = {index: role for index, cell in enumerate(cells) if (role := _column(parsed, cell))}
        if any(role != duty_words.DEADLINE for role in named.values()):
            columns = named
        elif columns:
            yield from _row(parsed, cells, columns)


def _column(parsed: ParsedDocument, cell: _Cell) -> str:
    """The role of a column by its name in the table's head; empty for another column."""
    plain = repairs.is_plain(cell.text)
    line = duty_words.read_line(cell.text, 0, len(cell.text)) if plain else _read(parsed, cell)[1]
    count, role = duty_words.columns().find(line, 0)
    return role if count and count >= len(line) - 1 else ""


def _read(parsed: ParsedDocument, cell: _Cell) -> tuple[ParsedDocument, Line]:
    inner = parse_document(SourceDocument(parsed.source.name, cell.text, ""))
    return inner, duty_words.read_line(inner.flat, 0, len(inner.flat))


def _row(parsed: ParsedDocument, cells: Sequence[_Cell], columns: dict[int, str]) -> Iterator[TaskEntry]:
    dated = [cells[index].text for index, role in columns.items() if role == duty_words.DEADLINE and index < len(cells)]
    deadline = deadlines.find_deadline(dated[0]) or dated[0].strip() or None if dated else None
    task = _task(cells, columns)
    for index, role in sorted(columns.items()):
        if role == duty_words.DEADLINE or index >= len(cells) or not cells[index].text.strip():
            continue
        inner, line = _read(parsed, cells[index])
        for party in parties.scan(line, 0):
            if party.everyone or (party.generic and party.unnamed):
                continue
            first, last = line.starts[party.first], line.ends[party.last - 1]
            start, end = (cells[index].start + offset for offset in inner.source_span(first, last))
            yield TaskEntry(_mention(parsed.source.text, start, end), inner.flat[first:last], role, task, deadline)


def _mention(whole: str, start: int, end: int) -> Mention:
    """The Mention of words in a cell, by their offsets in the source."""
    return Mention(
        start, end, whole[start:end], whole[max(0, start - CONTEXT) : start], whole[end : end + CONTEXT], RULE
    )


def _task(cells: Sequence[_Cell], columns: dict[int, str]) -> tuple[int, int] | None:
    """The longest cell that is in no column of roles or deadlines."""
    others = [cell for index, cell in enumerate(cells) if index not in columns and cell.text.strip()]
    if not others:
        return None
    longest = max(others, key=lambda cell: len(cell.text))
    lead = len(longest.text) - len(longest.text.lstrip())
    return longest.start + lead, longest.start + len(longest.text.rstrip())


def is_head(line: Line) -> bool:
    """Whether a paragraph is the head of a task table whose cells were run together: it names who leads and another
    column."""
    if len(line) > _HEAD or not line.upper(0):
        return False
    found: set[str] = set()
    at = 0
    while at < len(line):
        count, role = duty_words.columns().find(line, at)
        if role and (count > 2 or role == duty_words.DEADLINE):
            found.add(role)
        at += max(count, 1)
    return "lead" in found and len(found) > 1 and not line.mark(len(line) - 1, ".;:")


def read_row(line: Line, found: Sequence[Party]) -> Iterator[tuple[Party, str]]:
    """The bodies at the end of a row whose cells were run together, with their roles: those of the first cell lead."""
    run = _last_run(line, found) if line.end - line.start < _LONGEST_ROW else []
    role = "lead"
    for index, party in enumerate(run):
        if index and not any(word in _SEPARATORS for word in line.words[run[index - 1].last : party.first]):
            role = "coordinate"
        if not (party.everyone or (party.generic and party.unnamed)):
            yield party, role


def unseparated_runs(line: Line, found: Sequence[Party]) -> list[tuple[Party, ...]]:
    """The parties of a text parted where no mark or ``và`` stands between two: each part was a cell of its own.

    Parties between which other words stand are left out.
    """
    runs: list[list[Party]] = []
    for party in found:
        gap = line.words[tails.behind_others(line, runs[-1][-1].last) : party.first] if runs else ()
        if not all(word in _SEPARATORS for word in gap):
            return []
        if runs and gap:
            runs[-1].append(party)
        else:
            runs.append([party])
    return [tuple(run) for run in runs]


def _last_run(line: Line, found: Sequence[Party]) -> list[Party]:
    """The last parties of a row that stand side by side, apart from a deadline behind them."""
    run: list[Party] = []
    for party in reversed(found):
        gap = line.words[party.last : run[0].first] if run else ()
        if not all(word in _SEPARATORS for word in gap):
            break
        run.insert(0, party)
    while len(run) > 1 and run[0].group and not run[1].group and run[0].last == run[1].first:
        run.pop(0)  # the last words of the task: "… ở các xã | Sở Xây dựng"
    return run
