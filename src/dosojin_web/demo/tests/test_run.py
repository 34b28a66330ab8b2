"""The runner: it never meets anything real, and says what is in the way."""

import socket
from pathlib import Path

import pytest

from dosojin_web.demo.run import (
    NOT_TAKEN,
    NOT_TAKEN_EITHER,
    Plan,
    find_free_port,
    main,
    make_environment,
    read_plan,
)

PLAN = Plan(Path("/nowhere/demo"), 8000, 8012, 200)


def test_nothing_real_comes_from_the_environment() -> None:
    around = {name: "real" for name in NOT_TAKEN + NOT_TAKEN_EITHER} | {
        "PATH": "/usr/bin",
        "STRIPE_API_KEY": "sk_live_real",
        "STRIPE_API_BASE": "",
        "CHECKOUT_ORIGIN": "https://checkout.example",
        "DOSOJIN_VAR": "/srv/real",
        "STRIPE_WEBHOOK_SECRET": "whsec_real",
    }
    made = make_environment(PLAN, around)
    assert made["PATH"] == "/usr/bin"
    assert not any("real" in value for value in made.values())
    assert made["DOSOJIN_VAR"] == "/nowhere/demo"
    assert made["DOSOJIN_DEMO"] == "1"
    assert made["STRIPE_API_BASE"] == made["CHECKOUT_ORIGIN"] == "http://127.0.0.1:8012"
    assert made["DOSOJIN_SITE_URL"] == "http://127.0.0.1:8000"
    assert make_environment(PLAN, {})["STRIPE_WEBHOOK_SECRET"] != made["STRIPE_WEBHOOK_SECRET"]


def test_its_database_is_apart_from_the_real_one() -> None:
    assert read_plan([]).var == Path("var/demo").resolve()


def test_a_port_that_is_taken_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert find_free_port(port) != port
        assert main(["--port", str(port), "--var", str(tmp_path)]) == 2
    assert f"make run PORT={port + 1}" in capsys.readouterr().out
    assert not any(tmp_path.iterdir())
