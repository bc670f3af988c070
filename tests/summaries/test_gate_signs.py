"""Signs: a refusal denies what it governs, and a negation before a refusal undoes it."""

import pytest

from tests.summaries.gate_verdicts import passes


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "لم تمانع النقابة تمديد الدوام ساعتين.",
            "لا ترى النقابة مانعا من تمديد الدوام ساعتين.",
            "رفضت النقابة أن يجري تمديد الدوام ساعتين.",
        ),
        (
            "امتنعت البلدية عن نشر أسماء المقاولين.",
            "لم تنشر البلدية أسماء المقاولين.",
            "نشرت البلدية أسماء المقاولين.",
        ),
        (
            "لم ينف المدرب وجود خصومة مع اللاعبين.",
            "لم يقل المدرب إنه ليست هناك خصومة مع اللاعبين.",
            "نفى المدرب وجود خصومة مع اللاعبين.",
        ),
        (
            "حظرت الولاية صيد الذئاب في الغابة.",
            "لن يصاد ذئب في الغابة، فقد منعت الولاية صيد الذئاب.",
            "لم تحظر الولاية صيد الذئاب في الغابة.",
        ),
        (
            "قالت الطبيبة: نحن نعد الجرعات لا المرضى.",
            "قالت الطبيبة إنهم يعدون الجرعات بدل المرضى.",
            "قالت الطبيبة: نحن نعد المرضى.",
        ),
    ],
    ids=("undone", "refused", "undone denial", "double in the sentence", "instead"),
)  # fmt: skip
def test_what_governs_a_word_denies_it(text: str, faithful: str, broken: str) -> None:
    """Refusals deny, «لم يمانع» and «لم ينف» affirm, «بدل» denies as «لا» does."""
    assert passes(text, faithful)
    assert not passes(text, broken)
