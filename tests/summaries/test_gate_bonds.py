"""Bonds: a party stands, in what is cited, with the words that a sentence ties to it, or another one is meant."""

import pytest

from tests.summaries.gate_verdicts import passes

MINISTERS = (
    "وصل وزير الزراعة المصري إلى الخرطوم صباح السبت لتوقيع عقد القمح. "
    "واستقبلت وزيرة التجارة اليونانية وفدا من المزارعين في أثينا وناقشت معه أسعار الزيتون. "
    "ولم تحضر شركة «بذور الدلتا» اللقاء، لكنها أعدت دراسة عن الري."
)
PEOPLE = (
    "قال الناطق باسم البلدية غسان درويكات إن الجسر سيفتح خلال أسبوع. "
    "وانتقد النائب المعارض هيثم زبيدات كلفة الجسر الباهظة. "
    "وقالت مديرة مكتبه إن الخرائط قديمة."
)
VILLAGES = "أحصت البعثة عشرين منزلا متضررا في قرية بيسارين. وزار الأطباء بلدة كفر زوبعين وفحصوا ثمانين طفلا."


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            MINISTERS,
            "بحثت وزيرة التجارة اليونانية أسعار الزيتون مع وفد المزارعين.",
            "بحث وزير الزراعة المصري أسعار الزيتون مع وفد المزارعين.",
        ),
        (
            MINISTERS,
            "جاء الوزير المصري إلى الخرطوم السبت ليوقع عقد القمح.",
            "جاء الوزير المصري إلى أثينا السبت ليوقع عقد القمح.",
        ),
        (
            MINISTERS,
            "أعدت «بذور الدلتا» دراسة عن الري وتغيبت عن اللقاء.",
            "وقعت «بذور الدلتا» عقد القمح في الخرطوم.",
        ),
        (
            PEOPLE,
            "رأى هيثم زبيدات أن كلفة الجسر باهظة.",
            "انتقد غسان درويكات كلفة الجسر الباهظة.",
        ),
        (
            VILLAGES,
            "فحص الأطباء ثمانين طفلا في كفر زوبعين.",
            "فحص الأطباء ثمانين طفلا في بيسارين.",
        ),
    ],
    ids=("office", "city", "quoted name", "unknown person", "village"),
)  # fmt: skip
def test_a_party_stands_with_its_own_words(text: str, faithful: str, broken: str) -> None:
    """Offices, cities, quoted names and names that no list has: each only with what its own sentence tells."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_a_pronoun_or_a_title_stands_for_a_party() -> None:
    """«مديرة مكتبه» belongs to whoever the sentence before names; «الوزيرة» is the minister named before."""
    assert passes(PEOPLE, "تقول مديرة مكتب النائب هيثم زبيدات إن الخرائط قديمة.")
    text = MINISTERS + " وأكدت الوزيرة أن الأسعار ستهبط."
    assert passes(text, "قالت وزيرة التجارة اليونانية إن الأسعار ستهبط.")


def test_a_metonym_stands_for_a_party() -> None:
    """A capital speaks for its state, and a state for its officials."""
    assert passes(MINISTERS, "أجرت أثينا محادثات مع مزارعين عن أسعار الزيتون.")
