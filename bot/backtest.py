"""The brief of a file of articles as of a moment: research and back-testing. Polls and stores nothing.

The file is gone through in the order of publication; of an article is kept only where it stands, and to which story it
went, and nothing where no party of the topic is named. The few that share a story with a core article are then read
again and told. Memory does not grow with the texts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.articlefile import ArticleFile, Place
from bot.assemble import known_topic, load_topics
from bot.commands.parse import DEFAULT_WINDOW
from bot.errors import InputError
from bot.settings import Settings
from summaries.analysis import Analyst
from summaries.brief import StoryMaterial, compose
from summaries.packaged import packaged_gazetteer
from summaries.stories import WINDOW, StoryIndex, features, names_a_party
from summaries.topic import Topic
from summaries.types import Article, ArticleId, Brief, Coverage, Label, StoryId

MOST_STORIES = 50
Passing = Callable[[Sequence[Place]], Iterable[Place]]


async def brief_of_file(
    path: Path,
    settings: Settings,
    topic: str | None,
    length: timedelta | None,
    at: datetime | None,
    passing: Passing,
) -> tuple[Brief, Topic, list[InputError]]:
    """The brief, its topic, and what is wrong with the lines that are no articles. Articles are named by their id in
    the file.

    `at` is the newest article's time where it is not given. `passing` sees the places go by. Raises `InputError`
    where the file cannot be read.
    """
    topics = load_topics(settings)
    wanted = known_topic(topics, topic)
    analyst = Analyst(packaged_gazetteer(), (topics[wanted],))
    with ArticleFile.opened(path) as file:
        ordered, wrong = file.places()
        end = at or _newest(ordered)
        window = end - (length or DEFAULT_WINDOW), end
        return told(file, ordered, analyst, topics[wanted], window, passing), topics[wanted], wrong


def told(
    file: ArticleFile,
    ordered: Sequence[Place],
    analyst: Analyst,
    topic: Topic,
    window: tuple[datetime, datetime],
    passing: Passing,
) -> Brief:
    """The brief of the articles at the places, as of the end of a window. `analyst` knows this topic alone."""
    start, end = (moment.timestamp() for moment in window)
    inside = [place for place in ordered if not _dated(place) or start <= place.published <= end]
    stories = _core_stories(file, inside, analyst, topic, passing)
    materials = [_material(story, file.articles(kept), analyst) for story, kept in stories.items()]
    return compose(
        topic.id, *window, materials, Coverage(sources=0, answered=0), previous=None, limit=MOST_STORIES
    )


def _dated(place: Place) -> bool:
    return place.published != float("inf")


def _newest(ordered: Sequence[Place]) -> datetime:
    dated = [place.published for place in ordered if _dated(place)]
    return datetime.fromtimestamp(max(dated), UTC) if dated else datetime.now(UTC)


def _core_stories(
    file: ArticleFile,
    ordered: Sequence[Place],
    analyst: Analyst,
    topic: Topic,
    passing: Passing,
) -> dict[StoryId, list[Place]]:
    """Group the articles; where those of each story stand that holds a core article."""
    index, stands = StoryIndex(WINDOW), dict[ArticleId, Place]()
    core: set[ArticleId] = set()
    for place, article in zip(ordered, file.articles(passing(ordered)), strict=True):
        reading = analyst.read(article)
        if not names_a_party(reading, topic):
            index.pass_over(features(reading))
            continue
        index.place(features(reading), article.published, article.id)
        stands.setdefault(article.id, place)
        if any(match.label is Label.CORE for match in analyst.relevance(reading)):
            core.add(article.id)
    stories: dict[StoryId, list[Place]] = defaultdict(list)
    holding = {index.story_of(identity) for identity in core}
    for identity, place in stands.items():
        if (story := index.story_of(identity)) in holding:
            stories[story].append(place)
    return stories


def _material(story: StoryId, articles: Iterable[Article], analyst: Analyst) -> StoryMaterial:
    kept = tuple(articles)
    return StoryMaterial(
        id=story, articles=kept, analyses={article.id: analyst.analyse(article) for article in kept}
    )
