"""Who applies, and under which contract: read before a transaction, while nobody waits for it."""

from .models import Application, Member


def look_up_member(application: Application) -> Member:
    """The member with everything that decides about an application beside the application itself.

    And what a letter says of them and of their contract. What is changed between here and the
    transaction counts as changed afterwards.
    """
    beside = Member.objects.select_related(
        "person",
        "university",
        "programme__master__policyholder",
        "programme__master__agency",
    )
    return beside.get(pk=application.member_id)
