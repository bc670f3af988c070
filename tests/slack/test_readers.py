"""Whole conversations of a reader, from an empty chat, through the real application."""

import pytest

from bot.sample.newsroom import Newsroom
from storage.chat_keys import ChatKey
from tests.application import conversations
from tests.application.conftest import SLACK_EDITOR, Bench, bench, newsroom_database, reading  # noqa: F401
from tests.application.talk import SlackTalk, values
from tests.fakes.slack import CHANNEL, PERSON
from tests.fakes.slack.people import TEAM
from tests.fakes.slack.world import words


def here(bench: Bench) -> ChatKey:  # noqa: F811
    return ChatKey(platform="slack", bot=TEAM, chat=bench.slack.world.direct_with(PERSON))


@pytest.mark.parametrize("part", conversations.PARTS)
async def test_a_reader(bench: Bench, part: str) -> None:  # noqa: F811
    """Each conversation of tests/application/conversations.py, as its text says, with nothing refused."""
    await getattr(conversations, part)(bench, SlackTalk(bench), here(bench))
    assert bench.slack.refused == []


async def test_bad_input(bench: Bench) -> None:  # noqa: F811
    """Nonsense, wrong hours, unknown zones: one clear sentence each."""
    await conversations.errs(SlackTalk(bench))


async def test_arabic_command_words(bench: Bench) -> None:  # noqa: F811
    """Commands have Arabic names."""
    await conversations.speaks_arabic(SlackTalk(bench))


async def test_a_broadcasts_buttons_open_its_stories(bench: Bench) -> None:  # noqa: F811
    """Slack has no deep links: below a broadcast each story's button answers in the post's thread."""
    fake = bench.slack
    fake.world.add_person(SLACK_EDITOR, admin=True)
    fake.world.channels[CHANNEL].people.add(SLACK_EDITOR)
    await fake.slash(CHANNEL, SLACK_EDITOR, f"/kawalis broadcast <#{CHANNEL}|news>")
    await fake.until(lambda: any(":approve" in v for m in fake.sent() for v in values(m.blocks)))
    card = next(m for m in fake.sent() if any(":approve" in v for v in values(m.blocks)))
    await fake.press(card.ts, next(v for v in values(card.blocks) if ":approve" in v), user=SLACK_EDITOR)
    await fake.until(lambda: card.edited)
    for _ in range(1000):
        await bench.pump()
        post = next((m for m in fake.sent() if not m.seen_by and values(m.blocks)), None)
        if post is not None:
            break
        bench.clock.forward(seconds=1)
        await bench.telegram.breathe()
    assert post is not None
    await fake.press(post.ts, next(v for v in values(post.blocks) if v.endswith(":more")))
    await fake.until(
        lambda: any(m.thread_ts == post.ts and "تسلسل النشر" in words(m.blocks) for m in fake.sent())
    )
    assert fake.refused == []


async def test_a_pasted_link(reading: tuple[Bench, Newsroom]) -> None:  # noqa: F811
    """See `pastes_a_link`; and the shortcut "brief this link" answers below the message that holds one."""
    made, newsroom = reading
    await conversations.pastes_a_link(made, SlackTalk(made), newsroom.root)
    written = await made.slack.mention(
        CHANNEL, PERSON, f"latest <{newsroom.root}/{conversations.LINKED}|خبر>"
    )
    await made.slack.until(lambda: made.slack.sent())
    await made.slack.shortcut(written)
    await made.slack.until(lambda: any("المصدر الأصلي" in words(m.blocks) for m in made.slack.sent()))
    assert {m.thread_ts for m in made.slack.sent()} == {written.ts}
    assert made.slack.refused == []


async def test_alerts_stop_at_the_days_cap(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """See `is_not_flooded`."""
    monkeypatch.setattr("bot.alerting.MOST_A_DAY", 2)
    await conversations.is_not_flooded(bench, SlackTalk(bench), here(bench))


async def test_the_settings_of_a_channel_belong_to_its_admins(bench: Bench) -> None:  # noqa: F811
    """A member reads, an administrator sets; a thread has settings of its own, and else those of its channel."""
    fake = bench.slack
    fake.world.add_person("U0ADMIN", admin=True)
    await fake.slash(CHANNEL, PERSON, "/kawalis language en")
    await fake.until(lambda: any("لمشرفيها" in words(m.blocks) for m in fake.sent()))
    await fake.slash(CHANNEL, "U0ADMIN", "/kawalis language en")
    await fake.until(lambda: any("in English" in words(m.blocks) for m in fake.sent()))
    began = await fake.mention(CHANNEL, "U0ADMIN", "settings")
    await fake.until(lambda: any("Settings of this chat" in words(m.blocks) for m in fake.sent()))
    await fake.mention(CHANNEL, "U0ADMIN", "zone Cairo", thread_ts=began.ts)
    await fake.until(lambda: any("that of Cairo" in words(m.blocks) for m in fake.sent()))
    await fake.mention(CHANNEL, PERSON, "zone Riyadh", thread_ts=began.ts)
    await fake.until(lambda: any("belong to its administrators" in words(m.blocks) for m in fake.sent()))
    async with bench.application.kernel.database.reading() as unit:
        thread = await unit.chats.settled(ChatKey(platform="slack", bot=TEAM, chat=CHANNEL, thread=began.ts))
        channel = await unit.chats.get(ChatKey(platform="slack", bot=TEAM, chat=CHANNEL))
    assert thread is not None
    assert channel is not None
    assert (thread.zone, thread.language, channel.zone) == ("Africa/Cairo", "en", None)
