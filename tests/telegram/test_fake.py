"""The fake is as strict as Telegram, by Telegram's own parser and specification."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.telegram.html import BadEntities, parse
from tests.fakes.telegram.parameters import methods

SPEC = Path(os.environ.get("KAWALIS_DATA", Path(__file__).parents[3] / "shared" / "data")).parent / "specs"
USED = [
    "sendMessage",
    "sendPhoto",
    "editMessageText",
    "answerCallbackQuery",
    "setMyCommands",
    "getChatMember",
    "setWebhook",
    "setMyDescription",
    "setMyShortDescription",
    "sendChatAction",
    "answerInlineQuery",
    "getChat",
]


@pytest.mark.parametrize("method", USED)
def test_parameters_are_those_of_the_specification(method: str) -> None:
    """The tables read from python-telegram-bot agree with the published Bot API on every method that we use."""
    file = SPEC / "botapi-10.1.json"
    if not file.exists():
        pytest.skip("the Bot API's specification is not on this machine")
    fields = {f["name"]: f["required"] for f in json.loads(file.read_text())["methods"][method]["fields"]}
    every, required = methods()[method]
    assert every <= set(fields)
    assert {name for name, needed in fields.items() if needed} <= required | {"text", "photo"}


def oracle(html: str) -> tuple[str, list[tuple[str, int, int]]] | None:
    """TDLib's own reading: the text and its entities, or None where it refuses."""
    tdjson = pytest.importorskip("tdjson", reason="TDLib is not installed here")
    query = {"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}}
    answer = json.loads(tdjson.td_execute(json.dumps(query).encode()))
    if answer["@type"] == "error":
        return None
    entities = [(e["type"]["@type"], e["offset"], e["length"]) for e in answer["entities"]]
    return answer["text"], sorted(entities)


KINDS = {
    "bold": "textEntityTypeBold", "italic": "textEntityTypeItalic", "code": "textEntityTypeCode",
    "text_link": "textEntityTypeTextUrl", "blockquote": "textEntityTypeBlockQuote",
    "expandable_blockquote": "textEntityTypeExpandableBlockQuote",
}  # fmt: skip

pieces = st.sampled_from(
    ["<b>", "</b>", "<i>", "</i>", '<a href="https://example.org/a">', "</a>", "<blockquote>", "</blockquote>", "<x>",
     "<code>", "</code>", "&lt;", "&amp;", "&", "خبر", "a b", "<", "\U0001f4f0", "x\ny", "&#33;"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(pieces, min_size=1, max_size=10).map("".join))
def test_html_is_refused_as_telegram_refuses_it(html: str) -> None:
    """What TDLib refuses, the fake refuses; what both take has the same text."""
    said = oracle(html)
    try:
        text, _ = parse(html)
    except BadEntities:
        return  # stricter than Telegram is allowed: it never lets anything pass that Telegram refuses
    assert said is not None
    assert text.strip() == said[0].strip()


@pytest.mark.parametrize(
    "html",
    ["<b>خبر</b> عاجل", '<a href="https://example.org/a">رابط</a> ثم <i>نص</i>',
     "<blockquote expandable>أ\nب</blockquote>",
     "<b>أ <i>ب</i></b> &lt;tag&gt; \U0001f4f0 <code>x</code>"],
)  # fmt: skip
def test_entities_are_measured_as_telegram_measures_them(html: str) -> None:
    """Kinds, offsets and lengths agree with TDLib on the HTML that our renderer makes."""
    said = oracle(html)
    text, entities = parse(html)
    assert said is not None
    assert (text, sorted((KINDS[e.kind], e.offset, e.length) for e in entities)) == said
