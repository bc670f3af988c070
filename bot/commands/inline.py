"""What is typed after the bot's name in any chat: offers to post there. Nothing typed: the stories of the brief; a
link: its brief; words: what the archive has.
"""

import re
from dataclasses import replace

from adapters.chat.message import Block, Heading, Message, Note, Paragraph, Text
from adapters.chat.ports import Reply
from bot.commands.links import article_of
from bot.commands.reading import topic_of
from bot.commands.registry import Call, line
from bot.commands.searching import of_words
from bot.errors import UsageError
from bot.presenting import words
from bot.presenting.articles import article_message
from bot.presenting.briefs import sample_note, story_message
from bot.presenting.buttons import own_card, own_digest
from summaries.errors import KawalisError
from summaries.types import Article, BriefStory

OFFERS = 10
_LINK = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


async def results(call: Call) -> Reply:
    """Each message is one offer. What cannot be understood offers nothing."""
    typed = call.request.text.strip()
    try:
        if not typed:
            return Reply(messages=await _stories(call), above=own_digest(topic_of(call), call.texts))
        link = _LINK.search(typed)
        if link is not None:
            found = await article_of(call, link[0])
            told = article_message(found, call.texts)
            return Reply(messages=(replace(told, preview=found.article.url),))
        articles = await of_words(call, typed, OFFERS)
    except (UsageError, KawalisError):
        return Reply()
    return Reply(messages=tuple(_offer(call, article) for article in articles))


async def _stories(call: Call) -> tuple[Message, ...]:
    """Of the prepared brief, told to nobody in particular: what is offered is not yet seen."""
    length = call.services.briefing.default_window
    brief = await call.services.prepared.ready(topic_of(call), call.now, length)
    return tuple(_story(call, story) for story in brief.stories[:OFFERS])


def _story(call: Call, story: BriefStory) -> Message:
    """The story with the way to its card in one's own chat."""
    told = story_message(story, call.texts, zone=call.zone, sample=call.services.sample)
    return replace(told, blocks=(*told.blocks, own_card(story.id, call.texts)))


def _offer(call: Call, article: Article) -> Message:
    at = article.published or article.collected
    when = words.moment(at, call.texts, call.zone) if at else call.texts("time.unknown")
    opening = article.text.strip().partition("\n")[0]
    blocks: list[Block] = [
        Heading(line=(Text(text=article.title, url=article.url or None),)),
        *sample_note(call.services.sample, call.texts),
        Paragraph(line=line(opening[:400])),
        Note(line=line(f"{article.outlet} · {when}")),
    ]
    return Message(blocks=tuple(blocks), language=call.texts.language, preview=article.url or None)
