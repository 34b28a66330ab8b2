"""Made-up names: of Japan, with characters that programs stumble over, and of the world."""

from random import Random
from typing import NamedTuple


class Name(NamedTuple):
    """A name in its three forms. Given names are empty for whoever has only one name."""

    family: str
    given: str
    family_kana: str
    given_kana: str
    family_roman: str
    given_roman: str
    language: str = "ja"


FAMILIES = """
佐藤 サトウ SATO|鈴木 スズキ SUZUKI|髙橋 タカハシ TAKAHASHI|田中 タナカ TANAKA|伊藤 イトウ ITO
渡邊 ワタナベ WATANABE|山﨑 ヤマザキ YAMAZAKI|𠮷田 ヨシダ YOSHIDA|中村 ナカムラ NAKAMURA
小林 コバヤシ KOBAYASHI|加藤 カトウ KATO|齋藤 サイトウ SAITO|山口 ヤマグチ YAMAGUCHI
濵田 ハマダ HAMADA|德永 トクナガ TOKUNAGA|清水 シミズ SHIMIZU|池田 イケダ IKEDA
阿部 アベ ABE|石川 イシカワ ISHIKAWA|前田 マエダ MAEDA|藤井 フジイ FUJII|岡本 オカモト OKAMOTO
長谷川 ハセガワ HASEGAWA|村上 ムラカミ MURAKAMI|近藤 コンドウ KONDO|遠藤 エンドウ ENDO
青木 アオキ AOKI|西村 ニシムラ NISHIMURA|福田 フクダ FUKUDA|三浦 ミウラ MIURA
勅使河原 テシガワラ TESHIGAWARA|五十嵐 イガラシ IGARASHI|東海林 ショウジ SHOJI
金城 キンジョウ KINJO|比嘉 ヒガ HIGA|菅野 カンノ KANNO|大塚 オオツカ OTSUKA|小野寺 オノデラ ONODERA
"""
GIVENS = """
葵 アオイ AOI|陽菜 ヒナ HINA|結衣 ユイ YUI|さくら サクラ SAKURA|美咲 ミサキ MISAKI|莉子 リコ RIKO
真央 マオ MAO|千尋 チヒロ CHIHIRO|あかり アカリ AKARI|彩花 アヤカ AYAKA|七海 ナナミ NANAMI
優花 ユウカ YUKA|琴音 コトネ KOTONE|凜 リン RIN|明日香 アスカ ASUKA|蓮 レン REN|陽翔 ハルト HARUTO
悠真 ユウマ YUMA|大輝 ダイキ DAIKI|翔太 ショウタ SHOTA|拓海 タクミ TAKUMI|健太 ケンタ KENTA
颯 ハヤテ HAYATE|湊 ミナト MINATO|樹 イツキ ITSUKI|航平 コウヘイ KOHEI|直樹 ナオキ NAOKI
隼人 ハヤト HAYATO|怜 レイ REI|一輝 カズキ KAZUKI|俊介 シュンスケ SHUNSUKE|遼 リョウ RYO
"""
ABROAD = (
    Name("王", "雨桐", "ワン", "ユートン", "WANG", "YUTONG", "en"),
    Name("李", "浩然", "リー", "ハオラン", "LI", "HAORAN"),
    Name("金", "瑞妍", "キム", "ソヨン", "KIM", "SEOYEON", "en"),
    Name("朴", "志勲", "パク", "ジフン", "PARK", "JIHUN"),
    Name(
        "Nguyễn", "Thị Thanh Huyền", "グエン", "ティタインフエン", "NGUYEN", "THI THANH HUYEN", "en"
    ),
    Name("Müller", "Anne-Sophie", "ミュラー", "アンネゾフィー", "MUELLER", "ANNE-SOPHIE", "en"),
    Name("O'Brien", "Saoirse", "オブライエン", "シアシャ", "O'BRIEN", "SAOIRSE", "en"),
    Name("Dewi", "", "デウィ", "", "DEWI", "", "en"),
    Name("Suharyanto", "", "スハルヤント", "", "SUHARYANTO", "", "en"),
    Name(
        "Wickramasinghe Mudiyanselage",
        "Tharushi Nimeshika Bandara",
        "ウィクラマシンハムディヤンセーラーゲー",
        "タルシニメーシカバンダーラ",
        "WICKRAMASINGHE MUDIYANSELAGE",
        "THARUSHI NIMESHIKA BANDARA",
        "en",
    ),
    Name(
        "Ferreira da Silva e Souza",
        "Maria Eduarda",
        "フェヘイラダシルヴァイソウザ",
        "マリアエドゥアルダ",
        "FERREIRA DA SILVA E SOUZA",
        "MARIA EDUARDA",
        "en",
    ),
    Name(
        "Suwannaphum",
        "Nattawadee",
        "スワンナプーム",
        "ナッタワディー",
        "SUWANNAPHUM",
        "NATTAWADEE",
        "en",
    ),
    Name(
        "Abdulrahman",
        "Fatimah Zahra",
        "アブドゥルラフマーン",
        "ファーティマザフラー",
        "ABDULRAHMAN",
        "FATIMAH ZAHRA",
        "en",
    ),
    Name(
        "Nakashima-Torres",
        "Lucas Kenji",
        "ナカシマトーレス",
        "ルーカスケンジ",
        "NAKASHIMA-TORRES",
        "LUCAS KENJI",
    ),
)
ABROAD_EVERY = 8


def _read(table: str) -> list[tuple[str, str, str]]:
    rows = (cell.split() for cell in table.replace("\n", "|").split("|") if cell.strip())
    return [(written, kana, roman) for written, kana, roman in rows]


def draw_names(random: Random, count: int) -> list[Name]:
    """So many names, no two alike; about one in eight is from abroad, each of those once."""
    families, givens = _read(FAMILIES), _read(GIVENS)
    pairs = [(family, given) for family in families for given in givens]
    random.shuffle(pairs)
    # Every family once before any comes again: even a small demonstration has the rare ones.
    seen: dict[str, int] = {}
    for family, _ in pairs:
        seen.setdefault(family[0], 0)
    turn: dict[int, int] = {}
    for place, (family, _) in enumerate(pairs):
        turn[place] = seen[family[0]]
        seen[family[0]] += 1
    order = sorted(range(len(pairs)), key=lambda place: turn[place])
    names = [Name(f[0], g[0], f[1], g[1], f[2], g[2]) for f, g in (pairs[place] for place in order)]
    for place, name in enumerate(ABROAD):
        names.insert(place * ABROAD_EVERY + ABROAD_EVERY // 2, name)
    if count > len(names):
        raise ValueError(f"There are {len(names)} names, not {count}: ask for fewer students.")
    return names[:count]
