"""`why`: which rule held an article back, and why a story ranks where it does (F30)."""

from dataclasses import dataclass

from adapters.chat.message import Block, Bullets, Heading, Note, Paragraph, Text
from adapters.chat.ports import Reply
from adapters.feeds.urls import canonical_url
from bot.briefing import MOST_STORIES
from bot.commands.reading import topic_of
from bot.commands.registry import Call, Command, line
from bot.errors import UsageError
from bot.looks import material
from bot.prepared import KEPT_STORIES, hidden
from bot.presenting import words
from bot.presenting.reasons import reasons_in_words
from storage.unit_of_work import UnitOfWork
from summaries.belonging import Held
from summaries.brief import StoryMaterial, held
from summaries.types import (
    Analysis,
    Article,
    ArticleId,
    Brief,
    BriefStory,
    Label,
    State,
    StoryId,
    TopicMatch,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is stored of the article asked about. Every field but the first may be missing."""

    article: Article
    analysis: Analysis | None
    story: StoryMaterial | None


async def why(call: Call) -> Reply:
    """`why LINK|ID`: of an article or story, each rule from collecting to the brief, and where it stopped."""
    if not call.words:
        raise UsageError("usage.why")
    known = await _known(call)
    if known is None:
        link = call.request.pressed or call.rest.lower().startswith(("http://", "https://"))
        raise UsageError("why.unknown" if link else "usage.why")
    topic = call.services.topics[topic_of(call)]
    match = _match(known.analysis, call)
    brief = await call.services.prepared.ready(topic.id, call.now, call.services.briefing.default_window)
    said = [await _verdict(call, known, match, brief)]
    blocks: list[Block] = [
        Heading(line=(Text(text=known.article.title, url=known.article.url or None),)),
        Paragraph(line=(Text(text=said[0], bold=True),)),
    ]
    if match is not None:
        blocks.append(Paragraph(line=line(_label_line(call, match))))
        blocks += _listed(reasons_in_words(match.reasons, call.texts, topic))
    story = _in(brief, known)
    if story is not None:
        place = brief.stories.index(story) + 1
        blocks.append(Paragraph(line=line(call.texts("why.rank", place=place, count=len(brief.stories)))))
        # The brief that is ready is told to nobody in particular: everything in it is new.
        reasons = [reason for reason in story.reasons if reason.code != "rank.new"]
        blocks += _listed(reasons_in_words(reasons, call.texts, topic))
    blocks.append(
        Note(line=line(call.texts("why.article", outlet=known.article.outlet, at=_when(call, known.article))))
    )
    return call.reply(*blocks)


def _listed(said: list[str]) -> list[Block]:
    return [Bullets(items=tuple(line(each) for each in said))] if said else []


def _when(call: Call, article: Article) -> str:
    at = article.published or article.collected
    return words.moment(at, call.texts, call.zone) if at else call.texts("time.unknown")


def _label_line(call: Call, match: TopicMatch) -> str:
    return call.texts(
        "why.label", topic=call.services.topics[match.topic].name(call.texts.language),
        label=call.texts(f"why.label.{match.label.value}"), percent=round(match.score * 100),
    )  # fmt: skip


async def _known(call: Call) -> Known | None:
    async with call.services.database.reading() as unit:
        article = await _article(unit, call.rest)
        if article is None:
            return None
        analysis = (await unit.analyses.analyses([article.id])).get(article.id)
        placed = (await unit.stories.of([article.id])).get(article.id)
        story = await material(unit, placed) if placed else None
    return Known(article=article, analysis=analysis, story=story)


async def _article(unit: UnitOfWork, given: str) -> Article | None:
    """By address, by id, or the first article of a story."""
    if given.lower().startswith(("http://", "https://")):
        return await unit.articles.by_url(canonical_url(given)) or await unit.articles.by_url(given)
    found = await unit.articles.get([ArticleId(given)])
    if not found:
        story = await unit.stories.resolve(StoryId(given))
        found = await unit.articles.get((await unit.stories.members([story])).get(story, [])[:1])
    return found[0] if found else None


def _match(analysis: Analysis | None, call: Call) -> TopicMatch | None:
    matches = analysis.matches if analysis else ()
    return next((match for match in matches if match.topic == topic_of(call)), None)


def _in(brief: Brief, known: Known) -> BriefStory | None:
    return next((s for s in brief.stories if any(m.article == known.article.id for m in s.members)), None)


async def _verdict(call: Call, known: Known, match: TopicMatch | None, brief: Brief) -> str:
    """The first rule that holds the article back, or that nothing does."""
    spoken = call.texts
    if match is None or known.story is None:
        return spoken("why.not_understood")
    story = _in(brief, known)
    if story is not None:
        return await _told(call, story, brief)
    if match.label is not Label.CORE:
        return spoken(f"why.held.{match.label.value}")
    rule = held(known.story, match.topic, brief.start, call.now)
    if rule is None:
        came = known.article.collected
        key = "why.held.next" if came is not None and came >= brief.end else "why.held.limit"
        return spoken(key, most=MOST_STORIES)
    return spoken(f"why.held.{rule.value}", **_values(call, rule, known.story, brief))


def _values(call: Call, rule: Held, story: StoryMaterial, brief: Brief) -> dict[str, object]:
    """What fills the sentence on a rule."""
    if rule is Held.SMALL:
        topic = topic_of(call)
        labels = [m.label for a in story.analyses.values() for m in a.matches if m.topic == topic]
        return {"core": labels.count(Label.CORE), "count": len(story.articles)}
    if rule is Held.WINDOW:
        return {"window": words.window(brief.end - brief.start, call.texts)}
    return {}


async def _told(call: Call, story: BriefStory, brief: Brief) -> str:
    """It is in the brief that is ready; whether this chat is told it."""
    async with call.services.database.reading() as unit:
        mutes = await unit.chats.mutes(call.chat.key)
    if hidden(mutes, call.services.gazetteer)(story):
        return call.texts("why.held.muted")
    told, _ = await call.services.prepared.compose(
        brief.topic, call.now, call.services.briefing.default_window, call.chat.key.text, limit=KEPT_STORIES
    )
    ids = [each.id for each in told.stories]
    place = ids.index(story.id) + 1 if story.id in ids else len(ids) + 1
    known = place <= len(ids) and told.stories[place - 1].state is State.UNCHANGED
    if place > MOST_STORIES:
        return call.texts("why.held.told" if known else "why.held.limit", most=MOST_STORIES)
    return call.texts("why.told_before" if known else "why.told", place=place)


COMMANDS = (Command(name="why", run=why, aliases=("لماذا", "ليش", "لم")),)
