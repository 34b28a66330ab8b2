"""The fonts that are committed are those that their README names, each with its licence."""

import hashlib

from dosojin_web.documents.operations.render_document import FONTS


def test_the_readme_has_the_digest_of_every_font() -> None:
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    fonts = sorted(FONTS.glob("*.ttf"))
    assert len(fonts) == 4
    for font in fonts:
        assert f"| {font.name} |" in readme
        assert hashlib.sha256(font.read_bytes()).hexdigest() in readme


def test_each_family_has_its_licence() -> None:
    for family in ("BIZUDPGothic", "NotoSansJP"):
        licence = (FONTS / f"OFL-{family}.txt").read_text(encoding="utf-8")
        assert licence.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
