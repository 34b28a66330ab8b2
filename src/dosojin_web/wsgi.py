"""The entrance for a WSGI server."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dosojin_web.settings.run")

application = get_wsgi_application()


def warm_up() -> None:
    """Load the wordings while nobody waits for them yet."""
    from dosojin_web.workbench import mapping

    mapping.warm_up()


Thread(target=warm_up, name="warm-up", daemon=True).start()
