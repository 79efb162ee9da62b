"""From data to store and site: checked, linked, loaded, published; and nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from viendan import __version__, assets, store, turtle
from viendan.errors import DataError
from viendan.extract.readers import find_documents
from viendan.link import linking
from viendan.pipeline import extraction, files
from viendan.pipeline.extraction import Outcome, Progress
from viendan.publish import pages

_MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: where to look, and figures; ``fresh`` where everything was there already."""

    page: Path
    documents: int
    instruments: int
    pages: int
    fresh: bool


def replace_data(outcomes: Iterable[Outcome], folder: Path) -> Path:
    """Write the Turtle of a folder of one's own, with the words around mentions; files of documents that are gone go.

    A document that failed leaves the file that stood there before. Raises DataError where nothing could be read.
    """
    done = list(outcomes)
    extraction.write_turtle(done, folder, with_text=True)
    keep = {f"{files.data_name(outcome.name)}.ttl" for outcome in done}
    for file in folder.glob("*.ttl") if folder.is_dir() else ():
        if file.name not in keep and not file.name.startswith(files.REGISTER_PREFIX) and file.name != files.OVERRIDES:
            file.unlink()
    if not any(folder.glob("*.ttl")):
        raise DataError("nothing_extracted", count=len(done))
    return folder


def build(
    data: Path | None,
    out: Path,
    *,
    sources: Path | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Link the data, load the store at ``out/store`` and write the site to ``out/site``.

    Nothing is done where data, words, queries, templates and program are what they were at the last build. Raises
    DataError for data that do not parse; what stood before is then untouched.
    """
    folder = data or assets.data_dir()
    state = files.digest(_inputs(folder, sources), salt=__version__)
    page = out / "site" / "index.html"
    manifest = out / _MANIFEST
    before = _read_manifest(manifest)
    if not force and before.get("inputs") == state and page.is_file() and (out / "store").is_dir():
        return Built(page, _figure(before, "documents"), _figure(before, "instruments"), _figure(before, "pages"), True)
    linked = linking.link_files(files.data_files(folder), files.register_files(folder), files.override_file(folder))
    store.build_store(out / "store", linked)
    opened = store.open_store(out / "store")
    summary = pages.publish_site(opened, out / "site", progress=progress, sources=extraction.read_texts(sources))
    figures = {"documents": summary.directives, "instruments": summary.instruments, "pages": summary.pages}
    turtle.write_file(manifest, json.dumps({"inputs": state, **figures}, indent=1, sort_keys=True) + "\n")
    return Built(page, summary.directives, summary.instruments, summary.pages, fresh=False)


def _figure(manifest: dict[str, object], name: str) -> int:
    value = manifest.get(name)
    return value if isinstance(value, int) else 0


def _read_manifest(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _inputs(folder: Path, sources: Path | None) -> list[Path]:
    found = [*files.data_files(folder), *files.register_files(folder)]
    overrides = files.override_file(folder)
    if overrides:
        found.append(overrides)
    package = Path(assets.__file__).parent
    for top, pattern in (
        (assets.ontology_dir(), "*.ttl"),
        (assets.queries_dir(), "*.rq"),
        (assets.site_dir(), "**/*"),
        (package, "**/*.py"),
    ):
        found.extend(sorted(file for file in top.glob(pattern) if file.is_file()))
    if sources:
        found.extend(find_documents(sources))
    return found
