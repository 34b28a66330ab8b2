"""The kinds of cost a receipt can be of, in every edition of the family."""

from __future__ import annotations

from dosojin.facts.declaration import Choice
from dosojin.values.text import Text


class Cost(Choice):
    """A receipt's category, grouped as the wording groups its costs."""

    PHYSICIAN_AND_HOSPITAL = "physician_and_hospital"
    EMERGENCY_TRANSPORT = "emergency_transport"
    LODGING_IN_PLACE_OF_HOSPITAL = "lodging_in_place_of_hospital"
    INTERPRETER = "interpreter"
    TREATMENT_TRANSPORT = "treatment_transport"
    PROSTHESIS_REPAIR = "prosthesis_repair"
    HOSPITAL_COMMUNICATION = "hospital_communication"
    HOSPITAL_PERSONAL_GOODS = "hospital_personal_goods"
    RETURN_TO_ITINERARY = "return_to_itinerary"
    MEDICAL_CERTIFICATE = "medical_certificate"
    DISINFECTION = "disinfection"
    ALTERNATIVE_CARE = "alternative_care"
    PLANNED_CARE = "planned_care"

    SEARCH = "search"
    RESCUER_FARE = "rescuer_fare"
    RESCUER_ROOM = "rescuer_room"
    RESCUER_FORMALITIES = "rescuer_formalities"
    RESCUER_SUNDRIES = "rescuer_sundries"
    PATIENT_TRANSPORT = "patient_transport"
    REMAINS = "remains"

    DAMAGES = "damages"
    LOSS_PREVENTION = "loss_prevention"
    DEFENCE_AGREED = "defence_agreed"

    BELONGING = "belonging"
    PHONE_OR_COMPUTER = "phone_or_computer"
    GLASSES = "glasses"
    CONTACT_LENSES = "contact_lenses"
    DRONE_OR_MODEL = "drone_or_model"
    SURFBOARD = "surfboard"
    SPORTS_GEAR = "sports_gear"
    VEHICLE_OR_BOAT = "vehicle_or_boat"
    MONEY_OR_SECURITIES = "money_or_securities"
    PAPERS_OR_SOFTWARE = "papers_or_software"
    DENTURES = "dentures"
    WORK_ONLY_ITEM = "work_only_item"
    LIVING_THING = "living_thing"
    MERCHANDISE = "merchandise"
    SEASON_TICKET_OR_VOUCHER = "season_ticket_or_voucher"
    TICKET = "ticket"
    PASSPORT_REISSUE = "passport_reissue"
    LICENCE_REISSUE = "licence_reissue"
    EFFECTS_LOSS_PREVENTION = "effects_loss_prevention"

    BAGGAGE_PURCHASE = "baggage_purchase"

    DELAY_LODGING = "delay_lodging"
    DELAY_TRANSPORT = "delay_transport"
    DELAY_CANCELLED_SERVICE = "delay_cancelled_service"
    DELAY_MEALS = "delay_meals"
    DELAY_OTHER = "delay_other"

    CANCELLATION_CHARGE = "cancellation_charge"
    TRAVEL_FORMALITY_COST = "travel_formality_cost"
    FARE_HOME = "fare_home"
    LODGING_HOME = "lodging_home"
    SUNDRIES_HOME = "sundries_home"

    DENTIST_FEE = "dentist_fee"
    DENTAL_DRUGS_AND_MATERIALS = "dental_drugs_and_materials"
    DENTAL_TESTS = "dental_tests"
    DENTAL_CERTIFICATE = "dental_certificate"
    DENTAL_PREVENTION = "dental_prevention"
    ORTHODONTICS = "orthodontics"
    DENTAL_TEST_WITHOUT_TREATMENT = "dental_test_without_treatment"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {word: Text(ja, en) for word, (ja, en) in _TITLES.items()}


_TITLES = {
    "physician_and_hospital": (
        "診察・治療・入院の費用（処方薬を含みます）",
        "Doctor and hospital (with prescribed drugs)",
    ),
    "emergency_transport": ("病院への緊急移送の費用", "Emergency transport to a hospital"),
    "lodging_in_place_of_hospital": (
        "病院の代わりに療養した宿泊施設の費用",
        "Lodging in place of a hospital",
    ),
    "interpreter": ("治療のための通訳の費用", "Interpreter for the treatment"),
    "treatment_transport": ("通院などの交通費", "Travel to and from treatment"),
    "prosthesis_repair": ("義手・義足の修理費", "Repair of an artificial limb"),
    "hospital_communication": (
        "入院中の電話などの通信費",
        "Telephone and messages while in hospital",
    ),
    "hospital_personal_goods": ("入院に必要な身の回り品", "Personal goods needed in hospital"),
    "return_to_itinerary": (
        "旅程に戻る、または直接帰国するための交通費・宿泊費",
        "Getting back to the itinerary, or straight home",
    ),
    "medical_certificate": ("医師の診断書の費用", "Medical certificate for the claim"),
    "disinfection": ("公的機関に命じられた消毒の費用", "Disinfection ordered by the authorities"),
    "alternative_care": (
        "カイロプラクティック・鍼・灸の費用",
        "Chiropractic, acupuncture, moxibustion",
    ),
    "planned_care": (
        "旅行中も続ける予定だった治療・器具・薬の費用",
        "Care, devices or drugs that were going to continue on the trip",
    ),
    "search": ("捜索・救助の費用", "Search and rescue"),
    "rescuer_fare": ("救援者の往復交通費", "A rescuer's fare there and back"),
    "rescuer_room": ("救援者の宿泊費", "A rescuer's room"),
    "rescuer_formalities": ("救援者の渡航手続費", "A rescuer's passport, visa and the like"),
    "rescuer_sundries": ("現地での諸雑費", "Sundry costs on the spot"),
    "patient_transport": ("現地からの移送費用", "Bringing the patient home or to other care"),
    "remains": ("遺体の処理費用", "Preparation of the remains"),
    "damages": ("損害賠償金", "Damages owed to another"),
    "loss_prevention": (
        "損害の発生・拡大を防ぐための費用",
        "Cost of preventing or limiting the loss",
    ),
    "defence_agreed": (
        "保険会社の同意を得た訴訟・弁護士の費用",
        "Court and lawyer's costs that the insurer agreed to",
    ),
    "belonging": ("身の回り品（時価）", "A belonging (at its actual cash value)"),
    "phone_or_computer": (
        "携帯電話・パソコン・タブレット・モバイルWi-Fiなど",
        "Phone, computer, tablet, mobile router and the like",
    ),
    "glasses": ("眼鏡", "Glasses"),
    "contact_lenses": ("コンタクトレンズ", "Contact lenses"),
    "drone_or_model": ("ドローン・ラジコン模型", "Drone or radio-controlled model"),
    "surfboard": ("サーフボード", "Surfboard"),
    "sports_gear": ("その他の運動用具", "Other sports gear"),
    "vehicle_or_boat": ("自動車・原付・自転車・船舶など", "Vehicle, bicycle or boat"),
    "money_or_securities": (
        "現金・小切手・有価証券・クレジットカード・電子マネーなど",
        "Money, cheques, securities, credit cards, electronic money",
    ),
    "papers_or_software": (
        "原稿・設計書・帳簿・証書・データ・ソフトウェアなど",
        "Manuscripts, drawings, account books, deeds, data, software",
    ),
    "dentures": ("義歯", "Dentures"),
    "work_only_item": ("仕事だけに使う物", "Something used for work only"),
    "living_thing": ("動物・植物", "Animal or plant"),
    "merchandise": ("商品・製品、設備・什器など", "Merchandise, products, fixtures or equipment"),
    "season_ticket_or_voucher": ("定期券・商品券", "Season ticket or gift voucher"),
    "ticket": ("乗車券・航空券など", "Travel ticket"),
    "passport_reissue": (
        "旅券の再取得の費用（そのための現地の交通費・宿泊費を含みます）",
        "New passport (with the travel and rooms needed for it abroad)",
    ),
    "licence_reissue": ("運転免許証の再発行手数料", "Fee for a new driving licence"),
    "effects_loss_prevention": (
        "持ち物の損害を防ぐための費用",
        "Cost of preventing or limiting damage to belongings",
    ),
    "baggage_purchase": (
        "荷物が届かない間に買った衣類・生活必需品",
        "Clothes and necessities bought while baggage was missing",
    ),
    "delay_lodging": ("遅延による宿泊費", "Lodging because of the delay"),
    "delay_transport": ("遅延による交通費・代わりの交通手段", "Substitute transport"),
    "delay_cancelled_service": (
        "利用できなくなった旅行サービスの取消料",
        "Charges for travel services that could not be used",
    ),
    "delay_meals": ("遅延による食事代", "Meals because of the delay"),
    "delay_other": ("遅延によるその他の費用", "Other costs of the delay"),
    "cancellation_charge": ("取消料・違約料・手数料", "Cancellation charges and agents' fees"),
    "travel_formality_cost": (
        "査証・予防接種などの渡航手続費",
        "Visa, vaccination and other formalities",
    ),
    "fare_home": ("途中で帰国するための運賃", "Fare for the early return"),
    "lodging_home": ("帰国の途中の宿泊費", "Lodging on the way home"),
    "sundries_home": ("帰国の途中の通信費・諸雑費", "Telephone and sundries on the way home"),
    "dentist_fee": ("歯科の診察・処置・手術の費用", "Dentist's examination, treatment, surgery"),
    "dental_drugs_and_materials": (
        "歯科の薬・治療材料・器具の費用",
        "Dental drugs, materials and use of equipment",
    ),
    "dental_tests": ("歯科のX線・検査・手術室の費用", "Dental X-ray, tests and operating room"),
    "dental_certificate": ("歯科医師の診断書の費用", "Dentist's certificate for the claim"),
    "dental_prevention": ("歯の予防治療の費用", "Preventive dental care"),
    "orthodontics": ("歯の矯正治療の費用", "Orthodontics"),
    "dental_test_without_treatment": (
        "治療を伴わない歯科検査の費用",
        "A dental test that led to no treatment",
    ),
}
