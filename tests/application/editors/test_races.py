"""Two presses at the same moment, on both databases: each pair runs at once, in transactions of its own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.chat.ports import Address, Reply, Request
from bot.broadcasting.records import content_of
from bot.commands.dispatch import Dispatcher
from bot.delivering import Publisher
from bot.services import Services
from storage.database import Database
from storage.editors import Draft, DraftState
from tests.application.conftest import EDITOR, Bench
from tests.application.editors.desk import OTHER, TelegramDesk, typed
from tests.storage.conftest import postgresql_url, url  # noqa: F401

EDITORS = (str(EDITOR), str(OTHER))


class Two:
    """Two editors, and drafts that both have before them."""

    def __init__(self, services: Services, drafts: tuple[Draft, ...]) -> None:
        self.services, self.drafts = services, drafts
        self._ask = Dispatcher(services)

    async def press(self, person: str, verb: str, draft: Draft | None = None) -> Reply:
        here = Address(platform="telegram", bot=self.drafts[0].chat.bot, chat=person)
        text = f"draft:{(draft or self.drafts[0]).id}:{verb}"
        return await self._ask(Request(address=here, person=person, text=text, pressed=True, command=False))

    async def at_once(self, *verbs: str, drafts: tuple[Draft, ...] = ()) -> list[str]:
        """What each is answered, as text."""
        of = drafts or (self.drafts[0],) * len(verbs)
        pressed = (self.press(who, verb, draft) for who, verb, draft in zip(EDITORS, verbs, of, strict=True))
        return [str(reply) for reply in await asyncio.gather(*pressed)]

    async def kept(self) -> list[Draft]:
        async with self.services.database.reading() as unit:
            found = [await unit.editors.draft(draft.id) for draft in self.drafts]
        return [draft for draft in found if draft]

    async def posts(self) -> int:
        """How many briefs are in the outbox."""
        async with self.services.database.reading() as unit:
            editions = {draft.edition for draft in await self.kept() if draft.edition}
            return sum([bool(await unit.outbox.progress([edition])) for edition in editions])


@pytest.fixture
async def two(bench: Bench, url: str) -> AsyncIterator[Two]:  # noqa: F811
    desk = TelegramDesk(bench)
    desk.let_in(desk.other)
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    known = bench.application.services
    async with known.database.reading() as unit:
        [draft] = await unit.editors.drafts(desk.key)
    database = await Database.open(url)
    try:
        await database.migrate()
        admins = frozenset(("telegram", person) for person in EDITORS)
        services = replace(
            known, database=database, publisher=Publisher(known.publisher._posts),
            settings=known.settings.model_copy(update={"admins": admins}),
        )  # fmt: skip
        drafts = (draft, replace(draft, id="another", author=f"telegram:{OTHER}"))
        async with database.unit() as unit:
            for one in drafts:
                await unit.editors.put_draft(one)
            await unit.commit()
        yield Two(services, drafts)
    finally:
        await database.close()


@pytest.mark.parametrize("verbs", [("approve", "approve"), ("approve", "reject"), ("reject", "approve")])
async def test_one_of_two_decides(two: Two, verbs: tuple[str, str]) -> None:
    """One decision is kept, and exactly the other editor is told whose it was."""
    said = await two.at_once(*verbs)
    [draft, _] = await two.kept()
    assert await two.posts() == (draft.state is DraftState.POSTED)
    first = EDITORS.index((draft.decided_by or "").partition(":")[2])
    assert "قبلكم" not in said[first]
    assert f"telegram:{EDITORS[first]} قبلكم" in said[1 - first].replace("\u2066", "").replace("\u2069", "")


async def test_an_edit_and_an_approval(two: Two) -> None:
    """What is posted is what the one who approved saw: with the edit before it nothing is posted, with the edit after
    it nothing is edited, and a posted draft never opens again.
    """
    story = content_of(two.drafts[0]).brief.stories[0].id
    for _ in range(3):
        await two.at_once("approve", f"drop:{story[:16]}")
        [draft, _] = await two.kept()
        edited = story in content_of(draft).dropped
        assert (draft.state is DraftState.POSTED) != edited
        assert await two.posts() == (not edited)
        async with two.services.database.unit() as unit:
            await unit.editors.put_draft(two.drafts[0])
            await unit.commit()


async def test_two_edits(two: Two) -> None:
    """Both are kept."""
    one, other, *_ = (story.id for story in content_of(two.drafts[0]).brief.stories)
    await two.at_once(f"drop:{one[:16]}", f"drop:{other[:16]}")
    [draft, _] = await two.kept()
    assert set(content_of(draft).dropped) == {one, other}


async def test_two_drafts_of_the_same_news(two: Two) -> None:
    """Each approves their own at the same moment: one is posted, the other is told to refresh."""
    said = await two.at_once("approve", "approve", drafts=two.drafts)
    assert sorted(draft.state for draft in await two.kept()) == ["draft", "posted"]
    assert await two.posts() == 1
    assert sum("موجزًا آخر" in answer for answer in said) == 1
