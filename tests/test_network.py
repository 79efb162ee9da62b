from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tests import invented
from viendan.errors import OutputError
from viendan.publish import contexts, layout, network
from viendan.publish.sheets import NetworkPage


def page() -> NetworkPage:
    found = contexts.gather_rows(invented.graph())
    return network.network_page(found.things, found.statements)


def test_data_and_table_have_the_same_rows() -> None:
    found = page()
    data = json.loads(found.data["vi"])
    names = {node["id"]: node["name"] for node in data["nodes"]}
    drawn = sorted((names[edge["from"]], edge["name"], names[edge["to"]]) for edge in data["edges"])
    rows = sorted((row.source.label.vi, row.relation.label.vi, row.target.label.vi) for row in found.rows)
    assert drawn == rows
    assert found.nodes == len(names)
    assert {edge["name"] for edge in json.loads(found.data["en"])["edges"]} >= {"implements", "launches"}


def test_a_mention_beside_a_stronger_relation_is_not_another_edge() -> None:
    between = [
        row.relation.key
        for row in page().rows
        if (row.source.iri, row.target.iri) == (invented.DIRECTIVE, invented.CENTRAL)
    ]
    assert between == ["implements"]


def test_too_many_things_are_left_out_by_weight() -> None:
    found = contexts.gather_rows(invented.graph())
    drawn = network.draw(network.find_rows(found.things, found.statements), limit=4)
    assert len(drawn.nodes) == 4
    assert drawn.nodes[0].iri == invented.DIRECTIVE
    assert drawn.left_out == page().nodes - 4
    assert all(row.source in drawn.nodes and row.target in drawn.nodes for row in drawn.rows)


def test_labels_fit_beside_a_node() -> None:
    labels = [node["label"] for node in json.loads(page().data["vi"])["nodes"]]
    assert max(map(len, labels)) <= 30
    assert {"34-CT/TW", "Công văn Huyện Đá Trắng 2023"} <= set(labels)


def test_positions_are_the_same_every_time_and_apart() -> None:
    edges = [*pairwise(range(40)), (0, 20), (5, 35)]
    first = layout.positions(41, edges)
    assert first == layout.positions(41, edges)
    nearest = min(
        (ax - bx) ** 2 + (ay - by) ** 2
        for place, (ax, ay) in enumerate(first)
        for bx, by in first[place + 1 :]
    )  # fmt: skip
    assert nearest > 20**2
    assert max(abs(value) for point in first for value in point) < 5000


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_drawings(count: int) -> None:
    assert len(layout.positions(count, [(0, 1)] if count == 2 else [])) == count


def test_the_library_is_that_of_the_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    assert network.library().name == "vis-network.min.js"
    monkeypatch.setattr(network, "_LIBRARY", "lib/no-such-*/x.js")
    with pytest.raises(OutputError, match="network_library_missing"):
        network.library()
