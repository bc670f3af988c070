"""The short way for the common case: well-formed RSS 2.0 and Atom 1.0, through the parser that feedparser itself
stands on (expat, here by way of ElementTree).

It gives what feedparser would give, or None: then feedparser reads the document. Whatever is out of the
ordinary in an item (an element twice, markup that is not escaped, a relative base, elements of which
feedparser makes a title or a summary) sends the whole document the long way.
"""

import re
from typing import TypeAlias
from xml.etree import ElementTree

from adapters.feeds.model import RawFeed, RawItem

_ATOM = "{http://www.w3.org/2005/Atom}"
_ATOM_CONTENT, _ATOM_ENTRY, _ATOM_LINK = f"{_ATOM}content", f"{_ATOM}entry", f"{_ATOM}link"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_RSS_FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "id",
    "pubDate": "published",
    f"{_DC}date": "updated",
    "description": "summary",
}
_ATOM_FIELDS = {
    f"{_ATOM}title": "title",
    f"{_ATOM}id": "id",
    f"{_ATOM}published": "published",
    f"{_ATOM}updated": "updated",
    f"{_ATOM}summary": "summary",
}
_HARMLESS = frozenset(
    {"category", "author", "comments", "enclosure", "thumb", "thumbnail", "section", "photo"}
    | {f"{_DC}{name}" for name in ("creator", "subject", "language", "publisher", "rights")}
    | {f"{_MEDIA}{name}" for name in ("content", "group", "thumbnail", "credit", "rating", "keywords")}
    | {f"{_ATOM}{name}" for name in ("author", "name", "uri", "email", "category")}
    | {"{http://purl.org/rss/1.0/modules/slash/}comments"}
    | {f"{{http://wellformedweb.org/CommentAPI/}}{name}" for name in ("comment", "commentRss")}
    | {"{com-wordpress:feed-additions:1}post-id"}
)
_NESTED = frozenset({f"{_MEDIA}content", f"{_MEDIA}group", f"{_ATOM}author"})
_TEXT_TYPES = frozenset({"", "text", "html", "text/html", "text/plain"})
# feedparser reads such characters a second time, as Latin-1 bytes of UTF-8 or as windows-1252. Each pattern begins
# with the bytes that tell, which are quickly looked for.
_REREAD = (
    re.compile(rb"\xc2[\x80-\x9f]"),
    re.compile(rb"\xc3[\x82-\xb4]\xc2"),
    re.compile(rb"&#(?:0*1[2-5]\d|[xX]0*[89][0-9a-fA-F]);"),
)
_QUERY = re.compile("&([A-Za-z0-9_]+);")
MOST_TAGS = 200_000  # of a document that is built in memory as a whole; no feed has a tenth of it
_Element: TypeAlias = "ElementTree.Element[str]"


def read_fast(text: str) -> RawFeed | None:
    """The items of `text` (decoded and repaired), or None where feedparser has to read it."""
    body = text.encode("utf-8", "replace")
    if any(pattern.search(body) for pattern in _REREAD) or body.count(b"<") > MOST_TAGS:
        return None
    parser = ElementTree.XMLParser(encoding="utf-8")  # noqa: S314  (entities were refused before)
    try:
        parser.feed(body)
        root = parser.close()
    except (ElementTree.ParseError, ValueError):
        return None
    if _XML_BASE in root.attrib:
        return None
    if root.tag == "rss" and root.get("version", "").startswith("2."):
        return _rss(root)
    if root.tag == f"{_ATOM}feed" and root.get("version") is None:
        return _atom(root)
    return None


def _rss(root: _Element) -> RawFeed | None:
    channels = root.findall("channel")
    if len(channels) != 1 or len(root) != 1 or channels[0].keys():
        return None
    channel = channels[0]
    if channel.find("{*}entry") is not None:
        return None
    titles = channel.findall("title")
    if (
        len(titles) > 1
        or any(len(title) for title in titles)
        or channel.find("{*}title") not in (None, *titles)
    ):
        return None
    items = [_rss_item(item) for item in channel.iterfind("item")]
    return _feed(titles, items)  # no items: names in capitals, or items elsewhere


def _rss_item(item: _Element) -> RawItem | None:
    found: dict[str, str] = {}
    contents: list[str] = []
    permalink = ""
    if item.keys():
        return None
    for child in item:
        tag = child.tag
        field = _RSS_FIELDS.get(tag)
        if field is not None:
            if field in found or len(child) or (child.keys() and not _plain_attributes(child, field)):
                return None
            found[field] = _text(child)
            if field == "id" and child.get("isPermaLink", "true") == "true":
                permalink = found["id"]
        elif tag in _HARMLESS and not len(child) and not child.keys():
            continue
        elif tag == _CONTENT:
            if len(child) or child.keys():
                return None
            contents.append(_text(child))
        elif not _harmless(child):
            return None
    if "link" in found and "&" in found["link"]:
        found["link"] = _QUERY.sub(r"&\1", found["link"].replace("&amp;", "&"))
    return _raw(found, contents, permalink)


def _atom(root: _Element) -> RawFeed | None:
    if root.find("{*}item") is not None:
        return None
    titles = root.findall(f"{_ATOM}title")
    if len(titles) > 1 or any(len(title) or title.get("type", "") not in _TEXT_TYPES for title in titles):
        return None
    return _feed(titles, [_atom_entry(entry) for entry in root.iterfind(_ATOM_ENTRY)])


def _atom_entry(entry: _Element) -> RawItem | None:
    found: dict[str, str] = {}
    contents: list[str] = []
    if _XML_BASE in entry.attrib:
        return None
    for child in entry:
        field = _ATOM_FIELDS.get(child.tag)
        if field is not None or child.tag == _ATOM_CONTENT:
            if len(child) or child.get("type", "") not in _TEXT_TYPES or not _plain_attributes(child, field):
                return None
            if field is None:
                contents.append(_text(child))
            elif field in found:
                return None
            else:
                found[field] = _text(child)
        elif child.tag == _ATOM_LINK:
            if child.get("rel", "alternate") == "alternate":
                if (
                    "link" in found
                    or _XML_BASE in child.attrib
                    or "href" not in child.attrib
                    or child.get("type", "text/html") != "text/html"
                ):
                    return None
                found["link"] = child.get("href", "")
        elif not _harmless(child):
            return None
    # Where an entry has no link, feedparser takes its id for one.
    return None if len(contents) > 1 else _raw(found, contents, found.get("id", ""))


def _feed(titles: list[_Element], items: list[RawItem | None]) -> RawFeed | None:
    read = tuple(item for item in items if item is not None)
    if not read or len(read) < len(items):
        return None
    return RawFeed(title=_text(titles[0]) if titles else "", items=read)


def _raw(found: dict[str, str], contents: list[str], permalink: str) -> RawItem:
    told = found.get
    return RawItem(
        id=told("id", ""),
        title=told("title", ""),
        link=told("link", permalink),
        published=told("published", ""),
        updated=told("updated", ""),
        summary=found["summary"] if "summary" in found else contents[0] if contents else "",
        content=tuple(contents),
    )


def _plain_attributes(element: _Element, field: str | None) -> bool:
    """No attribute that changes how feedparser reads the element's text."""
    names = set(element.keys())
    if field == "id":
        names.discard("isPermaLink")
        return not names and element.get("isPermaLink", "true") in ("true", "false")
    return not names - {"type"} and element.get("type", "") in _TEXT_TYPES


def _harmless(element: _Element) -> bool:
    if not len(element):
        return _harmless_alone(element)
    return all(_harmless_alone(one) and (not len(one) or one.tag in _NESTED) for one in element.iter())


def _harmless_alone(element: _Element) -> bool:
    if element.tag == _ATOM_LINK:
        return element.get("rel", "alternate") != "alternate"
    return element.tag in _HARMLESS and element.get(_XML_BASE) is None


def _text(element: _Element) -> str:
    return (element.text or "").strip()
