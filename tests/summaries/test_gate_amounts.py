"""Amounts: what holds of some or most is not told of all."""

import pytest

from tests.summaries.gate_verdicts import codes, passes


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "قالت المديرة إن معظم المدارس الريفية استأنفت الدروس بعد العاصفة.",
            "عادت الدروس بعد العاصفة إلى أغلب المدارس الريفية، بحسب المديرة.",
            "عادت الدروس بعد العاصفة إلى المدارس الريفية كافة، بحسب المديرة.",
        ),
        (
            "وذكر الطبيب أن بعض المصابين في الحريق طلاب.",
            "وبين من أصيبوا في الحريق طلاب، كما ذكر الطبيب.",
            "وذكر الطبيب أن كل من أصيبوا في الحريق طلاب.",
        ),
        (
            "غرمت البلدية عددا من الباعة لأنهم سدوا الرصيف.",
            "غرمت البلدية بعض الباعة لسدهم الرصيف.",
            "غرمت البلدية جميع المخالفين لأنهم سدوا الرصيف.",
        ),
    ],
    ids=("behind its noun", "in another form", "by what is done"),
)  # fmt: skip
def test_some_are_not_all(text: str, faithful: str, broken: str) -> None:
    """«كافة» behind a noun and its adjective, a verb for the noun and another noun do not hide that it is not all."""
    assert passes(text, faithful)
    assert "gate.degree" in codes(text, broken)


def test_all_of_one_thing_and_some_of_another_stand_together() -> None:
    """Where what is cited speaks of all too, nothing is said against «كل»."""
    text = "زار الوزير كل المصانع المتضررة. وأغلقت بعض المصانع أبوابها."
    assert passes(text, "شملت جولة الوزير جميع المصانع المتضررة.")
