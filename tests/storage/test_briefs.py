"""Editions, and what a chat has seen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.briefs import Edition
from storage.database import Database
from summaries.types import Brief, Coverage, TopicId
from tests.storage.things import CHAT, NOON, TOPIC, hours

DAY = timedelta(days=1)


def _edition(number: int, after: float = 0, window: timedelta = DAY) -> Edition:
    end = NOON + hours(after)
    coverage = Coverage(sources=9, answered=8, failed=("SANA",))
    brief = Brief(topic=TOPIC, start=end - window, end=end, stories=(), coverage=coverage)
    return Edition(
        id=f"e{number}",
        topic=TOPIC,
        language="ar",
        start=end - window,
        end=end,
        created=end,
        brief=brief,
        values={"why": "digest"},
    )


async def test_an_edition_comes_back(database: Database) -> None:
    """With its brief and values, and replaced when stored again."""
    edition = _edition(1)
    async with database.unit() as unit:
        await unit.briefs.put_edition(edition)
        assert await unit.briefs.edition("e1") == edition
        bare = replace(edition, brief=None, kind="alert")
        await unit.briefs.put_edition(bare)
        assert await unit.briefs.edition("e1") == bare
        assert await unit.briefs.edition("e2") is None


async def test_the_newest_that_was_prepared(database: Database) -> None:
    """Only the same topic, language, length of window and kind will do."""
    async with database.unit() as unit:
        for edition in (
            _edition(1),
            _edition(2, after=2),
            _edition(3, after=3, window=hours(1)),
            replace(_edition(4, after=4), language="en"),
            replace(_edition(5, after=5), kind="alert"),
        ):
            await unit.briefs.put_edition(edition)
        assert await unit.briefs.prepared(TOPIC, "ar", DAY) == _edition(2, after=2)
        assert await unit.briefs.prepared(TopicId("other"), "ar", DAY) is None


async def test_what_a_chat_has_seen(database: Database) -> None:
    """Kept for each chat and topic, the last word counts; what is no JSON is refused."""
    async with database.unit() as unit:
        assert await unit.briefs.seen(CHAT.text, TOPIC) is None
        await unit.briefs.put_seen(CHAT.text, TOPIC, '{"stories": ["s1"]}')
        await unit.briefs.put_seen(CHAT.text, TOPIC, '{"stories": ["s2"]}')
        assert await unit.briefs.seen(CHAT.text, TOPIC) == '{"stories": ["s2"]}'
        assert await unit.briefs.seen(CHAT.text, TopicId("other")) is None
        assert await unit.briefs.seen("telegram:7:8:", TOPIC) is None
        with pytest.raises(ValueError, match="Expecting"):
            await unit.briefs.put_seen(CHAT.text, TOPIC, "{")
