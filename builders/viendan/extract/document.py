"""One document from its source to everything that it states: the order of the extraction's parts, and nothing else."""

from __future__ import annotations

from viendan import identifiers
from viendan.extract import citations, header, movements, relations, responsibilities
from viendan.extract.describe import type_key
from viendan.extract.structure import parse_document
from viendan.model import Extraction, Header, SourceDocument


def extract_document(source: SourceDocument) -> Extraction:
    """All that a document states; a pure function of its text and of the words in the ontology and registers."""
    parsed = parse_document(source)
    head = header.read_header(parsed)
    found = citations.find_citations(parsed, head)
    cited = relations.assign_roles(parsed, head, found)
    return Extraction(
        source=source,
        instrument=own_iri(source, head),
        header=head,
        citations=cited,
        relations=relations.find_relations(parsed, head, cited),
        invocations=movements.find_invocations(parsed, head),
        responsibilities=responsibilities.find_responsibilities(parsed, head),
        unexplained=citations.unexplained(parsed, cited),
    )


def own_iri(source: SourceDocument, head: Header) -> str:
    """The IRI of the document itself, stable also where number, date or issuer are missing."""
    return identifiers.instrument_iri(
        issuer=head.issuer,
        type_key=type_key(head.type),
        date=head.issued,
        number=head.number,
        title=head.title,
        scope=source.name,
    )
