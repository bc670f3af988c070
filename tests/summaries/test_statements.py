"""Who said what, on sentences of our own."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.packaged import packaged_gazetteer
from summaries.reading import parse
from summaries.statements.finding import statements_in
from summaries.statements.verbs import forms, verb_of
from summaries.text import fold
from summaries.types import Statement, Strength

ABBAS = "قال الرئيس محمود عباس إن الأرض لأهلها."


def _found(text: str) -> tuple[Statement, ...]:
    return statements_in(parse(text, packaged_gazetteer()))


def _told(text: str) -> list[tuple[str | None, str]]:
    return [(s.speaker, text[s.span.start : s.span.end]) for s in _found(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("وقال الرئيس جو بايدن إن الطريق طويل وشاق.", "الرئيس جو بايدن", "الطريق طويل وشاق"),
        ("وكان نتنياهو قد أبلغ وزراءه أنه لن يتراجع.", "نتنياهو", "لن يتراجع"),
        ("لكن البيت الأبيض نفى وجود أي خلاف مع تل أبيب.", "البيت الأبيض", "وجود أي خلاف مع تل أبيب"),
        ('قال وزير الدفاع: "لن نترك أحدا خلفنا اليوم".', "وزير الدفاع", "لن نترك أحدا خلفنا اليوم"),
        ("وجاء في البيان أن الاجتماع كان مثمرا جدا.", "البيان", "الاجتماع كان مثمرا جدا"),
        ("طالبت واشنطن إسرائيل بوقف البناء فورا.", "واشنطن", "وقف البناء فورا"),
        ("اتهم وزير المالية الشركات بإخفاء الأرقام كلها.", "وزير المالية", "الشركات بإخفاء الأرقام كلها"),
        ("وصف الرئيس محمود عباس الخطة بأنها ظالمة.", "الرئيس محمود عباس", "الخطة بأنها ظالمة"),
        ("أعربت الأمم المتحدة عن قلقها من الوضع.", "الأمم المتحدة", "قلقها من الوضع"),
        ("حمّلت الحكومة الإسرائيلية حماس مسؤولية الفشل.", "الحكومة الإسرائيلية", "حماس مسؤولية الفشل"),
        (
            "تأخر الحصاد هذا العام أسبوعين، وفقا لما نشرته صحيفة هآرتس.",
            "صحيفة هآرتس",
            "تأخر الحصاد هذا العام أسبوعين",
        ),
        ("ويقول الفلسطينيون الذين حضروا إنهم تعبوا كثيرا.", "الفلسطينيون", "تعبوا كثيرا"),
        ("انتقد السفير الذي غادر، والوزير يقول إن الأمر سهل.", "الوزير", "الأمر سهل"),
    ],
)
def test_the_patterns_of_news(text: str, speaker: str, words: str) -> None:
    """Each pattern of attribution gives the speaker as written and the words without verb and speaker."""
    assert (speaker, words) in _told(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "أعرب المدير عن أمله في موسم وفير، مؤكدا أن المطر كاف.",
            [("المدير", "أمله في موسم وفير"), ("المدير", "المطر كاف")],
        ),
        ("وكان المدير قد طالب، مساء السبت، بوضع خطة للموسم.", [("المدير", "وضع خطة للموسم")]),
        ("توعدت موسكو برد قاس على مصادرة السفينة.", [("موسكو", "رد قاس على مصادرة السفينة")]),
        ("قال المدير إن الموسم جيد. وعبّر عن شكره للعمال.", [("المدير", "الموسم جيد"), ("المدير", "شكره للعمال")]),
        ("وأقرت قوات الدعم السريع بانسحابها من الوادي.", [("قوات الدعم السريع", "انسحابها من الوادي")]),
        ("وحث الأمين العام القادة على حماية الغابات.", [("الأمين العام", "حماية الغابات")]),
        ("ونفى متحدث باسم الشركة هذه الأخبار قائلا إنها ملفقة كلها.", [("متحدث باسم الشركة", "ملفقة كلها")]),
        ("وقالت زعيمة المعارضة نورا سعيد إن الموسم جيد.", [("زعيمة المعارضة نورا سعيد", "الموسم جيد")]),
        ("وأعلنت الوزارة، على لسان الناطق هاشم العلي، أن الطريق مغلق.", [("الناطق هاشم العلي", "الطريق مغلق")]),
        ("أما بيونغ يانغ فقالت إن الطريق مغلق.", [("بيونغ يانغ", "الطريق مغلق")]),
        ("واستنكر الأزهر الشريف إغلاق المدرسة القديمة.", [("الأزهر الشريف", "إغلاق المدرسة القديمة")]),
        ("وشجب الملتقى بأشد العبارات إغلاق المدرسة.", [("الملتقى", "إغلاق المدرسة")]),
        ("وأبدت اللجنة تخوفها من إغلاق المدرسة.", [("اللجنة", "تخوفها من إغلاق المدرسة")]),
        ("واستنكرت الوزارة، على لسان الناطق هاشم العلي، إغلاق المدرسة.", [("الناطق هاشم العلي", "إغلاق المدرسة")]),
        (
            "ورحبت الحركة بالقرار الأخير، وأكدت استعدادها للتبادل.",
            [("الحركة", "القرار الأخير"), ("الحركة", "استعدادها للتبادل")],
        ),
        ("وجدد المدير رفضه لإغلاق المدرسة.", [("المدير", "رفضه لإغلاق المدرسة")]),
        ("وحثت الرابطة الأعضاء على حماية المدرسة.", [("الرابطة", "حماية المدرسة")]),
        ("وتساءل الكاتب عما إذا كانت المدرسة ستغلق.", [("الكاتب", "إذا كانت المدرسة ستغلق")]),
        ("ورد عليه المدير بأن المدرسة مفتوحة.", [("المدير", "المدرسة مفتوحة")]),
        ("هآرتس عن مصدر عسكري: الطريق مغلق حتى الغد.", [("مصدر عسكري", "الطريق مغلق حتى الغد")]),
        ("«لن نترك المدرسة مهما طال الزمن»، وفق تعبير المدير.", [("المدير", "لن نترك المدرسة مهما طال الزمن")]),
        ("«لن نترك المدرسة مهما طال الزمن»، هكذا رد المدير.", [("المدير", "لن نترك المدرسة مهما طال الزمن")]),
        ("وأظهرت دراسة حديثة أن المدرسة قديمة.", [("دراسة حديثة", "المدرسة قديمة")]),
    ],
)  # fmt: skip
def test_where_speaker_and_words_part(text: str, told: list[tuple[str, str]]) -> None:
    """Speaker and words are told apart by syntax: whether a verb can address somebody, whether «ب» joins a noun to
    the verb or belongs to it, and where «مؤكدا», «قائلا», «على لسان» and «أما … ف» stand."""
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("القدس (رويترز) - قال وزير الزراعة إن الموسم ضعيف.", "وزير الزراعة"),
        ("دبي، الإمارات العربية المتحدة (CNN) -- كشف تقرير سري أن الموسم ضعيف.", "تقرير سري"),
        ("قال الوزير في مقابلة مع سي إن إن يوم الأحد إن الموسم ضعيف.", "الوزير"),
        ("لكن مراقبين يقولون إن الموسم ضعيف.", "مراقبين"),
        ("قال مدير المصنع -في حديث للعمال- إن الموسم ضعيف.", "مدير المصنع"),
        ("وقال زعيم الحزب (الشمال) إن الموسم ضعيف.", "زعيم الحزب (الشمال)"),
    ],
)
def test_what_stands_around_a_speaker(text: str, speaker: str) -> None:
    """A dateline, «إن» inside a name, an aside between dashes and brackets hide neither speaker nor words."""
    assert _told(text) == [(speaker, "الموسم ضعيف")]


@pytest.mark.parametrize(
    "text",
    [
        "يذكر أن الطريق طوله عشرون كيلومترا.",
        "تقع القرية بين الجبل والبحر، وعبر الوادي تمر القوافل.",
        "لم يعلن الوزير عن موعد الزيارة.",
        "أجرى الوزير عدة اتصالات مع التجار أمس.",
        "ألقى المزارع الحجارة على جانب الطريق.",
        "وتعتبر القدس الشرقية منطقة حساسة للجميع.",
        "صدرت رواية «قال الراوي: حكايات من زمن القوافل» للكاتب نبيل الخطيب.",
        "وقال تعالى في كتابه الكريم: وقل رب زدني علما.",
        "وأظهر الفريق مستوى عاليا في المباراة.",
        "وسجل المنتخب هدفين في الشوط الأول.",
        "وارتفع ثمن القمح في السوق أمس.",
        "وأعاد العمال فتح الطريق الساحلي أمس.",
        "وأكد الواقع صحة هذا القول.",
        "وفق رواية إسرائيلية، فإن القوافل وصلت إلى الوادي ليلا.",
        "زار الوزير تاجرا يدعى أبو سامر، ثم غادر السوق.",
    ],
)
def test_what_nobody_says(text: str) -> None:
    """The narrator's own words, prepositions, negated verbs and passives are no statements."""
    assert _told(text) == []


def test_a_statement_ends_before_the_narrator_goes_on() -> None:
    """An indirect statement ends at «في إشارة إلى» and where another verb of saying begins."""
    text = "قال الوزير إن العرض سخي، في إشارة إلى القمح. وأكد المدير أن المخزن ممتلئ، وأضاف أن الباب مغلق."
    assert [words for _, words in _told(text)] == ["العرض سخي", "المخزن ممتلئ", "الباب مغلق"]


def test_a_participle_begins_a_new_statement_of_the_same_speaker() -> None:
    """«مضيفا أن» after a comma is a statement of its own."""
    text = "قالت المديرة إن الموسم جيد، مؤكدة أن المطر كاف."
    assert _told(text) == [("المديرة", "الموسم جيد"), ("المديرة", "المطر كاف")]


def test_quoted_words_are_direct_and_go_on_with_and_that() -> None:
    """A quotation is direct, and «وإن» after it begins a second statement of the same speaker."""
    text = 'قال المدير إن "المخزن ممتلئ حتى آخره هذا العام" وإن "القمح يكفي الجميع حتى الربيع".'
    assert [(s.direct, s.speaker) for s in _found(text)] == [(True, "المدير"), (True, "المدير")]


def test_a_quotation_may_stand_before_its_verb() -> None:
    """«"…"، يقول فلان»: what was quoted before the verb is what is said."""
    text = '"لن نترك هذه الأرض مهما طال الزمن"، يقول المدير محمود كركوتلي بهدوء.'
    (said,) = _found(text)
    assert (said.speaker, said.direct) == ("المدير محمود كركوتلي", True)
    assert text[said.span.start : said.span.end] == "لن نترك هذه الأرض مهما طال الزمن"


def test_an_outlets_name_in_marks_is_no_statement() -> None:
    """«لشبكة "…"» frames a name, however long; what follows «إن» is said."""
    text = 'قال المدير لشبكة "صوت الجبال والسهول والبحار البعيدة" إن المخزن ممتلئ.'
    assert [words for _, words in _told(text)] == ["المخزن ممتلئ"]


def test_a_dropped_speaker_is_whoever_spoke_last() -> None:
    """«وأضاف أن» goes on with the last speaker, «وقالت» with the last feminine one."""
    text = (
        "قالت المتحدثة ليلى سالم إن القطار متأخر. وقال المدير إن السائق مريض. وأضاف أنه يعمل وحيدا. "
        "وقالت إنها تعتذر للركاب."
    )
    assert [speaker for speaker, _ in _told(text)] == [
        "المتحدثة ليلى سالم", "المدير", "المدير", "المتحدثة ليلى سالم",
    ]  # fmt: skip


def test_a_dropped_speaker_may_be_the_subject_of_the_sentence_before() -> None:
    """«وقال» after a sentence about somebody else means that one, and gets the fullest name of the text."""
    text = f"{ABBAS} والتقى وزير الخارجية الأمريكي أنتوني بلينكن بعدها نظيره. وقال إن اللقاء مثمر."
    assert _told(text)[1] == ("وزير الخارجية الأمريكي أنتوني بلينكن", "اللقاء مثمر")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("وكتب المؤرخ طلال الوزاني أن النهر جف.", "المؤرخ طلال الوزاني"),
        ("ورد أنصار المدرب بأن النهر جف.", "أنصار المدرب"),
        ('وتابع الوزاني: "النهر جف منذ عام كامل تقريبا".', "الوزاني"),
        ("وروى سركيس، وهو صياد متقاعد، أن النهر جف.", "سركيس"),
        ("وقد قال لي صياد مسن ذات يوم: النهر جف.", "صياد مسن"),
        ("وتقول هذه الناشطة إن النهر جف.", "الناشطة"),
        ("وتعتقد كل من السويد وفنلندا أن النهر جف.", "السويد وفنلندا"),
        ("وبيّن الناطق باسم البلدية صباح العزاوي أن النهر جف.", "الناطق باسم البلدية صباح العزاوي"),
        ("وكتب السفير الأمريكي لدى تونس أن النهر جف.", "السفير الأمريكي لدى تونس"),
        ("وأعلنت «الحركة الكشفية» أن النهر جف.", "الحركة الكشفية"),
    ],
)
def test_who_stands_beside_the_verb_speaks(text: str, speaker: str) -> None:
    """Whoever stands between a verb of saying and its words speaks, known or not: never whoever spoke before."""
    assert [name for name, _ in _told(f"{ABBAS} {text}")] == ["الرئيس محمود عباس", speaker]


def test_a_name_in_marks_is_a_speaker_and_not_what_is_said() -> None:
    """«أعلنت «…» كذا»: the marks frame who announces, not what somebody before announced; «و» makes it longer."""
    text = f"{ABBAS} وأعلنت «العروة الوثقى» إلغاء المخيم الصيفي."
    assert _told(text)[-1] == ("العروة الوثقى", "إلغاء المخيم الصيفي")
    assert _told('وتقول "الأهرام" والقناة الأولى إن المخيم ألغي.') == [
        ('الأهرام" والقناة الأولى', "المخيم ألغي")
    ]


def test_a_short_name_is_whoever_was_introduced_with_it() -> None:
    """A family's name alone is the speaker who was introduced under the full one; an office is not its owner."""
    text = (
        "قال المهندس طلال الوزاني إن السد قديم. وقال محامي سركيس إن الملف مفتوح. وأضاف الوزاني أن الماء يتسرب. "
        "وقال سركيس إنه بريء تماما."
    )
    assert [name for name, _ in _told(text)] == [
        "المهندس طلال الوزاني", "محامي سركيس", "المهندس طلال الوزاني", "سركيس",
    ]  # fmt: skip


def test_the_latter_is_whoever_was_named_last() -> None:
    """«الأخير» is the person named right before, not the one who spoke."""
    text = f"{ABBAS} ثم التقى بنيامين نتنياهو جون كيري، حيث ذكر الأخير أن اللقاء مثمر."
    assert _told(text)[-1] == ("جون كيري", "اللقاء مثمر")


def test_nobody_is_better_than_somebody_of_the_other_gender() -> None:
    """A feminine verb without a speaker is not given to a man who spoke with a masculine one."""
    assert _told(f"{ABBAS} وقالت إنها ستعود غدا.")[-1] == (None, "ستعود غدا")


def test_an_office_is_not_the_person_it_serves() -> None:
    """«مكتب نتنياهو» does not become the fullest name of Netanyahu, and his aide is an unnamed official."""
    text = (
        "قال مكتب نتنياهو إن الخبر كاذب. وقال أحد مساعدي نتنياهو إن الرد قادم. "
        "وقال نتنياهو إنه بخير اليوم. وأضاف أنه عائد غدا."
    )
    found = _found(text)
    assert [s.speaker for s in found] == ["مكتب نتنياهو", "أحد مساعدي نتنياهو", "نتنياهو", "نتنياهو"]
    assert [s.unnamed for s in found] == [False, True, False, False]


def test_a_relay_passes_on_what_another_said() -> None:
    """«نقلت X عن Y قوله»: Y speaks, X is the relay, also of what Y goes on to say, and of nobody else."""
    text = (
        "ونقلت صحيفة هآرتس عن مسؤول إسرائيلي تأكيده أن الرحلة ألغيت. وأضاف أن السبب هو الطقس. "
        "وقال المدير إن المطار مفتوح."
    )
    found = _found(text)
    assert [(s.speaker, s.relay) for s in found] == [
        ("مسؤول إسرائيلي", "صحيفة هآرتس"), ("مسؤول إسرائيلي", "صحيفة هآرتس"), ("المدير", None),
    ]  # fmt: skip
    assert (found[0].verb, found[0].strength) == ("تأكيده", Strength.ASSERT)


def test_the_outlet_of_the_whole_article_stays_the_relay() -> None:
    """An attribution in the opening holds for the article; to whom somebody speaks holds for them."""
    text = (
        'توقفت المحادثات في الدوحة فجأة، وفقا لما نشره موقع "أكسيوس" الأمريكي.\nوقال مسؤول إن السبب مجهول.\n'
        "وقال المدير لوكالة رويترز إنه متفائل."
    )
    assert [s.relay for s in _found(text)] == [None, 'موقع "أكسيوس" الأمريكي', "وكالة رويترز"]


def test_a_relay_is_named_whole() -> None:
    """The outlet's kind, second name and adjectives belong to the relay."""
    (said,) = _found("قال الوزير في مقابلة مع قناة فوكس نيوز التلفزيونية إن السفينة غادرت.")
    assert said.relay == "قناة فوكس نيوز التلفزيونية"


def test_an_outlet_that_quotes_another_is_its_relay() -> None:
    """«قالت X نقلا عن Y إن»: Y speaks through X."""
    (said,) = _found("وقالت وكالة رويترز نقلا عن مسؤول أمريكي إن السفينة غادرت.")
    assert (said.speaker, said.relay) == ("مسؤول أمريكي", "وكالة رويترز")


@pytest.mark.parametrize(
    ("text", "speaker", "relay"),
    [
        ("وصرح الخبير صادق الغانم لـ«صدى الوادي» بأن السفينة غادرت.", "الخبير صادق الغانم", "صدى الوادي"),
        ("وقال لـ«صدى الوادي» مصدر وزاري إن السفينة غادرت.", "مصدر وزاري", "صدى الوادي"),
        ("وقال لرويترز مسؤول كبير إن السفينة غادرت.", "مسؤول كبير", "رويترز"),
        ("قال المدير لشبكة هدهد الإعلامية إن السفينة غادرت.", "المدير", "شبكة هدهد الإعلامية"),
        ("في حوار مع مجلة سواحل البحر، يقول المدير إن السفينة غادرت.", "المدير", "مجلة سواحل البحر"),
        ("قال المدير في كلمة بثتها قناة المنار إن السفينة غادرت.", "المدير", "قناة المنار"),
        ("أكد المدير، في تصريحات نقلتها وكالة الأنباء الرسمية، أن السفينة غادرت.", "المدير", "وكالة الأنباء الرسمية"),
        ("وقال المدير للجزيرة إن السفينة غادرت.", "المدير", "الجزيرة"),
        ("قال المدير لوكالة الأنباء الكويتية (كونا) إن السفينة غادرت.", "المدير", "وكالة الأنباء الكويتية (كونا)"),
        ("صحيفة «هآرتس» نقلت عن مسؤول أمني كبير أن السفينة غادرت.", "مسؤول أمني كبير", "صحيفة «هآرتس»"),
    ],
)  # fmt: skip
def test_who_was_told_is_the_relay(text: str, speaker: str, relay: str) -> None:
    """Whoever was told it or carried it is the relay, known or not, and no part of the speaker's name."""
    assert [(s.speaker, s.relay) for s in _found(text)] == [(speaker, relay)]


@pytest.mark.parametrize(
    "text",
    [
        "وصل المفتشون لموقع الانفجار، وقال المدير إن الخسائر كبيرة.",
        "قال المدير إن الشركة لن تتخلى عن دعمها لقناة الجزيرة.",
        "وصلت السفينة عبر قناة السويس، وقال المدير إن الحمولة سليمة.",
        "ونُقل عن دبلوماسي غربي قوله إن السفينة غادرت.",
    ],
)
def test_not_every_outlet_or_site_is_a_relay(text: str) -> None:
    """A site, a canal and an outlet of which something is said passed nothing on."""
    assert [s.relay for s in _found(text)] == [None]


def test_the_outlet_named_before_is_the_relay() -> None:
    """«للموقع» and «ونقلت عن» mean the outlet that spoke last."""
    text = (
        "كشف موقع أكسيوس أن الرئيس غاضب. وقال أحد المسؤولين للموقع إن اللقاء ألغي. "
        "وأفادت إذاعة الجيش الإسرائيلي بأن الطريق مفتوح. ونقلت عن ضابط كبير قوله إن الجنود تعبوا."
    )
    assert [(s.speaker, s.relay) for s in _found(text)][1::2] == [
        ("أحد المسؤولين", "موقع أكسيوس"), ("ضابط كبير", "إذاعة الجيش الإسرائيلي"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verb", "strength"),
    [
        ("وزعمت الصحيفة أن السد انهار.", "زعمت", Strength.CLAIM),
        ("ويدعي المدير أن المال ضاع.", "يدعي", Strength.CLAIM),
        ("وادعوا أن المال ضاع، كما قال شهود إن الباب فتح.", "ادعوا", Strength.CLAIM),
        ("فأكّدت الوزيرة أن الجسر آمن.", "أكّدت", Strength.ASSERT),
        ("واكد الوزير ان الجسر آمن.", "اكد", Strength.ASSERT),
        ("وتنفي الحكومة أن يكون الجسر مغلقا.", "تنفي", Strength.DENY),
        ("نفت الوزارة صحة الخبر المتداول.", "نفت", Strength.DENY),
        ("ويحذرون من أن الجسر قديم، ويقول السكان إن الماء عال.", "يحذرون", Strength.WARN),
        ("دعت الوزيرة إلى وقف العمل في الجسر.", "دعت", Strength.DEMAND),
        ("وأعلن الوزير أن الجسر مغلق.", "أعلن", Strength.ANNOUNCE),
        ("ورجحت المديرة أن يفتح الجسر غدا.", "رجحت", Strength.SUGGEST),
    ],
)
def test_the_verb_is_kept_as_written(text: str, verb: str, strength: Strength) -> None:
    """The verb stands as in the text without و or ف, in every person and spelling, with its own strength."""
    text = f"اجتمع الوزير مع السكان. {text}"
    assert (verb, strength) in [(s.verb, s.strength) for s in _found(text)]


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("نفوا", "نفى"), ("ينفون", "نفى"), ("نافية", "نفى"), ("زاعمين", "زعم"), ("يؤكدان", "أكد"), ("بتأكيدهم", "أكد"),
     ("فقالوا", "قال"), ("ودعوا", "دعا"), ("قولهما", "قال"), ("وصفته", "وصف"), ("طالبا", "طلب")],
)  # fmt: skip
def test_every_form_finds_its_verb(word: str, lemma: str) -> None:
    """Feminine, plural, dual, present, participles, verbal nouns with pronouns, and objects."""
    found = verb_of(fold(word))
    assert found is not None
    assert found[0].lemma == lemma


def test_no_form_belongs_to_two_strengths_of_claim_and_assertion() -> None:
    """No form of زعم or ادعى is ever looked up as another verb."""
    table = forms()
    for word in ("زعم", "زعمت", "زعموا", "يزعم", "تزعم", "يزعمون", "ادعى", "ادعت", "زاعما", "مدعيا", "زعمه"):
        assert table[fold(word)].strength is Strength.CLAIM


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ونفى وجود أي خلاف مع واشنطن.", "وجود أي خلاف مع واشنطن"),
        ("واستنكر صمت الشركات الكبرى.", "صمت الشركات الكبرى"),
        ("وناشد المواطنين ترشيد المياه.", "المواطنين ترشيد المياه"),
        ("واعتبر ذلك خطوة أولى.", "ذلك خطوة أولى"),
        ("ووصف الأخبار بأنها ملفقة.", "الأخبار بأنها ملفقة"),
        ("وحث الدول الأوروبية على الصبر الجميل.", "الصبر الجميل"),
    ],
)
def test_an_object_is_not_the_speaker(text: str, words: str) -> None:
    """After a verb without a speaker at the head of a sentence its object, known by form or gender, does not speak:
    whoever spoke before does."""
    assert _told(f"{ABBAS} {text}")[1:] == [("الرئيس محمود عباس", words)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "أعربت فرنسا عن قلقها البالغ، وطالبت إيران بالعودة إلى التفاوض.",
            [("فرنسا", "قلقها البالغ"), ("فرنسا", "العودة إلى التفاوض")],
        ),
        (
            f"{ABBAS} من جانبه، ثمّن رئيس الاتحاد هذه الخطى، داعيا إلى مزيد منها.",
            [("الرئيس محمود عباس", "الأرض لأهلها"), ("رئيس الاتحاد", "مزيد منها")],
        ),
        (
            f"{ABBAS} من جانبه، زار رئيس الاتحاد المصنع. وقال إن العمل جار.",
            [("الرئيس محمود عباس", "الأرض لأهلها"), ("رئيس الاتحاد", "العمل جار")],
        ),
        (
            "قال عضو اللجنة عماد السايح إن الموعد قريب. وتوقع السايح إجراءها في الخريف.",
            [("عضو اللجنة عماد السايح", "الموعد قريب"), ("عضو اللجنة عماد السايح", "إجراءها في الخريف")],
        ),
        (
            "يرى الخبير لحسن حداد أن السوق هادئة. وسجل المتحدث ذاته أن الطلب صامد.",
            [("الخبير لحسن حداد", "السوق هادئة"), ("الخبير لحسن حداد", "الطلب صامد")],
        ),
        (
            "قالت مصادر بحرية إن القافلة غادرت. وقال المدير إن الباب مغلق. واستبعدت المصادر ذاتها عودة القافلة.",
            [("مصادر بحرية", "القافلة غادرت"), ("المدير", "الباب مغلق"), ("مصادر بحرية", "عودة القافلة")],
        ),
        ("إلى ذلك، أعلن الجيش الروسي سيطرته على التلة.", [("الجيش الروسي", "سيطرته على التلة")]),
    ],
)
def test_who_goes_on_speaking(text: str, told: list[tuple[str, str]]) -> None:
    """Who is meant without a name: whoever asks in the same sentence, spoke too briefly to be told, was the subject
    after «من جانبه،», was named in full before, or is «ذاته»."""
    assert _told(text) == told


def test_a_relative_clause_says_nothing_of_its_own() -> None:
    """«وأضاف فلان، الذي كان يتحدث في …، أن»: the clause belongs to «أضاف», whatever the verb within says."""
    (_, said) = _found(f"{ABBAS} وأضاف عباس، الذي كان يتحدث في رام الله، أن الطريق طويل.")
    assert said.verb == "أضاف"


def test_what_an_outlet_said_makes_it_no_relay() -> None:
    """«نفى ما أوردته صحيفة …، ووصفه بأنه»: the outlet is what is denied."""
    text = "ونفى الكرملين ما أوردته صحيفة هآرتس عن لقاء، ووصفه بأنه محض خيال."
    assert [s.relay for s in _found(text)] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "وأعلنت نتائج الانتخابات مساء السبت.",
        "وأعلن حظر الصيد في البحيرة كلها.",
        "ونفت وجود أي خلاف مع واشنطن.",
        "وعبر عن طريق الجبل مئات المسافرين.",
    ],
)
def test_nobody_goes_on_speaking_by_a_passive(text: str) -> None:
    """What may be passive, or of another gender, or a way somebody took, is not given to whoever spoke before."""
    assert _told(f"{ABBAS} {text}")[1:] == []


@pytest.mark.parametrize(
    ("text", "verb", "strength"),
    [
        ("ورحبت الوزيرة بإعلان الهدنة.", "رحبت", Strength.SAY),
        ("وأشاد المدير بجهود العمال.", "أشاد", Strength.SAY),
        ("وثمّن المدير جهود العمال كلها.", "ثمّن", Strength.SAY),
        ("واعتذر المدير عن تأخر القطار.", "اعتذر", Strength.SAY),
        ("وعزا المدير التأخر إلى رداءة الطقس.", "عزا", Strength.SAY),
        ("وأعاد المدير التأكيد أن القطار آمن.", "أعاد", Strength.ASSERT),
        ("وشكك المدير في دقة الأرقام.", "شكك", Strength.SUGGEST),
        ("وتمنى المدير أن يصل القطار.", "تمنى", Strength.SUGGEST),
        ("وأوعز المدير إلى العمال بإصلاح الجسر.", "أوعز", Strength.DEMAND),
        ("وأمر المدير بإصلاح الجسر كله.", "أمر", Strength.DEMAND),
        ("وأوصت اللجنة بإغلاق الجسر القديم.", "أوصت", Strength.DEMAND),
        ("واستغرب المدير تأخر القطار الأول.", "استغرب", Strength.ACCUSE),
        ("ودافع عن عمله، متمنيا أن يصل القطار.", "متمنيا", Strength.SUGGEST),
        ("ودافع عن عمله، مشيدا بجهود العمال.", "مشيدا", Strength.SAY),
    ],
)
def test_verbs_of_praise_doubt_excuse_and_order(text: str, verb: str, strength: Strength) -> None:
    """Praise, welcome, excuse, hope, doubt, promise and order are speech as criticism and demand are."""
    assert (verb, strength) in [(s.verb, s.strength) for s in _found(f"{ABBAS} {text}")]


def test_whom_one_calls_upon_does_not_speak() -> None:
    """A masculine noun after a feminine verb of asking is whom it asks: whoever spoke before goes on speaking."""
    text = "ورحبت حركة حماس بالقرار، وأكدت أنها مستعدة للتبادل، ودعت المجلس إلى إلزام الجميع بالتنفيذ."
    assert _told(text)[-1] == ("حركة حماس", "إلزام الجميع بالتنفيذ")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("وأعرب نتنياهو عن أمله في أن يجري ذلك بدعم صديقه.", "عن أمله في أن"),
        ("عبّر كيربي عن قلقه من أن تتسع الحرب كثيرا.", "عن قلقه من أن"),
        ("شدد بلينكن على ضرورة أن تصل المعونة غدا.", "على ضرورة أن"),
        ("وأكد بلينكن في لقاء مع الوزير أن المعونة ستصل غدا.", "أن"),
    ],
)
def test_a_hope_stays_a_hope(text: str, link: str) -> None:
    """What is hoped, feared or needed is never told as said: the words before «أن» belong to what joins it."""
    assert [statement.link for statement in _found(text)] == [link]


def test_role_and_side() -> None:
    """The title before the name is the role, also of a later short name; the side is that of the person."""
    text = "قال المتحدث باسم البيت الأبيض جون كيربي إن الرد قريب. وقال كيربي إن الصبر مطلوب."
    assert [(s.role, s.side) for s in _found(text)] == [("المتحدث باسم البيت الأبيض", "us")] * 2


_WORDS = st.sampled_from(
    (
        'قال وقال إن أن نقلت عن قوله بحسب وصف اتهم : " « » ، . ( ) نتنياهو الوزير أكسيوس مضيفا لكنه التي ب '
        "وإن \n لصحيفة وزير ل ـ انتقد نفى هذه فاند على لسان جاء في بالقول"
    ).split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=60).map(" ".join) | st.text(max_size=200))
def test_spans_are_true_on_any_text(text: str) -> None:
    """No text crashes; spans lie in the text, hold something and come in order; verbs and speakers are from it."""
    found = _found(text)
    assert [s.span.start for s in found] == sorted(s.span.start for s in found)
    for said in found:
        assert 0 <= said.span.start < said.span.end <= len(text)
        assert said.verb is None or said.verb in text


@pytest.mark.parametrize(
    "piece",
    ["قال نتنياهو إن ", "«", 'قال " ', "نقلت عن ", "وأضاف أن الوزير ", "بحسب ", "الوزير ", "، مؤكدا أن "],
)
def test_time_is_linear(piece: str) -> None:
    """Four times the text takes far less than sixteen times as long, even without any full stop."""

    def taken(size: int) -> float:
        parsed = parse((piece * size)[:size], packaged_gazetteer())
        _ = parsed.sentences
        start = time.process_time()
        statements_in(parsed)
        return time.process_time() - start

    taken(2000)
    small, large = min(taken(20_000) for _ in range(2)), min(taken(80_000) for _ in range(2))
    assert large < 9 * small + 0.05
