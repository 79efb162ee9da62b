"""The words that prove a statement, ready to be shown: with anchor, and the words around where sources are at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from viendan import text
from viendan.publish import paths
from viendan.publish.answers import Rows
from viendan.publish.rows import HeaderRow
from viendan.publish.things import Things
from viendan.publish.views import Evidence, Passage

_AROUND: Final = 90


class Worded(Protocol):
    """A row that has words of a source."""

    @property
    def node(self) -> str: ...  # noqa: D102
    @property
    def document(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def exact(self) -> str: ...  # noqa: D102


class Reasoned(Worded, Protocol):
    """A statement that says how it was found."""

    @property
    def section(self) -> str | None: ...  # noqa: D102
    @property
    def cue(self) -> str | None: ...  # noqa: D102
    @property
    def rule(self) -> str | None: ...  # noqa: D102
    @property
    def confidence(self) -> float | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class _Placed:
    """A header's statement that has words."""

    node: str
    document: str
    source: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Witness:
    """Makes evidence of rows. ``sources`` are texts by the key of their source's IRI.

    ``anchors`` are those that differ from what the statement's IRI alone would give.
    """

    things: Things
    sources: Mapping[str, str]
    anchors: Mapping[str, str]

    def anchor(self, node: str) -> str:
        """The anchor of a statement on its document's page."""
        return self.anchors.get(node) or paths.anchor(node)

    def reasoned(self, row: Reasoned) -> Evidence:
        """The evidence of a statement, with how it was found."""
        return self.of(row, section=row.section, cue=row.cue, rule=row.rule, confidence=row.confidence)

    def of(
        self,
        row: Worded,
        *,
        section: str | None = None,
        cue: str | None = None,
        rule: str | None = None,
        confidence: float | None = None,
    ) -> Evidence:
        """The evidence of a row."""
        before, after = self._around(row)
        return Evidence(
            anchor=self.anchor(row.node),
            document=self.things.ref(row.document),
            exact=text.squeeze(row.exact),
            before=before,
            after=after,
            start=row.start,
            end=row.end,
            section=section,
            cue=cue,
            rule=paths.last_part(rule) if rule else None,
            confidence=confidence,
            corrected=row.node in self.things.corrected,
        )

    def find(self, rows: Rows, wanted: frozenset[str]) -> dict[str, Evidence]:
        """The evidence of statements by their IRI, whatever their kind."""
        statements: tuple[Iterable[Reasoned], ...] = (
            rows.citations,
            rows.relations,
            rows.invocations,
            rows.responsibilities,
        )
        found = {row.node: self.reasoned(row) for part in statements for row in part if row.node in wanted}
        for header in rows.headers:
            if header.node in wanted and (evidence := self.of_header(header)):
                found[header.node] = evidence
        return found

    def of_header(self, row: HeaderRow) -> Evidence | None:
        """The evidence of a header's statement; None for one that no words prove."""
        if row.source is None or row.start is None or row.end is None or row.exact is None:
            return None
        return self.of(_Placed(row.node, row.document, row.source, row.start, row.end, row.exact), rule=row.rule)

    def words(self, source: str, start: int | None, end: int | None) -> str:
        """The words of a source between two offsets; nothing where the source is not at hand."""
        content = self.sources.get(paths.last_part(source))
        return text.squeeze(content[start:end]) if content and start is not None and end is not None else ""

    def _around(self, row: Worded) -> tuple[str, str]:
        content = self.sources.get(paths.last_part(row.source))
        if content is None or content[row.start : row.end] != row.exact:
            return "", ""
        before = content[max(0, row.start - _AROUND) : row.start].split("\n\n")[-1]
        after = content[row.end : row.end + _AROUND].split("\n\n")[0]
        return _cut_start(before), _cut_end(after)


def _cut_start(words: str) -> str:
    """Without the word that the cut has broken."""
    if len(words) < _AROUND:
        return text.squeeze(words) + (" " if words[-1:].isspace() else "")
    head, _, rest = words.partition(" ")
    return "… " + text.squeeze(rest or head) + (" " if words[-1:].isspace() else "")


def _cut_end(words: str) -> str:
    space = " " if words[:1].isspace() else ""
    if len(words) < _AROUND:
        return space + text.squeeze(words)
    rest, _, tail = words.rpartition(" ")
    return space + text.squeeze(rest or tail) + " …"


def make_witness(rows: Rows, things: Things, sources: Mapping[str, str]) -> Witness:
    """A witness for all rows; anchors that would be the same twice on one page get a number."""
    by_anchor: dict[tuple[str, str], list[str]] = defaultdict(list)
    every: tuple[Iterable[Worded], ...] = (rows.citations, rows.relations, rows.invocations, rows.responsibilities)
    for row in (row for part in every for row in part):
        by_anchor[row.document, paths.anchor(row.node)].append(row.node)
    for header in rows.headers:
        by_anchor[header.document, paths.anchor(header.node)].append(header.node)
    doubles = {
        node: f"{anchor}-{place}"
        for (_, anchor), nodes in by_anchor.items()
        for place, node in enumerate(sorted(nodes), start=1)
        if place > 1
    }
    return Witness(things, sources, doubles)


def read_passages(content: str, marks: Iterable[tuple[int, int, str, str]]) -> tuple[Passage, ...]:
    """A document's text cut where statements begin and end. A mark is start, end, anchor, kind; where marks overlap,
    the shorter one shows, and of two equal ones the first."""
    ordered = sorted(set(marks), key=lambda mark: (mark[1] - mark[0], mark))
    owner: list[int] = [-1] * len(content)
    for number in range(len(ordered) - 1, -1, -1):
        start, end, _, _ = ordered[number]
        owner[start:end] = [number] * max(0, min(end, len(content)) - start)
    passages: list[Passage] = []
    seen = {-1}
    place = 0
    while place < len(content):
        number, end = owner[place], place
        while end < len(content) and owner[end] == number:
            end += 1
        anchor, kind = (ordered[number][2], ordered[number][3]) if number >= 0 else (None, None)
        passages.append(Passage(content[place:end], anchor, kind, number not in seen))
        seen.add(number)
        place = end
    return tuple(passages)
