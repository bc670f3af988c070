"""Speakers told by their sort, their post, their office; topics before their verb; acts within what another tells."""

import pytest

from tests.summaries.gate_verdicts import passes


def test_a_sort_of_outlet_stands_for_a_named_one() -> None:
    """«صحيفة عبرية» is a newspaper that the source names; a website is none."""
    text = "كشفت صحيفة «مرسى الغد» العبرية أن الجسر سيفتح أمام المسافرين في الربيع."
    assert passes(text, "يفتح الجسر للمسافرين في الربيع، بحسب صحيفة عبرية.")
    assert not passes(text, "يفتح الجسر للمسافرين في الربيع، بحسب موقع أمريكي.")


def test_who_has_a_post_speaks_for_the_body_of_the_post() -> None:
    """The article says once for whom somebody speaks; the body may then stand for them, another body may not."""
    cited = "وحذر سترومبرغ من أن المستودعات ستفرغ من الدقيق قبل نهاية الأسبوع."
    text = (
        "زار المنسق الإنساني للأمم المتحدة، يوهان سترومبرغ، المستودعات. والتقى وفدا من الاتحاد الأوروبي. "
        + cited
    )
    assert passes(text, "نبهت الأمم المتحدة إلى أن المستودعات ستخلو من الدقيق قبل نهاية الأسبوع.", cited)
    assert not passes(
        text, "نبه الاتحاد الأوروبي إلى أن المستودعات ستخلو من الدقيق قبل نهاية الأسبوع.", cited
    )


def test_a_body_without_its_name_speaks_through_its_director() -> None:
    """«المنظمة» may stand for its director, and another body of the article may not."""
    text = "وأوضحت مديرة المنظمة ليلى القاضي أن القمح يصل إلى الميناء كل صباح. ونشرت البلدية صورا للميناء."
    assert passes(text, "أوضحت المنظمة أن القمح يبلغ الميناء كل صباح.")
    assert not passes(text, "أوضحت البلدية أن القمح يبلغ الميناء كل صباح.")


def test_a_state_speaks_through_its_office() -> None:
    """An office without its state belongs to the one state whose holder the article names."""
    cited = "وأكد مكتب رئيس الوزراء أن الدوريات ستستمر حتى انسحاب المسلحين من التلال."
    text = "التقى رئيس الوزراء الإسرائيلي وفدا من فرنسا. " + cited
    assert passes(text, "أكدت إسرائيل أن الدوريات مستمرة حتى ينسحب المسلحون من التلال.", cited)
    assert not passes(text, "أكدت فرنسا أن الدوريات مستمرة حتى ينسحب المسلحون من التلال.", cited)


def test_whom_a_clause_is_about_speaks() -> None:
    """After «لكن» somebody may be described before the verb of saying, and is still its subject."""
    text = (
        "ورفض وزير المالية المصري التعليق، لكن مسؤولا في مكتبه قال إن الخزانة تملك ما يكفي من القمح للشتاء."
    )
    assert passes(text, "أفاد مسؤول في مكتب الوزير بأن لدى الخزانة ما يكفي من القمح للشتاء.")
    assert not passes(text, "أفاد وزير المالية المصري بأن لدى الخزانة ما يكفي من القمح للشتاء.")


@pytest.mark.parametrize("frame", ["على ما أفاد", "وفق", "كما قال"])
def test_who_acts_is_not_who_tells(frame: str) -> None:
    """Who promises within what another tells is named as who acts, and the other as who tells of it; not both wrong."""
    text = "قال البيت الأبيض إن الرئيس حصل من رئيس الوزراء الكندي على تعهد بفتح الميناء يوم الأحد."
    assert passes(text, f"تعهد رئيس الوزراء الكندي بفتح الميناء الأحد، {frame} البيت الأبيض.")
    assert not passes(text, f"تعهد رئيس الوزراء الكندي بفتح الميناء الأحد، {frame} الاتحاد الأفريقي.")


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "وصلت الشاحنات إلى جنوب القطاع صباحا.",
            "بلغت الشاحنات جنوب غزة صباحا.",
            "بلغت الشاحنات جنوب لبنان صباحا.",
        ),
        (
            "وصلت الشاحنات إلى جنوب غزة صباحا.",
            "بلغت الشاحنات جنوب القطاع صباحا.",
            "بلغت الشاحنات جنوب الضفة صباحا.",
        ),
    ],
    ids=("name for short form", "short form for name"),
)
def test_a_definite_short_form_stands_for_its_name(text: str, faithful: str, broken: str) -> None:
    """«القطاع» is Gaza in this field, in the source as in the sentence, and no other land."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_a_short_form_is_a_party_of_its_sentence() -> None:
    """«الحركة» is the one movement that the article names, so that its words are tied to it and to nobody else."""
    text = (
        "التقى وسطاء من قطر وفدا من حماس في إسطنبول. وطلبت الحركة مهلة أسبوعين لدراسة خرائط الانسحاب المعدلة. "
        "ونشرت قطر صور اللقاء على موقع وزارتها."
    )
    assert passes(text, "طلبت حماس مهلة أسبوعين لدراسة خرائط الانسحاب المعدلة.")
    assert not passes(text, "طلبت قطر مهلة أسبوعين لدراسة خرائط الانسحاب المعدلة.")


def test_a_speaker_exchanged_for_another_who_is_cited() -> None:
    """Two who are known by their posts alone are told apart where both are cited: neither says what the other does."""
    text = "حذر وزير الاقتصاد من أن الإغلاق سيكلف البلاد مليار دينار. وقالت النقابة إن العمال ينتظرون أجورهم."
    assert passes(text, "نبه الوزير إلى أن الإغلاق سيكلف البلاد مليار دينار.")
    assert not passes(text, "نبهت النقابة إلى أن الإغلاق سيكلف البلاد مليار دينار.")


def test_a_party_of_a_sentence_that_takes_up_the_one_before() -> None:
    """«هذا الطلب» ties the next sentence's party to what was asked; without it the words are the other party's."""
    first = "وأفاد موقع «المرسى» بأن رئيس الوزراء الكندي طلب من الرئيس تسريع تسليم صواريخ اعتراضية. "
    faithful = "أيد بيان البيت الأبيض الطلب الخاص بتسريع تسليم صواريخ اعتراضية."
    assert passes(first + "وأيد بيان البيت الأبيض هذا الطلب.", faithful)
    asked = "طلب بيان البيت الأبيض تسريع تسليم صواريخ اعتراضية."
    assert not passes(first + "وشكر بيان البيت الأبيض وزيرا.", asked)


def test_a_side_is_where_something_stands() -> None:
    """«الجانب المصري» is where the lorries stand, not who closed the crossing; another side is absent."""
    text = "أغلق الجيش الإسرائيلي معبر العوجة لشاحنات الدقيق صباح الأحد. وأوضحت أن 47 مركبة عالقة في الجانب المصري."
    assert passes(text, "بقيت شاحنات الدقيق في الجانب المصري بعد إغلاق معبر العوجة صباح الأحد.")
    assert not passes(text, "بقيت شاحنات الدقيق في الجانب الأردني بعد إغلاق معبر العوجة صباح الأحد.")
