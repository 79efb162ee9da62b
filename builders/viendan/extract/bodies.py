"""Bodies: full official names, resolved with the place of the document that names them.

``Ủy ban nhân dân tỉnh`` in a document of Yên Bái is ``Ủy ban nhân dân tỉnh Yên Bái``; ``Thủ tướng chính phủ`` is
``Thủ tướng Chính phủ``; a group keeps its words and gets the place. Names are data (schemes ``agencies``, ``bodies``,
``body-words``, ``abbreviations``, ``places``); the grammar of names is here, in ``names``, ``places``,
``spelling`` and ``completion``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from viendan import text
from viendan.extract import completion, congresses, names, places, spelling, symbols
from viendan.model import Body, Header, Level

_ISSUERS: Final = frozenset({"agency", "kind", "bare-name"})
_NAMES: Final = _ISSUERS | {"organ"}
_PREFIXES: Final = frozenset({"office", "organ"})


@dataclass(frozen=True, slots=True)
class BodyContext:
    """The place and line of a document, from which its short names are understood. Names are bare (``Lào Cai``)."""

    level: Level | None = None
    province: str | None = None
    province_kind: str | None = None
    district: str | None = None
    district_kind: str | None = None
    commune: str | None = None
    commune_kind: str | None = None
    line: str | None = None
    date: str | None = None
    issuer: Body | None = None

    def places(self) -> dict[Level, completion.PlacePhrase]:
        """The places that the document names as its own, by level."""
        found: dict[Level, completion.PlacePhrase] = {}
        for level, kind, name in (
            ("province", self.province_kind, self.province),
            ("district", self.district_kind, self.district),
            ("commune", self.commune_kind, self.commune),
        ):
            known = places.as_level(level)
            if name and known:
                found[known] = completion.PlacePhrase(kind or _default_kind(known) or "", name)
        return found


def context(header: Header) -> BodyContext:
    """What a header says of the place and line of its document."""
    issuer = header.issuer
    name = issuer.name if issuer else ""
    province_kind = _kind_in(name, header.province) or _kind_known(header.province, "province", header.issued)
    district_kind = _kind_in(name, header.district) or _kind_known(header.district, "district", header.issued)
    commune, commune_kind = _commune(name) if header.level == "commune" else (None, None)
    return BodyContext(
        level=header.level,
        province=header.province,
        province_kind=province_kind or (_default_kind("province") if header.province else None),
        district=header.district,
        district_kind=district_kind or (_default_kind("district") if header.district else None),
        commune=commune,
        commune_kind=commune_kind,
        line=_line(issuer, header.number),
        date=header.issued,
        issuer=issuer,
    )


def _kind_in(name: str, place: str | None) -> str | None:
    if not place:
        return None
    before = text.compare_key(name).removesuffix(text.compare_key(place)).strip()
    for form, kind in places.kind_forms().items():
        if before.endswith(form) and before != text.compare_key(name):
            return kind
    return None


def _kind_known(place: str | None, level: Level, date: str | None) -> str | None:
    unit = places.find(place, level=level, date=date) if place else None
    return unit.kind or None if unit else None


def _default_kind(level: Level) -> str | None:
    return next((kind for kind, own in places.kinds().items() if own == level), None)


def _commune(name: str) -> tuple[str | None, str | None]:
    for found in completion.place_phrases(name):
        if found.name and places.kinds().get(found.kind) == "commune":
            return found.name, found.kind
    return None, None


def _line(issuer: Body | None, number: str | None) -> str | None:
    if issuer is not None:
        found = names.longest(names.tokens(issuer.name))
        if found:
            return found.names[0].line or None
    return "party" if number and re.search(r"/(?:TU|TW|HU|QU|ĐU)\b", number) else None


def resolve_body(words: str, context: BodyContext, as_issuer: bool = False) -> Body | None:
    """The body or group that words name, with its full name and place; None where they name none.

    ``as_issuer``: a minister stands for the ministry and a chairman for the committee; else the office stays in the
    name (``Giám đốc Công an tỉnh``). The name's own place goes before the document's.
    """
    spelled = spelling.spell_out(words)
    congress = congresses.read_congress(spelled) if spelled else None
    if congress:
        return _congress(congress, context)
    office, stem = _office_and_rest(spelled)
    if as_issuer:
        office, spelled = "", text.capitalise(stem)
        stem = spelled
    tokens = names.tokens(stem)
    found = names.longest(tokens, roles=_NAMES)
    whole = found is not None and tokens.at(found.count) is None and any(name.role == "agency" for name in found.names)
    group = spelling.is_group(spelled) and not whole
    if not (found or group or office or spelling.begins_with_head(spelled)):
        return None
    agency = _agency(found, context) if found and whole else None
    if agency:
        return _headed(office, agency)
    rest = stem[tokens.run(0, found.count)[-1].end :] if found else stem
    return _local(office, found, rest, context, group=group or _described(words, found))


def _described(words: str, found: names.Found | None) -> bool:
    """Whether a body is only described, in small letters and by no name of its own (``cơ quan thi hành án``)."""
    return found is None and words.strip()[:1].islower()


def _office_and_rest(spelled: str) -> tuple[str, str]:
    """The office that the words begin with, and the body behind it (or the body that the office implies)."""
    tokens = names.tokens(spelled)
    found = names.longest(tokens, roles=frozenset({"agency", "office"}))
    if found is None or any(name.role == "agency" for name in found.names):
        return "", spelled
    behind = tokens.at(found.count)
    rest = spelled[behind.start :] if behind else ""
    implied = found.names[0].implied
    if implied and not names.longest(names.tokens(rest)):
        return spelled, implied
    if behind is None or not rest:
        return "", spelled
    return spelled[: behind.start].strip(), rest


def _congress(congress: congresses.Congress, context: BodyContext) -> Body:
    level = congress.level or context.level
    own = context.places().get(level) if level else None
    name = congress.full_name(own.full if own and not congress.national else None)
    if congress.national:
        return Body(key=text.slug(name), name=name, level="central")
    return Body(
        key=text.slug(name),
        name=name,
        level=level,
        province=congress.place if level == "province" and congress.place else context.province,
        district=(congress.place or context.district) if level == "district" else None,
    )


def _agency(found: names.Found, context: BodyContext) -> Body | None:
    """The single body that the words name; None where each place has one of the name and the document is of a place."""
    agencies = [name for name in found.names if name.role == "agency"]
    valid = [name for name in agencies if name.valid_at(context.date)]
    local = any(name.role == "kind" for name in found.names) and context.level not in (None, "central")
    if not agencies or (local and not valid):
        return None
    return _whole_agency(_in_force(agencies, context.date))


def _headed(office: str, agency: Body) -> Body:
    """A single body's office (``Bộ trưởng Bộ Nội vụ``), or the body where the words name no office."""
    if not office:
        return agency
    name = f"{text.capitalise(office)} {agency.name}"
    return replace(agency, key=text.slug(name), name=name)


def _whole_agency(name: names.Name) -> Body:
    return Body(key=name.key, name=name.stem, level=name.level or "central", kind=name.key)


def _in_force(candidates: list[names.Name], date: str | None) -> names.Name:
    valid = [name for name in candidates if name.valid_at(date)] or candidates
    return min(valid, key=lambda name: (name.valid_to != "", name.valid_to, name.key))


def _local(office: str, found: names.Found | None, rest: str, context: BodyContext, *, group: bool) -> Body:
    """A body or group of a place, or one that no register knows: its words, completed with the place they leave out."""
    kinds = [name for name in found.names if name.role in _ISSUERS] if found else []
    level = _own_level(kinds, context)
    if rest.strip() and _only_local(kinds):
        rest = _rest_with_place(rest, kinds[0], context)
    spelled = text.capitalise(f"{office} {_stem(found, kinds, level)}{rest}".strip())
    central = spelling.is_central(spelled) or not context.places()
    completed = completion.complete(spelled, context.places(), level=None if central else level, group=group)
    place = completed.level or (None if central else level)
    kind = next((name.key for name in kinds if name.level == place), None) or _only_key(kinds)
    return Body(
        key=text.slug(completed.name),
        name=completed.name,
        level=None if group else (place or ("central" if central and not _only_local(kinds) else None)),
        province=completed.province or (context.province if place else None),
        district=completed.district or (context.district if place in ("district", "commune") else None),
        kind=None if group else kind,
        group=group,
    )


def _rest_with_place(rest: str, name: names.Name, context: BodyContext) -> str:
    """What stands behind a name of the vocabulary, where it is a place: with its kind, or without, as the name asks."""
    words = rest.strip()
    if name.place_form == "kind-name":
        return f" {completion.with_kind(words, context.places(), context.date)}"
    own = {place.kind for place in context.places().values()}
    return "" if name.place_form == "name" and words in own else rest


def _only_key(kinds: list[names.Name]) -> str | None:
    keys = {name.key for name in kinds}
    return keys.pop() if len(keys) == 1 else None


def _stem(found: names.Found | None, kinds: list[names.Name], level: Level | None) -> str:
    if found is None:
        return ""
    fitting = next((name for name in kinds if name.level == level), kinds[0] if kinds else found.names[0])
    return fitting.stem


def _only_local(kinds: list[names.Name]) -> bool:
    return bool(kinds) and all(name.role != "agency" for name in kinds)


def _own_level(kinds: list[names.Name], context: BodyContext) -> Level | None:
    """The level of the place that a body belongs to: the document's, unless its kind exists at another only."""
    levels = {name.level for name in kinds if name.level}
    if not levels or context.level in levels:
        return context.level
    own = context.places()
    return next((level for level in places.LEVELS if level in levels and level in own), context.level)


def match_body(flat: str, position: int) -> int | None:
    """The end of a body's name that starts at ``position``: office, name, organ, and place (``UBND huyện Nậm Pồ``).

    None where no name of the vocabulary starts there. Groups (``các sở, ban, ngành``) are no single body.
    """
    tokens = names.tokens(flat, position)
    first = tokens.at(0)
    if first is None or first.start != position:
        return None
    congress = congresses.match_congress(flat, position)
    if congress:
        return congress
    index, found = _behind_prefixes(tokens)
    if found is None:
        return None
    if not found.exact and not flat[position].isupper():
        return None
    end = tokens.run(index, found.count)[-1].end
    bare = found.names[0].place_form == "name"
    whole = completion.place_end(flat, end, bare=bare)
    return None if bare and found.count == 1 and whole == end else whole


def _behind_prefixes(tokens: names.Tokens) -> tuple[int, names.Found | None]:
    """The name of a body behind offices and organs (three at most), and the index of its first token."""
    index = 0
    for _ in range(3):
        whole, prefix = names.longest_each(tokens, index, _ISSUERS, _PREFIXES)
        if prefix is None or (whole and whole.count >= prefix.count):
            return index, whole
        index += prefix.count
    return index, names.longest(tokens, index, roles=_ISSUERS)


def body_of_symbol(symbol: str, context: BodyContext, date: str | None = None) -> Body | None:
    """The body that a symbol (what follows serial and year in a number) is certain to mean; else None.

    ``NĐ-CP`` → Chính phủ; ``KH-UBND``, ``CT/TU`` → the document's own place's; ``NQ/TW`` and joint symbols → None.
    """
    found = symbols.candidates(symbol, date or context.date)
    if not found:
        return None
    agencies = [name for name in found if name.role == "agency"]
    if agencies:
        return (
            _whole_agency(_in_force(agencies, date or context.date))
            if len({name.stem for name in agencies}) == 1
            else None
        )
    own = context.places()
    levels = {name.level for name in found}
    level = context.level if context.level in levels else next((known for known in own if known in levels), None)
    chosen = {name.key: name for name in found if name.level == level}
    if len(chosen) != 1 or level not in own:
        return None
    heads = [name.stem for name in names.vocabulary() if name.key in chosen and name.form == name.stem]
    kind = own[level].kind
    stem = next((head for head in heads if completion.committee_kind(head) in (kind, None)), heads[0])
    return resolve_body(stem, replace(context, level=level))
