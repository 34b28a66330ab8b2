"""An application is taken in hand: locked, together with what stands around it."""

from dosojin_web.policies.models import Application, Member

LOOKED_AT = ("member__university", "member__programme__master")


def hold_application(application: Application) -> Application:
    """The application as it stands, locked until the caller's transaction ends.

    With the student's place on the roster, the study trip and the contract in the same question:
    on SQLite, everybody else who writes waits meanwhile.
    """
    held = Application.objects.select_for_update(of=("self",)).select_related(*LOOKED_AT)
    return held.get(pk=application.pk)


def look_up_member(application: Application) -> Member:
    """Who applies, with everything that a letter says of them and their contract.

    For what decides nothing: ask before the transaction, while nobody waits for it.
    """
    beside = Member.objects.select_related(
        "person",
        "university",
        "programme__master__policyholder",
        "programme__master__agency",
    )
    return beside.get(pk=application.member_id)
