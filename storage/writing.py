"""What a language model wrote, kept by content, and the tokens it took each day."""

from datetime import date, datetime

from sqlalchemy import delete, select

from storage.repository import Repository
from storage.tables.writing import model_use, written


class Writing(Repository):
    """The answers worth keeping, and the use that the day's limit counts."""

    async def answer(self, key: str) -> str | None:
        """What was kept under a key, or None."""
        found: str | None = await self.connection.scalar(select(written.c.answer).where(written.c.key == key))
        return found

    async def put_answer(self, key: str, answer: str, created: datetime) -> None:
        await self._put(written, [{"key": key, "answer": answer, "created": created}])

    async def tokens(self, day: date) -> int:
        """How many tokens were used on a day (UTC)."""
        return await self.connection.scalar(select(model_use.c.tokens).where(model_use.c.day == day)) or 0

    async def add_tokens(self, day: date, tokens: int) -> None:
        """Count tokens for a day; several processes may do so at once."""
        statement = self._insert(model_use).values(day=day, tokens=tokens)
        added = model_use.c.tokens + statement.excluded.tokens
        await self.connection.execute(
            statement.on_conflict_do_update(index_elements=["day"], set_={"tokens": added})
        )

    async def delete_before(self, moment: datetime) -> int:
        """Delete answers kept before `moment`; how many they were."""
        result = await self.connection.execute(delete(written).where(written.c.created < moment))
        return result.rowcount

    async def delete_use_before(self, day: date) -> None:
        """Forget what was used on days before `day`."""
        await self.connection.execute(delete(model_use).where(model_use.c.day < day))
