"""What a student has agreed to, purpose by purpose, with the words that were shown.

In:  the reader's seat, the moment.
Out: purposes of the wordings that the student is insured under, each as it stands.
Never: a purpose of an edition that is not the student's, unless something was said about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from dosojin_web.accounts.seats import Seat
from dosojin_web.consents.models import ConsentEntry, ConsentKind
from dosojin_web.consents.purposes import Purpose, Words, all_purposes
from dosojin_web.people.models import Person
from dosojin_web.policies.models import Member

MARKS = {
    ConsentKind.GIVEN: "confirmed",
    ConsentKind.REFUSED: "cancelled",
    ConsentKind.REVOKED: "cancelled",
}
"""For each thing that can be said, the state of the design system that draws it."""


@dataclass(frozen=True, slots=True)
class PrivacyChoice:
    """A purpose, its words of today, and what was said last; ``shown`` is the words' digest.

    ``agreed_words`` are those of then where they differ from today's.
    """

    purpose: Purpose
    words: Words
    shown: str
    entry: ConsentEntry | None
    mark: str
    agreed_words: str

    @property
    def seen(self) -> int:
        """By which a form says what stood when it was opened: the id of the entry, 0 for none."""
        return self.entry.pk if self.entry is not None else 0

    @property
    def agrees(self) -> bool:
        """Whether the student agrees now."""
        return self.entry is not None and self.entry.kind == ConsentKind.GIVEN


def find_person(seat: Seat) -> tuple[Person | None, frozenset[str]]:
    """Who the reader is, as the newest roster says, and the editions of all of their trips."""
    members = Member.objects.filter(user=seat.user).select_related("person", "programme__master")
    found = list(members.order_by("-pk"))
    editions = frozenset(member.programme.master.product for member in found)
    return (found[0].person if found else None), editions


def list_choices(person: Person, editions: frozenset[str], now: datetime) -> list[PrivacyChoice]:
    """Every purpose that concerns the person, those that can be refused first."""
    said = ConsentEntry.objects.filter(person=person, scope="", at__lte=now)
    last = {entry.purpose: entry for entry in said.select_related("text").order_by("at", "pk")}
    asked = [
        purpose
        for purpose in all_purposes().values()
        if purpose.id in last or any(purpose.is_asked_under(edition) for edition in editions)
    ]
    choices = [_choice(purpose, last.get(purpose.id)) for purpose in asked]
    return sorted(choices, key=lambda choice: not choice.purpose.refusable)


def find_choice(choices: Sequence[PrivacyChoice], id: str) -> PrivacyChoice | None:
    """The one of a purpose that can be refused; None if there is none of that name."""
    return next((one for one in choices if one.purpose.id == id and one.purpose.refusable), None)


def _choice(purpose: Purpose, entry: ConsentEntry | None) -> PrivacyChoice:
    language = "ja" if get_language() == "ja" else "en"
    words = next(shown for key, shown in purpose.words.items() if key == language)
    then = entry.text if entry is not None else None
    is_older = then is not None and then.digest != purpose.digest(then.language)
    return PrivacyChoice(
        purpose=purpose,
        words=words,
        shown=purpose.digest(language),
        entry=entry,
        mark=MARKS[ConsentKind(entry.kind)] if entry else "todo",
        agreed_words=then.text if then is not None and is_older else "",
    )
