"""The entrance for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dosojin_web.settings.run")

application = get_wsgi_application()
