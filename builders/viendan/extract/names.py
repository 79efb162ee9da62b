"""Names of bodies as token sequences: the vocabulary of bodies in one trie, and how a text is cut into its tokens.

A name is compared without case, with the tone mark on either vowel, with ``&`` as ``và`` and any dash as a comma
(``Thi đua - Khen thưởng`` and ``Thi đua, khen thưởng`` are one name); an abbreviation stands for the words it
abbreviates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from viendan import text, vocab
from viendan.extract import lexicon, places
from viendan.model import Level

_AND: Final = "và"
_JOINT: Final = ","
_REACH: Final = 320  # characters that one name may span
_NOTATION: Final = vocab.SKOS + "notation"
_Roles = frozenset[str] | None
_BRACKET: Final = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Name:
    """A body's name without its place, and what the vocabulary says of it.

    ``stem`` is the official wording, ``form`` the wording that was matched; ``role`` is ``agency`` (one single
    body), ``kind`` (one in each place) or the ``vd:wordKind`` of a body word; ``place_form`` says what of the place
    follows the stem: ``kind-name`` (``tỉnh Lào Cai``), ``name`` (``Lào Cai``) or ``none``.
    """

    key: str
    stem: str
    form: str
    role: str
    level: Level | None
    line: str
    place_form: str
    valid_from: str
    valid_to: str
    implied: str | None = None

    def valid_at(self, date: str | None) -> bool:
        """Whether the body existed on an ISO date (year, month); true for no date."""
        if not date:
            return True
        return (not self.valid_from or self.valid_from[: len(date)] <= date) and (
            not self.valid_to or date <= self.valid_to[: len(date)]
        )


class Token(NamedTuple):
    """A word, a comma or dash, or an abbreviation: its keys (several for an abbreviation) and where it stands."""

    keys: tuple[str, ...]
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    """A node of the trie: the next words, and the names that end here."""

    next: dict[str, _Node]
    names: tuple[Name, ...] = ()
    by_roles: dict[_Roles, tuple[Name, ...]] = field(default_factory=dict)

    def fitting(self, roles: _Roles) -> tuple[Name, ...]:
        """The names of some roles, of all for None."""
        if roles not in self.by_roles:
            self.by_roles[roles] = tuple(name for name in self.names if roles is None or name.role in roles)
        return self.by_roles[roles]


@dataclass(frozen=True, slots=True)
class Found:
    """The names that a run of tokens spells: ``count`` tokens; ``exact`` is false where a mark was misread."""

    names: tuple[Name, ...]
    count: int
    exact: bool


@cache
def words(kind: str) -> tuple[lexicon.Word, ...]:
    """The body words of a kind (``office``, ``organ``, ``head`` …)."""
    return tuple(word for word in lexicon.scheme("body-words") if word.get("wordKind") == kind)


@cache
def forms(kind: str) -> tuple[str, ...]:
    """All forms of the body words of a kind, longest first."""
    found = {form for word in words(kind) for form in word.forms}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


@cache
def vocabulary() -> tuple[Name, ...]:
    """Every form of every name. A chairman who acts for a committee is an office and a body, not a name."""
    found: list[Name] = []
    for scheme, role in (("agencies", "agency"), ("bodies", "kind")):
        for word in lexicon.scheme(scheme):
            if not word.get("actsFor"):
                found.extend(_entries(word, role))
    for kind in ("bare-name", "office", "organ"):
        for word in words(kind):
            found.extend(_name(word, form, form, kind) for form in (word.label, *word.alternatives))
    return tuple(found)


def _entries(word: lexicon.Word, role: str) -> Iterator[Name]:
    heads = word.all("nameHead") or (stems(word.label) if role == "kind" else (_BRACKET.sub("", word.label),))
    if role == "kind":
        labelled = stems(word.label)
        heads = (*(head for head in heads if head in labelled), *(head for head in heads if head not in labelled))
    for head in heads:
        yield _name(word, heads[0] if _shortened(head, heads[0]) else head, head, role)
    for form in (*word.alternatives, *word.misread):
        for stem in stems(form) if role == "kind" else (_BRACKET.sub("", form),):
            if stem not in heads and " " in stem:
                yield _name(word, heads[0] if role == "agency" or _shortened(stem, heads[0]) else stem, stem, role)


def _shortened(form: str, official: str) -> bool:
    """Whether a wording is the official one with words left out at its ends (``Mặt trận Tổ quốc``)."""
    return form != official and f" {form} " in f" {official} "


def _name(word: lexicon.Word, stem: str, form: str, role: str) -> Name:
    return Name(
        key=word.key,
        stem=stem,
        form=form,
        role=role,
        level=places.as_level(word.get("level")),
        line=word.get("line") or "",
        place_form=word.get("placeForm") or ("name" if role == "bare-name" else "kind-name"),
        valid_from=word.get("validFrom") or "",
        valid_to=word.get("validTo") or "",
        implied=word.get("impliedBody"),
    )


@lru_cache(maxsize=1024)
def stems(label: str) -> tuple[str, ...]:
    """The names in a label of a kind of bodies, without the place: ``Công an tỉnh, thành phố`` → ``Công an``."""
    found: list[str] = []
    for part in _BRACKET.sub("", label).split(" / "):
        stem = _place_tail().sub("", part).strip()
        if stem and stem[0].isupper() and stem not in found:
            found.append(stem)
    return tuple(found)


@cache
def _place_tail() -> re.Pattern[str]:
    kinds = "|".join(sorted((re.escape(kind) for kind in places.kinds()), key=lambda kind: -len(kind)))
    return re.compile(rf"(?:\s+(?:cấp\s+)?(?:{kinds})(?:\s*[,/]\s*(?:{kinds}))*)+$")


@cache
def _trie() -> _Node:
    root = _Node({})
    for name in vocabulary():
        _plant(root, _form_keys(name.form), name)
    return root


@cache
def _folded_trie() -> _Node:
    root = _Node({})
    for name in vocabulary():
        _plant(root, map(text.fold, _form_keys(name.form)), name)
    return root


def _plant(root: _Node, keys: Iterable[str], name: Name) -> None:
    node = root
    for key in keys:
        node = node.next.setdefault(key, _Node({}))
    if name not in node.names:
        node.names = (*node.names, name)


@cache
def abbreviations() -> Mapping[str, str]:
    """Abbreviations of bodies, offices and words of names with what they stand for; ambiguous ones left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in lexicon.scheme("abbreviations"):
        meaning = _meaning(word.label)
        if word.get("abbreviationKind") in ("body", "role", "topic") and meaning:
            for short in word.properties.get(_NOTATION, ()):
                found[short].add(meaning)
    for scheme in ("agencies", "bodies"):
        for word in lexicon.scheme(scheme):
            meanings = stems(word.label)
            for short in word.abbreviations:
                if meanings and not found.get(short):
                    found[short].add(meanings[0])
    known = {short: next(iter(meanings)) for short, meanings in found.items() if len(meanings) == 1}
    return MappingProxyType({short: known[short] for short in sorted(known) if _worth(short, known)})


def _worth(short: str, known: Mapping[str, str]) -> bool:
    """Whether an abbreviation says more than its words, each written out, would (``Chủ tịch UBND`` does not)."""
    return " ".join(known.get(word, word) if word != short else word for word in short.split(" ")) != known[short]


def _meaning(label: str) -> str:
    if ";" in label:
        return ""
    bare = _BRACKET.sub("", label).split(" / ")[0].strip()
    first = bare.split(", ")[0]
    return first if first.endswith(forms("bare-name")) else bare


def _any_of(forms: Iterable[str]) -> str:
    """A pattern of any of the forms, the longest first, branching letter by letter: it fails at the first letter."""
    branches: dict[str, list[str]] = defaultdict(list)
    ends = False
    for form in forms:
        if form:
            branches[form[0]].append(form[1:])
        else:
            ends = True
    listed = [re.escape(letter) + _any_of(branches[letter]) for letter in sorted(branches)]
    if ends:
        listed.append("")
    return listed[0] if len(listed) == 1 else f"(?:{'|'.join(listed)})"


@cache
def _token() -> re.Pattern[str]:
    short = _any_of(abbreviations()) if abbreviations() else ""
    first = rf"(?P<short>(?:{short})(?!\w))|" if short else r"(?P<short>(?!))|"
    return re.compile(rf"{first}(?P<word>[^\W_]+)|(?P<joint>[,–-])|(?P<and>&)")


@cache
def _shouted_token() -> re.Pattern[str]:
    """As ``_token``, for words in capitals: there a short abbreviation may be a word (``TƯ`` in ``BỘ TƯ PHÁP``)."""
    forms = [form for form in abbreviations() if len(form) > 2]
    short = _any_of(forms) if forms else ""
    first = rf"(?P<short>(?:{short})(?!\w))|" if short else r"(?P<short>(?!))|"
    return re.compile(rf"{first}(?P<word>[^\W_]+)|(?P<joint>[,–-])|(?P<and>&)")


class Tokens:
    """The tokens from one place of a text on, cut only as far as they are asked for: most names are a few words."""

    __slots__ = ("_flat", "_known", "_pattern", "_position", "_stop")

    def __init__(self, flat: str, start: int, stop: int, pattern: re.Pattern[str]) -> None:
        self._flat = flat
        self._position = start
        self._stop = stop
        self._pattern = pattern
        self._known: list[Token] = []

    @classmethod
    def of(cls, known: Iterable[Token]) -> Tokens:
        """Tokens that were cut already."""
        found = cls("", 0, 0, _token())
        found._known.extend(known)
        return found

    def at(self, index: int) -> Token | None:
        """The token at an index; None behind the last."""
        known = self._known
        while index >= len(known):
            if not self._read():
                return None
        return known[index]

    def run(self, first: int, count: int) -> list[Token]:
        """The tokens from an index on, so many at most."""
        self.at(first + count - 1)
        return self._known[first : first + count]

    def all(self) -> list[Token]:
        """All tokens."""
        while self._read():
            pass
        return self._known

    def _read(self) -> bool:
        """Cut one more token; whether there was one."""
        position, stop = self._position, self._stop
        match = self._pattern.match(self._flat, position, stop) if position < stop else None
        if match is None:
            self._position = stop
            return False
        first, position = match.span()
        self._known.append(Token(_keys(match), first, position))
        if position < stop:
            behind = self._flat[position]
            if behind == " ":
                position += 1
            elif behind == "." and position - first < 4 and self._flat[position - 1].isalpha():
                position += 2 if self._flat[position + 1 : position + 2] == " " else 1
        self._position = position
        return True


def tokens(flat: str, start: int = 0, end: int | None = None, *, shouted: bool = False) -> Tokens:
    """The tokens of ``flat[start:end]`` (at most some 300 characters), up to a character that no name contains.

    ``shouted``: the words are in capitals.
    """
    stop = min(len(flat), start + _REACH if end is None else end)
    return Tokens(flat, start, stop, _shouted_token() if shouted else _token())


@lru_cache(maxsize=65536)
def _word_keys(word: str) -> tuple[str]:
    return (text.compare_key(word),)


def _keys(match: re.Match[str]) -> tuple[str, ...]:
    if match.lastgroup == "word":
        return _word_keys(match.group())
    if match.lastgroup == "short":
        return _expanded(match.group())
    if match.lastgroup == "joint":
        return (_JOINT,)
    return (_AND,)


@lru_cache(maxsize=2048)
def _expanded(short: str) -> tuple[str, ...]:
    meaning = abbreviations()[short]
    return tuple(
        _JOINT if piece in ",-–" else text.compare_key(piece) for piece in re.findall(r"[^\W_]+|[,–-]", meaning)
    )


def longest(found: Tokens, first: int = 0, *, roles: _Roles = None) -> Found | None:
    """The longest name that the tokens from ``first`` on spell; None where they spell none."""
    return longest_each(found, first, roles)[0]


def longest_each(found: Tokens, first: int, *wanted: _Roles) -> list[Found | None]:
    """The longest name of each set of roles, as ``longest``, in one reading."""
    hits = _walk(_trie(), found, first, wanted, fold=False)
    if None in hits:
        misread = _walk(_folded_trie(), found, first, wanted, fold=True)
        for at, other in enumerate(misread):
            if hits[at] is None and other is not None and _nearly(found, first, other):
                hits[at] = other
    return hits


def _walk(root: _Node, found: Tokens, first: int, wanted: Sequence[_Roles], *, fold: bool) -> list[Found | None]:
    node = root
    best: list[Found | None] = [None] * len(wanted)
    index = first
    while (token := found.at(index)) is not None:
        for key in token.keys:
            following = node.next.get(text.fold(key) if fold else key)
            if following is None:
                return best
            node = following
        index += 1
        if node.names:
            for at, roles in enumerate(wanted):
                fitting = node.fitting(roles)
                if fitting:
                    best[at] = Found(fitting, index - first, not fold)
    return best


def _nearly(found: Tokens, first: int, hit: Found) -> bool:
    """Whether at most one word in three differs from the name in its marks: a misreading and not another word."""
    written = [key for token in found.run(first, hit.count) for key in token.keys]
    spelled = _form_keys(hit.names[0].form)
    if len(written) != len(spelled) or len(written) < 2:
        return False
    wrong = sum(one != other for one, other in zip(written, spelled, strict=True))
    return wrong * 3 <= max(len(written), 3)


@lru_cache(maxsize=8192)
def _form_keys(form: str) -> tuple[str, ...]:
    """The keys of a name's words."""
    return tuple(key for token in tokens(form).all() for key in token.keys)


@cache
def first_words() -> re.Pattern[str]:
    """A pattern of the words that any name of the vocabulary begins with: an anchor to start ``longest`` from."""
    firsts = {form.split(" ", 1)[0] for form in (*(name.form for name in vocabulary()), *abbreviations())}
    listed = "|".join(re.escape(word) for word in sorted(firsts, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
