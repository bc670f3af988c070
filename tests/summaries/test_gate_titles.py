"""Titles: whoever the article gives a post has no other in a sentence about it."""

import pytest

from tests.summaries.gate_verdicts import codes, passes

_MINISTER = "افتتح وزير الزراعة نبيل حمدان سوق القمح في طنطا. وشكر حمدان المزارعين على صبرهم."
_ENVOY = "قالت السفيرة ليندا توماس غرينفيلد إن المعرض سيفتح في نيسان. ورحب مدير المتحف بالزوار."


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            _MINISTER,
            "دشن الوزير نبيل حمدان سوق القمح في طنطا.",
            "دشن وزير الصناعة نبيل حمدان سوق القمح في طنطا.",
        ),
        (
            _MINISTER,
            "شكر نبيل حمدان، وزير الزراعة، المزارعين على صبرهم.",
            "شكر نبيل حمدان، وزير الصناعة، المزارعين على صبرهم.",
        ),
        (
            _ENVOY,
            "أعلنت المندوبة ليندا توماس غرينفيلد أن المعرض يفتح في نيسان.",
            "أعلنت وزيرة الثقافة ليندا توماس غرينفيلد أن المعرض يفتح في نيسان.",
        ),
    ],
    ids=("another ministry", "after the name", "another office"),
)  # fmt: skip
def test_a_title_is_that_of_the_article(text: str, faithful: str, broken: str) -> None:
    """A title may be shortened or told by a word for the same post, but be no other."""
    assert passes(text, faithful)
    assert "gate.title" in codes(text, broken)


@pytest.mark.parametrize(
    ("told", "title", "other"),
    [
        ("الذي يرأس لجنة المياه", "رئيس لجنة المياه", "رئيس المصرف"),
        ("الذي يتولى حقيبة الزراعة", "وزير الزراعة", "وزير الصناعة"),
    ],
)
def test_a_post_that_a_verb_tells_of_is_a_title(told: str, title: str, other: str) -> None:
    """Whoever heads a committee is its chairman, also where the article says so with a verb; of what, stays checked."""
    text = f"قال المستشار نبيل حمدان، {told}، إن الجسر سيفتح في الشتاء."
    assert "gate.title" not in codes(text, f"أعلن {title} نبيل حمدان أن الجسر يفتح في الشتاء.")
    assert "gate.title" in codes(text, f"أعلن {other} نبيل حمدان أن الجسر يفتح في الشتاء.")


def test_whose_spokesman_somebody_is_is_no_title() -> None:
    """«الناطق باسم فلان» and «مكتب فلان» are not titles of him whom they name."""
    text = "قال بيان لرئيس البلدية نبيل حمدان إن الجسر سيفتح في الشتاء."
    assert "gate.title" not in codes(text, "ذكر الناطق باسم نبيل حمدان أن الجسر سيفتح في الشتاء.")
