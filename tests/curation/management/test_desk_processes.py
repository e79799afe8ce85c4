"""What `manage.py desk` does when one of its processes ends, or will not."""

import signal
import subprocess
import sys

import pytest
from django.core.management.base import CommandError

from curation.management.commands import desk


@pytest.fixture
def signals():
    """The desk ignores signals while it ends; the tests do not."""
    kept = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    yield
    for name, handler in kept.items():
        signal.signal(name, handler)


def python(code, **kwargs):
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, start_new_session=True, text=True, **kwargs)


def test_worker_that_gave_up_is_started_again_until_the_web_server_ends(tmp_path, monkeypatch):
    """Here the web server waits for the second worker, and ends once that has been there."""
    mark = tmp_path / "worker"
    monkeypatch.setattr(desk, "PAUSE", 0)
    monkeypatch.setattr(desk, "WORKER", ["-c", f"open({str(mark)!r}, 'w')"])
    gave_up = python("raise SystemExit(1)")
    web = python(
        f"import os, time\nwhile not os.path.exists({str(mark)!r}): time.sleep(0.05)\nexit(7)"
    )
    processes = {"web server": web, "worker": gave_up}

    try:
        with pytest.raises(CommandError, match=r"The web server has ended \(code 7\)"):
            desk.watch(processes)
    finally:
        for process in (*processes.values(), gave_up, web):
            process.kill()
            process.wait()

    assert processes["worker"].pid != gave_up.pid


STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("ready", flush=True)
time.sleep(600)
"""


def test_process_that_will_not_end_is_killed_with_its_children(monkeypatch, signals):
    monkeypatch.setattr(desk, "PATIENCE", 0.1)
    stubborn = python(STUBBORN, stdout=subprocess.PIPE)
    assert stubborn.stdout.readline() == "ready\n"

    desk.end({"worker": stubborn})

    assert stubborn.returncode == -signal.SIGKILL
    said, _ = stubborn.communicate(timeout=10)  # ends when the last who could write is gone
    assert said == ""


def test_process_that_ends_when_asked_is_not_killed(signals):
    willing = python(
        "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n"
        "print('ready', flush=True)\ntime.sleep(600)",
        stdout=subprocess.PIPE,
    )
    assert willing.stdout.readline() == "ready\n"

    desk.end({"worker": willing})

    assert willing.returncode == 0
    willing.communicate(timeout=10)
