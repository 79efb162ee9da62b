"""What pages show, piece by piece: frozen values, whole and in both languages, that a template only has to set.

Nothing here knows a store, a template or a file.
"""

from __future__ import annotations

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
    """A thing and its page; ``path`` is empty for a thing without a page.

    ``first`` and ``last`` are the days between which it was there, empty where not known or still there; ``today`` is
    what there is of a body or place that ended, ``around`` what the area of a place that ended lies in.
    """

    iri: str
    label: Label
    path: str
    first: str = ""
    last: str = ""
    today: tuple[Ref, ...] = ()
    around: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of a scheme: its key and what it is called."""

    key: str
    label: Label


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove a statement: where they stand and who found them by which rule.

    ``before`` and ``after`` are words around them, where the sources are at hand; ``corrected`` where a person decided.
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
    """An instrument above or below another: how far, through which, by which relations; its level, line and date."""

    ref: Ref
    depth: int
    relations: tuple[Term, ...]
    through: Ref | None
    status: Status
    level: Term | None = None
    line: Term | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The end of a body or place: from which day, how, into what, by which act; ``reason`` where into nothing."""

    old: Ref
    new: tuple[Ref, ...]
    on: str
    kind: Term | None
    reason: Label | None
    basis: str | None
    sources: tuple[str, ...]
    confidence: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of a time line: what happened (a key of the messages under ``moment.``), to which things."""

    date: str
    key: str
    refs: tuple[Ref, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class MergeView:
    """An IRI that is this thing's too, and why; ``undo`` is the line for ``overrides.ttl`` that keeps the two apart."""

    iri: str
    rules: tuple[Label, ...]
    evidence: tuple[str, ...]
    confidence: float | None
    undo: str | None


@dataclass(frozen=True, slots=True)
class IndirectView:
    """A citation through another instrument, and the words of some document that tie the two together."""

    citing: Ref
    via: Ref
    cited: Ref
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text; with an anchor where it proves a statement (``first`` at its first stretch)."""

    text: str
    anchor: str | None
    kind: str | None
    first: bool


@dataclass(frozen=True, slots=True)
class FillingView:
    """A part of a proposed citation that its mention leaves out: ``key`` names it under ``fact.``, ``origin`` says
    where it was taken from, ``evidence`` and ``registers`` who gives it."""

    key: str
    value: str
    origin: Term
    evidence: tuple[Evidence, ...]
    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One of several readings, with the words and registers that give it; ``likely`` where it is held to be right.

    ``part`` says what the reading is where it is not what a mention says of the matter; ``ref`` is a reading that is a
    thing.
    """

    value: Label
    ref: Ref | None
    is_date: bool
    likely: bool
    part: Term | None
    evidence: tuple[Evidence, ...]
    registers: tuple[str, ...]
    fillings: tuple[FillingView, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something that a person should look at: what it is about, the readings, and why one is held to be right.

    ``reviewed`` is the note of whoever has looked at it.
    """

    iri: str
    anchor: str
    kind: Term
    meaning: Label
    severity: Term
    about: tuple[Ref, ...]
    candidates: tuple[Ref, ...]
    readings: tuple[ReadingView, ...]
    reason: Label | None
    confidence: float
    reviewed: str | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """The source that was read."""

    name: str
    sha256: str | None
    characters: int | None
    unexplained: int | None
