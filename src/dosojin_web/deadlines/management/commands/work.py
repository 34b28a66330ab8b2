"""``dosojin-web work``: deadlines, the outbox, and whatever else is repeated."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from dosojin_web.deadlines.worker import Worker, stopped_by_signals


class Command(BaseCommand):
    """Runs beside the server; several may run. SIGTERM or Ctrl-C finishes what runs and ends."""

    help = "Let what is due happen and send the mail; --once does what there is and ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is due")
        parser.add_argument(
            "--poll", type=float, default=1.0, metavar="SECONDS", help="pause between looks (1)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        with stopped_by_signals(worker.stopping):
            if options["once"]:
                worker.turn()
                return
            self.stdout.write("Working. Ctrl-C or SIGTERM ends it after what is running.")
            worker.run(options["poll"])
