"""Who may edit a channel, and what is missing where something is."""

from tests.application.conftest import EDITOR, Bench
from tests.application.editors.desk import (
    BOT,
    NEWS,
    Desk,
    SlackDesk,
    TelegramDesk,
    briefs,
    pressed,
    sent,
    typed,
)
from tests.fakes.slack import CHANNEL
from tests.fakes.slack.world import Channel


async def test_what_the_bot_lacks_is_said(desk: Desk) -> None:
    """No bot in the channel: one sentence that says what to do, and once it is done the same line works at once."""
    desk.dismiss()
    said = await typed(desk, "/broadcast @news", desk.name)
    assert ("لا نجد @news" if desk.platform == "telegram" else "/invite @Kawalis") in said
    desk.admit()
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")


async def test_what_the_bot_may_not_is_said(bench: Bench) -> None:
    """In Telegram a bot may be in a channel without the right to post there."""
    desk = TelegramDesk(bench)
    bench.telegram.make_member(NEWS, BOT, "administrator", can_post_messages=False)
    await typed(desk, "/broadcast @news", "لا يملك البوت حق النشر في @news. اجعلوه مشرفًا")


async def test_an_archived_channel_is_said(bench: Bench) -> None:
    """In Slack a channel may be archived."""
    desk = SlackDesk(bench)
    bench.slack.world.channels[CHANNEL].archived = True
    await typed(desk, "/broadcast @news", "القناة #news مؤرشفة")


async def test_the_persons_own_right_is_needed(desk: Desk) -> None:
    """An editor who may not post in the channel themselves does not post through the bot."""
    desk.put_out(desk.editor)
    said = await typed(desk, "/broadcast @news", desk.name)
    assert ("لا تملكون حق النشر في @news" if desk.platform == "telegram" else "لستم في #news. انضموا") in said


async def test_in_telegram_an_administrator_without_the_right_to_post_is_refused(bench: Bench) -> None:
    """An administrator who may not post is not made able to by the bot."""
    desk = TelegramDesk(bench)
    bench.telegram.make_member(NEWS, EDITOR, "administrator", can_post_messages=False)
    await typed(desk, "/broadcast @news", "لا تملكون حق النشر")


async def test_operators_name_the_editors_of_a_channel(desk: Desk) -> None:
    """One who edits nothing is told their id; named for a channel, they edit that one and no other, although no
    workspace admin and not the channel's creator; taken off, they edit nothing.
    """
    other = desk.other
    desk.let_in(other)
    assert f"{desk.platform}:{other}" in await typed(desk, "/broadcast @news", "للمحررين", other)
    assert other in await typed(desk, f"/editors @news add {other}", f"محررو {desk.name}")
    await typed(desk, f"/editors @news add {other}", f"من محرري {desk.name} أصلًا")
    await typed(desk, "/broadcast @news", "لن يُنشر شيء", other)
    await pressed(desk, "approve", "نُشرت في", other)
    assert briefs(await sent(desk)) == 1
    second = _second(desk)
    await typed(desk, f"/broadcast {second}", "لستم من محرري", other)
    await typed(desk, "/editors @news add 99", "المشغّل وحده", other)
    record = await typed(desk, "/editors @news", "آخر ما جرى")
    assert f"{desk.platform}:{other}: نشر" in record
    assert f"{desk.platform}:{desk.editor}: أضاف المحرر {other}" in record
    await typed(desk, f"/editors @news remove {other}", f"محررو {desk.name}")
    await typed(desk, "/broadcast @news", "للمحررين", other)


def _second(desk: Desk) -> str:
    """Another channel in which the bot and the second editor may post."""
    if isinstance(desk, TelegramDesk):
        desk.bench.telegram.add_chat(-200, "channel", username="other")
        desk.bench.telegram.make_member(-200, BOT, "administrator", can_post_messages=True)
        return "@other"
    desk.bench.slack.world.channels["C0OTHER"] = Channel(id="C0OTHER", name="other", people={desk.other})
    return "<#C0OTHER|other>"


async def test_a_slack_editor_is_named_by_mention(bench: Bench) -> None:
    """In Slack a person is picked by `@name`, which Slack sends as their id."""
    desk = SlackDesk(bench)
    assert desk.other in await typed(desk, f"/editors @news add <@{desk.other}>", "محررو #news")


async def test_an_editor_of_telegram_is_named_by_number(bench: Bench) -> None:
    """A name may change hands, a number does not: `@name` is refused with what to type."""
    await typed(TelegramDesk(bench), "/editors @news add @someone", "اكتبوا القناة ورقم")
