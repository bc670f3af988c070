"""Messages as offers of an inline query: a title, a line of description, and the message that is posted. Pure."""

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from adapters.chat.message import Button, Buttons, Heading, Message, Paragraph
from adapters.chat.shown import shown
from adapters.telegram.render import render
from adapters.telegram.send import keyboard

OFFERS_KEPT = 60  # seconds that Telegram may keep an answer for the person who asked
MOST = 50
TITLE, DESCRIPTION = 120, 160


def offers(messages: Iterable[Message], username: str) -> list[InlineQueryResultArticle]:
    """One offer a message; of a message that needs several, the first part. Of its buttons, those that lead into the
    private chat with the bot of that name: what is done elsewhere belongs to our own chats.
    """
    found: dict[str, InlineQueryResultArticle] = {}
    for message in messages:
        offer = _offer(message, username)
        if offer is not None:
            found.setdefault(offer.id, offer)
    return list(found.values())[:MOST]


def above(button: Button) -> InlineQueryResultsButton:
    """The button above the offers."""
    return InlineQueryResultsButton(button.label, start_parameter=button.start)


def _offer(message: Message, username: str) -> InlineQueryResultArticle | None:
    blocks = [_leading_in(block) if isinstance(block, Buttons) else block for block in message.blocks]
    calls = [json.loads(rendered.payload) for rendered in render(replace(message, blocks=tuple(blocks)))]
    call = next((each for each in calls if each["method"] == "sendMessage"), None)
    title = _first(message, Heading)
    if call is None or not title:
        return None
    html, markup = call["parameters"]["text"], calls[-1]["parameters"].get("reply_markup")
    preview = LinkPreviewOptions.de_json(call["parameters"]["link_preview_options"])
    return InlineQueryResultArticle(
        id=sha256(html.encode()).hexdigest()[:32],
        title=shown(title[:TITLE], message.direction),
        description=shown(_first(message, Paragraph)[:DESCRIPTION], message.direction) or None,
        input_message_content=InputTextMessageContent(html, parse_mode="HTML", link_preview_options=preview),
        reply_markup=keyboard(markup, username) if markup else None,
    )


def _leading_in(buttons: Buttons) -> Buttons:
    rows = [tuple(button for button in row if button.start) for row in buttons.rows]
    return Buttons(rows=tuple(row for row in rows if row))


def _first(message: Message, kind: type[Heading] | type[Paragraph]) -> str:
    for block in message.blocks:
        if isinstance(block, kind):
            return "".join(inline.text for inline in block.line).strip()
    return ""
