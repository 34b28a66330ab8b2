"""Django's commands for this project: ``dosojin-web migrate`` and so on."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dosojin_web.settings.run")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
