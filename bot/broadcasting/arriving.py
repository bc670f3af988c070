"""Looking after what was posted: a post that a platform refuses goes back to its editor, with the reason.

Nothing of it arrived: the draft is a draft again. Some of it did, or nobody knows: the editor may have the rest sent,
which never repeats what is there.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.broadcasting.reasons import reason
from bot.broadcasting.records import content_of, record
from bot.broadcasting.telling import tell
from bot.delivering import target
from bot.services import Services
from storage.editors import Draft, DraftState
from storage.outbox import State
from storage.serialise import to_json
from storage.unit_of_work import UnitOfWork

LOOKED_AFTER = timedelta(days=3)  # since it was approved
PATIENCE = timedelta(minutes=15)  # after which an editor hears that a post still waits

_STOPPED = ("failed", "cancelled", "held")


class Arrival:
    """Looks every minute at what was posted and is not wholly sent."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def tick(self, now: datetime) -> int:
        """How many posts there are about which an editor was told, or told before."""
        async with self._services.database.reading() as unit:
            unsent = await unit.editors.posted_since(now - LOOKED_AFTER)
        return sum([await self._look(draft, now) for draft in unsent])

    async def _look(self, draft: Draft, now: datetime) -> bool:
        editions = _editions(draft)
        async with self._services.database.unit() as unit:
            rows = await unit.outbox.progress(editions)
            stopped = [cause for state, cause in rows if state in _STOPPED]
            if stopped:
                await self._stopped(unit, draft, rows, stopped[0] or "", now)
            elif (draft.decided or now) <= now - PATIENCE:
                await tell(unit, self._services, draft, "draft.waiting", now, once=f"{_attempt(draft)}:waits")
            else:
                return False
            await unit.commit()
        return True

    async def _stopped(
        self,
        unit: UnitOfWork,
        draft: Draft,
        rows: Sequence[tuple[State, str | None]],
        cause: str,
        now: datetime,
    ) -> None:
        arrived = sum(state == "sent" for state, _ in rows)
        lost = sum(state == "held" for state, _ in rows)
        why, values = reason(draft.chat.platform, cause)
        key, button = "draft.failed", "resume"
        if lost:
            key = "draft.unknown"
        elif arrived:
            key = "draft.partly"
            values |= {"sent": str(arrived), "parts": str(len(rows))}
        else:
            await self._give_back(unit, draft, now)
            button = "again"
            if why == "broadcast.message_gone":
                key, button = "draft.original_gone", ""
        await tell(
            unit, self._services, draft, key, now, once=f"{_attempt(draft)}:stopped", reason=why, button=button,
            **values,
        )  # fmt: skip

    async def _give_back(self, unit: UnitOfWork, draft: Draft, now: datetime) -> None:
        """The draft is open again, and the channel's readers have seen nothing of it."""
        content = content_of(draft)
        if not await unit.editors.decide(draft.id, DraftState.DRAFT, since=DraftState.POSTED):
            return
        await unit.outbox.call_off(_editions(draft), "given back")
        if content.seen_before:
            await unit.briefs.put_seen(draft.chat.text, content.brief.topic, content.seen_before)
        data = to_json(replace(content, attempt=content.attempt + 1, seen_before=""))
        await unit.editors.put_draft(
            replace(draft, state=DraftState.DRAFT, scheduled=None, edition=None, data=data)
        )
        by = draft.decided_by or draft.author
        await record(unit, self._services, draft.chat, by, "draft.failed", now, {"draft": draft.id})

    async def resume(self, draft: Draft, now: datetime) -> bool:
        """Send what of a post did not get through; False where nothing waits for that."""
        async with self._services.database.unit() as unit:
            if not await unit.outbox.retry(_editions(draft), now):
                return False
            content = content_of(draft)
            again = replace(draft, decided=now, data=to_json(replace(content, attempt=content.attempt + 1)))
            await unit.editors.put_draft(again)
            await self._services.publisher.wake(unit, [target(draft.chat)])
            await unit.commit()
        return True


def _editions(draft: Draft) -> tuple[str, ...]:
    """Under which id the draft stands in the outbox."""
    return (draft.edition,) if draft.edition else ()


def _attempt(draft: Draft) -> int:
    return content_of(draft).attempt
