"""``python -m dosojin_web.payments.fake``: run the stand-in until Ctrl-C."""

import argparse
import sys
import time
from pathlib import Path

from .postman import Mode
from .server import NotLoopback, run_fake

PAUSE_SECONDS = 3600


def main() -> int:
    """Listen; 2 if the address is not this machine's."""
    parser = argparse.ArgumentParser(prog="python -m dosojin_web.payments.fake")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8012)
    parser.add_argument("--webhook", default="", help="where signed events are sent")
    parser.add_argument("--secret", required=True, help="signs events (STRIPE_WEBHOOK_SECRET)")
    parser.add_argument("--key", required=True, help="the key of the SDK (STRIPE_API_KEY)")
    parser.add_argument("--file", type=Path, help="keeps the state over a restart")
    parser.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.PROMPT)
    parser.add_argument("--finish-seconds", type=float, default=5.0, help="what takes time, takes")
    given = parser.parse_args()
    try:
        with run_fake(
            given.key, given.secret, given.webhook, given.host, given.port, given.file
        ) as fake:
            fake.postman.mode = given.mode
            fake.finish_every(given.finish_seconds)
            print(f"The stand-in for card payments: {fake.base}/control/", flush=True)
            while True:
                time.sleep(PAUSE_SECONDS)
    except NotLoopback as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
