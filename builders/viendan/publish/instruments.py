"""The page of an instrument: of one that was read, and of one that is only known from those who cite it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from viendan import text, vocab
from viendan.publish import paths
from viendan.publish.answers import Rows
from viendan.publish.evidence import Witness, read_passages
from viendan.publish.lineage import Edges, climb, relations_of
from viendan.publish.rows import DocumentRow, HeaderRow, InstrumentRow, RegisterRow, ValueRow
from viendan.publish.sheets import InstrumentPage
from viendan.publish.statements import Statements, group_by_relation
from viendan.publish.things import order_key
from viendan.publish.views import (
    CitationView,
    Evidence,
    Fact,
    FindingView,
    IndirectView,
    Label,
    Passage,
    SourceView,
    Status,
    Variant,
    VariantGroup,
)

LIMIT: Final = 200  # lines of one table on one page; more are asked of the store
_SHOWN_CITERS: Final = 12

_HEADER: Final = {
    vocab.ELI + "id_local": "number",
    vocab.ELI + "type_document": "type",
    vocab.ELI + "title": "title",
    vocab.ELI + "date_document": "date",
    vocab.ELI + "passed_by": "issuer",
    vocab.VD + "level": "level",
    vocab.VD + "placeOfIssue": "place_of_issue",
    vocab.VD + "province": "province",
    vocab.VD + "district": "district",
    vocab.VD + "signer": "signer",
    vocab.VD + "signerTitle": "signer_title",
    vocab.VD + "onBehalf": "on_behalf",
    vocab.VD + "urgency": "urgency",
    vocab.VD + "addressee": "addressee",
    vocab.VD + "recipient": "recipient",
    vocab.DCTERMS + "source": "source",
}
_PREFERRED: Final = ("number", "type", "title", "date", "issuer")
_OTHERS: Final = (
    "level",
    "province",
    "district",
    "place_of_issue",
    "signer",
    "signer_title",
    "on_behalf",
    "urgency",
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows by the instrument they are about, and everything else that a page of an instrument needs."""

    witness: Witness
    statements: Statements
    edges: Edges
    headers: Mapping[str, tuple[HeaderRow, ...]]
    values: Mapping[str, tuple[ValueRow, ...]]
    register: Mapping[str, tuple[RegisterRow, ...]]
    sources: Mapping[str, tuple[DocumentRow, ...]]
    findings: Mapping[str, tuple[FindingView, ...]]
    indirect: Mapping[str, tuple[IndirectView, ...]]


def make_shelf(
    rows: Rows,
    witness: Witness,
    statements: Statements,
    edges: Edges,
    findings: Mapping[str, tuple[FindingView, ...]],
) -> Shelf:
    """Sort the rows by instrument."""
    headers: dict[str, list[HeaderRow]] = defaultdict(list)
    values: dict[str, list[ValueRow]] = defaultdict(list)
    register: dict[str, list[RegisterRow]] = defaultdict(list)
    sources: dict[str, list[DocumentRow]] = defaultdict(list)
    for header in rows.headers:
        headers[header.document].append(header)
    for value in rows.values:
        values[value.document].append(value)
    for entry in rows.register:
        register[entry.thing].append(entry)
    for document in rows.documents:
        sources[document.document].append(document)
    return Shelf(
        witness,
        statements,
        edges,
        {iri: tuple(sorted(found, key=_in_text)) for iri, found in headers.items()},
        {iri: tuple(found) for iri, found in values.items()},
        {iri: tuple(found) for iri, found in register.items()},
        {iri: tuple(found) for iri, found in sources.items()},
        findings,
        _indirect(rows, witness),
    )


def _indirect(rows: Rows, witness: Witness) -> dict[str, tuple[IndirectView, ...]]:
    """Citations through another instrument, by both of their ends."""
    things = witness.things
    proofs = witness.find(rows, frozenset(row.evidence for row in rows.indirect if row.evidence))
    found: dict[str, list[IndirectView]] = defaultdict(list)
    for row in rows.indirect:
        view = IndirectView(
            things.ref(row.citing), things.ref(row.via), things.ref(row.cited), proofs.get(row.evidence or "")
        )
        for end in (row.citing, row.cited):
            found[end].append(view)
    return {iri: tuple(sorted(views, key=_indirect_order)) for iri, views in found.items()}


def _indirect_order(view: IndirectView) -> tuple[object, ...]:
    ends = (view.citing, view.cited, view.via)
    return (*(order_key(ref.label.vi) for ref in ends), *(ref.iri for ref in ends))


def _in_text(row: HeaderRow) -> tuple[int, str]:
    return (row.start or 0, row.node)


def instrument_page(row: InstrumentRow, shelf: Shelf) -> InstrumentPage:
    """The page of one instrument."""
    things, said, iri = shelf.witness.things, shelf.statements, row.instrument
    citations = said.citations_of.get(iri, ())
    citers = tuple(view for view in said.citations_to.get(iri, ()) if view.evidence.document.iri != iri)
    facts = _facts(row, shelf, citers)
    own = said.relations_of.get(iri, ())
    return InstrumentPage(
        ref=things.ref(iri),
        held=iri in things.held,
        title=row.title,
        facts=tuple(fact for fact in facts if fact.key not in {"addressee", "recipient"}),
        cites=group_by_relation(citations),
        cited_by=group_by_relation(citers, things.inverses, LIMIT),
        stated=own,
        relations=(
            *[view for view in said.relations_about.get(iri, ()) if view not in own][:LIMIT],
            *relations_of(iri, shelf.edges, things),
        ),
        invocations=said.invocations_of.get(iri, ()),
        responsibilities=said.responsibilities_of.get(iri, ()),
        addressees=tuple(fact for fact in facts if fact.key == "addressee"),
        recipients=tuple(fact for fact in facts if fact.key == "recipient"),
        variants=_variants(citers),
        above=climb(iri, shelf.edges, things, up=True),
        below=climb(iri, shelf.edges, things, up=False),
        indirect=shelf.indirect.get(iri, ()),
        merges=things.merges.get(iri, ()),
        sources=tuple(
            SourceView(found.name, found.sha256, found.characters, found.unexplained)
            for found in shelf.sources.get(iri, ())
        ),
        findings=shelf.findings.get(iri, ()),
        passages=_passages(iri, shelf),
        json_ld=_json_ld(row, shelf, citations),
        citing_documents=len({view.evidence.document.iri for view in citers}),
    )


def _facts(row: InstrumentRow, shelf: Shelf, citers: tuple[CitationView, ...]) -> list[Fact]:
    headers: dict[str, list[HeaderRow]] = defaultdict(list)
    for header in shelf.headers.get(row.instrument, ()):
        headers[_HEADER.get(header.property, "")].append(header)
    facts = [
        fact for key in _PREFERRED if (fact := _preferred(row, key, headers.get(key, []), shelf, citers)) is not None
    ]
    facts += _standing(row, shelf)
    for key in (*_OTHERS, "addressee", "recipient"):
        facts.extend(_others(row.instrument, key, headers.get(key, []), shelf))
        if key == "level" and row.line:
            facts.append(Fact("line", _capital(shelf.witness.things.label(row.line)), "inferred"))
    return facts


def _standing(row: InstrumentRow, shelf: Shelf) -> list[Fact]:
    """Where an instrument stands: its place, level and line, and what ended it."""
    things = shelf.witness.things
    facts = []
    for key, iri in (("place", row.place), ("ended_by", row.endedBy)):
        if iri:
            facts.append(Fact(key, things.label(iri), "inferred", things.ref(iri)))
    if row.lastDay:
        facts.append(Fact("last_day", Label(row.lastDay, row.lastDay), "inferred", is_date=True))
    stated = {value.property for value in shelf.values.get(row.instrument, ())}
    if row.level and vocab.VD + "level" not in stated:
        facts.append(Fact("level", _capital(things.label(row.level)), "inferred"))
    return facts


def _preferred(
    row: InstrumentRow, key: str, headers: list[HeaderRow], shelf: Shelf, citers: tuple[CitationView, ...]
) -> Fact | None:
    """The one value that link has chosen, with the best of those who say so."""
    things = shelf.witness.things
    value: str | None = getattr(row, key)
    if value is None:
        return None
    evidence = next((found for header in headers if (found := shelf.witness.of_header(header))), None)
    entries = [entry for entry in shelf.register.get(row.instrument, ()) if _HEADER.get(entry.property) == key]
    sources = [e.value for e in shelf.register.get(row.instrument, ()) if _HEADER.get(e.property) == "source"]
    is_iri = key in {"type", "issuer"}
    status: Status = "inferred"
    source = None
    if row.instrument in things.corrected:
        status = "corrected"
    elif evidence:
        status = "asserted"
    elif any(entry.value == value for entry in entries):
        status, source = "register", "; ".join(sorted(set(sources))) or None
    elif any(_states(view, key, value) for view in citers):
        status = "cited"
    label = things.label(value) if is_iri else Label(value, value)
    return Fact(
        key=key,
        value=_capital(label) if key == "type" else label,
        status=status,
        ref=things.ref(value) if key == "issuer" else None,
        is_date=key == "date",
        evidence=evidence,
        source=source,
    )


def _capital(label: Label) -> Label:
    return Label(text.capitalise(label.vi), text.capitalise(label.en))


def _states(view: CitationView, key: str, value: str) -> bool:
    if key == "issuer":
        return view.issuer is not None and view.issuer.iri == value
    if key == "type":
        return True  # the type is part of the IRI under which it was cited
    return value == {"number": view.number, "date": view.date, "title": view.wording}[key]


def _others(iri: str, key: str, headers: list[HeaderRow], shelf: Shelf) -> list[Fact]:
    """Values that may be several; those that a document's own words prove come first."""
    facts = [
        Fact(key, _plain(header.value, shelf), "asserted", evidence=shelf.witness.of_header(header))
        for header in headers
    ]
    known = {text.squeeze(header.value) for header in headers}
    facts.extend(
        Fact(key, _plain(row.value, shelf), "inferred")
        for row in shelf.values.get(iri, ())
        if _HEADER.get(row.property) == key and text.squeeze(row.value) not in known
    )
    return facts


def _plain(value: str, shelf: Shelf) -> Label:
    return shelf.witness.things.label(value) if value.startswith(vocab.ID) else Label(value, value)


def _variants(citers: tuple[CitationView, ...]) -> tuple[VariantGroup, ...]:
    """How those who cite it name it: numbers, dates, issuers and subjects, each with its citers."""
    readers: tuple[tuple[str, Callable[[CitationView], str | None]], ...] = (
        ("number", lambda view: view.number),
        ("date", lambda view: view.date),
        ("issuer", lambda view: view.issuer.label.vi if view.issuer else None),
        ("title", lambda view: view.wording),
    )
    groups = []
    for key, read in readers:
        found: dict[str, list[CitationView]] = defaultdict(list)
        usual: dict[str, Counter[str]] = defaultdict(Counter)
        for view in citers:
            words = read(view)
            if words:
                same = text.compare_key(words) if key == "title" else words
                found[same].append(view)
                usual[same][words] += 1
        if found:
            named = [
                (min(usual[same], key=lambda own: (-usual[same][own], own)), views) for same, views in found.items()
            ]
            ordered = sorted(named, key=lambda pair: (-len(pair[1]), order_key(pair[0])))
            groups.append(
                VariantGroup(
                    key,
                    tuple(make_variant(words, views, is_date=key == "date") for words, views in ordered),
                )
            )
    return tuple(groups)


def make_variant(words: str, views: Iterable[CitationView], *, is_date: bool = False) -> Variant:
    """A wording with the citations that use it, one for each document."""
    first = {view.evidence.document.iri: view.evidence for view in reversed(tuple(views))}
    evidence = sorted(first.values(), key=lambda found: (order_key(found.document.label.vi), found.document.iri))
    return Variant(words, is_date, tuple(evidence[:_SHOWN_CITERS]), len(evidence) - len(evidence[:_SHOWN_CITERS]))


def _passages(iri: str, shelf: Shelf) -> tuple[Passage, ...]:
    """The text of a held document, where it is at hand, with the words of its statements marked."""
    sources = shelf.sources.get(iri, ())
    content = shelf.witness.sources.get(paths.last_part(sources[0].source)) if sources else None
    if content is None:
        return ()
    said = shelf.statements
    found: tuple[tuple[str, Iterable[Evidence | None]], ...] = (
        ("citation", (view.evidence for view in said.citations_of.get(iri, ()))),
        ("movement", (view.evidence for view in said.invocations_of.get(iri, ()))),
        ("responsibility", (view.evidence for view in said.responsibilities_of.get(iri, ()))),
        ("header", (shelf.witness.of_header(row) for row in shelf.headers.get(iri, ()))),
    )
    return read_passages(
        content,
        (
            (evidence.start, evidence.end, evidence.anchor, kind)
            for kind, group in found
            for evidence in group
            if evidence and text.squeeze(content[evidence.start : evidence.end]) == evidence.exact
        ),
    )


def _json_ld(row: InstrumentRow, shelf: Shelf, citations: tuple[CitationView, ...]) -> dict[str, object]:
    """The instrument as schema.org Legislation."""
    things = shelf.witness.things
    label = things.label(row.instrument)
    node: dict[str, object] = {
        "@context": vocab.SCHEMA,
        "@type": "Legislation",
        "@id": row.instrument,
        "name": label.vi,
        "inLanguage": "vi",
    }
    if row.title:
        node["description"] = row.title
    if row.number:
        node["legislationIdentifier"] = row.number
    if row.date:
        node["legislationDate"] = row.date
    if row.type:
        node["legislationType"] = text.capitalise(things.label(row.type).vi)
    if row.issuer:
        issuer = things.label(row.issuer)
        node["legislationPassedBy"] = {"@type": "GovernmentOrganization", "@id": row.issuer, "name": issuer.vi}
    cited = sorted({view.cited.iri for view in citations if view.cited.iri != row.instrument})
    if cited:
        node["citation"] = [{"@type": "Legislation", "@id": iri, "name": things.label(iri).vi} for iri in cited]
    return node
