"""Sources: cards, polling states, what is due, and what a brief rests on."""

from dataclasses import replace

from storage.database import Database
from storage.sources import SourceState
from summaries.types import SourceId
from tests.storage.things import NOON, article, entry, hours, source

FULL = SourceState(
    source=SourceId("nahar"),
    url="https://nahar.example/new",
    etag='"abc"',
    last_modified="Mon, 25 Mar 2024 10:00:00 GMT",
    body_hash="ff",
    next_poll=NOON,
    last_polled=NOON - hours(1),
    last_answered=NOON - hours(1),
    last_new=NOON - hours(2),
    failures=2,
    last_error="timeout",
    interval_seconds=600,
    stopped=False,
    redirect_to="https://nahar.example/next",
    redirect_count=1,
    entries_per_week=12.5,
    gap=True,
    first_poll_done=True,
    last_entry_ids=("guid-1", "guid-2"),
)


async def test_a_card_and_a_state_come_back(database: Database) -> None:
    """Every field survives, unknown ones as unknown."""
    card = source()
    async with database.unit() as unit:
        await unit.sources.upsert([card])
        assert await unit.sources.get(card.id) == (card, SourceState(source=card.id, url=card.url))
        await unit.sources.save_states([FULL])
        assert await unit.sources.get(card.id) == (card, FULL)
        assert await unit.sources.get(SourceId("unknown")) is None


async def test_a_new_card_keeps_the_state(database: Database) -> None:
    """Correcting an owner forgets no validator; a new address in the card starts afresh."""
    async with database.unit() as unit:
        await unit.sources.upsert([source()])
        await unit.sources.save_states([FULL])
        owned = replace(source(), owner="Owner")
        await unit.sources.upsert([owned])
        assert await unit.sources.get(owned.id) == (owned, FULL)
        moved = replace(owned, url="https://other.example/rss")
        await unit.sources.upsert([moved])
        assert await unit.sources.get(owned.id) == (moved, SourceState(source=moved.id, url=moved.url))


async def test_what_is_due(database: Database) -> None:
    """Due are enabled sources that are not stopped, at their time or without one, longest waiting first."""
    cards = [
        source(name, enabled=name != "disabled")
        for name in ("new", "late", "now", "soon", "stopped", "disabled")
    ]
    times = {"late": NOON - hours(1), "now": NOON, "soon": NOON + hours(1), "stopped": NOON - hours(2)}
    async with database.unit() as unit:
        await unit.sources.upsert(cards)
        await unit.sources.save_states(
            SourceState(source=SourceId(name), url="u", next_poll=when, stopped=name == "stopped")
            for name, when in times.items()
        )
        assert [card.id for card, _ in await unit.sources.due(NOON)] == ["new", "late", "now"]
        assert [card.id for card, _ in await unit.sources.due(NOON, limit=2)] == ["new", "late"]
        assert await unit.sources.next_due() == NOON - hours(1)
        enabled = [card.id for card, _ in await unit.sources.enabled()]
    assert enabled == ["late", "new", "now", "soon", "stopped"]


async def test_nothing_to_poll_has_no_time(database: Database) -> None:
    """Without sources, nothing is ever due."""
    async with database.reading() as unit:
        assert await unit.sources.next_due() is None
        assert await unit.sources.due(NOON) == []


async def test_a_source_that_moved_for_good(database: Database) -> None:
    """The new address is polled without the old one's validators; the card keeps what it says."""
    async with database.unit() as unit:
        await unit.sources.upsert([source()])
        await unit.sources.save_states([FULL])
        await unit.sources.rename(SourceId("nahar"), "https://nahar.example/final")
        found = await unit.sources.get(SourceId("nahar"))
        assert found is not None
        assert (found[1].url, found[1].etag, found[1].redirect_count) == (
            "https://nahar.example/final",
            None,
            0,
        )
        assert found[1].last_entry_ids == FULL.last_entry_ids
        assert await unit.sources.at_address("https://nahar.example/final") == "nahar"
        assert await unit.sources.at_address("https://nowhere.example/") is None


async def test_merging_two_sources(database: Database) -> None:
    """The entries of the merged source are known under the one that stays, also those that both had."""
    async with database.unit() as unit:
        await unit.sources.upsert([source("old"), source("new")])
        await unit.articles.put_many(
            [
                (article(1, source="old"), entry(1, source="old")),
                (article(2, source="old"), entry(2, source="old")),
                (article(2, source="new"), entry(2, source="new")),
            ]
        )
        await unit.sources.merge(SourceId("old"), SourceId("new"))
        assert set(await unit.articles.known(SourceId("new"), ["guid-1", "guid-2"])) == {"guid-1", "guid-2"}
        assert await unit.sources.get(SourceId("old")) is None
        assert {item.source for item in await unit.articles.latest(9)} == {"new"}


async def test_removing_keeps_the_articles(database: Database) -> None:
    """An archive does not shrink because a feed is no longer read."""
    async with database.unit() as unit:
        await unit.sources.upsert([source()])
        await unit.articles.put_many([(article(), entry())])
        assert await unit.sources.remove(SourceId("nahar"))
        assert not await unit.sources.remove(SourceId("nahar"))
        assert len(await unit.articles.latest(9)) == 1


async def test_what_a_brief_rests_on(database: Database) -> None:
    """Counted are enabled sources; failing, silent and stopped ones are named once each."""
    names = ("good", "older", "failing", "silent", "stopped", "never")
    async with database.unit() as unit:
        await unit.sources.upsert([source(name) for name in names] + [source("off", enabled=False)])
        fresh = [
            SourceState(source=SourceId("good"), url="u", last_answered=NOON),
            SourceState(source=SourceId("older"), url="u", last_answered=NOON - hours(3)),
            SourceState(source=SourceId("failing"), url="u", last_answered=NOON, failures=1),
            SourceState(source=SourceId("silent"), url="u", last_answered=NOON - hours(30)),
            SourceState(source=SourceId("stopped"), url="u", last_answered=NOON, stopped=True),
        ]
        await unit.sources.save_states(fresh)
        coverage = await unit.sources.coverage(NOON)
    assert (coverage.sources, coverage.answered, coverage.oldest) == (6, 2, NOON - hours(3))
    assert set(coverage.failed) == {"Failing", "Silent", "Stopped", "Never"}
