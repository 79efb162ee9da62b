"""What a page shows: frozen values, whole and in both languages, that a template only has to set.

A page's class says which template sets it; nothing here knows a store, a template or a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from viendan.messages import Language

Status = Literal["asserted", "cited", "register", "inferred", "corrected"]
"""Who says so: the document itself, those who cite it, a register, the program, or a person who corrected."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages; ``foreign`` where the English one is Vietnamese words."""

    vi: str
    en: str

    def get(self, language: Language) -> str:
        """The name in a language."""
        return self.vi if language == "vi" else self.en

    @property
    def foreign(self) -> bool:
        """Whether the English side is Vietnamese too, so that a screen reader must be told."""
        return self.vi == self.en


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing and its page; ``path`` is empty for a thing without a page."""

    iri: str
    label: Label
    path: str


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of a scheme: its key and what it is called."""

    key: str
    label: Label


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove a statement: where they stand and who found them by which rule.

    ``before`` and ``after`` are words around them, where the sources are at hand; ``corrected`` where a person has been there.
    """

    anchor: str
    document: Ref
    exact: str
    before: str
    after: str
    start: int
    end: int
    section: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known: ``key`` names it in the messages under ``fact.``."""

    key: str
    value: Label
    status: Status
    ref: Ref | None = None
    is_date: bool = False
    evidence: Evidence | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class CitationView:
    """One citation with its words; ``wording`` is the subject as this mention gives it."""

    evidence: Evidence
    cited: Ref
    relation: Term
    kind: Term
    pinpoints: tuple[str, ...]
    number: str | None
    date: str | None
    issuer: Ref | None
    wording: str | None


@dataclass(frozen=True, slots=True)
class CitationGroup:
    """Citations with one relation; ``more`` counts those that are left out of a long list.

    ``label`` is the relation as seen from the page: what it does, or what is done with it.
    """

    relation: Term
    label: Label
    citations: tuple[CitationView, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation between two instruments, with who says so: words of a document, or a graph."""

    subject: Ref
    relation: Term
    object: Ref
    status: Status
    evidence: Evidence | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class InvocationView:
    """A mention of a movement that a document launches or invokes."""

    evidence: Evidence
    movement: Ref
    act: Literal["launches", "invokes"]


@dataclass(frozen=True, slots=True)
class ResponsibilityView:
    """A body with its roles; ``task`` is empty where the sources are not at hand."""

    evidence: Evidence
    body: Ref
    roles: tuple[Term, ...]
    deadline: str | None
    task: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the ways in which documents name a thing, with those who do."""

    words: str
    is_date: bool
    evidence: tuple[Evidence, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class VariantGroup:
    """The variants of one property; ``differ`` where there is more than one."""

    key: str
    variants: tuple[Variant, ...]

    @property
    def differ(self) -> bool:
        """Whether those who cite it disagree."""
        return len(self.variants) > 1


@dataclass(frozen=True, slots=True)
class LineageStep:
    """An instrument above or below another: how far, through which, by which relations."""

    ref: Ref
    depth: int
    relations: tuple[Term, ...]
    through: Ref | None
    status: Status


@dataclass(frozen=True, slots=True)
class MergeView:
    """An IRI that is this thing's too, and why."""

    iri: str
    rule: str | None
    evidence: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text; with an anchor where it proves a statement (``first`` at its first stretch)."""

    text: str
    anchor: str | None
    kind: str | None
    first: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something that a person should look at, with what it is about and the words that show it."""

    iri: str
    kind: str
    severity: str
    about: tuple[Ref, ...]
    message: Label
    likely: str | None
    reason: Label | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """The source that was read."""

    name: str
    sha256: str | None
    characters: int | None
    unexplained: int | None


@dataclass(frozen=True, slots=True)
class InstrumentPage:
    """An instrument: held (its own text was read) or put together from those who cite it."""

    ref: Ref
    held: bool
    title: str | None
    facts: tuple[Fact, ...]
    cites: tuple[CitationGroup, ...]
    cited_by: tuple[CitationGroup, ...]
    stated: tuple[RelationView, ...]
    relations: tuple[RelationView, ...]
    invocations: tuple[InvocationView, ...]
    responsibilities: tuple[ResponsibilityView, ...]
    addressees: tuple[Fact, ...]
    recipients: tuple[Fact, ...]
    variants: tuple[VariantGroup, ...]
    above: tuple[LineageStep, ...]
    below: tuple[LineageStep, ...]
    merges: tuple[MergeView, ...]
    sources: tuple[SourceView, ...]
    findings: tuple[FindingView, ...]
    passages: tuple[Passage, ...]
    json_ld: Mapping[str, object]
    citing_documents: int

    @property
    def text_anchors(self) -> frozenset[str]:
        """The statements that can be seen in the text."""
        return frozenset(passage.anchor for passage in self.passages if passage.anchor)

    @property
    def launches(self) -> tuple[InvocationView, ...]:
        """The movements that this document launches."""
        return tuple(item for item in self.invocations if item.act == "launches")

    @property
    def invokes(self) -> tuple[InvocationView, ...]:
        """The movements that this document takes up."""
        return tuple(item for item in self.invocations if item.act == "invokes")


@dataclass(frozen=True, slots=True)
class MovementPage:
    """A movement or campaign and those who launch or invoke it."""

    ref: Ref
    facts: tuple[Fact, ...]
    launched: tuple[InvocationView, ...]
    invoked: tuple[InvocationView, ...]
    wordings: tuple[Variant, ...]
    localises: Ref | None
    localised_by: tuple[Ref, ...]
    merges: tuple[MergeView, ...]
    findings: tuple[FindingView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class BodyPage:
    """A body, what it issued and what it is made responsible for."""

    ref: Ref
    group: bool
    facts: tuple[Fact, ...]
    issued: tuple[ListItem, ...]
    issued_more: int
    responsibilities: tuple[ResponsibilityView, ...]
    responsibilities_more: int
    predecessors: tuple[Ref, ...]
    successors: tuple[Ref, ...]
    merges: tuple[MergeView, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place with its bodies and what was issued there."""

    ref: Ref
    facts: tuple[Fact, ...]
    directives: tuple[ListItem, ...]
    directives_more: int
    instruments: tuple[ListItem, ...]
    instruments_more: int
    bodies: tuple[ListItem, ...]
    bodies_more: int
    parts: tuple[Ref, ...]
    predecessors: tuple[Ref, ...]
    successors: tuple[Ref, ...]
    merges: tuple[MergeView, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """A line of a list. ``count`` is what the list counts (see ``ListPage``); ``kind`` a level, type or kind."""

    ref: Ref
    title: str | None
    kind: Label | None
    by: Ref | None
    date: str | None
    count: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; ``name`` is the key of its texts, ``paths`` the paths of all its pages."""

    name: str
    items: tuple[ListItem, ...]
    total: int
    number: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the whole."""

    directives: int
    instruments: int
    movements: int
    bodies: int
    places: int
    citations: int
    relations: int
    invocations: int
    responsibilities: int
    findings: int


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is not sure, counted."""

    unexplained: int
    without_number: int
    without_date: int
    without_issuer: int
    unsure: int
    unresolved: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front door."""

    figures: Figures
    newest: tuple[ListItem, ...]
    most_cited: tuple[ListItem, ...]
    movements: tuple[ListItem, ...]
    tasked: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class QueryView:
    """A named query: its question, and the command that asks it."""

    name: str
    question: Label
    parameters: tuple[tuple[str, str, Label], ...]
    columns: tuple[Label, ...]
    command: str


@dataclass(frozen=True, slots=True)
class QueriesPage:
    """The named queries."""

    queries: tuple[QueryView, ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Method, licence, citation, doubts."""

    figures: Figures
    doubts: Doubts
    version: str


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """All findings, the grave ones first."""

    findings: tuple[FindingView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page that searches; its index stands beside it."""

    records: int


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """An edge of the network, for the table under it."""

    source: Ref
    relation: Term
    target: Ref
    count: int
    status: Status


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The network and its rows; ``left_out`` counts the things that are too many to draw."""

    rows: tuple[NetworkRow, ...]
    nodes: int
    left_out: int
    data: Mapping[Language, str]


Page = (
    InstrumentPage
    | MovementPage
    | BodyPage
    | PlacePage
    | ListPage
    | HomePage
    | QueriesPage
    | AboutPage
    | FindingsPage
    | SearchPage
    | NetworkPage
)
