"""Files of JSON Lines as people have them: piped, packed, with wrong lines, wrong types and impossible times."""

import gzip
import json
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.summarising import article_from_text
from bot.texts import texts
from summaries.analysis import Analyst
from summaries.reading import Reading
from summaries.types import Article

ARTICLE = {
    "id": "n-1",
    "title": "البيت الأبيض ينتقد قرار إسرائيل توسيع المستوطنات",
    "text": "انتقد البيت الأبيض بشدة قرار الحكومة الإسرائيلية بناء ألف وحدة استيطانية جديدة في الضفة الغربية.",
    "outlet": "المرسى",
    "published": "2031-05-06T10:00:00Z",
    "url": "https://marsa.example/1",
}
BATCH = {"id": "n-1", "documents": [ARTICLE]}
CLAIM = {
    "id": "n-1",
    "text": ARTICLE["text"],
    "sentence": ARTICLE["text"],
    "cited": [[0, len(ARTICLE["text"])]],
}
COMMANDS = {
    "analyse": ARTICLE,
    "brief --format json --articles": ARTICLE,
    "summarise": BATCH,
    "check-claims": CLAIM,
}


@pytest.fixture(autouse=True)
def arabic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")


def written(folder: Path, *rows: dict[str, Any] | bytes) -> Path:
    file = folder / "rows.jsonl"
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    file.write_bytes(b"\n".join(lines) + b"\n")
    return file


def run(command: str, place: Path | str) -> int:
    return main([*command.split(), str(place)])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_is_read_as_a_file_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """What another program writes into a pipe (`<(zcat rows.jsonl.gz)`) gives the answer that a file gives."""
    file = written(tmp_path, COMMANDS[command])
    assert run(command, file) == 0
    of_the_file = capsys.readouterr().out
    reads, writes = os.pipe()
    os.write(writes, file.read_bytes())
    os.close(writes)
    assert run(command, f"/dev/fd/{reads}") == 0
    os.close(reads)
    assert capsys.readouterr().out == of_the_file != ""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("place", ["rows.jsonl/below", "n" * 300, "."])
def test_what_cannot_be_opened_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, place: str
) -> None:
    """A path through a file, a name that is too long and a folder are each one sentence, and no advice on encodings."""
    written(tmp_path, COMMANDS[command])
    assert run(command, tmp_path / place) == 1
    assert capsys.readouterr().err == texts("ar")("input.unreadable", file=str(tmp_path / place)) + "\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_packed_file_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    """A compressed file is told to be one, in place of a sentence about each of its lines."""
    file = written(tmp_path, gzip.compress(written(tmp_path, *[COMMANDS[command]] * 9).read_bytes()))
    assert run(command, file) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", texts("ar")("input.packed", file=str(file)) + "\n")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "bad", [b'{"id": "x", "text": "\xff"}', b'{"id": ["x"], "text": "", "documents": [{}]}']
)
def test_a_wrong_line_loses_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, bad: bytes
) -> None:
    """A line that is no UTF-8, or whose id is no text, is named by its number; the lines around it are answered for."""
    row = COMMANDS[command]
    assert run(command, written(tmp_path, row, bad, row | {"id": "n-2"})) == 1
    shown = capsys.readouterr()
    assert "n-1" in shown.out
    assert "n-2" in shown.out
    assert shown.err.count("\n") == 1
    assert "2" in shown.err


@pytest.mark.parametrize("field", ["title", "text", "outlet", "url"])
@pytest.mark.parametrize("value", [["نص"], {"a": "نص"}, True])
def test_what_is_no_text_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str, value: Any
) -> None:
    """A list or an object has no characters that an offset could count: the line and the field are named."""
    file = written(tmp_path, ARTICLE | {field: value})
    assert run("analyse", file) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == (
        "",
        texts("ar")("input.no_text", line="1", file=str(file), field=field) + "\n",
    )


def test_nan_is_a_missing_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables of data write `NaN` where a value is missing: it is no title, and no wrong time."""
    row = json.dumps(ARTICLE | {"title": float("nan"), "published": float("nan")}).encode()
    assert run("analyse", written(tmp_path, row)) == 0
    with_nothing = ARTICLE | {"title": None, "published": None}
    of_nan = capsys.readouterr().out
    assert run("analyse", written(tmp_path, with_nothing)) == 0
    assert capsys.readouterr().out == of_nan


@pytest.mark.parametrize(
    "time",
    [
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_a_time_that_no_article_has_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], time: str
) -> None:
    """What stands for an unknown time elsewhere is no date: it moves no window and breaks no reckoning."""
    file = written(tmp_path, ARTICLE | {"published": time}, ARTICLE | {"id": "n-2"})
    assert run("brief --format json --articles", file) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)["to"] == "2031-05-06T10:00:00+00:00"
    assert shown.err == texts("ar")("input.bad_time", line="1", file=str(file), time=time) + "\n"
    assert run(f"brief --at {time} --articles", file) == 2
    assert capsys.readouterr().err == texts("ar")("cli.bad_time", time=time) + "\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_byte_order_mark_is_no_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """The mark that some editors begin a file with is a line to nobody, alone or before the first."""
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"\xef\xbb\xbf\r\n" + json.dumps(COMMANDS[command]).encode())
    assert run(command, file) == 0
    assert "n-1" in capsys.readouterr().out


def test_an_array_is_no_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON in one array is told what it should be, not summarised as if it were prose."""
    file = tmp_path / "array.json"
    file.write_text(json.dumps([BATCH], ensure_ascii=False), encoding="utf-8")
    assert run("summarise", file) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == texts("ar")("input.not_jsonl", line="1", file=str(file), problem="{…}") + "\n"


@pytest.mark.parametrize("row", [BATCH | {"documents": [{"text": None}]}, BATCH])
def test_a_batch_in_which_nothing_fits_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: dict[str, Any]
) -> None:
    """An item without a sentence has its line, and one on stderr that names it; the exit code tells."""
    file = written(tmp_path, row)
    assert run("summarise --words 1", file) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)["sentences"] == []
    assert shown.err == texts("ar")("input.no_room_item", id="n-1", file=str(file)) + "\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_offsets_count_all_that_follows_the_title(line_end: str) -> None:
    """A text file's text is what comes after its first line, with its own line ends and empty lines."""
    text = f"\ufeff {line_end} عنوان {line_end}{line_end}\tنص أول.{line_end}نص ثان.{line_end}"
    found = article_from_text(text, name="a", now=datetime(2031, 1, 1, tzinfo=UTC))
    assert found.title == "عنوان"
    assert found.text == f"{line_end}\tنص أول.{line_end}نص ثان.{line_end}"


@pytest.fixture
def interrupts() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts")
@pytest.mark.parametrize("command", ["analyse", "brief --articles", "summarise"])
def test_ctrl_c_ends_what_computes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Ctrl-C ends a long reckoning at the article at which it stands, not after the last."""
    begun = []

    def read(self: Analyst, article: Article) -> Reading:
        begun.append(article.id)
        signal.raise_signal(signal.SIGINT)
        raise AssertionError("went on")

    monkeypatch.setattr(Analyst, "read", read)
    assert run(command, written(tmp_path, *[COMMANDS.get(command, ARTICLE)] * 3)) == 130
    assert len(begun) == 1


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("identity", [7, 7.5, "7"])
def test_an_id_comes_back_as_it_was_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, identity: float | str
) -> None:
    """A number stays a number, and a text a text, so that the answers can be joined to what was asked."""
    assert run(command, written(tmp_path, COMMANDS[command] | {"id": identity})) == 0
    answer = json.loads(capsys.readouterr().out)
    found = answer["stories"][0]["articles"][0] if "stories" in answer else answer["id"]
    assert (found, type(found)) == (identity, type(identity))
