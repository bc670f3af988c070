"""Searching the archive in Arabic."""

from typing import Any

import pytest

from storage.database import Database
from storage.search import searchable, tokens
from storage.unit_of_work import UnitOfWork
from summaries.types import ArticleId
from tests.storage.things import NOON, article, entry, hours

TEXTS = {
    1: "وصل الوزير بلينكن إلى الرياض للقاء نظيره",
    2: "نفى البيت الأبيض ما نقل عن بلينكن",
    3: "قال المسؤول إن لون البيت أبيض في قرية قرب F-35",
    4: "أسعار النفط ترتفع",
}


async def _archive(unit: UnitOfWork) -> None:
    pairs = [(article(n, after=n, outlet="Nahar" if n < 3 else "Safir"), entry(n)) for n in TEXTS]
    await unit.articles.put_many(pairs)
    await unit.search.put({ArticleId(f"a{n}"): searchable(text) for n, text in TEXTS.items()})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("بلينكن", ["a2", "a1"]),
        ("وبلينكن", ["a2", "a1"]),
        ("بلينكن الرياض", ["a1"]),
        ("الوزيرِ", ["a1"]),
        ("F-35", ["a3"]),
        ("f 35", ["a3"]),
        ("غرناطة", []),
        ("بلينكن غرناطة", []),
    ],
)
async def test_words_are_found_however_written(database: Database, query: str, found: list[str]) -> None:
    """All words must be there; clitics, vowel signs and case do not matter; the newest comes first."""
    async with database.unit() as unit:
        await _archive(unit)
        assert await unit.search.find(searchable(query)) == found


async def test_a_phrase_is_words_in_a_row(database: Database) -> None:
    """A name of two words is not found where the words stand apart."""
    async with database.unit() as unit:
        await unit.articles.put_many([(article(n, after=n), entry(n)) for n in (1, 2)])
        await unit.search.put({ArticleId("a1"): "بيت ابيض نفي", ArticleId("a2"): "ابيض لون بيت"})
        assert await unit.search.find("بيت ابيض") == ["a2", "a1"]
        assert await unit.search.find("بيت ابيض", phrase=True) == ["a1"]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"outlet": "Nahar"}, ["a2", "a1"]),
        ({"outlet": "Safir"}, []),
        ({"start": NOON + hours(2)}, ["a2"]),
        ({"end": NOON + hours(2)}, ["a1"]),
        ({"limit": 1}, ["a2"]),
        ({"limit": 1, "offset": 1}, ["a1"]),
    ],
)
async def test_outlet_date_and_pages(
    database: Database, conditions: dict[str, Any], found: list[str]
) -> None:
    """Each condition narrows the search; a window holds its start and not its end."""
    async with database.unit() as unit:
        await _archive(unit)
        assert await unit.search.find(searchable("بلينكن"), **conditions) == found


async def test_without_a_word_the_conditions_count(database: Database) -> None:
    """All of an outlet on a day can be listed."""
    async with database.unit() as unit:
        await _archive(unit)
        assert await unit.search.find("", outlet="Safir") == ["a4", "a3"]


@pytest.mark.parametrize(
    "query", ['"', "*", "a OR b", "NEAR(a b)", "words:x", "a' --", "-x", "(", "!&|", "ـ"]
)
async def test_what_is_typed_is_never_syntax(database: Database, query: str) -> None:
    """Whatever a person types is words: no error, and no operator."""
    async with database.unit() as unit:
        await unit.articles.put_many([(article(), entry())])
        await unit.search.put({ArticleId("a1"): "a or b near x words خبر"})
        found = await unit.search.find(query)
    assert found == (["a1"] if set(tokens(query)) <= {"a", "or", "b", "near", "x", "words"} else [])


async def test_a_new_text_replaces_the_old(database: Database) -> None:
    """After a revision, what is no longer there is no longer found; what is not indexed is known."""
    async with database.unit() as unit:
        await unit.articles.put_many([(article(1), entry(1)), (article(2), entry(2))])
        await unit.search.put({ArticleId("a1"): "قديم"})
        await unit.search.put({ArticleId("a1"): "جديد"})
        assert await unit.search.find("قديم") == []
        assert await unit.search.find("جديد") == ["a1"]
        assert await unit.search.missing(9) == ["a2"]


async def test_a_very_long_text(database: Database) -> None:
    """A text beyond what the database can index is indexed up to there."""
    async with database.unit() as unit:
        await unit.articles.put_many([(article(), entry())])
        await unit.search.put({ArticleId("a1"): " ".join(f"كلمه{n}" for n in range(120_000))})
        assert await unit.search.find("كلمه7") == ["a1"]
