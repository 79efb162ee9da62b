"""Pages as Chromium sees them: from ``file://``, offline, without a complaint and without asking anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import chromium, invented
from viendan.publish import pages, paths

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site of a stick") / "trang web"  # a blank in the path, as people have them
    pages.publish_site(invented.graph(), out, sources=invented.sources())
    return out


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Browser]:
    program = chromium.find()
    if program is None:
        pytest.skip("no Chromium on this machine")
    with chromium.Browser(program, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def one_of_each_kind(site: Path) -> list[Path]:
    names = ["index", "directives", "network", "search", "queries", "about", "findings"]
    found = [site / f"{name}.html" for name in names]
    found += [site / paths.page_path(iri) for iri in (invented.DIRECTIVE, invented.CENTRAL)]
    found += [next(iter(sorted((site / "id" / kind).rglob("*.html")))) for kind in ("movement", "body", "place")]
    return found


def test_every_page_opens_without_a_complaint_and_asks_nobody(browser: chromium.Browser, site: Path) -> None:
    opened = 0
    for path in sorted(site.rglob("*.html")):
        seen = browser.open(path.as_uri())
        assert seen.messages == [], path
        assert [address for address in seen.requests if not address.startswith(("file://", "data:"))] == [], path
        assert browser.run("document.styleSheets.length") == 1, path
        opened += 1
    assert opened > 60


@pytest.mark.parametrize("query", ["duong", "đường", "van son duong"])
def test_search_finds_with_and_without_marks(browser: chromium.Browser, site: Path, query: str) -> None:
    for folder, name in (
        ("", "Vân Sơn chung tay xây cầu, mở đường"),
        ("en/", "Vân Sơn builds bridges and opens roads together"),
    ):
        browser.open((site / f"{folder}index.html").as_uri())
        browser.seen.loaded = False
        browser.run(
            f"document.querySelector('[name=q]').value = '{query}'; document.querySelector('form').requestSubmit()"
        )
        browser.wait(
            "location.pathname.endsWith('search.html') && document.querySelectorAll('#search-results a').length > 0"
        )
        assert browser.run("document.querySelector('#search-results a').textContent") == name
        target = browser.run("document.querySelector('#search-results a').href")
        assert browser.open(target).messages == []
        assert browser.run("document.querySelector('h1').textContent.trim()") == name


def test_search_treats_what_is_typed_as_words(browser: chromium.Browser, site: Path) -> None:
    address = (site / "search.html").as_uri()
    browser.open(address + "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    browser.wait("document.getElementById('search-said').textContent.includes('<img')")
    assert browser.run("document.querySelectorAll('main img').length") == 0
    assert browser.seen.messages == []


def test_the_network_is_drawn_and_explains_itself(browser: chromium.Browser, site: Path) -> None:
    browser.open((site / "network.html").as_uri())
    drawn = "(() => { const c = document.querySelector('#network canvas'); const d = c.getContext('2d')"
    drawn += ".getImageData(0, 0, c.width, c.height).data; return d.some((value) => value > 0); })()"
    assert browser.wait(drawn)
    assert not browser.run("document.getElementById('network-tools').hidden")
    assert "Kéo" in browser.run("document.getElementById('network-said').textContent")
    assert browser.seen.messages == []


def test_lists_are_filtered_without_marks(browser: chromium.Browser, site: Path) -> None:
    browser.open((site / "bodies.html").as_uri())
    typing = "(() => { const f = document.getElementById('list-filter'); f.value = 'da trang';"
    browser.run(typing + " f.dispatchEvent(new Event('input')); })()")
    shown = browser.run("[...document.querySelectorAll('#list tbody tr')].filter((row) => !row.hidden).length")
    assert shown == 2


def test_findings_are_filtered_by_severity_kind_and_words(browser: chromium.Browser, site: Path) -> None:
    browser.open((site / "en" / "findings.html").as_uri())
    choosing = "(() => {{ const f = document.getElementById('findings-filter'); f.elements.{0}.value = '{1}';"
    choosing += " f.dispatchEvent(new Event('input')); }})()"
    shown = "[...document.querySelectorAll('li.finding')].filter((item) => item.offsetParent).length"
    assert browser.run(shown) == 2
    for name, value, left in (
        ("severity", "error", 1),
        ("kind", "same-number", 0),
        ("severity", "", 1),
        ("kind", "", 2),
    ):
        browser.run(choosing.format(name, value))
        assert browser.run(shown) == left, (name, value)
    browser.run(choosing.format("words", "34-ct"))
    assert browser.run(shown) == 1
    assert browser.run("document.getElementById('findings-count').textContent") == "1 / 2"
    assert browser.run("document.querySelector('a[download]').href").endswith("/en/findings.csv")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_its_window(browser: chromium.Browser, site: Path, width: int) -> None:
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=False)
    try:
        for path in one_of_each_kind(site):
            browser.open(path.as_uri())
            assert browser.run("document.documentElement.scrollWidth") <= width, path
    finally:
        browser.call("Emulation.clearDeviceMetricsOverride")


def choose(browser: chromium.Browser, day: str) -> None:
    typing = f"(() => {{ const f = document.getElementById('as-of-day'); f.value = '{day}';"
    browser.run(typing + " f.dispatchEvent(new Event('change')); })()")


SHOWN = "[...document.querySelectorAll('main {rows}')].filter((row) => row.offsetParent !== null).length"


def test_any_page_is_asked_as_of_a_day_and_the_day_goes_along(browser: chromium.Browser, site: Path) -> None:
    rows = SHOWN.format(rows="#cited-by ~ .group .statement")
    central = site / paths.page_path(invented.CENTRAL)
    browser.open(central.as_uri())
    assert not browser.run("document.getElementById('as-of').hidden")
    assert browser.run("document.querySelector('label[for=as-of-day]').textContent.trim()")
    assert browser.run(rows) == 3
    choose(browser, "2023-01-10")
    assert browser.run(rows) == 1
    assert browser.run("location.hash") == "#as-of=2023-01-10"
    assert browser.run("document.querySelector('#cited-by .tally').textContent") == "1 / 3"
    assert "1" in browser.run("document.getElementById('as-of-said').textContent")
    choose(browser, "2010-01-01")
    assert "chưa có" in browser.run("document.getElementById('as-of-said').textContent")
    browser.open((site / "instruments.html").as_uri())
    assert browser.run("document.getElementById('as-of-day').value") == "2010-01-01"  # remembered
    assert browser.run(SHOWN.format(rows="#list tbody tr")) == 1  # the old law
    browser.run("document.getElementById('as-of-clear').click()")
    assert browser.run("location.hash") == ""
    assert browser.run(SHOWN.format(rows="#list tbody tr")) == browser.run(
        "document.querySelectorAll('#list tbody tr').length"
    )
    assert browser.seen.messages == []


def test_a_body_shows_the_name_it_had_and_what_it_is_today(browser: chromium.Browser, site: Path) -> None:
    now = SHOWN.format(rows=".page-head .now")
    browser.open((site / "id/body/uy-ban-nhan-dan-tinh-van-son.html").as_uri() + "#as-of=2024-05-01")
    assert browser.run(now) == 0
    assert browser.run("document.querySelector('.names .then').textContent").strip().startswith("Ủy ban nhân dân tỉnh")
    choose(browser, "2025-08-01")
    assert browser.run(now) == 1
    assert "đã kết thúc" in browser.run("document.getElementById('as-of-said').textContent")
    assert "Vân Bạch" in browser.run("document.getElementById('as-of-said').textContent")
    browser.run("document.getElementById('as-of-clear').click()")


def test_search_and_network_keep_to_the_day(browser: chromium.Browser, site: Path) -> None:
    found = "[...document.querySelectorAll('#search-results a')].map((link) => link.textContent).join('|')"
    browser.open((site / "search.html").as_uri() + "?q=van+bach")
    browser.wait("document.querySelectorAll('#search-results a').length > 0")
    assert "07/CT-UBND" in browser.run(found)  # a directive of Vân Sơn is found under Vân Bạch
    choose(browser, "2022-01-01")
    browser.wait("!" + found + ".includes('07/CT-UBND')")
    browser.open((site / "network.html").as_uri())
    assert browser.run(SHOWN.format(rows="#list tbody tr")) < browser.run(
        "document.querySelectorAll('#list tbody tr').length"
    )
    browser.run("document.getElementById('as-of-clear').click()")
    assert browser.seen.messages == []


def test_the_keyboard_comes_first_to_the_content(browser: chromium.Browser, site: Path) -> None:
    browser.open((site / "index.html").as_uri())
    browser.press("Tab")
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getAttribute('href')") == "#content"


def test_the_policy_stops_what_a_document_might_smuggle_in(browser: chromium.Browser, site: Path) -> None:
    browser.open((site / "index.html").as_uri())
    script = "(() => { const s = document.createElement('script'); s.textContent = 'window.smuggled = 1';"
    script += " document.body.append(s); return window.smuggled === undefined; })()"
    assert browser.run(script)
    assert any("Content Security Policy" in message for message in browser.seen.messages)


def test_language_switch_leads_to_the_same_thing(browser: chromium.Browser, site: Path) -> None:
    browser.open((site / paths.page_path(invented.CENTRAL)).as_uri())
    browser.open(browser.run("document.querySelector('a.language').href"))
    assert browser.run("document.documentElement.lang") == "en"
    assert (
        browser.run("document.querySelector('h1').textContent.trim()")
        == "Directive No. 34-CT/TW of 7 April 2014, Politburo"
    )
