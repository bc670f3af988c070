"""What it means for a chat's rows that we came into it, left it, or that it has another name or id.

Left or archived: what is subscribed there pauses, and what waits is not sent. Back again: it resumes, and what came
due meanwhile was not missed. An uninstalled app leaves every chat of its workspace at once; installed again, those
that paused for it resume, whether an event told us or a send that failed.
"""

from datetime import datetime

from bot.broadcasting.reasons import NOT_INSTALLED
from bot.gateways import CAME, LEFT, Membership
from bot.resuming import resume, resume_all
from storage.chat_keys import ChatKey
from storage.unit_of_work import UnitOfWork


async def record_change(unit: UnitOfWork, change: Membership, now: datetime) -> None:
    """Write it into `unit`; the caller commits."""
    here = change.address
    key = ChatKey(platform=here.platform, bot=here.bot, chat=here.chat or "-", thread=here.thread)
    if not here.chat:
        await _workspace(unit, change, now)
    elif change.kind in LEFT:
        await _leave(unit, key, change.kind)
    elif change.kind in CAME:
        await resume(unit, key, now)
    elif change.kind == "moved" and change.to:
        await unit.chat_data.rename(here.platform, here.bot, here.chat, change.to)
    elif change.kind == "renamed" and change.name:
        await unit.chats.entitle(key, f"#{change.name}")


async def _workspace(unit: UnitOfWork, change: Membership, now: datetime) -> None:
    here = change.address
    if change.kind in CAME:
        await resume_workspace(unit, here.platform, here.bot, now)
    elif change.kind in LEFT:
        for chat in await unit.chats.all(here.platform, here.bot):
            if not chat.paused:
                await _leave(unit, chat.key, change.kind)


async def resume_workspace(unit: UnitOfWork, platform: str, bot: str, now: datetime) -> None:
    """We are installed (again): what paused because we were not goes on. The caller commits."""
    await resume_all(unit, platform, bot, NOT_INSTALLED, now)


async def _leave(unit: UnitOfWork, key: ChatKey, cause: str) -> None:
    await unit.chats.pause(key, cause)
    await unit.outbox.cancel_chat(key.platform, key.bot, key.chat, cause)
