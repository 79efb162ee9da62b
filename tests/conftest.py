"""What several tests need: the shared real documents where they are at hand, and the invented examples."""

from __future__ import annotations

from pathlib import Path

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
