"""Questions to a store: one ``.rq`` file each, parameters bound as terms, answers in an order that never changes."""

from viendan.queries.binding import find_instrument, find_thing
from viendan.queries.header import Column, Parameter, Query, load, named, parse
from viendan.queries.result import Cell, Result
from viendan.queries.running import run, run_guarded, run_text

__all__ = [
    "Cell",
    "Column",
    "Parameter",
    "Query",
    "Result",
    "find_instrument",
    "find_thing",
    "load",
    "named",
    "parse",
    "run",
    "run_guarded",
    "run_text",
]
