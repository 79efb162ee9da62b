"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from viendan import messages

PACKAGE = REPOSITORY / "builders" / "viendan"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAP_NAMES = {"utils", "helpers", "common", "misc", "constants"}
MAX_MODULE, MAX_FUNCTION = 400, 40

# Longer than the rule, each with its reason.
LONG_FUNCTIONS: dict[str, str] = {}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=REPOSITORY, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [REPOSITORY / name for name in listed.stdout.decode().split("\0") if name and (REPOSITORY / name).is_file()]


def functions(module: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                yield node.name, (body[-1].end_lineno or 0) - body[0].lineno + 1


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_are_short(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MAX_MODULE
    name = str(module.relative_to(PACKAGE))
    long = [f"{name}:{function}" for function, lines in functions(module) if lines > MAX_FUNCTION]
    assert [function for function in long if function not in LONG_FUNCTIONS] == []


def test_every_exception_is_still_needed() -> None:
    long = {
        f"{module.relative_to(PACKAGE)}:{function}"
        for module in MODULES
        for function, lines in functions(module)
        if lines > MAX_FUNCTION
    }
    assert set(LONG_FUNCTIONS) <= long


def test_no_heap_of_odds_and_ends() -> None:
    assert [path for path in MODULES if path.stem in HEAP_NAMES] == []


def test_identifiers_are_ascii() -> None:
    for module in MODULES:
        names = {
            name
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
            for name in (getattr(node, "name", None), getattr(node, "id", None), getattr(node, "arg", None))
            if isinstance(name, str)
        }
        assert all(name.isascii() for name in names), module


def test_prefixes_stand_in_one_place() -> None:
    namespace = re.compile(r"https?://(?:w3id\.org/viendan|purl\.org/spar|data\.europa\.eu/eli|www\.w3\.org/ns/oa)")
    for module in MODULES:
        if module.name != "vocab.py":
            assert not namespace.search(module.read_text(encoding="utf-8")), module


def test_libraries_stay_where_they_belong() -> None:
    homes = {"jinja2": {"publish/pages.py"}, "pyvis": {"publish/network.py"}, "click": {"cli.py"}}
    for library, allowed in homes.items():
        users = {
            str(module.relative_to(PACKAGE))
            for module in MODULES
            if re.search(rf"^\s*(?:import|from) {library}\b", module.read_text(encoding="utf-8"), re.MULTILINE)
        }
        assert users <= allowed, library


def test_sparql_and_html_do_not_stand_in_code() -> None:
    sparql = re.compile(r"\b(?:SELECT|CONSTRUCT|ASK)\b[^\n]*\bWHERE\b|\bPREFIX\s+\w+:\s*<")
    markup = re.compile(r"(?<!\?P)</?(?:div|span|table|html|body|p|a|ul|li)\b[^<>\n]*>")
    for module in MODULES:
        strings = [
            node.value
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in strings if sparql.search(text)], module
        assert not [text for text in strings if markup.search(text)], module


def test_one_configuration_file() -> None:
    others = {
        "setup.py",
        "setup.cfg",
        "tox.ini",
        "pytest.ini",
        "mypy.ini",
        "ruff.toml",
        ".ruff.toml",
        ".importlinter",
        ".coveragerc",
    }
    assert [path for path in tracked() if path.name in others] == []
    assert "tool" in tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_copy_of_built_libraries_and_nothing_large() -> None:
    for path in tracked():
        assert path.stat().st_size < 1_000_000, path
        if path.suffix in {".js", ".css"}:
            lines = path.read_text(encoding="utf-8").splitlines()
            assert max(map(len, lines), default=0) < 2000, path


def test_no_path_of_a_machine() -> None:
    machine = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/[\w./-]+")
    for path in tracked():
        if path.suffix in {".png", ".ico", ".svg"} or path.name == "test_house.py":
            continue
        assert not machine.search(path.read_text(encoding="utf-8")), path


def test_messages_exist_in_both_languages_with_the_same_placeholders() -> None:
    holes = re.compile(r"\{(\w+)\}")
    vi, en = messages.catalogue("vi"), messages.catalogue("en")
    assert set(vi) == set(en)
    for key in vi:
        assert set(holes.findall(vi[key])) == set(holes.findall(en[key])), key


def test_every_error_has_its_sentence() -> None:
    raised = re.compile(r"\b(?:Input|Data|Query|Output|Viendan)Error\(\s*\"(\w+)\"")
    keys = {key for module in MODULES for key in raised.findall(module.read_text(encoding="utf-8"))}
    known = {key.removeprefix("error.") for key in messages.catalogue("vi") if key.startswith("error.")}
    assert keys <= known
    assert known <= keys, "a sentence that no error uses"
