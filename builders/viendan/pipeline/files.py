"""Which files are data, which are registers, and what an output depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from viendan import assets, identifiers
from viendan.errors import DataError

REGISTER_PREFIX: Final = "register-"
OVERRIDES: Final = "overrides.ttl"


def data_files(folder: Path) -> tuple[Path, ...]:
    """The Turtle of sources in a data folder, sorted; raises DataError for a folder without any."""
    files = tuple(sorted(file for file in folder.glob("*.ttl") if _is_data(file)))
    if not files:
        raise DataError("data_empty", folder=str(folder))
    return files


def has_data(folder: Path) -> bool:
    """Whether a folder holds Turtle of sources."""
    return any(_is_data(file) for file in folder.glob("*.ttl"))


def _is_data(file: Path) -> bool:
    return not file.name.startswith((REGISTER_PREFIX, ".")) and file.name != OVERRIDES


def register_files(folder: Path) -> tuple[Path, ...]:
    """The registers beside the data, else the ones that are shipped."""
    own = tuple(sorted(folder.glob(f"{REGISTER_PREFIX}*.ttl")))
    return own or tuple(sorted(assets.data_dir().glob(f"{REGISTER_PREFIX}*.ttl")))


def override_file(folder: Path) -> Path | None:
    """The file of corrections by people beside the data, if there is one."""
    path = folder / OVERRIDES
    return path if path.is_file() else None


def digest(files: Iterable[Path], salt: str = "") -> str:
    """A digest of the names and contents of files, in order: what an output depends on."""
    state = hashlib.sha256(salt.encode())
    for file in files:
        content = file.read_bytes()
        state.update(f"{file.name}\0{len(content)}\0".encode())
        state.update(content)
    return state.hexdigest()


def data_name(name: str) -> str:
    """The file name in ``data/`` of a source's name: the last part of its IRI, never one of a register's."""
    key = identifiers.source_iri(name).rsplit("/", 1)[1]
    return f"source-{key}" if key.startswith(REGISTER_PREFIX) or f"{key}.ttl" == OVERRIDES else key
