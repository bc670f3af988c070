"""The small parts on their own: what is remembered, the pace of sends, what is kept out of the log."""

import logging

import pytest

from adapters.slack.incoming import mention, plain_text, team_of
from adapters.slack.outcomes import retry_after
from adapters.slack.pace import Pace
from adapters.slack.people import Memory
from adapters.slack.secrets import Redacting, redacted
from tests.fakes.slack.clock import Clock


def test_memory_forgets_with_time_and_when_full() -> None:
    """An answer lives for its seconds; of too many, the one unused for longest goes."""
    clock = Clock()
    memory: Memory[int] = Memory(most=2, seconds=10, clock=clock)
    memory.put(("T", "a"), 1)
    memory.put(("T", "b"), 2)
    assert memory.get(("T", "a")) == 1
    memory.put(("T", "c"), 3)
    assert [memory.get(("T", name)) for name in "abc"] == [1, None, 3]
    clock.now += 10
    assert memory.get(("T", "a")) is None


def test_pace_gives_each_its_place_in_line() -> None:
    """Sends that come at once are a second apart; another channel does not wait; a halt holds."""
    pace = Pace(seconds=1.0, channels=2)
    assert [pace.wait("C1", 100.0) for _ in range(3)] == [0.0, 1.0, 2.0]
    assert pace.wait("C2", 100.0) == 0.0
    assert pace.wait("C1", 200.0) == 0.0
    pace.halt("C1", 230.0)
    assert pace.wait("C1", 205.0) == 25.0
    assert pace.wait("C3", 205.0) == 0.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"Retry-After": "30"}, 30.0), ({"retry-after": "2"}, 2.0), ({}, 1.0), ({"Retry-After": "soon"}, 1.0)],
)
def test_retry_after(headers: dict[str, str], seconds: float) -> None:
    """The header counts in seconds, whatever its case; without a number we wait one."""
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    "secret",
    ["xoxb-12-34-abc", "xoxp-1-abc", "xoxe.xoxb-1-abc", "xapp-1-A1-2-ff"],
)
def test_tokens_are_taken_out(secret: str) -> None:
    """Every kind of Slack token is replaced, wherever it stands."""
    assert redacted(f"token={secret}, and more") == "token=[secret], and more"


def test_tickets_and_tracebacks_are_taken_out() -> None:
    """A failed connection would show the socket's address with its ticket: its kind is logged instead."""
    error = OSError("ws://127.0.0.1/link?ticket=abc-123&app_id=1")
    record = logging.LogRecord(
        "x", logging.ERROR, __file__, 1, "failed: %s", (error,), (OSError, error, None)
    )
    Redacting().filter(record)
    assert record.getMessage() == "failed: ws://127.0.0.1/link?ticket=[secret]&app_id=[secret] (OSError)"
    assert record.exc_info is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("brief &lt;24h&gt; &amp; more", "brief <24h> & more"),
        ("<https://example.com/?a=1&amp;b=2|example.com>", "https://example.com/?a=1&b=2"),
        ("broadcast <#C123|news>", "broadcast C123"),
        ("ask <@U123>", "ask U123"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_slacks_markup_is_taken_back(written: str, meant: str) -> None:
    """What a person typed arrives as they typed it."""
    assert plain_text(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "<@U0BOT> brief 24h",
        "<@U0BOT>: brief 24h",
        "<@U0BOT>، /brief 24h",
        "hello <@U0BOT> brief 24h",
        "brief 24h <@U0BOT>",
        "brief 24h, <@U0BOT>?",
    ],
)
def test_what_is_said_to_us(text: str) -> None:
    """A command stands after our name, wherever that is, or before it where nothing follows."""
    event = {"type": "app_mention", "user": "U1", "text": text, "ts": "1.1", "channel": "C1"}
    heard = mention(
        {"team_id": "T1", "event": event, "authorizations": [{"team_id": "T1", "user_id": "U0BOT"}]}
    )
    assert heard.request.text == "brief 24h"


def test_our_name_alone_asks_for_help() -> None:
    """Someone who only calls us is shown what we can do."""
    event = {"type": "app_mention", "user": "U1", "text": "<@U0BOT> ", "ts": "1.1", "channel": "C1"}
    heard = mention({"team_id": "T1", "event": event, "authorizations": [{"user_id": "U0BOT"}]})
    assert heard.request.text == "help"


def test_the_workspace_of_a_shared_channel() -> None:
    """In a channel shared with another company, the workspace is the one that we are installed in."""
    body = {"team_id": "T0THEIRS", "authorizations": [{"team_id": "T0OURS"}]}
    assert team_of(body) == "T0OURS"
    assert team_of({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}}) == "T1"
    assert team_of({"team": None, "user": {"id": "U1", "team_id": "T2"}}) == "T2"
