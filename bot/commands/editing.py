"""What an editor does: drafts a broadcast, changes and approves it, and corrects what was posted."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.chat.message import Message, Paragraph
from adapters.chat.ports import Reply
from bot.broadcasting import content as edits
from bot.broadcasting.arriving import Arrival
from bot.broadcasting.content import LONGEST_NOTE, Content
from bot.broadcasting.denied import denied_since
from bot.broadcasting.posting import Posting
from bot.broadcasting.records import content_of, record, title_of
from bot.broadcasting.schedule import next_at
from bot.commands import hours, parse
from bot.commands.channels import Channel, address_of, channel, may_edit, may_post
from bot.commands.registry import Call, Command, line
from bot.errors import UsageError
from bot.presenting.broadcasts import draft_message, edit_message, post_message
from bot.texts import LANGUAGES, Language, texts
from storage.chat_keys import ChatKey
from storage.editors import Draft, DraftState
from storage.serialise import to_json
from summaries.types import BriefStory, StoryId, TopicId

SHORT_ID = 12  # letters of a draft's id: it stands in every button
_ID = re.compile(rf"[0-9a-f]{{{SHORT_ID}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the words of `/broadcast` ask for."""

    at: datetime | None
    zone: str
    length: timedelta
    topic: TopicId
    language: Language


async def broadcast(call: Call) -> Reply:
    """`broadcast CHANNEL [HOUR [ZONE]] [WINDOW] [TOPIC] [ar|en]`: a draft, shown to the editor who asked."""
    if not call.words:
        raise UsageError("usage.broadcast")
    there = await channel(call, call.words[0])
    await may_edit(call, there.key, there.name)
    await may_post(call, there.address, there.name)
    wanted = broadcast_words(call, there)
    brief, _ = await call.services.briefing.compose(wanted.topic, call.now, wanted.length, there.key.text)
    if not brief.stories:
        raise UsageError("broadcast.empty")
    brief = await call.services.briefing.spoken(brief, wanted.language, call.now)
    content = Content(
        brief=brief, language=wanted.language, asked=_where_told(call), spoken=call.texts.language, zone=wanted.zone
    )  # fmt: skip
    draft = _draft(call, there.key, content, wanted.at)
    async with call.services.database.unit() as unit:
        for older in await unit.editors.drafts(there.key):
            if older.author == draft.author and not content_of(older).corrects:
                await unit.editors.decide(older.id, DraftState.REJECTED, by=draft.author, at=call.now)
        await unit.editors.put_draft(draft)
        await record(
            unit, call.services, there.key, draft.author, "draft.made", call.now, {"draft": draft.id}
        )
        await unit.commit()
    return Reply(messages=(_preview(call, content), draft_message(draft, content, there.name, call.texts)))


def broadcast_words(call: Call, there: Channel) -> Wanted:
    """The hour, zone, window, topic and language among the words after the channel. Raises `UsageError`."""
    services = call.services
    chosen = TopicId(there.chat.topic or "")
    topic = chosen if chosen in services.topics else services.default_topic
    length = services.briefing.default_window
    language: Language = "en" if (there.chat.language or services.default_language) == "en" else "ar"
    hour: int | None = None
    zone = call.chat.zone or call.request.zone or there.chat.zone
    named: list[str] = []
    for word in parse.with_units(call.words[1:]):
        if parse.is_window(word):
            length = parse.window(word)
        elif TopicId(word) in services.topics:
            topic = TopicId(word)
        elif word.lower() in LANGUAGES:
            language = "en" if word.lower() == "en" else "ar"
        elif hour is None:
            hour = hours.minute_of_day(word)
        else:
            named.append(word)
    zone = parse.zone_name(" ".join(named)) if named else zone
    if hour is not None and zone is None:
        raise UsageError(
            "broadcast.zone_needed", hour=f"{hour // 60:02}:{hour % 60:02}", channel=call.words[0]
        )
    zone = zone or "UTC"
    at = next_at(hour, ZoneInfo(zone), call.now) if hour is not None else None
    return Wanted(at=at, zone=zone, length=length, topic=topic, language=language)


def _draft(call: Call, key: ChatKey, content: Content, at: datetime | None = None) -> Draft:
    return Draft(
        id=call.services.new_id()[:SHORT_ID], chat=key, author=call.writer, created=call.now,
        data=to_json(content), scheduled=at,
    )  # fmt: skip


def _where_told(call: Call) -> str:
    """Where the editor hears of the draft later: here, but not before everybody's eyes."""
    key = call.chat.key
    return replace(key, chat=call.request.person, thread="").text if call.request.group else key.text


def _preview(call: Call, content: Content) -> Message:
    """The post as the channel would get it."""
    words = texts(content.language)
    title = call.services.topics[content.brief.topic].name(words.language)
    corrected = call.now if content.corrects else None
    return replace(post_message(content, title, words, corrected=corrected), private=True)


async def draft(call: Call) -> Reply:
    """`draft ID VERB [STORY]`, as the draft's buttons send it; `draft` alone shows the editor's newest open draft,
    `draft CHANNEL` the channel's, whoever made it.
    """
    async with call.services.database.reading() as unit:
        found = await (
            unit.editors.draft(call.words[0]) if call.words else unit.editors.last_draft(call.writer)
        )
        name = await title_of(unit, found.chat) if found else ""
    if found is None and len(call.words) == 1 and not _ID.fullmatch(call.words[0]):
        return await _of_channel(call)
    if found is None:
        raise UsageError("draft.gone" if call.words else "note.no_draft")
    await may_edit(call, found.chat, name)
    verb = call.words[1] if len(call.words) > 1 else "show"
    match verb:
        case "approve" | "now":
            return await _approve(call, found, name, at_once=verb == "now")
        case "reject" | "cancel":
            return await _reject(call, found, name, approved=verb == "cancel")
        case "correct":
            return await _correction(call, found, name)
        case "resume":
            return await _resume(call, found, name)
        case "preview":
            return Reply(messages=(_preview(call, content_of(found)),))
        case "edit" | "drop" | "restore" | "up" | "refresh":
            return await _edit(call, found, name, verb)
        case _:
            return _card(call, found, name)


async def _of_channel(call: Call) -> Reply:
    """The channel's newest open draft, whole: to most it is another editor's."""
    there = await channel(call, call.words[0])
    await may_edit(call, there.key, there.name)
    async with call.services.database.reading() as unit:
        opened = await unit.editors.drafts(there.key)
    if not opened:
        raise UsageError("draft.none_there", channel=there.name)
    content = content_of(opened[-1])
    shown = draft_message(opened[-1], content, there.name, call.texts)
    return Reply(messages=(_preview(call, content), shown))


def _card(call: Call, found: Draft, name: str, notice: str | None = None) -> Reply:
    """The draft's card, in the place of the one whose button was pressed."""
    message = draft_message(found, content_of(found), name, call.texts)
    return Reply(messages=(message,), replace=call.request.pressed, notice=notice)


async def _approve(call: Call, found: Draft, name: str, *, at_once: bool) -> Reply:
    open_to = (DraftState.DRAFT, DraftState.APPROVED) if at_once else (DraftState.DRAFT,)
    if found.state not in open_to:
        return _decided(call, found, name)
    await may_post(call, address_of(found.chat), name)
    seen = call.words[2] if len(call.words) > 2 else "0"
    if not edits.known_to(content_of(found), call.writer, int(seen) if seen.isdecimal() else 0):
        return _as_it_is(call, found, name)
    denied = await denied_since(call.services, content_of(found), call.now)
    if denied:
        return call.say("draft.denied", headline=denied)
    posting = Posting(call.services)
    outcome, now_is = await posting.approve(found, call.writer, call.now, at_once=at_once)
    if outcome == "draft.changed":
        return _as_it_is(call, now_is, name)
    if outcome == "draft.decided":
        return _decided(call, now_is, name)
    if outcome in ("draft.outdated", "draft.reason_needed", "draft.not_sent"):
        return call.say(outcome, channel=name, who=now_is.decided_by)
    return _card(call, now_is, name, call.texts(outcome, channel=name))


def _as_it_is(call: Call, found: Draft, name: str) -> Reply:
    """The draft whole, to one who decided on what it was before."""
    content = content_of(found)
    said = Paragraph(line=line(call.texts("draft.changed")))
    shown = _preview(call, content), draft_message(found, content, name, call.texts)
    return Reply(messages=(Message(blocks=(said,), language=call.texts.language, private=True), *shown))


def _decided(call: Call, found: Draft, name: str) -> Reply:
    """The card of a draft that was decided before: where somebody else was first, it says who."""
    key, values = _decision(call, found)
    said = call.texts(key, **values)
    message = draft_message(found, content_of(found), name, call.texts, said if values else "")
    return Reply(messages=(message,), replace=call.request.pressed, notice=said)


def _decision(call: Call, found: Draft) -> tuple[str, dict[str, str]]:
    """The text that says that the draft was decided, and by whom, unless it was the person."""
    if found.decided_by in (None, call.writer) or found.state is DraftState.DRAFT:
        return "draft.decided", {}
    return f"draft.first_{found.state}", {"who": found.decided_by or ""}


async def _reject(call: Call, found: Draft, name: str, *, approved: bool) -> Reply:
    """Give up a draft, or one that is `approved` for an hour: the card that was pressed showed which."""
    if found.state is not (DraftState.APPROVED if approved else DraftState.DRAFT):
        return _decided(call, found, name)
    if not await Posting(call.services).reject(found, call.writer, call.now):
        return _decided(call, await _again(call, found), name)
    return _card(call, replace(found, state=DraftState.REJECTED), name, call.texts("draft.rejected"))


async def _resume(call: Call, found: Draft, name: str) -> Reply:
    """Send what of a post did not get through."""
    await may_post(call, address_of(found.chat), name)
    done = found.state is DraftState.POSTED and await Arrival(call.services).resume(found, call.now)
    return call.say("draft.resumed" if done else "draft.nothing_left", channel=name)


async def _again(call: Call, found: Draft) -> Draft:
    async with call.services.database.reading() as unit:
        return await unit.editors.draft(found.id) or found


async def _edit(call: Call, found: Draft, name: str, verb: str) -> Reply:
    """Open the draft for editing, or change it. One that was decided is shown as it is."""
    if found.state is not DraftState.DRAFT:
        return _decided(call, found, name)
    if verb == "refresh":
        changed = await _changed(call, found, await _refreshing(call, found))
        content = content_of(changed)
        return Reply(messages=(_preview(call, content), draft_message(changed, content, name, call.texts)))
    changing: dict[str, Callable[[Content, StoryId], Content]] = {
        "drop": edits.drop, "restore": edits.restore, "up": edits.move_up,
    }  # fmt: skip
    story = _story(content_of(found), call.words[2]) if len(call.words) > 2 else None
    if verb in changing and story is not None:
        chosen = story
        found = await _changed(call, found, lambda content: changing[verb](content, chosen))
    shown = edit_message(found, content_of(found), name, call.texts)
    return Reply(messages=(shown,), replace=call.request.pressed)


def _story(content: Content, short: str) -> StoryId | None:
    return next((s.id for s in content.brief.stories if s.id.startswith(short)), None)


async def _refreshing(call: Call, found: Draft) -> Callable[[Content], Content]:
    """Makes the draft as of now: composed anew; a correction tells the stories that were posted as they stand now."""
    content = content_of(found)
    briefing, brief = call.services.briefing, content.brief
    if not content.corrects:
        made, _ = await briefing.compose(brief.topic, call.now, brief.end - brief.start, found.chat.text)
        if not made.stories:
            raise UsageError("broadcast.empty")
        fresh = await briefing.spoken(made, content.language, call.now)
        return lambda content: replace(content, brief=fresh)
    told: dict[StoryId, BriefStory] = {}
    for story in brief.stories:
        again = await briefing.story(story.id, brief.topic, call.now)
        if again is not None:
            [spoken] = await briefing.spoken_stories([again], content.language, call.now)
            told[story.id] = replace(spoken, id=story.id)
    return lambda content: edits.retold(content, told)


async def _changed(call: Call, found: Draft, change: Callable[[Content], Content]) -> Draft:
    """The draft with a change, made to what it is by now. Raises `UsageError` where it was decided meanwhile."""
    async with call.services.database.unit() as unit:
        current = await unit.editors.held_draft(found.id)
        if current is None or current.state is not DraftState.DRAFT:
            key, values = _decision(call, current or found)
            raise UsageError(key, **values)
        content = content_of(current)
        changed = replace(current, data=to_json(edits.changed(content, change(content), call.writer)))
        await unit.editors.put_draft(changed)
        await unit.commit()
    return changed


async def note(call: Call) -> Reply:
    """`note TEXT`: the editor's word on their newest open draft; `note -` takes it away."""
    async with call.services.database.reading() as unit:
        found = await unit.editors.last_draft(call.writer)
        name = await title_of(unit, found.chat) if found else ""
    if found is None:
        raise UsageError("note.no_draft")
    said = _worded(call, 1)
    if not said:
        raise UsageError("usage.note")
    await may_edit(call, found.chat, name)
    word = "" if said == "-" else said
    return _card(call, await _changed(call, found, lambda content: replace(content, note=word)), name)


def _worded(call: Call, words: int) -> str:
    """What readers are to see of the line after so many words. Raises `UsageError` where it is too long."""
    said = call.written(words)
    if len(said) > LONGEST_NOTE:
        raise UsageError("note.too_long", most=str(LONGEST_NOTE))
    return said


async def correct(call: Call) -> Reply:
    """`correct CHANNEL [REASON]`: a correction of the channel's last broadcast."""
    if not call.words:
        raise UsageError("usage.correct")
    reason = _worded(call, 2)
    there = await channel(call, call.words[0])
    await may_edit(call, there.key, there.name)
    async with call.services.database.reading() as unit:
        posted = [d for d in await unit.editors.posted(there.key, 50) if not content_of(d).corrects]
    if not posted:
        raise UsageError("correct.nothing", channel=there.name)
    return await _correction(call, posted[0], there.name, reason)


async def _correction(call: Call, posted: Draft, name: str, reason: str = "") -> Reply:
    """A draft that takes the place of a post, opened for editing. It begins as the post stands now."""
    if posted.state is not DraftState.POSTED:
        return _card(call, posted, name)
    async with call.services.database.unit() as unit:
        newest = next(
            (d for d in await unit.editors.posted(posted.chat, 50) if content_of(d).corrects == posted.id),
            posted,
        )
        base = content_of(newest)
        content = replace(
            base, brief=base.kept, dropped=(), note=reason, corrects=posted.id, asked=_where_told(call),
            spoken=call.texts.language, attempt=0, seen_before="", changed_by=(),
        )  # fmt: skip
        made = _draft(call, posted.chat, content)
        await unit.editors.put_draft(made)
        values = {"draft": made.id, "corrects": posted.id}
        await record(unit, call.services, posted.chat, made.author, "draft.correcting", call.now, values)
        await unit.commit()
    return Reply(messages=(edit_message(made, content, name, call.texts),
                           draft_message(made, content, name, call.texts)))  # fmt: skip


COMMANDS = (
    Command(name="broadcast", run=broadcast, menu=False),
    Command(name="correct", run=correct, menu=False),
    Command(name="note", run=note, menu=False),
    Command(name="draft", run=draft, menu=False),
)
