"""``python -m dosojin_web.demo.run``: the demonstration, ready to be looked at.

Prepares a database of its own below ``--var``, then runs the site, the worker and the stand-in for
card payments, until Ctrl-C or until one of them ends; none is left behind. What the environment
says of databases, mail servers and payment providers is not used here: the demonstration never
meets anything real.
"""

import argparse
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .processes import Together, together

HOST = "127.0.0.1"
KEY = "sk_test_demonstration"
FAKE_STATE = "payments.json"
# What must not come from outside: each of these could lead to something real.
NOT_TAKEN = ("DATABASE_URL", "DOSOJIN_DATABASE", "DOSOJIN_SMTP", "DOSOJIN_HTTPS", "DOSOJIN_HOSTS")
NOT_TAKEN_EITHER = ("DOSOJIN_SECRET_KEY", "DOSOJIN_AUDIT_KEY", "DOSOJIN_FIELD_KEYS")
PORTS_AFTER = 12  # The stand-in's usual port is that of the site and twelve.


@dataclass(frozen=True, slots=True)
class Plan:
    """Where it runs, and how many certificates it is filled with."""

    var: Path
    port: int
    fake_port: int
    certificates: int

    @property
    def site(self) -> str:
        """The address of the site."""
        return f"http://{HOST}:{self.port}"

    @property
    def fake(self) -> str:
        """The address of the stand-in."""
        return f"http://{HOST}:{self.fake_port}"


def make_environment(plan: Plan, around: Mapping[str, str]) -> dict[str, str]:
    """The environment of all three processes: that ``around`` us without what could be real."""
    kept = {
        name: value for name, value in around.items() if name not in NOT_TAKEN + NOT_TAKEN_EITHER
    }
    return kept | {
        "DJANGO_SETTINGS_MODULE": "dosojin_web.settings.run",
        "DOSOJIN_VAR": str(plan.var),
        "DOSOJIN_DEMO": "1",
        "DOSOJIN_SITE_URL": plan.site,
        "STRIPE_API_BASE": plan.fake,
        "STRIPE_API_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(16)}",
        "CHECKOUT_ORIGIN": plan.fake,
    }


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def find_free_port(wished: int) -> int:
    """``wished`` if it is free, else one that is."""
    if is_free(wished):
        return wished
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def prepare(plan: Plan, environment: Mapping[str, str]) -> bool:
    """The tables, the made-up scheme unless it is there, the static files; whether that worked."""
    plan.var.mkdir(parents=True, exist_ok=True)
    manage = [sys.executable, "-m", "dosojin_web.manage"]
    steps = (
        ["migrate", "--verbosity", "0"],
        ["fill_demo", "--certificates", str(plan.certificates)],
        ["collectstatic", "--noinput", "--verbosity", "0"],
    )
    return all(
        subprocess.run([*manage, *step], env=environment, check=False).returncode == 0
        for step in steps
    )


def start(house: Together, plan: Plan, environment: Mapping[str, str]) -> None:
    """The three processes."""
    module = [sys.executable, "-m"]
    house.start(
        "the stand-in for card payments",
        [
            *(*module, "dosojin_web.payments.fake", "--port", str(plan.fake_port)),
            *("--webhook", f"{plan.site}/payments/webhook/", "--key", KEY),
            *("--secret", environment["STRIPE_WEBHOOK_SECRET"]),
            *("--file", str(plan.var / FAKE_STATE)),
        ],
    )
    house.start("the worker", [*module, "dosojin_web.manage", "work"])
    house.start(
        "the site",
        [
            *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi"),
            *("--host", HOST, "--port", str(plan.port), "--workers", "1"),
            *("--blocking-threads", "4", "--log-level", "warning"),
            "dosojin_web.wsgi:application",
        ],
    )


def announce(plan: Plan) -> None:
    """Where to look."""
    print(
        f"\nThe demonstration:  {plan.site}/demo/\n"
        f"The mails:          {plan.site}/mail/\n"
        f"The workbench:      {plan.site}/\n"
        f"Card payments:      {plan.fake}/control/ (a stand-in; nothing is charged)\n"
        f"Its files:          {plan.var} (remove them to begin anew)\n"
        "Ctrl-C stops everything.\n",
        flush=True,
    )


def read_plan(arguments: list[str] | None = None) -> Plan:
    """The plan that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m dosojin_web.demo.run")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fake-port", type=int, default=0, help="a free one, if 0")
    parser.add_argument("--var", type=Path, default=Path("var/demo"))
    parser.add_argument("--certificates", type=int, default=200)
    given = parser.parse_args(arguments)
    fake_port = given.fake_port or find_free_port(given.port + PORTS_AFTER)
    return Plan(given.var.resolve(), given.port, fake_port, given.certificates)


def main(arguments: list[str] | None = None) -> int:
    """0 after Ctrl-C; 1 if something ended by itself; 2 if a port is taken."""
    plan = read_plan(arguments)
    for port, option in ((plan.port, "PORT"), (plan.fake_port, "--fake-port")):
        if not is_free(port):
            print(f"Port {port} is in use. Choose another: make run {option}={port + 1}")
            return 2
    environment = make_environment(plan, os.environ)
    try:
        is_ready = prepare(plan, environment)
    except KeyboardInterrupt:
        is_ready = False
    if not is_ready:
        print(f"It is not ready. To begin anew, remove {plan.var}", file=sys.stderr)
        return 1
    with together(environment) as house:
        start(house, plan, environment)
        ended = house.wait(lambda: answers(plan.port) and answers(plan.fake_port))
        if not ended and not house.is_stopping:
            announce(plan)
            ended = house.wait()
    if ended:
        print(f"It stopped, and everything with it: {ended}.", file=sys.stderr)
    return 1 if ended else 0


if __name__ == "__main__":
    sys.exit(main())
