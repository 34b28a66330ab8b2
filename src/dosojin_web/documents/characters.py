"""Which characters our fonts have: asked where a name is entered, not when its letter is due."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent / "fonts"


@cache
def printable() -> frozenset[int]:
    """The code points that at least one of our fonts can print."""
    return frozenset(
        point
        for path in sorted(FONTS.glob("*.ttf"))
        for point in TTFont(path, lazy=True).getBestCmap()
    )


def find_unprintable(text: str) -> str:
    """The characters of ``text`` that no document could show, once each; "" for none."""
    known = printable()
    return "".join(dict.fromkeys(sign for sign in text if ord(sign) not in known))
