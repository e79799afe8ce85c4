"""Serve the desk and the public site: the web server and the background worker together."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

HOST = "127.0.0.1"
PATIENCE = 30  # seconds for the server to answer, and for each process to end
PAUSE = 5  # seconds before a worker that ended is started again


class Stopped(Exception):
    """Somebody asked the desk to stop."""


class Command(BaseCommand):
    help = (
        "Serve the desk and the public site on this machine, with the background worker. "
        "Stops cleanly on Ctrl-C and on SIGTERM."
    )

    def handle(self, *args, **options):
        refuse_without_tables()
        refuse_taken_port()
        call_command("collectstatic", interactive=False, verbosity=0)
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, stop)
        processes = {"web server": start(WEB), "worker": start(WORKER)}
        try:
            self.tell(processes)
            watch(processes)
        except Stopped:
            self.stdout.write("Stopping …")
        finally:
            end(processes)
        self.stdout.write("The desk has stopped.")

    def tell(self, processes):
        wait_until_it_answers(processes)
        self.stdout.write(f"Public site: {settings.SITE_URL}/")
        self.stdout.write(f"Desk: {settings.SITE_URL}/admin/")
        self.stdout.write("Stop with Ctrl-C.")
        self.stdout.flush()


WEB = [
    "-m",
    "gunicorn",
    "curation.wsgi",
    f"--bind={HOST}:{settings.PORT}",
    "--worker-class=gthread",
    "--workers=2",
    "--threads=4",
    "--graceful-timeout=20",
    "--no-control-socket",
    "--log-level=warning",
]
WORKER = ["manage.py", "work"]


def start(command: list[str]) -> subprocess.Popen:
    # A session of its own: Ctrl-C reaches this process alone, which ends the others in order.
    return subprocess.Popen([sys.executable, *command], cwd=settings.ROOT, start_new_session=True)


def stop(signum, frame):
    raise Stopped


def watch(processes: dict[str, subprocess.Popen]) -> None:
    """Return never: raise when the web server has ended; a worker that has is started again.

    A worker gives up when the database is locked for long; readers must not feel that.
    """
    while True:
        if (code := processes["web server"].poll()) is not None:
            raise CommandError(f"The web server has ended (code {code}).")
        if processes["worker"].poll() is not None:
            time.sleep(PAUSE)
            processes["worker"] = start(WORKER)
        time.sleep(0.5)


def end(processes: dict[str, subprocess.Popen]) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # each has a session of its own
            process.wait()


def wait_until_it_answers(processes: dict[str, subprocess.Popen]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (code := processes["web server"].poll()) is not None:
            raise CommandError(f"The web server did not start (code {code}).")
        if answers():
            return
        time.sleep(0.1)
    raise CommandError(f"The web server did not answer within {PATIENCE} seconds.")


def answers() -> bool:
    """Whether the server gives any answer: behind a proxy it may well redirect or refuse."""
    connection = HTTPConnection(HOST, settings.PORT, timeout=2)
    try:
        connection.request("HEAD", "/healthz")
        return bool(connection.getresponse().status)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def refuse_without_tables() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date: run manage.py migrate first.")


def refuse_taken_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Port {settings.PORT} is taken: stop what uses it, or set PORT to another one."
            ) from error
