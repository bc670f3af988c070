"""Free rewriting: what else than the same words may say the same, and what is told apart all the same."""

import pytest

from summaries.packaged import packaged_gate
from summaries.types import Span


def passes(text: str, sentence: str) -> bool:
    return packaged_gate().check(text, sentence, [Span(start=0, end=len(text))]).supported


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "لم تقل الشركة إنها ستغلق المصنع.",
            "لم تعلن الشركة إغلاق المصنع.",
            "أعلنت الشركة إغلاق المصنع.",
        ),
        (
            "اتهم النائب الشركة بأنها «لا تدفع الضرائب»، وهو ما نفته مديرتها المالية سلمى الراوي.",
            "كذبت المديرة المالية سلمى الراوي اتهام النائب للشركة.",
            "أكدت المديرة المالية سلمى الراوي اتهام النائب للشركة.",
        ),
        (
            "لم يؤكد المصرف دمج فروعه.",
            "لم يصدر عن المصرف ما يؤكد دمج فروعه.",
            "أكد المصرف دمج فروعه.",
        ),
        (
            "دعت النقابة العمال إلى تجنب الشجار.",
            "ناشدت النقابة العمال النأي عن الشجار.",
            "دعت النقابة العمال إلى الشجار.",
        ),
        (
            "يعارض 60 في المئة من السكان توسيع المطار.",
            "معارضو توسيع المطار 60 في المئة من السكان.",
            "مؤيدو توسيع المطار 60 في المئة من السكان.",
        ),
    ],
    ids=("saying", "pronoun", "what comes", "keeping away", "opponents"),
)
def test_denials(text: str, faithful: str, broken: str) -> None:
    """A denied saying denies what is said; «نفته فلانة» denies no word behind it; who denies is known by a form."""
    assert passes(text, faithful)
    assert not passes(text, broken)


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        ("نال المرشح 145 صوتا.", "نال المرشح تأييد مئة وخمسة وأربعين صوتا.", "فاز المرشح بمئة وأربعين صوتا."),
        ("سيزور وفد سداسي المصنع.", "يزور وفد من ستة أعضاء المصنع.", "يزور وفد رباعي المصنع."),
        (
            "أقر المجلس الخطة بـ58 صوتا مقابل 51.",
            "لم يزد الفارق بين مؤيدي الخطة ومعارضيها في جلسة المجلس على سبعة أصوات.",
            "لم يزد الفارق بين مؤيدي الخطة ومعارضيها في جلسة المجلس على ثلاثة أصوات.",
        ),
        (
            "قررت البلدية هدم مدرستين من أصل خمس.",
            "ستبقى ثلاث مدارس خارج قرار البلدية.",
            "ستبقى أربع مدارس خارج قرار البلدية.",
        ),
        (
            "يعقد المعرض يومي 9 و10 مايو.",
            "يعقد المعرض على مدى يومين في مايو.",
            "يعقد المعرض على مدى أربعة أيام في مايو.",
        ),
        (
            "تقدر كلفة الجسر بـ53 مليون دولار.",
            "تتجاوز كلفة بناء الجسر خمسين مليون دولار.",
            "تتجاوز كلفة بناء الجسر ستين مليون دولار.",
        ),
        (
            "جرى المسح بين الثالث والثامن من يناير.",
            "جرى المسح في مطلع يناير.",
            "جرى المسح في أواخر يناير.",
        ),
        (
            "أعيد فتح المعرض صباح الثلاثاء، ودخله الزوار قبل الظهر.",
            "دخل الزوار المعرض قبيل ظهر الثلاثاء.",
            "دخل الزوار المعرض مساء الثلاثاء.",
        ),
    ],
    ids=("hundred", "six-headed", "difference", "rest", "days", "beyond", "early", "noon"),
)  # fmt: skip
def test_numbers_and_times(text: str, faithful: str, broken: str) -> None:
    """«بمئة», «سداسي», a difference far from its number, what is left, days counted, a bound far before its number."""
    assert passes(text, faithful)
    assert not passes(text, broken)


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "أصيب عمال في حوادث خلال الساعات الأربع والعشرين الماضية.",
            "أصيب عمال في حوادث في غضون يوم واحد.",
            "أصيب عمال في حوادث في غضون أسبوع واحد.",
        ),
        (
            "يؤيد 62 في المئة من السكان المشروع، ويعارضه 27 في المئة، ولم يحسم الباقون أمرهم.",
            "لم يتخذ 11 في المئة من السكان موقفا من المشروع.",
            "لم يتخذ 16 في المئة من السكان موقفا من المشروع.",
        ),
        (
            "يعارض المشروع 27 في المئة من السكان.",
            "أكثر من ربع السكان ضد المشروع.",
            "أكثر من ثلث السكان ضد المشروع.",
        ),
        (
            "يمنح القانون المدينة 26 مليون دولار، منها 9 ملايين للمدارس.",
            "يخصص القانون سبعة عشر مليونا لغير المدارس.",
            "يخصص القانون اثني عشر مليونا لغير المدارس.",
        ),
        (
            "عبرت الجسر 140 شاحنة الاثنين، مقابل 90 شاحنة الأحد.",
            "زاد عدد الشاحنات خمسين شاحنة بين الأحد والاثنين.",
            "زاد عدد الشاحنات أربعين شاحنة بين الأحد والاثنين.",
        ),
        (
            "عبرت الجسر 140 شاحنة، وتحتاج المدينة إلى 500 شاحنة.",
            "لم يبلغ عدد الشاحنات التي عبرت الجسر ثلث ما تحتاج إليه المدينة.",
            "لم يبلغ عدد الشاحنات التي عبرت الجسر ربع ما تحتاج إليه المدينة.",
        ),
        (
            "ستستغرق الأشغال ما بين أربعة وستة أسابيع.",
            "لن تقل مدة الأشغال عن أربعة أسابيع.",
            "لن تقل مدة الأشغال عن عشرة أسابيع.",
        ),
        (
            "ستستغرق الأشغال ستة أسابيع.",
            "تدوم الأشغال شهرا ونصف شهر.",
            "تدوم الأشغال شهرين ونصف شهر.",
        ),
    ],
    ids=(
        "unit before",
        "undecided",
        "share",
        "of them",
        "grown by",
        "not a third",
        "two numbers",
        "month and a half",
    ),
)
def test_what_follows_from_numbers(text: str, faithful: str, broken: str) -> None:
    """A unit before its number, what is left of all, a share for per cent, what is not of them, growth, two bounds."""
    assert passes(text, faithful)
    assert not passes(text, broken)


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "قتل أربعة عمال، لترتفع حصيلة القتلى منذ بدء الأشغال إلى 314.",
            "كان عدد القتلى منذ بدء الأشغال 310.",
            "كان عدد القتلى منذ بدء الأشغال 306.",
        ),
        (
            "غادر الوفد المدينة مساء الأربعاء، وتستأنف المحادثات الأحد.",
            "تتجدد المحادثات بعد أربعة أيام من مغادرة الوفد.",
            "تتجدد المحادثات بعد تسعة أيام من مغادرة الوفد.",
        ),
        (
            "تراجعت شعبية العمدة إلى 32 في المئة.",
            "لم يعد العمدة يحظى بتأييد ثلث السكان.",
            "لم يعد العمدة يحظى بتأييد ربع السكان.",
        ),
        (
            "رفضت المحكمة التماسا لإلزام الحكومة بنشر البنود.",
            "لن تكون الحكومة ملزمة بنشر البنود.",
            "صارت الحكومة ملزمة بنشر البنود بعدما قبلت المحكمة التماسا.",
        ),
        (
            "اتهم سموتريتش الإدارة الأمريكية بالتدخل في شؤون إسرائيل.",
            "في نظر سموتريتش، تتدخل الإدارة الأمريكية في شؤون إسرائيل.",
            "اتهمت الإدارة الأمريكية سموتريتش بالتدخل في شؤون إسرائيل.",
        ),
        (
            "رفضت المحكمة الطلب، معللة قرارها بأن المسألة سياسية.",
            "لم تقبل المحكمة الطلب لأن المسألة سياسية.",
            "لم تقبل المحكمة الطلب لأن المحامي تأخر.",
        ),
        (
            "يجري الوزير محادثات في المدينة يومي الجمعة والسبت.",
            "محادثات الوزير في المدينة تستمر يومين.",
            "محادثات الوزير في المدينة تستمر ثلاثة أيام.",
        ),
        (
            "ترك 1.7 مليون شخص منازلهم.",
            "ترك أكثر من مليون ونصف مليون شخص منازلهم.",
            "ترك أكثر من مليونين ونصف مليون شخص منازلهم.",
        ),
        (
            "استقال المتحدث، ليكون ثالث مسؤول في الوزارة يستقيل.",
            "استقال ثلاثة مسؤولين في الوزارة.",
            "استقال أربعة مسؤولين في الوزارة.",
        ),
        (
            "وصفت الشركة القرار بأنه «عمل إجرامي».",
            "عدت الشركة القرار «عملا إجراميا».",
            "عدت الشركة القرار «عملا جنونيا».",
        ),
    ],
    ids=(
        "before that",
        "weekdays",
        "not a third",
        "predicate",
        "accused",
        "grounds",
        "two days",
        "five",
        "third",
        "accusative",
    ),
)
def test_more_that_follows(text: str, faithful: str, broken: str) -> None:
    """What was before a rise, days from weekday to weekday, a denied share, who does what is complained of."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_conditions_and_bounds() -> None:
    """«لن يسلم ما لم …» is a condition; «لن يصل قبل» bounds a time and denies nothing; what delays also denies."""
    text = "قال الوزير إن المصنع لن يسلم القطارات ما لم تسدد البلدية ديونها."
    assert passes(text, "اشترط الوزير لتسليم القطارات أن تسدد البلدية ديونها.")
    assert not passes(text, "قال الوزير إن المصنع سلم القطارات وسددت البلدية ديونها.")
    text = "أرجأ المدرب سفره بسبب المرض، على أن يصل إلى كندا في 24 يوليو."
    assert passes(text, "لن يصل المدرب إلى كندا قبل الرابع والعشرين من يوليو.")
    assert not passes(text, "لن يصل المدرب إلى كندا في الرابع والعشرين من يوليو.")


def test_a_part_of_a_name() -> None:
    """A family name alone is the person whom the gazetteer has in full."""
    text = "قال السيناتور كريس مورفي إن المشروع مكلف. وقال سفير الهند إن الطريق مقفل."
    assert passes(text, "في رأي مورفي، المشروع مكلف.")
    assert not passes(text, "في رأي غرينوالد، المشروع مكلف.")


def test_words_that_are_no_numbers() -> None:
    """«لم تسع إلى» is no nine, and «ثانية» behind a definite noun is «again»."""
    assert passes("لم تطلب الشركة أي دور في المشروع.", "الشركة لم تسع إلى أي دور في المشروع.")
    text = "قد يعيد أي عطل إغلاق الجسر."
    assert passes(text, "قد يؤدي أي عطل إلى إغلاق الجسر ثانية.")
    assert not passes(text, "قد تؤدي تسعة أعطال إلى إغلاق الجسر.")


def test_words_that_are_no_names() -> None:
    """A plural or a verb with «his», and a verb with a vowel written, are no unknown names."""
    text = "يؤيد 30 نائبا المشروع، ووصفه الوزير بأنه «فرصة»."
    assert passes(text, "رآه الوزير «فرصة»، ومؤيدوه من النواب 30.")
    assert not passes(text, "رآه الوزير «فرصة»، وأيده غرينوالد.")


def test_posts_and_adjectives() -> None:
    """An envoy's post stands within the name; «وفق قائمة مصرية» is no speaker."""
    text = (
        "قال المبعوث الأمريكي إلى لبنان توم كارلايل إن المصنع سيغلق. "
        "وأوضح مصدر مصري أن لبنان سلم قائمة بأسماء 40 عاملا."
    )
    assert passes(text, "قال كارلايل إن المصنع سيغلق.")
    assert not passes(text, "قال مصدر مصري إن المصنع سيغلق.")
    assert passes(text, "ورد 40 عاملا في قائمة لبنانية تحدث عنها مصدر مصري.")


def test_who_speaks_within_whose_speech() -> None:
    """What is denied may be told as denied, whatever verb stands in it; «ونفى ذلك فلان» denies what is before."""
    text = "نفت الشركة أن تكون قد طلبت قرضا من المصرف."
    assert passes(text, "تؤكد الشركة أنها لم تطلب قرضا من المصرف.")
    assert not passes(text, "طلبت الشركة قرضا من المصرف.")
    text = "زعم موقع أن الشركة طلبت قرضا من المصرف، ونفى ذلك مصدران فيها."
    assert passes(text, "كذب مصدران في الشركة ما زعمه موقع عن طلب قرض من المصرف.")


def test_quoted_words_are_their_speakers() -> None:
    """Words quoted from a minister do not tie him to the members that the sentence names before them."""
    text = (
        "رفضت الشركة منح إجازات لثمانية من أعضاء الوفد السويدي. "
        "ووصف الوزير النرويجي القرار بأنه «سابقة مؤسفة لا تليق بأحد»."
    )
    assert passes(
        text, "رأى الوزير النرويجي أن حجب الإجازات عن أعضاء الوفد السويدي «سابقة مؤسفة لا تليق بأحد»."
    )


def test_a_word_with_its_article_is_of_its_group() -> None:
    """«التصويت» is found among the words of «صوت», though stem and consonants do not meet."""
    text = "امتنعت النقابة عن التصويت."
    assert passes(text, "لم تصوت النقابة.")


def test_grounds_given_are_a_cause() -> None:
    """«برر … بأن» ties an act to its cause as «لأن» does."""
    text = "احتجزت الشرطة الشاحنة. وبررت الشرطة الاحتجاز بأن الشاحنة تنقل وقودا."
    assert passes(text, "احتجزت الشرطة الشاحنة لأنها تنقل وقودا.")
    assert not passes(text, "احتجزت الشرطة الشاحنة لأنها تنقل لصوصا.")
