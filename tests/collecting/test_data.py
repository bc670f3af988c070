"""The feeds of the evaluation data: each edge case as expected, and the excerpts of real feeds."""

import json
from pathlib import Path

import pytest

from adapters.feeds import parse_feed
from bot.errors import InputError
from bot.sources import read_feed
from tests.collecting.newsroom import START, Newsroom
from tests.fakes.web import Answer


@pytest.mark.parametrize("fast", [True, False])
def test_every_edge_case_is_read_as_expected(data: Path, fast: bool) -> None:
    """Title and date of the first item, or an error where there is nothing to read."""
    folder = data / "feeds" / "edge"
    wrong = []
    for line in (folder / "expected.jsonl").read_text().splitlines():
        case = json.loads(line)
        body = (folder / case["file"]).read_bytes()
        feed = parse_feed(body, case["content_type"], source_zone="UTC", source_id="x", now=START, fast=fast)
        first = feed.entries[0] if feed.entries else None
        published = first.published.isoformat().replace("+00:00", "") if first and first.published else None
        expected = case["published"].rstrip("Z") if case["published"] else None
        if (first.title if first else None, published) != (case["title"], expected):
            wrong.append((case["file"], first))
        if (case["title"] is None) != (feed.error is not None):
            wrong.append((case["file"], feed.error))
    assert wrong == []


async def test_every_edge_case_is_read_from_a_server_too(data: Path, room: Newsroom) -> None:
    """`kawalis sources read` of an address: with the header it is served with, as from the file."""
    folder = data / "feeds" / "edge"
    for line in (folder / "expected.jsonl").read_text().splitlines():
        case = json.loads(line)
        body = (folder / case["file"]).read_bytes()
        room.web.on("/feed", Answer(body=body, headers={"Content-Type": case["content_type"]}))
        reading = read_feed(room.web.url("/feed"), client=room.client, now=START)
        if case["title"] is None:
            with pytest.raises(InputError):
                await reading
            continue
        first = (await reading)[0]
        published = (first["published"] or "").rstrip("Z")
        assert (first["title"], published) == (case["title"], (case["published"] or "").rstrip("Z")), case[
            "file"
        ]


def test_excerpts_of_real_feeds_are_read_the_short_way(data: Path) -> None:
    """Real feeds need no feedparser, and come out the same with it."""
    for file in sorted((data / "feeds" / "excerpts").glob("*.xml")):
        feeds = [
            parse_feed(file.read_bytes(), "", source_zone="UTC", source_id="x", now=START, fast=fast)
            for fast in (True, False)
        ]
        assert feeds[0].reader == "fast"
        assert feeds[0].entries == feeds[1].entries != ()
