"""Lists of sources, and looking at, adding and taking away sources."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from bot.cli import main
from bot.cli.sources import run_check
from bot.errors import InputError
from bot.settings import Settings
from bot.sources import (
    add_source,
    check_sources,
    packaged_sources,
    read_feed,
    read_sources,
    remove_source,
    write_opml,
    write_toml,
)
from bot.sources.looking import typed_address
from bot.texts import texts
from summaries.types import Source, SourceId
from tests.collecting.newsroom import START, Newsroom, item, rss
from tests.fakes.web import Answer, ScriptedWeb, feed, html, redirect

AHEAD = datetime(2099, 3, 28, 12, tzinfo=UTC)  # new at whatever time this runs
CARD = Source(
    id=SourceId("a"), outlet='صحيفة "أ" & ب', url="https://a.example/rss?x=1&y=2", country="EG", kind="newspaper",
    state_funded=False, zone="Africa/Cairo", enabled=False, names=("أ", "A|b"), evidence="سطر\nثان",
)  # fmt: skip


def test_the_packaged_list() -> None:
    """23 outlets, the first 16 enabled, each with its evidence; what is not known is None, not a guess."""
    sources = packaged_sources()
    assert [source.enabled for source in sources] == [True] * 16 + [False] * 7
    assert len({source.url for source in sources}) == len({source.id for source in sources}) == 23
    assert all(source.evidence and source.names and source.kind for source in sources)
    assert any(source.state_funded is None for source in sources)
    assert any(source.country is None for source in sources)


def test_toml_there_and_back() -> None:
    """What is written is what is read, quotes, line breaks and all."""
    assert read_sources(write_toml([CARD, *packaged_sources()]), "x.toml") == (CARD, *packaged_sources())


def test_opml_there_and_back() -> None:
    """The whole card survives OPML, in attributes that other readers ignore."""
    card = Source(
        id=SourceId("a"), outlet='صحيفة "أ" & ب', url=CARD.url, names=("أ", "ب"), state_funded=False
    )
    assert read_sources(write_opml([card, *packaged_sources()]), "x.opml") == (card, *packaged_sources())


def test_opml_of_other_readers() -> None:
    """Folders, missing titles, feeds named twice over and outlines without feed: each feed becomes a source."""
    opml = """<?xml version="1.0"?><opml version="1.0"><head/><body><outline text="سياسة">
      <outline type="rss" text="أ" xmlUrl="https://www.a.example/rss"/>
      <outline title="ب" xmlUrl="https://b.example/feed?x=1&amp;y=2" htmlUrl="https://b.example"/></outline>
      <outline text="folder only"/><outline xmlUrl="https://a.example/rss"/></body></opml>"""
    sources = read_sources(opml, "export.opml")
    assert [(source.id, source.outlet) for source in sources] == [
        ("a.example-rss", "أ"),
        ("b.example-feed-x-1-y-2", "ب"),
        ("a.example-rss-2", "a.example"),
    ]


GOOD = '[[source]]\nid = "a"\noutlet = "أ"\nurl = "https://a.example/rss"\n'


@pytest.mark.parametrize(
    ("text", "key", "field"),
    [
        ("source = [", "sources.not_toml", None),
        ("", "sources.empty", None),
        ("[[sauce]]\nid = 'a'", "sources.unknown_key", "sauce"),
        (GOOD + 'colour = "red"', "sources.unknown_key", "colour"),
        ('[[source]]\nid = "a"\noutlet = "أ"', "sources.missing_key", "url"),
        ('[[source]]\noutlet = "أ"\nurl = "https://a.example"', "sources.missing_key", "id"),
        (GOOD.replace("https:", "file:"), "sources.bad_value", "url"),
        (GOOD.replace('"a"', '"../a"'), "sources.bad_value", "id"),
        (GOOD + 'zone = "Mars/Base"', "sources.bad_value", "zone"),
        (GOOD + 'kind = "blog"', "sources.bad_value", "kind"),
        (GOOD + 'country = "Egypt"', "sources.bad_value", "country"),
        (GOOD + 'enabled = "yes"', "sources.bad_value", "enabled"),
        (GOOD + 'names = "a"', "sources.bad_value", "names"),
        ("source = 3", "sources.bad_value", "source"),
        (GOOD + GOOD, "sources.twice", None),
        ("<html></html>", "sources.not_opml", None),
        ("<opml><body>", "sources.not_opml", None),
        ("<opml><body/></opml>", "sources.empty", None),
    ],
)
def test_a_broken_list_says_what_is_wrong(text: str, key: str, field: str | None) -> None:
    """Each error names the file, and the field where there is one."""
    with pytest.raises(InputError) as caught:
        read_sources(text, "my.toml")
    assert (caught.value.key, caught.value.values["file"]) == (key, "my.toml")
    assert caught.value.values.get("field") == field


def test_opml_entities_are_not_followed() -> None:
    """An OPML file is from outside, too: one that points at a file of ours is refused."""
    doctype = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(InputError) as caught:
        read_sources(
            f'{doctype}<opml><body><outline text="&x;" xmlUrl="https://a.example"/></body></opml>', "x"
        )
    assert caught.value.key == "sources.not_opml"


async def test_read_shows_a_file_as_the_interface_says(room: Newsroom, tmp_path: Path) -> None:
    """id, title, link, published in UTC or null, summary; the header and the zone are what one gives."""
    file = tmp_path / "feed.xml"
    entry = item(1, title="خبر", link="https://a.example/1", summary="نبذة", published=None)
    dated = item(2, title="ثان", published=None).replace(
        "</item>", "<pubDate>2024-03-28 12:00</pubDate></item>"
    )
    file.write_bytes(rss(entry, dated).replace("UTF-8", "x").encode("windows-1256"))
    found = await read_feed(
        str(file), "text/xml; charset=windows-1256", "Asia/Riyadh", client=room.client, now=START
    )
    assert json.loads(json.dumps(found)) == [
        {"id": "guid-1", "title": "خبر", "link": "https://a.example/1", "published": None, "summary": "نبذة"},
        {"id": "guid-2", "title": "ثان", "link": None, "published": "2024-03-28T09:00:00Z", "summary": ""},
    ]


async def test_read_shows_an_address_and_says_what_is_wrong(room: Newsroom, tmp_path: Path) -> None:
    """An address is fetched through the guard; what is missing or no feed is an error with its key."""
    room.web.on("/feed", feed(rss(item(1))))
    room.web.on("/page", html("<html><body>مرحبا</body></html>"))
    assert len(await read_feed(room.web.url("/feed"), client=room.client, now=START)) == 1
    for place, key in [
        (room.web.url("/page"), "fetch.not_a_feed"),
        (room.web.url("/none"), "fetch.http_404"),
        (str(tmp_path / "none.xml"), "input.no_file"),
        (str(tmp_path), "input.unreadable"),
    ]:
        with pytest.raises(InputError) as caught:
            await read_feed(place, client=room.client, now=START)
        assert caught.value.key == key


async def test_check_tells_what_each_address_gave(room: Newsroom) -> None:
    """Answering, moved, dead and no feed at all, in the order given; nothing is stored."""
    room.web.on("/good", feed(rss(item(1), item(2))))
    room.web.on("/old", redirect("/good", 301))
    room.web.on("/page", html("<html><body>مرحبا</body></html>"))
    sources = [
        Source(id=SourceId(path), outlet=path, url=room.web.url(f"/{path}"))
        for path in ("good", "old", "page", "dead")
    ]
    good, old, page, dead = await check_sources(sources, client=room.client, now=START)
    assert (good.error, good.entries, good.newest, good.title) == (None, 2, START, "صحيفة المثال")
    assert (old.error, old.moved_to) == (None, room.web.url("/good"))
    assert (page.error, dead.error) == ("not_a_feed", "http_404")
    assert await room.articles() == []


SAID = {
    "ar": {
        "fine": "✓ fine: أجاب (المداخل: 2، أحدثها: 28 مارس 2099)",
        "old": "✓ old: أجاب (المداخل: 2، أحدثها: 28 مارس 2099) (انتقل إلى {fine})",
        "undated": "✓ undated: أجاب (المداخل: 1، بلا تاريخ)",
        "silent": "! silent: أجاب، لكن لا جديد فيه منذ 28 مارس 2024 (المداخل: 1)",
        "nothing": "! nothing: أجاب، لكن لا مداخل فيه",
    },
    "en": {
        "fine": "✓ fine: answered (entries: 2, newest: 28 March 2099)",
        "old": "✓ old: answered (entries: 2, newest: 28 March 2099) (moved to {fine})",
        "undated": "✓ undated: answered (entries: 1, without dates)",
        "silent": "! silent: answered, but nothing new since 28 March 2024 (entries: 1)",
        "nothing": "! nothing: answered, but lists no entries",
    },
}


FAILED = {"gone": "http_410", "dead": "http_404", "page": "not_a_feed", "challenge": "challenge"}


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_check_says_how_each_source_is(
    web: ScriptedWeb, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: Literal["ar", "en"]
) -> None:
    """F27: a line a source, in the operator's language: fine, moved, without dates, silent, empty, gone, dead, a page
    in the feed's place, a bot check; the exit code is 0 as long as one answers.
    """
    web.on("/fine", feed(rss(item(1, published=AHEAD), item(2))))
    web.on("/old", redirect("/fine", 301))
    web.on("/undated", feed(rss(item(1, published=None))))
    web.on("/silent", feed(rss(item(1))))
    web.on("/nothing", feed(rss()))
    web.on("/gone", Answer(status=410))
    web.on("/page", html("<html><body>مرحبا</body></html>"))
    web.on(
        "/challenge", html("<html><title>Just a moment...</title><body>Checking your browser</body></html>")
    )
    spoken = texts(language)
    said = SAID[language] | {
        name: f"✗ {name}: {spoken('report.failed', cause=spoken.fetch(code))}"
        for name, code in FAILED.items()
    }
    cards = [Source(id=SourceId(name), outlet=name, url=web.url(f"/{name}")) for name in said]
    listed = tmp_path / "sources.toml"
    listed.write_text(write_toml(cards), "utf-8")
    settings = Settings(sources=listed, data_dir=tmp_path, allow_private_addresses=True)
    assert await run_check(argparse.Namespace(json=False), settings, spoken) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sorted(lines) == sorted(line.replace("{fine}", web.url("/fine")) for line in said.values())
    listed.write_text(write_toml(cards[-2:]), "utf-8")
    assert await run_check(argparse.Namespace(json=False), settings, spoken) == 1


async def test_add_finds_the_feed_behind_a_sites_address(room: Newsroom) -> None:
    """The feed that the page declares is stored, under the feed's own title, and polled from then on."""
    room.web.on("/", html("<link rel=alternate type='application/rss+xml' href='/x/feed'>"))
    room.web.on("/x/feed", feed(rss(item(1))))
    found = await add_source(room.web.url("/"), client=room.client, database=room.database, now=START)
    assert (found.source.url, found.source.outlet, found.entries) == (
        room.web.url("/x/feed"),
        "صحيفة المثال",
        1,
    )
    assert (await room.poll()).new_articles == 1
    with pytest.raises(InputError) as caught:
        await add_source(room.web.url("/x/feed"), client=room.client, database=room.database, now=START)
    assert caught.value.key == "sources.known"


async def test_add_tries_the_usual_places(room: Newsroom) -> None:
    """A site that names no feed may keep one at /feed or /rss; one that has none is an error."""
    room.web.on("/", html("<html><body>مرحبا</body></html>"))
    with pytest.raises(InputError) as caught:
        await add_source(room.web.url("/"), client=room.client, database=room.database, now=START)
    assert caught.value.key == "sources.no_feed"
    room.web.on("/rss.xml", feed(rss(item(1))))
    found = await add_source(
        room.web.url("/"),
        client=room.client,
        database=room.database,
        now=START,
        outlet="اسم",
        zone="Asia/Riyadh",
    )
    assert (found.source.url, found.source.outlet, found.source.zone) == (
        room.web.url("/rss.xml"),
        "اسم",
        "Asia/Riyadh",
    )


async def test_remove_takes_away_or_stops(room: Newsroom) -> None:
    """Removed sources are not polled, their articles stay; one of the program's own list stays removed after
    the next start, and can be added again.
    """
    room.web.on("/feed", feed(rss(item(1))))
    mine = await room.add(name="mine")
    listed = await room.add("/feed?2", name="listed")
    room.web.on("/feed?2", feed(rss(item(2))))
    await room.poll()
    for source in (mine, listed):
        await remove_source(source.id, database=room.database, listed=[listed])
    await room.add("/feed?2", name="listed")  # as each start does with the packaged list
    assert (await room.poll()).outcomes == ()
    assert len(await room.articles()) == 2
    with pytest.raises(InputError):
        await remove_source(mine.id, database=room.database)
    again = await add_source(listed.url, client=room.client, database=room.database, now=START)
    assert again.source.id == "listed"
    assert len((await room.poll()).outcomes) == 1


def test_an_address_is_taken_as_people_type_it() -> None:
    """`kawalis sources add news.example` means https://news.example."""
    assert typed_address("news.example/ar") == "https://news.example/ar"
    assert typed_address("http://news.example") == "http://news.example"


def test_an_export_that_cannot_be_written_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is not there is one sentence with the file's name and exit code 1, not a traceback."""
    monkeypatch.setenv("KAWALIS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KAWALIS_LANGUAGE", "en")
    target = tmp_path / "nowhere" / "x.opml"
    assert main(["sources", "export", str(target)]) == 1
    said = capsys.readouterr().err.strip()
    assert str(target) in said
    assert "\n" not in said


def test_a_removed_source_is_listed_as_disabled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was removed of the program's own list shows as not enabled, and is exported so."""
    monkeypatch.setenv("KAWALIS_DATA_DIR", str(tmp_path))
    assert main(["sources", "remove", "france24"]) == 0
    capsys.readouterr()
    assert main(["sources", "list", "--json"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [source["enabled"] for source in listed if source["id"] == "france24"] == [False]
