"""Which channel an editor named, and whether they and we may post there."""

from dataclasses import dataclass, replace

from adapters.chat.ports import Address, Platform
from bot.commands.registry import Call
from bot.errors import UsageError
from storage.chat_keys import ChatKey
from storage.chats import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel that exists: its settings as we keep them, and how people call it."""

    chat: Chat
    address: Address
    name: str

    @property
    def key(self) -> ChatKey:
        return self.chat.key


def is_operator(call: Call) -> bool:
    """Whether the person is named in `KAWALIS_ADMINS`."""
    return (call.request.address.platform, call.request.person) in call.services.settings.admins


async def channel(call: Call, word: str) -> Channel:
    """The channel that an editor named: `@name`, an id, or one that Slack marked up; kept with its name.

    Raises `UsageError`: for one who edits nothing, for a platform we do not run on, for a channel not found.
    """
    await _edits_anything(call)
    named = _named(word, call)
    place = await call.services.rights[named.platform].find(named)
    if place is None:
        raise UsageError("broadcast.no_chat", channel=word)
    address = replace(named, chat=place.chat)
    key = ChatKey(platform=address.platform, bot=address.bot, chat=address.chat)
    async with call.services.database.unit() as unit:
        known = await unit.chats.get(key) or Chat(
            platform=key.platform, bot=key.bot, chat=key.chat, created=call.now
        )
        if known.title != place.name:
            known = replace(known, title=place.name)
            await unit.chats.choose(known, title=place.name)
            await unit.commit()
    return Channel(chat=known, address=address, name=place.name)


async def _edits_anything(call: Call) -> None:
    here = call.request.address.platform
    if is_operator(call):
        return
    async with call.services.database.reading() as unit:
        if await unit.editors.edits_any(here, call.request.person):
            return
    if not call.request.person:
        raise UsageError("error.nameless")
    raise UsageError("error.editors_only", person=f"{here}:{call.request.person}")


async def may_edit(call: Call, key: ChatKey, name: str) -> None:
    """Raise `UsageError` unless the person edits this channel."""
    if is_operator(call):
        return
    if call.request.address.platform == key.platform:
        async with call.services.database.reading() as unit:
            if await unit.editors.edits(key, call.request.person):
                return
    raise UsageError("editors.not_yours", channel=name)


async def may_post(call: Call, address: Address, name: str) -> None:
    """Raise `UsageError` with what is missing: the bot's right to post there, or the person's own."""
    rights = call.services.rights.get(address.platform)
    refusal = await rights.refusal(address, call.request.person) if rights else "broadcast.no_bot"
    if refusal is not None:
        raise UsageError(refusal, channel=name, platform=address.platform)


def address_of(key: ChatKey) -> Address:
    platform: Platform = "slack" if key.platform == "slack" else "telegram"
    return Address(platform=platform, bot=key.bot, chat=key.chat, thread=key.thread)


def _named(word: str, call: Call) -> Address:
    platform, colon, name = word.partition(":")
    if not colon or platform not in {"telegram", "slack"}:
        platform, name = call.request.address.platform, word
    bots = call.services.publisher.bots(platform)
    if not bots or platform not in call.services.rights:
        raise UsageError("broadcast.no_bot", platform=platform)
    here = call.request.address
    # One gateway may serve many workspaces: its bot has no name, and the person's own workspace is meant.
    ours = here.platform == platform and (here.bot in bots or "" in bots)
    known: Platform = "slack" if platform == "slack" else "telegram"
    return Address(platform=known, bot=here.bot if ours else bots[0], chat=name)
