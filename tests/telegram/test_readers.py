"""Whole conversations of a reader, from an empty chat, through the real application."""

import pytest

from storage.chat_keys import ChatKey
from tests.application import conversations
from tests.application.conftest import Bench, bench, newsroom_database  # noqa: F401
from tests.application.talk import TelegramTalk, plain

HERE = ChatKey(platform="telegram", bot="7000001", chat="42")


@pytest.mark.parametrize(
    "part",
    ["begins", "looks", "hears_a_denial", "sleeps", "is_woken_by_nobody", "chooses", "searches", "leaves"],
)
async def test_a_reader(bench: Bench, part: str) -> None:  # noqa: F811
    """Each conversation of tests/application/conversations.py, as its text says, with nothing refused."""
    await getattr(conversations, part)(bench, TelegramTalk(bench), HERE)
    assert bench.telegram.refused == []


async def test_bad_input(bench: Bench) -> None:  # noqa: F811
    """Nonsense, wrong hours, unknown zones: one clear sentence each."""
    await conversations.errs(TelegramTalk(bench))


async def test_arabic_command_words(bench: Bench) -> None:  # noqa: F811
    """Commands have Arabic names."""
    await conversations.speaks_arabic(TelegramTalk(bench))


async def test_the_settings_of_a_group_belong_to_its_admins(bench: Bench) -> None:  # noqa: F811
    """A member reads, an administrator sets; a forum's topic has settings of its own."""
    fake = bench.telegram
    fake.add_chat(-5, "supergroup", forum=True, topics={9})
    fake.make_member(-5, 42, "member")
    fake.make_member(-5, 77, "administrator")
    fake.type(-5, "/zone الرياض", person=42)
    assert "لمشرفيها" in plain((await fake.wait_sent(-5))[0].text)
    fake.type(-5, "/zone القاهرة", person=77, topic=9)
    await fake.wait_sent(-5, 2)
    async with bench.application.kernel.database.reading() as unit:
        topic = await unit.chats.get(ChatKey(platform="telegram", bot="7000001", chat="-5", thread="9"))
        whole = await unit.chats.get(ChatKey(platform="telegram", bot="7000001", chat="-5"))
    assert topic is not None
    assert (topic.zone, whole) == ("Africa/Cairo", None)


@pytest.mark.parametrize(("typed", "least"), [("", 3), ("رفح", 3), ("زبرجد", 0), ("من:لا_وجود", 0)])
async def test_inline_offers(bench: Bench, typed: str, least: int) -> None:  # noqa: F811
    """After our name in any chat: nothing typed offers the brief's stories, words what the archive has."""
    bench.telegram.type_inline(42, typed)
    await bench.telegram.wait_until(lambda: bench.telegram.world.offered)
    [answer] = bench.telegram.world.offered
    assert len(answer["results"]) >= least
    assert (least == 0) == (answer["results"] == [])
    assert bench.telegram.refused == []
