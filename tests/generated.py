"""Generated documents whose truth is known: 63 provinces that number alike, and mentions worn in every way.

Every province numbers its plans, its resolutions and its unnumbered projects in the same way; two districts of each
province have names that a district of another province has as well. A mention loses its issuer, its date or its type,
is written with other separators, leading zeros or misread signs, gets a wrong day, or is a title alone. Annexes name
their own document by a wrong number. Bodies, places and subjects are invented.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.linkage import GOVERNMENT, POLITBURO, PRIME_MINISTER, Cite, committee, document, party
from viendan.model import Body, Extraction

PROVINCES = 63
_MISREAD = {"1": "l", "0": "O", "5": "S", "UBND": "UBNO", "HĐND": "HĐNO"}
_SUBJECTS = (
    "trồng và bảo vệ rừng phòng hộ đầu nguồn",
    "sửa chữa hồ chứa nước trước mùa mưa lũ",
    "nâng cao chất lượng tiếp công dân tại cơ sở",
    "phổ biến kỹ thuật nuôi cá lồng trên sông",
    "xây dựng đường liên bản vùng cao",
    "chăm sóc người cao tuổi sống một mình",
    "giữ gìn nghề dệt thổ cẩm truyền thống",
    "phòng, chống rét cho đàn gia súc",
    "chuyển đổi số trong trường học nội trú",
    "thu gom rác thải tại chợ phiên",
    "khôi phục lễ hội mùa xuân",
    "cấp nước sạch cho các xóm xa",
)


@dataclass(frozen=True)
class World:
    """Documents, and for every citation of each the key of what it truly means."""

    documents: tuple[Extraction, ...]
    truth: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _True:
    """An instrument of the world: its key, and a citation that names it in full."""

    key: str
    cite: Cite


def world(seed: int, count: int) -> World:
    """``count`` documents, the same for the same ``seed``."""
    dice = random.Random(seed)
    centre = _centre()
    places = [_place(place) for place in range(PROVINCES)]
    documents, truth = [], []
    for number in range(count):
        place = places[number % PROVINCES]
        issuer = dice.choice(place.issuers)
        cites, keys = _mentions(dice, issuer, centre, place)
        own = f"{1 + number // PROVINCES}/CT-UBND"
        day = f"2023-0{1 + number % 9}-15"
        if dice.random() < 0.1:  # an annex that names its document by another number
            cites.append(Cite(f"{900 + number % 90}/CT-UBND", date=day, issuer=issuer, role="self"))
            keys.append(f"own {number}")
        documents.append(
            document(f"d{number}", *cites, issuer=issuer, number=own, date=day, title=f"việc thứ {number}")
        )
        truth.append(tuple(keys))
    return World(tuple(documents), tuple(truth))


@dataclass(frozen=True)
class _Place:
    issuers: tuple[Body, ...]
    known: tuple[tuple[_True, ...], ...]
    """What each of the issuers and their party committee issued."""


def _centre() -> tuple[_True, ...]:
    found = []
    for number in range(1, 41):
        day = f"20{16 + number % 7}-0{1 + number % 9}-1{number % 9}"
        subject = f"{_SUBJECTS[number % 12]} trong cả nước lần {number}"
        found.append(_True(f"ttg {number}", Cite(f"{number}/CT-TTg", "Chỉ thị", day, PRIME_MINISTER, subject)))
        found.append(_True(f"tw {number}", Cite(f"{number}-CT/TW", "Chỉ thị", day, POLITBURO, f"đảng {subject}")))
        year = f"20{16 + number % 7}"
        decree = Cite(f"{number}/{year}/NĐ-CP", "Nghị định", day, GOVERNMENT, f"quy định về {subject}")
        found.append(_True(f"nd {number}", decree))
    for number in range(12):
        title = f"{_SUBJECTS[number]} giai đoạn 20{20 + number % 3}-20{25 + number % 3}"
        found.append(_True(f"plan {number}", Cite(None, "Đề án", "2022", PRIME_MINISTER, title)))
    return tuple(found)


def _place(place: int) -> _Place:
    """A province and two districts: one named like a district of the next province, one like one of the last."""
    name = f"Miền {place}"
    districts = [committee(name, f"Bản {(place + more) % PROVINCES}") for more in (0, 1)]
    issuers = (committee(name), *districts)
    known = tuple(_issued(body) for body in issuers)
    return _Place(issuers, (*known, _party(name)))


def _issued(body: Body) -> tuple[_True, ...]:
    """What a committee issued: numbers that every committee gives, twice in six years, and projects without a number.

    All provinces issue them on the same days and on the same subjects.
    """
    found = []
    later = 1 if body.level == "district" else 0
    for number in range(1, 13):
        day = f"20{20 + number % 3}-0{1 + number % 9}-{number % 8 + 1 + 11 * later}"
        day = f"{day[:8]}{int(day[8:]):02}"
        title = f"{_SUBJECTS[(number + later) % 12]} năm 20{20 + number % 3}"
        key = f"{body.key} {body.province} {number}"
        found.append(_True(key, Cite(f"{number}/KH-UBND", "Kế hoạch", day, body, title)))
        again = day.replace(day[:4], str(int(day[:4]) - 3), 1)
        found.append(_True(f"{key} again", Cite(f"{number}/KH-UBND", "Kế hoạch", again, body, f"{title} (đợt đầu)")))
    for number in range(4):
        key = f"{body.key} {body.province} plan {number}"
        found.append(
            _True(
                key,
                Cite(None, "Đề án", "2021", body, f"{_SUBJECTS[number]} ở {'cấp huyện' if later else 'địa phương'}"),
            )
        )
    return tuple(found)


def _party(province: str) -> tuple[_True, ...]:
    body = party(province)
    return tuple(
        _True(
            f"{body.key} {number}",
            Cite(f"{number}-NQ/TU", "Nghị quyết", f"2021-1{number % 3}-0{number}", body, f"về {_SUBJECTS[number]}"),
        )
        for number in range(1, 9)
    )


def _mentions(
    dice: random.Random, issuer: Body, centre: Sequence[_True], place: _Place
) -> tuple[list[Cite], list[str]]:
    own = place.known[place.issuers.index(issuer)]
    chosen = [dice.choice(centre) for _ in range(3)]
    chosen += dice.sample(own, 2)
    chosen += [dice.choice(place.known[0]), dice.choice(place.known[3])]
    cites, keys = [], []
    for true in {(true.cite.number or true.key, str(true.cite.issuer)): true for true in chosen}.values():
        same = sum(other.cite.number == true.cite.number for other in chosen)
        worn = _worn(true.cite, dice)
        cites.append(replace(worn, issuer=true.cite.issuer) if same > 1 and true.cite.number else worn)
        keys.append(true.key)
        if true.cite.number and dice.random() < 0.3:  # a later, shorter mention
            later = replace(true.cite, date=None, title=None)
            cites.append(replace(later, issuer=None) if dice.random() < 0.3 and same == 1 else later)
            keys.append(true.key)
    return cites, keys


def _worn(cite: Cite, dice: random.Random) -> Cite:
    """A mention as people write it and scanners read it: at most two faults that take something away."""
    number, title = cite.number, cite.title
    if number is None:
        return _worn_title(cite, dice)
    fate = dice.random()
    if fate < 0.15:
        number = number.replace("/", "-", 1) if "/" in number[:4] else number.replace("-", "/", 1)
    elif fate < 0.25:
        number = f"0{number}"
    elif fate < 0.32:
        wrong = next((sign for sign in _MISREAD if sign in number), None)
        number = number.replace(wrong, _MISREAD[wrong], 1) if wrong else number
    lost = dice.random()
    kept = dice.random() < 0.5
    if lost < 0.06:
        return replace(cite, number=number, issuer=None, title=title if kept else None)
    if lost < 0.12 and fate >= 0.32 and (cite.date or "") >= "2020":
        return replace(cite, number=number, date=None)  # whoever leaves out the date means a recent one
    if lost < 0.15 and fate >= 0.32 and cite.date:
        return replace(cite, number=number, date=f"{cite.date[:8]}30")
    if lost < 0.20 and fate >= 0.32 and cite.date:
        return replace(cite, number=number, date=cite.date[: dice.choice((4, 7))])
    kind = None if dice.random() < 0.05 else cite.type
    return replace(cite, number=number, type=kind, title=title if kept else None)


def _worn_title(cite: Cite, dice: random.Random) -> Cite:
    title = cite.title or ""
    fate = dice.random()
    if fate < 0.2:
        title = title.replace("-", " - ")
    elif fate < 0.3:
        title = f"Về việc {title}"
    elif fate < 0.4:
        title = title.upper()
    date = cite.date if dice.random() < 0.5 else None
    issuer = cite.issuer if dice.random() < 0.6 else None
    return replace(cite, title=title, date=date, issuer=issuer)


@dataclass(frozen=True)
class Agreement:
    """B-cubed figures, and the merges of two things into one."""

    precision: float
    recall: float
    false_merges: tuple[tuple[str, ...], ...]

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def agreement(truth: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> Agreement:
    """How well what was found agrees with the truth, mention by mention."""
    pairs = [pair for keys, own in zip(truth, found, strict=True) for pair in zip(keys, own, strict=True)]
    both, keys, iris = Counter(pairs), Counter(key for key, _ in pairs), Counter(iri for _, iri in pairs)
    meant: dict[str, set[str]] = {}
    for key, iri in pairs:
        meant.setdefault(iri, set()).add(key)
    return Agreement(
        precision=sum(both[pair] / iris[pair[1]] for pair in pairs) / len(pairs),
        recall=sum(both[pair] / keys[pair[0]] for pair in pairs) / len(pairs),
        false_merges=tuple(sorted(tuple(sorted(own)) for own in meant.values() if len(own) > 1)),
    )
