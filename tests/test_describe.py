from __future__ import annotations

import json

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF

from viendan import identifiers, turtle, vocab
from viendan.extract import annotations, describe
from viendan.model import (
    Body,
    Citation,
    Extraction,
    Header,
    HeaderField,
    InstrumentRelation,
    Invocation,
    Mention,
    Pinpoint,
    Responsibility,
    SourceDocument,
)

TEXT = "Số: 07/CT-UBND. Thực hiện Chỉ thị số 34-CT/TW của Bộ Chính trị và phong trào “Vân Sơn xanh”. Sở Nội vụ báo cáo."
COMMITTEE = Body(
    "uy-ban-nhan-dan-tinh-van-son", "Ủy ban nhân dân tỉnh Vân Sơn", "province", "Vân Sơn", kind="uy-ban-nhan-dan-tinh"
)
POLITBURO = Body("bo-chinh-tri", "Bộ Chính trị", "central")
SO = Body("so-noi-vu-tinh-van-son", "Sở Nội vụ tỉnh Vân Sơn", "province", "Vân Sơn")


def mention(words: str) -> Mention:
    start = TEXT.index(words)
    end = start + len(words)
    return Mention(start, end, words, TEXT[max(0, start - 32) : start], TEXT[end : end + 32], "test")


THIS = identifiers.instrument_iri(issuer=COMMITTEE, type_key="chi-thi", date="2023-01-16", number="07/CT-UBND")
CITED = identifiers.instrument_iri(issuer=POLITBURO, type_key="chi-thi", date="2014", number="34-CT/TW")
EXTRACTION = Extraction(
    source=SourceDocument("van-son", TEXT, "00"),
    instrument=THIS,
    header=Header(
        number="07/CT-UBND",
        type="Chỉ thị",
        title="Phát động thi đua",
        issued="2023-01",
        issuer=COMMITTEE,
        level="province",
        province="Vân Sơn",
        recipients=("Như trên", "Lưu: VT"),
        fields=(HeaderField("number", "07/CT-UBND", mention("07/CT-UBND"), "number-line"),),
    ),
    citations=(
        Citation(
            mention=mention("Chỉ thị số 34-CT/TW của Bộ Chính trị"),
            kind="numbered",
            type="Chỉ thị",
            number="34-CT/TW",
            date=None,
            issuer=POLITBURO,
            province=None,
            title=None,
            role="implements",
            section="",
            cue="Thực hiện",
            rule="numbered",
            confidence=0.97,
            instrument=CITED,
            pinpoints=(Pinpoint("khoản 2", (("khoản", "2"),)),),
        ),
    ),
    relations=(
        InstrumentRelation(CITED, "guides", THIS, mention("Chỉ thị số 34-CT/TW"), "", None, "test", 0.5),
    ),
    invocations=(
        Invocation(
            mention("Vân Sơn xanh"), identifiers.movement_iri("van-son-xanh"), "Vân Sơn xanh", "movement", "provincial",
            "launches", None, None, "", "phong trào", "quoted", 0.9,
        ),
    ),
    responsibilities=(
        Responsibility(
            mention("Sở Nội vụ"), SO, ("report",), "", "báo cáo", "ordered", 0.9, (TEXT.index("báo cáo"), len(TEXT) - 1)
        ),
    ),
)  # fmt: skip


def graph(*, with_text: bool = False) -> rdflib.Graph:
    written = turtle.write(describe.describe(EXTRACTION, with_text=with_text))
    return rdflib.Graph().parse(data=written, format="turtle")


def test_citation_is_a_node_with_the_direct_triple_beside_it() -> None:
    found = graph()
    eli, cito = rdflib.Namespace(vocab.ELI), rdflib.Namespace(vocab.CITO)
    this, cited = rdflib.URIRef(THIS), rdflib.URIRef(CITED)
    assert (this, eli.implements, cited) in found
    assert (this, eli.cites, cited) in found
    (node,) = found.subjects(RDF.type, cito.Citation)
    assert found.value(node, cito.hasCitationCharacterization) == eli.implements
    assert str(found.value(node, rdflib.URIRef(vocab.VD + "pinpoint"))) == "khoản 2"


def test_every_statement_shows_its_words() -> None:
    found = graph()
    oa = rdflib.Namespace(vocab.OA)
    annotated = list(found.subjects(RDF.type, oa.Annotation))
    assert len(annotated) == 5
    for node in annotated:
        selector = found.value(found.value(node, oa.hasTarget), oa.hasSelector)
        start, end = int(found.value(selector, oa.start)), int(found.value(selector, oa.end))
        assert TEXT[start:end] == str(found.value(selector, oa.exact))


def test_surrounding_words_only_on_request() -> None:
    oa, task = rdflib.Namespace(vocab.OA), rdflib.URIRef(vocab.VD + "task")
    assert not list(graph().subject_objects(oa.prefix))
    assert not list(graph().subject_objects(task))
    assert list(graph(with_text=True).subject_objects(oa.prefix))
    assert [str(words) for words in graph(with_text=True).objects(None, task)] == ["báo cáo"]


def test_no_blank_nodes_and_partial_dates() -> None:
    triples = describe.describe(EXTRACTION)
    assert not any(isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object))
    dates = [t.object for t in triples if t.predicate.value == vocab.ELI + "date_document"]
    assert [(date.value, date.datatype.value.rsplit("#", 1)[1]) for date in dates] == [("2023-01", "gYearMonth")]


def test_an_instrument_never_cites_itself() -> None:
    import dataclasses

    own = dataclasses.replace(EXTRACTION.citations[0], role="self", instrument=THIS)
    triples = describe.describe(dataclasses.replace(EXTRACTION, citations=(own,)))
    assert not [t for t in triples if t.predicate.value == vocab.ELI + "cites"]


def test_annotation_maps_entities_and_this() -> None:
    annotated = annotations.annotate(EXTRACTION, {CITED: "https://example.org/canonical"})
    assert annotated["citations"][0]["entity"] == "https://example.org/canonical"
    assert annotated["instrument_relations"][0]["object"] == "this"
    assert annotated["document"]["issuer"] == "Ủy ban nhân dân tỉnh Vân Sơn"
    quote = annotated["movements"][0]
    assert TEXT[quote["start"] : quote["end"]] == "Vân Sơn xanh"
    json.dumps(annotated)


def test_what_the_title_names_is_an_edge_and_no_annotated_citation() -> None:
    import dataclasses

    named = dataclasses.replace(EXTRACTION.citations[0], in_title=True)
    titled = dataclasses.replace(EXTRACTION, citations=(named,))
    annotated = annotations.annotate(titled, {})
    assert (annotated["citations"], [item["quote"] for item in annotated["title_citations"]]) == (
        [],
        [named.mention.exact],
    )
    triples = describe.describe(titled)
    assert [t for t in triples if t.object == ox.NamedNode(vocab.VD + "TitleCitation")]
    assert [t for t in triples if t.predicate.value == vocab.ELI + "cites"]
