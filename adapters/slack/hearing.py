"""Whatever Slack delivers: understood, worked on, and acknowledged when that is done, or after a moment.

What is not acknowledged Slack delivers again (events), or tells the person that we did not answer (commands, buttons):
a process that is killed takes nothing with it in silence.
"""

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chat.ports import Ask, Reply, Request
from adapters.slack import incoming
from adapters.slack.answering import Answering
from adapters.slack.incoming import Body, Heard, Membership
from adapters.slack.people import People

log = logging.getLogger(__name__)

STOP_SECONDS = 10.0
MODAL_SECONDS = 2.0  # of the three that Slack gives us
CONFIRM_SECONDS = 2.0  # of the three after which Slack takes it for lost
REMEMBERED_EVENTS = 10_000

OnMembership = Callable[[Membership], Awaitable[None]]
Working = Callable[[Request], str]


class Hearing:
    """Listens on a Bolt app that answers Slack when its listeners have returned (`process_before_response`). `changed`
    is told of our place in channels and workspaces; `working` is shown to a person whose answer takes longer than
    `patience` seconds; what takes longer than `confirm` seconds is acknowledged before it is done.
    """

    def __init__(
        self,
        ask: Ask,
        answering: Answering,
        people: People,
        changed: OnMembership,
        *,
        working: Working | None,
        patience: float,
        confirm: float = CONFIRM_SECONDS,
    ) -> None:
        self._ask = ask
        self._answering = answering
        self._people = people
        self._changed = changed
        self._working = working
        self._patience = patience
        self._confirm = confirm
        self._work: set[asyncio.Task[None]] = set()
        self._handled: OrderedDict[str, None] = OrderedDict()

    def listen(self, bolt: AsyncApp) -> None:
        """One listener for each kind of thing that Slack delivers, and none of them picky."""
        everything = re.compile(".*", re.DOTALL)

        async def on_event(body: Body, context: Any, client: AsyncWebClient) -> None:
            await self._soon(self._event(body, context.get("bot_user_id"), client))

        async def on_command(ack: Any, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await self._soon(self._answer(incoming.slash(body), client))

        async def on_action(ack: Any, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await self._soon(self._answer(incoming.press(body), client))

        async def on_shortcut(ack: Any, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await self._soon(self._answer(incoming.shortcut(body), client))

        async def on_view(ack: Any, body: Body, client: AsyncWebClient) -> None:
            heard = incoming.submitted(body)
            if heard is None:
                await ack()
            else:
                await self._submitted(ack, heard, client)

        bolt.event(everything)(on_event)
        bolt.command(everything)(on_command)
        bolt.action(everything)(on_action)
        bolt.shortcut(everything)(on_shortcut)
        bolt.view(everything)(on_view)

    def tell(self, change: Membership) -> "asyncio.Task[None]":
        """Have the application told of a change of our place."""
        return self._begin(self._changed(change))

    async def finish(self) -> None:
        """Wait for what is under way, ten seconds at most."""
        if self._work:
            _, late = await asyncio.wait(self._work, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _soon(self, work: "asyncio.Task[None] | None") -> None:
        """Until it is done; not for long."""
        if work is not None:
            await asyncio.wait({work}, timeout=self._confirm)

    def _event(self, body: Body, own: str | None, client: AsyncWebClient) -> "asyncio.Task[None] | None":
        if not self._first_time(body.get("event_id")):
            return None
        match body["event"].get("type"):
            case "app_mention":
                new = self._first_time(incoming.written(body))
                return self._answer(incoming.mention(body), client) if new else None
            case "message":
                return self._answer(incoming.direct(body), client)
            case "app_home_opened":
                return self._answer(incoming.home(body), client)
            case _:
                change = incoming.membership(body, own)
                return self.tell(change) if change is not None else None

    def _first_time(self, event: str | None) -> bool:
        """Slack sends an event again when our acknowledgement was late or lost. By its id, or by what was written."""
        if event is None:
            return True
        if event in self._handled:
            return False
        self._handled[event] = None
        while len(self._handled) > REMEMBERED_EVENTS:
            self._handled.popitem(last=False)
        return True

    def _answer(self, heard: Heard | None, client: AsyncWebClient) -> "asyncio.Task[None] | None":
        return self._begin(self._asked(heard, client)) if heard is not None else None

    async def _asked(self, heard: Heard, client: AsyncWebClient) -> None:
        heard = replace(heard, request=await self._known(heard, client))
        reply = asyncio.ensure_future(self._ask(heard.request))
        try:
            if self._working and not heard.home:
                await asyncio.wait({reply}, timeout=self._patience)
                if not reply.done():
                    notice = Reply(notice=self._working(heard.request))
                    await self._answering.answer(heard, notice)
            await self._answering.answer(heard, await reply)
        finally:
            reply.cancel()

    async def _submitted(self, ack: Any, heard: Heard, client: AsyncWebClient) -> None:
        """What is wrong with a modal's answers is shown in it, beside the fields, while Slack still waits for our
        acknowledgement; where that takes too long the modal closes, and the answer is told as any other.
        """

        async def asked() -> Reply:
            return await self._ask(await self._known(heard, client))

        reply = asyncio.ensure_future(asked())
        await asyncio.wait({reply}, timeout=MODAL_SECONDS)
        errors = reply.result().errors if reply.done() and not reply.exception() else None
        if errors:
            await ack(response_action="errors", errors=dict(errors))
            return
        await ack()
        self._begin(self._told(heard, reply))

    async def _told(self, heard: Heard, reply: "asyncio.Future[Reply]") -> None:
        await self._answering.answer(heard, await reply)

    async def _known(self, heard: Heard, client: AsyncWebClient) -> Request:
        """The request with what Slack tells of the person and the channel."""
        request = heard.request
        team, channel = request.address.bot, request.address.chat
        person = await self._people.person(client, team, request.person)
        known = replace(request, language=person.language, zone=person.zone)
        if not request.group and not heard.elsewhere:
            return known
        place = await self._people.channel(client, team, channel)
        return replace(
            known, admin=not request.group or person.admin or place.creator == request.person,
            name=place.name or request.name if request.group else None, present=place.member is not False,
        )  # fmt: skip

    def _begin(self, work: Awaitable[None]) -> "asyncio.Task[None]":
        task = asyncio.ensure_future(_run(work))
        self._work.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("what came from Slack could not be answered", exc_info=error)


async def _run(work: Awaitable[None]) -> None:
    await work
