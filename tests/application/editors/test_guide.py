"""docs/editing.md shows what an editor really gets.

A comment `<!-- shown ar: LINE -->` names the language and what is typed, pressed or comes to pass (see `session`); the
box that follows is what comes of it, in Telegram. `<!-- do ar: LINE -->` is done without being shown.
`KAWALIS_WRITE=1` writes the boxes anew.
"""

import os
import re
from pathlib import Path

import pytest

from bot.texts import Language, texts
from tests.application.conftest import Bench
from tests.application.editors.desk import desk_of
from tests.application.editors.session import Session

GUIDE = Path(__file__).parents[3] / "docs" / "editing.md"
STEP = re.compile(r"<!-- (shown|do) (ar|en): (.+?) -->\n(?:```text\n(.*?)```)?", re.DOTALL)
ROW = re.compile(r"^\| .+ \| (.+) \| (.+) \|$", re.MULTILINE)
MISSING = (
    "broadcast.no_chat", "slack.not_in_channel", "broadcast.bot_cannot_post", "broadcast.person_cannot_post",
    "slack.person_not_in_channel", "slack.archived", "editors.not_yours",
)  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_the_boxes_are_what_an_editor_gets(bench: Bench, language: Language) -> None:
    """Every line shown in the guide is typed or pressed, in order, and answered as the guide says."""
    text, wrong, moved = GUIDE.read_text("utf-8"), [], []
    session = Session(desk_of("telegram", bench, language), language, width=100, most=8)
    for found in STEP.finditer(text):
        if found[2] != language:
            continue
        answer = (await session.step(found[3])).strip()
        if found[1] == "shown":
            moved.append((found.span(4), f"{answer}\n"))
            if (found[4] or "").strip() != answer:
                wrong.append(f"{found[3]}\n{answer}")
    assert moved
    if os.environ.get("KAWALIS_WRITE"):
        for (start, end), answer in reversed(moved):
            text = text[:start] + answer + text[end:]
        GUIDE.write_text(text, "utf-8")
        return
    assert not wrong, "\n\n".join(wrong)


def test_what_is_asked_for_is_said_as_the_guide_says() -> None:
    """The table of what may be missing has the product's own sentences, in both languages."""
    told = ROW.findall(GUIDE.read_text("utf-8"))[1:]
    assert len(told) == len(MISSING)
    for key, (english, arabic) in zip(MISSING, told, strict=True):
        channel = "#news" if key.startswith("slack") else "@news"
        assert texts("en")(key, channel=channel) == english
        assert texts("ar")(key, channel=channel) == arabic
