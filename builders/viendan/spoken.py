"""What a command did, in words: lines for the terminal, made of the values that ``pipeline`` gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from viendan import messages
from viendan.messages import say
from viendan.pipeline import checking
from viendan.pipeline.asking import Explained


def of_check(result: checking.Checked, *, compared: bool) -> Iterator[str]:
    """What was checked and how, whether the data are sound, and how many findings there are.

    ``compared`` says whether sources or fact tables were given to compare with.
    """
    kind = result.target.kind
    how = say(f"cli.check.how_{kind}", checks=result.checks, files=result.files)
    how += say("cli.check.compared") if compared and kind in ("shipped", "data") else ""
    place = say("cli.check.shipped") if kind == "shipped" else str(result.target.path)
    yield say("cli.check.what", place=place, documents=result.documents, triples=result.triples, how=how)
    yield say("cli.check.bad", count=len(result.faults)) if result.faults else say("cli.check.ok")
    totals = {
        severity: sum(count.number for count in result.counts if count.severity == severity)
        for severity in checking.SEVERITIES
    }
    yield say("cli.check.findings", reviewed=sum(count.reviewed for count in result.counts), **totals)


def counts_of(result: checking.Checked) -> tuple[list[str], list[Sequence[object]]]:
    """The findings by kind as a table: headings and rows."""
    language = messages.preferred_language()
    return (
        [say(f"desk.{name}") for name in ("severity", "kind", "meaning", "count", "reviewed")],
        [(own.severity, own.kind, own.words.get(language), own.number, own.reviewed) for own in result.counts],
    )


def of_merges(merges: Iterable[Explained]) -> Iterator[str]:
    """Each merge with its rules and evidence, and the line that undoes it, alone in its line to be copied."""
    for merge in merges:
        yield merge.merged
        yield f"  → {merge.into}"
        for rule in merge.rules:
            yield "  " + say("cli.why.rule", rule=rule, confidence=f"{merge.confidence:.0%}")
        for words in merge.evidence:
            yield "  " + say("cli.why.evidence", evidence=words)
        yield "  " + say("cli.why.undo" if merge.undo else "cli.why.undo_none")
        yield merge.undo or ""
