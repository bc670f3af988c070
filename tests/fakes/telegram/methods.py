"""The Bot API's methods that the product uses, each refusing what Telegram refuses."""

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.telegram.html import BadEntities, Entity, parse, units
from tests.fakes.telegram.world import EPOCH, Chat, Json, Sent, Upload, World

Limit = Callable[[Chat], None] | None


class ApiError(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, text: str, parameters: Json | None = None) -> None:
        super().__init__(text)
        self.code, self.text, self.parameters = code, text, parameters


def get_me(world: World, parameters: Json, limit: Limit) -> Json:
    return world.bot


def send_message(world: World, parameters: Json, limit: Limit) -> Json:
    chat = _writable(world, parameters)
    text, entities = _text(parameters, "text", 4096)
    keyboard = _keyboard(parameters)
    _options(parameters, chat)
    if limit is not None:
        limit(chat)
    return _keep(world, chat, str(parameters["text"]), text, entities, keyboard, parameters)


def send_photo(world: World, parameters: Json, limit: Limit) -> Json:
    chat = _writable(world, parameters)
    _file(parameters, "photo", 10_000_000)
    text, entities = _text(parameters, "caption", 1024) if parameters.get("caption") else ("", [])
    keyboard = _keyboard(parameters)
    _options(parameters, chat)
    if limit is not None:
        limit(chat)
    shown = _keep(world, chat, str(parameters.get("caption", "")), text, entities, keyboard, parameters)
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 800, "height": 400}]
    return {k: v for k, v in shown.items() if k not in {"text", "entities"}} | {
        "photo": photo,
        "caption": text,
    }


def send_document(world: World, parameters: Json, limit: Limit) -> Json:
    chat = _writable(world, parameters)
    file = _file(parameters, "document", 50_000_000)
    text, entities = _text(parameters, "caption", 1024) if parameters.get("caption") else ("", [])
    keyboard = _keyboard(parameters)
    _options(parameters, chat)
    if limit is not None:
        limit(chat)
    shown = _keep(world, chat, str(parameters.get("caption", "")), text, entities, keyboard, parameters)
    document = {"file_id": "f", "file_unique_id": "u", "file_name": file.name, "file_size": len(file.content)}
    return {k: v for k, v in shown.items() if k not in {"text", "entities"}} | {
        "document": document,
        "caption": text,
    }


def _file(parameters: Json, name: str, most: int) -> Upload:
    """The file that was uploaded with the call; an id or address of one is not what we send."""
    file = parameters.get(name)
    if not isinstance(file, Upload):
        raise ApiError(400, f"Bad Request: there is no {name} in the request")
    if not file.content:
        raise ApiError(400, "Bad Request: file must be non-empty")
    if len(file.content) > most:
        raise ApiError(413, "Request Entity Too Large")
    return file


def edit_message_text(world: World, parameters: Json, limit: Limit) -> Json:
    chat = _writable(world, parameters)
    sent = next(
        (s for s in world.sent if s.chat == chat.id and s.id == int(parameters.get("message_id", 0))), None
    )
    if sent is None:
        raise ApiError(400, "Bad Request: message to edit not found")
    text, _ = _text(parameters, "text", 4096)
    keyboard = _keyboard(parameters)
    if (sent.html, sent.keyboard) == (parameters["text"], keyboard):
        raise ApiError(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
            "same as a current content and reply markup of the message",
        )
    sent.html, sent.text, sent.keyboard = str(parameters["text"]), text, keyboard
    sent.edits += 1
    return {"message_id": sent.id, "date": EPOCH, "chat": chat.shown(), "text": text, "edit_date": EPOCH}


def edit_message_media(world: World, parameters: Json, limit: Limit) -> Json:
    chat = _writable(world, parameters)
    place = (chat.id, int(parameters.get("message_id", 0)))
    sent = next((s for s in world.sent if (s.chat, s.id) == place), None)
    if sent is None:
        raise ApiError(400, "Bad Request: message to edit not found")
    media = parameters["media"]
    if media.get("type") != "photo" or not str(media.get("media", "")).startswith("attach://"):
        raise ApiError(400, "Bad Request: can't parse InputMedia")
    sent.html, sent.keyboard = str(media.get("caption", "")), _keyboard(parameters)
    sent.text = _text(media, "caption", 1024)[0] if media.get("caption") else ""
    sent.edits += 1
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 800, "height": 400}]
    shown = {"message_id": sent.id, "date": EPOCH, "chat": chat.shown(), "edit_date": EPOCH}
    return shown | {"photo": photo, "caption": sent.text}


def answer_callback_query(world: World, parameters: Json, limit: Limit) -> bool:
    if len(str(parameters.get("text", ""))) > 200:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    world.answered.append(parameters)
    return True


def answer_inline_query(world: World, parameters: Json, limit: Limit) -> bool:
    results = parameters["results"]
    if not isinstance(results, list) or len(results) > 50:
        raise ApiError(400, "Bad Request: RESULTS_TOO_MUCH")
    if len({result.get("id") for result in results}) != len(results):
        raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
    for result in results:
        if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
            raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
        if result.get("type") != "article" or not result.get("title"):
            raise ApiError(400, "Bad Request: can't parse inline query result")
        content = result["input_message_content"]
        _text({**content, "text": content.get("message_text")}, "text", 4096)
        _keyboard(result)
        _preview(content.get("link_preview_options", {}))
    button = parameters.get("button")
    if button is not None and not (
        button.get("text") and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", ""))
    ):
        raise ApiError(400, "Bad Request: START_PARAM_INVALID")
    world.offered.append(parameters)
    return True


def set_my_commands(world: World, parameters: Json, limit: Limit) -> bool:
    commands = parameters["commands"]
    if not isinstance(commands, list) or len(commands) > 100:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        name, text = command.get("command", ""), command.get("description", "")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(text) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    scope = parameters.get("scope") or {"type": "default"}
    world.commands[scope["type"], parameters.get("language_code", "")] = commands
    return True


def set_my_description(world: World, parameters: Json, limit: Limit) -> bool:
    if len(str(parameters.get("description", ""))) > 512:
        raise ApiError(400, "Bad Request: BOT_DESCRIPTION_TOO_LONG")
    world.descriptions["long", parameters.get("language_code", "")] = parameters["description"]
    return True


def set_my_short_description(world: World, parameters: Json, limit: Limit) -> bool:
    if len(str(parameters.get("short_description", ""))) > 120:
        raise ApiError(400, "Bad Request: BOT_SHORT_DESCRIPTION_TOO_LONG")
    world.descriptions["short", parameters.get("language_code", "")] = parameters["short_description"]
    return True


def send_chat_action(world: World, parameters: Json, limit: Limit) -> bool:
    chat = _writable(world, parameters)
    if parameters["action"] not in {"typing", "upload_photo", "upload_document", "find_location"}:
        raise ApiError(400, "Bad Request: wrong parameter action in request")
    world.actions.append((chat.id, parameters["action"]))
    return True


def get_chat_member(world: World, parameters: Json, limit: Limit) -> Json:
    chat = _chat(world, parameters)
    person = int(parameters["user_id"])
    member = chat.members.get(person)
    if member is None:
        if chat.type == "channel" and person == world.bot["id"]:
            raise ApiError(403, "Forbidden: bot is not a member of the channel chat")
        raise ApiError(400, "Bad Request: member not found")
    user = world.bot if person == world.bot["id"] else world.person(person, None)
    return _member(user, member)


def get_chat(world: World, parameters: Json, limit: Limit) -> Json:
    chat = _chat(world, parameters)
    if chat.type == "channel" and not chat.username and world.bot["id"] not in chat.members:
        raise ApiError(400, "Bad Request: chat not found")
    kinds = {"unlimited_gifts": True, "limited_gifts": True, "unique_gifts": True, "premium_subscription": True,
             "gifts_from_channels": True}  # fmt: skip
    return chat.shown() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": kinds}


def _member(user: Json, member: Json) -> Json:
    if member["status"] != "administrator":
        return {"user": user, "is_anonymous": False, **member}
    rights = [
        "can_be_edited",
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ]
    return {"user": user, **dict.fromkeys(rights, False), **member}


def _chat(world: World, parameters: Json) -> Chat:
    chat = world.chat(parameters.get("chat_id"))
    if chat is None:
        raise ApiError(400, "Bad Request: chat not found")
    return chat


def _writable(world: World, parameters: Json) -> Chat:
    chat = _chat(world, parameters)
    if chat.migrated_to is not None:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, text, {"migrate_to_chat_id": chat.migrated_to})
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if chat.type == "channel":
        ours = chat.members.get(world.bot["id"], {})
        if not ours:
            raise ApiError(403, "Forbidden: bot is not a member of the channel chat")
        if not ours.get("can_post_messages"):
            raise ApiError(400, "Bad Request: need administrator rights in the channel chat")
    thread = parameters.get("message_thread_id")
    if thread is not None and int(thread) not in chat.topics:
        raise ApiError(400, "Bad Request: message thread not found")
    if int(thread or 0) in chat.closed:
        raise ApiError(400, "Bad Request: TOPIC_CLOSED")
    return chat


def _text(parameters: Json, name: str, most: int) -> tuple[str, list[Entity]]:
    html = parameters.get(name)
    if not isinstance(html, str):
        raise ApiError(400, "Bad Request: message text is empty")
    if len(html.encode()) > 32_768:
        raise ApiError(400, "Bad Request: Text is too long")
    try:
        text, entities = parse(html) if parameters.get("parse_mode") == "HTML" else (html, [])
    except BadEntities as error:
        raise ApiError(400, f"Bad Request: can't parse entities: {error}") from None
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text) > most:
        raise ApiError(400, "Bad Request: message is too long")
    if len(entities) > 100:
        raise ApiError(400, "the fake's own rule: Telegram would drop entities over 100 silently")
    return text, entities


def _keyboard(parameters: Json) -> list[list[Json]]:
    markup = parameters.get("reply_markup")
    if markup is None:
        return []
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) and row for row in rows):
        raise ApiError(400, "Bad Request: object expected as reply markup")
    keys = [key for row in rows for key in row]
    if len(keys) > 100 or any(len(row) > 8 for row in rows):
        raise ApiError(400, "Bad Request: BUTTON_COUNT_INVALID")
    for key in keys:
        _key(key)
    return rows


def _key(key: Json) -> None:
    if not key.get("text"):
        raise ApiError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
    if set(key) - {"text", "url", "callback_data", "style"} or len(set(key) & {"url", "callback_data"}) != 1:
        raise ApiError(400, "Bad Request: can't parse inline keyboard button")
    if "callback_data" in key and not 1 <= len(key["callback_data"].encode()) <= 64:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    if "url" in key and not key["url"].startswith(("http://", "https://", "tg://")):
        raise ApiError(400, "Bad Request: BUTTON_URL_INVALID")


def _options(parameters: Json, chat: Chat) -> None:
    _preview(parameters.get("link_preview_options", {}))
    reply = parameters.get("reply_parameters")
    if reply is not None and "message_id" not in reply:
        raise ApiError(400, "Bad Request: can't parse reply parameters")


def _preview(options: Json) -> None:
    if set(options) - {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}:
        raise ApiError(400, "Bad Request: can't parse link preview options")
    if not options.get("is_disabled") and not re.match(
        r"https?://[^\s/]+", str(options.get("url", "http://x"))
    ):
        raise ApiError(400, "Bad Request: WEBPAGE_URL_INVALID")


def _keep(
    world: World,
    chat: Chat,
    html: str,
    text: str,
    entities: list[Entity],
    keyboard: list[list[Any]],
    parameters: Json,
) -> Json:
    sent = Sent(
        id=world.message_id(), chat=chat.id, html=html, text=text, keyboard=keyboard, parameters=parameters
    )
    world.sent.append(sent)
    shown: Json = {"message_id": sent.id, "date": EPOCH, "chat": chat.shown(), "text": text}
    return shown | ({"from": world.bot} if chat.type != "channel" else {"sender_chat": chat.shown()})
