"""The command line: arguments in, words and exit codes out. Everything else is done by ``pipeline``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from viendan import __version__, evaluation_tables, messages, span_evaluation, spoken
from viendan.errors import ExitCode, ViendanError
from viendan.messages import say
from viendan.pipeline import asking, building, checking, evaluating, extraction


def _choose_language(arguments: Sequence[str]) -> None:
    """Take ``--lang`` before click builds its help, so that the help is in the reader's language."""
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            os.environ["VIENDAN_LANG"] = arguments[position + 1]
        elif argument.startswith("--lang="):
            os.environ["VIENDAN_LANG"] = argument.partition("=")[2]


_choose_language(sys.argv[1:])
_PATH = click.Path(path_type=Path)
_error = Console(stderr=True, soft_wrap=True, highlight=False)


def main() -> None:
    """Run the command line; every expected fault ends in one sentence on stderr and its exit code."""
    try:
        code = viendan.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else ExitCode.OK)
    except ViendanError as error:
        _complain(error)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, less) has gone: nothing is wrong, and nothing more can be said on stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.OK)


def _complain(error: ViendanError) -> None:
    _error.print(f"viendan: {messages.explain(error)}", markup=False)


@contextmanager
def _progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_error, transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@click.group(help=say("cli.about"), context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(messages.LANGUAGES), help=say("cli.lang"), expose_value=False)
@click.version_option(__version__, message="%(version)s", help=say("cli.version"))
def viendan() -> None:
    """The group of all verbs; its help is in the message catalogues."""


@viendan.command(help=say("cli.extract.help"))
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--out", type=_PATH, help=say("cli.extract.out"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.extract.json"))
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help=say("cli.extract.jobs"))
@click.option("--with-text", is_flag=True, help=say("cli.extract.with_text"))
def extract(paths: tuple[Path, ...], out: Path | None, as_json: bool, jobs: int, with_text: bool) -> int:
    """Extract documents to Turtle or JSON."""
    documents = extraction.gather(paths)
    with _progress(say("cli.working_extract")) as progress:
        outcomes = extraction.extract_all(documents, jobs, progress)
    if as_json:
        _write_annotations(outcomes, out)
    else:
        extraction.write_turtle(outcomes, out or Path("data"), with_text=with_text)
    return _sum_up(outcomes, single=len(documents) == 1)


def _write_annotations(outcomes: list[extraction.Outcome], out: Path | None) -> None:
    annotated = extraction.annotate_all(outcomes)
    if out:
        extraction.write_annotations(annotated, out)
    elif len(outcomes) == 1:
        for annotation in annotated.values():
            click.echo(extraction.annotation_json(annotation), nl=False)
    else:
        click.echo(extraction.annotations_json(annotated), nl=False)


def _sum_up(outcomes: list[extraction.Outcome], *, single: bool) -> int:
    failed = [outcome.error for outcome in outcomes if outcome.error]
    for error in failed:
        _complain(error)
    summary = extraction.summarise(outcomes)
    _error.print(
        say(
            "cli.extract.summary",
            documents=summary.documents,
            failed=summary.failed,
            citations=summary.citations,
            numbered=summary.numbered,
            named=summary.named,
            relations=summary.relations,
            movements=summary.movements,
            responsibilities=summary.responsibilities,
        ),
        markup=False,
    )
    doubts = dict(summary.missing)
    _error.print(
        say("cli.extract.doubts", unresolved=summary.unresolved, unexplained=summary.unexplained, **doubts),
        markup=False,
    )
    if failed and single:
        return failed[0].exit_code
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


@viendan.command(help=say("cli.build.help"))
@click.argument("folder", required=False, type=_PATH)
@click.option("--data", type=_PATH, help=say("cli.build.data"))
@click.option("--out", type=_PATH, default=Path("build"), help=say("cli.build.out"))
@click.option("--sources", type=_PATH, help=say("cli.build.sources"))
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help=say("cli.extract.jobs"))
@click.option("--force", is_flag=True, help=say("cli.build.force"))
def build(folder: Path | None, data: Path | None, out: Path, sources: Path | None, jobs: int, force: bool) -> int:
    """Build store and site."""
    code: int = ExitCode.OK
    if folder:
        documents = extraction.gather([folder])
        with _progress(say("cli.working_extract")) as progress:
            outcomes = building.extract(documents, out, jobs, progress)
        data = out / "data"
        sources = sources or folder
        code = _sum_up(outcomes, single=False)
    with _progress(say("cli.working_site")) as progress:
        built = building.build(data, out, sources=sources, force=force, progress=progress)
    page = str(built.page)
    if built.fresh:
        click.echo(say("cli.build.fresh", page=page))
    else:
        click.echo(
            say(
                "cli.build.done",
                documents=built.documents,
                instruments=built.instruments,
                pages=built.pages,
                page=page,
            )
        )
    return code


@viendan.command(help=say("cli.check.help"))
@click.argument("path", required=False, type=_PATH)
@click.option("--data", type=_PATH, help=say("cli.check.data"))
@click.option("--sources", type=_PATH, help=say("cli.check.sources"))
@click.option("--registers", type=_PATH, help=say("cli.check.registers"))
@click.option(
    "--fail-on", type=click.Choice([*checking.SEVERITIES, "never"]), default="error", help=say("cli.check.fail_on")
)
@click.option("--format", "shape", type=click.Choice(["table", "csv"]), default="table", help=say("cli.check.format"))
@click.option("--csv", "csv_file", type=_PATH, help=say("cli.check.csv"))
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help=say("cli.extract.jobs"))
def check(
    path: Path | None,
    data: Path | None,
    sources: Path | None,
    registers: Path | None,
    fail_on: str,
    shape: str,
    csv_file: Path | None,
    jobs: int,
) -> int:
    """Check data, and list what people should look at."""
    with _progress(say("cli.working_extract")) as progress:
        result = checking.check(path or data, sources=sources, registers=registers, jobs=jobs, progress=progress)
    for error in result.failed:
        _complain(error)
    for fault in result.faults:
        _error.print(say(f"cli.check.{fault.kind}", **fault.values), markup=False)
    if csv_file:
        checking.write_table(result, csv_file, messages.preferred_language())
    if shape == "csv":
        click.echo(result.table(messages.preferred_language()), nl=False)
    _report(result, compared=bool(sources or registers), to_error=shape == "csv", csv_file=csv_file)
    return _graded(result, fail_on)


def _report(result: checking.Checked, *, compared: bool, to_error: bool, csv_file: Path | None) -> None:
    for line in spoken.of_check(result, compared=compared):
        click.echo(line, err=to_error)
    if result.counts and not to_error:
        _print_table(*spoken.counts_of(result), counted=False)
    if csv_file:
        click.echo(say("cli.wrote", file=str(csv_file)), err=to_error)


def _graded(result: checking.Checked, fail_on: str) -> int:
    """The exit code: faults first, then the gravest finding from ``fail_on`` up, then documents that failed."""
    if result.faults:
        return ExitCode.DATA
    worst = result.worst
    failing = checking.SEVERITIES[: checking.SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    if worst in failing:
        code = {"error": ExitCode.FOUND_ERROR, "warning": ExitCode.FOUND_WARNING, "notice": ExitCode.FOUND_NOTICE}[
            worst
        ]
        _error.print(say("cli.check.failing", severity=worst, code=int(code)), markup=False)
        return code
    return ExitCode.SOME_FAILED if result.failed else ExitCode.OK


@viendan.command(help=say("cli.registers.help"))
@click.argument("tables", type=_PATH)
@click.option("--out", type=_PATH, default=Path("data"), help=say("cli.registers.out"))
def registers(tables: Path, out: Path) -> int:
    """Carry the fact tables over into Turtle registers."""
    for path in checking.write_registers(tables, out):
        click.echo(say("cli.wrote", file=str(path)))
    return ExitCode.OK


@viendan.command(
    help=say("cli.query.help"), context_settings={"ignore_unknown_options": True, "allow_extra_args": True}
)
@click.argument("name", required=False)
@click.argument("rest", nargs=-1, type=click.UNPROCESSED)
@click.option("--file", "file", type=_PATH, help=say("cli.query.file"))
@click.option("--store", type=_PATH, help=say("cli.query.store"))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default="table",
    help=say("cli.query.format"),
)
@click.option("--param", "-p", multiple=True, help=say("cli.query.param"))
@click.option("--as-of", help=say("cli.query.as_of"))
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=30.0, help=say("cli.query.timeout"))
def query(
    name: str | None,
    rest: tuple[str, ...],
    file: Path | None,
    store: Path | None,
    shape: str,
    param: tuple[str, ...],
    as_of: str | None,
    timeout: float,
) -> int:
    """Run a named query, or one from a file."""
    asked = () if as_of is None else (f"as_of={as_of}",)
    values = _parameters([*param, *asked], [*([name] if name and file else []), *rest])
    if file is None and name is None:
        _list_queries()
        return ExitCode.OK
    language = messages.preferred_language()
    answer = asking.ask(None if file else name, file, values, store, timeout, language)
    if shape == "table":
        _print_table(answer.headings.get(language, answer.columns), answer.rows)
    else:
        click.echo(answer.text(shape), nl=False)
    return ExitCode.OK


def _parameters(pairs: list[str], rest: list[str]) -> dict[str, str]:
    """``name=value`` and ``--name value`` as a dictionary; raises click.UsageError for anything else."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(pair)
        values[name] = value
    waiting = iter(rest)
    for word in waiting:
        if not word.startswith("--"):
            raise click.UsageError(word)
        name, equals, value = word[2:].partition("=")
        values[name.replace("-", "_")] = value if equals else next(waiting, "")
    return values


def _list_queries() -> None:
    for item in asking.named_queries():
        question = item.question[messages.preferred_language()]
        click.echo(f"{item.name}\t{question}")
        for parameter in item.parameters:
            click.echo(f"\t--{parameter.name}\t({parameter.type})")


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, counted: bool = True) -> None:
    table = Table(*(Column(heading, overflow="fold") for heading in columns))
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 200)
    console.print(table)
    if counted:
        _error.print(say("cli.query.rows", count=len(rows)), markup=False)


@viendan.command(help=say("cli.why.help"))
@click.argument("thing")
@click.option("--store", type=_PATH, help=say("cli.query.store"))
def why(thing: str, store: Path | None) -> int:
    """Say why several ways to name a thing are held to be one."""
    merges = asking.explain(thing, store, messages.preferred_language())
    for line in spoken.of_merges(merges):
        click.echo(line)
    if not merges:
        click.echo(say("cli.why.nothing", thing=thing))
    return ExitCode.OK


@viendan.command(help=say("cli.report.help"))
@click.argument("instrument")
@click.option("--store", type=_PATH, help=say("cli.query.store"))
@click.option("--format", "shape", type=click.Choice(["md", "csv"]), default="md", help=say("cli.report.format"))
@click.option("--out", type=_PATH, help=say("cli.report.out"))
@click.option("--as-of", help=say("cli.report.as_of"))
def report(instrument: str, store: Path | None, shape: str, out: Path | None, as_of: str | None) -> int:
    """Write the citation report of an instrument."""
    content = asking.report(instrument, shape, messages.preferred_language(), store, as_of)
    if out:
        asking.write_report(out, content)
        click.echo(say("cli.wrote", file=str(out)))
    else:
        click.echo(content, nl=False)
    return ExitCode.OK


@viendan.command(help=say("cli.evaluate.help"))
@click.argument("gold", nargs=-1, required=True, type=_PATH)
@click.option("--sources", type=_PATH, help=say("cli.evaluate.sources"))
@click.option("--html", type=_PATH, help=say("cli.evaluate.html"))
@click.option("--save", type=_PATH, help=say("cli.evaluate.save"))
@click.option("--against", type=_PATH, help=say("cli.evaluate.against"))
def evaluate(
    gold: tuple[Path, ...], sources: Path | None, html: Path | None, save: Path | None, against: Path | None
) -> int:
    """Measure the extraction against annotations."""
    done = evaluating.evaluate(gold, sources, against, save)
    _print_figures("figure score precision recall gold predicted", evaluation_tables.figure_rows(done.report))
    if done.report.conventions:
        rows = [(say(f"convention.{kind}"), *counts) for kind, *counts in span_evaluation.rows(done.report)]
        _print_figures("convention missed spurious cut overlap exact", rows)
    else:
        _print_figures("kind bucket items claimed measured", evaluation_tables.reliability_rows(done.report))
    _print_figures("place field gold predicted context", evaluation_tables.disagreement_rows(done.report))
    if done.changes:
        _print_figures("figure before after", done.changes.moved)
        for name, items in (("gained", done.changes.gained), ("lost", done.changes.lost)):
            click.echo(f"{say(f'evaluation.{name}')}: {len(items)}")
            for item in items:
                click.echo(f"\t{item.document}:{item.start}\t{item.field}\t{item.gold}\t{item.predicted}")
    if html:
        evaluating.write_page(done, html, messages.preferred_language())
        click.echo(say("cli.wrote", file=str(html)))
    return ExitCode.OK


def _print_figures(headings: str, rows: Sequence[Sequence[object]]) -> None:
    _print_table([say(f"evaluation.{name}") for name in headings.split()], rows)
