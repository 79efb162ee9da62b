"""What a path is: documents to read, data that were made of documents, a store, or the folder of a build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from viendan import assets, store
from viendan.errors import InputError
from viendan.pipeline import files

Kind = Literal["shipped", "data", "documents", "store"]


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be checked: what it is, and where it lies."""

    kind: Kind
    path: Path


def locate(path: Path | None) -> Target:
    """What stands at a path; without one, the data that come with the program.

    A folder of Turtle is data, also the ``data`` of a build's folder; one of RocksDB files is a store; anything else
    is documents. Raises InputError for what is not there.
    """
    if path is None:
        return Target("shipped", assets.data_dir())
    if not path.exists():
        raise InputError("file_missing", file=str(path))
    for folder in (path, path / "data"):
        if folder.is_dir() and files.has_data(folder):
            return Target("data", folder)
    for folder in (path, path / "store"):
        if store.is_store(folder):
            return Target("store", folder)
    return Target("documents", path)
