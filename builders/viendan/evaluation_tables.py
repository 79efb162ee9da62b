"""An evaluation as rows of text, for tables on a terminal."""

from __future__ import annotations

from viendan.evaluation import Report, shown


def figure_rows(report: Report) -> list[tuple[str, str, str, str, str, str]]:
    """The figures for a table: name, score, precision, recall, gold, predicted."""

    def rounded(value: float | None) -> str:
        return "" if value is None else f"{value:.4f}"

    return [
        (
            figure.name,
            rounded(figure.score),
            rounded(figure.precision),
            rounded(figure.recall),
            str(figure.gold),
            "" if figure.predicted is None else str(figure.predicted),
        )
        for figure in report.figures
    ]


def disagreement_rows(report: Report) -> list[tuple[str, str, str, str, str]]:
    """The disagreements for a table: document and place, field, gold, predicted, the text in context."""
    return [
        (
            f"{item.document}:{item.start}",
            item.field,
            item.gold,
            item.predicted,
            shown(f"{item.before}⟦{item.words}⟧{item.after}") if item.words else "",
        )
        for item in report.disagreements
    ]


def reliability_rows(report: Report) -> list[tuple[str, str, str, str, str]]:
    """The reliability of confidences for a table: kind, bucket, items, claimed, measured."""
    return [
        (item.kind, f"{item.low:.2f}-{item.high:.2f}", str(item.items), f"{item.claimed:.3f}", f"{item.measured:.3f}")
        for item in report.reliability
    ]
