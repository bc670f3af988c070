"""What servers answer that nobody would expect: no source may cost the others their round, or itself its entries."""

import gzip
from typing import Any

import pytest

from adapters.feeds import canonical_url, discover
from adapters.http import GuardedClient
from adapters.pages import PageReader
from adapters.pages.robots import read_robots
from bot.collecting.lookups import Known, Lookups
from bot.collecting.report import CollectReport
from bot.collecting.schedule import expires, max_age, retry_after
from bot.errors import InputError
from bot.presenting.reports import report_message
from bot.sources import check_sources, looking, read_sources
from bot.texts import texts
from summaries.types import Source, SourceId
from tests.collecting.newsroom import START, Newsroom, item, page, rss
from tests.fakes.web import Answer, ScriptedWeb, feed, html, redirect

DATES = [
    "Fri, 31 Dec 9999 23:59:59 -0500",
    "Mon, 01 Jan 99999999999 00:00:00 GMT",
    "Fri, 27 Nov 2026 00:00:00 +99999999999999999999",
]


@pytest.mark.parametrize("date", DATES)
def test_dates_that_no_calendar_holds_are_none(date: str) -> None:
    """Retry-After and Expires beyond all calendars count as not said."""
    assert not retry_after({"retry-after": date}, START)
    assert not expires({"expires": date}, START)


def test_an_age_in_other_digits_is_none() -> None:
    """«²» is a digit to Python and no number to anybody."""
    assert max_age({"cache-control": "max-age=600", "age": "²"}).total_seconds() == 600


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=503, headers={"Retry-After": DATES[0]}),
        feed(rss(item(1)), Expires=DATES[2]),
        feed(rss(item(1)), Cache_Control="max-age=600", Age="\xb2"),
        feed(
            '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a\\ud800\\u0000",'
            ' "title": "\\udfff", "url": "https://news.example/\\ud83d"}]}'
        ),
        feed(rss(item(1, link="http://[::1"), item(2, link="http://[الرابط]/"))),
        feed(rss(item(1, title="خبر")).encode("windows-1256"), Content_Type="text/xml; charset=undefined"),
        redirect("http://[bad/"),
    ],
)
async def test_18_no_answer_makes_the_round_stumble(room: Newsroom, answer: Answer) -> None:
    """18: whatever dates, numbers, links and signs an answer holds, it is read, and so are the other sources."""
    room.web.on("/feed", answer)
    room.web.on("/other", feed(rss(item(9))))
    await room.add()
    await room.add("/other", "other")
    outcomes = {outcome.source: outcome for outcome in (await room.poll()).outcomes}
    assert outcomes[SourceId("other")].new_articles == 1
    assert outcomes[SourceId("one")].error in (None, "http_503", "bad_url")


async def test_18_a_defect_that_one_source_brings_out_stays_with_it(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """18: an error that nobody foresaw fails one source, which backs off; its name is kept for the log."""
    find = Lookups.find

    async def stumble(self: Lookups, source: SourceId, *given: Any, **named: Any) -> Known:
        if source == "one":
            raise ZeroDivisionError
        return await find(self, source, *given, **named)

    monkeypatch.setattr(Lookups, "find", stumble)
    room.web.on("/feed", feed(rss(item(1))))
    room.web.on("/other", feed(rss(item(9))))
    await room.add()
    await room.add("/other", "other")
    outcomes = {outcome.source: outcome for outcome in (await room.poll()).outcomes}
    assert outcomes[SourceId("one")].error == "stumbled"
    assert "ZeroDivisionError" in outcomes[SourceId("one")].detail
    assert outcomes[SourceId("other")].new_articles == 1
    assert (await room.state()).failures == 1


def test_what_is_no_address_is_no_link() -> None:
    """A broken host or port leads nowhere, with and without an address to resolve it by."""
    for link in (
        "http://[الرابط]/",
        "http://[::1",
        "//[",
        "http://a.example:99999/",
        "http://a.example/\ud800",
    ):
        assert canonical_url(link) == canonical_url(link, "https://news.example/feed") == ""


@pytest.mark.parametrize("encoding", ["br", "utf-8", "none", "gzip, gzip", "identity, gzip"])
async def test_15_what_begins_as_text_or_gzip_is_that_whatever_the_header_says(
    web: ScriptedWeb, client: GuardedClient, encoding: str
) -> None:
    """15: a proxy that unpacked and left the header, or wrote a charset into it, costs nobody their feed."""
    web.on("/plain", Answer(body=b"<rss/>", headers={"Content-Encoding": encoding}))
    web.on("/packed", Answer(body=gzip.compress(b"<rss/>"), headers={"Content-Encoding": encoding}))
    assert (await client.get(web.url("/plain"))).body == b"<rss/>"
    assert (await client.get(web.url("/packed"))).body == b"<rss/>"


def test_13_a_mark_before_robots_costs_no_rules() -> None:
    """13: the byte order mark that an editor wrote belongs to no line."""
    robots = read_robots("\ufeffUser-agent: *\nDisallow: /closed", "Kawalis")
    assert not robots.allows("https://a.example/closed")


def test_13_stars_fit_as_the_rfc_has_it_and_cost_no_more_than_the_path() -> None:
    """13: each part at its place, the last at the end where `$` asks so; forty stars end at once."""
    rules = read_robots("User-agent: *\nDisallow: /a*b*c$\nDisallow: /x*yy*$\nDisallow: /end$", "Kawalis")
    shown = {"/abc": False, "/a1b2c": False, "/abcc": False, "/abcd": True, "/acb": True, "/xyy": False}
    shown |= {"/xy": True, "/end": False, "/end/": True, "/ab": True}
    assert {path: rules.allows(f"https://a.example{path}") for path in shown} == shown
    hostile = read_robots("User-agent: *\nDisallow: /" + "*a" * 40 + "b$", "Kawalis")
    assert hostile.allows("https://a.example/" + "a" * 2000)


async def test_13_of_a_huge_robots_file_the_beginning_counts(
    web: ScriptedWeb, client: GuardedClient, room: Newsroom
) -> None:
    """13: by the RFC at least 500 KiB are read; what a file says beyond that forbids nothing."""
    web.on("/robots.txt", html("User-agent: *\nDisallow: /closed/\n" + "# padding\n" * 100_000))
    web.on("/a", html(page()))
    reader = PageReader(client, room.pool)
    robots = await reader.robots(web.url("/a"), START)
    assert robots.allows(web.url("/a"))
    assert not robots.allows(web.url("/closed/1"))


def test_a_broken_address_in_a_page_hides_no_feed() -> None:
    """What a site links to that is no address is passed over."""
    html = "<a href='http://[bad/rss'>x</a><link rel=alternate type='application/rss+xml' href='/feed'>"
    assert discover(html, "https://a.example/") == ["https://a.example/feed"]


def test_a_broken_address_in_a_list_is_told_by_its_place() -> None:
    """OPML of other readers: which outline it is, and what stands there."""
    opml = "<opml><body><outline xmlUrl='https://a.example/f'/><outline xmlUrl='http://[x/'/></body></opml>"
    with pytest.raises(InputError) as raised:
        read_sources(opml, "list.opml")
    assert raised.value.key == "sources.bad_value"
    assert (raised.value.values["source"], raised.value.values["value"]) == ("#2", "http://[x/")


async def test_18_a_check_goes_on_behind_what_no_parser_survives(
    room: Newsroom, client: GuardedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """18: `sources check` tells of each source, also of one whose feed brings out a defect of ours."""
    parse = looking.parse_feed

    def stumble(body: bytes, *given: Any, **named: Any) -> Any:
        if b"poison" in body:
            raise RecursionError
        return parse(body, *given, **named)

    monkeypatch.setattr(looking, "parse_feed", stumble)
    room.web.on("/bad", feed("poison"))
    room.web.on("/good", feed(rss(item(1))))
    sources = [
        Source(id=SourceId(name), outlet=name, url=room.web.url(f"/{name}")) for name in ("bad", "good")
    ]
    found = await check_sources(sources, client=client, now=START)
    assert [one.error for one in found] == ["parse_failed", None]
    assert "parse_failed" not in texts("ar").fetch("parse_failed")


def test_a_round_in_which_nothing_was_due_says_so() -> None:
    """No sentence counts to nothing: «أجاب 0 من …» tells nobody why."""
    message = report_message(CollectReport(at=START), texts("ar"))
    assert "لم يحن موعد أي مصدر" in str(message.blocks[0])


def test_who_gave_a_file_is_not_sent_to_a_browser() -> None:
    """What to do about a file that is no feed is another thing than about an address."""
    file, address = (
        texts("ar").error(InputError("fetch.empty", place=p)) for p in ("a.xml", "https://a.example/")
    )
    assert "المتصفح" in address
    assert "المتصفح" not in file
    assert "الملف" in file


async def test_15_a_long_header_is_no_reason_to_miss_a_feed(web: ScriptedWeb, client: GuardedClient) -> None:
    """15: outlets list every host of their scripts in one header; one beyond all measure is still refused."""
    web.on("/long", feed(rss(item(1)), Content_Security_Policy="a" * 30_000))
    web.on("/endless", feed(rss(item(1)), X_Endless="a" * 300_000))
    assert (await client.get(web.url("/long"))).ok
    assert not (await client.get(web.url("/endless"))).ok
