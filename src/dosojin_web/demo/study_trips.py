"""The study trips of the demonstration. Universities and host institutions are made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What the office does with a trip."""

    RUNS = "runs"
    NOT_INVITED = "not_invited"
    DRAFTED = "drafted"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class StudyTrip:
    """``starts`` and ``lasts`` count days, from the day of the demonstration and from the start."""

    key: str
    university: str
    title: str
    host: str
    country: str
    starts: int
    lasts: int
    earns_credits: bool = False
    fate: Fate = Fate.RUNS


_ALL = (
    StudyTrip(
        "manila", "hokurei", "英語集中研修（マニラ）", "Bayview Language Center", "PH", -230, 28
    ),
    StudyTrip(
        "taipei", "shiomi", "中国語実習（台北）", "淡江海濱大学 華語中心", "TW", -150, 88, True
    ),
    StudyTrip(
        "hanoi", "joto", "ものづくり海外研修（ハノイ）", "Red River Polytechnic", "VN", -72, 26
    ),
    StudyTrip(
        "uppsala",
        "hokurei",
        "交換留学（ウプサラ）",
        "Fyrisån University College",
        "SE",
        -80,
        185,
        True,
    ),
    StudyTrip(
        "lyon", "shiomi", "フランス語長期留学", "Université des Deux-Rives", "FR", -45, 120, True
    ),
    StudyTrip(
        "sydney", "joto", "海外インターンシップ（シドニー）", "Harbour Robotics Lab", "AU", -9, 21
    ),
    StudyTrip(
        "vancouver",
        "hokurei",
        "英語・文化研修（バンクーバー）",
        "Salish Bay College",
        "CA",
        -14,
        26,
    ),
    StudyTrip(
        "boston",
        "hokurei",
        "ダブルディグリー留学（ボストン）",
        "Charles River College",
        "US",
        -190,
        350,
        True,
    ),
    StudyTrip(
        "penang",
        "hokurei",
        "短期サービスラーニング（ペナン）",
        "Straits Community College",
        "MY",
        7,
        16,
    ),
    StudyTrip(
        "heidelberg", "shiomi", "ドイツ語学期留学", "Neckartal-Hochschule", "DE", 40, 110, True
    ),
    StudyTrip(
        "zurich",
        "joto",
        "派遣留学（チューリヒ）博士前期課程",
        "Limmat Institute of Technology",
        "CH",
        60,
        360,
        True,
    ),
    StudyTrip(
        "auckland", "hokurei", "英語・環境学研修（オークランド）", "Waitematā College", "NZ", 75, 24
    ),
    StudyTrip(
        "seoul",
        "joto",
        "日韓共同ワークショップ",
        "Hangang Institute of Technology",
        "KR",
        110,
        10,
        fate=Fate.NOT_INVITED,
    ),
    StudyTrip(
        "dublin",
        "hokurei",
        "看護学海外実習（ダブリン）",
        "Liffey School of Nursing",
        "IE",
        95,
        19,
        True,
        Fate.DRAFTED,
    ),
    StudyTrip(
        "london",
        "hokurei",
        "法学部 ロンドン研修",
        "Thames Chambers Institute",
        "GB",
        120,
        12,
        True,
        Fate.DRAFTED,
    ),
    StudyTrip(
        "barcelona",
        "joto",
        "建築設計スタジオ（バルセロナ）",
        "Escola d'Arquitectura Besòs",
        "ES",
        85,
        40,
        True,
        Fate.CHANGED,
    ),
    StudyTrip(
        "nairobi",
        "shiomi",
        "スワヒリ語実習（ナイロビ）",
        "Savanna Language Institute",
        "KE",
        50,
        30,
        fate=Fate.WITHDRAWN,
    ),
)
STUDY_TRIPS: Mapping[str, StudyTrip] = {trip.key: trip for trip in _ALL}
