"""Which mentions of a document mean the same instrument: numbers, short forms and names bound to a fuller mention.

``Nghị định 30`` is the decree with this serial that the document cites in full; ``(sau đây gọi là Đề án 06)`` is what
stands before the bracket; ``Luật năm 2022`` the last law of that year. What fits two instruments is bound to neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from viendan import identifiers, text
from viendan.extract import coordination, numbered, patterns, short_names
from viendan.extract.found import Found
from viendan.extract.particulars import Scene
from viendan.model import Body


class Bound(NamedTuple):
    """A mention, the number of its group (one for all of one instrument), and the start of the mention it leans on."""

    found: Found
    group: int
    antecedent: int | None = None


_YEAR_RULES: Final = frozenset({"law-year", "law-date"})
_LOOK_BACK: Final = 400  # mentions that are looked back for an antecedent
_ALIAS_REACH: Final = 1200  # characters between an instrument and the bracket that renames it


def bind(scene: Scene, found: list[Found]) -> list[Bound]:
    """All mentions with their groups, in order; issuers are completed from symbols and from fuller mentions."""
    groups = _Groups(scene, found)
    done = []
    for index, hit in enumerate(found):
        bound = _with_issuer(scene, hit, groups.stated.get(groups.of[index]))
        done.append(Bound(bound, groups.of[index], groups.leans.get(index)))
    return done


def _with_issuer(scene: Scene, hit: Found, stated: Body | None) -> Found:
    """The mention with the issuer that another mention of its instrument states, else the one that its symbol means."""
    if hit.stated_issuer or (hit.kind == "named" and hit.issuer):
        return hit
    if hit.issuer is not None:
        return hit._replace(issuer=stated) if stated else hit
    issuer = stated or coordination.symbol_body(scene, hit)
    return hit._replace(issuer=issuer, issuer_from="other-mention" if stated else "symbol") if issuer else hit


class _Groups:
    """Mentions put together one after the other; ``of`` gives the group of each, ``leans`` what a short form leans on.

    A group is known by what its members say (their signatures), so that a number cited very often costs no more.
    """

    def __init__(self, scene: Scene, found: list[Found]) -> None:
        self.scene = scene
        self.found = found
        self.of: list[int] = list(range(len(found)))
        self.leans: dict[int, int] = {}
        self.stated: dict[int, Body] = {}
        self._signatures: dict[int, dict[_Signature, None]] = {}
        self._join_numbers()
        self._join_short_forms()
        for index, hit in enumerate(found):
            if hit.stated_issuer and hit.issuer:
                self.stated.setdefault(self.of[index], hit.issuer)

    def _join_numbers(self) -> None:
        """Mentions of one number that contradict each other in nothing: those that say most come first."""
        by_number: dict[str, list[int]] = defaultdict(list)
        order = sorted(range(len(self.found)), key=lambda index: (-_weight(self.found[index]), index))
        for index in order:
            hit = self.found[index]
            if hit.kind != "numbered" or not hit.number or not hit.symbol:
                continue
            known = by_number[number_key(hit.number)]
            signature = _signature(hit)
            fitting = [
                group for group in known if all(compatible(signature, other) for other in self._signatures[group])
            ]
            if fitting:
                self.of[index] = min(fitting, key=lambda group: (abs(group - index), group))
            else:
                known.append(index)
            self._signatures.setdefault(self.of[index], {})[signature] = None

    def _join_short_forms(self) -> None:
        by_serial: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for index, hit in enumerate(self.found):
            if hit.kind == "numbered" and hit.number and hit.symbol and hit.type:
                by_serial[hit.type, _serial(hit.number)].setdefault(self.of[index], index)
        for index, hit in enumerate(self.found):
            target = None
            if hit.rule == "short-number" and hit.number and hit.type:
                known = by_serial[hit.type, _serial(hit.number)]
                target = self._alias(index)
                if target is None:
                    target = self._only(hit, known)
                if target is None:
                    known.setdefault(index, index)
            elif hit.rule in _YEAR_RULES:
                target = self._law_of_year(index)
            elif hit.rule == short_names.RULE:
                target = self._defined(index)
            if target is not None:
                self.leans[index] = self.found[target].start
                self.of[index] = self.of[target]

    def _alias(self, index: int) -> int | None:
        """The mention that a bracket with ``sau đây gọi là`` renames: the last before it that is no part of a name."""
        start = self.found[index].start
        if not _alias().search(self.scene.flat, max(0, start - 60), start):
            return None
        for other in range(index - 1, max(-1, index - _LOOK_BACK), -1):
            hit = self.found[other]
            if start - hit.start > _ALIAS_REACH:
                return None
            if not hit.nested and hit.type == self.found[index].type:
                return other
        return None

    def _only(self, hit: Found, known: Mapping[int, int]) -> int | None:
        """The first mention of the only instrument that has this serial (and year) in the document."""
        fitting = [index for index in known.values() if not hit.year or self.found[index].year in (None, hit.year)]
        return fitting[0] if len(fitting) == 1 else None

    def _defined(self, index: int) -> int | None:
        """The last mention by name of the law that an abbreviation was defined for."""
        hit = self.found[index]
        for other in range(index - 1, max(-1, index - _LOOK_BACK), -1):
            law = self.found[other]
            if law.type == hit.type and law.rule != hit.rule and (law.laws, law.title) == (hit.laws, hit.title_key):
                return other
        return None

    def _law_of_year(self, index: int) -> int | None:
        hit = self.found[index]
        year = hit.year or (hit.date or "")[:4]
        for other in range(index - 1, max(-1, index - _LOOK_BACK), -1):
            law = self.found[other]
            if law.type == hit.type and law.rule not in _YEAR_RULES and year in _years(law):
                return other
        return None


def _years(law: Found) -> set[str]:
    known = {law.year or "", (law.date or "")[:4]}
    return known | ({entry.date[:4] for entry in law.laws} if law.number or len(law.laws) == 1 else set())


def _weight(hit: Found) -> int:
    """How much a mention says of its instrument."""
    return 4 * (hit.date is not None) + 2 * hit.stated_issuer + (not is_generic(hit.type))


def is_generic(label: str | None) -> bool:
    """Whether a type is not stated, or by the word that may stand for any (``Văn bản``)."""
    return label is None or label in patterns.types_of("generic")


class _Signature(NamedTuple):
    """What a mention says of its instrument."""

    type: str | None
    issuer: str | None
    date: str | None
    year: str | None


def _signature(hit: Found) -> _Signature:
    return _Signature(
        None if is_generic(hit.type) else hit.type, hit.issuer.key if hit.issuer else None, hit.date, hit.year
    )


def compatible(one: _Signature, other: _Signature) -> bool:
    """Whether two mentions of one number can mean the same instrument: nothing that one says contradicts the other.

    An author's wrong day is no contradiction: a number is given once a year.
    """
    if one.type and other.type and one.type != other.type:
        return False
    if one.issuer and other.issuer and one.issuer != other.issuer and one.date != other.date:
        return False
    years = one.year is not None and one.year == other.year
    return years or not (one.date and other.date) or one.date[:4] == other.date[:4]


@lru_cache(maxsize=8192)
def number_key(number: str) -> str:
    """The key of a number, the same for all its notations."""
    return identifiers.number_key(numbered.canonical(number))


@lru_cache(maxsize=8192)
def _serial(number: str) -> str:
    found = re.match(r"0*(\d+(?:\.\d+)?[A-Za-z]?)", number)
    return text.fold(found[1]) if found else number


@cache
def _alias() -> re.Pattern[str]:
    return re.compile(rf"(?:{patterns.one_of('alias')}):? ?[“\"]?\Z")
