"""What people type."""

import pytest

from adapters.chat.isolate import isolate
from adapters.chat.ports import Address, Request
from bot.commands.dispatch import typed

ADDRESS = Address(platform="telegram", bot="b", chat="1")


@pytest.mark.parametrize("said", ["اكتبوا /brief 24h", "/quiet 23:00 07:00", "/zone Asia/Riyadh"])
def test_a_command_copied_from_a_message_is_a_command(said: str) -> None:
    """The marks of direction in our own messages come along when one copies from them, and are no part of it."""
    copied = "\u200f" + isolate(said, "rtl").removeprefix("اكتبوا ")
    request = typed(Request(address=ADDRESS, person="p", text=copied, command=False))
    assert request.text == said.removeprefix("اكتبوا ")
    assert request.command


def test_a_pressed_button_is_taken_as_it_is() -> None:
    """What a button sends back is ours, letter by letter."""
    request = Request(address=ADDRESS, person="p", text="story:a\u2068:who", command=False, pressed=True)
    assert typed(request) is request
