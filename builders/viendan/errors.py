"""The errors that a person sees, and the exit codes of the command line.

An error carries a message key and values, not a sentence: the sentence is found in ``site/messages`` in the reader's
language. ``str(error)`` gives the key and the values, for logs and tests.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of ``viendan``, as documented in the README."""

    OK = 0
    SOME_FAILED = 1  # the batch went through, but at least one document or check failed
    USAGE = 2  # click's own code for wrong arguments
    INPUT = 3  # a file or folder that is missing, empty, no text, too large
    DATA = 4  # Turtle that does not parse, an override that names nothing
    QUERY = 5  # an unknown query, a syntax error, a bad parameter
    OUTPUT = 6  # the output cannot be written
    # Only of `viendan check`: the data are sound, and the gravest finding that nobody has reviewed is …
    FOUND_NOTICE = 7
    FOUND_WARNING = 8
    FOUND_ERROR = 9


class ViendanError(Exception):
    """Something a person can mend; one sentence says what, where and what to do.

    ``key`` is looked up in the message catalogues; ``values`` (strings or integers) fill its placeholders.
    """

    exit_code = ExitCode.SOME_FAILED

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in sorted(self.values.items()))
        return f"{self.key}({shown})"


class InputError(ViendanError):
    """A source document that cannot be read."""

    exit_code = ExitCode.INPUT


class DataError(ViendanError):
    """Data or an override that cannot be used."""

    exit_code = ExitCode.DATA


class QueryError(ViendanError):
    """A query that is unknown, wrong or given wrong parameters."""

    exit_code = ExitCode.QUERY


class OutputError(ViendanError):
    """A result that cannot be written."""

    exit_code = ExitCode.OUTPUT
