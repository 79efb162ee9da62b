from __future__ import annotations

import json
import re

from tests import invented
from viendan.publish import contexts, search
from viendan.publish.views import Label


def read(scripts: dict[str, str]) -> tuple[dict[str, object], dict[str, list[int]], list[list[str]]]:
    """The index as the page reads it: head, word → numbers of records, records."""
    head: dict[str, object] = {}
    words: dict[str, list[int]] = {}
    records: dict[int, list[list[str]]] = {}
    for content in scripts.values():
        match = re.fullmatch(r'viendanSearch\("(\w+)",(\d+),(.*)\);\n', content, re.DOTALL)
        assert match
        value = json.loads(match[3])
        if match[1] == "index":
            head = value
        elif match[1] == "words":
            for word, packed in value.items():
                last, numbers = 0, []
                for step in packed.split():
                    last += int(step, 36)
                    numbers.append(last)
                words[word] = numbers
        else:
            records[int(match[2])] = value
    return head, words, [row for number in sorted(records) for row in records[number]]


def invented_index() -> tuple[dict[str, object], dict[str, list[int]], list[list[str]]]:
    found = contexts.gather_rows(invented.graph())
    return read(dict(search.index_files(search.find_records(found.things, found.statements))))


def find(query: str) -> list[str]:
    _, words, records = invented_index()
    hits = [set(words.get(word, [])) for word in search.words_of(query)]
    return [records[number][2] for number in sorted(set.intersection(*hits))]


def test_a_directive_is_found_under_the_name_its_place_has_today() -> None:
    assert any("07/CT-UBND" in name for name in find("Vân Bạch"))
    assert "Ủy ban nhân dân tỉnh Vân Sơn" in find("Vân Bạch")
    assert any("Đá Trắng" in name for name in find("Bến Đá"))  # a commune of today in the area of a former district
    _, _, records = invented_index()
    row = next(row for row in records if row[2] == "Ủy ban nhân dân tỉnh Vân Sơn")
    assert row[5:] == ["", "2025-06-30", "Ủy ban nhân dân tỉnh Vân Bạch", "People’s Committee of Vân Bạch Province"]


def test_marks_do_not_matter() -> None:
    assert find("đường") == find("duong") == find("Đường") == ["Vân Sơn chung tay xây cầu, mở đường"]
    assert find("Đá Trắng") == find("da trang")


def test_numbers_are_found_however_they_are_written() -> None:
    assert find("34-CT/TW") == find("34 ct tw") == find("số 34-CT/TW")
    assert find("34-CT/TW")[0] == "Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị"


def test_what_is_cited_most_comes_first_and_citers_wordings_are_found() -> None:
    _, _, records = invented_index()
    assert records[0][2] == "Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị"
    assert find("đổi mới thi đua khen thưởng")[0] == records[0][2]


def test_scripts_are_ascii_and_hold_no_markup_of_their_own() -> None:
    found = contexts.gather_rows(invented.graph())
    scripts = dict(search.index_files(search.find_records(found.things, found.statements)))
    assert all(content.isascii() for content in scripts.values())


def test_a_large_index_is_cut_and_common_words_are_left_out() -> None:
    records = tuple(
        search.Record("instrument", Label(f"Văn bản {n} chữ{n % 700}x{n}", "x"), f"id/{n}.html", "", "", 5000 - n)
        for n in range(5000)
    )
    scripts = dict(search.index_files(records))
    assert max(map(len, scripts.values())) < 120_000
    head, words, found = read(scripts)
    assert head["common"] == ["ban", "van", "x"]
    assert len(found) == head["records"] == 5000
    assert words["chu3x3"] == [3]
    firsts = head["words"]
    assert isinstance(firsts, list)
    assert firsts == sorted(firsts)
    assert len(firsts) > 1


def test_python_and_the_page_fold_alike() -> None:
    """The page's own folding (search.js): NFD, lower case, đ as d, marks away, runs of letters and digits."""
    assert search.words_of("Đường 19/CT-TTg_số Ỷ") == ("duong", "19", "ct", "ttg", "so", "y")
