"""Eight invented outlets over real HTTP, on a loopback port that the system chooses."""

import hashlib
import tomllib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.sample.pages import Outlet, Piece, content_type, render_feed, render_page
from summaries.types import Source, SourceId

SAMPLE_NOW = datetime(2024, 3, 28, 9, 0, tzinfo=UTC)
SAMPLE_WINDOW = timedelta(days=10)
_HOST = "127.0.0.1"
_EVIDENCE = "invented: sample newsroom"


def read_outlets() -> tuple[Outlet, ...]:
    """The packaged outlets with their articles, by id."""
    folder = files("bot.sample") / "articles"
    cards = [entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return tuple(sorted(map(_outlet, map(tomllib.loads, cards)), key=lambda outlet: outlet.id))


def _outlet(card: dict[str, Any]) -> Outlet:
    values = {key: value for key, value in card.items() if key != "article"}
    return Outlet(**values, pieces=tuple(_piece(dict(table)) for table in card["article"]))


def _piece(table: dict[str, Any]) -> Piece:
    table["published"] = datetime.fromisoformat(table["published"])
    table["paragraphs"] = tuple(table["paragraphs"])
    table["related"] = tuple(table.get("related", ()))
    return Piece(**table)


class Newsroom:
    """Serves the sample's feeds, pages and robots.txt while it is entered; `port` is known from then on."""

    def __init__(self) -> None:
        self._outlets = {outlet.id: outlet for outlet in read_outlets()}
        self._pieces = {
            f"/{outlet.id}/{piece.path}": (outlet, piece)
            for outlet in self._outlets.values()
            for piece in outlet.pieces
        }
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def port(self) -> int:
        """The port. Raises: RuntimeError outside the context."""
        if self._runner is None:
            raise RuntimeError("the newsroom is closed")
        return self._port

    @property
    def root(self) -> str:
        """What every address begins with, without a slash at the end."""
        return f"http://{_HOST}:{self.port}"

    def sources(self) -> tuple[Source, ...]:
        """The outlets' feeds as sources to poll."""
        return tuple(
            Source(
                id=SourceId(outlet.id),
                outlet=outlet.name,
                url=f"{self.root}/{outlet.id}/feed.xml",
                country=outlet.country,
                owner=outlet.owner,
                kind=outlet.kind,
                state_funded=outlet.state_funded,
                zone=outlet.zone,
                evidence=_EVIDENCE,
                names=(outlet.name,),
            )
            for outlet in self._outlets.values()
        )

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_get("/{outlet}/feed.xml", self._feed)
        app.router.add_get("/{outlet}/{path:.+}", self._page)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, _HOST, 0).start()
        except BaseException:
            await runner.cleanup()
            raise
        self._port = runner.addresses[0][1]
        self._runner = runner
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _robots(self, request: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nAllow: /\n")

    async def _feed(self, request: web.Request) -> web.Response:
        outlet = self._outlets.get(request.match_info["outlet"])
        if outlet is None:
            raise web.HTTPNotFound
        body = render_feed(outlet, self.root)
        newest = max(piece.published for piece in outlet.pieces).astimezone(UTC)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Last-Modified": format_datetime(newest, usegmt=True)}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, headers={**headers, "Content-Type": content_type(outlet)})

    async def _page(self, request: web.Request) -> web.Response:
        found = self._pieces.get(request.path_qs)
        if found is None:
            raise web.HTTPNotFound
        outlet, piece = found
        return web.Response(
            body=render_page(outlet, piece, self.root),
            headers={"Content-Type": f"text/html; charset={outlet.encoding}"},
        )
