"""What the worker does for this slice."""

from datetime import datetime

from dosojin_web.deadlines.rounds import every

from .operations.send_queued import send_queued


@every(seconds=2)
def send_letters(now: datetime) -> int:
    """Send some of the letters that wait; how many."""
    return send_queued(now)
