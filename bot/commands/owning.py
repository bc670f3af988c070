"""What we keep of a chat belongs to it: handed out whole, and deleted when it says so."""

import json

from adapters.chat.message import Button, Buttons, File, Message, Paragraph
from adapters.chat.ports import Reply
from bot.commands.registry import Call, Command, line
from bot.errors import UsageError
from bot.presenting import words
from bot.texts import Texts
from summaries.text import fold

FILE = "kawalis.json"
_YES = frozenset(fold(word) for word in ("yes", "نعم", "أكيد"))
_NO = frozenset(fold(word) for word in ("no", "لا"))


async def export(call: Call) -> Reply:
    """Everything kept of this chat as a JSON file, with what is in it in one sentence; for the asker alone."""
    async with call.services.database.reading() as unit:
        kept = await unit.chat_data.export(call.chat.key)
    found = {name: rows for name, rows in kept.items() if rows}
    if not found:
        return call.say("export.none")
    spoken = call.texts
    what = [f"{_table(name, spoken)} ({spoken.numerals(str(len(rows)))})" for name, rows in found.items()]
    content = json.dumps(found, ensure_ascii=False, indent=1).encode()
    file = File(
        name=FILE, content=content, caption=line(spoken("export.done", what=words.join(what, spoken)))
    )
    return Reply(messages=(Message(blocks=(file,), language=spoken.language, private=True),))


def _table(name: str, spoken: Texts) -> str:
    return spoken(f"export.table.{name}") if spoken.has(f"export.table.{name}") else name


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
    if fold(call.rest) in _NO:
        return _in_place(call, "forget.kept")
    if fold(call.rest) not in _YES:
        raise UsageError("usage.forget", word=call.rest[:40])
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
