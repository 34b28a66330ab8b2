"""`dosojin whatif`: what other figures, or another edition, would do to a whole portfolio."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dosojin.cli.arguments import HELP, Arguments, Command, Option, read_arguments
from dosojin.cli.named_editions import PRODUCT_HELP, named_edition, print_json
from dosojin.values.problems import Problem
from dosojin.values.text import Text

if TYPE_CHECKING:
    from dosojin.batch.whatif.compare_portfolio import Question
    from dosojin.batch.whatif.comparison import Comparison

SUMMARY = Text(
    "数字や版を変えたら支払いがどう動くか、事案全体で調べます",
    "what other figures or another edition would do to a portfolio",
)
TOP = 20
TOP_MOST = 1000
COMMAND = Command(
    "whatif",
    "CLAIMS",
    Text(
        "事案の表。区画のフォルダー、表のフォルダー、入れ子の Parquet",
        "tables of claims: a folder of partitions, of tables, or one nested Parquet file",
    ),
    (
        Option("--edition", "EDITION", PRODUCT_HELP, is_required=True),
        Option(
            "--set",
            "NAME=VALUE",
            Text(
                "数字を置き換えます（例 medical.goods_max=30000）。複数なら順に効かせます",
                "replace a figure, such as medical.goods_max=30000; repeated, one after another",
            ),
            may_repeat=True,
        ),
        Option(
            "--against",
            "EDITION",
            Text("この版の約款と比べます", "decide by the wording of this edition instead"),
        ),
        Option(
            "-o", "REPORT.html", Text("図表の付いた報告を書きます", "write a report with charts")
        ),
        Option(
            "--top",
            "N",
            Text(f"最も動く事案の数（省くと {TOP}）", f"how many claims that move most ({TOP})"),
        ),
    ),
)


def run(argv: list[str]) -> int:
    """Print the comparison, and write the report; Problem for input that cannot be taken."""
    arguments = read_arguments(COMMAND, argv)
    if arguments.has(HELP.name):
        print(COMMAND.help_text(arguments.language))
        return 0
    from dosojin.batch.whatif.compare_portfolio import ask

    top = arguments.whole("--top", 0, TOP_MOST, TOP)
    edition, against = (named_edition(arguments, name) for name in ("--edition", "--against"))
    question = ask(edition or "", arguments.all("--set"), against)
    report = Path(arguments.text("-o")) if arguments.has("-o") else None
    if report is not None:
        _require_folder(report)
    _answer(arguments, question, report, top)
    return 0


def _answer(arguments: Arguments, question: Question, report: Path | None, top: int) -> None:
    comparison = _compare(arguments, question, top)
    if report is not None:
        from dosojin.batch.whatif.write_report import report_html
        from dosojin.batch.write_whole import write_bytes_whole

        page = report_html(comparison, question.editions, arguments.language)
        write_bytes_whole(report, page.encode(), str(report))
    if arguments.has("--json"):
        print_json(comparison.to_json())
        return
    from rich.console import Console

    from dosojin.batch.whatif.show_comparison import show_comparison

    show_comparison(comparison, Console(highlight=False), arguments.language)
    if report is not None:
        told = Text(f"{report} に報告を書きました。", f"The report is in {report}.")
        print(told.in_(arguments.language))


def _compare(arguments: Arguments, question: Question, top: int) -> Comparison:
    from dosojin.batch.runs.partitions import find_partitions
    from dosojin.batch.runs.progress import shown_progress
    from dosojin.batch.whatif.compare_portfolio import compare_partitions

    source = Path(arguments.text("CLAIMS"))
    partitions = find_partitions(source)
    weight = sum(partition.weight for partition in partitions)
    with shown_progress(len(partitions), weight, arguments.language) as progress:
        name = os.path.basename(os.path.abspath(source))
        return compare_partitions(name, partitions, question, progress, top=top)


def _require_folder(report: Path) -> None:
    """A report that cannot be written is refused before the long part begins."""
    if report.is_dir() or not report.absolute().parent.is_dir():
        raise Problem(
            "file.unwritable",
            str(report),
            Text("ここには書き込めません。", "A report cannot be written there."),
            Text(
                "今あるフォルダーの中のファイル名を指定してください。",
                "Name a file in a folder that exists.",
            ),
        )
