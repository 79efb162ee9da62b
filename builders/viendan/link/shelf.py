"""The documents and registers of a corpus as they are asked for: read once, remembered where nothing changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from viendan import turtle, vocab
from viendan.link import documents, reading
from viendan.link.documents import Named, Outline
from viendan.link.facts import SourceFacts
from viendan.link.knowledge import Knowledge, read_knowledge
from viendan.link.memory import Memory, digest_of
from viendan.link.overrides import Overrides
from viendan.link.traits import Deriver

Graphs = Mapping[str, Sequence[ox.Triple]]
"""Triples by graph IRI."""


class TurtleFiles(Mapping[str, Sequence[ox.Triple]]):
    """Graphs in files, read when they are asked for and not kept: a corpus need not fit into memory."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = dict(sorted(files.items()))

    def __getitem__(self, graph: str) -> Sequence[ox.Triple]:
        return turtle.read_file(self._files[graph])

    def __contains__(self, graph: object) -> bool:
        return graph in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def digest(self, graph: str) -> str:
        """What tells the content of a graph; raises DataError for a file that cannot be read."""
        return digest_of(turtle.read_bytes(self._files[graph]))


class Shelf:
    """Facts, outlines and named instruments by graph. Everything is made when it is asked for."""

    def __init__(self, sources: Graphs, registers: Graphs, decisions: Overrides, memory: Memory) -> None:
        self._sources = sources
        self._registers = registers
        self._remembers = memory.writes
        self._facts_pack = memory.pack("facts", SourceFacts)
        self._outlines = memory.pack("outlines", Outline)
        self._named_pack = memory.pack("named", Named)
        self._contents: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._facts: dict[str, SourceFacts] = {}
        self._named: dict[str, tuple[Named, ...]] = {}
        self.decisions = decisions

    @property
    def documents(self) -> tuple[str, ...]:
        """The graphs of documents, sorted."""
        return tuple(sorted(self._sources))

    @property
    def registers(self) -> tuple[str, ...]:
        """The graphs of registers, sorted; the ontology is none."""
        return tuple(sorted(graph for graph in self._registers if graph.startswith(vocab.GRAPH_REGISTER)))

    @cached_property
    def knowledge(self) -> Knowledge:
        """What the registers and the ontology say."""
        return read_knowledge(self._registers.values())

    @cached_property
    def _deriver(self) -> Deriver:
        return Deriver(self.knowledge, (fact for graph in self.registers for fact in self.facts(graph).bodies))

    @cached_property
    def _known(self) -> str:
        """A digest of registers, ontology and decisions of people: of all that is not documents."""
        decided = sorted(map(str, self.decisions.triples))
        return digest_of(*(self._content(graph) for graph in sorted(self._registers)), *decided)

    def key(self, graph: str) -> str:
        """What tells a graph and everything that its outline depends on; its name, where nothing is remembered."""
        found = self._keys.get(graph)
        if found is None:
            found = digest_of(self._known, self._content(graph)) if self._remembers else graph
            self._keys[graph] = found
        return found

    def _graphs(self, graph: str) -> Graphs:
        return self._sources if graph in self._sources else self._registers

    def _content(self, graph: str) -> str:
        """What tells the name and the content of a graph, without reading it where it is a file."""
        if not self._remembers:
            return graph
        found = self._contents.get(graph)
        if found is None:
            graphs = self._graphs(graph)
            if isinstance(graphs, TurtleFiles):
                content = graphs.digest(graph)
            else:
                content = digest_of(*sorted(map(str, graphs[graph])))
            found = self._contents[graph] = digest_of(graph, content)
        return found

    def corpus(self) -> tuple[tuple[SourceFacts, ...], tuple[SourceFacts, ...]]:
        """All facts, of documents and of registers."""
        return tuple(map(self.facts, self.documents)), tuple(map(self.facts, self.registers))

    def facts(self, graph: str) -> SourceFacts:
        """Everything that a graph states."""
        found = self._facts.get(graph)
        if found is None:
            key = self._content(graph)
            found = self._facts_pack.recall(key)
            if found is None:
                read = reading.read_source if graph in self._sources else reading.read_register
                found = read(graph, self._graphs(graph)[graph])
                self._facts_pack.remember(key, found)
            self._facts[graph] = found
        return found

    def outline(self, graph: str) -> Outline:
        """What all others may have to know of a graph."""
        key = self.key(graph)
        found = self._outlines.recall(key)
        if found is None:
            found = documents.outline(self.facts(graph), self._all_named(graph), self._deriver, self.decisions.named)
            self._outlines.remember(key, found)
        self._named_pack.keep(key)
        self._facts_pack.keep(self._content(graph))
        return found

    def named(self, graph: str, item: int) -> Named:
        """One of the instruments that a graph names."""
        if graph not in self._named:
            found = self._named_pack.recall(f"{self.key(graph)}-{item}")
            if found is not None:
                return found
        return self._all_named(graph)[item]

    def _all_named(self, graph: str) -> tuple[Named, ...]:
        found = self._named.get(graph)
        if found is None:
            found = documents.name_instruments(self.facts(graph), self._deriver, self.decisions.apart)
            self._named[graph] = found
            for item, named in enumerate(found):
                self._named_pack.remember(f"{self.key(graph)}-{item}", named)
        return found
