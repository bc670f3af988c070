"""The first three taps: language, topic, the hour of the digest with the zone guessed and shown.

Every step is a button's action `do:setup …`, so that nothing is kept between two taps but what the chat has set.
"""

from dataclasses import replace

from adapters.chat.message import Block, Button, Buttons, Heading, Note, Paragraph
from adapters.chat.ports import Reply
from bot.commands import parse
from bot.commands.reading import story, topic_of
from bot.commands.registry import Call, Command, line
from bot.commands.subscribing import put, subscribe
from bot.errors import UsageError
from bot.presenting import words
from bot.presenting.briefs import sample_note
from bot.texts import texts, texts_for
from summaries.types import TopicId

HOURS = (("07:00", "08:00", "09:00"), ("13:00", "18:00", "21:00"))
CITIES = (
    ("Africa/Cairo", "Asia/Riyadh", "Asia/Baghdad"), ("Asia/Dubai", "Asia/Amman", "Asia/Beirut"),
    ("Asia/Damascus", "Asia/Gaza", "Asia/Jerusalem"), ("Asia/Kuwait", "Asia/Qatar", "Africa/Khartoum"),
    ("Africa/Tripoli", "Africa/Tunis", "Africa/Algiers"), ("Africa/Casablanca", "Asia/Aden", "Asia/Muscat"),
    ("Europe/Istanbul", "Europe/Berlin", "Europe/London"), ("America/New_York", "America/Los_Angeles", "UTC"),
)  # fmt: skip


async def start(call: Call) -> Reply:
    """Greet, say what this is, and ask for the language. Who knows us already can have the brief at once. A deep
    link's payload (`story_ID`, `topic_ID`) opens what it names.
    """
    kind, _, named = call.rest.partition("_")
    if kind == "story" and named:
        return await _story(call, named)
    if kind == "topic" and named in call.services.topics:
        return await _own_topic(call, TopicId(named))
    spoken = call.texts
    return call.reply(
        *_greeting(call),
        Paragraph(line=line(spoken("start.language"))),
        Buttons(
            rows=(
                tuple(
                    Button(label=texts(code)("language.name"), action=f"do:setup language {code}")
                    for code in ("ar", "en")
                ),
                (Button(label=spoken("button.brief_now"), action="do:brief"),),
            )
        ),
    )


def _greeting(call: Call) -> tuple[Block, ...]:
    spoken = call.texts
    topic = call.services.topics[topic_of(call)].name(spoken.language)
    return (
        Heading(line=line(spoken("start.title"))),
        *sample_note(call.services.sample, spoken),
        Paragraph(line=line(spoken("start.what", topic=topic))),
    )


async def _story(call: Call, named: str) -> Reply:
    """The story's card; who has never set anything here is offered the three taps below it."""
    card = await story(replace(call, words=(named,)))
    if call.chat.topic is not None:
        return card
    begin = Buttons(rows=((Button(label=call.texts("button.begin"), action="do:start"),),))
    told = replace(card.messages[0], blocks=(*card.messages[0].blocks, begin))
    return replace(card, messages=(told,))


async def _own_topic(call: Call, chosen: TopicId) -> Reply:
    """The topic that the link names is set, where the person may set it, and the hour is asked for."""
    if call.request.group and not call.request.admin:
        raise UsageError("error.admins_only")
    chat = await put(call, topic=chosen)
    here = replace(call, chat=chat)
    asked = _ask_hour(here, guessed(here)).messages[0]
    return call.reply(*_greeting(here), *asked.blocks)


async def setup(call: Call) -> Reply:
    """`setup language ar`, `topic ID`, `zone [ZONE]`, `hour 08:00 ZONE`, `none ZONE`: one step, and what follows it."""
    step, *given = call.words or ("",)
    if step == "language" and given:
        return await _language(call, parse.language(given[0]))
    if step == "topic" and given:
        return await _topic(call, TopicId(given[0]))
    if step == "zone":
        return await _zone(call, parse.zone_name(" ".join(given)) if given else None)
    if step == "none" and given:
        return await _no_digest(call, parse.zone_name(" ".join(given)))
    if step == "hour" and len(given) > 1:
        return await _hour(replace(call, words=tuple(given)))
    return await start(call)


async def _language(call: Call, chosen: str) -> Reply:
    chat = await put(call, language=chosen)
    spoken = texts_for(chat.language, chat.digits)
    buttons = tuple(
        (Button(label=topic.name(spoken.language), action=f"do:setup topic {topic.id}"),)
        for topic in call.services.topics.values()
    )
    after = replace(call, chat=chat, texts=spoken)
    return _step(after, Paragraph(line=line(spoken("start.topic"))), Buttons(rows=buttons))


async def _topic(call: Call, chosen: TopicId) -> Reply:
    if chosen not in call.services.topics:
        raise UsageError(
            "usage.topic", topic=chosen, known=call.texts("list.comma").join(call.services.topics)
        )
    chat = await put(call, topic=chosen)
    return _ask_hour(replace(call, chat=chat), guessed(call))


def guessed(call: Call) -> str:
    """The person's zone: what the chat chose, what the platform tells, or the one of their language's country."""
    return (
        call.chat.zone or call.request.zone or parse.guessed_zone(call.request.language, call.texts.language)
    )


def _ask_hour(call: Call, zone: str) -> Reply:
    spoken = call.texts
    now = words.clock(call.now.astimezone(parse.zone(zone)), spoken)
    rows = tuple(
        tuple(Button(label=spoken.numerals(hour), action=f"do:setup hour {hour} {zone}") for hour in row)
        for row in HOURS
    )
    others = (
        Button(label=spoken("button.other_zone"), action="do:setup zone"),
        Button(label=spoken("button.no_digest"), action=f"do:setup none {zone}"),
    )
    return _step(
        call,
        Paragraph(line=line(spoken("start.hour", city=words.city(zone, spoken), now=now))),
        Buttons(rows=(*rows, others)),
        Note(line=line(spoken("start.hour_other"))),
    )


async def _zone(call: Call, chosen: str | None) -> Reply:
    if chosen is not None:
        return _ask_hour(call, chosen)
    rows = tuple(
        tuple(Button(label=words.city(zone, call.texts), action=f"do:setup zone {zone}") for zone in row)
        for row in CITIES
    )
    return _step(call, Paragraph(line=line(call.texts("start.zone"))), Buttons(rows=rows))


async def _hour(call: Call) -> Reply:
    """The third tap: the digest is set, and the brief is one tap away."""
    done = await subscribe(call)
    topic = call.services.topics[topic_of(call)].name(call.texts.language)
    shown = replace(
        done.messages[0],
        blocks=(
            Paragraph(line=line(call.texts("start.done", topic=topic))),
            *done.messages[0].blocks,
            _ways_on(call),
        ),
    )
    return Reply(messages=(shown,), replace=True)


async def _no_digest(call: Call, zone: str) -> Reply:
    """The third tap of who wants none: the zone that was shown holds for all times that we write."""
    here = replace(call, chat=await put(call, zone=zone))
    topic, city = call.services.topics[topic_of(here)].name(call.texts.language), words.city(zone, call.texts)
    said = call.texts("start.no_digest", topic=topic, city=city)
    return _step(here, Paragraph(line=line(said)), _ways_on(here))


def _ways_on(call: Call) -> Buttons:
    """What a reader may want next."""
    brief = Button(label=call.texts("button.brief_now"), action="do:brief", style="primary")
    more = (
        Button(label=call.texts("button.breaking"), action="do:follow breaking"),
        Button(label=call.texts("button.help"), action="do:help"),
    )
    return Buttons(rows=((brief,), more))


def _step(call: Call, *blocks: object) -> Reply:
    return replace(call.reply(*blocks), replace=True)


COMMANDS = (
    Command(name="start", run=start, menu=False, aliases=("ابدأ", "بداية")),
    Command(name="setup", run=setup, who="admin", menu=False),
)
