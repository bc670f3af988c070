"""F27: a dead, failing, moved or silent source reaches the operator, once for each occurrence."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.alarms import Alarm, alarm_message, source_alarms
from bot.collecting import CollectReport, Notice, Policy
from bot.errors import InputError
from bot.presenting.reports import report_value
from bot.texts import LANGUAGES, texts
from storage.sources import SourceState
from summaries.types import Source, SourceId
from tests.collecting.newsroom import START

DAY = timedelta(days=1)


def pair(name: str = "one", **state: Any) -> tuple[Source, SourceState]:
    source = Source(id=SourceId(name), outlet=f"صحيفة {name}", url=f"https://{name}.example/rss")
    return source, replace(SourceState(source=source.id, url=source.url), **state)


GOOD = pair("good", last_answered=START, last_new=START, entries_per_week=50)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"failures": 4, "last_error": "timeout"}, None),
        ({"failures": 5, "last_error": "timeout"}, "failing"),
        ({"failures": 9, "last_error": "http_410", "stopped": True}, "gone"),
        ({"stopped": True}, None),
        ({"url": "https://elsewhere.example/rss"}, "moved"),
        ({"last_new": START - 4 * DAY, "entries_per_week": 20}, "silent"),
        ({"last_new": START - 2 * DAY, "entries_per_week": 20}, None),
        ({"last_new": START - 4 * DAY, "entries_per_week": 2}, None),
    ],
)
def test_what_is_an_alarm(state: dict[str, Any], code: str | None) -> None:
    """Failing from the fifth time, gone, moved, silent where it wrote daily; not what somebody stopped by hand."""
    found = source_alarms([GOOD, pair(**state)], START, Policy())
    assert [alarm.code for alarm in found] == ([code] if code else [])


def test_no_source_at_all_is_one_alarm() -> None:
    """Twenty dead sources are a dead network: one message, not twenty."""
    dead = [pair(str(n), failures=6, last_error="dns") for n in range(20)]
    assert [alarm.code for alarm in source_alarms(dead, START, Policy())] == ["none"]
    assert len(source_alarms([*dead, GOOD], START, Policy())) == 20


def ids(*pairs: tuple[Source, SourceState]) -> list[str]:
    return [alarm.id for alarm in source_alarms([GOOD, *pairs], START, Policy())]


def test_what_comes_back_and_goes_again_is_another_occurrence() -> None:
    """A source that was gone, answered again and is gone anew is told anew; looked at twice it is one and the same."""
    gone = {"failures": 9, "last_error": "http_410", "stopped": True}
    assert ids(pair(**gone, last_answered=START)) == ids(pair(**gone, last_answered=START))
    assert ids(pair(**gone, last_answered=START)) != ids(pair(**gone, last_answered=START + DAY))


def test_the_network_that_fails_again_is_told_again() -> None:
    """No source answers, one does, none does: two occurrences, also where one of the sources never answered."""
    never = pair("never", failures=9, last_error="dns")
    first, second = (
        source_alarms([never, pair(failures=9, last_error="dns", last_answered=at)], START, Policy())
        for at in (START - DAY, START)
    )
    assert [alarm.code for alarm in first + second] == ["none", "none"]
    assert first != second


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["failing", "gone", "moved", "silent", "none", "merged", "gap"])
def test_every_notice_has_words(language: str, code: str) -> None:
    """Each notice is a sentence in both languages, filled in."""
    values = (("error", "dns"), ("failures", "5"), ("url", "https://x.example"), ("since", "2024-03-01 10:00"),
              ("into", "two"), ("count", "3"))  # fmt: skip
    said = str(alarm_message(Alarm(id="x", code=code, outlet="صحيفة", values=values), texts(language)))
    assert "{" not in said


def test_the_report_carries_notices() -> None:
    """`kawalis collect --json` tells what an operator should hear."""
    notice = Notice(code="gone", source=SourceId("one"), outlet="صحيفة", values=(("url", "u"),))
    shown = report_value(CollectReport(at=START, notices=(notice,)))
    assert shown["notices"] == [{"code": "gone", "source": "one", "outlet": "صحيفة", "url": "u"}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "code",
    ["scheme", "bad_url", "dns", "http_404", "http_418", "not_a_feed", "empty", "cookie_wall", "parse_died"],
)
def test_an_address_that_cannot_be_read_is_named_with_its_cause(language: str, code: str) -> None:
    """One sentence with the address, the cause and what to do, for every code there is or will be."""
    words = texts("en" if language == "en" else "ar")
    said = words.error(InputError(f"fetch.{code}", place="https://a.example/x"))
    assert said != words("error.unexpected")
    assert "https://a.example/x" in said
    assert "418" in said or code != "http_418"
