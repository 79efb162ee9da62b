"""The Oxigraph store: built whole in a folder aside, put in place by one atomic rename, read only from then on.

``PATH`` is a link to a snapshot folder beside it (``.NAME-PID-…``): replacing a link is atomic, replacing a folder is
not. A reader that opened the old snapshot goes on reading it. Queries see the union of all named graphs unless they
name one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from viendan import vocab
from viendan.errors import DataError, OutputError

_MARK = "CURRENT"  # RocksDB's own file: there is a database here

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
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(path)
        snapshot = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}-{os.getpid()}-"))
        snapshot.chmod(0o755)
        _fill(snapshot, quads)
        _put_in_place(snapshot, path)
    except OSError as error:
        raise OutputError("cannot_write", file=str(path), detail=error.strerror or str(error)) from error
    finally:
        if snapshot is not None and (not path.is_symlink() or path.readlink().name != snapshot.name):
            shutil.rmtree(snapshot, ignore_errors=True)
    _clear_leftovers(path)


def _refuse_foreign(path: Path) -> None:
    """A folder that is no store is somebody's: never replaced."""
    if path.exists() and not path.is_symlink() and not (path / _MARK).is_file() and not _is_empty(path):
        raise OutputError("store_foreign", file=str(path))


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _fill(folder: Path, quads: Iterable[ox.Quad]) -> None:
    graph = ox.Store(str(folder))
    graph.bulk_extend(quads)
    graph.optimize()
    graph.flush()
    del graph  # the lock goes with it


def _put_in_place(snapshot: Path, path: Path) -> None:
    link = snapshot.with_name(snapshot.name + ".link")
    link.symlink_to(snapshot.name, target_is_directory=True)
    if path.exists() and not path.is_symlink():
        path.rename(snapshot.with_name(snapshot.name + ".old"))
    link.replace(path)


def _clear_leftovers(path: Path) -> None:
    """Remove snapshots that the link does not name and whose builder is no longer at work."""
    current = path.readlink().name
    for folder in path.parent.glob(f".{path.name}-*"):
        builder = folder.name.removeprefix(f".{path.name}-").split("-")[0]
        if folder.name == current or (builder != str(os.getpid()) and _is_running(builder)):
            continue
        if folder.is_symlink():
            folder.unlink(missing_ok=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def is_store(path: Path) -> bool:
    """Whether a store stands at ``path``."""
    return (path.resolve() / _MARK).is_file()


def open_store(path: Path) -> Store:
    """The store at ``path``, read only; raises DataError where there is none or it cannot be read."""
    folder = path.resolve()
    if not (folder / _MARK).is_file():
        raise DataError("store_missing", file=str(path))
    try:
        return Store(ox.Store.read_only(str(folder)), folder)
    except (OSError, RuntimeError, ValueError) as error:
        raise DataError("store_broken", file=str(path), detail=str(error)) from error


def all_quads(store: Store) -> Iterator[ox.Quad]:
    """Every statement with its graph, in no order."""
    return iter(store.graph)
