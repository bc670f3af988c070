"""Messages on the terminal."""

import pytest

from adapters.chat.message import Heading, Message, Paragraph, Text
from bot.cli.showing import printed

MESSAGE = Message(blocks=(Heading(line=(Text(text="عنوان"),)), Paragraph(line=(Text(text="كلمة " * 60),))))


def test_colours_that_were_declined_are_not_printed() -> None:
    """NO_COLOR, a dumb terminal and a pipe get no escape sequence."""
    assert "\x1b" in printed(MESSAGE, True, {"TERM": "xterm"})
    for terminal, environment in ((True, {"NO_COLOR": "1"}), (True, {"TERM": "dumb"}), (False, {})):
        assert "\x1b" not in printed(MESSAGE, terminal, environment)


def test_lines_are_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A narrow terminal gets lines that fit it; a wide one no longer ones than the eye follows."""
    for columns, most in (("40", 40), ("200", 88)):
        monkeypatch.setenv("COLUMNS", columns)
        lengths = [len(line) for line in printed(MESSAGE, True, {"NO_COLOR": "1"}).splitlines()]
        assert most - 10 <= max(lengths) <= most
