"""Where the hand-written assets are: the only module that knows whether it runs from a checkout or a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """The folder that holds ``data``, ``ontology``, ``queries``, ``site`` and ``examples``.

    In a wheel it is ``viendan/_assets``; in a checkout the repository's top folder.
    """
    packed = _PACKAGE / "_assets"
    return packed if packed.is_dir() else _PACKAGE.parent.parent


def data_dir() -> Path:
    """The folder of the published Turtle: a file for each directive, and the registers."""
    return root() / "data"


def ontology_dir() -> Path:
    """The folder of terms, words and shapes."""
    return root() / "ontology"


def queries_dir() -> Path:
    """The folder of the named queries."""
    return root() / "queries"


def site_dir() -> Path:
    """The folder of templates, static files and messages."""
    return root() / "site"


def examples_dir() -> Path:
    """The folder of the invented directives."""
    return root() / "examples"
