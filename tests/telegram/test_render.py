"""Messages as Telegram takes them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.message import (
    Bullets,
    Button,
    Buttons,
    Divider,
    File,
    Heading,
    Message,
    Note,
    Paragraph,
    Picture,
    Quotation,
    Text,
)
from adapters.telegram.render import render
from tests.fakes.telegram.html import Entity, parse, units


def line(text: str, **more: object) -> tuple[Text, ...]:
    return (Text(text=text, **more),)  # type: ignore[arg-type]


def parts(message: Message) -> list[dict[str, object]]:
    return [json.loads(rendered.payload)["parameters"] for rendered in render(message)]


def read(message: Message) -> list[tuple[str, list[Entity]]]:
    return [parse(str(part["text"])) for part in parts(message)]


def test_what_comes_from_outside_is_text() -> None:
    """Markup in an article's title is shown, not obeyed."""
    [(text, entities)] = read(
        Message(blocks=(Paragraph(line=line("<b>x</b> & <a href='x'>")),), language="en")
    )
    assert text == "<b>x</b> & <a href='x'>"
    assert entities == []


def test_a_link_that_is_no_web_address_is_shown_as_text() -> None:
    """`javascript:` and the like never become links."""
    [(text, entities)] = read(Message(blocks=(Paragraph(line=line("هنا", url="javascript:alert(1)")),)))
    assert (text, entities) == ("هنا", [])


def test_buttons_stand_below_the_last_part() -> None:
    """A message in several parts has its buttons once, at its end."""
    button = Buttons(rows=((Button(label="x", action="do:brief"),),))
    made = parts(Message(blocks=(button, *(Paragraph(line=line("كلمة " * 700)) for _ in range(3)))))
    assert len(made) > 1
    assert [("reply_markup" in part) for part in made] == [False] * (len(made) - 1) + [True]


def test_an_action_longer_than_telegram_takes_is_a_defect() -> None:
    """callback_data over 64 bytes would be refused at sending; it fails here instead."""
    with pytest.raises(ValueError, match="64"):
        render(
            Message(
                blocks=(Paragraph(line=line("x")), Buttons(rows=((Button(label="x", action="ا" * 33),),)))
            )
        )


def test_a_heading_is_not_parted_from_what_it_heads() -> None:
    """No part ends with a heading or with the line between stories."""
    blocks = []
    for number in range(12):
        blocks += [
            Divider(),
            Heading(line=line(f"خبر {number}")),
            Paragraph(line=line("جملة من الخبر. " * 70)),
        ]
    for text, entities in read(Message(blocks=tuple(blocks))):
        last = max((entity.offset + entity.length for entity in entities), default=0)
        assert last < units(text)
        assert not text.strip("\n").endswith("─")
        assert not text.startswith("─")


def test_expandable_quotes_fold() -> None:
    """Sources are folded where Telegram can fold."""
    [(_, entities)] = read(Message(blocks=(Quotation(lines=(line("أ"), line("ب")), expandable=True),)))
    assert [entity.kind for entity in entities] == ["expandable_blockquote"]


def test_a_line_of_many_links_is_parted() -> None:
    """Telegram drops what is over 100 entities without a word; a line with more goes on in the next part."""
    links = tuple(Text(text=f"{n} ", bold=True, url=f"https://example.org/{n}") for n in range(150))
    for block in (Paragraph(line=links), Quotation(lines=(links,)), Bullets(items=(links,))):
        shown = read(Message(blocks=(block,), language="en"))
        assert all(len(entities) <= 100 for _, entities in shown)
        assert sum(entity.kind == "text_link" for _, entities in shown for entity in entities) == 150


def test_names_in_every_sentence_do_not_make_a_message_too_long() -> None:
    """Isolates are counted: an editor's long text with Latin names, and a caption, stay within what Telegram takes."""
    named = line("ذكر موقع Axios نقلا عن Barak Ravid أن البيت الأبيض أبلغ. " * 200)
    for block in (Paragraph(line=named), Note(line=named), Bullets(items=(named,)), Heading(line=named)):
        assert all(units(text) <= 4096 for text, _ in read(Message(blocks=(block,))))
    for block in (Picture(png=b"x", caption=named, alt="x"), File(name="x", content=b"x", caption=named)):
        [part] = parts(Message(blocks=(block,)))
        assert units(parse(str(part["caption"]))[0]) <= 1024


def test_long_addresses_do_not_make_a_message_too_long() -> None:
    """The Bot API refuses a text of over 32,768 bytes before parsing; the encoded names of Arabic articles fill it."""
    address = "https://example.org/" + "%D8%A7" * 150
    many = tuple(line(f"خبر {n}", url=f"{address}{n}") for n in range(80))
    in_one = tuple(inline for one in many for inline in one)
    for block in (Quotation(lines=many), Bullets(items=many), Paragraph(line=in_one)):
        made = [str(part["text"]) for part in parts(Message(blocks=(block,)))]
        assert all(len(html.encode()) <= 32_768 for html in made)
        assert sum(html.count(address) for html in made) == 80


def test_an_address_that_fills_a_message_is_left_out() -> None:
    """A link of thousands of characters is shown as its words."""
    [(text, entities)] = read(
        Message(blocks=(Paragraph(line=line("هنا", url="https://a.example/" + "x" * 40_000)),))
    )
    assert (text, entities) == ("هنا", [])


texts = st.text(alphabet="ابت جد.<>&\"' abXY09\U0001f4f0", min_size=1, max_size=400)
addresses = st.sampled_from([None, "https://example.org/a?b=1&c=2"])
long_addresses = st.just("https://example.org/" + "%D8%A7&" * 100)
names = st.sampled_from([100, 340, 700]).map("قال Axios إن ".__mul__)


def inlines(text: st.SearchStrategy[str], url: st.SearchStrategy[str | None]) -> st.SearchStrategy[Text]:
    return st.builds(Text, text=text, bold=st.booleans(), italic=st.booleans(), code=st.booleans(), url=url)


titles = st.lists(inlines(texts, addresses), min_size=1, max_size=6).map(tuple)
lines = st.lists(inlines(texts | names, addresses | long_addresses), min_size=1, max_size=6).map(tuple)
blocks = st.one_of(
    st.builds(Heading, line=titles), st.builds(Paragraph, line=lines), st.builds(Note, line=lines),
    st.builds(Bullets, items=st.lists(lines, min_size=1, max_size=6).map(tuple), numbered=st.booleans()),
    st.builds(Quotation, lines=st.lists(lines, min_size=1, max_size=8).map(tuple), expandable=st.booleans()),
    st.builds(Divider),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(blocks, min_size=1, max_size=12), st.sampled_from(["ar", "en"]))
def test_any_message_keeps_telegrams_limits(given_blocks: list[object], language: str) -> None:
    """Whatever the message, each part parses, has at most 4096 units, 100 entities and 32,768 bytes before
    parsing, and no letter is lost.
    """
    message = Message(blocks=tuple(given_blocks), language=language)  # type: ignore[arg-type]
    shown = ""
    for html in (str(part["text"]) for part in parts(message)):
        text, entities = parse(html)
        assert units(text) <= 4096
        assert len(entities) <= 100
        assert len(html.encode()) <= 32_768
        shown += text
    wanted = "".join(inline.text for block in given_blocks for inline in _texts(block))
    for letter in "ابتج<>&":
        assert shown.count(letter) == wanted.count(letter)


def _texts(block: object) -> list[Text]:
    match block:
        case Heading(line=one) | Paragraph(line=one) | Note(line=one):
            return list(one)
        case Bullets(items=many) | Quotation(lines=many):
            return [inline for one in many for inline in one]
    return []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("«MK-84»", True),
        ("Axios: خبر", True),
        ("28 مارس · Dar 24", False),
        ("خبر من Axios", False),
        ("12:00", True),
    ],
)
def test_an_arabic_line_begins_from_the_right(text: str, marked: bool) -> None:
    """A line of an Arabic message whose first letter is not Arabic gets a right-to-left mark."""
    message = Message(blocks=(Paragraph(line=(Text(text=text),)),), language="ar")
    html = json.loads(render(message)[0].payload)["parameters"]["text"]
    assert html.startswith("\u200f") is marked


def test_the_preview_is_shown_once() -> None:
    """Of a message in several parts the first previews the link, small; without one, or one to the web, none does."""
    long = tuple(Paragraph(line=line("كلمة " * 700)) for _ in range(3))
    first, *others = [
        part["link_preview_options"] for part in parts(Message(blocks=long, preview="https://a.example/"))
    ]
    assert first == {"url": "https://a.example/", "is_disabled": False, "prefer_small_media": True}
    assert others
    assert all(options == {"is_disabled": True} for options in others)
    [odd] = parts(Message(blocks=(Paragraph(line=line("x")),), preview="javascript:x"))
    assert odd["link_preview_options"] == {"is_disabled": True}


def test_half_a_letter_keeps_no_message_back() -> None:
    """Half of a surrogate pair, which is no letter, is shown as U+FFFD."""
    [(text, _)] = read(Message(blocks=(Paragraph(line=(*line("قال \ud83d "), *line("ثم", bold=True))),)))
    assert text == "قال \ufffd ثم"
