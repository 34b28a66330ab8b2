"""Settings that hold everywhere."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from dosojin_web.mail.smtp_server import read_smtp

from .accounts import *  # noqa: F403

SOURCE = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("DOSOJIN_VAR", "var")).resolve()

DEBUG = False
ROOT_URLCONF = "dosojin_web.urls"
WSGI_APPLICATION = "dosojin_web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "dosojin_web",
    "dosojin_web.components",
    "dosojin_web.workbench",
    "dosojin_web.installation",
    "dosojin_web.accounts",
    "dosojin_web.directory",
    "dosojin_web.people",
    "dosojin_web.consents",
    "dosojin_web.authority",
    "dosojin_web.uploads",
    "dosojin_web.documents",
    "dosojin_web.deadlines",
    "dosojin_web.mail",
    "dosojin_web.ledger",
    "dosojin_web.audit",
    "dosojin_web.policies",
    "dosojin_web.payments",
    "dosojin_web.portals.student",
    "dosojin_web.portals.university",
    "dosojin_web.portals.policyholder",
    "dosojin_web.portals.agency",
    "dosojin_web.portals.insurer",
    "dosojin_web.portals.auditor",
    "dosojin_web.api",
    "dosojin_web.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

AUTH_USER_MODEL = "accounts.User"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dosojin_web.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dosojin_web.context.display",
                "dosojin_web.installation.context.demonstration",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "dosojin_web.templatetags.fields",
                "dosojin_web.templatetags.layout",
                "dosojin_web.templatetags.money",
                "dosojin_web.templatetags.portals",
            ],
        },
    },
]

# SQLite takes its write lock at BEGIN: with Django's DEFERRED, a reader that turns writer fails at
# once instead of waiting its turn.
SQLITE = {
    "ENGINE": "dosojin_web.database.patient_sqlite",
    "NAME": os.environ.get("DOSOJIN_DATABASE", str(VAR / "dosojin.sqlite3")),
    "ATOMIC_REQUESTS": False,
    "CONN_MAX_AGE": 60,
    "OPTIONS": {
        # recursive_triggers: else INSERT OR REPLACE deletes rows past the triggers that forbid it.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA recursive_triggers=ON;"
        ),
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
    },
}


def read_database(url: str) -> dict[str, Any]:
    """The settings of the database at ``url``; without one, SQLite in DOSOJIN_VAR."""
    if not url:
        return SQLITE
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    # The pool keeps connections open between requests; CONN_MAX_AGE stays 0 beside it.
    found["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}, **found.get("OPTIONS", {})}
    return found


DATABASES = {"default": read_database(os.environ.get("DATABASE_URL", ""))}

# Languages and time. Policy days are Japan's, whoever asks and from wherever.
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
THEME_COOKIE_NAME = "theme"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Everything a page needs comes from this server; a script or style in the page carries its nonce.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Payments by card. Without a key nothing can be paid, without a secret no event is believed. An
# empty STRIPE_API_BASE is Stripe itself; the loopback fake is at http://127.0.0.1:8012.
STRIPE_API_BASE = os.environ.get("STRIPE_API_BASE", "")
STRIPE_API_KEY = os.environ.get("STRIPE_API_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("STRIPE_WEBHOOK_SECRET", "")
STRIPE_WEBHOOK_TOLERANCE_SECONDS = 300
CHECKOUT_ORIGIN = os.environ.get("CHECKOUT_ORIGIN", "https://checkout.stripe.com")
FAILPOINTS: bool = False  # On only in settings of tests that kill the process at a named place.

# Mail, and where letters lead back to. Without a server, mail is kept; in demonstration mode shown.
DOSOJIN_DEMO = os.environ.get("DOSOJIN_DEMO") == "1"
SITE_URL = os.environ.get("DOSOJIN_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("DOSOJIN_MAIL_FROM", "no-reply@dosojin.example")
SMTP = read_smtp(os.environ.get("DOSOJIN_SMTP", ""))
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = SMTP.backend, SMTP.host, SMTP.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP.user, SMTP.password
EMAIL_USE_SSL, EMAIL_USE_TLS = SMTP.scheme == "smtps", SMTP.scheme == "starttls"
EMAIL_TIMEOUT = 20
