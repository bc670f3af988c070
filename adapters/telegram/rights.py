"""What Telegram says about rights in a chat, remembered for a minute."""

from collections import OrderedDict
from collections.abc import Callable

from telegram import (
    Bot,
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
)
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from adapters.chat.ports import NO_ANSWER, Address, Place
from adapters.telegram.errors import TelegramProblem

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
        is_admin = _administers(member)
        self._known[chat, person] = (self._clock() + REMEMBERED_SECONDS, is_admin)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return is_admin

    async def find(self, target: Address) -> Place | None:
        """The channel or group behind `@name` or an id; None where we cannot see it, or it is a person. Raises
        `TelegramProblem` where Telegram does not answer.
        """
        try:
            chat = await self._bot.get_chat(_id(target.chat))
        except (TelegramError, ValueError) as error:
            if _unanswered(error):
                raise TelegramProblem(NO_ANSWER, cause=type(error).__name__) from None
            return None
        if chat.type == Chat.PRIVATE:
            return None
        return Place(
            chat=str(chat.id), name=f"@{chat.username}" if chat.username else chat.title or target.chat
        )

    async def refusal(self, target: Address, editor: str) -> str | None:
        """Why `editor` may not have us post in the channel or group, as a text key; None: nothing is in the way."""
        try:
            chat = _id(target.chat)
            ours = await self._bot.get_chat_member(chat, self._bot.id)
        except (TelegramError, ValueError) as error:
            return NO_ANSWER if _unanswered(error) else "broadcast.no_chat"
        if not _may_post(ours):
            return "broadcast.bot_cannot_post"
        try:
            theirs = await self._bot.get_chat_member(chat, int(editor))
        except (TelegramError, ValueError) as error:
            return NO_ANSWER if _unanswered(error) else "broadcast.person_cannot_post"
        return None if _administers(theirs) and _may_post(theirs) else "broadcast.person_cannot_post"


def _unanswered(error: Exception) -> bool:
    """Whether Telegram was not reached or asked us to wait: that says nothing of rights."""
    passing = isinstance(error, NetworkError | RetryAfter)
    return passing and not isinstance(
        error, BadRequest
    )  # the library counts a bad request among network errors


def _id(chat: str) -> int | str:
    return chat if chat.startswith("@") else int(chat)


def _administers(member: ChatMember) -> bool:
    return isinstance(member, ChatMemberOwner | ChatMemberAdministrator)


def _may_post(member: ChatMember) -> bool:
    """In a channel the right to post is an administrator's (`can_post_messages`, which groups do not have: there it
    is None); in a group every member may write who is not kept from it.
    """
    if isinstance(member, ChatMemberOwner | ChatMemberMember):
        return True
    if isinstance(member, ChatMemberAdministrator):
        return member.can_post_messages is not False
    return isinstance(member, ChatMemberRestricted) and member.is_member and member.can_send_messages
