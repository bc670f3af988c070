"""What people do in Slack arrives as requests, and the answers arrive where they were asked."""

import asyncio

import pytest

from adapters.chat.message import Button, Buttons, File, Heading, Message, Picture, Text
from adapters.chat.ports import Reply, Request
from adapters.slack.app import SlackApp
from tests.fakes.slack import SlackFake
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.people import CHANNEL, PERSON, TEAM
from tests.fakes.slack.world import words
from tests.slack.conftest import Desk, Starts, said


def offering(*actions: str, **more: object) -> Message:
    buttons = Buttons(rows=(tuple(Button(label=a, action=a) for a in actions),))
    return Message(blocks=(Heading(line=(Text(text="Brief"),)), buttons), language="en", **more)  # type: ignore[arg-type]


async def test_slash_command(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """`/kawalis brief 24h` arrives as `brief 24h` with who, where, language and zone."""
    envelope = await fake.slash(CHANNEL, PERSON, "/kawalis brief 24h")
    [answer] = await fake.answers(1)
    [request] = desk.asked
    assert envelope.acked.is_set()
    assert (request.text, request.command, request.pressed) == ("brief 24h", True, False)
    assert (request.address.platform, request.address.bot, request.address.chat) == ("slack", TEAM, CHANNEL)
    assert (request.person, request.language, request.zone) == (PERSON, "ar-SA", "Asia/Riyadh")
    assert (request.group, request.name) == (True, "news")
    assert words(answer.blocks) == "about brief 24h"
    assert answer.text == "about brief 24h"
    assert not fake.refused


async def test_an_empty_slash_command_asks_for_help(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """`/kawalis` alone is a question for help."""
    await fake.slash(CHANNEL, PERSON, "/kawalis")
    await fake.answers(1)
    assert [request.text for request in desk.asked] == ["help"]


async def test_the_acknowledgement_does_not_wait_for_the_answer(
    start: Starts, fake: SlackFake, desk: Desk
) -> None:
    """Slack gets its acknowledgement in time, before work is done that takes longer than a moment."""
    release = asyncio.Event()

    async def slow(request: Request) -> Reply:
        await release.wait()
        return await desk(request)

    await start(ask=slow, confirm_seconds=0.01)
    envelope = await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    assert envelope.acked.is_set()
    assert fake.sent() == []
    release.set()
    await fake.answers(1)


@pytest.mark.parametrize("way", ["slash", "mention", "dm"])
async def test_what_is_at_work_is_not_acknowledged(
    start: Starts, fake: SlackFake, desk: Desk, way: str
) -> None:
    """A process that is killed in the middle of a command has not acknowledged it: Slack delivers an event again, and
    of a command tells the person that there was no answer.
    """
    asked, release = asyncio.Event(), asyncio.Event()

    async def slow(request: Request) -> Reply:
        asked.set()
        await release.wait()
        return await desk(request)

    await start(ask=slow, confirm_seconds=3600)
    writes = {
        "slash": lambda: fake.slash(CHANNEL, PERSON, "/kawalis brief"),
        "mention": lambda: fake.mention(CHANNEL, PERSON, "brief"),
        "dm": lambda: fake.dm(PERSON, "brief"),
    }
    sending = asyncio.create_task(writes[way]())
    await asyncio.wait_for(asked.wait(), 20)
    [envelope] = fake.sockets.envelopes.values()
    assert not envelope.acked.is_set()
    release.set()
    await sending
    assert envelope.acked.is_set()
    assert [request.text for request in desk.asked] == ["brief"]


async def test_long_work_shows_that_it_is_working(start: Starts, fake: SlackFake, desk: Desk) -> None:
    """A person who waits is told so, and nobody else; then the answer comes."""
    release = asyncio.Event()

    async def slow(request: Request) -> Reply:
        await release.wait()
        return await desk(request)

    await start(ask=slow, working=lambda request: f"one moment, {request.language}", patience_seconds=0.01)
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    [moment] = await fake.answers(1)
    assert (moment.text, moment.seen_by) == ("one moment, ar-SA", PERSON)
    release.set()
    assert (await fake.answers(2))[1].text == "about brief"


async def test_quick_work_is_not_announced(start: Starts, fake: SlackFake) -> None:
    """An answer within the patience of a person comes alone."""
    app = await start(working=lambda _: "one moment", patience_seconds=5.0)
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await app.stop()
    assert [message.text for message in fake.sent()] == ["about brief"]


async def test_mention_is_answered_in_its_thread(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """`@kawalis brief` is a command; the answer hangs below it, and the settings are the channel's."""
    written = await fake.mention(CHANNEL, PERSON, "brief 6h")
    [answer] = await fake.answers(1)
    assert (desk.asked[0].text, desk.asked[0].address.thread) == ("brief 6h", "")
    assert answer.thread_ts == written.ts


async def test_mention_in_a_thread_belongs_to_the_thread(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A mention inside a thread is that thread's: its settings and its answer."""
    first = await fake.mention(CHANNEL, PERSON, "brief")
    await fake.mention(CHANNEL, PERSON, "latest", thread_ts=first.ts)
    answers = await fake.answers(2)
    assert desk.asked[1].address.thread == first.ts
    assert answers[1].thread_ts == first.ts


async def test_direct_message(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A direct message is a command without any prefix, in no group, and its writer may change everything."""
    await fake.dm(PERSON, "subscribe 08:00")
    [answer] = await fake.answers(1, PERSON)
    [request] = desk.asked
    assert (request.text, request.command, request.group, request.admin) == (
        "subscribe 08:00",
        True,
        False,
        True,
    )
    assert answer.thread_ts is None


async def test_pasted_link(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A link in a direct message is no command, and arrives as the address it is."""
    await fake.dm(PERSON, "<https://example.com/a?x=1&amp;y=2|example.com>")
    await fake.answers(1, PERSON)
    assert (desk.asked[0].text, desk.asked[0].command) == ("https://example.com/a?x=1&y=2", False)


async def test_what_bots_write_and_edits_are_not_answered(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """An edited message and a message of an app are acknowledged and left alone."""
    channel = fake.world.direct_with(PERSON)
    shape = {"type": "message", "channel": channel, "channel_type": "im", "ts": "1.1", "text": "brief"}
    edited = await fake.event({**shape, "subtype": "message_changed", "message": {}})
    robot = await fake.event({**shape, "user": "U0OTHER", "bot_id": "B0OTHER"})
    assert edited.acked.is_set()
    assert robot.acked.is_set()
    assert desk.asked == []


async def test_button_opens_below_its_message(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A pressed button arrives as its action with its message; in a channel the answer is in the thread."""
    desk.replies["brief"] = Reply(messages=(offering("story:1:more", "story:1:who"),))
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    [brief] = await fake.answers(1)
    await fake.press(brief.ts, "story:1:who")
    more = (await fake.answers(2))[1]
    assert (desk.asked[1].text, desk.asked[1].pressed) == ("story:1:who", True)
    assert desk.asked[1].message == brief.ts
    assert more.thread_ts == brief.ts


async def test_button_replaces_its_message(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """`replace` edits the message whose button was pressed."""
    desk.replies["brief"] = Reply(messages=(offering("next"),))
    desk.replies["next"] = Reply(messages=(said("second page"),), replace=True)
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    [brief] = await fake.answers(1)
    await fake.press(brief.ts, "next")
    await fake.until(lambda: brief.edited)
    assert words(brief.blocks) == "second page"
    assert len(fake.sent()) == 1


async def test_private_answer_is_seen_by_one(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A private message in a channel is shown only to the person who asked, and its button can replace it."""
    desk.replies["settings"] = Reply(messages=(offering("close", private=True),))
    desk.replies["close"] = Reply(messages=(said("done", private=True),), replace=True)
    await fake.slash(CHANNEL, PERSON, "/kawalis settings")
    [shown] = await fake.answers(1)
    assert shown.seen_by == PERSON
    await fake.press(shown.ts, "close")
    await fake.until(lambda: shown.edited)
    assert words(shown.blocks) == "done"


async def test_private_answer_to_a_mention(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """Without a response address, too, a private answer is shown to the one person."""
    desk.replies["settings"] = Reply(messages=(said("yours", private=True),))
    await fake.mention(CHANNEL, PERSON, "settings")
    [shown] = await fake.answers(1)
    assert shown.seen_by == PERSON


async def test_notice_alone_is_shown_to_the_person(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """Slack has no toast: a notice without messages is shown to the one person."""
    desk.replies["brief"] = Reply(messages=(offering("follow"),))
    desk.replies["follow"] = Reply(notice="You follow this story")
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    [brief] = await fake.answers(1)
    await fake.press(brief.ts, "follow")
    notice = (await fake.answers(2))[1]
    assert (notice.seen_by, words(notice.blocks)) == (PERSON, "You follow this story")


async def test_a_link_button_is_acknowledged_and_not_asked(
    app: SlackApp, fake: SlackFake, desk: Desk
) -> None:
    """Slack tells of pressed links too; they are no request."""
    link = Buttons(rows=((Button(label="Read", url="https://example.com/"),),))
    desk.replies["brief"] = Reply(messages=(Message(blocks=(Heading(line=(Text(text="B"),)), link)),))
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    [brief] = await fake.answers(1)
    envelope = await fake.press(brief.ts, "link:0")
    assert envelope.acked.is_set()
    assert len(desk.asked) == 1


async def test_where_we_are_not_a_member(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A slash command works in a channel where the bot is not: the answer goes to the response address."""
    fake.world.channels[CHANNEL].member = False
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    [answer] = await fake.answers(1)
    assert answer.seen_by is None
    assert words(answer.blocks) == "about brief"


async def test_admins_of_a_channel(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """In a channel the workspace's admins and the channel's creator are its admins, and nobody else."""
    fake.world.add_person("U0ADMIN", admin=True)
    fake.world.add_person("U0CREATOR")
    for person in (PERSON, "U0ADMIN", "U0CREATOR"):
        await fake.slash(CHANNEL, person, "/kawalis settings")
    await fake.answers(3)
    assert {request.person: request.admin for request in desk.asked} == {
        PERSON: False,
        "U0ADMIN": True,
        "U0CREATOR": True,
    }


async def test_people_are_asked_about_once(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """Language and zone are remembered for a while, so that Slack is not asked at each word."""
    for count in (1, 2, 3):
        await fake.dm(PERSON, "brief")
        await fake.answers(count, PERSON)
    assert [method for method, _ in fake.calls].count("users.info") == 1


async def test_app_home(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """Opening the App Home asks for `home`, and the answer is published there."""
    desk.replies["home"] = Reply(messages=(offering("language:en"),))
    await fake.open_home()
    await fake.until(lambda: fake.world.homes)
    assert (desk.asked[0].text, desk.asked[0].command, desk.asked[0].group) == ("home", True, False)
    assert words(fake.home()["blocks"]).startswith("Brief")
    await fake.open_home(tab="messages")
    assert len(desk.asked) == 1


async def test_button_in_the_app_home(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A press there is of the direct message's chat; its answer goes there and the home is shown anew."""
    desk.replies["home"] = Reply(messages=(offering("language:en"),))
    await fake.open_home()
    await fake.until(lambda: fake.world.homes)
    await fake.press_home("language:en")
    await fake.answers(1, PERSON)
    await fake.until(lambda: [r.text for r in desk.asked] == ["home", "language:en", "home"])
    assert len({r.address for r in desk.asked}) == 1
    assert desk.asked[1].address.chat == fake.world.direct_with(PERSON)


async def test_message_shortcut(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """ "Brief this link" takes the first link of the message, and answers in its thread."""
    written = await fake.mention(CHANNEL, PERSON, "see <https://example.com/news|this>")
    await fake.answers(1)
    await fake.shortcut(written)
    answers = await fake.answers(2)
    assert (desk.asked[1].text, desk.asked[1].command) == ("https://example.com/news", False)
    assert answers[1].thread_ts == written.ts


async def test_long_answers_keep_the_pace(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """An answer of several messages goes out one a second, in order, and Slack never has to refuse one."""
    desk.replies["brief"] = Reply(messages=tuple(said(f"part {n}") for n in range(4)))
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    answers = await fake.answers(4)
    assert [m.text for m in answers] == ["part 0", "part 1", "part 2", "part 3"]
    assert fake.refused == []


async def test_a_person_is_answered_in_spite_of_a_short_halt(
    app: SlackApp, fake: SlackFake, desk: Desk, clock: Clock
) -> None:
    """When Slack asks to wait a moment, the answer to a person waits that long and then goes out."""
    fake.fail_next("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "7"})
    before = clock.now
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await fake.answers(1)
    assert 7 <= clock.now - before < 9


async def test_a_long_halt_is_not_waited_for(
    start: Starts, fake: SlackFake, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """An answer that would come minutes later is given up, and the log says so."""
    app = await start()
    fake.fail_next("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "300"})
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await app.stop()
    assert fake.sent() == []
    assert "not delivered" in caplog.text


async def test_a_long_private_answer_is_whole(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """The response address takes five messages; what is more is shown to the person in another way."""
    desk.replies["export"] = Reply(messages=tuple(said(f"part {n}", private=True) for n in range(7)))
    await fake.slash(CHANNEL, PERSON, "/kawalis export")
    shown = await fake.answers(7)
    assert [m.text for m in shown] == [f"part {n}" for n in range(7)]
    assert {m.seen_by for m in shown} == {PERSON}
    assert fake.refused == []


async def test_a_private_picture(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """A picture cannot go to the response address; it is uploaded and shown to the one person."""
    picture = Picture(png=b"\x89PNG", caption=(Text(text="Coverage"),), alt="Bars")
    desk.replies["coverage"] = Reply(messages=(Message(blocks=(picture,), language="en", private=True),))
    await fake.slash(CHANNEL, PERSON, "/kawalis coverage")
    [shown] = await fake.answers(1)
    assert shown.seen_by == PERSON
    assert list(fake.world.files.values()) == [b"\x89PNG"]


async def test_replacing_with_a_longer_answer(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """What replaces a message may need several: the first takes its place, the others follow below."""
    desk.replies["brief"] = Reply(messages=(offering("all"),))
    desk.replies["all"] = Reply(messages=(said("first"), said("second")), replace=True)
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    [brief] = await fake.answers(1)
    await fake.press(brief.ts, "all")
    answers = await fake.answers(2)
    assert [(m.text, m.thread_ts) for m in answers] == [("first", None), ("second", brief.ts)]


async def test_when_slack_tells_nothing_of_a_person(app: SlackApp, fake: SlackFake, desk: Desk) -> None:
    """Language, zone and rights that Slack does not tell are unknown, and the answer comes all the same."""
    fake.fail_next("users.info", "user_not_found")
    fake.fail_next("conversations.info", "missing_scope")
    await fake.slash(CHANNEL, PERSON, "/kawalis brief")
    await fake.answers(1)
    [request] = desk.asked
    assert (request.language, request.zone, request.admin, request.name) == (None, None, False, "news")


@pytest.mark.parametrize("private", [True, False])
async def test_a_file(app: SlackApp, fake: SlackFake, desk: Desk, private: bool) -> None:
    """A file comes with its sentence; one that is for the asker alone goes to their direct message."""
    file = File(name="kawalis.json", content=b"{}", caption=(Text(text="all <that>"),))
    desk.replies["export"] = Reply(messages=(Message(blocks=(file,), language="en", private=private),))
    await fake.slash(CHANNEL, PERSON, "/kawalis export")
    await fake.until(lambda: any(message.files for message in fake.world.messages))
    [shown] = [message for message in fake.world.messages if message.files]
    assert shown.channel == (fake.world.direct_with(PERSON) if private else CHANNEL)
    [said] = [message for message in fake.world.messages if message.text]
    assert (said.channel, said.text) == (shown.channel, "all &lt;that&gt;")
    assert [(fake.world.file_names[name], fake.world.files[name]) for name in shown.files] == [
        ("kawalis.json", b"{}")
    ]
    assert fake.refused == []
