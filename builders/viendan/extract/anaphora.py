"""Which mentions of a document mean the same instrument: numbers, short forms and names bound to a fuller mention.

``Nghị định 30`` is the decree with this serial that the document cites in full; ``(sau đây gọi là Đề án 06)`` is what stands
before the bracket; ``Luật năm 2022`` the last law of that year. What fits two instruments is bound to neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from viendan import identifiers, text
from viendan.extract import coordination, patterns
from viendan.extract.found import Found
from viendan.extract.particulars import Scene


@dataclass(frozen=True, slots=True)
class Bound:
    """A mention, the number of its group (mentions of one instrument share it), and the start of the mention it leans on."""

    found: Found
    group: int
    antecedent: int | None = None


def bind(scene: Scene, found: list[Found]) -> list[Bound]:
    """All mentions with their groups, in order; issuers are completed from symbols and from fuller mentions."""
    groups = _Groups(scene, found)
    done = []
    for index, hit in enumerate(found):
        members = [found[other] for other in groups.members(index)]
        stated = next((other.issuer for other in members if other.stated_issuer and other.issuer), None)
        issuer = hit.issuer
        if not hit.stated_issuer:
            issuer = (
                issuer if hit.kind == "named" and issuer else stated or issuer or coordination.symbol_body(scene, hit)
            )
        done.append(
            Bound(
                hit if issuer is hit.issuer else replace(hit, issuer=issuer), groups.of[index], groups.leans.get(index)
            )
        )
    return done


class _Groups:
    """Mentions put together one after the other; ``of`` gives the group of each, ``leans`` what a short form leans on."""

    def __init__(self, scene: Scene, found: list[Found]) -> None:
        self.scene = scene
        self.found = found
        self.of: list[int] = list(range(len(found)))
        self.leans: dict[int, int] = {}
        self._members: dict[int, list[int]] = {index: [index] for index in range(len(found))}
        self._by_number: dict[str, list[int]] = defaultdict(list)
        self._join_numbers()
        self._join_short_forms()

    def members(self, index: int) -> Sequence[int]:
        """The indexes of all mentions in the group of one, its own included."""
        return self._members[self.of[index]]

    def _join(self, group: int, index: int) -> None:
        old = self.of[index]
        if old == group:
            return
        for member in self._members.pop(old):
            self.of[member] = group
            self._members[group].append(member)

    def _join_numbers(self) -> None:
        """Mentions of one number that contradict each other in nothing: those that say most come first."""
        order = sorted(range(len(self.found)), key=lambda index: (-_weight(self.found[index]), index))
        for index in order:
            hit = self.found[index]
            if hit.kind != "numbered" or not hit.number or not hit.symbol:
                continue
            known = self._by_number[number_key(hit.number)]
            fitting = [group for group in known if self._fits(hit, group)]
            if fitting:
                self._join(min(fitting, key=lambda group: (abs(group - index), group)), index)
            else:
                known.append(index)

    def _fits(self, hit: Found, group: int) -> bool:
        return all(compatible(hit, self.found[member]) for member in self._members[group])

    def _join_short_forms(self) -> None:
        by_serial: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, hit in enumerate(self.found):
            if hit.kind == "numbered" and hit.number and hit.symbol and hit.type:
                by_serial[hit.type, _serial(hit.number)].append(index)
        for index, hit in enumerate(self.found):
            target = None
            if hit.rule == "short-number" and hit.number and hit.type:
                target = self._alias(index) or self._only(hit, by_serial.get((hit.type, _serial(hit.number)), []))
                if target is None:
                    by_serial[hit.type, _serial(hit.number)].append(index)
            elif hit.rule in ("law-year", "law-date"):
                target = self._law_of_year(index)
            if target is not None:
                self.leans[index] = self.found[target].start
                self._join(self.of[target], index)

    def _alias(self, index: int) -> int | None:
        """The mention that a bracket with ``sau đây gọi là`` renames: the last before it that is no part of a name."""
        before = self.scene.flat[max(0, self.found[index].start - 60) : self.found[index].start]
        if not _alias().search(before):
            return None
        for other in range(index - 1, -1, -1):
            hit = self.found[other]
            if self.found[index].start - hit.start > 1200:
                return None
            if not hit.nested and hit.type == self.found[index].type:
                return other
        return None

    def _only(self, hit: Found, candidates: list[int]) -> int | None:
        """The candidate of the only instrument that has this serial (and year) in the document."""
        fitting = [other for other in candidates if not hit.year or self.found[other].year in (None, hit.year)]
        return fitting[0] if len({self.of[other] for other in fitting}) == 1 else None

    def _law_of_year(self, index: int) -> int | None:
        hit = self.found[index]
        year = hit.year or (hit.date or "")[:4]
        for other in range(index - 1, -1, -1):
            law = self.found[other]
            if law.type == hit.type and law.rule not in ("law-year", "law-date") and year in _years(law):
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


def compatible(one: Found, other: Found) -> bool:
    """Whether two mentions of one number can mean the same instrument: nothing that one says contradicts the other.

    An author's wrong day is no contradiction: a number is given once a year.
    """
    if one.type and other.type and one.type != other.type and not {one.type, other.type} & patterns.types_of("generic"):
        return False
    if one.issuer and other.issuer and one.issuer.key != other.issuer.key and one.date != other.date:
        return False
    years = one.year is not None and one.year == other.year
    return years or not (one.date and other.date) or one.date[:4] == other.date[:4]


@lru_cache(maxsize=8192)
def number_key(number: str) -> str:
    """The key of a number, the same for all its notations."""
    return identifiers.number_key(number)


@lru_cache(maxsize=8192)
def _serial(number: str) -> str:
    found = re.match(r"0*(\d+(?:\.\d+)?[A-Za-z]?)", number)
    return text.fold(found[1]) if found else number


@cache
def _alias() -> re.Pattern[str]:
    return re.compile(rf"(?:{patterns.one_of('alias')}):? ?[“\"]?\Z")
