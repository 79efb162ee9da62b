"""Every text that a person sees, in Vietnamese (default) and English, from ``site/messages/*.toml``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Literal, cast

from viendan import assets
from viendan.errors import ViendanError

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All messages of one language: dotted key to text with ``{name}`` placeholders.

    The catalogues are ``LANGUAGE.toml`` (pages, errors) and ``cli.LANGUAGE.toml`` (the command line).
    """
    folder = assets.site_dir() / "messages"
    flat: dict[str, str] = {}
    for name in (f"{language}.toml", f"cli.{language}.toml"):
        _flatten("", tomllib.loads((folder / name).read_text(encoding="utf-8")), flat)
    return flat


def _flatten(prefix: str, table: Mapping[str, object], flat: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping):
            _flatten(key + ".", cast("Mapping[str, object]", value), flat)
        else:
            flat[key] = str(value)


def preferred_language() -> Language:
    """The language that the environment variable ``VIENDAN_LANG`` asks for, else Vietnamese."""
    return "en" if os.environ.get("VIENDAN_LANG", "").lower().startswith("en") else "vi"


def say(key: str, language: Language | None = None, /, **values: str | int) -> str:
    """The message ``key`` with ``values`` filled in; raises ``KeyError`` for a key that is in no catalogue."""
    return catalogue(language or preferred_language())[key].format(**values)


def explain(error: ViendanError, language: Language | None = None) -> str:
    """The sentence for an error; its key must stand under ``error.`` in the catalogues."""
    return say(f"error.{error.key}", language, **error.values)
