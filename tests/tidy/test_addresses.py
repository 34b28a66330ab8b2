"""No address of a package registry or content network, and no path of one machine, is committed.

A class of one letter keeps this file from finding itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.tidy.source_tree import text_files

HOSTS = (
    r"pyp[i]\.org",
    r"pythonhoste[d]",
    r"npmj[s]\.",
    r"yarnpk[g]\.",
    r"unpk[g]\.",
    r"jsdeliv[r]",
    r"cdnj[s]\.",
    r"deb\.debia[n]",
    r"crate[s]\.io",
)
FOLDERS = ("work", "tmp", "home", "root", "Users", "opt")
FOREIGN = re.compile(
    "|".join((*HOSTS, r"(?<![\w.$})~<*/-])/(?:" + "|".join(FOLDERS) + r")/[\w.$]")), re.IGNORECASE
)
INDEX_OPTIONS = re.compile(r"^\s*--?(?:extra-index|index|find-links|trusted)\S*", re.MULTILINE)


def addresses(path: str, text: str) -> Iterator[str]:
    for match in FOREIGN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{path}:{line}: {match.group()}… must not be committed"
    if path.startswith("requirements/") and (option := INDEX_OPTIONS.search(text)):
        yield f"{path}: {option.group()} must not be committed; a lock holds versions and hashes"


def test_no_registry_and_no_machine_is_named() -> None:
    assert [found for path, text in text_files() for found in addresses(path, text)] == []


def test_the_check_finds_addresses() -> None:
    for bad in (
        "https://files." + "python" + "hosted.org/packages/a",
        "registry." + "npm" + "js.org",
        "open('" + "/wor" + "k/main/a')",
        "see " + "/tm" + "p/a.txt",
        "/hom" + "e/somebody/a",
    ):
        assert list(addresses("README.md", bad)), bad
    assert list(addresses("requirements/run.lock", "--index" + "-url https://example.invalid"))
    for good in ("https://example.invalid/work/a", "src/work/a.py", "a/tmp/b", "/workbench/"):
        assert not list(addresses("README.md", good)), good
