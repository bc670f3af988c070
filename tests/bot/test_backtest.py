"""The brief of a file of articles as of a moment."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.texts import texts

DISPUTE = {
    "id": "n-1",
    "title": "البيت الأبيض ينتقد قرار إسرائيل توسيع المستوطنات",
    "text": "انتقد البيت الأبيض بشدة قرار الحكومة الإسرائيلية بناء ألف وحدة استيطانية جديدة في الضفة الغربية.\n"
    "وقال المتحدث باسم البيت الأبيض إن واشنطن طلبت من إسرائيل إلغاء القرار فورا.\n"
    "ورفض مكتب رئيس الوزراء الإسرائيلي الطلب الأمريكي.",
    "outlet": "المرسى",
    "published": "2031-05-06T10:00:00Z",
    "url": "https://marsa.example/1",
}
WEATHER = {
    "id": "n-2",
    "title": "رياح في ميناء الصفاء",
    "text": "هبت رياح خفيفة على ميناء الصفاء طوال النهار.",
}


def _brief(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[dict[str, Any]], form: str = "json"
) -> str:
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    command = ["brief", "--articles", str(file), "--at", "2031-05-07T00:00:00Z", "--format", form]
    assert main(command) == 0
    return capsys.readouterr().out


def test_sentences_are_spans_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Articles go by their ids in the file, and each sentence is its spans joined by one blank."""
    (story,) = json.loads(_brief(tmp_path, capsys, [DISPUTE, WEATHER]))["stories"]
    assert story["articles"] == ["n-1"]
    assert story["sentences"]
    for sentence in story["sentences"]:
        assert {span["article"] for span in sentence["spans"]} == {"n-1"}
        assert {span["url"] for span in sentence["spans"]} == {DISPUTE["url"]}
        assert sentence["text"] == " ".join(DISPUTE["text"][s["start"] : s["end"]] for s in sentence["spans"])
    for said in story["statements"]:
        assert said["text"] == DISPUTE["text"][said["start"] : said["end"]]


def test_missing_fields_do_not_stop_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Outlet, address, date and title may be missing, and all but the id null."""
    rows = [
        {key: value for key, value in DISPUTE.items() if key not in {"outlet", "url", "published"}},
        {"id": 3, "title": "عنوان بلا نص", "text": None},
        {"id": "n-4", "title": None, "text": "خبر بلا عنوان عن الطقس.", "outlet": None, "published": None},
    ]
    (story,) = json.loads(_brief(tmp_path, capsys, rows))["stories"]
    assert story["articles"] == ["n-1"]


@pytest.mark.parametrize("rows", [[WEATHER], []])
def test_a_quiet_day_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[dict[str, Any]]
) -> None:
    """Where nothing is about the topic the brief is empty, and its text says that nothing was found."""
    assert json.loads(_brief(tmp_path, capsys, rows))["stories"] == []
    said = texts("ar")("brief.empty", topic="الخلاف الأمريكي الإسرائيلي")
    shown = _brief(tmp_path, capsys, rows, "text").translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert said in " ".join(shown.split())


def test_one_date_ahead_makes_nothing_else_old(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a moment the brief is as of the newest article whose date may be true; what is dated ahead is left out,
    and that is said. Where every date is ahead, the file is taken as it is.
    """
    past = [{**DISPUTE, "id": number, "published": f"2021-05-06T1{number}:00:00Z"} for number in (1, 2)]
    ahead = {**DISPUTE, "id": "ahead", "published": "2190-01-01T00:00:00Z"}
    file = tmp_path / "news.jsonl"

    def brief(*rows: dict[str, Any]) -> tuple[Any, str]:
        file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        assert main(["brief", "--articles", str(file), "--format", "json"]) == 0
        printed = capsys.readouterr()
        return json.loads(printed.out), printed.err

    made, said = brief(*past, ahead)
    assert made["to"] == "2021-05-06T12:00:00+00:00"
    assert [story["articles"] for story in made["stories"]] == [[1, 2]]
    assert said == texts("ar").count("input.ahead", 1, file=str(file)) + "\n"
    made, said = brief(ahead)
    assert (made["to"], said) == ("2190-01-01T00:00:00+00:00", "")
