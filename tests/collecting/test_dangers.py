"""Behaviours 14 to 18 and the rules of security: slow, huge, lying and hostile servers."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterable
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from adapters.feeds import ParserPool, parse_feed
from adapters.feeds.fast import read_fast
from adapters.feeds.repair import strip_head
from adapters.http import GuardedClient, Limits, is_public
from adapters.http.addresses import AddressRefusedError, guarded_sockets
from adapters.http.inflate import TooLargeError, read_body
from adapters.http.names import Names
from tests.collecting.newsroom import PARAGRAPH, QUICK, START, Newsroom, item, rss
from tests.fakes.web import Answer, ScriptedWeb, feed, html, redirect

SMALL = Limits(connect=1, read=1, total=0.4, body=100_000)
VERSION = "1"


def guarded(**settings: Any) -> GuardedClient:
    return GuardedClient(contact="https://example.org", version=VERSION, **{"limits": QUICK, **settings})


async def test_14_a_slow_drip_ends_at_the_total_time_out(web: ScriptedWeb) -> None:
    """14: a server that sends a few bytes now and then never trips the read time-out; the total one ends it."""
    web.on("/drip", Answer(body=b"x" * 4000, drip=0.05))
    async with guarded(allow_private=True, limits=SMALL) as client:
        started = time.monotonic()
        result = await client.get(web.url("/drip"))
    assert result.error is not None
    assert result.error.code == "timeout"
    assert time.monotonic() - started < 2


async def test_14_the_total_time_out_spans_redirects(web: ScriptedWeb) -> None:
    """14: hops do not each get a time of their own."""
    for n in range(5):
        web.on(f"/{n}", Answer(status=302, body=b"x" * 24, drip=0.1, headers={"Location": f"/{n + 1}"}))
    web.on("/5", Answer(body=b"x" * 800, drip=0.05))
    async with guarded(allow_private=True, limits=SMALL) as client:
        result = await client.get(web.url("/0"))
    assert result.error is not None
    assert result.error.code == "timeout"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_15_a_bomb_is_stopped_after_decompression_began(web: ScriptedWeb, encoding: str) -> None:
    """15: 50 MB of zeros in 50 kB pass no cap of 200 kB, and are never unpacked whole."""
    zeros = bytes(50_000_000)
    body = gzip.compress(zeros) if encoding == "gzip" else zlib.compress(zeros)
    web.on("/bomb", Answer(body=body, headers={"Content-Encoding": encoding}))
    async with guarded(allow_private=True) as client:
        result = await client.get(web.url("/bomb"))
    assert result.error is not None
    assert result.error.code == "too_large"
    assert result.body == b""


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
async def test_15_an_encoding_we_did_not_ask_for_is_refused(web: ScriptedWeb, encoding: str) -> None:
    """15: brotli bombs and layered ones are not unpacked at all."""
    web.on("/x", Answer(body=b"whatever", headers={"Content-Encoding": encoding}))
    async with guarded(allow_private=True) as client:
        result = await client.get(web.url("/x"))
    assert result.error is not None
    assert result.error.code == "encoding"


async def test_15_a_lying_content_length_gains_nothing(web: ScriptedWeb) -> None:
    """15: neither a length that is too small nor one that is too large lets more than the cap in, and a body
    that ends early is an error.
    """
    web.on("/more", Answer(body=b"x" * 5000, headers={"Content-Length": "10"}))
    web.on("/less", Answer(body=b"x" * 10, headers={"Content-Length": "5000"}, hang_up=True))
    web.on("/huge", Answer(body=b"x" * 300_000, headers={"Content-Length": "300000"}))
    async with guarded(allow_private=True) as client:
        assert len((await client.get(web.url("/more"))).body) <= 10
        assert not (await client.get(web.url("/less"))).ok
        huge = await client.get(web.url("/huge"))
    assert huge.error is not None
    assert huge.error.code == "too_large"


async def test_15_gzip_of_several_members_and_raw_deflate_are_read(web: ScriptedWeb) -> None:
    """15: what real servers send is read all the same."""
    web.on(
        "/two", Answer(body=gzip.compress(b"a") + gzip.compress(b"b"), headers={"Content-Encoding": "gzip"})
    )
    raw = zlib.compressobj(wbits=-15)
    web.on("/raw", Answer(body=raw.compress(b"ab") + raw.flush(), headers={"Content-Encoding": "deflate"}))
    async with guarded(allow_private=True) as client:
        assert (await client.get(web.url("/two"))).body == b"ab"
        assert (await client.get(web.url("/raw"))).body == b"ab"


PRIVATE = """
127.0.0.1 127.8.8.8 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 239.1.1.1
255.255.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 240.0.0.1 :: ::1 fe80::1 fe80::1%eth0
fc00::1 fd12::1 ff02::1 fec0::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
64:ff9b:1::1 2002:7f00:1:: 2002:a00:1:: 2001::1 2001:db8::1 100::1 localhost 127.1 2130706433 0x7f000001 0177.0.0.1
"""
PUBLIC = "8.8.8.8 1.1.1.1 193.0.6.139 2606:4700:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1"


@pytest.mark.parametrize("address", PRIVATE.split())
def test_16_private_addresses_are_not_public(address: str) -> None:
    """16: private, loopback, link-local, CGNAT, multicast, reserved, mapped, translated (NAT64, 6to4), and
    whatever cannot be read as an address.
    """
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_16_public_addresses_are(address: str) -> None:
    """16: the guard lets the public internet through, in each form it may be written in."""
    assert is_public(address)


FORMS = """
127.0.0.1 localhost 127.1 2130706433 0x7f000001 0177.0.0.1 0x7f.0.0.1 0.0.0.0 127.0.0.1.
[::1] [::ffff:127.0.0.1] [64:ff9b::7f00:1] [::127.0.0.1]
"""


@pytest.mark.parametrize("host", FORMS.split())
async def test_16_no_spelling_of_loopback_is_connected_to(web: ScriptedWeb, host: str) -> None:
    """16: decimal, octal, hexadecimal, short, mapped and translated forms all end before the connection."""
    web.on("/feed", feed(rss(item(1))))
    async with guarded() as client:
        result = await client.get(web.url("/feed", host=host))
    assert result.error is not None
    assert result.error.code in ("address_refused", "bad_url", "dns", "connection")
    assert web.asked == []


class Rebinding(AbstractResolver):
    """A name that answers with a public address first and a private one ever after."""

    def __init__(self, port: int) -> None:
        self.answers = ["203.0.113.7", "127.0.0.1"]
        self.port = port
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self.answers[min(self.asked, 1)]
        self.asked += 1
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None: ...


async def test_16_a_name_that_rebinds_is_caught_at_the_socket(web: ScriptedWeb) -> None:
    """16: it does not matter what a name resolved to before: the address being connected to is checked."""
    resolver = Rebinding(web.port)
    assert (await resolver.resolve("rebind.example", web.port))[0]["host"] == "203.0.113.7"
    connector = aiohttp.TCPConnector(resolver=resolver, socket_factory=guarded_sockets(False))
    async with aiohttp.ClientSession(connector=connector) as session:
        with pytest.raises(aiohttp.ClientConnectorError) as caught:
            await session.get(f"http://rebind.example:{web.port}/")
    assert isinstance(caught.value.os_error, AddressRefusedError)
    assert web.asked == []


async def test_16_every_redirect_is_checked(web: ScriptedWeb) -> None:
    """16: a server that we may read must not send us where we may not."""
    async with ScriptedWeb("127.0.0.2") as inner:
        inner.on("/secret", html("secret"))
        web.on("/out", redirect(inner.url("/secret"), 301))
        admitted = frozenset({("127.0.0.1", web.port)})
        async with guarded(allow_private=admitted) as client:
            result = await client.get(web.url("/out"))
    assert result.error is not None
    assert result.error.code == "address_refused"
    assert inner.asked == []
    assert len(web.asked) == 1


async def test_16_only_the_admitted_port_is_admitted(web: ScriptedWeb) -> None:
    """16: the sample newsroom admits its own port; the neighbour's stays closed."""
    async with ScriptedWeb() as neighbour:
        web.on("/a", html("a"))
        neighbour.on("/a", html("a"))
        async with guarded(allow_private=frozenset({("127.0.0.1", web.port)})) as client:
            assert (await client.get(web.url("/a"))).ok
            assert not (await client.get(neighbour.url("/a"))).ok
    assert neighbour.asked == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/hostname", "scheme"),
        ("ftp://a.example/x", "scheme"),
        ("gopher://a.example/", "scheme"),
        ("data:text/html,x", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("//a.example/x", "scheme"),
        ("http:///x", "bad_url"),
        ("http://user:secret@a.example/", "bad_url"),
        ("http://a.example:99999/", "bad_url"),
        ("http://[::1", "bad_url"),
        ("", "scheme"),
    ],
)
async def test_16_only_http_and_https(url: str, code: str) -> None:
    """16: other schemes, credentials in addresses and broken ones are refused before anything is opened."""
    async with guarded(allow_private=True) as client:
        result = await client.get(url)
    assert result.error is not None
    assert result.error.code == code


async def test_16_a_redirect_to_a_file_is_refused(web: ScriptedWeb) -> None:
    """16: schemes are checked on each hop, too."""
    web.on("/out", redirect("file:///etc/hostname"))
    async with guarded(allow_private=True) as client:
        result = await client.get(web.url("/out"))
    assert result.error is not None
    assert result.error.code == "scheme"


CLOUDFLARE = (
    "<html><head><title>Just a moment...</title></head><body><div id='cf-browser-verification'>"
    "Enable JavaScript and cookies to continue</div></body></html>"
)
LOGIN = (
    "<html><head><title>تسجيل الدخول</title></head><body><h1>يرجى تسجيل الدخول لمتابعة القراءة</h1>"
    "<form><input name='u'><input type='password' name='p'></form></body></html>"
)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (CLOUDFLARE, "challenge"),
        (LOGIN, "login"),
        ("<!doctype html><html><title>موقع</title><body>مرحبا بكم</body></html>", "not_a_feed"),
        ("", "empty"),
        ("   \n ", "empty"),
        ("not xml at all", "not_a_feed"),
        ('{"error": "no"}', "not_a_feed"),
        ("<?xml version='1.0'?><catalog><book/></catalog>", "not_a_feed"),
    ],
)
async def test_17_what_is_no_feed_is_an_error_even_with_200(room: Newsroom, body: str, code: str) -> None:
    """17: HTML, a log-in or a bot check in place of the feed is a failure with its reason; what was known of
    the source stays.
    """
    room.web.on("/feed", feed(rss(item(1)), ETag='"good"'), feed(body, ETag='"bad"'))
    await room.add()
    await room.poll_one()
    outcome = await room.poll_one()
    assert (outcome.status, outcome.error) == ("failed", code)
    state = await room.state()
    assert (state.etag, state.last_error) == ('"good"', code)
    assert len(await room.articles()) == 1


async def test_18_dns_and_tls_failures_stay_with_one_source(room: Newsroom) -> None:
    """18: a name that does not exist, a server that does not speak TLS and one that is not there fail alone."""
    room.web.on("/feed", feed(rss(item(1))))
    await room.add()
    await room.add("http://no-such-host.invalid/feed", name="dns")
    await room.add(f"https://127.0.0.1:{room.web.port}/feed", name="tls")
    await room.add("http://127.0.0.1:9/feed", name="closed")
    report = await room.poll()
    outcomes = {outcome.source: (outcome.status, outcome.error) for outcome in report.outcomes}
    assert outcomes["one"] == ("new", None)
    assert outcomes["dns"] == ("failed", "dns")
    assert outcomes["tls"] == ("failed", "tls")
    assert outcomes["closed"] == ("failed", "connection")
    assert (report.asked, report.answered) == (4, 1)


async def test_18_a_resolver_that_hangs_is_given_up() -> None:
    """18: a name server that never answers costs its source seconds, and the end of the program nothing."""
    stuck = threading.Event()

    def hangs(*arguments: object) -> list[object]:
        stuck.wait(30)
        return []

    started = time.monotonic()
    with pytest.raises(OSError, match="no answer"):
        await Names(seconds=0.1, lookup=hangs).resolve("slow.example", 80)
    assert time.monotonic() - started < 2
    stuck.set()


async def test_18_a_name_leads_to_all_its_addresses() -> None:
    """18: both families, as the system gives them."""

    def answers(host: str, port: int, *arguments: object) -> list[object]:
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2001:db8::1", port, 0, 0)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", port)),
        ]

    found = await Names(lookup=answers).resolve("a.example", 443)
    assert [(one["host"], one["port"], one["hostname"]) for one in found] == [
        ("2001:db8::1", 443, "a.example"),
        ("192.0.2.1", 443, "a.example"),
    ]


def _bombs() -> Iterable[tuple[str, str]]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield "laughs", f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>{rss(item("&l9;"))}'
    yield "file", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + rss(item(1, title="&x;"))
    yield "parameter", '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]>' + rss(item(1))


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize(("name", "body"), list(_bombs()))
def test_xml_entities_and_bombs_are_refused(name: str, body: str, fast: bool) -> None:
    """Security: a document that declares entities is refused before any parser sees it."""
    parsed = parse_feed(body.encode(), "", source_zone="UTC", source_id="x", now=START, fast=fast)
    assert parsed.error is not None
    assert parsed.error.code == "xml_entities"


def test_deep_nesting_ends() -> None:
    """Security: a hundred thousand open elements are an error or nothing, never a crash."""
    body = b"<rss version='2.0'><channel>" + b"<a>" * 100_000
    parsed = parse_feed(body, "", source_zone="UTC", source_id="x", now=START)
    assert parsed.entries == ()


@pytest.mark.parametrize(("tags", "short"), [(1_000, True), (200_001, False)])
def test_a_mountain_of_elements_is_not_built_in_memory(tags: int, short: bool) -> None:
    """Security: what has more elements than any feed is left to the parser that goes through it as a stream."""
    text = strip_head(rss(item(1), head="<category/>" * tags))
    assert (read_fast(text) is not None) == short


async def test_what_another_process_reads_arrives_whole(pool: ParserPool) -> None:
    """A feed that comes out of the pool is the feed that parsing it here would give, field by field."""
    head = "<ttl>60</ttl><skipHours><hour>3</hour></skipHours>"
    told = item(1, link="https://news.example/1", summary="موجز", content=f"<p>{PARAGRAPH}</p>")
    for body in (rss(told, item(2, published=None), head=head).encode("windows-1256"), b"<html/>", b""):
        settings: dict[str, Any] = {
            "source_zone": "Asia/Riyadh",
            "source_id": "x",
            "now": START,
            "url": "https://news.example/f",
        }
        assert await pool.parse(body, "text/xml", **settings) == parse_feed(body, "text/xml", **settings)


def _never_ends() -> None:
    while True:
        pass


def _dies() -> None:
    import os

    os._exit(1)


async def test_a_document_that_takes_for_ever_is_given_up() -> None:
    """Security: a parser that hangs or dies costs its own document, and the next one is parsed."""
    pool = ParserPool(1, seconds=0.3)
    try:
        with pytest.raises(TimeoutError):
            await pool.run(_never_ends)
        with pytest.raises(Exception, match="terminated abruptly"):
            await pool.run(_dies)
        parsed = await pool.parse(rss(item(1)).encode(), "", source_zone="UTC", source_id="x", now=START)
        assert len(parsed.entries) == 1
    finally:
        await pool.close()


async def test_nothing_is_fetched_beyond_what_was_asked(room: Newsroom) -> None:
    """Security: pictures, styles, enclosures and frames of feeds and pages are left alone."""
    room.with_policy(read_pages=True)
    other = room.web.url("/secret.png")
    body = f"<html><head><link rel=stylesheet href='{other}'></head><body><article><img src='{other}'>" + (
        f"<iframe src='{other}'></iframe>"
        + "<p>فقرة طويلة من نص الخبر تكفي لأن تكون مقالا قائما بذاته.</p>" * 9
    )
    room.web.on("/a", html(body))
    enclosure = f"<enclosure url='{other}' type='image/png' length='1'/></item>"
    room.web.on("/feed", feed(rss(item(1, link=room.web.url("/a")).replace("</item>", enclosure))))
    await room.add()
    await room.poll_one()
    assert {asked.path for asked in room.web.asked} == {"/feed", "/robots.txt", "/a"}


async def test_15_one_packet_of_a_bomb_is_not_unpacked_whole() -> None:
    """15: 50 MB that fit into one packet: no more than the cap is ever held in memory."""

    async def packet() -> AsyncIterator[bytes]:
        yield bomb

    bomb = gzip.compress(bytes(50_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            await read_body(packet(), "gzip", 200_000)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
