"""A chat's data as a whole: handed out, forgotten, or moved to the chat's new id."""

from typing import Any

from sqlalchemy import Table, UniqueConstraint, and_, delete, exists, select, true, update

from storage.chat_keys import ChatKey, ensure
from storage.repository import Repository
from storage.serialise import dump
from storage.tables.base import metadata
from storage.tables.chats import chats

Export = dict[str, list[dict[str, Any]]]


def hanging() -> list[Table]:
    """Every table whose rows hang on a chat's key."""
    return [
        table
        for table in metadata.sorted_tables
        if "chat" in table.c and any(key.column is chats.c.key for key in table.c.chat.foreign_keys)
    ]


def addressed() -> list[Table]:
    """Every table, chats apart, whose rows name a chat by its four parts: the deliveries."""
    parts = {"platform", "bot", "chat", "thread"}
    return [table for table in metadata.sorted_tables if table is not chats and parts <= set(table.c.keys())]


class ChatData(Repository):
    """Without a thread, the key stands for the chat with all its threads; with one, for that thread alone."""

    async def export(self, key: ChatKey) -> Export:
        """Everything kept of the chat: table name -> rows as plain JSON data, times as ISO 8601 in UTC."""
        keys = await self._keys(key)
        found: Export = {"chats": await self._rows(chats, _place(chats, key))}
        for table in hanging():
            found[table.name] = await self._rows(table, table.c.chat.in_(keys))
        for table in addressed():
            found[table.name] = await self._rows(table, _place(table, key))
        return found

    async def forget(self, key: ChatKey) -> bool:
        """Delete everything of the chat. False where nothing was known of it."""
        for table in addressed():
            await self.connection.execute(delete(table).where(_place(table, key)))
        result = await self.connection.execute(delete(chats).where(_place(chats, key)))
        return bool(result.rowcount)

    async def rename(self, platform: str, bot: str, old: str, new: str) -> None:
        """The platform gave the chat a new id. What the new one has already stays; the rest goes over."""
        if old == new:
            return
        for key in await self._keys(ChatKey(platform=platform, bot=bot, chat=old)):
            before = ChatKey.parse(key)
            after = ChatKey(platform=platform, bot=bot, chat=new, thread=before.thread)
            if await self._keys(after, exact=True):
                await self._fold(before, after)
            else:
                place = {"key": after.text, "chat": new}
                await self.connection.execute(update(chats).where(chats.c.key == key).values(place))
        for table in addressed():
            await self._readdress(table, ChatKey(platform=platform, bot=bot, chat=old), new)

    async def _readdress(self, table: Table, old: ChatKey, new: str) -> None:
        """Rows that the new id has already (a unique key says so) are left behind, and deleted."""
        other = table.alias()
        same = [other.c.chat == new]
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint) and "chat" in constraint.columns:
                names = {column.name for column in constraint.columns} - {"chat"}
                same += [other.c[name] == table.c[name] for name in sorted(names)]
        free = ~exists().where(*same) if len(same) > 1 else true()
        moving = update(table).where(_place(table, old), free).values(chat=new)
        await self.connection.execute(moving)
        await self.connection.execute(delete(table).where(_place(table, old)))

    async def _fold(self, before: ChatKey, after: ChatKey) -> None:
        """Settings of the old id win, as people chose them; of its other rows, those that the new id lacks."""
        await ensure(self, after.text)
        row = (await self.connection.execute(select(chats).where(chats.c.key == before.text))).one()
        settings = {name: value for name, value in row._mapping.items() if name not in _PLACE}
        await self.connection.execute(update(chats).where(chats.c.key == after.text).values(settings))
        for table in hanging():
            await self._fold_table(table, before.text, after.text)
        await self.connection.execute(delete(chats).where(chats.c.key == before.text))

    async def _fold_table(self, table: Table, before: str, after: str) -> None:
        names = [column.name for column in table.primary_key]
        for row in (await self.connection.execute(select(table).where(table.c.chat == before))).all():
            data = dict(row._mapping)
            same = and_(*(table.c[name] == data[name] for name in names))
            await self.connection.execute(delete(table).where(same))
            await self._put(table, [data | {"chat": after}], replace=False)

    async def _keys(self, key: ChatKey, *, exact: bool = False) -> list[str]:
        which = chats.c.key == key.text if exact else _place(chats, key)
        return [row.key for row in await self.connection.execute(select(chats.c.key).where(which))]

    async def _rows(self, table: Table, which: Any) -> list[dict[str, Any]]:
        query = select(table).where(which).order_by(*table.primary_key.columns)
        return [
            {name: dump(value) for name, value in row._mapping.items()}
            for row in await self.connection.execute(query)
        ]


_PLACE = ("key", "platform", "bot", "chat", "thread")


def _place(table: Table, key: ChatKey) -> Any:
    same = and_(table.c.platform == key.platform, table.c.bot == key.bot, table.c.chat == key.chat)
    return and_(same, table.c.thread == key.thread) if key.thread else same
