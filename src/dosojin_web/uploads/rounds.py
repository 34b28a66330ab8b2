"""What the worker does for this slice."""

from datetime import datetime

from dosojin_web.deadlines.rounds import every

from .operations.sweep_orphans import sweep_orphans


@every(seconds=6 * 60 * 60)
def take_orphans_away(now: datetime) -> int:
    """Files that no upload names. 0: one look takes them all."""
    sweep_orphans(now)
    return 0
