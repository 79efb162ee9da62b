"""The Turtle of a folder of one's own documents, made again only where a document or the program changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from viendan.errors import DataError
from viendan.link.memory import Memory, digest_of
from viendan.pipeline import extraction, files
from viendan.pipeline.extraction import Counts, Outcome, Progress


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written for a document: the digest of its Turtle, and the figures."""

    turtle: str
    counts: Counts


def renew(
    documents: Sequence[tuple[Path, str]],
    folder: Path,
    memory: Memory,
    jobs: int = 1,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Write the Turtle of documents, with the words around mentions; files of documents that are gone go.

    A document that failed leaves the file that stood there before. One that stands there as it was written is not
    extracted again: its outcome has figures only. Raises DataError where nothing could be read.
    """
    pack = memory.pack("documents", _Written)
    keys = {name: _key(path, name) for path, name in documents}
    kept = {name: found for name, key in keys.items() if (found := pack.recall(key)) and _stands(folder, name, found)}
    fresh = extraction.extract_all([own for own in documents if own[1] not in kept], jobs, progress)
    extraction.write_turtle(fresh, folder, with_text=True)
    for outcome in fresh:
        if outcome.extraction:
            written = digest_of(_path(folder, outcome.name).read_bytes())
            pack.remember(keys[outcome.name], _Written(written, extraction.count(outcome.extraction)))
    _remove_others(folder, (name for _, name in documents))
    if not any(folder.glob("*.ttl")):
        raise DataError("nothing_extracted", count=len(documents))
    made = {outcome.name: outcome for outcome in fresh}
    return [made.get(name) or Outcome(path, name, None, None, kept[name].counts) for path, name in documents]


def _path(folder: Path, name: str) -> Path:
    return folder / f"{files.data_name(name)}.ttl"


def _key(path: Path, name: str) -> str:
    """What tells a document; a file that cannot be read has none, and says so when it is extracted."""
    try:
        return digest_of("document", name, path.read_bytes())
    except OSError:
        return digest_of("unreadable", name)


def _stands(folder: Path, name: str, written: _Written) -> bool:
    """Whether the Turtle is there, as it was written."""
    try:
        return digest_of(_path(folder, name).read_bytes()) == written.turtle
    except OSError:
        return False


def _remove_others(folder: Path, names: Iterable[str]) -> None:
    keep = {_path(folder, name).name for name in names}
    for file in folder.glob("*.ttl") if folder.is_dir() else ():
        if file.name not in keep and not file.name.startswith(files.REGISTER_PREFIX) and file.name != files.OVERRIDES:
            file.unlink()
