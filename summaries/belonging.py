"""Whether a story is about a topic, and which of its articles tell the topic's part of it.

One article decides for itself only where it is surer than a label needs to be: a day has thousands of articles, and
a few strays fill a brief. Articles that agree may each be less sure. Where the core articles are a small part of a
larger story (a war, of which the dispute is one side), that part is told as a story of its own, from them alone.
A review of the press tells of many events, and so of none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from summaries.types import Analysis, Article, Label, TopicId

SHARE = 0.34  # of a story's articles that are core: from here the whole story is about the topic
LONE = 0.33  # the score from which one core article is enough
SURE = 0.75  # the score from which one core article is told out of a larger story
_REVIEW = re.compile(  # «صحف: …», «عرض الصحف», «صحف بريطانية: …»; not «صحف إسرائيلية: …», a party's own press
    r"^\s*(?:صحف|صحافة)(?: (?:اليوم|العالم|عالمية|عربية|بريطانية|مصرية|خليجية|أجنبية))?\s*:"
    r"|^\s*(?:عرض|أقوال|جولة في|جولة|قراءة في|من|أبرز عناوين|عناوين|أهم عناوين) (?:الصحف|الصحافة)\b"
)


class Held(StrEnum):
    """The first rule, in the order in which a brief applies them, that keeps a story out of it."""

    NONE = "none"  # no article of it is about the topic
    ALONE = "alone"  # one is, and less surely than it takes alone
    SMALL = "small"  # too small a part of a larger story is
    WINDOW = "window"  # reported outside of the brief's window
    SENTENCES = "sentences"  # nothing in it can be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An article with what it is to the topic."""

    article: Article
    label: Label
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a brief tells of a story: the articles to tell it from, and those that it is made of, in the given order."""

    core: list[Article]
    members: list[Article]


def judged(article: Article, analysis: Analysis | None, topic: TopicId) -> Judged:
    """What an article is to a topic; off where it was not analysed for it. A review of the press only touches it."""
    match = next((m for m in analysis.matches if m.topic == topic), None) if analysis else None
    label = match.label if match else Label.OFF
    if label is Label.CORE and _REVIEW.match(article.title):
        label = Label.TOUCHES
    return Judged(article=article, label=label, score=match.score if match else 0.0)


def belonging(story: Sequence[Judged]) -> Part | Held:
    """The part of a story that is about the topic, or the rule by which it is not."""
    core = [one.article for one in story if one.label is Label.CORE]
    surest = max((one.score for one in story if one.label is Label.CORE), default=0.0)
    if not core:
        return Held.NONE
    if len(core) == 1 and surest < LONE:
        return Held.ALONE
    if len(core) >= SHARE * len(story):
        return Part(core=core, members=[one.article for one in story])
    return Part(core=core, members=core) if surest >= SURE else Held.SMALL
