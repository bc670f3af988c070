"""Words that give a number: ordinals, parts, «مئات», duals, and what stands before a noun («ألفي»)."""

from decimal import Decimal

from summaries.text import fold

ORDINALS = {
    fold(form): value
    for value, words in enumerate(
        ("ثان ثاني ثانية", "ثالث ثالثة", "رابع رابعة", "خامس خامسة", "سادس سادسة", "سابع سابعة", "ثامن ثامنة",
         "تاسع تاسعة", "عاشر عاشرة"),
        start=2,
    )
    for word in words.split()
    for form in (word, "ال" + word)
} | {fold(form): 1 for form in ("الحادي", "الحادية", "حادي", "حادية")}  # fmt: skip
FIRST = frozenset(fold(word) for word in ("الأول", "الأولى", "الأخير", "الأخيرة"))
FRACTIONS = {
    fold(word): Decimal(value)
    for words, value in (
        ("نصف النصف نصفا", "0.5"), ("ثلث الثلث ثلثا", "0.333"), ("ثلثا ثلثي الثلثين الثلثان ثلثان ثلثين", "0.667"),
        ("ربع الربع ربعا", "0.25"), ("خمس", "0.2"), ("عشر", "0.1"),
    )
    for word in words.split()
}  # fmt: skip
THIRDS = frozenset(
    fold(word) for word in ("ثلثا", "ثلثي")
)  # «ثلثا» is two thirds before a noun, one after «و»
RATHER_NUMBERS = {"خمس": 5, "عشر": 10}
QUARTERS = {fold("أرباع"): 4, fold("أخماس"): 5, fold("أثلاث"): 3, fold("أعشار"): 10}
MAGNITUDES = {
    fold(word): (Decimal(low), Decimal(high))
    for words, low, high in (
        ("عشرات العشرات", 11, 199), ("مئات المئات مءات", 101, 1999), ("آلاف الآلاف ألوف الألوف", 1001, 199_999),
        ("ملايين الملايين", 1_000_001, 999_999_999), ("مليارات المليارات بلايين", 1_000_000_001, 10**13),
    )
    for word in words.split()
}  # fmt: skip
_THINGS = (
    "يوم أسبوع شهر عام سن ساع دقيق مر هدف شخص عضو صاروخ غار جول ضرب طائر سفين دول صوت "
    "طفل شاحن نقط هجوم قذيف مليار مليون ألف مئ رجل امرأ مرحل عقد قرن درج فتر موسم ضابط شرط فرد سيار "
    "حافل منزل مبنى قري مدين مقعد ناقل زلزال اجتماع لقاء مشروع مستشفي مدرس شاب قتيل جريح جندي مركب وحد جمعي مكالم "
    "محافظ شرك مسير قنبل لجن جلس منظم رحل بلد"
).split()
_PEOPLE = (
    "مدني عامل صحفي صحافي لاعب مسعف شاهد مسلح سجين رهين معتقل مسؤول مستوطن مسافر دبلوماسي موظف "
    "مهندس متظاهر محتجز مواطن نائب مصدر وزير طيار مقاتل شرطي"
).split()
DUALS = (
    frozenset(fold(noun + ending) for noun in _THINGS for ending in ("ين", "ان", "تين", "تان"))
    | frozenset(fold(noun + ending) for noun in _PEOPLE for ending in ("ان", "تين", "تان"))
) - {fold("بلدان"), fold("قران")}
PLURAL_TOO = frozenset(fold(noun + "ين") for noun in _PEOPLE)  # «مدنيين» may be two or many
OF_SO_MANY = {  # «وفد سداسي»
    fold(word + ending): value
    for value, word in enumerate("ثلاثي رباعي خماسي سداسي سباعي".split(), start=3)
    for ending in ("", "ا", "ة")
}
CONSTRUCT = {
    fold(word): value
    for word, value in (
        ("مليوني", 2 * 10**6), ("ألفي", 2000), ("ملياري", 2 * 10**9), ("مئتي", 200), ("مائتي", 200),
        ("مليونا", 2 * 10**6), ("مليارا", 2 * 10**9),
    )
}  # fmt: skip
