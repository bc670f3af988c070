"""The brief of the sample newsroom, as a reader sees it."""

import json
import re
from pathlib import Path

import pytest

from adapters.terminal.render import render
from adapters.web.page import render_page
from bot.presenting.briefs import brief_message
from bot.presenting.exports import brief_value
from bot.sample.newsroom import SAMPLE_NOW, SAMPLE_WINDOW
from bot.texts import texts
from summaries.types import Brief
from tests.application.conftest import Bench

GOLDEN = Path(__file__).parent / "golden"
PORT = re.compile(r"127\.0\.0\.1:\d+")


async def _brief(bench: Bench) -> Brief:
    return await bench.application.services.briefing.brief(
        next(iter(bench.application.services.topics)), SAMPLE_NOW, SAMPLE_WINDOW
    )


def _shown(brief: Brief, topic: str, language: str, form: str) -> str:
    if form == "json":
        urls = {member.article: member.url for story in brief.stories for member in story.members}
        value = brief_value(brief, lambda article: urls[article])
        for number, story in enumerate(value["stories"]):
            story["id"] = str(number)  # an id comes of an address, and that of the sample's port
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    message = brief_message(brief, topic, texts(language), actions=False, name_zone=True)
    return render(message, colour=False) if form == "txt" else render_page(message, title=topic)


@pytest.mark.parametrize(
    ("language", "form"), [("ar", "txt"), ("en", "txt"), ("ar", "html"), ("en", "html"), ("ar", "json")]
)
async def test_golden(bench: Bench, language: str, form: str) -> None:
    """What a reader sees of the sample changes only on purpose: delete the file to have it made anew."""
    brief = await _brief(bench)
    topic = bench.application.services.topics[brief.topic].name(language)
    text = PORT.sub("sample.example", _shown(brief, topic, language, form))
    file = GOLDEN / f"brief.{language}.{form}"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        pytest.fail(f"{file.name} was not there; it is now: read it aloud and commit it")
    assert text == file.read_text(encoding="utf-8")


async def test_every_sentence_is_a_span_of_a_stored_article(bench: Bench) -> None:
    """Each sentence is, character for character, what stands at its span in the stored text."""
    brief = await _brief(bench)
    assert brief.stories
    spans = [span for story in brief.stories for sentence in story.sentences for span in sentence.spans]
    async with bench.application.services.database.reading() as unit:
        stored = {a.id: a.text for a in await unit.articles.get([span.article for span in spans])}
    for story in brief.stories:
        for sentence in story.sentences:
            assert sentence.text == " ".join(stored[s.article][s.start : s.end] for s in sentence.spans)
        for quote in story.quotes:
            span = quote.statement.span
            async with bench.application.services.database.reading() as unit:
                (article,) = await unit.articles.get([quote.article])
            assert quote.text == article.text[span.start : span.end]
