"""The one text that names a chat in all tables."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from storage.errors import Unreadable
from storage.repository import Repository
from storage.tables.chats import chats


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatKey:
    """A place that is written to: the same four parts as a chat's address.

    >>> ChatKey(platform="telegram", bot="7", chat="-100").text
    'telegram:7:-100:'
    """

    platform: str
    bot: str
    chat: str
    thread: str = ""

    @property
    def text(self) -> str:
        """The parts joined by colons; a colon within a part is percent-encoded."""
        return ":".join(quote(part, safe="") for part in (self.platform, self.bot, self.chat, self.thread))

    @staticmethod
    def parse(text: str) -> "ChatKey":
        """The opposite of `text`. Raises Unreadable."""
        parts = [unquote(part) for part in text.split(":")]
        if len(parts) != 4 or not all(parts[:3]):
            raise Unreadable("storage.unreadable", cause="not a chat key", what="chat")
        platform, bot, chat, thread = parts
        return ChatKey(platform=platform, bot=bot, chat=chat, thread=thread)


async def ensure(repository: Repository, *keys: str) -> None:
    """Make sure that the chats have a row for others to hang on; settings that are there stay."""
    rows = []
    for key in dict.fromkeys(keys):
        place = ChatKey.parse(key)
        rows.append(
            {
                "key": place.text,
                "platform": place.platform,
                "bot": place.bot,
                "chat": place.chat,
                "thread": place.thread,
                "paused": False,
            }
        )
    await repository._put(chats, rows, replace=False)
