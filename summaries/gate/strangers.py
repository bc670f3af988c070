"""Words that look like names and are in no list."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import Locale

from summaries.gate.derived import derived
from summaries.gate.words import bare_forms, familiar, keys, little
from summaries.reading import Parsed
from summaries.statements.verbs import verb_of
from summaries.text import fold, known_word

NAMING = frozenset(
    fold(word)
    for word in (
        "صحيفة موقع قناة وكالة شبكة مجلة إذاعة مركز مؤسسة معهد منظمة شركة جمعية حزب حركة مدينة بلدة قرية "
        "مطار ميناء سفينة ولاية محافظة "
        "مقاطعة جزيرة نهر جبل حي مخيم جامعة بنك مصرف نادي فريق منتخب حاكم عمدة السيد السيدة الدكتور "
        "الدكتورة المهندس الجنرال اللواء العميد العقيد "
        "السيناتور السناتور النائب النائبة الأمير الملك الشيخ الكاتب اللاعب المدرب البروفيسور الأستاذ القاضي"
    ).split()
)
# Given names, and pieces of names, that are no words of the language or seldom used as one.
GIVEN = frozenset(
    fold(name)
    for name in (
        "محمد أحمد محمود مصطفى إبراهيم إسماعيل يوسف يونس حسن حسين علي عمر عثمان خالد وليد طارق زياد سامي "
        "هاني رامي فادي شادي جمال كمال جلال "
        "عادل ناصر منصور سعد سعيد فؤاد فيصل عبدالله عبدالرحمن طلال بدر ماجد فهد سلطان تركي نايف بندر مشعل "
        "زهير سمير منير بشير نذير أنور "
        "فاطمة عائشة خديجة مريم زينب ليلى سلمى هدى نور سارة دينا رانيا منى سعاد نادية سميرة كريمة أمينة "
        "حنان إيمان "
        "جون جورج جيمس جيمي جيم روبرت وليام ويليام ريتشارد ديفيد دافيد مايكل مايك توماس تشارلز كريستوفر "
        "دانيال دانييل ماثيو أنتوني أندرو بول "
        "ستيفن ستيف كيفن براين برايان إدوارد ألكسندر باتريك بيتر جاك جيك جو دونالد رونالد كينيث فرانك "
        "فرانسيس هنري آرثر والتر لويد ليندا ماري "
        "باربرا إليزابيث سوزان جنيفر جيسيكا كارين كارولين نانسي هيلاري ميشيل أنجيلا أورسولا كامالا كريستين "
        "إيمانويل فلاديمير سيرغي دميتري "
        "فولوديمير أولاف بوريس ريشي كير جوزيب أنطونيو بيدرو جورجيا فيكتور رجب تشي شي ناريندرا جاستن إيلون "
        "مارك تيم سام بيل جيف "
        "بنيامين يوآف بيني يائير إيتمار بتسلئيل أفيغدور إيهود رون تساحي نفتالي موشيه شمعون إسحاق يعقوب "
        "داني دان عاموس غادي هرتسي"
    ).split()
)


_COUNTRIES = frozenset(
    fold(name) for name in Locale("ar").territories.values() if " " not in name
) - frozenset(fold(word) for word in "مالي العالم بنين بليز".split())
_DEMONYMS = frozenset(
    re.sub("[اهي]$", "", name.removeprefix("ال")) + ending for name in _COUNTRIES for ending in ("ي", "يه")
)  # السنغال، السنغالي
_LANDS = _COUNTRIES | frozenset("ال" + name for name in _DEMONYMS)


@cache
def land_keys() -> frozenset[str]:
    """The keys of all countries and their people."""
    return frozenset(key for name in _LANDS for key in keys(name))


def is_land(folded: str) -> bool:
    """Whether a word, with or without a letter joined before it, names a country or those of it («السنغالي»)."""
    return any(form in _LANDS for form in (folded, folded[1:]))


def unknown(parsed: Parsed) -> Iterator[int]:
    """The places of words that look like names and are in no list: a given name; what follows a word such as
    «مدينة», or a verb of saying, and is no word of the language; a word in Latin letters.
    """
    named = parsed.named
    for place, token in enumerate(parsed.tokens):
        if place in named or len(token.folded) < 2 or token.folded[0].isdigit():
            continue
        if (
            not "\u0600" <= token.folded[0] <= "\u06ff"
            or _given(token.folded)
            or any(form in _LANDS for form in bare_forms(token.folded))
            or (strange(token.text) and _name_stands(parsed, place, named))
            or (place and parsed.tokens[place - 1].folded in NAMING and strange(token.text))
        ):
            yield place


def _given(folded: str) -> bool:
    return folded in GIVEN and not known_word(folded)


@lru_cache(maxsize=50_000)
def strange(word: str) -> bool:
    """Whether a word as written is none of the language: in no list, with whatever is joined to it, and of no root."""
    folded = fold(word)
    if any(little(form) for form in (*bare_forms(folded), folded[1:])):
        return False
    return len(folded) > 2 and not familiar(word) and not derived(word)


def _name_stands(parsed: Parsed, place: int, named: frozenset[int]) -> bool:
    """Whether a name may stand here: after a verb of saying, a name or a title, or beside another strange word."""
    before = parsed.tokens[max(0, place - 1) : place]
    if place > 1 and parsed.tokens[place - 2].folded == "عبد":
        return True  # «عبد الرحيم موسوي»
    after = parsed.tokens[place + 1 : place + 2]
    if place - 1 in named or any(verb_of(token.folded) for token in parsed.tokens[max(0, place - 2) : place]):
        return True
    if any(token.folded in NAMING or strange(token.text) for token in before):
        return True
    return place + 1 not in named and any(strange(token.text) or _given(token.folded) for token in after)
