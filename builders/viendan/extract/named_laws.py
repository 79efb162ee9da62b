"""Laws, codes, ordinances and constitutions in running text: name, number, date or year, and the laws inside a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan.extract import dates, laws, numbered, particulars, patterns, type_words
from viendan.extract.found import Found
from viendan.extract.laws import LawName
from viendan.extract.particulars import Scene
from viendan.model import Body

_NUMBER: Final = re.compile(rf"[,:]? ?\(?{patterns.INTRO} ?:? ?(?=[\dlIOo])")
_OUTER_END: Final = re.compile(r"[;.\n()“”]|,? (?:số|ngày|năm) (?=\d)|$")
_YEAR_ONLY: Final = re.compile(r" (?:năm )?(?P<year>(?:19|20)\d\d)(?![\w/]|[-–]\d)")
_INNER_REACH, _LINK_REACH, _OUTER_REACH, _NAMES_REACH = 140, 80, 240, 900


@cache
def _revised() -> re.Pattern[str]:
    return re.compile(rf" ?\((?:{patterns.one_of('revised')})[^()\n]{{0,24}}\)")


@cache
def _adopted() -> re.Pattern[str]:
    return re.compile(
        rf",? (?:đã )?(?:được|do) (?:{patterns.one_of('adopter')})(?: (?:{patterns.one_of('adopter-state')}))?"
        rf"(?:,? ?(?:{patterns.one_of('term')}) [IVXLC]{{1,6}})?"
        rf"(?P<vote>[^;.\n“”]{{0,60}}? (?:{patterns.one_of('vote')})(?: vào)?)?"
    )


@cache
def _of_adopter() -> re.Pattern[str]:
    return re.compile(rf",? của (?={patterns.one_of('adopter', 'adopter-short')})")


@cache
def _law_word() -> re.Pattern[str]:
    labels = sorted(patterns.types_of("law"), key=lambda label: (-len(label), label))
    forms = [form for label in labels for form in (label, label.title())]
    return re.compile(
        rf"(?<!\w)(?:(?P<type>{'|'.join(forms)})|(?P<small>{min(labels, key=len).lower()})(?= [A-ZĐ]))(?!\w)"
    )


@cache
def _link() -> re.Pattern[str]:
    parts = patterns.one_of("annexed-part")
    return re.compile(rf"(?:,|;| và|,? và)? ?(?:<[^<>]{{1,30}}> ?)?(?:(?:{parts})[^;.\n]{{0,60}}? của )?\Z")


@dataclass(frozen=True, slots=True)
class _Tail:
    """What stands behind a law's name: where it ends, number, date, year, and whether it names who adopted it."""

    end: int
    number: numbered.NumberHit | None = None
    date: str | None = None
    year: str | None = None
    adopted: bool = False


def read_law(scene: Scene, start: int, end: int, label: str) -> list[Found]:
    """The mention of a law that begins with a type word, and those of the laws inside its name; empty for none."""
    flat = scene.flat
    draft = _draft().search(flat, max(0, start - 40), start) is not None
    if flat[end : end + 1] == " " and laws.amends(flat[end + 1 : end + 20]):
        found = _amending_law(scene, start, end, label)
        return found[1:] if draft else found
    if draft:
        return []
    quoted = laws.quoted_name(flat, end, label)
    name = quoted[0] if quoted else laws.match_name(flat, end, label)
    if name is None and label not in _constitution():
        name = laws.guess_name(flat, end) or laws.dated_name(flat, end)
    if name is None:
        return _without_name(scene, start, end, label)
    law = _law(scene, start, name, label, quoted[1] if quoted else None)
    return [law._replace(rule="constitution", title_range=None) if label in _constitution() else law]


@cache
def _draft() -> re.Pattern[str]:
    """Words before a law still to be made, or that this document itself makes (``Quốc hội ban hành Luật …``)."""
    return re.compile(rf"(?<!\w)(?i:{patterns.one_of('draft-law')}) \Z")


def _without_name(scene: Scene, start: int, end: int, label: str) -> list[Found]:
    """``Hiến pháp``, ``Hiến pháp năm 2013``; ``Luật năm 2022``, which an earlier mention must explain."""
    flat = scene.flat
    issuer = _issuer(scene, label, None)
    if label in _constitution():
        tail = _tail(scene, end)
        if tail.end == end and _and_law().match(flat, end):
            return []
        known = tuple(law for law, _ in laws.laws() if law.type == label)
        found = Found(start, tail.end, "named", label, "constitution", date=tail.date, year=tail.year, issuer=issuer)
        return [found._replace(laws=known, full=True)]
    year = _YEAR_ONLY.match(flat, end)
    if year:
        return [Found(start, year.end(), "named", label, "law-year", year=year["year"], issuer=issuer, full=True)]
    dated = dates.match_date(flat, end + 1)
    if dated and dated.iso:
        return [Found(start, dated.end, "named", label, "law-date", date=dated.iso, issuer=issuer, full=True)]
    return []


@cache
def _and_law() -> re.Pattern[str]:
    """``Hiến pháp và pháp luật``: the law in general."""
    return re.compile(rf"(?:,| và|,? các) (?:{patterns.one_of('law-in-general')})(?!\w)")


@cache
def _constitution() -> frozenset[str]:
    """The label of constitutions, which need no name."""
    return frozenset(label for label, key in patterns.type_keys().items() if key == "hien-phap")


def _law(scene: Scene, start: int, name: LawName, label: str, behind: int | None) -> Found:
    """The mention of a law with its name; ``behind`` is where quotation marks around the name end."""
    flat = scene.flat
    revised = _revised().match(flat, name.end)
    close = behind or (revised.end() if revised else name.end)
    tail = _tail(scene, close)
    return _found(scene, start, name, close, tail, label, "law-name" if name.laws else "law-name-guessed")


def _found(scene: Scene, start: int, name: LawName, close: int, tail: _Tail, label: str, rule: str) -> Found:
    number = tail.number
    known = name.laws
    if number and number.value:
        known = laws.by_number().get(number.value.upper(), ()) or ()
    return Found(
        start=start,
        end=tail.end,
        kind="numbered" if number else "named",
        type=label,
        rule=rule,
        number=number.value if number else None,
        symbol=number.symbol if number else "",
        date=tail.date,
        year=tail.year,
        issuer=_issuer(scene, label, number),
        stated_issuer=tail.adopted,
        full=True,
        title_range=(name.start, close),
        serial=(number.start, number.end) if number else None,
        laws=known,
    )


def _issuer(scene: Scene, label: str, number: numbered.NumberHit | None) -> Body | None:
    """The National Assembly; for an ordinance its Standing Committee, or whom its number names."""
    if patterns.type_keys()[label] == "phap-lenh":
        stated = scene.body_of(number.symbol, None) if number else None
        return stated or scene.body(patterns.cue_words("ordinance-issuer")[0])
    return scene.body(patterns.cue_words("law-issuer")[0])


def _tail(scene: Scene, position: int) -> _Tail:
    """Number, adoption, date and year behind a law's name, in the orders that are used."""
    flat = scene.flat
    end, adopted = position, False
    number = _number_behind(flat, end)
    end = number.end if number else end
    dated = dates.date_behind(flat, end)
    if dated:
        passed = _of_adopter().match(flat, dated.end) is not None
        issuer, behind = particulars.read_issuer(scene, dated.end, None, bare=False) if passed else (None, 0)
        return _Tail(behind if issuer else dated.end, number, dated.iso, adopted=issuer is not None)
    year = dates.year_behind(flat, end, word=number is not None)
    if year:
        end = year[1]
    by = _adopted().match(flat, end)
    if by:
        adopted = True
        later = dates.date_behind(flat, by.end()) if by["vote"] else None
        end = later.end if later else by.start("vote") if by["vote"] else by.end()
        return _Tail(end, number, later.iso if later else None, year[0] if year else None, adopted)
    of = _of_adopter().match(flat, end)
    stop = scene.match_body(of.end()) if of else None
    if stop:
        end, adopted = stop, True
        dated = dates.date_behind(flat, end)
        end = dated.end if dated else end
    return _Tail(end, number, dated.iso if dated else None, year[0] if year else None, adopted)


def _number_behind(flat: str, position: int) -> numbered.NumberHit | None:
    """The number of a law behind its name; one with the symbol of another type is the next instrument's."""
    intro = _NUMBER.match(flat, position)
    number = numbered.read_number(flat, intro.end(), introduced=True) if intro else None
    kind = type_words.symbol_type(number) if number else None
    return number if kind is None or kind in patterns.types_of("law") else None


def _amending_law(scene: Scene, start: int, end: int, label: str) -> list[Found]:
    """``Luật sửa đổi, bổ sung một số điều của Luật X và Luật Y``: the outer law, and each law inside its name."""
    inner = _inner_laws(scene, end)
    close = inner[-1].end if inner else _outer_end(scene.flat, end)
    if not inner and len(scene.flat[end:close].split()) < 4:
        return []
    name = LawName(end + 1, close, ())
    tail = _tail(scene, close)
    if inner and inner[-1].number and len(inner) == 1 and _is_outer_number(inner[0]):
        only = inner[0]
        name_end = only.title_range[1] if only.title_range else only.end
        tail = _tail(scene, name_end)
        inner = [only._replace(end=name_end, kind="named", number=None, symbol="", date=None, year=None, serial=None)]
        close = name_end
        name = LawName(end + 1, close, ())
    if not inner and not (tail.number or tail.date or tail.year):
        return []
    outer = _found(scene, start, name, close, tail, label, "amending-law")
    return [outer, *(law._replace(nested=True) for law in inner)]


def _is_outer_number(law: Found) -> bool:
    """Whether the number behind an inner law's name is the amending law's: the register says whose it is."""
    known = laws.by_number().get((law.number or "").upper(), ())
    return not known or any(laws.amends(entry.name) for entry in known)


def _inner_laws(scene: Scene, end: int) -> list[Found]:
    """The laws named inside an amending law's name, up to the date or number that is the amending law's own."""
    flat = scene.flat
    limit = min(len(flat), end + _NAMES_REACH)
    line = flat.find("\n", end, limit)
    limit = line if line >= 0 else limit
    found: list[Found] = []
    position = end
    while True:
        word = _law_word().search(flat, position, min(limit, position + (_LINK_REACH if found else _INNER_REACH)))
        between = flat[position : word.start()] if word else ";"
        if word is None or ";" in between or (found and not _link().match(between)):
            return found
        label = patterns.type_labels()[word.group().lower()]
        name = laws.match_name(flat, word.end(), label) or laws.guess_name(flat, word.end())
        if name is None or flat.startswith(" này", word.end()):
            return found
        found.append(_inner(scene, word.start(), name, label))
        position = found[-1].end


def _inner(scene: Scene, start: int, name: LawName, label: str) -> Found:
    """A law inside a name: with its number, never with a date, which belongs to the whole."""
    flat = scene.flat
    number = _number_behind(flat, name.end)
    tail = _Tail(number.end if number else name.end, number)
    return _found(scene, start, name, name.end, tail, label, "law-in-name")


def _outer_end(flat: str, end: int) -> int:
    stop = _OUTER_END.search(flat, end, min(len(flat), end + _OUTER_REACH))
    close = stop.start() if stop else min(len(flat), end + _OUTER_REACH)
    return end + len(flat[end:close].rstrip(" ,-"))
