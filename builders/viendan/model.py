"""The values that flow from step to step: frozen dataclasses, tuples and not lists, no half-built objects.

Offsets are Unicode code points into the source text as decoded from UTF-8; ``end`` is exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["central", "province", "district", "commune"]
CitationKind = Literal["numbered", "named"]
Depth = Literal["mentioned", "cited", "discussed", "quoted"]
MovementKind = Literal["movement", "campaign"]
Scope = Literal["national", "sectoral", "provincial", "district"]
Act = Literal["launches", "invokes"]

Completion = Literal["symbol", "other-mention"]
"""Where a part that a mention leaves out was taken from: its number's symbol, or a fuller mention in the document."""

Role = str
"""What the citing does with the cited: a key of ``vocab.ROLE_PROPERTY`` and of the scheme ``relations``."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as read: ``name`` is the file's stem, ``text`` what was decoded, neither stripped nor normalised."""

    name: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a source that prove something: ``source.text[start:end] == exact``.

    ``prefix`` and ``suffix`` are up to 32 characters before and after (never written to the published data);
    ``pattern`` names the rule that found the words.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Place:
    """A province, district or commune: its key in the register (else a slug of its name), name and level."""

    key: str
    name: str
    level: Level


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its full official name and place (``Sở Nội vụ tỉnh Lào Cai``).

    ``key`` is the last part of its IRI; ``kind`` the key of its kind in the scheme ``bodies`` or of its entry in the
    register of agencies (``so-noi-vu``), where known; ``group`` is true for several bodies named together.
    """

    key: str
    name: str
    level: Level | None = None
    province: str | None = None
    district: str | None = None
    kind: str | None = None
    group: bool = False


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A place inside a cited instrument as written and as data, outer first: ``(("điều", "5"), ("khoản", "2"))``."""

    text: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One value of the header with the words that state it (``mention`` is None for what was inferred)."""

    name: str
    value: str
    mention: Mention | None
    rule: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself. Values as GUIDE.md defines them; None or empty where it says nothing.

    ``issued`` is an ISO date, ``YYYY-MM`` or None; ``title_range`` the offsets of the title's words in the source.
    """

    number: str | None = None
    type: str | None = None
    title: str | None = None
    issued: str | None = None
    place: str | None = None
    issuer: Body | None = None
    level: Level | None = None
    province: str | None = None
    district: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    on_behalf: str | None = None
    urgency: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    title_range: tuple[int, int] | None = None
    fields: tuple[HeaderField, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of one specific instrument, and what this mention says of it."""

    mention: Mention
    kind: CitationKind
    type: str | None
    number: str | None
    date: str | None
    issuer: Body | None
    province: str | None
    title: str | None
    role: Role
    section: str
    cue: str | None
    rule: str
    confidence: float
    instrument: str
    """IRI that this document alone would give the instrument."""
    pinpoints: tuple[Pinpoint, ...] = ()
    year: str | None = None
    """A year that stands for a date (``Luật Đất đai năm 2013``)."""
    antecedent: int | None = None
    """Start offset of the fuller mention that a short form or anaphora stands for."""
    depth: Depth = "mentioned"
    """How deep the document deals with the instrument, told by all its mentions of it."""
    in_title: bool = False
    """Whether it stands in the document's own title, which the annotation guide does not count as citing."""
    type_from: Completion | None = None
    """Where the type was taken from; None where words say it."""
    issuer_from: Completion | None = None
    """Where the issuer was taken from; None where words say it."""
    impossible_date: str | None = None
    """The words of a date that no calendar has (``ngày 31/4/2014``); ``date`` is then None."""
    issuer_unread: bool = False
    """Whether words beside it may name the issuer, although none was read (``của …``, ``X … tại Công văn số …``)."""
    subject_unread: bool = False
    """Whether words follow that may be a subject, although none was read."""
    listed: bool = False
    """Whether it fills its line or a bare number follows: in a list or table, where other parts may stand elsewhere."""


@dataclass(frozen=True, slots=True)
class InstrumentRelation:
    """What the text states between two instruments; IRIs of cited instruments, or of this document."""

    subject: str
    predicate: Role
    object: str
    mention: Mention
    section: str
    cue: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Invocation:
    """One mention of a named movement or campaign, launched or invoked by this document."""

    mention: Mention
    movement: str
    """IRI of the movement."""
    label: str
    kind: MovementKind
    scope: Scope
    act: Act
    localises: str | None
    """Label of the national movement that a local one carries out or renames."""
    localises_iri: str | None
    section: str
    cue: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A body made responsible for something, with its roles and where its task's words stand."""

    mention: Mention
    body: Body
    roles: tuple[str, ...]
    section: str
    cue: str | None
    rule: str
    confidence: float
    task_range: tuple[int, int] | None = None
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document states. ``instrument`` is the document's own IRI; ``unexplained`` holds mentions that look
    like an official number and were not understood."""

    source: SourceDocument
    instrument: str
    header: Header
    citations: tuple[Citation, ...] = ()
    relations: tuple[InstrumentRelation, ...] = ()
    invocations: tuple[Invocation, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    unexplained: tuple[Mention, ...] = field(default=())
