"""Measure how often the rules' estimates are right, and write the steps: `make calibrate`.

Measured on the gold documents of ../shared and on tests/annotations/development; tests/annotations/held-out is left
out, so that its reliability table (`viendan evaluate`) tells how honest the confidences are.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import cast

from viendan import assets, evaluation, text, turtle
from viendan.evaluation import Document
from viendan.extract import annotations, calibration, document, readers
from viendan.pipeline import extraction

HERE = Path(__file__).parent
SHARED = assets.root().parent / "shared"
FOLDERS = (
    (SHARED / "gold" / "directives", SHARED / "corpus" / "directives"),
    (SHARED / "gold" / "annotated", SHARED / "corpus" / "annotated"),
    (HERE / "annotations" / "development", SHARED / "corpus" / "more"),
)
LEAST = 20  # claims of a step at least
MOST = 0.995  # what no number of right claims goes beyond
CAUTION = 2.0  # claims of the kind's own share that are added to each step
HEAD = """# Confidences as often as they are right: written by `make calibrate`, measured on annotated documents.
# vd:estimated what the rules estimate, vd:measured how often that was right, vd:sampled among how many claims.

@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vd: <https://w3id.org/viendan/ontology#> .
@prefix calibration: <https://w3id.org/viendan/id/calibration/> .
@prefix scheme: <https://w3id.org/viendan/id/scheme/> .

scheme:calibrations a skos:ConceptScheme ;
  skos:prefLabel "Bậc hiệu chỉnh độ tin cậy"@vi, "Steps of the calibration of confidences"@en ;
  skos:definition "Ước lượng của quy tắc đúng bao nhiêu phần trên văn bản đã chú giải."@vi,
    "How often the rules' estimates are right in annotated documents."@en .
"""
ENTRY = """
calibration:{kind}-{index} a skos:Concept ; skos:inScheme scheme:calibrations ;
  skos:prefLabel "{kind}, ước lượng {estimate}"@vi, "{kind}, estimated {estimate}"@en ;
  vd:claimKind "{kind}" ; vd:estimated {estimate} ; vd:measured {measured} ; vd:sampled {sampled} .
"""


def claims(gold: Path, sources: Path) -> list[tuple[str, float, bool]]:
    """Every claim on the annotated documents of a folder: kind, estimate, whether it is right."""
    wanted = evaluation.read_annotations(gold)
    found: dict[str, Document] = {}
    for path, name in extraction.gather([sources]):
        if name in wanted:
            estimated = document.estimate_document(readers.read_document(path))
            found[name] = cast("Document", annotations.annotate(estimated, {}))
    return evaluation.claims(wanted, found)


def steps(measured: list[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Pools of claims by rising estimate: mean estimate, share of right ones, size; the shares never fall."""
    share = sum(right for _, right in measured) / len(measured)
    pools: list[list[tuple[float, bool]]] = []
    for claim in sorted(measured):
        if pools and (len(pools[-1]) < LEAST or pools[-1][-1][0] == claim[0]):
            pools[-1].append(claim)
        else:
            pools.append([claim])

    def right(pool: list[tuple[float, bool]]) -> float:
        return (sum(ok for _, ok in pool) + CAUTION * share) / (len(pool) + CAUTION)

    index = 1
    while index < len(pools):
        if right(pools[index]) < right(pools[index - 1]) or len(pools[index]) < LEAST:
            pools[index - 1] += pools.pop(index)
            index = max(index - 1, 1)
        else:
            index += 1
    return [(sum(value for value, _ in pool) / len(pool), min(right(pool), MOST), len(pool)) for pool in pools]


def main() -> None:
    kinds: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for gold, sources in FOLDERS:
        for kind, estimate, right in claims(gold, sources):
            kinds[kind].append((estimate, right))
    entries = [
        ENTRY.format(kind=kind, index=index, estimate=f"{estimate:.3f}", measured=f"{measured:.3f}", sampled=sampled)
        for kind in calibration.KINDS
        for index, (estimate, measured, sampled) in enumerate(steps(kinds[kind]), 1)
    ]
    turtle.write_file(assets.ontology_dir() / "confidence.ttl", text.nfc(HEAD + "".join(entries)))


if __name__ == "__main__":
    main()
