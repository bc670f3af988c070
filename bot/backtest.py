"""The brief of a file of articles as of a moment: research and back-testing. Polls and stores nothing.

The file is gone through in the order of publication; of an article is kept only where it stands, and to which story it
went, and nothing where no party of the topic is named. The few that share a story with a core article are then read
again and told. Memory does not grow with the texts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.articlefile import ArticleFile, Place
from bot.assemble import known_topic, load_topics
from bot.commands.parse import DEFAULT_WINDOW
from bot.errors import InputError
from bot.jsonlines import Given
from bot.settings import Settings
from summaries.analysis import Analyst
from summaries.brief import StoryMaterial, compose
from summaries.packaged import packaged_gazetteer
from summaries.stories import WINDOW, StoryIndex, features, names_a_party
from summaries.topic import Topic
from summaries.types import Article, ArticleId, Brief, Coverage, Label, StoryId

MOST_STORIES = 50
AHEAD = timedelta(
    days=1
)  # a date further ahead than this is no time at which a brief could have been asked for
Passing = Callable[[Sequence[Place]], Iterable[Place]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBrief:
    """The brief of a file: what is wrong with the lines that are no articles, how many are left out since their date is
    still ahead, of which only the beginning was read, and how the file gives the id of an article.
    """

    brief: Brief
    topic: Topic
    wrong: Sequence[InputError]
    ahead: int
    cut: Sequence[ArticleId]
    given: Callable[[ArticleId], Given]


async def brief_of_file(
    path: Path,
    settings: Settings,
    topic: str | None,
    length: timedelta | None,
    at: datetime | None,
    passing: Passing,
    now: datetime,
) -> FileBrief:
    """The brief of a file of articles, named by their ids in the file.

    Where `at` is not given it is the newest article's time, of those whose date is not ahead of `now`; a file with no
    other dates is taken as it is. `passing` sees the places go by. Raises `InputError`
    where the file cannot be read.
    """
    topics = load_topics(settings)
    wanted = known_topic(topics, topic)
    analyst = Analyst(packaged_gazetteer(), (topics[wanted],))
    with ArticleFile.opened(path) as file:
        ordered, wrong = file.places()
        end = at or _newest(ordered, now)
        window = end - (length or DEFAULT_WINDOW), end
        brief = told(file, ordered, analyst, topics[wanted], window, passing)
        ahead = 0 if at else sum(_dated(place) and place.published > end.timestamp() for place in ordered)
        return FileBrief(
            brief=brief, topic=topics[wanted], wrong=wrong, ahead=ahead, cut=file.cut, given=file.given
        )


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


def _newest(ordered: Sequence[Place], now: datetime) -> datetime:
    dated = [place.published for place in ordered if _dated(place)]
    past = [at for at in dated if at <= (now + AHEAD).timestamp()]
    return datetime.fromtimestamp(max(past or dated), UTC) if dated else now


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
