"""Who is ordered in a paragraph: the parties that are made responsible, each by the rule that says so.

A party is ordered as the subject of a duty (``Sở Nội vụ chủ trì …``, a heading ``Sở Nội vụ:``), by a verb (``Giao``,
``yêu cầu``, ``đề nghị``), as a partner (``phối hợp với``), or as a body below that is directed (``chỉ đạo Ủy ban nhân
dân cấp xã xây dựng …``). Whoever is only the object of another verb is not ordered. How a party is addressed:
``addresses``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

from viendan.extract import addresses, beginnings, duty_words, parties, party_words, purposes, tails, task_tables
from viendan.extract.addresses import Paragraph
from viendan.extract.duty_words import Line
from viendan.extract.groups import Party

Manner = Literal[
    "subject", "heading", "stated", "assign", "demand", "request", "partner", "direct", "column", "duty-of", "feedback"
]

_SEPARATORS: Final = frozenset({",", ";", "và", "cùng", "hoặc", "/", "với"})
_OWNERSHIP: Final = frozenset({"của", "thuộc", "tại", "do", "với", "về"})
_GAP: Final = 3  # separators between two parties of one list at most
_STOPS: Final = frozenset(".;:")
_BRACKET: Final = 45  # words of a bracket behind a name
_OTHERS: Final = 25  # words of others who are no bodies, between a party and ``có trách nhiệm``
_LIST: Final = 90  # words of others that may stand between a party and what the list answers for
_WITHIN: Final = "trong"
_OBJECT: Final = 5  # words behind the verb of a duty that an article states
_OPENING: Final = 4  # words of ``Giao nhiệm vụ cho`` at the start of a sentence
_ORDERING: Final[dict[str, Manner]] = {
    "assign": "assign", "demand": "demand", "request": "request", "duty-of": "duty-of", "feedback": "feedback",
    "sent": "feedback",
}  # fmt: skip


class Order(NamedTuple):
    """A party made responsible: in which manner, by which words, and from which word on its duty stands.

    ``standing`` is true where a bracket says so; ``role`` is the role that the name of a column gives.
    """

    party: Party
    manner: Manner
    cue: str
    duty: int
    standing: bool = False
    role: str = ""


class Reading(NamedTuple):
    """A paragraph that was read: its words, all parties in it, and those that are ordered."""

    line: Line
    content: int
    parties: tuple[Party, ...]
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a paragraph's place in the document says: ``duties`` where orders without an order's verb count, ``sure``
    in the part on implementation, ``reporting`` in a document that reports or asks, ``stated`` among articles that
    state who does what."""

    duties: bool
    sure: bool
    reporting: bool = False
    stated: bool = False


@cache
def _after() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "not-a-duty", "modal", "modal-role", "adverb", "verb")


@cache
def _asked() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "asked-above")


@cache
def _feedback() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "feedback")


@cache
def _answers() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "answers")


@cache
def _charged() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "charged", "accountable")


@cache
def _whole() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "whole")


@cache
def _working() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "working")


@cache
def _due() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "due")


@cache
def _forms_of_address() -> duty_words.Phrases:
    return duty_words.phrases("party-words", "address")


def read_orders(line: Line, content: int, setting: Setting) -> Reading:
    """The parties of a paragraph and those that it orders; ``content`` is the index of the first word behind its
    number."""
    start = content + _forms_of_address().match(line, content)
    found = tuple(parties.scan(line, start))
    if not found:
        return Reading(line, content, (), ())
    paragraph = addresses.read_paragraph(line, start, frozenset(party.last for party in found))
    orders: list[Order] = []
    owner = -1
    for listed in _lists(line, found):
        for order in _of_list(paragraph, listed, setting, owner):
            orders.append(order)
            owner = order.party.first if order.manner != "partner" else owner
    return Reading(line, content, found, tuple(orders))


@cache
def _beyond_opening() -> duty_words.Phrases:
    """What an article orders by where not its first words name who does what."""
    return duty_words.phrases_before("order-words", "charged", "accountable", "answers", "assign", "feedback")


def read_article(line: Line, content: int, setting: Setting) -> Reading | None:
    """As ``read_orders`` for a paragraph outside of orders; None where it orders nobody.

    There only the first bodies are ordered by a plain verb, others by words that few paragraphs have: most need not
    be read to their end.
    """
    start = content + _forms_of_address().match(line, content)
    if not _may_order_later(line, start):
        opening = _opening(line, start)
        if not opening:
            return None
        paragraph = addresses.read_paragraph(line, start, frozenset(party.last for party in opening))
        if not any(_of_list(paragraph, opening, setting, -1)):
            return None
    reading = read_orders(line, content, setting)
    return reading if reading.orders else None


def _may_order_later(line: Line, start: int) -> bool:
    """Whether anything stands in an article's paragraph by which bodies behind the first ones may be ordered."""
    words = line.words
    if purposes.may_stand(line) or duty_words.phrases("order-words", "duty-of").match(line, start):
        return True
    if any(beginnings.may_start(line, at + 1) for at in range(start, len(words)) if words[at] == ":"):
        return True
    if any(_opens_days(line, at) for at in range(start, len(words)) if at == start or words[at - 1] in _STOPS):
        return True
    ends = _beyond_opening().firsts
    return any(_beyond_opening().find_before(line, at)[0] for at, word in enumerate(words, 1) if word in ends)


def _opening(line: Line, start: int) -> tuple[Party, ...]:
    """The parties at the start of a paragraph, with nothing but separators between them; none where none opens it."""
    if not beginnings.may_start(line, start):
        return ()
    listed: list[Party] = []
    for party in parties.scan(line, start, near=_GAP):
        if listed and not _adjoin(line, listed[-1].last, party.first):
            break
        listed.append(party)
    return tuple(listed)


def read_table_row(line: Line, content: int) -> Reading:
    """The parties of a row of a task table whose cells a text extraction has run together, each with its column's
    role."""
    found = tuple(parties.scan(line, content))
    orders = tuple(
        Order(party, "column", "", len(line), role=role) for party, role in task_tables.read_row(line, found)
    )
    return Reading(line, content, found, orders)


def _lists(line: Line, found: tuple[Party, ...]) -> Iterator[tuple[Party, ...]]:
    """Parties in a row with nothing but separators between them."""
    listed: list[Party] = []
    for party in found:
        if listed and not _adjoin(line, listed[-1].last, party.first):
            yield tuple(listed)
            listed = []
        listed.append(party)
    if listed:
        yield tuple(listed)


def _adjoin(line: Line, last: int, first: int) -> bool:
    return 0 < first - last <= _GAP and all(word in _SEPARATORS for word in line.words[last:first])


def _of_list(paragraph: Paragraph, listed: tuple[Party, ...], setting: Setting, owner: int) -> Iterator[Order]:
    """The orders of one list of parties, by what stands before it and behind it."""
    line, first = paragraph.line, listed[0].first
    manner, cue = addresses.find_address(paragraph, first, owner)
    owned = _owned(line, listed) if manner == "" else 0
    if owned:
        manner, listed = ("comma" if addresses.opens_adverbial(paragraph, first) else ""), listed[owned:]
    end, standing = _behind(line, listed[-1].last)
    if manner == "start":
        yield from _subjects(paragraph, listed, end, standing, setting)
    elif manner == "column":
        for order in _entries(line, listed, "column", "", end, standing):
            yield order._replace(role=cue)
    elif manner == "bracket":
        if setting.duties and _is_told(line, listed) and _follows_duty(line, end, sure=False):
            yield from _entries(line, listed, "subject", "", end, standing)
    elif manner in ("comma", "clause"):
        yield from _clauses(paragraph, listed, (manner, cue), (end, standing), setting)
    elif manner in ("partner", "direct"):
        if setting.duties or (setting.stated and owner >= 0):
            kept = tuple(party for party in listed if party.has_identity or (party.below and manner == "direct"))
            yield from _entries(line, kept, "partner" if manner == "partner" else "direct", cue, end, standing)
    elif manner in _ORDERING and _is_addressed(paragraph, manner, listed, end, setting):
        end = purposes.behind(line, end) or end if manner in ("feedback", "sent") else end
        yield from _entries(line, listed, _ORDERING[manner], cue, end, standing)


def _clauses(
    paragraph: Paragraph, listed: tuple[Party, ...], address: tuple[str, str], behind: tuple[int, bool],
    setting: Setting,
) -> Iterator[Order]:  # fmt: skip
    """The entries of a list that is the subject behind a comma or a clause."""
    line, (manner, cue), (end, standing) = paragraph.line, address, behind
    clear = manner == "comma" or (_verb_follows(line, end) and all(party.has_identity for party in listed))
    duties = setting.duties and _follows_duty(line, end, sure=False)
    charged = setting.stated and manner == "comma" and _is_charged(line, listed, end)
    if clear and (duties or charged) and not _feedback().match(line, end):
        yield from _entries(line, listed, "subject", cue, end, standing)
    elif setting.stated and manner == "comma" and _is_due(paragraph, listed) and _states_duty(line, end):
        yield from _entries(line, listed, "stated", "", end, standing)


def _owned(line: Line, listed: tuple[Party, ...]) -> int:
    """How many of a list belong to the clause before its subject: ``Căn cứ … của Ủy ban nhân dân tỉnh (và Sở Nội vụ),
    các sở, ban, ngành …``."""
    if len(listed) < 2 or line.words[listed[0].first - 1] not in _OWNERSHIP:
        return 0
    if line.mark(listed[0].last, ","):
        return 1
    joined = line.words[listed[0].last] == party_words.AND
    return 2 if joined and len(listed) > 2 and line.mark(listed[1].last, ",") else 0


def _is_addressed(paragraph: Paragraph, manner: str, listed: tuple[Party, ...], end: int, setting: Setting) -> bool:
    """Whether an order's verb counts where it stands: outside orders only ``Giao`` that opens its sentence does."""
    if manner == "assign":
        opens = listed[0].first - paragraph.sentence(listed[0].first) <= _OPENING
        return opens or (setting.duties and not listed[0].generic)
    if manner == "duty-of":
        heads = end >= len(paragraph.line) or paragraph.line.mark(end, ":")
        return heads and listed[0].has_identity
    if manner == "sent":
        return listed[0].has_identity and purposes.behind(paragraph.line, end) is not None
    if manner == "request":
        return setting.duties and not _asked().match(paragraph.line, end)
    return setting.duties or manner != "demand"


def _entries(
    line: Line, listed: tuple[Party, ...], manner: Manner, cue: str, end: int, standing: bool
) -> Iterator[Order]:
    for index, party in enumerate(listed):
        if party.everyone or (party.generic and party.unnamed):
            continue
        last = index == len(listed) - 1
        bracket = standing if last else _behind(line, party.last)[1]
        yield Order(party, manner, cue, end, standing=bracket)


def _behind(line: Line, at: int) -> tuple[int, bool]:
    """The index behind a bracket or dash that explains a name, and whether it makes the body the standing one."""
    if line.mark(at, "("):
        close = next((i for i in range(at, min(len(line), at + _BRACKET)) if line.words[i] == ")"), None)
        if close is None:
            return at, False
        return close + 1, any(duty_words.roles().find(line, i)[1] == "standing" for i in range(at + 1, close))
    if line.mark(at, "-,") and duty_words.roles().find(line, at + 1)[1] == "standing":
        behind = at + 1 + duty_words.roles().match(line, at + 1)
        inner = parties.match_party(line, behind, bare=True) if behind < len(line) else None
        return (inner.last if inner else behind), True
    return at, False


def _subjects(
    paragraph: Paragraph, listed: tuple[Party, ...], end: int, standing: bool, setting: Setting
) -> Iterator[Order]:
    """The entries of a list at the start of a sentence: a heading, or the subject of a duty."""
    line, first = paragraph.line, listed[0].first
    opens = first <= paragraph.start
    end = tails.behind_others(line, end)
    if end >= len(line) or line.mark(end, ":"):
        manner: Manner = "heading" if setting.duties else "stated"
        if opens and (setting.duties or (setting.stated and end < len(line) and _is_told(line, listed))):
            yield from _entries(line, listed, manner, "", min(end + 1, len(line)), standing)
        return
    if _feedback().match(line, end):
        return
    charged = not setting.reporting and _is_charged(line, listed, end)
    answers = charged or _answer_for(line, end)
    follows = setting.duties and not setting.reporting and _follows_duty(line, end, sure=setting.sure)
    if answers or follows:
        yield from _entries(line, listed, "subject", "", end, standing)
    elif setting.stated and (opens or line.mark(first - 1, ":")) and _is_told(line, listed) and _states_duty(line, end):
        yield from _entries(line, listed, "stated", "", end, standing)


def _is_told(line: Line, listed: tuple[Party, ...]) -> bool:
    """Whether the first of a list says who is meant, and not with the head of a name alone (``Công ty``, ``Thành
    phố``)."""
    party = listed[0]
    words = party.last - party.first
    if party_words.kinds(line, party.first) == party.last and not line.upper(party.last - 1):
        return False
    whole = _whole().match(line, party.first) == words
    return party.has_identity and (whole or words not in (1, party_words.heads().match(line, party.first)))


def _is_due(paragraph: Paragraph, listed: tuple[Party, ...]) -> bool:
    """Whether a sentence opens with the days that named bodies have: ``Trong thời hạn 05 ngày …, Sở Nội vụ``."""
    opening = paragraph.sentence(listed[0].first - 1)
    return _opens_days(paragraph.line, opening) and _is_told(paragraph.line, listed)


def _opens_days(line: Line, at: int) -> bool:
    """Whether ``trong thời hạn``, ``trong 02 ngày`` or the like stands at a word."""
    number = at + 1 < len(line) and line.words[at] == _WITHIN and line.words[at + 1].isdigit()
    return number or _due().match(line, at) > 0


def _states_duty(line: Line, end: int) -> bool:
    """Whether an article says what the bodies before ``end`` do: by a verb with an object, and not how they work."""
    count, kind = _after().find(line, end)
    refused = _working().match(line, end) or _charged().find(line, end)[1] == "accountable"
    if kind not in ("modal", "adverb", "verb") or line.upper(end) or refused:
        return False
    return len(line) - end - count >= _OBJECT or line.mark(len(line) - 1, ":")


def _answer_for(line: Line, end: int) -> bool:
    """Whether ``… chịu trách nhiệm thi hành`` follows, perhaps behind others who are no bodies."""
    for at in range(end, min(len(line), end + _LIST)):
        if _answers().match(line, at):
            return True
        if line.mark(at, "."):
            return False
    return False


def _is_charged(line: Line, listed: tuple[Party, ...], end: int) -> bool:
    """Whether ``có trách nhiệm`` follows, which charges named bodies with a duty also in the articles of a legal
    act."""
    if not _is_told(line, listed):
        return False
    people = listed[-1].everyone  # "cá nhân được đề nghị khen thưởng chịu trách nhiệm"
    for at in range(end, min(len(line), end + _OTHERS)):
        kind = _charged().find(line, at)[1]
        if kind:
            return kind == "charged"
        if line.mark(at, ".:") or (not people and _after().find(line, at)[1] in ("verb", "not-a-duty")):
            return False
    return False


def _verb_follows(line: Line, end: int) -> bool:
    return _after().find(line, end)[1] in ("verb", "adverb")


def _follows_duty(line: Line, end: int, *, sure: bool) -> bool:
    """Whether a duty's words follow: a modal, an adverb or a verb; in a sure place anything that does not deny it."""
    dashed = line.mark(end, "-") and line.upper(end + 1)  # a heading and its first bullet that were run together
    at = end + 1 if line.mark(end, ",") or dashed else end
    if at >= len(line):
        return False
    count, kind = _after().find(line, at)
    if count:
        return kind != "not-a-duty"
    return sure and at == end and line.words[at][0].isalpha()
