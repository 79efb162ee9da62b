"""Known movements and campaigns: which of them a wording names.

The register (scheme ``movements``) and the scheme ``movement-wordings`` give names; they are compared word by word
without marks, points and fillers, so that ``chung tay`` and ``chung sức``, a misread letter or a missing ``và`` make no
difference. A wording that says more than a known name is not that movement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product
from types import MappingProxyType
from typing import Final

from viendan import text
from viendan.extract import lexicon, movement_words
from viendan.model import MovementKind, Scope

_TOKEN: Final = re.compile(r"[^\W_]+")
_SHORTEST_PREFIX: Final = 18  # letters of a shortened name that is still believed to be the whole one's
_SHORTEST_MISREAD: Final = 16
_MAX_WORDS: Final = 48


@dataclass(frozen=True, slots=True)
class Known:
    """A movement of the register, with its usual full name."""

    key: str
    label: str
    kind: MovementKind
    scope: Scope
    unquoted: bool
    localises: str | None = None


@dataclass(slots=True)
class _Node:
    follow: dict[str, _Node] = field(default_factory=dict)
    known: tuple[Known, ...] = ()


@cache
def movements() -> Mapping[str, Known]:
    """All known movements by key."""
    found: dict[str, Known] = {}
    for word in (*lexicon.scheme("movement-wordings"), *lexicon.scheme("movements")):
        if word.label:
            found[word.key] = Known(
                key=word.key,
                label=word.label,
                kind="campaign" if word.get("movementKind") == "campaign" else "movement",
                scope=_scope(word.get("scope")),
                unquoted=word.get("unquoted") == "true",
                localises=word.get("localises"),
            )
    return MappingProxyType(found)


def _scope(value: str | None) -> Scope:
    known: tuple[Scope, ...] = ("national", "sectoral", "provincial", "district")
    for scope in known:
        if value is not None and value.startswith(scope):
            return scope
    return "national"


@cache
def _wordings() -> tuple[tuple[str, Known], ...]:
    """Every wording with its movement, sorted; the register's own words first."""
    found: dict[tuple[str, str], Known] = {}
    for scheme in ("movements", "movement-wordings"):
        for word in lexicon.scheme(scheme):
            known = movements().get(word.key)
            if known:
                for form in (*word.forms, *word.abbreviations):
                    if form:
                        found.setdefault((form, known.key), known)
    return tuple((form, known) for (form, _), known in sorted(found.items(), key=lambda item: item[0]))


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return text.fold(word)


def tokens(name: str) -> tuple[str, ...]:
    """The words of a name without marks, points and case, abbreviations written out."""
    return tuple(token for word in _TOKEN.findall(name) for token in _spelled(word))


@lru_cache(maxsize=8192)
def _spelled(word: str) -> tuple[str, ...]:
    return _shorts().get(word) or (_folded(word),)


@cache
def _shorts() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {
            short: tuple(_folded(part) for part in _TOKEN.findall(word.label))
            for word in movement_words.words("short")
            for short in word.abbreviations
        }
    )


@cache
def _rewrites() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Synonyms to their first form, and fillers to nothing, on folded words joined by blanks."""
    found: list[tuple[re.Pattern[str], str]] = []
    for word in movement_words.words("synonym"):
        for form in sorted(word.alternatives, key=len, reverse=True):
            found.append((_whole(form), " ".join(tokens(word.label))))
    found += [(_whole(form), "") for form in movement_words.forms("filler")]
    return tuple(found)


def _whole(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){re.escape(' '.join(tokens(form)))}(?!\S)")


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """The letters and digits that all wordings of one name share; the name's own words where only fillers are left."""
    spaced = " ".join(tokens(name))
    plain = spaced
    for pattern, instead in _rewrites():
        plain = pattern.sub(instead, plain)
    return plain.replace(" ", "") or spaced.replace(" ", "")


@lru_cache(maxsize=8192)
def core_key(name: str) -> str:
    """As ``name_key``, also without the words for the whole country: what a local copy has in common with it."""
    spaced = " ".join(tokens(name))
    for form in movement_words.forms("nationwide"):
        spaced = _whole(form).sub("", spaced)
    return name_key(spaced)


@cache
def _by_key() -> Mapping[str, tuple[Known, ...]]:
    return _index(name_key)


@cache
def _by_letters() -> Mapping[str, tuple[Known, ...]]:
    """By all letters, fillers too: where a blank is lost, a filler can not be told."""
    return _index(lambda form: "".join(tokens(form)))


@cache
def _by_core() -> Mapping[str, tuple[Known, ...]]:
    return _index(core_key)


def _index(key_of: Callable[[str], str]) -> Mapping[str, tuple[Known, ...]]:
    found: dict[str, list[Known]] = {}
    for form, known in _wordings():
        listed = found.setdefault(key_of(form), [])
        if known not in listed:
            listed.append(known)
    return MappingProxyType({key: tuple(value) for key, value in found.items()})


def exactly(name: str, kind: MovementKind | None) -> Known | None:
    """The movement that a name is a wording of; of two, the one whose kind the text says."""
    found = _by_key().get(name_key(name)) or _by_letters().get("".join(tokens(name)), ())
    return _choose(found, kind)


def local_original(name: str, kind: MovementKind | None) -> Known | None:
    """The national movement of which a name, its place left out, is a copy."""
    key = core_key(name)
    found = [known for known in _by_core().get(key, ()) if known.scope in ("national", "sectoral")]
    if not found and len(key) >= _SHORTEST_PREFIX:
        found = _shortened(key, _by_core())
    return _choose(found, kind)


def nearly(name: str, kind: MovementKind | None) -> Known | None:
    """The movement of a name that is shortened at its end, or in which letters are misread; None where two fit."""
    key = name_key(name)
    found: Sequence[Known] = _shortened(key, _by_key()) if len(key) >= _SHORTEST_PREFIX else ()
    if not found and len(key) >= _SHORTEST_MISREAD:
        limit = 1 if len(key) < 30 else 2
        found = _distinct(
            known
            for other, listed in _by_key().items()
            if abs(len(other) - len(key)) <= limit
            and _digits(other) == _digits(key)
            and _distance(other, key, limit) <= limit
            for known in listed
        )
    return found[0] if len({known.key for known in found}) == 1 else _choose_kind(found, kind)


def _shortened(key: str, index: Mapping[str, tuple[Known, ...]]) -> list[Known]:
    return _distinct(
        known
        for other, listed in index.items()
        if other.startswith(key) and len(key) * 5 >= len(other) * 3
        for known in listed
    )


def _distinct(some: Iterable[Known]) -> list[Known]:
    return list({known.key: known for known in some}.values())


def _choose(found: Sequence[Known], kind: MovementKind | None) -> Known | None:
    return _choose_kind(found, kind) or (found[0] if found else None)


def _choose_kind(found: Sequence[Known], kind: MovementKind | None) -> Known | None:
    same = [known for known in found if kind is None or known.kind == kind]
    return same[0] if len(same) == 1 or (same and len(found) > 1 and kind) else None


def _digits(key: str) -> str:
    return "".join(char for char in key if char.isdigit())


def _distance(one: str, other: str, limit: int) -> int:
    """The edit distance of two short strings, ``limit + 1`` where it is larger."""
    if one == other:
        return 0
    row = list(range(len(other) + 1))
    for line, left in enumerate(one, 1):
        before, row[0] = row[0], line
        for column, right in enumerate(other, 1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (left != right)),
            )
        if min(row) > limit:
            return limit + 1
    return row[-1]


@cache
def _trie() -> _Node:
    root = _Node()
    for form, known in _wordings():
        for path in _paths(tokens(form)):
            node = root
            for token in path:
                node = node.follow.setdefault(token, _Node())
            if known not in node.known:
                node.known = (*node.known, known)
    return root


def _paths(own: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The words of a form, with each synonym in it written in all its ways."""
    choices: list[list[tuple[str, ...]]] = []
    position = 0
    groups = _synonyms()
    while position < len(own):
        for group in groups:
            hit = next((form for form in group if own[position : position + len(form)] == form), None)
            if hit:
                choices.append(list(group))
                position += len(hit)
                break
        else:
            choices.append([(own[position],)])
            position += 1
    return {tuple(token for part in path for token in part) for path in product(*choices)}


@cache
def _synonyms() -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(
        tuple(sorted((tokens(form) for form in (word.label, *word.alternatives)), key=lambda form: (-len(form), form)))
        for word in movement_words.words("synonym")
    )


_NEXT: Final = re.compile(r"[ ,\-:–\"“”]{0,4}(?P<word>[^\W_]+)|; (?P<after>[^\W_]+)")


def _along(node: _Node, path: Iterable[str]) -> _Node | None:
    for token in path:
        following = node.follow.get(token)
        if following is None:
            return None
        node = following
    return node


def may_start(flat: str, position: int) -> bool:
    """Whether the first two words at ``position`` begin some known wording: a cheap look before a dear one."""
    first = _TOKEN.match(flat, position)
    node = _along(_trie(), _spelled(first.group())) if first else None
    if first is None or node is None:
        return False
    second = _NEXT.match(flat, first.end())
    return bool(node.known) or (second is not None and _spelled(second.group(second.lastgroup or 0))[0] in node.follow)


def starting_at(flat: str, position: int, kind: MovementKind | None) -> tuple[Known, int] | None:
    """The known movement whose wording starts at ``position``, the longest, and where it ends."""
    node = _trie()
    best: tuple[Known, int] | None = None
    end = position
    for index in range(_MAX_WORDS):
        found = _NEXT.match(flat, end) if index else _TOKEN.match(flat, position)
        if found is None:
            break
        word = found.group(found.lastgroup) if index and found.lastgroup else found.group()
        follow = _along(node, _spelled(word)) or node.follow.get(_folded(word))
        if follow is None:
            break
        node, end = follow, found.end()
        chosen = _choose(node.known, kind)
        if chosen:
            best = (chosen, end)
    return best
