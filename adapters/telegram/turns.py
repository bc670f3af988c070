"""In which order updates are handled: those of one person in one chat as they came, those of others meanwhile."""

import asyncio
from collections.abc import Awaitable
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from adapters.telegram.inbox import Inbox

WAITING = 4096  # updates that are taken on at once; the rest waits in python-telegram-bot's queue
AT_ONCE = 256  # of these, so many are at work
TURN_SECONDS = 3.0
Turn = tuple[int, int]  # a chat and a person


class Turns(BaseUpdateProcessor):
    """Who sends three commands, or sent them while we were down, has them carried out in that order. Work that takes
    longer than `seconds` goes on, and keeps the person's next update waiting no more. `inbox` is told what is done.
    """

    def __init__(self, inbox: Inbox, *, seconds: float = TURN_SECONDS) -> None:
        super().__init__(max_concurrent_updates=WAITING)
        self._inbox, self._seconds = inbox, seconds
        self._turns: WeakValueDictionary[Turn, asyncio.Lock] = WeakValueDictionary()
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def initialize(self) -> None:
        """Nothing is to be opened."""

    async def shutdown(self) -> None:
        """Nothing is to be closed."""

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Carry the update out, and not before the one that came before it."""
        try:
            await self._in_turn(update, coroutine)
        finally:
            if isinstance(update, Update):
                self._inbox.over(update.update_id)

    async def _in_turn(self, update: object, coroutine: Awaitable[object]) -> None:
        whose = turn_of(update)
        if whose is None:
            await self._work(coroutine)
            return
        turn = self._turns.setdefault(whose, asyncio.Lock())
        async with turn:
            work = asyncio.ensure_future(self._work(coroutine))
            try:
                await asyncio.wait({work}, timeout=self._seconds)
            except asyncio.CancelledError:
                work.cancel()
                raise
        await work

    async def _work(self, coroutine: Awaitable[object]) -> None:
        async with self._at_once:
            await coroutine


def turn_of(update: object) -> Turn | None:
    """Whose turn an update takes; None where the order is of no account. Who lets us into a group and out of it, and
    who posts in the group's or a channel's name, takes the chat's own.
    """
    if not isinstance(update, Update) or update.inline_query is not None or update.effective_chat is None:
        return None
    message = update.effective_message
    named = message is not None and message.sender_chat is not None
    person = None if update.my_chat_member or named else update.effective_user
    chat = update.effective_chat
    return chat.id, chat.id if person is None else person.id
