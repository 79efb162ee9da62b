"""What a document does with each instrument that it cites: the role, the words that show it, the rule that decided.

The rules are those of the annotation guide: what stands in the subject of another instrument is context; ``theo X`` and
``căn cứ X`` make it a basis; the direct object of ``thực hiện``, ``triển khai``, ``quán triệt`` is implemented; the
document's own clauses repeal, amend, continue.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

from viendan.extract import cues
from viendan.extract.clauses import Layout, Placed
from viendan.extract.cues import Token, is_deciding, is_proposing, is_reporting
from viendan.extract.governors import CHANGES, Governor, Link, govern, tells_order
from viendan.extract.linking import Linked
from viendan.extract.standing import Standing
from viendan.model import Citation, Header, Role

_LIST_WINDOW: Final = 300  # characters at the end of a paragraph that introduces a list
_SAID_OF_LIST: Final = 90  # characters behind "các thông tư sau đây tiếp tục có hiệu lực"
_FOLLOWERS: Final = 12
_OTHERS_WINDOW: Final = 60
_ADVERB: Final = 12  # "Nay", "Đồng thời"
_DETAILS: Final = ("quy dinh", "bien phap")  # what a decree does, not what a department is told to do ("hướng dẫn …")
_OTHERS: Final = re.compile(r"\b(?:các|những|mọi)\s[^,;:]*$", re.IGNORECASE)  # "các Nghị định sửa đổi, bổ sung …"
_BESIDE_THIS: Final = re.compile(r"\bnày\s(?:và|với|hoặc)\b")
_PASSING: Final = MappingProxyType({"done": "report", "draft": "draft", "context": "mention"})
_OWN_ANNEX: Final = "own-annex"  # the text that the document itself adopts
_BLANKS: Final = re.compile(r"\s+")
_WORDS_OF_LIST: Final = (";", ",", ".", ")", "”")


class Verdict(NamedTuple):
    """A role with its reason; ``sure`` scales the confidence of the citation."""

    role: Role
    rule: str
    cue: str | None
    sure: float


def judge(
    shape: Layout, header: Header, placed: tuple[Placed, ...], linked: tuple[Linked, ...]
) -> tuple[Citation, ...]:
    """The citations with role, cue and rule; their order and everything else stay."""
    verdicts = _Judge(shape, header, placed, linked).verdicts()
    return tuple(
        replace(
            item.citation,
            role=verdict.role,
            cue=verdict.cue,
            rule=verdict.rule,
            confidence=round(item.citation.confidence * verdict.sure, 3),
        )
        for item, verdict in zip(placed, verdicts, strict=True)
    )


class _Judge:
    """Gives the verdicts from left to right, each with sight of those before it."""

    def __init__(self, shape: Layout, header: Header, placed: tuple[Placed, ...], linked: tuple[Linked, ...]) -> None:
        self.shape = shape
        self.header = header
        self.placed = placed
        self.linked = linked
        self.standing = Standing(shape, header)
        self.given: list[Verdict] = []
        self.leads: dict[int, Verdict] = {}
        """The verdict on the first citation of each paragraph, for the items of lists."""

    def verdicts(self) -> list[Verdict]:
        """All verdicts in order."""
        for item in self.linked:
            verdict = self._verdict(item, self.placed[item.index])
            self.given.append(verdict)
            if item.holder is None:
                self.leads.setdefault(self.placed[item.index].paragraph, verdict)
        return self.given

    def _verdict(self, item: Linked, placed: Placed) -> Verdict:
        if placed.citation.rule == _OWN_ANNEX:
            return Verdict("approves", "own-act", self._words(item.governor.token), 1.0)
        if self.standing.is_own_number(placed):
            return Verdict("self", "own-number", None, 1.0)
        heading = self.standing.annex_heading(placed) if "annex" in item.governor.modifiers else None
        if heading is not None:
            return Verdict("self", "annex-names-parent", self._words(heading), 0.98)
        if item.holder is not None:
            return Verdict("context", "inside-subject", self._words(item.governor.token), 1.0)
        verdict = self._by_partner(item) or self._by_governor(item, placed)
        return self._by_predicate(item, placed, verdict)

    def _words(self, token: Token | None) -> str | None:
        return _BLANKS.sub(" ", self.shape.flat[token.start : token.end]) if token else None

    # --- from other citations ---

    def _by_partner(self, item: Linked) -> Verdict | None:
        """The verdict taken over from the citation that this one is joined to."""
        governor, partner = item.governor, item.partner
        if partner is None:
            return None
        before = self.given[partner]
        role = "context" if before.role == "self" and governor.link is Link.AGENT else before.role
        named = {Link.ALIAS: "short-name", Link.AGENT: "changed-by", Link.ANNEX: "annexed", Link.JOINED: "joined"}
        if governor.link in named:
            return Verdict(role, named[governor.link], self._words(governor.token) or before.cue, 0.98 * before.sure)
        if governor.link is Link.PLACE and governor.token is not None:
            between = self.shape.flat[self.placed[partner].end : governor.token.end]
            if role in CHANGES or (role == "implements" and tells_order(between)):
                return Verdict(role, "joined-place", before.cue, 0.93)
        return None

    # --- from the governing word ---

    def _by_governor(self, item: Linked, placed: Placed) -> Verdict:
        governor, token = item.governor, item.governor.token
        if self.standing.in_background(item.sentence, placed):
            return Verdict("context", "background", self._words(token), 0.95)
        if governor.link is Link.CUE and token is not None:
            return self._by_cue(item, placed, token)
        if governor.link is Link.AGENT and token is not None:
            role = "basis" if token.relation == "approves" or token.kind == "verb" else "context"
            return Verdict(role, "changed-by-alone", self._words(token), 0.8)
        lead = self._by_lead(item, placed) if governor.link is not Link.PLACE else None
        if lead is not None:
            return lead
        return self._by_place(governor, placed)

    def _by_place(self, governor: Governor, placed: Placed) -> Verdict:
        """``tại X``, ``khoản 2 Điều 5 X`` with no verb: a ground, but not where it stands beside this document."""
        if governor.link is not Link.PLACE:
            column = self.standing.ground_column(placed)
            return Verdict("basis", "ground-column", column, 0.8) if column else Verdict("context", "no-cue", None, 0.8)
        token = governor.token
        if token is not None and _BESIDE_THIS.search(self.shape.flat, token.end, placed.start):
            return Verdict("context", "beside-this", self._words(token), 0.8)
        return Verdict("basis", "place", self._words(token), 0.85)

    def _by_cue(self, item: Linked, placed: Placed, token: Token) -> Verdict:
        relation, words, modifiers = token.relation or "context", self._words(token), item.governor.modifiers
        if token.kind != "verb":
            return Verdict(relation, f"{token.kind}-{relation}", words, 0.98 if "direct" in modifiers else 0.93)
        passing = next((name for name in ("done", "draft") if name in modifiers), relation)
        if passing in _PASSING:
            return Verdict("context", _PASSING[passing], words, 0.9)
        if relation == "implements":
            return self._by_order(item, placed, words)
        if self.standing.among_grounds(item.sentence, placed):
            return Verdict("basis" if "joined" in modifiers else "context", "among-grounds", words, 0.8)
        if relation == "guides":
            return self._by_guidance(item, token, words)
        return self._by_act(item, relation, words)

    def _by_order(self, item: Linked, placed: Placed, words: str | None) -> Verdict:
        """``thực hiện X``: an order; the ground of the document where it opens it; in a report what was done."""
        governor = item.governor
        if self.standing.in_opening(placed):
            if self.standing.opens_sentence(item.sentence, governor.head) and "nominal" not in governor.modifiers:
                return Verdict("basis", "opening", words, 0.98)
            following = self.placed[item.index + 1 : item.index + 1 + _FOLLOWERS]
            if not self.standing.leads_to_act(placed, following):
                return Verdict("context", "opening-background", words, 0.8)
        past = is_reporting(self.header.type) and "forward" not in governor.modifiers
        if past and not self.standing.looks_forward(placed):
            return Verdict("context", "report", words, 0.75)
        return Verdict("implements", "order", words, 0.97)

    def _by_guidance(self, item: Linked, token: Token, words: str | None) -> Verdict:
        """``Thông tư này quy định chi tiết X``, ``hướng dẫn thực hiện X``; only an author lays down details."""
        own = item.governor.modifiers & {"this", "enacts"}
        own_act = bool(own) or self.standing.opens_sentence(item.sentence, item.governor.head, gap=0)
        if own_act or token.cue is None or not token.cue.folded.startswith(_DETAILS):
            return Verdict("guides", "guidance", words, 0.85)
        return Verdict("context", "act-of-others", words, 0.7)

    def _by_act(self, item: Linked, relation: str, words: str | None) -> Verdict:
        """The role by a verb with which documents change others, if this document does it itself."""
        modifiers, head = item.governor.modifiers, item.governor.head or item.sentence
        if relation == "continues":
            return Verdict("continues", "own-act", words, 0.9)
        if _OTHERS.search(self.shape.flat[max(item.sentence, head - _OTHERS_WINDOW) : head]):
            return Verdict("context", "act-of-others", words, 0.9)
        at_head = self.standing.opens_sentence(item.sentence, head, gap=_ADVERB)
        deciding = is_deciding(self.header.type)
        own = deciding and at_head and "direct" in modifiers if relation == "approves" else deciding or at_head
        own = own and not is_proposing(self.header.type)
        own = own or "this" in modifiers or self.standing.speaks_of_itself(item.sentence)
        if not own or "proposal" in modifiers:
            return Verdict("context", "act-of-others", words, 0.8)
        if relation == "replaces" and modifiers & {"part", "inside"}:
            relation = "amends"
        return Verdict(relation, "own-act", words, 0.97)

    # --- from what stands behind, and from lists ---

    def _by_predicate(self, item: Linked, placed: Placed, verdict: Verdict) -> Verdict:
        """What is said behind the citation decides where little stands before it."""
        if verdict.rule not in ("no-cue", "place", "joined") or verdict.role in CHANGES:
            return verdict
        following = self.placed[item.index + 1 : item.index + 1 + _FOLLOWERS]
        token = self.standing.predicate(following, placed)
        if token is None or token.relation is None:
            return verdict
        if token.relation != "continues" and is_proposing(self.header.type):
            return verdict
        return Verdict(token.relation, "predicate", self._words(token), 0.9)

    def _by_lead(self, item: Linked, placed: Placed) -> Verdict | None:
        """The verdict for an item of a list: that of the words that introduce the list."""
        at = placed.paragraph - 1
        if at < 0 or item.partner is not None or not self.standing.opens_paragraph(placed):
            return None
        start, end = self.shape.paragraphs[at]
        line = self.shape.flat[max(start, end - _LIST_WINDOW) : end].rstrip(" *_")
        if line.endswith(":"):
            return self._by_introduction(max(start, end - _LIST_WINDOW), end, placed)
        before = self.leads.get(at)
        if before is None or not line.endswith(_WORDS_OF_LIST):
            return None
        continued = before.rule.startswith("list-") or (line.endswith((";", ",")) and before.role == "basis")
        return before._replace(sure=before.sure * 0.98) if continued else None

    def _by_introduction(self, start: int, end: int, placed: Placed) -> Verdict | None:
        found = cues.tokens(self.shape.flat, start, end)
        said = next((t for t in reversed(found) if t.kind == "predicate" and end - t.end <= _SAID_OF_LIST), None)
        if said is not None and said.relation and not is_proposing(self.header.type):
            return Verdict(said.relation, "list-predicate", self._words(said), 0.85)
        governor = govern(self.shape.flat, found, start, end, after_citation=False)
        if governor.link is not Link.CUE or governor.token is None:
            return None
        verdict = self._by_cue(Linked(-1, governor, sentence=start), placed, governor.token)
        return verdict._replace(rule=f"list-{verdict.rule}", sure=verdict.sure * 0.9)
