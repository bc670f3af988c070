"""Nothing is stored twice, and no wording is lost."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from storage.articles import Stored, outcome, same_article
from storage.database import Database
from summaries.types import ArticleId, SourceId
from tests.storage.things import NOON, analysis, article, entry, hours


async def test_an_article_comes_back(database: Database) -> None:
    """Every field survives; articles are given in the order asked for, unknown ids left out."""
    first, second = article(1), replace(article(2, url="", source=None), published=None)
    async with database.unit() as unit:
        assert await unit.articles.put_many([(first, entry(1)), (second, None)]) == [Stored.NEW, Stored.NEW]
        found = await unit.articles.get([second.id, ArticleId("none"), first.id])
        assert found == [second, first]
        assert await unit.articles.by_url(first.url) == first
        assert await unit.articles.by_url("https://nowhere.example/") is None
        assert await unit.articles.at([first.url, "https://nowhere.example/"]) == {first.url: first}


async def test_the_same_again_is_the_same(database: Database) -> None:
    """A second poll stores nothing."""
    pair = (article(), entry())
    async with database.unit() as unit:
        assert await unit.articles.put_many([pair]) == [Stored.NEW]
        assert await unit.articles.put_many([pair]) == [Stored.SAME]
        assert await unit.articles.get([pair[0].id]) == [pair[0]]


async def test_one_address_is_one_article(database: Database) -> None:
    """Another id, entry or section with the same canonical address is the article that is there, also
    within one batch.
    """
    again = replace(article(2), url=article(1).url)
    async with database.unit() as unit:
        kept = await unit.articles.keep([(article(1), entry(1)), (again, entry(2))])
        assert [(item.stored, item.article) for item in kept] == [(Stored.NEW, "a1"), (Stored.SAME, "a1")]
        known = await unit.articles.known(SourceId("nahar"), ["guid-1", "guid-2", "guid-3"])
        assert {key: value[0] for key, value in known.items()} == {"guid-1": "a1", "guid-2": "a1"}


async def test_articles_without_an_address_stand_apart(database: Database) -> None:
    """Having no address is nothing that two articles share."""
    async with database.unit() as unit:
        pairs = [(article(number, url="", title=f"عنوان {number}"), entry(number)) for number in (1, 2)]
        assert await unit.articles.put_many(pairs) == [Stored.NEW, Stored.NEW]


async def test_a_changed_headline_is_a_revision(database: Database) -> None:
    """The id and the first collection stay, the old wording is kept with its times, the analysis is due."""
    old = article(title="عاجل")
    new = replace(
        article(5, title="عنوان كامل", text="نص كامل."),
        url=old.url,
        collected=NOON + hours(2),
        published=None,
    )
    async with database.unit() as unit:
        await unit.articles.put_many([(old, entry())])
        await unit.analyses.put_analyses([analysis(1)], "v1")
        assert await unit.articles.unanalysed(9) == []
        assert await unit.articles.put_many([(new, entry(title="عنوان كامل"))]) == [Stored.REVISED]
        now = replace(old, title=new.title, text=new.text, revision=2)
        assert await unit.articles.get([old.id]) == [now]
        assert await unit.articles.unanalysed(9) == [now]
        first, second = await unit.articles.revisions(old.id)
    assert (first.revision, first.title, first.since, first.until) == (1, "عاجل", NOON, NOON + hours(2))
    assert (second.revision, second.title, second.since, second.until) == (
        2,
        new.title,
        NOON + hours(2),
        None,
    )


async def test_revisions_pile_up(database: Database) -> None:
    """Three wordings are three revisions, each standing where the one before ended, also in one batch."""
    wordings = [replace(article(text=f"نص {step}."), collected=NOON + hours(step)) for step in range(3)]
    async with database.unit() as unit:
        outcomes = await unit.articles.put_many([(wording, entry()) for wording in wordings])
        assert outcomes == [Stored.NEW, Stored.REVISED, Stored.REVISED]
        found = await unit.articles.revisions(ArticleId("a1"))
    assert [item.revision for item in found] == [1, 2, 3]
    assert [item.since for item in found] == [NOON, NOON + hours(1), NOON + hours(2)]
    assert [item.until for item in found] == [NOON + hours(1), NOON + hours(2), None]


async def test_an_edited_address_with_the_same_id(database: Database) -> None:
    """A feed that mends the slug but keeps the guid and headline means the same article."""
    mended = replace(article(9, text="نص أطول."), url="https://nahar.example/mended", title=article().title)
    async with database.unit() as unit:
        await unit.articles.put_many([(article(), entry())])
        kept = await unit.articles.keep([(mended, entry())])
        assert [(item.stored, item.article) for item in kept] == [(Stored.REVISED, "a1")]
        assert await unit.articles.by_url("https://nahar.example/mended") is not None


async def test_a_guid_used_again_is_another_article(database: Database) -> None:
    """Another headline at another address under an old guid does not overwrite the old article."""
    other = article(2, title="خبر آخر تماما")
    async with database.unit() as unit:
        await unit.articles.put_many([(article(1), entry(1))])
        assert await unit.articles.put_many([(other, entry(1))]) == [Stored.NEW]
        assert await unit.articles.get([ArticleId("a1")]) == [article(1)]
        assert (await unit.articles.known(SourceId("nahar"), ["guid-1"]))["guid-1"][0] == "a2"


async def test_a_guid_counts_within_its_source(database: Database) -> None:
    """Two feeds may both number their entries from one."""
    other = article(2, source="other")
    async with database.unit() as unit:
        await unit.articles.put_many([(article(1), entry(1)), (other, entry(1, source="other"))])
        assert (await unit.articles.known(SourceId("other"), ["guid-1"]))["guid-1"][0] == "a2"
        assert await unit.articles.known(SourceId("third"), ["guid-1"]) == {}


async def test_what_is_held_for_new_is_added_without_a_look(database: Database) -> None:
    """Articles that nobody has seen cost no query, in a batch with others too."""
    asked: list[str] = []

    def on_statement(_: Any, __: Any, statement: str, *___: Any) -> None:
        asked.append(statement)

    async with database.unit() as unit:
        await unit.articles.put_many([(article(1), entry(1))])
        event.listen(database.engine.sync_engine, "before_cursor_execute", on_statement)
        pairs = [(article(number), entry(number)) for number in (2, 3)]
        kept = await unit.articles.keep(pairs, unseen={item.id for item, _ in pairs})
        assert [(item.stored, item.article) for item in kept] == [(Stored.NEW, "a2"), (Stored.NEW, "a3")]
        assert not [statement for statement in asked if "FROM" in statement]
        assert await unit.articles.get([item.id for item, _ in pairs]) == [item for item, _ in pairs]
        known = await unit.articles.known(SourceId("nahar"), ["guid-2"])
        assert known == {"guid-2": ("a2", "print of 2")}


@pytest.mark.parametrize("seen", [[], ["a1"], ["a1", "a2", "a3"]])
async def test_whatever_is_held_for_new_comes_out_the_same(database: Database, seen: list[str]) -> None:
    """A known id, address or entry is found also where the article was held for new, and so is one that another
    pair of the batch names, before or after it.
    """
    batch = [
        (article(1, text="نص أطول من قبل."), entry(1)),  # known by its id
        (replace(article(12), url=article(2).url), entry(12)),  # by its address
        (replace(article(13, title=article(3).title)), entry(3)),  # by its entry
        (article(14), entry(14)),
        (article(14, text="نص آخر."), entry(14)),  # the same once more, reworded
        (replace(article(15, source="other"), url=article(14).url), entry(15, source="other")),
        (article(16, url=""), None),
        (article(17), entry(17)),
    ]
    outcomes = []
    for unseen in (frozenset[ArticleId](), frozenset(item.id for item, _ in batch) - frozenset(seen)):
        async with database.unit() as unit:  # rolled back at its end
            await unit.articles.put_many([(article(number), entry(number)) for number in (1, 2, 3)])
            kept = await unit.articles.keep(batch, unseen=unseen)
            ids = [item.article for item in kept]
            known = await unit.articles.known_many(
                {SourceId(name): [f"guid-{n}" for n in range(20)] for name in ("nahar", "other")}
            )
            revisions = [await unit.articles.revisions(one) for one in ids]
            outcomes.append((kept, await unit.articles.get(ids), known, revisions))
    assert outcomes[0] == outcomes[1]
    assert [item.stored for item in outcomes[0][0]].count(Stored.NEW) == 3


def test_only_its_own_source_revises() -> None:
    """Two sections with two headlines for one address do not change it to and fro."""
    stored, same = article(), article(title="عنوان آخر")
    assert outcome(stored, same) is Stored.REVISED
    assert outcome(stored, replace(same, source=SourceId("sports"))) is Stored.SAME
    assert outcome(replace(stored, source=None), same) is Stored.REVISED


def test_when_a_guid_still_means_the_article() -> None:
    """Address or headline must be the same, or one of them have no address at all."""
    stored = article()
    assert same_article(stored, article(2, title=stored.title))
    assert same_article(stored, replace(stored, title="غيره"))
    assert same_article(stored, article(2, title="غيره", url=""))
    assert not same_article(stored, article(2, title="غيره"))


async def test_windows_and_the_latest(database: Database) -> None:
    """A window holds its start and not its end; the latest come first, by outlet if asked."""
    pairs = [(article(n, after=n, outlet="Nahar" if n % 2 else "Safir"), entry(n)) for n in range(1, 6)]
    async with database.unit() as unit:
        await unit.articles.put_many(pairs)
        window = await unit.articles.between(NOON + hours(2), NOON + hours(4))
        assert [item.id for item in window] == ["a2", "a3"]
        assert [item.id for item in await unit.articles.latest(2)] == ["a5", "a4"]
        assert [item.id for item in await unit.articles.latest(2, outlet="Safir")] == ["a4", "a2"]


async def test_deleting_the_old_takes_all_that_hangs_on_it(database: Database) -> None:
    """Revisions, entries, analyses, membership and search words go with their article."""
    async with database.unit() as unit:
        await unit.articles.put_many([(article(1), entry(1)), (article(2, after=5), entry(2))])
        await unit.articles.put_many([(article(1, text="نص آخر."), entry(1))])
        await unit.analyses.put_analyses([analysis(1), analysis(2)], "v1")
        await unit.search.put({ArticleId("a1"): "خبر", ArticleId("a2"): "خبر"})
        assert await unit.articles.delete_before(NOON + hours(1)) == 1
        await unit.commit()
        assert await unit.articles.revisions(ArticleId("a1")) == []
        assert await unit.articles.known(SourceId("nahar"), ["guid-1"]) == {}
        assert set(await unit.analyses.analyses([ArticleId("a1"), ArticleId("a2")])) == {"a2"}
        assert await unit.search.find("خبر") == ["a2"]


async def test_a_large_batch_is_one_batch(database: Database) -> None:
    """More articles than a statement takes values are stored, known and revised, each with its own words."""
    pairs = [(article(number), entry(number)) for number in range(3_500)]
    async with database.unit() as unit:
        assert set(await unit.articles.put_many(pairs)) == {Stored.NEW}
        assert set(await unit.articles.put_many(pairs)) == {Stored.SAME}
        revised = [(replace(item, text=f"نص {item.id} الجديد."), told) for item, told in pairs]
        assert set(await unit.articles.put_many(revised)) == {Stored.REVISED}
        found = await unit.articles.get([item.id for item, _ in pairs])
        assert [(item.text, item.collected) for item in found] == [(i.text, i.collected) for i, _ in revised]
        known = await unit.articles.known(SourceId("nahar"), [item.id for _, item in pairs])
        assert len(known) == 3_500
        assert known["guid-7"] == ("a7", "print of 7")
        assert len(await unit.articles.get([item.id for item, _ in pairs])) == 3_500


@pytest.mark.parametrize("bad", ["\x00", "\ud800"])
async def test_characters_that_no_database_takes(database: Database, bad: str) -> None:
    """One broken character in a feed does not keep a whole poll from being stored, and shifts no offset."""
    broken = article(text=f"نص{bad} الخبر", title=f"عن{bad}وان")
    pairs = [(broken, replace(entry(), id=f"guid{bad}")), (article(2), entry(2))]
    async with database.unit() as unit:
        assert await unit.articles.put_many(pairs) == [Stored.NEW, Stored.NEW]
        assert await unit.articles.put_many(pairs) == [Stored.SAME, Stored.SAME]
        found = (await unit.articles.get([broken.id]))[0]
    assert found.text == "نص\ufffd الخبر"
    assert len(found.title) == len(broken.title)
