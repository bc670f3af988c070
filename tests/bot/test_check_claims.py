"""`kawalis check-claims`: a file of claims in, a verdict for each out, in order."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

TEXT = "قال جون كيربي إن بلاده لن ترسل 12 سفينة."


def claim(identity: str, sentence: str, **more: Any) -> str:
    value = {"id": identity, "text": TEXT, "sentence": sentence, "cited": [[0, len(TEXT)]], **more}
    return json.dumps(value, ensure_ascii=False)


def run(path: Path, *lines: str) -> int:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return main(["check-claims", str(path)])


def test_verdicts_come_in_the_order_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line has its answer; a refused one says why, in a code and in words."""
    code = run(
        tmp_path / "c.jsonl", claim("1", "كيربي: لن نرسل اثنتي عشرة سفينة."), claim("2", "أرسلت 13 سفينة.")
    )
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert [(one["id"], one["supported"]) for one in found] == [("1", True), ("2", False)]
    assert found[0]["reasons"] == []
    number = found[1]["reasons"][0]
    assert (number["code"], number["number"]) == ("gate.number", "13")
    assert "13" in number["words"]


@pytest.mark.parametrize(
    "bad",
    ["{", "[]", '{"id": "x"}', claim("x", "جملة", cited=[[0, 999]]), claim("x", "جملة", cited=[[5, 5]]),
     claim("x", "جملة", cited=7), claim("x", "جملة", text=None)],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_rest_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str
) -> None:
    """Blank lines are passed over; the number of the bad one is said, and the exit code is 1."""
    code = run(tmp_path / "c.jsonl", claim("1", TEXT), "", bad, claim("2", TEXT))
    said = capsys.readouterr()
    assert code == 1
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ["1", "2"]
    assert len(said.err.splitlines()) == 1
    assert "3" in said.err


def test_no_file_and_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there is 1, a missing argument is 2; both say one sentence."""
    assert main(["check-claims", str(tmp_path / "none.jsonl")]) == 1
    assert main(["check-claims"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_wrong_span_is_told_in_our_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Spans that are no pairs are said to be so, without Python's own English."""
    assert run(tmp_path / "claims.jsonl", claim("1", "قال", cited="no"), claim("2", "قال", cited=[[1]])) == 1
    said = capsys.readouterr().err
    assert "unpack" not in said
    assert said.count("cited: [[start, end]]") == 2


def test_a_missing_field_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line without a field says which is to be added, as it does in other files."""
    whole = json.loads(claim("1", TEXT))
    without = [
        json.dumps({k: v for k, v in whole.items() if k != field}) for field in ("text", "sentence", "cited")
    ]
    assert run(tmp_path / "claims.jsonl", *without) == 1
    said = capsys.readouterr().err.splitlines()
    named = zip(said, ("text", "sentence", "cited"), strict=True)
    assert all(f"بلا الحقل {field}. أضيفوه" in line for line, field in named)
