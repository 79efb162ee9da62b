"""The words around names of movements (scheme ``movement-words``), compiled into the few patterns that read them.

A pattern reads a word in any case and with any tone mark: scans misread marks (``phong trảo``), and a trigger word is
never another word without them. Every pattern is bounded: it looks at a window, never at the whole text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import lexicon
from viendan.model import MovementKind, Scope

_SCHEME: Final = "movement-words"
_VIETNAMESE: Final = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"


@cache
def words(kind: str) -> tuple[lexicon.Word, ...]:
    """The words of a kind (``trigger``, ``blocker`` …), sorted by key."""
    return tuple(word for word in lexicon.scheme(_SCHEME) if word.get("wordKind") == kind)


@cache
def forms(kind: str) -> tuple[str, ...]:
    """All forms of the words of a kind, the longest first."""
    return tuple(sorted({form for word in words(kind) for form in word.forms}, key=lambda form: (-len(form), form)))


@cache
def _variants() -> dict[str, str]:
    """For each plain letter a class of all letters that fold to it."""
    found: dict[str, list[str]] = {}
    for letter in _VIETNAMESE:
        found.setdefault(text.fold(letter), []).extend((letter, letter.upper()))
    return {plain: "[" + "".join(sorted(letters)) + "]" for plain, letters in found.items()}


def loose(form: str) -> str:
    """A pattern of a form in any case and with any marks; a blank may be missing, or be a hyphen."""
    pieces = []
    for char in unicodedata.normalize("NFC", form):
        plain = text.fold(char)
        pieces.append(_variants()[plain] if plain in _variants() else ("[ -]?" if char == " " else re.escape(char)))
    return "".join(pieces)


def exact(form: str) -> str:
    """A pattern of a form in any case, its marks as they are."""
    return "".join(
        f"[{char.lower()}{char.upper()}]" if char.lower() != char.upper() else re.escape(char)
        for char in unicodedata.normalize("NFC", form)
    )


def _any(some: Iterable[str]) -> str:
    return "(?:" + "|".join(some) + ")"


@cache
def triggers() -> re.Pattern[str]:
    """A word that governs a movement's name; the group that matched tells its kind (see ``trigger_kind``).

    It begins with the class of all first letters: that is what makes the scan fast. Whether a letter stands before the
    match is for the caller to see.
    """
    launch = [f"{loose(verb.label)}[ -]{loose(word.label)}" for verb in words("launch") for word in emulation()]
    whole = [("movement", [loose(form) for form in forms_of("movement")])]
    drives = [loose(form) for word in words("weak-trigger") if word not in emulation() for form in word.forms]
    whole += [("campaign", [loose(form) for form in forms_of("campaign")]), ("launch", launch), ("drive", drives)]
    firsts = {pattern[: pattern.index("]") + 1] for _, patterns in whole for pattern in patterns}
    first = "[" + "".join(sorted({char for pattern in firsts for char in pattern[1:-1]})) + "]"
    rest = [
        f"(?P<{group}>{_any(sorted(_tails(patterns), key=lambda tail: (-len(tail), tail)))})"
        for group, patterns in whole
    ]
    return re.compile(first + _any(rest) + "(?![^\\W_])")


def _tails(patterns: Iterable[str]) -> set[str]:
    """The patterns without their first letter's class."""
    return {pattern[pattern.index("]") + 1 :] for pattern in patterns}


def forms_of(kind: str) -> tuple[str, ...]:
    """The triggers of a kind of movement, the longest first."""
    found = {form for word in words("trigger") if word.get("movementKind") == kind for form in word.forms}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def trigger_kind(match: re.Match[str]) -> MovementKind:
    """What the trigger says that the movement is."""
    return "campaign" if match.lastgroup in ("campaign", "drive") else "movement"


@cache
def one_of(*kinds: str) -> re.Pattern[str]:
    """A whole word of the given kinds, in any case, its marks as they are."""
    some = sorted({form for kind in kinds for form in forms(kind)}, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)" + _any(exact(form) for form in some) + r"(?!\w)")


@cache
def at_end(*kinds: str) -> re.Pattern[str]:
    """A word of the given kinds at the end of a short text, blanks and colons apart."""
    some = sorted({form for kind in kinds for form in forms(kind)}, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)" + _any(exact(form) for form in some) + r"[ :]*\Z")


@cache
def modifiers() -> re.Pattern[str]:
    """What may stand between a trigger and a name without quotation marks: `` thi đua yêu nước ``."""
    return re.compile(r"(?:[ :]+" + _any(exact(form) for form in forms("modifier")) + r"(?!\w))*[ :]*")


@cache
def period() -> re.Pattern[str]:
    """A period in or behind a name: ``giai đoạn 2021-2025``, ``(2021 - 2025)``, ``năm 2023``, ``đến năm 2030``."""
    word = _any(exact(form) for form in forms("period"))
    years = r"(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)?\d\d)?"
    return re.compile(rf"[ ,;(-]*(?:{word} )+{years}\)?|[ ,;]*\({years}\)")


@cache
def between() -> re.Pattern[str]:
    """What may stand between two names of a list: period, place, brackets, a conjunction, a new item's mark."""
    area = (
        rf" {_any(exact(form) for form in forms('area'))} [^,;.:“”\"«»()\n]{{1,50}}?(?=[,;\n]| và | giai đoạn| năm|$)"
    )
    joint = r"(?:và|hoặc|cùng với|cùng|các|việc)(?= )"
    item = r"(?<=[;,])\n(?: *[-+•*–●▪·]| *[a-zđ]\)| *\d{1,2}[.)])?"
    return re.compile(rf"(?:{period().pattern}|{area}|\([^()\n]{{1,80}}\)|[,;/+&…” -]|\.\.\.|{joint}|{item})*")


@cache
def blockers() -> re.Pattern[str]:
    """A noun that governs quoted words which are no movement: theme, model, contest, and every type of instrument."""
    types = {word.label for word in lexicon.scheme("instrument-types")}
    some = sorted({*forms("blocker"), *types}, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)" + _any(exact(form) for form in some) + r"(?!\w)")


@cache
def national_launchers() -> frozenset[str]:
    """Compare keys of the bodies that launch movements for the whole country."""
    return frozenset(
        text.compare_key(form) for word in words("launcher") if word.get("scope") == "national" for form in word.forms
    )


@cache
def launched_by() -> re.Pattern[str]:
    """``do Thủ tướng Chính phủ phát động``: who launched, in a window; one named group for each scope."""
    launch = _any(exact(form) for form in forms("launch"))
    some = [f"(?P<{scope}>{_any(exact(form) for form in _launchers(scope))})" for scope in _SCOPES]
    return re.compile(rf"\bdo (?:các )?{_any(some)}(?!\w)[^.;:“\"]{{0,80}}?{launch}")


def _launchers(scope: str) -> list[str]:
    found = {form for word in words("launcher") if word.get("scope") == scope for form in word.forms}
    return sorted(found, key=lambda form: (-len(form), form))


def launcher_scope(match: re.Match[str]) -> Scope | None:
    """The scope that a match of ``launched_by`` states; None where it names launchers of several scopes."""
    words_between = match.group()
    found: list[Scope] = [scope for scope in _SCOPES if match.group(scope)]
    others = [
        scope
        for scope in _SCOPES
        if scope not in found and _launcher(scope).search(words_between, match.end(found[0]) - match.start())
    ]
    return found[0] if found and not others else None


_SCOPES: Final[tuple[Scope, ...]] = ("sectoral", "national", "provincial", "district")


@cache
def _launcher(scope: Scope) -> re.Pattern[str]:
    return re.compile(r"(?:,|và) (?:các )?(?:của )?" + _any(exact(form) for form in _launchers(scope)) + r"(?!\w)")


@cache
def spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Misread spellings and what they stand for, to mend labels."""
    return tuple((re.compile(loose(word.label)), word.label) for word in words("spelling"))


@cache
def emulation() -> tuple[lexicon.Word, ...]:
    """``thi đua``, a trigger only as the object of the verb of launching."""
    return tuple(word for word in words("weak-trigger") if word.get("movementKind") == "movement")


@cache
def launched_emulation() -> re.Pattern[str]:
    """``thi đua`` at the end of a match of ``triggers``."""
    return re.compile(_any(loose(word.label) for word in emulation()) + r"\Z")
