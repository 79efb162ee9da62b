"""Bodies of a place: which body a document means by a name on its day, and what its counterpart elsewhere is called.

One name can be two bodies: ``Ủy ban nhân dân tỉnh Lào Cai`` of 2023 is not that of the province merged in 2025, and
each province has its own ``huyện Châu Thành``. The body that the name means where nothing tells more (that of the 63
provinces) keeps the IRI of the name; another has the year or the province of its place behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from viendan import identifiers, text
from viendan.link.facts import BodyFact
from viendan.link.reading import last_part
from viendan.link.timetable import Kind, Span, Tenure, Timetable, holder
from viendan.model import Body

_LONGEST_HEAD: Final = 16  # words
_DISTRICT: Final = "district"


@dataclass(frozen=True, slots=True)
class LocalBody:
    """A body of a place: its kind, where known, and the place in the time in which it is that body's.

    ``prefix`` is what stands before the name that the kind gives it (``Giám đốc`` of a department's head), None where
    its name is not made in that way. ``group`` is true for the offices of one kind in all communes of a district.
    """

    iri: str
    name: str
    kind: Kind | None
    place: Span
    level: str
    prefix: str | None
    group: bool = False

    @property
    def name_en(self) -> str:
        """Kind and place in English; the name itself where the kind is not known."""
        return f"{self.kind.name_en}, {self.place.name}" if self.kind else self.name

    @property
    def names_place(self) -> bool:
        """Whether its name has its place with the place's kind (``… tỉnh Kon Tum``)."""
        return text.compare_key(self.place.official) in text.compare_key(self.name)

    @property
    def bound(self) -> bool:
        """Whether it ends with its place: an office of several places, or of parts of one, does not."""
        return self.level == self.place.level


class Directory:
    """Which body is meant; holds the timetable."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self._by_head: defaultdict[str, list[Kind]] = defaultdict(list)
        self._known: dict[tuple[str | None, ...], tuple[Kind | None, tuple[Span, ...]]] = {}
        known = (*timetable.agencies.values(), *timetable.kinds.values())
        self._named: dict[str, Tenure] = {text.compare_key(own.name): own for own in reversed(known) if own.level}
        for kind in timetable.kinds.values():
            for head in kind.heads:
                self._by_head[text.compare_key(head)].append(kind)

    def relative(self, name: str) -> Tenure | None:
        """The single body or kind of bodies with the longest name inside this one: an office stands where its body does
        (``Tổng Bí thư Ban Chấp hành Trung ương Đảng``)."""
        words = text.compare_key(name).split(" ")
        for count in range(min(_LONGEST_HEAD, len(words)), 1, -1):
            for start in range(len(words) - count + 1):
                found = self._named.get(" ".join(words[start : start + count]))
                if found is not None:
                    return found
        return None

    def meant(self, iri: str, fact: BodyFact | None, day: str | None) -> str:
        """The IRI of the body that ``iri`` means in a document or instrument of a day."""
        if iri in self.timetable.namesakes:
            return self._agency(iri, day)
        body = self.find(iri, fact, day) if fact else None
        return body.iri if body else iri

    def _agency(self, iri: str, day: str | None) -> str:
        """Of single bodies with one name the first to end of those that were there on the day; else the body itself."""
        there = [body for body in self.timetable.namesakes[iri] if day and body.on(day)]
        return min(there, key=lambda body: (body.last_day, body.iri)).iri if there else iri

    def find(self, iri: str, fact: BodyFact, day: str | None) -> LocalBody | None:
        """The body of a place that a fact is about, on a day; None for what is no body of a place of the register."""
        if fact.group or not fact.names or not fact.province or fact.level not in ("province", _DISTRICT):
            return None
        name = fact.names[0]
        kind, fitting = self._candidates(name, fact)
        there = [span for span in fitting if day and span.on(day)]
        place = there[0] if len(there) == 1 else holder(fitting)
        if not isinstance(place, Span):
            return None
        prefix = _prefix(name, official_name(kind, place)) if kind else None
        suffix = self._suffix(place, lambda span: _renamed(name, kind, prefix, place, span))
        return LocalBody(fact.iri + suffix if suffix else iri, name, kind, place, fact.level, prefix)

    def _candidates(self, name: str, fact: BodyFact) -> tuple[Kind | None, tuple[Span, ...]]:
        """The kind of a body, and the places of all times that its name and its document's place fit."""
        asked = (name, fact.kind, fact.level, fact.province, fact.district)
        if asked not in self._known:
            inner = fact.level == _DISTRICT
            spans = self.timetable.named(
                (fact.district if inner else fact.province) or "", fact.level or "", fact.province if inner else None
            )
            kind = self.timetable.kinds.get(fact.kind or "") or self._kind_of(name, fact.level or "", spans)
            self._known[asked] = (kind, tuple(span for span in spans if _fits(name, kind, span)) or spans)
        return self._known[asked]

    def counterpart(self, body: LocalBody, kind: Kind | None, place: Span) -> LocalBody:
        """The body of another kind or place that stands where ``body`` stood."""
        level = kind.level if kind else body.level
        prefix = body.prefix
        if kind is not None and (kind != body.kind or prefix is not None):
            prefix = prefix or ""
            name = prefix + official_name(kind, place)
        else:
            name = _moved(body.name, kind, body.place, place, self.timetable)
        key = identifiers.body_iri(Body(key=text.slug(name), name=name))
        same = body.name if name == body.name else name
        own = key + self._suffix(place, lambda span: _renamed(same, kind, prefix, place, span))
        group = level == "commune" and place.level == _DISTRICT
        return LocalBody(own, text.capitalise(name), kind, place, level, prefix, group)

    def _suffix(self, place: Span, name_in: Callable[[Span], str]) -> str:
        """What tells a body from its namesakes; empty for the one that has the name where nothing tells more."""
        own = text.slug(name_in(place))
        named = self.timetable.named(place.name, place.level)
        sharing = [span for span in named if text.slug(name_in(span)) == own]
        places = {span.within for span in sharing}
        keeps = holder(sharing) if place.level != _DISTRICT or len(places) < 2 else None
        if keeps == place or len(sharing) < 2:
            return ""
        key = last_part(place.iri)
        return "-" + (key.removeprefix(text.slug(place.name) + "-") or key)

    def _kind_of(self, name: str, level: str, spans: Iterable[Span]) -> Kind | None:
        """The kind that a name begins with, where its place follows (a congress has its number behind that)."""
        words = text.compare_key(name).split(" ")
        for count in range(min(_LONGEST_HEAD, len(words) - 1), 0, -1):
            head, rest = " ".join(words[:count]), " ".join(words[count:])
            for kind in self._by_head.get(head, ()):
                if kind.level == level and any(rest.startswith(text.compare_key(_place_of(kind, s))) for s in spans):
                    return kind
        return None


def official_name(kind: Kind, place: Span) -> str:
    """The full name of a kind's body in a place: ``Sở Nội vụ tỉnh Lào Cai``, ``Thành ủy Đà Nẵng``.

    An office of several places, or of parts of one, is named by its kind and the place it has to do with.
    """
    if kind.level != place.level:
        return f"{kind.name} ({place.official})"
    return f"{_head(kind, place)} {_place_of(kind, place)}"


def _place_of(kind: Kind, place: Span) -> str:
    return place.name if kind.form == "name" else place.official


def _head(kind: Kind, place: Span) -> str:
    """The words before the place: of several, those that speak of its kind (``Tỉnh ủy``, ``Thành ủy``)."""
    word = place.kind.split(" ")[0].casefold()
    fitting = [head for head in kind.heads if word in head.casefold().split(" ")]
    return fitting[0] if fitting else kind.heads[0] if kind.heads else kind.name


def _fits(name: str, kind: Kind | None, place: Span) -> bool:
    shown = official_name(kind, place) if kind and kind.level == place.level else place.official
    return text.compare_key(shown) in text.compare_key(name)


def _prefix(name: str, official: str) -> str | None:
    """What stands before the official name; None where the name does not end with it."""
    if not text.compare_key(name).endswith(text.compare_key(official)):
        return None
    return name[: len(name) - len(official)] if len(name) > len(official) else ""


def _renamed(name: str, kind: Kind | None, prefix: str | None, place: Span, other: Span) -> str:
    """The name that the body would have in another place of the same bare name."""
    if kind is not None and prefix is not None:
        return prefix + official_name(kind, other)
    return _replaced(name, place.official, other.official)


def _moved(name: str, kind: Kind | None, place: Span, other: Span, timetable: Timetable) -> str:
    """The name with another place in it; words that speak of the place's kind follow (``Tỉnh ủy`` → ``Thành ủy``)."""
    if text.compare_key(place.official) in text.compare_key(name):
        return _replaced(name, place.official, other.official)
    moved = _replaced(name, place.name, other.name)
    for own in (kind,) if kind else timetable.kinds.values():
        old, new = _head(own, place), _head(own, other)
        if own.level == place.level and old != new and old in moved:
            return moved.replace(old, new)
    return moved


def _replaced(name: str, old: str, new: str) -> str:
    """The name with its last mention of a place replaced; as it is where it has none."""
    at = name.casefold().rfind(old.casefold())
    return name[:at] + new + name[at + len(old) :] if at >= 0 else name
