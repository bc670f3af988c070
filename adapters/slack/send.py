"""Messages out: payloads posted, edited and shown to one person, and what became of each."""

import asyncio
import base64
import json
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.chat.message import Message
from adapters.chat.ports import Address, Gone, Later, Refused, SendResult, Sent, Sure, at_once
from adapters.slack import outcomes
from adapters.slack.inlines import Json
from adapters.slack.pace import Pace
from adapters.slack.render import render
from adapters.slack.tokens import Tokens

log = logging.getLogger(__name__)

# An uploaded picture cannot be shown until Slack has worked on it.
PICTURE_TRIES = 5
PICTURE_WAIT_SECONDS = 1.0

NOT_INSTALLED = Gone(cause="app_not_installed")


class SlackPost:
    """A `Post` for Slack. `client` must not retry by itself: after a lost answer that posts twice."""

    def __init__(
        self,
        client: AsyncWebClient,
        tokens: Tokens,
        *,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._tokens = tokens
        self._pace = pace or Pace()
        self._clock = clock
        self._sleep = sleep

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
        sure: Sure = at_once,
    ) -> SendResult:
        """See `Post.send`. Slack has no silent messages. `reply_to` opens a thread where none is given; where the
        message that is answered was deleted, the answer stands in the channel.
        """
        thread = address.thread or reply_to or None
        content: Json = json.loads(payload)
        if "file" in content:
            return await self._share(address, content, thread, sure)
        result = await self._say(address, payload, thread, sure)
        deleted = isinstance(result, Refused) and result.cause in outcomes.NO_THREAD
        return await self._say(address, payload, None, sure) if deleted and not address.thread else result

    async def _say(self, address: Address, payload: str, thread: str | None, sure: Sure) -> SendResult:
        return await self._write(
            address,
            payload,
            self._client.chat_postMessage,
            sure=sure,
            thread_ts=thread,
            unfurl_links=False,
            unfurl_media=False,
        )

    async def edit(self, address: Address, message: str, payload: str, *, sure: Sure = at_once) -> SendResult:
        """See `Post.edit`; `message` is its `ts`."""
        return await self._write(address, payload, self._client.chat_update, sure=sure, ts=message)

    async def whisper(self, address: Address, person: str, payload: str) -> SendResult:
        """Show a message in a channel to one person alone; it cannot be edited later."""
        thread = address.thread or None
        return await self._write(
            address, payload, self._client.chat_postEphemeral, user=person, thread_ts=thread
        )

    async def confide(self, address: Address, person: str, payload: str) -> SendResult:
        """Send a file to the person's direct message with us: one that is shown in a channel, all see."""
        content: Json = json.loads(payload)
        token = await self._tokens.of(address.bot)
        answer = await self._answer(
            token, self._client.chat_postMessage, channel=person, text=content["text"]
        )
        if not isinstance(answer, AsyncSlackResponse):
            return answer
        return await self._share(replace(address, chat=answer["channel"]), content | {"text": None}, None)

    async def _share(
        self, address: Address, content: Json, thread: str | None, sure: Sure = at_once
    ) -> SendResult:
        """A file in a channel or direct message, with its sentence. Slack does not tell the id of its message."""
        file, token = content["file"], await self._tokens.of(address.bot)
        await self._sleep(self._pace.wait(address.chat, self._clock()))
        await sure()
        return await self._call(
            token, self._client.files_upload_v2, channel=address.chat, filename=file["name"], title=file["name"],
            file=base64.b64decode(file["content"]), initial_comment=content["text"], thread_ts=thread,
        )  # fmt: skip

    async def publish_home(self, team: str, person: str, view: Json) -> SendResult:
        """Put `view` in the App Home of a person."""
        token = await self._tokens.of(team)
        return await self._call(token, self._client.views_publish, user_id=person, view=view)

    async def open_modal(self, team: str, trigger: str, view: Json) -> SendResult:
        """Open a modal for the person whose act gave `trigger`; Slack takes it for three seconds."""
        token = await self._tokens.of(team)
        return await self._call(token, self._client.views_open, trigger_id=trigger, view=view)

    async def _write(
        self, address: Address, payload: str, method: Any, *, sure: Sure = at_once, **options: object
    ) -> SendResult:
        token = await self._tokens.of(address.bot)
        if token is None:
            return NOT_INSTALLED
        content: Json = json.loads(payload)
        pictures: dict[str, str] = content.get("pictures", {})
        blocks, failed = await self._with_pictures(content["blocks"], pictures, token)
        if failed is not None:
            return failed
        for attempt in range(PICTURE_TRIES):
            await self._sleep(self._pace.wait(address.chat, self._clock()))
            await sure()
            result = await self._call(
                token, method, channel=address.chat, text=content["text"], blocks=blocks, **options
            )
            if not (pictures and _not_ready(result)) or attempt == PICTURE_TRIES - 1:
                break
            await self._sleep(PICTURE_WAIT_SECONDS)
        if isinstance(result, Later):
            self._pace.halt(address.chat, self._clock() + result.seconds)
        return result

    async def _call(self, token: str | None, method: Any, **arguments: object) -> SendResult:
        answer = await self._answer(token, method, **arguments)
        if not isinstance(answer, AsyncSlackResponse):
            return answer
        return Sent(message=str(answer.get("ts") or answer.get("message_ts") or ""))

    async def _answer(
        self, token: str | None, method: Any, **arguments: object
    ) -> AsyncSlackResponse | SendResult:
        """What Slack answers, or why it does not; without a token we are not installed."""
        if token is None:
            return NOT_INSTALLED
        given = {name: value for name, value in arguments.items() if value is not None}
        try:
            answer: AsyncSlackResponse = await method(token=token, **given)
        except SlackApiError as error:
            result = outcomes.refusal(error)
            if outcomes.is_setup(result):
                log.error("Slack refuses our token: %s", result)
            return result
        except SlackRequestError as error:
            return Refused(cause=type(error).__name__)
        except outcomes.BROKEN as error:
            return outcomes.broken(error)
        return answer

    async def _with_pictures(
        self, blocks: list[Json], pictures: dict[str, str], token: str
    ) -> tuple[list[Json], SendResult | None]:
        """The blocks with the ids of uploaded files in place of their names."""
        for name, encoded in pictures.items():
            try:
                file = await self._upload(base64.b64decode(encoded), token)
            except SlackApiError as error:
                return blocks, outcomes.refusal(error)
            except (SlackRequestError, *outcomes.BROKEN) as error:
                # No message was sent yet: an upload that nobody saw may be repeated.
                return blocks, Later(seconds=outcomes.UNREACHED_WAIT_SECONDS, cause=type(error).__name__)
            blocks = [_filled(block, name, file) for block in blocks]
        return blocks, None

    async def _upload(self, png: bytes, token: str) -> str:
        """The id of the file, which is in no channel yet."""
        answer = await self._client.files_upload_v2(
            filename="kawalis.png", title="Kawalis", file=png, token=token
        )
        return str(answer["file"]["id"])


def _filled(block: Json, name: str, file: str) -> Json:
    if block.get("slack_file") == {"id": name}:
        return {**block, "slack_file": {"id": file}}
    return block


def _not_ready(result: SendResult) -> bool:
    return isinstance(result, Refused) and result.cause.startswith(("invalid_blocks", "invalid_slack_file"))
