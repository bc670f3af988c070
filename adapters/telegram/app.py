"""Telegram in: one bot's updates, by polling or webhook, as requests to the application.

python-telegram-bot's Application runs inside our loop: it is initialised, started and stopped by us, without
`run_polling`, so that one place owns signals and shutdown.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hmac import compare_digest
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from telegram import ChatMemberUpdated, InlineQuery, Message, Update
from telegram.constants import ChatAction, ChatMemberStatus
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler

from adapters.chat.isolate import mostly
from adapters.chat.notices import notice_message, notice_of
from adapters.chat.ports import Address, Ask, Gone, Later, Refused, Reply, Request, SendResult, Sent
from adapters.chat.shown import shown
from adapters.chat.units import units
from adapters.telegram.errors import NONSENSE, TelegramProblem, problem_with_token
from adapters.telegram.inbox import CONFIRM_SECONDS, Inbox, KeepingBot, readable
from adapters.telegram.incoming import inline_request, request_of
from adapters.telegram.offers import OFFERS_KEPT, above, offers
from adapters.telegram.profile import Profile, publish
from adapters.telegram.requests import make_polling_request, make_request
from adapters.telegram.rights import Rights
from adapters.telegram.send import TelegramPost
from adapters.telegram.turns import TURN_SECONDS, Turns

log = logging.getLogger(__name__)

UPDATES = ["message", "edited_message", "channel_post", "callback_query", "inline_query", "my_chat_member"]
REPLY_TRIES = 3
LONGEST_REPLY_WAIT = 20.0
TOAST = 200  # characters of a notice
PATIENCE_SECONDS = 1.0  # then the person sees that we are at work
PRESS_SECONDS = 8.0  # within which a pressed button is answered
TYPING_SECONDS = 4.0  # Telegram shows it for five
ALBUMS = 100  # whose first picture is remembered
_IN = frozenset(
    {
        ChatMemberStatus.MEMBER,
        ChatMemberStatus.ADMINISTRATOR,
        ChatMemberStatus.OWNER,
        ChatMemberStatus.RESTRICTED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram is to call us, and the secret it must bring along."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """We were added to a chat, or blocked or removed there, or it has a new id (a group became a supergroup)."""

    address: Address
    kind: Literal["joined", "left", "moved"]
    to: str = ""  # the new id, with "moved"
    name: str = ""


OnMembership: TypeAlias = Callable[[Membership], Awaitable[None]]
Profiles: TypeAlias = Mapping[str, Profile]  # by language


class TelegramApp:
    """One bot. `clock` (seconds, monotonic) and `sleep` are for tests."""

    platform = "telegram"

    def __init__(
        self,
        token: str,
        ask: Ask,
        *,
        api_url: str = "https://api.telegram.org",
        webhook: Webhook | None = None,
        profiles: Profiles | None = None,
        on_membership: OnMembership | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
        press_seconds: float = PRESS_SECONDS,
        turn_seconds: float = TURN_SECONDS,
        confirm_seconds: float = CONFIRM_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        for name in ("httpx", "httpcore", "telegram", "telegram.ext"):
            logging.getLogger(name).setLevel(
                logging.WARNING
            )  # their INFO lines show the address, which holds the token
        self._ask, self._webhook, self._profiles = ask, webhook, profiles or {}
        self._on_membership, self._sleep = on_membership, sleep
        self._patience, self._press = patience_seconds, press_seconds
        self._albums: list[str] = []
        root = api_url.rstrip("/")
        self._inbox = Inbox(seconds=confirm_seconds)
        bot = KeepingBot(
            token, self._inbox, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot",
            request=make_request(), get_updates_request=make_polling_request(),
        )  # fmt: skip
        turns = Turns(self._inbox, seconds=turn_seconds)
        self._application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().bot(bot).concurrent_updates(turns).build()
        )
        self._application.add_handler(TypeHandler(Update, self._handle))
        self._application.add_error_handler(_failed)
        self.post = TelegramPost(self._application.bot, clock=clock, sleep=sleep)
        self.rights = Rights(self._application.bot, clock=clock)

    @property
    def bot(self) -> str:
        """The bot's id, known once started."""
        return str(self._application.bot.id)

    async def start(self) -> None:
        """Check the token and begin to listen; see `prepare` and `listen`."""
        await self.prepare()
        await self.listen()

    async def prepare(self) -> None:
        """Check the token; from here on we can send. Raises `TelegramProblem` `telegram.token_refused` or, where
        Telegram does not answer, `telegram.unreachable`.
        """
        try:
            await self._application.initialize()
        except (TelegramError, *NONSENSE) as error:
            await self._application.bot.shutdown()
            raise problem_with_token(error) from None
        await self._application.start()
        await publish(self._application.bot, self._profiles)

    async def listen(self) -> None:
        """Take updates, until `unlisten`. Telegram gives a bot's updates to one process at a time. Raises
        `TelegramProblem` `telegram.webhook_refused`.
        """
        if self._webhook is None:
            assert self._application.updater is not None  # noqa: S101  (built with one)
            await self._application.updater.start_polling(
                allowed_updates=UPDATES, bootstrap_retries=-1, error_callback=_polling_failed, timeout=30
            )
        else:
            await self._set_webhook(self._webhook)

    async def unlisten(self) -> None:
        """Ask for no more updates; another process may. A webhook stays: its address serves them all."""
        updater = self._application.updater
        if updater is not None and updater.running:
            await updater.stop()

    async def _set_webhook(self, webhook: Webhook) -> None:
        try:
            await self._application.bot.set_webhook(
                webhook.url, secret_token=webhook.secret, allowed_updates=UPDATES
            )
        except TelegramError as error:
            await self.stop()
            passing = isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)
            key = "telegram.unreachable" if passing else "telegram.webhook_refused"
            raise TelegramProblem(key, cause=error.message) from None

    async def stop(self) -> None:
        """Take nothing more, finish what is under way, close the connections."""
        await self.unlisten()
        if self._application.running:
            await self._application.stop()
        await self._application.shutdown()

    @property
    def webhook_path(self) -> str | None:
        """The path at which Telegram calls this bot; None where it is polled."""
        return urlsplit(self._webhook.url).path if self._webhook else None

    async def handle_webhook(self, headers: Mapping[str, str], update: Any) -> int:
        """Answer Telegram's call, once the update is handled or after a moment: the HTTP status. One without our secret
        is refused.
        """
        given = {name.lower(): value for name, value in headers.items()}.get(
            "x-telegram-bot-api-secret-token", ""
        )
        if self._webhook is None or not compare_digest(given.encode(), self._webhook.secret.encode()):
            return 403
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return 400
        parsed = Update.de_json(readable(update), self._application.bot)
        self._inbox.came([parsed.update_id])
        await self._application.update_queue.put(parsed)
        await self._inbox.handled([parsed.update_id])
        return 200

    async def _handle(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.my_chat_member is not None:
            await self._changed(update.my_chat_member)
            return
        if update.message is not None and update.message.migrate_to_chat_id is not None:
            await self._moved(update.message.chat.id, update.message.migrate_to_chat_id)
            return
        if update.inline_query is not None:
            await self._offered(update.inline_query)
            return
        if self._seen_before(update.message):
            return
        request = request_of(update, self.bot, self._application.bot.username)
        if request is None:
            if update.callback_query is not None:
                await self._answered(update, None)
            return
        if request.group and not request.admin and request.person:
            admin = await self.rights.administers(request.address.chat, request.person)
            request = replace(request, admin=admin)
        async with self._at_work(request.address):
            reply = await self._asked(update, request)
        await self._deliver(request, reply)

    def _seen_before(self, message: Message | None) -> bool:
        """Whether it is one more picture of an album that was heard: each is an update, and the first has the words."""
        album = message.media_group_id if message else None
        if message is None or album is None:
            return False
        known = album in self._albums
        self._albums = [*self._albums, album][-ALBUMS:]
        return known and not message.caption

    async def _asked(self, update: Update, request: Request) -> Reply:
        """The application's answer. A pressed button waits for it some seconds, as its notice belongs to the button;
        Telegram takes no answer to a press for much longer, and a notice that is late comes as a message.
        """
        if update.callback_query is None:
            return await self._ask(request)
        asking = asyncio.ensure_future(self._ask(request))
        try:
            await asyncio.wait({asking}, timeout=self._press)
        finally:
            in_time = asking.done() and not asking.cancelled() and asking.exception() is None
            confided = in_time and request.group and asking.result().aside
            told = notice_of(asking.result()) if confided else asking.result().notice if in_time else None
            await self._answered(update, told, alert=bool(confided))
        reply = await asking
        if confided:  # what is wrong concerns whoever pressed, and nobody else in the group
            return Reply()
        if in_time or not reply.notice:
            return reply
        return replace(reply, messages=(*reply.messages, notice_message(reply.notice)))

    @contextlib.asynccontextmanager
    async def _at_work(self, address: Address) -> AsyncIterator[None]:
        """Show that we are at work, as long as it takes and for those who wait longer than a moment."""
        showing = asyncio.create_task(self._typing(address))
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def _typing(self, address: Address) -> None:
        wait = self._patience
        while True:
            await asyncio.sleep(wait)
            wait = TYPING_SECONDS
            thread = int(address.thread) if address.thread else None
            with contextlib.suppress(TelegramError):
                await self._application.bot.send_chat_action(
                    int(address.chat), ChatAction.TYPING, message_thread_id=thread
                )

    async def _offered(self, query: InlineQuery) -> None:
        """What is typed after our name in any chat is answered with offers, each at most one message."""
        reply = await self._ask(inline_request(query, self.bot))
        found = offers(reply.messages, self._application.bot.username)
        button = above(reply.above) if reply.above else None
        try:
            await query.answer(found, cache_time=OFFERS_KEPT, is_personal=True, button=button)
        except TelegramError as error:  # the person typed on meanwhile
            log.warning("an inline query was not answered: %s", error.message)

    async def _deliver(self, request: Request, reply: Reply) -> None:
        sent: list[tuple[str, str]] = []
        for message in reply.messages:
            payloads = self.post.parts(message)
            if message.private and request.group:
                if await self._confided(request, payloads):
                    continue
                if reply.unheard is not None:
                    await self._deliver(request, Reply(messages=(reply.unheard,)))
                return
            if reply.replace and request.message and len(payloads) == 1:
                edited = await self._edit(request.address, request.message, payloads[0])
                if not isinstance(edited, Refused | Gone):  # too old to be edited, or deleted: sent anew
                    continue
            for payload in payloads:
                result = await self._send(request.address, payload)
                if not isinstance(result, Sent):
                    log.warning("a reply was not sent: %s", type(result).__name__)
                    return
                sent.append((payload, result.message))
        if reply.arrived is not None and sent:
            await reply.arrived(sent)

    async def _confided(self, request: Request, payloads: Sequence[str]) -> bool:
        """Send to the person's own chat with us. False where there is none: they never wrote to us there."""
        own = replace(request.address, chat=request.person, thread="")
        if not request.person or not isinstance(await self._send(own, payloads[0]), Sent):
            return False
        for payload in payloads[1:]:
            await self._send(own, payload)
        return True

    async def _send(self, address: Address, payload: str) -> SendResult:
        return await self._patiently(lambda: self.post.send(address, payload, ahead=True))

    async def _edit(self, address: Address, message: str, payload: str) -> SendResult:
        return await self._patiently(lambda: self.post.edit(address, message, payload))

    async def _patiently(self, send: Callable[[], Awaitable[SendResult]]) -> SendResult:
        """A reply is sent at once, and again where Telegram asked to wait a little."""
        for _ in range(REPLY_TRIES):
            result = await send()
            if not isinstance(result, Later) or result.seconds > LONGEST_REPLY_WAIT:
                break
            await self._sleep(result.seconds)
        return result

    async def _answered(self, update: Update, notice: str | None, *, alert: bool = False) -> None:
        query = update.callback_query
        if query is None:
            return
        try:
            await query.answer(text=_toast(notice) if notice else None, show_alert=alert or None)
        except TelegramError as error:
            log.warning("a button's press was not answered: %s", error.message)

    async def _moved(self, old: int, new: int) -> None:
        if self._on_membership is not None:
            address = Address(platform="telegram", bot=self.bot, chat=str(old))
            await self._on_membership(Membership(address=address, kind="moved", to=str(new)))

    async def _changed(self, change: ChatMemberUpdated) -> None:
        if self._on_membership is None:
            return
        inside = change.new_chat_member.status in _IN
        address = Address(platform="telegram", bot=self.bot, chat=str(change.chat.id))
        await self._on_membership(Membership(address=address, kind="joined" if inside else "left"))


def _toast(notice: str) -> str:
    """The notice as it may be shown: cut between words where it is too long."""
    text, room = shown(notice, mostly(notice)), TOAST
    while units(text) > TOAST:
        room -= 5  # marks of direction count too
        kept = notice[:room].rsplit(None, 1)[0]
        text = shown(f"{kept}…", mostly(kept))
    return text


async def _failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    log.error("an update failed: %s", type(context.error).__name__)


def _polling_failed(error: TelegramError) -> None:
    log.warning("polling failed: %s", type(error).__name__)
