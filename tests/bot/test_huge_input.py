"""What is too long to be an article is cut where it comes in, so that it holds up nobody."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import main
from bot.jsonlines import article_of
from bot.summarising import article_brief, article_from_text
from bot.texts import texts
from summaries.analysis import Analyst
from summaries.packaged import packaged_gazetteer, packaged_topics
from summaries.types import LONGEST_TEXT, LONGEST_TITLE

SENTENCE = "قال الوزير إن الجسر سيفتح غدا، وأكد أن العمال أنهوا ترميمه. "


def test_a_line_of_a_file_is_cut() -> None:
    """Title and text of a line are kept up to their limits, so that offsets into what is kept stay true."""
    text = SENTENCE * (LONGEST_TEXT // 10)
    found, _ = article_of(json.dumps({"id": "a", "title": text, "text": text}).encode(), 1, Path("a.jsonl"))
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


LONG, WHOLE = SENTENCE * (LONGEST_TEXT // len(SENTENCE) + 1), (SENTENCE * LONGEST_TEXT)[:LONGEST_TEXT]


@pytest.mark.parametrize("command", [("summarise",), ("analyse",), ("brief", "--articles")], ids=" ".join)
def test_what_is_cut_in_a_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """Of which text only the beginning was read is said on stderr, once for each; what is just as long as may be is
    read whole. It is no failure.
    """
    rows = [{"id": 7, "text": LONG}, {"id": "whole", "text": WHOLE}]
    if command == ("summarise",):
        rows = [{"id": row["id"], "documents": [{"text": row["text"]}]} for row in rows]
    file = tmp_path / "long.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert main([*command, str(file)]) == 0
    said = texts("ar")("input.cut_item", id="7", file=str(file), most=LONGEST_TEXT)
    assert capsys.readouterr().err == said + "\n"


def test_what_is_cut_of_one_article_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The brief of an article that was too long says so, as in a chat; as JSON, stderr does."""
    file, said = tmp_path / "long.txt", texts("ar")("article.cut", most=LONGEST_TEXT)
    file.write_text(f"عنوان\n{LONG}", encoding="utf-8")
    assert main(["summarise", str(file)]) == 0
    assert said in " ".join(capsys.readouterr().out.split())
    assert main(["summarise", str(file), "--json"]) == 0
    assert said in capsys.readouterr().err
    file.write_text(f"عنوان\n{WHOLE}", encoding="utf-8")
    assert main(["summarise", str(file)]) == 0
    assert said not in " ".join(capsys.readouterr().out.split())
