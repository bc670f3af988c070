"""Each message of an editor as each chat shows it, in both languages, kept as golden files to look at and compare.

`KAWALIS_WRITE=1` writes them anew.
"""

import os
from pathlib import Path

import pytest

from bot.texts import Language, texts
from tests.application.conftest import Bench
from tests.application.editors.desk import desk_of
from tests.application.editors.session import Session

GOLDEN = Path(__file__).parent / "golden"
LINES = (
    "/broadcast", "/broadcast @nowhere", "/note x", "/correct @news", "/draft", "/broadcast @news", "{draft_preview}",
    "{draft_edit}", "1{draft_drop}", "1{draft_restore}", "2{draft_up}", "1{draft_drop}", "{draft_done}", "/note",
    "/note {word}", "{draft_refresh}", "{draft_approve}", "channel", "{draft_correct}", "1{draft_drop}",
    "{draft_publish_correction}", "/note {word}", "{draft_retell}", "{draft_publish_correction}", "channel",
    "{draft_approve}", "+1", "/broadcast @news 25:00", "/broadcast @news 15:00 Mars",
    "/broadcast @news 15:00 Asia/Riyadh 10d", "{draft_schedule}", "{draft_now}", "+1",
    "/broadcast @news 15:00 Asia/Riyadh 10d", "{draft_schedule}", "{draft_cancel}", "+1",
    "/broadcast @news 15:00 Asia/Riyadh 10d", "{draft_schedule}", "+180", "channel", "+1",
    "/broadcast @news 16:00 Asia/Riyadh 10d", "{draft_schedule}", "taken out", "+60", "{draft}", "{draft_approve}",
    "put back", "{draft_approve}", "taken out", "+1", "put back", "/draft", "{draft_reject}", "/editors",
    "/editors @news add 123456", "/editors @news add 123456", "/editors @news", "/editors @news remove 123456",
    "/editors @news remove 123456", "/draft nothing show",
)  # fmt: skip
WORD = {"ar": "نعود بالتفاصيل مساء", "en": "More this evening"}


def line_of(line: str, language: Language) -> str:
    """`{draft_edit}` is the label of a button in this language; a number before it is the place that it names."""
    if "{draft" not in line:
        return line.replace("{word}", WORD[language])
    place = line.partition("{")[0]
    key = line[line.index("{") + 1 : -1]
    label = texts(language)(f"button.{key}", place=int(place)) if place else texts(language)(f"button.{key}")
    return f"[{label}]"


@pytest.mark.parametrize("platform", ["telegram", "slack"])
@pytest.mark.parametrize("language", ["ar", "en"])
async def test_golden_conversation(bench: Bench, platform: str, language: Language) -> None:
    """What editors see changes only where somebody meant it to: letter by letter, marks of direction too."""
    session, shown = Session(desk_of(platform, bench, language), language), []
    for line in LINES:
        spoken = line_of(line, language)
        shown.append(f"=== {spoken}\n{await session.step(spoken)}\n")
    text, file = "\n".join(shown), GOLDEN / f"{platform}_{language}.txt"
    if os.environ.get("KAWALIS_WRITE"):
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text
