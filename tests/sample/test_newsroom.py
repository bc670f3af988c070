"""The sample newsroom: its feeds and pages over loopback, its texts, and what is expected of them."""

import gzip
import json
import os
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import feedparser
import pytest

from adapters.feeds.decode import decode
from adapters.pages import Extracted, PageFailure, extract
from bot.sample.newsroom import SAMPLE_NOW, SAMPLE_WINDOW, Newsroom, read_outlets
from bot.sample.pages import Outlet, Piece, address, render_page, summary

ROOT = "http://127.0.0.1:1"
OUTLETS = read_outlets()
PIECES = [(outlet, piece) for outlet in OUTLETS for piece in outlet.pieces]
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "expected.toml").read_text("utf-8")
)["articles"]
DATA = Path(os.environ.get("KAWALIS_DATA") or Path(__file__).parents[2].parent / "shared" / "data")
SHARED_RUN = 8


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    async with Newsroom() as opened:
        yield opened


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def pieces_by_guid() -> dict[str, Piece]:
    return {piece.guid: piece for _, piece in PIECES}


def test_there_are_eight_outlets_and_some_thirty_articles() -> None:
    """The sample is broad enough to show several outlets on one event; ids and guids are unique."""
    assert len({outlet.id for outlet in OUTLETS}) == 8
    assert 30 <= len(PIECES) <= 40
    assert len(pieces_by_guid()) == len(PIECES)
    assert {outlet.feed for outlet in OUTLETS} == {"rss", "atom", "jsonfeed"}
    assert {outlet.encoding for outlet in OUTLETS} == {"utf-8", "windows-1256"}


def test_articles_lie_in_the_window() -> None:
    """Every article is dated inside the ten days before the sample's clock, so that each can be briefed."""
    for _, piece in PIECES:
        assert SAMPLE_NOW - SAMPLE_WINDOW <= piece.published < SAMPLE_NOW, piece.guid


def test_related_articles_exist() -> None:
    """A link to a related article leads to another article of the same outlet."""
    for outlet, piece in PIECES:
        assert set(piece.related) <= {other.guid for other in outlet.pieces} - {piece.guid}


def test_texts_survive_the_encoding_of_their_outlet() -> None:
    """No letter of a text is missing from the encoding in which its outlet serves it."""
    for outlet, piece in PIECES:
        for text in (piece.title, piece.caption, *piece.paragraphs):
            assert text.encode(outlet.encoding).decode(outlet.encoding) == text


@pytest.mark.parametrize("outlet", [o for o in OUTLETS if o.feed != "jsonfeed"], ids=lambda o: o.id)
async def test_feeds_parse(newsroom: Newsroom, web: aiohttp.ClientSession, outlet: Outlet) -> None:
    """feedparser reads the feed without complaint, whatever its format and encoding: titles, guids, dates."""
    async with web.get(f"{newsroom.root}/{outlet.id}/feed.xml") as answer:
        body, headers = await answer.read(), dict(answer.headers)
    parsed = feedparser.parse(body, response_headers={k.lower(): v for k, v in headers.items()})
    assert not parsed.bozo
    entries = {entry.id: entry for entry in parsed.entries}
    assert entries.keys() == {piece.guid for piece in outlet.pieces}
    for piece in outlet.pieces:
        entry = entries[piece.guid]
        assert entry.title == piece.title
        assert entry.link == address(outlet, piece, newsroom.root)
        assert entry.summary == summary(piece)
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == piece.published


async def test_the_json_feed_holds_the_articles(newsroom: Newsroom, web: aiohttp.ClientSession) -> None:
    """JSON Feed is served with its own type, version, and dates that carry a zone."""
    outlet = next(outlet for outlet in OUTLETS if outlet.feed == "jsonfeed")
    async with web.get(f"{newsroom.root}/{outlet.id}/feed.xml") as answer:
        assert answer.content_type == "application/feed+json"
        feed = json.loads(await answer.read())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    dates = {item["id"]: datetime.fromisoformat(item["date_published"]) for item in feed["items"]}
    assert dates == {piece.guid: piece.published for piece in outlet.pieces}


async def test_an_unchanged_feed_is_not_sent_twice(newsroom: Newsroom, web: aiohttp.ClientSession) -> None:
    """With the tag of the last answer a feed says 304 and sends nothing; with another tag it sends all."""
    for source in newsroom.sources():
        async with web.get(source.url) as first:
            tag = first.headers["ETag"]
            assert "Last-Modified" in first.headers
        async with web.get(source.url, headers={"If-None-Match": tag}) as second:
            assert (second.status, await second.read()) == (304, b"")
        async with web.get(source.url, headers={"If-None-Match": '"other"'}) as third:
            assert third.status == 200


async def test_pages_are_served_with_their_paragraphs(newsroom: Newsroom, web: aiohttp.ClientSession) -> None:
    """The address in the feed leads to the whole text, in the outlet's encoding, queries included."""
    for outlet, piece in PIECES:
        async with web.get(address(outlet, piece, newsroom.root)) as answer:
            assert answer.status == 200
            text = await answer.text()
        if piece.page == "article":
            assert all(f"<p>{paragraph}</p>" in text for paragraph in piece.paragraphs), piece.guid


async def test_what_is_not_there_is_not_found(newsroom: Newsroom, web: aiohttp.ClientSession) -> None:
    """Unknown outlets and articles answer 404, robots.txt lets all in."""
    for path in ("nobody/feed.xml", "marsad-aldifaf/nothing", "barid-alsanabil/article.php?id=1"):
        async with web.get(f"{newsroom.root}/{path}") as answer:
            assert answer.status == 404, path
    async with web.get(f"{newsroom.root}/robots.txt") as answer:
        assert "Disallow" not in await answer.text()


async def test_sources_say_that_they_are_invented() -> None:
    """Each source carries its card and the note that it is invented; a closed newsroom has no port."""
    async with Newsroom() as newsroom:
        for source in newsroom.sources():
            assert source.evidence == "invented: sample newsroom"
            assert source.url.startswith(f"http://127.0.0.1:{newsroom.port}/")
            assert source.kind
            assert source.country
            assert source.zone != "UTC"
    with pytest.raises(RuntimeError):
        _ = newsroom.port


@pytest.mark.parametrize(
    ("outlet", "piece"),
    [pair for pair in PIECES if pair[1].page == "article"],
    ids=[piece.path for _, piece in PIECES if piece.page == "article"],
)
def test_the_text_can_be_extracted(outlet: Outlet, piece: Piece) -> None:
    """The general extraction gives the paragraphs alone: no links, caption, share buttons or footer."""
    url = address(outlet, piece, ROOT)
    found = extract(render_page(outlet, piece, ROOT), url, f"text/html; charset={outlet.encoding}")
    assert isinstance(found, Extracted)
    assert found.title == piece.title
    assert found.published == piece.published
    assert found.text.split("\n") == list(piece.paragraphs)


def test_the_bot_check_is_no_article() -> None:
    """Exactly one page is a bot check, and it is refused as such."""
    ((outlet, piece),) = [pair for pair in PIECES if pair[1].page != "article"]
    found = extract(render_page(outlet, piece, ROOT), address(outlet, piece, ROOT), "text/html")
    assert isinstance(found, PageFailure)
    assert found.code == "challenge"


def test_pages_declare_their_encoding() -> None:
    """A page without a header is still read rightly, from its own declaration."""
    for outlet, piece in PIECES:
        if piece.page == "article":
            assert piece.title in decode(render_page(outlet, piece, ROOT), "").text


def test_every_article_has_its_expectation() -> None:
    """The expectations name the articles of the sample, all of them and no others."""
    assert EXPECTED.keys() == pieces_by_guid().keys()
    assert {row["label"] for row in EXPECTED.values()} == {"core", "touches", "off"}
    for row in EXPECTED.values():
        assert ("story" in row) == (row["label"] == "core")
        assert {row.get("copied_from"), row.get("denies")} - {None} <= EXPECTED.keys()


def test_five_stories_have_several_outlets() -> None:
    """At least five events are told by three outlets or more, each outlet once."""
    outlets = defaultdict(list)
    for outlet, piece in PIECES:
        if story := EXPECTED[piece.guid].get("story"):
            outlets[story].append(outlet.id)
    assert all(max(Counter(told).values()) == 1 for told in outlets.values())
    assert sum(len(told) >= 3 for told in outlets.values()) >= 5


def words(text: str) -> list[str]:
    folded = re.sub("[\u064b-\u0652\u0670\u0640]", "", text).translate(str.maketrans("أإآٱىةئؤ", "اااايهيو"))
    return re.findall(r"\w+", folded)


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return zip(*(found[start:] for start in range(SHARED_RUN)), strict=False)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def foreign_texts() -> Iterator[str]:
    for path in sorted(DATA.rglob("*")):
        if path.name.endswith((".jsonl", ".jsonl.gz")):
            raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            for line in raw.decode("utf-8").split("\n"):
                yield from strings(json.loads(line)) if line.strip() else ()
        elif path.suffix in {".txt", ".xml", ".html", ".json"}:
            yield path.read_bytes().decode("utf-8", "replace")


@pytest.mark.skipif(not DATA.is_dir(), reason="the evaluation data is not on this machine")
def test_no_sentence_comes_from_the_evaluation_data() -> None:
    """The sample is in our own words: no eight words in a row stand in the evaluation data too."""
    own = {
        run: piece.guid
        for _, piece in PIECES
        for text in (piece.title, piece.caption, *piece.paragraphs)
        for run in runs(text)
    }
    shared = {(" ".join(run), own[run]) for text in foreign_texts() for run in runs(text) if run in own}
    assert not shared
