"""What a pause that ends means for a chat's digests: none was missed, and the next comes at its hour."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.digests import next_firing
from storage.chat_keys import ChatKey
from storage.chats import Subscription
from storage.unit_of_work import UnitOfWork


async def resume(unit: UnitOfWork, key: ChatKey, now: datetime) -> None:
    """The chat, with its threads where none is named, is written to again from `now` on. The caller commits."""
    await _from_now(unit, await unit.chats.resume(key), now)


async def resume_all(
    unit: UnitOfWork, platform: str, bot: str, causes: Collection[str], now: datetime
) -> None:
    """As `resume`, every chat of a bot that paused for one of these causes."""
    await _from_now(unit, await unit.chats.resume_paused(platform, bot, causes), now)


async def _from_now(unit: UnitOfWork, subscribed: Sequence[Subscription], now: datetime) -> None:
    """Hours that came during the pause are handled: nobody was to be written to then."""
    await unit.chats.handled(
        [replace(each, last_fired=now, next_due=next_firing(each, now)) for each in subscribed]
    )
