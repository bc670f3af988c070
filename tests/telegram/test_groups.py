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
