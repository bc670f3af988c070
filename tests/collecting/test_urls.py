"""One address for one page, and the feeds that a site names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.feeds import canonical_url, discover, urls

SAME = [
    ("https://a.example/x", "HTTPS://A.Example:443/x#part"),
    ("http://a.example/", "http://a.example:80"),
    ("https://a.example:8443/x", "https://a.example:8443/x"),
    ("https://a.example/x", "https://a.example/x?utm_source=rss&utm_medium=f&fbclid=1&gclid=2"),
    ("https://a.example/x", "https://a.example/x?traffic_source=rss"),
    ("https://a.example/x", "https://a.example/x?at_medium=RSS&at_campaign=KARANGA"),
    ("https://a.example/x", "https://a.example/x?maca=ara-rss-all&xtor=RSS-1"),
    ("https://a.example/x?id=7&page=2", "https://a.example/x?id=7&utm_campaign=z&page=2"),
    ("https://a.example/x?12345", "https://a.example/x?12345"),
    ("https://a.example/%D8%AE%D8%A8%D8%B1", "https://a.example/%d8%ae%d8%a8%d8%b1"),
    ("https://a.example/%D8%AE%D8%A8%D8%B1", "https://a.example/خبر"),
    ("https://a.example/Az-~", "https://a.example/%41%7A-%7e"),
    ("https://a.example/a%2Fb", "https://a.example/a%2fb"),
    ("https://a.example/b", "https://a.example/a/../b"),
    ("https://www.a.example/x", "https://m.a.example/x"),
    ("https://arabic.a.example/x", "https://m.arabic.a.example/x"),
    ("https://a.example/x", "https://a.example/x/amp/"),
    ("https://a.example/x", "https://a.example/amp/x"),
    ("https://a.example/x.html", "https://a.example/x.amp.html"),
    ("https://a.example/x", "https://a.example/x?output=amp"),
    ("https://a.example/x", "https://www.google.com/amp/s/a.example/x"),
    ("https://a.example/x", "https://a-example.cdn.ampproject.org/c/s/a.example/x"),
    ("https://xn--mgbh0fb.example/x", "https://مثال.example/x"),
    ("https://a.example/x", "  https://a.example/x\n"),
]
DIFFERENT = [
    ("https://a.example/x", "https://a.example/y"),
    ("https://a.example/x?id=1", "https://a.example/x?id=2"),
    ("https://a.example/campus/x", "https://a.example/us/x"),
    ("https://a.example/a%2Fb", "https://a.example/a/b"),
    ("https://a.example/Xx", "https://a.example/xx"),
    ("https://a.example/x?source=reuters", "https://a.example/x"),
]


@pytest.mark.parametrize(("expected", "url"), SAME)
def test_copies_of_one_address_are_one(expected: str, url: str) -> None:
    """Case, default ports, fragments, tracking, percent signs, mobile and AMP copies."""
    assert canonical_url(url) == expected


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages_stay_different(one: str, other: str) -> None:
    """What a server may tell apart is not thrown together."""
    assert canonical_url(one) != canonical_url(other)


@given(
    st.from_regex(
        r"https?://[a-z]{1,8}\.example(:[0-9]{2,4})?/[a-zA-Z0-9/%._~\u0627-\u064a-]{0,30}(\?[a-z0-9=&_%]{0,20})?",
        fullmatch=True,
    )
)
def test_the_canonical_form_stands_still(url: str) -> None:
    """Putting it into form twice changes nothing more."""
    once = canonical_url(url)
    assert canonical_url(once) == once


@given(
    st.from_regex(
        r"https?://(m\.|amp\.|a\.)?[a-z]{1,4}\.(example|cdn\.ampproject\.org)"
        r"(/(\.{1,2}|amp|[a-zA-Z0-9_~!$&'()*+,;=:@.-]{0,5}|(%[0-9a-fA-F]{2}){0,4})){0,4}"
        r"(\?((utm_[a-z]{1,3}|id|fbclid|amp|output)(=[a-z0-9%+;/.-]{0,5})?&?){0,3})?(#[a-z]{0,3})?",
        fullmatch=True,
    )
)
def test_the_short_way_gives_what_the_long_one_gives(url: str) -> None:
    """An address that is put into form at once is what taking it apart would have made of it."""
    assert urls._at_once(url) in (None, urls._taken_apart(url))


@given(st.text(max_size=80))
def test_no_text_makes_it_stumble(text: str) -> None:
    """A feed may hold anything in place of a link."""
    assert isinstance(canonical_url(text), str)


def test_feeds_that_a_page_declares_come_first_and_comments_last() -> None:
    """Declared feeds before mere links, feeds of comments behind the others, each once and absolute."""
    html = """<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed">
    <link rel="alternate" type="application/rss+xml" href="/feed?x=1&amp;y=2"><link rel=stylesheet href=/feed.css>
    <LINK REL='alternate' TYPE='application/atom+xml' HREF='https://b.example/atom'>
    <a href="rss.xml">RSS</a> <a href="/feed?x=1&amp;y=2">again</a> <a href="/about">about</a>
    <a href="javascript:rss()">x</a>"""
    assert discover(html, "https://a.example/ar/") == [
        "https://a.example/feed?x=1&y=2",
        "https://b.example/atom",
        "https://a.example/comments/feed",
        "https://a.example/ar/rss.xml",
    ]
