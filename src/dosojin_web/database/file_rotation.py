"""Encrypting sealed files anew, under the newest key: what `field_rotation` does for rows."""

import logging
from collections.abc import Callable

from .sealed_files import FileDamaged, SealedFiles

log = logging.getLogger(__name__)


def count_files(files: SealedFiles) -> int:
    """How many files a rotation looks at."""
    return sum(1 for _ in files.all_names())


def rotate_files(
    files: SealedFiles, report: Callable[[int], None] = lambda files: None
) -> tuple[int, int]:
    """How many files were encrypted anew, and how many could not be read.

    ``report`` hears of each that was looked at. One that cannot be read is named in the log and
    left as it is. May be stopped and started again, beside running servers.
    """
    renewed = damaged = 0
    for name in files.all_names():
        try:
            renewed += files.renew(name)
        except FileDamaged as problem:
            log.error("%s", problem)
            damaged += 1
        report(1)
    return renewed, damaged
