"""Whatever outlets write, Slack takes every message that we make of it; nobody is called, nothing formatted by it."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.forms import Choice, Form, Hour, Words
from adapters.chat.message import Message
from adapters.slack.answering import home_view
from adapters.slack.modal import modal
from bot.presenting.briefs import brief_message, sources_message, story_message
from bot.texts import texts
from summaries.harmless import harmless
from summaries.types import ArticleId, Brief, BriefStory, Member, Sentence, SourceSpan, State, StoryId
from tests.chat.any_brief import AT, BRIEFS, HOSTILE, LANGUAGES, NAMES, STORIES, WORDS, looks
from tests.fakes.slack import blocks as kit
from tests.fakes.slack.methods import view_of
from tests.fakes.slack.world import words
from tests.slack.test_render import checked


def tame(message: Message) -> None:
    """Slack takes it, in a chat and in a home, and nothing in it is a mention or markup that we did not make."""
    for part in checked(message):
        assert "<" not in part.text, "the fallback is parsed: nothing in it may be a mention"
        for element in _elements(list(part.blocks)):
            assert element["type"] in ("text", "link"), element
        for text in _parsed(list(part.blocks)):
            assert "<!" not in text
            assert "<@" not in text
            assert "<#" not in text
    assert view_of(home_view([message], "D1"), {"home"})


def _elements(value: Any) -> list[dict[str, Any]]:
    """The inline elements of all rich text."""
    if isinstance(value, list):
        return [each for inner in value for each in _elements(inner)]
    if not isinstance(value, dict):
        return []
    if value.get("type", "").startswith("rich_text"):
        return [each for inner in value["elements"] for each in _elements(inner)]
    return (
        [value]
        if value.get("type") in ("text", "link", "user", "usergroup", "channel", "broadcast", "emoji")
        else []
    )


def _parsed(value: Any) -> list[str]:
    """The texts that Slack parses."""
    if isinstance(value, list):
        return [text for inner in value for text in _parsed(inner)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if value.get("type") == "mrkdwn" else []
    return own + [text for inner in value.values() for text in _parsed(inner)]


@settings(max_examples=12, deadline=None)
@given(brief=BRIEFS, title=NAMES, language=LANGUAGES)
def test_any_brief(brief: Brief, title: str, language: Any) -> None:
    """A brief of anything that outlets can write."""
    tame(brief_message(brief, title, texts(language)))


@settings(max_examples=12, deadline=None)
@given(story=STORIES, language=LANGUAGES, word=WORDS)
def test_any_look_at_a_story(story: BriefStory, language: Any, word: str) -> None:
    """Its card, who said what, its sources, its timeline, and every alert on it."""
    for message in looks(story, word, texts(language)):
        tame(message)


@pytest.mark.parametrize(
    "hostile", [h for h in HOSTILE if h.isprintable() and len(h) > 1 and "\u064e" not in h]
)
def test_a_hostile_title_is_read_as_it_was_written(hostile: str) -> None:
    """What would call people or format stands there letter by letter, decoded as Slack decodes it."""
    title = f"عنوان {hostile} آخر"
    member = Member(article=ArticleId("a1"), outlet=hostile, title=title, url="https://e.org/1", published=AT)
    sentence = Sentence(text=title, shown=title, spans=(SourceSpan(article=ArticleId("a1"), start=0, end=1),))
    story = BriefStory(
        id=StoryId("s1"), headline=title, headline_article=ArticleId("a1"), state=State.NEW, members=(member,),
        origins=(), sentences=(sentence,), quotes=(),
    )  # fmt: skip
    for message in (story_message(story, texts("ar")), sources_message(story, texts("ar"))):
        for part in checked(message):
            shown = json.dumps([_shown(block) for block in part.blocks], ensure_ascii=False)
            assert harmless(hostile) in json.loads(shown.replace("\\u2068", ""))[0].replace(
                "\u2068", ""
            ).replace("\u2069", "")


def _shown(block: dict[str, Any]) -> str:
    """What a person reads: rich text as it stands, the rest decoded."""
    said = words(block)
    if block["type"] == "rich_text":
        return said
    return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


OPTIONS = st.lists(
    st.tuples(st.integers(0, 10**9).map(str), WORDS), min_size=1, max_size=130, unique_by=lambda o: o[0]
)
FIELDS = st.one_of(
    OPTIONS.flatmap(
        lambda options: st.builds(
            Choice, name=st.just("choice"), label=WORDS, options=st.just(tuple(options)),
            value=st.sampled_from([None, *(value for value, _ in options)]),
        )
    ),
    st.builds(Hour, name=st.just("hour"), label=WORDS, value=st.sampled_from([None, "23:59"])),
    st.builds(Words, name=st.just("words"), label=WORDS, value=st.one_of(st.none(), WORDS)),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    fields=st.lists(FIELDS, max_size=3, unique_by=lambda f: f.name),
    title=WORDS,
    submit=WORDS,
    close=WORDS,
    language=LANGUAGES,
)
def test_any_form(fields: Any, title: str, submit: str, close: str, language: Any) -> None:
    """Whatever stands in it, a form is a modal that Slack opens, and what was chosen before is chosen in it."""
    form = Form(name="f", title=title, submit=submit, close=close, fields=tuple(fields), language=language)
    view = modal(form, "D1")
    assert view_of(view, {"modal"})
    for name in ("title", "submit", "close"):
        assert 0 < kit.size(view[name]["text"]) <= 24
    for field, block in zip(fields, view["blocks"], strict=True):
        if isinstance(field, Choice):
            chosen = block["element"].get("initial_option")
            assert (chosen and chosen["value"]) == field.value
