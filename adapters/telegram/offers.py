"""Messages as offers of an inline query: a title, a line of description, and the message that is posted. Pure."""

import json
from collections.abc import Iterable
from hashlib import sha256

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions

from adapters.chat.message import Buttons, Heading, Message, Paragraph
from adapters.chat.shown import shown
from adapters.telegram.render import render

OFFERS_KEPT = 60  # seconds that Telegram may keep an answer for the person who asked
MOST = 50
TITLE, DESCRIPTION = 120, 160


def offers(messages: Iterable[Message]) -> list[InlineQueryResultArticle]:
    """One offer a message; of a message that needs several, the first part. Buttons belong to our own chats."""
    found: dict[str, InlineQueryResultArticle] = {}
    for message in messages:
        offer = _offer(message)
        if offer is not None:
            found.setdefault(offer.id, offer)
    return list(found.values())[:MOST]


def _offer(message: Message) -> InlineQueryResultArticle | None:
    bare = Message(
        blocks=tuple(block for block in message.blocks if not isinstance(block, Buttons)),
        language=message.language,
    )
    calls = [json.loads(rendered.payload) for rendered in render(bare)]
    call = next((each for each in calls if each["method"] == "sendMessage"), None)
    title = _first(message, Heading)
    if call is None or not title:
        return None
    html = call["parameters"]["text"]
    return InlineQueryResultArticle(
        id=sha256(html.encode()).hexdigest()[:32],
        title=shown(title[:TITLE], message.direction),
        description=shown(_first(message, Paragraph)[:DESCRIPTION], message.direction) or None,
        input_message_content=InputTextMessageContent(
            html, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
    )


def _first(message: Message, kind: type[Heading] | type[Paragraph]) -> str:
    for block in message.blocks:
        if isinstance(block, kind):
            return "".join(inline.text for inline in block.line).strip()
    return ""
