"""The brief of a file of articles as of a moment: research and back-testing. Polls and stores nothing.

The file is gone through in the order of publication; of an article is kept only where it stands, and to which story it
went. The few that share a story with a core article are then read again and told. Memory does not grow with the
texts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.articlefile import Place, articles_at, places
from bot.assemble import known_topic, load_topics
from bot.cli.terminal import track
from bot.commands.parse import DEFAULT_WINDOW
from bot.settings import Settings
from bot.texts import Texts
from summaries.analysis import Analyst
from summaries.brief import StoryMaterial, compose
from summaries.packaged import packaged_gazetteer
from summaries.relevance import judge
from summaries.stories import WINDOW, StoryIndex, features
from summaries.topic import Topic
from summaries.types import Article, ArticleId, Brief, Coverage, Label, StoryId

MOST_STORIES = 50


async def brief_of_file(
    path: Path,
    settings: Settings,
    spoken: Texts,
    topic: str | None,
    length: timedelta | None,
    at: datetime | None,
) -> tuple[Brief, str, Callable[[ArticleId], str]]:
    """The brief, the topic's title, and how articles are named (by their id in the file).

    `at` is the newest article's time where it is not given. Raises `InputError` for the first line that is no article.
    """
    topics = load_topics(settings)
    wanted = known_topic(topics, topic)
    analyst = Analyst(packaged_gazetteer(), (topics[wanted],))
    ordered = places(path)
    end = at or _newest(ordered)
    start = end - (length or DEFAULT_WINDOW)
    inside = [p for p in ordered if not _dated(p) or start.timestamp() <= p.published <= end.timestamp()]
    stories = _core_stories(path, inside, analyst, topics[wanted], spoken)
    materials = [_material(story, articles_at(path, kept), analyst) for story, kept in stories.items()]
    brief = compose(
        wanted, start, end, materials, Coverage(sources=0, answered=0), previous=None, limit=MOST_STORIES
    )
    return brief, topics[wanted].name(spoken.language), str


def _dated(place: Place) -> bool:
    return place.published != float("inf")


def _newest(ordered: Sequence[Place]) -> datetime:
    dated = [place.published for place in ordered if _dated(place)]
    return datetime.fromtimestamp(max(dated), UTC) if dated else datetime.now(UTC)


def _core_stories(
    path: Path, ordered: Sequence[Place], analyst: Analyst, topic: Topic, spoken: Texts
) -> dict[StoryId, list[Place]]:
    """Group the articles; where those of each story stand that holds a core article."""
    index, stands = StoryIndex(WINDOW), dict[ArticleId, Place]()
    core: set[ArticleId] = set()
    taken = track(ordered, spoken("cli.understanding"))
    for place, article in zip(ordered, articles_at(path, taken), strict=True):
        reading = analyst.read(article)
        index.place(features(reading), article.published, article.id)
        stands.setdefault(article.id, place)
        if judge(reading, topic).label is Label.CORE:
            core.add(article.id)
    stories: dict[StoryId, list[Place]] = defaultdict(list)
    told = {index.story_of(identity) for identity in core}
    for identity, place in stands.items():
        if (story := index.story_of(identity)) in told:
            stories[story].append(place)
    return stories


def _material(story: StoryId, articles: Iterable[Article], analyst: Analyst) -> StoryMaterial:
    kept = tuple(articles)
    return StoryMaterial(
        id=story, articles=kept, analyses={article.id: analyst.analyse(article) for article in kept}
    )
