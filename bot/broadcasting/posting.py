"""Posting what an editor approved: the decision, the deliveries and the record are one transaction.

    draft --approve--> posted                          draft --reject--> rejected
      |                  ^
      `--approve, with an hour--> approved --its hour--'

A draft changes its state once: of two presses, or of two processes, one is too late and posts nothing. It is held
while it is decided or changed, so that what is posted is what was seen. The edition carries the draft's id, so that
the outbox too takes it once.
"""

from dataclasses import replace
from datetime import datetime
from typing import Literal, TypeAlias

from adapters.chat.ports import NO_ANSWER, Address, Platform
from bot.broadcasting.denied import denied_since
from bot.broadcasting.outgoing import posted_as, put_out
from bot.broadcasting.records import RECENT, content_of, record
from bot.broadcasting.schedule import verdict
from bot.broadcasting.telling import still_edits, tell, tell_author, tell_others
from bot.services import Services
from storage.editors import Draft, DraftState
from storage.unit_of_work import UnitOfWork

Outcome: TypeAlias = Literal[
    "draft.posted", "draft.scheduled", "draft.decided", "draft.changed", "draft.outdated", "draft.reason_needed",
    "draft.not_sent",
]  # fmt: skip


_TO_LOOK_AT = ("draft.late", "draft.outdated", "draft.denied")
"""Why an approved draft was not posted, where it is not the news any more that it was when it was approved."""


class Posting:
    """Approves, posts, and posts at their hour."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def approve(
        self, draft: Draft, person: str, now: datetime, *, at_once: bool = False
    ) -> tuple[Outcome, Draft]:
        """Post the draft, or keep it for its hour; what became of it, as a text key, and the draft as it is now;
        where another brief overtook it, the draft of that one.

        One that is no longer as it is given, which is how the person saw it, stays as it is.
        """
        content = content_of(draft)
        if content.corrects and not content.note:
            return "draft.reason_needed", draft
        waits = draft.scheduled is not None and draft.scheduled > now and not at_once
        async with self._services.database.unit() as unit:
            await unit.editors.hold(draft.chat)
            current = await unit.editors.held_draft(draft.id) or draft
            if current.state is not draft.state:
                return "draft.decided", current
            if current.data != draft.data:
                return "draft.changed", current
            newer = None if content.corrects else await _overtaken(unit, draft)
            if newer is not None:
                return "draft.outdated", newer
            if content.corrects and not await posted_as(unit, content.corrects, draft.chat):
                return "draft.not_sent", draft
            state = DraftState.APPROVED if waits else DraftState.POSTED
            await unit.editors.decide(draft.id, state, since=draft.state, by=person, at=now)
            decided = replace(draft, state=state, decided_by=person, decided=now)
            if not waits:
                decided = await put_out(unit, self._services, decided, now)
            await self._record(unit, decided, person, "scheduled" if waits else "posted", now)
            await unit.commit()
        return "draft.scheduled" if waits else "draft.posted", decided

    async def reject(self, draft: Draft, person: str, now: datetime) -> bool:
        """Give the draft up, also one that waits for its hour: another editor who approved it for that is told. False
        where it was decided already.
        """
        async with self._services.database.unit() as unit:
            done = await unit.editors.decide(
                draft.id, DraftState.REJECTED, since=draft.state, by=person, at=now
            )
            if done:
                await self._record(unit, draft, person, "rejected", now)
                if draft.state is DraftState.APPROVED and draft.decided_by != person:
                    await tell(
                        unit, self._services, draft, "draft.called_off", now, once="called off", who=person
                    )
                await unit.commit()
        return done

    async def due(self, now: datetime) -> int:
        """Post what is approved and due; how many. What an outage made late goes back to its editor."""
        async with self._services.database.reading() as unit:
            waiting = await unit.editors.due_drafts(now)
        return sum([await self._due(draft, now) for draft in waiting])

    async def _due(self, draft: Draft, now: datetime) -> bool:
        """Post it, on the word of whoever approved it: they must still edit the channel, and post there themselves.
        Where they do not, a newspaper would not print it, nor throw it away: the others decide.
        """
        late = verdict(draft.scheduled or now, now) == "late"
        refusal = "draft.late" if late else await self._refusal(draft)
        if refusal == NO_ANSWER:
            return False  # nobody lost a right: the next minute asks again, until the hour is long past
        denied = "" if refusal else await denied_since(self._services, content_of(draft), now)
        refusal = "draft.denied" if denied else refusal
        async with self._services.database.unit() as unit:
            await unit.editors.hold(draft.chat)
            if not await still_edits(unit, self._services, draft.decided_by or draft.author, draft.chat):
                refusal = "draft.editor_gone"
            newer = None if refusal else await _overtaken(unit, draft)
            if newer is not None:
                refusal = "draft.outdated"
            state = DraftState.DRAFT if refusal else DraftState.POSTED
            if not await unit.editors.decide(draft.id, state, since=DraftState.APPROVED):
                return False
            if refusal:
                await unit.editors.put_draft(replace(draft, state=state, scheduled=None))
            else:
                await put_out(unit, self._services, replace(draft, state=state, decided=now), now)
            values = {"who": (newer.decided_by if newer else None) or "", "headline": denied}
            await self._tell(unit, draft, refusal, now, values)
            by = draft.decided_by or draft.author
            await self._record(unit, draft, by, "held_back" if refusal else "posted", now)
            await unit.commit()
        return not refusal

    async def _tell(
        self, unit: UnitOfWork, draft: Draft, refusal: str | None, now: datetime, values: dict[str, str]
    ) -> None:
        once, services = f"{now:%Y%m%dT%H%M}", self._services
        if refusal == "draft.editor_gone":
            by = draft.decided_by or draft.author
            await tell_others(unit, services, draft, "draft.held", now, once=once, button="draft", who=by)
            if by == draft.author:
                await tell_author(unit, services, draft, "draft.not_posted", now, once=once, reason=refusal)
            else:
                await tell(unit, services, draft, "draft.held", now, once=once, button="draft", who=by)
        elif refusal is None:
            await tell(unit, services, draft, "draft.posted_at_hour", now, once=once)
        else:
            key, button = "draft.not_posted", "draft" if refusal in _TO_LOOK_AT else "again"
            await tell(
                unit, self._services, draft, key, now, once=once, reason=refusal, button=button, **values
            )

    async def _refusal(self, draft: Draft) -> str | None:
        chat = draft.chat
        rights = self._services.rights.get(chat.platform)
        if rights is None:
            return None  # the platform is away: the outbox keeps the post until it is back
        platform: Platform = "slack" if chat.platform == "slack" else "telegram"
        there = Address(platform=platform, bot=chat.bot, chat=chat.chat, thread=chat.thread)
        editor = (draft.decided_by or draft.author).partition(":")[2]
        return await rights.refusal(there, editor)

    async def _record(self, unit: UnitOfWork, draft: Draft, person: str, action: str, now: datetime) -> None:
        await record(unit, self._services, draft.chat, person, f"draft.{action}", now, {"draft": draft.id})


async def _overtaken(unit: UnitOfWork, draft: Draft) -> Draft | None:
    """The broadcast that the channel got since this draft was composed, which tells the same news."""
    posted, composed = await unit.editors.posted(draft.chat, RECENT), content_of(draft).brief.end
    others = (other for other in posted if other.id != draft.id and not content_of(other).corrects)
    return next((other for other in others if (other.decided or other.created) >= composed), None)
