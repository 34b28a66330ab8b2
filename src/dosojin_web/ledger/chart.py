"""The accounts of the ledger.

An account may have parts, written behind a colon: ``premium-due:TK`` is what is due to the insurer
TK. An account or part that is not declared here takes no entry.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """On which side of the books an account stands."""

    ASSET = "asset"
    LIABILITY = "liability"


@dataclass(frozen=True, slots=True)
class Account:
    """An account, its titles, and whether it is kept in parts."""

    code: str
    kind: Kind
    title_en: str
    title_ja: str
    in_parts: bool = False

    def title(self, language: str) -> str:
        """The title in ``ja`` or ``en``."""
        return self.title_ja if language == "ja" else self.title_en


CHART = (
    Account("bank", Kind.ASSET, "Bank", "預金"),
    Account(
        "card-clearing", Kind.ASSET, "Card payments not yet received", "カード会社からの入金待ち"
    ),
    Account("refund-payable", Kind.LIABILITY, "Refunds not yet paid", "返金待ち"),
    Account(
        "premium-due",
        Kind.LIABILITY,
        "Premiums due to insurers",
        "保険会社に納める保険料",
        in_parts=True,
    ),
)

ACCOUNTS = {account.code: account for account in CHART}


class UnknownAccount(Exception):
    """No such account in the chart."""


def split_code(code: str) -> tuple[str, str]:
    """``premium-due:TK`` as account and part; a part is "" where none is named."""
    account, _, part = code.partition(":")
    if account not in ACCOUNTS:
        known = ", ".join(ACCOUNTS)
        raise UnknownAccount(f"There is no account {account!r}; the chart has {known}.")
    return account, part


def check_code(code: str) -> tuple[str, str]:
    """Account and part that a line may name; UnknownAccount if the part is missing or too much."""
    account, part = split_code(code)
    in_parts = ACCOUNTS[account].in_parts
    if in_parts and not part:
        raise UnknownAccount(f"{account} is kept in parts: name one, {account}:…")
    if not in_parts and ":" in code:
        raise UnknownAccount(f"{account} has no parts; write {account} without {part!r}.")
    return account, part


def join_code(account: str, part: str) -> str:
    """The code of an account and its part."""
    return f"{account}:{part}" if part else account
