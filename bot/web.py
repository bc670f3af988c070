"""Health and metrics over HTTP: `/healthz` (alive), `/readyz` (the database answers), `/metrics`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from errno import EADDRINUSE

import structlog
from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from adapters.slack.app import SlackApp
from adapters.telegram.app import TelegramApp
from bot.application import Application
from bot.engine.service import Service
from bot.errors import SettingsError
from bot.measures import Measures
from bot.probing import Probe
from storage.errors import StorageError

log = structlog.get_logger(__name__)


def web_app(application: Application, service: Service | None = None) -> web.Application:
    """The web application; routes of chats (webhooks) are added by their gateways."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def look() -> None:
        async with application.kernel.database.unit() as unit:
            await unit.sources.next_due()

    database, measures = Probe(look), Measures(application, service)

    async def readyz(_: web.Request) -> web.Response:
        try:
            await database.answer()
        except (
            StorageError
        ) as error:  # its key says what is wrong; the address and whose it is stay in the log
            log.warning("not ready", key=error.key, cause=error.cause)
            said = {"status": "database does not answer", "cause": error.key}
            return web.json_response(said, status=503)
        return web.json_response({"status": "ready"})

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=await measures.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    app.add_routes([web.route("*", "/{path:.+}", _Chats(application).serve)])
    return app


class _Chats:
    """What the platforms call: Telegram's webhook at the path that was set, Slack's requests at `/slack/…`."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def serve(self, request: web.Request) -> web.Response:
        for gateway in self._application.gateways:
            if (
                isinstance(gateway, TelegramApp)
                and request.method == "POST"
                and request.path == gateway.webhook_path
            ):
                return await _telegram(request, gateway)
            if isinstance(gateway, SlackApp) and request.path.startswith("/slack/"):
                body = await request.read()
                status, headers, answer = await gateway.handle_http(
                    request.method, request.path_qs, request.headers, body
                )
                return web.Response(status=status, headers=headers, body=answer)
        return web.Response(status=404)


async def _telegram(request: web.Request, gateway: TelegramApp) -> web.Response:
    try:
        update = await request.json()
    except (ValueError, RecursionError):
        return web.Response(status=400)
    return web.Response(status=await gateway.handle_webhook(request.headers, update))


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        key = "settings.address_taken" if error.errno == EADDRINUSE else "settings.address_not_ours"
        values = {"name": "KAWALIS_HTTP_ADDRESS", "address": f"{host}:{port}"}
        raise SettingsError(key, cause=str(error), **values) from error


@asynccontextmanager
async def serve_web(application: Application, service: Service | None = None) -> AsyncIterator[None]:
    """Listen on `KAWALIS_HTTP_ADDRESS` while the service runs. Raises `SettingsError` where it cannot be had."""
    runner = web.AppRunner(web_app(application, service), access_log=None)
    await runner.setup()
    try:
        await _listen(runner, *application.kernel.settings.http_address)
        yield
    finally:
        await runner.cleanup()
