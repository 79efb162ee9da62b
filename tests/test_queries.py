from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests import answers
from viendan import assets, identifiers, queries, store, text, turtle, vocab
from viendan.errors import QueryError
from viendan.queries import header, running, tokens

CASES = tomllib.loads((Path(__file__).parent / "cases" / "queries.toml").read_text(encoding="utf-8"))
ALL = queries.load()
OWN = [query for query in ALL if not query.name.startswith("page_")]


def answer(name: str, **values: str) -> list[list[object]]:
    result = queries.run(answers.graph(), queries.named(name), values)
    return [[answers.short(cell) for cell in row] for row in result.rows]


# ---------------------------------------------------------------- the named queries


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_named_query_answers_as_expected(name: str) -> None:
    params = {key: str(value) for key, value in CASES[name].get("params", {}).items()}
    expected = [[None if cell == "-" else cell for cell in row] for row in CASES[name]["rows"]]
    assert answer(CASES[name].get("query", name), **params) == expected


def test_every_named_query_has_its_expected_rows() -> None:
    assert {query.name for query in OWN} == {case.get("query", name) for name, case in CASES.items()}


TIMELESS = {  # their answers are made of all documents: findings, merges, network measures, single mentions
    *(
        "candidates",
        "disagreeing_dates",
        "disagreeing_issuers",
        "disagreeing_numbers",
        "disagreeing_titles",
        "evidence",
    ),
    *("finding_evidence", "findings", "ranking", "subgraph", "why"),
}


def test_whatever_depends_on_time_can_be_asked_as_of_a_day() -> None:
    asked = {query.name for query in OWN for parameter in query.parameters if parameter.name == "as_of"}
    assert {query.name for query in OWN if not query.name.startswith("check_")} - asked == TIMELESS
    for name in asked:
        assert "vd:firstDay" in queries.named(name).text, name


def test_a_question_without_time_and_a_day_that_is_none_are_refused() -> None:
    with pytest.raises(QueryError, match="query_timeless"):
        answer("ranking", as_of="2024-01-01")
    with pytest.raises(QueryError, match="query_timeless"):
        queries.run_text(answers.graph(), "SELECT ?s WHERE { ?s a vd:Place } ORDER BY ?s", {"as_of": "2024"})
    for wrong in ("2024-13", "2024-02-30", "tomorrow", "24"):
        with pytest.raises(QueryError, match="query_parameter_bad"):
            answer("most_cited", as_of=wrong)
    assert answer("most_cited", as_of="") == answer("most_cited") == answer("most_cited", as_of="2099")


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_a_query_file_keeps_the_rules(query: queries.Query) -> None:
    code = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
    assert re.fullmatch(r"[a-z][a-z0-9_]*", query.name)
    assert set(query.question) == {"vi", "en"}
    assert not re.search(r"SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?\*", code)
    assert not re.search(r"\bPREFIX\b", code), "prefixes stand in vocab alone"
    if query.form == "select":
        shown = re.sub(r"\([A-Z]+\([^()]*\) AS (\?\w+)\)", r"\1", code.split("WHERE")[0])
        projected = re.findall(r"\?(\w+)", shown)
        assert set(projected) == {column.name for column in query.columns} | {p.name for p in query.parameters}
        ordered = set(re.findall(r"\?(\w+)", code.rpartition("ORDER BY")[2]))
        assert ordered, "no ORDER BY"
        keys = {column.name for column in query.columns if column.kind == "iri"}
        assert keys <= ordered or "GROUP BY" in code, "the order is not total"
    used = set(re.findall(r"\b([a-z]+):\w", re.sub(r"<[^>]*>|\"[^\"]*\"", "", code)))
    assert used <= set(vocab.PREFIXES)


def test_people_get_at_least_twenty_five() -> None:
    assert len([query for query in OWN if not query.name.startswith("check_")]) >= 25


def test_checks_find_nothing_in_sound_data() -> None:
    for query in ALL:
        if query.name.startswith("check_"):
            assert queries.run(answers.graph(), query).rows == (), query.name


CHANGE = (
    '<{b}body/y> a vd:Body ; vd:label "y"@vi . <{b}end-reason/x> skos:prefLabel "x"@vi . '
    "<{b}body/x> org:changedBy <{b}change/x> . <{b}change/x> a org:ChangeEvent ; "
    'org:originalOrganization <{b}body/x> ; vd:changedOn "2025-07-01" ; dcterms:source "x" '
)
BREAKS: dict[str, str | tuple[str, ...]] = {
    "check_citations_without_words": "<{c}> a vd:Citation .",
    "check_instruments_without_label": "<{i}> a vd:Instrument .",
    "check_words_outside_source": "<{c}/t> oa:hasSource <{s}> ; oa:hasSelector <{c}/s> . "
    "<{c}/s> oa:start 5 ; oa:end 99 . <{s}> vd:characters 50 .",
    "check_dangling": "<{i}> eli:cites <{i}x> .",
    "check_relations_without_mention": "<{i}> a vd:Instrument ; eli:implements <{i}x> . <{i}x> a vd:Instrument .",
    "check_mentions_without_relation": "<{c}> a vd:Citation ; cito:hasCitingEntity <{i}> ; "
    "cito:hasCitedEntity <{i}x> .",
    "check_concepts_without_label": (
        '<{i}> a skos:Concept ; skos:prefLabel "cấp"@vi .',
        '<{i}> a skos:ConceptScheme ; skos:prefLabel "levels"@en .',
        '<{i}> skos:inScheme <{b}scheme/agencies> ; skos:prefLabel "bộ"@vi .',
    ),
    "check_instruments_elsewhere": "<https://example.org/1> a vd:Instrument .",
    "check_quotes": '<{c}/s> a oa:TextQuoteSelector ; oa:exact "chỉ thị" ; oa:start 5 ; oa:end 13 .',
    "check_places": (
        '<{b}place/x> a vd:Place ; vd:validFrom "2026-01-01" ; vd:validTo "2025-06-30" .',
        "<{b}place/x> a vd:Place ; vd:successor <{b}place/y> .",
    ),
    "check_merges": "<{b}merge/1> a vd:Merge ; vd:merged <{i}> ; vd:into <{i}x> .",
    "check_changes": (
        "<{b}change/x> a org:ChangeEvent ; org:originalOrganization <{b}body/x> .",
        CHANGE + "; org:resultingOrganization <{b}body/y> ; vd:endReason <{b}end-reason/x> .",
    ),
    "check_circles": (
        "<{i}> vd:follows <{i}x> . <{i}x> vd:follows <{i}> .",
        "<{i}> eli:cites <{i}> .",
        "<{i}> eli:amends <{i}> .",
    ),
    "check_findings": "<{b}finding/1> a vd:Finding .",
    "check_one_value": '<{i}> vd:preferredNumber "1", "2" .',
}


@pytest.mark.parametrize(
    ("name", "broken"),
    [(name, own) for name, broken in BREAKS.items() for own in ((broken,) if isinstance(broken, str) else broken)],
)
def test_a_check_finds_what_it_is_for(name: str, broken: str) -> None:
    base = vocab.ID
    body = broken.format(b=base, i=base + "instrument/i", c=base + "instrument/i/citation/1-2", s=base + "source/s")
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items())
    graph = ox.NamedNode(vocab.GRAPH_SOURCE + "s")
    loaded = store.memory_store(
        ox.Quad(t.subject, t.predicate, t.object, graph) for t in turtle.parse(prefixes + body, "broken")
    )
    assert queries.run(loaded, queries.named(name)).rows


def test_every_check_has_data_that_it_refuses() -> None:
    assert {query.name for query in ALL if query.name.startswith("check_")} == set(BREAKS)


def test_names_come_in_the_language_that_is_asked_for() -> None:
    assert answer("movements_by_directives", language="en")[0][1] == "The Whole Country Builds Green Villages"


def test_findings_come_in_the_order_of_their_gravity_and_can_be_chosen_by_kind() -> None:
    grades = [row[1] for row in answer("findings")]
    assert grades == sorted(grades, key=lambda grade: int(str(grade)))
    assert set(grades) == {1, 2, 3}
    kinds = {str(row[0]).split("/")[1] for row in answer("findings", only_kind="citation-form")}
    assert kinds == {"citation-form"}


# ---------------------------------------------------------------- parameters


def test_an_instrument_is_named_by_iri_short_iri_or_number() -> None:
    graph = answers.graph()
    iri = identifiers.thing("instrument", "thu-tuong-chinh-phu", "chi-thi", "2021", "19-ct-ttg")
    for name in (
        iri,
        f"<{iri}>",
        iri.removeprefix(vocab.BASE),
        iri.removeprefix(vocab.ID),
        "19/CT-TTg",
        " 19 - CT - TTg ",
    ):
        assert queries.find_instrument(graph, name) == iri


def test_an_iri_that_was_merged_leads_to_where_it_went() -> None:
    old = identifiers.thing("instrument", answers.VAN_SON.key, "chi-thi", "2023", "12-ct-ubnd")
    assert queries.find_instrument(answers.graph(), old).endswith("/7-ct-ubnd")


def test_a_number_of_several_instruments_names_them() -> None:
    with pytest.raises(QueryError) as caught:
        queries.find_instrument(answers.graph(), "11/KH-UBND")
    assert caught.value.key == "thing_ambiguous"
    assert "Bạch Hà" in str(caught.value.values["candidates"])


@pytest.mark.parametrize("value", ["999/KH-UBND", "", "instrument/nowhere", f"{vocab.ID}instrument/x"])
def test_what_is_not_there_is_said(value: str) -> None:
    with pytest.raises(QueryError) as caught:
        queries.find_instrument(answers.graph(), value)
    assert caught.value.key == "thing_unknown"


def test_movements_bodies_and_places_are_named_by_name_or_key() -> None:
    graph = answers.graph()
    assert queries.find_thing(graph, "movement", "cả nước chung sức dựng bản xanh").endswith("/ban-xanh")
    assert queries.find_thing(graph, "movement", "ban-xanh").endswith("/ban-xanh")
    assert queries.find_thing(graph, "body", "so noi vu tinh van son").endswith("/so-noi-vu-tinh-van-son")
    assert queries.find_thing(graph, "place", "Đá Trắng").endswith("/da-trang")


@pytest.mark.parametrize(
    ("name", "values", "key"),
    [
        ("cites", {}, "query_parameter_missing"),
        ("cites", {"instrument": "19/CT-TTg", "other": "x"}, "query_parameter_unknown"),
        ("cited_at_least", {"minimum": "many"}, "query_parameter_bad"),
        ("cited_at_least", {"language": "fr"}, "query_parameter_bad"),
        ("responsibilities_by_role", {"role": "no iri at all"}, "query_parameter_bad"),
    ],
)
def test_wrong_parameters_are_named(name: str, values: dict[str, str], key: str) -> None:
    with pytest.raises(QueryError) as caught:
        queries.run(answers.graph(), queries.named(name), values)
    assert caught.value.key == key


def test_a_value_cannot_break_out_of_its_place() -> None:
    evil = '"} SELECT * WHERE { ?s ?p ?o } #'
    with pytest.raises(QueryError):
        queries.run(answers.graph(), queries.named("cites"), {"instrument": evil})
    with pytest.raises(QueryError):
        queries.run(answers.graph(), queries.named("why"), {"thing": "<x> . ?a ?b ?c"})


def test_an_unknown_name_brings_near_ones() -> None:
    with pytest.raises(QueryError) as caught:
        queries.named("most_citted")
    assert "most_cited" in str(caught.value.values["near"])
    assert queries.named("most-cited").name == "most_cited"


# ---------------------------------------------------------------- headers


GOOD = "# question vi: Gì?\n# question en: What?\n# column s: iri | Chủ thể | Subject\n"


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (GOOD + "# colum s: iri | a | b\n", 4),
        (GOOD + "# column o: colour | a | b\n", 4),
        (GOOD + "# param p: integer | only one\n", 4),
        (GOOD + "# order: nothing\n", 1),
        ("# question vi: Gì?\n# column s: iri | a | b\n", 1),
        ("# question vi: Gì?\n# question en: What?\n", 1),
    ],
)
def test_a_broken_header_is_named_with_its_line(head: str, line: int) -> None:
    with pytest.raises(QueryError) as caught:
        header.parse("x", head + "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s", strict=True)
    assert (caught.value.key, caught.value.values["line"]) == ("query_header", line)


def test_defaults_may_be_empty_and_hold_blanks() -> None:
    query = header.parse(
        "x",
        GOOD
        + "# param p: string = | a | b\n# param q: string = a b | a | b\n"
        + "SELECT ?s ?p ?q WHERE { ?s ?x ?y } ORDER BY ?s",
    )
    assert [parameter.default for parameter in query.parameters] == ["", "a b"]


# ---------------------------------------------------------------- order and formats


def rows(*words: str, order: str = "label") -> list[object]:
    head = f"# question vi: a\n# question en: b\n# column label: text | a | b\n# order: {order}\n"
    content = head + "SELECT ?label WHERE { } ORDER BY ?label"
    made = running.table_result(["label"], [(turtle.literal(word),) for word in words], header.parse("x", content))
    return [row[0] for row in made.rows]


def test_readers_get_vietnamese_order() -> None:
    words = ["Ân", "Đá", "An", "Ba", "Da", "Ăn", "Bà"]
    assert rows(*words) == ["An", "Ăn", "Ân", "Ba", "Bà", "Da", "Đá"]
    assert rows(*words, order="-label") == ["Đá", "Da", "Bà", "Ba", "Ân", "Ăn", "An"]
    assert sorted(words, key=text.collation_key) == rows(*words)


def test_numbers_are_ordered_as_numbers() -> None:
    content = (
        "# question vi: a\n# question en: b\n# column n: number | a | b\n# order: n\nSELECT ?n WHERE { } ORDER BY ?n"
    )
    terms = [(turtle.integer(10),), (turtle.integer(9),), (None,), (turtle.decimal(9.5),)]
    assert [row[0] for row in running.table_result(["n"], terms, header.parse("x", content)).rows] == [None, 9, 9.5, 10]


def test_csv_is_what_rfc_4180_says() -> None:
    words = ['a,"b"', "hai\ndòng", "Đá"]
    content = GOOD.replace("column s: iri", "column s: text") + "SELECT ?s WHERE { } ORDER BY ?s"
    result = running.table_result(["s"], [(turtle.literal(word),) for word in words], header.parse("x", content))
    written = result.text("csv")
    assert written.startswith('s\r\n"a,""b"""\r\n')
    assert [row[0] for row in csv.reader(io.StringIO(written, newline=""))] == ["s", *words]


def test_json_is_what_sparql_says() -> None:
    result = queries.run_text(
        answers.graph(), 'SELECT ?l ?i WHERE { ?i a vd:Movement ; vd:label ?l FILTER(LANG(?l) = "en") } ORDER BY ?l'
    )
    read = json.loads(result.text("json"))
    assert read["head"] == {"vars": ["l", "i"]}
    assert read["results"]["bindings"][-1]["l"]["xml:lang"] == "en"
    assert read["results"]["bindings"][-1]["i"]["type"] == "uri"


def test_a_graph_is_canonical_turtle_and_a_table_is_none() -> None:
    result = queries.run(answers.graph(), queries.named("subgraph"), {"instrument": "328/KH-UBND"})
    assert set(turtle.parse(result.text("turtle"), "x")) == set(result.triples or ())
    assert result.columns == ("subject", "predicate", "object")
    with pytest.raises(QueryError) as caught:
        queries.run(answers.graph(), queries.named("timeline")).text("turtle")
    assert caught.value.key == "result_not_graph"


def test_headings_are_in_both_languages() -> None:
    result = queries.run(answers.graph(), queries.named("timeline"))
    assert result.headings["vi"][0] == "Năm"
    assert result.headings["en"][0] == "Year"
    assert result.records()[0]["year"] == "2004"


def test_yes_or_no_is_a_row() -> None:
    assert queries.run_text(answers.graph(), "ASK { ?s a vd:Movement }").rows == ((True,),)


# ---------------------------------------------------------------- what anybody may ask


FORBIDDEN = [
    ("SELECT ?s WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", "query_forbidden"),
    ("SELECT ?s WHERE { service silent <http://example.org/> { ?s ?p ?o } }", "query_forbidden"),
    ("LOAD <http://example.org/>", "query_forbidden"),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", "query_forbidden"),
    ("CLEAR ALL", "query_forbidden"),
    ("SELECT ?s WHERE { FILTER" + "(" * 8000 + "1" + ")" * 8000 + " }", "query_too_deep"),
    ("SELECT ?s WHERE { FILTER(" + "!" * 5000 + "true) }", "query_too_deep"),
    ("SELECT ?s WHERE { ?s ?p ?o } #" + "x" * 60000, "query_too_long"),
    ("", "query_no_query"),
    ("# SELECT ?s WHERE { ?s ?p ?o }", "query_no_query"),
]


@pytest.mark.parametrize(("content", "key"), FORBIDDEN, ids=[content[:30] for content, _ in FORBIDDEN])
def test_what_may_not_be_asked_is_refused_unasked(content: str, key: str) -> None:
    for ask in (queries.run_text, queries.run_guarded):
        with pytest.raises(QueryError) as caught:
            ask(answers.graph(), content)
        assert caught.value.key == key


@pytest.mark.parametrize(
    "content",
    [
        'SELECT ?s WHERE { ?s ?p "SERVICE LOAD" } ORDER BY ?s',
        "SELECT ?service WHERE { ?service a vd:Load } ORDER BY ?service # SERVICE",
        "SELECT ?s WHERE { ?s a <http://example.org/SERVICE> } ORDER BY ?s",
        "SELECT ?s WHERE { ?s ?p '''a ' LOAD \" ''' } ORDER BY ?s",
        'SELECT ?s WHERE { ?s ?p "x"@add } ORDER BY ?s',
        "PREFIX load: <http://example.org/> SELECT ?s WHERE { ?s load:LOAD ?o } ORDER BY ?s",
    ],
)
def test_words_inside_strings_names_and_comments_do_not_count(content: str) -> None:
    assert queries.run_text(answers.graph(), content).rows == ()


def test_the_form_of_a_query_is_known() -> None:
    assert tokens.form("prefix a: <b:c> construct { ?s ?p ?o } where { ?s ?p ?o }") == "construct"


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> store.Store:
    path = tmp_path_factory.mktemp("queries") / "store"
    store.build_store(path, answers.linked())
    return store.open_store(path)


def test_a_worker_answers_as_this_process_does(on_disk: store.Store) -> None:
    for name in ("timeline", "movements_by_directives", "lineage_down", "subgraph"):
        query = queries.named(name)
        values = {"instrument": "19/CT-TTg"} if query.parameters and query.parameters[0].name == "instrument" else {}
        assert queries.run_guarded(on_disk, query.text, values) == queries.run(answers.graph(), query, values)
    assert queries.run_guarded(on_disk, "ASK { ?s a vd:Movement }").rows == ((True,),)


def test_a_store_in_memory_is_asked_as_well() -> None:
    content = "SELECT ?m WHERE { ?m a vd:Movement } ORDER BY ?m"
    assert queries.run_guarded(answers.graph(), content) == queries.run_text(answers.graph(), content)


def test_parameters_without_a_header_are_taken_for_what_they_look_like(on_disk: store.Store) -> None:
    content = "SELECT ?s ?n WHERE { ?s vd:citingDirectives ?n } ORDER BY ?s"
    assert len(queries.run_guarded(on_disk, content, {"n": "3"}).rows) == 1


def test_a_syntax_error_is_named_with_its_line(on_disk: store.Store) -> None:
    content = "SELECT ?s\nWHERE { ?s ?p ?o\nORDER BY ?s"
    for ask in (queries.run_text, queries.run_guarded):
        with pytest.raises(QueryError) as caught:
            ask(on_disk, content)
        assert (caught.value.key, caught.value.values["line"]) == ("query_syntax", 3)


def test_a_query_that_takes_too_long_is_ended(on_disk: store.Store) -> None:
    product = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(7))
    with pytest.raises(QueryError) as caught:
        queries.run_guarded(on_disk, f"SELECT ?a0 WHERE {{ {product} }} ORDER BY ?a0", timeout=1)
    assert caught.value.key == "query_timeout"


def test_too_many_rows_are_refused(on_disk: store.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MAX_ROWS", 10)
    for ask in (queries.run_text, queries.run_guarded):
        with pytest.raises(QueryError) as caught:
            ask(on_disk, "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s")
        assert caught.value.key == "query_too_many_rows"


def test_a_parameter_that_is_not_projected_is_said(on_disk: store.Store) -> None:
    with pytest.raises(QueryError) as caught:
        queries.run_guarded(on_disk, "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s", {"x": "1"})
    assert caught.value.key == "query_failed"


def test_the_queries_are_where_the_assets_say() -> None:
    assert {path.stem for path in assets.queries_dir().glob("*.rq")} == {query.name for query in ALL}
