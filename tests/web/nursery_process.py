"""Starts Django once, then takes each step in a child process that may be killed.

    python -m tests.web.nursery_process dosojin_web.payments.tests.payment_steps

In:  a module that has ``STEPS``, functions of what is asked that return a report; on standard input
     a line of JSON for each step: which one, and the place at which to be killed, if any.
Out: a line of JSON: the child's report, or the signal that ended it.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection, connections
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation

Asked = dict[str, Any]
Steps = Mapping[str, Callable[[Asked], Asked]]


def load_steps(module: str) -> Steps:
    """The steps of a module, with all loaded that every child would load for itself otherwise."""
    django.setup()
    settings.FAILPOINTS = True
    settings.VAR = Path(os.environ["DOSOJIN_VAR"])
    steps = import_module(module)
    getattr(steps, "warm_up", lambda: None)()
    get_resolver()._populate()
    get_template("mail/base.txt")
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
    connection.ops.compiler("SQLCompiler")
    connections.close_all()
    # Children share what is here; the collector would write to all of it, and so copy it.
    gc.collect()
    gc.freeze()
    found: Steps = steps.STEPS
    return found


def start_child(steps: Steps, asked: Asked) -> tuple[int, int]:
    """Take the step in a child; its id, and where it will report."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.environ["DOSOJIN_FAILPOINT"] = asked.get("failpoint", "")
        try:
            answer = steps[asked["do"]](asked)
        except Exception as error:
            answer = {"error": repr(error)}
        os.write(writer, json.dumps(answer).encode())
        os._exit(0)
    os.close(writer)
    return child, reader


def end_child(child: int, reader: int) -> Asked:
    """What the child reported, or by which signal it ended."""
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"signal": os.WTERMSIG(status)}
    return dict(json.loads(said))


def take(steps: Steps, asked: Asked) -> Asked:
    """One child; or, for ``together``, so many at once, each with its own number."""
    together = int(asked.get("together", 0))
    if not together:
        return end_child(*start_child(steps, asked))
    children = [start_child(steps, asked | {"number": number}) for number in range(together)]
    return {"answers": [end_child(*child) for child in children]}


def main() -> None:
    """Answer line by line until there are no more."""
    steps = load_steps(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(take(steps, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
