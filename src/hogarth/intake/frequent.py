"""Which letters writers use most, script by script; it tells old character sets apart."""

from __future__ import annotations

from typing import Final


def _ranked(letters: str) -> dict[str, float]:
    """Letters in order of use → weight: 1.2 for the commonest third, 0.4 for the rarest."""
    third = max(1, len(letters) // 3)
    return {letter: (1.2, 0.9, 0.4)[min(2, place // third)] for place, letter in enumerate(letters)}


#: Letters of Latin script with a mark, as weight: Western first, then Central European and Turkish.
LATIN_MARKED: Final[dict[str, float]] = {
    **dict.fromkeys("éèàçñíóáúüöäß", 1.1),
    **dict.fromkeys("âîôëïåæøœìòù", 0.9),
    **dict.fromkeys("ąćęłńśźżčďěňřšťůžăşţșțğİđ", 0.85),
    **dict.fromkeys("ơưạảấầẩẫậắằẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹỵ", 0.8),
    **dict.fromkeys("ãê", 1.0),
    # The code pages of Budapest and Istanbul differ from the Western one in these alone.
    "ő": 1.0,
    "ű": 1.0,
    "ı": 0.9,
    "õ": 0.8,
    "û": 0.8,
    "ý": 0.75,
    **dict.fromkeys("þðÿľĺŕ", 0.3),
    **dict.fromkeys("\u0300\u0301\u0303\u0309\u0323", 0.8),
}

FREQUENT: Final[dict[str, dict[str, float]]] = {
    "latin": LATIN_MARKED,
    "cyrillic": {
        **_ranked("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"),
        **dict.fromkeys("іїєґўјљњћђџ", 0.5),
    },
    "greek": _ranked("αοιετσνηυρπκμλςωίόάέήύδγχθώφβξζψϊϋΐΰ"),
    "hebrew": _ranked("יוהלארתבמשנעדכקםחפטגןצסךזףץ"),
    "arabic": {**_ranked("اليمنوتربعدفهسكحقجةصشخأطىضذزغثءئإظؤآ"), **dict.fromkeys("پچژگی", 0.5)},
    "thai": _ranked("านรกเงอมยลวดทสตะปบคหแจพชขใไโผฉถธษศณญซภฟฤ่้ัีิ์ูุืึำ็ๆ"),
}

#: Characters that make up about half of any Chinese or Japanese page, old and simplified forms.
COMMON_HAN: Final = frozenset(
    "的一是不了人在有我他这個个們们中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于"
    "着著下自之年过過发發后後作里裏裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定"
    "天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已"
    "工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並物手应應战戰向头頭文体體政美相见見被利"
    "什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立"
    "及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數"
    "安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社"
    "便空决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南"
    "品住告类類求据程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候"
    "带帶导導争爭运運笑夜快怎吗嗎呢吧啊啦嘛您谁誰找站轻輕吃爱愛哥妈媽爸弟妹姐请請跟喜欢歡坐叫离離远遠近紧"
    "私僕俺彼言気持々込思聞読書実対変戻顔駅円帰込働残歩桜広沢図団経済関係発会社学校楽薬転軽辺続総歳鉄雑静"
    "店森雨町村屋朝昼夕声歌花草木火土川風空星春夏秋冬青赤黒父母兄友娘男姫君様達先生部活番号今週買物料理食"
)

COMMON_HANGUL: Final = frozenset(
    "이다는에을고가의하은를지도사로한나그어아리자기라서대시해게인들정일만있보수것주네부전면여스상오그러"
    "안비제무마조구장원미동말없내년모거우소신음더니었았했던까와과때생각같못너저제발눈손집물문방밤날길"
    "선성진연영유용위학국경공관계단당되된될데돌두람랑래려력런렇레루르른를름릴마막많말맞매머먹먼멀며명몇"
)

#: The marked letters of each language in Latin script, or of a few that share them.
ALPHABETS: Final = tuple(
    frozenset(letters)
    for letters in (
        "éèêëàâîïôùûüçœæ",
        "äöüßé",
        "áéíóúüñ",
        "ãõáéíóúâêôàçü",
        "àèéìíòóù",
        "éëïöüáóíèêà",
        "åäöéæøü",
        "ąćęłńóśźż",
        "áčďéěíňóřšťúůýžľĺŕäô",
        "áéíóöőúüű",
        "ăâîșțşţ",
        "çğıöşüâîû",
        "čćđšž",
        "āčēģīķļņšūžąęėįųõäöü",
        "áðéíóúýþæö",
        "àáâãèéêìíòóôõùúýăđĩũơư",
    )
)
