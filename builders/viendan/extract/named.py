"""Instruments cited by name: laws, resolutions of congresses and plenums, resolutions of a body on a subject, treaties,
and programmes of work where they are said to be documents.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import dates, laws, named_laws, particulars, patterns, titles
from viendan.extract.found import Found
from viendan.extract.particulars import Scene
from viendan.model import Body

_TREATIES: Final = frozenset({"hiep-dinh", "nghi-dinh-thu", "cong-uoc", "hiep-uoc", "hien-chuong"})
_PROGRAMMES: Final = frozenset(
    {
        "de-an",
        "chien-luoc",
        "quy-hoach",
        "chuong-trinh",
        "ke-hoach",
        "chuong-trinh-hanh-dong",
        "quy-tac",
        "quy-che",
        "quy-dinh",
        "dieu-le",
        "phuong-an",
        "chuong-trinh-phoi-hop",
        "du-an",
    }
)
_ALONE: Final = frozenset({"dieu-le-dang", "cuong-linh-chinh-tri"})
_OF_BODY: Final = frozenset(
    {
        "nghi-quyet",
        "chi-thi",
        "ket-luan",
        "ke-hoach",
        "chuong-trinh",
        "de-an",
        "quy-dinh",
        "quy-che",
        "huong-dan",
        "chuong-trinh-hanh-dong",
    }
)
_DATED_ONLY: Final = frozenset({"quyet-dinh", "nghi-dinh", "thong-tu", "cong-dien", "thong-bao", "bao-cao", "to-trinh", "cong-van"})
_QUOTED: Final = re.compile(r" ?(?P<open>[“„\"«])")
_TERM: Final = re.compile(r",? ?\(?nhiệm kỳ \d{4} ?[-–] ?\d{4}")
_ORDINAL: Final = re.compile(r" (?:[IVXLC]+|\d{1,2})(?!\w)")
_LOCAL_CONGRESS: Final = re.compile(
    r"(?:của )?(?i:đại hội)(?: (?i:đại biểu))?(?: (?i:lần thứ))? (?P<nth>[IVXLC]{1,7}) (?:của )?(?:Đảng bộ )?(?P<kind>tỉnh|huyện|thành phố|quận|thị xã|xã|phường|thị trấn)(?!\w)"
)
_PLENUM: Final = re.compile(
    r"(?:của )?(?P<whole>(?:Hội nghị )?(?:(?:lần thứ|Lần thứ) (?P<nth>[\wà-ỹ]+(?: (?:một|hai|ba|tư|năm|sáu|bảy|tám|chín))?) )?(?:của )?"
    r"(?:(?:Ban Chấp hành|Ban chấp hành|BCH) )?(?:Trung ương|TW|TƯ)(?: Đảng)?(?: (?:lần thứ )?(?P<digit>\d{1,2}))?)(?P<term>,? (?:khóa|khoá) [IVXLC]{1,6})?(?!\w)"
)
_CENTRAL: Final = "Ban Chấp hành Trung ương Đảng"
_MEETING: Final = re.compile(
    r" của (?:đồng chí |đ/c |Đồng chí )?(?P<who>(?=[A-ZĐ])[^;.\n]{3,170}?)[ ,]+tại (?:cuộc họp|Hội nghị|hội nghị|buổi làm việc|Buổi làm việc|phiên họp|Phiên họp|cuộc làm việc)[^;.\n]{0,120}?(?=ngày \d)"
)


def read_named(scene: Scene, start: int, end: int, label: str) -> list[Found]:
    """The mentions by name that begin with a type word at ``flat[start:end]``: the outer one, and those inside its name."""
    key = patterns.type_keys().get(label, "")
    flat = scene.flat
    if key in laws.LAW_TYPES:
        return named_laws.read_law(scene, start, end, label)
    if _demonstrative().match(flat, end):
        return []
    if key in ("nghi-quyet", "van-kien"):
        found = _congress(scene, start, end, label) or _plenum(scene, start, end, label)
        if found:
            return [found]
    if key == "ket-luan" or key == "thong-bao":
        found = _meeting(scene, start, end, label)
        if found:
            return [found]
    if _before(flat, start, "plural"):
        return []
    quoted = _quoted(scene, start, end, label, key) if key in _PROGRAMMES else None
    if quoted:
        return [quoted]
    if _before(flat, start, "draft"):
        return []
    if key in _TREATIES:
        return _treaty(scene, start, end, label, inside=False)
    if key in _ALONE:
        return [Found(start, end, "named", label, "party-charter", full=True)]
    if key in _OF_BODY or key in _DATED_ONLY:
        found = _of_body(scene, start, end, label, dated=key in _DATED_ONLY)
        if found:
            return [found]
    if key in _PROGRAMMES:
        found = _described(scene, start, end, label, key)
        return [found] if found else []
    return []


@cache
def _demonstrative() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('demonstrative')})(?!\w)")


@cache
def _kind_before(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{patterns.one_of(kind)}) \Z")


def _before(flat: str, start: int, kind: str) -> bool:
    return _kind_before(kind).search(flat, max(0, start - 32), start) is not None


def _congress(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """``Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng``, with the term of a local one."""
    flat = scene.flat
    begin = end + 1
    if flat.startswith("của ", begin):
        begin += 4
    if not flat[begin : begin + 7].lower().startswith("đại hội"):
        return None
    stop = scene.match_body(begin)
    local = _LOCAL_CONGRESS.match(flat, begin)
    issuer: Body | None = None
    if stop:
        issuer = scene.body(flat[begin:stop])
    elif local:
        stop = local.end()
        issuer = scene.body(f"Đại hội đại biểu Đảng bộ {local['kind']} lần thứ {local['nth']}")
    term = _TERM.match(flat, stop) if stop else None
    if issuer is None or stop is None or not (term or _ORDINAL.search(flat, begin, stop)):
        return None
    close = term.end() if term and "(" not in term.group() else stop
    return Found(start, close, "named", label, "congress-resolution", issuer=issuer, stated_issuer=True, full=True)


def _plenum(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """``Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XII``, ``Nghị quyết Trung ương 4 khóa XII``."""
    flat = scene.flat
    match = _PLENUM.match(flat, end + 1)
    if match is None or not (match["nth"] or match["digit"]):
        return None
    issuer = scene.body(_CENTRAL)
    bracket = re.compile(r",? ?\((?:khóa|khoá) (?P<nth>[IVXLC]{1,6})\)").match(flat, match.end())
    term = match["term"] or (f"khóa {bracket['nth']}" if bracket else "")
    nth = match["nth"] or match["digit"]
    found = Found(start, match.end(), "named", label, "plenum-resolution", issuer=issuer, stated_issuer=True, full=True)
    return replace(found, title_key=f"hội nghị {nth} {term}".strip())


def _meeting(scene: Scene, start: int, end: int, label: str) -> Found | None:
    """``Kết luận của đồng chí … tại cuộc họp ngày …``: a person's conclusion, told apart by its date."""
    flat = scene.flat
    match = _MEETING.match(flat, end)
    dated = dates.match_date(flat, match.end()) if match else None
    if match is None or dated is None:
        return None
    who = text.squeeze(match["who"])
    stop = scene.match_body(match.start("who"))
    issuer = scene.body(who) if stop == match.end("who") else None
    issuer = issuer or Body(key=text.slug(who), name=text.capitalise(who))
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


def _of_body(scene: Scene, start: int, end: int, label: str, *, dated: bool) -> Found | None:
    """``Nghị quyết của HĐND huyện về …``: a body's instrument that a subject or a date singles out."""
    flat = scene.flat
    after = " của " if flat.startswith(" của ", end) else " "
    name = end + len(after)
    stop = scene.match_body(name)
    if stop is None or (after == " " and not flat[name : name + 1].isupper()) or flat.startswith("Đại hội", name):
        return None
    behind = particulars.read_behind(scene, stop, None, bare_issuer=False)
    close = behind.end if behind.dated else stop
    title = titles.find_title(flat, close, full=after == " của ")
    wide = title is not None and len(flat[title[0] : title[1]].split()) >= 4
    if not ((wide and not dated) or behind.dated):
        return None
    issuer = scene.body(flat[name:stop])
    if issuer is None or issuer.group:
        return None
    return Found(
        start,
        close,
        "named",
        label,
        "type-of-body",
        date=behind.date,
        issuer=issuer,
        stated_issuer=True,
        full=True,
        title_range=title,
    )


@cache
def _adoption() -> re.Pattern[str]:
    types = "|".join(re.escape(form) for form in sorted(patterns.type_labels(), key=lambda form: (-len(form), form)))
    return re.compile(rf",? ?\(?(?:{patterns.one_of('adoption')}) (?:các )?(?i:{types})(?!\w)")


@cache
def _name_end() -> re.Pattern[str]:
    types = "|".join(re.escape(form) for form in sorted(patterns.type_labels(), key=lambda form: (-len(form), form)))
    return re.compile(
        rf"[;\n“”\"]|\.(?=\s|$)|(?P<bracket> ?\()|:|,? (?:{patterns.one_of('title-stop')})(?!\w)|,? ?\(?(?:{patterns.one_of('adoption')})(?!\w)"
        rf"|,? (?:và |hoặc )?(?:các )?(?i:{types})(?= số| \d)"
    )


def _quoted(scene: Scene, start: int, end: int, label: str, key: str) -> Found | None:
    """``Đề án “…”``: a text named in quotation marks; an event may have such a name as well, a scheme may not."""
    flat = scene.flat
    match = _QUOTED.match(flat, end)
    if match is None:
        return None
    close = flat.find({"“": "”", "„": "”", '"': '"', "«": "»"}[match["open"]], match.end(), match.end() + 400)
    if close < 0 or "\n" in flat[match.end() : close]:
        return None
    adopted = _adoption().match(flat, close + 1) is not None or _adopted_before(flat, start)
    if key not in ("de-an", "chien-luoc", "quy-tac", "quy-che", "dieu-le") and not adopted:
        return None
    return Found(start, close + 1, "named", label, "quoted-name", full=True, title_range=(match.end(), close))


@cache
def _adopting() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:ban hành|phê duyệt|phê chuẩn|thông qua) \Z")


def _adopted_before(flat: str, start: int) -> bool:
    return _adopting().search(flat, max(0, start - 14), start) is not None


@cache
def _target() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('target')})(?!\w)")


def is_target(flat: str, end: int) -> bool:
    """Whether the words behind a type word name a target programme or the like, which is no document."""
    return _target().match(flat, end) is not None


_PERIOD: Final = re.compile(r"(?:năm|giai đoạn) (?:19|20)\d\d|quốc gia")
_TELLING: Final = 14  # words of a description that can hardly be a general one


def _described(scene: Scene, start: int, end: int, label: str, key: str) -> Found | None:
    """A programme of work named by a description, where its own words say that it is a document."""
    flat = scene.flat
    if not re.match(r" (?=[^\W\d])", flat[end : end + 2]) or _target().match(flat, end):
        return None
    limit = min(len(flat), end + 320)
    stop = _name_end().search(flat, end + 1, limit)
    close = stop.start() if stop else limit
    close = end + len(flat[end:close].rstrip(" ,-"))
    words = flat[end + 1 : close].split()
    if len(words) < 4:
        return None
    body = _of_body_at_end(scene, end, close)
    if _adoption().match(flat, close):
        return Found(start, close, "named", label, "named-annex", full=True, title_range=(end + 1, close))
    if body and key not in ("quy-dinh", "quy-che", "dieu-le", "du-an"):
        return Found(
            start,
            close,
            "named",
            label,
            "programme-of-body",
            issuer=body[0],
            stated_issuer=True,
            full=True,
            title_range=(end + 1, body[1]),
        )
    telling = _PERIOD.search(flat, end, close) is not None or len(words) >= _TELLING
    if key in ("de-an", "chien-luoc") and telling and not _no_description().match(flat, end) and not flat.endswith("về ", 0, start):
        return Found(start, close, "named", label, "described-scheme", full=True, title_range=(end + 1, close))
    return None


@cache
def _no_description() -> re.Pattern[str]:
    return re.compile(rf" (?:{patterns.one_of('no-description')})(?!\w)")


def _of_body_at_end(scene: Scene, end: int, close: int) -> tuple[Body, int] | None:
    """The body that a description ends with (``… năm 2023 của UBND huyện``), and where the description ends before it."""
    at = scene.flat.rfind(" của ", end, close)
    if at < 0 or scene.match_body(at + 5) != close:
        return None
    body = scene.body(scene.flat[at + 5 : close])
    return (body, at) if body and not body.group else None


_TREATY_END: Final = re.compile(
    r"[;.()\n“”\"]|, | (?:ký|được|đã|có hiệu lực|quy định|thì|mà|theo|ngày|và các|trong|nhằm|để)(?!\w)"
)
_OF_STATE: Final = re.compile(r" của (?:nước|Cộng hòa|Việt Nam)")


def _treaty(scene: Scene, start: int, end: int, label: str, *, inside: bool) -> list[Found]:
    """A treaty by its name; one inside its name is a mention of its own."""
    flat = scene.flat
    limit = min(len(flat), end + 260)
    stop = _TREATY_END.search(flat, end, limit)
    close = stop.start() if stop else limit
    state = _OF_STATE.search(flat, end, close) if inside else None
    close = state.start() if state else close
    close = end + len(flat[end:close].rstrip(" ,-"))
    if len(flat[end:close].split()) < 2:
        return []
    found = [Found(start, close, "named", label, "treaty", full=True, title_range=(end + 1, close), nested=inside)]
    inner = patterns.type_anchor().search(flat, end, close)
    if inner:
        inner_label = patterns.type_labels()[inner.group().lower()]
        if patterns.type_keys().get(inner_label) in _TREATIES:
            found += _treaty(scene, inner.start(), inner.end(), inner_label, inside=True)
    return found
