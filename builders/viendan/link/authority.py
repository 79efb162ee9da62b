"""Above and below: the place of every instrument in the order of authority, from which lineage is read downwards.

Level first (centre, province, district, commune), then line (Party before State: its resolutions are what the State's
instruments carry out), then the rank of the issuer in its line, then the rank of the type. Ranks are data
(``instrument-ranks`` and ``issuer-ranks`` of the ontology): a rank of the laws on legal documents holds for instruments
that make law, which a year in the number shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from viendan import days, identifiers, vocab
from viendan.identifiers import OfficialNumber
from viendan.link.reading import Index, Subject, first, index, last_part, values
from viendan.link.traits import is_ordinal_body

_KEPT: Final = frozenset(
    {
        vocab.SKOS + "inScheme",
        vocab.SKOS + "broader",
        *(vocab.VD + name for name in ("rank", "issuer", "order", "validFrom", "validTo")),
    }
)
_SCHEMES: Final = frozenset({"instrument-ranks", "issuer-ranks", "levels", "lines"})
_LAST: Final = 99  # of what has no rank
_HIGHEST_BODY: Final = 1  # a congress is the highest body of its level
_LAW_BY_YEAR: Final = "1997"  # the law of 1996: from then a year in the number marks legal norms


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rank of a type by one issuer (or kind of issuers), for the time in which it holds."""

    kind: str
    issuer: str
    rank: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Ranks:
    """The ranks of the ontology: by type and issuer, by issuer alone, and the orders of levels and lines."""

    rules: tuple[_Rule, ...]
    issuers: Mapping[str, int]
    orders: Mapping[str, int]

    def legal_rank(self, kind: str, issuers: Iterable[str], number: str | None, date: str | None) -> int | None:
        """The rank of an instrument whose force depends on its issuer; None for one that makes no law."""
        parsed = OfficialNumber.parse(number) if number else None
        makes_law = parsed is not None and parsed.year is not None
        if not (makes_law or (date is not None and date < _LAW_BY_YEAR)):
            return None
        own = frozenset(issuers)
        day = days.first_day(date) if date else ""
        fitting = [rule.rank for rule in self.rules if rule.kind == kind and rule.issuer in own and _holds(rule, day)]
        return min(fitting, default=None)

    def authority(self, level: str | None, line: str | None, issuers: Iterable[str], rank: int | None) -> int | None:
        """One number that grows from above to below; None where not even the level is known."""
        order = self.orders.get(identifiers.term("level", level or ""))
        if order is None:
            return None
        own = tuple(issuers)
        highest = _HIGHEST_BODY if any(is_ordinal_body(iri) for iri in own) else _LAST
        issuer = min((self.issuers[iri] for iri in own if iri in self.issuers), default=highest)
        by_line = self.orders.get(identifiers.term("line", line or ""), 9)
        return ((order * 10 + by_line) * 100 + issuer) * 100 + min(rank or _LAST, _LAST)


def _holds(rule: _Rule, day: str) -> bool:
    begun = not rule.first or not day or days.first_day(rule.first) <= day
    return begun and (not rule.last or not day or day <= days.last_day(rule.last))


def read_ranks(graphs: Iterable[Iterable[ox.Triple]]) -> Ranks:
    """The ranks in the triples of the ontology."""
    merged: Index = {}
    for triples in graphs:
        for iri, subject in index(triple for triple in triples if triple.predicate.value in _KEPT).items():
            own = merged.setdefault(iri, {})
            for predicate, terms in subject.items():
                own.setdefault(predicate, []).extend(terms)
    by_scheme: defaultdict[str, list[str]] = defaultdict(list)
    for iri in sorted(merged):
        for scheme in values(merged[iri], vocab.SKOS + "inScheme"):
            if last_part(scheme) in _SCHEMES:
                by_scheme[last_part(scheme)].append(iri)
    rules = tuple(rule for iri in by_scheme["instrument-ranks"] for rule in _rules(merged[iri]))
    issuers: dict[str, int] = {}
    for rule in (*rules, *(rule for iri in by_scheme["issuer-ranks"] for rule in _rules(merged[iri]))):
        issuers[rule.issuer] = min(rule.rank, issuers.get(rule.issuer, rule.rank))
    return Ranks(
        rules,
        MappingProxyType(issuers),
        MappingProxyType(
            {iri: _number(merged[iri], "order") for name in ("levels", "lines") for iri in by_scheme[name]}
        ),
    )


def _number(subject: Subject, name: str) -> int:
    value = first(subject, vocab.VD + name) or ""
    return int(value) if value.isdigit() else _LAST


def _rules(subject: Subject) -> Iterable[_Rule]:
    for issuer in values(subject, vocab.VD + "issuer"):
        yield _Rule(
            kind=first(subject, vocab.SKOS + "broader") or "",
            issuer=issuer,
            rank=_number(subject, "rank"),
            first=first(subject, vocab.VD + "validFrom") or "",
            last=first(subject, vocab.VD + "validTo") or "",
        )
