"""When the gate believes what its checks find, and the checks that find one thing in the place of another."""

import pytest

from summaries.gate.decision import Decision
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import read_pair, read_source
from summaries.packaged import packaged_decision, packaged_gate, packaged_gazetteer
from summaries.types import Reason, Span
from tests.summaries.gate_verdicts import codes, judge, passes


def test_what_is_not_in_the_table_counts_always() -> None:
    """A bound holds for one code and one evidence alone; a table that names an unknown evidence is no table."""
    decision = Decision.parse("[negation]\nmissing = 0.8")
    assert decision.least == {("gate.negation", Evidence.MISSING): 0.8}
    with pytest.raises(ValueError, match="unsure"):
        Decision.parse("[negation]\nunsure = 0.8")


def test_a_reading_counts_where_the_wording_was_kept() -> None:
    """What only differs is believed in a sentence that keeps the source's words, and in none with words of its own."""
    text = "لم يوافق مجلس البلدية على توسيع السوق القديمة هذا العام."
    assert refused(text, "وافق مجلس البلدية على توسيع السوق القديمة هذا العام.", Evidence.DIFFERS)
    other = "مر طلب الباعة تكبير الساحة العتيقة بلا موافقة."
    assert not refused(text, other, Evidence.DIFFERS)
    assert refused(text, other, Evidence.EXCHANGED)


def test_a_bond_counts_where_most_of_the_wording_was_kept() -> None:
    """That a name is not found beside its words says little of a sentence that has a sixth of its words for itself."""
    text = "أعلن مجلس البلدية توسيع السوق القديمة وترميم الجسر الحجري وفتح المكتبة العامة هذا العام."
    kept = "أعلن مجلس البلدية توسيع السوق القديمة وترميم الجسر الحجري هذا العام."
    other = "أعلن مجلس البلدية تكبير الساحة العتيقة وترميم الجسر الحجري وفتح المكتبة العامة."
    assert refused(text, kept, Evidence.MISSING, "gate.bond")
    assert not refused(text, other, Evidence.MISSING, "gate.bond")
    assert refused(text, other, Evidence.EXCHANGED, "gate.bond")


def test_the_checks_that_refuse_are_told_by_name() -> None:
    """What each check is worth is measured by which of them refuse a sentence; one word for word is refused by none."""
    text = "زرعت البلدية تسع نخلات."
    span = [Span(start=0, end=len(text))]
    assert packaged_gate().refusing(text, "زرعت البلدية سبع نخلات.", span) == {"numbers"}
    assert packaged_gate().refusing(text, text, span) == frozenset()


def refused(text: str, sentence: str, evidence: Evidence, code: str = "gate.negation") -> bool:
    """Whether a finding at a sentence's first word counts."""
    source = read_source(text, packaged_gazetteer(), packaged_gate().words, packaged_gate().names)
    pair = read_pair(source, sentence, [Span(start=0, end=len(text))], packaged_gazetteer())
    found = Finding(reason=Reason(code=code), place=0, evidence=evidence)
    return packaged_decision().refuses(pair, found)


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "تدرس الوزارة إغلاق المصنع.",
            "تبحث الوزارة في إغلاق المصنع.",
            "قررت الوزارة إغلاق المصنع.",
        ),
        ("قد تستورد الحكومة القمح.", "ربما تستورد الحكومة القمح.", "ستستورد الحكومة القمح."),
        ("تحاول النقابة إقناع العمال.", "تسعى النقابة إلى إقناع العمال.", "نجحت النقابة في إقناع العمال."),
        ("بدأت الشركة تسريح العمال.", "شرعت الشركة في تسريح العمال.", "أنهت الشركة تسريح العمال."),
        ("أيد معظم السكان المشروع.", "أيدت غالبية السكان المشروع.", "أيد جميع السكان المشروع."),
        ("أعرب العمدة عن قلقه من القرار.", "أبدى العمدة قلقه من القرار.", "ندد العمدة بالقرار."),
    ],
    ids=("studied", "possible", "tried", "begun", "most", "uneasy"),
)
def test_how_far_an_act_has_come(text: str, faithful: str, broken: str) -> None:
    """What is possible, studied, tried or begun is not decided, certain, done or ended; most are not all."""
    assert passes(text, faithful)
    assert "gate.degree" in codes(text, broken)


def test_a_name_in_the_place_of_another() -> None:
    """A place of the article that the cited sentence does not name may not stand where it names another."""
    cited = "وتجتمع لجنة الصيادين في طنجة يوم الجمعة لبحث أسعار الوقود."
    text = "وصلت السفينة إلى أغادير مساء الأحد. " + cited
    assert passes(text, "موعد اجتماع لجنة الصيادين في طنجة هو الجمعة.", cited)
    assert "gate.bond" in codes_of(text, "موعد اجتماع لجنة الصيادين في أغادير هو الجمعة.", cited)


def codes_of(text: str, sentence: str, cited: str) -> set[str]:
    return {reason.code for reason in judge(text, sentence, cited).reasons}


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "هاجم الحراس المتفرجين قرب البوابة.",
            "الحراس هاجموا المتفرجين قرب البوابة.",
            "هاجم المتفرجون الحراس قرب البوابة.",
        ),
        (
            "استقبل الرئيس المصري الرئيس الفرنسي في القاهرة.",
            "زار الرئيس الفرنسي الرئيس المصري في القاهرة.",
            "استقبل الرئيس الفرنسي الرئيس المصري في القاهرة.",
        ),
    ],
    ids=("nouns", "converse"),
)
def test_who_acts_and_who_suffers(text: str, faithful: str, broken: str) -> None:
    """Nouns without name or title that change places are found; a verb's converse is no change."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_a_speaker_from_elsewhere_in_the_article() -> None:
    """Who speaks elsewhere in the article is not who is named right after the cited verb."""
    cited = "وقالت النقابة إن الرواتب لم تدفع منذ شهرين."
    text = "أغلقت الشرطة الشارع صباح الأحد. " + cited
    assert passes(text, "ذكرت النقابة أن الرواتب لم تدفع منذ شهرين.", cited)
    assert "gate.speaker" in codes_of(text, "ذكرت الشرطة أن الرواتب لم تدفع منذ شهرين.", cited)


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        ("هو الأسوأ منذ عقد.", "هو الأسوأ منذ عشر سنوات.", "هو الأسوأ منذ عشرين سنة."),
        (
            "باعت الشركة 40 سيارة في الربع الأول من العام.",
            "باعت الشركة 40 سيارة خلال ثلاثة أشهر.",
            "باعت الشركة 40 سيارة خلال خمسة أشهر.",
        ),
        (
            "كرم المعهد ستة أطباء وثلاثة ممرضين.",
            "كرم المعهد تسعة أشخاص.",
            "كرم المعهد تسعة ممرضين.",
        ),
        (
            "تراجع التأييد من 54 إلى 47 في المئة.",
            "انخفض التأييد سبع نقاط إلى 47 في المئة.",
            "انخفض التأييد تسع نقاط إلى 47 في المئة.",
        ),
        ("بدأ الإضراب قبل عشرة أيام.", "دخل الإضراب يومه العاشر.", "دخل الإضراب يومه الثامن."),
    ],
    ids=("decade", "quarter", "joined", "points", "tenth day"),
)
def test_numbers_told_otherwise(text: str, faithful: str, broken: str) -> None:
    """Decades, parts of the year, numbers joined by «و», points between shares, days in a row."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_what_is_given_as_the_cause_by_a_verb() -> None:
    """What «عزا … إلى» and «فسر … بـ» give as the cause must be cited."""
    text = "وعزت الوزارة نقص الدواء إلى تأخر الموردين."
    assert passes(text, "أرجعت الوزارة نقص الدواء إلى تأخر الموردين.")
    assert "gate.cause" in codes(text, "فسرت الوزارة نقص الدواء بارتفاع الضرائب.")


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "رجح الخبير ألا يصدر القرار قريبا.",
            "من غير المرجح أن يصدر القرار قريبا.",
            "رجح الخبير أن يصدر القرار قريبا.",
        ),
        ("لم يصل الوفد إلا مساء الأحد.", "وصل الوفد مساء الأحد.", "لم يصل الوفد مساء الأحد."),
        (
            "لم تقدم الوزارة وثائق العقد، ونفت إخفاءها.",
            "نفت الوزارة إخفاء وثائق العقد، ولم تقدمها.",
            "عرضت الوزارة وثائق العقد، ونفت إخفاءها.",
        ),
    ],
    ids=("opinion", "except", "other denial"),
)
def test_denials_told_otherwise(text: str, faithful: str, broken: str) -> None:
    """A denial within an opinion is one of it; «لم … إلا» affirms; another denial does not stand for one left out."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_a_part_of_a_word_is_not_word_for_word() -> None:
    """«وافق» stands in «لم يوافق» letter for letter, and does not pass for it."""
    assert not passes("لم يوافق المجلس على الخطة.", "وافق المجلس على الخطة.")
    assert passes("لم يوافق المجلس على الخطة.", "لم يوافق المجلس على الخطة.")
