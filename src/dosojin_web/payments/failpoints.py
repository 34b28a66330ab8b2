"""Places at which a test kills the process, to prove that nothing is lost or done twice there.

In:  the name of a place, and the environment variable ``DOSOJIN_FAILPOINT``.
Out: nothing, or SIGKILL. Only where the setting ``FAILPOINTS`` is on, which no server has.
"""

import os
import signal

from django.conf import settings


def reach(name: str) -> None:
    """The process has come to the place ``name``."""
    if settings.FAILPOINTS and os.environ.get("DOSOJIN_FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
