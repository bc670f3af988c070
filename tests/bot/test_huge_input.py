"""What is too long to be an article is cut where it comes in, so that it holds up nobody."""

import json
from datetime import UTC, datetime
from pathlib import Path

from bot.jsonlines import article_of
from bot.summarising import article_brief, article_from_text
from summaries.analysis import Analyst
from summaries.packaged import packaged_gazetteer, packaged_topics
from summaries.types import LONGEST_TEXT, LONGEST_TITLE

SENTENCE = "قال الوزير إن الجسر سيفتح غدا، وأكد أن العمال أنهوا ترميمه. "


def test_a_line_of_a_file_is_cut() -> None:
    """Title and text of a line are kept up to their limits, so that offsets into what is kept stay true."""
    text = SENTENCE * (LONGEST_TEXT // 10)
    found = article_of(json.dumps({"id": "a", "title": text, "text": text}).encode(), 1, Path("a.jsonl"))
    assert found.text == text[:LONGEST_TEXT]
    assert found.title == text[:LONGEST_TITLE]


def test_a_text_is_cut() -> None:
    """So is a text that is to be summarised."""
    found = article_from_text(
        "عنوان\n" + "ب" * (2 * LONGEST_TEXT), name="x", now=datetime(2031, 1, 1, tzinfo=UTC)
    )
    assert found.text == "ب" * LONGEST_TEXT


def test_one_endless_word_is_read() -> None:
    """A word without end costs no more than its length: no pattern tries all ways to cut it."""
    found = article_from_text("ب" * (2 * LONGEST_TEXT), name="x", now=datetime(2031, 1, 1, tzinfo=UTC))
    assert len(article_brief(found, Analyst(packaged_gazetteer(), packaged_topics())).sentences) <= 1
