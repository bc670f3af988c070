"""What a reader asks for: start, help, brief, latest, sources, and the looks at one story."""

from dataclasses import replace
from datetime import timedelta

from adapters.chat.message import Bullets, Heading, Line, Message, Note, Quotation, Text, before_buttons
from adapters.chat.ports import Reply
from bot.commands import hours, parse
from bot.commands.registry import Call, Command, line
from bot.commands.remembering import remembered
from bot.errors import UsageError
from bot.looks import edits, material
from bot.presenting import words
from bot.presenting.briefs import brief_message, sample_note, sources_message, story_message, who_message
from bot.presenting.buttons import story_buttons
from bot.presenting.cards import card
from bot.presenting.timelines import timeline_message
from summaries.brief import timeline
from summaries.text import fold
from summaries.topic import Topic
from summaries.types import BriefStory, StoryId, TopicId

LATEST = 10
MOST_LATEST = 30
MOST_SOURCES = 60
_SPANS = {**dict.fromkeys(("اليوم", "today"), "24h"), **dict.fromkeys(("اسبوع", "الاسبوع", "week"), "7d")}


async def brief(call: Call) -> Reply:
    """`brief [window] [topic]`: the brief of the last 24 hours, or of another window."""
    topic, length = brief_words(call)
    made = await call.services.prepared.brief(topic.id, call.now, length, chat=call.chat.key.text)
    made = await call.services.briefing.spoken(made, call.texts.language, call.now)
    message = brief_message(made, topic.name(call.texts.language), call.texts, zone=call.zone)
    message = before_buttons(message, call.zone_note())
    return Reply(messages=(message,), arrived=remembered(call, made.stories))


def brief_words(call: Call) -> tuple[Topic, timedelta]:
    """The topic and window among the words typed; what is neither is a `UsageError`."""
    topic = call.services.topics[topic_of(call)]
    length = call.services.briefing.default_window
    for typed in parse.with_units(call.words):
        word = _SPANS.get(fold(typed).lower(), typed)
        if parse.is_window(word):
            length = parse.window(word)
        elif TopicId(word) in call.services.topics:
            topic = call.services.topics[TopicId(word)]
        else:
            raise UsageError("usage.brief", word=typed)
    return topic, length


def topic_of(call: Call) -> TopicId:
    chosen = TopicId(call.chat.topic or "")
    return chosen if chosen in call.services.topics else call.services.default_topic


async def latest(call: Call) -> Reply:
    """`latest [NUMBER]`: the newest articles on the topic, with outlet and time, before anything is made of them."""
    articles = await call.services.briefing.latest(topic_of(call), call.now, _how_many(call))
    if not articles:
        return call.say("latest.none")
    items: list[Line] = [
        (
            Text(
                text=f"{words.moment(article.published or call.now, call.texts, call.zone)} · {article.outlet}: "
            ),
            Text(text=article.title, url=article.url or None),
        )
        for article in articles
    ]
    return call.reply(
        Heading(line=line(call.texts("latest.title"))),
        *sample_note(call.services.sample, call.texts),
        Bullets(items=tuple(items)),
        *call.zone_note(),
    )


def _how_many(call: Call) -> int:
    """The number that was typed, or ten. Raises `UsageError` for what is none, or too large."""
    if not call.words:
        return LATEST
    typed = hours.digits(call.rest)
    number = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    if not 1 <= number <= MOST_LATEST:
        raise UsageError("usage.latest", word=call.rest[:40], most=str(MOST_LATEST))
    return number


async def sources(call: Call) -> Reply:
    """`sources [OUTLET]`: every source with its card and how it answered last; or those of the outlet (F16, F18)."""
    async with call.services.database.reading() as unit:
        listed = await unit.sources.enabled()
    texts = call.texts
    if listed and call.words:
        wanted = fold(call.rest)
        listed = [(s, state) for s, state in listed if wanted in map(fold, (s.id, s.outlet, *s.names))]
        if not listed:
            raise UsageError("usage.outlet", outlet=call.rest[:40])
    lines: list[Line] = []
    for source, state in listed[:MOST_SOURCES]:
        if state.last_polled is None:
            health = texts("source.not_asked")
        elif state.failures:
            health = texts("source.failing", ago=words.ago(call.now - state.last_polled, texts))
        else:
            health = texts("source.answered", ago=words.ago(call.now - state.last_polled, texts))
        lines.append(
            (
                Text(text=source.outlet, bold=True, url=source.url),
                Text(text=f" — {card(source, texts)} — {health}"),
            )
        )
    if not lines:
        return call.say("sources.none")
    return call.reply(
        Heading(line=line(texts("sources.title", count=len(listed)))),
        *sample_note(call.services.sample, texts),
        Quotation(lines=tuple(lines), expandable=True),
        Note(line=line(texts("sources.unknown_stays"))),
    )


async def story(call: Call) -> Reply:
    """`story ID [more|who|sources|timeline]`, also as a pressed button: the look, and the story's other buttons."""
    if not call.words:
        raise UsageError("usage.story")
    look = call.words[1] if len(call.words) > 1 else "more"
    found = await call.services.briefing.story(StoryId(call.words[0]), topic_of(call), call.now)
    if found is None:  # a number is no story's id: a brief's numbers are not kept
        raise UsageError("usage.story" if call.words[0].isdecimal() else "story.gone")
    message = await _look(call, found, look)
    buttons = story_buttons(found, call.texts, without=look)
    shown = replace(message, blocks=(*message.blocks, buttons))
    return Reply(messages=(shown,), arrived=remembered(call, [found]))


async def _look(call: Call, found: BriefStory, look: str) -> Message:
    texts, sample = call.texts, call.services.sample
    if look == "who":
        return who_message(found, texts, sample=sample)
    if look == "sources":
        return sources_message(found, texts, zone=call.zone, sample=sample)
    if look == "timeline":
        async with call.services.database.reading() as unit:
            kept = await material(unit, found.id)
            changed = await edits(unit, kept.articles) if kept else []
        events = timeline(kept) if kept else ()
        return timeline_message(found.headline, events, changed, texts, zone=call.zone, sample=sample)
    if look != "more":
        raise UsageError("usage.story")
    [found] = await call.services.briefing.spoken_stories([found], texts.language, call.now)
    return story_message(found, texts, zone=call.zone, sample=sample)


COMMANDS = (
    Command(name="brief", run=brief, aliases=("موجز", "الموجز", "ملخص", "أوجز")),
    Command(name="latest", run=latest, aliases=("أحدث", "الأحدث", "آخر", "جديد")),
    Command(name="sources", run=sources, aliases=("مصادر", "المصادر")),
    Command(name="story", run=story, menu=False, aliases=("خبر",)),
)
