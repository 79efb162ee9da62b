"""The wheel does what the checkout does, from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content; its dependencies are those of the environment, so that no test needs a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "content")
    return folder / "content"


def run(unpacked: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "HOME": str(cwd), "PYTHONHASHSEED": "7"}
    return subprocess.run(
        [sys.executable, "-m", "viendan", *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_wheel_holds_all_assets_and_nothing_else(unpacked: Path) -> None:
    tops = {path.name for path in unpacked.iterdir()}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"viendan"}
    for folder in ("data", "ontology", "queries", "examples", "site/messages", "site/templates", "site/static"):
        packed = {path.name for path in (unpacked / "viendan" / "_assets" / folder).rglob("*") if path.is_file()}
        here = {path.name for path in (REPOSITORY / folder).rglob("*") if path.is_file()}
        assert packed == here, folder


def test_installed_wheel_builds_from_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    where = run(unpacked, tmp_path, "--version")
    assert where.returncode == 0, where.stderr
    built = run(unpacked, tmp_path, "build")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "build" / "site" / "index.html").is_file()
    assert (tmp_path / "build" / "store").is_dir()
    answered = run(unpacked, tmp_path, "query", "most_cited", "--format", "csv")
    assert answered.returncode == 0, answered.stderr
    assert "34-CT/TW" in answered.stdout
