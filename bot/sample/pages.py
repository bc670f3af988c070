"""The sample newsroom's feeds and article pages, rendered as text. Nothing here reads or serves anything."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

_SENTENCE = re.compile(r"[^.!؟]*[.!؟]?")
_SUMMARY = 220  # characters; feeds cut their summaries, often inside a sentence
_LEVANT = frozenset({"LB", "JO", "PS", "IQ"})
_FEED_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "jsonfeed": "application/feed+json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article of the sample. `path` may hold a query; `page` is article or challenge."""

    guid: str
    path: str
    title: str
    published: datetime
    paragraphs: tuple[str, ...]
    caption: str = ""
    related: tuple[str, ...] = ()
    page: str = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An invented outlet with its articles. `feed` is rss, atom or jsonfeed; `encoding` that of its bytes."""

    id: str
    name: str
    country: str
    kind: str
    owner: str
    zone: str
    feed: str
    encoding: str
    pieces: tuple[Piece, ...]
    state_funded: bool | None = None

    def newest_first(self) -> list[Piece]:
        return sorted(self.pieces, key=lambda piece: piece.published, reverse=True)


def content_type(outlet: Outlet) -> str:
    """The feed's header, with its charset."""
    return f"{_FEED_TYPES[outlet.feed]}; charset={outlet.encoding}"


def render_feed(outlet: Outlet, root: str) -> bytes:
    """The feed of `outlet`, whose addresses begin with `root` (`http://host:port`), in its own encoding."""
    text = {"rss": _rss, "atom": _atom, "jsonfeed": _json_feed}[outlet.feed](outlet, root)
    return text.encode(outlet.encoding, "xmlcharrefreplace")


def render_page(outlet: Outlet, piece: Piece, root: str) -> bytes:
    """The page of `piece` with what surrounds an article on a news site, or the bot check in its place."""
    text = _CHALLENGE if piece.page == "challenge" else _article_page(outlet, piece, root)
    return text.replace("{charset}", outlet.encoding).encode(outlet.encoding, "xmlcharrefreplace")


def summary(piece: Piece) -> str:
    """The first sentence, cut at a word where it is long."""
    found = _SENTENCE.match(piece.paragraphs[0])
    sentence = (found.group() if found else "").strip()
    if len(sentence) <= _SUMMARY:
        return sentence
    return sentence[:_SUMMARY].rsplit(" ", 1)[0] + "..."


def address(outlet: Outlet, piece: Piece, root: str) -> str:
    """The absolute address of the piece's page."""
    return f"{root}/{outlet.id}/{quote(piece.path, safe='/?=&')}"


def _rss(outlet: Outlet, root: str) -> str:
    items = "".join(
        f"<item><title>{escape(piece.title)}</title><link>{escape(address(outlet, piece, root))}</link>"
        f'<guid isPermaLink="false">{escape(piece.guid)}</guid>'
        f"<pubDate>{format_datetime(piece.published)}</pubDate>"
        f"<description>{escape(summary(piece))}</description></item>\n"
        for piece in outlet.newest_first()
    )
    return (
        f'<?xml version="1.0" encoding="{outlet.encoding}"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{root}/{outlet.id}/</link>"
        f"<description>{escape(outlet.name)}</description><language>ar</language>\n{items}</channel></rss>\n"
    )


def _atom(outlet: Outlet, root: str) -> str:
    entries = "".join(
        f"<entry><id>{escape(piece.guid)}</id><title>{escape(piece.title)}</title>"
        f'<link rel="alternate" type="text/html" href="{escape(address(outlet, piece, root))}"/>'
        f"<published>{piece.published.isoformat()}</published><updated>{piece.published.isoformat()}</updated>"
        f"<summary>{escape(summary(piece))}</summary></entry>\n"
        for piece in outlet.newest_first()
    )
    newest = outlet.newest_first()[0].published.isoformat()
    return (
        f'<?xml version="1.0" encoding="{outlet.encoding}"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><id>{root}/{outlet.id}/</id>'
        f"<title>{escape(outlet.name)}</title><updated>{newest}</updated>"
        f"<author><name>{escape(outlet.name)}</name></author>\n{entries}</feed>\n"
    )


def _json_feed(outlet: Outlet, root: str) -> str:
    items = [
        {
            "id": piece.guid,
            "url": address(outlet, piece, root),
            "title": piece.title,
            "summary": summary(piece),
            "date_published": piece.published.isoformat(),
        }
        for piece in outlet.newest_first()
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{root}/{outlet.id}/",
        "feed_url": f"{root}/{outlet.id}/feed.xml",
        "language": "ar",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _article_page(outlet: Outlet, piece: Piece, root: str) -> str:
    head = f"""<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="{{charset}}">
<title>{escape(piece.title)} | {escape(outlet.name)}</title>
<link rel="canonical" href="{escape(address(outlet, piece, root))}">
<meta property="og:type" content="article"><meta property="og:title" content="{escape(piece.title)}">
<meta property="og:site_name" content="{escape(outlet.name)}">
<meta property="article:published_time" content="{piece.published.isoformat()}">
<script type="application/ld+json">{_linked_data(outlet, piece)}</script></head>"""
    return f"""{head}
<body><header class="site-header"><a href="{root}/{outlet.id}/">{escape(outlet.name)}</a>
<nav><ul><li><a href="#">الرئيسية</a></li><li><a href="#">سياسة</a></li><li><a href="#">اقتصاد</a></li>
<li><a href="#">رياضة</a></li><li><a href="#">من نحن</a></li></ul></nav></header>
<main><article><h1>{escape(piece.title)}</h1>
<div class="meta"><time datetime="{piece.published.isoformat()}">{_written_date(outlet, piece)}</time></div>
{_figure(piece)}{_body(outlet, piece, root)}
<div class="share"><a href="#">فيسبوك</a> <a href="#">واتساب</a> <button type="button">نسخ الرابط</button></div>
</article>{_latest(outlet, piece, root)}</main>
<footer><p>جميع الحقوق محفوظة © {escape(outlet.name)} 2024</p><a href="#">سياسة الخصوصية</a></footer>
</body></html>
"""


def _body(outlet: Outlet, piece: Piece, root: str) -> str:
    """The paragraphs; links to related articles stand after the second, as they do on many sites."""
    lines = [f"<p>{escape(paragraph)}</p>" for paragraph in piece.paragraphs]
    known = {other.guid: other for other in outlet.pieces}
    links = "".join(
        f'<li><a href="{escape(address(outlet, known[guid], root))}">{escape(known[guid].title)}</a></li>'
        for guid in piece.related
    )
    if links:
        lines.insert(2, f'<aside class="related"><h4>اقرأ أيضا</h4><ul>{links}</ul></aside>')
    return "\n".join(lines)


def _latest(outlet: Outlet, piece: Piece, root: str) -> str:
    others = [other for other in outlet.newest_first() if other is not piece][:3]
    links = "".join(
        f'<li><a href="{escape(address(outlet, other, root))}">{escape(other.title)}</a></li>'
        for other in others
    )
    return f'<aside class="latest"><h3>آخر الأخبار</h3><ul>{links}</ul></aside>'


def _figure(piece: Piece) -> str:
    if not piece.caption:
        return ""
    caption = escape(piece.caption)
    return f'<figure><img src="#" alt="{caption}"><figcaption>{caption}</figcaption></figure>\n'


def _written_date(outlet: Outlet, piece: Piece) -> str:
    day = piece.published
    return f"{day.day} {'آذار' if outlet.country in _LEVANT else 'مارس'} {day.year} - {day:%H:%M}"


def _linked_data(outlet: Outlet, piece: Piece) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.title,
        "datePublished": piece.published.astimezone(UTC).isoformat(),
        "publisher": {"@type": "Organization", "name": outlet.name},
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


_CHALLENGE = """<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>لحظة من فضلك...</title></head>
<body><h1>جاري التحقق من متصفحك</h1><p>نحتاج إلى التأكد من أنك لست روبوتا قبل المتابعة. فعّل جافا سكريبت
وملفات تعريف الارتباط ثم أعد تحميل الصفحة.</p><div class="cf-turnstile"></div></body></html>
"""
