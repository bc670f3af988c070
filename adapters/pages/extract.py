"""From a page's bytes to its article, or to the reason why there is none.

bytes | decode | tree | outlet's rules, else trafilatura, else readability | JSON-LD if longer | clean
"""

import re
from collections.abc import Iterator

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement
from readability import Document

from adapters.feeds.boilerplate import clean_lines
from adapters.feeds.dates import parse_date
from adapters.feeds.decode import decode
from adapters.feeds.plain import plain, uncovered
from adapters.feeds.repair import fit_for_a_tree
from adapters.feeds.urls import canonical_url, is_front_page
from adapters.http.obstacles import obstacle
from adapters.pages.metadata import PageCard, read_card
from adapters.pages.model import Extracted, PageFailure
from adapters.pages.rules import Rules, rules_for

_LEAST = 120  # characters: less is no article by the general way
_LEAST_BY_RULES = 40  # a «عاجل» stub is short, but where it stands is known
_SENTENCE = 70  # characters: the longest line of a page of headlines is shorter
_JSON_LD_LONGER = 1.15
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "blockquote", "li", "ul", "ol", "pre", "tr", "table", "br", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "figure", "header", "footer"}
)
_NEVER = "script,style,noscript,template,svg,iframe,form,button,figcaption,aside,nav"
_SCHEMA_END = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.I)


def extract(
    body: bytes, url: str, content_type: str = "", rules: Rules | None = None
) -> Extracted | PageFailure:
    """The article in the page `body`, served at `url` with the header `content_type`, read by its outlet's
    `rules` (those packaged for the address, where none are given). A page that is a bot check, log-in,
    cookie or pay wall, or holds no article, is a `PageFailure`.
    """
    if content_type and not re.search(r"html|xml|text/plain|octet-stream", content_type, re.I):
        return PageFailure(code="not_html", detail=content_type[:100], url=url)
    if is_front_page(canonical_url(url)):  # where many a server sends who asks for what it has taken away
        return PageFailure(code="no_article", detail="front page", url=url)
    rules = rules_for(url) if rules is None else rules
    text = decode(body, content_type).text
    tree = _tree(text)
    if tree is None:
        return PageFailure(code="no_article", detail="empty", url=url)
    card = read_card(tree, rules.zone)
    title = _by_selector(tree, rules.title) or card.title
    article, method = _article(tree, text, url, title, card, rules)
    blocked = obstacle(text, article or None)
    if blocked is not None:
        return PageFailure(code=blocked, url=url)
    if not article:
        return PageFailure(code="no_article", url=url)
    date = _by_selector(tree, rules.date)
    return Extracted(
        title=title,
        text=article,
        published=parse_date(date, rules.zone) or card.published,
        author=card.author,
        url=url,
        method=method,
    )


def _article(
    tree: HtmlElement, text: str, url: str, title: str, card: PageCard, rules: Rules
) -> tuple[str, str]:
    """The text and what found it; two empty strings where nothing did."""
    for selector in (*rules.remove, _NEVER):
        for element in tree.cssselect(selector):
            if element.getparent() is not None:
                element.drop_tree()
    found, method = _by_rules(tree, title, rules), "rules"
    if len(found) < _LEAST_BY_RULES:
        found, method = clean_lines(_trafilatura(tree, url), title, rules.drop), "trafilatura"
    if len(found) < _LEAST:
        other = clean_lines(_readability(text, url), title, rules.drop)
        found, method = max((found, method), (other, "readability"), key=lambda pair: len(pair[0]))
    told = clean_lines(_json_ld_lines(card.body), title, rules.drop)
    if len(told) > _JSON_LD_LONGER * len(found):
        found, method = told, "json_ld"
    if method in ("rules", "json_ld"):
        return (found, method) if len(found) >= _LEAST_BY_RULES else ("", "")
    return (found, method) if len(found) >= _LEAST and _is_prose(found) else ("", "")


def _is_prose(text: str) -> bool:
    """Sentences, not a list of headlines, and letters, not noise."""
    letters = sum(character.isalpha() or character.isspace() for character in text)
    return max(map(len, text.split("\n"))) >= _SENTENCE and letters >= 0.6 * len(text)


def _tree(text: str) -> HtmlElement | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = lxml_html.document_fromstring(fit_for_a_tree(text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree


def _by_rules(tree: HtmlElement, title: str, rules: Rules) -> str:
    for selector in rules.body:
        lines: list[str] = []
        for element in _outermost(tree.cssselect(selector)):
            lines.extend(_lines(element))
        found = clean_lines(lines, title, rules.drop)
        if len(found) >= _LEAST_BY_RULES:
            return found
    return ""


def _outermost(elements: list[HtmlElement]) -> Iterator[HtmlElement]:
    """Without those that stand inside another one of the list."""
    chosen = set(elements)
    for element in elements:
        if not any(ancestor in chosen for ancestor in element.iterancestors()):
            yield element


def _lines(element: HtmlElement) -> list[str]:
    """The text of an element, one line a block."""
    pieces: list[str] = []

    def walk(node: HtmlElement) -> None:
        block = node.tag in _BLOCKS
        if block:
            pieces.append("\n")
        pieces.append(" ".join((node.text or "").split("\n")))
        for child in node:
            if isinstance(child.tag, str):
                walk(child)
            pieces.append(" ".join((child.tail or "").split("\n")))
        if block:
            pieces.append("\n")

    walk(element)
    return "".join(pieces).split("\n")


def _trafilatura(tree: HtmlElement, url: str) -> list[str]:
    """trafilatura changes the tree it is given, and stumbles over some; both stay here."""
    try:
        document = trafilatura.bare_extraction(
            lxml_html.fromstring(etree.tostring(tree, encoding="unicode", method="html")),
            url=url,
            fast=True,
            include_comments=False,
            include_tables=False,
        )
    except Exception:  # it lets its own stumbling blocks through; readability is next
        return []
    text = getattr(document, "text", None)
    return text.split("\n") if text else []


def _readability(text: str, url: str) -> list[str]:
    try:
        summary = Document(text, url=url).summary(html_partial=True)
        return _lines(lxml_html.fromstring(summary))
    except Exception:  # as above; JSON-LD is next
        return []


def _json_ld_lines(body: str) -> list[str]:
    body = uncovered(body)
    marked = _SCHEMA_END.sub("\n", body) if "<" in body else body
    return [plain(line) for line in marked.split("\n")]


def _by_selector(tree: HtmlElement, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        for element in tree.cssselect(selector):
            value = element.get("datetime") or element.get("content") or element.text_content()
            if value and value.strip():
                return plain(value)
    return ""
