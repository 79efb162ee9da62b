"""What linking remembers changes nothing: documents in any order, added or taken away, give what they always give."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.generated import world
from tests.linkage import BACH_HA, VAN_SON, Cite, document, registers, with_text
from viendan import identifiers, turtle, vocab
from viendan.extract.describe import describe
from viendan.link import codec, linking, overrides, reading
from viendan.link.facts import SourceFacts
from viendan.link.linking import Linked
from viendan.link.memory import Memory, digest_of
from viendan.link.overrides import Overrides
from viendan.model import Extraction

Graphs = Mapping[str, Sequence[ox.Triple]]


@cache
def documents() -> tuple[Extraction, ...]:
    """Documents that touch each other in every way: shared numbers, titles, copies, twins, wrong annexes."""
    made = list(world(5, 63 + 20).documents[50:])
    twin = document("t1", number="04/TTr-UBND", type="Tờ trình", date="2025-01", title="việc bản")
    made += [
        with_text(twin, "first"),
        *(
            with_text(document(n, number="04/TTr-UBND", type="Tờ trình", date="2025-02"), w)
            for n, w in (("t2", "second"), ("t3", "second"))
        ),
    ]
    undated = Cite("31/KH-UBND", "Kế hoạch", None, VAN_SON)
    made += [
        document(f"u{n}", undated, Cite("31/KH-UBND", "Kế hoạch", f"202{n}-06-01", VAN_SON), issuer=BACH_HA)
        for n in (1, 2)
    ]
    made += [document("m1", undated, movements=[("Nhà sạch ngõ đẹp", "provincial", "launches")])]
    made += [document("m2", movements=[("Nhà sạch ngõ đẹp", "provincial", "invokes")])]
    return tuple(made)


@cache
def graphs() -> Graphs:
    return {identifiers.source_graph(own.source.name): tuple(describe(own)) for own in documents()}


def decisions() -> Overrides:
    base = f"{vocab.ID}instrument/{VAN_SON.key}/ke-hoach/"
    lines = f"<{base}2021/31-kh-ubnd> <{vocab.VD}mergeInto> <{base}2022/31-kh-ubnd> ."
    return overrides.of_triples(turtle.parse(lines, "overrides.ttl"), "overrides.ttl", lines)


def told(linked: Linked) -> list[str]:
    """Everything that linking says, in the order in which it says it."""
    rest = (linked.resolution.flat, linked.resolution.members, linked.resolution.unresolved, linked.findings)
    return [*map(str, linked), *map(repr, rest), *(repr(dict(own)) for own in linked.resolution.by_graph.values())]


@cache
def from_nothing(names: frozenset[str], decided: bool) -> list[str]:
    chosen = {graph: graphs()[graph] for graph in sorted(names)}
    return told(linking.link_graphs(chosen, registers(), decisions() if decided else None))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_documents_in_any_order_give_what_they_give_from_nothing(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("memory")
    names = sorted(graphs())
    for _ in range(3):
        chosen = data.draw(st.lists(st.sampled_from(names), unique=True, min_size=1))
        decided = data.draw(st.booleans())
        memory = Memory(folder, "test")
        sources = {graph: graphs()[graph] for graph in chosen}
        linked = linking.link_graphs(sources, registers(), decisions() if decided else None, memory)
        memory.save()
        assert told(linked) == from_nothing(frozenset(chosen), decided)


def test_a_changed_document_counts(tmp_path: Path) -> None:
    before = {"https://example.org/a": describe(document("a", Cite("5/KH-UBND", "Kế hoạch", "2021-01-05", VAN_SON)))}
    after = {"https://example.org/a": describe(document("a", Cite("6/KH-UBND", "Kế hoạch", "2021-01-05", VAN_SON)))}
    for sources in (before, after, before):
        memory = Memory(tmp_path, "test")
        found = told(linking.link_graphs(sources, registers(), None, memory))
        memory.save()
        assert found == told(linking.link_graphs(sources, registers()))


def linked_with(folder: Path, sources: Graphs, program: str = "test") -> tuple[list[str], dict[str, int]]:
    memory = Memory(folder, program)
    linked = linking.link_graphs(sources, registers(), None, memory)
    memory.save()
    return told(linked), memory.made


def test_one_document_more_touches_only_what_it_names(tmp_path: Path) -> None:
    many = {identifiers.source_graph(own.source.name): describe(own) for own in world(3, 300).documents}
    last = min(many)
    linked_with(tmp_path, {graph: many[graph] for graph in many if graph != last})
    _, made = linked_with(tmp_path, many)
    named = {part for part in many[last] if part.predicate.value == vocab.RDF + "type" and "Instrument" in str(part)}
    assert made["facts"] == made["outlines"] == 1
    assert 0 < made["named"] <= len(named)
    assert made["islands"] <= made["named"]
    again = linked_with(tmp_path, many)[1]
    assert set(again.values()) == {0}, "nothing new, nothing made"
    registered = sum(graph.startswith(vocab.GRAPH_REGISTER) for graph in registers())
    assert linked_with(tmp_path, {}, "another program")[1]["facts"] == registered


@pytest.mark.parametrize("harm", ["cut", "flip", "text", "shape", "foreign", "empty", "folder"])
def test_a_broken_memory_is_never_trusted(tmp_path: Path, harm: str) -> None:
    sources = {graph: graphs()[graph] for graph in sorted(graphs())[:12]}
    expected, made = linked_with(tmp_path, sources)
    for path in sorted(tmp_path.glob("*.pack")):
        damage(path, harm)
    found, again = linked_with(tmp_path, sources)
    assert found == expected
    assert again["islands"] == made["islands"]
    assert linked_with(tmp_path, sources)[0] == expected


def damage(path: Path, harm: str) -> None:
    content = path.read_bytes()
    head, *lines = content.split(b"\n")
    if harm == "cut":
        path.write_bytes(b"\n".join([head, *(line[: len(line) // 2] for line in lines)]))
    elif harm == "flip":
        path.write_bytes(b"\n".join([head, *(line[:-3] + b"Z" + line[-2:] for line in lines)]))
    elif harm == "text":
        path.write_bytes(b"\xff\x00 no pack at all")
    elif harm == "shape":
        path.write_bytes(b"\n".join([head, *(_with_content(line, b"[1,2]") for line in lines if line)]))
    elif harm == "foreign":
        path.write_bytes(b"\n".join([b"viendan facts 0.0.1", *lines]))
    elif harm == "empty":
        path.write_bytes(b"")
    else:
        path.unlink()
        path.mkdir()


def _with_content(line: bytes, content: bytes) -> bytes:
    """The line with other content and a right check sum."""
    from viendan.link import memory

    key = line.partition(b" ")[0]
    return key + b" " + memory._check(key.decode(), content) + b" " + content


def test_facts_are_the_same_when_they_come_back() -> None:
    write, read = codec.encoder(SourceFacts), codec.decoder(SourceFacts)
    for graph, triples in graphs().items():
        facts = reading.read_source(graph, triples)
        assert read(write(facts)) == facts


@pytest.mark.parametrize("row", [None, 1, "x", [], [[]], {"a": 1}, [1] * 40])
def test_what_is_no_row_is_refused(row: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        codec.decoder(SourceFacts)(row)


def test_digests_tell_the_parts_apart() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc") != digest_of("abc")
    assert digest_of("a", b"b") == digest_of(b"a", "b")


def test_the_order_of_documents_never_counts() -> None:
    names = sorted(graphs())
    expected = from_nothing(frozenset(names), True)
    for seed in range(3):
        random.Random(seed).shuffle(names)
        assert (
            told(linking.link_graphs({graph: graphs()[graph] for graph in names}, registers(), decisions())) == expected
        )
