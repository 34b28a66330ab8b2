"""`dosojin simulate`: a plausible portfolio from a seed, in the layout that `batch` reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dosojin.cli.arguments import HELP, Command, Option, read_arguments
from dosojin.cli.named_editions import named_edition, print_json
from dosojin.values.text import Language, Text

if TYPE_CHECKING:
    from dosojin.batch.portfolio.simulate import Portfolio, Written

SUMMARY = Text("もっともらしい契約と事故を作ります", "a plausible portfolio from a seed")

PROCESSES_MOST = 256
SEED_MOST = 2**63 - 1
_EDITION_HELP = Text(
    "商品の版（省くと、保険料表のある最新の版）",
    "the edition (left out: the newest with a published tariff)",
)
COMMAND = Command(
    "simulate",
    "",
    Text("", ""),
    (
        Option("--policies", "N", Text("契約の数", "how many policies"), True),
        Option("--seed", "S", Text("乱数の種（整数）", "the seed, a whole number"), True),
        Option("-o", "DIR", Text("保存先のフォルダー", "the folder to write"), True),
        Option("--edition", "EDITION", _EDITION_HELP),
        Option(
            "--policies-per-partition",
            "N",
            Text("区画あたりの契約の数（省くと 50000）", "policies of a partition (50000)"),
        ),
        Option(
            "--processes",
            "N",
            Text("同時に使うプロセスの数（省くと 1）", "processes at a time (1)"),
        ),
    ),
)
_LINE_EVERY_NS = 10 * 10**9
_DRAWING = Text("作成しています", "Drawing")
_LINE = Text("{done}/{parts} 区画", "{done}/{parts} partitions")
_DONE = Text(
    "{folder} に、契約 {policies}、事故 {occurrences}、領収書 {receipts} 件があります"
    "（区画 {parts}、うち今回作ったもの {new}）。\n"
    "すべて仮定による作り物で、実績ではありません（docs/simulated-portfolio.md）。",
    "{policies} policies, {occurrences} occurrences and {receipts} receipts are in {folder} "
    "(partitions: {parts}, new: {new}).\n"
    "All of it is made up from assumptions, none of it is experience: docs/simulated-portfolio.md.",
)


def run(argv: list[str]) -> int:
    """Write the portfolio and say what it holds; Problem for input that cannot be taken."""
    arguments = read_arguments(COMMAND, argv)
    if arguments.has(HELP.name):
        print(COMMAND.help_text(arguments.language))
        return 0
    from dosojin.batch.portfolio.simulate import (
        PARTITION_POLICIES,
        PARTITION_POLICIES_MOST,
        POLICIES_MOST,
        newest_published,
        portfolio_of,
        simulate,
    )

    edition = named_edition(arguments, "--edition") or newest_published()
    per_partition = arguments.whole(
        "--policies-per-partition", 1, PARTITION_POLICIES_MOST, PARTITION_POLICIES
    )
    portfolio = portfolio_of(
        edition,
        arguments.whole("--policies", 1, POLICIES_MOST),
        arguments.whole("--seed", 0, SEED_MOST),
        per_partition,
    )
    folder = Path(arguments.text("-o"))
    processes = arguments.whole("--processes", 1, PROCESSES_MOST, 1)
    with _shown_progress(portfolio.partitions, arguments.language, sys.stderr) as told:
        written = simulate(portfolio, folder, processes, told)
    if arguments.has("--json"):
        print_json(_json(portfolio, folder, written))
    else:
        print(_DONE.in_(arguments.language).format(**_counts(folder, written)))
    return 0


@contextmanager
def _shown_progress(
    parts: int, language: Language, to: TextIO
) -> Iterator[Callable[[Written], None]]:
    """A bar on a terminal; elsewhere a line now and then."""
    if not to.isatty():
        yield _lines(parts, language, to)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=to), transient=True) as bar:
        task = bar.add_task(_DRAWING.in_(language), total=parts)
        yield lambda _: bar.update(task, advance=1)


def _lines(parts: int, language: Language, to: TextIO) -> Callable[[Written], None]:
    done, said = 0, time.monotonic_ns()

    def told(_: Written) -> None:
        nonlocal done, said
        done += 1
        now = time.monotonic_ns()
        if now - said >= _LINE_EVERY_NS:
            said = now
            print(_LINE.in_(language).format(done=done, parts=parts), file=to, flush=True)

    return told


def _counts(folder: Path, written: Sequence[Written]) -> dict[str, str]:
    return {
        "folder": str(folder),
        "policies": f"{sum(each.policies for each in written):,}",
        "occurrences": f"{sum(each.occurrences for each in written):,}",
        "receipts": f"{sum(each.receipts for each in written):,}",
        "parts": f"{len(written):,}",
        "new": f"{sum(each.is_new for each in written):,}",
    }


def _json(portfolio: Portfolio, folder: Path, written: Sequence[Written]) -> dict[str, object]:
    return {
        "folder": str(folder),
        "edition": portfolio.edition,
        "seed": portfolio.seed,
        "assumptions": portfolio.assumptions,
        "partitions": len(written),
        "new": sum(each.is_new for each in written),
        "policies": sum(each.policies for each in written),
        "occurrences": sum(each.occurrences for each in written),
        "receipts": sum(each.receipts for each in written),
    }
