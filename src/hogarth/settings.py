"""Django's settings, made from `config.OPTIONS`. Nothing is decided here that a person may set."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from hogarth.config import Config, current
from hogarth.errors import Invalid

_config = current()
_here = Path(__file__).parent


def _secret_key(data: Path) -> str:
    """The archive's own key, made once. The file is readable by its owner alone."""
    path = data / "secret-key"
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True)
    draft = data / f"secret-key.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50), "ascii")
    try:
        # A link fails where the name exists: of two processes that start at once, one key wins.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text("ascii").strip()


def _database(config: Config) -> dict[str, Any]:
    address = config.text("database")
    if address == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": config.data / "hogarth.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-16384;"
                ),
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise Invalid(
            "The option database is neither “sqlite” nor an address of a PostgreSQL database.",
            "Write it like postgresql://USER:PASSWORD@HOST:5432/NAME.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


#: The one directory of the archive; files are found through this alone.
HOGARTH_DATA = _config.data
SECRET_KEY = _secret_key(_config.data)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_config.items("allowed_hosts")]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "hogarth",
]
AUTH_USER_MODEL = "hogarth.Account"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "hogarth.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hogarth.web.middleware.Errors",
]
APPEND_SLASH = False
ROOT_URLCONF = "hogarth.web.urls"
WSGI_APPLICATION = "hogarth.web.front_door.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_here / "web" / "templates"],
        "OPTIONS": {
            "context_processors": ["hogarth.web.pages.context.archive"],
            "builtins": ["django.templatetags.i18n", "hogarth.web.filters"],
            "string_if_invalid": "",
        },
    }
]
DATABASES = {"default": _database(_config)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "hogarth.web.pages.errors.csrf_failure"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = _config.text("language")
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [_here / "locale"]
TIME_ZONE = _config.text("time_zone")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [_here / "web" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Pages link their files with a digest of the content, so an address never changes its meaning.
WHITENOISE_MAX_AGE = 365 * 24 * 3600

SESSION_COOKIE_AGE = _config.count("session_days") * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _config.flag("https")
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "hogarth-session"
CSRF_COOKIE_NAME = "hogarth-form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = _config.count("upload_bytes")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000


def _in_one_line(record: logging.LogRecord) -> bool:
    """Whoever scans the network brings foreign hosts all day: where it arose helps nobody."""
    record.exc_info = None
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A page that is not there is no fault of the archive: only what breaks is logged.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"filters": ["in one line"]},
    },
    "filters": {"in one line": {"()": "django.utils.log.CallbackFilter", "callback": _in_one_line}},
}
