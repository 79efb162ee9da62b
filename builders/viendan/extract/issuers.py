"""Who issued a document, and of which place: from its head, its number, its acting line, its signature, its own words.

The sources are asked in this order; what only the text hints at (a province that it names, ``Ủy ban nhân dân tỉnh``
that orders something) comes last.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import bodies, completion, footer, layout, masthead, names, ownwords, places, spelling
from viendan.extract.bodies import BodyContext
from viendan.extract.layout import Line
from viendan.model import Body, Level

_NAMED: Final = 60000  # characters of text in which the places that it names are counted
_OPENING: Final = 6000  # characters of text in which a document says who issues it


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuer, the rule that found it, and the source offsets of the words that name it (None: inferred)."""

    body: Body
    rule: str
    span: tuple[int, int] | None
    clear: bool = True
    """Whether the vocabulary knows all the words of the name."""


def find_issuer(head: masthead.Masthead, flat: str, foot_marks: tuple[str, ...]) -> Issuer | None:
    """The issuer of a document; None where nothing says who it is."""
    where = home(head, flat)
    stated = _from_lines(head.issuer_lines, where, "header-issuer")
    numbered = _from_symbol(head, stated, where)
    inner = _inner(head, stated, where, foot_marks)
    found = inner or numbered or stated
    if found is not None:
        return found
    acting = (
        _from_of_lines(head, where)
        or _from_lines(head.acting_lines, where, "header-acting")
        or _from_own_number(head, flat, where)
    )
    return acting or _from_promulgation(flat, where) or _from_marks(foot_marks, flat, where)


def _from_of_lines(head: masthead.Masthead, where: BodyContext) -> Issuer | None:
    """The body that the line below the type says the document is of."""
    for line in head.of_lines[:1]:
        words = spelling.spell_out(line.text).partition(" ")[2]
        end = bodies.match_body(text.capitalise(words), 0)
        body = bodies.resolve_body(words[: end or len(words)], where, as_issuer=True)
        if body is not None:
            return Issuer(body, "header-of", (line.start, line.end))
    return None


def _from_own_number(head: masthead.Masthead, flat: str, where: BodyContext) -> Issuer | None:
    """The body that the opening names with the document's own number."""
    words = ownwords.own_issuer(flat, head.number.value) if head.number else None
    body = bodies.resolve_body(words, where, as_issuer=True) if words else None
    return Issuer(body, "text-own-number", None) if body else None


def _inner(head: masthead.Masthead, stated: Issuer | None, where: BodyContext, marks: tuple[str, ...]) -> Issuer | None:
    """The organ that issues below a head of the Party's centre: ``CHỈ THỊ CỦA BỘ CHÍNH TRỊ``, ``T/M BAN BÍ THƯ``."""
    known = names.longest(names.tokens(stated.body.name)) if stated and stated.body.level == "central" else None
    if known is None or known.names[0].line != "party":
        return None
    of_body = _from_of_lines(head, where)
    if of_body is not None and of_body.body.level == "central":
        return of_body
    for mark in marks:
        body = bodies.resolve_body(footer.behind_mark(mark), where, as_issuer=True)
        if body is not None and body.level == "central" and body.kind:
            return Issuer(body, "footer-behalf", None)
    return None


def home(head: masthead.Masthead, flat: str) -> BodyContext:
    """The place that a document is of, as far as its date line or the places that it names tell it."""
    placed = _bare(head.place.value) if head.place else None
    date = head.issued.value if head.issued else None
    kind = _kind_named(placed, flat) if placed else None
    unit = places.find(placed, level="province", date=date) if placed else None
    if unit is not None and placed:
        return BodyContext(province=unit.name, province_kind=unit.kind or kind, date=date)
    if placed and kind and places.kinds().get(kind) == "province":
        return BodyContext(province=placed, province_kind=kind, date=date)
    district = placed if placed and _is_district(placed, kind) else None
    named = (places.province_of(placed) if placed else None) or _most_named(flat)
    known = places.find(named, level="province", date=date) if named else None
    return BodyContext(
        level="district" if district else None,
        province=named,
        province_kind=(known.kind or None) if known else None,
        district=district or (_most_named(flat, "district") if placed else None),
        district_kind=kind if district else None,
        date=date,
    )


def _bare(placed: str) -> str:
    """The name of a date line's place without its kind."""
    phrases = [phrase for phrase in completion.place_phrases(placed) if phrase.name and phrase.start == 0]
    return phrases[0].name or placed if phrases else placed


def _is_district(placed: str, kind: str | None) -> bool:
    known = places.find(placed, level="district")
    return (
        (known is not None and kind is None)
        or places.kinds().get(kind or "") == "district"
        or (kind == known.kind if known else False)
    )


def _kind_named(name: str, flat: str) -> str | None:
    """The kind that the text puts in front of a place's name (``huyện Tuần Giáo``); None where it puts none."""
    opening = flat[:_OPENING]
    kinded = re.compile(rf"(?P<kind>[^\W\d_]+(?: [^\W\d_]+)?) {re.escape(name)}(?!\w)", re.I)
    read = 0
    for named in re.finditer(re.escape(name), opening, re.I):  # only lines that hold the name are worth the pattern
        start, end = opening.rfind("\n", 0, named.start()) + 1, opening.find("\n", named.end())
        if start < read:
            continue
        read = end if end >= 0 else len(opening)
        for match in kinded.finditer(opening, start, read):
            for words in (match["kind"], match["kind"].rsplit(" ", 1)[-1]):
                kind = places.kind_forms().get(text.compare_key(words))
                if kind:
                    return kind
    return None


def _most_named(flat: str, level: Level = "province") -> str | None:
    """The place of a level that the text names most often behind its kind (``tỉnh Kon Tum``); None for a tie."""
    counts: Counter[str] = Counter()
    for match in completion.kind_pattern().finditer(flat[:_NAMED]):
        end = places.match_name(flat, match.end() + 1) if flat[match.end() : match.end() + 1] == " " else None
        if end is None:
            continue
        name = places.mend(flat[match.end() + 1 : end])
        unit = places.find(name, level=level)
        stated = places.kinds()[places.kind_forms()[text.compare_key(match["kind"])]]
        if unit is not None or stated == level:
            counts[unit.name if unit else name] += 1
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _from_lines(lines: tuple[Line, ...], where: BodyContext, rule: str) -> Issuer | None:
    spelled = masthead.spelled(lines)
    if not spelled:
        return None
    span = (lines[0].start, lines[-1].end)
    joint = _joint(spelled, where)
    if joint is not None:
        return Issuer(joint, "header-joint", span)
    found: Body | None = None
    above: Body | None = None
    parts = _bodies_in(spelled)
    for part in parts:
        context = _within(above, where) if above else BodyContext(date=where.date)
        body = bodies.resolve_body(part, _below(context, where, part), as_issuer=True)
        if body is not None:
            found = _organ_of(part, above) or _of_place(body, above, context)
            above = found
    if found is None:
        return None
    return Issuer(_placed(found, where), rule, span, bodies.match_body(parts[-1], 0) == len(parts[-1]))


def _organ_of(part: str, above: Body | None) -> Body | None:
    """An organ or a board below its own body: ``TỈNH ỦY X`` / ``BAN THƯỜNG VỤ`` is ``Ban Thường vụ Tỉnh ủy X``."""
    if above is None or above.level == "central" or completion.place_phrases(part):
        return None
    hit = names.longest(names.tokens(part))
    organ = hit is not None and all(name.role == "organ" for name in hit.names)
    parent = names.longest(names.tokens(above.name))
    of_party = parent is not None and parent.names[0].place_form == "name"
    if not (organ or of_party) or (hit and any(name.place_form == "name" for name in hit.names)):
        return None
    name = f"{part} {above.name}"
    return Body(text.slug(name), name, above.level, above.province, above.district, None)


def _of_place(body: Body, above: Body | None, context: BodyContext) -> Body:
    """A council below a local body is that place's own, also where the centre has one of the name."""
    own = context.places().get(above.level) if above and above.level else None
    if above is None or own is None or body.level != "central":
        return body
    name = f"{body.name} {own.full}"
    return Body(text.slug(name), name, above.level, above.province, above.district, body.kind)


def _below(context: BodyContext, where: BodyContext, part: str) -> BodyContext:
    """The context to resolve a part in: the body above it, else the document's place for a local body without one."""
    if context.level is not None:
        return context
    found = names.longest(names.tokens(part))
    local = bool(found) and not any(name.role == "agency" for name in found.names) if found else False
    return where if local and not completion.place_phrases(part) else context


def _within(body: Body, where: BodyContext) -> BodyContext:
    phrases = [phrase for phrase in completion.place_phrases(body.name) if phrase.name]
    kinds = {places.kinds().get(phrase.kind) or body.level: phrase.kind for phrase in phrases}
    return BodyContext(
        level=body.level,
        province=body.province or where.province,
        province_kind=kinds.get("province") or where.province_kind,
        district=body.district,
        district_kind=kinds.get("district"),
        date=where.date,
    )


def _placed(body: Body, where: BodyContext) -> Body:
    """The body with a misread province mended by the place of the date line, and with a district's province."""
    province = body.province
    if body.level == "province" and province and where.province and province != where.province:
        known = places.find(province, level="province") is not None
        close = layout.base(province)[:4] == layout.base(where.province)[:4]
        if not known and close:
            name = body.name.replace(province, where.province)
            return Body(text.slug(name), name, body.level, where.province, body.district, body.kind, body.group)
    if body.level in ("district", "commune") and province is None:
        district = body.district or (where.district if body.level == "commune" else None)
        above = (places.province_of(district) if district else None) or where.province
        return Body(body.key, body.name, body.level, above, district, body.kind, body.group)
    return body


def _bodies_in(spelled: str) -> list[str]:
    """The names that the words of a head are made of, in order: the body above, then the one that issues."""
    found: list[str] = []
    position = 0
    while position < len(spelled):
        end = bodies.match_body(spelled, position)
        rest = spelled[position:]
        if end is None or end <= position:
            if not found or spelling.begins_with_head(text.capitalise(rest)):
                found.append(rest)
            break
        following = _next_body(spelled, end)
        found.append(spelled[position:end] if following is not None or end >= len(spelled) else rest)
        if following is None:
            break
        position = following
    return [part.strip(" -,.*") for part in found if part.strip(" -,.*")]


def _next_body(spelled: str, end: int) -> int | None:
    start = end
    while start < len(spelled) and not spelled[start].isalpha():
        start += 1
    if start >= len(spelled):
        return None
    head = spelling.begins_with_head(text.capitalise(spelled[start:]))
    return start if bodies.match_body(spelled, start) is not None or head else None


def _joint(spelled: str, where: BodyContext) -> Body | None:
    """Several bodies joined by dashes: the issuers of a joint circular, as one group with all their names."""
    parts = [part for part in re.split(rf"\s+-\s+(?={layout.CAPITAL})", spelled) if part]
    if len(parts) < 2:
        return None
    merged: list[str] = []
    for part in parts:
        whole = f"{merged[-1]} - {part}" if merged else part
        if merged and names.longest(names.tokens(part)) is None:
            merged[-1] = whole
        else:
            merged.append(part)
    resolved = [bodies.resolve_body(part, where, as_issuer=True) for part in merged]
    known = [body for body in resolved if body is not None]
    if len(known) < 2 or len(known) != len(merged):
        return None
    name = " - ".join(body.name for body in known)
    levels = {body.level for body in known}
    level: Level | None = known[0].level if len(levels) == 1 else None
    return Body(text.slug(name), name, level, known[0].province, None, None, True)


def _from_symbol(head: masthead.Masthead, stated: Issuer | None, where: BodyContext) -> Issuer | None:
    """The issuer by the number's symbol, where the head names none or another than a certain central one."""
    if head.symbol is None:
        return None
    tail = re.sub(r"^(?:(?:19|20)\d\d)[/-]", "", head.symbol)
    context = where if stated is None else bodies_context(stated.body, where)
    body = bodies.body_of_symbol(tail, context)
    if body is None:
        return None
    unclear = stated is not None and not stated.clear and body.level == stated.body.level
    if (
        stated is None
        or unclear
        or (
            body.level == "central"
            and stated.body.level == "central"
            and not stated.body.group
            and body.key != stated.body.key
        )
    ):
        return Issuer(body, "header-symbol", (head.number.start, head.number.end) if head.number else None)
    return None


def bodies_context(body: Body, where: BodyContext) -> BodyContext:
    """The context of a document that a body issued."""
    return BodyContext(
        level=body.level,
        province=body.province,
        province_kind=where.province_kind if body.province == where.province else None,
        district=body.district,
        district_kind=where.district_kind,
        date=where.date,
        issuer=body,
    )


@cache
def _promulgation() -> re.Pattern[str]:
    verbs = layout.alternation("promulgates")
    return re.compile(rf"\s+(?:nay\s+)?(?:{verbs})(?!\w)")


def _from_promulgation(flat: str, where: BodyContext) -> Issuer | None:
    """The body that the opening says issues or orders (``Ủy ban nhân dân tỉnh phát động …``)."""
    for match in names.first_words().finditer(flat[:_OPENING]):
        end = bodies.match_body(flat, match.start())
        if end is None or not _promulgation().match(flat, end) or not _begins_clause(flat, match.start()):
            continue
        body = bodies.resolve_body(flat[match.start() : end], _own(where, flat[match.start() : end]), as_issuer=True)
        if body is not None:
            return Issuer(_placed(body, where), "text-promulgates", None)
    return None


def _begins_clause(flat: str, start: int) -> bool:
    return start == 0 or flat[start - 1] == "\n" or flat[max(0, start - 2) : start] in (", ", ". ", "; ", ": ")


def _own(where: BodyContext, words: str) -> BodyContext:
    """The document's place at the level that the words name (``tỉnh``, ``huyện``)."""
    for phrase in completion.place_phrases(spelling.spell_out(words)):
        level = places.kinds().get(phrase.kind)
        if level and phrase.name is None:
            return BodyContext(
                level, where.province, where.province_kind, where.district, where.district_kind, date=where.date
            )
    level = "province" if where.province else None
    return BodyContext(level, where.province, where.province_kind, where.district, where.district_kind, date=where.date)


def _from_marks(marks: tuple[str, ...], flat: str, where: BodyContext) -> Issuer | None:
    """The body on whose behalf the document is signed (``TM. ỦY BAN NHÂN DÂN``)."""
    for mark in marks:
        words = spelling.spell_out(footer.behind_mark(mark))
        found = names.longest(names.tokens(words))
        if found is None or found.names[0].role == "office":
            continue
        level = _level_named(flat, found.names[0].form)
        context = BodyContext(
            level, where.province, where.province_kind, where.district, where.district_kind, date=where.date
        )
        body = bodies.resolve_body(words, context, as_issuer=True)
        if body is not None and (body.province or body.level == "central"):
            return Issuer(_placed(body, where), "footer-behalf", None)
    return None


def _level_named(flat: str, stem: str) -> Level:
    """The level at which the text most often names a kind of body (``UBND huyện``, ``Ủy ban nhân dân tỉnh``)."""
    counts: Counter[str] = Counter()
    for match in re.finditer(re.escape(stem) + r"\s+(?P<kind>[^\W\d_]+(?: [^\W\d_]+)?)", flat[:_NAMED]):
        for words in (match["kind"], match["kind"].split(" ")[0]):
            level = places.kinds().get(text.compare_key(words))
            if level:
                counts[level] += 1
                break
    if not counts:
        return "province"
    return places.as_level(max(counts, key=lambda level: (counts[level], level))) or "province"
