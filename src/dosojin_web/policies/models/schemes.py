"""The contract that all certificates of a scheme stand on, and who carries it."""

from collections.abc import Sequence

from django.db import models
from django.utils.functional import cached_property

from dosojin_web.database.append_only import AppendOnly
from dosojin_web.directory.models import Organisation

SHARES_TOTAL = 10_000


class MasterPolicy(models.Model):
    """One year of the scheme. Its policyholder has the right to change and to cancel (004 l.1300).

    Certificates may begin from ``first_inception`` to ``last_inception``; ``counter`` is the last
    certificate number given out.
    """

    code = models.SlugField(max_length=32, unique=True)
    number = models.CharField(max_length=20, unique=True)
    product = models.CharField(max_length=40)
    policyholder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    first_inception = models.DateField()
    last_inception = models.DateField()
    counter = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.code

    @cached_property
    def shares_in_order(self) -> Sequence[tuple[str, int]]:
        """Insurer code and share of ``SHARES_TOTAL``, the lead insurer first."""
        return list(self.shares.order_by("place").values_list("insurer__code", "share"))


class CoinsuranceShare(AppendOnly):
    """What one insurer carries, for itself and not jointly (003 l.133-139).

    ``share`` counts ten-thousandths. Shares are fixed when the contract is made, before its first
    certificate; the insurer at ``place`` 0 leads and acts for all.
    """

    master = models.ForeignKey(MasterPolicy, on_delete=models.PROTECT, related_name="shares")
    insurer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shares")
    share = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["master", "insurer"], name="one_share_an_insurer"),
            models.UniqueConstraint(fields=["master", "place"], name="one_insurer_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.master_id} {self.insurer_id} {self.share}"
