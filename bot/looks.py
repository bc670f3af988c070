"""What is stored of one story, gathered for its timeline: articles, what is understood of them, and silent edits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from storage.articles import Revision
from storage.unit_of_work import UnitOfWork
from summaries.brief import StoryMaterial
from summaries.text import sentences
from summaries.types import Article, StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What an outlet changed in an article after publishing it, without saying so. Word for word."""

    article: Article
    at: datetime | None  # when we saw it
    title_before: str | None  # None where the title stayed
    removed: tuple[str, ...]  # sentences
    added: tuple[str, ...]


async def material(unit: UnitOfWork, story: StoryId) -> StoryMaterial | None:
    """The story's articles and their analyses; None where none is kept."""
    now = await unit.stories.resolve(story)
    ids = (await unit.stories.members([now])).get(now, [])
    articles = await unit.articles.get(ids)
    if not articles:
        return None
    return StoryMaterial(id=now, articles=tuple(articles), analyses=await unit.analyses.analyses(ids))


async def edits(unit: UnitOfWork, articles: Sequence[Article]) -> list[Edit]:
    """Every silent edit of these articles, in the order of the articles."""
    found: list[Edit] = []
    for article in articles:
        if article.revision > 1:
            found += changes(article, await unit.articles.revisions(article.id))
    return found


def changes(article: Article, revisions: Sequence[Revision]) -> list[Edit]:
    """What each wording changed in the one before it."""
    pairs = pairwise(revisions)
    return [edit for before, after in pairs if (edit := _change(article, before, after)) is not None]


def _change(article: Article, before: Revision, after: Revision) -> Edit | None:
    old, new = _sentences(before.text), _sentences(after.text)
    retitled = before.title.strip() != after.title.strip()
    removed = tuple(each for each in old if each not in set(new))
    added = tuple(each for each in new if each not in set(old))
    if not (retitled or removed or added):
        return None
    return Edit(
        article=article, at=after.since, title_before=before.title if retitled else None, removed=removed,
        added=added,
    )  # fmt: skip


def _sentences(text: str) -> list[str]:
    return [" ".join(text[span.start : span.end].split()) for span in sentences(text)]
