"""The rows of the ``page_*`` queries: each class has the columns of one query as its fields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument with its label and preferred values."""

    instrument: str
    vi: str | None
    en: str | None
    held: bool | None
    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None
    place: str | None
    level: str | None
    line: str | None
    authority: int | None
    firstDay: str | None  # noqa: N815 - the names of the query's columns
    lastDay: str | None  # noqa: N815
    endedBy: str | None  # noqa: N815


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body or a group of bodies."""

    body: str
    vi: str | None
    en: str | None
    group: bool | None
    level: str | None
    place: str | None
    validFrom: str | None  # noqa: N815
    validTo: str | None  # noqa: N815
    line: str | None
    kind: str | None
    firstDay: str | None  # noqa: N815
    lastDay: str | None  # noqa: N815
    reason: str | None


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A movement or campaign, or an edition of one."""

    movement: str
    vi: str | None
    en: str | None
    kind: str | None
    scope: str | None
    localises: str | None
    firstDay: str | None  # noqa: N815


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A province, district or commune."""

    place: str
    vi: str | None
    en: str | None
    level: str | None
    placeKind: str | None  # noqa: N815
    within: str | None
    validFrom: str | None  # noqa: N815
    validTo: str | None  # noqa: N815
    firstDay: str | None  # noqa: N815
    lastDay: str | None  # noqa: N815
    basis: str | None


@dataclass(frozen=True, slots=True)
class HeirRow:
    """What there is today of a body or place that ended; ``around`` where its area only lies in it."""

    old: str
    heir: str
    around: bool


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A commune of today that has a part of a former district's area."""

    place: str
    area: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """The end of a body: how, when, by which act, why without a successor."""

    original: str
    kind: str
    changedOn: str  # noqa: N815
    reason: str | None
    basis: str | None
    source: str | None
    confidence: str | None


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """What came after a body or place."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that was read, and its source."""

    document: str
    source: str
    name: str
    sha256: str | None
    characters: int | None
    unexplained: int | None


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """What a document says of itself, and in which words."""

    node: str
    document: str
    property: str
    value: str
    rule: str | None
    source: str | None
    start: int | None
    end: int | None
    exact: str | None


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value of a document that was read."""

    document: str
    property: str
    value: str


@dataclass(frozen=True, slots=True)
class CitationRow:
    """One mention of one instrument, and what this mention says of it."""

    node: str
    document: str
    cited: str
    relation: str
    kind: str | None
    section: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    source: str
    start: int
    end: int
    exact: str
    statedType: str | None  # noqa: N815
    statedNumber: str | None  # noqa: N815
    statedDate: str | None  # noqa: N815
    statedIssuer: str | None  # noqa: N815
    statedTitle: str | None  # noqa: N815


@dataclass(frozen=True, slots=True)
class PinpointRow:
    """An article or clause that a citation points to."""

    node: str
    pinpoint: str


@dataclass(frozen=True, slots=True)
class RelationRow:
    """What a document states between two instruments."""

    node: str
    document: str
    subject: str
    relation: str
    object: str
    section: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    source: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class InvocationRow:
    """One mention of a movement."""

    node: str
    document: str
    movement: str
    act: str
    section: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    source: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """A body made responsible for something."""

    node: str
    document: str
    body: str
    deadline: str | None
    task: str | None
    taskStart: int | None  # noqa: N815
    taskEnd: int | None  # noqa: N815
    section: str | None
    cue: str | None
    rule: str | None
    confidence: float | None
    source: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that a body is given."""

    node: str
    role: str


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A direct relation between two instruments, and the graph that says so."""

    subject: str
    relation: str
    object: str
    graph: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """What a register says of an instrument."""

    thing: str
    property: str
    value: str
    graph: str


@dataclass(frozen=True, slots=True)
class MergeRow:
    """An IRI that was found to be another's."""

    node: str
    merged: str
    into: str
    rule: str | None
    evidence: str | None
    confidence: float | None
    undo: str | None


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A thing or statement that people corrected."""

    thing: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """What a concept is called; a relation has its inverse."""

    concept: str
    vi: str | None
    en: str | None
    inverse: str | None
    viMeaning: str | None  # noqa: N815
    enMeaning: str | None  # noqa: N815


@dataclass(frozen=True, slots=True)
class FollowsRow:
    """A step of lineage."""

    child: str
    parent: str


@dataclass(frozen=True, slots=True)
class IndirectRow:
    """A citation through another instrument; ``evidence`` is the relation that some text states."""

    citing: str
    via: str
    cited: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something that a person should look at."""

    finding: str
    kind: str
    severity: str | None
    property: str | None
    reason: str | None
    likely: str | None
    confidence: float | None
    reviewed: str | None


@dataclass(frozen=True, slots=True)
class FindingThingRow:
    """What a finding is about, or what it may mean (``candidate``)."""

    finding: str
    thing: str
    candidate: bool


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One of the readings of a finding, with one of the statements or registers that give it."""

    finding: str
    reading: str
    value: str
    thing: str | None
    part: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class FillingRow:
    """A part of a proposed citation that its mention leaves out, with one of the sources that give it."""

    reading: str
    property: str
    value: str
    origin: str
    source: str | None
