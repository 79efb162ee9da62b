"""The SHACL shapes: a small sound graph conforms, and each shape has a change to it that it refuses."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from viendan import assets, vocab

HERE = Path(__file__).parent
SHAPE = vocab.ID + "shape/"
REFUSED: dict[str, str] = tomllib.loads((HERE / "cases" / "shapes.toml").read_text(encoding="utf-8"))["refused"]


@cache
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(assets.ontology_dir() / "shapes.ttl")


def sound() -> rdflib.Graph:
    return rdflib.Graph().parse(HERE / "specimens" / "shapes.ttl")


def refusals(graph: rdflib.Graph) -> set[str]:
    """The keys of the shapes that the graph breaks."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes())
    return {str(node).removeprefix(SHAPE) for node in report.objects(None, SH.sourceShape)}


def checks() -> set[str]:
    return {str(node).removeprefix(SHAPE) for node in shapes().subjects(RDF.type, SH.PropertyShape)}


def test_no_shape_asks_sparql() -> None:
    """An engine parses the question for every node: what needs SPARQL is a query of ours, asked once."""
    assert not list(shapes().subjects(RDF.type, SH.SPARQLConstraint))
    assert not list(shapes().subject_objects(SH.sparql))


def test_the_sound_graph_conforms() -> None:
    conforms, _, text = pyshacl.validate(sound(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("key", sorted(REFUSED))
def test_each_shape_refuses_its_document(key: str) -> None:
    graph = sound()
    size = set(graph)
    graph.update(REFUSED[key], initNs=dict(graph.namespaces()))
    assert set(graph) != size, "the change changes nothing"
    assert key in refusals(graph)


def test_every_shape_has_a_document_that_it_refuses() -> None:
    assert checks() == set(REFUSED)


def test_every_target_class_has_a_node_in_the_sound_graph() -> None:
    classes = set(sound().objects(None, RDF.type))
    assert set(shapes().objects(None, SH.targetClass)) <= classes


def test_shapes_speak_both_languages_and_have_no_blank_nodes() -> None:
    assert not [node for triple in shapes() for node in triple if isinstance(node, rdflib.BNode)]
    for node in shapes().subjects(RDF.type, SH.PropertyShape):
        languages = {str(text.language) for text in shapes().objects(node, SH.message)}
        assert languages == {"vi", "en"}, node
        assert len(list(shapes().objects(node, SH.severity))) == 1, node
