"""What a chat sets for itself: subscriptions, language, settings."""

import re
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from adapters.chat.message import Bullets, Button, Buttons, Heading, Line, Paragraph
from adapters.chat.ports import Reply
from bot.commands import hours, parse
from bot.commands.reading import topic_of
from bot.commands.registry import Call, Command, line, reached_later
from bot.delivering import target
from bot.digests import next_firing
from bot.errors import UsageError
from bot.presenting import words
from bot.texts import Texts, texts_for
from storage.chats import EVERY_DAY, Chat, Subscription
from storage.unit_of_work import UnitOfWork
from summaries.text import fold

_NAMES = (  # Monday first
    "mon monday الاثنين اثنين", "tue tues tuesday الثلاثاء ثلاثاء", "wed weds wednesday الأربعاء أربعاء",
    "thu thur thurs thursday الخميس خميس", "fri friday الجمعة جمعة", "sat saturday السبت سبت", "sun sunday الأحد أحد",
)  # fmt: skip
_DAYS = {fold(name): day for day, names in enumerate(_NAMES) for name in names.split()}
_AND = frozenset(("و", "and", "&", ",", "،", "كل", "يوم", "ايام", "every", "each", "on"))
_DAILY = frozenset(("يوميا", "كل يوم", "daily", "everyday", "every day", "each day"))
MOST_SUBSCRIPTIONS = 12


async def subscribe(call: Call) -> Reply:
    """`subscribe HOUR [ZONE] [DAYS]`: a digest at the chat's local hour."""
    if not call.words:
        raise UsageError("usage.subscribe")
    reached_later(call)
    minute, zone, weekdays = subscription_words(call)
    wanted = Subscription(
        id=call.services.new_id(), chat=call.chat.key, topic=topic_of(call), time=minute, zone=zone,
        weekdays=weekdays, created=call.now,
    )  # fmt: skip
    first = next_firing(wanted, call.now)
    async with call.services.database.unit() as unit:
        known = await unit.chats.subscriptions(call.chat.key)
        again = any((s.time, s.topic) == (minute, wanted.topic) for s in known)
        if not again and len(known) >= MOST_SUBSCRIPTIONS:
            raise UsageError("subscribe.too_many", most=str(MOST_SUBSCRIPTIONS))
        await unit.chats.choose(call.chat, **({} if call.chat.zone else {"zone": zone}))
        await unit.chats.subscribe(replace(wanted, next_due=first))
        await unit.commit()
    return call.say(
        "subscribe.done",
        hour=words.hour(minute, call.texts),
        zone=words.city(zone, call.texts),
        days=days(weekdays, call.texts),
        first=words.moment(first, call.texts, ZoneInfo(zone)),
    )


def subscription_words(call: Call) -> tuple[int, str, int]:
    """Minute of the day, zone and weekday mask (bit 0 is Monday) among the words typed.

    The zone falls back to the chat's, then to what the platform tells of the person; where nobody knows it,
    it is asked for, since a digest at the wrong hour is worse than a question.
    """
    hour, *given = parse.with_units(call.words)
    minute = hours.minute_of_day(hour)
    given = _without_daily(given)
    weekdays = 0
    while given and ((named_days := _days_in(given[-1])) or (weekdays and fold(given[-1]).lower() in _AND)):
        weekdays |= sum(1 << day for day in named_days)
        given.pop()
    named = parse.zone_name(" ".join(given)) if given else call.chat.zone or call.request.zone
    if named is None:
        raise UsageError("usage.zone_needed", hour=hour)
    return minute, parse.zone_name(named), weekdays or EVERY_DAY


def _without_daily(given: list[str]) -> list[str]:
    """The words without a «يوميا» or `every day` at their beginning or end: it is what is meant without any."""
    for count in (1, 2):
        for said, left in ((given[:count], given[count:]), (given[-count:], given[:-count])):
            if fold(" ".join(said).strip("()")).lower() in _DAILY:
                return left
    return given


def _days_in(word: str) -> set[int]:
    """The days that a word names, all of it: `Friday,sat`, `الجمعة،`, `والسبت`; none where it is anything else."""
    parts = [fold(part).lower() for part in re.split("[,،]", word) if part]
    found = {_DAYS.get(part, _DAYS.get(part.removeprefix("و"))) for part in parts}
    return set() if None in found else {day for day in found if day is not None}


def days(weekdays: int, texts: Texts) -> str:
    if weekdays == EVERY_DAY:
        return texts("days.every")
    return words.join([words.weekday(day, texts) for day in range(7) if weekdays >> day & 1], texts)


async def end(unit: UnitOfWork, subscription: Subscription) -> None:
    """End a digest. Where it was the chat's last one on its topic, what waits of such digests is not sent."""
    key, topic = subscription.chat, subscription.topic
    await unit.chats.unsubscribe(key, subscription.id)
    if all(other.topic != topic for other in await unit.chats.subscriptions(key)):
        await unit.outbox.call_off_in(target(key), f"digest:{topic}:", "unsubscribed")


async def unsubscribe(call: Call) -> Reply:
    """`unsubscribe [HOUR]`: end one digest, or all of this chat's."""
    async with call.services.database.unit() as unit:
        known = await unit.chats.subscriptions(call.chat.key)
        minute = hours.minute_of_day(call.rest) if call.words else None
        ending = [s for s in known if minute is None or s.time == minute]
        if not ending:
            raise UsageError("unsubscribe.none" if known else "unsubscribe.nothing")
        for subscription in ending:
            await end(unit, subscription)
        await unit.commit()
    return call.say("unsubscribe.done", count=call.texts.count("digests.count", len(ending)))


async def language(call: Call) -> Reply:
    """`language ar|en`: the language of the interface in this chat."""
    if not call.words:
        return call.reply(Paragraph(line=line(call.texts("language.which"))), _languages())
    chat = await put(call, language=parse.language(call.rest))
    return replace(call, texts=texts_for(chat.language, chat.digits)).say("language.done")


async def put(call: Call, **chosen: Any) -> Chat:
    """The chat's settings with what was chosen, which alone is stored."""
    async with call.services.database.unit() as unit:
        await unit.chats.choose(call.chat, **chosen)
        await unit.commit()
    return replace(call.chat, **chosen)


def _languages() -> Buttons:
    return Buttons(
        rows=(
            (
                Button(label="العربية", action="do:language ar"),
                Button(label="English", action="do:language en"),
            ),
        )
    )


async def settings(call: Call) -> Reply:
    """What this chat has set, with the ways to change it."""
    async with call.services.database.reading() as unit:
        known = await unit.chats.subscriptions(call.chat.key)
    spoken, chat = call.texts, call.chat
    zone = chat.zone or call.request.zone
    lines = [
        spoken("settings.language", language=spoken("language.name")),
        spoken("settings.topic", topic=call.services.topics[topic_of(call)].name(spoken.language)),
        spoken("settings.zone", zone=words.city(zone, spoken) if zone else spoken("settings.unset")),
        spoken("settings.digits", digits=spoken(f"digits.{spoken.digits}")),
        spoken("settings.quiet", quiet=quiet_line(chat, spoken)),
        *([_digest(subscription, spoken) for subscription in known] or [spoken("settings.no_digest")]),
    ]
    items: tuple[Line, ...] = tuple(line(text) for text in lines)
    return call.reply(
        Heading(line=line(spoken("settings.title"))), Bullets(items=items), _languages(),
        Buttons(rows=_more_settings(spoken)),
        Buttons(rows=((Button(label=spoken("button.unsubscribe"), action="do:unsubscribe", style="danger"),),))
        if known else Paragraph(line=line(spoken("settings.how_subscribe"))),
    )  # fmt: skip


def _more_settings(spoken: Texts) -> tuple[tuple[Button, ...], ...]:
    named = ("topics", "zone", "digits", "quiet", "follow", "mute")
    made = [Button(label=spoken(f"button.{name}"), action=f"do:{name}") for name in named]
    return tuple(made[:3]), tuple(made[3:])


def quiet_line(chat: Chat, spoken: Texts) -> str:
    """The quiet hours in words."""
    if chat.quiet_from is None or chat.quiet_to is None:
        return spoken("quiet.none")
    return spoken(
        "quiet.hours", start=words.hour(chat.quiet_from, spoken), end=words.hour(chat.quiet_to, spoken),
        mode=spoken(f"quiet.mode.{chat.quiet_mode or 'hold'}"),
    )  # fmt: skip


def _digest(subscription: Subscription, spoken: Texts) -> str:
    return spoken(
        "settings.digest", hour=words.hour(subscription.time, spoken),
        zone=words.city(subscription.zone, spoken), days=days(subscription.weekdays, spoken),
    )  # fmt: skip


COMMANDS = (
    Command(name="subscribe", run=subscribe, who="admin", aliases=("digest", "اشتراك", "اشترك", "اشتركوا")),
    Command(name="unsubscribe", run=unsubscribe, who="admin", aliases=("إلغاء", "ألغ", "أوقف", "إيقاف")),
    Command(name="settings", run=settings, aliases=("إعدادات", "الإعدادات", "ضبط")),
    Command(name="language", run=language, who="admin", aliases=("لغة", "اللغة")),
)
