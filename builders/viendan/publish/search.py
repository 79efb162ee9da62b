"""The search index: built once, read by the page as scripts, since a page from ``file://`` may load nothing else.

Words are folded (no case, no marks, đ as d), so that ``duong`` finds ``đường``; the page ranks what has the marks as
typed first. Records stand in order of weight, so a word's list is in order of rank already. Words and records are cut
into files of bounded size, and a search loads only those that it needs: it stays fast however many records there are.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from viendan import text
from viendan.publish.statements import Statements
from viendan.publish.things import Things
from viendan.publish.views import Label, Ref

FOLDER: Final = "search"
_WORD: Final = re.compile(r"[^\W_]+")
_FILE_SIZE: Final = 60_000  # characters of one file of words
_RECORDS: Final = 400  # of one file
_COMMON_FROM: Final = 2_000  # records from which a word may be too common to tell anything
_COMMON_SHARE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Record:
    """A thing that can be found: ``more`` are further words (title, number, wordings), ``weight`` its rank.

    ``first`` and ``last`` are its days, ``today`` is what there is of it now.
    """

    kind: str
    label: Label
    path: str
    title: str
    more: str
    weight: int
    first: str = ""
    last: str = ""
    today: tuple[Ref, ...] = ()


def words_of(content: str) -> tuple[str, ...]:
    """The folded words of a text, each once, in order: what both the index and the page compare."""
    return tuple(dict.fromkeys(_WORD.findall(text.fold(content))))


def find_records(things: Things, statements: Statements) -> tuple[Record, ...]:
    """A record for each thing with a page, the weightiest first."""
    records = []
    for iri, row in things.instruments.items():
        weight = 2 * len(statements.citations_to.get(iri, ())) + (1 if iri in things.held else 0)
        kind = "directive" if iri in things.held else "instrument"
        wordings = {view.wording for view in statements.citations_to.get(iri, ()) if view.wording}
        more = [row.number or "", *sorted(wordings), *_names_today((row.issuer, row.place), things)]
        records.append(_record(kind, iri, things, row.title or "", more, weight))
    for iri in things.movements:
        invoked = statements.invocations_to.get(iri, ())
        records.append(
            _record("movement", iri, things, "", sorted({view.evidence.exact for view in invoked}), 2 * len(invoked))
        )
    for iri in things.bodies:
        today = _names_today((iri,), things)
        records.append(_record("body", iri, things, "", today, len(statements.responsibilities_to.get(iri, ()))))
    records.extend(_record("place", iri, things, "", _names_today((iri,), things), 0) for iri in things.places)
    return tuple(sorted(records, key=lambda record: (-record.weight, record.path)))


def _names_today(iris: Iterable[str | None], things: Things) -> list[str]:
    """What bodies and places that ended are called today: a directive of Yên Bái is found under Lào Cai."""
    known = [iri for iri in iris if iri]
    labels = [ref.label for iri in known for own in (things.ref(iri),) for ref in (*own.today, *own.around)]
    areas = {area for iri in known for area in things.areas.get(iri, ())}
    return sorted({name for label in labels for name in (label.vi, label.en)} | areas)


def _record(kind: str, iri: str, things: Things, title: str, more: Iterable[str], weight: int) -> Record:
    ref = things.ref(iri)
    row = things.instruments.get(iri)
    named = things.ref(row.issuer) if row and row.issuer else ref  # whose name of today helps to find it
    last, today = (named.last, named.today[:1]) if named.today else (ref.last, ref.today[:1])
    return Record(kind, ref.label, ref.path, title, " ".join(more), weight, ref.first, last, today)


def index_files(records: tuple[Record, ...]) -> Iterator[tuple[str, str]]:
    """The scripts of the index, by path from the root of the site."""
    lists: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for word in words_of(" ".join((record.label.vi, record.label.en, record.title, record.more))):
            lists[word].append(number)
    common = [
        word
        for word, numbers in sorted(lists.items())
        if len(records) >= _COMMON_FROM and len(numbers) > len(records) * _COMMON_SHARE
    ]
    for word in common:
        del lists[word]
    firsts = []
    for number, part in enumerate(_parts(lists)):
        firsts.append(part[0][0])
        yield f"{FOLDER}/words-{number}.js", _script("words", number, dict(part))
    for number in range(0, len(records), _RECORDS):
        rows = [_row(record) for record in records[number : number + _RECORDS]]
        yield f"{FOLDER}/records-{number // _RECORDS}.js", _script("records", number // _RECORDS, rows)
    yield (
        f"{FOLDER}/index.js",
        _script("index", 0, {"words": firsts, "each": _RECORDS, "records": len(records), "common": common}),
    )


def _parts(lists: dict[str, list[int]]) -> Iterator[list[tuple[str, str]]]:
    """The words in order, cut into files; a list of numbers as differences in base 36."""
    part: list[tuple[str, str]] = []
    size = 0
    for word, numbers in sorted(lists.items()):
        steps = [numbers[0], *(later - earlier for earlier, later in itertools.pairwise(numbers))]
        packed = " ".join(_base36(step) for step in steps)
        part.append((word, packed))
        size += len(word) + len(packed) + 6
        if size > _FILE_SIZE:
            yield part
            part, size = [], 0
    if part:
        yield part


def _row(record: Record) -> list[str]:
    """Kind, path, both names (English: empty for the same), title, first and last day, both names of today."""
    english = "" if record.label.foreign else record.label.en
    today = record.today[0].label if record.today else Label("", "")
    days = [record.first, record.last, today.vi, today.en]
    return [record.kind, record.path, record.label.vi, english, record.title, *days]


def _script(kind: str, number: int, value: object) -> str:
    """A script that hands its value to the page; ASCII, so that it needs no encoding."""
    return f'viendanSearch("{kind}",{number},{json.dumps(value, separators=(",", ":"))});\n'


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    shown = ""
    while number >= 36:
        number, rest = divmod(number, 36)
        shown = digits[rest] + shown
    return digits[number] + shown
