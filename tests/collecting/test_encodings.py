"""Every Arabic encoding, declared, undeclared and wrongly declared; damage; markup that is not quite XML."""

import pytest

from adapters.feeds import ParsedFeed, decode, parse_feed
from adapters.feeds.fast import read_fast
from adapters.feeds.letters import plausibility
from adapters.feeds.plain import plain
from adapters.feeds.reference import read_with_feedparser
from adapters.feeds.repair import repair, strip_head
from tests.collecting.newsroom import START, item, rss

TITLE = "وزير الخارجية يؤكد استمرار المشاورات حول الاتفاق"
SUMMARY = (
    "أفادت مصادر مطلعة بأن الوفد غادر العاصمة صباح اليوم بعد جولة ثانية من المحادثات لم تحقق تقدما يذكر."
)


def document(encoding: str | None) -> str:
    declared = f' encoding="{encoding}"' if encoding else ""
    return rss(item(1, title=TITLE, summary=SUMMARY)).replace(' encoding="UTF-8"', declared)


def read(body: bytes, content_type: str = "application/rss+xml", **settings: bool) -> ParsedFeed:
    return parse_feed(body, content_type, source_zone="UTC", source_id="x", now=START, **settings)


@pytest.mark.parametrize(
    "header", ["application/rss+xml", "text/xml; charset=utf-8", "text/xml; charset=iso-8859-1"]
)
@pytest.mark.parametrize(
    "declared", [None, "UTF-8", "windows-1256", "iso-8859-6", "iso-8859-1", "windows-1252", "x-bogus"]
)
@pytest.mark.parametrize("actual", ["utf-8", "windows-1256", "iso-8859-6"])
def test_the_letters_decide_not_the_label(actual: str, declared: str | None, header: str) -> None:
    """Whatever header and declaration say, the text comes out as it was written."""
    body = document(declared).encode(actual)
    assert read(body, header).entries[0].title == TITLE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", [True, False])
def test_wide_encodings_with_and_without_mark(encoding: str, mark: bool) -> None:
    """A byte order mark is believed first; without one the pattern of zeros tells."""
    text = ("\ufeff" if mark else "") + document("utf-16")
    assert read(text.encode(encoding)).entries[0].title == TITLE


def test_a_byte_order_mark_beats_all_labels() -> None:
    """UTF-8 with a mark is UTF-8, though header and declaration say otherwise."""
    body = b"\xef\xbb\xbf" + document("windows-1256").encode()
    assert read(body, "text/xml; charset=iso-8859-6").entries[0].title == TITLE


@pytest.mark.parametrize("spoiled", [b"\xff", b"\xe2\x80", b"\xd8", b"\x93\x94"])
def test_one_bad_byte_damages_one_character(spoiled: bytes) -> None:
    """In a feed of usual size a stray byte leaves all other letters as they are."""
    body = document("UTF-8").encode()
    body = body.replace("المشاورات".encode(), "المشا".encode() + spoiled + "ورات".encode())
    feed = read(body)
    assert feed.entries[0].summary == SUMMARY
    assert feed.entries[0].title.replace("�", "") == TITLE
    assert 1 <= feed.damaged <= 2


def test_a_feed_cut_in_the_middle_of_a_letter_is_read() -> None:
    """A connection that ended early costs the last item, not the feed."""
    body = rss(item(1, title=TITLE), item(2, title=TITLE)).encode()
    body = body[: body.rindex("الاتفاق".encode()) + 3]
    assert read(body).entries[0].title == TITLE


@pytest.mark.parametrize(("wrong", "right"), [("cp1252", "utf-8"), ("latin-1", "windows-1256")])
def test_text_that_its_author_misread_is_put_right(wrong: str, right: str) -> None:
    """Arabic bytes that a server read as Latin and encoded again as UTF-8 come out as Arabic."""
    try:
        misread = document(None).encode(right).decode(wrong)
    except UnicodeDecodeError:
        misread = document(None).encode(right).decode("latin-1")
    assert read(misread.encode()).entries[0].title == TITLE


@pytest.mark.parametrize(
    "text", ["Négociations à Genève : l’été dernier, un accord", "Straße über München für Flüchtlinge"]
)
def test_european_letters_are_not_taken_for_arabic(text: str) -> None:
    """A Latin-1 page stays Latin: single accented letters among plain ones are what they seem."""
    read_as = decode(f"<p>{text}</p>".encode("windows-1252"), "text/html; charset=windows-1252")
    assert read_as.text == f"<p>{text}</p>"


def test_plausibility_orders_the_candidates() -> None:
    """The measure is highest for what was written, and below zero for what is misread as Latin."""
    body = SUMMARY.encode("windows-1256")
    scores = {
        name: plausibility(body.decode(name, "replace")) for name in ("windows-1256", "iso-8859-6", "cp1252")
    }
    assert max(scores, key=lambda name: scores[name]) == "windows-1256"
    assert scores["cp1252"] < 0
    assert plausibility("plain ascii") == 0


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("شركة A & B تعلن", "شركة A & B تعلن"),
        ("شركة A &amp; B تعلن", "شركة A & B تعلن"),
        ("اليمن&nbsp;اليوم", "اليمن اليوم"),
        ("&laquo;نعم&raquo; &mdash; قال", "«نعم» — قال"),
        ("&hellip;ثم", "…ثم"),
        ("&#1576;&#x628;", "بب"),
        ("&notanentity; x", "&notanentity; x"),
        ("قال &amp;quot;نعم&amp;quot;", 'قال "نعم"'),
        ("<![CDATA[A & B &nbsp; <b>ج</b>]]>", "A & B ج"),
        ("<![CDATA[<span dir='rtl'>خبر</span>]]>", "خبر"),
        ("5 &lt; 6 و 7 &gt; 3", "5 < 6 و 7 > 3"),
        ("ضبط\x0b\x1f&#0;&#31;نهاية", "ضبطنهاية"),
        ("سطر\n  ثان\t", "سطر ثان"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;خبر", "خبر"),
    ],
)
def test_titles_that_are_not_quite_xml(written: str, expected: str) -> None:
    """Named HTML references, bare ampersands, markup inside and forbidden characters: the title is plain text,
    by the short way and by feedparser alike.
    """
    body = rss("<item><title>@</title><guid>1</guid></item>").replace("@", written).encode()
    assert read(body).entries[0].title == expected
    assert read(body, fast=False).entries[0].title == expected


def test_inline_markup_joins_and_blocks_divide() -> None:
    """<b> inside a word does not break it, a paragraph's end does."""
    assert plain("<p>كل<b>مة</b></p><p>ثانية</p>") == "كلمة ثانية"


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>ص</title><entry><id>tag:1</id>
<title type="html">{TITLE}</title><link href="https://a.example/1"/><published>2024-03-28T10:00:00Z</published>
<updated>2024-03-28T11:00:00Z</updated><summary>{SUMMARY}</summary>
<content type="html">&lt;p&gt;{SUMMARY}&lt;/p&gt;</content></entry></feed>"""
VARIANTS = {
    "rss": rss(item(1, title=TITLE, link="https://a.example/1?a=1&b=2", summary=SUMMARY)),
    "content": rss(item(1, title=TITLE, summary=SUMMARY, content=f"<p>{SUMMARY}</p><p>{TITLE}</p>")),
    "content first": rss(
        f"<item><content:encoded>{SUMMARY}</content:encoded><title>{TITLE}</title><description>س</description></item>"
    ),
    "content alone": rss(f"<item><title>{TITLE}</title><content:encoded>{SUMMARY}</content:encoded></item>"),
    "permalink": rss(f"<item><title>{TITLE}</title><guid>https://a.example/g</guid></item>"),
    "empty link": rss(f"<item><guid>https://a.example/g</guid><link></link><title>{TITLE}</title></item>"),
    "atom": ATOM,
    "atom xhtml": ATOM.replace(
        'type="html">&lt;p&gt;', 'type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
    ).replace("&lt;/p&gt;", "</div>"),
    "two titles": rss(f"<item><title>{TITLE}</title><title>ثان</title></item>"),
    "two summaries": rss(
        f"<item><title>{TITLE}</title><description>أ</description><description>ب</description></item>"
    ),
    "comment": rss(f"<item><title>{TITLE[:9]}<!-- x -->{TITLE[9:]}</title></item>"),
    "dc": rss(
        f'<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>{TITLE}</title><dc:date>2024-03-28</dc:date></item>'
    ),
    "media title": rss(
        f'<item xmlns:media="http://search.yahoo.com/mrss/"><media:title>م</media:title><title>{TITLE}</title></item>'
    ),
    "empty": rss(),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_short_way_equals_feedparser(name: str) -> None:
    """Where the short way answers, it answers as feedparser does; where it cannot, it says so."""
    text = repair(strip_head(VARIANTS[name]))
    quick = read_fast(text)
    assert quick is None or quick == read_with_feedparser(text)
    assert (quick is None) == (name in {"two titles", "two summaries", "media title", "atom xhtml", "empty"})


JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "صحيفة", "items": [
 {"id": 7, "url": "https://a.example/7#x", "title": "أ < ب", "content_html": "<p>نص</p>",
  "date_published": "2024-03-28T13:00:00+03:00"},
 {"id": "8", "external_url": "https://a.example/8", "content_text": "نص بلا عنوان", "date_modified": "2024-03-28"},
 "nonsense", {"title": null}]}"""


@pytest.mark.parametrize("content_type", ["application/feed+json", "application/json", "text/plain", ""])
def test_json_feed_is_read(content_type: str) -> None:
    """JSON Feed, whatever it is served as: numbers as ids, text as text, broken items left out."""
    feed = read(("\ufeff" + JSON_FEED).encode(), content_type)
    first, second = feed.entries
    assert (first.id, first.title, first.link) == ("7", "أ < ب", "https://a.example/7")
    assert first.published is not None
    assert first.published.isoformat() == "2024-03-28T10:00:00+00:00"
    assert (second.title, second.summary) == ("نص بلا عنوان", "نص بلا عنوان")


@pytest.mark.parametrize("body", ['{"version": "2", "items": []}', "[1, 2]", '{"a":', "{" * 5000])
def test_other_json_is_no_feed(body: str) -> None:
    """JSON of another kind, or none, is an error."""
    error = read(body.encode()).error
    assert error is not None
    assert error.code == "not_a_feed"


def test_relative_links_are_resolved_against_the_feed() -> None:
    """A link without host belongs to the host that the feed came from."""
    body = rss(item(1, link="/news/1")).encode()
    feed = parse_feed(
        body, "", source_zone="UTC", source_id="x", now=START, url="https://a.example/feeds/all.xml"
    )
    assert feed.entries[0].link == "https://a.example/news/1"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@b.example", "file:///etc/hostname", "not a link"]
)
def test_links_that_are_no_web_addresses_are_dropped(link: str) -> None:
    """Only http and https links come into the house."""
    assert read(rss(item(1, link=link)).encode()).entries[0].link is None


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6", "windows-1252"])
def test_one_bad_byte_does_not_hand_utf8_to_a_wrong_header(charset: str) -> None:
    """UTF-8 with one bad byte stays UTF-8, though the header names an encoding in which every byte is a letter."""
    good = "قال الوزير إن الاتفاق سيوقع غدا في العاصمة بحضور ممثلين عن الجانبين. " * 20
    read = decode(good.encode() + b"\xff", f"text/xml; charset={charset}")
    assert (read.text, read.damaged) == (good + "\ufffd", 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "השר אמר כי ההסכם ייחתם מחר בבירה. ",
        "Министр заявил, что соглашение будет подписано завтра. ",
        "部長は明日署名すると述べた。",
    ],
)
@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6", "windows-1252", "utf-8"])
def test_nearly_valid_utf8_is_utf8_in_every_script(sentence: str, charset: str) -> None:
    """Bytes of which 99 in a hundred are valid UTF-8 are UTF-8, and the bad ones one sign each, also where letters do
    not tell: no other script is plausible Arabic, but misread as windows-1256 it looks more like it.
    """
    good = sentence * 20
    read = decode(good.encode() + b"\xff" + good.encode(), f"text/xml; charset={charset}")
    assert (read.text, read.encoding, read.damaged) == (f"{good}\ufffd{good}", "utf-8", 1)
