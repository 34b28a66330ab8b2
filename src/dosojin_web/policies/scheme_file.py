"""A scheme as a file says it: who takes part, the contract, the shares, who may decide how much.

In:  TOML, as docs/running.md shows it.
Out: a checked description, or every fault with its place.
Never: a question to the database; ``operations/set_up_scheme`` holds it against what stands there.
"""

import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from dosojin_web.accounts.roles import Role
from dosojin_web.directory.models import OrganisationKind

from .mapping import product_titles
from .models.schemes import SHARES_TOTAL

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=32)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
PARTS_OF_A_PERCENT = SHARES_TOTAL // 100


class SchemeRefused(Exception):
    """The file cannot be taken; ``faults`` says of each place what is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OrganisationEntry(_Entry):
    """Who takes part; the last two of a university only."""

    code: Code
    kind: OrganisationKind
    name_ja: Name
    name_en: Name
    in_gakkensai: bool = False
    has_adopted: bool = False


class ShareEntry(_Entry):
    """What an insurer carries, in percent with up to two decimals; the first one leads."""

    insurer: Code
    percent: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)]

    @property
    def share(self) -> int:
        """In ten-thousandths."""
        return int(self.percent * PARTS_OF_A_PERCENT)


class ContractEntry(_Entry):
    """The master policy; certificates begin from ``first_inception`` to ``last_inception``."""

    code: Code
    number: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+$", max_length=12)]
    product: str
    policyholder: Code
    agency: Code
    first_inception: date
    last_inception: date


class AuthorityEntry(_Entry):
    """Up to how many yen a role decides alone; without an amount, up to any."""

    role: Role
    act: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    organisation: Code | None = None
    amount_max: Annotated[int, Field(ge=0)] | None = None
    begins_on: date


class SchemeFile(_Entry):
    """Everything that a scheme stands on."""

    contract: ContractEntry
    organisation: tuple[OrganisationEntry, ...]
    share: tuple[ShareEntry, ...]
    authority: tuple[AuthorityEntry, ...] = ()


def read_scheme(text: str) -> SchemeFile:
    """The description in ``text``. SchemeRefused, with every fault that can be seen in it."""
    try:
        found = SchemeFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SchemeRefused([f"The file is no TOML: {error}"]) from None
    except ValidationError as error:
        raise SchemeRefused([_word(fault) for fault in error.errors()]) from None
    if faults := [*_find_unfit(found), *_find_strangers(found)]:
        raise SchemeRefused(faults)
    return found


def _word(fault: Any) -> str:
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fault["loc"])
    return f"{place}: {fault['msg']}"


def _find_unfit(found: SchemeFile) -> list[str]:
    contract, faults = found.contract, []
    products = [title.product for title in product_titles() if title.is_published]
    if contract.product not in products:
        faults.append(f"contract.product: there is a tariff for {', '.join(products)} only.")
    if contract.first_inception > contract.last_inception:
        faults.append("contract.last_inception: it comes before first_inception.")
    if (whole := sum(entry.percent for entry in found.share)) != 100:
        faults.append(f"share: the percents add up to {whole} instead of 100.")
    for what, codes in (
        ("organisation", [entry.code for entry in found.organisation]),
        ("share", [entry.insurer for entry in found.share]),
    ):
        twice = [code for code, times in Counter(codes).items() if times > 1]
        faults += [f"{what}: {code} stands more than once." for code in twice]
    return faults


def _find_strangers(found: SchemeFile) -> list[str]:
    kinds = {entry.code: entry.kind for entry in found.organisation}
    insurers = [(f"share.{n}", entry.insurer) for n, entry in enumerate(found.share, 1)]
    named = [
        ("contract.policyholder", found.contract.policyholder, OrganisationKind.POLICYHOLDER),
        ("contract.agency", found.contract.agency, OrganisationKind.AGENCY),
        *((*each, OrganisationKind.INSURER) for each in insurers),
    ]
    faults = [
        f"{place}: {code} is not an [[organisation]] of kind {kind.value}."
        for place, code, kind in named
        if kinds.get(code) is not kind
    ]
    for number, entry in enumerate(found.authority, 1):
        if entry.organisation is not None and entry.organisation not in kinds:
            faults.append(f"authority.{number}: {entry.organisation} is no [[organisation]].")
    return faults
