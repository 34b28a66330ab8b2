"""How long to wait after a failure, and when to give up."""

from datetime import timedelta

FIRST = timedelta(seconds=10)
LONGEST = timedelta(hours=6)
ATTEMPTS_MAX = 12
ERROR_LENGTH_MAX = 2000


def wait_after(attempts: int, first: timedelta = FIRST, longest: timedelta = LONGEST) -> timedelta:
    """The pause after failure number ``attempts``, which counts from 1: doubled, up to a cap.

    Twelve attempts with these figures span a little less than 6 hours.
    """
    # The exponent is bounded: a large count makes no number beyond what a timedelta holds.
    doublings = min(attempts - 1, 30)
    return min(first * (1 << doublings), longest)


def describe_error(error: BaseException) -> str:
    """Kind, words and place of an error: what the person needs who looks at it later."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        code = trace.tb_frame.f_code
        module = trace.tb_frame.f_globals.get("__name__", "?")
        place = f" (in {module}.{code.co_name}, line {trace.tb_lineno})"
    return f"{type(error).__name__}: {error}"[: ERROR_LENGTH_MAX - len(place)] + place
