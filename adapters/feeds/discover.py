"""From a site's page to its feeds."""

import re
from html import unescape
from urllib.parse import urljoin

_LINK = re.compile(r"<(?:link|a)\b[^<>]*>", re.I)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_LOOKS_LIKE_FEED = re.compile(r"(?:^|[/.?=_-])(?:rss\d?|feed|atom|rdf)(?:$|[/.?&=_-]|xml)", re.I)
_COMMENTS = re.compile(r"comments|التعليقات", re.I)
USUAL_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feed/", "/ar/rss", "/?feed=rss2")


def discover(html: str, url: str) -> list[str]:
    """The feeds that the page `html` at `url` names, absolute, the likeliest first: those it declares,
    then links that look like one. Feeds of comments come last.
    """
    declared, linked = [], []
    for tag in _LINK.findall(html):
        attributes = _attributes(tag)
        href = attributes.get("href", "")
        if not href:
            continue
        target = _target(url, href)
        if not target.startswith(("http://", "https://")):
            continue
        if tag[1:5].lower() == "link":
            if (
                attributes.get("type", "").lower() in _TYPES
                and "alternate" in attributes.get("rel", "").lower()
            ):
                declared.append((bool(_COMMENTS.search(tag)), target))
        elif _LOOKS_LIKE_FEED.search(href):
            linked.append((bool(_COMMENTS.search(tag)), target))
    ordered = sorted(declared, key=lambda pair: pair[0]) + sorted(linked, key=lambda pair: pair[0])
    return list(dict.fromkeys(target for _, target in ordered))


def _target(url: str, href: str) -> str:
    try:
        return urljoin(url, href)
    except ValueError:
        return ""


def _attributes(tag: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(
            next((group for group in match.groups()[1:] if group is not None), "")
        ).strip()
        for match in _ATTRIBUTE.finditer(tag)
    }
