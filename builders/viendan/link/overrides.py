"""What people decided: merges that the program did not see, merges that are wrong, values that are right.

One statement a line in ``overrides.ttl``, in a graph of its own, kept when documents are read again::

    <…/old> vd:mergeInto <…/canonical> .
    <…/one> vd:keepApart <…/other> .
    <…/one> vd:preferredDate "2021-05-18"^^xsd:date .
    <…/finding> vd:reviewed "đã hỏi nơi ban hành, đúng là hai số"@vi .

Things are named by the IRIs that the documents give them (as they stand in ``data/``), findings by theirs. Whatever
names nothing, contradicts itself or is no correction is refused with file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import pyoxigraph as ox

from viendan import turtle, vocab
from viendan.errors import DataError

MERGE_INTO: Final = vocab.VD + "mergeInto"
KEEP_APART: Final = vocab.VD + "keepApart"
CORRECTED: Final = frozenset(vocab.VD + f"preferred{name}" for name in ("Number", "Title", "Date", "Issuer", "Type"))
REVIEWED: Final = vocab.VD + "reviewed"
_NOT_UNDONE: Final = frozenset({"override", "split"})  # a line to be removed; two things that only had one name
_FINDING: Final = vocab.ID + "finding/"
_REASON: Final = vocab.RDFS + "comment"
_OF_IRIS: Final = frozenset({MERGE_INTO, KEEP_APART, vocab.VD + "preferredIssuer", vocab.VD + "preferredType"})


@dataclass(frozen=True, slots=True)
class Overrides:
    """Decisions of people: pairs of IRIs, corrected values by IRI and property, and all statements as written."""

    merges: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    corrected: Mapping[str, Mapping[str, ox.NamedNode | ox.Literal]] | None = None
    reviewed: frozenset[str] = frozenset()
    """Findings that people have looked at."""
    triples: tuple[ox.Triple, ...] = ()

    @property
    def targets(self) -> frozenset[str]:
        """The IRIs that people chose for what they merged."""
        return frozenset(new for _, new in self.merges) - {old for old, _ in self.merges}

    @property
    def named(self) -> frozenset[str]:
        """The IRIs that people speak of where they say who is who."""
        return frozenset(iri for pair in (*self.merges, *self.apart) for iri in pair)

    def correction(self, iri: str, name: str) -> ox.NamedNode | ox.Literal | None:
        """The corrected value of ``vd:NAME`` of a thing, if people gave one."""
        own = (self.corrected or {}).get(iri)
        return own.get(vocab.VD + name) if own else None


def undo_line(merged: str, into: str, rules: Iterable[str]) -> str | None:
    """The line for ``overrides.ttl`` that undoes a merge; None for people's decisions, and where nothing was joined."""
    if _NOT_UNDONE & set(rules):
        return None
    return f"<{merged}> <{KEEP_APART}> <{into}> ."


def read_overrides(path: Path | None) -> Overrides:
    """The overrides of a file; none where there is no file. Raises DataError with file and line for a broken one."""
    if path is None:
        return Overrides()
    return of_triples(turtle.read_file(path), str(path), path.read_text(encoding="utf-8"))


def of_triples(triples: Iterable[ox.Triple], where: str, content: str) -> Overrides:
    """The overrides of triples; ``where`` and ``content`` are for the line numbers of faults."""
    merges: dict[str, str] = {}
    apart: set[tuple[str, str]] = set()
    reviewed: set[str] = set()
    corrected: dict[str, dict[str, ox.NamedNode | ox.Literal]] = {}
    ordered = tuple(sorted(set(triples), key=str))
    for triple in ordered:
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            _refuse("override_shape", where, content, triple)
        if isinstance(value, ox.NamedNode) != (predicate in _OF_IRIS):
            _refuse("override_shape", where, content, triple)
        if predicate == MERGE_INTO:
            if merges.setdefault(subject.value, value.value) != value.value or subject == value:
                _refuse("override_conflict", where, content, triple)
        elif predicate == KEEP_APART:
            if subject == value:
                _refuse("override_conflict", where, content, triple)
            apart.add((min(subject.value, value.value), max(subject.value, value.value)))
        elif predicate in CORRECTED:
            if corrected.setdefault(subject.value, {}).setdefault(predicate, value) != value:
                _refuse("override_conflict", where, content, triple)
        elif predicate == REVIEWED and subject.value.startswith(_FINDING):
            reviewed.add(subject.value)
        elif predicate != _REASON:
            _refuse("override_shape", where, content, triple)
    found = Overrides(tuple(sorted(merges.items())), tuple(sorted(apart)), corrected, frozenset(reviewed), ordered)
    _check_whole(found, ordered, where, content)
    return found


def _check_whole(found: Overrides, ordered: tuple[ox.Triple, ...], where: str, content: str) -> None:
    """No circles of merges, and nothing both merged and kept apart."""
    into = dict(found.merges)
    ends = {start: _end(start, into) for start in {*into, *into.values()}}
    for triple in ordered:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode):
            continue
        one, other = ends.get(subject.value, subject.value), ends.get(value.value, value.value)
        circle = triple.predicate.value == MERGE_INTO and one is None
        torn = triple.predicate.value == KEEP_APART and one == other
        if circle or torn:
            _refuse("override_conflict", where, content, triple)


def _end(start: str, into: Mapping[str, str]) -> str | None:
    """Where a chain of merges ends; None for a circle."""
    seen = {start}
    while start in into:
        start = into[start]
        if start in seen:
            return None
        seen.add(start)
    return start


def check_known(overrides: Overrides, known: Callable[[str], bool], where: str, content: str) -> None:
    """Every thing that is named must exist, and a merge or a separation be of two things of one kind.

    Findings are known only when everything is linked: ``without_finding`` looks at them. Raises DataError with file
    and line.
    """
    for triple in overrides.triples:
        subject, value, predicate = triple.subject, triple.object, triple.predicate.value
        if not isinstance(subject, ox.NamedNode) or predicate == REVIEWED:
            continue
        named = [subject.value]
        if predicate in _OF_IRIS and isinstance(value, ox.NamedNode) and not predicate.endswith("Type"):
            named.append(value.value)
        for iri in named:
            if not known(iri):
                _refuse("override_unknown", where, content, triple)
        if predicate in {MERGE_INTO, KEEP_APART} and len({_kind(iri) for iri in named}) > 1:
            _refuse("override_conflict", where, content, triple)


def without_finding(overrides: Overrides, known: frozenset[str], content: str) -> tuple[tuple[str, int], ...]:
    """Reviews of findings that are there no more, each with its line: what was reviewed has changed or is mended."""
    lines = {
        triple.subject.value: _line(content, triple)
        for triple in overrides.triples
        if triple.predicate.value == REVIEWED and isinstance(triple.subject, ox.NamedNode)
    }
    return tuple((iri, lines[iri]) for iri in sorted(overrides.reviewed - known))


def _kind(iri: str) -> str:
    return iri.removeprefix(vocab.ID).split("/", maxsplit=1)[0]


def _refuse(key: str, where: str, content: str, triple: ox.Triple) -> NoReturn:
    detail = " ".join(
        part.value if isinstance(part, ox.NamedNode | ox.Literal) else str(part)
        for part in (triple.subject, triple.predicate, triple.object)
    )
    _raise(key, where, _line(content, triple), detail)


def _raise(key: str, where: str, line: int, detail: str) -> NoReturn:
    if key == "override_unknown":
        raise DataError("override_unknown", file=where, line=line, detail=detail)
    if key == "override_conflict":
        raise DataError("override_conflict", file=where, line=line, detail=detail)
    raise DataError("override_shape", file=where, line=line, detail=detail)


def _line(content: str, triple: ox.Triple) -> int:
    """The line of a statement: the one that names most of it. Turtle readers do not tell lines of triples."""
    marks = [
        part.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] if isinstance(part, ox.NamedNode) else str(part)[1:40]
        for part in (triple.subject, triple.predicate, triple.object)
    ]
    best, found = 0, 0
    for number, line in enumerate(content.splitlines(), start=1):
        score = sum(weight for mark, weight in zip(marks, (1, 1, 2), strict=True) if mark and mark in line)
        if score > best:
            best, found = score, number
    return found
