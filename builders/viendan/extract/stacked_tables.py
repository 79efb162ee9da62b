"""Task tables whose cells a text extraction put one below the other: each cell is a paragraph of its own.

The head is a run of short paragraphs that names the columns (``Tên nhiệm vụ``, ``Cơ quan chủ trì``, ``Cơ quan phối
hợp`` …); in the rows below it, paragraphs that hold nothing but names of bodies are the cells of those columns, in
their order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import dropwhile
from operator import attrgetter, itemgetter
from typing import Final

from viendan import text
from viendan.extract import deadlines, duty_words, parties, tails
from viendan.extract.duty_words import Line
from viendan.extract.groups import Party
from viendan.extract.structure import ParsedDocument
from viendan.extract.task_tables import RULE, TaskEntry, unseparated_runs

_NAME: Final = 9  # words of a column's name at most
_COLUMNS: Final = 14  # paragraphs of a head at most
_IDLE: Final = 60  # paragraphs without a cell of bodies behind which a table is over
_CELL: Final = 400  # characters of a cell of bodies at most
_CUT: Final = 60  # characters of the first half of a cell that was cut at most
_TASK: Final = 8  # words of a task at least, by which a row without a number is known
_LATER: Final = 6  # paragraphs behind the bodies of a row in which its deadline stands
_ROW: Final = re.compile(r"\W{0,3}(?P<number>\d{1,3}(?:\.\d{1,3})*)[.)]?(?:\s|$)")
_OVER: Final = re.compile(r"\W{0,3}(?:(?:Điều|ĐIỀU)\s+\d|(?:Nơi nhận|NƠI NHẬN)\b|(?:Phụ lục|PHỤ LỤC)(?!\w))")
_GAP: Final = 2  # blanks between two cells of one line
_CLOSING: Final = frozenset({"”", '"', ")"})
_TAIL: Final = re.compile(r"[\W\d_]{0,4}$")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as paragraph indexes: the first behind its head, the one behind its last row, the roles of its columns
    of bodies in order."""

    first: int
    last: int
    roles: tuple[str, ...]


@lru_cache(maxsize=8)
def find_tables(parsed: ParsedDocument) -> tuple[Table, ...]:
    """The tables of a document, in order; a head printed again on the next page begins another."""
    found: list[Table] = []
    index = 0
    paragraphs = parsed.paragraphs
    while index < len(paragraphs):
        roles, behind = _head(parsed, index)
        if not roles:
            index += 1
            continue
        last = _end(parsed, behind)
        found.append(Table(behind, last, roles))
        index = max(last, index + 1)
    return tuple(found)


def _head(parsed: ParsedDocument, index: int) -> tuple[tuple[str, ...], int]:
    """The roles of the columns that a run of paragraphs from ``index`` names, and the index behind it; none for no
    head."""
    if not _column(parsed, index)[0]:
        return (), index
    roles: list[str] = []
    deadline = False
    behind = index
    for at in range(index, min(index + _COLUMNS, len(parsed.paragraphs))):
        named, role = _column(parsed, at)
        if not named and _words(parsed, at) > _NAME:
            break
        if _ROW.match(parsed.flat, *parsed.paragraphs[at]):
            break
        if named:
            behind = at + 1
            deadline = deadline or role == duty_words.DEADLINE
            roles.extend([role] if role != duty_words.DEADLINE else [])
    sure = bool(roles) and (len(roles) > 1 or deadline)
    return (tuple(roles), behind) if sure else ((), index)


def _column(parsed: ParsedDocument, index: int) -> tuple[bool, str]:
    """Whether a paragraph is the name of a column of bodies or deadlines, and its role."""
    start, end = parsed.paragraphs[index]
    if end - start > 60 or duty_words.first_key(parsed.flat, start, end) not in duty_words.columns().firsts:
        return False, ""
    line = duty_words.read_line(parsed.flat, start, end)
    count, role = duty_words.columns().find(line, 0)
    return bool(count) and count >= len(line) - 1, role


def _words(parsed: ParsedDocument, index: int) -> int:
    """How many words a paragraph has."""
    start, end = parsed.paragraphs[index]
    return parsed.flat.count(" ", start, end) + 1


def _end(parsed: ParsedDocument, first: int) -> int:
    """The index behind the last row: another head, an article, an annex, or nothing that names bodies for long."""
    seen = first
    for at in range(first, len(parsed.paragraphs)):
        start, end = parsed.paragraphs[at]
        if _OVER.match(parsed.flat, start, end) or _head(parsed, at)[0] or at - seen > _IDLE:
            return at
        if cells(parsed, at):
            seen = at + 1
    return len(parsed.paragraphs)


def covers(tables: Sequence[Table], parsed: ParsedDocument, start: int) -> bool:
    """Whether a paragraph that starts at a flat offset stands in one of the tables (they are in order)."""
    paragraph = bisect_right(parsed.paragraphs, start, key=itemgetter(0)) - 1
    at = bisect_right(tables, paragraph, key=attrgetter("first")) - 1
    return at >= 0 and paragraph < tables[at].last and start < parsed.paragraphs[tables[at].last - 1][1]


def cells(parsed: ParsedDocument, index: int, last: int | None = None) -> tuple[tuple[Line, tuple[Party, ...]], ...]:
    """The cells of bodies that a paragraph is made of (several where their ends were lost); empty where other words
    stand in it. ``last``: the last of several paragraphs that are read as one."""
    start, end = parsed.paragraphs[index][0], _unexplained(parsed, index if last is None else last)[1]
    if end - start > _CELL or not parsed.flat[start].isalpha():
        return ()
    line, found = _parties(parsed, start, end)
    if not found or found[0].first > 0 or _above().match(line, 0) == len(line):
        return ()
    behind = tails.behind_others(line, found[-1].last)
    if not _TAIL.match(parsed.flat, line.ends[behind - 1], end):
        return ()
    runs = unseparated_runs(line, found)
    return tuple((line, run) for run in runs) if sum(map(len, runs)) == len(found) else ()


def _cells_from(
    parsed: ParsedDocument, index: int, last: int
) -> tuple[tuple[tuple[Line, tuple[Party, ...]], ...], int]:
    """The cells of a paragraph and the index behind it, or of one that its column's width cut in two (``Bộ Tài chính,
    Bộ`` and ``Y tế``)."""
    whole = cells(parsed, index)
    if whole or index + 1 >= last or not _is_cut(parsed, index):
        return whole, index + 1
    both = cells(parsed, index, index + 1)
    return both, index + 2 if both else index + 1


def _is_cut(parsed: ParsedDocument, index: int) -> bool:
    """Whether a paragraph is a cell's beginning: short, with a body's name at once, and an end that goes on."""
    start, end = parsed.paragraphs[index]
    if end - start > _CUT or parsed.paragraphs[index + 1][1] - parsed.paragraphs[index + 1][0] > _CELL:
        return False
    line, found = _parties(parsed, start, end)
    return bool(found) and found[0].first == 0 and found[-1].last < len(line) and not line.mark(len(line) - 1, ".;:")


@cache
def _above() -> duty_words.Phrases:
    """Bodies to which a product goes, and that no task of a table is given to (``Quốc hội``)."""
    return duty_words.phrases("party-words", "above")


def _parties(parsed: ParsedDocument, start: int, end: int) -> tuple[Line, tuple[Party, ...]]:
    line = duty_words.read_line(parsed.flat, start, end)
    return line, tuple(parties.scan(line, 0))


def find_entries(parsed: ParsedDocument) -> Iterator[TaskEntry]:
    """The bodies in all stacked task tables, in the order of the text."""
    for table in find_tables(parsed):
        yield from _table(parsed, table)


def _table(parsed: ParsedDocument, table: Table) -> Iterator[TaskEntry]:
    section = ""
    task = at = table.first
    told = True  # whether a task was told since the last cells of bodies: else a body is what a product is for
    while at < table.last:
        number = _ROW.match(parsed.flat, *parsed.paragraphs[at])
        if number:
            section, task, told = number["number"], at, True
        told = told or _words(parsed, at) >= _TASK
        first, behind = _cells_from(parsed, at, table.last) if told else ((), at + 1)
        row = [*_glued(parsed, at, task), *first] if told else []
        while row and behind < table.last:
            more, following = _cells_from(parsed, behind, table.last)
            if not more:
                break
            row.extend(more)
            behind = following
        if row:
            told = False
            deadline = _deadline(parsed, range(behind, min(behind + _LATER, table.last)))
            yield from _row(parsed, row, table.roles, _task(parsed, task, row), deadline, section)
        at = behind


def _glued(parsed: ParsedDocument, at: int, task: int) -> tuple[tuple[Line, tuple[Party, ...]], ...]:
    """The cells at the end of a task's paragraph that run on without a break: several, or one with a cell below."""
    start, end = _unexplained(parsed, at)
    if cells(parsed, at) or at < task:
        return ()
    line, found = _parties(parsed, start, end)
    if not found or not _TAIL.match(parsed.flat, line.ends[found[-1].last - 1], end):
        return ()
    last: list[Party] = []
    for party in reversed(found):
        if last and party.last != last[0].first and not _joined(line, party, last[0]):
            break
        last.insert(0, party)
    runs = [run for run in unseparated_runs(line, tuple(last)) if line.upper(run[0].first)]
    if _wrapped(parsed, start, end):
        runs = list(dropwhile(lambda run: not _begins_line(parsed, line, run[0].first), runs))
    below = at + 1 < len(parsed.paragraphs) and bool(_cells_from(parsed, at + 1, len(parsed.paragraphs))[0])
    return tuple((line, run) for run in runs) if len(runs) > 1 or (below and runs and _opens(line, runs[0])) else ()


def _unexplained(parsed: ParsedDocument, index: int) -> tuple[int, int]:
    """A paragraph without the bracket at its end: ``Bộ Tài chính (đối với các nội dung về đầu tư)``."""
    start, end = parsed.paragraphs[index]
    opening = parsed.flat.rfind("(", start + 1, end) if parsed.flat[end - 1] == ")" else -1
    return (start, len(parsed.flat[:opening].rstrip())) if opening > start else (start, end)


def _wrapped(parsed: ParsedDocument, start: int, end: int) -> bool:
    """Whether a paragraph stands on several lines of its source."""
    first, last = parsed.source_span(start, end)
    return "\n" in parsed.source.text[first:last]


def _begins_line(parsed: ParsedDocument, line: Line, at: int) -> bool:
    """Whether a word begins a line of the source, or stands behind a wide gap: there a cell may begin."""
    before = parsed.source.text[
        max(0, parsed.offsets.start(line.starts[at]) - _GAP) : parsed.offsets.start(line.starts[at])
    ]
    return not before.strip(" \t") or "\n" in before[len(before.rstrip()) :]


def _joined(line: Line, party: Party, other: Party) -> bool:
    return all(word in (",", ";", "và") for word in line.words[party.last : other.first])


def _opens(line: Line, run: tuple[Party, ...]) -> bool:
    """Whether a capital in the midst of words begins a cell, and no word ties it to what is before it."""
    before = line.words[run[0].first - 1] if run[0].first else ""
    return (before[:1].isalnum() or before in _CLOSING) and not duty_words.phrases("party-words", "link").firsts & {
        before
    }


def _row(
    parsed: ParsedDocument,
    row: Sequence[tuple[Line, tuple[Party, ...]]],
    roles: tuple[str, ...],
    task: tuple[int, int] | None,
    deadline: str | None,
    section: str,
) -> Iterator[TaskEntry]:
    for index, (line, run) in enumerate(row):
        role = roles[min(index, len(roles) - 1)]
        for party in run:
            if party.everyone or (party.generic and party.unnamed):
                continue
            start, end = line.starts[party.first], line.ends[party.last - 1]
            yield TaskEntry(
                parsed.mention(start, end, RULE),
                text.squeeze(parsed.flat[start:end]),
                role,
                task,
                deadline,
                section=section,
            )


def _task(parsed: ParsedDocument, task: int, row: Sequence[tuple[Line, tuple[Party, ...]]]) -> tuple[int, int] | None:
    """The source offsets of the words between a row's number and its first cell of bodies."""
    first = row[0][0].starts[row[0][1][0].first]
    start = parsed.paragraphs[task][0]
    number = _ROW.match(parsed.flat, start, parsed.paragraphs[task][1])
    start = number.end() if number else start
    while start < first and not parsed.flat[start].isalnum():
        start += 1
    while first > start and not parsed.flat[first - 1].isalnum():
        first -= 1
    return parsed.source_span(start, first) if first > start else None


def _deadline(parsed: ParsedDocument, behind: range) -> str | None:
    for at in behind:
        start, end = parsed.paragraphs[at]
        if _ROW.match(parsed.flat, start, end) and not parsed.flat[start:end].strip().isdecimal():
            return None
        found = deadlines.find_deadline(parsed.flat[start:end])
        if found:
            return found
    return None
