"""Stories: which articles tell one event. Ids are the caller's and stay valid after a merge."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.repository import Repository, chunks
from storage.tables.articles import articles, matches
from storage.tables.stories import merged_stories, story_members
from summaries.types import ArticleId, Label, StoryId, TopicId


class Stories(Repository):
    """An article belongs to at most one story."""

    async def assign(self, assignments: Mapping[ArticleId, StoryId]) -> None:
        """Put each article into its story, taking it out of another. Articles must exist."""
        rows = [{"article": article, "story": story} for article, story in assignments.items()]
        await self._put(story_members, rows)

    async def merge(self, old: StoryId, new: StoryId) -> None:
        """Move all of `old` into `new`. `old` keeps leading there, since sent messages carry it."""
        if old == new:
            return
        await self.connection.execute(
            update(story_members).where(story_members.c.story == old).values(story=new)
        )
        await self.connection.execute(
            update(merged_stories).where(merged_stories.c.new == old).values(new=new)
        )
        await self.connection.execute(delete(merged_stories).where(merged_stories.c.old == new))
        await self._put(merged_stories, [{"old": old, "new": new}])

    async def split(self, new: StoryId, leaving: Sequence[ArticleId]) -> None:
        """Put those articles that are still kept and left their story into `new`. A story that one of them
        began, and that was merged, leads there from now on, since sent messages carry its id.
        """
        moved = self._among(story_members.c.article, leaving)
        await self.connection.execute(update(story_members).where(moved).values(story=new))
        await self.connection.execute(
            update(merged_stories).where(self._among(merged_stories.c.old, leaving)).values(new=new)
        )
        await self.connection.execute(delete(merged_stories).where(merged_stories.c.old == new))

    async def resolve(self, story: StoryId) -> StoryId:
        """The id under which the story stands now: itself, unless it was merged."""
        query = select(merged_stories.c.new).where(merged_stories.c.old == story)
        return StoryId(await self.connection.scalar(query) or story)

    async def of(self, ids: Iterable[ArticleId]) -> dict[ArticleId, StoryId]:
        """Article id -> story, for those that have one."""
        found: dict[ArticleId, StoryId] = {}
        for part in chunks(list(dict.fromkeys(ids))):
            query = select(story_members).where(self._among(story_members.c.article, part))
            for row in await self.connection.execute(query):
                found[ArticleId(row.article)] = StoryId(row.story)
        return found

    async def members(self, stories: Iterable[StoryId]) -> dict[StoryId, list[ArticleId]]:
        """Story -> its articles, oldest first; stories without any are left out."""
        return await self._members(list(dict.fromkeys(stories)), None)

    async def in_window(
        self, topic: TopicId, start: datetime, end: datetime
    ) -> list[tuple[StoryId, list[ArticleId]]]:
        """The stories with at least one core article in [start, end), each with all of its articles
        before `end`, oldest first; the story whose first core article of the window is oldest comes first.
        """
        query = (
            select(story_members.c.story)
            .join(matches, matches.c.article == story_members.c.article)
            .where(
                matches.c.topic == topic,
                matches.c.label == Label.CORE.value,
                matches.c.moment >= start,
                matches.c.moment < end,
            )
            .order_by(matches.c.moment, story_members.c.article)
        )
        rows = await self.connection.execute(query)
        order = list(dict.fromkeys(StoryId(row.story) for row in rows))
        members = await self._members(order, end)
        return [(story, members[story]) for story in order if story in members]

    async def delete_empty(self) -> int:
        """Forget where merged stories went that have no article left; how many they were."""
        living = select(story_members.c.story)
        result = await self.connection.execute(
            delete(merged_stories).where(merged_stories.c.new.not_in(living))
        )
        return result.rowcount

    async def _members(self, stories: list[StoryId], end: datetime | None) -> dict[StoryId, list[ArticleId]]:
        found: dict[StoryId, list[ArticleId]] = {}
        for part in chunks(stories):
            query = (
                select(story_members.c.story, story_members.c.article)
                .join(articles, articles.c.id == story_members.c.article)
                .where(self._among(story_members.c.story, part))
                .order_by(articles.c.moment, articles.c.id)
            )
            if end is not None:
                query = query.where(articles.c.moment < end)
            for row in await self.connection.execute(query):
                found.setdefault(StoryId(row.story), []).append(ArticleId(row.article))
        return found
