"""Extraction measured on a corpus of sentences with marked reference spans: raw, and with each convention set aside."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from viendan import conventions, spans
from viendan.agreement import harmonic
from viendan.conventions import Difference
from viendan.errors import DataError
from viendan.evaluation import Disagreement, Document, Figure, Report
from viendan.spans import Convention, Score, Span

ALL: Final = "all"
_CONTEXT: Final = 90


@dataclass(frozen=True, slots=True)
class Marked:
    """One text of the corpus: its name, the text, and the spans that were marked, in order."""

    name: str
    text: str
    spans: tuple[Span, ...]


def is_corpus(folder: Path) -> bool:
    """Whether a folder holds marked texts: ``NAME.json``, a list of spans, beside ``NAME.txt``."""
    files = sorted(folder.glob("*.json"))
    return bool(files) and all(file.with_suffix(".txt").is_file() for file in files)


def read_corpus(folder: Path) -> tuple[Marked, ...]:
    """The marked texts of a folder by name; raises DataError for marks that are not such a list."""
    return tuple(_read(file) for file in sorted(folder.glob("*.json")))


def _read(file: Path) -> Marked:
    try:
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        items = cast("list[Mapping[str, object]]", json.loads(file.read_text(encoding="utf-8")))
        return Marked(file.stem, text, tuple(_span(item, text) for item in items))
    except (ValueError, KeyError, TypeError) as error:
        raise DataError("annotation_broken", file=str(file), detail=repr(error)) from error


def _span(item: Mapping[str, object], text: str) -> Span:
    start, end = cast("int", item["start"]), cast("int", item["end"])
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end}")
    return spans.without_issuer(Span(start, end, str(item["type"] or "").casefold()), text)


def evaluate(corpus: Sequence[Marked], predicted: Mapping[str, Document]) -> Report:
    """Measure predicted annotations, by name of the text, against the marks; a text that is missing counts as empty."""
    found = [_Found(marked, _citations(marked, predicted.get(marked.name, {}))) for marked in corpus]
    types = Counter(span.type for marked in corpus for span in marked.spans)
    order = [None, *sorted(types, key=lambda name: (-types[name], name))]
    return Report(
        documents=tuple(marked.name for marked in corpus),
        figures=tuple(figure for name in order for figure in _figures(found, name)),
        disagreements=tuple(item for each in found for item in each.disagreements()),
        reliability=(),
        conventions=tuple(_conventions(found)),
    )


def _citations(marked: Marked, annotation: Document) -> tuple[Span, ...]:
    items = cast("list[Mapping[str, object]]", annotation.get("citations") or [])
    return tuple(_span(item, marked.text) for item in items)


class _Found:
    """One text with its marks, what the program found in it, and where the two differ."""

    def __init__(self, marked: Marked, predicted: Sequence[Span]) -> None:
        self.marked = marked
        self.predicted = predicted
        self.differences = conventions.differences(marked.text, marked.spans, predicted)

    def score(self, type: str | None, aside: frozenset[str]) -> Score:  # noqa: A002 - the span's own word
        """The counts without the disagreements of the kinds that are set aside."""
        away = [item for item in self.differences if item.kind in aside]
        gold, predicted = {item.gold for item in away}, {item.predicted for item in away}
        return spans.score(
            [span for span in self.marked.spans if span not in gold],
            [span for span in self.predicted if span not in predicted],
            type,
        )

    def disagreements(self) -> list[Disagreement]:
        """The differences with the words around them."""
        return [self._shown(item) for item in self.differences]

    def _shown(self, item: Difference) -> Disagreement:
        text = self.marked.text
        both = [span for span in (item.gold, item.predicted) if span]
        start, end = min(span.start for span in both), max(span.end for span in both)
        words = [_squeezed(text[span.start : span.end]) if span else "" for span in (item.gold, item.predicted)]
        return Disagreement(
            document=self.marked.name,
            field=f"spans.{item.what}.{item.kind}",
            start=start,
            gold=words[0],
            predicted=words[1],
            before=text[max(0, start - _CONTEXT) : start],
            words=text[start:end],
            after=text[end : end + _CONTEXT],
        )


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _total(found: Sequence[_Found], type: str | None, aside: frozenset[str]) -> Score:  # noqa: A002 - as above
    parts = [each.score(type, aside) for each in found]
    return Score(
        sum(part.gold for part in parts),
        sum(part.predicted for part in parts),
        sum(part.overlap for part in parts),
        sum(part.exact for part in parts),
    )


def _figures(found: Sequence[_Found], type: str | None) -> list[Figure]:  # noqa: A002 - as above
    total = _total(found, type, frozenset())
    name = f"spans.{type}" if type else "spans"
    return [_figure(f"{name}.overlap", total, total.overlap), _figure(f"{name}.exact", total, total.exact)]


def _figure(name: str, total: Score, hits: int) -> Figure:
    precision = hits / total.predicted if total.predicted else 0.0
    recall = hits / total.gold if total.gold else 0.0
    score = round(harmonic(precision, recall), 4)
    return Figure(name, score, total.gold, round(precision, 4), round(recall, 4), total.predicted)


def _conventions(found: Sequence[_Found]) -> list[Convention]:
    """Each kind that occurs with its counts and the figures without it, and all of them together."""
    counts = Counter((item.kind, item.what) for each in found for item in each.differences)
    present = [kind for kind in conventions.KINDS if any(kind == name for name, _ in counts)]
    rows = [(kind, (kind,)) for kind in present]
    return [_convention(found, name, kinds, counts) for name, kinds in (*rows, (ALL, tuple(present)))]


def _convention(
    found: Sequence[_Found], name: str, kinds: tuple[str, ...], counts: Mapping[tuple[str, str], int]
) -> Convention:
    total = _total(found, None, frozenset(kinds))
    missed, spurious, cut = (
        sum(counts.get((kind, what), 0) for kind in kinds) for what in ("missed", "spurious", "cut")
    )
    return Convention(
        name,
        missed,
        spurious,
        cut,
        _figure(name, total, total.overlap).score,
        _figure(name, total, total.exact).score,
    )


def rows(report: Report) -> list[tuple[str, str, str, str, str, str]]:
    """The conventions for a table: kind, missed, spurious, cut, overlap F1 and exact F1 without them."""
    return [
        (item.kind, str(item.missed), str(item.spurious), str(item.cut), f"{item.overlap:.4f}", f"{item.exact:.4f}")
        for item in report.conventions
    ]
