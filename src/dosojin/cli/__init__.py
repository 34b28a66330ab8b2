"""The command line: one module for each command, found by name.

In: arguments, files, standard input.
Out: prose in Japanese or English, or JSON (`--json`); exit code 0, or 2 for input that cannot be
taken, with one message that says where, what is wrong and what to do.
Never: decides anything itself, shows a traceback, or imports a command that was not asked for,
because a quote has to answer at once.

A command is a module here with `SUMMARY` (one line, a string or {"ja": …, "en": …}) and
`run(argv) -> int`; it needs no entry anywhere else.
"""
