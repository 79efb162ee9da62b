"""Disagreements with a published sentence corpus, by kind: `python tests/spans.py GOLD.json TEXT.txt`.

The corpus (../shared/gold/vnlegaltext) marks reference spans by type word, number and date, without the issuer. Where
it does not follow its own practice, the grammar is not bent to it: this lists the kinds of disagreement with their
counts, and the figures with and without the kinds that are conventions of the corpus or slips of its annotation.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

from viendan.extract.document import extract_document
from viendan.model import SourceDocument

Span = tuple[int, int, str]

ANNOTATED = {
    "nghị định",
    "luật",
    "thông tư",
    "pháp lệnh",
    "quyết định",
    "bộ luật",
    "nghị quyết",
    "thông tư liên tịch",
    "hiến pháp",
}
CONVENTIONS = (
    "inside an amending act's name (the outer span is marked, the inner not)",
    "in the document's own title",
    "where a short form is defined (sau đây gọi là …)",
    "of a type that the corpus does not mark",
    "the same words are marked elsewhere",
)


def trim(start: int, end: int, text: str) -> tuple[int, int]:
    """The span without its issuer, as the corpus marks it."""
    cut = re.search(r"(\d)\s+(?:của\s.*|do\s.*)$", text[start:end], re.DOTALL)
    return (start, start + cut.end(1)) if cut else (start, end)


def overlap(one: Span, other: Span) -> float:
    inner = min(one[1], other[1]) - max(one[0], other[0])
    return inner / (max(one[1], other[1]) - min(one[0], other[0])) if inner > 0 else 0.0


def kind_of(span: Span, text: str, marked: Counter[str], outer: list[Span]) -> str:
    before = text[max(0, span[0] - 60) : span[0]]
    sentence = text[text.rfind("\n\n", 0, span[0]) + 2 : span[0]]
    if any(other[0] < span[0] and span[1] <= other[1] + 40 for other in outer):
        return CONVENTIONS[0]
    if re.match(
        r"\s*(?:Thông tư|Nghị định|Quyết định|Luật|Pháp lệnh|Nghị quyết)(?:\s+liên tịch)?\s+(?!số|này)\w", sentence
    ):
        return CONVENTIONS[1]
    if re.search(r"(?:gọi|viết)(?:\s+(?:tắt|gọn|chung))?\s+là\s*[“\"']?$", before):
        return CONVENTIONS[2]
    if span[2] not in ANNOTATED:
        return CONVENTIONS[3]
    return CONVENTIONS[4] if marked[text[span[0] : span[1]]] else "other"


def main() -> None:
    gold_file, text_file = Path(sys.argv[1]), Path(sys.argv[2])
    data = text_file.read_bytes()
    text = data.decode("utf-8")
    gold = [
        (*trim(item["start"], item["end"], text), item["type"].lower())
        for item in json.loads(gold_file.read_text("utf-8"))
    ]
    found = extract_document(SourceDocument(text_file.stem, text, hashlib.sha256(data).hexdigest())).citations
    predicted = [(*trim(c.mention.start, c.mention.end, text), (c.type or "").lower()) for c in found]
    near: dict[int, list[Span]] = {}
    for span in gold:
        for block in range(span[0] // 500 - 1, span[1] // 500 + 2):
            near.setdefault(block, []).append(span)
    marked = Counter(text[start:end] for start, end, _ in gold)
    used: set[Span] = set()
    kinds: Counter[str] = Counter()
    exact = 0
    for span in predicted:
        beside = near.get(span[0] // 500, [])
        match = next((other for other in beside if other not in used and overlap(span, other) >= 0.5), None)
        if match is None:
            kinds[kind_of(span, text, marked, beside)] += 1
        else:
            used.add(match)
            exact += match[:2] == span[:2]
    missed = len(gold) - len(used)
    print(f"marked {len(gold)}, found {len(predicted)}, paired {len(used)}, exact {exact}, missed {missed}")
    for kind, count in kinds.most_common():
        print(f"{count:5d}  {kind}")
    for label, spurious in (("all", sum(kinds.values())), ("conventions of the corpus set aside", kinds["other"])):
        right = len(used)
        precision, recall = right / (right + spurious), right / len(gold)
        print(
            f"{label}: overlap P={precision:.4f} R={recall:.4f} F1={2 * precision * recall / (precision + recall):.4f}"
        )


if __name__ == "__main__":
    main()
