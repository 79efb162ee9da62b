from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from viendan import store
from viendan.errors import DataError, OutputError


def quad(number: int) -> ox.Quad:
    node = ox.NamedNode
    return ox.Quad(node(f"http://e/{number}"), node("http://e/p"), ox.Literal(number), node("http://e/g"))


def test_a_store_holds_what_was_put_in_and_is_only_read(tmp_path: Path) -> None:
    store.build_store(tmp_path / "out" / "store", (quad(number) for number in range(5)))
    opened = store.open_store(tmp_path / "out" / "store")
    assert len(opened) == 5
    assert opened.graph_names() == ("http://e/g",)
    assert opened.objects("http://e/3", "http://e/p") == ("3",)
    assert opened.subjects("http://e/p", ox.Literal(3)) == ("http://e/3",)
    assert opened.has("http://e/3")
    assert not opened.has("http://e/9")
    with pytest.raises(RuntimeError, match="read-write"):
        opened.graph.add(quad(9))


def test_queries_see_all_graphs_as_one() -> None:
    opened = store.memory_store([quad(1)])
    answer = opened.query((Path(__file__).parent / "specimens" / "all.rq").read_text(encoding="utf-8"))
    assert isinstance(answer, ox.QuerySolutions)
    assert len(list(answer)) == 1


def test_a_reader_keeps_its_snapshot_while_another_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "store"
    store.build_store(path, [quad(1)])
    before = store.open_store(path)
    store.build_store(path, [quad(1), quad(2)])
    assert (len(before), len(store.open_store(path))) == (1, 2)
    assert len(list(path.iterdir())) == 2, "the pointer and one snapshot"
    assert not [item for item in path.rglob("*") if item.is_symlink()]


def test_an_error_in_what_is_loaded_leaves_what_stood(tmp_path: Path) -> None:
    def broken() -> Iterator[ox.Quad]:
        yield quad(1)
        raise DataError("turtle_syntax", file="x.ttl", line=1, detail="")

    path = tmp_path / "store"
    store.build_store(path, [quad(1), quad(2)])
    with pytest.raises(DataError):
        store.build_store(path, broken())
    assert len(store.open_store(path)) == 2
    assert len(list(path.iterdir())) == 2


def test_a_builder_that_is_killed_leaves_what_stood_and_its_traces_go(tmp_path: Path) -> None:
    path = tmp_path / "store"
    store.build_store(path, [quad(1)])
    code = "\n".join(
        [
            "import os, sys",
            "from pathlib import Path",
            "from tests.test_store import quad",
            "from viendan import store",
            "def dying():",
            "    yield quad(1)",
            "    os._exit(9)",
            "store.build_store(Path(sys.argv[1]), dying())",
        ]
    )
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=root, env=environment, check=False)
    assert done.returncode == 9
    assert len(store.open_store(path)) == 1
    assert len(list(path.iterdir())) == 3
    store.build_store(path, [quad(1), quad(2)])
    assert len(store.open_store(path)) == 2
    assert len(list(path.iterdir())) == 2


def test_a_folder_that_is_no_store_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.mkdir()
    (path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        store.build_store(path, [quad(1)])
    assert caught.value.key == "store_foreign"
    assert (path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_an_old_store_folder_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "store"
    graph = ox.Store(str(path))
    graph.add(quad(1))
    del graph
    store.build_store(path, [quad(1), quad(2)])
    assert len(store.open_store(path)) == 2


@pytest.mark.parametrize("pointer", ["", "nowhere\n", "../elsewhere\n", "/tmp\n", "1-x/..\n", "\xff"])
def test_a_pointer_to_nothing_is_no_store(tmp_path: Path, pointer: str) -> None:
    path = tmp_path / "store"
    store.build_store(path, [quad(1)])
    store.build_store(tmp_path / "elsewhere", [quad(1)])
    (path / "snapshot.txt").write_bytes(pointer.encode("latin-1"))
    assert not store.is_store(path)
    with pytest.raises(DataError) as caught:
        store.open_store(path)
    assert caught.value.key == "store_missing"


def test_a_first_builder_that_was_killed_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "store"
    (path / "999999999-dead").mkdir(parents=True)
    store.build_store(path, [quad(1)])
    assert len(store.open_store(path)) == 1
    assert len(list(path.iterdir())) == 2


@pytest.mark.parametrize("kind", ["missing", "empty", "file"])
def test_what_is_no_store_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "store"
    if kind == "empty":
        path.mkdir()
    elif kind == "file":
        path.write_text("x", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        store.open_store(path)
    assert caught.value.key == "store_missing"


def test_a_broken_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "store"
    store.build_store(path, [quad(1)])
    for file in path.glob("*/MANIFEST*"):
        file.write_bytes(b"broken")
    with pytest.raises(DataError) as caught:
        store.open_store(path)
    assert caught.value.key == "store_broken"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        store.build_store(tmp_path / "file" / "store", [quad(1)])
    assert caught.value.key == "cannot_write"
