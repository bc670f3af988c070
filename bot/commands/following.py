"""What a chat wants to hear of, and what it does not want to see."""

import zlib
from collections.abc import Sequence

from adapters.chat.message import Bullets, Button, Buttons, Heading, Paragraph, Text
from adapters.chat.ports import Reply
from bot.commands.reading import topic_of
from bot.commands.registry import Call, Command, line, reached_later
from bot.errors import UsageError
from bot.presenting.names import follow_name
from storage.chats import Follow, Mute
from storage.unit_of_work import UnitOfWork
from summaries.novelty import Seen, seen_after
from summaries.text import fold
from summaries.types import BriefStory, StoryId
from summaries.watching import SHORTEST, phrase_key

MOST_FOLLOWS = 50
LONGEST = 80  # characters of a word or name
_BREAKING = frozenset(fold(word) for word in ("breaking", "عاجل", "العاجل", "الأخبار العاجلة"))
_ALL = frozenset(fold(word) for word in ("all", "الكل", "كل"))


async def follow(call: Call) -> Reply:
    """`follow` lists; `follow breaking` asks for breaking news; `follow STORY`, `follow WORDS` for what they say."""
    if not call.words:
        return await _listed(call)
    if fold(call.rest) in _BREAKING:
        return await _follow(call, "breaking", str(topic_of(call)), call.texts("follow.breaking"))
    found = await _story(call)
    if found is not None:
        return await _follow(call, "story", found.id, found.headline, found)
    if not is_followable(call.rest):
        raise UsageError("usage.follow", word=call.rest[:LONGEST])
    return await _follow(call, "name", call.rest, call.rest)


def is_followable(word: str) -> bool:
    """Whether there is enough in the word or name to look for, and not too much."""
    return len(phrase_key(word)) >= SHORTEST and len(word) <= LONGEST


async def _story(call: Call) -> BriefStory | None:
    if len(call.words) != 1:
        return None
    return await call.services.briefing.story(StoryId(call.words[0]), topic_of(call), call.now)


async def _follow(call: Call, kind: str, value: str, shown: str, story: BriefStory | None = None) -> Reply:
    reached_later(call)
    key = call.chat.key
    async with call.services.database.unit() as unit:
        known = await unit.chats.follows(key)
        if any((each.kind, each.value) == (kind, value) for each in known):
            return _told(call, "follow.already", shown)
        if len(known) >= MOST_FOLLOWS:
            raise UsageError("follow.too_many", most=str(MOST_FOLLOWS))
        await unit.chats.choose(call.chat)
        await unit.chats.follow(
            Follow(id=call.services.new_id(), chat=key, kind=kind, value=value, created=call.now)
        )
        if story is not None:  # what was shown by now is not news to this chat
            await _seen(unit, call, story)
        await unit.commit()
    return _told(call, f"follow.done.{kind}", shown)


async def _seen(unit: UnitOfWork, call: Call, story: BriefStory) -> None:
    topic = topic_of(call)
    kept = await unit.briefs.seen(call.chat.key.text, topic)
    previous = Seen.from_json(kept) if kept else Seen()
    if previous.find(story.id, (member.article for member in story.members)) is None:
        after = seen_after([story], previous)
        await unit.briefs.put_seen(call.chat.key.text, topic, after.to_json())


def _told(call: Call, key: str, shown: str) -> Reply:
    """As a toast where a button was pressed, else as a message."""
    said = call.texts(key, what=shown)
    return Reply(notice=said) if call.request.pressed else call.reply(Paragraph(line=line(said)))


async def _listed(call: Call) -> Reply:
    spoken = call.texts
    async with call.services.database.reading() as unit:
        known = await unit.chats.follows(call.chat.key)
    named = [(each, await _follow_name(each, call)) for each in known]
    if not known:
        return call.reply(
            Paragraph(line=line(spoken("follow.none"))),
            Buttons(rows=((Button(label=spoken("follow.breaking"), action="do:follow breaking"),),)),
        )
    rows = tuple(
        (Button(label=spoken("button.unfollow", what=_short(name)), action=f"unfollow:{each.id}"),)
        for each, name in named
    )
    items = tuple((Text(text=name),) for _, name in named)
    return call.reply(Heading(line=line(spoken("follow.title"))), Bullets(items=items), Buttons(rows=rows))


async def _follow_name(item: Follow, call: Call) -> str:
    title = await _headline(item.value, call) if item.kind == "story" else None
    return follow_name(item, title, call.services.topics, call.texts)


async def _headline(story: str, call: Call) -> str | None:
    """Under which the story is told now, as its card and its button say it; None where it is no longer kept."""
    found = await call.services.briefing.story(StoryId(story), topic_of(call), call.now)
    return found.headline if found else None


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


async def unfollow(call: Call) -> Reply:
    """`unfollow WHAT`, a number of the list, or all."""
    if not call.words:
        return await _listed(call)
    key, wanted = call.chat.key, fold(call.rest)
    async with call.services.database.unit() as unit:
        known = await unit.chats.follows(key)
        if wanted in _ALL:
            ending = known
        elif wanted in _BREAKING:
            ending = [each for each in known if each.kind == "breaking"]
        else:
            ending = [
                each for each in known if call.rest in (each.id, each.value) or fold(each.value) == wanted
            ]
        if not ending:
            raise UsageError("unfollow.none", what=call.rest[:LONGEST])
        for each in ending:
            await unit.chats.unfollow(each)
        await unit.commit()
    named = [await _follow_name(each, call) for each in ending]
    return _told(call, "unfollow.done", call.texts("list.comma").join(named))


async def mute(call: Call) -> Reply:
    """`mute` lists; `mute STORY`, `mute OUTLET`, `mute WORDS` hide these from briefs and alerts here."""
    if not call.words:
        return await _muted(call)
    found = await _story(call)
    kind, value, shown = "name", call.rest, call.rest
    if found is not None:
        kind, value, shown = "story", found.id, found.headline
    else:
        async with call.services.database.reading() as unit:
            outlets = {fold(source.outlet): source.outlet for source, _ in await unit.sources.all()}
        if fold(call.rest) in outlets:
            kind, value = "outlet", outlets[fold(call.rest)]
        elif len(phrase_key(call.rest)) < SHORTEST or len(call.rest) > LONGEST:
            raise UsageError("usage.mute", word=call.rest[:LONGEST])
    async with call.services.database.unit() as unit:
        await unit.chats.choose(call.chat)
        await unit.chats.mute(Mute(chat=call.chat.key, kind=kind, value=value, created=call.now))
        await unit.commit()
    return _told(call, f"mute.done.{kind}", shown)


async def _muted(call: Call) -> Reply:
    spoken = call.texts
    async with call.services.database.reading() as unit:
        known = await unit.chats.mutes(call.chat.key)
    named = [(each, await _mute_name(each, call)) for each in known]
    if not known:
        return call.say("mute.none")
    rows = tuple(
        (Button(label=spoken("button.unmute", what=_short(name)), action=f"unmute:{mark(each)}"),)
        for each, name in named
    )
    items = tuple((Text(text=name),) for _, name in named)
    return call.reply(Heading(line=line(spoken("mute.title"))), Bullets(items=items), Buttons(rows=rows))


async def _mute_name(item: Mute, call: Call) -> str:
    title = await _headline(item.value, call) if item.kind == "story" else None
    return call.texts(f"mute.kind.{item.kind}", what=title or item.value)


def mark(item: Mute) -> str:
    """A short name of a mute for its button."""
    return f"{zlib.crc32(f'{item.kind}:{item.value}'.encode()):08x}"


async def unmute(call: Call) -> Reply:
    """`unmute WHAT`, or all: shown again."""
    if not call.words:
        return await _muted(call)
    key, wanted = call.chat.key, fold(call.rest)
    async with call.services.database.unit() as unit:
        known: Sequence[Mute] = await unit.chats.mutes(key)
        ending = [
            m for m in known if wanted in _ALL or wanted == mark(m) or wanted in (fold(m.value), m.value)
        ]
        if not ending:
            raise UsageError("unmute.none", what=call.rest[:LONGEST])
        for each in ending:
            await unit.chats.unmute(key, each.kind, each.value)
        await unit.commit()
    named = [await _mute_name(each, call) for each in ending]
    return _told(call, "unmute.done", call.texts("list.comma").join(named))


COMMANDS = (
    Command(name="follow", run=follow, who="admin", aliases=("تابع", "متابعة", "أتابع")),
    Command(name="unfollow", run=unfollow, who="admin", menu=False, aliases=("لا_تتابع", "ألغ_المتابعة")),
    Command(name="mute", run=mute, who="admin", aliases=("اكتم", "كتم", "أخف")),
    Command(name="unmute", run=unmute, who="admin", menu=False, aliases=("أظهر",)),
)
