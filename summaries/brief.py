"""Composing a brief: which stories belong in it, what each says, what is new, and in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from summaries.belonging import Held, belonging, judged
from summaries.claims import denials, with_denials
from summaries.novelty import Seen, seen_after, state_of
from summaries.origins import origins_of_story
from summaries.ranking import in_order, rank
from summaries.telling import Telling, bare_title, quotes
from summaries.terms import term_counts
from summaries.types import (
    Analysis,
    Article,
    ArticleId,
    Brief,
    BriefStory,
    Coverage,
    Member,
    Quote,
    StoryId,
    Strength,
    TopicId,
)

__all__ = ["Event", "EventKind", "Seen", "StoryMaterial", "compose", "held", "seen_after", "timeline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMaterial:
    """A story's articles and what is understood of each."""

    id: StoryId
    articles: tuple[Article, ...]
    analyses: Mapping[ArticleId, Analysis]


class EventKind(StrEnum):
    """What happened at a point of a timeline."""

    FIRST_REPORT = "first_report"
    REPORT = "report"
    STATEMENT = "statement"
    DENIAL = "denial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A point of a story's timeline. `text` is a title or a statement, word for word."""

    kind: EventKind
    at: datetime | None
    article: ArticleId
    outlet: str
    text: str
    url: str = ""
    quote: Quote | None = None  # of a statement or denial: with its verb, by which it is told


def compose(
    topic_id: TopicId,
    start: datetime,
    end: datetime,
    materials: Iterable[StoryMaterial],
    coverage: Coverage,
    *,
    previous: Seen | None,
    limit: int,
    sample: bool = False,
) -> Brief:
    """The brief of the stories that are about the topic and were reported between `start` and `end`.

    Told against `previous`; without it every story is new. At most `limit` stories. Deterministic.
    """
    told = (_story(material, topic_id, (start, end), previous) for material in materials)
    stories = in_order([story for story in told if not isinstance(story, Held)])
    return Brief(
        topic=topic_id, start=start, end=end, stories=tuple(stories[:limit]), coverage=coverage, sample=sample
    )


def held(material: StoryMaterial, topic_id: TopicId, start: datetime, end: datetime) -> Held | None:
    """The rule that keeps the story out of the brief of that window; None where nothing does."""
    told = _story(material, topic_id, (start, end), None)
    return told if isinstance(told, Held) else None


def in_time(articles: Iterable[Article]) -> list[Article]:
    """By publication, or collection where that is unknown; those without either last."""
    return sorted(
        articles, key=lambda a: (_time(a) is None, _time(a) or datetime.max.replace(tzinfo=UTC), a.id)
    )


def _time(article: Article) -> datetime | None:
    at = article.published or article.collected
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _inside(article: Article, start: datetime, end: datetime) -> bool:
    at = _time(article)
    return at is None or start <= at <= end


def _story(
    material: StoryMaterial, topic: TopicId, window: tuple[datetime, datetime], previous: Seen | None
) -> BriefStory | Held:
    """The story as a brief tells it, or the rule by which it does not."""
    found = [
        judged(article, material.analyses.get(article.id), topic) for article in in_time(material.articles)
    ]
    part = belonging(found)
    if isinstance(part, Held):
        return part
    core, members = part.core, part.members
    if not any(_inside(article, *window) for article in core):
        return Held.WINDOW
    telling, now = Telling(core, material.analyses), window[1]
    headline, headline_article = telling.headline()
    sentences, said = telling.sentences(), quotes(core, material.analyses)
    if not sentences:
        return Held.SENTENCES
    origins = origins_of_story(members, material.analyses)
    seen = previous.find(material.id, (a.id for a in members)) if previous else None
    state = state_of(seen, [s.text for s in sentences], [(q.text, q.statement.strength) for q in said])
    outlets = len({article.outlet for article in members})
    newest = max((at for article in members if (at := _time(article)) is not None), default=None)
    score, reasons = rank(origins=origins, quotes=said, state=state, outlets=outlets, newest=newest, now=now)
    return BriefStory(
        id=material.id,
        headline=headline,
        headline_article=headline_article,
        state=state,
        members=tuple(_member(article) for article in members),
        origins=origins,
        sentences=sentences,
        quotes=with_denials(said, denials(members, material.analyses)),
        terms=term_counts(members),
        reasons=reasons,
        score=score,
    )


def _member(article: Article) -> Member:
    return Member(
        article=article.id,
        outlet=article.outlet,
        title=bare_title(article.title, article.outlet),
        url=article.url,
        published=article.published,
    )


def timeline(material: StoryMaterial) -> tuple[Event, ...]:
    """The story in time: its first report, later reports, statements and denials, each statement once."""
    members = in_time(material.articles)
    said = quotes(members, material.analyses, most=10**6)
    found: list[Event] = []
    for place, article in enumerate(members):
        kind = EventKind.REPORT if place else EventKind.FIRST_REPORT
        found.append(_event(kind, article, bare_title(article.title, article.outlet)))
        for quote in said:
            if quote.article == article.id:
                denied = quote.statement.strength is Strength.DENY
                kind = EventKind.DENIAL if denied else EventKind.STATEMENT
                found.append(_event(kind, article, quote.text, quote))
    return tuple(found)


def _event(kind: EventKind, article: Article, text: str, quote: Quote | None = None) -> Event:
    return Event(
        kind=kind, at=article.published, article=article.id, outlet=article.outlet, text=text, url=article.url,
        quote=quote,
    )  # fmt: skip
