"""A run on Spark: only descriptors of partitions travel; workers read and write Parquet themselves.

`dosojin batch --spark local[2] …` starts one here; on a cluster `spark-submit` starts this module
(see docs/spark.md). The files are the same, byte for byte, as those of a run on one machine.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from dosojin.batch.runs.decide_partition import Options
from dosojin.batch.runs.manifest import Done, Places, read_done
from dosojin.batch.runs.partitions import InputFile, Partition
from dosojin.batch.runs.progress import Silence, Stopwatch
from dosojin.batch.runs.run_batch import Runner, Task, plan_run, run_batch
from dosojin.batch.runs.runners import attempt
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

_NAME = "dosojin batch"
_ANSWER = "struct<number: long, done: string, problem: string>"
_LOCAL = "local"
_FOREIGN = ("pyspark", "py4j")
_ERRORS = 2
"""The descriptor of the stream of errors, which Java inherits."""
_LOOK_EVERY_SECONDS = 1


def spark_runner(master: str | None) -> Runner:
    """Does tasks on Spark; `master` None: as spark-submit said. Problem if Spark is missing."""
    require_spark()
    return partial(_on_spark, master=master)


def require_spark() -> None:
    """Problem if pyspark or Java is not there."""
    if find_spec("pyspark") is None:
        raise Problem(
            "spark.missing",
            "--spark",
            Text("pyspark が入っていません。", "pyspark is not installed."),
            Text(
                'pip install "dosojin[spark]" で入れてください。',
                'Install it: pip install "dosojin[spark]"',
            ),
        )
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and Path(home, "bin", "java").is_file()):
        raise Problem(
            "spark.no_java",
            "--spark",
            Text("Java がありません。", "Java is not installed."),
            Text(
                "Debian では apt-get install openjdk-17-jre-headless で入ります。",
                "On Debian: apt-get install openjdk-17-jre-headless",
            ),
        )


def _on_spark(tasks: Sequence[Task], *, master: str | None) -> Iterator[tuple[int, Done]]:
    if not tasks:
        return
    try:
        with spark_session(master) as session:
            yield from decide_on(session, tasks)
    except Exception as fault:
        if type(fault).__module__.partition(".")[0] not in _FOREIGN:
            raise
        raise _spark_failed(master or "spark-submit", fault) from fault


def _spark_failed(master: str, fault: Exception) -> Problem:
    reason = next((line.strip() for line in str(fault).splitlines() if line.strip()), "?")
    return Problem(
        "spark.failed",
        f"--spark {master}",
        Text(f"Spark が止まりました（{reason}）。", f"Spark stopped: {reason}"),
        Text(
            "直してから同じコマンドをもう一度実行してください。続きから始まります。",
            "Mend it and run the same command again: it goes on where it stopped.",
        ),
    )


@contextmanager
def spark_session(master: str | None) -> Iterator[Any]:
    """A session that keeps quiet, ended at the end; one that runs already is used and left."""
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    builder = SparkSession.builder.appName(_NAME)
    if master is not None:
        builder = builder.master(master)
    for name, value in _settings(master).items():
        builder = builder.config(name, value)
    with _quiet(is_local(master)):
        session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def is_local(master: str | None) -> bool:
    return master is not None and master.startswith(_LOCAL)


@contextmanager
def _quiet(is_wanted: bool) -> Iterator[None]:
    """Whatever Java writes about itself from here on goes nowhere, unless it does not start."""
    if not is_wanted:
        yield
        return
    with TemporaryFile() as told:
        kept = os.dup(_ERRORS)
        try:
            os.dup2(told.fileno(), _ERRORS)
            yield
        except Exception:
            told.seek(0)
            os.write(kept, told.read())
            raise
        finally:
            os.dup2(kept, _ERRORS)
            os.close(kept)


def _settings(master: str | None) -> dict[str, str]:
    """Quiet logs; on one machine no page, no address outside it, and this very Python."""
    found = {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
    if is_local(master):
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        found |= {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
        }
    return found


def decide_on(session: Any, tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
    """Does tasks in a session, each a Spark task of its own, and gives what they left.

    What a worker has marked as done is given at once; the answers come when all are.
    """
    from pyspark.sql import functions

    # The numbers are spread one by one; the descriptors are sent to where they are.
    rows = [(place, _described(task.partition)) for place, task in enumerate(tasks)]
    described = session.createDataFrame(rows, "id long, partition string")
    numbers = session.range(0, len(tasks), 1, len(tasks))
    spread = numbers.join(functions.broadcast(described), "id")
    # a worker stands in another folder than the driver
    places = Places(tasks[0].places.out.absolute())
    work = _work(replace(tasks[0], partition=_NOWHERE, places=places))
    decided = spread.select(work("id", "partition").alias("answer"))
    given: set[int] = set()
    with ThreadPoolExecutor(1, "spark") as pool:
        answers = pool.submit(decided.collect)
        try:
            while not answers.done():
                yield from _marked(tasks, given)
                wait([answers], timeout=_LOOK_EVERY_SECONDS)
        except BaseException:
            session.sparkContext.cancelAllJobs()
            raise
    for row in answers.result():
        answer = row["answer"]
        if answer["problem"] is not None:
            raise _problem(json.loads(answer["problem"]))
        number = tasks[answer["number"]].partition.number
        if number not in given:
            yield number, Done.from_json(json.loads(answer["done"]))


def _marked(tasks: Sequence[Task], given: set[int]) -> Iterator[tuple[int, Done]]:
    for task in tasks:
        number = task.partition.number
        if number in given or not task.places.mark(number).exists():
            continue
        done = read_done(task.places, task.run, number)
        if done is not None:
            given.add(number)
            yield number, done


def _work(common: Task) -> Any:
    """The function that workers run over batches of descriptors."""
    import pyarrow as pa
    from pyspark.sql.functions import arrow_udf

    def decide(batches: Iterator[tuple[pa.Array, pa.Array]]) -> Iterator[pa.Array]:
        for places, descriptors in batches:
            answers = [_answer(common, text) for text in descriptors.to_pylist()]
            done, problems = zip(*answers, strict=True)
            yield pa.StructArray.from_arrays(
                [places, pa.array(done, pa.string()), pa.array(problems, pa.string())],
                names=["number", "done", "problem"],
            )

    decide.__annotations__ = {
        "batches": Iterator[tuple[pa.Array, pa.Array]],
        "return": Iterator[pa.Array],
    }
    return arrow_udf(decide, _ANSWER)


def _answer(common: Task, text: str) -> tuple[str | None, str | None]:
    """What a worker sends back: what the partition left, or why it could not be decided."""
    task = replace(common, partition=_partition(json.loads(text)))
    found = attempt(task)
    if isinstance(found, Done):
        return json.dumps(found.to_json(task.run)), None
    code, place, message, remedy = found
    return None, json.dumps([code, place, asdict(message), asdict(remedy)])


def _problem(told: list[Any]) -> Problem:
    code, place, message, remedy = told
    return Problem(code, place, Text(**message), Text(**remedy))


_NOWHERE = Partition(-1, "", Path(), (), 0)


def _described(partition: Partition) -> str:
    return json.dumps({**asdict(partition), "path": str(partition.path.absolute())})


def _partition(told: dict[str, Any]) -> Partition:
    files = tuple(InputFile(**file) for file in told["files"])
    rows = None if told["rows"] is None else tuple(told["rows"])
    texts = tuple(told["texts"])
    return Partition(
        **{**told, "path": Path(told["path"]), "files": files, "rows": rows, "texts": texts}
    )


# the entry for spark-submit -------------------------------------------------------------------

_VALUES = ("-o", "--edition", "--where", "--lang")
_FLAGS = ("--tight", "--numpy", "--anew")
_USAGE = Text(
    "IN -o OUT --edition EDITION [--where COND] [--tight] [--numpy] [--anew] [--lang ja|en] "
    "のように書いてください。",
    "Write IN -o OUT --edition EDITION [--where COND] [--tight] [--numpy] [--anew] [--lang ja|en].",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Decides on the cluster that spark-submit chose; 0, or 2 for input that cannot be taken."""
    from dosojin.batch.runs.tell_run import tell_run

    words: dict[str, list[str]] = {}
    try:
        words = _words(sys.argv[1:] if argv is None else argv)
        options = Options(
            words["--edition"][0], tuple(words.get("--where", ())), "--tight" in words,
            "numpy" if "--numpy" in words else "auto",
        )  # fmt: skip
        job = plan_run(Path(words["IN"][0]), Path(words["-o"][0]), options)
        watch = Stopwatch()
        finished = run_batch(job, spark_runner(None), Silence(), anew="--anew" in words)
        watch.receipts = finished.receipts_now
        print(tell_run(job, finished, watch.rate(), None, _language(words)))
    except Problem as problem:
        print(problem.in_(_language(words)), file=sys.stderr)
        return 2
    return 0


def _language(words: Mapping[str, Sequence[str]]) -> Language:
    return "ja" if words.get("--lang", ("en",))[0] == "ja" else "en"


def _words(argv: Sequence[str]) -> dict[str, list[str]]:
    """The arguments by name; Problem if one is not known or missing."""
    found: dict[str, list[str]] = {}
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        name = word if word.startswith("-") else "IN"
        known = name in (*_VALUES, *_FLAGS) or name == "IN"
        if not known or (name in _VALUES and not rest) or (name == "IN" and "IN" in found):
            raise _wrong_arguments(word)
        found.setdefault(name, []).append(rest.pop(0) if name in _VALUES else word)
    for name in ("IN", "-o", "--edition"):
        if name not in found:
            raise _wrong_arguments(name)
    return found


def _wrong_arguments(word: str) -> Problem:
    return Problem(
        "cli.arguments",
        word,
        Text("引数が正しくありません。", "This argument is missing, or has no place here."),
        _USAGE,
    )


if __name__ == "__main__":
    # workers import what they run from the package, not from this script
    from dosojin.batch.spark import main as packaged_main

    sys.exit(packaged_main())
