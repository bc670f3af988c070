"""Messages in a terminal."""

from adapters.chat.isolate import FSI
from adapters.chat.message import Bullets, Button, Buttons, Heading, Message, Paragraph, Text
from adapters.terminal.render import actions, render
from adapters.web.page import render_page


def line(text: str, url: str | None = None) -> tuple[Text, ...]:
    return (Text(text=text, url=url),)


def test_links_are_written_out() -> None:
    """A terminal cannot hide an address behind a word, so the address is shown."""
    message = Message(blocks=(Paragraph(line=line("الخبر", "https://example.org/a")),))
    assert "<https://example.org/a>" in render(message)


def test_buttons_are_numbered_in_the_order_of_their_actions() -> None:
    """Typing a button's number presses that very button; a link takes no number."""
    row = (
        Button(label="أ", action="do:a"),
        Button(label="رابط", url="https://example.org"),
        Button(label="ب", action="do:b"),
    )
    message = Message(blocks=(Buttons(rows=(row,)),))
    assert actions(message) == ["do:a", "do:b"]
    shown = render(message)
    assert "[1] أ" in shown
    assert "[2] ب" in shown


def test_lines_keep_to_the_width() -> None:
    """No line is longer than the terminal, but for a link that cannot be broken."""
    message = Message(blocks=(Heading(line=line("كلمة " * 60)), Bullets(items=(line("سطر " * 60),))))
    assert max(len(row) for row in render(message, width=60).splitlines()) <= 60


def test_what_comes_from_outside_cannot_drive_the_terminal() -> None:
    """Escape sequences in an article's title are shown without their escape character."""
    message = Message(blocks=(Paragraph(line=line("خبر\x1b[2J\x07")),))
    assert "\x1b" not in render(message)
    assert "\x07" not in render(message)


def test_only_addresses_of_the_web_are_written_out() -> None:
    """A terminal makes a link of what it shows: an address of another kind is not shown, its text is."""
    message = Message(
        blocks=(
            Paragraph(line=line("الخبر", "javascript:alert(1)")),
            Buttons(rows=((Button(label="اضغط", url="file:///etc/passwd"),),)),
        )
    )
    assert render(message) == "الخبر\n\nاضغط"


def test_what_comes_from_outside_cannot_turn_our_words_around() -> None:
    """Overrides of direction in a title or an address do not reach the terminal; isolates, ours, do."""
    message = Message(blocks=(Paragraph(line=line("خبر\u202e Axios", "https://example.org/\u202egpj")),))
    shown = render(message)
    assert "\u202e" not in shown
    assert FSI in shown


def test_a_page_is_as_harmless_as_the_terminal() -> None:
    """Control characters and overrides of direction stay out of the page too, and markup stays text."""
    message = Message(blocks=(Paragraph(line=line("<b>\x1b\u202e", "https://example.org/\u202e")),))
    page = render_page(message, title="كواليس\u202e")
    assert not {"\x1b", "\u202e"} & set(page)
    assert "&lt;b&gt;" in page
