"""The Oxigraph store: built whole in a folder aside, put in place by one atomic rename, read only from then on.

``PATH`` holds snapshot folders (``PID-…``) and a file that names the one that counts: replacing a file is atomic
everywhere, replacing a folder is not, and not every system has links. A reader that opened the old snapshot goes on
reading it. Queries see the union of all named graphs unless they name one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from viendan import turtle, vocab
from viendan.errors import DataError, OutputError

_MARK = "CURRENT"  # RocksDB's own file: there is a database here
_POINTER = "snapshot.txt"

Term = ox.NamedNode | ox.Literal
Answer = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


@dataclass(frozen=True, slots=True)
class Store:
    """A store that is only read. ``path`` is its snapshot folder, None for one in memory."""

    graph: ox.Store
    path: Path | None = None

    def __len__(self) -> int:
        return len(self.graph)

    def query(self, sparql: str, bound: Mapping[str, Term] | None = None) -> Answer:
        """The answer to a query over the union of all graphs; ``bound`` gives values to projected variables.

        Raises SyntaxError for wrong SPARQL: callers that speak to people go through ``viendan.queries``.
        """
        values: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): term for name, term in (bound or {}).items()
        }
        return self.graph.query(
            sparql, prefixes=dict(vocab.PREFIXES), use_default_graph_as_union=True, substitutions=values or None
        )

    def objects(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The values of a property in any graph, each once, sorted: a look-up that needs no query."""
        found = self.graph.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        return tuple(sorted({quad.object.value for quad in found if isinstance(quad.object, Term)}))

    def subjects(self, predicate: str, value: Term) -> tuple[str, ...]:
        """The things that have a value, in any graph, each once, sorted."""
        found = self.graph.quads_for_pattern(None, ox.NamedNode(predicate), value, None)
        return tuple(sorted({quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}))

    def has(self, subject: str) -> bool:
        """Whether anything is said of a thing."""
        return next(self.graph.quads_for_pattern(ox.NamedNode(subject), None, None, None), None) is not None

    def graph_names(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        return tuple(sorted(node.value for node in self.graph.named_graphs()))


def memory_store(quads: Iterable[ox.Quad]) -> Store:
    """A store in memory: for tests, for checks, for answers before anything is built."""
    graph = ox.Store()
    graph.bulk_extend(quads)
    return Store(graph)


def build_store(path: Path, quads: Iterable[ox.Quad]) -> None:
    """Load the quads into a new snapshot and put it at ``path``; the one that stood there is replaced only then.

    Raises OutputError where it cannot be written. An error of ``quads`` itself (broken data) passes through, and leaves
    what stood there.
    """
    snapshot: Path | None = None
    try:
        _refuse_foreign(path)
        path.mkdir(parents=True, exist_ok=True)
        snapshot = Path(tempfile.mkdtemp(dir=path, prefix=f"{os.getpid()}-"))
        snapshot.chmod(0o755)
        _fill(snapshot, quads)
        turtle.write_file(path / _POINTER, snapshot.name + "\n")
    except OSError as error:
        raise OutputError("cannot_write", file=str(path), detail=error.strerror or str(error)) from error
    finally:
        if snapshot is not None and _snapshot(path) != snapshot:
            shutil.rmtree(snapshot, ignore_errors=True)
    _clear_leftovers(path, snapshot.name)


def _refuse_foreign(path: Path) -> None:
    """A folder that is no store is somebody's: nothing is put into it."""
    ours = is_store(path) or (path.is_dir() and all(map(_is_snapshot, path.iterdir())))
    if path.exists() and not ours:
        raise OutputError("store_foreign", file=str(path))


def _is_snapshot(path: Path) -> bool:
    """Whether a folder is a snapshot, perhaps one that was never finished."""
    return path.is_dir() and path.name.partition("-")[0].isdecimal()


def _snapshot(path: Path) -> Path | None:
    """The snapshot that counts at a path, which may be that snapshot itself; None where there is no store."""
    try:
        name = (path / _POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return path if (path / _MARK).is_file() else None
    found = path / name
    return found if found.parent == path and (found / _MARK).is_file() else None


def _fill(folder: Path, quads: Iterable[ox.Quad]) -> None:
    graph = ox.Store(str(folder))
    graph.bulk_extend(quads)
    graph.optimize()
    graph.flush()
    del graph  # the lock goes with it


def _clear_leftovers(path: Path, current: str) -> None:
    """Remove everything but the snapshot that counts and those whose builder is still at work."""
    for item in path.iterdir():
        builder = item.name.partition("-")[0]
        at_work = _is_snapshot(item) and builder != str(os.getpid()) and _is_running(builder)
        if item.name in (current, _POINTER) or at_work:
            continue
        if item.is_dir():
            shutil.rmtree(item, ignore_errors=True)
        else:
            item.unlink(missing_ok=True)  # of a database that stood here without a pointer


def _is_running(process: str) -> bool:
    if os.name == "nt":
        return True  # asking would end it there
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def is_store(path: Path) -> bool:
    """Whether a store stands at ``path``."""
    return _snapshot(path) is not None


def open_store(path: Path) -> Store:
    """The store at ``path``, read only; raises DataError where there is none or it cannot be read."""
    folder = _snapshot(path)
    if folder is None:
        raise DataError("store_missing", file=str(path))
    try:
        return Store(ox.Store.read_only(str(folder)), folder)
    except (OSError, RuntimeError, ValueError) as error:
        again = _snapshot(path)
        if again is not None and again != folder:  # a builder replaced it in between
            return open_store(path)
        raise DataError("store_broken", file=str(path), detail=str(error)) from error


def all_quads(store: Store) -> Iterator[ox.Quad]:
    """Every statement with its graph, in no order."""
    return iter(store.graph)
