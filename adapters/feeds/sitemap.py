"""News sitemaps, which many an outlet without a feed keeps for search engines: address, headline and date of what it
published in the last two days. A sitemap that tells no headlines is no feed.
"""

import re
from html import unescape

from adapters.feeds.model import RawFeed, RawItem

_ROOT = re.compile(r"<urlset\b[^<>]*>")
_PREFIX = re.compile(r"""xmlns:([\w-]+)\s*=\s*["']https?://www\.google\.com/schemas/sitemap-news/""")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)


def read_sitemap(text: str) -> tuple[RawFeed, bool] | None:
    """What the news sitemap in `text` (from its root element on) lists, and whether it ends early; None for others."""
    root = _ROOT.match(text)
    if root is None:
        return None
    prefix = _PREFIX.search(root[0])
    news = f"{prefix[1] if prefix else 'news'}:"
    items = []
    outlet = ""
    for part in text.split("<url>")[1:]:
        block, whole, _ = part.partition("</url>")
        title, link = _field(block, f"{news}title"), unescape(_field(block, "loc"))
        if whole and title and link:
            date = _field(block, f"{news}publication_date") or _field(block, "lastmod")
            items.append(RawItem(id=link, title=title, link=link, published=date))
            outlet = outlet or _field(block, f"{news}name")
    return RawFeed(title=outlet, items=tuple(items), known=bool(items)), "</urlset>" not in text


def _field(block: str, name: str) -> str:
    """The text of the first element of that name, as it is written."""
    _, found, rest = block.partition(f"<{name}>")
    value, ended, _ = rest.partition(f"</{name}>")
    return _CDATA.sub(r"\1", value).strip() if found and ended else ""
