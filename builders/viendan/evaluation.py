"""How good an extraction is: figures against careful annotations, every disagreement in context, confidences checked.

The figures are those of the gold annotations' own scorer, field by field: spans pair one to one, best overlap first,
where intersection over union is at least a half; what is predicted inside a range that the gold file ignores does not
count.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final, cast

from viendan.agreement import Item, b_cubed, harmonic, pair, same
from viendan.errors import DataError, InputError
from viendan.spans import Convention

Document = Mapping[str, object]
"""An annotated document in the JSON format of the annotation guide."""

_HEADER: Final = (
    *("number", "type", "title", "issued", "place", "issuer", "issuer_level"),
    *("province", "district", "signer", "signer_title"),
)
_CITATION: Final = ("type", "number", "date", "issuer", "province", "role", "title")
_COMPLETE: Final = ("type", "number", "date", "issuer")
_MOVEMENT: Final = ("kind", "scope", "act")
_CONTEXT: Final = 90
_EDGES: Final = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value: an F1 with its parts, the accuracy of a field, or a B-cubed F1 of identity.

    ``gold`` counts what there was to find, or the pairs that a field was compared in, or the mentions.
    """

    name: str
    score: float
    gold: int
    precision: float | None = None
    recall: float | None = None
    predicted: int | None = None

    def as_scored(self) -> dict[str, float | int]:
        """The figure under the keys of the gold annotations' own scorer."""
        if self.name.startswith("field."):
            return {"accuracy": self.score, "of": self.gold}
        parts = {"precision": self.precision or 0.0, "recall": self.recall or 0.0, "f1": self.score}
        if self.predicted is None:
            return {**parts, "mentions": self.gold}
        return {**parts, "gold": self.gold, "predicted": self.predicted}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where extraction and annotation differ; ``before``, ``words``, ``after`` are the text there."""

    document: str
    field: str
    start: int
    gold: str
    predicted: str
    before: str = ""
    words: str = ""
    after: str = ""

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What makes it the same disagreement in two runs."""
        return self.document, self.field, self.start, self.gold if self.gold else self.predicted


@dataclass(frozen=True, slots=True)
class Bucket:
    """Items of one kind with a confidence in ``[low, high)``: what they claimed, and what share was right."""

    kind: str
    low: float
    high: float
    items: int
    claimed: float
    measured: float


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation: figures by name, disagreements by document and place, and the reliability of the confidences."""

    documents: tuple[str, ...]
    figures: tuple[Figure, ...]
    disagreements: tuple[Disagreement, ...]
    reliability: tuple[Bucket, ...]
    conventions: tuple[Convention, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run gained and lost against an earlier one, and the figures that moved: name, before, after."""

    gained: tuple[Disagreement, ...]
    lost: tuple[Disagreement, ...]
    moved: tuple[tuple[str, float, float], ...]


def read_annotations(folder: Path) -> dict[str, Document]:
    """The annotations of a folder by document name; raises InputError for none, DataError for broken JSON."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise InputError("annotations_missing", folder=str(folder))
    return {file.stem: _read(file) for file in files}


def read_predictions(file: Path) -> dict[str, Document]:
    """Stored annotations of several documents, one JSON object by name; raises InputError or DataError."""
    if not file.is_file():
        raise InputError("file_missing", file=str(file))
    return cast("dict[str, Document]", dict(_read(file)))


def _read(file: Path) -> Document:
    try:
        loaded = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise DataError("annotation_broken", file=str(file), detail=str(error)) from error
    if not isinstance(loaded, dict):
        raise DataError("annotation_broken", file=str(file), detail=type(loaded).__name__)
    return cast("Document", loaded)


def evaluate(
    gold: Mapping[str, Document], predicted: Mapping[str, Document], texts: Mapping[str, str] | None = None
) -> Report:
    """Measure predictions against gold annotations, both by document name; a document that is missing counts as empty.

    ``texts`` are the source texts by name, for the words around each disagreement.
    """
    run = _Run(texts or {})
    for name in sorted(gold):
        run.document(name, gold[name], predicted.get(name, {}))
    return run.report(tuple(sorted(gold)))


def claims(gold: Mapping[str, Document], predicted: Mapping[str, Document]) -> list[tuple[str, float, bool]]:
    """Every claim of the predictions: kind, confidence (0 to 1), and whether the gold annotations bear it out."""
    run = _Run({})
    for name in sorted(gold):
        run.document(name, gold[name], predicted.get(name, {}))
    return list(run.claims)


def compare(before: Report, after: Report) -> Changes:
    """What the later run gained and lost: disagreements that went away, and new ones."""
    earlier = {item.key: item for item in before.disagreements}
    later = {item.key: item for item in after.disagreements}
    scores = {figure.name: figure.score for figure in before.figures}
    return Changes(
        gained=tuple(earlier[key] for key in sorted(earlier.keys() - later.keys())),
        lost=tuple(later[key] for key in sorted(later.keys() - earlier.keys())),
        moved=tuple(
            (figure.name, scores[figure.name], figure.score)
            for figure in after.figures
            if scores.get(figure.name, figure.score) != figure.score
        ),
    )


# --- one run over all documents ---


class _Run:
    """Gathers counts over documents; ``report`` closes it."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.counts: dict[str, Counter[str]] = {}
        self.fields: dict[str, Counter[bool]] = {}
        self.identity: dict[str, list[tuple[object, object]]] = {"instruments": [], "movements": []}
        self.found: list[Disagreement] = []
        self.claims: list[tuple[str, float, bool]] = []

    def document(self, name: str, gold: Document, predicted: Document) -> None:
        """Measure one document."""
        ignored = cast("list[list[int]]", gold.get("ignore") or [])
        self._header(name, cast("Item", gold["document"]), cast("Item", predicted.get("document") or {}))
        entities = self._citations(name, gold, predicted, ignored)
        self._relations(name, gold, predicted, entities)
        self._movements(name, gold, predicted, ignored)
        self._responsibilities(name, gold, predicted, ignored)

    def _header(self, name: str, gold: Item, predicted: Item) -> None:
        for field in _HEADER:
            if field in gold:
                self._field(name, "document", field, gold, predicted)

    def _field(self, name: str, group: str, field: str, gold: Item, predicted: Item) -> bool:
        right = same(field, gold.get(field), predicted.get(field))
        self.fields.setdefault(f"{group}.{field}", Counter())[right] += 1
        if not right:
            self._disagree(name, f"{group}.{field}", gold, gold.get(field), predicted.get(field))
        return right

    def _count(self, name: str, right: int, spurious: int, missed: int) -> None:
        counts = self.counts.setdefault(name, Counter(right=0, spurious=0, missed=0))
        counts.update(right=right, spurious=spurious, missed=missed)

    def _disagree(self, name: str, field: str, place: Item, gold: object, predicted: object) -> None:
        text, start, end = (
            self.texts.get(name, ""),
            cast("int", place.get("start", 0)),
            cast("int", place.get("end", 0)),
        )
        self.found.append(
            Disagreement(
                document=name,
                field=field,
                start=start,
                gold=shown(gold),
                predicted=shown(predicted),
                before=text[max(0, start - _CONTEXT) : start] if end else "",
                words=text[start:end],
                after=text[end : end + _CONTEXT] if end else "",
            )
        )

    def _unpaired(self, name: str, group: str, missed: Iterable[Item], spurious: Iterable[Item]) -> None:
        for item in missed:
            self._disagree(name, f"{group}.missed", item, item.get("quote"), None)
        for item in spurious:
            self._disagree(name, f"{group}.spurious", item, None, item.get("quote"))
            self._claim(group.split(".", maxsplit=1)[0], item, right=False)

    def _claim(self, kind: str, item: Item, *, right: bool) -> None:
        confidence = item.get("confidence")
        if isinstance(confidence, (int, float)):
            self.claims.append((kind, float(confidence), right))

    def _citations(
        self, name: str, gold: Document, predicted: Document, ignored: list[list[int]]
    ) -> dict[object, object]:
        """Citations of both kinds; gives the gold entity for each predicted one, through paired mentions."""
        entities: dict[object, object] = {"this": "this"}
        for kind in ("numbered", "named"):
            group = f"citations.{kind}"
            wanted = [item for item in _items(gold, "citations") if item["kind"] == kind]
            given = [item for item in _items(predicted, "citations") if item.get("kind") == kind]
            pairs, missed, spurious = pair(wanted, given, ignored)
            complete = exact = 0
            for one, other in pairs:
                right = {field: self._field(name, group, field, one, other) for field in _CITATION}
                whole = all(right[field] for field in _COMPLETE)
                complete += whole
                exact += one["start"] == other["start"] and one["end"] == other["end"]
                entities.setdefault(other.get("entity"), one["entity"])
                self.identity["instruments"].append((one["entity"], other.get("entity")))
                self._claim("citations", other, right=whole and right["role"])
            for measure, hits in (("detection", len(pairs)), ("complete", complete), ("exact", exact)):
                self._count(f"{group}.{measure}", hits, len(pairs) + len(spurious) - hits, len(wanted) - hits)
            self._unpaired(name, group, missed, spurious)
        return entities

    def _relations(self, name: str, gold: Document, predicted: Document, entities: Mapping[object, object]) -> None:
        def known(entity: object) -> object:
            return entities.get(entity, f"?{entity}")

        wanted = {(r["subject"], r["predicate"], r["object"]) for r in _items(gold, "instrument_relations")}
        given: dict[tuple[object, object, object], Item] = {}
        for item in _items(predicted, "instrument_relations"):
            triple = (known(item["subject"]), item["predicate"], known(item["object"]))
            given.setdefault(triple, item)
            self._claim("relations", item, right=triple in wanted)
        self._count("relations", len(wanted & given.keys()), len(given.keys() - wanted), len(wanted - given.keys()))
        for triple in sorted(wanted - given.keys(), key=str):
            self._disagree(name, "relations.missed", {}, triple, None)
        for triple in sorted(given.keys() - wanted, key=str):
            self._disagree(name, "relations.spurious", given[triple], None, triple)

    def _movements(self, name: str, gold: Document, predicted: Document, ignored: list[list[int]]) -> None:
        pairs, missed, spurious = pair(_items(gold, "movements"), _items(predicted, "movements"), ignored)
        self._count("movements.detection", len(pairs), len(spurious), len(missed))
        for one, other in pairs:
            right = [self._field(name, "movements", field, one, other) for field in _MOVEMENT]
            self.identity["movements"].append((one["entity"], other.get("entity")))
            self._claim("movements", other, right=all(right))
        self._unpaired(name, "movements", missed, spurious)

    def _responsibilities(self, name: str, gold: Document, predicted: Document, ignored: list[list[int]]) -> None:
        group = "responsibilities"
        pairs, missed, spurious = pair(_items(gold, group), _items(predicted, group), ignored)
        self._count(f"{group}.detection", len(pairs), len(spurious), len(missed))
        for one, other in pairs:
            wanted = set(cast("list[str]", one["roles"]))
            given = set(cast("list[str]", other.get("roles") or []))
            self._count(f"{group}.roles", len(wanted & given), len(given - wanted), len(wanted - given))
            if wanted != given:
                self._disagree(name, f"{group}.roles", one, sorted(wanted), sorted(given))
            right = self._field(name, group, "agency", one, other)
            self._claim(group, other, right=right and wanted == given)
        self._unpaired(name, group, missed, spurious)

    def report(self, documents: tuple[str, ...]) -> Report:
        """The report on all documents measured."""
        return Report(
            documents=documents,
            figures=(
                *(_f1(name, counts) for name, counts in sorted(self.counts.items())),
                *(
                    Figure(f"field.{name}", round(counts[True] / counts.total(), 4), counts.total())
                    for name, counts in sorted(self.fields.items())
                ),
                *(_b_cubed(f"identity.{name}", mentions) for name, mentions in self.identity.items()),
            ),
            disagreements=tuple(
                sorted(self.found, key=lambda item: (item.document, item.start, item.field, item.gold, item.predicted))
            ),
            reliability=tuple(_reliability(self.claims)),
        )


def _items(document: Document, name: str) -> list[Item]:
    return cast("list[Item]", document.get(name) or [])


def shown(value: object) -> str:
    """A value of an annotation on one line: lists as their parts, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(str(part) for part in value)
    return re.sub(r"\s+", " ", str(value))


def _f1(name: str, counts: Mapping[str, int]) -> Figure:
    right, given, wanted = counts["right"], counts["right"] + counts["spurious"], counts["right"] + counts["missed"]
    precision = right / given if given else 1.0
    recall = right / wanted if wanted else 1.0
    score = round(harmonic(precision, recall), 4)
    return Figure(name, score, wanted, round(precision, 4), round(recall, 4), given)


def _b_cubed(name: str, mentions: Sequence[tuple[object, object]]) -> Figure:
    precision, recall = b_cubed(mentions)
    return Figure(name, round(harmonic(precision, recall), 4), len(mentions), round(precision, 4), round(recall, 4))


def _reliability(claims: Sequence[tuple[str, float, bool]]) -> Iterable[Bucket]:
    for kind in sorted({claim[0] for claim in claims}):
        for low, high in pairwise(_EDGES):
            inside = [
                (confidence, right) for name, confidence, right in claims if name == kind and low <= confidence < high
            ]
            if inside:
                claimed = sum(confidence for confidence, _ in inside) / len(inside)
                measured = sum(right for _, right in inside) / len(inside)
                yield Bucket(kind, low, min(high, 1.0), len(inside), round(claimed, 3), round(measured, 3))
