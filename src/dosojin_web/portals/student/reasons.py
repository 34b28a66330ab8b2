"""Why each of the five questions is asked, and what follows from the answer."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# 003 l.893-907, 004 l.1243-1278
REASONS: Mapping[str, tuple[Promise, ...]] = {
    "return": (
        gettext_lazy("Who does not plan to return, or will live abroad for good, cannot take it."),
        gettext_lazy("When a claim is made, you may be asked once more where you live."),
    ),
    "sports": (
        gettext_lazy("Accidents in these sports are covered only if a loading has been paid."),
        gettext_lazy("If you tick one, the agency works out the loading and writes to you."),
        gettext_lazy(
            "If you do not know yet, tick that none applies, and call the agency before you begin."
        ),
    ),
    "work": (
        gettext_lazy(
            "Without a loading, benefits are cut or not paid when dangerous work is done."
        ),
        gettext_lazy("Ordinary part-time work, such as in a shop or a laboratory, is not meant."),
    ),
    "cover": (
        gettext_lazy(
            "Your own or your family’s insurance, or that of a credit card, may cover the same."
        ),
        gettext_lazy("Then you can claim from either, but one of the two may pay nothing."),
        gettext_lazy(
            "If you later end the other contract, cover that only it had ends with it. "
            "“I don’t know” is a full answer."
        ),
    ),
    "school": (
        gettext_lazy("Some schools and visas demand minimum sums, or an insurance of the country."),
        gettext_lazy("This insurance may not meet that. Please ask the school before you pay."),
        gettext_lazy("Once enrolled, you can get a certificate of insurance in English."),
    ),
}


def why_asked(slug: str) -> list[str]:
    """The sentences that stand beside a question."""
    return [str(sentence) for sentence in REASONS[slug]]
