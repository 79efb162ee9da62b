"""Instruments cited by name: laws, party resolutions, a body's instrument on a subject, treaties, and programmes of
work where they are said to be documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from viendan.extract import dates, named_laws, particulars, party_named, patterns, titles, treaties
from viendan.extract.found import Found
from viendan.extract.particulars import Scene
from viendan.model import Body

_OPEN_QUOTE: Final = re.compile(r" ?(?P<open>[“„\"«])")
_CLOSING: Final = {"“": "”", "„": "”", '"': '"', "«": "»"}
_QUOTE_REACH: Final = 400
_NAME_REACH: Final = 320
_ACT_REACH: Final = 110  # characters of the operative words before the text that they adopt
_TELLING: Final = 14  # words of a description that can hardly be a general one

_Reader = Callable[[Scene, int, int, str], Found | None]
_FIRST: Final[tuple[tuple[str, _Reader], ...]] = (
    ("congress", party_named.read_congress),
    ("congress", party_named.read_plenum),
    ("meeting", party_named.read_conclusion),
)


def read_named(scene: Scene, start: int, end: int, label: str) -> list[Found]:
    """The mentions by name that begin with a type word at ``flat[start:end]``: the outer one, and those in its name."""
    flat = scene.flat
    if label in patterns.types_of("law"):
        return named_laws.read_law(scene, start, end, label)
    if _demonstrative().match(flat, end):
        return []
    for family, reader in _FIRST:
        found = reader(scene, start, end, label) if label in patterns.types_of(family) else None
        if found:
            return [found]
    return [] if _before(flat, start, "plural") else _single(scene, start, end, label)


def _single(scene: Scene, start: int, end: int, label: str) -> list[Found]:
    """A treaty, the Party's charter, or a document that a body, a subject or a description singles out."""
    if label in patterns.types_of("treaty"):
        return treaties.read_treaty(scene, start, end, label)
    if label in patterns.types_of("alone"):
        return [Found(start, end, "named", label, "party-charter", full=True)]
    found = _document(scene, start, end, label)
    return [found] if found else []


def _document(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """A body's instrument on a subject, or a programme of work that is said to be a document."""
    programme = label in patterns.types_of("programme")
    quoted = _quoted(scene, start, end, label) if programme else None
    if quoted or _before(scene.flat, start, "draft"):
        return quoted
    dated = label in patterns.types_of("dated")
    if dated or label in patterns.types_of("of-body"):
        found = _of_body(scene, start, end, label, dated=dated)
        if found:
            return found
    return _described(scene, start, end, label) if programme else None


@cache
def _demonstrative() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('demonstrative')})(?!\w)")


@cache
def _kind_before(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{patterns.one_of(kind)}) \Z")


def _before(flat: str, start: int, kind: str) -> bool:
    return _kind_before(kind).search(flat, max(0, start - 32), start) is not None


def _of_body(scene: Scene, start: int, end: int, label: str, *, dated: bool) -> Found | None:
    """``Nghị quyết của HĐND huyện về …``: a body's instrument that a subject singles out; if ``dated``, only a date."""
    flat = scene.flat
    first = dates.date_behind(flat, end)
    if first:
        issuer, stop = particulars.read_issuer(scene, first.end, None, bare=False)
        return _stated(scene, (start, stop), label, issuer, first.iso, None) if issuer else None
    after = " của " if flat.startswith(" của ", end) else " "
    name = end + len(after)
    body = scene.match_body(name)
    if body is None or flat.startswith(patterns.cue_words("congress-word"), name):
        return None
    if after == " " and not flat[name : name + 1].isupper():
        return None
    behind = particulars.read_behind(scene, body, None, bare_issuer=False)
    close = behind.end if behind.dated else body
    title = titles.find_title(flat, close, full=after == " của ")
    wide = title is not None and len(flat[title[0] : title[1]].split()) >= 4
    issuer = scene.body(flat[name:body])
    adopted = _adoption().match(flat, close) or _at_instrument().match(flat, close)
    if issuer is None or issuer.group or not (((wide or adopted) and not dated) or behind.dated):
        return None
    return _stated(scene, (start, close), label, issuer, behind.date, title)


def _stated(
    scene: Scene, span: tuple[int, int], label: str, issuer: Body, date: str | None, title: tuple[int, int] | None
) -> Found:
    """A body's instrument told apart by its date or subject."""
    title = title or titles.find_title(scene.flat, span[1], full=True)
    return Found(
        *span,
        "named",
        label,
        "type-of-body",
        date=date,
        issuer=issuer,
        stated_issuer=True,
        full=True,
        title_range=title,
    )


@cache
def _adoption() -> re.Pattern[str]:
    return re.compile(rf"{_adopted_by()}(?:các )?(?i:{patterns.small_types()})(?!\w)")


@cache
def _adopted_by() -> str:
    """Words by which another instrument adopted a text: ``ban hành kèm theo``, ``được HĐND tỉnh thông qua tại``."""
    by_whom = rf"(?:đã )?được [^,;.()\n]{{2,60}}? (?:{patterns.one_of('approving')}) (?:tại|theo|kèm theo)"
    return rf",? ?\(?(?:{patterns.one_of('adoption')}|{by_whom}) "


@cache
def _at_instrument() -> re.Pattern[str]:
    return re.compile(rf" tại (?:các )?(?i:{patterns.small_types()})(?= số)")


@cache
def _own_act() -> re.Pattern[str]:
    """The operative words of a decision before the text that it adopts: ``Điều 1. Phê duyệt``."""
    approving = patterns.one_of("approving")
    return re.compile(
        rf"(?:^|\n)[#*_\s]{{0,6}}Điều \d{{1,2}}[.:]?[*_]{{0,3}}\s?(?:\d{{1,2}}[.)] ?)?(?:Nay )?(?i:{approving})"
        rf"(?: kèm theo (?i:{patterns.small_types()}) này)?(?: (?:{patterns.one_of('own-act-object')}))? \Z"
    )


@cache
def _name_end() -> re.Pattern[str]:
    return re.compile(
        rf"[;\n“”\"]|\.(?=\s|$)| ?\(|:|,? (?:{patterns.one_of('title-stop', 'description-stop', 'ground')})(?!\w)"
        rf"|(?={_adopted_by()})"
        rf"|,? (?:và |hoặc |theo |tại )?(?:các )?(?i:{patterns.small_types()})(?= số| \d)"
    )


def _quoted(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """``Đề án “…”``: a text named in quotation marks; an event may have such a name as well, a scheme may not."""
    flat = scene.flat
    match = _OPEN_QUOTE.match(flat, end)
    if match is None or _kind_exact(flat, start, "new-task"):
        return None
    close = flat.find(_CLOSING[match["open"]], match.end(), match.end() + _QUOTE_REACH)
    if close < 0 or "\n" in flat[match.end() : close]:
        return None
    adopted = _adoption().match(flat, close + 1) is not None or _before(flat, start, "approving")
    if label not in patterns.types_of("quoted") and not adopted:
        return None
    return Found(start, close + 1, "named", label, "quoted-name", full=True, title_range=(match.end(), close))


def _kind_exact(flat: str, start: int, kind: str) -> bool:
    """Whether a word of the kind stands right before ``start``, in just this case."""
    return flat.endswith(patterns.cues_before(kind), 0, start)


@cache
def _target() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('target')})(?!\w)")


def is_target(flat: str, end: int) -> bool:
    """Whether the words behind a type word name a target programme or the like, which is no document."""
    return _target().match(flat, end) is not None


@cache
def _period() -> re.Pattern[str]:
    return re.compile(rf"(?:{patterns.one_of('period')}) (?:19|20)\d\d|{patterns.one_of('nationwide')}")


@cache
def _no_description() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('no-description')})(?!\w)")


def _described(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """A programme of work named by a description, where its own words say that it is a document."""
    flat = scene.flat
    if flat[end : end + 1] != " " or is_target(flat, end):
        return None
    if _own_act().search(flat, max(0, start - _ACT_REACH), start):
        return _own_annex(scene, start, end, label)
    close = _description_end(flat, end)
    if not flat[end + 1 : end + 2].isalpha() or len(flat[end + 1 : close].split()) < 4:
        return None
    at = _before(flat, start, "approving") and _at_instrument().match(flat, close)
    if at or _adoption().match(flat, close):
        return Found(start, close, "named", label, "named-annex", full=True, title_range=(end + 1, close))
    return _of_its_body(scene, start, end, close, label) or _telling(flat, start, end, close, label)


def _description_end(flat: str, end: int) -> int:
    """The end of a description; a name in quotation marks belongs to it where the words of adoption follow."""
    limit = min(len(flat), end + _NAME_REACH)
    stop = _name_end().search(flat, end + 1, limit)
    if stop and stop.group() in _CLOSING:
        quote = flat.find(_CLOSING[stop.group()], stop.end(), limit)
        if quote >= 0 and _adoption().match(flat, quote + 1):
            return quote + 1
    return end + len(flat[end : stop.start() if stop else limit].rstrip(" ,-"))


def _of_its_body(scene: Scene, start: int, end: int, close: int, label: str) -> Found | None:
    """A programme whose description ends with the body that it is of; rules, of which a body has many, are none."""
    body = _of_body_at_end(scene, end, close) if label not in patterns.types_of("rules") else None
    if body is None:
        return None
    issuer, title = body[0], (end + 1, body[1])
    rule = "programme-of-body"
    return Found(start, close, "named", label, rule, issuer=issuer, stated_issuer=True, full=True, title_range=title)


def _telling(flat: str, start: int, end: int, close: int, label: str) -> Found | None:
    """A scheme whose description is so long, or tells such a period, that it can hardly be a general one."""
    long = len(flat[end + 1 : close].split()) >= _TELLING
    telling = long or _period().search(flat, end, close) is not None
    general = _no_description().match(flat, end) is not None or flat.endswith("về ", 0, start)
    if label in patterns.types_of("described") and telling and not general:
        return Found(start, close, "named", label, "described-scheme", full=True, title_range=(end + 1, close))
    return None


@cache
def _own_name_end() -> re.Pattern[str]:
    return re.compile(rf"{_adopted_by()}|(?= (?:đã )?được )| \(")


def _own_annex(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """The text that the document itself adopts, named by its operative words; what it cites inside is read apart."""
    flat = scene.flat
    limit = min(titles.subject_end(flat, end + 1), end + _NAME_REACH)
    adopted = _own_name_end().search(flat, end + 2, limit)  # a bracket right behind the type word belongs to the name
    close = end + len(flat[end : adopted.start() if adopted else limit].rstrip(" ,-:"))
    if len(flat[end:close].split()) < 2:
        return None
    own, title, year = scene.context.issuer, (end + 1, close), (scene.context.date or "")[:4] or None
    return Found(start, close, "named", label, "own-annex", issuer=own, full=True, title_range=title, year=year)


def _of_body_at_end(scene: Scene, end: int, close: int) -> tuple[Body, int] | None:
    """The body that a description ends with (``… năm 2023 của UBND huyện``), and where it ends before the body."""
    at = scene.flat.rfind(" của ", end, close)
    if at < 0 or scene.match_body(at + 5) != close:
        return None
    body = scene.body(scene.flat[at + 5 : close])
    return (body, at) if body and not body.group else None
