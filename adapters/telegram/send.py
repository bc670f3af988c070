"""Messages out: payloads sent and edited through python-telegram-bot, at the pace Telegram allows."""

import asyncio
import base64
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions, ReplyParameters
from telegram import Message as Received
from telegram.error import TelegramError

from adapters.chat.message import Message
from adapters.chat.pace import Pace, Place
from adapters.chat.ports import Address, Later, SendResult, Sent, Sure, at_once
from adapters.telegram import outcomes
from adapters.telegram.render import render

LONGEST_TURN_SECONDS = 1.2
_OF_THE_MEDIA = ("caption", "parse_mode")


class TelegramPost:
    """A `Post` for one Telegram bot. The pace is kept at the call; replies go ahead of broadcasts."""

    def __init__(
        self,
        bot: Bot,
        *,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._pace = pace or Pace()
        self._line = asyncio.Lock()
        self._clock, self._sleep = clock, sleep

    def parts(self, message: Message) -> list[str]:
        """See `Post.parts`."""
        return [rendered.payload for rendered in render(message)]

    async def send(
        self,
        address: Address,
        payload: str,
        *,
        silent: bool = False,
        reply_to: str | None = None,
        ahead: bool = False,
        sure: Sure = at_once,
    ) -> SendResult:
        """See `Post.send`. `reply_to` that is gone does not keep the message back. `ahead` is for what a person
        waits for: it does not stand behind broadcasts.
        """
        call = self._read(payload)
        options: dict[str, Any] = {
            "chat_id": _chat(address.chat),
            "disable_notification": silent or None,
            "message_thread_id": int(address.thread) if address.thread else None,
            "reply_parameters": _reply(reply_to),
        }
        method: Any = self._bot.send_message
        if call.method == "sendPhoto":
            method, options["photo"] = self._bot.send_photo, call.file
        if call.method == "sendDocument":
            method = self._bot.send_document
            options |= {"document": call.file, "filename": call.name}
        return await self._paced(address, method, call.parameters | options, ahead=ahead, sure=sure)

    async def edit(self, address: Address, message: str, payload: str, *, sure: Sure = at_once) -> SendResult:
        """See `Post.edit`. A picture may take the place of a text too."""
        call = self._read(payload)
        options: dict[str, Any] = {"chat_id": _chat(address.chat), "message_id": int(message)}
        method: Any = self._bot.edit_message_text
        if call.method == "sendPhoto":
            shown = {name: call.parameters.get(name) for name in _OF_THE_MEDIA}
            options |= dict.fromkeys(_OF_THE_MEDIA) | {"media": InputMediaPhoto(call.file, **shown)}
            method = self._bot.edit_message_media
        return await self._paced(
            address, method, call.parameters | options, edited=message, ahead=True, sure=sure
        )

    async def _paced(
        self,
        address: Address,
        method: Any,
        parameters: dict[str, Any],
        *,
        edited: str = "",
        ahead: bool,
        sure: Sure,
    ) -> SendResult:
        place = await self._turn(address.chat, ahead)
        if isinstance(place, Later):
            return place
        try:
            await sure()
            sent: Received | bool = await method(
                **{name: value for name, value in parameters.items() if value is not None}
            )
        except TelegramError as error:
            result = outcomes.outcome(error, edited)
            if isinstance(result, Later) and result.whole_bot:
                self._pace.halt(self._clock() + result.seconds)
            return result
        finally:
            self._pace.answered(place, self._clock())
        return Sent(message=str(sent.message_id) if isinstance(sent, Received) else edited)

    def _read(self, payload: str) -> "_Call":
        return _call(payload, self._bot.username if '"start"' in payload else "")

    async def _turn(self, chat: str, ahead: bool) -> Place | Later:
        """Wait until a send to the chat may leave. Broadcasts wait in one line; one whose own chat has to wait
        stands aside for that second, and is put off where it is longer, so that it is in nobody's way.
        """
        group = chat.startswith(("-", "@"))
        if ahead:
            wait, place = self._pace.take(chat, self._clock(), group=group)
            await self._sleep_for(wait)
            assert place is not None  # noqa: S101  (who is ahead has a place at once)
            return place
        while True:
            own = self._pace.wait_of_chat(chat, self._clock(), group=group)
            if own > LONGEST_TURN_SECONDS:
                return Later(seconds=own, whole_bot=False, cause="pace")
            await self._sleep_for(own)
            async with self._line:
                if self._pace.wait_of_chat(chat, self._clock(), group=group) > 0:
                    continue
                while True:
                    wait, place = self._pace.take(chat, self._clock(), group=group, ahead=False)
                    if place is not None:
                        return place
                    await self._sleep(wait)

    async def _sleep_for(self, seconds: float) -> None:
        if seconds > 0:
            await self._sleep(seconds)


@dataclass(frozen=True, slots=True)
class _Call:
    """A payload in python-telegram-bot's own types. `file` is the picture's or the document's content."""

    method: str
    parameters: dict[str, Any]
    file: bytes
    name: str


@lru_cache(maxsize=64)
def _call(payload: str, username: str) -> _Call:
    """Of a broadcast, the same payload goes to every chat. `username` is the bot's, to whose chat deep links lead."""
    call = json.loads(payload)
    parameters: dict[str, Any] = call["parameters"]
    if "reply_markup" in parameters:
        parameters["reply_markup"] = keyboard(parameters["reply_markup"], username)
    if "link_preview_options" in parameters:
        parameters["link_preview_options"] = LinkPreviewOptions.de_json(parameters["link_preview_options"])
    file = base64.b64decode(call.get("png") or call.get("file") or "")
    return _Call(call["method"], parameters, file, call.get("name", ""))


def keyboard(markup: dict[str, Any], username: str) -> InlineKeyboardMarkup | None:
    """Rendered keys as a keyboard; those with `start` open the private chat with this bot."""
    rows = [[_key(key, username) for key in row] for row in markup["inline_keyboard"]]
    return InlineKeyboardMarkup.de_json({"inline_keyboard": rows})


def _key(key: dict[str, str], username: str) -> dict[str, str]:
    if "start" not in key:
        return key
    return {"text": key["text"], "url": f"https://t.me/{username}?start={key['start']}"}


def _reply(message: str | None) -> ReplyParameters | None:
    if message is None:
        return None
    return ReplyParameters(message_id=int(message), allow_sending_without_reply=True)


def _chat(chat: str) -> int | str:
    return chat if chat.startswith("@") else int(chat)
