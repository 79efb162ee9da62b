"""The whole of link: from the statements of all documents and registers to one graph in which every thing has one IRI.

A pure function of what it is given, in whatever order it comes. Each kind of result stands in a named graph of its own;
in the documents' graphs IRIs are replaced by canonical ones, and nothing else is changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from viendan import assets, identifiers, turtle, vocab
from viendan.link import description, findings, findings_graph, identity, inference, labels, measures, overrides
from viendan.link.authority import read_ranks
from viendan.link.copies import part_of
from viendan.link.description import Described
from viendan.link.eras import NO_ERAS, Eras
from viendan.link.evidence import Finding
from viendan.link.history import read_history
from viendan.link.identity import Corpus, Resolution
from viendan.link.knowledge import Knowledge
from viendan.link.memory import Memory
from viendan.link.naming import Merge
from viendan.link.overrides import Overrides
from viendan.link.shelf import Graphs, Shelf, TurtleFiles

_REGISTER_PREFIX: Final = "register-"
_SOURCE: Final = identifiers.thing("source", "")
_BETWEEN: Final = frozenset({*vocab.ROLE_PROPERTY.values(), vocab.VD + "localises"})


@dataclass(frozen=True, slots=True)
class Linked:
    """Everything for the store. Iterating gives the quads, documents first, made one by one as they are asked for."""

    sources: Graphs
    registers: Graphs
    resolution: Resolution
    graphs: Graphs
    findings: tuple[Finding, ...] = field(default=())
    eras: Eras = field(default=NO_ERAS)

    def __iter__(self) -> Iterator[ox.Quad]:
        for graphs in (self.sources, self.registers):
            for graph in sorted(graphs):
                yield from self._rewritten(graphs[graph], graph)
        for graph in sorted(self.graphs):
            node = turtle.iri(graph)
            for triple in self.graphs[graph]:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, node)

    def _rewritten(self, triples: Sequence[ox.Triple], graph: str) -> Iterator[ox.Quad]:
        where = self.resolution.of(graph)
        if graph in self.resolution.copies.originals:
            return rewrite(_source_only(triples), where, graph, self.eras)
        if graph in self.resolution.twins:
            return rewrite(_moved_parts(triples, *self.resolution.twins[graph]), where, graph, self.eras)
        return rewrite(triples, where, graph, self.eras)


def link_graphs(
    sources: Graphs, registers: Graphs, decisions: Overrides | None = None, memory: Memory | None = None
) -> Linked:
    """Link documents (by source graph) with the registers and the ontology (by graph); ``decisions`` are people's.

    ``memory`` has results of earlier runs for contents that graphs tell the digest of, and takes those of this one.
    """
    given = decisions or Overrides()
    memory = memory or Memory()
    shelf = Shelf(sources, registers, given, memory)
    resolution = identity.resolve(shelf, memory)
    knowledge, corpus = shelf.knowledge, Corpus(*shelf.corpus()).read_once(resolution)
    described = description.describe_instruments(corpus, knowledge, resolution, given)
    dates = {item.iri: item.date.value for item in described if item.date}
    levels = description.levels_of(described, corpus, knowledge, resolution)
    inferred = inference.infer(corpus, resolution, dates, levels)
    figures = measures.measure(corpus, resolution, inferred.stated, (item.iri for item in described if item.held))
    found = findings.find(described, corpus, knowledge, resolution, inferred)
    past = read_history(described, corpus, resolution, inferred.edges, registers.values())
    graphs = {
        vocab.GRAPH_IDENTITY: tuple(_identity_graph(resolution.merges)),
        vocab.GRAPH_DESCRIPTION: tuple(
            description.description_graph(
                described,
                corpus,
                knowledge,
                resolution,
                read_ranks(registers.values()),
                issuers=past.eras.issuers,
                local=past.eras.bodies,
                relatives=past.eras.relatives,
            )
        ),
        vocab.GRAPH_TIME: tuple(past.graph()),
        vocab.GRAPH_LINEAGE: tuple(inference.lineage_graph(inferred, knowledge)),
        vocab.GRAPH_MEASURES: tuple(measures.measures_graph(figures, inferred.stated)),
        vocab.GRAPH_FINDINGS: tuple(
            findings_graph.findings_graph(found, knowledge, _names(described, corpus, knowledge, resolution))
        ),
        vocab.GRAPH_CORRECTIONS: tuple(_corrections(given, resolution)),
    }
    return Linked(sources, registers, resolution, MappingProxyType(graphs), found, past.eras)


def _names(
    described: Sequence[Described], corpus: Corpus, knowledge: Knowledge, resolution: Resolution
) -> Callable[[str], str]:
    """The Vietnamese name of a body, a type or an instrument."""
    namer = labels.Namer(knowledge, description.canonical_bodies(corpus, resolution))
    instruments = {item.iri: item for item in described}

    def name(iri: str) -> str:
        item = instruments.get(iri)
        return namer.instrument(description.parts_of(item), "vi") if item else namer.body(iri, "vi")

    return name


def resolve(sources: Graphs, register_files: Iterable[Path]) -> Resolution:
    """Only who is who: for callers that want no store. Raises DataError for registers that do not parse."""
    memory = Memory()
    return identity.resolve(Shelf(sources, load_registers(register_files), Overrides(), memory), memory)


def load_registers(files: Iterable[Path]) -> Graphs:
    """The registers by graph, and the ontology that comes with the program; raises DataError for broken Turtle."""
    graphs = {vocab.GRAPH_REGISTER + file.stem.removeprefix(_REGISTER_PREFIX): turtle.read_file(file) for file in files}
    ontology = [triple for file in sorted(assets.ontology_dir().glob("*.ttl")) for triple in turtle.read_file(file)]
    return {**graphs, vocab.GRAPH_ONTOLOGY: ontology}


def link_files(
    data_files: Iterable[Path], register_files: Iterable[Path], override_file: Path | None, memory: Memory | None = None
) -> Linked:
    """Link Turtle files; raises DataError (file and line) for broken Turtle and for an override that cannot be."""
    sources = TurtleFiles({identifiers.source_graph(file.stem): file for file in data_files})
    registers = load_registers(register_files)
    decisions = overrides.read_overrides(override_file)
    if override_file is not None:
        named = _subjects(sources, registers)
        content = override_file.read_text(encoding="utf-8")
        overrides.check_known(decisions, named.__contains__, str(override_file), content)
    return link_graphs(sources, registers, decisions, memory)


def _subjects(*groups: Graphs) -> frozenset[str]:
    return frozenset(
        triple.subject.value
        for graphs in groups
        for triples in graphs.values()
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode)
    )


def _source_only(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """What a copy adds to its original: that there is a second source."""
    for triple in triples:
        subject = triple.subject
        described = isinstance(subject, ox.NamedNode) and subject.value.startswith(_SOURCE)
        if described or triple.predicate.value == vocab.PROV + "hadPrimarySource":
            yield triple


def _moved_parts(triples: Iterable[ox.Triple], own: str, into: str) -> Iterator[ox.Triple]:
    """The triples of a document with its mentions under another IRI."""
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode):
            subject = turtle.iri(part_of(subject.value, own, into))
        if isinstance(value, ox.NamedNode):
            value = turtle.iri(part_of(value.value, own, into))
        yield ox.Triple(subject, triple.predicate, value)


def rewrite(
    triples: Iterable[ox.Triple], where: Mapping[str, str], graph: str, eras: Eras = NO_ERAS
) -> Iterator[ox.Quad]:
    """The triples with canonical IRIs, bodies those of their day. A relation of a thing to itself, which a merge can
    make, is left out."""
    node = turtle.iri(graph)
    moved = {turtle.iri(old): turtle.iri(new) for old, new in where.items()}
    dated = graph in eras.graphs
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if moved:
            subject, value = moved.get(subject, subject), moved.get(value, value)  # type: ignore[arg-type]
        if dated and isinstance(value, ox.NamedNode) and isinstance(triple.subject, ox.NamedNode):
            value = turtle.iri(eras.body(graph, triple.subject.value, predicate.value, value.value))
        if subject == value and predicate.value in _BETWEEN:
            continue
        yield ox.Quad(subject, predicate, value, node)


def _identity_graph(merges: Iterable[Merge]) -> Iterator[ox.Triple]:
    for merge in merges:
        digest = hashlib.sha256(f"{merge.merged}\n{merge.into}".encode()).hexdigest()[:16]
        node = identifiers.thing("merge", digest)
        yield _triple(node, vocab.RDF + "type", turtle.iri(vocab.VD + "Merge"))
        yield _triple(node, vocab.VD + "merged", turtle.iri(merge.merged))
        yield _triple(node, vocab.VD + "into", turtle.iri(merge.into))
        yield _triple(node, vocab.VD + "confidence", turtle.decimal(merge.confidence))
        for graph in merge.graphs:
            yield _triple(node, vocab.VD + "inGraph", turtle.iri(graph))
        for rule in merge.rules:
            yield _triple(node, vocab.VD + "rule", turtle.iri(identifiers.rule_iri(rule)))
        for words in merge.evidence:
            yield _triple(node, vocab.VD + "evidence", turtle.literal(words))
        undo = overrides.undo_line(merge.merged, merge.into, merge.rules)
        if undo:
            yield _triple(node, vocab.VD + "undo", turtle.literal(undo))


def _corrections(given: Overrides, resolution: Resolution) -> Iterator[ox.Triple]:
    """What people wrote, about the things as they are called now."""
    for triple in given.triples:
        subject, value = triple.subject, triple.object
        corrected = triple.predicate.value in overrides.CORRECTED
        if corrected and isinstance(subject, ox.NamedNode):
            subject = turtle.iri(resolution.flat.get(subject.value, subject.value))
        if corrected and isinstance(value, ox.NamedNode):
            value = turtle.iri(resolution.flat.get(value.value, value.value))
        yield ox.Triple(subject, triple.predicate, value)


def _triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(turtle.iri(subject), turtle.iri(predicate), value)
