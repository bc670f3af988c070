"""Who edits a channel, and what was done there."""

from adapters.chat.ports import Reply
from bot.broadcasting.records import record
from bot.commands.channels import channel, is_operator, may_edit
from bot.commands.registry import Call, Command
from bot.errors import UsageError
from bot.presenting.broadcasts import editors_message
from storage.chat_keys import ChatKey
from storage.editors import Editor

ACTS = 10
_ADD, _REMOVE = frozenset({"add", "أضف", "اضف"}), frozenset({"remove", "احذف"})


async def editors(call: Call) -> Reply:
    """`editors CHANNEL [add|remove PERSON]`: the channel's editors and record; operators change the list."""
    if not call.words or len(call.words) == 2 or len(call.words) > 3:
        raise UsageError("usage.editors")
    there = await channel(call, call.words[0])
    await may_edit(call, there.key, there.name)
    if len(call.words) == 3:
        await _change(call, call.words[1].lower(), call.words[2], there.key, there.name)
    async with call.services.database.reading() as unit:
        listed = await unit.editors.of(there.key)
        acts = await unit.editors.acts(there.key, ACTS)
    return Reply(messages=(editors_message(there.name, listed, acts, call.texts, call.zone),))


async def _change(call: Call, verb: str, word: str, key: ChatKey, name: str) -> None:
    if not is_operator(call):
        raise UsageError("editors.operators_only")
    person = word.removeprefix(f"{call.request.address.platform}:").lstrip("@")
    if verb not in _ADD | _REMOVE or not (person.isdecimal() if _on_telegram(call) else person.isalnum()):
        raise UsageError("usage.editors")
    who = call.writer
    async with call.services.database.unit() as unit:
        if verb in _ADD:
            editor = Editor(chat=key, person=person, added_by=who, created=call.now)
            changed = await unit.editors.add(editor)
        else:
            changed = await unit.editors.remove(key, person)
        if not changed:
            raise UsageError(
                "editors.is_one" if verb in _ADD else "editors.is_none", person=person, channel=name
            )
        action = "editor.added" if verb in _ADD else "editor.removed"
        await record(unit, call.services, key, who, action, call.now, {"person": person})
        await unit.commit()


def _on_telegram(call: Call) -> bool:
    return call.request.address.platform == "telegram"


COMMANDS = (Command(name="editors", run=editors, menu=False),)
