"""Confidences as often as they are right: the estimate of each rule, put right by what annotated documents show.

The steps are data (scheme ``calibrations``, ``ontology/confidence.ttl``), measured by ``make calibrate`` on documents
that careful readers annotated: how often what was claimed with an estimate was right. Between two steps the
confidence is interpolated, so that the order of the estimates stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Final

from viendan.extract import lexicon
from viendan.model import Extraction

KINDS: Final = ("citations", "relations", "movements", "responsibilities")
"""What is claimed, each with steps of its own."""

Step = tuple[float, float]
"""An estimate, and how often what was claimed with it was right."""


@cache
def steps() -> Mapping[str, tuple[Step, ...]]:
    """The measured steps of each kind, by rising estimate; none for a kind that was not measured."""
    found: dict[str, list[Step]] = defaultdict(list)
    for word in lexicon.scheme("calibrations"):
        kind, estimate, measured = (word.get(name) or "" for name in ("claimKind", "estimated", "measured"))
        found[kind].append((float(estimate), float(measured)))
    return MappingProxyType({kind: tuple(sorted(found[kind])) for kind in sorted(found)})


def calibrate(kind: str, estimate: float) -> float:
    """The confidence, 0 to 1, of what a rule claims with an estimate."""
    known = steps().get(kind, ())
    if not known:
        return estimate
    at = bisect_left(known, (estimate, 0.0))
    if at == 0:
        return round(known[0][1] * estimate / known[0][0], 3)
    if at == len(known):
        return round(known[-1][1], 3)
    (low, before), (high, behind) = known[at - 1], known[at]
    return round(before + (behind - before) * (estimate - low) / (high - low), 3)


def calibrated(extraction: Extraction) -> Extraction:
    """The extraction with its estimates as confidences; everything else stays."""
    return replace(
        extraction,
        citations=tuple(
            replace(item, confidence=calibrate("citations", item.confidence)) for item in extraction.citations
        ),
        relations=tuple(
            replace(item, confidence=calibrate("relations", item.confidence)) for item in extraction.relations
        ),
        invocations=tuple(
            replace(item, confidence=calibrate("movements", item.confidence)) for item in extraction.invocations
        ),
        responsibilities=tuple(
            replace(item, confidence=calibrate("responsibilities", item.confidence))
            for item in extraction.responsibilities
        ),
    )
