"""Symbols of bodies in official numbers: ``NĐ-CP`` is the Government's, ``TTr-SNV`` a department's.

A symbol is certain only where one body (of its time) or one kind of body uses it; ``NQ/TW`` and joint symbols are
nobody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from viendan import text
from viendan.extract import lexicon, names

_PARTS: Final = re.compile(r"[-/_. ]+")
_TERM: Final = re.compile(r"(?<=[^\W\d])\d{1,2}$")


@cache
def _types() -> frozenset[str]:
    return frozenset(
        _key(symbol)
        for word in lexicon.scheme("instrument-types")
        for symbol in (*word.symbols, *word.all("ambiguousSymbol"))
    )


@cache
def _joint() -> frozenset[str]:
    """Symbols of types that several bodies issue together (``TTLT``): no one body is certain."""
    return frozenset(_key(form) for word in names.words("joint-symbol") for form in word.symbols)


@cache
def _bodies() -> Mapping[str, tuple[names.Name, ...]]:
    found: dict[str, list[names.Name]] = defaultdict(list)
    for scheme in ("agencies", "bodies"):
        for word in lexicon.scheme(scheme):
            for name in _names(word.get("actsFor") or word.key, scheme):
                for symbol in {_key(symbol) for symbol in word.symbols}:
                    if name not in found[symbol]:
                        found[symbol].append(name)
    return MappingProxyType({symbol: tuple(_wholes(value)) for symbol, value in found.items()})


def _wholes(found: list[names.Name]) -> list[names.Name]:
    """The bodies that are not the standing part of another one of them: a committee for its board (``TU``)."""
    keys = {name.key for name in found}
    return [name for name in found if _part_of().get(name.key) not in keys] or found


@cache
def _part_of() -> Mapping[str, str]:
    """The body that a body is the standing part of, by key."""
    parts = ((word.key, word.get("partOf")) for word in lexicon.scheme("bodies"))
    return MappingProxyType({key: whole for key, whole in parts if whole})


@cache
def _name_index() -> Mapping[tuple[str, str], tuple[names.Name, ...]]:
    """The first wording of each body and kind of body, by role and key."""
    found: dict[tuple[str, str], tuple[names.Name, ...]] = {}
    for name in names.vocabulary():
        found.setdefault((name.role, name.key), (name,))
    return MappingProxyType(found)


def _names(key: str, scheme: str) -> tuple[names.Name, ...]:
    return _name_index().get(("agency" if scheme == "agencies" else "kind", key), ())


def _key(symbol: str) -> str:
    return text.nfc(symbol).upper().replace("TƯ", "TW").replace("Ð", "Đ")


def candidates(symbol: str, date: str | None) -> tuple[names.Name, ...]:
    """The bodies and kinds of bodies that the symbol of a number may mean, those of the number's time first.

    ``symbol`` is what follows the serial (and the year): ``NĐ-CP``, ``UBND-VX``, ``QH15``. Empty for joint and
    unknown ones.
    """
    parts = [part for part in _PARTS.split(_key(symbol)) if part]
    if not parts or parts[0] in _joint():
        return ()
    known = _bodies()
    body = parts[1] if len(parts) > 1 and parts[0] in _types() else parts[0]
    if body not in known and _TERM.sub("", body) not in known:
        return ()
    found = known.get(body) or known[_TERM.sub("", body)]
    fitting = tuple(name for name in found if name.valid_at(date)) or found
    # A body that is known to have been there then, and to be no more, goes before one of unknown years ("53-CP", 1967).
    of_then = tuple(name for name in fitting if date and name.valid_from and name.valid_to)
    unknown = all(not (name.valid_from or name.valid_to) for name in fitting if name not in of_then)
    return of_then if of_then and unknown else fitting
