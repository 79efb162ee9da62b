"""From data to store and site: checked, linked, loaded, published; and nothing twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from viendan import __version__, assets, store, turtle
from viendan.extract.readers import find_documents
from viendan.link import linking
from viendan.link.memory import Memory
from viendan.pipeline import extraction, files, renewing
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


def memory_of(out: Path) -> Memory:
    """What builds at ``out`` remember, as long as the program and its words stay what they are."""
    return Memory(out / "memory", files.digest(_program(), salt=__version__))


def extract(documents: Sequence[tuple[Path, str]], out: Path, jobs: int, progress: Progress | None) -> list[Outcome]:
    """Write the Turtle of a folder of one's own to ``out/data``, of those documents that are not there as they are.

    Raises DataError where nothing could be read.
    """
    memory = memory_of(out)
    outcomes = renewing.renew(documents, out / "data", memory, jobs, progress)
    memory.save()
    return outcomes


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
    memory = memory_of(out)
    linked = linking.link_files(
        files.data_files(folder), files.register_files(folder), files.override_file(folder), memory
    )
    memory.save()
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
    found += [*_program(), *_files(assets.queries_dir(), "*.rq"), *_files(assets.site_dir(), "**/*")]
    if sources:
        found.extend(find_documents(sources))
    return found


def _program() -> list[Path]:
    """What extraction and linking depend on besides data: code, words, and the registers that names are known from."""
    package = Path(assets.__file__).parent
    registers = _files(assets.data_dir(), f"{files.REGISTER_PREFIX}*.ttl")
    return [*_files(assets.ontology_dir(), "*.ttl"), *_files(package, "**/*.py"), *registers]


def _files(top: Path, pattern: str) -> list[Path]:
    return sorted(file for file in top.glob(pattern) if file.is_file())
