"""Import the halves of a folder by one process after another, then by two at a time."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main(folder: Path, most: int) -> None:
    parts = sorted(folder.rglob("*.txt"))[:most]
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        halves = [Path(made) / name for name in ("a", "b")]
        for at, half in enumerate(halves):
            half.mkdir()
            for path in parts[at::2]:
                (half / path.name).hardlink_to(path)
        one = timed(lambda: [wait(begin(half, "one")) for half in halves], "one")
        two = timed(lambda: [wait(each) for each in [begin(half, "two") for half in halves]], "two")
    print(
        f"PostgreSQL, {len(parts):,} documents: one worker {len(parts) / one:.1f} a second, "
        f"two {len(parts) / two:.1f}: {one / two:.2f} times as many (aim: 1.6)"
    )


def timed(work, database: str) -> float:
    subprocess.run(["createdb", database], check=True)
    manage(database, "migrate", "--verbosity", "0")
    manage(database, "load_authority", "seeds/authority.jsonl")
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def manage(database: str, *command: str) -> None:
    wait(subprocess.Popen([sys.executable, "manage.py", *command], **surroundings(database)))


def begin(half: Path, database: str) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "import_documents", str(half)]
    return subprocess.Popen(command, **surroundings(database))


def surroundings(database: str) -> dict:
    asked = os.environ
    server = f"{asked['PGUSER']}:{asked['PGPASSWORD']}@{asked['PGHOST']}:{asked['PGPORT']}"
    env = asked | {"DATABASE_URL": f"postgres://{server}/{database}"}
    return {"env": env, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def wait(process: subprocess.Popen) -> None:
    if process.wait():
        raise SystemExit(f"{json.dumps(process.args)} failed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
