"""Citations of one document: mentions found, tied to their titles, issuers and instruments.

``find_citations`` gives every mention of a specific instrument; ``unexplained`` what looks like an official number and was
not understood. Roles are decided elsewhere: here every citation has the role ``context``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from viendan.extract import antecedents, bodies, mentions, named, numbered, particulars, patterns, titles
from viendan.extract.found import Found
from viendan.extract.particulars import Scene
from viendan.extract.structure import ParsedDocument
from viendan.model import Citation, Header, Mention

_CONFIDENCE: Final = {
    "type-number": 0.99,
    "list-number": 0.96,
    "small-type-number": 0.97,
    "type-gap-number": 0.95,
    "small-type-gap-number": 0.9,
    "number-alone": 0.85,
    "short-number": 0.9,
    "law-name": 0.97,
    "law-name-guessed": 0.85,
    "amending-law": 0.95,
    "law-in-name": 0.95,
    "law-year": 0.8,
    "constitution": 0.97,
    "congress-resolution": 0.98,
    "plenum-resolution": 0.95,
    "conclusion-at-meeting": 0.85,
    "type-of-body": 0.8,
    "quoted-name": 0.9,
    "named-annex": 0.85,
    "programme-of-body": 0.7,
    "described-scheme": 0.7,
    "adopted-name": 0.85,
    "party-charter": 0.9,
    "treaty": 0.8,
}


def find_citations(parsed: ParsedDocument, header: Header) -> tuple[Citation, ...]:
    """All citations of a document in order of their words; offsets are those of the source."""
    scene = Scene(parsed.flat, bodies.context(header))
    found = mentions.find_mentions(scene)
    found = [hit for hit in found if not _is_own(parsed, header, hit)]
    found = _with_titles(scene, found)
    found = _share(scene, found)
    found = _with_adopted(scene, found)
    return antecedents.bind(parsed, header, scene, found, _CONFIDENCE)


def _is_own(parsed: ParsedDocument, header: Header, hit: Found) -> bool:
    """Whether a number is the document's own, in its header."""
    if hit.kind != "numbered" or hit.serial is None:
        return False
    start = parsed.offsets.start(hit.start)
    for field in header.fields:
        if (
            field.name == "number"
            and field.mention
            and field.mention.start <= parsed.offsets.end(hit.serial[1])
            and start <= field.mention.end
        ):
            return True
    zone = header.title_range[0] if header.title_range else 0
    if header.number and hit.number and start < max(zone, 400):
        line = parsed.flat[parsed.flat.rfind("\n", 0, hit.start) + 1 : hit.start]
        if numbered_key(hit.number) == numbered_key(header.number) and not line.strip(" #|>-"):
            return True
    if hit.rule == "number-alone" and (start < zone or (not zone and hit.start < 1200)):
        return parsed.flat[hit.start : hit.start + 1] in ("S", "s") and (
            hit.start == 0 or parsed.flat[hit.start - 1] in "\n| "
        )
    return False


_OWN_LINE: Final = re.compile(rf"(?:^|[\n|>] ?|phúc ){patterns.INTRO} ?:", re.MULTILINE)


def numbered_key(number: str) -> str:
    """A number without case, blanks and kinds of separators."""
    return re.sub(r"[\s/\-_.]+", "-", number).upper()


def _with_titles(scene: Scene, found: list[Found]) -> list[Found]:
    """Every mention with the subject that its words give."""
    done = []
    for hit in found:
        if (
            hit.title_range is None
            and not hit.nested
            and hit.rule not in ("congress-resolution", "plenum-resolution", "constitution")
        ):
            span = titles.find_title(scene.flat, hit.end, full=hit.full)
            hit = replace(hit, title_range=span) if span else hit
        if hit.title_range:
            hit = replace(hit, title=titles.clean(scene.flat[hit.title_range[0] : hit.title_range[1]]))
        done.append(hit)
    return done


_SHARED: Final = re.compile(r",? (?:và|cùng) \Z")


def _share(scene: Scene, found: list[Found]) -> list[Found]:
    """In a list the issuer and subject that stand once, behind the last, are given to those before it."""
    done = list(found)
    for index in range(len(done) - 2, -1, -1):
        hit, following = done[index], done[index + 1]
        if hit.kind != "numbered" or following.kind != "numbered" or hit.stated_issuer or not following.stated_issuer:
            continue
        if hit.title is not None or not _SHARED.fullmatch(scene.flat[hit.end : following.start]):
            continue
        own = scene.body_of(hit.symbol, hit.year) if hit.symbol else None
        if own and following.issuer and own.key != following.issuer.key:
            continue
        if numbered.symbol_tokens(hit.symbol) != numbered.symbol_tokens(following.symbol):
            continue
        done[index] = replace(hit, issuer=following.issuer, title=following.title)
    return done


_ADOPTS: Final = re.compile(r"(?:[Vv]ề việc )?(?i:ban hành|phê duyệt|phê chuẩn|thông qua) (?=[A-ZĐ])")


def _with_adopted(scene: Scene, found: list[Found]) -> list[Found]:
    """Texts that a cited instrument adopts, named in its subject (``… phê duyệt Đề án X``), as mentions of their own."""
    flat = scene.flat
    known = {(hit.start, hit.end) for hit in found}
    starts = {hit.start for hit in found}
    added: list[Found] = []
    done: list[Found] = []
    for hit in found:
        done.append(hit)
        if hit.title_range is None or hit.kind != "numbered":
            continue
        verb = _ADOPTS.match(flat, hit.title_range[0])
        word = patterns.type_anchor().match(flat, verb.end()) if verb else None
        if word is None or word.end() >= hit.title_range[1] - 8:
            continue
        label = patterns.type_labels()[word.group().lower()]
        if word.start() in starts:
            done_index = next((i for i, other in enumerate(found) if other.start == word.start()), None)
            if (
                done_index is not None
                and found[done_index].kind == "named"
                and found[done_index].issuer is None
                and found[done_index].rule != "treaty"
            ):
                found[done_index] = replace(found[done_index], issuer=hit.issuer or _symbol_body(scene, hit))
            continue
        if patterns.type_keys().get(label) not in ADOPTABLE or flat.startswith((" này", " ban hành"), word.end()) or named.is_target(flat, word.end()):
            continue
        end = hit.title_range[1]
        if (word.start(), end) in known:
            continue
        span = (word.end() + 1, end)
        added.append(
            Found(
                word.start(),
                end,
                "named",
                label,
                "adopted-name",
                issuer=hit.issuer or _symbol_body(scene, hit),
                title=titles.clean(flat[span[0] : span[1]]),
                title_range=span,
                full=True,
            )
        )
    return sorted([*done_or(found, done), *added], key=lambda hit: (hit.start, -hit.end))


ADOPTABLE: Final = frozenset(
    {
        "de-an",
        "chien-luoc",
        "quy-hoach",
        "chuong-trinh",
        "ke-hoach",
        "chuong-trinh-hanh-dong",
        "quy-tac",
        "phuong-an",
        "dieu-le",
        "du-an",
    }
)


def done_or(found: list[Found], done: list[Found]) -> list[Found]:
    """The list as it was changed while it was read."""
    return found if len(found) == len(done) else done


def _symbol_body(scene: Scene, hit: Found):  # type: ignore[no-untyped-def]
    return scene.body_of(hit.symbol, hit.year) if hit.symbol else None


def unexplained(parsed: ParsedDocument, citations: tuple[Citation, ...]) -> tuple[Mention, ...]:
    """What looks like an official number and belongs to no citation: not understood, and never dropped in silence."""
    spans = sorted((item.mention.start, item.mention.end) for item in citations)
    found = []
    index = 0
    for anchor in patterns.number_anchor().finditer(parsed.flat):
        begin = mentions.serial_start(parsed.flat, anchor.start())
        hit = numbered.read_number(parsed.flat, begin, introduced=True) if begin is not None else None
        if hit is None or begin is None:
            continue
        start, end = parsed.source_span(begin, hit.end)
        while index < len(spans) and spans[index][1] <= start:
            index += 1
        if (index < len(spans) and spans[index][0] < end) or not _looks_official(parsed.flat, begin, hit):
            continue
        found.append(parsed.mention(begin, hit.end, "number-like"))
    return tuple(found)


_OWN_NUMBER: Final = re.compile(rf"(?:^|\n|[>|] ?|phúc )(?:[^\W\d_]+ ?){{0,3}}?{patterns.INTRO} ?: ?[^\w\s]{{0,3}}\w?[†‡ ]?\Z")


def _looks_official(flat: str, begin: int, hit: numbered.NumberHit) -> bool:
    """Whether a number looks like one of an instrument and stands neither in a heading's own line nor behind ``QCVN``."""
    if not hit.tokens or not (numbered.is_known(hit.tokens[0]) or len(hit.tokens) > 1):
        return False
    line = flat[max(flat.rfind("\n", 0, begin), begin - 40, 0) : begin]
    return _OWN_NUMBER.search(line) is None and not mentions.is_form(flat, begin, hit)
