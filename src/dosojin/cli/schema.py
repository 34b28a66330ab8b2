"""`dosojin schema`: the JSON Schema of claim files, or the columns of tables, by edition."""

from __future__ import annotations

from dosojin.cli.arguments import Command, Option
from dosojin.cli.named_editions import PRODUCT_HELP, print_json, read_with_editions
from dosojin.products import editions
from dosojin.values.text import Text

SUMMARY = Text(
    "事案ファイルの JSON Schema、または表の列の一覧です",
    "the JSON Schema of claim files, or the columns of tables",
)

COLUMNS = Option(
    "--columns",
    "",
    Text("policies、occurrences、receipts の三つの表の列", "the columns of the tables batch reads"),
)
_PRODUCT = Text(
    f"{PRODUCT_HELP.ja}。省くとすべての版", f"{PRODUCT_HELP.en} (left out: all of them)"
)
COMMAND = Command("schema", "[PRODUCT]", _PRODUCT, (COLUMNS,))


def run(argv: list[str]) -> int:
    """Print the schema, which is JSON with or without --json."""
    arguments, named = read_with_editions(COMMAND, argv, least=0, most=1)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    if arguments.has(COLUMNS.name):
        from dosojin.batch.layout.schema import columns_json

        if named:
            print_json(columns_json(named[0]))
        else:
            print_json({product: columns_json(product) for product in editions()})
        return 0
    from dosojin.explanation.schema import schema_of, schema_of_all

    if named:
        print_json(schema_of(named[0], arguments.language))
    else:
        print_json(schema_of_all(editions(), arguments.language))
    return 0
