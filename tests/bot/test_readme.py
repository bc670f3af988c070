"""The README shows what the product prints."""

import os
import re
from pathlib import Path

from adapters.chat.message import Message
from adapters.terminal.render import render
from bot.presenting.briefs import brief_message
from bot.sample.newsroom import SAMPLE_NOW
from bot.texts import texts
from tests.application.conftest import Bench
from tests.application.conftest import bench as bench
from tests.application.conftest import newsroom_database as newsroom_database

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"<!-- sample brief[^>]*-->\n```text\n(.*?)```", re.DOTALL)
ADDRESS = re.compile(r" <http://[^>]+>|\n\s*<http://[^>]+>")


async def first_story(bench: Bench) -> str:
    """The beginning of the sample's brief: title, label, window and the first story; without addresses."""
    kernel = bench.application.kernel
    made = await kernel.briefing.brief(kernel.topic(None), SAMPLE_NOW, kernel.briefing.default_window)
    message = brief_message(
        made, kernel.title(made.topic, texts("ar")), texts("ar"), actions=False, name_zone=True
    )
    shown = render(Message(blocks=message.blocks, language="ar"), width=92)
    return ADDRESS.sub("", shown.split("2. ")[0]).rstrip("\n ─") + "\n"


async def test_the_readme_shows_a_brief_as_it_looks(bench: Bench) -> None:
    """The brief in the README is the beginning of the sample's, word for word, but for the addresses.

    `KAWALIS_WRITE=1` writes it anew.
    """
    story, file = await first_story(bench), ROOT / "README.md"
    if os.environ.get("KAWALIS_WRITE"):
        text = file.read_text(encoding="utf-8")
        begin, end = BLOCK.search(text).span(1)  # type: ignore[union-attr]
        file.write_text(text[:begin] + story + text[end:], encoding="utf-8")
    found = BLOCK.search(file.read_text(encoding="utf-8"))
    assert found is not None
    assert words(found[1]) == words(story)


def words(text: str) -> str:
    return " ".join(text.split())


def test_every_document_that_the_readme_names_exists() -> None:
    """A newcomer who follows a name finds a file."""
    named = re.findall(
        r"`((?:docs|scripts|bot|adapters|storage|summaries)/[\w./-]+)`", (ROOT / "README.md").read_text()
    )
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
