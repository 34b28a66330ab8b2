"""What comes back when cover ends early: the tariff's part by the edition, the loading with it."""

from dataclasses import dataclass
from datetime import date

from .mapping import refund_of
from .models import CertificateVersion
from .tariff_plan import quote_in_pair


@dataclass(frozen=True, slots=True)
class ReturnPremium:
    """In yen: what of the tariff's premium and of the loading is given back."""

    tariff: int
    loading: int

    @property
    def total(self) -> int:
        """Everything that is given back."""
        return self.tariff + self.loading


def return_premium(
    product: str, version: CertificateVersion, last_covered_day: date
) -> ReturnPremium:
    """What ``version`` gives back if its cover stops after ``last_covered_day``.

    A loading was quoted by hand for the whole period; it comes back in the proportion of the
    tariff's premium, a fraction of a yen dropped. Refusal as in ``mapping.refund_of``.
    """
    plan = quote_in_pair(product, version.plan, version.inception, version.expiry).plan
    given = refund_of(product, plan, version.inception, version.expiry, last_covered_day)
    tariff_premium = version.premium - version.loading
    loading = version.loading * given.return_premium // tariff_premium if tariff_premium else 0
    return ReturnPremium(given.return_premium, loading)
