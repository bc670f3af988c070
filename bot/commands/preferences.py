"""All settings of a chat in one form: what Slack's App Home opens. A chat without forms shows the settings."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from adapters.chat.forms import Choice, Form, Hour, Words
from adapters.chat.message import Button, Buttons, Message
from adapters.chat.ports import Reply
from bot.commands import hours, parse
from bot.commands.following import LONGEST, follow, is_followable
from bot.commands.reading import topic_of
from bot.commands.registry import Call, Command
from bot.commands.subscribing import end, put, settings, subscribe
from bot.errors import UsageError
from bot.texts import LANGUAGES, texts, texts_for
from storage.chats import Subscription
from summaries.types import TopicId


async def home(call: Call) -> Reply:
    """The App Home: the settings, with the button that opens them as a form."""
    shown = (await settings(call)).messages[0]
    button = Button(label=call.texts("button.preferences"), action="do:preferences", style="primary")
    blocks = (shown.blocks[0], Buttons(rows=((button,),)), *shown.blocks[1:])
    return Reply(messages=(Message(blocks=blocks, language=shown.language),))


async def preferences(call: Call) -> Reply:
    """`preferences`: the form; with answers, what it set."""
    async with call.services.database.reading() as unit:
        digests = await unit.chats.subscriptions(call.chat.key)
    if call.request.fields is None:
        return replace(await settings(call), form=form(call, digests))
    return await _set(call, dict(call.request.fields), digests)


def form(call: Call, digests: list[Subscription]) -> Form:
    """The form, filled with what holds now."""
    spoken, chat, services = call.texts, call.chat, call.services
    languages = tuple((code, texts(code)("language.name")) for code in LANGUAGES)
    topics = tuple((str(id), topic.name(spoken.language)) for id, topic in services.topics.items())
    return Form(
        name="preferences", title=spoken("form.title"), submit=spoken("form.submit"), close=spoken("form.close"),
        language=spoken.language,
        fields=(
            Choice(name="language", label=spoken("form.language"), options=languages, value=spoken.language),
            Choice(name="topic", label=spoken("form.topic"), options=topics, value=str(topic_of(call))),
            Words(name="zone", label=spoken("form.zone"), value=chat.zone or call.request.zone),
            Hour(name="hour", label=spoken("form.hour"), value=_clock(digests[0].time) if digests else None),
            Hour(name="quiet_from", label=spoken("form.quiet_from"), value=_clock(chat.quiet_from)),
            Hour(name="quiet_to", label=spoken("form.quiet_to"), value=_clock(chat.quiet_to)),
            Words(name="follow", label=spoken("form.follow")),
        ),
    )  # fmt: skip


def _clock(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // 60:02}:{minute % 60:02}"


async def _set(call: Call, given: dict[str, str], digests: list[Subscription]) -> Reply:
    """Check every answer, then store them all, or none; what was followed is said last."""
    wrong: dict[str, str] = {}
    zone = _read(call, given, "zone", parse.zone_name, wrong)
    start, end = (_read(call, given, name, hours.minute_of_day, wrong) for name in ("quiet_from", "quiet_to"))
    if "quiet_from" not in wrong and "quiet_to" not in wrong and start == end and start is not None:
        wrong["quiet_to"] = call.texts("form.quiet_same")
    elif bool(given.get("quiet_from")) != bool(given.get("quiet_to")):
        wrong["quiet_to" if given.get("quiet_from") else "quiet_from"] = call.texts("form.quiet_both")
    if given.get("hour") and not given.get("zone"):
        wrong["zone"] = call.texts("form.zone_needed")
    if given.get("follow") and not is_followable(given["follow"]):
        wrong["follow"] = call.texts("form.follow_wrong", word=given["follow"][:LONGEST])
    if wrong:
        return Reply(errors=wrong)
    topic = TopicId(given.get("topic", ""))
    chat = await put(
        call, language=parse.language(given["language"]) if given.get("language") else call.chat.language,
        topic=topic if topic in call.services.topics else call.chat.topic, zone=zone,
        quiet_from=start, quiet_to=end, quiet_mode=None if start is None else call.chat.quiet_mode or "hold",
    )  # fmt: skip
    now_call = replace(
        call, chat=chat, texts=texts_for(chat.language, chat.digits) if chat.language else call.texts
    )
    await _digest(now_call, given.get("hour", ""), digests)
    done = now_call.say("form.done").messages
    if given.get("follow"):
        done += (await follow(replace(now_call, words=tuple(given["follow"].split())))).messages
    return Reply(messages=done)


Value = TypeVar("Value")


def _read(
    call: Call, given: dict[str, str], name: str, reads: Callable[[str], Value], wrong: dict[str, str]
) -> Value | None:
    """The answer of a field as its value; None where it is empty, or wrong: then `wrong` says how."""
    try:
        return reads(given[name]) if given.get(name) else None
    except UsageError as error:
        wrong[name] = call.texts.error(error)
        return None


async def _digest(call: Call, hour: str, digests: list[Subscription]) -> None:
    """The first digest moves to this hour, or ends where the hour was taken out; others stay as they are."""
    same = bool(digests and hour and hours.minute_of_day(hour) == digests[0].time)
    if digests and not (same and digests[0].zone == call.chat.zone):
        async with call.services.database.unit() as unit:
            if hour:
                await unit.chats.unsubscribe(call.chat.key, digests[0].id)
            else:
                await end(unit, digests[0])
            await unit.commit()
    elif digests:
        return
    if hour:
        await subscribe(replace(call, words=(hour, call.chat.zone or "UTC")))


COMMANDS = (
    Command(name="home", run=home, menu=False),
    Command(name="preferences", run=preferences, who="admin", menu=False),
)
