"""Directions: who acts on whom is told by order, by verbs of receiving and by pronouns, whatever the act."""

import pytest

from tests.summaries.gate_verdicts import passes


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "عاتبت فرنسا إيطاليا على تأخر القطارات.",
            "وجهت فرنسا إلى إيطاليا عتابا على تأخر القطارات.",
            "وجهت إيطاليا إلى فرنسا عتابا على تأخر القطارات.",
        ),
        (
            "عاتبت فرنسا إيطاليا على تأخر القطارات.",
            "تلقت إيطاليا عتابا من فرنسا على تأخر القطارات.",
            "تلقت فرنسا عتابا من إيطاليا على تأخر القطارات.",
        ),
        (
            "حث نائب الوزير النقابة على فتح المخازن.",
            "طلب نائب الوزير من النقابة فتح المخازن.",
            "طلبت النقابة من نائب الوزير فتح المخازن.",
        ),
        (
            "قال وزير النقل اليوناني إن بلاده منفتحة، وإنه سلم تركيا خرائط الممر.",
            "سلم الوزير اليوناني تركيا خرائط الممر.",
            "سلمت تركيا اليونان خرائط الممر.",
        ),
    ],
    ids=("order", "receiving", "title", "pronoun"),
)  # fmt: skip
def test_two_parties_keep_their_directions(text: str, faithful: str, broken: str) -> None:
    """The first party of a clause acts on the others, a verb of receiving turns it round, «إنه» takes one up."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_those_who_meet_have_no_direction() -> None:
    """Who meets somebody is met: «التقى» may be told from either side."""
    assert passes(
        "التقى وزير النقل اليوناني نظيره التركي في أزمير.", "التقى الوزير التركي الوزير اليوناني في أزمير."
    )
