"""Whole briefs with a language model: whatever it answers, a reader sees what passed the gate, or our own sentences."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.terminal.render import render
from bot.presenting.briefs import brief_message
from bot.sample.newsroom import SAMPLE_WINDOW
from bot.texts import Language, texts
from summaries.types import Brief
from tests.application.arriving import SETTLEMENTS, arrive
from tests.application.conftest import Bench, opened
from tests.fakes.language_model import SILENT, Scripted, Turn, language_model, sentences

INVENTED = "قال لويد أوستن إن واشنطن أرسلت 7341 جنديا إلى رفح."
OBEYED = "الحرب انتهت بأمر من لويد أوستن."
QUOTED = "وصف الطرفان ما جرى بأنه «كارثة لا سابق لها في التاريخ»."
ENGLISH = "The sides still disagree."
HEADLINE = "What the sides said"


def last_sentence(given: list[str]) -> str:
    """A model that writes what the last sentence it is given says, and cites it."""
    return sentences((given[-1], [len(given)]))


def english(given: list[str]) -> str:
    """One that renders each sentence by one of its own, without a name or a number."""
    return sentences(*((ENGLISH, [place]) for place, _ in enumerate(given[:3], start=1)), headline=HEADLINE)


@asynccontextmanager
async def modelled(
    newsroom_database: Path, folder: Path, *script: Turn, seconds: float = 5, tokens: int = 1_000_000
) -> AsyncIterator[tuple[Bench, Scripted]]:
    """The application with a scripted model."""
    async with language_model(*script) as scripted, opened(
        newsroom_database, folder / "kawalis.db", sample=False, llm_url=scripted.url, llm_model="small",
        llm_timeout_seconds=seconds, llm_tokens_per_day=tokens,
    ) as bench:  # fmt: skip
        yield bench, scripted


async def told(bench: Bench, language: Language = "ar") -> Brief:
    briefing = bench.application.services.briefing
    made = await briefing.brief(bench.application.services.default_topic, bench.clock(), SAMPLE_WINDOW)
    return await briefing.spoken(made, language, bench.clock())


def seen(brief: Brief, language: Language = "ar") -> str:
    """What the reader sees, in one line."""
    return " ".join(render(brief_message(brief, "t", texts(language)), width=10_000).split())


@pytest.fixture
async def own(newsroom_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """The brief without a model."""
    async with opened(
        newsroom_database, tmp_path_factory.mktemp("own") / "kawalis.db", sample=False
    ) as bench:
        return await told(bench)


async def test_a_good_answer_is_what_the_reader_sees(
    newsroom_database: Path, tmp_path: Path, own: Brief
) -> None:
    """Each story has the model's sentence, which cites its article word for word; stories and order stay."""
    async with modelled(newsroom_database, tmp_path, last_sentence) as (bench, scripted):
        made = await told(bench)
        async with bench.application.services.database.reading() as unit:
            spans = [s for story in made.stories for one in story.sentences for s in one.spans]
            stored = {a.id: a.text for a in await unit.articles.get([span.article for span in spans])}
    assert [story.id for story in made.stories] == [story.id for story in own.stories]
    assert len(scripted.asked) == len(made.stories)
    for story in made.stories:
        (sentence,) = story.sentences
        (span,) = sentence.spans
        assert sentence.shown in seen(made)
        assert sentence.text == stored[span.article][span.start : span.end]
    assert seen(made) != seen(own)


@pytest.mark.parametrize("bad", [INVENTED, OBEYED, QUOTED])
@pytest.mark.parametrize("language", ["ar", "en"])
async def test_what_fails_the_gate_is_never_seen(
    newsroom_database: Path, tmp_path: Path, bad: str, language: Language
) -> None:
    """An invented number, name or quotation, and an order that was obeyed, give way to a sentence of the article."""
    async with modelled(newsroom_database, tmp_path, sentences((bad, [1]))) as (bench, scripted):
        made = await told(bench, language)
        async with bench.application.services.database.reading() as unit:
            members = [member.article for story in made.stories for member in story.members]
            stored = " ".join(article.text for article in await unit.articles.get(members))
    assert scripted.asked
    assert bad not in seen(made, language)
    assert all(one.text in stored for story in made.stories for one in story.sentences)
    assert all(one.shown.startswith(one.text[:5]) for story in made.stories for one in story.sentences)


@pytest.mark.parametrize(
    ("turn", "asked"),
    [
        (SILENT, 1),
        (401, 1),
        (500, 2),
        ("كل شيء على ما يرام", 0),
        (sentences((INVENTED, [99])), 0),
        (sentences((INVENTED, [])), 0),
    ],
)
async def test_no_use_leaves_our_own_brief(
    newsroom_database: Path, tmp_path: Path, own: Brief, turn: Turn, asked: int
) -> None:
    """Silent, refusing, failing, out of form or with numbers of no sentence: the reader sees the extractive brief, and
    a model that is late is not asked for the other stories. (0: two tries for each story.)
    """
    seconds = 0.05 if turn == SILENT else 5.0
    async with modelled(newsroom_database, tmp_path, turn, seconds=seconds) as (bench, scripted):
        made = await told(bench)
    assert seen(made) == seen(own)
    assert len(scripted.asked) == (asked or 2 * len(own.stories))


async def test_nobody_at_the_address(newsroom_database: Path, tmp_path: Path, own: Brief) -> None:
    """A model that is not there costs the reader nothing but its prose."""
    async with language_model(500) as gone:
        pass
    async with opened(
        newsroom_database, tmp_path / "kawalis.db", sample=False, llm_url=gone.url, llm_model="m"
    ) as bench:
        assert seen(await told(bench)) == seen(own)


async def test_the_day_s_tokens_are_the_end(newsroom_database: Path, tmp_path: Path, own: Brief) -> None:
    """Where not one call fits into the day, nobody is asked; where some do, the stories after them are our own."""
    async with modelled(newsroom_database, tmp_path, last_sentence, tokens=500) as (bench, scripted):
        assert seen(await told(bench)) == seen(own)
        assert scripted.asked == []
    (tmp_path / "more").mkdir()
    async with modelled(newsroom_database, tmp_path / "more", last_sentence, tokens=2_200) as (
        bench,
        scripted,
    ):
        made = await told(bench)
    written = [a.sentences != b.sentences for a, b in zip(made.stories, own.stories, strict=True)]
    assert 0 < len(scripted.asked) < len(own.stories)
    assert not any(written[len(scripted.asked) :])


async def test_a_story_is_asked_for_again_only_where_it_changed(
    newsroom_database: Path, tmp_path: Path
) -> None:
    """Answers are kept by what was asked: the same brief costs nothing, a new story one call."""
    async with modelled(newsroom_database, tmp_path, last_sentence) as (bench, scripted):
        first = seen(await told(bench))
        before = len(scripted.asked)
        assert seen(await told(bench)) == first
        assert len(scripted.asked) == before
        await arrive(bench, bench.clock.forward(minutes=5), ("dar", *SETTLEMENTS))
        services = bench.application.services
        topic, hour = services.default_topic, timedelta(hours=1)
        made = await services.briefing.brief(topic, bench.clock.forward(minutes=1), hour)
        assert [story.headline for story in made.stories] == [SETTLEMENTS[0]]
        assert len(scripted.asked) == before + 1


async def test_an_english_reader_is_told_what_stands_in_arabic(
    newsroom_database: Path, tmp_path: Path, own: Brief
) -> None:
    """Without a model one sentence says so; where all is translated and passed, none."""
    note = texts("en")("brief.untranslated")
    assert note in seen(own, "en")
    assert note not in seen(own)
    async with modelled(newsroom_database, tmp_path, last_sentence, english) as (bench, _):
        briefing = bench.application.services.briefing
        made = await briefing.spoken(own, "en", bench.clock())
    assert set(made.stories[0].sentences) <= set(own.stories[0].sentences)
    assert note in seen(made, "en")  # the first answer was no English
    assert ENGLISH in seen(made, "en")
    (tmp_path / "good").mkdir()
    async with modelled(newsroom_database, tmp_path / "good", english) as (bench, _):
        made = await bench.application.services.briefing.spoken(own, "en", bench.clock())
    assert ENGLISH in seen(made, "en")
    assert note not in seen(made, "en")
    assert [story.headline for story in made.stories] == [HEADLINE] * len(own.stories)


@pytest.mark.parametrize("bad", [False, True])
async def test_a_story_s_page_is_translated_as_the_brief_is(
    newsroom_database: Path, tmp_path: Path, own: Brief, bad: bool
) -> None:
    """In English its sentences are the model's where they pass, else Arabic with one sentence saying so."""
    turn: Turn = sentences((INVENTED, [1])) if bad else english
    async with modelled(newsroom_database, tmp_path, turn) as (bench, scripted):
        await bench.ask("/language en")
        reply = await bench.ask(f"/story {own.stories[0].id} more")
    shown = " ".join(" ".join(render(message, width=10_000).split()) for message in reply.messages)
    assert (ENGLISH in shown) is not bad
    assert (HEADLINE in shown) is not bad
    assert (texts("en")("brief.untranslated") in shown) is bad
    assert INVENTED not in shown
    assert scripted.asked
