"""What a document says of itself: one Header from its head, its foot and, where these are missing, its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from viendan.extract import dating, footer, issuers, layout, lexicon, masthead, numbering, ownwords, spelling
from viendan.extract.layout import Stated
from viendan.extract.structure import ParsedDocument
from viendan.model import Header, HeaderField, Mention

_CONTEXT: Final = 32


def read_header(parsed: ParsedDocument) -> Header:
    """The Header of a document; every value that words state has a mention, inferred ones say by which rule."""
    source = parsed.source.text
    head = masthead.read_head(source)
    foot = footer.read_foot(source, footer.find_foot(parsed, head.last))
    head = _consolidated(source, head, foot)
    issuer = issuers.find_issuer(head, parsed.flat, tuple(mark.value for mark in foot.marks))
    body = issuer.body if issuer else None
    head = _from_own_words(head, parsed)
    issued = head.issued or _adopted(parsed)
    kind, kind_rule = _type(head)
    local = body if body is not None and body.level != "central" else None
    return Header(
        number=_value(head.number),
        type=kind,
        title=spelling.unshout(head.title.value) if head.title else None,
        issued=_value(issued),
        place=_value(head.place),
        issuer=body,
        level=body.level if body else None,
        province=local.province if local else None,
        district=local.district if local else None,
        signer=_value(foot.signer),
        signer_title=_value(foot.office),
        on_behalf="; ".join(mark.value for mark in foot.marks) or None,
        urgency=_value(head.urgency),
        addressees=tuple(item.value for item in head.addressees),
        recipients=tuple(item.value for item in foot.recipients),
        title_range=(head.title.start, head.title.end) if head.title else None,
        fields=tuple(_fields(source, head, foot, issuer, issued, kind, kind_rule)),
    )


def _from_own_words(head: masthead.Masthead, parsed: ParsedDocument) -> masthead.Masthead:
    """The head with what the text says of itself in place of what a lost head does not."""
    if head.type is None and not head.dispatch:
        head = replace(head, type=ownwords.own_type(parsed))
    if head.number is not None and head.title is None:
        date, subject = ownwords.own_statement(parsed, head.number.value)
        head = replace(head, title=subject, issued=head.issued or date)
    return head


def _value(stated: Stated | None) -> str | None:
    return stated.value if stated else None


def _consolidated(source: str, head: masthead.Masthead, foot: footer.Foot) -> masthead.Masthead:
    """A consolidated text has its own number and date below the text, where it is certified."""
    word = lexicon.by_key("instrument-types").get("van-ban-hop-nhat")
    if word is not None and head.number is not None and head.symbol and _begins(head.symbol, word.symbols):
        return replace(head, type=Stated(word.label, head.number.start, head.number.end))
    lines = footer.certified(source, foot) if head.number is None else ()
    number = numbering.find_number(lines, 0)
    if number is None or word is None or not _begins(number.symbol, word.symbols):
        return head
    dated = dating.find_date(lines, len(lines))
    return replace(
        head,
        number=number.stated(word.label),
        symbol=number.symbol,
        type=Stated(word.label, number.line.start, number.line.end),
        issued=dated.issued if dated else head.issued,
        place=dated.place if dated else head.place,
    )


def _begins(symbol: str, known: tuple[str, ...]) -> bool:
    return re.split(r"[-/]", symbol)[0] in known


def _type(head: masthead.Masthead) -> tuple[str | None, str]:
    """The type and the rule: the heading, or a dispatch by its subject and addressee."""
    if head.type:
        return head.type.value, "header-type"
    return (_dispatch_label(), "header-dispatch") if head.dispatch else (None, "")


def _dispatch_label() -> str:
    word = lexicon.by_key("instrument-types").get("cong-van")
    return word.label if word else ""


def _adopted(parsed: ParsedDocument) -> Stated | None:
    """The date of a law or resolution by its adoption clause (``… thông qua ngày 10 tháng 12 năm 2025``)."""
    words = layout.alternation("adopted")
    pattern = re.compile(
        rf"(?:{words})\s+ngày\s+(\d{{1,2}})\s+tháng\s+(\d{{1,2}})\s+năm\s+(\d{{4}})\s*[./]{{0,3}}\s*(?:\n|$)"
    )
    found = next(pattern.finditer(parsed.flat), None)
    if found is None:
        return None
    value = dating.iso(int(found[1]), int(found[2]), int(found[3]))
    start, end = parsed.source_span(found.start(1), found.end(3))
    return Stated(value, start, end) if value else None


def _fields(
    source: str,
    head: masthead.Masthead,
    foot: footer.Foot,
    issuer: issuers.Issuer | None,
    issued: Stated | None,
    kind: str | None,
    kind_rule: str,
) -> Iterator[HeaderField]:
    stated: list[tuple[str, Stated | None, str]] = [
        ("number", head.number, "header-number"),
        ("type", head.type, "header-type"),
        ("title", head.title, "header-title"),
        ("issued", issued, "header-date"),
        ("place", head.place, "header-place"),
        ("urgency", head.urgency, "header-urgency"),
        ("signer", foot.signer, "footer-signer"),
        ("signer_title", foot.office, "footer-office"),
        *(("on_behalf", mark, "footer-behalf") for mark in foot.marks),
        *(("addressee", item, "header-addressee") for item in head.addressees),
        *(("recipient", item, "footer-recipient") for item in foot.recipients),
    ]
    for name, value, rule in stated:
        if value is not None:
            yield HeaderField(name, value.value, _mention(source, value.start, value.end, rule), rule)
    if kind and head.type is None:
        yield HeaderField("type", kind, None, kind_rule)
    if issuer is not None:
        mention = _mention(source, *issuer.span, issuer.rule) if issuer.span else None
        yield HeaderField("issuer", issuer.body.name, mention, issuer.rule)


def _mention(source: str, start: int, end: int, rule: str) -> Mention:
    return Mention(
        start, end, source[start:end], source[max(0, start - _CONTEXT) : start], source[end : end + _CONTEXT], rule
    )
