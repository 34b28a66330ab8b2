"""`dosojin schema`: the JSON Schema of claim files, of one edition or of all."""

from __future__ import annotations

from dosojin.cli.arguments import Command
from dosojin.cli.named_editions import PRODUCT_HELP, print_json, read_with_editions
from dosojin.products import editions
from dosojin.values.text import Text

SUMMARY = Text("事案ファイルの JSON Schema です", "the JSON Schema of claim files")

COMMAND = Command("schema", "[PRODUCT]", PRODUCT_HELP, ())


def run(argv: list[str]) -> int:
    """Print the schema, which is JSON with or without --json."""
    arguments, named = read_with_editions(COMMAND, argv, least=0, most=1)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    from dosojin.explanation.schema import schema_of, schema_of_all

    if named:
        print_json(schema_of(named[0], arguments.language))
    else:
        print_json(schema_of_all(editions(), arguments.language))
    return 0
