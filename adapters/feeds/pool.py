"""Parsing off the event loop: processes, spawned, one a core.

A hostile document may take for ever or kill its reader; either stays with that document.
"""

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from operator import attrgetter
from types import FrameType, TracebackType
from typing import Any, Self, TypeAlias, TypeVar

from adapters.feeds.model import Cadence, ParsedFeed
from adapters.feeds.parse import parse_feed
from adapters.http import FetchError
from summaries.types import Entry, SourceId

T = TypeVar("T")
_Document: TypeAlias = tuple[bytes, str, str, str, datetime, str]
_Waiting: TypeAlias = tuple[_Document, "asyncio.Future[ParsedFeed]"]
_Packed: TypeAlias = tuple[Any, ...]
_MOST_AT_ONCE = 16
PARSE_SECONDS = 20.0
_SELDOM = (
    10_000  # objects between two passes of the garbage collector: what is read of feeds goes in no circles
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIELDS = attrgetter("id", "title", "link", "published", "updated", "summary", "text", "fingerprint")


class ParserPool:
    """Runs `parse_feed`, and other functions of a module, in processes of their own."""

    def __init__(self, workers: int | None = None, *, seconds: float = PARSE_SECONDS) -> None:
        self._workers = workers or max(1, os.cpu_count() or 1)
        self._seconds = seconds
        self._executor: ProcessPoolExecutor | None = None
        self._waiting: list[_Waiting] = []
        self._sent: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Waits for what is running; takes the processes away."""
        if self._executor is not None:
            executor, self._executor = self._executor, None
            await asyncio.to_thread(executor.shutdown, wait=True, cancel_futures=True)

    async def warm(self) -> None:
        """Start the processes and have them load what they need, so that the first document does not wait."""
        await asyncio.gather(
            *(self.run(_parse_many, [(b"<rss/>", "", "UTC", "", _EPOCH, "")]) for _ in range(self._workers))
        )

    async def parse(
        self,
        body: bytes,
        content_type: str,
        *,
        source_zone: str,
        source_id: str,
        now: datetime,
        url: str = "",
    ) -> ParsedFeed:
        """As `parse_feed`; a document that takes too long or kills its reader has the error
        parse_timeout or parse_died.
        """
        answer: asyncio.Future[ParsedFeed] = asyncio.get_running_loop().create_future()
        self._waiting.append(((body, content_type, source_zone, source_id, now, url), answer))
        self._send()
        return await answer

    def _send(self) -> None:
        """Hand out what waits: alone while processes are free, by the dozen when they are not, since going
        there and back costs as much as reading a short feed.
        """
        while self._waiting and len(self._sent) < 2 * self._workers:
            batch = self._waiting[:_MOST_AT_ONCE]
            del self._waiting[:_MOST_AT_ONCE]
            task = asyncio.get_running_loop().create_task(self._read(batch))
            self._sent.add(task)
            task.add_done_callback(self._back)

    def _back(self, task: "asyncio.Task[None]") -> None:
        self._sent.discard(task)
        if not task.cancelled():
            self._send()

    async def _read(self, batch: list[_Waiting]) -> None:
        try:
            packed = await self.run(_parse_many, [document for document, _ in batch])
            feeds = [_unpacked(feed, document[3]) for feed, (document, _) in zip(packed, batch, strict=True)]
        except Exception as error:
            if len(batch) == 1:
                feeds = [ParsedFeed(error=_failure(error))]
            else:  # one of them is the culprit; each for itself, then
                for one in batch:
                    await self._read([one])
                return
        for (_, answer), feed in zip(batch, feeds, strict=True):
            if not answer.done():
                answer.set_result(feed)

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """`function` (importable by name) of `arguments` (picklable), elsewhere.

        Raises: what it raises; TimeoutError; BrokenProcessPool when the process died of it twice (the first
        time may have been a neighbour's fault).
        """
        for last in (False, True):
            executor = self._ready()
            future = executor.submit(_capped, self._seconds, function, arguments)
            try:
                return await asyncio.wrap_future(future)
            except BrokenProcessPool:
                if self._executor is executor:
                    self._executor = None
                if last:
                    raise
        raise AssertionError("unreachable")

    def _ready(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start
            )
        return self._executor


def _start() -> None:
    """In each process: an interrupt is the parent's to handle, and where cores are short the parent's loop goes
    first; one whose parent was killed ends. The garbage collector has little to find here.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.set_threshold(_SELDOM, *gc.get_threshold()[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)


def _end_with_parent() -> None:
    """What is killed tells nobody, and the queues on which its processes wait stay open among themselves."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _capped(seconds: float, function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    if not hasattr(signal, "setitimer"):
        return function(*arguments)
    before = signal.signal(signal.SIGALRM, _expired)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function(*arguments)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _expired(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def _parse_many(documents: list[_Document]) -> list[_Packed]:
    return [
        _packed(parse_feed(body, kind, source_zone=zone, source_id=source, now=now, url=url))
        for body, kind, zone, source, now, url in documents
    ]


def _packed(feed: ParsedFeed) -> _Packed:
    """As plain tuples, which travel between processes at a fraction of what objects cost."""
    entries = [*map(_FIELDS, feed.entries)]
    cadence = None if feed.cadence == Cadence() else feed.cadence
    return feed.title, entries, cadence, feed.error, feed.reader, feed.encoding, feed.damaged, feed.cut


def _unpacked(packed: _Packed, source: str) -> ParsedFeed:
    title, entries, cadence, error, reader, encoding, damaged, cut = packed
    name = SourceId(source)
    return ParsedFeed(
        title=title,
        entries=tuple(
            [
                Entry(
                    source=name,
                    id=id_,
                    title=headline,
                    link=link,
                    published=published,
                    updated=updated,
                    summary=summary,
                    text=text,
                    fingerprint=fingerprint,
                )
                for id_, headline, link, published, updated, summary, text, fingerprint in entries
            ]
        ),
        cadence=cadence or Cadence(),
        error=error,
        reader=reader,
        encoding=encoding,
        damaged=damaged,
        cut=cut,
    )


def _failure(error: Exception) -> FetchError:
    """A defect of a parser stays with the document that found it."""
    if isinstance(error, TimeoutError):
        return FetchError(code="parse_timeout")
    if isinstance(error, BrokenProcessPool):
        return FetchError(code="parse_died")
    return FetchError(code="parse_failed", detail=f"{type(error).__name__}: {error}"[:300])
