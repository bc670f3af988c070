"""Feeds as they are out there: every family of formats, and what goes wrong in each. Our own words throughout."""

# ruff: noqa: E501  (a feed is easier to compare with a real one when it is not broken up)

import gzip
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.feeds.plain import plain
from adapters.http import GuardedClient
from summaries.harmless import harmless
from tests.collecting.newsroom import Newsroom, item, parsed, rss
from tests.fakes.web import Answer, ScriptedWeb, html

TITLE = "المجلس يقر الموازنة الجديدة"
MORNING = datetime(2026, 11, 23, 6, tzinfo=UTC)
DATE = "<pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate>"
LINK = "https://news.example/a/1"


read = partial(parsed, url="https://news.example/feeds/all.xml")


def channel(inside: str, *, root: str = "<rss version='2.0'>", head: str = "") -> str:
    return f"{root}<channel><title>صحيفة</title>{head}{inside}</channel></rss>"


def entry(title: str = TITLE, extra: str = DATE, link: str = LINK) -> str:
    return f"<item><title>{title}</title><link>{link}</link>{extra}</item>"


RDF = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>صحيفة</title><items><rdf:Seq><rdf:li resource="{LINK}"/></rdf:Seq></items>
</channel><item rdf:about="{LINK}"><title>{TITLE}</title><link>{LINK}</link><dc:date>2026-11-23T09:00:00+03:00</dc:date>
<description>ملخص</description></item></rdf:RDF>"""
ATOM_XHTML = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة</title><entry><id>tag:1</id>
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">المجلس <b>يقر</b> الموازنة الجديدة</div></title>
<link rel="self" href="https://news.example/self"/><link href="{LINK}"/><updated>2026-11-23T06:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>فقرة أولى</p><p>فقرة ثانية</p></div></content>
</entry></feed>"""
ATOM_BASE = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/"><title>ص</title>
<entry xml:base="/a/"><id>tag:1</id><title>{TITLE}</title><link href="1"/><updated>2026-11-23T06:00:00Z</updated></entry></feed>"""
ATOM_03 = f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>ص</title><entry><id>tag:1</id>
<title>{TITLE}</title><link rel="alternate" href="{LINK}"/><issued>2026-11-23T06:00:00Z</issued>
<modified>2026-11-23T06:00:00Z</modified></entry></feed>"""
MEDIA = channel(
    entry(
        extra=f"<media:title>عنوان الصورة</media:title><media:content url='https://i.example/1.jpg'>"
        f"<media:title>صورة</media:title></media:content><media:description>وصف</media:description>{DATE}"
    ),
    root="<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'>",
)
DOCTYPE = f'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">{channel(entry())}'
ORIG = channel(
    entry(
        link="http://feedproxy.example/~r/x/1",
        extra=f"<feedburner:origLink>{LINK}</feedburner:origLink>{DATE}",
    ),
    root="<rss version='2.0' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>",
)
WILD = {
    "rss 1.0 (RDF) with dc:date": RDF,
    "atom with xhtml": ATOM_XHTML,
    "atom 0.3": ATOM_03,
    "atom with xml:base": ATOM_BASE,
    "media: titles beside the title": MEDIA,
    "doctype without entities": DOCTYPE,
    "feedburner:origLink": ORIG,
    "undeclared namespaces": channel(entry(extra=f"<dc:creator>محرر</dc:creator><media:content url='x'/>{DATE}")),
    "junk before the first tag": "Warning: mysql_connect() failed in /x.php on line 3\n" + channel(entry()),
    "blank lines and a mark before the declaration": "\n\n\ufeff<?xml version='1.0' encoding='UTF-8'?>" + channel(entry()),
    "junk behind the end": channel(entry()) + "<!-- 0.3 s --><script>track()</script>",
    "upper case names": channel(entry()).replace("item>", "ITEM>").replace("title>", "TITLE>"),
    "truncated in the second item": channel(entry() + "<item><title>خبر ثان لم يصل كا").removesuffix("</channel></rss>"),
    "HTML in an escaped title": channel(entry("المجلس &lt;b&gt;يقر&lt;/b&gt; الموازنة&lt;br/&gt;الجديدة")),
    "CDATA with markup": channel(entry("<![CDATA[<span dir='rtl'>المجلس يقر&nbsp;الموازنة الجديدة</span>]]>")),
    "double-escaped": channel(entry("المجلس يقر&amp;nbsp;الموازنة&amp;#32;الجديدة")),
    "escaped three times": channel(entry("المجلس يقر&amp;amp;nbsp;الموازنة الجديدة")),
    "a title in many lines": channel(entry("\n  المجلس يقر\n\tالموازنة   الجديدة\n")),
    "control characters": channel(entry("المجلس يقر\x0b \x08الموازنة الجديدة")),
    "direction marks": channel(entry("\u202bالمجلس يقر الموازنة الجديدة\u202c\u200f")),
    "rss 0.91": channel(entry()).replace("2.0", "0.91"),
    "no version": channel(entry()).replace(" version='2.0'", ""),
    "a default namespace": channel(entry()).replace("<rss ", "<rss xmlns='http://backend.userland.com/rss2' "),
    "items outside the channel": f"<rss version='2.0'><channel><title>ص</title></channel>{entry()}</rss>",
    "pubdate in lower case": channel(entry(extra=DATE.replace("pubDate", "pubdate"))),
    "a relative link": channel(entry(link="/a/1")),
    "a link in CDATA with blanks": channel(entry(link=f"\n<![CDATA[ {LINK} ]]>\n")),
    "atom:link beside the link": channel(
        entry(extra=f"<atom:link href='https://news.example/self' rel='self'/>{DATE}"),
        root="<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'>",
    ),
    "only a permalink guid": channel(f"<item><title>{TITLE}</title><guid>{LINK}</guid>{DATE}</item>"),
    "a date in dc:date only": channel(
        entry(extra="<dc:date>2026-11-23T09:00:00+03:00</dc:date>"),
        root="<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'>",
    ),
    "a naive date of the source's zone": channel(entry(extra="<pubDate>2026-11-23 09:00:00</pubDate>")),
    "a date in AST": channel(entry(extra="<pubDate>Mon, 23 Nov 2026 09:00:00 AST</pubDate>")),
    "a date in Arabic": channel(entry(extra="<pubDate>الإثنين، ٢٣ تشرين الثاني ٢٠٢٦ ٠٩:٠٠ ص</pubDate>")),
    "a stylesheet before the root": f"<?xml version='1.0'?><?xml-stylesheet href='/x.xsl'?>{channel(entry())}",
    "an unquoted attribute": channel(entry(extra=f"<enclosure url=https://i.example/1.jpg length=1>{DATE}")),
}  # fmt: skip


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("name", WILD)
def test_wild_feeds_are_read(name: str, fast: bool) -> None:
    """Title, link and date of the first item come out right in every family of formats and each kind of damage."""
    feed = read(WILD[name], fast=fast)
    assert feed.error is None
    first = feed.entries[0]
    assert (first.title, first.link, first.published) == (TITLE, LINK, MORNING)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-8"),
        ("utf-16-be", "UTF-16"),
        ("windows-1256", "windows-1256"),
        ("windows-1256", "ISO-8859-1"),
        ("iso-8859-6", "ISO-8859-6"),
        ("iso-8859-6", "utf-8"),
    ],
)
def test_wild_encodings(encoding: str, declared: str) -> None:
    """Whatever the declaration says, and with a header that says nothing or lies."""
    body = f"<?xml version='1.0' encoding='{declared}'?>{channel(entry())}".encode(encoding)
    for kind in ("", "text/xml", "application/rss+xml; charset=utf-8", "text/html; charset=iso-8859-1"):
        assert read(body, kind).entries[0].title == TITLE


def test_paragraphs_of_xhtml_content_stay_apart() -> None:
    """The article's text keeps one line a paragraph, also where the content is markup and not text."""
    assert read(ATOM_XHTML).entries[0].text == "فقرة أولى\nفقرة ثانية"


def test_titles_that_are_missing_or_empty() -> None:
    """An item without a title gets the opening of its summary, never the channel's title."""
    feed = read(
        channel(
            "<item><title/><description>سطر أول من الخبر</description></item>"
            + f"<item><link>{LINK}</link></item>"
        )
    )
    assert [found.title for found in feed.entries] == ["سطر أول من الخبر", ""]


def test_guids_that_say_they_are_no_permalinks() -> None:
    """isPermaLink=false: the guid names the entry and is not its address."""
    feed = read(
        channel(
            f"<item><title>أ</title><guid isPermaLink='false'>{LINK}</guid><link>{LINK}?p=2</link></item>"
        )
    )
    assert (feed.entries[0].id, feed.entries[0].link) == (LINK, f"{LINK}?p=2")


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("gzip without a header", Answer(body=gzip.compress(rss(item(1)).encode()))),
        (
            "a gzip header without gzip",
            Answer(body=rss(item(1)).encode(), headers={"Content-Encoding": "gzip"}),
        ),
        ("HTML as its type", Answer(body=rss(item(1)).encode(), headers={"Content-Type": "text/html"})),
        ("no type at all", Answer(body=rss(item(1)).encode())),
    ],
)
async def test_wild_headers(room: Newsroom, name: str, answer: Answer) -> None:
    """What a server says of its body may be wrong; the body decides."""
    room.web.on("/feed", answer)
    await room.add()
    assert (await room.poll_one()).new_articles == 1, name


async def test_an_address_is_asked_for_as_it_was_given(web: ScriptedWeb) -> None:
    """Blanks and Arabic are escaped on the way, and a blank does not become a plus, which not every server reads as one."""
    web.on("/%D8%A3%20b?q=c%20d+e", html("<p>نعم</p>"))
    async with GuardedClient(contact="c", version="1", allow_private=True) as client:
        result = await client.get(web.url("/أ b?q=c d+e"))
    assert (result.status, result.final_url) == (200, web.url("/أ b?q=c d+e"))


@given(
    st.text(st.sampled_from("خ a"))
    | st.text(st.sampled_from("خبر a\u00a0 \t\n\u2003\u200f\u200b\ufeff\u202a\x85."))
)
def test_blanks_of_every_kind_become_single_spaces(text: str) -> None:
    """Also where a line looks as if nothing were to be done to it."""
    words = " ".join(text.split())
    shown = words if words.isprintable() else " ".join(harmless(words).split())
    assert plain(text) == shown.strip(" \u200e\u200f\u202a\u202b\u202c\ufeff")
