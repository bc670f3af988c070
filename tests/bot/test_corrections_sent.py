"""The drain edits what a row takes the place of."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from adapters.chat.ports import SendResult, Sent
from bot.engine.desk import Desk
from bot.engine.sending import Sender
from storage.outbox import Delivery

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)


class Recorder:
    """A `Post` that remembers how it was called."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def parts(self, message: object) -> list[str]:
        return []

    async def send(self, address: object, payload: str, **_: Any) -> SendResult:
        self.calls.append(("send", payload))
        return Sent(message="9")

    async def edit(self, address: object, message: str, payload: str, **_: Any) -> SendResult:
        self.calls.append((f"edit {message}", payload))
        return Sent(message=message)


async def test_a_row_that_names_a_message_edits_it() -> None:
    """A correction is put in the place of the posted message and is not posted beside it."""
    post = Recorder()
    database: Any = SimpleNamespace()
    desk = Desk(database=database, owner="o", clock=lambda: NOW)
    sender = Sender(desk=desk, platform="telegram", bot="7", post=post)
    delivery = Delivery(id=1, platform="telegram", bot="7", chat="-100", thread="", edition="e", part=0,
                        payload="p", attempts=1, silent=False, reply_to=None, edits="55")  # fmt: skip
    await sender._send(delivery)
    [(_, decided)] = sender.done
    assert (decided.mark.state, decided.mark.message) == ("sent", "55")
    assert post.calls == [("edit 55", "p")]
