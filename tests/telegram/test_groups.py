"""A Telegram group and its forum topics, from the first command on, through the real application."""

import pytest

from storage.chat_keys import ChatKey
from storage.chats import Chat
from tests.application.conftest import Bench, bench, newsroom_database  # noqa: F401
from tests.application.talk import plain

GROUP, ADMIN, MEMBER = -5, 77, 42


def key(thread: str = "", chat: int = GROUP) -> ChatKey:
    return ChatKey(platform="telegram", bot="7000001", chat=str(chat), thread=thread)


async def kept(bench: Bench, where: ChatKey) -> Chat | None:  # noqa: F811
    async with bench.application.kernel.database.reading() as unit:
        return await unit.chats.get(where)


@pytest.fixture
def forum(bench: Bench) -> Bench:  # noqa: F811
    """A forum with two topics, an administrator and a member."""
    bench.telegram.add_chat(GROUP, "supergroup", forum=True, topics={9, 10})
    bench.telegram.make_member(GROUP, ADMIN, "administrator")
    bench.telegram.make_member(GROUP, MEMBER, "member")
    return bench


async def types(bench: Bench, line: str, until: str, *, person: int = ADMIN, topic: int | None = None) -> str:  # noqa: F811
    """Type a line; what is new in the group, once `until` stands in it."""
    before = len(bench.telegram.sent(GROUP))
    bench.telegram.type(GROUP, line, person=person, topic=topic)

    def new() -> str:
        return plain("\n".join(sent.text for sent in bench.telegram.sent(GROUP)[before:]))

    await bench.telegram.wait_until(lambda: until in new())
    return new()


def digests(bench: Bench, topic: int | None) -> int:  # noqa: F811
    """How many briefs stand in a topic of the forum."""
    return sum(
        "كواليس:" in sent.text and sent.parameters.get("message_thread_id") == (str(topic) if topic else None)
        for sent in bench.telegram.sent(GROUP)
    )


@pytest.mark.parametrize("gone", ["closed", "deleted"])
async def test_a_topic_that_is_gone_silences_no_other(forum: Bench, gone: str) -> None:
    """Of a forum one topic is closed or deleted: its digest pauses, and that of the other topics comes as before."""
    for topic in (9, 10):
        await types(forum, "/subscribe 13:00 الرياض", "سيصلكم", topic=topic)
    group = forum.telegram.world.chats[GROUP]
    if gone == "closed":
        group.closed.add(9)
    else:
        group.topics.discard(9)
    for _ in range(2):
        await forum.application.tick(forum.clock.forward(hours=1))
        await forum.pump()
        forum.clock.forward(hours=23)
    assert (digests(forum, 9), digests(forum, 10)) == (0, 2)
    closed, other = await kept(forum, key("9")), await kept(forum, key("10"))
    assert closed is not None
    assert other is not None
    assert (closed.paused, other.paused) == (True, False)


async def test_a_closed_general_topic_silences_no_other(forum: Bench) -> None:
    """So does the general topic, which has no number of its own."""
    for topic in (None, 9):
        await types(forum, "/subscribe 13:00 الرياض", "سيصلكم", topic=topic)
    forum.telegram.world.chats[GROUP].closed.add(0)
    await forum.application.tick(forum.clock.forward(hours=1))
    await forum.pump()
    assert (digests(forum, None), digests(forum, 9)) == (0, 1)


async def test_who_writes_where_we_paused_is_written_to_again(forum: Bench) -> None:
    """Telegram tells nobody that a topic was opened again; that somebody writes there does."""
    await types(forum, "/subscribe 13:00 الرياض", "سيصلكم", topic=9)
    forum.telegram.world.chats[GROUP].closed.add(9)
    await forum.application.tick(forum.clock.forward(hours=1))
    await forum.pump()
    forum.telegram.world.chats[GROUP].closed.clear()
    await types(forum, "/settings", "ملخص عند 13:00", topic=9, person=MEMBER)
    await forum.application.tick(forum.clock.forward(days=1))
    await forum.pump()
    assert digests(forum, 9) == 1


async def test_a_topic_goes_on_with_its_group(forum: Bench) -> None:
    """A topic that chose one thing for itself follows the group in all others, also in what the group changes later."""
    await types(forum, "/language ar", "العربية")
    await types(forum, "/digits arab", "٢٠٢٤", topic=9)
    assert (await kept(forum, key("9"))).language is None  # type: ignore[union-attr]
    await types(forum, "/subscribe 13:00 الرياض", "سيصلكم", topic=9)
    await types(forum, "/language en", "English")
    await types(forum, "/topics", "Topics", topic=9)
    forum.clock.forward(hours=1)
    before = len(forum.telegram.sent(GROUP))
    assert await forum.application.tick(forum.clock()) == 1
    await forum.pump()
    assert "Kawalis:" in forum.telegram.sent(GROUP)[before].text


async def test_who_writes_in_the_groups_name_is_nobody_by_name(forum: Bench) -> None:
    """An administrator who hides behind the group sets it, and is never told the id that Telegram shows for all of
    them; whoever writes in the name of a channel is no administrator.
    """
    fake = forum.telegram
    fake.add_chat(-100, "channel", title="قناة")
    fake.type(GROUP, "/language en", named=GROUP)
    await fake.wait_until(lambda: "English" in fake.sent(GROUP)[-1].text if fake.sent(GROUP) else False)
    fake.type(GROUP, "/broadcast @news", named=GROUP)
    await fake.wait_sent(GROUP, 2)
    assert "private chat" in fake.sent(GROUP)[1].text
    fake.type(GROUP, "/language ar", named=-100)
    await fake.wait_sent(GROUP, 3)
    assert "administrators" in fake.sent(GROUP)[2].text
    assert not any("1087968824" in sent.text or "136817688" in sent.text for sent in fake.sent(GROUP))


async def test_commands_of_other_bots_are_theirs(forum: Bench) -> None:
    """In a group nobody asked us by name for a command that we do not know; by name, and alone, we say so."""
    fake = forum.telegram
    fake.type(GROUP, "/ban spammer", person=ADMIN)
    fake.type(GROUP, "/kick@kawalis_bot spammer", person=ADMIN)
    fake.type(ADMIN, "/ban spammer")
    await fake.wait_sent(ADMIN)
    [told] = await fake.wait_sent(GROUP)
    assert "kick" in told.text


async def test_a_refused_press_is_told_to_whoever_pressed(forum: Bench) -> None:
    """A member who presses what belongs to administrators is told so in an alert of their own, and the group hears
    nothing of it.
    """
    fake = forum.telegram
    await types(forum, "/language", "بأي لغة")
    [asked] = fake.sent(GROUP)
    fake.press(asked, "do:language en", person=MEMBER)
    await fake.wait_until(lambda: fake.world.answered)
    [answer] = fake.world.answered
    assert "لمشرفيها" in plain(answer["text"])
    assert answer["show_alert"] in (True, "true")
    fake.press(asked, "do:language en", person=ADMIN)
    await fake.wait_sent(GROUP, 2)
    assert len(fake.sent(GROUP)) == 2


async def test_a_press_below_a_message_of_long_ago(forum: Bench) -> None:
    """Telegram tells the chat of a message that is too old, and not its topic: in a forum the press is refused with a
    sentence, since it might set the wrong place; elsewhere it is carried out.
    """
    fake = forum.telegram
    await types(forum, "/language", "بأي لغة", topic=9)
    fake.press(fake.sent(GROUP)[0], "do:language en", person=ADMIN, old=True)
    await fake.wait_until(lambda: fake.world.answered)
    assert "لم يعد هذا الزر يعمل" in plain(fake.world.answered[0]["text"])
    fake.type(MEMBER, "/language")
    [asked] = await fake.wait_sent(MEMBER)
    fake.press(asked, "do:language en", old=True)
    await fake.wait_until(lambda: "English" in fake.sent(MEMBER)[-1].text)
