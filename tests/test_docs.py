"""The docs run: every command of the README that is not make itself, in an empty folder that holds the examples."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith(".venv/bin/viendan")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("readme")
    (path / "examples").symlink_to(REPOSITORY / "examples")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_readme_command_runs(command: str, folder: Path) -> None:
    words = shlex.split(command)[1:]
    environment = {**os.environ, "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "viendan", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or "--out" in words


def test_readme_names_both_make_commands_and_they_exist() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for target in ("site", "test"):
        assert f"make {target}" in README
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert "make test" in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")


def test_readme_documents_every_exit_code() -> None:
    from viendan.errors import ExitCode

    rows = {int(code) for code in re.findall(r"^\| (\d) \|", README, re.MULTILINE)}
    assert rows == {code.value for code in ExitCode}


def test_links_between_documents_hold() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        content = (REPOSITORY / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", content):
            assert (REPOSITORY / target).exists(), f"{name}: {target}"
