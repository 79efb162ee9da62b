"""The subject clause of a cited instrument: where it begins behind number, date and issuer, and where it ends."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import bodies, patterns

_REACH: Final = 700
_CLOSING: Final = {"“": "”", "„": "”", '"': '"', "‘": "’", "'": "'", "«": "»"}
_BRACKET: Final = re.compile(r",? ?\([^()\n]{1,90}\)")
_ABOUT: Final = re.compile(r"[,:]? ?(?P<open>\()?(?:[Vv]ề việc|[Vv]/[Vv]:?|[Vv]ề|[Vv]ê việc|[Vv]ê) ?:? (?=\S)")
_QUOTED: Final = re.compile(r"[,:]? ?(?=[“„\"«])")


@cache
def _term() -> re.Pattern[str]:
    nth = r"(?:(?:thứ|lần thứ) )?[\wà-ỹ]+"
    session = rf",? ?\(?(?:tại )?(?:{patterns.one_of('session')}) {nth}\)?"
    return re.compile(rf",? ?(?:{patterns.one_of('term')}) (?:[IVXLC]{{1,6}}|\d{{1,2}})\b(?:{session})?|{session}")


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf" (?=(?i:{patterns.one_of('title-opener')})(?!\w)(?! được| có hiệu lực))")


@cache
def _stop() -> re.Pattern[str]:
    types = patterns.small_types()
    return re.compile(
        rf"[;\n]|\.(?=\s|$)|\.(?=[{patterns.UPPER}][a-zà-ỹ])|(?P<bracket>[()])|(?P<quote>[”“\"])|:(?= ?\n| ?$)"
        rf"|,? (?:{patterns.one_of('title-stop')})(?!\w)|, (?:{patterns.one_of('title-stop-comma')})(?!\w)"
        rf"| và (?:{patterns.one_of('title-and')}) (?:các )?(?i:{types}) {patterns.INTRO}[ :]|, ngày (?=\d)"
        rf"|(?P<next>,? (?:và|cùng với|hoặc)|,) (?:các |cả )?(?P<type>(?i:{types}))"
        rf"(?= {patterns.INTRO}[ :]| \d{{1,6}}[/-])|(?P<body>, )(?=[{patterns.UPPER}])"
        rf"|(?:, (?:và )?| và ){patterns.INTRO} (?=\d{{1,5}}[/-](?:\d{{4}}/)?[{patterns.UPPER}]{{2}})"
        rf"|(?P<year>(?<=\d\d\d\d)(?:, | )(?:{patterns.one_of('title-stop-year')})(?!\w))"
        rf"|(?P<period>(?<=\d\d\d\d), )(?!(?:{patterns.one_of('title-goes-on')})(?!\w))(?=[a-zà-ỹđ])"
    )


@cache
def _amending() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{patterns.one_of('amending')})(?!\w)")


@cache
def _perhaps() -> re.Pattern[str]:
    """``về`` a few words behind a mention, or an opening word at the beginning of the next line or cell."""
    about = r"(?:v[ềẻèễêe]|V[ềẻèễêe]|v/v|V/v|VỀ)"
    opener = rf"(?i:{patterns.one_of('title-opener')})"
    near = rf"[^.;:,()\n]{{0,50}}?\n?[ :,(]{{0,3}}{about}[ :]"
    far = r"(?:(?!số:? \d|\d ?/)[^.;:\n]){0,90}? [vV](?:ề việc|/v) "
    return re.compile(rf"{near}|{far}|[ ,:]{{0,3}}\n?[“\"]?(?:{opener})(?!\w)")


def may_follow(flat: str, position: int) -> bool:
    """Whether the words behind a citation may be a subject that ``find_title`` does not read: misread, or in a cell."""
    return _perhaps().match(flat, position) is not None


def find_title(flat: str, position: int, *, full: bool) -> tuple[int, int] | None:
    """The offsets of the subject clause behind a citation that ends at ``position``; None where it gives none.

    ``full`` says that the mention has a date or an issuer: only then a verb without ``về`` opens a subject.
    """
    begin = position
    for pattern in (_term(), _BRACKET) if full else ():
        match = pattern.match(flat, begin)
        if match and not _ABOUT.match(flat, begin) and not _aside().search(match.group()):
            begin = match.end()
    about = _ABOUT.match(flat, begin)
    if about:
        start = about.end()
    else:
        quoted = _QUOTED.match(flat, begin)
        opener = _opener().match(flat, begin) if full else None
        if quoted and full:
            start = quoted.end()
        elif opener:
            start = opener.end()
        else:
            return None
    end = _quote_end(flat, start) if flat[start : start + 1] in _CLOSING else None
    if end is not None:
        return start, end
    return start, _title_end(flat, start)


def subject_end(flat: str, start: int) -> int:
    """The end of a name or subject that begins at ``start``."""
    return _title_end(flat, start)


@cache
def _going_on() -> re.Pattern[str]:
    return re.compile(rf"(?:{patterns.one_of('title-goes-on', 'office-term')})(?!\w)")


def goes_on(flat: str, position: int) -> bool:
    """Whether the words behind a comma at ``position`` go on with a subject (``tầm nhìn đến …``)."""
    return _going_on().match(flat, position) is not None


def _quote_end(flat: str, start: int) -> int | None:
    """The end of a subject in quotation marks; None where it goes on behind them."""
    close = flat.find(_CLOSING[flat[start]], start + 1, start + _REACH)
    if close < 0 or "\n" in flat[start:close]:
        return None
    return close + 1


def _title_end(flat: str, start: int) -> int:
    limit = min(len(flat), start + _REACH)
    position, depth = start, 0
    while True:
        match = _stop().search(flat, position, limit)
        if match is None:
            return _trimmed(flat, start, limit)
        kind = match.lastgroup
        if kind == "quote":
            close = _quote_end(flat, match.start()) if match["quote"] != "”" else None
            if close is None:
                return _trimmed(flat, start, match.start())
            position = close
        elif kind == "bracket":
            depth += 1 if match["bracket"] == "(" else -1
            if depth < 0 or flat.startswith(patterns.cue_words("aside"), match.end()):
                return _trimmed(flat, start, match.start())
            position = match.end()
        elif (depth > 0 and match.group() != "\n") or not _ends(flat, start, match, kind):
            position = match.end()
        else:
            return _trimmed(flat, start, match.start())


@cache
def _aside() -> re.Pattern[str]:
    return re.compile(patterns.one_of("alias"))


def _ends(flat: str, start: int, match: re.Match[str], kind: str | None) -> bool:
    """Whether a possible end of a subject is one: not inside the list of what it amends, nor in a list of bodies."""
    if match.group() == ";":
        return not (_inside_ground(flat, start, match.end()) or _second_part(flat, match.end()))
    if kind == "type" and _amending().search(flat, start, match.start()):
        return patterns.type_labels()[match["type"].lower()] in patterns.types_of("dispatch")
    if kind == "body":
        stop = bodies.match_body(flat, match.end())
        return (
            stop is not None
            and flat[stop : stop + 1] == " "
            and flat[stop + 1 : stop + 2].islower()
            and not flat.startswith(" và ", stop)
        )
    return True


@cache
def _ground() -> re.Pattern[str]:
    return re.compile(rf"(?:[-*_+] ?)?(?:{patterns.one_of('ground')})")


def _inside_ground(flat: str, start: int, end: int) -> bool:
    """Whether a semicolon stands inside the subject of a legal ground: grounds end with their lines, subjects go on."""
    line = patterns.line_start(flat, start)
    following = flat[end : end + 2]
    if not _ground().match(flat, line) or following[:1] != " " or not following[1:2].islower():
        return False
    return not patterns.small_type_at().match(flat, end + 1)


@cache
def _more() -> re.Pattern[str]:
    types = patterns.small_types()
    return re.compile(
        rf" (?:(?P<noun>{patterns.one_of('title-semicolon')})(?!\w)"
        rf"|(?=[a-zà-ỹđ])(?P<between>[^;.:\n]{{8,160}}); (?:các )?(?i:{types}) {patterns.INTRO}[ :])"
    )


@cache
def _governing() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{patterns.one_of('title-and', 'approving', 'new-task')})(?!\w)")


def _second_part(flat: str, end: int) -> bool:
    """Whether a subject goes on behind a semicolon: with a noun that titles list, or up to the next instrument of a
    list that one verb governs (``thực hiện A về …; nâng cao …; Chỉ thị số …``)."""
    more = _more().match(flat, end)
    return more is not None and (more["between"] is None or not _governing().search(more["between"]))


def _trimmed(flat: str, start: int, end: int) -> int:
    return start + len(flat[start:end].rstrip(" ,.:-"))


_LEADING: Final = re.compile(r"\A(?:[Vv]ề việc |[Vv]ề (?!đích|nguồn))")
_EDGES: Final = " “”\"„«»‘’'.,;:*_"


def clean(title: str) -> str | None:
    """A title without quotation marks, markup and blanks at its ends; None where nothing is left."""
    plain = _LEADING.sub("", text.squeeze(title).strip(_EDGES))
    plain = re.sub(r"[“”\"„«»*]", "", plain) if plain.count("“") != plain.count("”") else plain
    if plain.count('"') == 1:
        plain = plain.replace('"', "")
    return plain or None
