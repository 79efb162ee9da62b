"""Every link inside the site leads somewhere, and no link leads out of it: a page that asks another host is a fault."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

_LINK: Final = re.compile(r"\s(?:href|src|action)=\"([^\"]*)\"")
_ID: Final = re.compile(r"\sid=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Linked:
    """A written page: where it is, what it links to, and its anchors."""

    path: str
    links: frozenset[str]
    anchors: frozenset[str]
    doubles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that leads nowhere, or an anchor that stands twice on its page."""

    page: str
    link: str


def read_links(path: str, markup: str) -> Linked:
    """The links and anchors of a page. Attribute values are escaped by the templates, so quotes end them."""
    anchors = [html.unescape(found) for found in _ID.findall(markup)]
    unique = frozenset(anchors)
    doubles = tuple(sorted({name for name in unique if anchors.count(name) > 1})) if len(unique) < len(anchors) else ()
    return Linked(path, frozenset(html.unescape(found) for found in _LINK.findall(markup)), unique, doubles)


def find_faults(pages: Iterable[Linked], files: Iterable[str]) -> list[Fault]:
    """Links to what is not there; ``files`` are the paths of everything else that was written."""
    by_path = {page.path: page for page in pages}
    known = {*by_path, *files}
    faults = [Fault(page.path, f"#{name}") for page in by_path.values() for name in page.doubles]
    for page in by_path.values():
        faults.extend(Fault(page.path, link) for link in sorted(page.links) if not _leads(link, page, by_path, known))
    return sorted(faults, key=lambda fault: (fault.page, fault.link))


def _leads(link: str, page: Linked, by_path: dict[str, Linked], known: set[str]) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or link.startswith("/"):
        return False
    target = page.path
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(parts.path)))
    if target not in known:
        return False
    return not parts.fragment or (target in by_path and unquote(parts.fragment) in by_path[target].anchors)
