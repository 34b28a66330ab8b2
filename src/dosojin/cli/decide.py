"""`dosojin decide`: covered or not, how much is certain, how much possible, and why."""

from __future__ import annotations

from dosojin.cli.arguments import Command, Option
from dosojin.cli.claim_file import (
    CLAIM_HELP,
    is_styled,
    open_claim,
    print_json,
    read_claim_arguments,
    write_json,
)
from dosojin.values.problems import Problem
from dosojin.values.text import Text

SUMMARY = Text(
    "お支払いできるか、いくらか、なぜかを判断します", "decide a claim: how much, and why"
)

COMMAND = Command(
    "decide",
    "CLAIM",
    CLAIM_HELP,
    (
        Option("--no-questions", "", Text("質問の順位を計算しません（速い）", "rank no questions")),
        Option("--desk", "", Text("担当者向けの短い表示", "the short page for the desk")),
        Option(
            "--save",
            "FILE",
            Text("事案と判断を記録します（replay 用）", "keep claim and decision for `replay`"),
        ),
    ),
)


def run(argv: list[str]) -> int:
    """Print the decision; Problem for input that cannot be taken."""
    arguments = read_claim_arguments(COMMAND, argv)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    if arguments.has("--save") and arguments.has("--no-questions"):
        raise Problem(
            "cli.conflict",
            "--save",
            Text("記録には質問も含まれます。", "A record holds the questions too."),
            Text("--no-questions を外してください。", "Leave out --no-questions."),
        )
    from dosojin.adjudication.decide import decide
    from dosojin.adjudication.replay import record_of
    from dosojin.explanation.explain_decision import explain_to_claimant, explain_to_desk
    from dosojin.explanation.render_text import render_text

    claim = open_claim(arguments.text("CLAIM"))
    decision = decide(claim, with_questions=not arguments.has("--no-questions"))
    if arguments.has("--save"):
        write_json(arguments.text("--save"), record_of(claim, decision))
    if arguments.has("--json"):
        print_json(decision.to_json())
        return 0
    explain = explain_to_desk if arguments.has("--desk") else explain_to_claimant
    page = explain(decision, claim, claim.edition, arguments.language)
    print(render_text(page, is_styled=is_styled()))
    return 0
