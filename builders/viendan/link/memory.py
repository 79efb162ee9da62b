"""What linking remembers from one build to the next: results under the digest of everything that they were made from.

Files of lines beside the build (``NAME-XX.pack``, one for each beginning of a key): a head that names the program that
wrote them, then for each value its key, a check sum and its JSON. What is broken or of another program is ignored.
Nothing is ever believed because it is there: a key is made of the contents of all that went in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Generic, TypeVar, cast

from viendan import turtle
from viendan.errors import OutputError
from viendan.link.codec import Json, decoder, encoder

_SUFFIX: Final = ".pack"
_DIGEST: Final = 32
_SHARD: Final = 2  # letters of a key that its file is named by

_T = TypeVar("_T")


def digest_of(*parts: str | bytes) -> str:
    """A key that is made of several parts, in order."""
    state = hashlib.blake2b(digest_size=_DIGEST // 2)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.hexdigest()


class Pack(Generic[_T]):
    """The values of one kind, read when they are asked for. Without a folder everything is forgotten."""

    def __init__(self, folder: Path | None, name: str, program: str, kind: type[_T]) -> None:
        self._folder = folder
        self._name = name
        self._head = f"viendan {name} {program}".encode()
        self._encode: Callable[[_T], Json] = encoder(kind)
        self._decode: Callable[[object], _T] = decoder(kind)
        self._shards: dict[str, dict[str, bytes]] = {}
        self._fresh: dict[str, dict[str, bytes]] = {}
        self._used: set[str] = set()
        self.made = 0

    def recall(self, key: str) -> _T | None:
        """The value of a key; None where there is none, or none that can be read."""
        line = self._shard(key).get(key) if self._folder else None
        if line is None:
            return None
        check, _, content = line.partition(b" ")
        if check != _check(key, content):
            return None
        try:
            value = self._decode(json.loads(content))
        except (TypeError, ValueError):
            return None
        self._used.add(key[:_DIGEST])
        return value

    def keep(self, digest: str) -> None:
        """Keep all values whose keys begin with a digest: they are still right and need not be read now."""
        self._used.add(digest)

    def remember(self, key: str, value: _T) -> None:
        """Write a value down under a key."""
        self.made += 1
        if self._folder:
            content = json.dumps(self._encode(value), ensure_ascii=False, separators=(",", ":")).encode()
            self._fresh.setdefault(key[:_SHARD], {})[key] = _check(key, content) + b" " + content

    def save(self) -> None:
        """Write what is new, aside and then in place, and leave out what was not used.

        What cannot be written is forgotten: it will be made again.
        """
        for shard, fresh in sorted(self._fresh.items()):
            old = {key: line for key, line in self._shard(shard).items() if key[:_DIGEST] in self._used}
            lines = (key.encode() + b" " + line for key, line in sorted({**old, **fresh}.items()))
            with suppress(OutputError):
                turtle.write_file(self._path(shard), b"\n".join((self._head, *lines, b"")))
        self._fresh = {}

    def _path(self, shard: str) -> Path:
        return cast("Path", self._folder) / f"{self._name}-{shard}{_SUFFIX}"

    def _shard(self, key: str) -> dict[str, bytes]:
        shard = key[:_SHARD]
        found = self._shards.get(shard)
        if found is None:
            found = self._shards[shard] = _read(self._path(shard), self._head)
        return found


def _read(path: Path, head: bytes) -> dict[str, bytes]:
    try:
        first, *lines = path.read_bytes().split(b"\n")
    except OSError:
        return {}
    if first != head:
        return {}
    parts = (line.partition(b" ") for line in lines)
    return {key.decode("ascii", "replace"): rest for key, blank, rest in parts if blank}


def _check(key: str, content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=8, key=key.encode()[:64]).hexdigest().encode()


class Memory:
    """The packs of a folder; without one nothing is remembered. ``program`` names whatever wrote them."""

    def __init__(self, folder: Path | None = None, program: str = "") -> None:
        self._folder = folder
        self._program = program
        self._packs: dict[str, Pack[object]] = {}

    @property
    def writes(self) -> bool:
        """Whether anything is remembered."""
        return self._folder is not None

    def pack(self, name: str, kind: type[_T]) -> Pack[_T]:
        """The values of a name, all of one type."""
        if name not in self._packs:
            self._packs[name] = cast("Pack[object]", Pack(self._folder, name, self._program, kind))
        return cast("Pack[_T]", self._packs[name])

    @property
    def made(self) -> dict[str, int]:
        """How many values of each name were made and not remembered."""
        return {name: pack.made for name, pack in sorted(self._packs.items())}

    def save(self) -> None:
        """Write everything down."""
        for pack in self._packs.values():
            pack.save()
