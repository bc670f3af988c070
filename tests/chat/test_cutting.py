"""Lines longer than a platform takes."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.cutting import cut, split
from adapters.chat.message import Text
from adapters.chat.units import units

texts = st.text(alphabet="ابج .؟\n\U0001f4f0x", min_size=1, max_size=200)
lines = st.lists(st.builds(Text, text=texts, bold=st.booleans()), min_size=1, max_size=6).map(tuple)


@given(lines, st.integers(min_value=2, max_value=60))
def test_nothing_is_lost_and_nothing_too_long(line: tuple[Text, ...], most: int) -> None:
    """Each part is within the limit in UTF-16 units, and together they are the line, each letter in its style."""
    parts = cut(line, most)
    assert all(sum(units(inline.text) for inline in part) <= most for part in parts)
    styled = [(letter, inline.bold) for part in parts for inline in part for letter in inline.text]
    assert styled == [(letter, inline.bold) for inline in line for letter in inline.text]


def test_a_line_is_cut_between_sentences() -> None:
    """Where sentences fit, no part ends in the middle of one."""
    text = "وصل الوفد اليوم. هل يعود غدا؟ لا أحد يعلم. "
    parts = ["".join(inline.text for inline in part) for part in cut((Text(text=text),), 32)]
    assert parts == ["وصل الوفد اليوم. هل يعود غدا؟ ", "لا أحد يعلم. "]


def test_a_long_sentence_is_cut_between_words() -> None:
    """A sentence that is too long loses no word to a cut in its middle."""
    assert all(part.strip() in {"كلمة", "أخرى"} for part in split("كلمة أخرى " * 9, 12))
