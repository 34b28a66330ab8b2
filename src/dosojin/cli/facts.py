"""`dosojin facts`: what can be said of a claim, with question, choices and proof."""

from __future__ import annotations

from dosojin.cli.arguments import Command, Option
from dosojin.cli.named_editions import PRODUCT_HELP, print_json, read_with_editions
from dosojin.values.text import Text

SUMMARY = Text("事案に書ける事実の一覧です", "the facts that a claim can state")

BENEFIT = Option(
    "--benefit",
    "BENEFIT",
    Text("この補償が読むものだけ", "only those that this benefit reads"),
)
COMMAND = Command("facts", "PRODUCT", PRODUCT_HELP, (BENEFIT,))


def run(argv: list[str]) -> int:
    """Print the facts; Problem for an edition or benefit that does not exist."""
    arguments, named = read_with_editions(COMMAND, argv, least=1, most=1)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    from dosojin.explanation.fact_list import fact_list, show_facts
    from dosojin.explanation.render_text import fold_text

    benefit = arguments.text("--benefit") if arguments.has("--benefit") else None
    entries = fact_list(named[0], benefit)
    if arguments.has("--json"):
        print_json({"product": named[0], "facts": [entry.to_json() for entry in entries]})
    else:
        print(fold_text(show_facts(entries, arguments.language)))
    return 0
