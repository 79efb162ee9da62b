"""Party instruments without numbers: resolutions of congresses and plenums, and a leader's conclusion at a meeting."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import dates, patterns
from viendan.extract.found import Found
from viendan.extract.particulars import Scene
from viendan.model import Body

_ORDINAL: Final = re.compile(r" (?:[IVXLC]+|\d{1,2})(?!\w)")
_COUNT: Final = r"[\wà-ỹ]+(?: (?:một|hai|ba|tư|năm|sáu|bảy|tám|chín))?"


@cache
def _office_term() -> re.Pattern[str]:
    return re.compile(rf",? ?\(?(?:{patterns.one_of('office-term')}) \d{{4}} ?[-–] ?\d{{4}}")


@cache
def _local_congress() -> re.Pattern[str]:
    """``Đại hội đại biểu lần thứ XXIII của huyện``: a local congress whose party organisation is not named."""
    return re.compile(
        rf"(?i:{patterns.one_of('congress-word')})(?: (?i:{patterns.one_of('congress-delegates')}))?"
        rf"(?: (?:{patterns.one_of('ordinal')}))? (?P<nth>[IVXLC]{{1,7}}) (?:của )?"
        rf"(?:(?:{patterns.one_of('congress-branch')}) )?(?P<kind>{patterns.one_of('congress-place')})(?!\w)"
    )


@cache
def _plenum() -> re.Pattern[str]:
    ordinal = patterns.one_of("ordinal")
    return re.compile(
        rf"(?:của )?(?:(?:{patterns.one_of('plenum-word')}) )?(?:(?:{ordinal}) (?P<nth>{_COUNT}) )?(?:của )?"
        rf"(?:(?:{patterns.one_of('plenum-organ')}) )?(?:{patterns.one_of('plenum-central')})"
        rf"(?: (?:{patterns.one_of('plenum-party')}))?(?: (?:(?:{ordinal}) )?(?P<digit>\d{{1,2}}))?"
        rf"(?P<term>,? (?:{patterns.one_of('term')}) [IVXLC]{{1,6}})?(?!\w)"
    )


@cache
def _bracket_term() -> re.Pattern[str]:
    return re.compile(rf",? ?\((?:{patterns.one_of('term')}) (?P<nth>[IVXLC]{{1,6}})\)")


@cache
def _meeting() -> re.Pattern[str]:
    return re.compile(
        rf" của (?:(?:{patterns.one_of('honorific')}) )?(?P<who>(?=[A-ZĐ])[^;.\n]{{3,170}}?)[ ,]+tại "
        rf"(?:{patterns.one_of('meeting')})[^;.\n]{{0,120}}?(?=ngày \d)"
    )


def read_congress(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """``Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng``, with the term of office of a local one."""
    flat = scene.flat
    begin = end + (5 if flat.startswith(" của ", end) else 1)
    if (
        not flat[begin : begin + 7]
        .lower()
        .startswith(tuple(word.lower() for word in patterns.cue_words("congress-word")))
    ):
        return None
    stop = scene.match_body(begin)
    issuer = scene.body(flat[begin:stop]) if stop else None
    local = _local_congress().match(flat, begin)
    if local and not stop:
        stop = local.end()
        issuer = scene.body(_full_congress(local["kind"], local["nth"]))
    term = _office_term().match(flat, stop) if stop else None
    if issuer is None or stop is None or not (term or _ORDINAL.search(flat, begin, stop)):
        return None
    close = term.end() if term and "(" not in term.group() else stop
    return Found(start, close, "named", label, "congress-resolution", issuer=issuer, stated_issuer=True, full=True)


def _full_congress(kind: str, nth: str) -> str:
    """The full wording of a local congress, for the resolution of bodies."""
    words = ("congress-word", "congress-delegates", "congress-branch")
    return " ".join(
        (
            *(patterns.cue_words(word)[0] for word in words),
            kind,
            min(patterns.cue_words("ordinal"), key=str.isupper),
            nth,
        )
    )


def read_plenum(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """``Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII``, ``Nghị quyết Trung ương 4``."""
    flat = scene.flat
    match = _plenum().match(flat, end + 1)
    if match is None or not (match["nth"] or match["digit"]):
        return None
    issuer = scene.body(patterns.cue_words("plenum-issuer")[0])
    bracket = _bracket_term().match(flat, match.end())
    term = match["term"] or (bracket["nth"] if bracket else "")
    found = Found(start, match.end(), "named", label, "plenum-resolution", issuer=issuer, stated_issuer=True, full=True)
    return found._replace(title_key=f"plenum {match['nth'] or match['digit']} {term[-6:].split(' ')[-1]}".strip())


def read_conclusion(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """``Kết luận của đồng chí … tại cuộc họp ngày …``: a person's conclusion, told apart by its date."""
    flat = scene.flat
    match = _meeting().match(flat, end)
    dated = dates.match_date(flat, match.end()) if match else None
    if match is None or dated is None:
        return None
    who = text.squeeze(match["who"])
    whole = scene.match_body(match.start("who")) == match.end("who")
    issuer = (scene.body(who) if whole else None) or Body(key=text.slug(who), name=text.capitalise(who))
    return Found(
        start,
        dated.end,
        "named",
        label,
        "conclusion-at-meeting",
        date=dated.iso,
        issuer=issuer,
        stated_issuer=True,
        full=True,
    )
