"""Speed, as ratios measured in one run: `make bench`. Nothing here passes or fails; machines are noisy.

- extraction of ../shared/corpus (or of generated documents) on one core, in million characters a second, everything and
  header with citations alone, beside one pass of one compiled pattern over the same text, and beside eyecite on an
  English sample of its own kind, as long as these documents are on average (it slows down with length) and in
  single paragraphs;
- growth: the corpus as one document against its documents, an example 200 times, hostile text 10 times;
- with `--hostile [MB]`: hostile text of 10 MB (or so many), each once, with the memory that it took at most.
- linking 10,000 generated documents from nothing, and one more with what that remembered.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

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
HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH NẬM VÀNG\nSố: 12/CT-UBND\nCHỈ THỊ\nVề việc trồng cây\n\nChủ tịch tỉnh yêu cầu:\n1. Tổ chức\n"
)
HOSTILE = {
    "số số số": "số ",
    "quotation marks": "“",
    "digits and slashes": "1/",
    "phong trào": "phong trào ",
    "Luật": "Luật ",
    "phối hợp với": "phối hợp với Sở ",
    "chỉ đạo các sở": "chỉ đạo các sở làm ",
    "Giao Sở": "Giao Sở Nội vụ ",
    "rows of a table": "| 1 | Sở Nội vụ | Chủ trì | Quý I |\n",
    "rows run together": "1 Rà soát văn bản Sở Tư pháp Các sở Quý I/2024\n",
    "numbers": "123/QĐ-UBND ",
    "laws": "Luật Đất đai ",
    "treaties": "Hiệp định thương mại giữa Việt Nam và Lào ",
    "empty lines": "\n",
}
ROUNDS = 3


def source(text: str) -> SourceDocument:
    return SourceDocument("bench", text, hashlib.sha256(text.encode()).hexdigest())


def documents() -> tuple[str, list[SourceDocument]]:
    folder = CORPUS if CORPUS.is_dir() else assets.examples_dir()
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(folder.rglob("*.txt"))]
    if folder != CORPUS:
        texts *= 100
    return folder.name, [source(text) for text in texts]


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def eyecite_speed(length: int) -> float | None:
    """Million characters a second of eyecite on an English text of a length; None where it is not installed."""
    try:
        from eyecite import get_citations
    except ImportError:
        return None
    text = ENGLISH * max(1, length // len(ENGLISH))
    get_citations(ENGLISH)
    return len(text) / 1e6 / seconds(lambda: [get_citations(text) for _ in range(3)]) * 3


def only_citations(found: list[SourceDocument]) -> None:
    for document in found:
        parsed = parse_document(document)
        citations.find_citations(parsed, header.read_header(parsed))


def speeds() -> Table:
    table = Table("what", "million characters a second", "to everything", "to eyecite", title="Extraction, one core")
    name, found = documents()
    length = sum(len(item.text) for item in found)
    first = length / 1e6 / seconds(lambda: [extract_document(item) for item in found], rounds=1)
    whole = length / 1e6 / seconds(lambda: [extract_document(item) for item in found])
    cited = length / 1e6 / seconds(lambda: only_citations(found))
    scan = length / 1e6 / seconds(lambda: [PATTERN.findall(item.text) for item in found])
    other, short = eyecite_speed(length // len(found)), eyecite_speed(1)
    rows = [
        (f"everything ({name})", whole),
        ("everything, first time in the process", first),
        ("header and citations", cited),
        ("one compiled pattern", scan),
        ("eyecite, English, documents as long", other),
        ("eyecite, English, single paragraphs", short),
    ]
    for label, speed in rows:
        if speed:
            table.add_row(label, f"{speed:.2f}", f"{speed / whole:.2f}", f"{speed / other:.2f}" if other else "")
    return table


def growths() -> Iterator[tuple[str, float, float, float]]:
    """What grew, how many times the text, how many times the time, and the seconds of the larger."""
    found = documents()[1]
    apart = seconds(lambda: [extract_document(item) for item in found])
    joined = source("\n\n".join(item.text for item in found))
    together = seconds(lambda: extract_document(joined), rounds=1)
    yield "the documents as one", 1, together / apart, together
    one = (assets.examples_dir() / "van-son-07-ct-ubnd.txt").read_text(encoding="utf-8")
    pieces = [("example", one, 200), *((k, HEAD + v * (200_000 // len(v)), 10) for k, v in HOSTILE.items())]
    for label, piece, times in pieces:
        small, large = source(piece), source(piece + (piece.removeprefix(HEAD)) * (times - 1))
        before = seconds(lambda item=small: extract_document(item))  # type: ignore[misc]
        after = seconds(lambda item=large: extract_document(item), rounds=1)  # type: ignore[misc]
        yield f"{label}, {len(small.text) / 1e6:.2f} MB", times, after / before, after


def growth() -> Table:
    table = Table("text", "times the text", "times the time", "seconds", title="Growth")
    for label, times, slower, after in growths():
        table.add_row(label, f"{times:g}", f"{slower:.2f}", f"{after:.2f}")
    return table


def hostile_one(piece: str, megabytes: float) -> tuple[float, int]:
    """The seconds that a repeated piece takes in a process of its own, and the megabytes of memory at most."""
    text = source(HEAD + piece * int(megabytes * 1e6 / len(piece)))
    taken = seconds(lambda: extract_document(text), rounds=1)
    try:
        import resource
    except ImportError:  # not on Windows
        return taken, 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return taken, most // (2**20 if sys.platform == "darwin" else 2**10)


def hostile(megabytes: float) -> Table:
    table = Table("text", "seconds", "seconds a million", "memory, MB", title=f"Hostile text, {megabytes:g} million")
    for label, piece in HOSTILE.items():
        with ProcessPoolExecutor(1) as pool:
            taken, most = pool.submit(hostile_one, piece, megabytes).result()
        table.add_row(label, f"{taken:.1f}", f"{taken / megabytes:.2f}", str(most or ""))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hostile", nargs="?", const=10.0, type=float, metavar="MB")
    asked = parser.parse_args()
    console = Console()
    if asked.hostile:
        console.print(hostile(asked.hostile))
        return
    console.print(speeds())
    console.print(growth())
    more = Table("what", "seconds", "one more", "ratio", "peak MB", "made again", title="One document more")
    one_more(more)
    console.print(more)


if __name__ == "__main__":
    main()
