"""Time, all of it in one value: which body every name means, what became of each, and when everything was there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from viendan.link.description import Described, canonical_bodies
from viendan.link.eras import Eras, find_eras
from viendan.link.identity import Corpus, Resolution
from viendan.link.inference import Edge
from viendan.link.local_bodies import Directory
from viendan.link.moments import Moments, find_moments, moments_graph
from viendan.link.succession import Chronicle, chronicle
from viendan.link.timetable import Timetable, read_timetable


@dataclass(frozen=True, slots=True)
class History:
    """What time does to the things of a corpus. ``described`` are the bodies that documents or registers describe."""

    eras: Eras
    chronicle: Chronicle
    moments: Moments
    timetable: Timetable
    described: frozenset[str]

    def graph(self) -> Iterator[ox.Triple]:
        """The triples of the time graph."""
        return moments_graph(self.moments, self.chronicle, self.timetable, self.described)


def read_history(
    described: Sequence[Described],
    corpus: Corpus,
    resolution: Resolution,
    edges: Sequence[Edge],
    registers: Iterable[Iterable[ox.Triple]],
) -> History:
    """The history of what was linked; ``registers`` are the triples of the registers and of the ontology."""
    directory = Directory(read_timetable(registers))
    eras = find_eras(described, corpus, resolution, directory)
    return History(
        eras=eras,
        chronicle=chronicle(eras.bodies.values(), directory),
        moments=find_moments(described, corpus, resolution, edges),
        timetable=directory.timetable,
        described=frozenset(canonical_bodies(corpus, resolution)),
    )
