"""The program that carries the tables of facts over into ``data/register-*.ttl``.

``viendan registers TABLES`` writes the files, ``viendan check --registers TABLES`` compares them with those there.
Same tables, same bytes. Tables are no truth: corrections are made in the override file or in ``ontology/names.ttl``,
never in the files written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from viendan import turtle
from viendan.link import register_agencies, register_instruments, register_movements, register_places


def import_registers(tables: Path) -> Mapping[str, str]:
    """File name to canonical Turtle of every register, from the folder of tables.

    Raises DataError for a table that is missing or broken, and where the package of districts is not installed.
    """
    instruments = register_instruments.read_instruments(tables)
    movements = register_movements.read_movements(tables, instruments)
    found: dict[str, Iterable[ox.Triple]] = {
        "register-agencies.ttl": register_agencies.agencies(tables),
        "register-instruments.ttl": instruments.central_triples(movements.further_instruments),
        "register-laws.ttl": instruments.law_triples(),
        "register-movements.ttl": movements.triples,
        "register-places.ttl": register_places.provinces(tables),
        "register-places-districts.ttl": register_places.districts(tables),
    }
    return MappingProxyType({name: turtle.write(triples) for name, triples in sorted(found.items())})
