"""The words of the site that need a translation, found without gettext's own programs.

In:  this package's templates and Python modules, where English is the language of the source.
Out: message ids with the files they stand in; the Japanese catalogues brought up to date with
     them, one for each slice. ``pybabel compile`` turns a catalogue into what Django reads.
Never: a translation. Those are written by people, in ``SLICE/locale/ja/LC_MESSAGES/django.po``.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SITE = Path(__file__).resolve().parent
CATALOGUE = Path("locale", "ja", "LC_MESSAGES", "django.po")
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
# What templatize leaves of a template: calls with literal arguments, among X's.
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(?:_|gettext|ngettext)\({LITERAL}(?:\s*,\s*{LITERAL})*[^)]*\)")
# Written by us: Babel's own header changes with every run and has names to fill in.
HEADER = """\
# The Japanese of the site. `dosojin-web update_translations` keeps the list of messages.
msgid ""
msgstr ""
"Language: ja\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
MessageId = str | tuple[str, str]


def _read_call(call: ast.Call) -> MessageId | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    words = [
        argument.value
        for argument in call.args[:2]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    if name not in CALLS or not words:
        return None
    return (words[0], words[1]) if name.startswith("ngettext") else words[0]


def _find_in_python(source: str) -> Iterator[MessageId]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (found := _read_call(node)) is not None:
            yield found


def _find_in_template(source: str) -> Iterator[MessageId]:
    for match in TEMPLATE_CALL.finditer(templatize(source)):
        call = match.group().split(",count", 1)[0]
        yield from _find_in_python(call if call.endswith(")") else call + ")")


def slice_of(place: str) -> str:
    """The folder, relative to the package, whose catalogue holds the messages of ``place``.

    Each slice is an app of its own, so Django finds its catalogue; what the slices share has the
    package's own.
    """
    parts = Path(place).parts
    for depth in (2, 1):
        if len(parts) > depth and (SITE.joinpath(*parts[:depth]) / "apps.py").exists():
            return "/".join(parts[:depth])
    return ""


def find_messages() -> dict[str, dict[MessageId, list[str]]]:
    """By slice, every message id and the files, relative to the package, in which it stands."""
    found: dict[str, dict[MessageId, list[str]]] = {}
    for path in sorted([*SITE.rglob("*.py"), *SITE.rglob("*.html"), *SITE.rglob("*.txt")]):
        place = path.relative_to(SITE).as_posix()
        if "tests/" in place:
            continue
        source = path.read_text("utf-8")
        reader = _find_in_python if path.suffix == ".py" else _find_in_template
        for message in reader(source):
            places = found.setdefault(slice_of(place), {}).setdefault(message, [])
            if place not in places:
                places.append(place)
    return found


def list_catalogues() -> dict[str, Path]:
    """By slice, where its Japanese is."""
    return {
        path.relative_to(SITE).as_posix().removesuffix(CATALOGUE.as_posix()).rstrip("/"): path
        for path in sorted(SITE.rglob(CATALOGUE.as_posix()))
    }


def read_catalogue(path: Path) -> Catalog:
    """A Japanese catalogue as it stands."""
    with path.open("rb") as file:
        return read_po(file, locale="ja", domain="django")


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write a Japanese catalogue, byte for byte the same for the same messages."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode("utf-8"))
        write_po(file, catalogue, width=100, omit_header=True, include_lineno=False)


def update_catalogue(folder: str, found: dict[MessageId, list[str]]) -> list[str]:
    """Write a slice's catalogue with today's messages; returns those that lack their Japanese."""
    path = SITE / folder / CATALOGUE
    old = read_catalogue(path) if path.exists() else Catalog(locale="ja", domain="django")
    new = Catalog(locale="ja", domain="django")
    missing = []
    for message, places in sorted(found.items(), key=lambda item: (item[1], str(item[0]))):
        key = message if isinstance(message, str) else message[0]
        known = old.get(key)
        words = known.string if known is not None else ""
        new.add(message, words, locations=[(place, 0) for place in places])
        if not words or not all(words):
            missing.append(key)
    write_catalogue(path, new)
    return missing
