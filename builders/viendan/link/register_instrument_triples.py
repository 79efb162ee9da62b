"""An instrument of the register as a value, and as triples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from viendan import identifiers, text, turtle, vocab
from viendan.link import register_tables as tables
from viendan.model import Body

_TABLE: Final = "registers"


@dataclass(frozen=True, slots=True)
class Entry:
    """One instrument: empty strings and tuples for what the tables do not know."""

    iri: str
    type_key: str
    type_en: str
    number: str
    date: str
    """ISO date or a year."""
    issuers: tuple[Body, ...]
    title: str
    label: str
    """Full title with type, and number where it has one."""
    source: str
    confidence: str
    note: str = ""
    short_names: tuple[str, ...] = ()
    """Names by which it is cited, without year."""
    year_names: tuple[str, ...] = ()
    effective: str = ""
    replaces: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    cited: int = 0
    """In how many documents of the corpus it was seen; decides between entries with one number only."""

    @property
    def issuing_body(self) -> Body | None:
        """The issuer that makes part of the IRI; bodies that issue together count as one."""
        if len(self.issuers) < 2:
            return self.issuers[0] if self.issuers else None
        name = ", ".join(body.name for body in self.issuers)
        return Body(key=text.slug(name), name=name)

    @property
    def label_en(self) -> str:
        """Type and number in English; the date where there is no number, or where the number does not tell the year."""
        when = self.date[:4] if self.type_key == "hien-phap" else self.date
        if not self.number:
            return f"{self.type_en} of {when}" if when else self.type_en
        parsed = identifiers.OfficialNumber.parse(self.number)
        year = f" ({when})" if when and not (parsed and parsed.year) else ""
        return f"{self.type_en} {self.number}{year}"


def describe(entry: Entry) -> tables.Triples:
    """The triples of one instrument."""
    node = entry.iri
    yield from tables.types(node, vocab.VD + "Instrument", vocab.ELI + "LegalResource")
    yield from tables.in_scheme(node, "instruments")
    yield from tables.labels(node, entry.label, entry.label_en)
    yield tables.triple(node, vocab.ELI + "type_document", identifiers.term("type", entry.type_key))
    if entry.number:
        yield tables.triple(node, vocab.ELI + "id_local", turtle.literal(entry.number))
    if entry.date:
        yield tables.triple(node, vocab.ELI + "date_document", turtle.date_literal(entry.date))
    for body in entry.issuers:
        yield tables.triple(node, vocab.ELI + "passed_by", identifiers.body_iri(body))
    if entry.title:
        yield from tables.words(node, vocab.ELI + "title", (entry.title,), "vi")
    if entry.effective:
        in_force = turtle.date_literal(entry.effective)
        yield tables.triple(node, vocab.ELI + "first_date_entry_in_force", in_force)
    yield from tables.words(node, vocab.VD + "shortName", entry.short_names, "vi")
    yield from tables.words(node, vocab.SKOS + "altLabel", entry.year_names, "vi")
    for target in entry.replaces:
        yield tables.triple(node, vocab.VD + "replaces", target)
    for target in entry.amends:
        yield tables.triple(node, vocab.ELI + "amends", target)
    trusted = {"source": entry.source, "confidence": entry.confidence, "note": entry.note}
    yield from tables.trust(node, trusted, _TABLE)
