"""Same input, same bytes: two builds of one commit, under different hash seeds, and for any order of input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow


def build(out: Path, seed: str) -> dict[str, bytes]:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Ho_Chi_Minh" if seed == "1" else "UTC"}
    subprocess.run(
        [sys.executable, "-m", "viendan", "build", str(REPOSITORY / "examples"), "--out", str(out)],
        env=environment,
        check=True,
        capture_output=True,
    )
    return {
        str(path.relative_to(out)): path.read_bytes()
        for top in ("data", "site")
        for path in sorted((out / top).rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    one, two = build(tmp_path / "one", "1"), build(tmp_path / "two", "2")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert any(name.startswith("site/id/instrument/") for name in one)
    assert not any(str(tmp_path).encode() in content for content in one.values())


def test_invented_data_never_mix_with_the_real(tmp_path: Path) -> None:
    pages = build(tmp_path / "one", "1")
    directives = {name for name in pages if name.startswith("data/")}
    assert directives == {f"data/{path.stem}.ttl" for path in (REPOSITORY / "examples").glob("*.txt")}
    assert not any("lao-cai-02-ct-ubnd" in name for name in pages)
