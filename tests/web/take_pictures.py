"""Takes the picture of the workbench for the README: docs/pictures/workbench.png.

    python -m tests.web.take_pictures http://127.0.0.1:8000

The site must be running. The claim is that of the journey, just before its last answers.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import FloatRect, Page, sync_playwright

from tests.parts import CHROMIUM_NAMES
from tests.web.journey import answer_all, choose_what_happened, paste_receipts, type_contract

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "workbench.png"
BYTES_MAX = 200_000
# From the claim's pages down to the end of the money that is not paid.
CLIP: FloatRect = {"x": 20, "y": 64, "width": 1140, "height": 1198}
STOP_AT = "discharged_on"


def ignore(page: Page) -> None:
    """No look at the pages on the way."""


def take_picture(site: str) -> int:
    """Walk to the question and keep what the screen shows. Returns the size in bytes."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 1180, "height": 1270}, locale="en", color_scheme="light"
        )
        page = context.new_page()
        page.goto(site + "/")
        type_contract(page)
        choose_what_happened(page)
        paste_receipts(page, ignore)
        answer_all(page, ignore, stop_at=STOP_AT)
        page.mouse.move(0, 0)
        page.wait_for_load_state("networkidle")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE, clip=CLIP)
        browser.close()
    return PICTURE.stat().st_size


if __name__ == "__main__":
    size = take_picture(sys.argv[1].rstrip("/"))
    print(f"{PICTURE.name}: {size:,} bytes")
    sys.exit(size > BYTES_MAX)
