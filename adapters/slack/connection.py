"""The Socket Mode connection: kept open on the application's loop, every envelope acknowledged."""

import asyncio
import json
import logging
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import SlackError
from adapters.slack.outcomes import BROKEN, NONSENSE, is_passing, name_of

log = logging.getLogger(__name__)

FIRST_CONNECT_SECONDS = 10.0
STALE_SECONDS = 60.0


class Connection:
    """`open` once, `close` once. Between them the SDK's client keeps the socket alive and replaces it."""

    def __init__(
        self,
        bolt: AsyncApp,
        app_token: str,
        web: AsyncWebClient,
        logger: logging.Logger,
        *,
        ping_seconds: float,
    ) -> None:
        self._bolt, self._app_token, self._web = bolt, app_token, web
        self._logger, self._ping = logger, ping_seconds
        self._client: SocketModeClient | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Raises `SlackError` when the app token is refused. Where Slack cannot be reached, tries on."""
        address = await self._address()
        client = SocketModeClient(
            self._app_token, logger=self._logger, web_client=self._web, ping_interval=self._ping
        )
        client.socket_mode_request_listeners.append(self._handle)
        client.wss_uri = address
        self._client = client
        connecting = asyncio.create_task(client.connect())  # type: ignore[no-untyped-call]
        self._tasks = [connecting, asyncio.create_task(self._renew(client))]
        done, _ = await asyncio.wait({connecting}, timeout=FIRST_CONNECT_SECONDS)
        if not done:
            log.warning("Slack's Socket Mode is not reached yet; we go on trying")

    async def connected(self) -> bool:
        return self._client is not None and await self._client.is_connected()

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        await client.close()  # type: ignore[no-untyped-call]
        inner = (client.message_processor, client.current_session_monitor, client.message_receiver)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *(each for each in inner if each), return_exceptions=True)

    async def _address(self) -> str | None:
        try:
            answer = await self._web.apps_connections_open(app_token=self._app_token)
        except SlackApiError as error:
            if is_passing(error):
                return None
            raise SlackError("slack.app_token_refused", cause=name_of(error)) from None
        except (*BROKEN, *NONSENSE) as error:
            log.warning("Slack is not reached: %s", type(error).__name__)
            return None
        return answer.get("url")

    async def _renew(self, client: SocketModeClient) -> None:
        """The SDK tries one address for ever, whose ticket is good for a short while: have it ask anew."""
        while True:
            await asyncio.sleep(STALE_SECONDS)
            if not await client.is_connected():
                client.wss_uri = None

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """What Bolt does not know is acknowledged too, or Slack would deliver it again and again. What could not be
        looked at (Slack did not say whose token we have) is not: an event comes again.
        """
        answer = await run_async_bolt_app(self._bolt, request)
        if answer.status >= 500:
            log.warning("an envelope of type %s could not be looked at", request.type)
            return
        if answer.status != 200:
            log.info("an envelope of type %s is nothing we know", request.type)
        told = _told(answer) if request.accepts_response_payload else None
        await client.send_socket_mode_response(
            SocketModeResponse(envelope_id=request.envelope_id, payload=told)
        )


def _told(answer: BoltResponse) -> dict[str, Any] | None:
    """What Bolt answers, as a payload: JSON as it is, words as a message."""
    if answer.status != 200 or not answer.body:
        return None
    kind = answer.first_headers().get("content-type", "")
    return json.loads(answer.body) if kind.startswith("application/json") else {"text": answer.body}
