"""What Telegram says about rights in a chat, remembered for a minute."""

from collections import OrderedDict
from collections.abc import Callable

from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner
from telegram.error import TelegramError

from adapters.chat.ports import Address

REMEMBERED_SECONDS = 60.0
MOST = 5_000


class Rights:
    """Who administers a chat, and whether a brief may be posted in a channel."""

    def __init__(self, bot: Bot, *, clock: Callable[[], float]) -> None:
        self._bot, self._clock = bot, clock
        self._known: OrderedDict[tuple[str, str], tuple[float, bool]] = OrderedDict()

    async def administers(self, chat: str, person: str) -> bool:
        """Whether the person is the owner or an administrator of the chat; False where Telegram does not say."""
        known = self._known.get((chat, person))
        if known is not None and known[0] > self._clock():
            return known[1]
        try:
            member = await self._bot.get_chat_member(int(chat), int(person))
        except TelegramError:
            return False
        is_admin = isinstance(member, ChatMemberOwner | ChatMemberAdministrator)
        self._known[chat, person] = (self._clock() + REMEMBERED_SECONDS, is_admin)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return is_admin

    async def refusal(self, target: Address, editor: str) -> str | None:
        """Why `editor` may not have us post in the channel, as a text key; None: nothing is in the way."""
        chat: int | str = target.chat if target.chat.startswith("@") else int(target.chat)
        try:
            ours = await self._bot.get_chat_member(chat, self._bot.id)
        except TelegramError:
            return "broadcast.no_chat"
        if not isinstance(ours, ChatMemberOwner) and not getattr(ours, "can_post_messages", False):
            return "broadcast.bot_cannot_post"
        try:
            theirs = await self._bot.get_chat_member(chat, int(editor))
        except (TelegramError, ValueError):
            return "broadcast.person_cannot_post"
        may = isinstance(theirs, ChatMemberOwner) or bool(getattr(theirs, "can_post_messages", False))
        return None if may else "broadcast.person_cannot_post"
