"""The command line speaks the user's language, in one line, and never repeats a secret."""

import argparse
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.parser import build_parser
from bot.errors import InputError, SettingsError, UsageError
from bot.settings import load_settings
from bot.texts import Language, texts

ENGLISH = ("argument", "invalid choice", "required:", "positional", "Input should", "usage")


@pytest.mark.parametrize("typed", ["nonsense", "brief --format xml", "summarise", "run --role king",
                                   "brief --nope", "sources", "topics fly", "brief --at"])  # fmt: skip
def test_wrong_use_is_said_in_arabic(typed: str) -> None:
    """Nothing of the parser's own English reaches an Arabic user, and the sentence names what was typed wrongly."""
    with pytest.raises(UsageError) as raised:
        build_parser(texts("ar")).parse_args(typed.split())
    said = texts("ar").error(raised.value)
    assert not any(word in said for word in ENGLISH)
    assert "\n" not in said
    assert said != texts("ar")("error.unexpected")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("held --resend --drop", "لا يجتمع --drop و --resend"),
        ("brief --at 2024-01-01", "إلا مع --articles"),
        ("brief --sample --articles a.jsonl", "لا يجتمع --articles و --sample"),
    ],
)
def test_options_that_do_not_go_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, said: str
) -> None:
    """Two options that exclude each other, or one that means nothing alone, are refused as wrong use, not left out."""
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")
    assert main(typed.split()) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""


def test_help_is_in_arabic() -> None:
    """The help's own headings are in the user's language, at every level."""
    shown = build_parser(texts("ar")).format_help()
    assert "الأوامر" in shown
    assert not any(word in shown for word in ENGLISH)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_option_says_what_it_does(language: Language) -> None:
    """Whoever asks a command for help reads of each option and argument what it is for."""
    parser = build_parser(texts(language))
    commands = [parser]
    for one in commands:
        one.format_help()
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                commands += action.choices.values()
            else:
                assert action.help, (one.prog, action.dest)
    assert len(commands) > 20


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("KAWALIS_HTTP_ADDRESS", "nowhere", "127.0.0.1:8080"),
        ("KAWALIS_RETENTION_DAYS", "many", "عددًا"),
        ("KAWALIS_RETENTION_DAYS", "-1", "لا يقل عن 0"),
        ("KAWALIS_AMBIGUOUS_SENDS", "maybe", "resend | hold"),
        ("KAWALIS_ALLOW_PRIVATE_ADDRESSES", "perhaps", "true أو false"),
        ("KAWALIS_ADMINS", "someone", "telegram:123"),
        ("KAWALIS_ADMINS", "telegram:@someone", "بالمعرّف لا بالاسم"),
        ("KAWALIS_ADMINS", "telegram:123,slack:@someone", "بالمعرّف لا بالاسم"),
        ("KAWALIS_LLM_URL", "localhost", "http://"),
        ("KAWALIS_TELEGRAM_WEBHOOK_URL", "https://bot.example", "KAWALIS_TELEGRAM_WEBHOOK_SECRET"),
        ("KAWALIS_LLM_URL", "http://127.0.0.1:1", "KAWALIS_LLM_MODEL"),
        ("KAWALIS_SLACK_CLIENT_ID", "1.2", "KAWALIS_SLACK_CLIENT_SECRET"),
        ("KAWALIS_SLACK_CLIENT_SECRET", "s3cret", "KAWALIS_SLACK_CLIENT_ID"),
        ("KAWALIS_LLM_URL", "http://[::1", "http://"),
        ("KAWALIS_HTTP_ADDRESS", "0.0.0.0:8²", "127.0.0.1:8080"),
        ("KAWALIS_LLM_TIMEOUT_SECONDS", "0", "أكبر من 0."),
        ("KAWALIS_LLM_TIMEOUT_SECONDS", "nan", "اكتبوه عددًا."),
        ("KAWALIS_LLM_TIMEOUT_SECONDS", "inf", "اكتبوه عددًا."),
        ("KAWALIS_RETENTION_DAYS", "999999999999", "لا يزيد على 36500."),
        ("KAWALIS_MIN_POLL_SECONDS", "1" + "0" * 30, "لا يزيد على 86400."),
        ("KAWALIS_DATA_DIR", "~no-such-person/data", "المسار كاملًا"),
        ("KAWALIS_CONTACT", "مكتب التحرير", "بأحرف لاتينية"),
        ("KAWALIS_LLM_KEY", "\u200fsk-123", "انسخوا المفتاح من جديد"),
        ("KAWALIS_LLM_URL", "http://127.0.0.1:99999/v1", "http://"),
        ("KAWALIS_CONTACT", "me@example.org\r\nX-Other: 1", "في سطر واحد"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, said: str
) -> None:
    """A setting that cannot be used stops the start with its name and an example, in the user's language."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    shown = texts("ar").error(raised.value)
    assert name in shown
    assert said in shown
    assert not any(word in shown for word in ENGLISH)


@pytest.mark.parametrize(
    "name", ["SOURCES", "RETENTION_DAYS", "LLM_URL", "LANGUAGE", "DATA_DIR", "TELEGRAM_TOKEN"]
)
def test_an_empty_setting_is_an_unset_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    """A line of a template that was left empty (`KAWALIS_LLM_URL=`) keeps the default, wherever it stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(f"KAWALIS_{name}", raising=False)
    unset = load_settings()
    monkeypatch.setenv(f"KAWALIS_{name}", "")
    assert load_settings() == unset
    monkeypatch.delenv(f"KAWALIS_{name}")
    (tmp_path / ".env").write_text(f"KAWALIS_{name}=\n", encoding="utf-8")
    assert load_settings() == unset


@pytest.mark.parametrize(
    "typed", ["--config {} topics list", "topics list --config {}", "topics --config {} list"]
)
def test_a_settings_file_is_named_before_the_command_or_after(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    """`--config` is taken wherever it stands, as people write it."""
    monkeypatch.delenv("KAWALIS_LANGUAGE", raising=False)
    file = tmp_path / "settings"
    file.write_text("KAWALIS_LANGUAGE=en\n", encoding="utf-8")
    assert main(typed.format(file).split()) == 0
    assert "dispute" in capsys.readouterr().out


def test_a_city_is_a_zone_as_in_chat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the sentence on an unknown zone tells to write, a city, is understood."""
    item = "<item><title>خبر</title><pubDate>2031-05-06 10:00</pubDate></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    read = ["sources", "read", str(tmp_path / "feed.xml"), "--json", "--zone"]
    assert main([*read, "Asia/Riyadh"]) == 0
    of_the_name = capsys.readouterr().out
    assert "2031-05-06T07:00:00Z" in of_the_name
    assert main([*read, "الرياض"]) == 0
    assert capsys.readouterr().out == of_the_name
    assert main([*read, "Mars"]) == 2


@pytest.mark.parametrize("command", ["sources read", "sources import", "summarise"])
def test_a_home_that_is_nobodys_is_no_file(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """`~name` of nobody is a file that is not there."""
    assert main([*command.split(), "~no-such-person/a"]) == 1
    assert "~no-such-person/a" in capsys.readouterr().err


def test_a_link_is_one_in_capitals_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`HTTPS://` is fetched as `https://` is, not looked for among the files."""
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")
    assert main(["summarise", "HTTP://127.0.0.1:1/"]) == 1
    assert capsys.readouterr().err.strip() == texts("ar")("link.refused")


def test_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong use is 2, what failed and was said is 1; both are one line on stderr."""
    assert main(["nonsense"]) == 2
    assert main(["summarise", "/no/such/file"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 2


def test_a_secret_is_not_repeated(tmp_path: Path) -> None:
    """A database address that cannot be used is named without its password."""
    ran = subprocess.run(
        [sys.executable, "-m", "bot.cli", "brief"], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"], "KAWALIS_DATABASE_URL": "mysql://u:hidden-word@host/x", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert ran.returncode == 2
    assert "hidden-word" not in ran.stdout + ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("KAWALIS_LANGUAGE=ar\n\nKAWALIS_TELEGRAM_TOKEN: hidden-word\n", 3),
        ('KAWALIS_LANGUAGE=ar\nKAWALIS_CONTACT="hidden-word\nKAWALIS_RETENTION_DAYS=3\n', 2),
        ("# the token\nKAWALIS_TELEGRAM_TOKEN\n", 2),
        ("OTHER\nKAWALIS_LANGUAGE=ar\nhidden-word: x\n", 3),
    ],
)
def test_a_line_of_settings_that_says_nothing_is_named(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    content: str,
    line: int,
) -> None:
    """A line of `.env` that cannot be read stops the start with its number, in one sentence of ours; what it holds may
    be a secret, and is not repeated.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")
    (tmp_path / ".env").write_text(content, encoding="utf-8")
    assert main(["topics", "list"]) == 2
    said = capfd.readouterr().err
    assert said.strip() == texts("ar")("settings.broken_line", file=".env", line=line)


def test_a_settings_file_of_windows_is_read(tmp_path: Path) -> None:
    """The mark that some editors put before the first line is no part of a name."""
    (tmp_path / "env").write_text("KAWALIS_RETENTION_DAYS=3\r\n", encoding="utf-8-sig", newline="")
    assert load_settings(tmp_path / "env").retention_days == 3


def test_a_settings_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    """A binary file given as settings is one sentence with its name, not a crash."""
    (tmp_path / "env").write_bytes(b"\xff\xfe\x00=\x81")
    with pytest.raises(SettingsError) as raised:
        load_settings(tmp_path / "env")
    assert "UTF-8" in texts("ar").error(raised.value)


def test_a_data_folder_that_cannot_be_made_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where our files cannot be, the sentence names the folder and the setting."""
    (tmp_path / "file").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")
    monkeypatch.setenv("KAWALIS_DATA_DIR", str(tmp_path / "file" / "data"))
    assert main(["migrate"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "KAWALIS_DATA_DIR" in said


def test_what_is_piped_in_is_text_or_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes that are no UTF-8 are refused on standard input as they are in a file, whatever the locale."""
    monkeypatch.setenv("KAWALIS_LANGUAGE", "ar")
    piped = io.TextIOWrapper(io.BytesIO(b"\x80\xff text"), encoding="ascii", errors="surrogateescape")
    monkeypatch.setattr(sys, "stdin", piped)
    assert main(["summarise", "-"]) == 1
    assert "UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["[" * 100_000, '{"id": ' + "9" * 5000 + "}"])
def test_a_line_that_no_parser_takes_is_named(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON nested too deep, or a number too long, is a wrong line like any other."""
    (tmp_path / "a.jsonl").write_text(line + "\n")
    assert main(["analyse", str(tmp_path / "a.jsonl")]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert said.count("\n") == 1


def test_why_a_link_did_not_answer_is_said_in_words() -> None:
    """The codes of the client (`dns`, `bad_url`) are for the log; the reader gets their words."""
    for code in ("dns", "bad_url", "timeout"):
        said = texts("ar").error(InputError("link.unreachable", problem=code))
        assert code not in said
        assert texts("ar").fetch(code) in said
