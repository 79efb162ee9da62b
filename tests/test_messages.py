from __future__ import annotations

import re
import string

from tests.conftest import REPOSITORY
from viendan import messages

TEMPLATES = sorted((REPOSITORY / "site" / "templates").glob("*.j2"))
MODULES = sorted((REPOSITORY / "builders" / "viendan").rglob("*.py"))
CALL = re.compile(r"\bm\(\s*'(?P<key>[\w.]+)'\s*(?P<joined>~[^),]+)?")
SAID = re.compile(r"""\bsay\(\s*f?"(?P<key>[\w.{}]+)\"""")
COUNTED = re.compile(r"\bcounted\(\s*'?(?P<key>\w+)")


def page_keys() -> set[str]:
    return {key for key in messages.catalogue("vi") if not key.startswith(("cli.", "error."))}


def asked() -> set[str]:
    found = set()
    for path in TEMPLATES:
        for match in CALL.finditer(path.read_text(encoding="utf-8")):
            found.add(match["key"] + ("*" if match["joined"] else ""))
    for path in MODULES:
        for match in SAID.finditer(path.read_text(encoding="utf-8")):
            found.add(re.sub(r"\{.*", "*", match["key"]))
    return found


def test_every_key_that_is_asked_for_exists() -> None:
    known = set(messages.catalogue("vi"))
    for key in asked():
        if key.endswith("*"):
            assert any(own.startswith(key[:-1]) for own in known), key
        else:
            assert key in known, key


def test_no_text_is_left_over() -> None:
    exact = {key for key in asked() if not key.endswith("*")}
    begun = {key[:-1] for key in asked() if key.endswith("*")}
    unused = [
        key
        for key in page_keys() - exact
        if not any(key.startswith(start) and key != start for start in begun | {"count."})
    ]
    assert sorted(unused) == []


def test_counts_have_both_forms_in_both_languages() -> None:
    names = {match["key"] for path in TEMPLATES for match in COUNTED.finditer(path.read_text(encoding="utf-8"))}
    names = (names - {"count_key", "key"}) | {"citer", "task", "document"}
    for language in messages.LANGUAGES:
        for name in names:
            for form in ("one", "other"):
                assert f"count.{name}.{form}" in messages.catalogue(language), name


def test_texts_are_well_formed_and_vietnamese_is_vietnamese() -> None:
    same = {"site.name", "format.percent"}
    for key in page_keys():
        vietnamese, english = messages.catalogue("vi")[key], messages.catalogue("en")[key]
        for words in (vietnamese, english):
            assert list(string.Formatter().parse(words))
            assert words == words.strip()
            assert '"' not in words, f"{key}: straight quotation marks"
        if any(char.isalpha() for char in vietnamese.replace("{", "").replace("}", "")) and key not in same:
            assert vietnamese != english, key
    marks = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
    english_with_marks = {
        key for key in page_keys() if marks.search(messages.catalogue("en")[key].replace("Viện dẫn", ""))
    }
    assert english_with_marks == {"site.other_language", "search.hint"}


def test_say_and_explain() -> None:
    from viendan.errors import OutputError

    assert "kho" in messages.explain(OutputError("store_foreign", file="kho"), "vi")
    assert messages.say("format.percent", "en", value=5) == "5%"
