"""Which message carried a story to a chat where a person asked for it: what answers the story answers that message.

Digests and alerts are in the outbox with their messages; what a person asks for is sent at once, and only this is
kept of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select

from storage.chat_keys import ChatKey, ensure
from storage.repository import Repository, chunks
from storage.tables.chats import told
from summaries.types import StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """`message` is the platform's id of the message that told the story."""

    chat: ChatKey
    story: StoryId
    message: str


class Told(Repository):
    """One message a chat and story: the newest."""

    async def put(
        self, chat: ChatKey, messages: Mapping[StoryId, str], *, now: datetime, since: datetime
    ) -> None:
        """Keep which message told which story; what is older than `since` is forgotten."""
        await ensure(self, chat.text)
        await self.connection.execute(delete(told).where(and_(told.c.chat == chat.text, told.c.at < since)))
        rows = [
            {"chat": chat.text, "story": story, "message": message, "at": now}
            for story, message in messages.items()
        ]
        await self._put(told, rows)

    async def delete_before(self, moment: datetime) -> None:
        """Forget what was told before `moment`, in every chat: one that nobody asks in any more forgets nothing
        itself.
        """
        await self.connection.execute(delete(told).where(told.c.at < moment))

    async def since(self, stories: Iterable[StoryId], since: datetime) -> list[Carried]:
        """The messages that told one of these stories since then, in every chat."""
        wanted: Sequence[StoryId] = list(dict.fromkeys(stories))
        found: list[Carried] = []
        for part in chunks(wanted):
            query = select(told).where(self._among(told.c.story, part), told.c.at >= since)
            found += [
                Carried(chat=ChatKey.parse(row.chat), story=StoryId(row.story), message=row.message)
                for row in await self.connection.execute(query)
            ]
        return found
