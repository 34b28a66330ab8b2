"""What a page in a real browser is held against: axe-core, the width of the screen, the console."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def open_context(browser: Browser, width: int, language: str, scheme: str) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 900},
        locale=language,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )


def find_violations(page: Page) -> list[str]:
    """What axe-core finds. It is evaluated, not loaded: the pages' policy refuses its script."""
    page.evaluate(AXE)
    run = f"axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ['violations']}})"
    return [
        f"{found['id']}: {node['target']} {node['failureSummary']}"
        for found in page.evaluate(run)["violations"]
        for node in found["nodes"]
    ]


def pixels_too_wide(page: Page) -> int:
    """How far the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def listen(page: Page) -> list[str]:
    """A list that fills with what the page complains of."""
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    return faults
