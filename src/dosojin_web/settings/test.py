"""Settings of the tests: a fixed key, a database that goes away, static files without a build."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, INSTALLED_APPS

# Its `flush`, which empties tables of record too, stands before Django's.
INSTALLED_APPS = [*INSTALLED_APPS, "dosojin_web.database.emptying"]

# Uploads of tests stay out of var/.
VAR = Path(tempfile.gettempdir()) / f"dosojin-test-{os.getpid()}"

SECRET_KEY = "only-for-tests"
AUDIT_KEY = "only-for-tests-too"
FIELD_KEYS = [b"only for tests, the older key...", b"only for tests, the newer key..."]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# In memory. Said outright, since pytest's workers take any backend but Django's own for a file's.
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
