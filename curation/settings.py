"""Settings, all from the environment: see docs/running.md for each name."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import dj_database_url
import django
from django.core.exceptions import ImproperlyConfigured

from corpus.importing.limits import DOCUMENT, MB, Bounds
from curation.environment import (
    POSTGRES_ASKED,
    SQLITE_ASKED,
    env_bool,
    env_count,
    env_folder,
    env_list,
    env_port,
    env_secret,
    env_secrets,
    env_url,
    on_this_machine,
    refuse_unknown_options,
)

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VAR.mkdir(mode=0o700, exist_ok=True)  # secrets, the database, the logins of the sample desk

# Who can reach the desk. As soon as any other machine can, the strict rules of production hold.
PORT = env_port("PORT", 8000)
SITE_URL = env_url("SITE_URL", f"http://localhost:{PORT}")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", [SITE_HOST, "localhost", "127.0.0.1", "[::1]"])
LOCAL = all(on_this_machine(host) for host in [SITE_HOST, *ALLOWED_HOSTS])
HTTPS = SITE_URL.startswith("https://")

DEBUG = env_bool("DEBUG", False)
if DEBUG and not LOCAL:
    raise ImproperlyConfigured(
        "DEBUG is on, but other machines can reach this desk (see ALLOWED_HOSTS and SITE_URL): "
        "it would show its inside to readers. Leave DEBUG out."
    )
if not (LOCAL or HTTPS):
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL}: a desk that others can reach is served over https."
    )
SECRET_KEY = env_secret("SECRET_KEY", local=LOCAL, kept_in=VAR)
LEDGER_KEY = env_secret("LEDGER_KEY", local=LOCAL, kept_in=VAR)
LEDGER_OLD_KEYS = env_secrets("LEDGER_OLD_KEYS")  # to check lines that they were used for
if not LOCAL and SECRET_KEY == LEDGER_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY and LEDGER_KEY are the same: who learns one must not learn the other. "
        "Give each a secret of its own."
    )

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "corpus",
    "curation.apps.CurationConfig",
    "curation.apps.DeskConfig",
]

if django.VERSION >= (6, 0):
    CSP_MIDDLEWARE = "django.middleware.csp.ContentSecurityPolicyMiddleware"
else:
    CSP_MIDDLEWARE = "curation.middleware.ContentSecurityPolicyMiddleware"

MIDDLEWARE = [
    "curation.middleware.NoBodyForHeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    CSP_MIDDLEWARE,
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "curation.middleware.NoNulMiddleware",
    "curation.middleware.InWordsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "curation.urls"
WSGI_APPLICATION = "curation.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The database: SQLite beside the code unless DATABASE_URL says otherwise.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Up to 64 MB of pages are kept: an import touches one of an index for nearly each row.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-65536;"
    ),
}
POSTGRES_LIMITS = (
    "-c statement_timeout=60s -c lock_timeout=20s -c idle_in_transaction_session_timeout=60s"
)


def database() -> dict[str, Any]:
    beside_the_code = f"sqlite:///{quote(str(VAR / 'concordat.sqlite3'))}"
    address = os.environ.get("DATABASE_URL", "").strip() or beside_the_code
    try:
        found: dict[str, Any] = {**dj_database_url.parse(address)}
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    asked = found.get("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        refuse_unknown_options("DATABASE_URL", address, SQLITE_ASKED)
        # Tests that commit from several threads need a file: see docs/decisions/0011.
        test = {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")}
        return found | {"OPTIONS": SQLITE_OPTIONS | asked, "TEST": test}
    if found["ENGINE"].endswith("postgresql"):
        refuse_unknown_options("DATABASE_URL", address, POSTGRES_ASKED)
        # What was asked comes after our limits, and so prevails over each alone.
        options = asked | {"options": f"{POSTGRES_LIMITS} {asked.get('options', '')}".strip()}
        return found | {"OPTIONS": options, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
    raise ImproperlyConfigured("DATABASE_URL names neither SQLite nor PostgreSQL.")


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Sign-in
LOGIN_URL = "admin:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# What browsers are told
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env_bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A tick for each sentence of the longest summary, or for each alert of a cause, in one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Uploads: nobody's bytes are stored but those of people who may import, and no more than this.
UPLOADS = env_folder("UPLOADS", VAR / "uploads")
UPLOAD_MB = env_count("UPLOAD_MB", 512)
FILE_UPLOAD_TEMP_DIR = UPLOADS
FILE_UPLOAD_HANDLERS = [
    "curation.admin.uploading.OnlyWhatMayCome",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# What one file may unfold into when it is read; docs/formats.md says what happens beyond.
IMPORT_BOUNDS = Bounds(
    unpacked=env_count("IMPORT_UNPACKED_MB", 4096) * MB,
    ratio=env_count("IMPORT_RATIO", 200),
    nesting=env_count("IMPORT_NESTING", 3, most=10),
    members=env_count("IMPORT_MEMBERS", 50_000, most=1_000_000),
    row=env_count("IMPORT_ROW_MB", 6, most=DOCUMENT // MB) * MB,
    field=env_count("IMPORT_FIELD_CHARACTERS", 4_000_000),
    fields=env_count("IMPORT_FIELDS", 1000),
    levels=env_count("IMPORT_LEVELS", 100, most=300),
)

# Processes that work on one import: this one stores, the others analyse ahead of it.
IMPORT_PROCESSES = env_count("IMPORT_PROCESSES", max(2, os.cpu_count() or 2), most=64)

# Static files: collected by `manage.py desk`, served by WhiteNoise under names that never change.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True
DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"

# What went wrong is written to standard error, for the person who runs it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "ERROR", "propagate": True},
        # A list was asked for what it does not tell. It answered 400: nothing went wrong here.
        "django.security.DisallowedModelAdminLookup": {"level": "CRITICAL"},
    },
}

# The desk
AUTHORS_MAY_NOT_PUBLISH = env_bool("AUTHORS_MAY_NOT_PUBLISH", True)
AUTHORITY_FILE = ROOT / "seeds" / "authority.jsonl"
SEEDS = ROOT / "seeds"
