"""The words that the grammar knows, read from ``ontology/*.ttl`` and the registers in ``data/register-*.ttl``.

Code asks for a scheme and gets its words; no Vietnamese vocabulary stands in code. A concept belongs to a scheme by
``skos:inScheme``; its key is the last part of its IRI.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from viendan import assets, text, turtle, vocab


@dataclass(frozen=True, slots=True)
class Word:
    """A concept as the grammar sees it; all lists sorted, all text NFC.

    ``properties`` holds every other literal or IRI of the concept by its full property IRI.
    """

    iri: str
    key: str
    label: str
    label_en: str
    alternatives: tuple[str, ...]  # skos:altLabel: other correct spellings
    misread: tuple[str, ...]  # skos:hiddenLabel: wrong spellings that are really seen
    symbols: tuple[str, ...]  # vd:symbol: in official numbers
    abbreviations: tuple[str, ...]  # vd:abbreviation: in running text
    cues: tuple[str, ...]  # vd:cue: words that point to the concept
    properties: Mapping[str, tuple[str, ...]]

    def get(self, local_name: str) -> str | None:
        """The first value of an own property (``get("level")``), the last part of it where it is an IRI of ours."""
        values = self.all(local_name)
        return values[0] if values else None

    def all(self, local_name: str) -> tuple[str, ...]:
        """All values of an own property, IRIs of ours shortened to their last part."""
        found = self.properties.get(vocab.VD + local_name, ())
        return tuple(value.rsplit("/", 1)[1] if value.startswith(vocab.ID) else value for value in found)

    @property
    def forms(self) -> tuple[str, ...]:
        """Label, alternatives and misread forms, in this order."""
        return (self.label, *self.alternatives, *self.misread)


_LISTS = {
    vocab.SKOS + "altLabel",
    vocab.SKOS + "hiddenLabel",
    vocab.VD + "symbol",
    vocab.VD + "abbreviation",
    vocab.VD + "cue",
}


@cache
def scheme(name: str) -> tuple[Word, ...]:
    """All words of a scheme (``instrument-types``, ``roles`` …), sorted by key; empty for an unknown name."""
    return _schemes().get(name, ())


@cache
def by_key(name: str) -> Mapping[str, Word]:
    """The words of a scheme by key."""
    return MappingProxyType({word.key: word for word in scheme(name)})


@cache
def _schemes() -> Mapping[str, tuple[Word, ...]]:
    files = sorted([*assets.ontology_dir().glob("*.ttl"), *assets.data_dir().glob("register-*.ttl")])
    described: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        _collect(file, described)
    found: dict[str, list[Word]] = defaultdict(list)
    for subject, properties in described.items():
        for scheme_node in properties.get(vocab.SKOS + "inScheme", ()):
            found[scheme_node.value.rsplit("/", 1)[1]].append(_word(subject, properties))
    return MappingProxyType({name: tuple(sorted(words, key=lambda word: word.key)) for name, words in found.items()})


def _collect(file: Path, described: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]]) -> None:
    for triple in turtle.read_file(file):
        if isinstance(triple.object, (ox.Literal, ox.NamedNode)) and isinstance(triple.subject, ox.NamedNode):
            described[triple.subject.value][triple.predicate.value].append(triple.object)


def _word(iri: str, properties: Mapping[str, list[ox.Literal | ox.NamedNode]]) -> Word:
    labels = {
        term.language: text.nfc(term.value)
        for term in properties.get(vocab.SKOS + "prefLabel", ())
        if isinstance(term, ox.Literal)
    }

    def texts(name: str) -> tuple[str, ...]:
        return tuple(sorted({text.nfc(term.value) for term in properties.get(name, ())}))

    others = {name: texts(name) for name in properties if name not in _LISTS and name != vocab.SKOS + "prefLabel"}
    return Word(
        iri=iri,
        key=iri.rsplit("/", 1)[1],
        label=labels.get("vi", ""),
        label_en=labels.get("en", ""),
        alternatives=texts(vocab.SKOS + "altLabel"),
        misread=texts(vocab.SKOS + "hiddenLabel"),
        symbols=texts(vocab.VD + "symbol"),
        abbreviations=texts(vocab.VD + "abbreviation"),
        cues=texts(vocab.VD + "cue"),
        properties=MappingProxyType(others),
    )
