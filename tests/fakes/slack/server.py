"""The fake Slack's server and what a test does with it."""

import asyncio
import base64
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from tests.fakes.patience import PATIENCE
from tests.fakes.slack import methods, payloads
from tests.fakes.slack import parameters as known
from tests.fakes.slack.people import CHANNEL, PERSON, TEAM, People
from tests.fakes.slack.socket import Sockets
from tests.fakes.slack.world import Channel, Json, Message, Team, World


@dataclass(frozen=True, kw_only=True)
class Failure:
    error: str
    status: int
    headers: dict[str, str]
    drop: Literal["no", "before", "after"]
    body: str | bytes | None


class SlackFake(People):
    """`async with SlackFake() as fake:` gives `fake.api_url` and the tokens that it takes.

    `clock` (seconds) is what the limit of one message a second in a channel is measured by. What the app is
    sent goes over its Socket Mode connection; set `http` (and `signing_secret`) to have signed requests
    instead. There is one workspace, one channel and one person from the start.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, ack_seconds: float = 3.0) -> None:
        self.bot_token, self.app_token = "xoxb-1-fake", "xapp-1-fake"
        self.client_id, self.client_secret = "111.222", "oauth-secret"
        world = World()
        super().__init__(Sockets(ack_seconds=ack_seconds, number=world.number), world)
        self.world.teams[TEAM] = Team(id=TEAM, token=self.bot_token)
        self.world.channels[CHANNEL] = Channel(id=CHANNEL, name="news", people={PERSON})
        self.world.add_person(PERSON)
        self.calls: list[tuple[str, Json]] = []
        self.refused: list[tuple[str, str]] = []
        self.codes: dict[str, str] = {}  # OAuth: code -> team id
        self._clock = clock
        self._posted: dict[str, float] = {}
        self._failures: dict[str, list[Failure]] = defaultdict(list)
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> "SlackFake":
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_post("/response/{id}", self._response)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/link", self.sockets.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{port}"
        self.api_url = f"{self.base}/api/"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.sockets.drop()
        await self._runner.cleanup()

    # What a test looks at

    def sent(self, channel: str = CHANNEL) -> list[Message]:
        """The messages of a channel (or of the direct message with a person), in order."""
        found = self.world.channel_for(channel)
        return [m for m in self.world.messages if found and m.channel == found.id and m.author is None]

    def home(self, user: str = PERSON) -> Json:
        return self.world.homes[user]

    async def until(self, true: Callable[[], object], *, seconds: float = PATIENCE) -> None:
        """Wait until something is so; looked at after each call that the app makes."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: bool(true())), seconds)

    async def answers(
        self, count: int, channel: str = CHANNEL, *, seconds: float = PATIENCE
    ) -> list[Message]:
        """Wait until a channel holds this many messages."""
        await self.until(lambda: len(self.sent(channel)) >= count, seconds=seconds)
        return self.sent(channel)

    def fail_next(
        self,
        method: str,
        error: str = "",
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        drop: Literal["no", "before", "after"] = "no",
        body: str | bytes | None = None,
    ) -> None:
        """The next call of `method` (or of a `response_url`) fails: with an error, an HTTP status, a body that is
        no JSON, or a connection dropped before or after the work was done.
        """
        failure = Failure(error=error, status=status, headers=dict(headers or {}), drop=drop, body=body)
        self._failures[method].append(failure)

    # How it is served

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given, form = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or given.pop("token", "")
        self.calls.append((method, given))
        failure = self._failures[method].pop(0) if self._failures[method] else None
        if failure and failure.drop == "before":
            return _dropped(request)
        if failure and failure.drop == "no":
            return _failed(failure)
        answer = self._answered(request, method, given, token, form)
        async with self._changed:
            self._changed.notify_all()
        return _dropped(request) if failure else answer

    def _answered(
        self, request: web.Request, method: str, given: Json, token: str, form: bool
    ) -> web.Response:
        try:
            if method not in known.methods():
                raise methods.ProblemError("unknown_method")
            if wrong := known.fault(method, given, form=form):
                raise methods.ProblemError("invalid_arguments", response_metadata={"messages": [wrong]})
            if method == "oauth.v2.access":
                return web.json_response({"ok": True, **self._installed(request, given)})
            team = self._authorised(method, token)
            if method not in methods.CARRIED_OUT:
                raise methods.ProblemError("method_deprecated", why=f"the fake does not carry out {method}")
            if method == "chat.postMessage" and self._too_fast(given["channel"]):
                return web.json_response(
                    {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"}
                )
            call = methods.Call(world=self.world, team=team, given=given, base=self.base, socket=self._socket)
            methods.check_scope(method, call)
            done = methods.CARRIED_OUT[method](call)
            if method == "chat.postMessage":
                self._posted[given["channel"]] = self._clock()
            return web.json_response({"ok": True, **done}, headers={"X-OAuth-Scopes": ",".join(team.scopes)})
        except methods.ProblemError as problem:
            self.refused.append((method, f"{problem.error} {problem.more or ''}".strip()))
            return web.json_response({"ok": False, "error": problem.error, **problem.more})

    def _authorised(self, method: str, token: str) -> Team:
        if not token:
            raise methods.ProblemError("not_authed")
        if method == "apps.connections.open":
            if token != self.app_token:
                raise methods.ProblemError("invalid_auth")
            return next(iter(self.world.teams.values()))
        team = self.world.team_of(token)
        if team is None:
            raise methods.ProblemError("invalid_auth")
        if team.revoked:
            raise methods.ProblemError("token_revoked")
        return team

    def _too_fast(self, channel: str) -> bool:
        now, last = self._clock(), self._posted.get(channel, float("-inf"))
        return now - last < 1.0

    def _socket(self) -> str:
        ticket = f"ticket-{self.world.number()}"
        self.sockets.tickets.add(ticket)
        return f"{self.base.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id=A0KAWALIS"

    def _installed(self, request: web.Request, given: Json) -> Json:
        wanted = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {wanted}":
            raise methods.ProblemError("bad_client_secret")
        team_id = self.codes.pop(given.get("code", ""), None)
        if team_id is None:
            raise methods.ProblemError("invalid_code")
        team = self.world.teams[team_id]
        return {
            "access_token": team.token,
            "token_type": "bot",
            "scope": ",".join(team.scopes),
            "bot_user_id": team.bot_user,
            "app_id": payloads.APP,
            "team": {"id": team.id, "name": "Team"},
            "enterprise": {"id": team.enterprise, "name": "Organisation"} if team.enterprise else None,
            "is_enterprise_install": False,
            "authed_user": {"id": PERSON},
        }

    async def _response(self, request: web.Request) -> web.Response:
        known_url = self._response_urls.get(request.match_info["id"])
        body = await request.json()
        self.calls.append(("response_url", body))
        if self._failures["response_url"]:
            return _failed(self._failures["response_url"].pop(0))
        if known_url is None or known_url["left"] <= 0:
            return web.Response(status=404, text="used_url")
        known_url["left"] -= 1
        allowed = {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"}
        try:
            if not set(body) <= allowed:
                raise methods.ProblemError("invalid_arguments")
            methods.checked(body.get("text", ""), body.get("blocks"), self.world.shown_files)
        except methods.ProblemError as problem:
            self.refused.append(("response_url", f"{problem.error} {problem.more or ''}".strip()))
            return web.Response(status=400, text=problem.error)
        self._respond(known_url, body)
        async with self._changed:
            self._changed.notify_all()
        return web.Response(text="ok")

    def _respond(self, known_url: Json, body: Json) -> None:
        original: Message | None = known_url["message"]
        if body.get("replace_original", original is not None) and original is not None:
            original.text, original.blocks = body["text"], body.get("blocks") or []
            original.edited += 1
            return
        everyone = body.get("response_type") == "in_channel"
        message = Message(
            channel=known_url["channel"],
            ts=self.world.ts(),
            text=body["text"],
            blocks=body.get("blocks") or [],
            thread_ts=body.get("thread_ts"),
            seen_by=None if everyone else known_url["user"],
            sent=body,
        )
        self.world.messages.append(message)

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        if len(content) != int(request.query["length"]):
            return web.Response(status=400, text="length")
        self.world.files[request.match_info["id"]] = content
        return web.Response(text=f"OK - {len(content)}")


async def _arguments(request: web.Request) -> tuple[Json, bool]:
    """The arguments, wherever they are, and whether they are all text."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given.update(await request.json())
        return given, False
    given.update(await request.post())
    return given, True


def _dropped(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def _failed(failure: Failure) -> web.Response:
    if failure.body is not None:
        body = failure.body.encode() if isinstance(failure.body, str) else failure.body
        return web.Response(status=failure.status, body=body, content_type="application/json")
    if not failure.error:
        return web.Response(
            status=failure.status,
            text="<html>error</html>",
            content_type="text/html",
            headers=failure.headers,
        )
    return web.json_response(
        {"ok": False, "error": failure.error}, status=failure.status, headers=failure.headers
    )
