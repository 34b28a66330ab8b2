"""`dosojin quote`: what a trip costs, in one plan or in every plan that takes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from unicodedata import east_asian_width

from dosojin.cli.arguments import Arguments, Command, Option, read_arguments
from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.problems import RatingProblem
from dosojin.rating.quote_premium import Quote, quote, quotes
from dosojin.values.text import Language, Text

SUMMARY = Text("旅行の期間から保険料を調べます", "the premium for a trip")

PRODUCT_HELP = Text("商品の版（例 gakkensai-2026）", "the edition, such as gakkensai-2026")
COMMAND = Command(
    "quote",
    "PRODUCT",
    PRODUCT_HELP,
    (
        Option(
            "--plan", "PLAN", Text("プラン。省くと、期間に合うすべて", "all that fit, if left out")
        ),
        Option("--start", "DATE", Text("出発の日（数えます）", "day of departure, counted"), True),
        Option("--end", "DATE", Text("帰着の日（数えます）", "day of return, counted"), True),
    ),
)
_WIDE = ("W", "F")


def run(argv: list[str]) -> int:
    """Print the quote or quotes; Problem for input that cannot be taken."""
    arguments = read_arguments(COMMAND, argv)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    try:
        print(_answer(arguments))
    except RatingProblem as problem:
        raise as_typed(problem, arguments) from None
    return 0


def as_typed(problem: RatingProblem, arguments: Arguments) -> RatingProblem:
    """The same refusal, its place named as the person typed it: "--new-end", "PRODUCT"."""
    option = "--" + problem.place.replace("_", "-")
    place = option if arguments.has(option) else problem.place.upper()
    return RatingProblem(problem.code, place, problem.message, problem.remedy)


def premium_text(amount: int, language: Language) -> str:
    """ "4,730円" or "4,730 yen": the tariffs are in yen."""
    return f"{amount:,}円" if language == "ja" else f"{amount:,} yen"


def period_line(product: str, start: object, end: object, days: int, language: Language) -> str:
    """The product, the period and its length on one line."""
    if language == "ja":
        return f"{product}　{start} ～ {end}（{days}日間）"
    return f"{product}, {start} to {end} ({days} {'day' if days == 1 else 'days'})"


def _answer(arguments: Arguments) -> str:
    tariff = load_tariff(arguments.text("PRODUCT"))
    start, end = arguments.date("--start"), arguments.date("--end")
    if arguments.has("--plan"):
        found: tuple[Quote, ...] = (quote(tariff, arguments.text("--plan"), start, end),)
    else:
        found = quotes(tariff, start, end)
    if not arguments.has("--json"):
        return _prose(found, arguments.language)
    if arguments.has("--plan"):
        return json.dumps(found[0].to_json(), ensure_ascii=False, indent=2)
    return json.dumps(_json_of_all(found), ensure_ascii=False, indent=2)


def _json_of_all(found: tuple[Quote, ...]) -> dict[str, object]:
    first = found[0].to_json()
    common = {name: first[name] for name in ("product", "start", "end", "days", "currency")}
    return {**common, "quotes": [each.to_json() for each in found]}


def _prose(found: tuple[Quote, ...], language: Language) -> str:
    first = found[0]
    rows = [
        (each.plan_title, each.band.text, premium_text(each.premium, language)) for each in found
    ]
    cells = [(title.in_(language), band.in_(language), premium) for title, band, premium in rows]
    about = Text("約", "about ") if first.discount.is_about else Text("", "")
    note = Text(
        f"{about.ja}{first.discount.percent}％の割引を適用した後の保険料です。",
        f"The scheme's discount of {about.en}{first.discount.percent} % is already in it.",
    )
    lines = [period_line(first.product, first.start, first.end, first.days, language), ""]
    return "\n".join([*lines, *_aligned(cells), "", note.in_(language)])


def _aligned(cells: Sequence[tuple[str, str, str]]) -> list[str]:
    """Rows in columns, the last to the right; a full-width character takes two places."""
    widths = [max(_places(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = []
    for title, band, premium in cells:
        left = title + " " * (widths[0] - _places(title))
        middle = band + " " * (widths[1] - _places(band))
        lines.append(f"  {left}  {middle}  {' ' * (widths[2] - _places(premium))}{premium}")
    return lines


def _places(text: str) -> int:
    return sum(2 if east_asian_width(character) in _WIDE else 1 for character in text)
