"""Read a file into a SourceDocument: decode strictly, bound the size, say what is wrong in one sentence."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from viendan.errors import InputError
from viendan.model import SourceDocument

MAX_BYTES: Final = 16 * 1024 * 1024
"""The longest real directive measured has 0.3 MB of text; what is larger is a mistake or an attack."""

SUFFIXES: Final = frozenset({".txt", ".text", ".md", ".markdown"})

_BOM: Final = "\ufeff"


def find_documents(path: Path) -> tuple[Path, ...]:
    """The documents at ``path``: itself, or every text file below a folder, sorted; hidden files are passed over.

    Raises InputError for a path that does not exist and for a folder without a text file.
    """
    if path.is_dir():
        found = tuple(
            sorted(
                file
                for file in path.rglob("*")
                if file.suffix.lower() in SUFFIXES
                and file.is_file()
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
        )
        if not found:
            raise InputError("folder_empty", file=str(path), suffixes=" ".join(sorted(SUFFIXES)))
        return found
    if not path.exists():
        raise InputError("file_missing", file=str(path))
    return (path,)


def read_document(path: Path) -> SourceDocument:
    """The text of a file, exactly as decoded from UTF-8 (or UTF-16 with a byte order mark).

    Raises InputError for a file that is missing, empty, larger than MAX_BYTES, or no text.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError("file_too_large", file=str(path), size=size, limit=MAX_BYTES)
        data = path.read_bytes()
    except OSError as error:
        raise InputError("file_unreadable", file=str(path), detail=error.strerror or "") from error
    return decode_document(path.stem, data, str(path))


def decode_document(name: str, data: bytes, where: str) -> SourceDocument:
    """The SourceDocument of bytes; ``where`` names them in errors."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        decoded = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("file_no_text", file=where, offset=error.start) from error
    if "\0" in decoded:
        raise InputError("file_no_text", file=where, offset=decoded.index("\0"))
    if not decoded.strip(_BOM + " \t\r\n\f\v"):
        raise InputError("file_empty", file=where)
    return SourceDocument(name=name, text=decoded, sha256=hashlib.sha256(data).hexdigest())
