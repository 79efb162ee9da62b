"""Responsibilities: every body that a document makes responsible, with its roles, its task's words, deadline and section.

Rules: the annotation guide ("responsibilities"). The parts: ``items`` (where orders stand), ``parties`` and ``groups`` (who is
named), ``orders`` (who is ordered), ``duties`` (the roles), ``deadlines``, ``task_tables``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from viendan import text
from viendan.extract import bodies, deadlines, duties, duty_words, items, orders, places, scopes, sections, task_tables
from viendan.extract.items import Item
from viendan.extract.orders import Reading
from viendan.extract.scopes import Scope
from viendan.extract.structure import ParsedDocument
from viendan.model import Body, Header, Responsibility

_CONFIDENCE: Final = {
    "subject": 0.93, "heading": 0.95, "assign": 0.97, "demand": 0.95, "request": 0.93, "partner": 0.95, "direct": 0.85,
    "column": 0.9, "duty-of": 0.9, "feedback": 0.7,
}  # fmt: skip
_OFFICE: Final = re.compile(r"(?P<office>[^\W_]+(?: [^\W_]+){1,2}?) (?P<rest>(?:Bộ|Tổng cục|Cục|Ủy ban|Ngân hàng|Thanh tra|Văn phòng) .+)$")
_SPACED: Final = re.compile(r" +([,;])")
_SIGNAL: Final = 6  # characters of a paragraph that names a party at least


def find_responsibilities(parsed: ParsedDocument, header: Header) -> tuple[Responsibility, ...]:
    """All bodies that the document orders to do something, sorted by where their names stand."""
    listed = items.read_items(parsed, header)
    readings = _readings(parsed, listed)
    context = bodies.context(header)
    found: list[Responsibility] = []
    for index, reading in enumerate(readings):
        if reading is None:
            continue
        for scope in scopes.find_scopes(listed, readings, index, reading):
            entry = _entry(parsed, header, context, scope)
            if entry is not None:
                found.append(entry)
    found.extend(_table_entries(parsed, context))
    return tuple(sorted(found, key=lambda entry: (entry.mention.start, entry.mention.end)))


def _readings(parsed: ParsedDocument, listed: Sequence[Item]) -> list[Reading | None]:
    """Every paragraph that may order somebody, read; rows of task tables by their columns."""
    found: list[Reading | None] = []
    in_table = False
    for item in listed:
        if item.setting is None or item.end - item.content < _SIGNAL or parsed.flat[item.content] == "|":
            found.append(None)
            in_table = in_table and item.setting is not None
            continue
        line = duty_words.read_line(parsed, item.start, item.end)
        in_table = (in_table and not items.ends_table(item)) or task_tables.is_head(line)
        content = line.at(item.content)
        found.append(orders.read_table_row(line, content) if in_table else orders.read_orders(line, content, item.setting))
    return found


def _table_entries(parsed: ParsedDocument, context: bodies.BodyContext) -> list[Responsibility]:
    """The entries of task tables that have lines of cells."""
    found: list[Responsibility] = []
    for row in task_tables.find_entries(parsed):
        body = name_body(row.words, context)
        if body is None:
            continue
        found.append(
            Responsibility(
                mention=row.mention,
                body=body,
                roles=(row.role,),
                section="",
                cue=None,
                rule=task_tables.RULE,
                confidence=_CONFIDENCE["column"],
                task_range=row.task,
                deadline=row.deadline,
            )
        )
    return found


@cache
def _offices() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "office")


def _entry(parsed: ParsedDocument, header: Header, context: bodies.BodyContext, scope: Scope) -> Responsibility | None:
    line, party = scope.reading.line, scope.order.party
    start, end = line.starts[party.first], line.ends[party.last - 1]
    words = parsed.flat[start:end]
    body = name_body(words, context)
    if body is None or (scope.order.manner in ("subject", "heading") and _is_issuer(body, header)):
        return None
    roles = _roles(scope)
    if not roles:
        return None
    task = _task(scope)
    return Responsibility(
        mention=parsed.mention(start, end, f"responsibility-{scope.order.manner}"),
        body=body,
        roles=roles,
        section=sections.section_at(parsed, start),
        cue=scope.order.cue or None,
        rule=f"responsibility-{scope.order.manner}",
        confidence=_CONFIDENCE[scope.order.manner],
        task_range=parsed.source_span(*task) if task else None,
        deadline=_deadline(scope),
    )


def name_body(words: str, context: bodies.BodyContext) -> Body | None:
    """The body or group that a party's words name, with its place; the words themselves where the vocabulary is silent."""
    words = _with_issuer(words, context)
    body = _head_of_central(words, context) or bodies.resolve_body(words, context)
    if body is not None:
        name = _SPACED.sub(r"\1", _once(body.name, context))
        return replace(body, key=text.slug(name), name=name) if name != body.name else body
    name = text.capitalise(text.squeeze(words))
    return Body(key=text.slug(name), name=name, level=context.level, province=context.province) if name else None


def _with_issuer(words: str, context: bodies.BodyContext) -> str:
    """The words with the issuer's whole name where they end with its first word: ``các đơn vị thuộc Bộ``."""
    issuer = context.issuer
    last = words.rsplit(" ", 1)[-1]
    if issuer is None or " " not in words or last not in ("Bộ", "Sở", "Cục", "Ban") or not issuer.name.startswith(f"{last} "):
        return words
    return f"{words} {issuer.name.removeprefix(f'{last} ')}"


def _head_of_central(words: str, context: bodies.BodyContext) -> Body | None:
    """The head of a central body that a document of a place names: ``Bộ trưởng Bộ Tư pháp`` has no place."""
    match = _OFFICE.match(words)
    if match is None or not context.province:
        return None
    office = match["office"]
    if not _offices().matches(office):
        return None
    stem = bodies.resolve_body(match["rest"], context)
    if stem is None or stem.level != "central":
        return None
    name = f"{text.capitalise(office)} {stem.name}"
    return Body(key=text.slug(name), name=name, level="central")


def _once(name: str, context: bodies.BodyContext) -> str:
    """The name without the province behind it where its own words end with the province already."""
    if not context.province or not name.endswith(f" {context.province}"):
        return name
    before = name.removesuffix(f" {context.province}")
    for kind in places.kinds():
        if before.endswith(f"{context.province} {kind}"):
            return before.removesuffix(f" {kind}")
    return name


def _is_issuer(body: Body, header: Header) -> bool:
    issuer = header.issuer
    return issuer is not None and (body.key == issuer.key or body.name.endswith(f" {issuer.name}") and not body.group and "tịch" in body.name)


def _roles(scope: Scope) -> tuple[str, ...]:
    order = scope.order
    if order.manner in ("partner", "column"):
        return (order.role or "coordinate",)
    roles = set(duties.read_roles(scope.pieces))
    if order.standing:
        roles.add("standing")
    if order.manner == "assign" and roles == {"implement"} and _carries_out(scope):
        roles.add("lead")
    if not roles and order.manner in ("demand", "request", "subject", "assign"):
        roles.add("implement")
    return duties.in_order(roles)


def _carries_out(scope: Scope) -> bool:
    """Whether ``giao … (tổ chức) thực hiện``: the one who is given the work leads it."""
    line = scope.reading.line
    return any(line.words[at : at + 2] == ("thực", "hiện") for at in range(scope.order.duty, min(len(line), scope.order.duty + 6)))


def _task(scope: Scope) -> tuple[int, int] | None:
    """The flat offsets of the task's words, from the first to the last piece; None for no words."""
    kept = [piece for piece in scope.pieces if piece.last > piece.first]
    if not kept:
        return None
    return kept[0].line.starts[kept[0].first], kept[-1].line.ends[kept[-1].last - 1]


def _deadline(scope: Scope) -> str | None:
    for piece in scope.pieces:
        if piece.last > piece.first:
            line = piece.line
            found = deadlines.find_deadline(line.flat[line.starts[piece.first] : line.ends[piece.last - 1]])
            if found:
                return found
    return None
