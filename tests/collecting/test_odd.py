"""What newsrooms' software does that no standard mentions: feeds, pages and servers made for these tests."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from adapters.feeds import ParserPool, canonical_url, decode, parse_date, reference
from adapters.feeds.boilerplate import clean_lines
from adapters.feeds.plain import lines_of
from adapters.feeds.repair import repair, strip_head
from adapters.http import GuardedClient
from adapters.http.hidden import without_hidden
from adapters.http.obstacles import obstacle
from adapters.pages import Extracted, PageFailure, PageReader, extract
from bot.collecting import Policy
from bot.collecting.articles import filled
from bot.errors import InputError
from bot.summarising import LinkReader
from summaries.analysis import Analyst
from summaries.packaged import packaged_gazetteer
from summaries.types import Article, ArticleId
from tests.collecting.newsroom import START, Newsroom, item, page, parsed, rss
from tests.fakes.web import Answer, ScriptedWeb, feed, html, redirect

TITLE = "مجلس المحافظة يوافق على مشروع محطة المياه"
OTHER = "إعادة فتح الطريق الساحلي بعد أسبوع من السيول"
SUMMARY = "وافق مجلس المحافظة بالإجماع على إنشاء محطة للمياه تخدم سبع قرى في الشمال."


read = partial(parsed, url="https://paper.example/ar/rss.xml")


def one(**parts: str) -> str:
    return rss(item(1, **{"title": TITLE, "link": "https://paper.example/a/1", **parts}))  # type: ignore[arg-type]


def test_a_link_keeps_the_bytes_that_its_server_wrote() -> None:
    """Older systems escape windows-1256 in a query; read as UTF-8 it would lead nowhere."""
    link = "https://paper.example/n.asp?id=5&t=%C7%E1%DE%E3%CD&utm_source=rss"
    assert read(one(link=link)).entries[0].link == "https://paper.example/n.asp?id=5&t=%C7%E1%DE%E3%CD"
    assert canonical_url("https://paper.example/?q=خبر") == "https://paper.example/?q=%D8%AE%D8%A8%D8%B1"


@pytest.mark.parametrize("route", ["#!/news/{}", "#/news/{}", "#!news-{}"])
def test_routes_behind_a_hash_are_pages(route: str) -> None:
    """A site that is one program tells its articles apart behind the hash: none takes another's place."""
    links = [f"https://paper.example/{route.format(n)}" for n in (1, 2)]
    feed_ = read(rss(*(item(n, title=f"{TITLE} {n}", link=link) for n, link in enumerate(links))))
    assert [entry.link for entry in feed_.entries] == links


async def test_a_route_is_not_sent(client: GuardedClient, web: ScriptedWeb) -> None:
    """What stands behind the hash is nobody's business but the reader's browser."""
    web.on("/app", feed("x"))
    await client.get(web.url("/app#!/news/1"))
    assert [asked.path for asked in web.asked] == ["/app"]


@pytest.mark.parametrize("home", ["https://paper.example", "https://paper.example/ar/", "/index.php"])
def test_the_front_page_is_no_article(home: str) -> None:
    """Where every item links to the outlet's front page, the items stay apart, each with its own text."""
    feed_ = read(rss(item(1, title=TITLE, link=home), item(2, title=OTHER, link=home, guid="")))
    assert [(entry.title, entry.link) for entry in feed_.entries] == [(TITLE, None), (OTHER, None)]
    guid = read(one(link=home, guid="https://paper.example/a/9")).entries[0]
    assert guid.link == "https://paper.example/a/9"


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize(
    "entry",
    [
        '<entry xml:base="https://paper.example/b/">{}<link href="7"/></entry>',
        '<entry>{}<link xml:base="https://paper.example/b/" href="7"/></entry>',
    ],
)
def test_a_base_holds_from_where_it_stands(entry: str, fast: bool) -> None:
    """XML lets any element name the base of the addresses in it; both readers know."""
    told = f"<id>u:1</id><title>{TITLE}</title><updated>2024-03-28T09:00:00Z</updated>"
    text = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>ص</title>{entry.format(told)}</feed>'
    assert read(text, fast=fast).entries[0].link == "https://paper.example/b/7"


@pytest.mark.parametrize("blanks", ["", "\n", "\r\n \t"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_letters_without_a_mark_are_known_behind_blanks_too(encoding: str, blanks: str) -> None:
    """A template that begins with an empty line changes nothing in how the bytes are read."""
    text = blanks + one()
    assert decode(text.encode(encoding), "").text == text


MARKED_UP = [
    (f'<![CDATA[<img src="w.jpg" alt="5 > 3 < 7" />{SUMMARY}]]>', SUMMARY),
    (f"<![CDATA[<img data-caption='<p>المحطة</p>' src=\"w.jpg\"><p>{SUMMARY}</p>]]>", SUMMARY),
    (
        f"&amp;lt;p&amp;gt;{SUMMARY}&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;{OTHER}&amp;lt;/p&amp;gt;",
        f"{SUMMARY}\n{OTHER}",
    ),
    (f"&amp;lt;a href=&amp;quot;x&amp;quot;&amp;gt;{SUMMARY}&amp;lt;/a&amp;gt;", SUMMARY),
    ("<![CDATA[<p>يكتب &lt;p&gt; قبل كل فقرة و&lt;/p&gt; بعدها</p>]]>", "يكتب <p> قبل كل فقرة و</p> بعدها"),
    ('<![CDATA[سعر الطن < 500 و"الفرق" = "5 > 3"]]>', 'سعر الطن < 500 و"الفرق" = "5 > 3"'),
]


@pytest.mark.parametrize(("told", "text"), MARKED_UP)
def test_readers_see_no_markup(told: str, text: str) -> None:
    """Neither what an attribute holds nor tags escaped twice reach the reader; what was written as text stays."""
    xml = rss(item(1, title=TITLE, link="https://paper.example/a/1", content="@")).replace("@", told)
    assert read(xml).entries[0].text == text


@pytest.mark.parametrize("tag", ['<img alt="', "<a title='<b ", '<p a="b" c', "&lt;img " * 3, '<i ="x" '])
def test_broken_tags_cost_no_time(tag: str) -> None:
    """Tags that never end are read in about the time that others take."""
    assert len(lines_of(tag * 20_000)) < 25_000


def test_a_text_escaped_in_json_ld_shows_no_tags() -> None:
    """Some templates escape the markup of `articleBody`, and the paragraphs are in it."""
    body = "".join(f"&lt;p&gt;{SUMMARY} ({n})&lt;/p&gt;" for n in range(1, 4))
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": body})
    found = extract(
        f'<html><script type="application/ld+json">{data}</script><p id="app"></p></html>'.encode(),
        "https://paper.example/a/1",
        "text/html",
    )
    assert isinstance(found, Extracted)
    assert found.text == "\n".join(f"{SUMMARY} ({n})" for n in range(1, 4))


def _misread(text: str, as_: str = "utf-8") -> str:
    """As browsers and databases misread it: windows-1252, and control characters for what that leaves open."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode(as_)
    )


@pytest.mark.parametrize("written", ["utf-8", "windows-1256"])
@pytest.mark.parametrize("whole", [True, False])
def test_what_was_misread_before_it_came_is_mended(written: str, whole: bool) -> None:
    """A feed that took Arabic for Latin letters is turned back, also where only one item of it has come so."""
    title = f"{TITLE} في مجلس ظفار"
    first = item(
        1, title=_misread(title, written), summary=_misread(SUMMARY, written), link="https://a.example/1"
    )
    second = item(2, title=OTHER, summary=SUMMARY, link="https://a.example/2")
    text = rss(first) if whole else rss(first, second)
    text = text.replace("صحيفة المثال", _misread("صحيفة المثال", written)) if whole else text
    entries = read(text).entries
    assert (entries[0].title, entries[0].summary) == (title, SUMMARY)
    assert [entry.title for entry in entries[1:]] == [] if whole else [OTHER]


def test_accented_words_are_no_misread_arabic() -> None:
    """French, Turkish and Spanish names beside Arabic stay as they are."""
    title = "التقى الوزير François Müller في Çeşme وزار Ñuñoa وÉvian-les-Bains"
    assert read(rss(item(1, title=title, link="https://a.example/1"))).entries[0].title == title


async def test_an_article_taken_away_is_not_the_front_page(client: GuardedClient, web: ScriptedWeb) -> None:
    """Where a server leads from an article to the front page, what stands there is not taken for the article."""
    web.on("/a/1", redirect("/ar/"))
    web.on("/ar/", html(page()))
    async with ParserPool(1) as pool:
        found = await PageReader(client, pool).read(web.url("/a/1"), START)
    assert isinstance(found, PageFailure)
    assert found.code == "no_article"


@pytest.mark.parametrize("status", [410, 429, 503])
async def test_a_refusal_counts_whatever_comes_after_it(
    status: int, client: GuardedClient, web: ScriptedWeb
) -> None:
    """A body that breaks off, or is not packed as it says, costs neither the status nor Retry-After."""
    headers = {"Retry-After": "600", "Content-Length": "500", "Content-Encoding": "gzip"}
    web.on("/feed", Answer(status=status, body=b"no", headers=headers, hang_up=True))
    result = await client.get(web.url("/feed"))
    assert (result.error and result.error.code, result.status) == (f"http_{status}", status)
    assert result.headers["retry-after"] == "600"


BUTTONS = [
    " اقرأ المزيد",
    " إقرأ المزيد...",
    " [&#8230;] المزيد",
    "… قراءة المزيد »",
    " &lt;a&gt;تابع القراءة&lt;/a&gt;",
    f" [...] متابعة القراءة {TITLE} &rarr;",
    " Read more",
    "&lt;br/&gt;اقرأ/ي أيضا: محطة ثانية قريبا",
    "&lt;p&gt;للاشتراك في قناتنا على تلغرام اضغط هنا&lt;/p&gt;",
]


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_behind_an_excerpt_is_no_text(button: str) -> None:
    """What invites to go on reading belongs to the page that the excerpt was taken from."""
    told = read(one(summary="@").replace("@", SUMMARY + button)).entries[0].text
    assert told.rstrip(" .…[]") == SUMMARY.rstrip(".")


def test_a_description_with_paragraphs_is_a_text() -> None:
    """Where the whole article stands in the description, its paragraphs stay, and boxes between them go."""
    told = f"<![CDATA[<p>{SUMMARY}</p><p>اقرأ أيضا: {OTHER}</p><p>{SUMMARY} (2)</p>]]>"
    entry = read(one(summary="@").replace("@", told)).entries[0]
    assert entry.text == f"{SUMMARY}\n{SUMMARY} (2)"


@pytest.mark.parametrize(
    "end", ["يشجع أطفال القرى على متابعة القراءة.", "دعاهم إلى قراءة المزيد.", "يريد المزيد."]
)
def test_sentences_about_reading_stay(end: str) -> None:
    """The same words in a sentence are the sentence."""
    assert read(one(summary=f"{SUMMARY} {end}")).entries[0].text == f"{SUMMARY} {end}"


@pytest.mark.parametrize(
    "behind", [" - صحيفة المثال", " | صحيفة المثال", " — صحيفة  المثال", " | محليات | صحيفة المثال"]
)
def test_a_headline_goes_without_the_name_of_its_outlet(behind: str) -> None:
    """What a system puts behind each headline is not the headline; the feed and the page tell the outlet's name."""
    text = one(title=TITLE + behind).replace("<title>صحيفة المثال<", "<title>محليات - صحيفة المثال<")
    assert read(text).entries[0].title == TITLE
    site = '<meta property="og:site_name" content="محليات | صحيفة المثال">'
    found = extract(page(TITLE + behind).replace("<head>", f"<head>{site}").encode(), "https://a.example/1")
    assert isinstance(found, Extracted)
    assert found.title == TITLE


@pytest.mark.parametrize("title", ["صحيفة المثال", "لبنان - سوريا", "حوار | وزير المياه: المحطة قبل الصيف"])
def test_a_headline_loses_no_word_of_its_own(title: str) -> None:
    """A dash or a bar is no reason to cut, and no headline is cut away whole."""
    assert read(one(title=title)).entries[0].title == title


RHYTHMS = [
    ("<ttl><![CDATA[ 60 ]]></ttl>", "ttl", 3600),
    ("<ttl>60.0</ttl>", "ttl", 3600),
    ('<syn:updatePeriod xmlns:syn="x">daily</syn:updatePeriod>', "update_period", None),
    (
        "<syn:updatePeriod>daily</syn:updatePeriod><syn:updateFrequency>4</syn:updateFrequency>",
        "update_period",
        21600,
    ),
]


@pytest.mark.parametrize(("head", "name", "seconds"), RHYTHMS)
def test_a_wish_counts_however_it_is_written(head: str, name: str, seconds: int | None) -> None:
    """CDATA, a fraction or another prefix change nothing in what a feed asks for."""
    asked = getattr(read(rss(item(1), head=head)), name)
    assert (asked and asked.total_seconds()) == seconds


def test_dates_without_a_blank_and_with_both_names_of_the_month() -> None:
    """Digits alone, and the Levant's name beside Egypt's with nothing between, are whole dates."""
    assert parse_date("20240328120000", "Asia/Riyadh") == datetime(2024, 3, 28, 9, tzinfo=UTC)
    assert parse_date("28 آذار مارس 2024 12:00", "Asia/Riyadh") == datetime(2024, 3, 28, 9, tzinfo=UTC)


def test_json_with_line_breaks_in_its_strings_is_read() -> None:
    """Not what JSON allows, but what templates write, and clear all the same."""
    feed_ = read(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "url": "https://a.example/1",'
        f' "title": "{TITLE}\n", "content_text": "{SUMMARY}\n{OTHER}"}}]}}',
        "application/json",
    )
    assert (feed_.entries[0].title, feed_.entries[0].text) == (TITLE, f"{SUMMARY}\n{OTHER}")


@pytest.mark.parametrize("start", ["<script>", "<!--", "<h1>", "<input ", "<style", "<title>", "<svg><!--"])
def test_markup_that_never_ends_costs_no_time(start: str) -> None:
    """A page may be ten megabytes of beginnings; reading it must take time in proportion, not in its square."""
    markup = start * 40_000  # each once sought to the end: many minutes
    assert obstacle(markup) is None
    assert lines_of(markup + SUMMARY)[-1:] != []


def test_what_is_hidden_goes_and_what_never_ends_stays() -> None:
    """Comments and scripts go from start to end, whatever stands in them; the rest is kept as it was."""
    text = "a<!-- <script> -->b<SCRIPT x>'</p>'</script >c<style>d"
    assert without_hidden(text, "script", "style") == "a b c<style>d"


@pytest.mark.parametrize("control", ["&#1;", "&#x1F;", "&#11", "\x0b", "\x01", "&#65535;"])
def test_a_control_character_costs_no_article(control: str) -> None:
    """Typed in a word processor, they stand in many a page; the article is read without them."""
    text = (
        page(TITLE)
        .replace("<p>", f"{control}<p>")
        .replace("</p>", f"</p>{control}<script>x</script>{control}")
    )
    found = extract(text.encode(), "https://paper.example/a/1")
    assert isinstance(found, Extracted)
    assert found.text.isprintable() or set(found.text) - {c for c in found.text if c.isprintable()} == {"\n"}


@pytest.mark.parametrize("space", ["http://search.yahoo.com/mrss/ ", " http://search.yahoo.com/mrss/", "a b"])
def test_a_namespace_with_a_blank_costs_no_feed(space: str) -> None:
    """One blank too many in a declaration, and feedparser knows no way out."""
    told = one().replace("<rss ", f'<rss xmlns:media="{space}" ').replace("</item>", "<media:x/></item>")
    assert read(told).entries[0].title == TITLE


async def test_a_link_is_read_where_it_cannot_hold_the_bot(client: GuardedClient, web: ScriptedWeb) -> None:
    """A page that takes for ever to read ends with the pool's patience, and whoever pasted it is told."""
    web.on("/a/1", html("<p>" + "نص<br>" * 20_000))
    async with ParserPool(1, seconds=0.02) as pool:
        with pytest.raises(InputError) as told:
            await LinkReader(client, pool, Analyst(packaged_gazetteer(), ())).brief(web.url("/a/1"), START)
    assert told.value.values["problem"] == "extract_timeout"


MISTYPED = [
    "\u200fhttps://paper.example/a/1",
    "https://paper.example/a/1\u200b",
    "\ufeffhttps://paper.example/a/1",
    "https://paper.example/\r\n      a/1",
    "https://paper.example\\a\\1",
    "http://https://paper.example/a/1",
    "https:/paper.example/a/1",
    "https:///paper.example/a/1",
]


@pytest.mark.parametrize("link", MISTYPED)
def test_a_link_is_taken_as_a_browser_takes_it(link: str) -> None:
    """What editors paste into a field leads where they meant it to; it is no page of its own."""
    assert read(one(link=link, guid="")).entries[0].link == "https://paper.example/a/1"


@pytest.mark.parametrize(
    "link", ["https://paper.example/go/http://b.example/x", "https://paper.example/?u=https:/b"]
)
def test_an_address_in_an_address_stays(link: str) -> None:
    """Only what stands at the start is mended."""
    assert canonical_url(link).replace("%3A", ":").replace("%2F", "/") == link


def _sitemap(*urls: str, name: str = "news") -> str:
    told = "".join(f"<url>{url}</url>" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by a plug-in -->\n<urlset '
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
        f'xmlns:{name}="http://www.google.com/schemas/sitemap-news/0.9">{told}</urlset>'
    )


@pytest.mark.parametrize("name", ["news", "n"])
def test_a_news_sitemap_is_read_as_a_feed(name: str) -> None:
    """An outlet without a feed tells search engines address, headline and date; that is what we need too."""
    text = _sitemap(
        "<loc>https://paper.example/a?id=1&amp;utm_source=s</loc>"
        "<image:image><image:title>صورة</image:title></image:image>"
        f"<{name}:news><{name}:publication><{name}:name>صحيفة المثال</{name}:name></{name}:publication>"
        f"<{name}:publication_date>2024-03-28T12:00+03:00</{name}:publication_date>"
        f"<{name}:title><![CDATA[{TITLE} | صحيفة المثال]]></{name}:title></{name}:news>",
        "<loc>https://paper.example/about</loc><lastmod>2020-01-01</lastmod>",
        name=name,
    )
    found = read(text, "application/xml")
    assert (found.title, found.reader, found.cut) == ("صحيفة المثال", "sitemap", False)
    assert [(entry.title, entry.link, entry.published) for entry in found.entries] == [
        (TITLE, "https://paper.example/a?id=1", datetime(2024, 3, 28, 9, tzinfo=UTC))
    ]
    cut = read(text[: text.index("/about")], "application/xml")
    assert (len(cut.entries), cut.cut) == (1, True)


def test_a_sitemap_without_headlines_is_no_feed() -> None:
    """A list of addresses alone tells nothing that could be shown."""
    found = read(
        _sitemap("<loc>https://paper.example/a</loc><lastmod>2024-03-28</lastmod>"), "application/xml"
    )
    assert found.error is not None
    assert found.error.code == "not_a_feed"


ABOVE = [
    ["كتب: سامر الحلو", "الخميس 28 مارس 2024 - 12:00 م"],
    ["آخر تحديث: ٢٨ آذار/مارس ٢٠٢٤ الساعة ١٢:٠٠", TITLE, "بقلم / هدى ناصر"],
    ["تاريخ النشر: 18 رمضان 1445 هـ الموافق 28-03-2024"],
    ["2024/03/28 | 12:00 (بتوقيت غرينتش)"],
]


@pytest.mark.parametrize("above", ABOVE)
def test_who_wrote_it_and_when_is_no_sentence(above: list[str]) -> None:
    """The lines between headline and text, and those under it, are not what the article says."""
    assert clean_lines([*above, SUMMARY, OTHER, "تحرير: هدى ناصر"], TITLE) == f"{SUMMARY}\n{OTHER}"


@pytest.mark.parametrize(
    "line",
    [
        "كتب سامر الحلو رسالة إلى المجلس",
        "استقال الوزير في 28 مارس 2024",
        "مارس 2024: المجلس يوافق على المحطة",
        "تقرير: المحطة تتأخر",
        "2024",
    ],
)
def test_a_line_that_says_something_stays(line: str) -> None:
    """A date or a name in a line of its own words takes nothing away; nor is a text left empty."""
    assert clean_lines([line, SUMMARY] if line != "2024" else [line]).startswith(line)


def test_an_article_may_speak_of_walls() -> None:
    """A sentence that quotes what pay walls say makes no wall of the article it stands in."""
    said = (
        "وقال الباحث إن عبارة «هذا المحتوى مخصص للمشتركين» باتت تستقبل القراء في معظم صحف المنطقة منذ عامين."
    )
    found = extract(
        page(TITLE).replace("</article>", f"<p>{said}</p></article>").encode(), "https://a.example/1"
    )
    assert isinstance(found, Extracted)
    assert said in found.text
    wall = page(TITLE, 3).replace("</article>", "<p>هذا المحتوى مخصص للمشتركين</p></article>")
    refused = extract(wall.encode(), "https://a.example/1")
    assert isinstance(refused, PageFailure)
    assert refused.code == "paywall"


def test_a_page_that_leads_on_is_no_article() -> None:
    """«You will be taken to …» is not what somebody wanted to read."""
    text = (
        "سيتم تحويلك إلى الصفحة المطلوبة خلال خمس ثوان، وإذا لم يحدث ذلك يمكنك الضغط على الرابط أدناه، "
        "شكرا لزيارتك موقعنا ونتمنى لك وقتا طيبا."
    )
    found = extract(f"<html><body><p>{text}</p></body></html>".encode(), "https://a.example/1")
    assert isinstance(found, PageFailure)


def test_the_date_is_that_of_the_article() -> None:
    """A ticker above the article has dates too; JSON-LD may stand in a comment of JavaScript."""
    top = '<div><time datetime="2020-01-01T00:00:00Z">قبل</time></div>'
    text = page(TITLE).replace("<body>", f"<body>{top}")
    dated = text.replace("</h1>", '</h1><time datetime="2024-03-28T12:00:00+03:00">اليوم</time>')
    data = json.dumps(
        {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-03-28T12:00:00+03:00"}
    )
    script = f'<script type="application/ld+json">/*<![CDATA[*/{data}/*]]>*/</script>'
    for html_ in (dated, text.replace("<head>", f"<head>{script}")):
        found = extract(html_.encode(), "https://a.example/1")
        assert isinstance(found, Extracted)
        assert found.published == datetime(2024, 3, 28, 9, tzinfo=UTC)


def test_a_stub_takes_no_date_that_lies_ahead() -> None:
    """What is filled in later is held to what holds for all: no article is of tomorrow."""
    stub = Article(id=ArticleId("a"), outlet="ص", title=TITLE, text="", url="https://a.example/1")
    ahead = Extracted(title=TITLE, text=SUMMARY, published=START + timedelta(days=9), url="", method="rules")
    article = filled(stub, ahead, START, Policy())
    assert article is not None
    assert article.published == START


@pytest.mark.parametrize("link", ["/", "/app#/news/{}", "/n.asp?t=%C7%E1%DE{}"])
async def test_no_item_takes_the_place_of_another(link: str, room: Newsroom) -> None:
    """Items that all link to the front page, or differ behind the hash or in other letters, are kept one by one, and
    polling again brings what is new alone.
    """
    items = [
        item(n, title=f"{TITLE} {n}", link=room.web.url(link.format(n)), summary=SUMMARY) for n in range(4)
    ]
    room.web.on("/feed", feed(rss(*items[1:])), feed(rss(*items)))
    await room.add()
    first, second = await room.poll_one(), await room.poll_one()
    assert (first.new_articles, first.revised_articles) == (3, 0)
    assert (second.new_articles, second.revised_articles) == (1, 0)
    assert {article.title for article in await room.articles()} == {f"{TITLE} {n}" for n in range(4)}


def test_an_item_that_feedparser_stumbles_over_costs_itself_alone() -> None:
    """Markup broken in one item leaves the others readable."""
    broken = "<item><title>خبر</title><link</item></x></item>>https://paper.example/a/1</link><descrip</item>"
    text = rss(
        item(1, title=TITLE, link="https://paper.example/a/2"), "@", item(2, title=OTHER, summary="ق & ك")
    )
    text = text.replace('version="2.0"', 'version="2.0" xmlns="http://backend.userland.com/rss2"').replace(
        "@", broken
    )
    with pytest.raises(KeyError):
        reference._parsed(repair(strip_head(text)))
    titles = [entry.title for entry in read(text).entries]
    assert titles[0] == TITLE
    assert titles[-1] == OTHER
