"""Where the nodes of a drawing stand: computed once, stored, the same on every machine.

A force layout (attraction along edges, repulsion within a grid's cells, gravity) in plain arithmetic. networkx has the
same, but needs NumPy and, above 500 nodes, SciPy, and their last digits differ from processor to processor. Only
``+ - * /`` and the square root are used, which IEEE 754 defines to the last bit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from math import sqrt
from typing import Final

Point = tuple[int, int]

_LENGTH: Final = 90.0  # of an edge at rest
_REACH: Final = _LENGTH * 6  # of repulsion
_STEPS: Final = 140  # of a small drawing
_WORK: Final = 40_000  # nodes times steps: a large drawing has fewer
_GRAVITY: Final = 0.035
_TURN: Final = (
    -0.7373688780783197,
    0.6754902942615238,
)  # cosine and sine of the golden angle: a spiral without trigonometry
_NEAR: Final = tuple(product((-1, 0, 1), repeat=2))


def positions(count: int, edges: Sequence[tuple[int, int]]) -> tuple[Point, ...]:
    """Integer coordinates of nodes ``0 … count-1``; nodes that come first start nearer to the middle."""
    xs, ys = _spiral(count)
    steps = min(_STEPS, max(50, _WORK // max(1, count)))
    for step in range(steps):
        heat = _LENGTH * 0.6 * (1 - step / steps) + 1
        _settle(xs, ys, edges, heat)
    return tuple((round(x), round(y)) for x, y in zip(xs, ys, strict=True))


def _spiral(count: int) -> tuple[list[float], list[float]]:
    xs, ys = [], []
    x, y = 1.0, 0.0
    for place in range(count):
        radius = _LENGTH * 0.6 * sqrt(place)
        xs.append(x * radius)
        ys.append(y * radius)
        x, y = x * _TURN[0] - y * _TURN[1], x * _TURN[1] + y * _TURN[0]
    return xs, ys


def _settle(xs: list[float], ys: list[float], edges: Sequence[tuple[int, int]], heat: float) -> None:
    """Move every node once, by at most ``heat``."""
    count = len(xs)
    pull_x, pull_y = [-_GRAVITY * x for x in xs], [-_GRAVITY * y for y in ys]
    _repel(xs, ys, pull_x, pull_y)
    for first, second in edges:
        dx, dy = xs[second] - xs[first], ys[second] - ys[first]
        force = sqrt(dx * dx + dy * dy) / _LENGTH * 0.35
        pull_x[first] += dx * force
        pull_y[first] += dy * force
        pull_x[second] -= dx * force
        pull_y[second] -= dy * force
    for node in range(count):
        strength = sqrt(pull_x[node] * pull_x[node] + pull_y[node] * pull_y[node])
        if strength > heat:
            pull_x[node] *= heat / strength
            pull_y[node] *= heat / strength
        xs[node] += pull_x[node]
        ys[node] += pull_y[node]


def _repel(xs: list[float], ys: list[float], pull_x: list[float], pull_y: list[float]) -> None:
    """Nodes push each other away up to a distance at which the push has faded to nothing; cells find who is near."""
    size = _REACH
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for node, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cells[int(x // size), int(y // size)].append(node)
    for (column, row), here in sorted(cells.items()):
        near = [node for dx, dy in _NEAR for node in cells.get((column + dx, row + dy), ())]
        for node in here:
            x, y = xs[node], ys[node]
            push_x = push_y = 0.0
            for other in near:
                if other != node:
                    dx, dy = x - xs[other], y - ys[other]
                    square = dx * dx + dy * dy + 1.0
                    if square < _REACH * _REACH:
                        force = _LENGTH * _LENGTH * (1.0 / square - 1.0 / (_REACH * _REACH))
                        push_x += dx * force
                        push_y += dy * force
            pull_x[node] += push_x
            pull_y[node] += push_y
