"""A feed that means harm, from the wire to what people see in each place."""

import html
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.chat.message import Message
from adapters.slack.render import render as slack
from adapters.telegram.render import render as telegram
from adapters.terminal.render import render as terminal
from adapters.web.page import render_page
from bot.assemble import open_kernel
from bot.presenting.briefs import brief_message, sources_message, story_message, who_message
from bot.texts import Language, texts
from summaries.types import Source, SourceId
from tests.application.arriving import SETTLEMENTS
from tests.application.conftest import settings
from tests.collecting.newsroom import START, item, rss
from tests.fakes.web import ScriptedWeb, feed

EVIL = "\u202e\u202b\u2067\u2066\u200d\u200d\u2060\u00ad\U000e0041\x7f"
HARM = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u2067\u206a-\u206f\ufeff\U000e0000-\U000e0fff]"
)


def spoilt(text: str) -> str:
    """The text with what should not be in it, in the middle of words and between them."""
    return EVIL.join(re.split("(?<=ل)", text)) + EVIL + "\u200b\ufeff"


def words(value: object) -> str:
    """All strings of a payload."""
    if isinstance(value, dict | list):
        return "".join(words(inner) for inner in (value.values() if isinstance(value, dict) else value))
    return value if isinstance(value, str) else ""


async def shown(web: ScriptedWeb, file: Path, language: Language) -> dict[str, str]:
    """What each place shows of a feed whose title, text and outlet's name are spoilt."""
    title, text = SETTLEMENTS
    body = rss(
        item(
            1,
            published=START - timedelta(hours=1),
            title=spoilt(title),
            content=spoilt(text) + " وأضافت Axios <b>خبرا</b>.",
        )
    )
    web.on("/feed.xml", feed(body.encode("utf-8")))
    source = Source(id=SourceId("evil"), outlet=spoilt("قناة المثال"), url=web.url("/feed.xml"), zone="UTC")
    async with open_kernel(
        settings(), now=lambda: START, sources=(source,), database_url=f"sqlite:///{file}",
        admitted={("127.0.0.1", web.port)},
    ) as kernel:  # fmt: skip
        await kernel.collector.poll(START)
        await kernel.briefing.understand(START)
        made = await kernel.briefing.brief(kernel.topic(None), START, kernel.briefing.default_window)
        async with kernel.database.reading() as unit:
            stored = {
                a.id: a.text
                for a in await unit.articles.get([m.article for s in made.stories for m in s.members])
            }
    assert made.stories
    for sentence in (s for story in made.stories for s in story.sentences):
        assert sentence.text == " ".join(stored[s.article][s.start : s.end] for s in sentence.spans)
    said, story = texts(language), made.stories[0]
    messages: list[Message] = [
        brief_message(made, "x", said), story_message(story, said), who_message(story, said),
        sources_message(story, said),
    ]  # fmt: skip
    return {
        "telegram": "".join(
            json.loads(r.payload)["parameters"]["text"] for m in messages for r in telegram(m)
        ),
        "slack": "".join(words(json.loads(r.payload)) for m in messages for r in slack(m)),
        "terminal": "".join(terminal(m) for m in messages),
        "page": html.unescape("".join(render_page(m, title=spoilt("x")) for m in messages)),
    }


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_a_hostile_feed_is_shown_harmlessly(tmp_path: Path, language: Language) -> None:
    """Overrides, controls, tags and invisible letters of a feed reach none of Telegram, Slack, terminal and page, in
    no message; the sentences stay exact spans of what is stored, and isolates are balanced.
    """
    async with ScriptedWeb() as web:
        seen = await shown(web, tmp_path / "x.db", language)
    for place, text in seen.items():
        assert HARM.search(text.replace("\n", "")) is None, place
        assert "البيت الأبيض" in text, place
        assert text.count("\u2068") == text.count("\u2069") > 0, place
