"""Messages as Block Kit: every block, both languages, within Slack's limits, nothing lost and nothing parsed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slackblocks import _limits as theirs
from slackblocks._core import resolve

from adapters.chat.cutting import cut, split
from adapters.chat.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Picture,
    Quotation,
    Text,
)
from adapters.chat.units import units
from adapters.slack import limits
from adapters.slack.inlines import escape, plain
from adapters.slack.packing import weigh
from adapters.slack.render import Rendered, render, shortened
from tests.fakes.slack import blocks as kit
from tests.fakes.slack.world import words
from tests.slack import oracle, samples

GOLDEN = Path(__file__).parent / "golden"


def checked(message: Message) -> list[Rendered]:
    """The message rendered, after the fake's validator and the oracle took every part."""
    parts = render(message)
    for part in parts:
        kit.check(list(part.blocks), files=set(part.pictures))
        assert kit.total(list(part.blocks)) + kit.size(part.text) <= kit.TOTAL_TEXT
        assert 0 < kit.size(part.text) <= limits.FALLBACK + 2
        assert weigh(list(part.blocks)) <= limits.MESSAGE
        for block in part.blocks:
            built = oracle.built(block)
            assert dict(resolve(built))["type"] == block["type"]
            assert block["type"] != "rich_text" or kit.total(block) <= limits.TEXT
    return parts


@pytest.mark.parametrize("name", samples.GOLDEN)
def test_golden(name: str) -> None:
    """What people see changes only on purpose: delete the file to have it written anew, and look at it."""
    parts = checked(samples.GOLDEN[name]())
    shown = [json.loads(part.payload) for part in parts]
    text = json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    file = GOLDEN / f"{name}.json"
    if not file.exists():
        file.write_text(text, encoding="utf-8")
        pytest.fail(f"{file.name} was not there; it is now: look at it and commit it")
    assert text == file.read_text(encoding="utf-8")


def test_limits_are_those_of_the_oracle() -> None:
    """The figures we hold to are not above those of slackblocks."""
    assert limits.BLOCKS == theirs.MESSAGE_BLOCKS_MAX_ITEMS
    assert limits.HOME_BLOCKS == theirs.VIEW_BLOCKS_MAX_ITEMS
    assert limits.TEXT == theirs.TEXT_MAX_LENGTH
    assert limits.HEADER == theirs.HEADER_TEXT_MAX_LENGTH
    assert limits.ACTIONS == theirs.ACTIONS_ELEMENTS_MAX_ITEMS
    assert limits.LABEL == theirs.BUTTON_TEXT_MAX_LENGTH
    assert limits.URL == theirs.BUTTON_URL_MAX_LENGTH
    assert limits.IDENTIFIER == theirs.ACTION_ID_MAX_LENGTH == theirs.BLOCK_ID_MAX_LENGTH
    assert limits.ALT == theirs.IMAGE_ALT_TEXT_MAX_LENGTH
    assert limits.TITLE == theirs.IMAGE_TITLE_MAX_LENGTH


def test_the_same_message_gives_the_same_payload() -> None:
    """An edition's parts never change: rendered twice they are the same text, canonical JSON."""
    first, second = (render(samples.long_ar()) for _ in range(2))
    assert [p.payload for p in first] == [p.payload for p in second]
    for part in first:
        canonical = json.dumps(
            json.loads(part.payload), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        assert part.payload == canonical


def test_long_messages_are_parted_between_stories() -> None:
    """A long brief becomes several messages, each beginning with a story's heading, no story torn apart."""
    parts = checked(samples.long_ar())
    assert len(parts) > 1
    stories = []
    for part in parts:
        seen = re.findall(r"(\d+)\. عنوان", words(list(part.blocks)))
        stories += seen
        assert part.blocks[0]["type"] in ("header", "rich_text")
        assert part.blocks[-1]["type"] == "actions"
    assert stories == [str(n) for n in range(1, 13)]


def test_a_story_longer_than_a_message() -> None:
    """One story alone may be parted: between its blocks, a heading never last, buttons never first."""
    parts = checked(samples.long_ar(stories=1, sentences=200))
    assert len(parts) > 2
    text = "".join(words(list(part.blocks)) for part in parts)
    assert [int(n) for n in re.findall(r"جملة رقم (\d+)", text)] == list(range(200))
    assert parts[-1].blocks[0]["type"] != "actions"
    assert len(parts[0].blocks) > 10, "the heading is not sent alone"
    assert all("divider" not in (part.blocks[0]["type"], part.blocks[-1]["type"]) for part in parts)


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    """A paragraph over the limit becomes several, each ending where a sentence ends; its letters are all kept."""
    text = "هذه جملة تتكرر كثيرا في هذه الفقرة الطويلة جدا. " * 200
    parts = checked(Message(blocks=(Paragraph(line=(Text(text=text),)),)))
    sections = [block for part in parts for block in part.blocks]
    assert len(sections) > 2
    assert all(words(block).rstrip().endswith(".") for block in sections)
    assert "".join(words(block) for block in sections) == text


@pytest.mark.parametrize(
    "text", ["*star*", "_line_", "~wave~", "`tick`", ":smile:", "<!channel>", "<@U1>", "a & b"]
)
@pytest.mark.parametrize("kind", [Paragraph, Note, Heading])
def test_text_from_outside_is_never_parsed(text: str, kind: Any) -> None:
    """What would be markup to Slack stays what it is: in rich text as it stands, else without emoji, escaped."""
    for line in ((Text(text=text),), (Text(text=text), Text(text="link", url="https://example.com/"))):
        [part] = checked(Message(blocks=(kind(line=line),), language="en"))
        raw = json.dumps(part.blocks[0], ensure_ascii=False)
        if '"rich_text"' in raw:
            assert part.blocks[0]["elements"][0]["elements"][0]["text"] == text
        elif '"mrkdwn"' in raw:
            assert escape(text) in raw
            assert not re.search(r"[*_~`]|:\w+:", text)
        else:
            assert escape(text) in raw
            assert '"emoji": false' in raw


def test_links() -> None:
    """A web address is a link; what is none, or is too long, stays text."""
    good = Text(text="here", url="https://example.com/a?b=1&c=2")
    for bad in (
        "javascript:alert(1)",
        "ftp://example.com",
        "https://exa mple.com",
        "https://e.com/" + "x" * 3000,
    ):
        line = (good, Text(text=" there", url=bad))
        [part] = checked(Message(blocks=(Paragraph(line=line),), language="en"))
        link, text = part.blocks[0]["elements"][0]["elements"]
        assert (link["type"], link["url"]) == ("link", "https://example.com/a?b=1&c=2")
        assert text == {"type": "text", "text": " there"}


def test_a_note_with_a_link_is_small_print() -> None:
    """Small print keeps its links, escaped as mrkdwn wants them."""
    line = (Text(text="a < b "), Text(text="A&B", url="https://example.com/?a=1&b=2"))
    [part] = checked(Message(blocks=(Note(line=line),), language="en"))
    [element] = part.blocks[0]["elements"]
    assert element["text"] == "a &lt; b <https://example.com/?a=1&amp;b=2|A&amp;B>"


def test_latin_names_are_isolated_in_arabic() -> None:
    """Latin runs stand in isolates, and a line that begins with one is still laid out from the right."""
    line = (Text(text="Axios نقل عن Barak Ravid ما جرى"),)
    [part] = checked(Message(blocks=(Paragraph(line=line),), language="ar"))
    shown = words(list(part.blocks)).replace("\n", "")
    assert shown == "\u200f\u2068Axios\u2069 نقل عن \u2068Barak Ravid\u2069 ما جرى"
    [english] = checked(Message(blocks=(Paragraph(line=line),), language="en"))
    shown = words(list(english.blocks))
    assert shown == "Axios \u2068نقل عن Barak Ravid ما جرى\u2069"


def test_numbers_of_a_list_go_on() -> None:
    """A numbered list that does not fit one block goes on counting in the next."""
    items = tuple((Text(text=f"item {n} " + "word " * 100),) for n in range(20))
    parts = checked(Message(blocks=(Bullets(items=items, numbered=True),), language="en"))
    lists = [block["elements"][0] for part in parts for block in part.blocks]
    assert len(lists) > 1
    counted = 0
    for one in lists:
        assert one.get("offset", 0) == counted
        counted += len(one["elements"])
    assert counted == 20


def test_buttons() -> None:
    """Each row is a block; more than 25 go to the next; action ids are alone in a block; labels are cut."""
    row = tuple(Button(label="x" * 100, action="same") for _ in range(30))
    [part] = checked(Message(blocks=(Heading(line=(Text(text="h"),)), Buttons(rows=(row, row[:1])))))
    first, second, third = part.blocks[1:]
    assert [len(b["elements"]) for b in (first, second, third)] == [25, 5, 1]
    assert len({e["action_id"] for e in first["elements"]}) == 25
    assert {e["value"] for e in first["elements"]} == {"same"}
    assert all(len(e["text"]["text"]) <= 75 for e in first["elements"])


def test_a_long_heading_is_not_lost() -> None:
    """A heading over 150 characters is shown whole, as bold text."""
    heading = "عنوان طويل " * 20
    [part] = checked(Message(blocks=(Heading(line=(Text(text=heading),)),)))
    [element] = part.blocks[0]["elements"][0]["elements"]
    assert element == {"type": "text", "text": heading, "style": {"bold": True}}


def test_what_belongs_together_is_one_block() -> None:
    """A story's heading stands in one block with its first sentence, and a list with the line above it."""
    line = (Text(text="x"),)
    blocks = (Heading(line=line, level=2), Paragraph(line=line), Paragraph(line=line), Bullets(items=(line,)))
    [part] = checked(Message(blocks=blocks, language="en"))
    shapes = [[element["type"] for element in block["elements"]] for block in part.blocks]
    assert shapes == [["rich_text_section"] * 2, ["rich_text_section", "rich_text_list"]]


def test_an_empty_message_is_nothing() -> None:
    """Blocks without words make no message, since Slack takes no empty text."""
    empty = (
        Paragraph(line=()),
        Note(line=(Text(text=""),)),
        Bullets(items=()),
        Divider(),
        Quotation(lines=()),
    )
    assert render(Message(blocks=empty)) == []


def test_fallback_text_is_bounded() -> None:
    """What notifications show is whole lines, as many as fit, and says that there is more."""
    [part, *_] = checked(samples.long_ar(stories=5, sentences=70))
    assert units(part.text) <= limits.FALLBACK + 2
    assert part.text.endswith("\n…")


def test_shortening_never_cuts_an_entity() -> None:
    """An escaped ampersand is kept whole or left out."""
    assert shortened("ab&amp;cd", 5) == "ab…"
    assert shortened("abc", 3) == "abc"


def test_names_in_every_sentence_and_long_addresses() -> None:
    """What isolates need and what addresses hold is counted: no block and no message becomes too long by them."""
    named: Line = (Text(text="قال Axios إن CNN وReuters نقلا. " * 400),)
    many = tuple((Text(text=f"خبر {n}", url=f"https://example.org/{'%D8%A7' * 150}{n}"),) for n in range(40))
    in_one = tuple(inline for line in many for inline in line)
    for block in (
        Paragraph(line=named),
        Bullets(items=(named,)),
        Quotation(lines=(named,)),
        Note(line=named),
    ):
        checked(Message(blocks=(block,)))
    for block in (Paragraph(line=in_one), Bullets(items=many), Quotation(lines=many), Note(line=in_one)):
        parts = checked(Message(blocks=(block,)))
        assert sum(part.payload.count("https://example.org/") for part in parts) == 40


LETTERS = st.text(alphabet="ab .؟!\nابج🙂&<>*_`:", max_size=80)


@given(text=st.lists(LETTERS, max_size=6).map("".join), most=st.integers(2, 40))
def test_cutting_keeps_every_letter(text: str, most: int) -> None:
    """Whatever the text and the limit, the parts joined are the text, and none is too long."""
    assert "".join(split(text, most)) == text
    line: Line = (Text(text=text, bold=True), Text(text=text, url="https://example.com/"))
    parts = cut(line, most)
    assert "".join(plain(part) for part in parts) == text * 2
    assert all(units(plain(part)) <= most for part in parts)


TEXTS = st.builds(
    Text,
    text=st.one_of(LETTERS, LETTERS.map(lambda t: t * 60)),
    bold=st.booleans(),
    italic=st.booleans(),
    url=st.sampled_from([None, "https://example.com/?a=1&b=2", "mailto:x"]),
)
NAMES = st.sampled_from([100, 340, 700]).map("قال Axios إن ".__mul__)
LINKED = st.builds(Text, text=LETTERS, url=st.just("https://example.com/" + "%D8&" * 200))
TITLES = st.lists(TEXTS, max_size=4).map(tuple)
LINES = st.lists(st.one_of(TEXTS, st.builds(Text, text=NAMES), LINKED), max_size=4).map(tuple)
BUTTONS = st.builds(Button, label=LETTERS, action=st.sampled_from(["a", "b", "c"]))
BLOCKS = st.one_of(
    st.builds(Heading, line=TITLES, level=st.sampled_from([1, 2])),
    st.builds(Paragraph, line=LINES),
    st.builds(Bullets, items=st.lists(LINES, max_size=5).map(tuple), numbered=st.booleans()),
    st.builds(Quotation, lines=st.lists(LINES, max_size=5).map(tuple)),
    st.builds(Note, line=LINES),
    st.just(Divider()),
    st.builds(Picture, png=st.just(samples.PNG), caption=LINES, alt=LETTERS),
    st.builds(Buttons, rows=st.lists(st.lists(BUTTONS, max_size=30).map(tuple), max_size=3).map(tuple)),
)


@settings(max_examples=60, deadline=None)
@given(blocks=st.lists(BLOCKS, max_size=12).map(tuple), language=st.sampled_from(["ar", "en"]))
def test_whatever_the_message_slack_takes_it(blocks: Any, language: Any) -> None:
    """Every message becomes parts that the validator and the oracle take."""
    checked(Message(blocks=blocks, language=language))


def test_much_text_in_few_blocks() -> None:
    """All text of a message has a limit too: long paragraphs are spread over messages before that."""
    story: tuple[Block, ...] = (Divider(), *(Paragraph(line=(Text(text="كلمة " * 500),)) for _ in range(3)))
    parts = checked(Message(blocks=story * 4))
    assert len(parts) == 4
    assert all(len(part.blocks) == 3 for part in parts)
