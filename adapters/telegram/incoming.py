"""Updates as requests. Pure."""

import re
from dataclasses import replace

from telegram import Chat, InlineQuery, MaybeInaccessibleMessage, Message, MessageEntity, Update

from adapters.chat.ports import Address, Request

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?=\s|$)")
_GROUPS = frozenset({Chat.GROUP, Chat.SUPERGROUP, Chat.CHANNEL})


def request_of(update: Update, bot: str, username: str) -> Request | None:
    """What a person did, or None where it is not for us: another bot's command, talk in a group, a post of ours.
    Pictures and files without words are a text that is empty.
    """
    if update.callback_query is not None:
        return _pressed(update, bot)
    message = update.message or update.edited_message or update.channel_post
    if message is None:
        return None
    text = message.text or message.caption or ""
    command = _COMMAND.match(text)
    if command is None:
        nothing = not text and not message.effective_attachment
        return (
            None
            if _is_group(message.chat) or nothing
            else _made(message, bot, _with_links(message, text), command=False)
        )
    if command[2] and command[2].lower() != username.lower():
        return None
    rest = text[command.end() :].strip()
    made = _made(message, bot, f"{command[1]} {rest}".strip(), command=True)
    return replace(made, addressed=bool(command[2]) or not made.group)


def _with_links(message: Message, text: str) -> str:
    """The text, and the addresses behind its words, which a forwarded message may hide."""
    hidden = [entity.url for entity in (*message.entities, *message.caption_entities)
              if entity.type == MessageEntity.TEXT_LINK and entity.url]  # fmt: skip
    return " ".join([text, *hidden])


def _made(message: Message, bot: str, text: str, *, command: bool) -> Request:
    """Who writes in the name of a group or channel is nobody by name: Telegram shows one and the same person for all
    of them. In the group's own name only its administrators write.
    """
    named = message.sender_chat
    person = message.from_user if named is None else None
    group = _is_group(message.chat)
    anonymous = named is not None and named.id == message.chat.id
    return Request(
        address=_address(message, bot),
        person=str(person.id) if person else "",
        text=text,
        command=command,
        group=group,
        admin=not group or anonymous,
        language=person.language_code if person else None,
        name=message.chat.title or message.chat.full_name,
        at=None,
    )


def inline_request(query: InlineQuery, bot: str) -> Request:
    """What a person types after our name: asked as their private chat, whose settings hold."""
    person = str(query.from_user.id)
    return Request(
        address=Address(platform="telegram", bot=bot, chat=person), person=person, text=query.query,
        command=False, inline=True, language=query.from_user.language_code,
    )  # fmt: skip


def _pressed(update: Update, bot: str) -> Request | None:
    """A pressed button. Below a message too old for Telegram to tell its topic, none in a forum still works."""
    query = update.callback_query
    if query is None or query.data is None or query.message is None:
        return None
    lost = not query.message.is_accessible and bool(query.message.chat.is_forum)
    return Request(
        address=_address(query.message, bot),
        person=str(query.from_user.id),
        text="" if lost else query.data,
        command=False,
        pressed=True,
        group=_is_group(query.message.chat),
        admin=not _is_group(query.message.chat),
        language=query.from_user.language_code,
        name=query.message.chat.title,
        message=str(query.message.message_id),
    )


def _address(message: MaybeInaccessibleMessage, bot: str) -> Address:
    """Of a message that is too old Telegram tells the chat alone, and no topic."""
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Address(platform="telegram", bot=bot, chat=str(message.chat.id), thread=str(thread or ""))


def _is_group(chat: Chat) -> bool:
    return chat.type in _GROUPS
