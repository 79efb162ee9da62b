"""The ontology: every term declared and explained in both languages, every word list whole and without doubles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from viendan import assets, model, text, vocab
from viendan.extract import lexicon

VD = rdflib.Namespace(vocab.VD)
ID = vocab.ID
ONTOLOGY = rdflib.URIRef(vocab.VD.removesuffix("#"))
FILES = sorted(assets.ontology_dir().glob("*.ttl"))
REGISTERS = sorted(assets.data_dir().glob("register-*.ttl"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
CODE_TERM = re.compile(r'\bVD \+ "(\w+)"|\bvd:([A-Za-z]*[a-z]\w*)')


@cache
def graph(file: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(file)


@cache
def ontology() -> rdflib.Graph:
    whole = rdflib.Graph()
    for file in FILES:
        whole += graph(file)
    return whole


@cache
def everything() -> rdflib.Graph:
    whole = rdflib.Graph()
    whole += ontology()
    for file in REGISTERS:
        whole += graph(file)
    return whole


def core() -> rdflib.Graph:
    return graph(assets.ontology_dir() / "core.ttl")


def declared() -> set[rdflib.term.Node]:
    return {term for kind in KINDS for term in core().subjects(RDF.type, kind)}


def own_terms(of: rdflib.Graph) -> set[rdflib.term.Node]:
    return {node for triple in of for node in triple if isinstance(node, rdflib.URIRef) and node.startswith(vocab.VD)}


def languages(of: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> list[str]:
    values = of.objects(subject, predicate)
    return sorted(str(value.language) for value in values if isinstance(value, rdflib.Literal))


@pytest.mark.parametrize("file", [*FILES, *REGISTERS], ids=lambda file: file.name)
def test_rdflib_reads_every_file_and_finds_no_blank_node(file: Path) -> None:
    found = graph(file)
    assert len(found)
    assert not [node for triple in found for node in triple if isinstance(node, rdflib.BNode)]


@pytest.mark.parametrize("file", [*FILES, *REGISTERS], ids=lambda file: file.name)
def test_every_own_term_is_declared(file: Path) -> None:
    assert own_terms(graph(file)) - {VD[""]} <= declared()


def test_every_own_term_of_the_code_and_the_queries_is_declared() -> None:
    roots = (Path(lexicon.__file__).parents[1], assets.queries_dir())
    files = [file for root in roots for file in root.rglob("*") if file.suffix in (".py", ".rq")]
    used = {VD[a or b] for file in files for a, b in CODE_TERM.findall(file.read_text(encoding="utf-8"))}
    used |= {rdflib.URIRef(name) for name in vocab.ROLE_PROPERTY.values() if name.startswith(vocab.VD)}
    assert used
    assert sorted(used - declared()) == []


def test_the_ontology_says_its_version_licence_and_changes() -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in core()
    for predicate in (OWL.versionIRI, OWL.versionInfo, DCTERMS.license):
        assert len(list(core().objects(ONTOLOGY, predicate))) == 1
    for predicate in (SKOS.changeNote, SKOS.historyNote, DCTERMS.title):
        assert languages(core(), ONTOLOGY, predicate) == ["en", "vi"]


def test_every_term_is_explained_in_both_languages() -> None:
    for term in declared():
        assert languages(core(), term, RDFS.label) == ["en", "vi"], term
        assert languages(core(), term, SKOS.definition) == ["en", "vi"], term
        assert list(core().objects(term, SKOS.example)), term
        assert (term, RDFS.isDefinedBy, ONTOLOGY) in core(), term


def test_every_class_has_a_parent_and_parents_are_known() -> None:
    for term in core().subjects(RDF.type, OWL.Class):
        assert list(core().objects(term, RDFS.subClassOf)), term
    known = tuple(vocab.PREFIXES.values())
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf):
        for term, parent in core().subject_objects(predicate):
            assert str(parent).startswith(known), term
            assert not str(parent).startswith(vocab.VD) or parent in declared(), term


def test_inverses_go_both_ways() -> None:
    for term, other in core().subject_objects(OWL.inverseOf):
        if str(other).startswith(vocab.VD):
            assert (other, OWL.inverseOf, term) in core(), term


def test_every_concept_has_one_label_in_each_language() -> None:
    concepts = {*ontology().subjects(RDF.type, SKOS.Concept), *everything().subjects(SKOS.inScheme)}
    wrong = [str(node) for node in concepts if languages(everything(), node, SKOS.prefLabel) != ["en", "vi"]]
    in_words = {str(node) for node in concepts if list(everything().objects(node, SKOS.prefLabel))}
    assert [node for node in wrong if node in in_words or "/cue/" in node] == []


def test_keys_are_unique_in_a_scheme() -> None:
    keys: dict[str, list[str]] = defaultdict(list)
    for node, scheme in set(everything().subject_objects(SKOS.inScheme)):
        if str(scheme).endswith("/instruments"):  # an instrument's key is its whole path: issuer, type, year, number
            continue
        keys[str(scheme)].append(str(node).rsplit("/", 1)[1])
    assert {scheme: key for scheme, found in keys.items() for key, count in Counter(found).items() if count > 1} == {}


def test_every_thing_that_words_and_registers_point_to_exists() -> None:
    subjects = set(everything().subjects())
    known = {str(node).removeprefix(ID).split("/", 1)[0] for node in subjects if str(node).startswith(ID)}
    for subject, _, target in everything():
        kind = str(target).removeprefix(ID).split("/", 1)[0]
        if isinstance(target, rdflib.URIRef) and target.startswith(ID) and kind in known:
            assert target in subjects, f"{subject} → {target}"


def test_the_29_types_of_decree_30_and_the_other_lists_are_there() -> None:
    lists = list(ontology().subjects(RDF.type, SKOS.Collection))
    members = {str(node).rsplit("/", 1)[1]: list(ontology().objects(node, SKOS.member)) for node in lists}
    assert len(members["administrative-documents-2020"]) == 29
    assert len(members["legal-documents-2025"]) == 11
    assert {"party-documents-2018", "party-documents-2026", "legal-documents-2015"} <= set(members)
    types = {word.iri for word in lexicon.scheme("instrument-types")}
    assert {str(node) for found in members.values() for node in found} <= types


def test_type_keys_are_slugs_of_their_names() -> None:
    for word in lexicon.scheme("instrument-types"):
        assert word.key == text.slug(word.label)
        assert word.label[0].isupper(), word.label
        assert word.get("citedByName") in ("true", "false"), word.key


def test_a_symbol_means_one_type_in_a_line_or_is_marked_ambiguous() -> None:
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in lexicon.scheme("instrument-types"):
        assert word.all("line"), word.key
        assert not set(word.symbols) & set(word.all("ambiguousSymbol")), word.key
        for line in word.all("line"):
            for symbol in word.symbols:
                owners[line, symbol].append(word.key)
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}
    assert owners["state", "TT"] == ["thong-tu"]
    assert owners["party", "TT"] == ["thong-tri"]


def test_ranks_of_laws() -> None:
    rank = {word.key: word.get("rank") for word in lexicon.scheme("instrument-types")}
    order = ("hien-phap", "luat", "phap-lenh", "lenh", "nghi-dinh", "thong-tu", "thong-tu-lien-tich")
    found = [int(rank[key] or 0) for key in order]
    assert found == sorted(found)
    assert found[0] == 1
    assert rank["quyet-dinh"] is None  # the issuer decides: scheme instrument-ranks
    assert lexicon.by_key("instrument-ranks")["quyet-dinh-thu-tuong"].get("rank") == "6"


def test_relations_are_the_roles_and_the_portal_in_both_directions() -> None:
    relations = lexicon.by_key("relations")
    for role, prop in vocab.ROLE_PROPERTY.items():
        assert relations[role].properties[vocab.VD + "property"] == (prop,), role
    codes = Counter(code for word in relations.values() for code in word.all("portalCode"))
    assert codes == {str(code): 2 for code in range(1, 16)}
    for word in relations.values():
        inverse = relations[word.get("inverseRelation") or ""]
        assert inverse.properties[vocab.VD + "property"] == word.properties[vocab.VD + "inverseProperty"], word.key


def test_schemes_hold_the_values_of_the_model() -> None:
    levels = {word.key: int(word.get("order") or 0) for word in lexicon.scheme("levels")}
    assert set(get_args(model.Level)) <= set(levels)
    assert sorted(levels, key=levels.__getitem__) == ["central", "region", "province", "district", "commune"]
    assert {word.key for word in lexicon.scheme("movement-kinds")} == set(get_args(model.MovementKind))
    assert {word.key for word in lexicon.scheme("movement-scopes")} == set(get_args(model.Scope))
    assert {word.key for word in lexicon.scheme("citation-kinds")} == set(get_args(model.CitationKind))
    assert len(lexicon.scheme("responsibility-roles")) == 10
    lines = {word.key for word in lexicon.scheme("lines")}
    for scheme in ("bodies", "agencies", "instrument-types"):
        assert {line for word in lexicon.scheme(scheme) for line in word.all("line")} <= lines
    confidence = {word.key for word in lexicon.scheme("confidence-words")}
    assert {str(value) for value in everything().objects(None, VD.confidence)} <= confidence
    sorts = {word.key for word in lexicon.scheme("abbreviation-kinds")}
    assert {word.get("abbreviationKind") for word in lexicon.scheme("abbreviations")} == sorts


def test_kinds_of_bodies_tell_how_their_names_are_built() -> None:
    for word in lexicon.scheme("bodies"):
        assert word.all("nameHead"), word.key
        assert word.get("placeForm") in ("kind-name", "name", "none"), word.key
        assert word.get("level"), word.key
    kinds = lexicon.by_key("bodies")
    assert kinds["chu-tich-ubnd-tinh"].get("actsFor") == "ubnd-tinh"
    assert set(kinds["tinh-uy"].all("nameHead")) == {"Tỉnh ủy", "Thành ủy"}
    assert kinds["tinh-uy"].get("placeForm") == "name"


def test_departments_of_the_province_lead_to_those_of_2025() -> None:
    kinds = lexicon.by_key("bodies")
    assert set(kinds["so-tttt"].all("successor")) == {"so-khcn", "so-vhttdl"}
    assert kinds["so-tttt"].get("validTo") == "2025-02-28"
    assert kinds["phong-noi-vu"].get("successor") == "phong-van-hoa-xa-hoi-xa"


@pytest.mark.parametrize("short", ["UBND", "HĐND", "MTTQ", "LĐLĐ", "TĐ-KT", "BTV", "BCH", "BCĐ", "KT", "TUQ"])
def test_usual_abbreviations_are_known(short: str) -> None:
    notation = vocab.SKOS + "notation"
    assert [word for word in lexicon.scheme("abbreviations") if short in word.properties[notation]]
