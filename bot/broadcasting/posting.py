"""Posting what an editor approved: the decision, the deliveries and the record are one transaction.

    draft --approve--> posted                          draft --reject--> rejected
      |                  ^
      `--approve, with an hour--> approved --its hour--'

A draft changes its state once: of two presses, or of two processes, one is too late and posts nothing. The edition
carries the draft's id, so that the outbox too takes it once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal, TypeAlias

from adapters.chat.message import Message
from adapters.chat.ports import Address, Platform
from bot.broadcasting.content import Content, changes
from bot.broadcasting.night import is_night
from bot.broadcasting.schedule import verdict
from bot.delivering import BROADCAST, target
from bot.presenting.broadcasts import notice_message, part_gone, post_message, reply_message
from bot.services import Services
from bot.texts import texts
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.editors import Act, Draft, DraftState
from storage.serialise import from_json
from storage.unit_of_work import UnitOfWork
from summaries.brief import Seen, seen_after

Outcome: TypeAlias = Literal[
    "draft.posted", "draft.scheduled", "draft.decided", "draft.outdated", "draft.reason_needed", "draft.not_sent"
]  # fmt: skip
RECENT = 50  # posted drafts of a channel that are looked through


def content_of(draft: Draft) -> Content:
    return from_json(Content, draft.data)


class Posting:
    """Approves, posts, and posts at their hour."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def approve(
        self, draft: Draft, person: str, now: datetime, *, at_once: bool = False
    ) -> tuple[Outcome, Draft]:
        """Post the draft, or keep it for its hour; what became of it, as a text key."""
        content = content_of(draft)
        if content.corrects and not content.note:
            return "draft.reason_needed", draft
        waits = draft.scheduled is not None and draft.scheduled > now and not at_once
        async with self._services.database.unit() as unit:
            if not content.corrects and await self._overtaken(unit, draft):
                return "draft.outdated", draft
            if content.corrects and not await self._posted_as(unit, content.corrects, draft.chat):
                return "draft.not_sent", draft
            state = DraftState.APPROVED if waits else DraftState.POSTED
            if not await unit.editors.decide(draft.id, state, since=draft.state, by=person, at=now):
                return "draft.decided", await unit.editors.draft(draft.id) or draft
            decided = replace(draft, state=state, decided_by=person, decided=now)
            if not waits:
                decided = await self._post(unit, decided, now)
            await self._record(unit, decided, person, "scheduled" if waits else "posted", now)
            await unit.commit()
        return "draft.scheduled" if waits else "draft.posted", decided

    async def reject(self, draft: Draft, person: str, now: datetime) -> bool:
        """Give the draft up, also one that waits for its hour. False where it was decided already."""
        async with self._services.database.unit() as unit:
            done = await unit.editors.decide(
                draft.id, DraftState.REJECTED, since=draft.state, by=person, at=now
            )
            if done:
                await self._record(unit, draft, person, "rejected", now)
                await unit.commit()
        return done

    async def due(self, now: datetime) -> int:
        """Post what is approved and due; how many. What an outage made late goes back to its editor."""
        async with self._services.database.reading() as unit:
            waiting = await unit.editors.due_drafts(now)
        return sum([await self._due(draft, now) for draft in waiting])

    async def _due(self, draft: Draft, now: datetime) -> bool:
        late = verdict(draft.scheduled or now, now) == "late"
        refusal = "draft.late" if late else await self._refusal(draft)
        async with self._services.database.unit() as unit:
            if not refusal and await self._overtaken(unit, draft):
                refusal = "draft.outdated"
            state = DraftState.DRAFT if refusal else DraftState.POSTED
            if not await unit.editors.decide(draft.id, state, since=DraftState.APPROVED):
                return False
            if refusal:
                await unit.editors.put_draft(replace(draft, state=state, scheduled=None))
            else:
                draft = await self._post(unit, replace(draft, state=state), now)
            await self._tell(unit, draft, refusal or "draft.posted", now)
            by = draft.decided_by or draft.author
            await self._record(unit, draft, by, "held_back" if refusal else "posted", now)
            await unit.commit()
        return not refusal

    async def _refusal(self, draft: Draft) -> str | None:
        chat = draft.chat
        rights = self._services.rights.get(chat.platform)
        if rights is None:
            return None  # the platform is away: the outbox keeps the post until it is back
        platform: Platform = "slack" if chat.platform == "slack" else "telegram"
        there = Address(platform=platform, bot=chat.bot, chat=chat.chat, thread=chat.thread)
        editor = (draft.decided_by or draft.author).partition(":")[2]
        return await rights.refusal(there, editor)

    async def _overtaken(self, unit: UnitOfWork, draft: Draft) -> bool:
        """Whether the channel got another broadcast since this draft was composed, which tells the same news."""
        posted, composed = await unit.editors.posted(draft.chat, RECENT), content_of(draft).brief.end
        return any(
            (other.decided or other.created) >= composed
            for other in posted
            if other.id != draft.id and not content_of(other).corrects
        )

    async def _post(self, unit: UnitOfWork, draft: Draft, now: datetime) -> Draft:
        content = content_of(draft)
        if content.corrects:
            return await self._correct(unit, draft, content, now)
        brief, words = content.kept, texts(content.language)
        title = self._services.topics[brief.topic].name(words.language)
        edition = Edition(id=f"broadcast:{draft.id}", topic=brief.topic, language=words.language, start=brief.start,
                          end=brief.end, created=now, brief=brief)  # fmt: skip
        message = post_message(content, title, words)
        where = target(draft.chat, silent=await self._at_night(unit, draft.chat, content, now))
        await self._services.publisher.publish(unit, edition, message, [where], priority=BROADCAST)
        kept = await unit.briefs.seen(draft.chat.text, brief.topic)
        seen = seen_after(brief, Seen.from_json(kept) if kept else None)
        await unit.briefs.put_seen(draft.chat.text, brief.topic, seen.to_json())
        posted = replace(draft, edition=edition.id)
        await unit.editors.put_draft(posted)
        return posted

    async def _at_night(self, unit: UnitOfWork, chat: ChatKey, content: Content, now: datetime) -> bool:
        known = await unit.chats.get(chat)
        zone = (known.zone if known else None) or content.zone
        return is_night(now, zone, known.quiet_from if known else None, known.quiet_to if known else None)

    async def _correct(self, unit: UnitOfWork, draft: Draft, content: Content, now: datetime) -> Draft:
        """Edit the messages of the post where they stand, and answer the first with what changed."""
        original = await unit.editors.draft(content.corrects)
        messages = await self._posted_as(unit, content.corrects, draft.chat)
        if original is None or not messages:
            return draft
        words = texts(content.language)
        title = self._services.topics[content.brief.topic].name(words.language)
        before = await self._last_told(unit, original, draft)
        reply = reply_message(content.note, changes(before.kept, content.kept), words)
        parts = self._services.publisher.render(
            draft.chat.platform, post_message(content, title, words, corrected=now)
        )
        gone = self._services.publisher.render(draft.chat.platform, part_gone(words))
        parts += gone * (len(messages) - len(parts))
        edition = f"correction:{draft.id}"
        await self._enqueue(unit, edition, draft, content, parts, now, edits=messages)
        answer = self._services.publisher.render(draft.chat.platform, reply)
        await self._enqueue(unit, f"corrected:{draft.id}", draft, content, answer, now, reply_to=messages[0])
        posted = replace(draft, edition=edition)
        await unit.editors.put_draft(posted)
        return posted

    async def _enqueue(
        self, unit: UnitOfWork, id: str, draft: Draft, content: Content, parts: Sequence[str], now: datetime,
        *, edits: Sequence[str] = (), reply_to: str | None = None,
    ) -> None:  # fmt: skip
        brief = content.kept
        await unit.briefs.put_edition(
            Edition(id=id, topic=brief.topic, language=content.language, start=brief.start, end=brief.end,
                    created=now, brief=brief, kind="correction")
        )  # fmt: skip
        where = replace(target(draft.chat), edits=tuple(edits), reply_to=reply_to)
        await unit.outbox.publish(id, {draft.chat.platform: parts}, [where], now=now, priority=BROADCAST)

    async def _posted_as(self, unit: UnitOfWork, draft: str, chat: ChatKey) -> list[str]:
        """The platform's ids of the messages that a broadcast and its corrections stand in, in order."""
        found: dict[str, None] = {}
        for posted in await self._versions(unit, draft, chat):
            sent = await unit.outbox.sent_to(posted.edition or "")
            found |= dict.fromkeys(message for _, _, message in sorted(sent, key=lambda s: s[1]) if message)
        return list(found)

    async def _last_told(self, unit: UnitOfWork, original: Draft, correction: Draft) -> Content:
        """What readers see before this correction."""
        told = await self._versions(unit, original.id, original.chat)
        return content_of([draft for draft in told if draft.id != correction.id][-1])

    async def _versions(self, unit: UnitOfWork, id: str, chat: ChatKey) -> list[Draft]:
        """A broadcast and its corrections, oldest first."""
        posted = reversed(await unit.editors.posted(chat, RECENT))
        found = [draft for draft in posted if id in (draft.id, content_of(draft).corrects)]
        return sorted(found, key=lambda draft: draft.id != id)

    async def _tell(self, unit: UnitOfWork, draft: Draft, key: str, now: datetime) -> None:
        """Say in the chat where the draft was asked for what became of it at its hour."""
        content = content_of(draft)
        asked = ChatKey.parse(content.asked)
        message: Message = notice_message(
            draft, key, texts(content.language), await title_of(unit, draft.chat)
        )
        brief = content.kept
        edition = Edition(id=f"notice:{draft.id}:{now:%Y%m%dT%H%M}", topic=brief.topic, language=content.language,
                          start=brief.start, end=brief.end, created=now, kind="notice")  # fmt: skip
        await self._services.publisher.publish(unit, edition, message, [target(asked)], priority=BROADCAST)

    async def _record(self, unit: UnitOfWork, draft: Draft, person: str, action: str, now: datetime) -> None:
        await record(unit, self._services, draft.chat, person, f"draft.{action}", now, {"draft": draft.id})


async def title_of(unit: UnitOfWork, chat: ChatKey) -> str:
    """How people call the channel; its id where that is not known."""
    known = await unit.chats.get(chat)
    return (known.title if known else None) or chat.chat


async def record(
    unit: UnitOfWork, services: Services, chat: ChatKey, person: str, action: str, now: datetime,
    values: Mapping[str, str],
) -> None:  # fmt: skip
    """A line in the channel's record: who did what."""
    act = Act(id=services.new_id(), at=now, chat=chat, person=person, action=action, values=values)
    await unit.editors.record(act)
