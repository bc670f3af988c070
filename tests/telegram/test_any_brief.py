"""Whatever outlets write, Telegram takes every message that we make of it, and all that it says arrives."""

import json
import re
from typing import Any

from hypothesis import given, settings

from adapters.chat.links import web_address
from adapters.chat.message import Bullets, Heading, Line, Message, Note, Paragraph, Quotation, Text
from adapters.telegram.render import LINK, render
from bot.presenting.briefs import brief_message, sources_message, who_message
from bot.texts import texts
from summaries.harmless import harmless
from summaries.types import Brief, BriefStory
from tests.chat.any_brief import BRIEFS, LANGUAGES, NAMES, STORIES, WORDS, looks
from tests.fakes.telegram import methods
from tests.fakes.telegram.html import parse, units
from tests.fakes.telegram.world import Chat, World

# What has no width and no meaning of its own: spaces, marks of direction, joiners, points; and the line of a divider.
_LIGHT = re.compile("[\\s\u200c-\u200f\u2066-\u2069\u0300-\u036f\u064b-\u065f\ufe0e\ufe0f─]+")


def letters(text: str) -> str:
    """What a reader reads of it."""
    return _LIGHT.sub("", text)


def arrives(message: Message) -> str:
    """Telegram takes every part of the message; its letters arrive all and in order, and each link with all of its
    words. What a reader reads of it.
    """
    world = World({"id": 7, "is_bot": True, "first_name": "k"}, lambda: None)
    world.chats[1] = Chat(id=1)
    read, linked = "", ""
    for part in render(message):
        call = json.loads(part.payload)
        assert call["method"] == "sendMessage"
        methods.send_message(world, {"chat_id": "1", **call["parameters"]}, None)
        text, entities = parse(call["parameters"]["text"])
        assert all(0 <= e.offset < e.offset + e.length <= units(text) for e in entities)
        read += text
        wide = text.encode("utf-16-le")
        for entity in (each for each in entities if each.kind == "text_link"):
            linked += wide[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
    lines = list(_lines(message))
    assert letters(read) == letters("".join(harmless(inline.text) for one in lines for inline in one))
    assert letters(linked) == letters(
        "".join(harmless(i.text) for one in lines for i in one if _links(i.url))
    )
    return letters(read)


def _links(url: str | None) -> bool:
    address = web_address(url)
    return address is not None and len(address.encode()) <= LINK


def _lines(message: Message) -> Any:
    for block in message.blocks:
        match block:
            case Heading(line=one) | Paragraph(line=one) | Note(line=one):
                yield one
            case Bullets(items=items, numbered=numbered):
                for number, item in enumerate(items, start=1):
                    mark: Line = (Text(text=f"{number}." if numbered else "•"),)
                    yield (*mark, *item)
            case Quotation(lines=quoted):
                yield from quoted


@settings(max_examples=12, deadline=None)
@given(brief=BRIEFS, title=NAMES, language=LANGUAGES)
def test_any_brief(brief: Brief, title: str, language: Any) -> None:
    """A brief of anything that outlets can write: headlines and sentences arrive, and who could not be reached."""
    read = arrives(brief_message(brief, title, texts(language)))
    for story in brief.stories:
        assert letters(harmless(story.headline)) in read


@settings(max_examples=12, deadline=None)
@given(story=STORIES, language=LANGUAGES, word=WORDS)
def test_any_look_at_a_story(story: BriefStory, language: Any, word: str) -> None:
    """Its card, who said what, its sources, its timeline, and every alert on it: no outlet and no speaker is lost."""
    spoken = texts(language)
    for message in looks(story, word, spoken):
        arrives(message)
    sources, who = arrives(sources_message(story, spoken)), arrives(who_message(story, spoken))
    for member in story.members:
        assert letters(harmless(member.outlet)) in sources
    for quote in story.quotes:
        assert letters(harmless(quote.statement.speaker or "")) in who
        assert letters(harmless(quote.outlet)) in who
