"""Degrees: what is planned, threatened or possible is not told as done or certain, nor a tone changed."""

import pytest

from tests.summaries.gate_verdicts import passes


@pytest.mark.parametrize(
    ("text", "faithful", "broken"),
    [
        (
            "هددت البلدية بإلغاء رخص المقاهي على الشاطئ.",
            "لوحت البلدية بسحب رخص المقاهي على الشاطئ.",
            "ألغت البلدية رخص المقاهي على الشاطئ.",
        ),
        (
            "يعتزم المصنع تسريح ثمانين عاملا في الربيع.",
            "ينوي المصنع تسريح ثمانين عاملا في الربيع.",
            "سرح المصنع ثمانين عاملا في الربيع.",
        ),
        (
            "قال الطبيب إن الدواء قد يسبب دوارا شديدا.",
            "قال الطبيب إن الدواء ربما يسبب دوارا شديدا.",
            "قال الطبيب إن الدواء سيسبب دوارا شديدا.",
        ),
        (
            "رفضت النقابة خفض الأجور.",
            "لم تقبل النقابة خفض الأجور.",
            "أبدت النقابة تحفظا على خفض الأجور.",
        ),
        (
            "رفضت الشركة التعليق على تسريب بيانات الزبائن.",
            "امتنعت الشركة عن التعقيب على تسريب بيانات الزبائن.",
            "نفت الشركة تسريب بيانات الزبائن.",
        ),
        (
            "ألمح المدير إلى أن المعرض سيغلق.",
            "لمح المدير إلى إغلاق المعرض.",
            "أكد المدير أن المعرض سيغلق.",
        ),
    ],
    ids=("threat", "plan", "possible", "softened", "no comment", "hint"),
)  # fmt: skip
def test_a_degree_is_kept(text: str, faithful: str, broken: str) -> None:
    """Threats and plans are not done, «قد» is not certain, refusal is no reserve, silence no denial."""
    assert passes(text, faithful)
    assert not passes(text, broken)


def test_what_has_happened_is_no_possibility() -> None:
    """«قد» before the past is certain."""
    assert passes("وقد بحث الوفدان حصة كل بلد من مياه النهر.", "تناول الوفدان حصة كل بلد من مياه النهر.")
