"""`dosojin batch`: a decision on every claim of a portfolio, in Parquet."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dosojin.cli.arguments import HELP, Arguments, Command, Option, read_arguments
from dosojin.cli.named_editions import PRODUCT_HELP, named_edition, print_json
from dosojin.values.text import Language, Text

if TYPE_CHECKING:
    from dosojin.batch.runs.run_batch import Finished, Job, Runner
    from dosojin.batch.runs.sample_check import Checked

SUMMARY = Text("事案の表をまとめて判断します", "decide a whole portfolio of claims")

JOBS_MOST = 256
SAMPLE_MOST = 10_000
SEED_MOST = 2**63 - 1
EXIT_DIFFERS = 1
COMMAND = Command(
    "batch",
    "IN",
    Text(
        "事案の表。区画のフォルダー、表のフォルダー（Parquet, CSV, Arrow）、入れ子の Parquet",
        "tables of claims: a folder of partitions, of tables (Parquet, CSV, Arrow), or one "
        "nested Parquet file",
    ),
    (
        Option(
            "-o",
            "OUT",
            Text(
                "保存先のフォルダー。FILE.parquet なら一枚にまとめます",
                "the folder to write; FILE.parquet for one single file",
            ),
            is_required=True,
        ),
        Option("--edition", "EDITION", PRODUCT_HELP, is_required=True),
        Option(
            "--where",
            "COND",
            Text("条件に合う判断だけを書きます（下に説明）", "write only what meets it, see below"),
            may_repeat=True,
        ),
        Option(
            "--tight",
            "",
            Text(
                "幅の残る判断を、一件ずつの判断と同じ細かさでやり直します",
                "decide what is still open again, with the bounds of a single decision",
            ),
        ),
        Option(
            "--explain-sample",
            "K",
            Text(
                "無作為のK件を一件ずつ判断して説明し、違いがあれば終了コード1で止まります",
                "explain K at random, decided one by one; exit code 1 if one differs",
            ),
        ),
        Option("--seed", "S", Text("無作為の種（省くと 0）", "the seed of the sample (0)")),
        Option(
            "--jobs",
            "N",
            Text(
                "同時に判断する区画の数（省くとコアの数）", "partitions at a time (number of cores)"
            ),
        ),
        Option(
            "--numpy",
            "",
            Text("コンパイルせず NumPy で計算します", "compute with NumPy, compile nothing"),
        ),
        Option(
            "--spark",
            "MASTER",
            Text("Spark で実行します（local[2] など）", "run on Spark, such as local[2]"),
        ),
        Option(
            "--anew",
            "",
            Text("保存先にある別の実行の結果を捨てます", "throw away what another run left in OUT"),
        ),
    ),
)
WHERE = Text(
    """--where の条件は 列名 = != < <= > >= 値 です。何度でも書け、すべてに合うものが対象です。
  列は契約と事故の列（dosojin schema --columns）と benefit です。例:
    --where plan=D --where 'inception>=2026-04-01' --where benefit=medical_rescue
  日付は 2026-04-01、時間は 6:30、真偽は yes と no と書きます。書かれていない値、幅のある値は
  どの条件にも合いません。同じ契約の事故は限度額を分け合うので、いつも一緒に判断し、書くときに
  選びます。金額は --where で変わりません。""",
    """--where takes NAME = != < <= > >= VALUE; repeated, all of them must hold. NAME is a column of
policies or occurrences (dosojin schema --columns), or benefit. For example:
    --where plan=D --where 'inception>=2026-04-01' --where benefit=medical_rescue
  Write a day as 2026-04-01, a duration as 6:30, a flag as yes or no. What is not stated, or
  not exactly, meets no condition. Claims on one certificate share limits, so they are always
  decided together and chosen afterwards: an amount never depends on --where.""",
)
MORE = Text(
    """止められた実行は、同じコマンドで続きから始まります。判断できない行は理由と共に
REJECTS.parquet に入ります（なければ作りません）。""",
    """A run that was stopped goes on where it was, by the same command. Rows that cannot be
decided go to REJECTS.parquet with the reason; without such rows there is no such file.""",
)
_FASTER = Text(
    'numba がないので NumPy で計算します。pip install "dosojin[batch]" で速くなります。',
    'Without numba this computes with NumPy. pip install "dosojin[batch]" makes it faster.',
)


def run(argv: list[str]) -> int:
    """Decide, write, and print what was counted; 1 if the sample differs; Problem for bad input."""
    arguments = read_arguments(COMMAND, argv)
    if arguments.has(HELP.name):
        print(help_page(arguments.language))
        return 0
    return decide_portfolio(arguments)


def help_page(language: Language) -> str:
    """How to call it, and the grammar of --where."""
    return "\n\n".join([COMMAND.help_text(language), WHERE.in_(language), MORE.in_(language)])


def decide_portfolio(arguments: Arguments, runner: Runner | None = None) -> int:
    """The command, with another runner than the arguments name (a cluster's)."""
    from dosojin.batch.kernels.kernel_set import has_numba
    from dosojin.batch.runs.decide_partition import Options
    from dosojin.batch.runs.progress import Stopwatch, shown_progress
    from dosojin.batch.runs.run_batch import plan_run, run_batch

    edition = named_edition(arguments, "--edition")
    assert edition is not None, "the option is required"
    options = Options(
        edition,
        tuple(arguments.all("--where")),
        arguments.has("--tight"),
        "numpy" if arguments.has("--numpy") else "auto",
    )
    jobs = arguments.whole("--jobs", 1, JOBS_MOST, os.cpu_count() or 1)
    sample = arguments.whole("--explain-sample", 1, SAMPLE_MOST, 0)
    seed = arguments.whole("--seed", 0, SEED_MOST, 0)
    chosen = runner or _runner(arguments, jobs)
    job = plan_run(Path(arguments.text("IN")), Path(arguments.text("-o")), options)
    if options.back_end == "auto" and not has_numba():
        print(_FASTER.in_(arguments.language), file=sys.stderr)
    weight = sum(partition.weight for partition in job.partitions)
    watch = Stopwatch()
    with shown_progress(len(job.partitions), weight, arguments.language) as progress:
        finished = run_batch(job, chosen, progress, anew=arguments.has("--anew"))
    watch.receipts = finished.receipts_now
    for notice in finished.notices:
        print(notice.in_(arguments.language), file=sys.stderr)
    checked = _checked(job, finished, sample, seed, arguments.language)
    _tell(job, finished, watch.rate(), checked, arguments)
    return EXIT_DIFFERS if checked is not None and checked.differences else 0


def _runner(arguments: Arguments, jobs: int) -> Runner:
    if arguments.has("--spark"):
        from dosojin.batch.spark import spark_runner

        return spark_runner(arguments.text("--spark"))
    from dosojin.batch.runs.runners import runner_for

    return runner_for(jobs)


def _checked(
    job: Job, finished: Finished, count: int, seed: int, language: Language
) -> Checked | None:
    if not count:
        return None
    from dosojin.batch.runs.sample_check import check_sample

    return check_sample(job, finished.summary["rows"], count, seed, language)


def _tell(
    job: Job, finished: Finished, rate: int, checked: Checked | None, arguments: Arguments
) -> None:
    if arguments.has("--json"):
        print_json(_json(job, finished, rate, checked))
        return
    from dosojin.batch.runs.tell_run import tell_run

    print(tell_run(job, finished, rate, checked, arguments.language))


def _json(job: Job, finished: Finished, rate: int, checked: Checked | None) -> dict[str, Any]:
    found: dict[str, Any] = {"output": str(job.places.out), **finished.summary}
    found["was_done"] = finished.was_done
    if not finished.was_done:
        found["receipts_per_second"] = rate
    if checked is not None:
        found["sample"] = {
            "explained": checked.explained,
            "differences": list(checked.differences),
        }
    return found
