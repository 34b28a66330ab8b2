"""What each deadline of this slice does, in words for those who look after it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

DEADLINES: dict[str, str | Promise] = {
    "certificate.send": gettext_lazy("Making the certificate and sending it"),
    "change.lapse": gettext_lazy("Closing an extension that was not complete in time"),
    "refund.send": gettext_lazy("Sending return premium to the card"),
    "surplus.send": gettext_lazy("Giving back money that nobody owed"),
    "roster.read": gettext_lazy("Reading a roster file"),
    "members.invite": gettext_lazy("Inviting the students on a roster"),
}


def word_deadline(kind: str) -> str:
    """What a deadline does; a kind that is not listed, as it stands."""
    return str(DEADLINES.get(kind, kind))
