"""`dosojin extend`: what it costs to stay longer."""

from __future__ import annotations

import json

from dosojin.cli.arguments import Arguments, Command, Option, read_arguments
from dosojin.cli.quote import PRODUCT_HELP, as_typed, period_line, premium_text
from dosojin.rating.extend_period import Extension, RiderNotCarried, extend
from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.problems import RatingProblem
from dosojin.values.text import Language, Text

SUMMARY = Text(
    "期間を延長するときの追加保険料を調べます", "the additional premium for a longer stay"
)

COMMAND = Command(
    "extend",
    "PRODUCT",
    PRODUCT_HELP,
    (
        Option("--plan", "PLAN", Text("今のプラン", "the present plan"), True),
        Option("--start", "DATE", Text("保険期間の始まりの日", "first day of the policy"), True),
        Option("--end", "DATE", Text("今の終わりの日", "its present last day"), True),
        Option("--new-end", "DATE", Text("延長後の終わりの日", "its last day once extended"), True),
        Option(
            "--rider",
            "RIDER",
            Text("証書にある特約（繰り返せます）", "a rider on the certificate; may be repeated"),
            False,
            True,
        ),
        Option(
            "--requested-on",
            "DATE",
            Text("手続きを済ませる日", "day on which it would be complete"),
        ),
    ),
)


def run(argv: list[str]) -> int:
    """Print the extension; Problem for input that cannot be taken."""
    arguments = read_arguments(COMMAND, argv)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    try:
        extension = _extension(arguments)
    except RatingProblem as problem:
        raise as_typed(problem, arguments) from None
    if arguments.has("--json"):
        print(json.dumps(extension.to_json(), ensure_ascii=False, indent=2))
    else:
        print(_prose(extension, arguments.language))
    return 0


def _extension(arguments: Arguments) -> Extension:
    return extend(
        load_tariff(arguments.text("PRODUCT")),
        arguments.text("--plan"),
        arguments.date("--start"),
        arguments.date("--end"),
        arguments.date("--new-end"),
        riders=arguments.values.get("--rider"),
        requested_on=arguments.date("--requested-on") if arguments.has("--requested-on") else None,
    )


def _prose(extension: Extension, language: Language) -> str:
    now, then = extension.current, extension.extended
    amount = premium_text(extension.additional_premium, language)
    paid, due = premium_text(now.premium, language), premium_text(then.premium, language)
    work = Text(
        f"追加保険料 {amount}"
        f"（延長後 {due}［{then.band.text.ja}］－ 現在 {paid}［{now.band.text.ja}］）",
        f"Additional premium {amount} ({due} {then.band.text.en}, less {paid} {now.band.text.en})",
    )
    lines = [
        period_line(then.product, then.start, then.end, then.days, language),
        work.in_(language),
    ]
    if extension.plan != extension.from_plan:
        change = Text(
            f"{now.plan_title.ja}から{then.plan_title.ja}に変わります。",
            f"{now.plan_title.en} becomes {then.plan_title.en}.",
        )
        lines.append(change.in_(language))
    lines += [_rider_text(lost).in_(language) for lost in extension.riders_not_carried]
    deadline = Text(
        f"手続きは {extension.complete_by} までに済ませてください。"
        "追加保険料を払う前の事故は、延長した期間の補償の対象になりません。",
        f"Complete it by {extension.complete_by}. "
        "Events before the additional premium is received are not covered by the extension.",
    )
    return "\n".join([*lines, deadline.in_(language)])


def _rider_text(lost: RiderNotCarried) -> Text:
    if_held = Text("", "")
    if lost.is_held is None:
        if_held = Text("被保険者証に記載がある場合、", "If the certificate shows it: ")
    return Text(
        f"{if_held.ja}{lost.title.ja}は {lost.last_day} で終わり、延長した期間には付きません。",
        f"{if_held.en}the rider “{lost.title.en}” ends on {lost.last_day} "
        "and does not go with the extension.",
    )
