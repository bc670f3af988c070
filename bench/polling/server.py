"""The web that the collecting bench polls: feeds of 30 entries and about 35 KB on many loopback hosts.

Run as a process of its own: `python -m bench.polling.server PORT HOSTS`. It answers from memory, so that what
is measured is the reader.
"""

import asyncio
import random
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

ENTRIES = 30
WORDS = [
    "قال",
    "أكد",
    "أوضح",
    "الوزير",
    "الرئيس",
    "الحكومة",
    "البيت",
    "الأبيض",
    "واشنطن",
    "تل",
    "أبيب",
    "القدس",
    "غزة",
    "المفاوضات",
    "الاتفاق",
    "الهدنة",
    "المساعدات",
    "الأمن",
    "المجلس",
    "القرار",
    "التصويت",
    "الوفد",
    "الزيارة",
    "المسؤول",
    "مصدر",
    "دبلوماسي",
    "رفيع",
    "المستوى",
    "خلال",
    "الأيام",
    "المقبلة",
    "بشأن",
    "العملية",
    "العسكرية",
    "رفح",
    "السكان",
    "المدنيين",
    "الضغط",
    "الخلاف",
    "التوتر",
    "العلاقات",
    "بين",
    "الجانبين",
    "في",
    "من",
    "على",
    "إلى",
    "أن",
    "التي",
    "الذي",
    "هذا",
    "بعد",
    "قبل",
]


@lru_cache(maxsize=4096)
def body(number: int, round_: int) -> bytes:
    """The feed `number` as it stands in round `round_`: each round brings all new entries."""
    chosen = random.Random(number * 1000 + round_)
    start = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=round_)
    items = "".join(_item(number, round_, n, chosen, start) for n in range(ENTRIES))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>صحيفة {number}</title><link>http://news{number}.example/</link><description>أخبار</description>"
        f'<atom:link href="http://news{number}.example/feed" rel="self" type="application/rss+xml"/>{items}'
        "</channel></rss>"
    ).encode()


def _item(number: int, round_: int, n: int, chosen: random.Random, start: datetime) -> str:
    def words(count: int) -> str:
        return " ".join(chosen.choices(WORDS, k=count))

    link = f"http://news{number}.example/{round_}/{n}?utm_source=rss"
    return (
        f"<item><title>{words(9)}</title><link>{link.replace('&', '&amp;')}</link>"
        f'<guid isPermaLink="false">{number}-{round_}-{n}</guid><dc:creator>{words(2)}</dc:creator>'
        f"<pubDate>{format_datetime(start - timedelta(minutes=7 * n))}</pubDate><category>{words(1)}</category>"
        f"<description><![CDATA[<p>{words(62)}</p>]]></description></item>"
    )


class Feeds(asyncio.Protocol):
    """`/ROUND/NUMBER`; an ETag names both, so that asking again gives 304."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            self.transport.write(_answer(head))  # type: ignore[attr-defined]


def _answer(head: bytes) -> bytes:
    path = head.split(b" ", 2)[1].decode()
    _, round_, number = path.split("/")
    tag = f'"{round_}-{number}"'
    if f"if-none-match: {tag}" in head.decode("latin-1").lower():
        return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
    text = body(int(number), int(round_))
    return (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: {tag}\r\n"
        f"Content-Length: {len(text)}\r\n\r\n"
    ).encode() + text


def hosts(count: int) -> list[str]:
    return [f"127.0.{1 + n // 250}.{1 + n % 250}" for n in range(count)]


async def main(port: int, count: int, feeds: int) -> None:
    for number in range(feeds):
        body(number, 0)
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(Feeds, host, port, backlog=512) for host in hosts(count)]
    print("ready", flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
