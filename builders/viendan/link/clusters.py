"""Clusters of nodes that are one thing, each union with its reason; what must stay apart stays apart."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from viendan.link.facts import Node


@dataclass(frozen=True, slots=True)
class Link:
    """Why two nodes are one thing: the rule, what it saw, and how sure it is."""

    one: Node
    other: Node
    rule: str
    evidence: str
    confidence: float


_Value = TypeVar("_Value")


def _differ(known: Mapping[Node, _Value], one: Node, other: Node) -> bool:
    values = known.get(one), known.get(other)
    return None not in values and values[0] != values[1]


class Clusters:
    """Union-find with reasons. ``apart`` holds pairs of IRIs that people want kept apart.

    A union that would join two things of different known places, two entries of a register, two documents that were
    read, or a pair of ``apart``, is refused.
    """

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._parent: dict[Node, Node] = {}
        self._members: dict[Node, list[Node]] = {}
        self._place: dict[Node, tuple[str, str]] = {}
        self._entry: dict[Node, str] = {}
        self._text: dict[Node, str] = {}
        self._links: defaultdict[Node, list[Link]] = defaultdict(list)
        self._order: dict[Link, int] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def add(self, node: Node, place: tuple[str, str] | None = None, *, entry: bool = False, own: bool = False) -> None:
        """A node of its own; ``place`` is province and district of what issued it.

        ``entry`` is true for a register's, ``own`` for the document of the graph itself.
        """
        if node not in self._parent:
            self._parent[node] = node
            self._members[node] = [node]
            if place:
                self._place[node] = place
            if entry:
                self._entry[node] = node[1]
            if own:
                self._text[node] = node[0]

    @property
    def nodes(self) -> list[Node]:
        """All nodes, sorted."""
        return sorted(self._parent)

    def find(self, node: Node) -> Node:
        """The node that stands for the cluster (which one says nothing)."""
        root = node
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[node] != root:
            self._parent[node], node = root, self._parent[node]
        return root

    def union(self, link: Link, *, forced: bool = False) -> bool:
        """Join two clusters; false where they must stay apart. ``forced`` (people) looks at ``apart`` only."""
        one, other = self.find(link.one), self.find(link.other)
        if one == other:
            return True
        if self._are_apart(one, other):
            return False
        if not forced and any(_differ(known, one, other) for known in (self._place, self._entry, self._text)):
            return False
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        self._parent[other] = one
        self._members[one].extend(self._members.pop(other))
        if other in self._place:
            self._place.setdefault(one, self._place.pop(other))
        if other in self._entry:
            self._entry.setdefault(one, self._entry.pop(other))
        if other in self._text:
            self._text.setdefault(one, self._text.pop(other))
        self._order[link] = len(self._order)
        self._links[link.one].append(link)
        self._links[link.other].append(link)
        return True

    def _are_apart(self, one: Node, other: Node) -> bool:
        if not self._apart:
            return False
        names = {iri for _, iri in self._members[other]}
        return any(self._apart.get(iri, set()) & names for _, iri in self._members[one])

    def place_of(self, node: Node) -> tuple[str, str] | None:
        """Province and district of what the cluster of a node is, where they are known."""
        return self._place.get(self.find(node))

    def members(self, node: Node) -> list[Node]:
        """All nodes of the cluster of a node, sorted."""
        return sorted(self._members[self.find(node)])

    def links(self, node: Node) -> tuple[Link, ...]:
        """The links that made the cluster of a node, in the order in which they did."""
        found = {link for member in self._members[self.find(node)] for link in self._links.get(member, ())}
        return tuple(sorted(found, key=self._order.__getitem__))

    def all(self) -> list[list[Node]]:
        """All clusters, each sorted, in order."""
        return sorted(sorted(members) for members in self._members.values())

    def reasons(self, start: Node) -> Mapping[Node, tuple[Link, ...]]:
        """For each node of a cluster the links on the way from ``start`` to it (there is exactly one way)."""
        found: dict[Node, tuple[Link, ...]] = {start: ()}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for link in self._links.get(node, ()):
                beyond = link.other if link.one == node else link.one
                if beyond not in found:
                    found[beyond] = (*found[node], link)
                    waiting.append(beyond)
        return found
