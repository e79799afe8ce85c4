"""What all tests share: settings for speed, users by role, real texts, teardown past the guards."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.backends.signals import connection_created

from corpus import guards

# Nothing is timed in a test: a busy machine makes no example wrong.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
REAL_SEEDS = ROOT.parent / "shared" / "seeds"


def skip_or_fail(reason: str) -> None:
    """Skip for what this machine lacks, with the reason; fail where nothing may be lacking."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"REQUIRE_ALL=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    connection_created.connect(in_a_hurry)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL drops no database in which the session of a killed process has not ended yet."""
    yield
    if connection.vendor == "postgresql" and connection.settings_dict["NAME"].startswith("test_"):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def in_a_hurry(connection, **kwargs):
    """What a test commits need not outlive a power cut."""
    unsafe = {"sqlite": "PRAGMA synchronous = OFF", "postgresql": "SET synchronous_commit = off"}
    with connection.cursor() as cursor:
        cursor.execute(unsafe[connection.vendor])


def pytest_collection_modifyitems(items):
    """Tables are made only where a test asks for them: what copies them asks, too."""
    for item in items:
        if "migrated" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def migrated(django_db_setup, django_db_blocker, tmp_path_factory):
    """A desk's SQLite file before anything is in it: migrating takes seconds, a copy none."""
    path = tmp_path_factory.mktemp("migrated") / "desk.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    else:
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}"}
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return path


@pytest.fixture
def desk_file(migrated, tmp_path):
    """An empty desk of a test's own, for the processes that it starts."""
    return shutil.copy(migrated, tmp_path / "desk.sqlite3")


@pytest.fixture(scope="session")
def no_static_files(tmp_path_factory):
    """An empty folder: a desk that is being started meanwhile fills and empties the real one."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def no_uploads(tmp_path_factory):
    """An empty folder, but for what tests upload: the real one is a desk's."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(autouse=True)
def quick_settings(settings, no_static_files, no_uploads):
    settings.STATIC_ROOT = no_static_files
    settings.UPLOADS = settings.FILE_UPLOAD_TEMP_DIR = no_uploads
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.IMPORT_PROCESSES = 1
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def upload(settings, tmp_path):
    """Upload files: upload({"a.txt": b"words"}) -> the name of the upload."""
    from corpus.importing import uploads

    settings.UPLOADS = tmp_path / "uploads"

    def store(files):
        return uploads.keep(SimpleUploadedFile(*each) for each in files.items())

    return store


@pytest.fixture
def committing(transactional_db):
    """For tests that commit: their teardown empties every table, so the guards step aside."""
    yield
    for app in ("corpus", "curation"):
        guards.take_down(apps.get_app_config(app).guards)


@pytest.fixture(scope="module")
def once_a_module(django_db_setup, django_db_blocker):
    """Rows that a fixture of a module makes once: each test there begins with them, and whatever
    it does is taken back, as the rows are at the end. No test there may commit."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def contributor(db):
    return _user("contributor")


@pytest.fixture
def editor(db):
    return _user("editor")


@pytest.fixture
def publisher(db):
    return _user("publisher")


@pytest.fixture
def admin_role(db):
    return _user("admin")


def _user(role):
    from tests.factories import make_user

    return make_user(role)


@pytest.fixture
def real_seeds():
    """The five real collected texts, where they are present."""
    if not REAL_SEEDS.is_dir():
        skip_or_fail(f"{REAL_SEEDS.name}/ with the real texts is not beside this checkout")
    return sorted(REAL_SEEDS.glob("*.txt"))


@pytest.fixture
def at_once(committing):
    """Run acts in threads of their own; return what each raised, None where nothing."""

    def run_all(*acts):
        start, raised = threading.Barrier(len(acts)), [None] * len(acts)

        def run(n, act):
            start.wait()
            try:
                act()
            except Exception as error:
                raised[n] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return raised

    return run_all
