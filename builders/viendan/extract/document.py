"""One document from its source to everything that it states: the order of the extraction's parts, and nothing else."""

from __future__ import annotations

from viendan import identifiers
from viendan.extract import calibration, citations, depth, header, movements, relations, responsibilities
from viendan.extract.describe import type_key
from viendan.extract.structure import parse_document
from viendan.model import Extraction, Header, Mention, SourceDocument


def extract_document(source: SourceDocument) -> Extraction:
    """All that a document states; a pure function of its text and of the words in the ontology and registers."""
    return calibration.calibrated(estimate_document(source))


def estimate_document(source: SourceDocument) -> Extraction:
    """As ``extract_document``, with the estimates of the rules for confidences."""
    parsed = parse_document(source)
    head = header.read_header(parsed)
    found = citations.find_citations(parsed, head)
    cited, stated = relations.read_relations(parsed, head, found)
    return Extraction(
        source=source,
        instrument=own_iri(source, head),
        header=head,
        citations=depth.with_depth(parsed, cited),
        relations=stated,
        invocations=movements.find_invocations(parsed, head),
        responsibilities=responsibilities.find_responsibilities(parsed, head),
        unexplained=tuple(item for item in citations.unexplained(parsed, cited) if not _in_header(item, head)),
    )


def _in_header(mention: Mention, head: Header) -> bool:
    """Whether the words are the document's own: its header has explained them."""
    own = (field.mention for field in head.fields if field.mention)
    return any(mention.start < words.end and words.start < mention.end for words in own)


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
