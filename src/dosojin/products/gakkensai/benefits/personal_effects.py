"""Personal effects: belongings carried on the trip, tickets, passport and driving licence."""

from __future__ import annotations

from dosojin.facts.expressions import (
    Constant,
    all_of,
    any_line,
    any_of,
    category_is,
    either,
    not_,
)
from dosojin.facts.lines import line_abroad, line_repair_cost
from dosojin.products.gakkensai.costs import Cost
from dosojin.products.gakkensai.definitions import carries, in_the_period
from dosojin.products.gakkensai.exclusions import (
    fault,
    forbidden_driving,
    stated,
    war_and_radiation,
)
from dosojin.products.gakkensai.facts.policy import Rider, riders, sum_personal_effects
from dosojin.products.gakkensai.facts.property import (
    LossCause,
    Ownership,
    effects_circumstances,
    effects_in_residence,
    effects_lost_by,
    effects_on,
    effects_on_trip,
    effects_owned,
    effects_sent_separately,
)
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Document, Figures
from dosojin.terms.money_tree import (
    ITEM,
    OCCURRENCE,
    POLICY_PERIOD,
    Lines,
    Node,
    all_together,
    limit,
    lines,
    part,
    sieve,
)
from dosojin.values.money import UNBOUNDED
from dosojin.values.text import Text

SOURCE = "003 l.870; 004 l.621-681"
STOLEN = (LossCause.THEFT, LossCause.ROBBERY, LossCause.UNDELIVERED_BAGGAGE)
GOODS = (
    Cost.BELONGING,
    Cost.PHONE_OR_COMPUTER,
    Cost.GLASSES,
    Cost.CONTACT_LENSES,
    Cost.DRONE_OR_MODEL,
    Cost.SURFBOARD,
    Cost.SPORTS_GEAR,
    Cost.VEHICLE_OR_BOAT,
    Cost.MONEY_OR_SECURITIES,
    Cost.PAPERS_OR_SOFTWARE,
    Cost.DENTURES,
    Cost.WORK_ONLY_ITEM,
    Cost.LIVING_THING,
    Cost.MERCHANDISE,
    Cost.SEASON_TICKET_OR_VOUCHER,
)
OTHER_LOSSES = (
    Cost.TICKET,
    Cost.PASSPORT_REISSUE,
    Cost.LICENCE_REISSUE,
    Cost.EFFECTS_LOSS_PREVENTION,
)
NOT_COVERED_2026 = (
    Cost.PHONE_OR_COMPUTER,
    Cost.GLASSES,
    Cost.CONTACT_LENSES,
    Cost.DRONE_OR_MODEL,
    Cost.SURFBOARD,
    Cost.VEHICLE_OR_BOAT,
    Cost.MONEY_OR_SECURITIES,
    Cost.PAPERS_OR_SOFTWARE,
    Cost.LIVING_THING,
    Cost.MERCHANDISE,
)
"""It names phones, glasses and drones, and no longer dentures, other sports gear, work tools."""
NOT_COVERED_2025 = (
    Cost.CONTACT_LENSES,
    Cost.SURFBOARD,
    Cost.SPORTS_GEAR,
    Cost.MONEY_OR_SECURITIES,
    Cost.PAPERS_OR_SOFTWARE,
    Cost.DENTURES,
    Cost.WORK_ONLY_ITEM,
    Cost.SEASON_TICKET_OR_VOUCHER,
)


def personal_effects(
    f: Figures,
    *,
    goods_not_covered: tuple[Cost, ...],
    dangerous_sport_gear: bool,
    limited_theft: bool,
) -> Benefit:
    """Belongings lost or damaged.

    goods_not_covered: the edition's list. dangerous_sport_gear: gear damaged in a dangerous sport
    is excluded (2025). limited_theft: theft has a limit of its own where shown (2026).
    """
    losses = _losses(f, goods_not_covered)
    return Benefit(
        "personal_effects",
        Text("携行品損害", "Personal effects"),
        SOURCE,
        carried=carries(sum_personal_effects),
        money=part(
            "personal_effects",
            ja="旅行に携えた身の回り品の損害",
            en="loss of or damage to belongings carried on the trip",
            source=SOURCE,
            opens=(effects_lost_by,),
            grants=(_damaged_on_the_trip(f),),
            excludes=(
                *_exclusions(dangerous_sport_gear),
                *_not_insured(),
                _nothing_covered(goods_not_covered),
            ),
            money=limit(
                sum_personal_effects,
                per=POLICY_PERIOD,
                id="personal_effects.sum",
                ja="保険期間を通じて、携行品損害保険金額まで",
                en="up to the sum insured for the whole policy period",
                source="003 l.870; 004 l.646",
                of=all_together(
                    _theft_limited(f, losses) if limited_theft else losses,
                    lines(Cost.EFFECTS_LOSS_PREVENTION, id="personal_effects.loss_prevention"),
                    id="personal_effects.all",
                ),
            ),
        ),
        documents=_papers(),
    )


def _papers() -> tuple[Document, ...]:
    return (
        *ALWAYS_ASKED,
        *papers(Proof.PURCHASE_PROOF),
        *papers(
            Proof.POLICE_REPORT,
            when=effects_lost_by.is_(LossCause.THEFT, LossCause.ROBBERY),
        ),
        *papers(Proof.CARRIER_REPORT, when=effects_lost_by.is_(LossCause.UNDELIVERED_BAGGAGE)),
        *papers(
            Proof.THIRD_PARTY_STATEMENT,
            Proof.REPAIR_ESTIMATE,
            Proof.PHOTOGRAPH,
            when=effects_lost_by.is_(LossCause.BREAKAGE, LossCause.FIRE, LossCause.OTHER_ACCIDENT),
        ),
    )


def _damaged_on_the_trip(f: Figures) -> Clause:
    return clause(
        "personal_effects.1",
        all_of(effects_on_trip, in_the_period(effects_on, f)),
        ja="海外旅行中に、携えていた身の回り品が盗難・破損・火災などの偶然な事故にあった",
        en="belongings carried on the trip were stolen, broken, burnt or met another accident",
        source="003 l.870; 004 l.667",
    )


def _exclusions(dangerous_sport_gear: bool) -> tuple[Clause, ...]:
    gear = (_gear_of_a_dangerous_sport(),) if dangerous_sport_gear else ()
    return (
        *fault("personal_effects", effects_circumstances),
        *war_and_radiation("personal_effects", effects_circumstances),
        *forbidden_driving("personal_effects", effects_circumstances, "003 l.870; 004 l.624"),
        clause(
            "personal_effects.x.defect_or_wear",
            stated(effects_circumstances, "defect_or_wear"),
            ja="物の欠陥、自然の消耗、さび、変色、虫食いだった",
            en="it was a defect of the thing, wear, rust, fading or moths",
            source="003 l.870; 004 l.627",
        ),
        clause(
            "personal_effects.x.left_or_lost",
            effects_lost_by.is_(LossCause.LEFT_OR_LOST),
            ja="置き忘れまたは紛失だった（その後の盗難を含みます）",
            en="it was left behind or lost, even if stolen afterwards",
            source="003 l.870; 004 l.630",
        ),
        *gear,
        clause(
            "personal_effects.x.looks_only",
            stated(effects_circumstances, "looks_only"),
            ja="外観が傷んだだけで、機能に支障がない",
            en="only the looks suffered, and the thing works as before",
            source="003 l.870; 004 l.636",
        ),
        _seizure(),
    )


def _gear_of_a_dangerous_sport() -> Clause:
    return clause(
        "personal_effects.x.dangerous_sport_gear",
        stated(effects_circumstances, "dangerous_sport_gear"),
        ja="登山用具を使う山岳登山、スカイダイビングなど危険な運動の間に、その用具に生じた損害だった",
        en="it is gear of a dangerous sport (climbing with ice-axe or crampons, skydiving and the "
        "like), damaged during that sport",
        source="004 l.631",
    )


def _seizure() -> Clause:
    """What an authority took or broke. The two exceptions count whether or not it is called so."""
    words = ("seizure", "seizure_fire_fighting", "seizure_lock_check")
    seized, fire_fighting, lock_check = (stated(effects_circumstances, word) for word in words)
    return clause(
        "personal_effects.x.seizure",
        any_of(seized, fire_fighting, lock_check),
        ja="差し押さえや破壊など、公権力の行使による損害だった",
        en="an authority seized or destroyed it",
        source="003 l.870; 004 l.637",
        restored_by=(
            clause(
                "personal_effects.r.seizure_fire_fighting",
                fire_fighting,
                ja="火災の消防または避難に必要な処置だった",
                en="it was done to fight a fire or to evacuate people",
                source="003 l.870; 004 l.637",
            ),
            clause(
                "personal_effects.r.seizure_lock_check",
                lock_check,
                ja="空港などの安全確認検査で錠が壊された",
                en="a lock was broken in a security check at an airport or the like",
                source="003 l.870; 004 l.638",
            ),
        ),
    )


def _not_insured() -> tuple[Clause, ...]:
    """Belongings that were never insured, for where they were or whose they are."""
    return (
        clause(
            "personal_effects.x.in_residence",
            effects_in_residence,
            ja="滞在先の住まい（ホテルなどの宿は含みません）の中にある間の損害だった",
            en="the things were in the place lived in (a hotel is none)",
            source="003 l.870; 004 l.677",
        ),
        clause(
            "personal_effects.x.sent_separately",
            effects_sent_separately,
            ja="別送品だった",
            en="the things had been sent separately",
            source="003 l.870; 004 l.678",
        ),
        clause(
            "personal_effects.x.borrowed_for_work",
            effects_owned.is_(Ownership.BORROWED_FOR_WORK),
            ja="旅行とは関係なく業務のために借りている物だった",
            en="the things were borrowed for work, trip or no trip",
            source="003 l.870; 004 l.681",
        ),
        clause(
            "personal_effects.x.not_own",
            effects_owned.is_(Ownership.OTHER),
            ja="本人の物でも、この旅行のために出発前に無償で借りた物でもない",
            en="the things were neither the insured's own nor borrowed free for this trip",
            source="003 l.870; 004 l.671",
        ),
    )


def _nothing_covered(goods_not_covered: tuple[Cost, ...]) -> Clause:
    """What is no belonging is no loss of one; beside another loss, only its own line drops out."""
    covered = (*(cost for cost in GOODS if cost not in goods_not_covered), *OTHER_LOSSES)
    return clause(
        "personal_effects.x.goods_not_covered",
        all_of(any_line(*goods_not_covered), not_(any_line(*covered))),
        ja="損害を受けたのは、携行品に含まれない物だけだった",
        en="nothing was lost or damaged but things that do not count as belongings",
        source="003 l.870; 004 l.673",
        why="D31",
    )


def _losses(f: Figures, goods_not_covered: tuple[Cost, ...]) -> Node:
    return all_together(
        limit(
            f.item_max,
            per=ITEM,
            ja="携行品1個、1組または1対につき{item_max}円まで",
            en="up to {item_max} yen for one thing, set or pair",
            of=all_together(
                _covered_goods(goods_not_covered),
                lines(Cost.LICENCE_REISSUE, id="personal_effects.licence"),
                id="personal_effects.things",
            ),
        ),
        limit(
            f.tickets_max,
            per=OCCURRENCE,
            ja="乗車券などは合計{tickets_max}円まで",
            en="up to {tickets_max} yen for all tickets together",
            of=lines(Cost.TICKET, id="personal_effects.tickets"),
        ),
        limit(
            f.passport_max,
            per=OCCURRENCE,
            ja="旅券の再取得費用は、1回の事故につき{passport_max}円まで",
            en="up to {passport_max} yen per event for a new passport",
            of=sieve(
                _borne_abroad(),
                of=lines(Cost.PASSPORT_REISSUE, id="personal_effects.passport"),
            ),
        ),
        id="personal_effects.losses",
    )


def _covered_goods(goods_not_covered: tuple[Cost, ...]) -> Node:
    """Cash value, or the cost of repair if lower; a stolen thing has no cost of repair."""
    gone = effects_lost_by.is_(*STOLEN, LossCause.LEFT_OR_LOST)
    loss = Lines(
        "personal_effects.loss",
        Text(
            "時価額（修理費のほうが低いときは修理費）",
            "the cash value, or the repair if that costs less",
        ),
        "003 l.870; 004 l.653",
        tuple(cost.value for cost in GOODS),
        either(gone, Constant(UNBOUNDED, "yen"), line_repair_cost),
    )
    names = [cost.title for cost in goods_not_covered]
    return sieve(
        clause(
            "personal_effects.covered_goods",
            not_(category_is(*goods_not_covered)),
            ja="対象になる携行品（次の物を除きます。" + "、".join(name.ja for name in names) + "）",
            en="a covered belonging, none of these: "
            + "; ".join(name.en.lower() for name in names),
            source="003 l.870; 004 l.673",
        ),
        of=loss,
    )


def _borne_abroad() -> Clause:
    return clause(
        "personal_effects.passport_abroad",
        line_abroad,
        ja="旅券の再取得費用は、現地で負担したものに限ります",
        en="the cost of a new passport counts only where it was borne abroad",
        source="003 l.870; 004 l.656",
    )


def _theft_limited(f: Figures, losses: Node) -> Node:
    return limit(
        f.theft_max,
        per=POLICY_PERIOD,
        ja="盗難・強盗・預けた手荷物の不着による損害は、保険期間を通じて{theft_max}円まで",
        en="up to {theft_max} yen in the policy period for theft, robbery and baggage that was "
        "never delivered",
        when=clause(
            "personal_effects.theft_limited",
            all_of(
                riders.has(Rider.THEFT_LIMIT),
                f.theft_max < sum_personal_effects.quantity,
                effects_lost_by.is_(*STOLEN),
            ),
            ja="保険金額が{theft_max}円を超え、盗難などの限度額の表示がある契約で、盗難・強盗・預けた手荷物の"
            "不着による損害だった",
            en="the sum insured is over {theft_max} yen, the certificate shows the limit, and it "
            "was theft, robbery or baggage never delivered",
            source=f.theft_max.source,
            unreachable=Text(
                "公表されたプランの携行品損害の保険金額は、この限度額を超えません。",
                "No published plan insures belongings for more than this limit.",
            ),
        ),
        of=losses,
    )
