"""Words that a reader follows."""

import time

import pytest

from summaries.packaged import packaged_gazetteer
from summaries.watching import Watch


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("هدنة", "اتفق الطرفان على الهدنة", True),
        ("هدنة", "رحبوا بالهدنه أمس", True),
        ("هدنة", "وللهدنة شروط", True),
        ("الهدنة", "تمسكوا للهدنة بشروط", True),
        ("الهدنة", "وافقوا على هدنة", False),
        ("مستشفى", "قصف مستشفي الشفاء", True),
        ("أمن", "مجلس الامن", True),
        ("رفح", "عملية برفــح", True),
        ("رفح", "رُفِعَ الستار ثم ترفح", False),
        ("وقف النار", "دعا إلى وقف النار فورا", True),
        ("وقف النار", "وقف أمام النار", False),
        ("AIPAC", "منظمة aipac الأمريكية", True),
        ("بن", "ابن عمه بني", False),
    ],
)
def test_arabic_spellings_and_clitics(phrase: str, text: str, found: bool) -> None:
    """Hamza, ة/ه, ى/ي, tatweel, harakat and clitics make no difference; other words do."""
    assert (phrase in Watch([phrase]).find(text)) is found


def test_a_name_is_known_by_all_its_spellings() -> None:
    """A phrase that is a name of the gazetteer is found however an outlet spells that name."""
    watch = Watch(["نتنياهو", "زلزال"], packaged_gazetteer())
    assert watch.find("التقى نتانياهو الوفد") == {"نتنياهو"}
    assert watch.find("غضب في حكومة نتانياهو") == {"نتنياهو"}


def test_many_words_take_linear_time() -> None:
    """Ten times the text takes about ten times as long, however many words are followed."""
    watch = Watch([f"كلمة{n}" for n in range(3000)])
    text = "قال المتحدث إن الوفد سيصل غدا إلى المدينة لبحث الهدنة " * 400

    def seconds(times: int) -> float:
        start = time.process_time()
        watch.find(text * times)
        return time.process_time() - start

    seconds(1)
    assert min(seconds(10) for _ in range(3)) < 25 * min(seconds(1) for _ in range(3))
