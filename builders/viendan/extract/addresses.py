"""How parties are addressed: the words before them that order, ask, assign, or make them partners, and what refuses
it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final, NamedTuple

from viendan.extract import duty_words
from viendan.extract.duty_words import Line

_AND: Final = "và"
_SENTENCE: Final = ".;:!?"
_ENDING: Final = frozenset(_SENTENCE)
_TO: Final = frozenset({"về", "đến", "tới", "với"})
_SENTENCE_MOST: Final = 400  # words of a sentence at most
_FAR: Final = 24  # words that a governing verb may stand before its object
_THEN: Final = "thì"
_WITH: Final = frozenset({"với", "cùng"})
_ADVERBS: Final = 12  # words between ``phối hợp`` and ``với`` at most
_LABEL: Final = 9  # words of a label at most
_CARRY_OUT: Final = "implement"
_TO_WHOM: Final = "về"
_TOLD: Final = 26  # words between ``phản ánh`` and the one who is told
_PARTNER_REFUSALS: Final = frozenset({"past", "noun"})


class Paragraph(NamedTuple):
    """A paragraph's words, the index of its first, the indexes behind the parties in it, and those of the marks that
    end a sentence or clause, in order."""

    line: Line
    start: int
    ends: frozenset[int]
    marks: tuple[int, ...]

    def sentence(self, at: int) -> int:
        """The index of the first word of the sentence or clause that the word before ``at`` belongs to."""
        first = max(self.start, at - _SENTENCE_MOST)
        if at <= first:
            return at
        before = bisect_left(self.marks, at)
        return max(first, self.marks[before - 1] + 1) if before else first

    def words(self, first: int, last: int) -> str:
        """The words as written."""
        return self.line.flat[self.line.starts[first] : self.line.ends[last - 1]]


@cache
def _before() -> duty_words.Phrases:
    return duty_words.phrases_before("order-words", "partner", "assign", "request", "demand")


@cache
def _directing() -> duty_words.Phrases:
    return duty_words.phrases_before("order-words", "direct", "direct-chain")


@cache
def _refusals() -> duty_words.Phrases:
    return duty_words.phrases_before("order-words", "past", "noun", "not-ordered")


@cache
def _adverbials() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "adverbial")


@cache
def _governing() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "governs-direct")


@cache
def _duty_of() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "duty-of")


@cache
def _telling() -> duty_words.Phrases:
    return duty_words.phrases_before("order-words", "feedback", "sent")


@cache
def _circumstances() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "circumstance")


@cache
def _cooperating() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "cooperating")


@cache
def _label_heads() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "label-head")


@cache
def _verbs() -> duty_words.Phrases:
    return duty_words.phrases("order-words", "verb")


@cache
def _no_orders() -> duty_words.Phrases:
    return duty_words.phrases_before("order-words", "no-order")


def read_paragraph(line: Line, start: int, ends: frozenset[int]) -> Paragraph:
    """The Paragraph of a line whose first word stands at ``start``, with parties that end at ``ends``."""
    return Paragraph(line, start, ends, tuple([at for at, word in enumerate(line.words) if word in _ENDING]))


def find_address(paragraph: Paragraph, first: int, owner: int) -> tuple[str, str]:
    """How the list of parties that starts at ``first`` is addressed, and by which words; empty where it is an object.

    ``start``, ``comma``, ``clause`` and ``bracket`` (subjects), ``column`` (then the words are the column's role), or
    an order's manner. ``owner`` is the first word of the last party before that is ordered otherwise than as a partner
    (``-1``: none).
    """
    if first <= paragraph.start:
        return "start", ""
    if not paragraph.line.upper(first) and _no_orders().find_before(paragraph.line, first + 1)[0]:
        return "", ""
    return _by_words(paragraph, first) or _by_mark(paragraph, first, owner) or _told(paragraph, first)


def _by_words(paragraph: Paragraph, first: int) -> tuple[str, str] | None:
    """The address by the words right before a party; None where they address nobody."""
    count, kind = _before().find_before(paragraph.line, first)
    if count:
        return _by_verb(paragraph, first, count, kind)
    partner = _with_adverbs(paragraph, first)
    if partner is not None:
        return "partner", paragraph.words(partner, first)
    owned = _duty_of().match(paragraph.line, paragraph.start)
    if owned and paragraph.start + owned == first:
        return "duty-of", paragraph.words(paragraph.start, first)
    directed = _directed(paragraph, first)
    return ("direct", paragraph.words(directed, first)) if directed is not None else None


def _by_mark(paragraph: Paragraph, first: int, owner: int) -> tuple[str, str] | None:
    """The address by the mark right before a party: a label's colon, a sentence's end, a comma behind an adverbial."""
    line = paragraph.line
    role = _label(paragraph, first - 1) if line.mark(first - 1, ":") else ""
    if role:
        return "column", role
    if line.mark(first - 1, _SENTENCE):
        return "start", ""
    if line.mark(first - 1, "(") and first - 1 not in paragraph.ends:
        return "bracket", ""
    return _behind_clause(paragraph, first, owner)


def _behind_clause(paragraph: Paragraph, first: int, owner: int) -> tuple[str, str] | None:
    """The address of a subject behind ``thì``, a circumstance, or a comma."""
    line = paragraph.line
    if line.words[first - 1] == _THEN:
        return "comma", ""
    if paragraph.sentence(first) + _circumstance(paragraph, first) == first:
        return ("comma" if line.upper(first) else "clause"), ""
    if not line.mark(first - 1, ","):
        return None
    if opens_adverbial(paragraph, first - 1):
        return "comma", ""
    return ("clause", "") if owner >= paragraph.sentence(first - 1) else None


def _circumstance(paragraph: Paragraph, first: int) -> int:
    """How many words of a circumstance that no comma parts from its subject open the sentence before ``first``."""
    return _circumstances().match(paragraph.line, paragraph.sentence(first))


def _with_adverbs(paragraph: Paragraph, first: int) -> int | None:
    """The index of ``phối hợp`` before ``(chặt chẽ, thường xuyên, kịp thời) với``; None where a verb stands between."""
    line = paragraph.line
    if line.words[first - 1] not in _WITH:
        return None
    for at in range(first - 2, max(paragraph.start, first - _ADVERBS) - 1, -1):
        if _cooperating().match(line, at):
            return None if _refused(paragraph, at, partner=True) else at
        if line.mark(at, _SENTENCE) or _verbs().match(line, at) > 1 or at + 1 in paragraph.ends:
            return None
    return None


def opens_adverbial(paragraph: Paragraph, at: int) -> bool:
    """Whether the sentence of a word opens with what stands before a subject: ``Căn cứ …,``, ``Định kỳ hằng quý,``."""
    return bool(_adverbials().match(paragraph.line, paragraph.sentence(at)))


def _by_verb(paragraph: Paragraph, first: int, count: int, kind: str) -> tuple[str, str]:
    at = first - count
    if _refused(paragraph, at, partner=kind == "partner"):
        return "", ""
    if kind == "request" and not _begins_clause(paragraph, at):
        return "", ""
    return kind, paragraph.words(at, first)


def _refused(paragraph: Paragraph, at: int, *, partner: bool) -> bool:
    """Whether the word before an order's verb makes it a report, a noun or another's doing."""
    if at <= paragraph.start:
        return False
    count, kind = _refusals().find_before(paragraph.line, at)
    return bool(count) and (not partner or kind in _PARTNER_REFUSALS)


def _begins_clause(paragraph: Paragraph, at: int) -> bool:
    """Whether a request stands at the start of a clause, or behind the body that asks."""
    line = paragraph.line
    return (
        at <= paragraph.start
        or line.mark(at - 1, ",-" + _SENTENCE)
        or line.words[at - 1] == _AND
        or at in paragraph.ends
    )


def _directed(paragraph: Paragraph, first: int) -> int | None:
    """The index of the first of a row of verbs by which a body below is directed; None where it is only watched."""
    line, start = paragraph.line, paragraph.start
    at = first
    directing = False
    while at > start:
        count, kind = _directing().find_before(line, at)
        if not count:
            break
        directing = directing or kind == "direct"
        at -= count
        gap = at
        while gap > start and line.words[gap - 1] in (",", _AND):
            gap -= 1
        if gap == at or not _directing().find_before(line, gap)[0]:
            break
        at = gap
    if not directing or _refused(paragraph, at, partner=False):
        return None
    for back in range(at - 1, max(start, at - _FAR) - 1, -1):
        if line.mark(back, _SENTENCE):
            break
        if _governing().match(line, back):
            return None
    return at


def _label(paragraph: Paragraph, colon: int) -> str:
    """The role of a label before a colon (``Cơ quan chủ trì:``); empty for no label."""
    at = colon
    while at > paragraph.start and not paragraph.line.mark(at - 1, ".;:-+("):
        at -= 1
    count, role = duty_words.columns().find(paragraph.line, at)
    if at + count == colon:
        return role if role != duty_words.DEADLINE else ""
    return _work_of(paragraph.line, at, colon)


def _work_of(line: Line, at: int, colon: int) -> str:
    """The role that a label's verb gives (``Cơ quan tổ chức lập:``, ``Đơn vị theo dõi, đôn đốc:``); empty for none."""
    verb = at + _label_heads().match(line, at)
    if verb == at or colon - at > _LABEL or not _verbs().match(line, verb):
        return ""
    told = (duty_words.roles().find(line, index)[1] for index in range(verb, colon))
    return next((role for role in told if role), _CARRY_OUT)


def _told(paragraph: Paragraph, first: int) -> tuple[str, str]:
    """``phản ánh (kịp thời) về Bộ Tài chính``, ``gửi báo cáo về Sở Nội vụ để tổng hợp`` address the one who is to
    solve or sum up what is told (``feedback``, ``sent``)."""
    line = paragraph.line
    if line.words[first - 1] not in _TO:
        return "", ""
    for at in range(first - 1, max(paragraph.sentence(first), first - _TOLD), -1):
        count, kind = _telling().find_before(line, at)
        if count and (kind == "feedback" or line.words[first - 1] == _TO_WHOM):
            return kind, paragraph.words(at - count, first)
    return "", ""
