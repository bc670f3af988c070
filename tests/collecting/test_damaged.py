"""Feeds that are damaged, cut, mixed or out of all measure: what is whole is read as it was written."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.feeds import ParsedFeed, canonical_url, parse_feed
from adapters.feeds.dates import parse_date
from adapters.feeds.decode import decode
from bot.collecting.schedule import per_week
from tests.collecting.newsroom import START, Newsroom, item, rss
from tests.fakes.web import Answer, feed

FIRST, SECOND = "الوزير يعلن خطة جديدة للمياه", "خبر ثان عن المدينة القديمة"
MORE = "أعلن الوزير في مؤتمر صحفي أن الحكومة ستبدأ تنفيذ الخطة في الشهر المقبل وفق جدول زمني واضح"


def read(body: str | bytes) -> ParsedFeed:
    body = body.encode() if isinstance(body, str) else body
    return parse_feed(
        body, "text/xml", source_zone="UTC", source_id="x", now=START, url="https://news.example/ar/feed"
    )


def titles(body: str | bytes) -> list[str]:
    return [entry.title for entry in read(body).entries]


@pytest.mark.parametrize("legacy", ["windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("many", [1, 40])
def test_two_encodings_in_one_feed_are_read_piece_by_piece(legacy: str, many: int) -> None:
    """A template in one encoding, filled from a database in another: neither is taken for the other."""
    others = [item(n, title=f"{SECOND} {n}", summary=MORE) for n in range(many)]
    for one, two in ((legacy, "utf-8"), ("utf-8", legacy)):
        body = rss("@", *others).encode(one)
        body = body.replace(b"@", item("x", title=FIRST, summary=MORE).encode(two))
        assert titles(body) == [FIRST, *(f"{SECOND} {n}" for n in range(many))], (one, two)
        assert decode(body, f"text/xml; charset={legacy}").damaged == 0


def test_a_byte_order_mark_may_lie() -> None:
    """A mark that an editor left is believed as long as the text that follows bears it out."""
    whole = rss(item(1, title=FIRST, summary=MORE))
    assert titles(b"\xef\xbb\xbf" + whole.encode("windows-1256")) == [FIRST]
    assert titles(b"\xfe\xff" + whole.encode("utf-16-le")) == [FIRST]
    assert titles(b"\xff\xfe" + whole.encode()) == [FIRST]


def test_both_halves_of_a_sign_written_as_references_are_one() -> None:
    """A sign beyond 16 bits, written as JavaScript counts, is that sign; half of one is nothing."""
    assert titles(rss("<item><title>نص &#55357;&#56832; آخر &#xD83D;&#xDE00;</title></item>")) == [
        "نص 😀 آخر 😀"
    ]
    assert titles(rss("<item><title>نص &#55357; آخر &amp;#55357;</title></item>")) == ["نص آخر"]


def test_marks_that_were_escaped_with_their_text_go_and_the_text_stays() -> None:
    """CDATA inside escaped markup is no tag to be thrown away."""
    inside = "<item><title>خبر</title><description>&lt;![CDATA[&lt;p&gt;نص داخل&lt;/p&gt;]]&gt;</description></item>"
    entry = read(rss(inside)).entries[0]
    assert (entry.summary, entry.text) == ("نص داخل", "نص داخل")


def test_of_a_feed_that_is_cut_the_whole_items_are_read() -> None:
    """Half a link is the link of another page: an item that does not end is left for the next time."""
    whole = rss(*(item(n, link=f"https://news.example/{n}") for n in (1, 2, 31)))
    cut = read(whole[: whole.index("/31") + 2])
    assert [entry.link for entry in cut.entries] == ["https://news.example/1", "https://news.example/2"]
    assert cut.cut
    assert not read(whole).cut
    assert not read(whole.replace("<title>", "<title>a & b ")).cut


async def test_04_validators_of_a_cut_body_are_not_kept(room: Newsroom) -> None:
    """4: were they kept, the rest of the feed would answer 304 and never be seen."""
    whole = rss(*(item(n) for n in range(3)))
    room.web.on("/feed", feed(whole[: whole.index("رقم 2")], ETag='"a"'), feed(whole, ETag='"a"'))
    await room.add()
    assert (await room.poll_one()).new_articles == 2
    assert (await room.poll_one()).new_articles == 1
    assert "if-none-match" not in room.web.asked_for("/feed")[1].headers
    assert (await room.state()).etag == '"a"'


async def test_01_a_server_that_stumbles_over_its_validators_is_asked_plainly(room: Newsroom) -> None:
    """1: after the second failure in a row they are left out, and what is new is read again."""
    broken = Answer(status=412)
    room.web.on("/feed", feed(rss(item(1)), ETag='"a"'), broken, broken, feed(rss(item(2))))
    await room.add()
    outcomes = [await room.poll_one() for _ in range(4)]
    assert [outcome.error for outcome in outcomes] == [None, "http_412", "http_412", None]
    asked = ["if-none-match" in one.headers for one in room.web.asked_for("/feed")]
    assert asked == [False, True, True, False]


async def test_02_not_modified_since_nothing_is_a_failure(room: Newsroom) -> None:
    """2: a 304 that nobody asked for brings nothing, and is told as such."""
    room.web.on("/feed", Answer(status=304))
    await room.add()
    assert (await room.poll_one()).error == "http_304"


def test_an_archive_of_a_hundred_thousand_is_read_by_its_beginning() -> None:
    """As many entries as are kept are read, in the short way; feedparser would need minutes for the rest."""
    entries = "".join(
        f"<item><title>خبر {n}</title><link>https://a.example/{n}</link></item>" for n in range(100_000)
    )
    found = read(rss(entries))
    assert len(found.entries) == 1000
    assert found.entries[999].link == "https://a.example/999"
    assert found.reader == "fast"


def test_elements_nested_without_end_cost_no_more_than_themselves() -> None:
    """Thirty thousand groups in one another, well-formed, leave their item readable."""
    nested = "<media:group xmlns:media='http://search.yahoo.com/mrss/'>"
    nested += "<media:group>" * 30_000 + "</media:group>" * 30_000 + "</media:group>"
    assert titles(rss(f"<item><title>{FIRST}</title>{nested}</item>")) == [FIRST]


def test_ids_and_links_fit_into_an_index() -> None:
    """A guid of a page's length is known by its hash, the same each time; such a link is none."""
    long = "g" * 20_000
    one, two = (
        read(rss(item(1, guid=long + end, link=f"https://a.example/{long}"))).entries[0] for end in "ab"
    )
    assert len(one.id) < 100
    assert one.id != two.id
    assert one.id == read(rss(item(1, guid=long + "a"))).entries[0].id
    assert one.link is None


def test_a_host_without_its_scheme_is_no_path() -> None:
    """www.… and the feed's own host lead where a reader would go; other names with a dot are files."""
    base = "https://www.news.example/ar/feed"
    assert canonical_url("www.other.example/a/1", base) == "https://www.other.example/a/1"
    assert canonical_url("news.example/a/1", base) == "https://news.example/a/1"
    assert canonical_url("story.html", base) == "https://www.news.example/ar/story.html"


def test_09_an_entry_that_stays_on_top_for_years_is_no_rhythm() -> None:
    """9: the newer half of the entries tells how often a source writes."""
    dates = [START - timedelta(hours=n) for n in range(1, 25)]
    assert per_week(
        START, [*dates, START - timedelta(days=2000)], new=0, since=None, before=None
    ) == pytest.approx(168)


DATES = [
    ("27 نوفمبر 2026 الساعة 22:30 (19:30 بتوقيت غرينتش)", (27, 19, 30)),
    ("27/11/2026 الساعة 10:30 م بتوقيت مكة، 19:30 بتوقيت غرينتش", (27, 19, 30)),
    ("27 نوفمبر 2026 22:30 (19:30 GMT)", (27, 19, 30)),
    ("27 نوفمبر 2026 الساعة 1:05 بعد الظهر", (27, 10, 5)),
    ("27 نوفمبر 2026 الساعة 11:05 قبل الظهر", (27, 8, 5)),
    ("27 نوفمبر 2026 الساعة 12:05 بعد منتصف الليل", (26, 21, 5)),
    ("Fri Nov 27 10:30:00 +0000 2026", (27, 10, 30)),
]


@pytest.mark.parametrize(("text", "moment"), DATES)
def test_22_an_hour_belongs_to_the_zone_beside_it(text: str, moment: tuple[int, int, int]) -> None:
    """22: of two hours the one whose zone is named; before and after noon and midnight in words."""
    assert parse_date(text, "Asia/Riyadh") == datetime(2026, 11, *moment, tzinfo=UTC)


def test_22_the_kingdom_s_zone_by_its_letters() -> None:
    """22: KSA is three hours ahead, wherever the source is."""
    assert parse_date("Fri, 27 Nov 2026 10:30:00 KSA", "UTC") == datetime(2026, 11, 27, 7, 30, tzinfo=UTC)
