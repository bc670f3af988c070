"""What people do without care: edit, call us by name where no name is needed, ask where we are not."""

import asyncio
from typing import Any

import pytest

from adapters.chat.message import Message, Paragraph, Picture, Text
from adapters.chat.ports import Reply, Request
from adapters.slack.app import SlackApp
from tests.fakes.slack import SlackFake
from tests.fakes.slack.people import CHANNEL, PERSON
from tests.fakes.slack.world import Channel, words
from tests.slack.conftest import Desk, Starts, said
from tests.slack.test_conversations import offering

BOT = "U0KAWALIS"
MENTION: dict[str, Any] = {"type": "app_mention", "user": PERSON, "channel": CHANNEL, "ts": "1711600000.5"}


@pytest.mark.parametrize(
    "author",
    [
        {"bot_id": "B0FEED"},
        {"bot_id": "B0FEED", "user": "U0FEED"},
        {"subtype": "bot_message", "bot_id": "B1"},
    ],
)
async def test_an_app_that_calls_us_is_not_answered(
    app: SlackApp, fake: SlackFake, desk: Desk, author: dict[str, str]
) -> None:
    """Two apps that answer each other would never end, whether the other has a user or none."""
    event = {name: value for name, value in MENTION.items() if name != "user"}
    envelope = await fake.event({**event, "text": f"<@{BOT}> brief", **author})
    await app.stop()
    assert envelope.acked.is_set()
    assert desk.asked == []


async def test_an_edited_mention_is_answered_for_its_new_words(
    app: SlackApp, fake: SlackFake, desk: Desk
) -> None:
    """Slack tells of a mention again at each edit: what asks for the same is answered once, a mended word anew."""
    for text in ("brif", "brif", "brief"):
        edited = {"edited": {"user": PERSON, "ts": "1711600009.0"}} if desk.asked else {}
        await fake.event({**MENTION, "text": f"<@{BOT}> {text}", **edited})
    await app.stop()
    assert [request.text for request in desk.asked] == ["brif", "brief"]


@pytest.mark.parametrize("text", [f"<@{BOT}> brief 24h", f"<@{BOT}>، brief 24h", f"brief 24h <@{BOT}>"])
async def test_our_name_in_a_direct_message(app: SlackApp, fake: SlackFake, desk: Desk, text: str) -> None:
    """Whoever calls us by name in our own conversation means the same as without it."""
    await fake.dm(PERSON, text)
    await fake.answers(1, PERSON)
    assert (desk.asked[0].text, desk.asked[0].command) == ("brief 24h", True)


async def test_another_name_in_a_direct_message_is_kept(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A name that is not ours is part of what was said: an editor is named so."""
    await fake.dm(PERSON, "editors news add <@U0OTHER>")
    await fake.answers(1, PERSON)
    assert desk.asked[0].text == "editors news add U0OTHER"


async def test_the_shortcut_on_a_message_without_a_link(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """It is not met with silence: the application is asked for the brief of no link, and says what is missing."""
    written = await fake.mention(CHANNEL, PERSON, "no link here")
    await fake.answers(1)
    desk.replies["link"] = Reply(messages=(said("there is no link"),), aside=True)
    await fake.shortcut(written)
    shown = (await fake.answers(2))[1]
    assert (desk.asked[1].text, desk.asked[1].command) == ("link", True)
    assert (words(shown.blocks), shown.seen_by, shown.thread_ts) == ("there is no link", PERSON, written.ts)


async def test_what_was_typed_wrongly_is_nobody_elses_business(
    app: SlackApp, fake: SlackFake, desk: Desk
) -> None:
    """Nobody sees who typed a slash command: an answer that repeats it would let anyone speak through us unseen."""
    desk.replies["insult"] = Reply(messages=(said("unknown: insult"),), aside=True)
    await fake.slash(CHANNEL, PERSON, "/kawalis insult")
    await fake.mention(CHANNEL, PERSON, "insult")
    assert [m.seen_by for m in await fake.answers(2)] == [PERSON, PERSON]


async def test_a_private_channel_is_not_called_privategroup(
    app: SlackApp, fake: SlackFake, desk: Desk
) -> None:
    """Slack tells no name of a private channel with a command: its own is asked for, and else it has none."""
    channel = fake.world.channels[CHANNEL]
    channel.private, channel.member = True, False
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await fake.answers(1)
    channel.member = True
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await fake.answers(2)
    assert [(request.name, request.present) for request in desk.asked] == [(None, False), ("news", True)]


async def test_where_we_are_not_is_told_to_the_application(
    app: SlackApp, fake: SlackFake, desk: Desk
) -> None:
    """In a channel without us, and in a conversation of two others, what is promised for later could not be sent; in
    our own conversation it could, and in a channel as soon as we are invited.
    """
    fake.world.channels["D0OTHERS"] = Channel(
        id="D0OTHERS", name="directmessage", private=True, member=False, people={PERSON, "U0COLLEAGUE"}
    )
    fake.world.channels[CHANNEL].member = False
    for count, place in enumerate((CHANNEL, "D0OTHERS"), start=1):
        await fake.slash(place, PERSON, "/kawalis subscribe 08:00")
        [answer] = await fake.answers(1, place)
        assert (len(desk.asked), words(answer.blocks)) == (count, "about subscribe 08:00")
    fake.world.channels[CHANNEL].member = True
    await fake.slash(CHANNEL, PERSON, "/kawalis subscribe 08:00")
    await fake.answers(2)
    await fake.slash(fake.world.direct_with(PERSON), PERSON, "/kawalis subscribe 08:00")
    await fake.answers(1, PERSON)
    assert [request.present for request in desk.asked] == [False, False, True, True]
    assert [request.group for request in desk.asked] == [True, False, True, False]


async def test_where_slack_does_not_say_we_may_be_there(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A missing right or a lost answer is no reason to refuse what may well work."""
    fake.fail_next("conversations.info", "missing_scope")
    await fake.slash(CHANNEL, PERSON, "/kawalis subscribe 08:00")
    await fake.answers(1)
    assert desk.asked[0].present


async def test_a_picture_where_we_are_not_a_member(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """The response address takes no uploaded picture: what it shows is told in words, and nobody is left waiting."""
    blocks = (
        Paragraph(line=(Text(text="A week"),)),
        Picture(png=b"\x89PNG", caption=(Text(text="Coverage <by> day"),), alt="Bars & lines"),
    )
    desk.replies["coverage"] = Reply(messages=(Message(blocks=blocks, language="en"),))
    fake.world.channels[CHANNEL].member = False
    await fake.slash(CHANNEL, PERSON, "/kawalis coverage")
    [answer] = await fake.answers(1)
    assert words(answer.blocks) == "A week\nCoverage &lt;by&gt; day\nBars &amp; lines"


async def test_a_response_address_that_asks_to_wait(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A short halt of the response address is waited for, as that of a post is."""
    fake.fail_next("response_url", "ratelimited", status=429, headers={"Retry-After": "3"})
    desk.replies["settings"] = Reply(messages=(said("yours", private=True),))
    await fake.slash(CHANNEL, PERSON, "/kawalis settings")
    [shown] = await fake.answers(1)
    assert shown.seen_by == PERSON


async def test_a_home_that_asks_to_wait(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """Who opens the App Home sees it in spite of a short halt."""
    fake.fail_next("views.publish", "ratelimited", status=429, headers={"Retry-After": "3"})
    await fake.open_home()
    await fake.until(lambda: fake.world.homes)


async def test_a_long_private_answer_that_took_long_is_whole(
    start: Starts, fake: SlackFake, desk: Desk
) -> None:
    """The word that we are at work takes one of the response address's five answers; nothing of the rest is lost."""
    release = asyncio.Event()

    async def slow(request: Request) -> Reply:
        await release.wait()
        return await desk(request)

    await start(ask=slow, working=lambda _: "one moment", patience_seconds=0.01)
    desk.replies["export"] = Reply(messages=tuple(said(f"part {n}", private=True) for n in range(7)))
    await fake.slash(CHANNEL, PERSON, "/kawalis export")
    await fake.answers(1)
    release.set()
    assert [m.text for m in (await fake.answers(8))[1:]] == [f"part {n}" for n in range(7)]


async def test_what_is_pressed_below_our_own_message_is_the_channels(
    app: SlackApp, fake: SlackFake, desk: Desk
) -> None:
    """A story's card opens below the brief: what is set by its buttons is set for the channel, and said in the thread.
    In a thread that a person began it is the thread's.
    """
    desk.replies["brief"] = Reply(messages=(offering("story:1:more"),))
    desk.replies["story:1:more"] = Reply(messages=(offering("mute:1"),))
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    [brief] = await fake.answers(1)
    await fake.press(brief.ts, "story:1:more")
    card = (await fake.answers(2))[1]
    await fake.press(card.ts, "mute:1")
    assert (await fake.answers(3))[2].thread_ts == brief.ts
    began = await fake.mention(CHANNEL, PERSON, "brief")
    await fake.press((await fake.answers(4))[3].ts, "story:1:more")
    await fake.answers(5)
    assert [request.address.thread for request in desk.asked] == ["", "", "", "", began.ts]


async def test_a_direct_message_is_one_chat(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """What is written or pressed in a thread of it belongs to it all, and is answered in the thread."""
    desk.replies["brief"] = Reply(messages=(offering("mute:1"),))
    await fake.dm(PERSON, "brief")
    [brief] = await fake.answers(1, PERSON)
    await fake.dm(PERSON, "brief", thread_ts=brief.ts)
    second = (await fake.answers(2, PERSON))[1]
    await fake.press(second.ts, "mute:1")
    answer = (await fake.answers(3, PERSON))[2]
    assert [request.address.thread for request in desk.asked] == ["", "", ""]
    assert (second.thread_ts, answer.thread_ts) == (brief.ts, brief.ts)
