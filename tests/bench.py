"""Speed, as ratios measured in one run: `make bench`. Nothing here passes or fails; machines are noisy.

- extraction of ../shared/corpus (or of generated documents) on one core, in million characters a second, beside one
  pass of one compiled pattern over the same text, and beside eyecite on an English sample of its own kind;
- growth: 200 times the text against 200 times the time, also for hostile text;
- linking 10,000 generated documents from nothing, and one more with what that remembered.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from tests.bench_linking import one_more
from viendan import assets
from viendan.extract import citations, header
from viendan.extract.document import extract_document
from viendan.extract.structure import parse_document
from viendan.model import SourceDocument

CORPUS = assets.root().parent / "shared" / "corpus"
PATTERN = re.compile(r"\d{1,5}[a-z]?[/-](?:(?:19|20)\d\d[/-])?[A-ZĐ][\wĐđ]*(?:-[A-ZĐ][\wĐđ]*)*")
ENGLISH = (
    "In Roe v. Wade, 410 U.S. 113, 120 (1973), the Court relied on Griswold v. Connecticut, 381 U.S. 479 (1965); see "
    "also "
    "Id. at 485, and 42 U.S.C. § 1983. The court below had distinguished the earlier case on its facts and affirmed. "
)
HOSTILE = {
    "số số số": "số ",
    "quotation marks": "“",
    "digits and slashes": "1/",
    "phong trào": "phong trào ",
    "Luật": "Luật ",
    "phối hợp với": "phối hợp với Sở ",
}


def source(text: str) -> SourceDocument:
    return SourceDocument("bench", text, hashlib.sha256(text.encode()).hexdigest())


def documents() -> tuple[str, list[SourceDocument]]:
    folder = CORPUS if CORPUS.is_dir() else assets.examples_dir()
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(folder.rglob("*.txt"))]
    if folder != CORPUS:
        texts *= 100
    return folder.name, [source(text) for text in texts]


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def eyecite_speed() -> float | None:
    """Million characters a second of eyecite on English text; None where it is not installed."""
    try:
        from eyecite import get_citations
    except ImportError:
        return None
    text = ENGLISH * 200
    get_citations(ENGLISH)
    return len(text) / 1e6 / seconds(lambda: get_citations(text))


def only_citations(documents: list[SourceDocument]) -> None:
    for document in documents:
        parsed = parse_document(document)
        citations.find_citations(parsed, header.read_header(parsed))


def speeds(table: Table) -> None:
    name, found = documents()
    millions = sum(len(item.text) for item in found) / 1e6
    extract_document(found[0])
    whole = millions / seconds(lambda: [extract_document(item) for item in found], rounds=1)
    cited = millions / seconds(lambda: only_citations(found), rounds=1)
    scan = millions / seconds(lambda: [PATTERN.findall(item.text) for item in found])
    other = eyecite_speed()
    rows = [(f"everything ({name})", whole), ("header and citations", cited), ("one compiled pattern", scan)]
    if other:
        rows.append(("eyecite, English", other))
    for label, speed in rows:
        ratio = f"{speed / other:.2f}" if other else ""
        table.add_row(label, f"{speed:.2f}", f"{speed / whole:.2f}", ratio)


def growth(table: Table) -> None:
    one = (assets.examples_dir() / "van-son-07-ct-ubnd.txt").read_text(encoding="utf-8")
    for label, piece, times in [
        ("example, 200 times", one, 200),
        *((f"{k}, 0.2 to 2 MB", v * (200_000 // len(v)), 10) for k, v in HOSTILE.items()),
    ]:
        small, large = source(piece), source(piece * times)
        before = seconds(lambda item=small: extract_document(item))  # type: ignore[misc]
        after = seconds(lambda item=large: extract_document(item), rounds=1)  # type: ignore[misc]
        table.add_row(label, str(times), f"{after / before:.1f}", f"{after:.2f}")


def main() -> None:
    console = Console()
    speed = Table("what", "million characters a second", "to everything", "to eyecite", title="Extraction, one core")
    speeds(speed)
    console.print(speed)
    grown = Table("text", "times the text", "times the time", "seconds", title="Growth")
    growth(grown)
    console.print(grown)
    more = Table("what", "seconds", "one more", "ratio", "peak MB", "made again", title="One document more")
    one_more(more)
    console.print(more)


if __name__ == "__main__":
    main()
