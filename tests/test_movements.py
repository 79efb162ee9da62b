"""Movements and campaigns: each rule's samples and near misses, identity, and the laws of spans."""

from __future__ import annotations

import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viendan import text
from viendan.extract import lexicon, movement_register, movement_words, movements, quotes
from viendan.extract.structure import parse_document
from viendan.model import Body, Header, Invocation, SourceDocument

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "movements.toml").read_text(encoding="utf-8")
)["case"]
RULES = {
    "movement-quoted",
    "movement-listed",
    "movement-established",
    "movement-quotation",
    "movement-capitalised",
    "movement-launched",
    "movement-title",
}


def issuer(name: str) -> Body:
    return Body(key=text.slug(name), name=name)


HEADERS = {
    "province": Header(
        issuer=issuer("Ủy ban nhân dân tỉnh Trường Giang"),
        level="province",
        province="Trường Giang",
        issued="2024-01-15",
    ),
    "district": Header(
        issuer=issuer("Ủy ban nhân dân huyện Bình Nguyên"),
        level="district",
        province="Trường Giang",
        district="Bình Nguyên",
        issued="2024-01-15",
    ),
    "central": Header(issuer=issuer("Thủ tướng Chính phủ"), level="central", issued="2024-01-15"),
    "ministry": Header(issuer=issuer("Bộ Y tế"), level="central", issued="2024-01-15"),
}


def find(document: str, body: str, title: str = "") -> tuple[str, tuple[Invocation, ...]]:
    whole = f"{title}\n\n{body}" if title else body
    header = HEADERS[document]
    if title:
        values = {name: getattr(header, name) for name in header.__slots__}
        header = Header(**{**values, "title": title, "title_range": (0, len(title))})
    source = SourceDocument(name="sample", text=whole, sha256="")
    return whole, movements.find_invocations(parse_document(source), header)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['name']}")
def test_each_rule_finds_its_samples_and_passes_its_near_misses_over(case: dict[str, Any]) -> None:
    whole, found = find(case["document"], case["text"], case.get("title", ""))
    assert [item.mention.exact for item in found] == [wanted["words"] for wanted in case["expect"]]
    for item, wanted in zip(found, case["expect"], strict=True):
        assert whole[item.mention.start : item.mention.end] == item.mention.exact
        assert item.kind == wanted.get("kind", "movement"), item
        assert item.scope == wanted.get("scope", "national"), item
        assert item.act == wanted.get("act", "invokes"), item
        assert item.localises == wanted.get("localises"), item
        if "key" in wanted:
            assert item.movement.rsplit("/", 1)[1] == wanted["key"]
        if "label" in wanted:
            assert item.label == wanted["label"]
        assert item.rule in RULES
        assert item.rule == item.mention.pattern
        assert 0 < item.confidence < 1


def test_every_rule_has_a_sample_and_a_near_miss() -> None:
    assert {case["rule"] for case in CASES} == RULES
    for rule in RULES - {"movement-capitalised"}:
        texts = [case for case in CASES if case["rule"] == rule]
        assert any(case["expect"] for case in texts), rule
        assert any("near miss" in case["name"] for case in texts), rule


def test_the_cue_is_the_verb_that_governs_the_name() -> None:
    _, found = find("province", "Hưởng ứng phong trào “Dân vận khéo”. Phong trào “Học tập số”.")
    assert [item.cue for item in found] == ["Hưởng ứng", "Phong trào"]


def test_a_local_copy_knows_the_movement_that_it_localises() -> None:
    _, (item,) = find("province", "Phong trào “Trường Giang chung sức xây dựng nông thôn mới”.")
    assert item.localises_iri is not None
    assert item.localises_iri.endswith("/movement/nong-thon-moi")


def test_names_that_a_slug_can_not_hold_stay_apart() -> None:
    long = "Thực hiện Nghị quyết về chiến lược phát triển nông nghiệp hàng hóa của tỉnh nhà đến năm {}, tầm nhìn xa hơn"
    keys = {
        item.movement
        for ending in ("mía đường", "cây chè")
        for item in find("province", f"Phong trào “{long.format(2030)} về {ending}”.")[1]
    }
    assert len(keys) == 2
    assert all(len(key.rsplit("/", 1)[1]) < 100 for key in keys)


def test_every_wording_leads_to_one_movement_of_its_kind() -> None:
    for scheme in ("movements", "movement-wordings"):
        for word in lexicon.scheme(scheme):
            known = movement_register.movements().get(word.key)
            assert known is not None, f"{word.key}: a wording of nothing"
            for form in word.forms:
                found = movement_register.exactly(form, known.kind) if form else known
                assert found is not None, form
                assert found.key == known.key, f"{form}: {found.key} or {known.key}"


def test_words_of_the_grammar_have_a_kind_and_labels() -> None:
    for word in lexicon.scheme("movement-words"):
        assert word.get("wordKind"), word.key
        assert word.label, word.key
        assert word.label_en, word.key


def test_a_trigger_is_read_in_any_case_and_with_misread_marks() -> None:
    for written in ("Phong trào", "PHONG TRÀO", "phong trảo", "Cuộc vận động", "CUỘC VẬN ĐỘNG", "đợt thi đua"):
        assert movement_words.triggers().search(written), written
    for written in ("phong trần", "phòng trà", "cuộc vận tải", "thi đua"):
        assert not movement_words.triggers().search(written), written


@pytest.mark.parametrize(
    ("written", "inside"),
    [
        ("“Dân vận khéo”", "Dân vận khéo"),
        ('"Dân vận khéo"', "Dân vận khéo"),
        ('“Dân vận khéo"', "Dân vận khéo"),
        ("''Dân vận khéo''", "Dân vận khéo"),
        ("“ Dân vận khéo. ”", "Dân vận khéo"),
        ("“Dân vận khéo; và nữa", "Dân vận khéo"),
        ('“Mái ấm cho "đồng bào" tôi”', 'Mái ấm cho "đồng bào" tôi'),
        ("”, còn", None),
        ("“”", None),
        ('"', None),
    ],
)
def test_quoted_words_end_at_their_mark(written: str, inside: str | None) -> None:
    found = quotes.quoted_at(written, 0, movement_words.triggers())
    assert (written[found.start : found.end] if found else None) == inside


PIECES = st.sampled_from(
    ["phong trào ", "thi đua ", "“", "”", '"', "Dân vận khéo", "Trường Giang", " phát động ", "Ủy ban nhân dân tỉnh"]
) | st.sampled_from(
    [
        ", ",
        "; ",
        ".\n",
        "do Thủ tướng Chính phủ",
        "cuộc vận động",
        "năm 2024",
        ":\n- ",
        "*",
        "\n\n3\n\n",
        "chủ đề ",
        "1/2",
    ]
)


@given(st.lists(PIECES, max_size=24))
def test_words_found_stand_where_they_are_said_to(pieces: list[str]) -> None:
    body = "".join(pieces)
    _, found = find("province", body)
    spans = [(item.mention.start, item.mention.end) for item in found]
    assert all(body[item.mention.start : item.mention.end] == item.mention.exact for item in found)
    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("unit", ["số ", '"', "“", '"a ', "“a” ", "1/2", "phong trào ", "phong trào “A”, "])
def test_hostile_text_is_passed_over(unit: str) -> None:
    _, found = find("province", unit * 2000)
    assert len(found) <= 2000


@pytest.mark.shared
def test_gold_movements_are_found(shared: Path) -> None:
    right = wanted = predicted = 0
    for folder in ("directives", "annotated"):
        for file in sorted((shared / "gold" / folder).glob("*.json")):
            gold = json.loads(file.read_text(encoding="utf-8"))
            source = (shared / "corpus" / folder / f"{file.stem}.txt").read_text(encoding="utf-8")
            stated = gold["document"]
            header = Header(
                title=stated["title"],
                issued=stated["issued"],
                issuer=issuer(stated["issuer"]) if stated["issuer"] else None,
                level=stated["issuer_level"],
                province=stated["province"],
                district=stated["district"],
                title_range=tuple(gold["ignore"][0]) if gold.get("ignore") else None,
            )
            parsed = parse_document(SourceDocument(name=file.stem, text=source, sha256=""))
            found = {
                (item.mention.exact, item.kind, item.scope, item.act)
                for item in movements.find_invocations(parsed, header)
            }
            gold_items = {(item["quote"], item["kind"], item["scope"], item["act"]) for item in gold["movements"]}
            right += len(found & gold_items)
            wanted += len(gold_items)
            predicted += len(found)
    assert right / wanted >= 0.95
    assert right / predicted >= 0.95
