"""One IRI for every thing, all different, and for every IRI that gave way the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from viendan import text
from viendan.link.clusters import Clusters
from viendan.link.documents import Part
from viendan.link.facts import Node

_UNKNOWN: Final = "khong-ro"


@dataclass(frozen=True, slots=True)
class Merge:
    """An IRI that was replaced by another (in ``graphs``), and why."""

    merged: str
    into: str
    graphs: tuple[str, ...]
    rules: tuple[str, ...]
    evidence: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Group:
    """The nodes of one thing: the IRI that it would take, how much is known of it, what tells it from its namesakes.

    ``held`` is the key of its source, ``place`` that of its place; empty where it has none.
    """

    nodes: list[Node]
    best: str
    weight: tuple[bool, int, int]
    held: str
    place: str

    @property
    def named_in(self) -> str:
        """The key of a graph that names it so."""
        return _key(next(graph for graph, iri in self.nodes if iri == self.best))


def name_groups(
    clusters: Clusters, parts: Mapping[Node, Part], targets: Container[str]
) -> Iterator[tuple[str, list[Node]]]:
    """Every thing with its IRI: what people or a register name, else the one that says most, most often.

    Namesakes get something behind it: things of several places their place, held documents of one place the key of
    their source. Of those that are left (an undated number that means two things) the fullest keeps it, and the others
    get the key of a document that names them.
    """
    wanted: defaultdict[str, list[_Group]] = defaultdict(list)
    for nodes in clusters.all():
        group = _group(nodes, clusters, parts, targets)
        wanted[group.best].append(group)
    taken = set(wanted)
    for best in sorted(wanted):
        yield from _told_apart(best, wanted[best], taken, targets)


def _told_apart(
    best: str, groups: list[_Group], taken: set[str], targets: Container[str]
) -> Iterator[tuple[str, list[Node]]]:
    ordered = sorted(groups, key=lambda group: group.nodes)
    ordered.sort(key=lambda group: group.weight, reverse=True)
    held = [group.place for group in ordered if group.held]
    several_held = len(set(held)) < len(held)
    several_places = len({group.place for group in ordered if group.place}) > 1
    free = True
    for group in ordered:
        mark = (group.held if several_held else "") or (group.place if several_places else "")
        known = best in targets or group.weight[0]
        if free and (known or not mark):
            free = False
            yield best, group.nodes
            continue
        name = f"{best}/{text.slug(mark) or group.named_in}"
        while name in taken:
            name = f"{name}/{group.named_in}"
        taken.add(name)
        yield name, group.nodes


def _group(nodes: list[Node], clusters: Clusters, parts: Mapping[Node, Part], targets: Container[str]) -> _Group:
    own = {node[1]: node for node in nodes if node in parts and parts[node].own}
    if len(nodes) == 1:
        best = nodes[0][1]
    else:
        counts = Counter(node[1] for node in nodes)
        registered = {node[1] for node in nodes if node in parts and parts[node].register}
        best = min(
            counts,
            key=lambda iri: (
                *(iri not in targets, iri not in registered, iri.count(_UNKNOWN), iri not in own),
                *(-counts[iri], iri),
            ),
        )
    province, district = clusters.place_of(nodes[0]) or ("", "")
    return _Group(
        nodes=nodes,
        best=best,
        weight=max(_weight(parts.get(node)) for node in nodes),
        held=_key(own[best][0]) if best in own else "",
        place=f"{district} {province}".strip(),
    )


def _weight(part: Part | None) -> tuple[bool, int, int]:
    return (part.register, part.known, part.mentions) if part else (False, 0, 0)


def _key(graph: str) -> str:
    return graph.rsplit("/", 1)[-1] or "x"


def merges(group: Sequence[Node], name: str, clusters: Clusters) -> Iterable[Merge]:
    """For each IRI that gave way: the links between it and a node that has the kept IRI."""
    start = next((node for node in group if node[1] == name), group[0])
    ways = clusters.reasons(start)
    by_iri: defaultdict[str, list[Node]] = defaultdict(list)
    for node in group:
        if node[1] != name:
            by_iri[node[1]].append(node)
    for iri, nodes in sorted(by_iri.items()):
        links = [link for link in ways.get(nodes[0], ()) if link.one[1] != link.other[1]]
        graphs = sorted({node[0] for node in nodes if node[0]})
        keys = ", ".join(_key(graph) for graph in graphs[:3])
        yield Merge(
            merged=iri,
            into=name,
            graphs=tuple(graphs),
            rules=tuple(sorted({link.rule for link in links})) or ("split",),
            evidence=tuple(sorted({link.evidence for link in links})) or (f"@ {keys}",),
            confidence=min((link.confidence for link in links), default=0.9),
        )
