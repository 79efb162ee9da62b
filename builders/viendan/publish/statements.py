"""Every statement of every document as a view, with indexes from each thing to the statements about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from viendan import text, vocab
from viendan.publish.answers import Rows
from viendan.publish.evidence import Witness
from viendan.publish.rows import CitationRow, InvocationRow, RelationRow, ResponsibilityRow
from viendan.publish.things import order_key
from viendan.publish.views import CitationGroup, CitationView, InvocationView, RelationView, ResponsibilityView, Term

_ROLES: Final = {role: place for place, role in enumerate(vocab.ROLE_PROPERTY)}
_LAUNCHES: Final = vocab.VD + "launches"
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Statements:
    """Views of all statements, by the document that makes them and by what they are about."""

    citations_of: Mapping[str, tuple[CitationView, ...]]
    citations_to: Mapping[str, tuple[CitationView, ...]]
    relations_of: Mapping[str, tuple[RelationView, ...]]
    relations_about: Mapping[str, tuple[RelationView, ...]]
    invocations_of: Mapping[str, tuple[InvocationView, ...]]
    invocations_to: Mapping[str, tuple[InvocationView, ...]]
    responsibilities_of: Mapping[str, tuple[ResponsibilityView, ...]]
    responsibilities_to: Mapping[str, tuple[ResponsibilityView, ...]]


def make_statements(rows: Rows, witness: Witness) -> Statements:
    """The views of all rows; in a document by place in its text, about a thing by document."""
    things = witness.things
    pinpoints = _by(rows.pinpoints, lambda row: row.node)
    roles = _by(rows.roles, lambda row: row.node)
    citations = [
        _citation(row, witness, tuple(point.pinpoint for point in pinpoints.get(row.node, ())))
        for row in rows.citations
    ]
    relations = [_relation(row, witness) for row in rows.relations]
    invocations = [_invocation(row, witness) for row in rows.invocations]
    responsibilities = [
        _responsibility(row, witness, tuple(things.term(given.role) for given in roles.get(row.node, ())))
        for row in rows.responsibilities
    ]
    about = [(iri, view) for view in relations for iri in dict.fromkeys((view.subject.iri, view.object.iri))]
    return Statements(
        citations_of=_in_text(citations, lambda view: view.evidence.document.iri),
        citations_to=_by_document(citations, lambda view: view.cited.iri),
        relations_of=_in_text(relations, _relation_document),
        relations_about={
            iri: tuple(view for _, view in pairs) for iri, pairs in _by(about, lambda pair: pair[0]).items()
        },
        invocations_of=_in_text(invocations, lambda view: view.evidence.document.iri),
        invocations_to=_by_document(invocations, lambda view: view.movement.iri),
        responsibilities_of=_in_text(responsibilities, lambda view: view.evidence.document.iri),
        responsibilities_to=_by_document(responsibilities, lambda view: view.body.iri),
    )


def group_by_relation(
    citations: Iterable[CitationView], inverses: Mapping[str, Term] | None = None, limit: int | None = None
) -> tuple[CitationGroup, ...]:
    """Citations grouped by relation, the weightiest relation first; at most ``limit`` in each group.

    ``inverses`` name the relations as seen from the cited instrument.
    """
    groups = _by(citations, lambda view: view.relation)
    return tuple(
        CitationGroup(
            relation, (inverses or {}).get(relation.key, relation).label, group[:limit], len(group) - len(group[:limit])
        )
        for relation, group in sorted(groups.items(), key=lambda pair: relation_order(pair[0]))
    )


def relation_order(relation: Term) -> tuple[int, str]:
    """The order in which relations are shown: that of the roles in ``vocab``."""
    return (_ROLES.get(relation.key, len(_ROLES)), relation.key)


def _citation(row: CitationRow, witness: Witness, pinpoints: tuple[str, ...]) -> CitationView:
    things = witness.things
    return CitationView(
        evidence=witness.reasoned(row),
        cited=things.ref(row.cited),
        relation=things.term(row.relation),
        kind=things.term(row.kind),
        pinpoints=pinpoints,
        number=row.statedNumber,
        date=row.statedDate,
        issuer=things.ref(row.statedIssuer) if row.statedIssuer else None,
        wording=text.squeeze(row.statedTitle) if row.statedTitle else None,
    )


def _relation(row: RelationRow, witness: Witness) -> RelationView:
    things = witness.things
    evidence = witness.reasoned(row)
    status: Literal["corrected", "asserted"] = "corrected" if evidence.corrected else "asserted"
    return RelationView(things.ref(row.subject), things.term(row.relation), things.ref(row.object), status, evidence)


def _invocation(row: InvocationRow, witness: Witness) -> InvocationView:
    evidence = witness.reasoned(row)
    return InvocationView(evidence, witness.things.ref(row.movement), "launches" if row.act == _LAUNCHES else "invokes")


def _responsibility(row: ResponsibilityRow, witness: Witness, roles: tuple[Term, ...]) -> ResponsibilityView:
    evidence = witness.reasoned(row)
    task = witness.words(row.source, row.taskStart, row.taskEnd) or text.squeeze(row.task or "")
    return ResponsibilityView(evidence, witness.things.ref(row.body), roles, row.deadline, task)


def _relation_document(view: RelationView) -> str:
    return view.evidence.document.iri if view.evidence else ""


_View = TypeVar("_View", CitationView, RelationView, InvocationView, ResponsibilityView)
_Key = TypeVar("_Key", str, Term)


def _by(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, tuple[_Item, ...]]:
    found: dict[_Key, list[_Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return {name: tuple(group) for name, group in found.items()}


def _in_text(views: list[_View], key: Callable[[_View], str]) -> dict[str, tuple[_View, ...]]:
    return {iri: tuple(sorted(group, key=_place)) for iri, group in _by(views, key).items()}


def _place(view: CitationView | RelationView | InvocationView | ResponsibilityView) -> tuple[int, int, str]:
    found = view.evidence
    return (found.start, found.end, found.anchor) if found else (0, 0, "")


def _by_document(views: list[_View], key: Callable[[_View], str]) -> dict[str, tuple[_View, ...]]:
    documents = {view.evidence.document for view in views if view.evidence}
    order = {ref.iri: (order_key(ref.label.vi), ref.iri) for ref in documents}
    return {
        iri: tuple(sorted(group, key=lambda view: (order[_document(view)], _place(view))))
        for iri, group in _by(views, key).items()
    }


def _document(view: CitationView | RelationView | InvocationView | ResponsibilityView) -> str:
    return view.evidence.document.iri if view.evidence else ""
