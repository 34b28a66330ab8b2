"""The entrance for a WSGI server."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dosojin_web.settings.run")

application = get_wsgi_application()


def check_database() -> None:
    """Do not start as a demonstration over real people: servers run none of Django's checks."""
    from dosojin_web.installation.checks import refuse_real_data

    refuse_real_data()


check_database()


def warm_up() -> None:
    """Load tariffs and wordings while nobody waits for them yet."""
    from dosojin_web.policies import mapping as policies
    from dosojin_web.workbench import mapping as workbench

    policies.warm_up()
    workbench.warm_up()


Thread(target=warm_up, name="warm-up", daemon=True).start()
