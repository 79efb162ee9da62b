"""The facts that link works on: plain values of what is known of each thing, and by whom.

A node is a pair of graph and IRI: the same IRI in two documents is the same description, which is not yet the same
thing (an undated number may be two).
"""

from __future__ import annotations

from dataclasses import dataclass

from viendan import vocab

Node = tuple[str, str]
"""Graph IRI and IRI."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The document in which something is mentioned: its key, its own IRI, date and place. A register has no date."""

    graph: str
    key: str
    instrument: str | None
    date: str | None
    province: str | None
    district: str | None

    @property
    def is_register(self) -> bool:
        """Whether this is a register and no document."""
        return self.graph.startswith(vocab.GRAPH_REGISTER)


@dataclass(frozen=True, slots=True)
class Record:
    """An instrument as one document (or register) knows it; tuples are sorted.

    ``own`` is true for the document itself, ``register`` for an entry of a register (``sure``: checked by its source).
    ``approver`` is the issuer of the instrument that approved it, where the document says so. ``strength`` and
    ``confidence`` are the best of its ``mentions``.
    """

    node: Node
    seen: Seen
    own: bool
    register: bool
    sure: bool
    numbers: tuple[str, ...]
    types: tuple[str, ...]
    dates: tuple[str, ...]
    issuers: tuple[str, ...]
    titles: tuple[str, ...]
    short_names: tuple[str, ...]
    in_force: str | None
    approver: str | None
    mentions: int
    strength: int = 0
    confidence: float = 0.0

    @property
    def iri(self) -> str:
        """The IRI that the document alone gives it."""
        return self.node[1]

    @property
    def graph(self) -> str:
        """The graph that states it."""
        return self.node[0]


@dataclass(frozen=True, slots=True)
class BodyFact:
    """A body as stated: where it is, and what kind of body."""

    iri: str
    names: tuple[str, ...]
    level: str | None
    province: str | None
    district: str | None
    kind: str | None
    group: bool
    seen: Seen


@dataclass(frozen=True, slots=True)
class MovementFact:
    """A movement as stated by one document or register."""

    node: Node
    seen: Seen
    names: tuple[str, ...]
    kind: str | None
    scope: str | None
    localises: str | None
    register: bool


@dataclass(frozen=True, slots=True)
class CitationFact:
    """One citation: who cites what, and what this mention says of it."""

    node: str
    graph: str
    citing: str
    cited: str
    relation: str
    kind: str
    start: int
    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None
    exact: str = ""
    rule: str = ""
    """Why the relation is held to be what it is."""
    confidence: float = 1.0
    pinpointed: bool = False
    """Whether it points to a provision."""
    impossible_date: str | None = None
    issuer_unread: bool = False
    subject_unread: bool = False
    listed: bool = False
    """Whether it stands in a list or table, where its other parts may stand elsewhere."""
    type_from: str | None = None
    issuer_from: str | None = None


@dataclass(frozen=True, slots=True)
class RelationFact:
    """A relation that a text states between two instruments."""

    node: str
    graph: str
    subject: str
    predicate: str
    object: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class InvocationFact:
    """One mention of a movement: what the document does with it, in which words."""

    node: str
    graph: str
    document: str
    movement: str
    act: str
    exact: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class HeaderFact:
    """A value that a document states of itself."""

    node: str
    graph: str
    document: str
    property: str
    value: str
    span: tuple[int, int] | None = None
    """Where its words stand; None for what was inferred."""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """All that one document states, as link needs it."""

    seen: Seen
    records: tuple[Record, ...]
    citations: tuple[CitationFact, ...]
    relations: tuple[RelationFact, ...]
    headers: tuple[HeaderFact, ...]
    movements: tuple[MovementFact, ...]
    bodies: tuple[BodyFact, ...]
    invocations: tuple[InvocationFact, ...] = ()
    edges: tuple[tuple[str, str, str], ...] = ()
    """Direct statements between instruments (of a register)."""
    digest: str | None = None
    """A digest of the words of the source: the same in two files of one text."""
    characters: int = 0
