"""What a page tells people to type is there to be typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/*.toml")])
CODE = re.compile(r"`[^`]+`|^```.*?^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"\bdosojin-web ([a-z][a-z_-]+)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]+)")


def read_code(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    return "\n".join(CODE.findall(text)) if page.suffix == ".md" else text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_targets_exist(page: Path) -> None:
    code = read_code(page)
    commands = {name.replace("-", "_") for name in COMMAND.findall(code)}
    assert commands <= get_commands().keys()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    assert set(TARGET.findall(code)) <= targets


def test_settings_that_docs_name_are_read() -> None:
    running = (ROOT / "docs/running.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(DOSOJIN_[A-Z_]+|STRIPE_[A-Z_]+|DATABASE_URL)", running))
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src/dosojin_web/settings").glob("*.py")
    )
    assert len(named) > 8 and {name for name in named if name not in source} == set()
