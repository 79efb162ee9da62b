"""Where a page stands: a path from the IRI of a thing, safe on every file system, and links that work from any folder.

The path of a thing is its IRI's path below the base: ``id/instrument/bo-chinh-tri/chi-thi/2014/34-ct-tw.html``. A part
that some file system would not take (too long, capital letters, a device's name) carries a digest instead.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from viendan import vocab

_SAFE: Final = re.compile(r"[a-z0-9][a-z0-9._~,-]*\Z")
_PART: Final = re.compile(r"/(?P<kind>header|citation|relation|movement|responsibility)/(?P<rest>[^/]+(?:/[^/]+)?)\Z")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)")
_LONGEST_PART: Final = 80
_LONGEST_PATH: Final = 170  # with a drive and a folder or two it stays below the 260 of Windows
_DIGEST: Final = 10


def _digest(words: str, length: int = _DIGEST) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:length]


def safe_part(part: str) -> str:
    """The part itself where every file system takes it as it is, else what is safe of it with a digest of the whole."""
    if _SAFE.match(part) and len(part) <= _LONGEST_PART and not part.endswith(".") and not _RESERVED.match(part):
        return part
    kept = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")[:48].strip("-")
    return f"{kept or 'x'}~{_digest(part)}"


def page_path(iri: str) -> str:
    """The path of the page of one of our things, from the root of the site's language; ValueError for a foreign IRI."""
    if not iri.startswith(vocab.ID):
        raise ValueError(iri)
    parts = iri.removeprefix(vocab.BASE).split("/")
    path = "/".join(safe_part(part) for part in parts) + ".html"
    if len(path) <= _LONGEST_PATH:
        return path
    return f"id/{safe_part(parts[1])}/{_digest(iri, 32)}.html"


def anchor(node: str) -> str:
    """The anchor of a statement on its document's page: ``citation-1985-2036``."""
    found = _PART.search(node)
    return re.sub(r"[^\w.-]", "-", f"{found['kind']}-{found['rest']}" if found else _digest(node), flags=re.ASCII)


def root_of(path: str) -> str:
    """What leads from a page to the root that its path counts from: ``../`` for each folder."""
    return "../" * path.count("/")


def last_part(iri: str) -> str:
    """The key of a thing or concept: the last part of its IRI."""
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
