"""How far cover can go on by itself when somebody arrives late, and when that can be recorded.

In:  what a certificate says.
Out: moments, in Japan's time.
Never: whether cover goes on: that is decided with a claim.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .japan import end_of_day
from .models import CertificateVersion, VersionKind

AT_MOST = timedelta(hours=72)
"""003 l.844."""
RECORDED_BEFORE = timedelta(hours=72)
"""A cause that strikes earlier leaves the time for an extension, which is what covers for sure."""
RECORDED_AFTER = timedelta(days=30)
"""As long as an accident may take to be reported: whoever lay in hospital has time to do it."""


@dataclass(frozen=True, slots=True)
class AutomaticReach:
    """``ends_at``: the end of cover; ``could_reach``: the latest moment to which it can go on.

    A cause can be recorded from ``opens_at`` until ``closes_at``.
    """

    ends_at: datetime
    could_reach: datetime
    opens_at: datetime
    closes_at: datetime

    def takes(self, now: datetime) -> bool:
        """Whether a cause can be recorded at ``now``."""
        return self.opens_at <= now < self.closes_at


def reach_of(version: CertificateVersion) -> AutomaticReach | None:
    """How far the cover of ``version`` can reach; None if it was cancelled."""
    if version.cancelled or version.kind == VersionKind.CANCELLATION:
        return None
    ends_at = end_of_day(version.expiry)
    return AutomaticReach(
        ends_at, ends_at + AT_MOST, ends_at - RECORDED_BEFORE, ends_at + RECORDED_AFTER
    )
