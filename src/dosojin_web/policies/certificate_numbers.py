"""Numbers of certificates: master policy, running number, check digit.

The check digit (Luhn) catches one wrong digit and most neighbours exchanged, as they happen when a
number is read out over the telephone.
"""

from django.db import connection

from .models import MasterPolicy

DIGITS = 6
# Counted and read at once: locked, read and saved by Django would be three times the time during
# which nobody else can take a number.
COUNT_ON = """
    UPDATE policies_masterpolicy SET counter = counter + 1 WHERE id = %s RETURNING counter
"""


def check_digit(digits: str) -> int:
    """The Luhn digit that makes ``digits`` valid; other characters are passed over."""
    total = 0
    for place, digit in enumerate(reversed([int(c) for c in digits if c.isdigit()])):
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


def is_valid_number(number: str) -> bool:
    """Whether the last digit of ``number`` is its check digit."""
    digits = [c for c in number if c.isdigit()]
    return len(digits) > 1 and check_digit("".join(digits[:-1])) == int(digits[-1])


def take_number(master: MasterPolicy) -> str:
    """The next number of ``master``, whose row the caller's transaction holds from here on."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ON, [master.pk])
        (count,) = cursor.fetchone()
    stem = f"{master.number}-{count:0{DIGITS}d}"
    return f"{stem}-{check_digit(stem)}"
