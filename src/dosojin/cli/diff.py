"""`dosojin diff`: which clauses and figures two editions differ in, and what that moves."""

from __future__ import annotations

from dosojin.cli.arguments import Command
from dosojin.cli.named_editions import print_json, read_with_editions
from dosojin.values.text import Text

SUMMARY = Text(
    "二つの版の違いと、支払額への影響です", "what two editions differ in, in clauses and yen"
)

COMMAND = Command(
    "diff",
    "EDITION EDITION",
    Text("前の版と後の版", "the edition before, and the one after"),
    (),
)


def run(argv: list[str]) -> int:
    """Print the differences; Problem for an edition that does not exist."""
    arguments, named = read_with_editions(COMMAND, argv, least=2, most=2)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    from dosojin.adjudication.compare_editions import compare_editions
    from dosojin.adjudication.moved_claims import witnesses
    from dosojin.explanation.render_text import fold_text
    from dosojin.explanation.show_differences import differences_json, show_differences

    before, after = named
    found = compare_editions(before, after)
    shown = tuple(zip(found, witnesses(found, before, after), strict=True))
    if arguments.has("--json"):
        print_json(differences_json(before, after, shown))
    else:
        print(fold_text(show_differences(before, after, shown, arguments.language)))
    return 0
