"""Print how fast imports and regrades are, in figures of this machine and in ratios that hold on
others.

BENCH_N documents are imported into a new SQLite database, and BENCH_FEW, else a tenth of them,
into another. The default is short; BENCH_N=20000 is the measure of speed, and BENCH_N=50000 that
of growth (50,000 documents against 5,000). BENCH_PASSAGES says among how many passages a source is
regraded and a passage relabelled, against 10,000.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

from tests.bench import documents

N = int(os.environ.get("BENCH_N", "3000"))
FEW = int(os.environ.get("BENCH_FEW", max(100, N // 10)))
PASSAGES, FEW_PASSAGES = int(os.environ.get("BENCH_PASSAGES", "1000000")), 10_000
OF_WORKERS = 3000  # documents that two workers share, whatever N is
ROOT = Path(__file__).parents[2]
BENCH_PYTHON = ROOT / ".venv-bench" / "bin" / "python"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        folder = Path(made)
        few, many = folder / "few", folder / "many"
        documents.write(few, FEW)
        documents.write(many, N, seed=2)
        print(f"{os.cpu_count()} cores; load average {os.getloadavg()[0]:.1f} at the start")
        size(folder, few, many)
        analysis(few)
        workers(folder, many)
        consequences(folder)
        print(f"Load average {os.getloadavg()[0]:.1f} at the end: what others ran counts in.")


def size(folder: Path, few: Path, many: Path) -> None:
    """Files to searchable, at two sizes."""
    small = measured("importing", few, database=f"sqlite:///{folder}/few.sqlite3")
    large = measured("importing", many, database=f"sqlite:///{folder}/many.sqlite3")
    for each in (small, large):
        print(
            f"{each['count']:,} documents: {each['count'] / each['wall']:.1f} a second "
            f"(aim: 120 with two cores); {each['count'] / each['cpu']:.1f} a second of processor "
            f"time, of all processes; peak memory {each['own_mb']} MB and {each['other_mb']} MB of "
            f"an analysing process, {each['own_mb'] + each['other_mb']} MB (aim: under 400)"
        )
    times = large["cpu"] / large["count"] / (small["cpu"] / small["count"])
    walls = large["wall"] / large["count"] / (small["wall"] / small["count"])
    print(
        f"Time of a document at {large['count']:,} against {small['count']:,}: "
        f"{times:.2f} of processor time, {walls:.2f} of the clock (aim: at most 1.2)"
    )


def analysis(few: Path) -> None:
    """The analysis alone against a spaCy-blank pipeline with datasketch, on the same texts."""
    if not BENCH_PYTHON.exists():
        print("Not compared with spaCy: .venv-bench could not be installed.")
        return
    found = measured("analysing", few, python=BENCH_PYTHON)
    whole, same, theirs, filed = (
        1000 * found[what] / found["count"]
        for what in ("whole", "like theirs", "theirs", "theirs filed")
    )
    print(
        f"Analysis alone: {whole:.1f} ms a document; spaCy-blank with entity ruler and datasketch "
        f"{theirs + filed:.1f} ms: {(theirs + filed) / whole:.2f} times as fast (aim: 2)"
    )
    print(
        f"Of it the same work, sentences, names and a signature: {same:.1f} ms a document; there, "
        f"without its index, {theirs:.1f} ms: {theirs / same:.2f} times as fast. Here sentences "
        "have kinds, and widgets are cut off; a name is found in its spellings, and it is told "
        "whom it may stand for, and whether it is part of a longer one. There names are found as "
        "they are entered; the signature is 128 numbers, here a sample of hashes."
    )


def workers(folder: Path, many: Path) -> None:
    """Two processes against one on PostgreSQL, each importing its half, without others ahead."""
    if not which("pg_virtualenv"):
        print("Not tried with two workers: pg_virtualenv is not here.")
        return
    found = subprocess.run(
        ["pg_virtualenv", sys.executable, "-m", "tests.bench.workers", str(many), str(OF_WORKERS)],
        cwd=ROOT,
        env=os.environ | {"IMPORT_PROCESSES": "1"},
        capture_output=True,
        text=True,
    )
    told = [line for line in found.stdout.splitlines() if line.startswith("PostgreSQL,")]
    print(told[0] if told else f"Two workers could not be tried: {found.stderr[-500:]}")


def consequences(folder: Path) -> None:
    """A regrade and a relabel under five claims of a published page, at two sizes of the desk."""
    small, large = (
        measured("consequences", str(each), database=f"sqlite:///{folder}/{each}.sqlite3")
        for each in (FEW_PASSAGES, PASSAGES)
    )
    for act in ("regrade", "relabel"):
        print(
            f"One {act}: {large[act]:.0f} ms of processor time among {large['passages']:,} "
            f"passages and {large['editions']:,} editions, {small[act]:.0f} ms among "
            f"{small['passages']:,} and {small['editions']:,}: "
            f"{large[act] / small[act]:.2f} times as much (aim: at most 2)"
        )


def measured(what: str, *told: Path | str, database: str = "", python: Path | str = sys.executable):
    """Run a measurement in a process of its own, which prints JSON."""
    env = os.environ | ({"DATABASE_URL": database} if database else {})
    command = [str(python), "-m", f"tests.bench.{what}", *map(str, told)]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
