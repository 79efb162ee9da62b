"""From gathered values to a folder of pages: rendered aside, checked, then put in place whole.

The only module that knows Jinja. A kind of page is a row of the table ``KINDS``: its template and the part of the site
that its menu entry stands for.
"""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import jinja2

from viendan import __version__, assets, days, messages, text
from viendan.errors import OutputError
from viendan.messages import LANGUAGES, Language
from viendan.publish import contexts, links, network, paths, search, wording
from viendan.publish.contexts import Entry, Site
from viendan.publish.views import CitationGroup, Fact, Label
from viendan.store import Store

Progress = Callable[[int, int], None]

_MARK: Final = "site.json"
_STATIC: Final = "static"
_LIBRARY: Final = f"{_STATIC}/vis-network.min.js"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its template and the menu entry that it belongs to."""

    template: str
    section: str


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "home": Kind("home.html.j2", "home"),
        "list": Kind("list.html.j2", ""),  # a list's own name is its section
        "directive": Kind("instrument.html.j2", "directives"),
        "instrument": Kind("instrument.html.j2", "instruments"),
        "movement": Kind("movement.html.j2", "movements"),
        "body": Kind("body.html.j2", "bodies"),
        "place": Kind("place.html.j2", "places"),
        "network": Kind("network.html.j2", "network"),
        "search": Kind("search.html.j2", "search"),
        "queries": Kind("queries.html.j2", "queries"),
        "about": Kind("about.html.j2", "about"),
        "findings": Kind("findings.html.j2", "findings"),
    }
)
MENU: Final = ("directives", "instruments", "movements", "bodies", "places", "network", "queries", "about")


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """What was written."""

    directives: int
    instruments: int
    movements: int
    bodies: int
    places: int
    pages: int


def publish_site(
    store: Store, out: Path, progress: Progress | None = None, sources: Mapping[str, str] | None = None
) -> SiteSummary:
    """Write the whole site to ``out``; what stood there is replaced only when all is written and every link holds.

    ``sources`` are texts by the key of their source's IRI, for the words around each statement; ``progress`` is called
    with the number of pages done and in all. Raises OutputError for a page that cannot be made, a broken link, a folder
    that is not a site, a disk that is full; QueryError for a query that no page uses.
    """
    site = contexts.gather(store, sources)
    _refuse_foreign(out)
    aside: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
        count = _write(site, aside, progress)
        aside.chmod(0o755)
        _put_in_place(aside, out)
    except OSError as error:
        raise OutputError("cannot_write", file=str(out), detail=error.strerror or str(error)) from error
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
    numbers = site.figures
    return SiteSummary(
        numbers.directives, numbers.instruments, numbers.movements, numbers.bodies, numbers.places, count
    )


def _refuse_foreign(out: Path) -> None:
    """A folder that is not a site of ours is somebody's: never replaced."""
    if out.exists() and not (out / _MARK).is_file() and not (out.is_dir() and not any(out.iterdir())):
        raise OutputError("site_foreign", folder=str(out))


def _put_in_place(aside: Path, out: Path) -> None:
    before = aside.with_name(aside.name + ".old")
    if out.exists():
        out.rename(before)
    try:
        aside.rename(out)
    except OSError:
        if before.exists():
            before.rename(out)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _write(site: Site, folder: Path, progress: Progress | None) -> int:
    """Write scripts, static files and pages, then check all links; the number of pages."""
    files = [*_write_files(site, folder), *_copy_static(folder)]
    made: list[links.Linked] = []
    total = len(site.entries) * len(LANGUAGES)
    findings = site.figures.findings
    for path, markup in render_pages(site.entries, with_findings=bool(findings)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markup, encoding="utf-8", newline="\n")
        made.append(links.read_links(path, markup))
        if progress:
            progress(len(made), total)
    faults = links.find_faults(made, files)
    if faults:
        raise OutputError("broken_link", count=len(faults), page=faults[0].page, link=faults[0].link)
    mark = {"generator": f"viendan {__version__}", "pages": len(made), **asdict(site.figures)}
    (folder / _MARK).write_text(json.dumps(mark, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return len(made)


def _write_files(site: Site, folder: Path) -> Iterator[str]:
    for path, content in site.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="")
        yield path


def _copy_static(folder: Path) -> Iterator[str]:
    """Our own files, and the vis-network of the installed pyvis: one copy for the site, none in the repository."""
    target = folder / _STATIC
    target.mkdir(exist_ok=True)
    for file in sorted((assets.site_dir() / _STATIC).iterdir()):
        shutil.copyfile(file, target / file.name)
        yield f"{_STATIC}/{file.name}"
    shutil.copyfile(network.library(), folder / _LIBRARY)
    yield _LIBRARY


def render_pages(entries: tuple[Entry, ...], *, with_findings: bool = False) -> Iterator[tuple[str, str]]:
    """Every page in every language: its path from the root of the site, and its markup."""
    for language in LANGUAGES:
        environment = make_environment(language)
        templates = {name: environment.get_template(kind.template) for name, kind in KINDS.items()}
        menu = (*MENU[:-2], "findings", *MENU[-2:]) if with_findings else MENU
        for entry in entries:
            yield contexts.folder(language) + entry.path, render_page(templates[entry.kind], entry, language, menu)


def render_page(template: jinja2.Template, entry: Entry, language: Language, menu: tuple[str, ...] = MENU) -> str:
    """The markup of one page; raises OutputError for a value that its template misses."""
    root = paths.root_of(entry.path)
    top = root + "../" * contexts.folder(language).count("/")
    other: Language = "en" if language == "vi" else "vi"
    try:
        return template.render(
            page=entry.page,
            kind=entry.kind,
            section=KINDS[entry.kind].section or getattr(entry.page, "name", ""),
            menu=menu,
            language=language,
            root=root,
            top=top,
            other=other,
            other_path=top + contexts.folder(other) + entry.path,
        )
    except jinja2.UndefinedError as error:
        raise OutputError("page_undefined", page=entry.path, detail=error.message or "") from error


def make_environment(language: Language) -> jinja2.Environment:
    """Templates with everything escaped and nothing undefined, and the words of a language."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(assets.site_dir() / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    catalogue = messages.catalogue(language)
    environment.globals.update(
        m=functools.partial(_message, catalogue),
        has=catalogue.__contains__,
        t=functools.partial(_name, language),
        date=functools.partial(wording.date, language=language),
        number=functools.partial(wording.number, language=language),
        percent=functools.partial(wording.percent, language=language),
        counted=functools.partial(wording.counted, language=language),
        first_day=days.first_day,
        language=language,
        library=_LIBRARY,
        findings_table=contexts.FINDINGS_TABLE,
        search_index=f"{search.FOLDER}/index.js",
        version=__version__,
    )
    environment.filters.update(
        capitalize_first=text.capitalise,
        sum_citations=_count_citations,
        present=_present,
        groupby_key=_by_key,
    )
    return environment


def _count_citations(groups: tuple[CitationGroup, ...]) -> int:
    return sum(len(group.citations) + group.more for group in groups)


def _present(sections: list[tuple[str, str, int, object]]) -> list[tuple[str, str, int]]:
    """The sections that have something in them, for the table of contents."""
    return [(anchor, words, count) for anchor, words, count, content in sections if content]


def _by_key(facts: tuple[Fact, ...]) -> list[tuple[str, list[Fact]]]:
    """Facts of one key together, in the order in which the keys come."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.key, []).append(fact)
    return list(found.items())


def _message(catalogue: Mapping[str, str], key: str, **values: str | int) -> str:
    return catalogue[key].format(**values)


def _name(language: Language, label: Label) -> str:
    return label.get(language)
