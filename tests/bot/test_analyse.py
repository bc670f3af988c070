"""`kawalis analyse`: in order of publication, one article in memory at a time, every line answered for."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.articlefile import ArticleFile, Place
from bot.cli import main
from bot.errors import InputError

EARLY = {"id": "early", "title": "بايدن يحذر إسرائيل", "text": "حذر الرئيس الأمريكي إسرائيل من توسيع الحرب.",
         "outlet": "الساحل", "published": "2031-05-06T08:00:00Z"}  # fmt: skip
LATE = {**EARLY, "id": "late", "published": "2031-05-06T12:00:00+03:00"}
UNDATED: dict[str, Any] = {"id": "undated", "text": "نص قصير بلا تاريخ."}


def _file(folder: Path, *rows: dict[str, Any] | str) -> Path:
    file = folder / "articles.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _places(path: Path) -> tuple[list[Place], list[InputError]]:
    with ArticleFile.opened(path) as file:
        return file.places()


def test_articles_are_taken_by_publication(tmp_path: Path) -> None:
    """The earliest first whatever its zone, those without a date last; empty lines do not count."""
    file = _file(tmp_path, UNDATED, LATE, "", EARLY)
    with ArticleFile.opened(file) as given:
        ordered, wrong = given.places()
        assert [article.id for article in given.articles(ordered)] == ["early", "late", "undated"]
    assert [place.line for place in ordered] == [4, 2, 1]
    assert wrong == []


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ('{"id": "a"', "input.bad_json"),
        ("[1]", "input.not_jsonl"),
        ('{"id": "a"}', "input.no_field"),
        ('{"id": "a", "text": "نص", "published": "أمس"}', "input.bad_time"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: str, key: str) -> None:
    """What is wrong in a line is said with the line's number in the file; the lines around it are taken."""
    ordered, (wrong,) = _places(_file(tmp_path, EARLY, "", row, LATE))
    assert (wrong.key, wrong.values["line"]) == (key, "3")
    assert [place.line for place in ordered] == [1, 4]


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """The file's encoding is wrong in one line: that line is named."""
    file = _file(tmp_path, EARLY)
    file.write_bytes(file.read_bytes() + b'{"id": "b", "text": "\xff"}\n')
    ordered, (wrong,) = _places(file)
    assert (len(ordered), wrong.values["line"]) == (1, "2")


@pytest.mark.parametrize("command", [["analyse"], ["brief", "--at", "2031-05-07T00:00:00Z", "--articles"]])
def test_a_bad_line_does_not_stop_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    """The rest is answered for; one sentence names the line, and the exit code is 1."""
    assert main([*command, str(_file(tmp_path, EARLY, "{", LATE))]) == 1
    said = capsys.readouterr()
    assert "بايدن" in said.out or "early" in said.out
    assert len(said.err.splitlines()) == 1
    assert "2" in said.err


def test_analyse_prints_an_answer_for_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every article has one line with all fields, and articles of one event share their story."""
    assert main(["analyse", str(_file(tmp_path, UNDATED, LATE, EARLY))]) == 0
    found = {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert list(found) == ["early", "late", "undated"]
    assert all(set(row) == {"id", "relevance", "story", "origins", "statements"} for row in found.values())
    assert found["late"]["story"] == found["early"]["story"] == "early"
    assert found["early"]["relevance"]["label"] == "core"
    assert found["undated"]["relevance"]["label"] == "off"
