from __future__ import annotations

import csv
import filecmp
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import jinja2
import pytest

from tests import invented
from tests.conftest import REPOSITORY
from viendan import vocab
from viendan.errors import OutputError
from viendan.publish import contexts, pages, paths
from viendan.store import memory_store


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "out"
    pages.publish_site(invented.graph(), out, sources=invented.sources())
    return out


def html_files(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


class Reader(HTMLParser):
    """Tags with their attributes, headings, and what is inside scripts."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._script = False
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._script = self._script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts.append(data)

    def named(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.tags if name == tag)


def read(path: Path) -> Reader:
    return Reader(path.read_text(encoding="utf-8"))


def test_every_kind_of_page_is_there_in_both_languages(site: Path) -> None:
    found = {path.relative_to(site).as_posix() for path in html_files(site)}
    vietnamese = {path for path in found if not path.startswith("en/")}
    assert {f"en/{path}" for path in vietnamese} == found - vietnamese
    assert {
        "index.html",
        "directives.html",
        "network.html",
        "search.html",
        "queries.html",
        "about.html",
        "findings.html",
    } <= vietnamese
    for iri in (invented.DIRECTIVE, invented.CENTRAL, vocab.ID + "body/bo-chinh-tri", vocab.ID + "place/van-son"):
        assert paths.page_path(iri) in vietnamese
    kinds = {entry.kind for entry in contexts.gather(invented.graph()).entries}
    assert kinds == set(pages.KINDS)


def test_the_findings_are_a_table_too_and_their_page_leads_to_it(site: Path) -> None:
    for folder, heading in (("", "Mức độ"), ("en/", "Severity")):
        table = (site / f"{folder}findings.csv").read_bytes().decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(table)))
        assert heading in lines[0]
        assert len({line[next(iter(line))] for line in lines}) == 2
        hrefs = [attributes.get("href") for attributes in read(site / f"{folder}findings.html").named("a")]
        assert "findings.csv" in hrefs


def test_pages_are_made_for_people(site: Path) -> None:
    for path in html_files(site):
        page = read(path)
        (root,) = page.named("html")
        assert root["lang"] == ("en" if path.relative_to(site).parts[0] == "en" else "vi"), path
        headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert headings[0] == 1, path
        assert headings.count(1) == 1, path
        assert all(later - earlier <= 1 for earlier, later in pairwise(headings)), path
        assert sum(1 for _ in page.named("main")) == 1
        assert any(attributes.get("class") == "skip" for attributes in page.named("a"))
        assert any(attributes.get("hreflang") for attributes in page.named("a"))
        tables = page.tags.count(("caption", {"class": "unseen"}))
        assert tables == sum(1 for _ in page.named("table")), path
        assert all(attributes.get("scope") for attributes in page.named("th")), path


def test_no_page_asks_another_host(site: Path) -> None:
    for path in html_files(site):
        page = read(path)
        for _, attributes in page.tags:
            for name in ("src", "href", "action", "data", "poster", "srcset"):
                assert not re.match(r"(?:[a-z]+:)?//|https?:|javascript:", attributes.get(name) or ""), path
            assert not [name for name in attributes if name.startswith("on") or name == "style"], path
        (policy,) = (own for own in page.named("meta") if own.get("http-equiv") == "Content-Security-Policy")
        assert "default-src 'none'" in (policy["content"] or "")
        assert "unsafe" not in (policy["content"] or "")
        for attributes in page.named("script"):
            assert attributes.get("src") or attributes.get("type") == "application/ld+json"
    styles = (site / "static" / "site.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import", styles)


def test_nothing_from_a_document_reaches_html_unescaped(site: Path) -> None:
    for path in html_files(site):
        content = path.read_text(encoding="utf-8")
        assert "<script>alert" not in content, path
        assert "<b>khen" not in content, path
    held = next(q.subject.value for q in invented.quads() if q.object.value == invented.HOSTILE_TITLE)
    content = (site / paths.page_path(held)).read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(&#34;1 &amp; 2&#34;)&lt;/script&gt;" in content


def test_json_ld_is_legislation_and_cannot_leave_its_script(site: Path) -> None:
    held = next(q.subject.value for q in invented.quads() if q.object.value == invented.HOSTILE_TITLE)
    for iri in (held, invented.CENTRAL, invented.DIRECTIVE):
        (data,) = read(site / paths.page_path(iri)).scripts
        assert "<" not in data
        node = json.loads(data)
        assert node["@type"] == "Legislation"
        assert node["@id"] == iri
    directive = json.loads(read(site / paths.page_path(invented.DIRECTIVE)).scripts[0])
    assert directive["legislationDate"] == "2023-01-16"
    assert invented.CENTRAL in {cited["@id"] for cited in directive["citation"]}


def test_every_statement_on_a_page_shows_its_words_and_place(site: Path) -> None:
    content = (site / paths.page_path(invented.DIRECTIVE)).read_text(encoding="utf-8")
    for words in (
        'id="citation-341-392"',
        "<mark>Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị</mark>",
        'id="relation-524-665-implements"',
        'id="movement-731-771"',
        'id="responsibility-928-957"',
        'id="header-number"',
        "trước ngày 28/02/2023",
    ):
        assert words in content, words
    cited = (site / paths.page_path(invented.CENTRAL)).read_text(encoding="utf-8")
    assert "7-ct-ubnd.html#citation-341-392" in cited


def test_the_same_store_makes_the_same_bytes(site: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests import invented; from viendan.publish import pages; "
        "pages.publish_site(invented.graph(), Path(sys.argv[1]), sources=invented.sources())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": str(REPOSITORY)}
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "out")], check=True, env=environment, cwd=tmp_path)
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert names == sorted(
        p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()
    )
    _, different, errors = filecmp.cmpfiles(site, tmp_path / "out", names, shallow=False)
    assert (different, errors) == ([], [])


def test_no_path_of_this_machine_and_no_day_of_building(site: Path) -> None:
    for path in html_files(site):
        assert str(REPOSITORY) not in path.read_text(encoding="utf-8")
    assert json.loads((site / "site.json").read_text())["pages"] == len(html_files(site))


def test_one_copy_of_the_library(site: Path) -> None:
    assert [path.relative_to(site).as_posix() for path in site.rglob("vis-network*")] == ["static/vis-network.min.js"]


def test_progress_and_summary(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    summary = pages.publish_site(invented.graph(), tmp_path / "out", progress=lambda *step: steps.append(step))
    assert steps[-1] == (summary.pages, summary.pages)
    assert (summary.directives, summary.instruments, summary.movements) == (3, 11, 3)


def test_a_site_replaces_a_site_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    pages.publish_site(invented.graph(), out)
    (out / "old.html").write_text("old")
    pages.publish_site(invented.graph(), out)
    assert not (out / "old.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="site_foreign"):
        pages.publish_site(invented.graph(), foreign)
    assert (foreign / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("template", "fault"),
    [("{{ page.no_such_value }}", "page_undefined"), ('<a href="gone.html">x</a>', "broken_link")],
)
def test_a_fault_fails_the_build_and_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, fault: str
) -> None:
    out = tmp_path / "out"
    pages.publish_site(invented.graph(), out)
    before = (out / "about.html").read_bytes()
    real = pages.make_environment

    def broken(language: str) -> jinja2.Environment:
        environment = real(language)  # type: ignore[arg-type]
        assert environment.loader
        environment.loader = jinja2.ChoiceLoader([jinja2.DictLoader({"about.html.j2": template}), environment.loader])
        return environment

    monkeypatch.setattr(pages, "make_environment", broken)
    with pytest.raises(OutputError, match=fault):
        pages.publish_site(invented.graph(), out)
    assert (out / "about.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_store_makes_a_site(tmp_path: Path) -> None:
    summary = pages.publish_site(memory_store([]), tmp_path / "out")
    assert summary.instruments == 0
    assert (tmp_path / "out" / "index.html").is_file()


def test_long_lists_are_cut_into_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from viendan.publish import overview

    monkeypatch.setattr(overview, "PER_PAGE", 4)
    pages.publish_site(invented.graph(), tmp_path / "out")
    second = read(tmp_path / "out" / "instruments-2.html")
    assert sum(1 for _ in second.named("tr")) == 5
    assert any(
        own.get("aria-current") == "page" and own.get("href") == "instruments-2.html" for own in second.named("a")
    )


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_stand_out_from_the_paper_in_light_and_dark() -> None:
    """WCAG 2.1, 1.4.3: 4.5 to 1; marks of a drawing (1.4.11): 3 to 1."""
    styles = (REPOSITORY / "site" / "static" / "site.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for block in styles.split("@media (prefers-color-scheme: dark)")[:2]
    )
    for colours in (light, dark):
        words = [("ink", "paper"), ("muted", "paper"), ("muted", "surface"), ("link", "paper"), ("link", "surface")]
        words += [("accent", "paper"), ("good", "paper"), ("warn", "paper"), ("mark-ink", "mark")]
        words += [(f"node-{kind}", "paper") for kind in ("held", "central", "local", "movement")]
        for front, back in words:
            high, low = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= (3 if front.startswith("node") else 4.5), (front, back)
