"""Answers to the questions before all are given: kept in the session, encrypted.

The disclosure is made at once, when the last page is answered; until then it is nobody's but the
reader's.
"""

import base64
import json

from django.http import HttpRequest

from dosojin_web.database.encrypted_text import Sealed, Undecipherable, keyring
from dosojin_web.policies.models import Application

from .questions import Values

NAME = "questions"


def read_draft(request: HttpRequest, application: Application) -> Values | None:
    """The answers begun for this application; None if there are none, or none that can be read."""
    kept = request.session.get(NAME, {}).get(str(application.key))
    if kept is None:
        return None
    try:
        opened = keyring().open(Sealed(base64.b64decode(kept)), _place(application))
    except (Undecipherable, ValueError):
        return None
    values: Values = json.loads(opened)
    return values


def keep_draft(request: HttpRequest, application: Application, values: Values) -> None:
    """Keep them; those of other applications go."""
    content = json.dumps(values, ensure_ascii=False).encode()
    sealed = keyring().seal(content, _place(application))
    kept = base64.b64encode(sealed.content).decode("ascii")
    request.session[NAME] = {str(application.key): kept}


def drop_draft(request: HttpRequest) -> None:
    """Forget them."""
    request.session.pop(NAME, None)


def _place(application: Application) -> bytes:
    return f"session\0questions\0{application.key}".encode()
