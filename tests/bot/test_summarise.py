"""`kawalis summarise`: one article or a batch, in Arabic, every line answered for."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.texts import texts

TEXT = "أغلقت السلطات ميناء الصفاء بعد عاصفة رملية حجبت الرؤية عن السفن. وتوقفت عشر سفن قبالة الساحل."
ENGLISH = "The port was closed after a sandstorm.\nTen ships are waiting off the coast for the wind to calm."


def batch(identity: str, *documents: Any) -> str:
    return json.dumps({"id": identity, "documents": documents}, ensure_ascii=False)


def document(text: str, **more: Any) -> dict[str, Any]:
    return {"title": "إغلاق الميناء", "text": text, "outlet": "o", **more}


def run(folder: Path, *lines: str) -> int:
    file = folder / "batch.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return main(["summarise", str(file), "--words", "20"])


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "JSON"),
        ("[]", "JSON"),
        ('{"id": "x"}', "documents"),
        ('{"documents": []}', "id"),
        ('{"id": "x", "documents": "y"}', "documents: ["),
        ('{"id": "x", "documents": []}', "documents: ["),
        ('{"id": "x", "documents": ["y"]}', "documents: ["),
        (batch("x", document(TEXT, published="أمس")), "أمس"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_summarised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str, said: str
) -> None:
    """One sentence of our own names the line and what is wrong with it; the exit code is 1."""
    assert run(tmp_path, batch("1", document(TEXT)), "", bad, batch("2", document(TEXT))) == 1
    shown = capsys.readouterr()
    assert [json.loads(line)["id"] for line in shown.out.splitlines()] == ["1", "2"]
    assert len(shown.err.splitlines()) == 1
    assert "3" in shown.err
    assert said in shown.err
    assert "indices" not in shown.err


def test_only_arabic_is_summarised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not in Arabic is told so in one sentence, alone or in a batch, where the others are summarised."""
    (tmp_path / "english.txt").write_text(ENGLISH, encoding="utf-8")
    assert main(["summarise", str(tmp_path / "english.txt")]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.strip() == texts("ar")("input.not_arabic")
    assert run(tmp_path, batch("e", document(ENGLISH, title="")), batch("a", document(TEXT))) == 1
    shown = capsys.readouterr()
    assert [json.loads(line)["id"] for line in shown.out.splitlines()] == ["a"]
    assert "e" in shown.err
    assert len(shown.err.splitlines()) == 1


def test_names_in_latin_letters_do_not_make_it_foreign(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An Arabic article may quote titles and names in other letters."""
    (tmp_path / "a.txt").write_text(f"خبر عن Reuters\n{TEXT} (Reuters, AFP)", encoding="utf-8")
    assert main(["summarise", str(tmp_path / "a.txt")]) == 0
    assert "الصفاء" in capsys.readouterr().out


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_does_not_fit_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    """Where no sentence that names its speaker fits into so few words, that is said, and nothing is made up."""
    text = 'خبر الميناء\nقال وزير النقل ماهر السالم إن وزارته قلقة على الميناء. وأضاف: "لن نقبل ذلك".'
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert main(["summarise", str(tmp_path / "a.txt"), "--words", "5", *form]) == 1
    shown = capsys.readouterr()
    assert shown.err.strip() == texts("ar")("input.no_room", words="5")
    assert "لن نقبل" not in json.loads(shown.out)["summary"] if form else shown.out == ""
