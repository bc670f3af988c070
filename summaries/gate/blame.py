"""Words of blame, from doubt to condemnation: one scale, on which a paraphrase may move a step."""

from collections.abc import Iterable

from summaries.text import forms_of

_BLAME = forms_of(
    "شكك/يشكك قلل/يقلل انتقد/ينتقد هاجم/يهاجم ندد/يندد أدان/يدين شجب/يشجب استنكر/يستنكر استهجن/يستهجن "
    "لام/يلوم عاب/يعيب",
    "تشكيك تقليل انتقاد هجوم تنديد إدانة شجب استنكار استهجان لوم",
)


def both_blame(word: str, others: Iterable[str]) -> bool:
    """Whether a folded word and one of some others blame: «ندد» may render «هاجم»."""
    return word in _BLAME and not _BLAME.isdisjoint(others)
