"""What a posted draft puts into the outbox: a post, or a correction in the place of one."""

from dataclasses import replace
from datetime import datetime

from bot.broadcasting.content import Content, changes
from bot.broadcasting.records import RECENT, content_of, edition_of
from bot.delivering import BROADCAST, target
from bot.presenting.broadcasts import part_gone, post_message, reply_message
from bot.quiet import post_silent
from bot.services import Services
from bot.texts import texts
from storage.briefs import Edition
from storage.chat_keys import ChatKey
from storage.chats import Chat
from storage.editors import Draft
from storage.serialise import to_json
from storage.unit_of_work import UnitOfWork
from summaries.brief import Seen, seen_after


async def put_out(unit: UnitOfWork, services: Services, draft: Draft, now: datetime) -> Draft:
    """Write what the draft posts; the draft as it is kept from now on."""
    content = content_of(draft)
    posting = _correct if content.corrects else _post
    posted = await posting(unit, services, draft, content, now)
    await unit.editors.put_draft(posted)
    return posted


async def _post(unit: UnitOfWork, services: Services, draft: Draft, content: Content, now: datetime) -> Draft:
    brief, words = content.kept, texts(content.language)
    edition = _edition(edition_of(draft), content, now, kind="brief")
    message = post_message(content, services.topics[brief.topic].name(words.language), words)
    key = draft.chat
    chat = await unit.chats.get(key) or Chat(platform=key.platform, bot=key.bot, chat=key.chat)
    where = target(key, silent=post_silent(chat, now, content.zone))
    await services.publisher.publish(unit, edition, message, [where], priority=BROADCAST)
    kept = await unit.briefs.seen(draft.chat.text, brief.topic)
    seen = seen_after(brief, Seen.from_json(kept) if kept else None)
    await unit.briefs.put_seen(draft.chat.text, brief.topic, seen.to_json())
    data = to_json(replace(content, seen_before=kept or Seen().to_json()))
    return replace(draft, edition=edition.id, data=data)


async def _correct(
    unit: UnitOfWork, services: Services, draft: Draft, content: Content, now: datetime
) -> Draft:
    """Edit the messages of the post where they stand, and then, when that was possible, answer the first with what
    changed.
    """
    messages = await posted_as(unit, content.corrects, draft.chat)
    words, publisher, platform = texts(content.language), services.publisher, draft.chat.platform
    title = services.topics[content.brief.topic].name(words.language)
    before = await _last_told(unit, draft, content)
    reply = reply_message(content.note, changes(before.kept, content.kept), words)
    parts = publisher.render(platform, post_message(content, title, words, corrected=now))
    parts += publisher.render(platform, part_gone(words)) * (len(messages) - len(parts))
    made = _edition(edition_of(draft), content, now, kind="correction")
    where = replace(target(draft.chat), edits=tuple(messages), reply_to=messages[0], replies_from=len(parts))
    payloads = [*parts, *publisher.render(platform, reply)]
    await publisher.put(unit, made, {platform: payloads}, [where], priority=BROADCAST)
    return replace(draft, edition=made.id)


def _edition(id: str, content: Content, now: datetime, *, kind: str) -> Edition:
    brief = content.kept
    return Edition(id=id, topic=brief.topic, language=content.language, start=brief.start, end=brief.end,
                   created=now, brief=brief, kind=kind)  # fmt: skip


async def posted_as(unit: UnitOfWork, draft: str, chat: ChatKey) -> list[str]:
    """The platform's ids of the messages that a broadcast and its corrections stand in, in order."""
    found: dict[str, None] = {}
    for posted in await _versions(unit, draft, chat):
        sent = await unit.outbox.sent_to(posted.edition or "")
        posts = sorted((part, message) for to, part, message in sent if message and not to.reply_to)
        found |= dict.fromkeys(message for _, message in posts)
    return list(found)


async def _last_told(unit: UnitOfWork, correction: Draft, content: Content) -> Content:
    """What readers see before this correction."""
    told = await _versions(unit, content.corrects, correction.chat)
    return content_of([draft for draft in told if draft.id != correction.id][-1])


async def _versions(unit: UnitOfWork, id: str, chat: ChatKey) -> list[Draft]:
    """A broadcast and its corrections, oldest first."""
    posted = reversed(await unit.editors.posted(chat, RECENT))
    found = [draft for draft in posted if id in (draft.id, content_of(draft).corrects)]
    return sorted(found, key=lambda draft: draft.id != id)
