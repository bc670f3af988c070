"""The composition root: the only file that knows the concrete classes. Tests call it with fakes."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from adapters.feeds.pool import ParserPool
from adapters.http import GuardedClient
from adapters.model import Model
from bot.briefing import Briefing
from bot.collecting import Collector
from bot.commands.parse import DEFAULT_WINDOW
from bot.errors import InputError, SettingsError, UsageError
from bot.settings import Settings
from bot.sources import packaged_sources, read_sources
from bot.summarising import LinkReader
from bot.texts import Texts
from bot.version import VERSION
from bot.writing import Writer
from storage import engines
from storage.database import Database
from storage.errors import SchemaMismatch
from summaries.analysis import Analyst
from summaries.names import Gazetteer
from summaries.packaged import packaged_gate, packaged_gazetteer, packaged_topic_files, packaged_topics
from summaries.topic import Topic, TopicError, parse_topic
from summaries.types import ArticleId, Brief, Source, TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """What works without any chat: collecting and briefing on one database."""

    settings: Settings
    database: Database
    client: GuardedClient
    pool: ParserPool
    collector: Collector
    briefing: Briefing
    analyst: Analyst
    gazetteer: Gazetteer
    topics: dict[TopicId, Topic]
    now: Callable[[], datetime]
    sample: bool = False
    new_id: Callable[[], str] = field(default=lambda: uuid4().hex)

    def topic(self, wanted: str | None) -> TopicId:
        """The topic of that name, or the first one. Raises `UsageError`."""
        return known_topic(self.topics, wanted)

    def title(self, topic: TopicId, spoken: Texts) -> str:
        return self.topics[topic].name(spoken.language)

    async def has_articles(self) -> bool:
        async with self.database.unit() as unit:
            return bool(await unit.articles.latest(1))

    def locate(self, brief: Brief) -> Callable[[ArticleId], str]:
        """Articles by their address."""
        urls = {member.article: member.url for story in brief.stories for member in story.members}
        return lambda article: urls.get(article, str(article))


def known_topic(topics: dict[TopicId, Topic], wanted: str | None) -> TopicId:
    if wanted is None:
        return next(iter(topics))
    if TopicId(wanted) not in topics:
        raise UsageError("cli.no_topic", topic=wanted, known=", ".join(topics))
    return TopicId(wanted)


@asynccontextmanager
async def open_kernel(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    sources: Iterable[Source] | None = None,
    database_url: str | None = None,
    admitted: Collection[tuple[str, int]] = (),
    default_window: timedelta = DEFAULT_WINDOW,
    sample: bool = False,
) -> AsyncIterator[Kernel]:
    """Open the database (migrated), the client, the parsers and the analyst; close them in turn.

    `admitted` are private (host, port) pairs that sources may have all the same.
    """
    topics = load_topics(settings)
    gazetteer = packaged_gazetteer()
    analyst = Analyst(gazetteer, tuple(topics.values()))
    async with open_database(settings, database_url) as database:
        async with database.unit() as unit:
            await unit.sources.upsert(load_sources(settings) if sources is None else tuple(sources))
            await unit.commit()
        async with (
            GuardedClient(contact=settings.contact, version=VERSION,
                          allow_private=settings.allow_private_addresses or frozenset(admitted)) as client,
            ParserPool() as pool,
            open_writer(settings, database, gazetteer) as writer,
        ):  # fmt: skip
            yield Kernel(
                settings=settings, database=database, client=client, pool=pool, topics=topics, analyst=analyst, now=now,
                gazetteer=gazetteer,
                collector=Collector(client, pool, database, min_poll_seconds=settings.min_poll_seconds),
                briefing=Briefing(
                    database, analyst, default_window=default_window, sample=sample, writer=None if sample else writer
                ),
                sample=sample,
            )  # fmt: skip


@asynccontextmanager
async def open_writer(
    settings: Settings, database: Database, gazetteer: Gazetteer
) -> AsyncIterator[Writer | None]:
    """What writes with the language model that is set; None where none is."""
    if not settings.llm_url or not settings.llm_model:
        yield None
        return
    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    async with Model(
        url=settings.llm_url, model=settings.llm_model, key=key, timeout_seconds=settings.llm_timeout_seconds
    ) as model:
        yield Writer(database, model, packaged_gate(), gazetteer, tokens_per_day=settings.llm_tokens_per_day)


@asynccontextmanager
async def open_database(settings: Settings, url: str | None = None) -> AsyncIterator[Database]:
    """The database, with its schema brought to this version."""
    address = url or settings.database
    if address.startswith("sqlite:///"):
        _make_folder(Path(address.removeprefix("sqlite:///")).parent)
    database = await Database.open(address)
    try:
        await database.migrate()
        yield database
    finally:
        await database.close()


def must_be_there(settings: Settings) -> None:
    """Raises SchemaMismatch `storage.empty` where there is no database: it is somewhere else, and an empty one would
    be made here.
    """
    place = engines.place(settings.database)
    if place.file is not None and not place.file.exists():
        raise SchemaMismatch("storage.empty", address=str(place))


@asynccontextmanager
async def look_at_database(settings: Settings) -> AsyncIterator[Database]:
    """The database as it is, for whoever only looks: none is made, and nothing in it is changed.

    Raises SchemaMismatch where it is not of this version, `storage.empty` where there is none.
    """
    must_be_there(settings)
    database = await Database.open(settings.database)
    try:
        await database.see_that_it_is_current()
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def open_client(
    settings: Settings, admitted: Collection[tuple[str, int]] = ()
) -> AsyncIterator[GuardedClient]:
    """The guarded client; `admitted` are private (host, port) pairs that are allowed all the same."""
    allowed: bool | frozenset[tuple[str, int]] = settings.allow_private_addresses or frozenset(admitted)
    async with GuardedClient(contact=settings.contact, version=VERSION, allow_private=allowed) as client:
        yield client


@asynccontextmanager
async def open_reader(settings: Settings, analyst: Analyst) -> AsyncIterator[LinkReader]:
    """What briefs a link, with nothing else opened."""
    async with open_client(settings) as client, ParserPool(1) as pool:
        yield LinkReader(client, pool, analyst)


def load_topics(settings: Settings) -> dict[TopicId, Topic]:
    """The packaged topics, or those of the folder set. Raises `SettingsError` and `TopicError`."""
    if settings.topics is None:
        return {topic.id: topic for topic in packaged_topics()}
    found = {}
    for file in topic_files(settings):
        try:
            topic = parse_topic(read_text(file))
        except TopicError as error:
            raise error.of_file(str(file)) from error
        found[topic.id] = topic
    return found


def topic_files(settings: Settings) -> list[Path]:
    """The files of the topics in use. Raises `SettingsError` where the folder holds none."""
    if settings.topics is None:
        return packaged_topic_files()
    files = sorted(settings.topics.glob("*.toml"))
    if not files:
        raise SettingsError("settings.no_topics", folder=str(settings.topics))
    return files


def load_sources(settings: Settings) -> tuple[Source, ...]:
    """The packaged sources, or those of the file set (TOML or OPML)."""
    if settings.sources is None:
        return packaged_sources()
    return read_sources(read_text(settings.sources), settings.sources.name)


def _make_folder(folder: Path) -> None:
    """The folder of the database. Raises `InputError` where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("input.no_folder", folder=str(folder), cause=str(error)) from None


def read_text(path: Path) -> str:
    """The text of a file, in UTF-8. Raises `InputError`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError("input.no_file", file=str(path)) from None
    except UnicodeDecodeError as error:
        raise InputError("input.not_utf8", file=str(path), cause=str(error)) from None
    except OSError as error:
        raise InputError("input.unreadable", file=str(path), cause=str(error)) from None
