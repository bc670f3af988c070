"""Conditions: none is taken away, put in or left out."""

import pytest

from tests.summaries.gate_verdicts import codes, passes

_LOAN = "قالت الجمعية إنها ستمول ترميم المسرح إذا تعهدت البلدية بفتحه للمدارس."
_STRIKE = "اشترط عمال الميناء لإنهاء الإضراب أن تدفع الشركة أجور آذار."


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            _LOAN,
            "ستمول الجمعية ترميم المسرح شرط أن تتعهد البلدية بفتحه للمدارس.",
            "ستمول الجمعية ترميم المسرح بلا أي قيود.",
        ),
        (
            _LOAN,
            "ربطت الجمعية تمويل ترميم المسرح بتعهد البلدية فتحه للمدارس.",
            "أعلنت الجمعية تمويلا غير مشروط لترميم المسرح.",
        ),
        (
            _STRIKE,
            "ربط عمال الميناء إنهاء الإضراب بدفع أجور آذار.",
            "أبدى عمال الميناء استعدادهم لإنهاء الإضراب من غير أن يطلبوا شيئا في المقابل.",
        ),
        (
            "يبيع المصنع بذوره للمزارعين بشرط أن يزرعوها في السهل.",
            "يشترط المصنع على المزارعين أن يزرعوا بذوره في السهل.",
            "يبيع المصنع بذوره للمزارعين بغض النظر عن مكان زراعتها.",
        ),
        (
            "ستشارك الفرقة في مهرجان الخريف إذا حصل أعضاؤها على التأشيرات.",
            "مشاركة الفرقة في مهرجان الخريف مرهونة بحصول أعضائها على التأشيرات.",
            "ستشارك الفرقة في مهرجان الخريف.",
        ),
        (
            "قال الطبيب إن اللاعب سيعود إلى الملعب في الربيع.",
            "سيعود اللاعب إلى الملعب في الربيع، بحسب الطبيب.",
            "سيعود اللاعب إلى الملعب في الربيع شريطة أن يخفض وزنه، بحسب الطبيب.",
        ),
    ],
    ids=("no limits", "unconditional", "nothing in return", "regardless", "left out", "put in"),
)  # fmt: skip
def test_a_condition_is_kept(text: str, faithful: str, broken: str) -> None:
    """A condition may be told in other words, but not be taken away, left out or put in."""
    assert passes(text, faithful)
    assert "gate.condition" in codes(text, broken)


def test_what_is_free_of_conditions_may_be_told_so() -> None:
    """«بلا شروط» and «غير مشروط» say the same; «دون أن يحدد موعدا» takes no condition away."""
    text = "عرض المتحف على الطلاب دخولا بلا شروط طوال أيار من دون أن يحدد موعدا للتسجيل."
    assert passes(text, "أتاح المتحف للطلاب دخولا غير مشروط طوال أيار، دون أن يحدد موعدا للتسجيل.")


def test_whether_is_no_condition() -> None:
    """«ما إذا» asks; it sets no condition."""
    text = "لم تقرر اللجنة هل تعرض اللوحة في الصيف."
    assert "gate.condition" not in codes(text, "لم تقرر اللجنة ما إذا كانت ستعرض اللوحة في الصيف.")
