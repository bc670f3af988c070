"""While the network is away a failure says nothing of its source, and operators hear of it once (F27)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.alarms import source_alarms
from bot.collecting import Policy, outages
from bot.collecting.outages import OUTAGE, Network
from storage.sources import SourceState
from summaries.types import Source
from tests.collecting.newsroom import START, Newsroom, item, rss
from tests.collecting.test_alarms import pair
from tests.fakes.web import Answer, feed, redirect

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
POLICY = Policy()
ASKED = {"failures": 2, "last_error": OUTAGE, "last_polled": START + HOUR}


def answered(minutes: int, **more: Any) -> SourceState:
    return pair("x", last_answered=START - minutes * MINUTE, **more)[1]


@pytest.mark.parametrize(
    ("states", "after", "away"),
    [
        ([answered(0, **ASKED), answered(5, **ASKED)], HOUR, True),
        ([answered(0, **ASKED), answered(5, **ASKED)], 29 * MINUTE, False),  # somebody answered just now
        ([answered(0, **ASKED), answered(5)], HOUR, False),  # one source alone may be dead
        ([answered(0), *[answered(3000, **ASKED)] * 5], HOUR, False),  # those were dead before
        ([*[answered(9)] * 5, *[answered(9, **ASKED)] * 2], HOUR, False),  # too few to tell
        ([*[answered(9)] * 4, *[answered(9, **ASKED)] * 2], HOUR, True),
        ([answered(0), *[answered(9, failures=2, last_polled=START)] * 5], HOUR, False),  # one answered since
        ([pair("x", **ASKED)[1]] * 5, HOUR, False),  # none ever did
    ],
)
def test_when_the_network_is_away(states: list[SourceState], after: timedelta, away: bool) -> None:
    """Nobody has answered for half an hour, and of those who did in the day before a third were asked and failed."""
    assert Network.of(states, POLICY).away(START + after, POLICY) is away


async def newsroom(room: Newsroom, *more: Answer) -> None:
    """Six sources that answer once, and then as `more` says; the last answer again and again. They share a host here,
    which is not given up.
    """
    room.with_policy(give_up_host_after=1000)
    for n in range(6):
        room.web.on(f"/{n}", feed(rss(item(n)), ETag='"one"'), *more)
        await room.add(f"/{n}", name=f"s{n}")
    await room.poll()


async def states(room: Newsroom) -> list[tuple[Source, SourceState]]:
    async with room.database.reading() as unit:
        return await unit.sources.all()


CUT = redirect("http://127.0.0.1:1/")  # where nobody listens


async def test_an_outage_is_one_alarm_and_counts_against_no_source(room: Newsroom) -> None:
    """Through a night without network operators have one thing to hear; no source has failed five times, and each is
    asked again within minutes and with its validators.
    """
    await newsroom(room, CUT)
    heard: set[str] = set()
    for _ in range(24):
        room.now += 30 * MINUTE
        await room.poll(after=timedelta())
        heard |= {alarm.id for alarm in source_alarms(await states(room), room.now, POLICY)}
    [alarm] = heard
    assert alarm == f"alarm:none:{START}"
    for _, state in await states(room):
        assert state.failures < POLICY.notice_after
        assert state.last_error == OUTAGE
        assert state.etag == '"one"'
        assert state.next_poll is not None
        assert state.next_poll - room.now <= 17 * MINUTE


async def test_who_comes_back_with_the_network_is_no_alarm(room: Newsroom) -> None:
    """The network is there again: that some are still to be asked is nothing to hear, and within minutes all answer."""
    await newsroom(room, *[CUT] * 20, feed(rss(item(1))))
    codes: set[str] = set()
    back = None
    for _ in range(60):
        room.now += 15 * MINUTE
        report = await room.poll(after=timedelta())
        if report.answered:
            back = back or room.now
            codes |= {alarm.code for alarm in source_alarms(await states(room), room.now, POLICY)}
            if room.now - back >= 45 * MINUTE:
                break
    assert codes == set()
    assert [state.failures for _, state in await states(room)] == [0] * 6


async def test_a_server_that_answers_badly_is_reached(room: Newsroom) -> None:
    """An error that a server sends is its own, whoever else answers."""
    await newsroom(room, CUT)
    room.web.on("/0", Answer(status=500))
    for _ in range(24):
        room.now += 30 * MINUTE
        await room.poll(after=timedelta())
    found = await room.state("s0")
    assert (found.last_error, found.failures >= POLICY.notice_after) == ("http_500", True)


async def test_a_source_that_stays_away_is_told_by_itself(room: Newsroom) -> None:
    """After the outage a dead source counts its failures from there, and is told alone."""
    outage = [CUT] * 12
    await newsroom(room, *outage, feed(rss(item(1))))
    room.web.on("/0", *outage, CUT)
    told: list[str] = []
    for _ in range(120):
        room.now += 15 * MINUTE
        await room.poll(after=timedelta())
        told += [alarm.id for alarm in source_alarms(await states(room), room.now, POLICY)]
    assert [code.split(":")[1:3] for code in dict.fromkeys(told)] == [
        ["none", str(START)[:13]],
        ["failing", "s0"],
    ]


def test_what_failed_in_an_outage_is_neither_silent_nor_failing() -> None:
    """A source that had failed before the outage, or wrote daily, is told of when it was asked again."""
    quiet = {"last_new": START - 5 * 24 * HOUR, "entries_per_week": 20}
    waits = pair(
        "waits", failures=9, last_error=OUTAGE, last_polled=START, last_answered=START - HOUR, **quiet
    )
    good = pair("good", last_answered=START + HOUR)
    assert source_alarms([waits, good], START + HOUR, POLICY) == ()
    tried = (waits[0], replace(waits[1], last_error="dns", last_polled=START + HOUR))
    assert [alarm.code for alarm in source_alarms([tried, good], START + HOUR, POLICY)] == ["failing"]


def test_the_codes_are_those_of_who_was_not_reached() -> None:
    """What a server sent is no outage."""
    assert not any(code.startswith("http") for code in outages.UNREACHED)
