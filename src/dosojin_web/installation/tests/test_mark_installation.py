"""What a database is for is said once."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from dosojin_web.audit.models import Event
from dosojin_web.database.append_only import ChangeRefused
from dosojin_web.installation.models import Installation, InstallationKind
from dosojin_web.installation.operations.mark_installation import (
    MarkedOtherwise,
    mark_installation,
    mark_unless_marked,
)

pytestmark = pytest.mark.django_db
DEMO, REAL = InstallationKind.DEMO, InstallationKind.REAL


def test_the_first_mark_stays_and_is_audited(now: datetime) -> None:
    marked = mark_installation(DEMO, now)
    again = mark_installation(DEMO, now + timedelta(days=1))
    assert again.decided_at == marked.decided_at == now
    assert Event.objects.filter(act="installation.marked").count() == 1


@pytest.mark.parametrize(("first", "second"), [(DEMO, REAL), (REAL, DEMO)])
def test_it_never_becomes_the_other_kind(
    now: datetime, first: InstallationKind, second: InstallationKind
) -> None:
    mark_installation(first, now)
    with pytest.raises(MarkedOtherwise, match="cannot become"):
        mark_installation(second, now)
    assert mark_unless_marked(second, now).kind == first


def test_the_row_cannot_be_changed_removed_or_doubled(now: datetime) -> None:
    marked = mark_installation(REAL, now)
    marked.kind = DEMO
    with pytest.raises(ChangeRefused):
        marked.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Installation.objects.create(id=2, kind=DEMO, decided_at=now)
    for statement in (
        "UPDATE installation_installation SET kind = 'demo'",
        "DELETE FROM installation_installation",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
