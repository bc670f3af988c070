"""What an editor does: post a brief to a channel."""

from adapters.chat.ports import Address, Platform, Reply
from bot.commands.reading import topic_of
from bot.commands.registry import Call, Command
from bot.delivering import BROADCAST, target
from bot.errors import UsageError
from bot.presenting.briefs import brief_message
from bot.texts import texts
from storage.briefs import Edition
from storage.chat_keys import ChatKey


async def broadcast(call: Call) -> Reply:
    """`broadcast CHANNEL`: post the current brief there, once.

    `CHANNEL` is `@name` or an id of this platform, or `telegram:@name` / `slack:C123` from elsewhere. The
    edition is named by channel and minute, so that a command sent twice posts once.
    """
    if len(call.words) != 1:
        raise UsageError("usage.broadcast")
    there = channel(call.words[0], call)
    refusal = await call.services.rights[there.platform].refusal(there, call.request.person)
    if refusal is not None:
        raise UsageError(refusal, channel=call.words[0])
    services, topic = call.services, topic_of(call)
    key = ChatKey(platform=there.platform, bot=there.bot, chat=there.chat)
    edition = f"broadcast:{key.text}{topic}:{call.now:%Y-%m-%dT%H:%M}"
    made, seen = await services.briefing.compose(topic, call.now, services.briefing.default_window, key.text)
    if not made.stories:
        raise UsageError("broadcast.empty")
    words = texts(services.default_language)
    message = brief_message(made, services.topics[topic].name(words.language), words, actions=False)
    head = Edition(id=edition, topic=topic, language=words.language, start=made.start, end=made.end,
                   created=call.now, brief=made)  # fmt: skip
    async with services.database.unit() as unit:
        rows = await services.publisher.publish(unit, head, message, [target(key)], priority=BROADCAST)
        await unit.briefs.put_seen(key.text, topic, seen)
        await unit.commit()
    return call.say("broadcast.queued" if rows else "broadcast.already", channel=call.words[0])


def channel(word: str, call: Call) -> Address:
    """The channel an editor named, on a bot that we run. Raises `UsageError`."""
    platform, colon, name = word.partition(":")
    if not colon or platform not in {"telegram", "slack"}:
        platform, name = call.request.address.platform, word
    if name.startswith("<#"):  # Slack sends a mentioned channel as <#C123|name>
        name = name.strip("<#>").partition("|")[0]
    bots = call.services.publisher.bots(platform)
    if not bots or platform not in call.services.rights:
        raise UsageError("broadcast.no_bot", platform=platform)
    here = call.request.address
    bot = here.bot if here.platform == platform and here.bot in bots else bots[0]
    known: Platform = "slack" if platform == "slack" else "telegram"
    return Address(platform=known, bot=bot, chat=name)


COMMANDS = (Command(name="broadcast", run=broadcast, who="editor", menu=False),)
