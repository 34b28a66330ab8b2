"""Trip length to band to premium; what an extension costs and a cancellation gives back.

In: an edition's tariff (`load_tariff`), a plan's letter, civil dates.
Out: `Quote`, `Extension`, `Refund`: whole yen, the band that was read and where it is printed.
Never: a float, a clock, a clause, a guess. A plan that does not take the period is refused with
the plans that do; an edition without a published tariff is said to have none.

Only `load_tariff` reads files; everything else is a pure function of its arguments.
"""

from dosojin.rating.bands import Band, BandUnit
from dosojin.rating.extend_period import Extension, RiderNotCarried, extend
from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.problems import RatingProblem
from dosojin.rating.quote_premium import Quote, quote, quotes
from dosojin.rating.refund_premium import Refund, refund
from dosojin.rating.tariff import Discount, Plan, RefundStrategy, Tariff, TariffRow

__all__ = [
    "Band",
    "BandUnit",
    "Discount",
    "Extension",
    "Plan",
    "RatingProblem",
    "Refund",
    "RefundStrategy",
    "RiderNotCarried",
    "Quote",
    "Tariff",
    "TariffRow",
    "extend",
    "load_tariff",
    "quote",
    "quotes",
    "refund",
]
