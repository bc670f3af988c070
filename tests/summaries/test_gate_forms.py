"""What forms tell: who acts, how far an act has come, whose a name is; by the shape of words and of clauses."""

import pytest

from summaries.gate.words import verbal_noun
from summaries.packaged import packaged_gate
from summaries.text import sentences
from tests.summaries.gate_verdicts import codes, passes


def passes_citing_each(text: str, sentence: str) -> bool:
    """Whether a sentence passes that cites each sentence of a text by itself."""
    return packaged_gate().check(text, sentence, sentences(text)).supported


def test_saying_may_be_told_as_affirming_but_claiming_may_not() -> None:
    """The press tells «قال» as «أكد» and back; what is only claimed is not affirmed."""
    faithful = "أكد الناطق باسم المرفأ أن الرصيف الشمالي سيبقى مفتوحا أمام السفن."
    assert passes("قال الناطق باسم المرفأ إن الرصيف الشمالي سيبقى مفتوحا أمام السفن.", faithful)
    assert not passes("زعم الناطق باسم المرفأ أن الرصيف الشمالي سيبقى مفتوحا أمام السفن.", faithful)


def test_a_soft_word_of_the_same_root_is_cited() -> None:
    """«شكك» is cited where the source has «شكوكه», and not where it has an opinion."""
    faithful = "شكك حاكم المصرف المركزي في السداد الكامل للديون."
    assert passes("أبدى حاكم المصرف المركزي شكوكه في أن تكون الديون سُددت بالكامل.", faithful)
    assert "gate.degree" in codes("أبدى حاكم المصرف المركزي رأيه في سداد الديون الكامل.", faithful)


def test_a_verbal_noun_does_not_tell_who_acts() -> None:
    """Of «احتجاز الطبيب بالمطار» the airport may be who holds him; a verb tells who does it."""
    text = "وصفت مصر تصريحات الوزير الفرنسي بخصوص احتجاز الطبيب المغربي رضا العلمي بالمطار بأنها غير صحيحة."
    assert passes(
        text, "قالت مصر إن حديث الوزير الفرنسي عن أن المطار احتجز الطبيب المغربي رضا العلمي غير صحيح."
    )
    assert not passes("احتجزت النقابة المدير يومين.", "احتجز المدير النقابة يومين.")


@pytest.mark.parametrize("noun", ["انتخاب", "استخدام", "احتجاز", "إعلان", "تشكيل", "وجود", "قتال"])
def test_verbal_nouns_are_told_by_their_form(noun: str) -> None:
    """The verbal nouns of the derived forms, and those with a long vowel before their last letter."""
    assert verbal_noun(noun.replace("إ", "ا"))


@pytest.mark.parametrize(
    "verb", ["اغتال", "استعاد", "اعاد", "احتجز", "قالوا", "وقال", "فكان", "يقول", "تقيل"]
)
def test_hollow_verbs_are_no_verbal_nouns(verb: str) -> None:
    """Finite verbs with a long vowel before their last letter are told apart by their length or first letters."""
    assert not verbal_noun(verb)


def test_two_who_meet_in_another_act_have_no_other_direction() -> None:
    """That firms fear for their ties with a state does not deny that the state acts on them in some other matter."""
    text = (
        "تخشى الشركات الألمانية من تضرر علاقاتها بفرنسا إذا استمرت في صفقاتها. "
        "وقال وزير فرنسي إن بلاده ترفض هذه المناشدات."
    )
    assert passes(text, "فرنسا ترفض مناشدات لإعفاء شركات ألمانية من الرسوم.")
    assert not passes("وبخت الشركات الألمانية فرنسا على الرسوم.", "وبخت فرنسا الشركات الألمانية على الرسوم.")


def test_of_a_passive_nobody_speaks() -> None:
    """«سيُكشف عنه» is said by nobody, so that whoever stands before it is no speaker."""
    text = (
        "رفض رئيس الحكومة العراقية تحديد موعد لوصول الخبراء الإيرانيين، مؤكدا أن الجدول الزمني سيُعلن بعد انتهاء عمل "
        "لجنة المياه."
    )
    told = "إن جدول وصول الخبراء الإيرانيين سيُكشف عنه بعد أن تنهي لجنة المياه عملها، رافضا تحديد موعد."
    assert passes(text, f"قال رئيس الحكومة العراقية {told}")


def test_whom_a_verb_must_have_as_its_object_does_not_speak() -> None:
    """In «واتهم حماس بأنها تراجعت» it is whoever spoke before that accuses."""
    text = "أعلن رئيس البرلمان التركي تعليق جلسات الموازنة، متهما حركة حماس بالتراجع عن تعهداتها السابقة."
    assert passes(text, "علق رئيس البرلمان التركي جلسات الموازنة واتهم حماس بأنها تراجعت عن تعهداتها.")
    party = "أعلن رئيس البرلمان التركي تعليق جلسات الموازنة، متهما حزب الشعب بالتراجع عن تعهداته السابقة."
    assert passes(party, "علق رئيس البرلمان التركي جلسات الموازنة واتهم حزب الشعب بأنه تراجع عن تعهداته.")
    assert not passes(party, "علق حزب الشعب جلسات الموازنة واتهم رئيس البرلمان التركي بأنه تراجع عن تعهداته.")


def test_a_name_belongs_to_the_post_before_its_body() -> None:
    """«قائد خفر السواحل عبد الجليل رستمي» is one person, whom his last name means."""
    text = (
        "قال قائد خفر السواحل عبد الجليل رستمي إن الزوارق جاهزة للإبحار. وقال الوزير التركي إن الميناء مغلق."
    )
    assert passes(text, "قال رستمي إن الزوارق جاهزة للإبحار.")
    assert not passes(text, "قال الوزير التركي إن الزوارق جاهزة للإبحار.")


def test_what_a_relative_means_acts() -> None:
    """In «الحافلات التي دخلت المدينة» the coaches enter; where a pronoun takes them up, who follows acts."""
    text = "دخلت 40 حافلة فقط إلى المدينة يوم الخميس، وفق البلدية."
    assert passes(text, "قالت البلدية إن الحافلات التي دخلت المدينة الخميس بلغت 40.")


def test_two_letters_are_a_verbal_noun_behind_a_preposition() -> None:
    """«بضم» and «بشن» are no foreign names."""
    assert passes("حذرت النقابة من قرار لضم المصنع إلى الشركة.", "لوحت الشركة بضم المصنع.")


def test_an_outlet_may_be_called_by_its_last_word() -> None:
    """«العربية» alone is the channel that the source names, not somebody of a people."""
    text = 'ازدادت الواردات في مايو، كما ذكر تلفزيون "العربية".'
    assert passes(text, 'ازدادت الواردات في مايو، بحسب "العربية".')
    assert not passes(text, 'ازدادت الواردات في مايو، بحسب "الجزيرة".')


def test_whoever_begins_a_clause_may_say_what_it_tells() -> None:
    """«فسارع فلان إلى اعتبار …» is said by who stands after the verb, not by who spoke before the comma."""
    text = 'قال الرئيس الكيني إنه سيفتح الحدود في يونيو، فسارع الوزير التركي إلى اعتبار القرار "بداية طيبة".'
    assert passes(text, 'وصف الوزير التركي عزم الرئيس الكيني فتح الحدود في يونيو بأنه "بداية طيبة".')


def test_a_judge_is_the_court() -> None:
    """What a judge forbids the court has forbidden, and not the ministry."""
    text = "حظر قاض في نيروبي إغلاق مصنع كيني للشاي ساهم في إضراب العمال إلى حين البت في الدعوى."
    assert passes(text, "منعت محكمة في نيروبي إغلاق مصنع كيني للشاي ريثما يبت في الدعوى.")
    assert not passes(text, "منعت وزارة في نيروبي إغلاق مصنع كيني للشاي إلى حين البت في الدعوى.")


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "قال المكتب إن السفينة قد تصل إلى مرفأ طرطوس خلال أيام.",
            "قال المكتب إن السفينة قد تصل قريبا إلى مرفأ طرطوس.",
            "قال المكتب إن السفينة وصلت إلى مرفأ طرطوس.",
        ),
        (
            "أعلنت البلدية أن الوفد سيتوجه إلى روما الأسبوع المقبل.",
            "يتوجه الوفد إلى روما الأسبوع المقبل.",
            "توجه الوفد إلى روما.",
        ),
        (
            "أبلغت الحكومة البرلمان بعزمها بيع الشركة 30 قطارا.",
            "تعتزم الحكومة بيع الشركة 30 قطارا.",
            "باعت الحكومة الشركة 30 قطارا.",
        ),
    ],
)
def test_a_verb_of_the_past_is_told_from_its_future(text: str, faithful: str, broken: str) -> None:
    """By what the two forms differ in, hollow verbs and verbs behind their subject too."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_what_goes_on_may_be_told_as_done() -> None:
    """A present that nothing puts ahead is no plan."""
    text = "يواصل الوفد جولته في روما ويلتقي رئيس البلدية."
    assert passes(text, "التقى الوفد رئيس البلدية في روما.")


def test_a_stretch_of_time_is_no_number_of_names() -> None:
    """Names may be counted as people, never as weeks."""
    text = "أنهى الجنرال متين غوراك جولة استمرت ثلاثة أيام شملت روما وباريس ومدريد."
    assert passes(text, "أنهى الجنرال متين غوراك جولة دامت ثلاثة أيام.")
    assert not passes(text, "أنهى الجنرال متين غوراك جولة استمرت ثلاثة أسابيع.")


def test_a_first_place_is_no_second() -> None:
    """«المرحلة الأولى» is not «المرحلة الثانية», though a first needs no number elsewhere."""
    assert passes("حل المنتخب الكيني في المرتبة الأولى.", "نال المنتخب الكيني المرتبة الأولى.")
    assert "gate.number" in codes(
        "بدأت المرحلة الثانية من نقل المكتبة.", "بدأت المرحلة الأولى من نقل المكتبة."
    )


def test_a_city_where_something_happens_is_no_metonym() -> None:
    """«في باريس» is a place, which a French delegation does not give where another city is cited."""
    text = "يلتقي المدير في الرباط وفدا فرنسيا."
    assert passes(text, "يلتقي المدير وفدا من باريس في الرباط.")
    assert "gate.name" in codes(text, "يلتقي المدير في باريس وفدا فرنسيا.")


def test_the_same_verb_counts_as_a_word_said() -> None:
    """A speaker put in the place of another with the verb kept is found, though other words of theirs were dropped."""
    text = (
        "طالب وزير الخارجية التركي هاكان فيدان، خلال اتصال هاتفي مع نظيره الفرنسي جان نويل بارو، بضرورة الإسراع في "
        "إدخال القمح إلى غزة دون عوائق، معربا عن رفض أنقرة القاطع لأي تهجير للفلسطينيين."
    )
    told = "بالإسراع في إدخال القمح إلى غزة معربا عن رفض {} القاطع لأي تهجير للفلسطينيين."
    assert passes(text, f"طالب وزير الخارجية التركي هاكان فيدان {told.format('تركيا')}")
    assert "gate.speaker" in codes(text, f"طالب وزير الخارجية الفرنسي جان نويل بارو {told.format('باريس')}")


def test_who_does_what_a_noun_means_acts() -> None:
    """In «اقتراحا قدمه الوزير» the minister proposes, and nobody acts on him."""
    text = (
        "كان وزير النقل السوري قد اقترح في نوفمبر الماضي عقد لقاء بين ماكرون وأردوغان، لكن الفكرة لم تلق قبولا "
        "في أنقرة."
    )
    told = "لم تقبل أنقرة اقتراحا قدمه وزير النقل السوري في تشرين الثاني بعقد لقاء بين أردوغان وماكرون."
    assert passes(text, told)


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "أعلنت الشركة عودة العبارات إلى صيدا بعد توقف دام عاما وشهرين.",
            "تعود العبارات إلى صيدا بعد توقف دام 14 شهرا، كما أعلنت الشركة.",
            "تعود العبارات إلى صيدا بعد توقف دام 16 شهرا، كما أعلنت الشركة.",
        ),
        (
            "عثر على الصياد المفقود جثة هامدة في مرفأ صيدا، وفق الشرطة.",
            "وجد الصياد المفقود ميتا في مرفأ صيدا، بحسب الشرطة.",
            "وجد مئتا صياد في مرفأ صيدا، بحسب الشرطة.",
        ),
        (
            "كان المهندس شاهدا رئيسيا في قضية الجسر، وطالبت النقابة بلجنة تحقيق مستقلة.",
            "طالبت النقابة بلجنة مستقلة بعد سماع شاهد رئيسي في قضية الجسر.",
            "طالب خامنئي بلجنة مستقلة بعد سماع شاهد في قضية الجسر.",
        ),
        (
            "قضت محكمة في أمستردام بحبس الناشر شهرا.",
            "حكم على الناشر في هولندا بالحبس شهرا.",
            "حكم على الناشر في بلجيكا بالحبس شهرا.",
        ),
    ],
    ids=("years and months", "dead", "adjective", "capital"),
)
def test_what_looks_like_a_number_or_a_name(text: str, faithful: str, broken: str) -> None:
    """Two units are one stretch of time; «ميتا» is no two hundred, «شاهد رئيسي» no president, Amsterdam Dutch."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_to_suffice_is_not_to_cease() -> None:
    """«لم تكف الأدلة» denies that they suffice; «لم تكف عن» affirms what goes on."""
    text = "برأت المحكمة أحد المتهمين الثلاثة في قضية الجسر لعدم كفاية الأدلة."
    assert passes(text, "لم تكفِ الأدلة لإدانة أحد المتهمين الثلاثة في قضية الجسر.")
    assert not passes("كفت الشركة عن شراء القمح.", "لم تكف الشركة عن شراء القمح.")


def test_what_is_told_with_an_object_is_speech_too() -> None:
    """«ووصفتها بأنها كذا» is said by who condemns in the same sentence, so that the summary may tell that alone."""
    text = "ونددت نقابة المحامين بالغرامات ووصفتها بأنها غير متناسبة."
    assert passes(text, "اعتبرت نقابة المحامين الغرامات غير متناسبة.")


def test_a_noun_of_asking_does_not_govern_its_relative_clause() -> None:
    """«طلبات تقدم بها» were handed in; «طلبت تقديم» is only asked for."""
    text = "ارتفع عدد طلبات الإقامة التي تقدم بها صيادون إلى قبرص إلى 445 خلال 2024."
    assert passes(text, "تقدم 445 صيادا بطلبات إقامة إلى قبرص في 2024.")


def test_those_counted_among_others_may_be_counted_elsewhere() -> None:
    """Who is listed after «بينهم» may stand, in the source, in the sentence after that of what happened."""
    text = (
        "لقي سبعة بحارة حتفهم عندما قصفت مسيّرة سفينة تابعة لشركة «المرفأ الأزرق» قرب الحديدة ليل الاثنين. "
        "والضحايا ثلاثة بريطانيين وبولندي وأسترالية ويمني. وأعلنت الشركة تعليق رحلاتها فورا."
    )
    sentence = (
        "قُتل سبعة من البحارة، بينهم ثلاثة بريطانيين وأسترالية، في قصف سفينة «المرفأ الأزرق» قرب الحديدة."
    )
    assert passes_citing_each(text, sentence)


def test_for_reasons_of_security_is_for_security() -> None:
    """«أسباب» and «اعتبارات» say only that it is a cause."""
    text = "رفض الوزير طلبا من القناة بمرافقته. وأوضح مصدر في مكتبه أن الرفض يعود إلى اعتبارات أمنية."
    assert passes(text, "عزا مصدر في مكتب الوزير الرفض إلى أسباب أمنية.")
    assert not passes(text, "عزا مصدر في مكتب الوزير الرفض إلى أسباب مالية.")


def test_who_is_joined_to_what_is_described_does_not_describe_it() -> None:
    """In «صفقة مع حماس يصفها بالمتهورة» it is not Hamas that speaks."""
    text = 'كتب الوزير التركي أن حزبه سينسحب من الائتلاف إذا أُبرمت صفقة "متهورة" مع حماس.'
    assert passes(text, "قال الوزير التركي إن حزبه سيخرج من الائتلاف إذا أبرمت صفقة مع حماس يصفها بالمتهورة.")


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "هز انفجار مرفأ صيدا بعد ظهر الثلاثاء.",
            "وقع انفجار في مرفأ صيدا عصر الثلاثاء.",
            "وقع انفجار في مرفأ صيدا ظهر الثلاثاء.",
        ),
        (
            "انتخب سامر حداد رئيسا للنقابة. وأيد القرار ستة من أعضاء اللجنة التسعة.",
            "اختير سامر حداد لرئاسة النقابة بتأييد ستة من تسعة أعضاء في اللجنة.",
            "اختير سامر حداد لرئاسة النقابة بتأييد سبعة من تسعة أعضاء في اللجنة.",
        ),
        (
            "رحل الرئيس الكولومبي البعثة عقب احتجاز اثنتين من مواطناته كانتا على متن الباخرة.",
            "جاء ترحيل البعثة بعد احتجاز كولومبيتين على متن الباخرة.",
            "جاء ترحيل البعثة بعد احتجاز بيروفيتين على متن الباخرة.",
        ),
    ],
    ids=("afternoon", "six of nine", "two women of a state"),
)
def test_parts_of_days_of_numbers_and_of_peoples(text: str, faithful: str, broken: str) -> None:
    """«بعد ظهر» is «عصر» and not «ظهر»; a part of a number keeps its place; two of a people are of their state."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_who_will_go_to_court_threatens_it() -> None:
    """What somebody says they will do to another may be told as a threat; what they only think may not."""
    threat = "توعد مدير النادي بمقاضاة الحكم واتهمه بالتحريض على الجمهور."
    assert passes("ورد مدير النادي بأن الحكم «يحرض على الجمهور» وأنه سيقاضيه.", threat)


def test_to_admit_a_deed_is_not_to_decide_it() -> None:
    """«أقر بإطلاق النار» tells of what was done, «أقر إطلاق المشروع» of what is decided."""
    text = (
        "أوقفت الشرطة ثلاثة شبان يشتبه في تورطهم بإطلاق مفرقعات نحو الملعب. "
        "وأفاد مصدر قضائي بأن أحد الموقوفين اعترف بالعملية فيما أنكر الآخران صلتهما بها."
    )
    assert passes_citing_each(
        text, "أقر أحد ثلاثة شبان موقوفين بإطلاق المفرقعات على الملعب، ونفى الآخران ضلوعهما، وفق مصدر قضائي."
    )


def test_a_verb_joined_by_and_takes_no_noun_before_it() -> None:
    """In «اتفاق التجارة مع تركيا وأبعدت …» it is not Turkey that sends away."""
    text = (
        "طرد الرئيس الكولومبي البعثة الدبلوماسية التركية المتبقية في بوغوتا. "
        "وأعلن كذلك إنهاء اتفاقية التجارة الحرة الموقعة عام 2013."
    )
    assert passes_citing_each(
        text, "أنهت كولومبيا اتفاقية التجارة الحرة مع تركيا وأبعدت دبلوماسييها الباقين في بوغوتا."
    )


def test_a_word_beside_a_party_ties_it_where_it_is_the_same_word() -> None:
    """«تكرر نفي النقابة» stands with «ونفت النقابة», whoever else «أنكر» something."""
    text = (
        "أوقفت الشرطة ثلاثة شبان يشتبه في تورطهم بإطلاق مفرقعات نحو الملعب في مارس الماضي. "
        "وأفاد مصدر قضائي بأن أحد الموقوفين اعترف بالعملية فيما أنكر الآخران صلتهما بها. "
        "ونفى حزب الله مرارا أي علاقة له بالحادثة."
    )
    assert passes_citing_each(text, "تكرر نفي حزب الله صلته بإطلاق المفرقعات على الملعب.")


def test_who_condemns_something_as_a_thing_thinks_it_one() -> None:
    """«ندد بما سماه حربا» may be told as «اعتبره حربا»; what is only thought is not told as condemned."""
    assert passes(
        "وندد رئيس بلدية صور حسن دبوق بالإنذار الذي سماه «حربا نفسية».",
        "اعتبر رئيس بلدية صور حسن دبوق الإنذار حربا نفسية.",
    )
