"""Settings of a running server."""

import os

from dosojin_web.database.field_keys import parse_field_keys, read_or_make_field_keys
from dosojin_web.secret import read_or_make_secret_key

from .base import *  # noqa: F403
from .base import VAR

SECRET_KEY = os.environ.get("DOSOJIN_SECRET_KEY") or read_or_make_secret_key(VAR / "secret_key")
# Whoever has this key can forge the audit log: keep it where the database's own people cannot read.
AUDIT_KEY = os.environ.get("DOSOJIN_AUDIT_KEY") or read_or_make_secret_key(VAR / "audit_key")
# The last one encrypts, all decrypt. Lost keys are lost names: keep them in a backup of their own.
_field_keys = os.environ.get("DOSOJIN_FIELD_KEYS", "").split()
FIELD_KEYS = (
    parse_field_keys(_field_keys) if _field_keys else read_or_make_field_keys(VAR / "field_keys")
)
ALLOWED_HOSTS = os.environ.get("DOSOJIN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

# Behind a proxy that speaks TLS: cookies and addresses then insist on it.
if os.environ.get("DOSOJIN_HTTPS") == "1":
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
