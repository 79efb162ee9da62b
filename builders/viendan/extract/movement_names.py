"""What a movement's name names: its identity, usual label, kind, scope, and the national movement that it localises."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from viendan import identifiers, text
from viendan.extract import movement_places, movement_register, movement_words
from viendan.extract.bodies import BodyContext
from viendan.extract.movement_register import Known
from viendan.model import Level, MovementKind, Scope

_LONGEST_SLUG: Final = 60
_SCOPE_OF_LEVEL: Final[dict[Level, Scope]] = {
    "central": "national",
    "province": "provincial",
    "district": "district",
    "commune": "district",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Which movement a name means; ``known`` is false for one that no register lists."""

    key: str
    label: str
    kind: MovementKind
    scope: Scope
    localises: Known | None
    known: bool

    @property
    def iri(self) -> str:
        """The IRI of the movement."""
        return identifiers.movement_iri(self.key)


def of_known(known: Known) -> Identity:
    """The identity of a movement of the register."""
    original = movement_register.movements().get(known.localises) if known.localises else None
    return Identity(known.key, known.label, known.kind, known.scope, original, known=True)


@lru_cache(maxsize=4096)
def identify(name: str, kind: MovementKind, context: BodyContext, stated: Scope | None = None) -> Identity:
    """The movement that a quoted name means, in a document of ``context``.

    ``kind`` is what the trigger says, ``stated`` the scope of who launched it where the text tells. A name with a place
    in it is that place's own movement; a name that is not known and has no place belongs to the document's place.
    """
    bare = without_period(name)
    known = movement_register.exactly(bare, kind)
    if known is not None and known.localises and not _of_own_place(known, bare, context):
        known = movement_register.movements().get(known.localises)
    if known is None:
        place = movement_places.place_in(bare, context)
        if place is not None:
            return _local(name, bare, place, kind)
        known = movement_register.nearly(bare, kind)
    if known is not None:
        return of_known(known)
    scope = stated or scope_of_name(bare) or own_scope(context)
    own = movement_places.own_place(context, scope)
    slug = shorten(_slug(bare), bare)
    key = f"{slug}-{own.key}" if own else slug
    return Identity(key, label_of(name), kind, scope, None, known=False)


def _of_own_place(known: Known, name: str, context: BodyContext) -> bool:
    """Whether a local copy is meant: its place stands in the name, or it is the document's."""
    own = movement_places.own_place(context)
    return movement_places.place_in(name, context) is not None or (own is not None and known.key.endswith(own.key))


def _local(name: str, bare: str, place: movement_places.NamedPlace, kind: MovementKind) -> Identity:
    rest = movement_places.without(bare, place)
    original = movement_register.local_original(rest, kind)
    stem = original.key if original else shorten(_slug(rest), rest)
    scope: Scope = _SCOPE_OF_LEVEL[place.level]
    return Identity(
        f"{stem}-{place.key}", label_of(name), original.kind if original else kind, scope, original, known=False
    )


def without_period(name: str) -> str:
    """The name without its period: editions are of one movement. A name that is nothing else is left as it is."""
    bare = text.squeeze(movement_words.period().sub(" ", name)).strip(" ,;-")
    return bare if len(bare) > 3 else text.squeeze(name)


def _slug(name: str) -> str:
    """A slug without the fillers that open some wordings of a name and not others (``Thi đua chuyển đổi số``)."""
    kept = " ".join(movement_register.tokens(name))
    for form in movement_words.forms("filler"):
        opening = " ".join(movement_register.tokens(form)) + " "
        if kept.startswith(opening) and len(kept) - len(opening) > 8:
            kept = kept[len(opening) :]
    return text.slug(kept) or text.slug(name)


def shorten(slug: str, name: str) -> str:
    """A slug short enough for an IRI; what is cut off is told by a digest of the whole name."""
    if len(slug) <= _LONGEST_SLUG:
        return slug
    digest = hashlib.sha256(movement_register.name_key(name).encode()).hexdigest()[:8]
    return f"{slug[:_LONGEST_SLUG].rsplit('-', 1)[0]}-{digest}"


def label_of(name: str) -> str:
    """A name as a label: one line, first letter large, misread words mended."""
    mended = text.squeeze(re.sub(r"[*_`]+", "", text.nfc(name)))
    mended = re.sub(r"((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d)", r"\1-\2", mended)
    for pattern, right in movement_words.spellings():
        mended = pattern.sub(lambda found, right=right: _in_case(found.group(), right), mended)  # type: ignore[misc]
    return text.capitalise(mended)


def _in_case(written: str, right: str) -> str:
    return text.capitalise(right) if written[:1].isupper() else right


def scope_of_name(name: str) -> Scope | None:
    """The scope that a name's own words tell: ``Cả nước …``, ``Phụ nữ …``."""
    if re.match(movement_words.one_of("nationwide").pattern, name):
        return "national"
    return "sectoral" if re.match(movement_words.one_of("sector").pattern, name) else None


def own_scope(context: BodyContext) -> Scope:
    """The scope of what a document launches: its place, or for a central body the country or its sector."""
    if context.level is None:
        return "district" if context.district else "provincial" if context.province else "national"
    if context.level == "central":
        issuer = context.issuer
        central = issuer is None or text.compare_key(issuer.name) in movement_words.national_launchers()
        return "national" if central else "sectoral"
    return _SCOPE_OF_LEVEL[context.level]
