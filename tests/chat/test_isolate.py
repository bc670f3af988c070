"""Latin runs inside Arabic lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.isolate import FSI, PDI, isolate, isolate_for


@pytest.mark.parametrize(
    ("text", "shown"),
    [("بحسب موقع Axios News.", "بحسب موقع [Axios News]."), ("اكتب /brief 24h ثم", "اكتب [/brief 24h] ثم"),
     ("انظر https://example.org/a?b=1 الآن", "انظر [https://example.org/a?b=1] الآن"), ("لا شيء ١٢", "لا شيء ١٢")],
)  # fmt: skip
def test_a_latin_run_stands_in_one_isolate(text: str, shown: str) -> None:
    """Words of one name share an isolate; the sentence's own full stop stays outside."""
    assert isolate(text).replace(FSI, "[").replace(PDI, "]") == shown


@given(st.text(alphabet="ابت aZ09./:@#-'’&"))
def test_isolates_are_closed_and_change_no_letter(text: str) -> None:
    """Every isolate that opens closes before the next, nothing else is added, and twice is as once."""
    shown = isolate(text)
    depth = [letter for letter in shown if letter in (FSI, PDI)]
    assert depth == [FSI, PDI] * (len(depth) // 2)
    assert shown.replace(FSI, "").replace(PDI, "") == text
    assert isolate(shown) == shown


def test_english_needs_none() -> None:
    """A left-to-right message is left as it is."""
    assert isolate_for("Axios reported", "en") == "Axios reported"
