"""What people do in Telegram, through python-telegram-bot and a strict Bot API."""

import asyncio
import logging
from dataclasses import replace

import pytest

from adapters.chat.message import Button, Buttons, File, Message, Picture, Text
from adapters.chat.ports import Address, Gone, Later, Moved, Refused, Reply, Request, Sent, Unknown
from adapters.telegram.app import TelegramApp, Webhook
from adapters.telegram.errors import TelegramProblem
from tests.fakes.clock import Clock
from tests.fakes.telegram import TelegramFake
from tests.telegram.conftest import Desk, said

READER = 42
HERE = Address(platform="telegram", bot="7000001", chat="42")


async def test_a_command_is_answered(fake: TelegramFake, desk: Desk, app: TelegramApp) -> None:
    """A typed command reaches the application without its slash, and the answer reaches the chat."""
    fake.type(READER, "/brief 3d", language="ar-EG")
    [sent] = await fake.wait_sent(READER)
    assert sent.text == "about brief 3d"
    [request] = desk.asked
    assert (request.text, request.command, request.language, request.address) == (
        "brief 3d",
        True,
        "ar-EG",
        HERE,
    )


async def test_an_edited_command_is_answered_again(fake: TelegramFake, desk: Desk, app: TelegramApp) -> None:
    """Who mends a typed command need not type it anew."""
    fake.type(READER, "/brief 24h", edited=True)
    [sent] = await fake.wait_sent(READER)
    assert sent.text == "about brief 24h"


async def test_anothers_command_is_not_ours(fake: TelegramFake, desk: Desk, app: TelegramApp) -> None:
    """In a group, a command with another bot's name is left to that bot; talk is not listened to."""
    fake.add_chat(-5, "supergroup")
    fake.type(-5, "/brief@other_bot", person=READER)
    fake.type(-5, "صباح الخير", person=READER)
    fake.type(-5, "/brief@Kawalis_Bot", person=READER)
    await fake.wait_sent(-5)
    assert [request.text for request in desk.asked] == ["brief"]


@pytest.mark.parametrize(("status", "admin"), [("administrator", True), ("member", False)])
async def test_a_group_knows_its_admins(
    fake: TelegramFake, desk: Desk, app: TelegramApp, status: str, admin: bool
) -> None:
    """Whether a person administers the group is asked of Telegram."""
    fake.add_chat(-5, "supergroup")
    fake.make_member(-5, READER, status)
    fake.type(-5, "/subscribe 08:00", person=READER)
    await fake.wait_sent(-5)
    assert (desk.asked[0].group, desk.asked[0].admin) == (True, admin)


async def test_a_forum_topic_is_answered_in_the_topic(
    fake: TelegramFake, desk: Desk, app: TelegramApp
) -> None:
    """A command typed in a topic is answered there and not in the general one."""
    fake.add_chat(-5, "supergroup", forum=True, topics={9})
    fake.type(-5, "/brief", person=READER, topic=9)
    [sent] = await fake.wait_sent(-5)
    assert int(sent.parameters["message_thread_id"]) == 9
    assert desk.asked[0].address.thread == "9"


async def test_a_button_is_pressed_and_answered(fake: TelegramFake, desk: Desk, app: TelegramApp) -> None:
    """A pressed button arrives as its action, and Telegram's spinner is always ended."""
    row = (Button(label="more", action="story:1:more"),)
    desk.replies["brief"] = Reply(messages=(said("brief", Buttons(rows=(row,))),))
    fake.type(READER, "/brief")
    [sent] = await fake.wait_sent(READER)
    fake.press(sent, "story:1:more")
    await fake.wait_sent(READER, 2)
    assert (desk.asked[1].text, desk.asked[1].pressed) == ("story:1:more", True)
    assert len(fake.world.answered) == 1


async def test_a_press_is_answered_even_when_we_fail(
    fake: TelegramFake, desk: Desk, app: TelegramApp
) -> None:
    """A failure of ours does not leave the reader's button spinning, and the bot goes on."""
    desk.replies["brief"] = Reply(messages=(said("b", Buttons(rows=((Button(label="x", action="fail"),),))),))
    fake.type(READER, "/brief")
    [sent] = await fake.wait_sent(READER)
    fake.press(sent, "fail")
    fake.type(READER, "/latest")
    await fake.wait_sent(READER, 2)
    assert len(fake.world.answered) == 1


async def test_a_pasted_link_is_free_text(fake: TelegramFake, desk: Desk, app: TelegramApp) -> None:
    """In a private chat, text that is no command reaches the application as it is."""
    fake.type(READER, "https://example.org/a")
    await fake.wait_sent(READER)
    assert (desk.asked[0].text, desk.asked[0].command) == ("https://example.org/a", False)


async def test_blocking_and_coming_back_are_told(fake: TelegramFake, desk: Desk, app: TelegramApp) -> None:
    """The application hears that it was blocked, and that it was let back in."""
    fake.add_chat(READER)
    fake.block(READER)
    fake.unblock(READER)
    fake.type(READER, "/brief")
    await fake.wait_sent(READER)
    assert sorted(change.kind for change in desk.changes) == ["joined", "left"]


async def test_the_menu_is_published_in_each_language(fake: TelegramFake, app: TelegramApp) -> None:
    """Arabic is the menu of everyone; English is offered to those whose Telegram is English."""
    assert fake.world.commands["all_private_chats", ""][0]["description"] == "موجز"
    assert fake.world.commands["all_group_chats", "en"][0]["description"] == "the brief"
    admins = [command["command"] for command in fake.world.commands["all_chat_administrators", ""]]
    assert admins == ["brief", "language"]
    assert fake.world.descriptions == {
        ("long", ""): "وصف",
        ("short", ""): "قصير",
        ("long", "en"): "what it is",
    }


async def test_long_work_shows_that_it_is_working(fake: TelegramFake, desk: Desk, clock: Clock) -> None:
    """Who waits longer than a moment sees that the bot writes; a quick answer comes without."""
    release = asyncio.Event()

    async def slow(request: Request) -> Reply:
        if request.text == "brief":
            await release.wait()
        return await desk(request)

    made = TelegramApp(
        fake.token, slow, api_url=fake.url, patience_seconds=0.02, clock=clock, sleep=clock.sleep
    )
    await made.start()
    fake.type(READER, "/latest")
    await fake.wait_sent(READER)
    fake.type(READER, "/brief")
    await fake.wait_until(lambda: fake.world.actions)
    assert set(fake.world.actions) == {(READER, "typing")}
    release.set()
    await fake.wait_sent(READER, 2)
    await made.stop()


async def test_a_refused_token_is_said_and_never_shown(
    fake: TelegramFake, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong token stops the start with a text for the operator; no log line and no error holds the token."""
    caplog.set_level(logging.DEBUG)
    wrong = "7000001:AAwrong-token-that-is-secret-abcdef"
    made = TelegramApp(wrong, desk, api_url=fake.url)
    with pytest.raises(TelegramProblem) as raised:
        await made.start()
    assert raised.value.key == "telegram.token_refused"
    assert wrong not in str(raised.value) + repr(raised.value.__cause__)
    assert "AAwrong" not in "".join(r.getMessage() for r in caplog.records if r.levelno >= logging.INFO)


async def test_a_webhook_needs_its_secret(fake: TelegramFake, desk: Desk, clock: Clock) -> None:
    """An update without our secret is refused; with it, it is answered like a polled one."""
    hook = Webhook(url=f"{fake.url}/hook", secret="s3cret")
    made = TelegramApp(fake.token, desk, api_url=fake.url, webhook=hook, clock=clock, sleep=clock.sleep)
    await made.start()
    fake.add_chat(READER)
    fake.type(READER, "/brief")
    update = fake.world.updates[-1]
    name = "X-Telegram-Bot-Api-Secret-Token"
    assert await made.handle_webhook({name: "wrong"}, update) == 403
    assert await made.handle_webhook({name: "s3cret"}, update) == 200
    await fake.wait_sent(READER)
    assert fake.webhook["secret_token"] == "s3cret"
    await made.stop()


async def post(app: TelegramApp, text: str = "خبر", chat: str = "42", *, ahead: bool = True) -> object:
    payload = app.post.parts(said(text))[0]
    there = Address(platform="telegram", bot="7000001", chat=chat)
    return await app.post.send(there, payload, ahead=ahead)


async def test_what_telegram_says_becomes_a_value(fake: TelegramFake, app: TelegramApp) -> None:
    """Each answer of the platform has its own value, on which the outbox decides."""
    fake.add_chat(READER)
    assert isinstance(await post(app), Sent)
    fake.fail_next("sendMessage", "429")
    assert await post(app) == Later(seconds=3.0, whole_bot=True, cause="retry_after")
    fake.fail_next("sendMessage", "lose")
    assert isinstance(await post(app), Unknown)
    fake.world.chats[READER].blocked = True
    assert isinstance(await post(app), Gone)
    assert isinstance(await post(app, chat="77"), Gone)
    fake.add_chat(-9, "group", migrated_to=-1009)
    assert await post(app, chat="-9") == Moved(chat="-1009")


async def test_a_message_that_cannot_be_is_refused_for_good(fake: TelegramFake, app: TelegramApp) -> None:
    """What Telegram will never take is not tried again."""
    fake.add_chat(READER)
    payload = app.post.parts(said("x"))[0].replace('"x"', '"<b>x"')
    assert isinstance(await app.post.send(HERE, payload), Refused)


async def test_editing_with_the_same_content_counts_as_done(fake: TelegramFake, app: TelegramApp) -> None:
    """«message is not modified» is what we wanted."""
    fake.add_chat(READER)
    payload = app.post.parts(said("x"))[0]
    sent = await app.post.send(HERE, payload)
    assert isinstance(sent, Sent)
    assert await app.post.edit(HERE, sent.message, payload) == Sent(message=sent.message)


async def test_the_limits_are_kept_at_the_call(fake: TelegramFake, app: TelegramApp, clock: Clock) -> None:
    """A hundred sends to many chats and a group never meet a 429: 30 a second, 1 a chat, 20 a minute a group."""
    for number in range(1, 61):
        fake.add_chat(number)
    fake.add_chat(-7, "supergroup")
    results = [await post(app, chat=str(number), ahead=False) for number in range(1, 61)]
    for _ in range(25):
        while isinstance(result := await post(app, chat="-7", ahead=False), Later):
            assert (result.whole_bot, result.cause) == (False, "pace")
            await clock.sleep(result.seconds)
        results.append(result)
    assert all(isinstance(result, Sent) for result in results)
    assert fake.refused == []


async def test_rights_in_a_channel(fake: TelegramFake, app: TelegramApp) -> None:
    """A broadcast needs the bot's right to post and the person's own; what is missing is named."""
    fake.add_chat(-100, "channel", username="news")
    there = Address(platform="telegram", bot="7000001", chat="@news")
    assert await app.rights.refusal(there, "42") == "broadcast.no_chat"
    fake.make_member(-100, 7000001, "administrator", can_post_messages=False)
    assert await app.rights.refusal(there, "42") == "broadcast.bot_cannot_post"
    fake.make_member(-100, 7000001, "administrator", can_post_messages=True)
    assert await app.rights.refusal(there, "42") == "broadcast.person_cannot_post"
    fake.make_member(-100, 42, "creator")
    assert await app.rights.refusal(there, "42") is None


async def test_a_picture_takes_the_place_of_a_text(fake: TelegramFake, app: TelegramApp) -> None:
    """A correction may be a picture: its caption and keyboard replace what stood there."""
    fake.add_chat(READER)
    sent = await app.post.send(HERE, app.post.parts(said("x"))[0])
    assert isinstance(sent, Sent)
    picture = Picture(png=b"png", caption=(Text(text="coverage"),), alt="a chart")
    payload = app.post.parts(Message(blocks=(picture,), language="en"))[0]
    assert await app.post.edit(HERE, sent.message, payload) == sent
    assert [(m.text, m.edits) for m in fake.sent(READER)] == [("coverage", 1)]


async def test_a_private_file_goes_to_the_person(fake: TelegramFake, desk: Desk, app: TelegramApp) -> None:
    """What is for the asker alone goes to their own chat, with its name."""
    file = File(name="kawalis.json", content=b"{}", caption=(Text(text="all <that>"),))
    desk.replies["export"] = Reply(messages=(Message(blocks=(file,), language="en", private=True),))
    fake.add_chat(-5, "supergroup")
    fake.add_chat(READER)
    fake.type(-5, "/export", person=READER)
    [sent] = await fake.wait_sent(READER)
    assert sent.text == "all <that>"
    assert sent.upload is not None
    assert (sent.upload.name, sent.upload.content) == ("kawalis.json", b"{}")
    assert len(fake.world.sent) == 1


async def test_what_is_private_never_falls_to_the_group(
    fake: TelegramFake, desk: Desk, app: TelegramApp
) -> None:
    """Whoever never wrote to the bot is told, once, how to get what is for them alone; the group sees nothing of it."""
    secrets = [replace(said(f"secret {n}"), private=True) for n in range(3)]
    desk.replies["draft"] = Reply(messages=tuple(secrets), unheard=said("write to us first"))
    fake.add_chat(-5, "supergroup")
    fake.type(-5, "/draft", person=READER)
    [sent] = await fake.wait_sent(-5)
    assert sent.text == "write to us first"
    desk.replies["brief"] = Reply(messages=(said("brief"),))
    fake.type(-5, "/brief", person=READER)
    await fake.wait_sent(-5, 2)
    assert [m.text for m in fake.world.sent] == ["write to us first", "brief"]


async def test_a_long_notice_is_cut_between_words(fake: TelegramFake, desk: Desk, app: TelegramApp) -> None:
    """Telegram shows at most 200 characters in a toast, marks of direction among them."""
    row = (Button(label="follow", action="follow:1"),)
    desk.replies["brief"] = Reply(messages=(said("brief", Buttons(rows=(row,))),))
    desk.replies["follow:1"] = Reply(notice="نتابع خبر Axios و BBC ثم " * 20)
    fake.type(READER, "/brief")
    [sent] = await fake.wait_sent(READER)
    fake.press(sent, "follow:1")
    await fake.wait_until(lambda: fake.world.answered)
    [answer] = fake.world.answered
    assert 150 < len(answer["text"]) <= 200
    assert answer["text"].replace("\u2069", "").endswith(("نتابع…", "خبر…", "Axios…", "و…", "BBC…", "ثم…"))


async def test_a_press_is_answered_in_time(fake: TelegramFake, desk: Desk, clock: Clock) -> None:
    """Telegram takes an answer to a press for some seconds only: a longer work's notice comes as a message, once."""
    release = asyncio.Event()

    async def slow(request: Request) -> Reply:
        if request.pressed:
            await release.wait()
        return await desk(request)

    made = TelegramApp(fake.token, slow, api_url=fake.url, press_seconds=0.02, clock=clock, sleep=clock.sleep)
    await made.start()
    row = (Button(label="follow", action="follow:1"),)
    desk.replies["brief"] = Reply(messages=(said("brief", Buttons(rows=(row,))),))
    desk.replies["follow:1"] = Reply(notice="You follow this story")
    fake.type(READER, "/brief")
    [sent] = await fake.wait_sent(READER)
    fake.press(sent, "follow:1")
    await fake.wait_until(lambda: fake.world.answered)
    release.set()
    told = await fake.wait_sent(READER, 2)
    assert [m.text for m in told] == ["brief", "You follow this story"]
    assert [answer.get("text") for answer in fake.world.answered] == [None]
    await made.stop()


async def test_one_persons_updates_are_carried_out_in_their_order(fake: TelegramFake, clock: Clock) -> None:
    """What somebody sent while we were down is carried out as they sent it, however long each takes, and keeps nobody
    else waiting; work that does not end keeps their next no longer than its turn.
    """
    release, begun, ended = asyncio.Event(), [], []

    async def slow(request: Request) -> Reply:
        begun.append(request.text)
        if request.text in {"first", "endless"}:
            await release.wait()
        ended.append(request.text)
        return Reply(messages=(said(request.text),))

    for line in ("/first", "/second", "/third"):
        fake.type(READER, line)
    fake.type(43, "/other")
    made = TelegramApp(fake.token, slow, api_url=fake.url, turn_seconds=3600, clock=clock, sleep=clock.sleep)
    await made.start()
    await fake.wait_sent(43)
    assert begun == ["first", "other"]
    release.set()
    await fake.wait_sent(READER, 3)
    assert ended == ["other", "first", "second", "third"]
    await made.stop()
    release.clear()
    hurried = TelegramApp(
        fake.token, slow, api_url=fake.url, turn_seconds=0.01, clock=clock, sleep=clock.sleep
    )
    await hurried.start()
    fake.type(READER, "/endless")
    fake.type(READER, "/next")
    await fake.wait_sent(READER, 4)
    assert ended[-1] == "next"
    release.set()
    await fake.wait_sent(READER, 5)
    await hurried.stop()
