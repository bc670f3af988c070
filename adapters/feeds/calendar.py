"""Names of months, zones and halves of the day, as the Arabic press and its feeds write them.

All keys are folded as `fold` does: without hamza, vowels, tatweel, and with ه for ة, ي for ى.
"""

import re
import unicodedata

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FOLD = str.maketrans("أإآٱةىؤئ", "ااااهيوي")

_GREGORIAN = (
    # Egypt and the Gulf | the Levant | the Maghreb | English | French
    "يناير كانون_الثاني كانون_ثاني جانفي january jan janvier janv",
    "فبراير شباط فيفري february feb fevrier fevr",
    "مارس اذار march mar mars",
    "ابريل نيسان افريل april apr avril avr",
    "مايو ايار ماي may mai",
    "يونيو حزيران جوان يونيه june jun juin",
    "يوليو تموز جويليه يوليوز يوليه july jul juillet juil",
    "اغسطس اب غشت اوت august aug aout",
    "سبتمبر ايلول شتنبر september sep sept septembre",
    "اكتوبر تشرين_الاول تشرين_اول october oct octobre",
    "نوفمبر تشرين_الثاني تشرين_ثاني نونبر november nov novembre",
    "ديسمبر كانون_الاول كانون_اول دجنبر december dec decembre",
)
_HIJRI = (
    "محرم المحرم muharram",
    "صفر safar",
    "ربيع_الاول ربيع_اول",
    "ربيع_الاخر ربيع_الثاني ربيع_ثاني ربيع_اخر",
    "جمادي_الاولي جمادي_الاول جمادي_اولي",
    "جمادي_الاخره جمادي_الثانيه جمادي_الاخر جمادي_الثاني",
    "رجب rajab",
    "شعبان shaban",
    "رمضان ramadan",
    "شوال shawwal",
    "ذو_القعده ذي_القعده ذوالقعده ذيالقعده",
    "ذو_الحجه ذي_الحجه ذوالحجه ذيالحجه",
)

# Hours from UTC of what feeds write in place of an offset. "AST" is Arabia here, not the Atlantic.
ZONE_HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "met": 1,
    "mest": 2, "eet": 2, "eest": 3, "msk": 3, "ast": 3, "ksa": 3, "trt": 3, "gst": 4, "est": -5, "edt": -4, "cst": -6,
    "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

# «بتوقيت …»: the city or the country whose time it is.
_ZONES = (
    ("UTC", "غرينتش جرينتش غرينيتش جرينيتش العالمي"),
    ("Asia/Riyadh", "مكه السعوديه الرياض"),
    ("Asia/Qatar", "الدوحه قطر"),
    ("Asia/Kuwait", "الكويت"),
    ("Asia/Baghdad", "بغداد العراق"),
    ("Asia/Aden", "صنعاء عدن"),
    ("Asia/Bahrain", "المنامه البحرين"),
    ("Asia/Dubai", "الامارات دبي ابوظبي"),
    ("Asia/Muscat", "مسقط"),
    ("Africa/Cairo", "القاهره مصر"),
    ("Asia/Jerusalem", "القدس"),
    ("Asia/Hebron", "فلسطين رام_الله"),
    ("Asia/Gaza", "غزه"),
    ("Asia/Beirut", "بيروت لبنان"),
    ("Asia/Damascus", "دمشق سوريا"),
    ("Asia/Amman", "الاردن عمان"),
    ("Africa/Khartoum", "الخرطوم السودان"),
    ("Africa/Tripoli", "طرابلس ليبيا"),
    ("Africa/Tunis", "تونس"),
    ("Africa/Algiers", "الجزائر"),
    ("Africa/Casablanca", "المغرب الرباط"),
    ("America/New_York", "واشنطن نيويورك"),
    ("Europe/London", "لندن"),
    ("Europe/Paris", "باريس"),
    ("Europe/Moscow", "موسكو"),
    ("Europe/Istanbul", "انقره اسطنبول"),
    ("Asia/Tehran", "طهران"),
)
ZONE_NAMES = {name.replace("_", " "): zone for zone, names in _ZONES for name in names.split()}


def fold(text: str) -> str:
    """`text` in the form of the keys here: digits of every script ASCII, letters folded, lower case."""
    text = _MARKS.sub("", unicodedata.normalize("NFC", text)).translate(_FOLD).lower()
    text = "".join(str(unicodedata.digit(c)) if not c.isascii() and c.isdigit() else c for c in text)
    return " ".join(text.replace("é", "e").replace("û", "u").replace("،", ",").split())


def _table(rows: tuple[str, ...]) -> dict[str, int]:
    return {name.replace("_", " "): number for number, row in enumerate(rows, 1) for name in row.split()}


GREGORIAN_MONTHS = _table(_GREGORIAN)
HIJRI_MONTHS = _table(_HIJRI)
