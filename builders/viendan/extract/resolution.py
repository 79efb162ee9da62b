"""The IRI of the instrument that each mention of a document means, from what the document and the register say of it.

Parts that a mention leaves out are taken from its group, then from the register where only one entry fits; what stays
unknown stays out, and a number whose issuer is unknown gets the document's own scope, so that it is never mixed up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from viendan import identifiers, text
from viendan.extract import anaphora, laws, lexicon, numbered, patterns
from viendan.extract.anaphora import Bound
from viendan.extract.found import Found
from viendan.extract.laws import Law
from viendan.extract.structure import ParsedDocument
from viendan.model import Body, Header

_BASE: Final = identifiers.thing("instrument") + "/"


@dataclass(frozen=True, slots=True)
class Entry:
    """An instrument of the register: IRI, key of its issuer, key of its type, year or date as far as known."""

    iri: str
    issuer: str
    type: str
    date: str


def resolve(parsed: ParsedDocument, header: Header, bound: Sequence[Bound]) -> list[str]:
    """The IRI for each mention, in order; mentions of one group share it."""
    groups: dict[int, list[Found]] = defaultdict(list)
    for each in bound:
        groups[each.group].append(each.found)
    told = _told_apart(bound)
    scope = parsed.source.name
    iris = {group: _group_iri(parsed, header, members, told, scope) for group, members in groups.items()}
    return [_annex_parent(parsed, header, each.found) or iris[each.group] for each in bound]


def _group_iri(
    parsed: ParsedDocument, header: Header, members: list[Found], told: Mapping[str, Law], scope: str
) -> str:
    law = next((law for law in (_law(member, told) for member in members) if law), None)
    if law:
        return law.iri
    hit = max(members, key=lambda member: (bool(member.symbol), member.date is not None, member.stated_issuer))
    issuer = _first_issuer(members, hit)
    kind = _type_key(
        next((member.type for member in (hit, *members) if not anaphora.is_generic(member.type)), hit.type)
    )
    date = hit.date or hit.year
    if hit.number:
        own = _own(header, hit, issuer)
        if own:
            return own_iri(parsed, header)
        entry = _entry(hit.number, issuer.key if issuer else None, kind, date)
        if entry:
            return entry.iri
        return _iri(issuer=issuer, type_key=kind, date=date, number=numbered.canonical(hit.number), scope=scope)
    if hit.rule == "congress-resolution":
        return _iri(issuer=issuer, type_key=kind, date=None, number=None, title=hit.type)
    names = {law.name for law in hit.laws}
    title = next(iter(names)) if len(names) == 1 else hit.title_key or hit.title
    return _iri(issuer=issuer, type_key=kind, date=date, number=None, title=title, scope=scope)


def _first_issuer(members: list[Found], hit: Found) -> Body | None:
    stated = next((member.issuer for member in members if member.stated_issuer and member.issuer), None)
    return stated or hit.issuer or next((member.issuer for member in members if member.issuer), None)


@cache
def _labels() -> Mapping[str, str]:
    return patterns.type_keys()


def _type_key(label: str | None) -> str | None:
    return _labels().get(label or "")


@lru_cache(maxsize=8192)
def _iri(
    *,
    issuer: Body | None,
    type_key: str | None,
    date: str | None,
    number: str | None,
    title: str | None = None,
    scope: str | None = None,
) -> str:
    return identifiers.instrument_iri(
        issuer=issuer, type_key=type_key, date=date, number=number, title=title, scope=scope
    )


def own_iri(parsed: ParsedDocument, header: Header) -> str:
    """The document's own IRI, as its header gives it."""
    return _iri(
        issuer=header.issuer,
        type_key=_type_key(header.type) or (text.slug(header.type) if header.type else None),
        date=header.issued,
        number=header.number,
        title=header.title,
        scope=parsed.source.name,
    )


def _own(header: Header, hit: Found, issuer: Body | None) -> bool:
    """Whether a number in the text is the document's own."""
    if not header.number or not hit.number or anaphora.number_key(hit.number) != anaphora.number_key(header.number):
        return False
    if hit.type and header.type and hit.type != header.type:
        return False
    if issuer and header.issuer and issuer.key != header.issuer.key:
        return False
    return not (hit.date and header.issued) or hit.date[:4] == header.issued[:4]


def _annex_parent(parsed: ParsedDocument, header: Header, hit: Found) -> str | None:
    """The document itself, for the line above an annex that names its parent, even by another number."""
    if hit.kind != "numbered" or hit.type != header.type:
        return None
    if hit.rule != "annex-blank-number" and not (header.issued and hit.date == header.issued):
        return None
    if not (hit.issuer and header.issuer and hit.issuer.key == header.issuer.key):
        return None
    line = patterns.line_start(parsed.flat, hit.start)
    before = parsed.flat[line : hit.start]
    return own_iri(parsed, header) if len(before) < 40 and before.endswith(patterns.cues_before("with")) else None


def _told_apart(bound: Sequence[Bound]) -> Mapping[str, Law]:
    """Laws that the document itself tells apart: by name, the one that some mention dates or numbers."""
    named: dict[str, set[Law]] = defaultdict(set)
    for each in bound:
        hit = each.found
        if hit.laws and (hit.number or hit.date or hit.year):
            law = laws.resolve(hit.laws, date=hit.date, year=hit.year)
            if law:
                named[_name_key(law)].add(law)
    return MappingProxyType({name: next(iter(known)) for name, known in named.items() if len(known) == 1})


def _name_key(law: Law) -> str:
    return f"{law.type} {text.compare_key(law.name)}"


def _law(hit: Found, told: Mapping[str, Law]) -> Law | None:
    """The law that a mention by name means: by its date, year or number, by another mention, or as the only one."""
    if not hit.laws:
        return None
    if hit.number or hit.date or hit.year:
        return laws.resolve(hit.laws, date=hit.date, year=hit.year)
    stated = [told[name] for name in sorted({_name_key(law) for law in hit.laws}) if name in told]
    return stated[0] if len(stated) == 1 else laws.resolve(hit.laws, date=None, year=None)


@cache
def _register() -> Mapping[str, tuple[Entry, ...]]:
    """The instruments of the register by the key of their number."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for word in lexicon.scheme("instruments"):
        numbers = word.properties.get(laws.ID_LOCAL, ())
        if not numbers or not word.iri.startswith(_BASE):
            continue
        issuer, kind, year = word.iri[len(_BASE) :].split("/")[:3]
        date = (word.properties.get(laws.DATE_DOCUMENT) or (year,))[0]
        found[anaphora.number_key(numbers[0])].append(Entry(word.iri, issuer, kind, date))
    return MappingProxyType({key: tuple(entries) for key, entries in found.items()})


def _entry(number: str, issuer: str | None, kind: str | None, date: str | None) -> Entry | None:
    """The only entry of the register that a number and a year can mean; None for none or several.

    A number without a year is given again every year or term: the register, which is not complete, cannot tell which.
    """
    if date is None:
        return None
    fitting = [
        entry
        for entry in _register().get(anaphora.number_key(number), ())
        if (issuer is None or entry.issuer == issuer)
        and (kind is None or entry.type == kind or (kind == "luat" and entry.type in laws.LAW_TYPES))
        and entry.date[:4] == date[:4]
    ]
    return fitting[0] if len(fitting) == 1 else None
