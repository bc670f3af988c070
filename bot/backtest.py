"""The brief of a file of articles as of a moment: research and back-testing. Polls and stores nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import jsonlines
from bot.assemble import known_topic, load_topics
from bot.cli.terminal import track
from bot.commands.parse import DEFAULT_WINDOW
from bot.settings import Settings
from bot.texts import Texts
from summaries.analysis import Analyst
from summaries.brief import StoryMaterial, compose
from summaries.packaged import packaged_gazetteer
from summaries.stories import StoryIndex, features
from summaries.types import Analysis, Article, ArticleId, Brief, Coverage, Label, StoryId, TopicId

MOST_STORIES = 50
_LAST = datetime.max.replace(tzinfo=UTC)


async def brief_of_file(
    path: Path,
    settings: Settings,
    spoken: Texts,
    topic: str | None,
    length: timedelta | None,
    at: datetime | None,
) -> tuple[Brief, str, Callable[[ArticleId], str]]:
    """The brief, the topic's title, and how articles are named (by their id in the file).

    `at` is the newest article's time where it is not given.
    """
    topics = load_topics(settings)
    wanted = known_topic(topics, topic)
    analyst = Analyst(packaged_gazetteer(), (topics[wanted],))
    everything = in_order(jsonlines.articles(path))
    end = at or max((a.published for a in everything if a.published), default=datetime.now(UTC))
    start = end - (length or DEFAULT_WINDOW)
    inside = [a for a in everything if a.published is None or start <= a.published <= end]
    materials = gather(inside, analyst, wanted, spoken)
    brief = compose(
        wanted, start, end, materials, Coverage(sources=0, answered=0), previous=None, limit=MOST_STORIES
    )
    return brief, topics[wanted].name(spoken.language), str


def in_order(articles: Iterable[Article]) -> list[Article]:
    """By publication; those without a date last, in the file's order."""
    return sorted(articles, key=lambda article: article.published or _LAST)


def gather(
    articles: Iterable[Article], analyst: Analyst, topic: TopicId, spoken: Texts
) -> list[StoryMaterial]:
    """Analyse and group the articles; the stories in which at least one is core."""
    index = StoryIndex()
    kept: dict[ArticleId, tuple[Article, Analysis]] = {}
    for article in track(list(articles), spoken("cli.understanding")):
        reading = analyst.read(article)
        index.place(features(reading), article.published, article.id)
        kept[article.id] = (article, analyst.analyse_reading(reading))
    stories: dict[StoryId, list[ArticleId]] = defaultdict(list)
    for identity in kept:
        stories[index.story_of(identity)].append(identity)
    return [
        StoryMaterial(
            id=story, articles=tuple(kept[i][0] for i in members), analyses={i: kept[i][1] for i in members}
        )
        for story, members in stories.items()
        if any(is_core(kept[i][1], topic) for i in members)
    ]


def is_core(analysis: Analysis, topic: TopicId) -> bool:
    return any(match.topic == topic and match.label is Label.CORE for match in analysis.matches)
