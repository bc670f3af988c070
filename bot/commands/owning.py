"""What we keep of a chat belongs to it: shown whole, and deleted when it says so."""

import json

from adapters.chat.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Text,
)
from adapters.chat.ports import Reply
from bot.commands.registry import Call, Command, line
from bot.texts import Texts
from storage.chat_data import Export

MOST_DELIVERIES = 20  # shown in a chat; the operator's `kawalis export` gives all
_YES = frozenset(("yes", "نعم", "أكيد"))


async def export(call: Call) -> Reply:
    """Everything kept of this chat: a table of contents, and the rows as JSON. Shown to the asker alone."""
    async with call.services.database.reading() as unit:
        kept = await unit.chat_data.export(call.chat.key)
    spoken = call.texts
    counted = {name: len(rows) for name, rows in kept.items() if rows}
    if not counted:
        return call.say("export.none")
    items: tuple[Line, ...] = tuple(
        (Text(text=f"{_table(name, spoken)}: {spoken.numerals(str(count))}"),)
        for name, count in counted.items()
    )
    blocks: list[Block] = [
        Heading(line=line(spoken("export.title"))),
        Bullets(items=items),
        *(Paragraph(line=(Text(text=row, code=True),)) for row in _rows(kept)),
        *([Note(line=line(spoken("export.more")))] if counted.get("deliveries", 0) > MOST_DELIVERIES else []),
    ]
    return Reply(messages=(Message(blocks=tuple(blocks), language=spoken.language, private=True),))


def _table(name: str, spoken: Texts) -> str:
    return spoken(f"export.table.{name}") if spoken.has(f"export.table.{name}") else name


def _rows(kept: Export) -> list[str]:
    return [
        f"{name}: {json.dumps(row, ensure_ascii=False)}"
        for name, rows in kept.items()
        for row in (rows[-MOST_DELIVERIES:] if name == "deliveries" else rows)
    ]


async def forget(call: Call) -> Reply:
    """Asks first; `forget yes` deletes everything kept of this chat, what waits to be sent included."""
    if not call.words:
        return call.reply(
            Paragraph(line=line(call.texts("forget.sure"))),
            Buttons(
                rows=(
                    (
                        Button(label=call.texts("button.forget_yes"), action="do:forget yes", style="danger"),
                        Button(label=call.texts("button.forget_no"), action="do:forget no"),
                    ),
                )
            ),
        )
    if call.rest.lower() not in _YES:
        return _in_place(call, "forget.kept")
    async with call.services.database.unit() as unit:
        known = await unit.chat_data.forget(call.chat.key)
        await unit.commit()
    return _in_place(call, "forget.done" if known else "export.none")


def _in_place(call: Call, key: str) -> Reply:
    """In the place of the question, so that its buttons cannot be pressed again."""
    return Reply(messages=call.say(key).messages, replace=call.request.pressed)


COMMANDS = (
    Command(name="export", run=export, who="admin", aliases=("تصدير", "بياناتي")),
    Command(name="forget", run=forget, who="admin", aliases=("انسني", "نسيان", "احذف")),
)
