"""What several tests need: the shared real documents where they are at hand, and the invented examples."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and careful annotations; the test is skipped where it is missing."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("the real documents (../shared) are not at hand")
    return SHARED


@pytest.fixture(scope="session")
def examples() -> Path:
    """The invented directives."""
    return REPOSITORY / "examples"


def load_scorer(shared: Path, name: str = "score") -> ModuleType:
    """A scorer that lies beside the annotations, as a module."""
    spec = importlib.util.spec_from_file_location(name, shared / "gold" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
