"""What was said counts from its moment until something else is said; nothing is a guess."""

import io
from datetime import datetime, timedelta

import hypothesis
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from dosojin_web.audit.models import Event
from dosojin_web.consents.models import ConsentEntry, ConsentText
from dosojin_web.consents.operations.give_consent import (
    MYSELF,
    ConsentRefused,
    Signer,
    TextChanged,
    give,
    refuse,
    revoke,
)
from dosojin_web.consents.purposes import SignerKind, all_purposes, find_purpose
from dosojin_web.consents.rights import lacking_for_enrolment, may
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.models import Person
from dosojin_web.people.operations.create_person import create_person
from dosojin_web.uploads.operations.accept_upload import accept

from .conftest import NOW, STUDENT

DAY = timedelta(days=1)
MEDICAL, UNIVERSITY = "medical-disclosure", "claim-to-university"
GUARDIAN = Signer(SignerKind.GUARDIAN, "山田 花子")


def test_nothing_said_is_not_allowed(person: Person) -> None:
    assert not any(may(person, purpose, NOW) for purpose in all_purposes())
    with pytest.raises(KeyError):
        may(person, "marketing", NOW)


def test_a_consent_counts_from_its_moment_on(person: Person) -> None:
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW)
    assert not may(person, MEDICAL, NOW - DAY)
    assert may(person, MEDICAL, NOW) and may(person, MEDICAL, NOW + 999 * DAY)
    assert not may(person, UNIVERSITY, NOW)


def test_each_purpose_is_refused_by_itself(person: Person) -> None:
    give(person, UNIVERSITY, "ja", MYSELF, STUDENT, NOW)
    refuse(person, "claim-to-policyholder", "ja", MYSELF, STUDENT, NOW)
    assert may(person, UNIVERSITY, NOW) and not may(person, "claim-to-policyholder", NOW)


def test_another_person_has_said_nothing(person: Person) -> None:
    other = create_person(PersonDetails("鈴木"), STUDENT, NOW)
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW)
    assert not may(other, MEDICAL, NOW)


def test_taken_back_counts_from_then_on(person: Person) -> None:
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW)
    revoke(person, MEDICAL, "ja", MYSELF, STUDENT, NOW + DAY)
    assert may(person, MEDICAL, NOW) and not may(person, MEDICAL, NOW + DAY)
    again = revoke(person, MEDICAL, "ja", MYSELF, STUDENT, NOW + 2 * DAY)
    assert again.at == NOW + DAY
    give(person, MEDICAL, "en", MYSELF, STUDENT, NOW + 3 * DAY)
    assert may(person, MEDICAL, NOW + 3 * DAY)


def test_only_what_was_given_is_taken_back(person: Person) -> None:
    with pytest.raises(ConsentRefused):
        revoke(person, MEDICAL, "ja", MYSELF, STUDENT, NOW)
    refuse(person, MEDICAL, "ja", MYSELF, STUDENT, NOW)
    with pytest.raises(ConsentRefused):
        revoke(person, MEDICAL, "ja", MYSELF, STUDENT, NOW)


def test_a_consent_expires(person: Person) -> None:
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW, expires_at=NOW + DAY)
    assert may(person, MEDICAL, NOW + DAY - timedelta(seconds=1))
    assert not may(person, MEDICAL, NOW + DAY)
    with pytest.raises(ConsentRefused):
        give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW, expires_at=NOW)


def test_a_scope_is_for_that_alone(person: Person) -> None:
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW, scope="case:12")
    assert may(person, MEDICAL, NOW, "case:12")
    assert not may(person, MEDICAL, NOW) and not may(person, MEDICAL, NOW, "case:13")
    refuse(person, MEDICAL, "ja", MYSELF, STUDENT, NOW + DAY)
    assert not may(person, MEDICAL, NOW + DAY, "case:12")
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW + 2 * DAY)
    assert may(person, MEDICAL, NOW + 2 * DAY, "case:12")


def test_what_is_said_of_everything_goes_over_each_scope(person: Person) -> None:
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW)
    revoke(person, MEDICAL, "ja", MYSELF, STUDENT, NOW + DAY, scope="case:12")
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW + 2 * DAY)
    assert may(person, MEDICAL, NOW + 2 * DAY, "case:12")


def test_everything_is_taken_back_at_once(person: Person) -> None:
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW, scope="case:12")
    refuse(person, MEDICAL, "ja", MYSELF, STUDENT, NOW, scope="case:13")
    revoke(person, MEDICAL, "ja", MYSELF, STUDENT, NOW + DAY)
    assert not may(person, MEDICAL, NOW + DAY, "case:12")


def test_the_same_said_twice_is_one_entry(person: Person) -> None:
    first = give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW)
    assert give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW + DAY) == first
    assert give(person, MEDICAL, "ja", GUARDIAN, STUDENT, NOW + DAY) != first
    assert Event.objects.filter(act="consent.given").count() == 2


def test_the_words_that_were_shown_are_kept(person: Person) -> None:
    purpose = find_purpose(MEDICAL)
    entry = give(person, MEDICAL, "en", MYSELF, STUDENT, NOW, shown=purpose.digest("en"))
    assert entry.text.digest == purpose.digest("en")
    assert entry.text.text.startswith("So that a claim can be made")
    assert ConsentText.objects.count() == 1
    with pytest.raises(TextChanged):
        refuse(person, MEDICAL, "ja", MYSELF, STUDENT, NOW, shown=purpose.digest("en"))


def test_who_signs_for_another_is_named_and_allowed(person: Person) -> None:
    entry = give(person, MEDICAL, "ja", GUARDIAN, STUDENT, NOW)
    assert ConsentEntry.objects.get().signer_name == "山田 花子" and entry.signer == "guardian"
    with connection.cursor() as cursor:
        cursor.execute("SELECT signer_name FROM consents_consententry")
        assert "山田".encode() not in bytes(cursor.fetchone()[0])
    with override("en"), pytest.raises(ConsentRefused, match="Enter the name"):
        give(person, MEDICAL, "ja", Signer(SignerKind.GUARDIAN, " "), STUDENT, NOW)
    doctor = Signer(SignerKind.EMERGENCY, "Dr. Lee")
    assert give(person, MEDICAL, "en", doctor, STUDENT, NOW)
    with override("en"), pytest.raises(ConsentRefused, match="signed by the person"):
        give(person, UNIVERSITY, "en", doctor, STUDENT, NOW)


def test_evidence_is_kept_with_the_entry(person: Person, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path
    paper = accept(io.BytesIO(b"signed,yes"), "roster", STUDENT, NOW)
    assert give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW, evidence=paper).evidence == paper


def test_enrolment_needs_what_cannot_be_refused(person: Person) -> None:
    def lacking(edition: str = "gakkensai-2025") -> list[str]:
        return [purpose.id for purpose in lacking_for_enrolment(person, NOW, edition)]

    assert lacking() == ["double-cover-check", "injury-list"]
    assert lacking("gakkensai-2026") == ["double-cover-check"]
    give(person, "double-cover-check", "ja", MYSELF, STUDENT, NOW)
    refuse(person, "injury-list", "ja", MYSELF, STUDENT, NOW)
    assert lacking() == ["injury-list"]


@pytest.mark.parametrize("table", ["consents_consententry", "consents_consenttext"])
def test_nothing_is_edited(person: Person, table: str) -> None:
    give(person, MEDICAL, "ja", MYSELF, STUDENT, NOW)
    for statement in (f"UPDATE {table} SET purpose = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


steps = st.lists(
    st.tuples(
        st.sampled_from(["give", "refuse", "revoke"]),
        st.sampled_from(["", "case:1", "case:2"]),
        st.integers(0, 5),
    ),
    max_size=8,
)


@hypothesis.settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps, st.integers(0, 6), st.sampled_from(["", "case:1", "case:2"]))
def test_the_last_word_counts(
    person: Person, said: list[tuple[str, str, int]], day: int, scope: str
) -> None:
    somebody = create_person(PersonDetails("鈴木"), STUDENT, NOW)
    spoken: list[tuple[datetime, str, str]] = []
    for what, about, wait in sorted(said, key=lambda step: step[2]):
        moment = NOW + wait * DAY
        try:
            {"give": give, "refuse": refuse, "revoke": revoke}[what](
                somebody, MEDICAL, "ja", MYSELF, STUDENT, moment, scope=about
            )
        except ConsentRefused:
            continue
        spoken.append((moment, about, what))
    at = NOW + day * DAY
    heard = [what for moment, about, what in spoken if moment <= at and about in {"", scope}]
    assert may(somebody, MEDICAL, at, scope) == (heard[-1:] == ["give"])
