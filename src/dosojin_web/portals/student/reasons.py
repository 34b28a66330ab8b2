"""Why each of the five questions is asked, and what follows from the answer."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# 003 l.893-907, 004 l.1243-1278
REASONS: Mapping[str, tuple[Promise, ...]] = {
    "return": (
        gettext_lazy(
            "It is not open to anyone who does not plan to return, or who will live abroad "
            "permanently."
        ),
        gettext_lazy("When a claim is made, you may be asked once more where you live."),
    ),
    "sports": (
        gettext_lazy("Accidents in these sports are covered only if a loading has been paid."),
        gettext_lazy("If you tick one, the agency works out the loading and writes to you."),
        gettext_lazy(
            "If you do not know yet, tick “None of these”, and call the agency before you start."
        ),
    ),
    "work": (
        gettext_lazy("Without a loading, benefits for dangerous work are reduced or not paid."),
        gettext_lazy(
            "Ordinary part-time work, for example in a shop or a laboratory, does not count."
        ),
    ),
    "cover": (
        gettext_lazy(
            "Your own or your family’s insurance, or that of a credit card, may cover the same."
        ),
        gettext_lazy("Then you can claim from either, but one of the two may pay nothing."),
        gettext_lazy(
            "If you later end the other contract, whatever only it covered is no longer covered. "
            "“I don’t know” is a perfectly good answer."
        ),
    ),
    "school": (
        gettext_lazy(
            "Some schools and visas require minimum sums, or insurance from that country."
        ),
        gettext_lazy("This insurance may not meet that. Please ask the school before you pay."),
        gettext_lazy("Once enrolled, you can get a certificate of insurance in English."),
    ),
}


def why_asked(slug: str) -> list[str]:
    """The sentences that stand beside a question."""
    return [str(sentence) for sentence in REASONS[slug]]
