"""One transaction with its repositories: all of it is kept, or none."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage.analyses import Analyses
from storage.articles import Articles
from storage.briefs import Briefs
from storage.chat_data import ChatData
from storage.chats import Chats
from storage.editors import Editors
from storage.outbox import Outbox
from storage.search import Search
from storage.sources import Sources
from storage.stories import Stories
from storage.workers import Workers
from storage.writing import Writing


class UnitOfWork:
    """Made by `Database.unit`. What is not committed is rolled back when the unit ends."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self._session: AsyncSession | None = None

    @cached_property
    def sources(self) -> Sources:
        return Sources(self.connection)

    @cached_property
    def articles(self) -> Articles:
        return Articles(self.connection)

    @cached_property
    def analyses(self) -> Analyses:
        return Analyses(self.connection)

    @cached_property
    def stories(self) -> Stories:
        return Stories(self.connection)

    @cached_property
    def briefs(self) -> Briefs:
        return Briefs(self.connection)

    @cached_property
    def chats(self) -> Chats:
        return Chats(self.connection)

    @cached_property
    def chat_data(self) -> ChatData:
        return ChatData(self.connection)

    @cached_property
    def search(self) -> Search:
        return Search(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection)

    @cached_property
    def editors(self) -> Editors:
        return Editors(self.connection)

    @cached_property
    def workers(self) -> Workers:
        return Workers(self.connection)

    @cached_property
    def writing(self) -> Writing:
        return Writing(self.connection)

    @property
    def session(self) -> AsyncSession:
        """A session in this very transaction, for libraries that want one. Commit the unit, not it."""
        if self._session is None:
            self._session = AsyncSession(self.connection, join_transaction_mode="rollback_only")
        return self._session

    async def commit(self) -> None:
        """Keep what was done so far. The unit may go on with a new transaction."""
        if self._session is not None:
            await self._session.flush()
        await self.connection.commit()
