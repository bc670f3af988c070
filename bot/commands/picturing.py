"""The picture of coverage: how many articles a day, by outlet (F35)."""

import asyncio
from datetime import timedelta

from adapters.chat.message import Block, Message, Note, Picture
from adapters.chat.ports import Reply
from adapters.pictures.bars import Bars, png
from bot.commands import parse
from bot.commands.reading import topic_of
from bot.commands.registry import Call, Command, line
from bot.errors import UsageError
from bot.presenting import words
from bot.presenting.briefs import sample_note
from bot.texts import Texts
from summaries.types import Article, Label, TopicId
from summaries.volume import Volume, volume

WINDOW = timedelta(days=14)
ON_TOPIC = (Label.CORE, Label.TOUCHES)


async def coverage(call: Call) -> Reply:
    """`coverage [WINDOW]`: the articles on the topic, a day and an outlet, as a picture."""
    length = parse.window(call.rest) if call.words else WINDOW
    topic = topic_of(call)
    articles = await _articles(call, topic, length)
    counted = volume(articles, call.now - length, call.now, call.zone)
    if not counted.total:
        raise UsageError("coverage.none", window=words.window(length, call.texts))
    name = call.services.topics[topic].name(call.texts.language)
    drawn = await asyncio.to_thread(png, bars(counted, call.texts("coverage.title", topic=name), call.texts))
    said = call.texts("coverage.caption", articles=call.texts.count("coverage.articles", counted.total),
                      window=words.window(length, call.texts), zone=words.city(call.zone.key, call.texts))  # fmt: skip
    blocks: list[Block] = [Picture(png=drawn, caption=line(said), alt=alternative(counted, call.texts))]
    blocks += sample_note(call.services.sample, call.texts)
    blocks.append(Note(line=line(call.texts("coverage.note"))))
    return Reply(messages=(Message(blocks=tuple(blocks), language=call.texts.language),))


async def _articles(call: Call, topic: TopicId, length: timedelta) -> list[Article]:
    async with call.services.database.reading() as unit:
        ids = [
            article
            for label in ON_TOPIC
            for article in await unit.analyses.labelled(topic, call.now - length, call.now, label)
        ]
        return await unit.articles.get(ids)


def bars(counted: Volume, title: str, texts: Texts) -> Bars:
    """The figures as columns with names in the reader's language."""
    return Bars(
        title=title, labels=tuple(words.short_day(day, texts) for day in counted.days),
        series=tuple((one.outlet or texts("coverage.others"), one.counts) for one in counted.series),
        direction="rtl" if texts.language == "ar" else "ltr", digits=texts.numerals("0123456789"),
    )  # fmt: skip


def alternative(counted: Volume, texts: Texts) -> str:
    """The picture in words, beside its caption, for those who do not see it."""
    totals = [f"{one.outlet or texts('coverage.others')}: {one.total}" for one in counted.series]
    return texts("list.comma").join(totals)


COMMANDS = (Command(name="coverage", run=coverage),)
