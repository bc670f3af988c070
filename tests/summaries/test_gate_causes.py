"""Causes: two things that are merely told one after the other are not cause and effect."""

import pytest

from tests.summaries.gate_verdicts import passes

STRIKE = (
    "أوقف سائقو الحافلات العمل في طرابلس منذ الفجر. "
    "ورفعت البلدية رسوم المواقف إلى خمسة دنانير. "
    "ولذلك أغلق التجار محالهم في السوق القديم. "
    "وتراجع قطاف الزيتون هذا الخريف إذ ضرب البرد الأشجار."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "أغلق التجار محالهم في السوق القديم بسبب رفع رسوم المواقف.",
        "بسبب البرد الذي ضرب الأشجار تراجع قطاف الزيتون.",
    ],
    ids=("taken up by the next sentence", "tied in one sentence"),
)
def test_a_cause_that_the_source_gives_passes(sentence: str) -> None:
    """«ولذلك» ties two sentences, «إذ» two clauses."""
    assert passes(STRIKE, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "أوقف سائقو الحافلات العمل في طرابلس بسبب رفع رسوم المواقف.",
        "احتجاجا على رفع رسوم المواقف، أوقف سائقو الحافلات العمل في طرابلس.",
        "تراجع قطاف الزيتون لأن سائقي الحافلات أوقفوا العمل في طرابلس.",
    ],
    ids=("after", "before", "clause"),
)
def test_a_neighbour_is_no_cause(sentence: str) -> None:
    """What another sentence tells is no cause, wherever the sentence puts it."""
    assert not passes(STRIKE, sentence)
