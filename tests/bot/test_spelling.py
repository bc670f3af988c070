"""How commands are written in each chat."""

from adapters.chat.message import Bullets, Message, Note, Paragraph, Text
from adapters.chat.ports import Reply
from bot.presenting.spelling import spelled_for

NAMES = {"brief", "quiet"}


def test_slack_writes_its_own_prefix() -> None:
    """In Slack a known command is shown with `/kawalis`; addresses, paths and unknown words stay as they are."""
    spell = spelled_for("slack")
    assert spell is not None
    blocks = (
        Paragraph(line=(Text(text="اطلبوا /brief أو /xyz"), Text(text="/brief", url="https://e.org/brief"))),
        Bullets(items=((Text(text="https://e.org/brief and/brief"),),)),
        Note(line=(Text(text="/quiet off"),)),
    )
    told = spell(Reply(messages=(Message(blocks=blocks),), notice="/quiet"), NAMES)
    first, second, third = told.messages[0].blocks
    assert isinstance(first, Paragraph)
    assert [inline.text for inline in first.line] == ["اطلبوا /kawalis brief أو /xyz", "/brief"]
    assert second == blocks[1]
    assert third == Note(line=(Text(text="/kawalis quiet off"),))
    assert told.notice == "/kawalis quiet"


def test_slack_writes_channels_and_people_its_own_way() -> None:
    """An example that is copied works: channels begin with `#` there, and people have names in place of numbers."""
    spell = spelled_for("slack")
    assert spell is not None
    line = (Text(text="Write: /brief @channel 18:00 or /quiet @channel add 123456, not @channel"),)
    [told] = spell(Reply(messages=(Message(blocks=(Paragraph(line=line),)),)), NAMES).messages
    [block] = told.blocks
    assert isinstance(block, Paragraph)
    shown = "Write: /kawalis brief #channel 18:00 or /kawalis quiet #channel add @name, not @channel"
    assert block.line[0].text == shown


def test_others_type_commands_as_we_write_them() -> None:
    """Telegram and the terminal need no rewriting."""
    assert spelled_for("telegram") is None
    assert spelled_for("terminal") is None
