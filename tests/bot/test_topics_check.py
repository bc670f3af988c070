"""`kawalis topics check`: what is wrong, in which file and line, in the user's language."""

from pathlib import Path

import pytest

from bot.cli import main
from bot.texts import texts
from summaries.packaged import packaged_topic_files
from summaries.topic import TopicError, parse_topic


def test_topics_in_use_are_good(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file the topics in use are checked, each with a line of its own."""
    assert main(["topics", "check"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(packaged_topic_files())


def test_every_wrong_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One wrong file does not hide the next: each has one sentence with its name and line."""
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    first.write_text("id == 1", encoding="utf-8")
    text = packaged_topic_files()[0].read_text(encoding="utf-8")
    second.write_text(text.replace("[cues.friction]", "[cues.frictions]"), encoding="utf-8")
    assert main(["topics", "check", str(first), str(second)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split("،")[0].split(",")[0] for line in said] == [str(first), str(second)]
    assert "frictions" in said[1]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_rule_has_its_sentence(language: str) -> None:
    """A rule without a text would be shown as an unexpected error."""
    with pytest.raises(TopicError) as caught:
        parse_topic('id = "x"\nnames = {ar = "ع"}\n')
    spoken = texts("ar" if language == "ar" else "en")
    assert "topic.toml" in spoken.error(caught.value.of_file("topic.toml"))
    rules = (
        "not_toml unknown_key no_text no_names no_list one_party empty_party twice cue_kind no_numbers "
        "no_cues side label feature threshold no_weights"
    )
    assert all(spoken.has(f"topic.bad.{rule}") for rule in rules.split())
