from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from viendan import turtle, vocab
from viendan.errors import DataError, OutputError

IRIS = st.builds(lambda n: ox.NamedNode(f"{vocab.ID}x/{n}"), st.integers(0, 5))
PREDICATES = st.sampled_from(
    [ox.NamedNode(vocab.RDF + "type"), ox.NamedNode(vocab.ELI + "cites"), ox.NamedNode(vocab.VD + "cue")]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LITERALS = st.one_of(
    st.builds(turtle.literal, TEXTS),
    st.builds(lambda words: turtle.literal(words, language="vi"), TEXTS),
    st.builds(turtle.integer, st.integers(-9, 9**9)),
)
TRIPLES = st.lists(st.builds(ox.Triple, IRIS, PREDICATES, st.one_of(IRIS, LITERALS)), max_size=12)


@given(TRIPLES)
def test_parse_is_the_inverse_of_write(triples: list[ox.Triple]) -> None:
    assert set(turtle.parse(turtle.write(triples), "test")) == set(triples)


@given(TRIPLES, st.randoms(use_true_random=False))
def test_order_of_input_does_not_show(triples: list[ox.Triple], chance: random.Random) -> None:
    shuffled = [*triples, *triples[:2]]
    chance.shuffle(shuffled)
    assert turtle.write(shuffled) == turtle.write(triples)


@given(TRIPLES)
def test_rdflib_reads_what_is_written(triples: list[ox.Triple]) -> None:
    graph = rdflib.Graph().parse(data=turtle.write(triples), format="turtle")
    assert len(graph) == len(set(triples))


def test_only_used_prefixes_stand_at_the_top() -> None:
    written = turtle.write(
        [ox.Triple(ox.NamedNode(vocab.ID + "a"), ox.NamedNode(vocab.ELI + "cites"), ox.NamedNode(vocab.ID + "b"))]
    )
    assert "@prefix eli:" in written
    assert "@prefix skos:" not in written


def test_prefixes_are_sorted() -> None:
    names = (vocab.ELI, vocab.CITO, vocab.OA, vocab.SKOS, vocab.VD)
    triples = [
        ox.Triple(ox.NamedNode(vocab.ID + "a"), ox.NamedNode(name + "x"), ox.NamedNode(vocab.ID + "b"))
        for name in names
    ]
    lines = turtle.write(triples).splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert len(prefixes) == len(names)
    assert prefixes == lines[: len(names)] == sorted(prefixes)


@pytest.mark.parametrize(("value", "kind"), [("2023-01-13", "date"), ("2023-02", "gYearMonth"), ("2013", "gYear")])
def test_dates_have_their_precision(value: str, kind: str) -> None:
    assert turtle.date_literal(value).datatype.value == vocab.XSD + kind


@pytest.mark.parametrize(("value", "shown"), [(1.0, "1.0"), (0.95, "0.95"), (0.123456, "0.123")])
def test_decimals_are_short(value: float, shown: str) -> None:
    assert turtle.decimal(value).value == shown


def test_broken_turtle_is_named_with_its_line() -> None:
    with pytest.raises(DataError) as caught:
        list(turtle.parse("<a:b> <a:c> <a:d> .\n<a:b> oops", "x.ttl"))
    assert caught.value.values["file"] == "x.ttl"
    assert caught.value.values["line"] == 2


def test_missing_file_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        turtle.read_file(tmp_path / "none.ttl")


def test_write_file_replaces_whole_and_leaves_nothing_aside(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.ttl"
    turtle.write_file(path, "one")
    turtle.write_file(path, "two")
    assert path.read_text() == "two"
    assert [file.name for file in path.parent.iterdir()] == ["a.ttl"]


def test_write_file_says_where_it_could_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        turtle.write_file(tmp_path / "file" / "a.ttl", "x")
