"""Analyses and stories."""

from dataclasses import replace
from datetime import timedelta

from storage.database import Database
from storage.unit_of_work import UnitOfWork
from summaries.types import ArticleId, Label, StoryId, TopicId
from tests.storage.things import NOON, TOPIC, analysis, article, entry, hours


async def _articles(unit: UnitOfWork, count: int) -> None:
    await unit.articles.put_many([(article(n, after=n), entry(n)) for n in range(1, count + 1)])


def _ids(*numbers: int) -> list[ArticleId]:
    return [ArticleId(f"a{number}") for number in numbers]


async def test_an_analysis_comes_back_and_is_replaced(database: Database) -> None:
    """The latest analysis of an article counts; its labels are found by topic and time."""
    async with database.unit() as unit:
        await _articles(unit, 2)
        await unit.analyses.put_analyses([analysis(1), analysis(2, Label.TOUCHES)], "v1")
        assert await unit.analyses.analyses(_ids(1, 2, 3)) == {
            "a1": analysis(1),
            "a2": analysis(2, Label.TOUCHES),
        }
        window = (NOON, NOON + hours(9))
        assert await unit.analyses.labelled(TOPIC, *window) == _ids(1)
        await unit.analyses.put_analyses([replace(analysis(1), matches=()), analysis(2)], "v2")
        assert await unit.analyses.labelled(TOPIC, *window) == _ids(2)
        assert await unit.analyses.labelled(TopicId("other"), *window) == []


async def test_what_awaits_analysis(database: Database) -> None:
    """Oldest first, up to the limit; a new version of the understanding may ask for all again."""
    async with database.unit() as unit:
        await _articles(unit, 3)
        assert [item.id for item in await unit.articles.unanalysed(2)] == _ids(1, 2)
        await unit.analyses.put_analyses([analysis(1)], "v1")
        assert [item.id for item in await unit.articles.unanalysed(9)] == _ids(2, 3)
        assert [item.id for item in await unit.articles.unanalysed(9, "v1")] == _ids(2, 3)
        assert [item.id for item in await unit.articles.unanalysed(9, "v2")] == _ids(1, 2, 3)


async def test_an_article_that_went_meanwhile(database: Database) -> None:
    """Analysing what retention has just deleted is no error."""
    async with database.unit() as unit:
        await unit.analyses.put_analyses([analysis(1)], "v1")
        assert await unit.analyses.analyses(_ids(1)) == {}


async def test_an_article_is_in_one_story(database: Database) -> None:
    """Assigning again moves it."""
    one, two = StoryId("s1"), StoryId("s2")
    async with database.unit() as unit:
        await _articles(unit, 2)
        await unit.stories.assign({ArticleId("a1"): one, ArticleId("a2"): one})
        await unit.stories.assign({ArticleId("a2"): two})
        assert await unit.stories.members([one, two]) == {one: _ids(1), two: _ids(2)}
        assert await unit.stories.of(_ids(1, 2, 3)) == {"a1": one, "a2": two}


async def test_a_merged_story_is_still_found(database: Database) -> None:
    """Ids that stand in sent messages lead to the story, over any number of merges, and never in a circle."""
    a, b, c = StoryId("s1"), StoryId("s2"), StoryId("s3")
    async with database.unit() as unit:
        await _articles(unit, 3)
        await unit.stories.assign(dict(zip(_ids(1, 2, 3), (a, b, c), strict=True)))
        await unit.stories.merge(a, b)
        await unit.stories.merge(b, c)
        assert [await unit.stories.resolve(story) for story in (a, b, c)] == [c, c, c]
        assert await unit.stories.members([c]) == {c: _ids(1, 2, 3)}
        await unit.stories.merge(c, a)
        assert [await unit.stories.resolve(story) for story in (a, b, c)] == [a, a, a]
        assert await unit.stories.resolve(StoryId("unknown")) == "unknown"


async def test_a_split_story_keeps_its_id_and_gives_another(database: Database) -> None:
    """What leaves a story stands under its new id, the rest stays, and the id of a merged story that one of the
    leaving began leads to where it went.
    """
    stays, merged, new = StoryId("a1"), StoryId("a3"), StoryId("a4")
    async with database.unit() as unit:
        await _articles(unit, 4)
        await unit.stories.assign(dict(zip(_ids(1, 2, 3, 4), (stays, stays, merged, stays), strict=True)))
        await unit.stories.merge(merged, stays)
        await unit.stories.split(new, [*_ids(3, 4), ArticleId("deleted")])
        assert await unit.stories.members([stays, new]) == {stays: _ids(1, 2), new: _ids(3, 4)}
        assert await unit.stories.resolve(merged) == await unit.stories.resolve(new) == new


async def test_a_story_split_under_a_merged_id_stands_for_itself(database: Database) -> None:
    """An id that led to another story and is given to a part of it leads to the part."""
    stays, back = StoryId("a1"), StoryId("a2")
    async with database.unit() as unit:
        await _articles(unit, 3)
        await unit.stories.assign(dict(zip(_ids(1, 2, 3), (stays, back, stays), strict=True)))
        await unit.stories.merge(back, stays)
        await unit.stories.split(back, _ids(2, 3))
        assert await unit.stories.resolve(back) == back
        assert await unit.stories.members([stays, back]) == {stays: _ids(1), back: _ids(2, 3)}


async def test_the_stories_of_a_window(database: Database) -> None:
    """A story counts by a core article inside the window, and comes with all its articles before the end."""
    async with database.unit() as unit:
        await _articles(unit, 6)
        labels = {1: Label.OFF, 2: Label.CORE, 3: Label.TOUCHES, 4: Label.CORE, 5: Label.CORE, 6: Label.CORE}
        await unit.analyses.put_analyses([analysis(n, label) for n, label in labels.items()], "v1")
        first, quiet, late = StoryId("first"), StoryId("quiet"), StoryId("late")
        await unit.stories.assign(
            dict(zip(_ids(1, 2, 3, 4, 5, 6), (first, first, quiet, late, first, first), strict=True))
        )
        found = await unit.stories.in_window(TOPIC, NOON + hours(2), NOON + hours(6))
        assert found == [(first, _ids(1, 2, 5)), (late, _ids(4))]
        assert await unit.stories.in_window(TOPIC, NOON + timedelta(days=1), NOON + timedelta(days=2)) == []
