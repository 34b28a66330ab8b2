"""Django's commands for this project: ``dosojin-web migrate`` and so on."""

import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dosojin_web.settings.run")
    execute_from_command_line(spell_command(sys.argv))


def spell_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with the command as its module is named: ``verify-audit``, ``verify_audit``."""
    program, *rest = arguments
    # `dosojin-web help verify-audit` names it second.
    place = 1 if rest[:1] == ["help"] else 0
    return [
        program,
        *(
            word.replace("-", "_") if index == place and not word.startswith("-") else word
            for index, word in enumerate(rest)
        ),
    ]


if __name__ == "__main__":
    main()
