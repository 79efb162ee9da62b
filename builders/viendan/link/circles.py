"""Lineage without circles: what speaks for each step from an instrument to its parent, and which step gives way.

Nothing descends from itself. A parent that is younger than its child is none; of the steps that are left in a circle
the one with the least evidence goes, and where all have as much, none of them counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx

from viendan import vocab

Pair = tuple[str, str]
"""Child and parent: canonical IRIs."""

_ROUNDS: Final = 100  # of dropping the weakest; a knot that is left has too many steps to be told apart
_FORMAL: Final = frozenset({vocab.ROLE_PROPERTY["basis"], vocab.ROLE_PROPERTY["pursuant_to"]})


@dataclass(frozen=True, slots=True)
class Step:
    """One statement that an instrument descends from another: the property, the document's graph, how sure it is.

    ``predicate`` is as stated: that of ``approves`` leads from the parent to the child.
    """

    child: str
    parent: str
    predicate: str
    graph: str
    confidence: float

    @property
    def strength(self) -> int:
        """The preamble (``Căn cứ``) is written with the most care."""
        return 2 if self.predicate in _FORMAL else 1


@dataclass(frozen=True, slots=True)
class _Weight:
    """What speaks for a step. Statements of registers have no confidence of their own and count as certain."""

    steps: tuple[Step, ...]

    @property
    def value(self) -> tuple[int, int, int, float]:
        """Strongest role, documents, statements, best confidence: more is better, in this order."""
        if not self.steps:
            return (0, 0, 0, 0.0)
        return (
            max(step.strength for step in self.steps),
            len({step.graph for step in self.steps}),
            len(self.steps),
            round(max(step.confidence for step in self.steps), 2),
        )


def cut_circles(
    steps: Iterable[Step], dates: Mapping[str, str]
) -> tuple[tuple[Pair, ...], tuple[tuple[str, ...], ...]]:
    """The pairs without circles, sorted, and the circles (their members, sorted); ``dates`` are those of instruments.

    A text that says two things of two instruments, one the other way round, contradicts itself and makes no circle.
    """
    stated: defaultdict[Pair, list[Step]] = defaultdict(list)
    for step in steps:
        stated[step.child, step.parent].append(step)
    weights = {pair: _Weight(tuple(own)) for pair, own in stated.items()}
    kept = sorted(_consistent(weights))
    circles = tuple(sorted(tuple(sorted(own)) for own in _components(kept)))
    for rule in (_impossible, *[_weakest] * _ROUNDS, _all):
        components = _components(kept)
        if not components:
            break
        dropped = {pair for own in components for pair in rule(_inside(kept, own), weights, dates)}
        kept = [pair for pair in kept if pair not in dropped]
    return tuple(kept), circles


def _consistent(weights: Mapping[Pair, _Weight]) -> Iterator[Pair]:
    """The pairs without those that their only witness says better the other way round."""
    for (child, parent), weight in weights.items():
        other = weights.get((parent, child))
        if other is not None:
            graphs = {step.graph for step in (*weight.steps, *other.steps)}
            if len(graphs) == 1 and weight.value < other.value:
                continue
        yield child, parent


def _components(pairs: Sequence[Pair]) -> list[set[str]]:
    graph = nx.DiGraph()
    graph.add_edges_from(pairs)
    return [own for own in nx.strongly_connected_components(graph) if len(own) > 1]


def _inside(pairs: Sequence[Pair], component: set[str]) -> list[Pair]:
    return [pair for pair in pairs if pair[0] in component and pair[1] in component]


def _impossible(pairs: Sequence[Pair], _: Mapping[Pair, _Weight], dates: Mapping[str, str]) -> list[Pair]:
    """The pairs whose parent is surely younger."""
    return [(child, parent) for child, parent in pairs if _younger(parent, child, dates)]


def _weakest(pairs: Sequence[Pair], weights: Mapping[Pair, _Weight], _: Mapping[str, str]) -> list[Pair]:
    least = min(weights[pair].value for pair in pairs)
    return [pair for pair in pairs if weights[pair].value == least]


def _all(pairs: Sequence[Pair], _: Mapping[Pair, _Weight], __: Mapping[str, str]) -> list[Pair]:
    return list(pairs)


def _younger(parent: str, child: str, dates: Mapping[str, str]) -> bool:
    """Whether the parent is surely younger than the child."""
    one, other = dates.get(parent), dates.get(child)
    if one is None or other is None:
        return False
    length = min(len(one), len(other))
    return one[:length] > other[:length]
