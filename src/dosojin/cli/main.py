"""The entry `dosojin`: finds the command, imports it and nothing else, and words every refusal."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from dosojin.cli.language import language_of, language_of_environment
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

EXIT_BAD_INPUT = 2
EXIT_OWN_FAULT = 70
EXIT_INTERRUPTED = 130
EXIT_READER_GONE = 141
_HELP = "--help"
_TRACEBACK = "DOSOJIN_TRACEBACK"


def main(argv: list[str] | None = None) -> int:
    """Run one command line and give its exit code: 0, or 2 for input that cannot be taken."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _let_any_text_through()
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()  # here, where a reader that has gone is no fault, not at exit
        return code
    except SystemExit as leaving:
        return _exit_code(leaving)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _stop_writing()
    except Exception as fault:
        if _is_problem(fault):
            return _refuse(fault, arguments)
        if os.environ.get(_TRACEBACK):
            raise
        return _own_up(fault, arguments)


def _dispatch(argv: Sequence[str]) -> int:
    name, rest = _split_command(argv)
    if name in (_HELP, "-h", "help"):
        from dosojin.cli.overview import overview

        print(overview(language_of(argv)))
        return 0
    if name == "--version":
        return _show_version()
    module = _command_module(name)
    if module is None:
        raise _unknown_command(name)
    code: int = import_module(module).run(rest)
    return code


def _split_command(argv: Sequence[str]) -> tuple[str, list[str]]:
    """The command's name and its arguments; `--lang` may stand before the name."""
    index = 0
    while index < len(argv) and argv[index].partition("=")[0] == "--lang":
        index += 1 if "=" in argv[index] else 2
    if index >= len(argv):
        return _HELP, list(argv)
    return argv[index], [*argv[:index], *argv[index + 1 :]]


def _command_module(name: str) -> str | None:
    """The module that runs the command of that name, without importing it; None if none does."""
    stem = name.replace("-", "_")
    if not (stem.isascii() and stem.isidentifier()):
        return None
    here = os.path.dirname(__file__)
    for path in (f"{stem}.py", os.path.join(stem, "__init__.py")):
        try:
            with open(os.path.join(here, path), encoding="utf-8") as source:
                if "\nSUMMARY" in source.read():
                    return f"dosojin.cli.{stem}"
        except OSError:
            continue
    return None


def _show_version() -> int:
    from importlib.metadata import version

    print(f"dosojin {version('dosojin')}")
    return 0


def _unknown_command(name: str) -> Problem:
    from difflib import get_close_matches

    from dosojin.cli.overview import summaries

    names = [known for known, _ in summaries()]
    near = get_close_matches(name, names, n=1)
    return Problem(
        "cli.unknown_command",
        name,
        Text("そのようなコマンドはありません。", "There is no such command."),
        Text(f"もしかすると {near[0]} ですか。", f"Did you mean {near[0]}?")
        if near
        else Text(
            "コマンドの一覧は dosojin --help にあります。", "dosojin --help lists the commands."
        ),
    )


def _is_problem(fault: Exception) -> bool:
    return all(hasattr(fault, name) for name in ("code", "place", "message", "remedy"))


def _refuse(fault: object, argv: Sequence[str]) -> int:
    """Say one problem, on the error stream: a sentence, or one JSON object with --json."""
    language = _language_or_default(argv)
    place = str(getattr(fault, "place", ""))
    message = _in_language(getattr(fault, "message", ""), language)
    remedy = _in_language(getattr(fault, "remedy", ""), language)
    if "--json" in argv:
        import json

        code = str(getattr(fault, "code", ""))
        problem = {"code": code, "place": place, "message": message, "remedy": remedy}
        print(json.dumps({"problem": problem}, ensure_ascii=False), file=sys.stderr)
    else:
        between = "" if language == "ja" else " "
        print(f"dosojin: {place}: {message}{between}{remedy}", file=sys.stderr)
    return EXIT_BAD_INPUT


def _in_language(text: object, language: Language) -> str:
    return text.in_(language) if isinstance(text, Text) else str(text)


def _own_up(fault: Exception, argv: Sequence[str]) -> int:
    kind = f"{type(fault).__name__}: {fault}"
    text = Text(
        f"dosojin: プログラムの誤りで止まりました（{kind}）。"
        f"{_TRACEBACK}=1 を付けて実行すると詳細が出ますので、開発者にお知らせください。",
        f"dosojin: stopped by a fault of its own ({kind}). "
        f"Run it with {_TRACEBACK}=1 for details and report them, please.",
    )
    print(text.in_(_language_or_default(argv)), file=sys.stderr)
    return EXIT_OWN_FAULT


def _language_or_default(argv: Sequence[str]) -> Language:
    try:
        return language_of(argv)
    except Problem:
        return language_of_environment()


def _exit_code(leaving: SystemExit) -> int:
    if leaving.code is None:
        return 0
    if isinstance(leaving.code, int):
        return leaving.code
    print(leaving.code, file=sys.stderr)
    return 1


def _stop_writing() -> int:
    """The reader has gone (`| head`): leave without the interpreter's own complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_READER_GONE


def _let_any_text_through() -> None:
    """Arguments may hold bytes that the terminal's encoding lacks; show them escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
