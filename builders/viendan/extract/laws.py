"""Names of laws, codes, ordinances and constitutions: where a name ends, and which laws have it.

The register of laws (scheme ``instruments``) ends a name at the right word; a name that it does not know ends where the
grammar says. Names are compared without case, commas and the place of the tone mark.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from viendan import text, vocab
from viendan.extract import lexicon, patterns

LAW_TYPES: Final = frozenset({"luat", "bo-luat", "phap-lenh", "hien-phap"})
_WORD: Final = re.compile(r"[^\W_]+|(?P<joint>, ?| ?[-–] ?| & )|(?P<other>.)", re.DOTALL)
_BRACKET: Final = re.compile(r" ?\([^()]*\)")
_ABOUT: Final = "về "
_LONGEST, _GUESSED = 220, 160  # characters of a name in the register, and of one that is not


@dataclass(frozen=True, slots=True)
class Law:
    """A law of the register: its IRI, type, number (None before 1992), date, and its name without the type word."""

    iri: str
    type: str
    number: str | None
    date: str
    issuer: str
    name: str


class LawName(NamedTuple):
    """A law's name in the text, from behind the type word, and the laws that have it (none where it is unknown)."""

    start: int
    end: int
    laws: tuple[Law, ...]


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node]
    laws: tuple[Law, ...] = ()
    name: bool = False


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    return text.compare_key(word)


@cache
def _type_labels() -> Mapping[str, str]:
    return MappingProxyType(
        {word.key: word.label for word in lexicon.scheme("instrument-types") if word.key in LAW_TYPES}
    )


@cache
def laws() -> tuple[tuple[Law, tuple[str, ...]], ...]:
    """Every law of the register with all its names, type word included."""
    found = []
    for word in lexicon.scheme("instruments"):
        if not word.iri.startswith(_BASE):
            continue
        issuer, kind = word.iri[len(_BASE) :].split("/")[:2]
        if kind not in LAW_TYPES:
            continue
        label = _type_labels()[kind]
        number = _first(word, ID_LOCAL)
        law = Law(word.iri, label, number, _first(word, DATE_DOCUMENT) or "", issuer, word.label[len(label) :].strip())
        names = {word.label, *word.alternatives, *word.all("shortName")}
        found.append((law, tuple(sorted(names))))
    return tuple(found)


_BASE: Final = vocab.ID + "instrument/"
ID_LOCAL: Final = vocab.ELI + "id_local"
DATE_DOCUMENT: Final = vocab.ELI + "date_document"


def _first(word: lexicon.Word, name: str) -> str | None:
    values = word.properties.get(name, ())
    return values[0] if values else None


@cache
def _tries(folded: bool) -> Mapping[str, _Node]:
    """The names of laws word by word, for each type; ``folded`` without marks, and then only names of several words."""
    roots: dict[str, _Node] = defaultdict(lambda: _Node({}))
    for law, names in laws():
        for name in names:
            rest = _without_type(name)
            if rest is None or amends(rest) or rest.startswith("năm") or (folded and " " not in rest):
                continue
            node = _plant(roots[law.type], rest, folded)
            if law not in node.laws:
                node.laws = (*node.laws, law)
    for name in patterns.cue_words("law-name"):
        label = next(label for label in patterns.types_of("law") if name.startswith(f"{label} "))
        _plant(roots[label], name[len(label) + 1 :], folded)
    return MappingProxyType(dict(roots))


def _plant(root: _Node, name: str, folded: bool) -> _Node:
    """The node of a name, made where it is new; a bracket in it and ``về`` before it are no part of the name."""
    node = root
    for key in _keys(_BRACKET.sub("", name.removeprefix(_ABOUT))):
        node = node.next.setdefault(text.fold(key) if folded else key, _Node({}))
    node.name = True
    return node


def _without_type(name: str) -> str | None:
    for label in sorted(patterns.types_of("law"), key=lambda label: (-len(label), label)):
        if name.startswith(label + " "):
            return name[len(label) + 1 :]
    return name if " " not in name and name.isupper() else None


def _keys(words: str) -> list[str]:
    return [_key(match.group()) for match in _WORD.finditer(words) if match.lastgroup is None]


@cache
def _amending() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:{patterns.one_of('amending-law')})(?!\w)")


def amends(name: str) -> bool:
    """Whether a law's name (without its type word) is that of an amending law."""
    return _amending().match(name) is not None


def match_name(flat: str, position: int, type_label: str) -> LawName | None:
    """The longest name in the register that stands behind the type word ending at ``position``.

    A capitalised name that is in no register is compared once more without its marks, which scans misread.
    """
    if flat[position : position + 1] not in (" ", "\n"):
        return None
    found = _walk(_tries(False).get(type_label), flat, position, fold=False)
    if found is None and flat[position + 1 : position + 2].isupper():
        return _walk(_tries(True).get(type_label), flat, position, fold=True)
    return found


def _walk(root: _Node | None, flat: str, position: int, *, fold: bool) -> LawName | None:
    if root is None:
        return None
    node, best = root, None
    first = position + (4 if flat.startswith(" về ", position) else 1)
    for match in _WORD.finditer(flat, first, min(len(flat), first + _LONGEST)):
        if match.lastgroup == "joint" or match.group() == " ":
            continue
        key = _key(match.group())
        following = node.next.get(text.fold(key) if fold else key) if match.lastgroup is None else None
        if following is None:
            break
        node = following
        if node.name:
            best = LawName(position + 1, match.end(), node.laws)
    return LawName(best.start, _name_tail(flat, best), best.laws) if best else None


def _name_tail(flat: str, name: LawName) -> int:
    """The end of a name with the nation, or the bracket, that it goes on with (``… ở người (HIV/AIDS)``)."""
    nation = _nation().match(flat, name.end)
    if nation:
        return nation.end()
    brackets = {bracket for law in name.laws for bracket in _BRACKET.findall(law.name)}
    return next((name.end + len(bracket) for bracket in brackets if flat.startswith(bracket, name.end)), name.end)


@cache
def _nation() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('law-nation')})(?!\w)")


@cache
def _boundary() -> re.Pattern[str]:
    return re.compile(
        rf"[.;:()\[\]“”\"\n<>]| (?:{patterns.one_of('law-name-stop')})(?!\w)"
        rf"|,? (?:và |hoặc )?(?:các )?(?i:{patterns.small_types()})(?!\w| (?:{patterns.one_of('type-in-word')})(?!\w))"
        rf"| hoặc |, (?=[{patterns.UPPER}])"
        r"| (?:số|ngày|năm) (?=\d)| (?=\d)"
    )


def guess_name(flat: str, position: int) -> LawName | None:
    """A name that the register does not know, up to a word that no name contains; None for anything else."""
    if not _name_start().match(flat, position):
        return None
    limit = min(len(flat), position + _GUESSED)
    stop = _boundary().search(flat, position + 1, limit)
    end = position + len(flat[position : stop.start() if stop else limit].rstrip(" ,-"))
    typed = _law_word().match(flat, position + 1)
    if end < position + 3 or (typed and typed.end() >= end):  # "Luật Luật …" names nothing
        return None
    return LawName(position + 1, end, ())


@cache
def _law_word() -> re.Pattern[str]:
    labels = sorted(patterns.types_of("law"), key=lambda label: (-len(label), label))
    return re.compile(rf"(?i:{'|'.join(map(re.escape, labels))})(?!\w)")


@cache
def _name_start() -> re.Pattern[str]:
    """How an unknown name may begin: with a capital, or with a noun of the field, not with a verb or a pronoun."""
    stops = patterns.one_of("law-name-stop", "no-law-name")
    noun = rf"(?!(?:{stops})(?!\w))(?=[^\W\d_]+,? [^\W\d_])"
    return re.compile(rf" (?!(?:{patterns.one_of('ground')}) )(?:(?=[{patterns.UPPER}])|{noun})")


_QUOTED: Final = re.compile(r" (?:“ ?(?P<curly>[^“”\n]{4,240}?) ?”|\" ?(?P<straight>[^\"\n]{4,240}?) ?\")")


def quoted_name(flat: str, position: int, type_label: str) -> tuple[LawName, int] | None:
    """A name in quotation marks behind the type word, and where the marks end; None where none stands there."""
    match = _QUOTED.match(flat, position)
    if match is None:
        return None
    start, end = match.span(match.lastgroup or 0)
    known = match_name(f" {flat[start:end]}", 0, type_label)
    return LawName(start, end, known.laws if known and known.end == end - start + 1 else ()), match.end()


@cache
def _dated() -> re.Pattern[str]:
    about = patterns.one_of("law-about")
    return re.compile(rf" (?P<name>(?:{about}) [^.;:()“”\"\n\d]{{8,140}}?)(?= ngày \d)")


@cache
def _no_dated() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('law-about-stop')})(?!\w)")


def dated_name(flat: str, position: int) -> LawName | None:
    """A subject that stands for a name where the law's date follows it (``Pháp lệnh quy định thể lệ … ngày …``)."""
    match = _dated().match(flat, position)
    if match is None or _no_dated().search(match.group()):
        return None
    return LawName(*match.span("name"), ())


@cache
def by_number() -> Mapping[str, tuple[Law, ...]]:
    """The laws of the register by number, in capitals."""
    found: dict[str, list[Law]] = defaultdict(list)
    for law, _ in laws():
        if law.number:
            found[law.number.upper()].append(law)
    return MappingProxyType({number: tuple(known) for number, known in found.items()})


def resolve(known: tuple[Law, ...], *, date: str | None, year: str | None) -> Law | None:
    """The one law among those of a name that a date or year of adoption tells; None where it stays ambiguous."""
    if date:
        fitting = [law for law in known if law.date == date] or [law for law in known if law.date[:4] == date[:4]]
    elif year:
        fitting = [law for law in known if law.date[:4] == year]
    else:
        fitting = list(known)
    return fitting[0] if len({law.iri for law in fitting}) == 1 else None
