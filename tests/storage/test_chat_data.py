"""A chat's data as a whole: handed out, forgotten, moved; and what editors did."""

import json
from dataclasses import replace

from sqlalchemy import func, select

from storage.chat_data import addressed, hanging
from storage.chat_keys import ChatKey
from storage.chats import Chat, Follow, Mute, Subscription
from storage.database import Database
from storage.editors import Act, Draft, DraftState, Editor
from storage.outbox import Target
from storage.tables import metadata
from storage.told import Told
from storage.unit_of_work import UnitOfWork
from summaries.types import StoryId
from tests.storage.things import CHAT, NOON, TOPIC, hours

OTHER = replace(CHAT, chat="-200")
THREAD = replace(CHAT, thread="5")
DRAFT = Draft(id="draft", chat=CHAT, author="41", created=NOON, data='{"text": "مسودة"}', scheduled=NOON)


def _act(id: str, chat: ChatKey) -> Act:
    return Act(id=id, at=NOON, chat=chat, person="41", action="broadcast.approve", values={"draft": "draft"})


async def _fill(unit: UnitOfWork, chat: ChatKey, mark: str) -> None:
    await unit.chats.put(
        Chat(platform=chat.platform, bot=chat.bot, chat=chat.chat, thread=chat.thread, title=mark)
    )
    await unit.chats.subscribe(Subscription(id=f"d{mark}", chat=chat, topic=TOPIC, time=480, zone="UTC"))
    await unit.chats.follow(Follow(id=f"f{mark}", chat=chat, kind="name", value="بلينكن"))
    await unit.chats.mute(Mute(chat=chat, kind="outlet", value=mark))
    await unit.briefs.put_seen(chat.text, TOPIC, "{}")
    await Told(unit.connection).put(chat, {StoryId("s1"): "101"}, now=NOON, since=NOON)
    await unit.editors.put_draft(replace(DRAFT, id=f"draft{mark}", chat=chat))
    await unit.editors.record(_act(f"act{mark}", chat))
    await unit.editors.add(Editor(chat=chat, person="42", added_by="41", created=NOON))
    target = Target(platform=chat.platform, bot=chat.bot, chat=chat.chat, thread=chat.thread)
    await unit.outbox.publish(f"e{mark}", {"telegram": ["{}"]}, [target], now=NOON)


async def _count(unit: UnitOfWork) -> dict[str, int]:
    tables = [metadata.tables["chats"], *hanging(), *addressed()]
    return {
        table.name: await unit.connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }


def test_every_table_of_chats_is_known() -> None:
    """A table that names chats and is forgotten by /forget would keep what a person asked to be deleted."""
    found = {table.name for table in [*hanging(), *addressed()]}
    assert found >= {"subscriptions", "follows", "mutes", "seen", "drafts", "audit", "deliveries"}
    naming = {table.name for table in metadata.tables.values() if "chat" in table.c} - {"chats"}
    assert found == naming


async def test_forgetting_leaves_nothing(database: Database) -> None:
    """Everything of the chat and its threads goes; another chat keeps everything."""
    async with database.unit() as unit:
        await _fill(unit, OTHER, "other")
        alone = await _count(unit)
        await _fill(unit, CHAT, "one")
        await _fill(unit, THREAD, "thread")
        assert set(alone.values()) == {1}
        assert set((await _count(unit)).values()) == {3}
        assert await unit.chats.forget(THREAD)
        assert set((await _count(unit)).values()) == {2}
        assert await unit.chats.forget(CHAT)
        assert await _count(unit) == alone
        assert not await unit.chats.forget(CHAT)
        assert await unit.chats.subscriptions(OTHER)


async def test_an_export_has_everything_and_nothing_else(database: Database) -> None:
    """Each table that holds something of the chat is in it, as JSON, without another chat's rows."""
    async with database.unit() as unit:
        await _fill(unit, CHAT, "one")
        await _fill(unit, OTHER, "other")
        data = await unit.chats.export(CHAT)
    assert {name: len(rows) for name, rows in data.items()} == dict.fromkeys(data, 1)
    assert len(data) == 1 + len(hanging()) + len(addressed())
    text = json.dumps(data, ensure_ascii=False)
    assert "بلينكن" in text
    assert "other" not in text
    assert data["audit"][0]["at"] == NOON.isoformat()


async def test_a_chat_gets_a_new_id(database: Database) -> None:
    """All that hangs on the old id, its threads too, goes over; the old one is gone."""
    async with database.unit() as unit:
        await _fill(unit, CHAT, "one")
        await _fill(unit, THREAD, "thread")
        before = await _count(unit)
        await unit.chats.rename("telegram", "7", "-100", "-300")
        assert await _count(unit) == before
        assert await unit.chats.get(CHAT) is None
        moved = await unit.chats.get(replace(CHAT, chat="-300"))
        assert moved is not None
        assert moved.title == "one"
        assert len((await unit.chats.export(replace(CHAT, chat="-300")))["deliveries"]) == 2


async def test_a_new_id_that_was_used_already(database: Database) -> None:
    """The old settings win, what both have is kept once, nothing else is lost."""
    async with database.unit() as unit:
        await _fill(unit, CHAT, "one")
        await _fill(unit, OTHER, "other")
        await unit.chats.rename("telegram", "7", "-100", "-200")
        chat = await unit.chats.get(OTHER)
        assert chat is not None
        assert chat.title == "one"
        assert await unit.chats.get(CHAT) is None
        assert len(await unit.chats.subscriptions(OTHER)) == 1
        assert len(await unit.chats.follows(OTHER)) == 1
        assert {mute.value for mute in await unit.chats.mutes(OTHER)} == {"one", "other"}
        assert {draft.id for draft in await unit.editors.drafts(OTHER)} == {"draftone", "draftother"}


async def test_a_delivery_that_both_ids_have(database: Database) -> None:
    """One edition on its way to both ids ends as one delivery, not as an error."""
    async with database.unit() as unit:
        targets = [Target(platform=c.platform, bot=c.bot, chat=c.chat) for c in (CHAT, OTHER)]
        await unit.outbox.publish("e", {"telegram": ["{}"]}, targets, now=NOON)
        await unit.chats.rename("telegram", "7", "-100", "-200")
        assert len((await unit.chats.export(OTHER))["deliveries"]) == 1
        assert (await unit.chats.export(CHAT))["deliveries"] == []


async def test_a_draft_is_decided_once(database: Database) -> None:
    """Of two editors who press at once, one is too late; a posted draft is not due again."""
    async with database.unit() as unit:
        await unit.editors.put_draft(DRAFT)
        assert await unit.editors.draft("draft") == DRAFT
        assert await unit.editors.draft("none") is None
        assert await unit.editors.due_drafts(NOON) == []
        assert await unit.editors.decide("draft", DraftState.APPROVED, by="42", at=NOON)
        assert not await unit.editors.decide("draft", DraftState.REJECTED, by="43", at=NOON)
        approved = replace(DRAFT, state=DraftState.APPROVED, decided_by="42", decided=NOON)
        assert await unit.editors.due_drafts(NOON) == [approved]
        assert await unit.editors.due_drafts(NOON - hours(1)) == []
        assert await unit.editors.decide("draft", DraftState.POSTED, since=DraftState.APPROVED)
        assert await unit.editors.due_drafts(NOON) == []
        assert (await unit.editors.drafts(CHAT, DraftState.POSTED))[0].decided_by == "42"


async def test_an_edited_draft_keeps_its_author(database: Database) -> None:
    """Another editor may change the words, not who wrote them."""
    async with database.unit() as unit:
        await unit.editors.put_draft(DRAFT)
        await unit.editors.put_draft(replace(DRAFT, author="99", data="{}", created=NOON + hours(1)))
        assert await unit.editors.draft("draft") == replace(DRAFT, data="{}")


async def test_the_record_of_acts(database: Database) -> None:
    """The latest first, each once."""
    async with database.unit() as unit:
        first, second = _act("one", CHAT), replace(_act("two", CHAT), at=NOON + hours(1))
        for act in (first, second, first):
            await unit.editors.record(act)
        assert await unit.editors.acts(CHAT) == [second, first]
        assert await unit.editors.acts(CHAT, limit=1) == [second]


async def test_a_channel_has_its_editors(database: Database) -> None:
    """An editor is added once, is editor of that channel alone, and is gone when removed."""
    editor = Editor(chat=CHAT, person="42", added_by="7", created=NOON)
    async with database.unit() as unit:
        assert await unit.editors.add(editor)
        assert not await unit.editors.add(replace(editor, added_by="8"))
        assert await unit.editors.of(CHAT) == [editor]
        assert await unit.editors.edits(CHAT, "42")
        assert not await unit.editors.edits(OTHER, "42")
        assert await unit.editors.remove(CHAT, "42")
        assert not await unit.editors.remove(CHAT, "42")
        assert await unit.editors.of(CHAT) == []


async def test_the_newest_open_draft_of_an_author(database: Database) -> None:
    """What an editor writes next belongs to the newest draft that is still open."""
    async with database.unit() as unit:
        await unit.editors.put_draft(DRAFT)
        await unit.editors.put_draft(replace(DRAFT, id="newer", created=NOON + hours(1)))
        newest = await unit.editors.last_draft(DRAFT.author)
        assert newest is not None
        assert newest.id == "newer"
        assert await unit.editors.decide("newer", DraftState.REJECTED)
        assert await unit.editors.last_draft(DRAFT.author) == DRAFT
        assert await unit.editors.last_draft("nobody") is None
