"""Whether a story is about a topic, and which of its articles tell the topic's part of it.

One article decides for itself only where it is surer than a label needs to be: a day has thousands of articles, and
a few strays fill a brief. Articles that agree may each be less sure. Where the core articles are a small part of a
larger story (a war, of which the dispute is one side), that part is told as a story of its own, from them alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from summaries.types import Analysis, Article, Label, TopicId

SHARE = 0.34  # of a story's articles that are core: from here the whole story is about the topic
LONE = 0.4  # the score from which one core article is enough
SURE = 0.75  # the score from which one core article is told out of a larger story


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An article with what it is to the topic."""

    article: Article
    label: Label
    score: float


def judged(article: Article, analysis: Analysis | None, topic: TopicId) -> Judged:
    """What an article is to a topic; off where it was not analysed for it."""
    match = next((m for m in analysis.matches if m.topic == topic), None) if analysis else None
    return Judged(
        article=article, label=match.label if match else Label.OFF, score=match.score if match else 0.0
    )


def belonging(story: Sequence[Judged]) -> tuple[list[Article], list[Article]]:
    """The articles to tell a story from, and those that it consists of; both empty where it is not about the topic.

    Both keep the given order.
    """
    core = [one.article for one in story if one.label is Label.CORE]
    surest = max((one.score for one in story if one.label is Label.CORE), default=0.0)
    if not core or (len(core) == 1 and surest < LONE):
        return [], []
    if len(core) >= SHARE * len(story):
        return core, [one.article for one in story]
    return (core, core) if surest >= SURE else ([], [])
