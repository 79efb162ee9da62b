"""Namespaces, prefixes and the IRIs that code speaks of: the only prefix list of the project."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

BASE: Final = "https://w3id.org/viendan/"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"

VD: Final = BASE + "ontology#"
CITO: Final = "http://purl.org/spar/cito/"
DCTERMS: Final = "http://purl.org/dc/terms/"
ELI: Final = "http://data.europa.eu/eli/ontology#"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "https://schema.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final = MappingProxyType(
    {
        "cito": CITO,
        "dcterms": DCTERMS,
        "eli": ELI,
        "oa": OA,
        "org": ORG,
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "sh": SH,
        "skos": SKOS,
        "vd": VD,
        "xsd": XSD,
    }
)

GRAPH_SOURCE: Final = GRAPH + "source/"  # + source name: what one document states
GRAPH_REGISTER: Final = GRAPH + "register/"  # + register name: facts with their sources
GRAPH_ONTOLOGY: Final = GRAPH + "ontology"
GRAPH_IDENTITY: Final = GRAPH + "link/identity"  # merges, each with rule, evidence, confidence
GRAPH_DESCRIPTION: Final = GRAPH + "link/description"  # one label, title, date … for each thing
GRAPH_TIME: Final = GRAPH + "link/time"  # first and last days, changes of bodies, what is there of them today
GRAPH_LINEAGE: Final = GRAPH + "link/lineage"  # inverse and transitive statements
GRAPH_MEASURES: Final = GRAPH + "link/measures"  # network measures
GRAPH_FINDINGS: Final = GRAPH + "link/findings"
GRAPH_CORRECTIONS: Final = GRAPH + "corrections"  # what people corrected

ROLE_PROPERTY: Final = MappingProxyType(
    {
        "basis": ELI + "based_on",
        "implements": ELI + "implements",
        "continues": VD + "continues",
        "amends": ELI + "amends",
        "repeals": ELI + "repeals",
        "replaces": VD + "replaces",
        "supplements": VD + "supplements",
        "suspends": VD + "suspends",
        "corrects": ELI + "corrects",
        "guides": VD + "guides",
        "approves": VD + "approves",
        "annexed_to": VD + "annexedTo",
        "pursuant_to": ELI + "based_on",
        "context": ELI + "cites",
        "self": VD + "selfReference",
    }
)
"""The property that says what the citing does with the cited instrument."""
