"""`dosojin show`: an edition as a page that a lawyer can read."""

from __future__ import annotations

from dosojin.cli.arguments import Command, Option
from dosojin.cli.named_editions import PRODUCT_HELP, print_json, read_with_editions
from dosojin.values.text import Text

SUMMARY = Text("約款を条文ごとに表示します", "the wording, clause by clause")

BENEFIT = Option(
    "--benefit", "BENEFIT", Text("補償。省くとすべて", "one benefit; all of them if left out")
)
COMMAND = Command("show", "PRODUCT", PRODUCT_HELP, (BENEFIT,))


def run(argv: list[str]) -> int:
    """Print the wording page; Problem for an edition or benefit that does not exist."""
    arguments, named = read_with_editions(COMMAND, argv, least=1, most=1)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    from dosojin.explanation.render_text import fold_text
    from dosojin.explanation.show_wording import show_wording
    from dosojin.explanation.wording_page import wording_page

    benefit = arguments.text("--benefit") if arguments.has("--benefit") else None
    page = wording_page(named[0], benefit)
    if arguments.has("--json"):
        print_json(page.to_json())
    else:
        print(fold_text(show_wording(page, arguments.language)), end="")
    return 0
