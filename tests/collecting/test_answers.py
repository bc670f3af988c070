"""Behaviours 1 to 8: what is made of a server's answers."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.collecting.schedule import expires, max_age, retry_after
from tests.collecting.newsroom import START, Newsroom, item, rss
from tests.fakes.web import Answer, feed, gzipped, html, redirect

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def test_01_validators_are_echoed_byte_for_byte(room: Newsroom) -> None:
    """1: ETag and Last-Modified go back exactly as they came, weak marks, quotes and odd dates included."""
    odd = "Thursday, 28-Mar-24 09:00:00 GMT"
    room.web.on("/feed", feed(rss(item(1)), ETag='W/"a-b==;x"', Last_Modified=odd))
    await room.add()
    await room.poll_one()
    await room.poll_one()
    first, second = room.web.asked_for("/feed")
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"] == 'W/"a-b==;x"'
    assert second.headers["if-modified-since"] == odd


async def test_01_validators_survive_a_restart(room: Newsroom) -> None:
    """1: a new process sends the validators that the old one was given."""
    room.web.on("/feed", feed(rss(item(1)), ETag='"kept"'))
    await room.add()
    await room.poll_one()
    room.start()
    await room.poll_one()
    assert room.web.asked_for("/feed")[1].headers["if-none-match"] == '"kept"'


async def test_02_not_modified_parses_nothing_and_refreshes_validators(room: Newsroom) -> None:
    """2: on 304 nothing is parsed or stored, the source counts as answered, and a new ETag is kept."""
    room.web.on("/feed", feed(rss(item(1)), ETag='"a"'), Answer(status=304, headers={"ETag": '"b"'}))
    await room.add()
    await room.poll_one()
    outcome = await room.poll_one(after=DAY)
    assert (outcome.status, outcome.entries, outcome.error) == ("unchanged", 0, None)
    state = await room.state()
    assert state.etag == '"b"'
    assert state.last_answered == room.now


async def test_03_same_body_brings_no_entries(room: Newsroom) -> None:
    """3: a body we had last time is unchanged without being parsed, whatever its headers."""
    room.web.on("/feed", feed(rss(item(1)), ETag='"a"'), feed(rss(item(1)), ETag='"c"'))
    await room.add()
    await room.poll_one()
    outcome = await room.poll_one()
    assert (outcome.status, outcome.entries) == ("unchanged", 0)
    assert (await room.state()).etag == '"c"'
    assert len(await room.articles()) == 1


async def test_03_changed_body_with_the_same_validators_is_read(room: Newsroom) -> None:
    """3: a server that forgets to change its ETag still gets its new entries stored."""
    room.web.on("/feed", feed(rss(item(1)), ETag='"a"'), feed(rss(item(2), item(1)), ETag='"a"'))
    await room.add()
    await room.poll_one()
    outcome = await room.poll_one()
    assert (outcome.status, outcome.new_articles) == ("new", 1)


async def test_04_validators_belong_to_an_address(room: Newsroom) -> None:
    """4: when the source's address changes, the old address's validators are not sent to the new one."""
    room.web.on("/feed", feed(rss(item(1)), ETag='"old"'))
    room.web.on("/other", feed(rss(item(1))))
    await room.add()
    await room.poll_one()
    await room.add("/other")
    await room.poll_one()
    assert "if-none-match" not in room.web.asked_for("/other")[0].headers


async def test_04_validators_of_an_unreadable_body_are_not_kept(room: Newsroom) -> None:
    """4: were they kept, the next answer would be 304 and the good feed never seen."""
    room.web.on("/feed", feed("<oops", ETag='"broken"'), feed(rss(item(1))))
    await room.add()
    assert (await room.poll_one()).error == "not_a_feed"
    assert (await room.poll_one()).new_articles == 1
    assert "if-none-match" not in room.web.asked_for("/feed")[1].headers


@pytest.mark.parametrize("status", [301, 308])
async def test_05_permanent_redirects_move_after_three_consistent_answers(
    room: Newsroom, status: int
) -> None:
    """5: one 301 may be a mistake; the third of the same kind running moves the source."""
    room.web.on("/feed", redirect("/moved", status))
    room.web.on("/moved", feed(rss(item(1)), ETag='"m"'))
    await room.add()
    for _ in range(2):
        await room.poll_one()
        assert (await room.state()).url == room.web.url("/feed")
    report = await room.poll()
    assert (await room.state()).url == room.web.url("/moved")
    assert [notice.code for notice in report.notices] == ["moved"]
    await room.poll_one()
    assert len(room.web.asked_for("/feed")) == 3
    assert "if-none-match" not in room.web.asked_for("/moved")[-1].headers


async def test_05_an_answer_in_between_starts_the_count_afresh(room: Newsroom) -> None:
    """5: the answers must be consistent: two redirects, a direct answer and two redirects are not three."""
    there, here = redirect("/moved", 301), feed(rss(item(1)))
    room.web.on("/feed", there, there, here, there, there)
    room.web.on("/moved", feed(rss(item(1))))
    await room.add()
    for _ in range(5):
        await room.poll_one()
    assert (await room.state()).url == room.web.url("/feed")


async def test_05_redirects_to_changing_places_are_not_consistent(room: Newsroom) -> None:
    """5: three permanent redirects that lead to different places are no move."""
    room.web.on("/feed", redirect("/a", 301), redirect("/b", 301), redirect("/a", 301), redirect("/b", 301))
    room.web.on("/a", feed(rss(item(1))))
    room.web.on("/b", feed(rss(item(1))))
    await room.add()
    for _ in range(4):
        await room.poll_one()
    assert (await room.state()).url == room.web.url("/feed")


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_05_temporary_redirects_never_move(room: Newsroom, status: int) -> None:
    """5: 302, 303 and 307 speak of this request alone, however often they come."""
    room.web.on("/feed", redirect("/elsewhere", status))
    room.web.on("/elsewhere", feed(rss(item(1))))
    await room.add()
    for _ in range(6):
        await room.poll_one()
    assert (await room.state()).url == room.web.url("/feed")


async def test_05_a_permanent_redirect_behind_a_temporary_one_does_not_move(room: Newsroom) -> None:
    """5: only what permanent redirects alone have led to is the source's new address."""
    room.web.on("/feed", redirect("/a", 302))
    room.web.on("/a", redirect("/b", 301))
    room.web.on("/b", feed(rss(item(1))))
    await room.add()
    for _ in range(4):
        await room.poll_one()
    assert (await room.state()).url == room.web.url("/feed")


async def test_05_redirects_that_end_in_no_feed_do_not_move(room: Newsroom) -> None:
    """5: a domain for sale redirects for good, too; only a feed at the end makes it a move."""
    room.web.on("/feed", redirect("/for-sale", 301))
    room.web.on("/for-sale", html("<html><title>buy me</title><body>this name is for sale</body></html>"))
    await room.add()
    for _ in range(5):
        assert (await room.poll_one()).status == "failed"
    assert (await room.state()).url == room.web.url("/feed")


async def test_05_loops_end(room: Newsroom) -> None:
    """5: a redirect to where we have been is an error, not a journey."""
    room.web.on("/feed", redirect("/x"))
    room.web.on("/x", redirect("/feed"))
    await room.add()
    assert (await room.poll_one()).error == "redirect_loop"


async def test_05_more_than_five_redirects_are_too_many(room: Newsroom) -> None:
    """5: five are followed, the sixth is not."""
    for n in range(7):
        room.web.on(f"/{n}", redirect(f"/{n + 1}"))
    room.web.on("/5", feed(rss(item(1))))
    await room.add("/0")
    assert (await room.poll_one()).error is None
    room.web.on("/5", redirect("/6"))
    assert (await room.poll_one()).error == "too_many_redirects"


async def test_05_a_source_that_moves_onto_another_is_merged(room: Newsroom) -> None:
    """5: two sources at one address would be polled twice; the moved one becomes the one already there."""
    room.web.on("/feed", redirect("/there", 301))
    room.web.on("/there", feed(rss(item(1, link="https://a.example/1"))))
    await room.add()
    await room.add("/there", name="two")
    reports = [await room.poll() for _ in range(3)]
    assert [notice.code for notice in reports[-1].notices] == ["merged"]
    async with room.database.reading() as unit:
        assert [source.id for source, _ in await unit.sources.all()] == ["two"]
    assert len(await room.articles()) == 1


async def test_06_gone_stops_and_tells_the_operator(room: Newsroom) -> None:
    """6: after 410 the source is never asked again, and the operator hears why."""
    room.web.on("/feed", Answer(status=410))
    await room.add()
    report = await room.poll()
    assert [(notice.code, notice.source) for notice in report.notices] == [("gone", "one")]
    assert (await room.state()).stopped
    assert (await room.poll(after=30 * DAY)).outcomes == ()


async def test_06_not_found_backs_off(room: Newsroom) -> None:
    """6: 404 may pass: the source is asked again, later each time."""
    await room.add("/nowhere")
    outcome = await room.poll_one()
    state = await room.state()
    assert outcome.error == "http_404"
    assert not state.stopped
    assert state.next_poll is not None
    assert state.next_poll > room.now


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "shortest", "longest"),
    [
        ("7200", 2 * HOUR, 2.2 * HOUR),
        (format_datetime(START + 3 * HOUR), 3 * HOUR, 3.3 * HOUR),
        ("-5", timedelta(minutes=5), HOUR),
        ("99999999999999", DAY, DAY),
        ("soon", timedelta(minutes=5), HOUR),
    ],
)
async def test_07_retry_after_is_honoured(
    room: Newsroom, status: int, value: str, shortest: timedelta, longest: timedelta
) -> None:
    """7: seconds, a date, a negative number, a huge one and nonsense; never sooner than asked, at most a day."""
    room.web.on("/feed", Answer(status=status, headers={"Retry-After": value}))
    await room.add()
    await room.poll_one()
    next_poll = (await room.state()).next_poll
    assert next_poll is not None
    assert shortest <= next_poll - room.now <= longest


async def test_07_a_host_that_asks_for_a_pause_gets_it_for_all_its_feeds(room: Newsroom) -> None:
    """7: 429 speaks for the host: its other sources are put off, not counted as failed."""
    room.with_policy(per_host=1, in_flight=1)
    for name in ("a", "b"):
        room.web.on(f"/{name}", Answer(status=429, headers={"Retry-After": "600"}))
        await room.add(f"/{name}", name=name)
    report = await room.poll()
    assert sorted(outcome.status for outcome in report.outcomes) == ["failed", "skipped"]
    assert len(room.web.asked) == 1


@pytest.mark.parametrize(
    ("headers", "head", "least"),
    [
        ({"Cache_Control": "public, max-age=7200"}, "", 2 * HOUR),
        ({"Cache_Control": "max-age=7200", "Age": "3600"}, "", HOUR),
        ({"Expires": format_datetime(START + 5 * HOUR)}, "", 5 * HOUR),
        ({}, "<ttl>240</ttl>", 4 * HOUR),
        ({}, "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 12 * HOUR),
        ({"Cache_Control": "max-age=3600"}, "<ttl>300</ttl>", 5 * HOUR),
        ({"Cache_Control": "max-age=31536000"}, "", DAY),
        ({}, "<skipHours><hour>12</hour><hour>13</hour><hour>14</hour></skipHours>", 3 * HOUR),
        ({}, "<skipDays><day>Thursday</day></skipDays>", 12 * HOUR),
    ],
)
async def test_08_the_longest_wish_wins(
    room: Newsroom, headers: dict[str, str], head: str, least: timedelta
) -> None:
    """8: max-age, Expires, ttl, sy:updatePeriod, skipHours and skipDays are kept, the longest of them, up
    to a day. (28 March 2024 was a Thursday; the poll is at noon GMT.)
    """
    many = [item(n, published=START - timedelta(minutes=5 * n)) for n in range(1, 20)]
    room.web.on("/feed", feed(rss(*many, head=head), **headers))
    await room.add()
    await room.poll_one()
    next_poll = (await room.state()).next_poll
    assert next_poll is not None
    assert least <= next_poll - room.now <= min(1.15 * least + timedelta(minutes=20), DAY)


def test_08_headers_that_say_nothing_cost_nothing() -> None:
    """8: no-cache, an Expires in the past and broken values do not delay a poll."""
    assert max_age({"cache-control": "no-cache, max-age=600"}) == timedelta()
    assert max_age({"cache-control": "s-maxage=600"}) == timedelta()
    assert expires({"expires": "0"}, START) == timedelta()
    assert expires({"expires": format_datetime(START - DAY)}, START) == timedelta()
    assert retry_after({"retry-after": ""}, START) == timedelta()


async def test_08_a_compressed_feed_is_read(room: Newsroom) -> None:
    """We ask for gzip, so we read it."""
    room.web.on("/feed", gzipped(feed(rss(item(1)))))
    await room.add()
    assert (await room.poll_one()).new_articles == 1
