"""Whole conversations of a reader, from an empty chat, through the real application."""

import pytest

from storage.chat_keys import ChatKey
from tests.application import conversations
from tests.application.conftest import Bench, bench, newsroom_database  # noqa: F401
from tests.application.talk import SlackTalk
from tests.fakes.slack import PERSON
from tests.fakes.slack.people import TEAM


def here(bench: Bench) -> ChatKey:  # noqa: F811
    return ChatKey(platform="slack", bot=TEAM, chat=bench.slack.world.direct_with(PERSON))


@pytest.mark.parametrize(
    "part",
    ["begins", "looks", "hears_a_denial", "sleeps", "is_woken_by_nobody", "chooses", "searches", "leaves"],
)
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
