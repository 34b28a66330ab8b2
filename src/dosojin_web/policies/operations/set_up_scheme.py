"""The organisations of a scheme, the contract between them, and who may decide how much."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.authority.operations.set_authority import grant_authority
from dosojin_web.directory.models import Organisation
from dosojin_web.policies.models import CoinsuranceShare, MasterPolicy
from dosojin_web.policies.scheme_file import OrganisationEntry, SchemeFile, SchemeRefused

CHANGEABLE = ("name_ja", "name_en", "in_gakkensai", "has_adopted")


def set_up_scheme(scheme: SchemeFile, actor: Actor, now: datetime) -> MasterPolicy:
    """The contract as ``scheme`` says; all of it stands afterwards, or nothing.

    Again, it adds what is new and changes names and what a university has adopted. A contract
    stays as it was made: SchemeRefused if the file says otherwise of it, of its shares, or of what
    an organisation is.
    """
    with transaction.atomic():
        known = {entry.code: _enter(entry, actor, now) for entry in scheme.organisation}
        master = MasterPolicy.objects.filter(code=scheme.contract.code).first()
        if master is None:
            master = _make_contract(scheme, known, actor, now)
        elif faults := _find_differences(master, scheme):
            raise SchemeRefused(faults)
        for entry in scheme.authority:
            where = known[entry.organisation] if entry.organisation else None
            grant_authority(
                entry.role, where, entry.act, entry.amount_max, entry.begins_on, actor, now
            )
    return master


def _enter(entry: OrganisationEntry, actor: Actor, now: datetime) -> Organisation:
    about = f"organisation:{entry.code}"
    held = Organisation.objects.select_for_update().filter(code=entry.code).first()
    if held is None:
        held = Organisation.objects.create(**entry.model_dump())
        record(actor, "organisation.entered", about, {"kind": entry.kind.value}, now)
        return held
    if held.kind != entry.kind:
        raise SchemeRefused([f"organisation {entry.code}: it is a {held.kind}, and stays one."])
    changed = [name for name in CHANGEABLE if getattr(held, name) != getattr(entry, name)]
    if changed:
        for name in changed:
            setattr(held, name, getattr(entry, name))
        held.save(update_fields=changed)
        record(actor, "organisation.changed", about, {"fields": " ".join(changed)}, now)
    return held


def _make_contract(
    scheme: SchemeFile, known: dict[str, Organisation], actor: Actor, now: datetime
) -> MasterPolicy:
    contract = scheme.contract
    master = MasterPolicy.objects.create(
        code=contract.code,
        number=contract.number,
        product=contract.product,
        policyholder=known[contract.policyholder],
        agency=known[contract.agency],
        first_inception=contract.first_inception,
        last_inception=contract.last_inception,
    )
    for place, entry in enumerate(scheme.share):
        CoinsuranceShare.objects.create(
            master=master, insurer=known[entry.insurer], share=entry.share, place=place
        )
    shares = "; ".join(f"{entry.insurer} {entry.share}" for entry in scheme.share)
    record(actor, "scheme.made", f"scheme:{contract.code}", {"shares": shares}, now)
    return master


def _find_differences(master: MasterPolicy, scheme: SchemeFile) -> list[str]:
    contract = scheme.contract
    pairs = {
        "number": (master.number, contract.number),
        "product": (master.product, contract.product),
        "policyholder": (master.policyholder.code, contract.policyholder),
        "agency": (master.agency.code, contract.agency),
        "first_inception": (master.first_inception, contract.first_inception),
        "last_inception": (master.last_inception, contract.last_inception),
        "share": (
            list(master.shares_in_order),
            [(entry.insurer, entry.share) for entry in scheme.share],
        ),
    }
    return [
        f"contract {master.code}: {name} is {stands}, and a contract stays as it was made. "
        "Another year is another contract, with a code and a number of its own."
        for name, (stands, wanted) in pairs.items()
        if stands != wanted
    ]
