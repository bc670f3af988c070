"""Bringing the application's answer to where it was asked."""

import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

import aiohttp

from adapters.chat.message import Message
from adapters.chat.notices import notice_message
from adapters.chat.ports import Ask, Gone, Later, Reply, SendResult, Sent
from adapters.slack import limits
from adapters.slack.incoming import Heard
from adapters.slack.inlines import Json, escape
from adapters.slack.modal import modal
from adapters.slack.outcomes import BROKEN, broken, name_in, outcome
from adapters.slack.render import render, shortened
from adapters.slack.send import SlackPost

log = logging.getLogger(__name__)

# `response_url` takes five: the word that we are at work, and these; what remains is posted.
RESPONSES = 4
RATE_TRIES = 3


class Answering:
    """One answer: messages posted, whispered, put in the place of another, or published as App Home."""

    def __init__(
        self,
        ask: Ask,
        post: SlackPost,
        session: Callable[[], aiohttp.ClientSession],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._ask = ask
        self._post = post
        self._session = session
        self._sleep = sleep

    async def answer(self, heard: Heard, reply: Reply) -> None:
        if reply.form and heard.trigger:
            address = heard.request.address
            view = modal(reply.form, address.chat)
            opened = await self._post.open_modal(address.bot, heard.trigger, view)
            if isinstance(opened, Sent):
                return
            log.warning("a form was not opened: %s", opened)
        if reply.errors:
            reply = replace(reply, messages=tuple(notice_message(error) for error in reply.errors.values()))
        if heard.home:
            await self._in_home(heard, reply)
            return
        left = RESPONSES
        sent: list[tuple[str, str]] = []
        payloads = [(p, m.private or reply.aside) for m in reply.messages for p in self._post.parts(m)]
        if reply.notice and not payloads:
            payloads = [(self._notice(reply.notice), True)]
        for place, (payload, private) in enumerate(payloads):
            if reply.replace and place == 0 and heard.request.message:
                result = await self._replaced(heard, payload)
            else:
                result, left = await self._said(heard, payload, private, left)
            if not isinstance(result, Sent):
                log.warning("an answer in %s was not delivered: %s", heard.request.address.chat, result)
                return
            # A message inside a thread is answered in that thread, whose first message names it.
            sent += [(payload, heard.thread or result.message)] if result.message else []
        if reply.arrived is not None and sent:
            await reply.arrived(sent)

    def _notice(self, notice: str) -> str:
        return self._post.parts(notice_message(notice))[0]

    async def _replaced(self, heard: Heard, payload: str) -> SendResult:
        if heard.ephemeral and heard.response_url:
            return await self._respond(heard.response_url, payload, replace_original=True)
        message = heard.request.message or ""
        return await self._patiently(lambda: self._post.edit(heard.request.address, message, payload))

    async def _said(self, heard: Heard, payload: str, private: bool, left: int) -> tuple[SendResult, int]:
        """The result, and how many more answers the `response_url` takes."""
        request, content = heard.request, json.loads(payload)
        address, url = replace(request.address, thread=heard.thread), heard.response_url if left else None
        alone = request.group and (private or heard.ephemeral)
        if alone and "file" in content:
            return await self._patiently(lambda: self._post.confide(address, request.person, payload)), left
        if alone and url and "pictures" not in content:
            return await self._respond(url, payload, thread_ts=heard.thread or None), left - 1
        if alone:
            result = await self._patiently(lambda: self._post.whisper(address, request.person, payload))
        else:
            result = await self._patiently(lambda: self._post.send(address, payload))
        if isinstance(result, Gone) and url and "file" not in content:
            kind = "in_channel" if request.group and not alone else "ephemeral"
            return await self._respond(url, payload, response_type=kind), left - 1
        return result, left

    async def _patiently(self, send: Callable[[], Awaitable[SendResult]]) -> SendResult:
        """A person waits for this: a short halt is waited for here."""
        result = await send()
        for _ in range(RATE_TRIES - 1):
            if not isinstance(result, Later) or result.seconds > 30:
                break
            await self._sleep(result.seconds)
            result = await send()
        return result

    async def _respond(self, url: str, payload: str, **options: object) -> SendResult:
        """Through the `response_url`, which takes no uploaded picture: what it shows is said in its place."""
        content: Json = json.loads(payload)
        blocks = [_in_words(block) for block in content["blocks"]]
        options = {name: value for name, value in options.items() if value is not None}
        body = {"text": content["text"], "blocks": blocks, "replace_original": False, **options}
        return await self._patiently(lambda: self._put(url, body))

    async def _put(self, url: str, body: Json) -> SendResult:
        try:
            async with self._session().post(url, json=body) as answer:
                if answer.status == 200:
                    return Sent(message="")
                return outcome(name_in(await answer.text()), answer.status, answer.headers)
        except BROKEN as error:
            return broken(error)

    async def _in_home(self, heard: Heard, reply: Reply) -> None:
        """`home` is published. What a button there opens goes to the direct message; home is shown anew."""
        address, person = heard.request.address, heard.request.person
        shown = reply
        asked = heard.request.pressed or heard.request.fields is not None
        if asked and not reply.replace:
            for payload in self._payloads(reply.messages):
                result = await self._patiently(lambda payload=payload: self._post.send(address, payload))  # type: ignore[misc]
                if not isinstance(result, Sent):
                    log.warning("an answer in %s was not delivered: %s", address.chat, result)
            shown = await self._ask(
                replace(heard.request, text="home", pressed=False, command=True, fields=None)
            )
        view = home_view(shown.messages, address.chat)
        result = await self._patiently(lambda: self._post.publish_home(address.bot, person, view))
        if not isinstance(result, Sent):
            log.warning("the App Home was not published: %s", result)

    def _payloads(self, messages: Iterable[Message]) -> list[str]:
        return [payload for message in messages for payload in self._post.parts(message)]


def _in_words(block: Json) -> Json:
    """A picture's caption and its words for the blind; any other block as it is."""
    if "slack_file" not in block:
        return block
    caption, alt = (block.get("title") or {}).get("text", ""), escape(block["alt_text"])
    said = shortened(f"{caption}\n{alt}".strip(), limits.TEXT)
    return {"type": "context", "elements": [{"type": "plain_text", "text": said, "emoji": False}]}


def home_view(messages: Iterable[Message], chat: str) -> Json:
    """An App Home view of these messages; what a view cannot hold (blocks over 100, pictures) is left out.

    The direct message's id travels along, so that a press in the view is known to belong to that chat.
    """
    blocks: list[Json] = []
    for message in messages:
        for part in render(message, most_blocks=limits.HOME_BLOCKS):
            blocks += [block for block in part.blocks if "slack_file" not in block]
    used: set[str] = set()
    for place, block in enumerate(blocks):
        if block.get("block_id") in used:
            block["block_id"] = f"{block['block_id']}:{place}"
        used.add(block.get("block_id", ""))
    return {"type": "home", "blocks": blocks[: limits.HOME_BLOCKS], "private_metadata": chat}
