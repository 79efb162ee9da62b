"""What each kind of page shows: one frozen value for each page, made of the pieces in ``views``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from viendan.messages import Language
from viendan.publish.views import (
    ChangeView,
    CitationGroup,
    Fact,
    FindingView,
    IndirectView,
    InvocationView,
    Label,
    LineageStep,
    MergeView,
    Moment,
    Passage,
    Ref,
    RelationView,
    ResponsibilityView,
    SourceView,
    Status,
    Term,
    Variant,
    VariantGroup,
)


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
    indirect: tuple[IndirectView, ...]
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
    """A body, what it issued and what it is made responsible for.

    ``names`` are the bodies before and after it with itself, in order of time; ``inherited`` is what those issued that
    became it, ``inherited_tasks`` what they were ordered.
    """

    ref: Ref
    group: bool
    facts: tuple[Fact, ...]
    issued: tuple[ListItem, ...]
    issued_more: int
    responsibilities: tuple[ResponsibilityView, ...]
    responsibilities_more: int
    predecessors: tuple[Ref, ...]
    successors: tuple[Ref, ...]
    names: tuple[Ref, ...]
    changes: tuple[ChangeView, ...]
    inherited: tuple[ListItem, ...]
    inherited_more: int
    inherited_tasks: tuple[ResponsibilityView, ...]
    moments: tuple[Moment, ...]
    merges: tuple[MergeView, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place with its bodies and what was issued there; ``inherited`` is what the places issued that became it."""

    ref: Ref
    facts: tuple[Fact, ...]
    directives: tuple[ListItem, ...]
    directives_more: int
    instruments: tuple[ListItem, ...]
    instruments_more: int
    bodies: tuple[ListItem, ...]
    bodies_more: int
    inherited: tuple[ListItem, ...]
    inherited_more: int
    parts: tuple[Ref, ...]
    predecessors: tuple[Ref, ...]
    successors: tuple[Ref, ...]
    names: tuple[Ref, ...]
    changes: tuple[ChangeView, ...]
    moments: tuple[Moment, ...]
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
    """One page of a list; ``name`` is the key of its texts, ``paths`` the paths of all its pages.

    Each language has its own order, so a page may hold other lines in another language.
    """

    name: str
    items: Mapping[Language, tuple[ListItem, ...]]
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
class ParameterView:
    """A parameter of a named query, with its default."""

    name: str
    label: Label
    default: str | None


@dataclass(frozen=True, slots=True)
class QueryView:
    """A named query: its question, and the command that asks it."""

    name: str
    question: Label
    parameters: tuple[ParameterView, ...]
    columns: tuple[Label, ...]
    command: Label


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
class KindCount:
    """A kind of finding with its severity, how many there are, and where on which page they begin."""

    kind: Term
    severity: Term
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """One page of the findings by kind, the grave ones first; ``kinds`` are those of all pages."""

    groups: tuple[tuple[Term, tuple[FindingView, ...]], ...]
    kinds: tuple[KindCount, ...]
    total: int
    number: int
    paths: tuple[str, ...]

    @property
    def severities(self) -> tuple[Term, ...]:
        """The severities that occur, grave ones first."""
        return tuple(dict.fromkeys(kind.severity for kind in self.kinds))


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page that searches; its index stands beside it."""

    records: int


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """An edge of the network, for the table under it; ``first`` is the day of the first document that says so."""

    source: Ref
    relation: Term
    target: Ref
    count: int
    status: Status
    first: str = ""


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
