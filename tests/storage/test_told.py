"""Which message carried a story to a chat."""

import json
from dataclasses import replace

from storage.alerts import says
from storage.database import Database
from storage.told import Carried, Told
from summaries.types import StoryId
from tests.storage.things import CHAT, NOON, hours

ONE, TWO = StoryId("s1"), StoryId("s2")


async def test_the_newest_message_of_a_story(database: Database) -> None:
    """Told again, a story is carried by the newer message; what is too old is forgotten and not found."""
    other = replace(CHAT, chat="7")
    async with database.unit() as unit:
        told = Told(unit.connection)
        await told.put(CHAT, {ONE: "10", TWO: "10"}, now=NOON - hours(5), since=NOON - hours(9))
        await told.put(CHAT, {ONE: "11"}, now=NOON, since=NOON - hours(9))
        await told.put(other, {ONE: "12"}, now=NOON - hours(1), since=NOON - hours(9))
        found = await told.since([ONE, StoryId("none")], NOON - hours(9))
        assert sorted(found, key=lambda one: one.message) == [
            Carried(chat=CHAT, story=ONE, message="11"), Carried(chat=other, story=ONE, message="12"),
        ]  # fmt: skip
        assert {one.message for one in await told.since([ONE, TWO], NOON - hours(2))} == {"11", "12"}
        await told.put(CHAT, {}, now=NOON, since=NOON - hours(2))
        assert await told.since([TWO], NOON - hours(9)) == []


def test_words_are_found_in_what_was_rendered() -> None:
    """A headline is found whatever the renderer escaped in it and whichever marks it added."""
    headline = 'قال "Axios" إن A&B <وحدها>'
    telegram = {"text": '<b>1. قال "\u2068Axios\u2069" إن \u2068A&amp;B\u2069 &lt;وحدها&gt;</b>'}
    assert says(json.dumps(telegram), headline)
    assert not says(json.dumps(telegram), "قال غيره")
