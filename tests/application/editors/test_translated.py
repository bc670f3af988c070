"""A post in English, where a language model is set: translated and judged before an editor sees it."""

from pathlib import Path

import pytest

from bot.texts import texts
from tests.application.conftest import opened
from tests.application.editors.desk import desk_of, pressed, sent, typed
from tests.fakes.language_model import Turn, language_model, sentences

GOOD = "The sides still disagree."
HEADLINE = "What the sides said"
BAD = "Lloyd Austin sent 7341 soldiers."


def rendered(given: list[str]) -> str:
    """A model that renders each sentence by one without a name or a number."""
    return sentences(*((GOOD, [place]) for place, _ in enumerate(given[:3], start=1)), headline=HEADLINE)


@pytest.mark.parametrize("good", [True, False])
async def test_a_post_in_english_is_translated_before_it_is_approved(
    newsroom_database: Path, tmp_path: Path, good: bool
) -> None:
    """What the channel gets is what the editor saw: English that passed, or Arabic with one sentence saying so. To
    have the draft told anew asks for nothing that was answered.
    """
    turn: Turn = rendered if good else sentences((BAD, [1]))
    note = texts("en")("brief.untranslated")
    async with (
        language_model(turn) as scripted,
        opened(
            newsroom_database, tmp_path / "kawalis.db", sample=False, llm_url=scripted.url, llm_model="small"
        ) as bench,
    ):
        desk = desk_of("slack", bench, "en")
        preview = await typed(desk, "/broadcast @news en", "Nothing is posted before you approve")
        asked = len(scripted.asked)
        await pressed(desk, "refresh")
        again = len(scripted.asked)
        await pressed(desk, "approve", "Posted")
        posted = "\n".join(shown.text for shown in await sent(desk))
    assert asked
    assert again == asked
    for text in (preview, posted):
        assert (GOOD in text) is good
        assert (HEADLINE in text) is good
        assert (note in text) is not good
        assert BAD not in text
