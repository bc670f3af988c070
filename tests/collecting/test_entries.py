"""Behaviours 19 to 26: what is one entry, what is new, and that nothing is lost."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adapters.feeds.parse import fingerprint
from adapters.http import FetchResult
from bot.collecting import Policy, SourceOutcome
from bot.collecting.decide import Decision
from bot.collecting.keeping import Keeper, Polled
from bot.presenting.reports import report_message
from bot.texts import texts
from storage.database import Database
from storage.sources import SourceState
from storage.unit_of_work import UnitOfWork
from tests.collecting.newsroom import PARAGRAPH, START, Newsroom, item, page, rss
from tests.fakes.web import Answer, feed, html

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ARABIC = "https://news.example/%d8%ae%d8%a8%d8%b1-1"
SHOUTED = "HTTPS://News.Example:443/%D8%AE%D8%A8%D8%B1-1"


async def test_19_one_entry_through_tracking_percent_case_and_sections(room: Newsroom) -> None:
    """19: what differs in tracking parameters, in the case of percent signs, or comes in another section's
    feed is one article.
    """
    room.web.on("/feed", feed(rss(item(1, link=f"{ARABIC}?utm_source=rss&utm_medium=feed"))))
    room.web.on(
        "/section",
        feed(rss(item("x", link=f"{SHOUTED}#top", title="خبر رقم 1"))),
    )
    await room.add()
    await room.add("/section", name="two")
    report = await room.poll()
    articles = await room.articles()
    assert [article.url for article in articles] == ["https://news.example/%D8%AE%D8%A8%D8%B1-1"]
    assert report.new_articles == 1
    await room.poll(after=2 * DAY)
    assert len(await room.articles()) == 1


async def test_19_the_same_link_twice_in_one_feed_is_one_article(room: Newsroom) -> None:
    """19: a feed that lists an article under two guids stores it once, and not as a change of itself."""
    link = "https://news.example/1"
    room.web.on(
        "/feed",
        feed(
            rss(
                item(1, link=link, title="العنوان"),
                item(2, link=link + "?fbclid=z", title="العنوان بصيغة أخرى"),
            )
        ),
    )
    await room.add()
    outcome = await room.poll_one()
    assert (outcome.new_articles, outcome.revised_articles) == (1, 0)
    assert [article.title for article in await room.articles()] == ["العنوان"]


@given(some.lists(some.text(max_size=9), min_size=4, max_size=4), some.permutations(range(4)))
def test_20_a_fingerprint_tells_wordings_apart(told: list[str], order: list[int]) -> None:
    """20: whether a known entry says something else shows in its fingerprint: other words give another one, and
    so do the same words in another place.
    """
    moved = [told[place] for place in order]
    assert (fingerprint(*told) == fingerprint(*moved)) == (told == moved)


async def test_20_a_missing_guid_is_made_up_for(room: Newsroom) -> None:
    """20: without guid the link tells entries apart, without both the title and the date do."""
    entries = [
        item(1, guid="", link="https://news.example/1"),
        item(2, guid="", title="بلا رابط"),
        item(3, guid="", title="بلا رابط", published=START - HOUR),
    ]
    room.web.on("/feed", feed(rss(*entries)), feed(rss(*entries, item(4, guid="", title="رابع"))))
    await room.add()
    assert (await room.poll_one()).new_articles == 3
    assert (await room.poll_one()).new_articles == 1


async def test_20_a_changed_guid_is_no_new_article(room: Newsroom) -> None:
    """20: an outlet that renews all guids does not repeat its news."""
    link = "https://news.example/1"
    room.web.on("/feed", feed(rss(item(1, link=link))), feed(rss(item(1, guid="renewed", link=link))))
    await room.add()
    await room.poll_one()
    outcome = await room.poll_one()
    assert (outcome.new_articles, outcome.revised_articles) == (0, 0)
    assert len(await room.articles()) == 1


async def test_20_a_guid_used_again_is_a_new_article(room: Newsroom) -> None:
    """20: the same guid with another link and another title is another article; the first one stays."""
    room.web.on(
        "/feed",
        feed(rss(item(1, link="https://news.example/1", title="الأول"))),
        feed(rss(item(1, link="https://news.example/2", title="الثاني"))),
    )
    await room.add()
    await room.poll_one()
    outcome = await room.poll_one()
    assert (outcome.new_articles, outcome.revised_articles) == (1, 0)
    assert {article.title for article in await room.articles()} == {"الأول", "الثاني"}


async def test_20_one_guid_for_all_entries_tells_nothing(room: Newsroom) -> None:
    """20: a feed that gives every entry the same guid is read by its links."""
    entries = [item(n, guid="same", link=f"https://news.example/{n}") for n in range(5)]
    room.web.on("/feed", feed(rss(*entries)))
    await room.add()
    assert (await room.poll_one()).new_articles == 5


async def test_20_an_edited_title_is_an_update(room: Newsroom) -> None:
    """20, F26: the headline changes: no new article, a new revision of the same one, the old wording kept."""
    link = "https://news.example/1"
    room.web.on(
        "/feed",
        feed(rss(item(1, link=link, title="واشنطن توافق"))),
        feed(rss(item(1, link=link, title="واشنطن لا توافق"))),
    )
    await room.add()
    await room.poll_one()
    outcome = await room.poll_one(after=DAY)
    assert (outcome.new_articles, outcome.revised_articles) == (0, 1)
    (article,) = await room.articles()
    assert (article.title, article.revision) == ("واشنطن لا توافق", 2)
    async with room.database.reading() as unit:
        revisions = await unit.articles.revisions(article.id)
    assert [revision.title for revision in revisions] == ["واشنطن توافق", "واشنطن لا توافق"]


async def test_20_a_bad_moment_of_the_page_costs_no_text(room: Newsroom) -> None:
    """20: when the title was edited and the page fails just then, the full text that we had stays."""
    room.with_policy(read_pages=True)
    link = room.web.url("/a")
    room.web.on("/a", html(page()), Answer(status=500))
    room.web.on(
        "/feed",
        feed(rss(item(1, link=link, summary="قصير"))),
        feed(rss(item(1, link=link, title="عنوان جديد", summary="قصير"))),
    )
    await room.add()
    await room.poll_one()
    before = (await room.articles())[0].text
    assert (await room.poll_one()).revised_articles == 1
    (article,) = await room.articles()
    assert (article.title, article.text) == ("عنوان جديد", before)


async def test_20_a_silent_edit_is_shown_with_what_changed(room: Newsroom) -> None:
    """F26: the report tells which words stood there before and which stand there now, headline and text."""
    link = "https://news.example/1"
    first = "قال الوزير إن الاتفاق سيوقع غدا. وحضر الاجتماع ممثلون عن الجانبين."
    second = "قال الوزير إن الاتفاق لن يوقع غدا. وحضر الاجتماع ممثلون عن الجانبين."
    room.web.on(
        "/feed",
        feed(rss(item(1, link=link, title="واشنطن توافق", summary=first))),
        feed(rss(item(1, link=link, title="واشنطن لا توافق", summary=second))),
    )
    await room.add()
    assert (await room.poll()).revised == ()
    (revised,) = (await room.poll(after=DAY)).revised
    assert revised.url == link
    assert revised.change.title == ("واشنطن توافق", "واشنطن لا توافق")
    assert revised.change.replaced == (
        ("قال الوزير إن الاتفاق سيوقع غدا.", "قال الوزير إن الاتفاق لن يوقع غدا."),
    )
    assert (revised.change.removed, revised.change.added) == ((), ())


async def test_20_the_report_shows_edits_but_not_what_was_only_added(room: Newsroom) -> None:
    """F26: for people, a silent edit is said with both wordings; a text that only grew is no edit."""
    room.web.on(
        "/feed",
        feed(rss(item(1, title="أول", summary="سطر."), item(2, title="ثان", summary="سطر."))),
        feed(rss(item(1, title="أول معدل", summary="سطر."), item(2, title="ثان", summary="سطر. وسطر آخر."))),
    )
    await room.add()
    await room.poll()
    report = await room.poll(after=DAY)
    assert len(report.revised) == 2
    said = str(report_message(report, texts("ar")))
    assert "أول معدل" in said
    assert "وسطر آخر" not in said


async def test_21_a_stub_filled_later_is_one_article(room: Newsroom) -> None:
    """21: «عاجل» with one line is stored at once; when the page is filled, the same article gets its text,
    though the feed itself did not change.
    """
    room.with_policy(read_pages=True)
    link = room.web.url("/a")
    stub = f"<html><body><article><h1>عاجل</h1><p>{PARAGRAPH}</p></article></body></html>"
    room.web.on("/a", html(stub), html(page("عاجل", 6)))
    room.web.on(
        "/feed", feed(rss(item(1, link=link, title="عاجل", summary="سطر واحد"), head="<ttl>15</ttl>"))
    )
    await room.add()
    assert (await room.poll_one()).new_articles == 1
    short = (await room.articles())[0]
    assert len(short.text) < 350
    outcome = await room.poll_one(after=20 * MINUTE)
    assert (outcome.new_articles, outcome.revised_articles) == (0, 1)
    (article,) = await room.articles()
    assert (article.id, article.revision) == (short.id, 2)
    assert "الفقرة 6" in article.text


async def test_21_a_stub_is_looked_at_less_and_less(room: Newsroom) -> None:
    """21: a page that never fills is asked a few times in a day, not at every poll."""
    room.with_policy(read_pages=True)
    link = room.web.url("/a")
    room.web.on("/a", html(f"<html><body><article><p>{PARAGRAPH}</p></article></body></html>"))
    many = [
        item(n, published=START - n * 5 * MINUTE, link=f"{room.web.url()}gone/{n}", summary="س " * 300)
        for n in range(2, 6)
    ]
    room.web.on("/feed", feed(rss(item(1, link=link), *many)))
    await room.add()
    for _ in range(200):
        await room.poll(after=10 * MINUTE)
    assert 3 <= len(room.web.asked_for("/a")) <= 7


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Thu, 28 Mar 2024 11:00:00 GMT", START - HOUR),
        ("2024-03-28 13:00:00", START - 2 * HOUR),
        ("٢٨ آذار/مارس ٢٠٢٤ - ٠١:٠٠ م", START - 2 * HOUR),
        ("18 رمضان 1445 هـ 1:00 م", START - 2 * HOUR),
        ("Thu, 28 Mar 2024 15:00:00 GMT", START),
        ("Mon, 28 Mar 2039 15:00:00 GMT", START),
        ("غدا", None),
        ("", None),
    ],
)
async def test_22_dates_naive_arabic_future_and_none(room: Newsroom, written: str, expected: object) -> None:
    """22: a date without zone is in the source's, Arabic ones are read, one that lies ahead is not believed
    (the article is of now), and none stays none.
    """
    entry = item(1, published=None).replace("</item>", f"<pubDate>{written}</pubDate></item>")
    room.web.on("/feed", feed(rss(entry)))
    await room.add(zone="Asia/Riyadh")
    await room.poll_one()
    assert [article.published for article in await room.articles()] == [expected]


async def test_22_a_page_dates_an_undated_entry(room: Newsroom) -> None:
    """22: where the feed has no date, the page's own is taken."""
    room.with_policy(read_pages=True)
    dated = page().replace(
        "<title>", '<meta property="article:published_time" content="2024-03-27T10:00:00+03:00"><title>'
    )
    room.web.on("/a", html(dated))
    room.web.on("/feed", feed(rss(item(1, published=None, link=room.web.url("/a")))))
    await room.add()
    await room.poll_one()
    assert [article.published for article in await room.articles()] == [START - 29 * HOUR]


async def test_23_a_first_poll_floods_nobody(room: Newsroom) -> None:
    """23: of a long feed the first round reads the newest twenty, never anything older than a fortnight, and
    what was left for the next round comes then, also when the server would answer 304.
    """
    old = [item(f"old{n}", published=START - (20 + n) * DAY) for n in range(30)]
    new = [item(n, published=START - n * HOUR) for n in range(1, 31)]
    room.web.on("/feed", feed(rss(*old, *new), ETag='"e"'))
    await room.add()
    assert (await room.poll_one()).new_articles == 20
    assert {article.title for article in await room.articles()} == {f"خبر رقم {n}" for n in range(1, 21)}
    assert (await room.poll_one(after=10 * MINUTE)).new_articles == 10
    assert (await room.poll_one()).new_articles == 0
    assert "if-none-match" not in room.web.asked_for("/feed")[1].headers


async def test_24_a_gap_between_two_polls_is_flagged(room: Newsroom) -> None:
    """24: when not one entry of the last poll is listed any more, some may have come and gone."""
    room.web.on(
        "/feed",
        feed(rss(item(1), item(2))),
        feed(rss(item(2), item(3))),
        feed(rss(item(8), item(9))),
        feed(rss(item(9), item(10))),
    )
    await room.add()
    gaps = []
    for _ in range(4):
        report = await room.poll()
        gaps.append(([notice.code for notice in report.notices], (await room.state()).gap))
    assert gaps == [([], False), ([], False), (["gap"], True), ([], False)]


async def test_25_killed_before_storing_nothing_is_lost(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """25: articles and validators are one transaction: killed in between, the next round reads all again."""
    room.web.on("/feed", feed(rss(item(1), item(2)), ETag='"e"'))
    await room.add()

    class Killed(BaseException):
        pass

    async def dies(*arguments: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("storage.sources.Sources.save_states", dies)
        with pytest.raises(BaseExceptionGroup):
            await room.poll()
    assert await room.articles() == []
    room.start()
    assert (await room.poll_one()).new_articles == 2
    assert "if-none-match" not in room.web.asked_for("/feed")[1].headers


async def test_25_cancelled_in_the_middle_nothing_is_lost(room: Newsroom) -> None:
    """25: a shutdown while pages are being read leaves the source due, and it is read the next time."""
    room.with_policy(read_pages=True)
    link = room.web.url("/a")
    room.web.on("/feed", feed(rss(item(1, link=link)), ETag='"e"'))
    room.web.on("/a", html(page()))
    await room.add()
    room.web.hold = asyncio.Event()
    polling = asyncio.create_task(room.poll())
    await room.web.busy.wait()
    polling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await polling
    room.web.hold = None
    room.start()
    assert (await room.poll_one(after=MINUTE)).new_articles == 1


async def test_26_one_poll_serves_all(room: Newsroom) -> None:
    """26: two rounds asked for at once, as by two readers, ask a source's server once."""
    room.web.on("/feed", feed(rss(item(1))))
    await room.add()
    reports = await asyncio.gather(*(room.collector.poll(room.now) for _ in range(5)))
    assert len(room.web.asked_for("/feed")) == 1
    assert sum(report.new_articles for report in reports) == 1


async def test_each_source_is_reported_as_it_is_stored(room: Newsroom) -> None:
    """A long round can be watched: each outcome is told once its articles are in the database."""
    for n in range(3):
        room.web.on(f"/{n}", feed(rss(item(n))))
        await room.add(f"/{n}", name=f"s{n}")
    told: list[str] = []
    report = await room.collector.poll(room.now, progress=lambda outcome: told.append(outcome.source))
    assert sorted(told) == sorted(outcome.source for outcome in report.outcomes) == ["s0", "s1", "s2"]


def test_a_result_knows_where_permanent_redirects_lead() -> None:
    """A result without redirects has moved nowhere."""
    assert FetchResult(url="https://a.example", final_url="https://a.example").permanent_url is None


async def test_many_sources_are_polled_in_one_round(room: Newsroom, database: Database) -> None:
    """More sources than a batch holds: each is asked exactly once."""
    for n in range(30):
        room.web.on(f"/{n}", feed(rss(item(n))))
        await room.add(f"/{n}", name=f"s{n:03}")
    report = await room.poll(after=MINUTE)
    assert len(report.outcomes) == 30
    assert len(room.web.asked) == 30


async def test_sources_that_follow_one_another_share_a_transaction(
    room: Newsroom, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each transaction costs the disk a flush: what comes within a moment is stored together, and at the end of the
    round nothing waits for more.
    """
    commits = []
    commit = UnitOfWork.commit

    async def counted(unit: UnitOfWork) -> None:
        commits.append(unit)
        await commit(unit)

    cards = [await room.add(f"/{n}", name=f"s{n}") for n in range(3)]
    monkeypatch.setattr(UnitOfWork, "commit", counted)
    keeper = Keeper(database, Policy(), room.now)
    writing = asyncio.create_task(keeper.run())
    for source in cards:
        state = SourceState(source=source.id, url=source.url)
        outcome = SourceOutcome(source=source.id, outlet=source.outlet, status="unchanged")
        await keeper.put(Polled(source=source, decision=Decision(state=state), outcome=outcome))
        for _ in range(10):
            await asyncio.sleep(0)
    await keeper.finish()
    await writing
    assert len(keeper.outcomes) == 3
    assert len(commits) == 1
