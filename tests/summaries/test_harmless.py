"""Text from outside as it may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.harmless import harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("خبر\x1b[2J\x07\x00\x9b", "خبر[2J"),
        ("دف\u202eع\u202c \u2066x\u2069\u2067", "دفع x"),
        ("كلمة\u200b\u2060\ufeff\u00ad واحدة", "كلمة واحدة"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("lone \ud800", "lone \ufffd"),
        ("a\u200d\u200db", "ab"),
        ("می\u200cخواهم \u200c\u200c", "می\u200cخواهم "),
        ("\U0001f468\u200d\U0001f469 \u2764\ufe0f", "\U0001f468\u200d\U0001f469 \u2764\ufe0f"),
        ("a" + "\u0301" * 40, "a" + "\u0301" * 4),
        ("شَدَّةٌ \u200fو\u200e tab\t ﷺ", "شَدَّةٌ \u200fو\u200e tab\t ﷺ"),
    ],
)
def test_what_is_dropped(text: str, shown: str) -> None:
    """What drives a terminal, turns the line around or is not seen at all goes; letters, marks and emoji stay."""
    assert harmless(text) == shown


@given(st.text())
def test_twice_is_as_once(text: str) -> None:
    """What is harmless stays as it is."""
    assert harmless(harmless(text)) == harmless(text)
