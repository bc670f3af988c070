"""Behaviours 9 to 13: how often, how many at once, under which name, and what robots.txt says."""

import asyncio
from datetime import timedelta

import pytest

from adapters.feeds import Cadence
from adapters.http import GuardedClient
from adapters.pages import PageFailure, PageReader
from adapters.pages.robots import read_robots
from bot.collecting import Policy
from bot.collecting.hosts import Hosts
from bot.collecting.schedule import after_answer, per_week
from tests.collecting.newsroom import START, Newsroom, Watch, item, page, rss
from tests.fakes.web import Answer, ScriptedWeb, feed, html

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def next_after(rate: float | None, *, quiet: timedelta = timedelta(), jitter: float = 0.0) -> timedelta:
    chosen = after_answer(
        START, {}, Cadence(), per_week=rate, last_new=START - quiet, jitter=jitter, policy=Policy()
    )
    return chosen.at - START


def test_09_the_interval_follows_what_a_source_writes() -> None:
    """9: a busy source is asked often, a slow one seldom, within the floor and the ceiling."""
    assert next_after(7 * 24 * 60) == 5 * MINUTE
    assert next_after(7 * 24) == HOUR
    assert next_after(1) == 6 * HOUR
    assert next_after(None) == 15 * MINUTE


def test_09_a_source_that_falls_quiet_is_asked_less() -> None:
    """9: the longer nothing new came, the longer the wait."""
    waits = [next_after(7 * 24 * 4, quiet=hours * HOUR) for hours in (0, 4, 16, 200)]
    assert waits == [15 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR]


def test_09_jitter_only_adds_and_keeps_sources_apart() -> None:
    """9: two sources of one rhythm drift apart, and neither is asked sooner than its interval."""
    waits = {next_after(7 * 24, jitter=number / 10) for number in range(10)}
    assert len(waits) == 10
    assert HOUR <= min(waits) <= max(waits) <= 1.1 * HOUR


def test_09_the_rate_comes_from_dates_or_from_what_was_new() -> None:
    """9: dated entries tell the rate at once; undated ones by how many were new since the last poll."""
    dated = [START - n * HOUR for n in range(1, 25)]
    assert per_week(START, dated, new=0, since=None, before=None) == pytest.approx(168)
    assert per_week(START, [], new=3, since=START - DAY, before=None) == pytest.approx(21)
    assert per_week(START, [], new=0, since=START - DAY, before=21) == pytest.approx(14.7)
    assert per_week(START, [], new=0, since=None, before=None) is None


async def test_09_no_burst_after_a_restart(room: Newsroom) -> None:
    """9: after a restart nothing is asked before its time, and what is overdue is asked once."""
    for n in range(6):
        room.web.on(f"/{n}", feed(rss(item(n))))
        await room.add(f"/{n}", name=f"s{n}")
    await room.poll()
    room.start()
    assert (await room.poll(after=MINUTE)).outcomes == ()
    room.start()
    report = await room.poll(after=10 * DAY)
    assert len(report.outcomes) == 6
    assert len({outcome.next_poll for outcome in report.outcomes}) == 6
    assert len(room.web.asked) == 12


async def test_10_back_off_doubles_resets_and_is_noticed(room: Newsroom) -> None:
    """10: each failure doubles the wait, the fifth is told to the operator once, one answer resets all."""
    room.web.on("/feed", *[Answer(status=500)] * 7, feed(rss(item(1))))
    await room.add()
    waits, notices = [], []
    for _ in range(7):
        report = await room.poll()
        notices.append([notice.code for notice in report.notices])
        next_poll = (await room.state()).next_poll
        assert next_poll is not None
        waits.append((next_poll - room.now) / MINUTE)
    assert notices == [[], [], [], [], ["failing"], [], []]
    for number, wait in enumerate(waits, 1):
        assert 5 * 2**number <= wait <= 1.1 * 5 * 2**number
    await room.poll()
    state = await room.state()
    assert (state.failures, state.last_error) == (0, None)


async def test_10_back_off_ends_at_a_day(room: Newsroom) -> None:
    """10: a source that has been dead for a month is still asked daily."""
    room.web.on("/feed", Answer(status=500))
    await room.add()
    for _ in range(25):
        await room.poll()
    next_poll = (await room.state()).next_poll
    assert next_poll is not None
    assert next_poll - room.now <= DAY


async def test_10_a_source_that_falls_silent_is_noticed_once(room: Newsroom) -> None:
    """F27: it answers, but nothing new has come for days: the operator hears it, once."""
    daily = [item(n, published=START - n * 6 * HOUR) for n in range(1, 9)]
    room.web.on("/feed", feed(rss(*daily)))
    await room.add()
    codes = []
    for _ in range(10):
        codes += [notice.code for notice in (await room.poll(after=12 * HOUR)).notices]
    assert codes == ["silent"]


async def test_11_at_most_two_in_flight_for_one_host(room: Newsroom) -> None:
    """11: ten sources on one host do not mean ten connections."""
    room.web.hold = asyncio.Event()
    room.web.busy_at = 2
    for n in range(10):
        room.web.on(f"/{n}", feed(rss(item(n))))
        await room.add(f"/{n}", name=f"s{n}")
    polling = asyncio.create_task(room.poll())
    await room.web.busy.wait()
    await asyncio.sleep(0.05)
    room.web.hold.set()
    report = await polling
    assert room.web.most_in_flight == 2
    assert report.answered == 10


async def test_11_requests_to_one_host_keep_their_distance() -> None:
    """11: between two starts lies the gap, or the crawl delay where that is longer; hosts do not wait for
    each other.
    """
    watch = Watch()
    hosts = Hosts(Policy(gap=timedelta(seconds=1)), sleep=watch.sleep, monotonic=watch.monotonic)
    starts = []
    for gap in (0, 0, 5, 0):
        async with hosts.turn("https://news.example/x", gap=gap):
            starts.append(watch.seconds)
    assert starts == [0, 1, 2, 7]
    async with hosts.turn("https://other.example/"):
        assert watch.seconds == 7


async def test_11_a_host_that_times_out_is_left_for_the_round(room: Newsroom) -> None:
    """11: two time-outs in a row, and its other sources do not wait for it one after the other."""
    room.with_policy(in_flight=1)
    for n in range(5):
        await room.add(f"http://127.0.0.1:{_closed_port()}/{n}", name=f"s{n}")
    report = await room.poll()
    assert sorted(outcome.status for outcome in report.outcomes) == ["failed"] * 2 + ["skipped"] * 3


def _closed_port() -> int:
    return 9  # discard: nobody listens there


async def test_12_we_say_who_we_are_and_nothing_else(room: Newsroom) -> None:
    """12: name, version and contact; no cookie even when one was set, no referrer, no credentials."""
    room.web.on("/feed", Answer(status=302, headers={"Location": "/b", "Set-Cookie": "id=1; Path=/"}))
    room.web.on("/b", feed(rss(item(1)), Set_Cookie="id=2; Path=/"))
    await room.add()
    await room.poll_one()
    await room.poll_one()
    for asked in room.web.asked:
        assert asked.method == "GET"
        assert asked.headers["user-agent"] == "Kawalis/9.9 (+https://example.org/bot)"
        assert asked.headers["accept-encoding"] == "gzip, deflate"
        assert not {"cookie", "referer", "authorization", "from"} & set(asked.headers)
    assert len(room.web.asked) == 4


ROBOTS = """
User-agent: *
Disallow: /

User-agent: OtherBot
User-agent: kawalis
Crawl-delay: 7
Disallow: /private/
Disallow: /*.pdf$
Allow: /private/open
"""


def test_13_robots_are_read_as_the_rfc_has_it() -> None:
    """13: our own group before the general one, the longest rule wins, * and $ work, percent signs too."""
    robots = read_robots(ROBOTS, "Kawalis")
    allowed = {
        "/": True,
        "/private/x": False,
        "/private/open/1": True,
        "/a.pdf": False,
        "/a.pdf?x=1": True,
        "/%70rivate/x": False,
    }
    assert {path: robots.allows(f"https://a.example{path}") for path in allowed} == allowed
    assert robots.delay == 7
    assert not read_robots(ROBOTS, "Stranger").allows("https://a.example/x")
    assert read_robots("User-agent: *\nDisallow:\n", "Kawalis").allows("https://a.example/x")
    assert read_robots("<html>not a robots file</html>", "Kawalis").allows("https://a.example/x")


async def test_13_article_pages_ask_robots_first(room: Newsroom) -> None:
    """13: a page that robots.txt forbids is not fetched; its article is what the feed tells, and the site's
    rules are asked for once a day.
    """
    room.with_policy(read_pages=True)
    room.web.on("/robots.txt", html("User-agent: *\nDisallow: /closed/\n"))
    links = {"open": room.web.url("/open/1"), "closed": room.web.url("/closed/1")}
    room.web.on("/feed", feed(rss(*(item(n, link=link, summary="ملخص الخبر") for n, link in links.items()))))
    room.web.on("/open/1", html(page()))
    room.web.on("/closed/1", html(page()))
    await room.add()
    outcome = await room.poll_one()
    assert (outcome.new_articles, outcome.pages_failed) == (2, 1)
    assert room.web.asked_for("/closed/1") == []
    assert len(room.web.asked_for("/robots.txt")) == 1
    texts = {article.url: article.text for article in await room.articles()}
    assert texts[links["closed"]] == "ملخص الخبر"
    assert "الفقرة 5" in texts[links["open"]]


@pytest.mark.parametrize(("status", "read"), [(404, True), (403, True), (500, False)])
async def test_13_no_robots_file_allows_a_failing_server_forbids(
    web: ScriptedWeb, client: GuardedClient, room: Newsroom, status: int, read: bool
) -> None:
    """13: 4xx means that there are no rules; 5xx that they could not be told, so we wait."""
    web.on("/robots.txt", Answer(status=status))
    web.on("/a", html(page()))
    reader = PageReader(client, room.pool)
    found = await reader.read(web.url("/a"), START)
    assert isinstance(found, PageFailure) is not read
    if not read:
        web.on("/robots.txt", Answer(status=404))
        assert isinstance(await reader.read(web.url("/a"), START + MINUTE), PageFailure)
        assert not isinstance(await reader.read(web.url("/a"), START + HOUR), PageFailure)


async def test_13_a_person_who_pastes_a_link_is_no_robot(
    web: ScriptedWeb, client: GuardedClient, room: Newsroom
) -> None:
    """F24: a page that somebody asks for by its link is fetched for them, as a browser would."""
    web.on("/robots.txt", html("User-agent: *\nDisallow: /\n"))
    web.on("/a", html(page()))
    found = await PageReader(client, room.pool).read(web.url("/a"), START, robots=False)
    assert not isinstance(found, PageFailure)
