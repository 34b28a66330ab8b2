"""The papers that show what happened, in every edition of the family."""

from __future__ import annotations

from dosojin.facts.declaration import Choice
from dosojin.facts.expressions import Expression
from dosojin.terms.editions import Document
from dosojin.values.text import Text


class Proof(Choice):
    """A paper that a claimant can hand in."""

    CLAIM_FORM = "claim_form"
    CERTIFICATE = "certificate"
    PASSPORT = "passport"
    CONSENT = "consent"
    POWER_OF_ATTORNEY = "power_of_attorney"
    RECEIPT = "receipt"
    EXCHANGE_RATE_PROOF = "exchange_rate_proof"
    ACCIDENT_REPORT = "accident_report"
    MEDICAL_REPORT = "medical_report"
    PATHOGEN_REPORT = "pathogen_report"
    PRESCRIPTION = "prescription"
    HOSPITAL_CERTIFICATE = "hospital_certificate"
    EARLIER_TREATMENT_RECORD = "earlier_treatment_record"
    DISABILITY_REPORT = "disability_report"
    MEDICAL_IMAGES = "medical_images"
    DEATH_CERTIFICATE = "death_certificate"
    FAMILY_REGISTER = "family_register"
    HEIRS_AUTHORITY = "heirs_authority"
    SEARCH_REPORT = "search_report"
    RESCUER_NOMINATION = "rescuer_nomination"
    RESCUER_TICKET = "rescuer_ticket"
    DISINFECTION_ORDER = "disinfection_order"
    DENTIST_REPORT = "dentist_report"
    POLICE_REPORT = "police_report"
    THIRD_PARTY_STATEMENT = "third_party_statement"
    CARRIER_REPORT = "carrier_report"
    DELAY_CERTIFICATE = "delay_certificate"
    BOARDING_PASS = "boarding_pass"
    BAGGAGE_TAG = "baggage_tag"
    DELIVERY_RECORD = "delivery_record"
    REFUND_STATEMENT = "refund_statement"
    SETTLEMENT = "settlement"
    INSURER_AGREEMENT = "insurer_agreement"
    REPAIR_ESTIMATE = "repair_estimate"
    PHOTOGRAPH = "photograph"
    PURCHASE_PROOF = "purchase_proof"
    RELATION_PROOF = "relation_proof"
    COURT_SUMMONS = "court_summons"
    DAMAGE_CERTIFICATE = "damage_certificate"
    OFFICIAL_ORDER = "official_order"
    ADVISORY_RECORD = "advisory_record"
    CANCELLATION_STATEMENT = "cancellation_statement"
    TOUR_CONTRACT = "tour_contract"
    ENTRY_AND_EXIT_RECORD = "entry_and_exit_record"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {word: Text(ja, en) for word, (ja, en) in _TITLES.items()}


def papers(*proofs: Proof, when: Expression | None = None) -> tuple[Document, ...]:
    """The papers that a benefit needs, always or only when `when` holds."""
    return tuple(Document(proof.value, proof.title, when) for proof in proofs)


_TITLES = {
    "claim_form": ("保険金請求書", "Claim form"),
    "certificate": ("保険契約証または被保険者証の写し", "Copy of the insurance certificate"),
    "passport": (
        "旅券の写し（出入国印のページを含みます）",
        "Copy of the passport with entry stamps",
    ),
    "consent": ("個人情報の提供に関する同意書", "Consent to the release of information"),
    "power_of_attorney": ("委任状と印鑑証明書", "Power of attorney with seal certificate"),
    "receipt": ("領収書・請求書と明細", "Receipt or bill, itemised"),
    "exchange_rate_proof": ("実際の換算率がわかる書類", "Proof of the exchange rate really paid"),
    "accident_report": ("事故状況報告書・事故証明書", "Accident report or certificate"),
    "medical_report": ("医師の診断書", "Medical report"),
    "pathogen_report": ("病原体の検査結果", "Laboratory report of the pathogen"),
    "prescription": ("処方せん", "Prescription"),
    "hospital_certificate": (
        "入院・退院の日がわかる病院の証明書",
        "Hospital certificate with dates of admission and discharge",
    ),
    "earlier_treatment_record": (
        "旅行前の治療と急な悪化がわかる書類",
        "Record of earlier treatment and of the sudden worsening",
    ),
    "disability_report": ("後遺障害診断書", "Disability report"),
    "medical_images": ("レントゲンなどの画像", "X-rays or other images"),
    "death_certificate": ("死亡診断書または死体検案書", "Death certificate"),
    "family_register": ("戸籍謄本", "Family register"),
    "heirs_authority": (
        "法定相続人の委任状と印鑑証明書",
        "Heirs' letter of authority with seal certificates",
    ),
    "search_report": ("捜索・救助機関の証明書", "Report of the search and rescue authority"),
    "rescuer_nomination": ("救援者の指定書", "Letter naming the rescuers"),
    "rescuer_ticket": ("救援者の航空券・搭乗券", "Rescuers' tickets and boarding passes"),
    "disinfection_order": ("消毒命令がわかる書類", "Order to disinfect"),
    "dentist_report": (
        "歯科医師の診断書（発病日と治療開始日）",
        "Dentist's report with onset and start of treatment",
    ),
    "police_report": ("盗難届出証明書", "Police report"),
    "third_party_statement": ("第三者の証明書", "Statement of a third party"),
    "carrier_report": ("手荷物事故報告書", "Carrier's property irregularity report"),
    "delay_certificate": (
        "遅延・欠航などの証明書（理由と時刻）",
        "Carrier's certificate of the delay, with cause and times",
    ),
    "boarding_pass": ("航空券・搭乗券", "Ticket and boarding pass"),
    "baggage_tag": ("手荷物の預り証", "Baggage tag"),
    "delivery_record": ("手荷物の受取記録", "Record of the delivery"),
    "refund_statement": ("払戻額がわかる書類", "Statement of refunds"),
    "settlement": ("示談書・支払いの証明", "Settlement or proof of payment"),
    "insurer_agreement": ("保険会社の同意がわかる書類", "The insurer's agreement in writing"),
    "repair_estimate": (
        "修理見積書または修理不能の証明",
        "Repair estimate, or note that repair is impossible",
    ),
    "photograph": ("写真", "Photographs"),
    "purchase_proof": ("購入の時期と価格がわかる書類", "Proof of purchase"),
    "relation_proof": ("続柄がわかる書類", "Proof of the relationship"),
    "court_summons": ("裁判所の呼出状", "Court summons"),
    "damage_certificate": (
        "罹災証明書など損害額がわかる書類",
        "Certificate of the damage and its amount",
    ),
    "official_order": (
        "命令・規制・隔離の指示がわかる書類",
        "Official order, entry rule or isolation notice",
    ),
    "advisory_record": ("退避勧告などの発出がわかる書類", "Print of the advisory"),
    "cancellation_statement": ("取消料の明細", "Statement of cancellation charges"),
    "tour_contract": ("旅行の契約書面・日程表", "Tour contract and itinerary"),
    "entry_and_exit_record": ("出入国の記録", "Record of entry and exit"),
}

ALWAYS_ASKED = papers(Proof.CLAIM_FORM, Proof.CERTIFICATE, Proof.PASSPORT)
"""What every claim needs. A consent or power of attorney is asked where somebody else acts."""
