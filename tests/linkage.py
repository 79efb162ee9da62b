"""Invented documents for the tests of linking and of queries, in the shape that ``describe`` gives to real ones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from viendan import assets, identifiers, text, turtle, vocab
from viendan.extract.describe import describe, type_key
from viendan.link import linking
from viendan.link.linking import Linked
from viendan.link.overrides import Overrides
from viendan.model import (
    Body,
    Citation,
    Extraction,
    Header,
    HeaderField,
    InstrumentRelation,
    Invocation,
    Mention,
    Responsibility,
    SourceDocument,
)

REGISTERS = Path(__file__).parent / "specimens" / "link-registers.ttl"


def central(name: str) -> Body:
    return Body(text.slug(name), name, "central")


def committee(province: str, district: str | None = None) -> Body:
    place = f"huyện {district}" if district else f"tỉnh {province}"
    name = f"Ủy ban nhân dân {place}"
    level = "district" if district else "province"
    return Body(text.slug(name), name, level, province, district, "ubnd-huyen" if district else "ubnd-tinh")


def party(province: str, kind: str = "tinh-uy") -> Body:
    name = f"{'Ban Thường vụ Tỉnh ủy' if kind.startswith('ban') else 'Tỉnh ủy'} {province}"
    return Body(text.slug(name), name, "province", province, None, kind)


POLITBURO, SECRETARIAT = central("Bộ Chính trị"), central("Ban Bí thư")
PRIME_MINISTER, GOVERNMENT = central("Thủ tướng Chính phủ"), central("Chính phủ")
ASSEMBLY = central("Quốc hội")
VAN_SON, BACH_HA = committee("Vân Sơn"), committee("Bạch Hà")
DA_TRANG = committee("Vân Sơn", "Đá Trắng")


@dataclass(frozen=True)
class Cite:
    """A citation to be: what one mention says."""

    number: str | None = None
    type: str | None = "Chỉ thị"
    date: str | None = None
    issuer: Body | None = None
    title: str | None = None
    role: str = "implements"
    iri: str | None = None
    in_title: bool = False
    more: tuple[tuple[str, object], ...] = ()
    """Further fields of the citation."""

    def instrument(self, scope: str) -> str:
        return self.iri or identifiers.instrument_iri(
            issuer=self.issuer,
            type_key=type_key(self.type),
            date=self.date,
            number=self.number,
            title=self.title,
            scope=scope,
        )


def mention(start: int, words: str) -> Mention:
    return Mention(start, start + len(words), words, "", "", "invented")


def document(
    name: str,
    *cites: Cite,
    issuer: Body = VAN_SON,
    number: str | None = None,
    type: str | None = "Chỉ thị",  # noqa: A002 - the field's own name
    date: str | None = "2023-02-01",
    title: str | None = None,
    relations: Sequence[tuple[int | str, str, int | str]] = (),
    movements: Sequence[tuple[str, str, str]] = (),
    tasks: Sequence[tuple[Body, tuple[str, ...]]] = (),
    localises: str | None = None,
) -> Extraction:
    """A document; ``relations`` name citations by place or ``this``, ``movements`` are name, scope, act.

    ``localises`` is the key of the national movement that a provincial one carries out.
    """
    fields = [HeaderField("number", number, mention(0, number), "header-number")] if number else []
    header = Header(
        number=number,
        type=type,
        title=title or f"Việc của {name}",
        issued=date,
        issuer=issuer,
        level=issuer.level,
        province=issuer.province,
        district=issuer.district,
        fields=tuple(fields),
    )
    own = identifiers.instrument_iri(
        issuer=issuer, type_key=type_key(type), date=date, number=number, title=header.title, scope=name
    )
    iris = [cite.instrument(name) for cite in cites]
    at = 100
    citations, stated, invoked, duties = [], [], [], []
    for cite, iri in zip(cites, iris, strict=True):
        words = f"{cite.type or ''} số {cite.number}" if cite.number else f"{cite.type} {cite.title}"
        citations.append(
            Citation(
                mention=mention(at, words),
                kind="numbered" if cite.number else "named",
                type=cite.type,
                number=cite.number,
                date=cite.date,
                issuer=cite.issuer,
                province=cite.issuer.province if cite.issuer else None,
                title=cite.title,
                role=cite.role,
                section="1",
                cue="thực hiện",
                rule="invented",
                confidence=0.9,
                instrument=iri,
                in_title=cite.in_title,
                **dict(cite.more),  # type: ignore[arg-type]
            )
        )
        at += 200
    for subject, predicate, target in relations:
        ends = [own if end == "this" else iris[int(end)] for end in (subject, target)]
        stated.append(
            InstrumentRelation(ends[0], predicate, ends[1], mention(at, "thực hiện"), "1", "thực hiện", "invented", 0.9)
        )
        at += 200
    for label, scope, act in movements:
        place = f"-{text.slug(issuer.province or '')}" if scope == "provincial" else ""
        iri = identifiers.movement_iri(text.slug(label) + place)
        national = localises if scope == "provincial" and act == "invokes" else None
        invoked.append(
            Invocation(
                mention=mention(at, label),
                movement=iri,
                label=label,
                kind="movement",
                scope=scope,  # type: ignore[arg-type]
                act=act,  # type: ignore[arg-type]
                localises=national,
                localises_iri=identifiers.movement_iri(national) if national else None,
                section="2",
                cue=None,
                rule="invented",
                confidence=0.9,
            )
        )
        at += 200
    for body, roles in tasks:
        duties.append(Responsibility(mention(at, body.name), body, roles, "3", None, "invented", 0.9, deadline="30/6"))
        at += 200
    return Extraction(
        SourceDocument(name, name + " x" * (at + 200), hashlib.sha256(name.encode()).hexdigest()),
        own,
        header,
        tuple(citations),
        tuple(stated),
        tuple(invoked),
        tuple(duties),
    )


@cache
def registers() -> dict[str, tuple[ox.Triple, ...]]:
    """The invented register and the real words."""
    ontology = [triple for file in sorted(assets.ontology_dir().glob("*.ttl")) for triple in turtle.read_file(file)]
    return {
        vocab.GRAPH_REGISTER + "invented": tuple(turtle.read_file(REGISTERS)),
        vocab.GRAPH_ONTOLOGY: tuple(ontology),
    }


def link(*documents: Extraction, decisions: Overrides | None = None) -> Linked:
    sources = {identifiers.source_graph(own.source.name): describe(own) for own in documents}
    return linking.link_graphs(sources, registers(), decisions)


def entities(linked: Linked, *documents: Extraction) -> list[list[str]]:
    """The canonical IRI of every citation of every document, in order."""
    found = []
    for own in documents:
        where = linked.resolution.of(identifiers.source_graph(own.source.name))
        found.append([where.get(citation.instrument, citation.instrument) for citation in own.citations])
    return found


def own_iri(linked: Linked, own: Extraction) -> str:
    return linked.resolution.of(identifiers.source_graph(own.source.name)).get(own.instrument, own.instrument)


def with_text(own: Extraction, words: str) -> Extraction:
    """The document with other words in its file."""
    digest = hashlib.sha256(words.encode()).hexdigest()
    return replace(own, source=SourceDocument(own.source.name, f"{words}{' ' * 2000}", digest))


def with_number(own: Extraction, *numbers: str) -> Extraction:
    """The document with several numbers in its header."""
    fields = tuple(
        HeaderField("number", number, mention(place * 20, number), "header-number")
        for place, number in enumerate(numbers)
    )
    return replace(own, header=replace(own.header, fields=fields))
