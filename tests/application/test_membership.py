"""What becomes of a chat's subscriptions when we leave, come back, or its id changes."""

from collections.abc import Callable

from adapters.chat.ports import Address
from adapters.slack.incoming import Membership
from storage.chat_keys import ChatKey
from storage.chats import Chat
from tests.application.conftest import READER, Bench
from tests.fakes.slack import CHANNEL, PERSON, TEAM

GROUP, SUPERGROUP = -5, -1005


async def chat_of(bench: Bench, platform: str, bot: str, chat: str) -> Chat | None:
    async with bench.application.kernel.database.reading() as unit:
        return await unit.chats.get(ChatKey(platform=platform, bot=bot, chat=chat))


async def until(bench: Bench, true: Callable[[Chat | None], bool], *place: str) -> None:
    """Wait until the chat's settings are so."""
    for _ in range(600):
        if true(await chat_of(bench, *place)):
            return
        await bench.telegram.breathe()
    raise AssertionError("what happened to the chat was not heard")


async def test_an_uninstalled_workspace_pauses_and_resumes_whole(bench: Bench) -> None:
    """Every chat of the workspace pauses and what waits for it is not sent; installed again, it resumes, but for what
    paused for a reason of its own.
    """
    bench.slack.world.people[PERSON]["is_admin"] = True
    await bench.slack.slash(CHANNEL, PERSON, "/kawalis subscribe 13:00")
    await bench.slack.answers(1)
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 1
    before = len(bench.slack.sent(CHANNEL))
    await bench.slack.event({"type": "app_uninstalled"})
    await until(
        bench, lambda chat: chat is not None and chat.pause_cause == "uninstalled", "slack", TEAM, CHANNEL
    )
    assert await bench.pump() == 0
    assert len(bench.slack.sent(CHANNEL)) == before
    assert await bench.application.tick(bench.clock.forward(days=1)) == 0
    back = Membership(address=Address(platform="slack", bot=TEAM, chat=""), kind="installed")
    await bench.application.changed(back)
    assert await bench.application.tick(bench.clock.forward(days=1)) == 1
    await bench.slack.event({"type": "channel_archive", "channel": CHANNEL, "user": PERSON})
    await until(
        bench, lambda chat: chat is not None and chat.pause_cause == "archived", "slack", TEAM, CHANNEL
    )
    await bench.application.changed(back)
    chat = await chat_of(bench, "slack", TEAM, CHANNEL)
    assert chat is not None
    assert chat.paused


async def test_a_group_that_became_a_supergroup_keeps_its_digest(bench: Bench) -> None:
    """Told of the new id, we move the settings there before anything is sent to the old one."""
    bench.telegram.add_chat(GROUP, "group", title="غرفة")
    bench.telegram.make_member(GROUP, READER, "creator")
    bench.telegram.type(GROUP, "/subscribe 13:00 Asia/Riyadh", person=READER)
    await bench.telegram.wait_sent(GROUP)
    bench.telegram.migrate(GROUP, SUPERGROUP)
    await until(bench, lambda chat: chat is not None, "telegram", "7000001", str(SUPERGROUP))
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 1
    await bench.pump()
    assert bench.telegram.sent(SUPERGROUP)
    assert len(bench.telegram.sent(GROUP)) == 1
    assert await chat_of(bench, "telegram", "7000001", str(GROUP)) is None
