"""Where a citation stands in its document: in the opening, among the legal grounds, in the heading of an annex."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from viendan.extract import cues, patterns
from viendan.extract.clauses import Layout, Placed
from viendan.extract.cues import Token
from viendan.model import Header

HEAD_GAP: Final = 30  # adverbs before the verb that opens a sentence ("Tiếp tục", "Để", "Nhằm phấn đấu")
_OVERLAP: Final = 8  # characters that the end of a sentence fills at most, with what stands around it
_BEHIND: Final = 260  # characters behind a citation in which its predicate may follow
_CLAUSES: Final = 900  # characters in which the main clause of a long opening may follow
_ANNEX_BRACKET: Final = 200
_HEADING: Final = 400  # characters of a heading
_REST: Final = 80  # what may follow in an annex's heading behind the instrument (an issuer that was not read)
_HEADINGS_BACK: Final = 40  # paragraphs looked back for a heading
_SECTION: Final = re.compile(r"(?:[IVX]{1,5}|Phần\s\S{1,8})[.:)]?\s", re.IGNORECASE)
_THIS: Final = "này"
_NEW_CLAUSE: Final = re.compile(r"[,;:]\s+")
_NUMBER_SIGNS: Final = re.compile(r"[\s\-–/]")
_CONNECTORS: Final = frozenset({cues.PINPOINT, cues.COMMA, cues.AND, cues.DETERMINER, cues.OF, cues.SEMICOLON, "annex"})


@cache
def _ground_column() -> re.Pattern[str]:
    """The heads of a table's columns, one a line, down to the one that names grounds."""
    number, grounds = patterns.one_of("row-number"), patterns.one_of("ground-column")
    return re.compile(rf"(?:^|\n)(?:{number})\n(?:[^\n]{{2,60}}\n){{1,9}}?(?P<head>(?:{grounds})[^\n]{{0,24}})(?=\n)")


@cache
def _cell_end() -> re.Pattern[str]:
    """What may follow the last words of a cell: the mark of a footnote, or one more instrument."""
    following = rf"[,;] (?=(?i:{patterns.small_types()}) {patterns.INTRO}[ :])"
    return re.compile(rf"\d{{0,2}}(?:[,;.]? ?(?:\n|\Z)|{following})")


_CELL: Final = 200  # characters of a cell at most


class Standing:
    """Answers about places in one document."""

    def __init__(self, shape: Layout, header: Header) -> None:
        self.shape = shape
        self.header = header
        self._backgrounds: dict[int, int | None] = {}
        self._grounds: re.Match[str] | None = None
        self._searched = False

    def in_title(self, placed: Placed) -> bool:
        """Whether a citation stands in the document's own title."""
        title = self.shape.title
        return title is not None and title[0] <= placed.start < title[1]

    def in_opening(self, placed: Placed) -> bool:
        """Whether a citation stands before the first item, and not in the title."""
        return placed.paragraph < self.shape.first_item and not self.in_title(placed)

    def opens_sentence(self, sentence: int, position: int | None, gap: int = HEAD_GAP) -> bool:
        """Whether a word opens its sentence, behind a number or, as far as ``gap`` allows, a few adverbs."""
        return position is not None and position - self.shape.body_start(sentence) <= gap

    def speaks_of_itself(self, sentence: int) -> bool:
        """Whether a sentence is about the document: ``Chỉ thị này có hiệu lực từ ngày ký và thay thế …``."""
        start = self.shape.body_start(sentence)
        return _THIS in self.shape.flat[start : start + HEAD_GAP].split()

    def leads_to_act(self, placed: Placed, following: tuple[Placed, ...]) -> bool:
        """Whether a new clause with a subject of its own follows in the sentence (``…, Ủy ban nhân dân yêu cầu``)."""
        flat = self.shape.flat
        cited = {other.start for other in following}
        start, end = placed.title_end or placed.end, self.shape.paragraphs[placed.paragraph][1]
        stop = self.shape.sentence_end(start, min(end, start + _CLAUSES))
        return any(
            flat[match.end()].isupper() and match.end() not in cited
            for match in _NEW_CLAUSE.finditer(flat, start, stop)
            if match.end() < stop
        )

    def in_background(self, sentence: int, placed: Placed) -> bool:
        """Whether the sentence tells circumstances: in the opening, or where such words open the sentence."""
        if sentence not in self._backgrounds:
            self._backgrounds[sentence] = self._background(sentence, placed)
        start = self._backgrounds[sentence]
        return start is not None and start < placed.start

    def _background(self, sentence: int, placed: Placed) -> int | None:
        """Where words of circumstances start in a sentence, if they do."""
        opening = placed.paragraph < self.shape.first_item
        end = self.shape.paragraphs[placed.paragraph][1] if opening else sentence + 2 * HEAD_GAP
        end = min(end, sentence + _BEHIND)
        folded = cues.fold_same_length(self.shape.flat[sentence:end])
        if not any(form in folded for form in cues.folded_forms("background")):
            return None
        found = (token for token in cues.tokens(self.shape.flat, sentence, end) if token.kind == "background")
        first = next(found, None)
        return first.start if first and (opening or first.start - sentence <= HEAD_GAP) else None

    def among_grounds(self, sentence: int, placed: Placed) -> bool:
        """Whether the sentence is one of the legal grounds in the opening (``Căn cứ …``)."""
        if placed.paragraph >= self.shape.first_item:
            return False
        first = cues.tokens(self.shape.flat, sentence, min(placed.start, sentence + 2 * HEAD_GAP))[:1]
        return bool(first) and first[0].kind == "preposition" and first[0].start - sentence <= HEAD_GAP

    def ground_column(self, placed: Placed) -> str | None:
        """The head of the column of grounds in whose table a citation ends a cell; None where there is none."""
        if not self._searched:
            self._searched, self._grounds = True, _ground_column().search(self.shape.flat)
        if self._grounds is None or placed.start < self._grounds.end():
            return None
        start, end = self.shape.paragraphs[placed.paragraph]
        short = end - start <= _CELL and _cell_end().match(self.shape.flat, placed.end)
        return self._grounds["head"] if short else None

    def looks_forward(self, placed: Placed) -> bool:
        """Whether the part of a report is about what is to be done: by the last heading before the citation."""
        for at in range(placed.paragraph, max(placed.paragraph - _HEADINGS_BACK, -1), -1):
            start, end = self.shape.paragraphs[at]
            if end - start <= _HEADING and _SECTION.match(self.shape.flat, start, end):
                return any(token.kind == "forward" for token in cues.tokens(self.shape.flat, start, end))
        return False

    def opens_paragraph(self, placed: Placed) -> bool:
        """Whether nothing but a label, a pinpoint or connectors stand before the citation in its paragraph."""
        start = self.shape.body_start(self.shape.paragraphs[placed.paragraph][0])
        if placed.start - start > _ANNEX_BRACKET:
            return False
        rest = placed.start - start
        for token in cues.tokens(self.shape.flat, start, placed.start):
            if token.kind in _CONNECTORS:
                rest -= token.end - token.start
        return rest <= HEAD_GAP

    def is_own_number(self, placed: Placed) -> bool:
        """Whether a citation has the document's own number, and no other issuer."""
        number, issuer = placed.citation.number, placed.citation.issuer
        if not number or not self.header.number or self.in_title(placed):
            return False
        same = _NUMBER_SIGNS.sub("", number).lower() == _NUMBER_SIGNS.sub("", self.header.number).lower()
        return same and (issuer is None or self.header.issuer is None or issuer.key == self.header.issuer.key)

    def annex_heading(self, placed: Placed) -> Token | None:
        """The words ``kèm theo`` of an annex's heading that names its parent in brackets, an instrument of our type."""
        bracket = self.shape.flat.rfind("(", max(0, placed.start - _ANNEX_BRACKET), placed.start)
        if bracket < 0 or self.in_title(placed):
            return None
        inside = cues.tokens(self.shape.flat, bracket + 1, placed.start)
        if not inside or not inside[0].kind == inside[-1].kind == "annex":
            return None
        if self.shape.flat[bracket + 1 : inside[0].start].strip(" *_"):
            return None
        own = self.header.type
        if own is not None and (placed.citation.type or "").lower() != own.lower():
            return None
        start, end = self.shape.paragraphs[placed.paragraph]
        rest = self.shape.flat[placed.end : end].strip(" .*_")
        if len(rest) > _REST or (rest and not rest.endswith(")")) or bracket - start > _HEADING:
            return None
        letters = [char for char in self.shape.flat[start:bracket] if char.isalpha()]
        capitals = sum(char.isupper() for char in letters) * 2 >= len(letters)
        said = any(token.kind in ("verb", "preposition") for token in cues.tokens(self.shape.flat, start, bracket))
        return inside[-1] if capitals or not said else None

    def predicate(self, following: tuple[Placed, ...], placed: Placed) -> Token | None:
        """What is said behind a citation and its followers in the sentence: repealed, in force, amended."""
        flat = self.shape.flat
        end = self.shape.paragraphs[placed.paragraph][1]
        inner = placed.title_end or placed.end
        high = min(end, inner + _BEHIND)
        stop = self.shape.sentence_end(inner, high)
        for other in following:
            if other.start >= stop:
                break
            inner = max(inner, other.end)
            if inner <= stop < high:
                continue  # the end of the same sentence
            looked = high - _OVERLAP if stop == high else inner  # where no sentence ends was seen before
            high = min(end, inner + _BEHIND)
            stop = self.shape.sentence_end(max(inner, looked), high)
        return _predicate(cues.tokens(flat, inner, stop))


def _predicate(found: list[Token]) -> Token | None:
    for at, token in enumerate(found):
        if token.kind == "preposition" or (token.kind == "verb" and token.relation != "continues"):
            return None
        following = found[at + 1].kind if at + 1 < len(found) else ""
        agent = following in (cues.AGENT, cues.PLACE, "preposition")
        said = token.kind == "predicate" or (token.kind == "passive" and not agent) or token.kind == "verb"
        if said and token.relation:
            return token
    return None
