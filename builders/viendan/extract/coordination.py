"""What mentions owe to their neighbours: subjects, what a list says once for all its members, and adopted texts."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from viendan.extract import named, numbered, patterns, titles
from viendan.extract.found import Found
from viendan.extract.particulars import Scene
from viendan.model import Body

_UNTITLED: Final = frozenset({"congress-resolution", "plenum-resolution", "constitution", "law-year", "law-date"})
_AND: Final = re.compile(r",? (?:và|cùng)(?: các)? \Z")


@cache
def _adopts() -> re.Pattern[str]:
    return re.compile(rf"(?:[Vv]ề việc )?(?i:{patterns.one_of('approving')}) (?=[A-ZĐ])")


def with_titles(scene: Scene, found: list[Found]) -> list[Found]:
    """Every mention with the subject that its words give."""
    done: list[Found] = []
    for index, hit in enumerate(found):
        span = hit.title_range
        if span is None and not hit.nested and hit.rule not in _UNTITLED:
            span = titles.find_title(scene.flat, hit.end, full=hit.full)
            span = _before_comma(scene, found, index, span) if span else None
        title = titles.clean(scene.flat[span[0] : span[1]]) if span else None
        done.append(hit._replace(title_range=span, title=title) if title else hit)
    return done


def _before_comma(scene: Scene, found: list[Found], index: int, span: tuple[int, int]) -> tuple[int, int]:
    """A subject that cites another instrument by name alone ends with it, where a comma and another clause follow."""
    flat = scene.flat
    for inner in found[index + 1 : index + 30]:
        if inner.start >= span[1]:
            break
        after = flat[inner.end : inner.end + 3]
        named_only = inner.rule == "congress-resolution" and inner.end < span[1]
        if named_only and after[:2] == ", " and after[2:].islower() and not titles.goes_on(flat, inner.end + 2):
            return span[0], inner.end
    return span


def share(scene: Scene, found: list[Found]) -> list[Found]:
    """In a list the issuer and subject that stand once, behind the last, are given to those before it."""
    done = list(found)
    for index in range(len(done) - 2, -1, -1):
        hit, following = done[index], done[index + 1]
        if hit.kind == following.kind == "numbered" and _shares(scene, hit, following):
            title = None if _BY.search(scene.flat, max(0, hit.start - 8), hit.start) else following.title
            hit = done[index] = hit._replace(issuer=following.issuer, title=title)
        if hit.date is None and following.date and _SAME_DAY.match(scene.flat, hit.end):
            done[index] = hit._replace(date=following.date)
    return done


# The changer of a text (``được sửa đổi bởi X và Y về …``) is not of the list that the next instrument closes.
_BY: Final = re.compile(r"(?<!\w)bởi \Z")
_SAME_DAY: Final = re.compile(r"(?:,| và) số [^\s,]{3,24} cùng ngày ")
_NEXT: Final = re.compile(r"(?:,|;)?(?: và| cùng)?(?: các)? ?\Z")


def follow(scene: Scene, found: list[Found]) -> list[Found]:
    """In a list behind ``của X tại`` members without an issuer have the first one's, if their symbols name one body."""
    done: list[Found] = []
    for hit in found:
        before = done[-1] if done else None
        shared = before is not None and (_same_author(scene, before, hit) or _goes_on(scene, before, hit))
        done.append(hit._replace(issuer=before.issuer) if before and shared else hit)
    return done


def _goes_on(scene: Scene, before: Found, hit: Found) -> bool:
    """Whether a member of a list without an issuer can only be by the issuer of the one before it."""
    if before.kind != "numbered" or hit.kind != "numbered" or hit.issuer is not None or not hit.symbol:
        return False
    told = before.issuer is not None and not before.stated_issuer
    listed = told and _NEXT.fullmatch(scene.flat, before.end, hit.start) and symbol_body(scene, hit) is None
    return bool(listed and {*numbered.symbol_tokens(hit.symbol)[:2]} & {*numbered.symbol_tokens(before.symbol)[:2]})


def _same_author(scene: Scene, before: Found, hit: Found) -> bool:
    """Whether a member of a list is by the author who stands before the list, whom its symbol alone does not tell.

    ``ý kiến của Thường trực HĐND tỉnh tại các Công văn: số 87/HĐND-KTNS về …, số 208/HĐND-KTNS về …``.
    """
    if before.kind != "numbered" or hit.kind != "numbered" or before.issuer is None or hit.stated_issuer:
        return False
    by_symbol = symbol_body(scene, before)
    told = not before.stated_issuer and by_symbol is not None and by_symbol.key != before.issuer.key
    same = hit.symbol and hit.symbol == before.symbol and hit.issuer in (None, symbol_body(scene, hit))
    gap = max(before.end, before.title_range[1] if before.title_range else 0)
    return bool(told and same and _NEXT.fullmatch(scene.flat, gap, hit.start))


def _shares(scene: Scene, hit: Found, following: Found) -> bool:
    if hit.stated_issuer or not following.stated_issuer or hit.title is not None:
        return False
    if numbered.symbol_tokens(hit.symbol) != numbered.symbol_tokens(following.symbol):
        return False
    own = scene.body_of(hit.symbol, hit.year) if hit.symbol else None
    if own and following.issuer and own.key != following.issuer.key:
        return False
    return _AND.fullmatch(scene.flat, hit.end, following.start) is not None


def with_adopted(scene: Scene, found: list[Found]) -> list[Found]:
    """Texts that a cited instrument adopts, named in its subject (``… phê duyệt Đề án X``), as mentions of their own.

    A text that is a mention already, there or before ``ban hành kèm theo``, gets the issuer of the instrument.
    """
    by_start = {hit.start: index for index, hit in enumerate(found)}
    done = list(found)
    added: list[Found] = []
    for index, hit in enumerate(found):
        if hit.rule == "named-annex" and hit.issuer is None:
            done[index] = hit._replace(issuer=_adopter(scene, found, index))
        if hit.title_range is None or hit.kind != "numbered":
            continue
        adopted = _adopted(scene, hit)
        if adopted is None:
            continue
        known = by_start.get(adopted.start)
        if known is None:
            added.append(adopted)
        elif found[known].kind == "named" and found[known].issuer is None and found[known].rule != "treaty":
            done[known] = found[known]._replace(issuer=adopted.issuer)
    return sorted([*done, *added], key=lambda hit: (hit.start, -hit.end))


def _adopter(scene: Scene, found: list[Found], index: int) -> Body | None:
    """The issuer of the instrument that an annex came with: the next mention behind it."""
    following = found[index + 1] if index + 1 < len(found) else None
    if following is None or following.kind != "numbered" or following.start - found[index].end > 60:
        return None
    return following.issuer or symbol_body(scene, following)


def _adopted(scene: Scene, hit: Found) -> Found | None:
    """The text that the subject of a mention says was adopted, up to the end of the subject."""
    flat = scene.flat
    if hit.title_range is None:
        return None
    verb = _adopts().match(flat, hit.title_range[0])
    word = patterns.type_anchor().match(flat, verb.end()) if verb else None
    if word is None or word.end() >= hit.title_range[1] - 8:
        return None
    label = patterns.type_labels()[word.group().lower()]
    if label not in patterns.types_of("adoptable") or named.is_target(flat, word.end()):
        return None
    if flat.startswith((" này", *(f" {verb}" for verb in patterns.cue_words("approving"))), word.end()):
        return None
    span, close, issuer = (
        (word.end() + 1, hit.title_range[1]),
        hit.title_range[1],
        hit.issuer or symbol_body(scene, hit),
    )
    stop = scene.match_body(word.end() + 5) if flat.startswith(" của ", word.end()) else None
    if stop and stop < close:
        span, close, issuer = (min(stop + 1, close), close), stop, scene.body(flat[word.end() + 5 : stop])
    return Found(
        start=word.start(),
        end=close,
        kind="named",
        type=label,
        rule="adopted-name",
        issuer=issuer,
        year=(hit.date or hit.year or "")[:4] or None,
        title=titles.clean(flat[span[0] : span[1]]),
        title_range=span,
        full=True,
    )


def symbol_body(scene: Scene, hit: Found) -> Body | None:
    """The body that the symbol of a mention's number is certain to mean."""
    return scene.body_of(hit.symbol, hit.date or hit.year) if hit.symbol else None
