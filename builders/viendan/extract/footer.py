"""The foot of a document: recipients, signature marks, office and name of who signs.

Two columns (recipients at the left, signature at the right) are often run together by text extraction, and scans
lose letters of names: the name is taken as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from viendan import text
from viendan.extract import bodies, layout, names, places, spelling
from viendan.extract.layout import Line, Stated
from viendan.extract.structure import ParsedDocument

_REACH: Final = 6000  # characters of source behind the foot's first line that the foot may fill
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){1,5}$")
_BEHIND: Final = re.compile(r"(?:;|\.|\d)\s{1,3}[\"“'‘]?(?P<name>[^\W\d_]+(?: [^\W\d_]+){1,4})$")
_LEAD: Final = re.compile(r"[-+•*~ˆ.—=_]+\s*")
_NEAR: Final = 1500  # characters in which most feet end
_ABOVE: Final = 500  # characters above the foot in which a consolidated text is numbered
_DEPUTY: Final = "Phó"
_ACTING: Final = "Quyền"
_CAPITALS: Final = layout.CAPITAL + "{2}"
_JUNK: Final = " \t.,;:|'\"“”‘’`´*_()[]{}<>=~^›‹«»/\\#&-"


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot states; ``start`` is the source offset of its first line (None: no foot was found)."""

    start: int | None = None
    end: int | None = None
    recipients: tuple[Stated, ...] = ()
    marks: tuple[Stated, ...] = ()
    office: Stated | None = None
    signer: Stated | None = None


@lru_cache(maxsize=2)
def find_foot(parsed: ParsedDocument, first: int) -> int | None:
    """The source offset of the foot's first line behind the source offset ``first``: recipients or signature."""
    flat, begin = parsed.flat, parsed.offsets.flat(first, len(parsed.flat))
    at_start = begin == 0 or flat[begin - 1] == "\n"
    match = (_anchor().match(flat, begin) if at_start else None) or _next_anchor().search(flat, begin)
    return parsed.offsets.start(match.start("line")) if match else None


@cache
def _anchor() -> re.Pattern[str]:
    """A paragraph that begins with ``Nơi nhận:`` or a signature mark, or is a signer's office in capitals alone."""
    return re.compile(_opening(), re.MULTILINE)


@cache
def _next_anchor() -> re.Pattern[str]:
    """The same behind a line's end: a literal that a search runs to fast."""
    return re.compile(rf"\n{_opening()}", re.MULTILINE)


def _opening() -> str:
    offices = "|".join(re.escape(form.upper()) for form in names.forms("office"))
    bodies = "|".join(re.escape(form.upper()) for form in layout.forms("signing-body"))
    return (
        rf"(?P<line>\W{{0,12}}(?:(?:{layout.alternation('recipients')})\s{{0,3}}:|(?:{_marks()})\s{{0,2}}{_CAPITALS}"
        rf"|(?:{offices})(?: (?:{bodies}))?[ .:]{{0,4}}$))"
    )


def read_foot(source: str, start: int | None) -> Foot:
    """What the lines from ``start`` on state; an empty Foot for None."""
    if start is None:
        return Foot()
    found = _read(source, start, _NEAR)
    if found.signer is not None and found.office is not None:
        return found
    return _read(source, start, _REACH)


def _read(source: str, start: int, reach: int) -> Foot:
    kept = _until_annex(layout.lines(source, start, start + reach))
    left, right = _sides(kept)
    marks = [line for line in right if _is_mark(line)]
    offices = [line for line in right if _office(line.text)]
    signer = _signer(kept, left, right, offices)
    last = max((line.end for line in (*left, *right)), default=start)
    return Foot(
        start=start,
        end=max(last, signer.end if signer else 0),
        recipients=_recipients(left),
        marks=tuple(Stated(line.text.strip(" *_."), line.start, line.end) for line in marks),
        office=_signing_office(offices),
        signer=signer,
    )


def certified(source: str, foot: Foot) -> tuple[Line, ...]:
    """The lines around the foot's beginning, where a consolidated text has its own number and date."""
    if foot.start is None:
        return ()
    return layout.lines(source, max(0, foot.start - _ABOVE), foot.start + _ABOVE)


def _signing_office(offices: list[Line]) -> Stated | None:
    """The office of who signs: the last one named; a deputy's where only the head that he signs for can be read."""
    if not offices:
        return None
    last = offices[-1]
    office = _office(last.text) or ""
    if _by_order().match(last.text):
        return None
    heads = {_office(line.text) for line in offices if _for_head().match(line.text)}
    if office in heads:
        office = _deputy(office) or office
    if _behalf("behalf-acting").match(last.text):
        office = f"{_ACTING} {office}"
    return Stated(office, last.start, last.end)


def _deputy(office: str) -> str | None:
    first = office.split(" ", 1)[0]
    known = {f"{_DEPUTY} {office}", f"{_DEPUTY} {first}"} & set(names.forms("office"))
    return f"{_DEPUTY} {office}" if known else None


def behind_mark(words: str) -> str:
    """What stands behind a signature mark: ``TM. ỦY BAN NHÂN DÂN`` → ``ỦY BAN NHÂN DÂN``."""
    mark = _mark().match(words)
    return words[mark.end() :] if mark else words


def _behalf(*keys: str) -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{_marks(*keys)})")


@cache
def _for_head() -> re.Pattern[str]:
    """The mark of a deputy who signs for the head (``KT.``)."""
    return _behalf("behalf-superior")


@cache
def _by_order() -> re.Pattern[str]:
    """The marks behind which the head's office stands and not the signer's own (``TL.``, ``TUQ.``)."""
    return _behalf("behalf-order", "behalf-authority")


def _until_annex(found: tuple[Line, ...]) -> list[Line]:
    kept: list[Line] = []
    for line in found:
        if kept and (_annex().match(line.base) or layout.is_motto(line)):
            break
        kept.append(line)
    return kept


@cache
def _annex() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,4}}(?:{layout.alternation('annex', loose=True)})\b")


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{_marks()})\s{{0,2}}(?={_CAPITALS})")


def _marks(*keys: str) -> str:
    """A pattern part of signature marks (of the words ``keys``, else of all): ``TM.``, ``T/M``, a scan's ``KT,``."""
    forms = {
        form for word in layout.words("behalf") if not keys or word.key in keys for form in word.forms if form.isupper()
    }
    plain = "|".join(sorted({re.escape(form.rstrip(".")) for form in forms if "/" not in form}))
    slashed = "|".join(sorted(re.escape(form) for form in forms if "/" in form))
    return rf"(?:{plain})\s?[./,]" + (rf"|(?:{slashed})\.?" if slashed else "")


@cache
def _embedded() -> re.Pattern[str]:
    """Where the signature's column begins inside a line of recipients."""
    offices = "|".join(re.escape(form.upper()) for form in names.forms("office"))
    return re.compile(rf"(?<=[\s;:.,])(?:(?:{_marks()})\s?{_CAPITALS}|(?:{offices})(?=\s|$))")


def _sides(kept: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the left column (recipients) and of the right one (signature)."""
    left: list[Line] = []
    right: list[Line] = []
    open_list = False
    for line in kept:
        cut = next(
            (found for found in _embedded().finditer(line.text) if layout.is_upper(line.text[found.start() :])), None
        )
        if _recipients_head().match(line.text) or (open_list and _LEAD.match(line.text)):
            open_list = True
            _split(line, cut.start() if cut else None, left, right)
        elif _is_signature(line):
            right.append(line)
            open_list = open_list and not _filed(left)
        elif open_list and not _filed(left) and not _is_name(line.text, strict=True):
            _split(line, cut.start() if cut else None, left, right)
        elif not open_list or _filed(left):
            right.append(line)
        else:
            right.append(line)
    return left, right


def _split(line: Line, cut: int | None, left: list[Line], right: list[Line]) -> None:
    parts = (line.part(0, cut), line.part(cut, len(line.text))) if cut else (line, None)
    for part, column in zip(parts, (left, right), strict=True):
        if part is not None:
            column.append(part)


@cache
def _recipients_head() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{layout.alternation('recipients')})\s*:?")


@cache
def _file_copy() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{layout.alternation('file-copy')})\b")


def _filed(left: list[Line]) -> bool:
    """Whether the list of recipients is at its end: ``Lưu: …`` closes it."""
    return any(_file_copy().match(line.text) for line in left)


def _is_mark(line: Line) -> bool:
    mark = _mark().match(line.text)
    return (
        mark is not None and layout.is_upper(line.text) and ("," not in mark.group() or _office(line.text) is not None)
    )


def _is_signature(line: Line) -> bool:
    return _is_mark(line) or _office(line.text) is not None or bool(_note().match(line.base))


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{layout.alternation('signed-note', loose=True)})\W{{0,3}}$")


def _recipients(left: list[Line]) -> tuple[Stated, ...]:
    """The lines behind ``Nơi nhận``, wrapped ones joined, without dashes and final signs."""
    items: list[list[Line]] = []
    listed = any(_LEAD.match(line.text) for line in left)
    for line in left:
        head = _recipients_head().match(line.text)
        lead = _LEAD.match(line.text, head.end() if head else 0)
        begin = lead.end() if lead else (head.end() if head else 0)
        part = line.part(begin, len(line.text))
        if part is None or (listed and head and not lead):
            continue
        if lead or head or not items or items[-1][-1].text.endswith((";", ".")) or _file_copy().match(part.text):
            items.append([part])
        else:
            items[-1].append(part)
    found: list[Stated] = []
    for item in items:
        words = text.squeeze(" ".join(line.text for line in item)).strip(" .;,:")
        cut = re.search(r";\s*[^\w()]{0,3}\s*\w{0,2}\W*$", words)
        words = words[: cut.start()].strip() if cut and len(words) - cut.start() < 8 else words
        if len(words) > 1 and any(char.isalpha() for char in words):
            found.append(Stated(words, item[0].start, item[-1].end))
    return tuple(found)


@cache
def _offices() -> dict[str, str]:
    """Offices by their base letters, in their usual spelling."""
    found: dict[str, str] = {}
    for form in names.forms("office"):
        found.setdefault(re.sub(r"[^a-z]", "", layout.base(form)), form)
    return found


def _office_one_off(bare: str) -> str | None:
    """The office that misread capitals spell but for one letter."""
    letters = re.sub(r"[^a-z]", "", layout.base(bare))
    exact = _offices().get(letters)
    if exact or len(letters) < 6:
        return exact
    return next(
        (form for known, form in _offices().items() if len(known) >= 6 and layout.one_off(letters, known)), None
    )


def _office(words: str) -> str | None:
    """The office that a line of the signature names, in its usual spelling, without mark and body: ``Phó Chủ tịch``."""
    mark = _mark().match(words)
    bare = words[mark.end() :] if mark else words
    letters = [char for char in bare if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) < 0.8 * len(letters) or len(bare) > 90:
        return None
    spelled = spelling.spell_out(bare)
    tokens = names.tokens(spelled)
    found = names.longest(tokens, roles=frozenset({"office", "agency"}))
    if found is None:
        return _office_one_off(bare)
    office = found.names[0]
    rest = spelled[tokens.run(0, found.count)[-1].end :].strip(" .,:")
    whole = f"{office.form} {rest}".strip()
    if office.role == "agency":
        return _agency_office(whole)
    if office.key == "office-of-a-unit":
        return whole if rest and spelling.begins_with_head(f"{rest} ") else _office_one_off(bare)
    return spelling.usual_case(bare).strip(" .,:") if rest and mark is None else office.form


def _agency_office(form: str) -> str | None:
    """A single body that is one person's office (``Thủ tướng Chính phủ``), as an office."""
    return form if form in layout.forms("personal-body") else None


def _signer(kept: list[Line], left: list[Line], right: list[Line], offices: list[Line]) -> Stated | None:
    """The name below the last office; where scans lost the office, the last line that looks like a name."""
    behind = max((line.start for line in offices), default=None)
    for line in right:
        found = _person(line) if behind is None or line.start > behind else None
        if found is not None:
            return found
    for line in reversed(kept[-3:]):
        found = _person(line, loose=True) or _person_behind(line)
        if found is not None:
            return found
    for line in reversed(left):
        found = _person_behind(line)
        if found is not None:
            return found
    return None


def _person_behind(line: Line) -> Stated | None:
    """A name that extraction put behind a line of the recipients (``- Công an tỉnh; Nguyễn Văn A``)."""
    match = _BEHIND.search(line.text)
    part = line.part(match.start("name"), len(line.text)) if match else None
    return _person(part, loose=True) if part is not None else None


def _person(line: Line, *, loose: bool = False) -> Stated | None:
    if line.text.rstrip().endswith(";"):
        return None
    words = line.text.strip(_JUNK)
    start = line.text.find(words) if words else -1
    rank = _rank().match(words)
    if rank:
        start, words = start + rank.end(), words[rank.end() :]
    if not words or not _is_name(words, strict=not loose):
        return None
    part = line.part(start, start + len(words))
    return Stated(places.capitalised(words) if words.isupper() else words, part.start, part.end) if part else None


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{layout.alternation('person-rank')})\s+)+")


def _is_name(words: str, *, strict: bool) -> bool:
    """Whether words look like a person's name: two to five words with capitals, no body, no place, no office.

    Not ``strict``: the first letter may be lost.
    """
    bare = words.strip(_JUNK)
    if not _NAME.match(bare) or len(bare) > 40:
        return False
    parts = re.split(r"[ -]", bare)
    capitals = [part[0].isupper() for part in parts]
    if not all(capitals[1:]) or (strict and not capitals[0]) or len(parts) < 2:
        return False
    hit = names.longest(names.tokens(bare))
    office = hit is not None and hit.names[0].role in ("agency", "office")
    return not office and bodies.match_body(bare, 0) != len(bare) and places.find(bare) is None
