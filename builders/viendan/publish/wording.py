"""Numbers and dates as readers of a language write them.

Vietnamese dates follow Decree 30/2020/NĐ-CP, annex I: days below 10 and the months 1 and 2 get a zero.
"""

from __future__ import annotations

from viendan.messages import Language, say


def number(value: int, language: Language) -> str:
    """``12.345`` in Vietnamese, ``12,345`` in English."""
    shown = f"{value:,}"
    return shown.replace(",", ".") if language == "vi" else shown


def percent(value: float, language: Language) -> str:
    """A share of one as whole percents."""
    return say("format.percent", language, value=round(value * 100))


def date(value: str, language: Language) -> str:
    """An ISO date, month or year as words; anything else as it is."""
    parts = value.split("-")
    if len(parts) > 3 or not all(part.isdigit() for part in parts) or (len(parts) > 1 and not 1 <= int(parts[1]) <= 12):
        return value
    if len(parts) == 1:
        return value
    year, month = parts[0], int(parts[1])
    name = say(f"month.{month}", language)
    if len(parts) == 2:
        return say("format.month", language, month=name, year=year)
    return say(
        "format.day", language, day=f"{int(parts[2]):02d}" if language == "vi" else int(parts[2]), month=name, year=year
    )


def counted(key: str, value: int, language: Language) -> str:
    """``3 citations``, ``1 citation``: the message ``count.KEY.one`` or ``.other`` with the number."""
    form = "one" if value == 1 else "other"
    return say(f"count.{key}.{form}", language, n=number(value, language))
