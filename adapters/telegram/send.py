"""Messages out: payloads sent and edited through python-telegram-bot, at the pace Telegram allows."""

import asyncio
import base64
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions, ReplyParameters
from telegram import Message as Received
from telegram.error import TelegramError

from adapters.chat.message import Message
from adapters.chat.pace import Pace
from adapters.chat.ports import Address, Later, SendResult, Sent
from adapters.telegram import outcomes
from adapters.telegram.render import render

LONGEST_TURN_SECONDS = 1.2


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
    ) -> SendResult:
        """See `Post.send`. `reply_to` that is gone does not keep the message back. `ahead` is for what a person
        waits for: it does not stand behind broadcasts.
        """
        call = json.loads(payload)
        options: dict[str, Any] = {
            "chat_id": _chat(address.chat),
            "disable_notification": silent or None,
            "message_thread_id": int(address.thread) if address.thread else None,
            "reply_parameters": _reply(reply_to),
        }
        if call["method"] == "sendPhoto":
            options["photo"] = base64.b64decode(call["png"])
            return await self._paced(address, self._bot.send_photo, call, options, ahead=ahead)
        if call["method"] == "sendDocument":
            options |= {"document": base64.b64decode(call["file"]), "filename": call["name"]}
            return await self._paced(address, self._bot.send_document, call, options, ahead=ahead)
        return await self._paced(address, self._bot.send_message, call, options, ahead=ahead)

    async def edit(self, address: Address, message: str, payload: str) -> SendResult:
        """See `Post.edit`. A picture may take the place of a text too."""
        call = json.loads(payload)
        options: dict[str, Any] = {"chat_id": _chat(address.chat), "message_id": int(message)}
        method: Any = self._bot.edit_message_text
        if call["method"] == "sendPhoto":
            shown = {name: call["parameters"].pop(name, None) for name in ("caption", "parse_mode")}
            options["media"] = InputMediaPhoto(base64.b64decode(call["png"]), **shown)
            method = self._bot.edit_message_media
        return await self._paced(address, method, call, options, edited=message, ahead=True)

    async def _paced(
        self,
        address: Address,
        method: Any,
        call: dict[str, Any],
        options: dict[str, Any],
        *,
        edited: str = "",
        ahead: bool,
    ) -> SendResult:
        later = await self._turn(address.chat, ahead)
        if later is not None:
            return later
        given = {name: value for name, value in (_typed(call) | options).items() if value is not None}
        try:
            sent: Received | bool = await method(**given)
        except TelegramError as error:
            result = outcomes.outcome(error, edited)
            if isinstance(result, Later) and result.whole_bot:
                self._pace.halt(self._clock() + result.seconds)
            return result
        return Sent(message=str(sent.message_id) if isinstance(sent, Received) else edited)

    async def _turn(self, chat: str, ahead: bool) -> Later | None:
        """Wait until a send to the chat may leave. Broadcasts wait in one line; one whose own chat has to wait
        stands aside for that second, and is put off where it is longer, so that it is in nobody's way.
        """
        group = chat.startswith(("-", "@"))
        if ahead:
            await self._sleep_for(self._pace.wait(chat, self._clock(), group=group))
            return None
        while True:
            own = self._pace.wait_of_chat(chat, self._clock(), group=group)
            if own > LONGEST_TURN_SECONDS:
                return Later(seconds=own, whole_bot=False, cause="pace")
            await self._sleep_for(own)
            async with self._line:
                if self._pace.wait_of_chat(chat, self._clock(), group=group) > 0:
                    continue
                while (wait := self._pace.wait(chat, self._clock(), group=group, ahead=False)) > 0:
                    await self._sleep(wait)
                return None

    async def _sleep_for(self, seconds: float) -> None:
        if seconds > 0:
            await self._sleep(seconds)


def _typed(call: dict[str, Any]) -> dict[str, Any]:
    """The stored parameters as python-telegram-bot's own types."""
    parameters = dict(call["parameters"])
    if "reply_markup" in parameters:
        parameters["reply_markup"] = InlineKeyboardMarkup.de_json(parameters["reply_markup"])
    if "link_preview_options" in parameters:
        parameters["link_preview_options"] = LinkPreviewOptions.de_json(parameters["link_preview_options"])
    return parameters


def _reply(message: str | None) -> ReplyParameters | None:
    if message is None:
        return None
    return ReplyParameters(message_id=int(message), allow_sending_without_reply=True)


def _chat(chat: str) -> int | str:
    return chat if chat.startswith("@") else int(chat)
