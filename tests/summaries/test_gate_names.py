"""Names that no gazetteer has: each must be in the article in some spelling, or by the state it stands for."""

import pytest

from summaries.gate.derived import derived
from summaries.gate.transliteration import same_sound
from tests.summaries.gate_verdicts import codes, judge, passes

SPELLINGS = [
    (
        "قال المتحدث غريغوري شتراوبرغ إن المعرض فتح أبوابه.",
        "المتحدث جريجوري شتراوبرغ: فتح المعرض أبوابه.",
        "المتحدث برندان شتراوبرغ: فتح المعرض أبوابه.",
    ),
    (
        "أعلن الوسيط هنريك زندبيرغ نهاية الجولة.",
        "انتهت الجولة، كما أعلن الوسيط هنريك زندبرغ.",
        "انتهت الجولة، كما أعلن الوسيط هنريك زلمانوف.",
    ),
    (
        "زارت الكاتبة مارغريت دوفال المتحف.",
        "قصدت الكاتبة مارجريت دوفال المتحف.",
        "قصدت الكاتبة جانيت دوفال المتحف.",
    ),
    ("درست العالمة شارلوت ميتشل النجوم.", "بحثت شارلوت ميتشيل في النجوم.", "بحثت شارلوت غلاسمان في النجوم."),
]
STATES = [
    ("وقعت الدنمارك العقد.", "أبرمت كوبنهاغن العقد.", "أبرمت هلسنكي العقد."),
    ("أبدى الوفد الفنلندي رأيه.", "أبدت فنلندا رأيها.", "أبدت إستونيا رأيها."),
    ("تستعد إندونيسيا للدورة.", "تستعد جاكرتا للدورة.", "تستعد مانيلا للدورة."),
    ("احتج الكازاخستانيون على القانون.", "احتجت كازاخستان على القانون.", "احتجت أرمينيا على القانون."),
]
PLACES = [
    ("أغلقت البلدية الجسر في الناصرة.", "أغلق الجسر في الناصرة.", "أغلق الجسر في طبريا."),
    ("انهار سور قديم في قرية العين.", "سقط سور قديم في قرية العين.", "سقط سور قديم في جنين."),
    (
        "احتج سكان قرية العين على الرسوم.",
        "سكان القرية محتجون على الرسوم.",
        "سكان مسافر يطا محتجون على الرسوم.",
    ),
    ("تقف الحافلات عند المعبر.", "الحافلات واقفة عند المعبر.", "الحافلات واقفة عند إيريز."),
    ("عرضت الفرقة مسرحيتها في الكلية.", "قدمت الفرقة مسرحيتها في الكلية.", "قدمت الفرقة مسرحيتها في حلب."),
]
PEOPLE = [
    (
        "قالت المديرة الأردنية لينا الشوارب إن المتحف افتتح.",
        "افتتح المتحف، وفق المديرة الأردنية لينا الشوارب.",
        "افتتح المتحف، وفق المديرة الأردنية سمر الشوارب.",
    ),
    (
        "قال نقيب الأطباء ناصر العكاري إن القانون ناقص.",
        "القانون ناقص، برأي نقيب الأطباء ناصر العكاري.",
        "القانون ناقص، برأي نقيب الأطباء عماد الخطيب.",
    ),
    (
        "قال نقيب الأطباء ناصر العكاري إن القانون ناقص.",
        "القانون ناقص، برأي ناصر العكاري.",
        "القانون ناقص، برأي ناصر الحداد.",
    ),
    (
        "قال رئيس النادي جميل طرابيشي إن الملعب مغلق.",
        "الملعب جميل لكنه مغلق، برأي طرابيشي.",
        "الملعب مغلق، برأي رئيس النادي كريم حداد.",
    ),
]
NO_NAMES = [
    ("أرسلت الوزارة خبراء.", "قررت الوزارة إيفاد خبراء."),
    ("ظلم القرار التجار.", "القرار مجحف بالتجار."),
    ("تحدث الوزير عن حدة الخلاف.", "تحدث الوزير عن احتدام الخلاف."),
    ("تذرع الوفد بالطقس.", "اتخذ الوفد الطقس ذريعة."),
    ("قال التجار إن الوعد لم ينفذ.", "بقيت وعود التجار بلا تنفيذ."),
]


def names(text: str, sentence: str) -> list[str]:
    """The names that the gate misses in the text."""
    found = judge(text, sentence).reasons
    return [str(reason.values["name"]) for reason in found if reason.code == "gate.name"]


@pytest.mark.parametrize(("text", "faithful", "broken"), SPELLINGS)
def test_another_spelling_is_the_same_name(text: str, faithful: str, broken: str) -> None:
    """A foreign name may be spelt by its sound (غ or ج, with or without ي); another name is refused."""
    assert not names(text, faithful)
    assert names(text, broken)


@pytest.mark.parametrize(("text", "faithful", "broken"), STATES)
def test_a_state_by_its_capital_or_people(text: str, faithful: str, broken: str) -> None:
    """A state, its capital and its people stand for one another; those of another state do not."""
    assert not names(text, faithful)
    assert names(text, broken)


@pytest.mark.parametrize(("text", "faithful", "broken"), PLACES)
def test_a_place_must_be_in_the_article(text: str, faithful: str, broken: str) -> None:
    """A place that the article does not name is refused, though its name may be a word, or is in no list."""
    assert not names(text, faithful)
    assert names(text, broken)


@pytest.mark.parametrize(("text", "faithful", "broken"), PEOPLE)
def test_a_person_must_be_in_the_article(text: str, faithful: str, broken: str) -> None:
    """A given name behind a title, or a family name behind a given one, is a person's, though both may be words."""
    assert not names(text, faithful)
    assert names(text, broken)


@pytest.mark.parametrize(("text", "sentence"), NO_NAMES)
def test_a_rare_word_is_no_name(text: str, sentence: str) -> None:
    """Verbal nouns, participles and plurals of known roots are words, though no list has them."""
    assert not names(text, sentence)


def test_patterns_of_roots() -> None:
    """A word of a root's pattern is told from a foreign name."""
    assert all(derived(word) for word in ("لإيفاد", "مجحف", "إجهاض", "مزاعم", "الوعود"))
    assert not any(derived(word) for word in ("زندبرغ", "غرايسون", "إيريز", "كوميساريو"))


def test_sound_tells_names_apart() -> None:
    """Spellings of one name sound alike, and names of other consonants do not."""
    assert same_sound("جريجوري", "غريغوري")
    assert same_sound("بلومبيرغ", "بلومبرج")
    assert not same_sound("كوهلر", "كوهنر")
    assert not same_sound("مارش", "مارك")


def test_whoever_speaks_by_a_name_of_the_language_is_somebody() -> None:
    """A given name that is a word too is a name right after a verb of saying: «قال محمد عبد الكريم»."""
    text = "قال المشرف على المتحف سمير طه إن اللوحة سرقت ليلا. وأغلقت القاعة."
    assert passes(text, "ذكر سمير طه، المشرف على المتحف، أن اللوحة سرقت في الليل.")
    assert "gate.name" in codes(text, "ذكر محمد عبد الكريم، المشرف على المتحف، أن اللوحة سرقت في الليل.")
