"""What one document more costs linking, of 10,000: seconds of the processor, as a ratio to doing it from nothing.

Documents are generated (``generated.world``) and linked by processes of their own, so that what one holds in memory is
counted for itself: first all but one from nothing, then all with what the first remembered.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from tests.generated import world
from viendan import assets, identifiers, turtle
from viendan.extract.describe import describe
from viendan.link import identity, linking
from viendan.link.memory import Memory
from viendan.link.overrides import Overrides
from viendan.link.shelf import Shelf, TurtleFiles
from viendan.pipeline import files

COUNT = 10_000


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor, peak memory in megabytes, what was made and not remembered."""

    seconds: float
    megabytes: int
    made: dict[str, int]


def one_more(table: Table, count: int = COUNT) -> None:
    """Rows: what is done, its seconds from nothing, with one document more, the ratio, what was made again."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        folder.mkdir()
        for own in world(7, count).documents:
            (folder / f"{own.source.name}.ttl").write_text(turtle.write(describe(own)), encoding="utf-8")
        for what in ("who is who", "all of linking"):
            memory = Path(scratch) / what
            whole, more = (_in_process(what, folder, memory, left_out) for left_out in (1, 0))
            again = ", ".join(f"{more.made[kind]} of {whole.made[kind]} {kind}" for kind in sorted(more.made))
            ratio = f"{more.seconds / whole.seconds:.3f}"
            figures = (f"{whole.seconds:.1f}", f"{more.seconds:.1f}", ratio, str(whole.megabytes), again)
            table.add_row(f"{what}, {count} documents", *figures)


def _in_process(what: str, folder: Path, memory: Path, left_out: int) -> Cost:
    call = [sys.executable, "-m", "tests.bench_linking", what, str(folder), str(memory), str(left_out)]
    done = subprocess.run(call, check=True, capture_output=True, text=True)
    return Cost(**json.loads(done.stdout))


def measure(what: str, folder: Path, memory_folder: Path, left_out: int) -> Cost:
    """The cost of linking the documents of a folder, but for the last ``left_out``."""
    data = sorted(folder.glob("*.ttl"))
    data = data[: len(data) - left_out]
    start = time.process_time()
    registers = files.register_files(assets.data_dir())
    memory = Memory(memory_folder, "bench")
    if what == "who is who":
        sources = TurtleFiles({identifiers.source_graph(file.stem): file for file in data})
        shelf = Shelf(sources, linking.load_registers(registers), Overrides(), memory)
        identity.resolve(shelf, memory)
    else:
        linking.link_files(data, registers, None, memory)
    memory.save()
    seconds = time.process_time() - start
    return Cost(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, memory.made)


if __name__ == "__main__":
    kind, data_folder, memory_folder, number = sys.argv[1:]
    found = measure(kind, Path(data_folder), Path(memory_folder), int(number))
    sys.stdout.write(json.dumps({"seconds": found.seconds, "megabytes": found.megabytes, "made": found.made}))
