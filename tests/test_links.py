from __future__ import annotations

from viendan.publish import links


def page(path: str, markup: str) -> links.Linked:
    return links.read_links(path, markup)


def test_every_kind_of_fault_is_seen() -> None:
    pages = [
        page("index.html", '<h1 id="top">x</h1><a href="id/a.html#c-1">a</a> <a href="#top">t</a>'),
        page("id/a.html", '<p id="c-1"></p><p id="c-1"></p><a href="../index.html#gone">i</a><a href="b.html">b</a>'),
        page("en/x.html", '<img src="../static/x.js"><a href="https://example.org/">o</a><a href="/x">r</a>'),
    ]  # fmt: skip
    faults = links.find_faults(pages, ["static/x.js"])
    assert [(fault.page, fault.link) for fault in faults] == [
        ("en/x.html", "/x"),
        ("en/x.html", "https://example.org/"),
        ("id/a.html", "#c-1"),
        ("id/a.html", "../index.html#gone"),
        ("id/a.html", "b.html"),
    ]


def test_escaped_values_are_read_as_a_browser_reads_them() -> None:
    pages = [page("a.html", '<a href="b.html#x&amp;y">b</a>'), page("b.html", '<p id="x&amp;y"></p>')]
    assert links.find_faults(pages, []) == []
