"""What else a chat chooses for itself: topic, zone, digits, quiet hours."""

from dataclasses import replace

from adapters.chat.message import Bullets, Button, Buttons, Heading, Note, Paragraph, Text
from adapters.chat.ports import Reply
from bot.commands import hours, parse
from bot.commands.onboarding import CITIES, guessed
from bot.commands.reading import topic_of
from bot.commands.registry import Call, Command, line
from bot.commands.subscribing import put, quiet_line
from bot.digests import next_firing
from bot.errors import UsageError
from bot.presenting import words
from bot.quiet import NIGHT
from bot.texts import texts_for
from summaries.text import fold
from summaries.types import TopicId


async def topics(call: Call) -> Reply:
    """`topics [ID]`: the topics, with buttons to choose; or the one named is chosen for this chat."""
    known, spoken = call.services.topics, call.texts
    if call.words:
        chosen = _named(call)
        await put(call, topic=chosen)
        return call.say("topics.done", topic=known[chosen].name(spoken.language))
    here = topic_of(call)
    items = tuple(
        (Text(text=topic.name(spoken.language), bold=topic.id == here), Text(text=f" — /topics {topic.id}"))
        for topic in known.values()
    )
    buttons = tuple(
        (Button(label=topic.name(spoken.language), action=f"do:topics {topic.id}"),)
        for topic in known.values()
        if topic.id != here
    )
    shown = (Buttons(rows=buttons),) if buttons else ()
    return call.reply(Heading(line=line(spoken("topics.title"))), Bullets(items=items), *shown)


def _named(call: Call) -> TopicId:
    """The topic of that id or name. Raises `UsageError`."""
    wanted = fold(call.rest)
    for topic in call.services.topics.values():
        if wanted in {fold(topic.id), *(fold(name) for name in topic.names.values())}:
            return topic.id
    raise UsageError(
        "usage.topic", topic=call.rest, known=call.texts("list.comma").join(call.services.topics)
    )


async def zone(call: Call) -> Reply:
    """`zone [ZONE]`: what time it is for this chat; or the zone named is set, and the digests keep their hour in it."""
    spoken = call.texts
    if not call.words:
        here = guessed(call)
        now = words.clock(call.now.astimezone(parse.zone(here)), spoken)
        rows = tuple(
            tuple(Button(label=words.city(city, spoken), action=f"do:zone {city}") for city in row)
            for row in CITIES
        )
        said = spoken("zone.now", city=words.city(here, spoken), now=now)
        return call.reply(Paragraph(line=line(said)), Buttons(rows=rows))
    chosen = parse.zone_name(call.rest)
    async with call.services.database.unit() as unit:
        await unit.chats.choose(call.chat, zone=chosen)
        for each in await unit.chats.subscriptions(call.chat.key):
            moved = replace(each, zone=chosen)
            await unit.chats.set_zone(replace(moved, next_due=next_firing(moved, call.now)))
        await unit.commit()
    now = words.clock(call.now.astimezone(parse.zone(chosen)), spoken)
    return call.say("zone.done", city=words.city(chosen, spoken), now=now)


_DIGITS = {
    "arab": "arab", "arabic": "arab", "123": "arab", "هندي": "arab", "هنديه": "arab", "مشرقي": "arab",
    "مشرقيه": "arab", "latn": "latn", "latin": "latn", "لاتيني": "latn", "لاتينيه": "latn", "عربيه": "latn",
}  # fmt: skip


async def digits(call: Call) -> Reply:
    """`digits arab|latn`: the digits of counts, hours and dates in Arabic messages: ٠١٢٣ or 0123."""
    if not call.words:
        rows = (
            (Button(label="٠١٢٣", action="do:digits arab"), Button(label="0123", action="do:digits latn")),
        )
        return call.reply(Paragraph(line=line(call.texts("digits.which"))), Buttons(rows=rows))
    word = call.rest
    chosen = "latn" if word[:1] in "0123" else "arab" if word[:1] in "٠١٢٣" else _DIGITS.get(fold(word))
    if chosen is None:
        raise UsageError("usage.digits", word=word)
    chat = await put(call, digits=chosen)
    spoken = texts_for(call.texts.language, chat.digits)
    return replace(call, texts=spoken).say(
        "digits.done", number=texts_for("ar", chat.digits).numerals("2024")
    )


_MODES = {
    "hold": "hold", "تاجيل": "hold", "اجل": "hold", "critical": "critical", "عاجل": "critical", "العاجل": "critical",
    "batch": "batch", "دفعه": "batch", "مجمعه": "batch",
}  # fmt: skip
_NONE = frozenset(("off", "no", "none", "لا", "بلا", "الغاء", "ايقاف", "اوقف"))
_JOINING = frozenset(("من", "الي", "حتي", "from", "to", "until", "-", "–", "فقط", "only"))


async def quiet(call: Call) -> Reply:
    """`quiet FROM TO [hold|critical|batch]`, `quiet MODE` (the hours stay), `quiet off`: when alerts wait, and how."""
    spoken = call.texts
    given = [word for word in call.words if fold(word) not in _JOINING]
    if not given:
        return call.reply(
            Paragraph(line=line(spoken("quiet.now", quiet=quiet_line(call.chat, spoken), **_offered(call)))),
            Bullets(
                items=tuple(line(spoken(f"quiet.explained.{mode}")) for mode in ("hold", "critical", "batch"))
            ),
            Note(line=line(spoken("quiet.digests"))),
            Buttons(rows=_quiet_buttons(call)),
        )
    if fold(given[0]) in _NONE:
        await put(call, quiet_from=None, quiet_to=None, quiet_mode=None)
        return call.say("quiet.off")
    only = _MODES.get(fold(" ".join(given)).lower())
    start, end, mode = (*_hours(call), only) if only else _quiet_words(given)
    zone_name = guessed(call)
    chat = await put(call, quiet_from=start, quiet_to=end, quiet_mode=mode, zone=zone_name)
    return call.say("quiet.done", quiet=quiet_line(chat, spoken), city=words.city(zone_name, spoken))


def _quiet_words(given: list[str]) -> tuple[int, int, str]:
    """From and to as minutes of the day, and the mode. Raises `UsageError`."""
    mode = _MODES.get(fold(given[-1]).lower())
    both = parse.with_units(given[:-1] if mode else given)
    if len(both) == 1:
        both = [part for part in both[0].replace("–", "-").split("-") if part]
    if len(both) != 2:
        raise UsageError("usage.quiet", word=" ".join(given))
    start, end = (hours.minute_of_day(hour) for hour in both)
    if start == end:
        raise UsageError("usage.quiet_empty")
    return start, end, mode or "hold"


def _hours(call: Call) -> tuple[int, int]:
    """The hours that the buttons set: the chat's own, or the night."""
    start, end = call.chat.quiet_from, call.chat.quiet_to
    return NIGHT if start is None or end is None else (start, end)


def _offered(call: Call) -> dict[str, str]:
    start, end = _hours(call)
    return {"start": words.hour(start, call.texts), "end": words.hour(end, call.texts)}


def _quiet_buttons(call: Call) -> tuple[tuple[Button, ...], ...]:
    night = " ".join(f"{minute // 60:02}:{minute % 60:02}" for minute in _hours(call))
    modes = tuple(
        Button(label=call.texts(f"quiet.mode.{mode}"), action=f"do:quiet {night} {mode}")
        for mode in ("hold", "critical", "batch")
    )
    if call.chat.quiet_from is None:
        return (modes,)
    return modes, (Button(label=call.texts("button.quiet_off"), action="do:quiet off"),)


COMMANDS = (
    Command(name="topics", run=topics, who="admin", aliases=("مواضيع", "المواضيع", "موضوع")),
    Command(name="zone", run=zone, who="admin", aliases=("توقيت", "التوقيت", "منطقة")),
    Command(name="digits", run=digits, who="admin", aliases=("أرقام", "الأرقام")),
    Command(name="quiet", run=quiet, who="admin", aliases=("هدوء", "الهدوء", "صمت")),
)
