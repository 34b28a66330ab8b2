"""A template and what it shows, turned into subject and body."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

BLANK_LINES = re.compile(r"\n{3,}")
SENTENCE_END = re.compile(r"(?<=。)(?![」』）]) *")
FIRST_OF_A_LIST = "・※■●- 　"


@dataclass(frozen=True, slots=True)
class Letter:
    """What will be read."""

    subject: str
    body: str


def write_letter(template: str, language: str, context: Mapping[str, Any]) -> Letter:
    """``TEMPLATE.txt`` in this language: its first line is the subject, the rest the body.

    The template also knows ``site_url``, to which it appends ``{% url … %}``, and ``language``.
    Nothing is escaped, since this is no HTML, and blank lines never follow each other.

    ValueError if there is no subject or no body.
    """
    shown = {**context, "site_url": settings.SITE_URL, "language": language}
    with translation.override(language):
        source = Engine.get_default().get_template(f"{template}.txt")
        text = source.render(Context(shown, autoescape=False))
    lines = [line.rstrip() for line in text.strip().splitlines()]
    subject, body = lines[0].strip() if lines else "", "\n".join(lines[1:]).strip("\n")
    if not subject or not body:
        raise ValueError(f"{template}.txt: the first line is the subject, the body follows it")
    return Letter(subject, lay_out_lines(BLANK_LINES.sub("\n\n", body)) + "\n")


def lay_out_lines(text: str) -> str:
    """A paragraph on one line, as the reader's screen is wide; in Japanese, a sentence on one.

    Lines broken at a fixed width, once the custom, are broken a second time on a phone, and there
    every other line is a stump. The encoding of a message carries lines of any length.
    """
    lines = []
    for line in text.split("\n"):
        listed = line.startswith(tuple(FIRST_OF_A_LIST))
        lines += [line] if listed else SENTENCE_END.sub("\n", line).strip("\n").split("\n")
    return "\n".join(lines)
