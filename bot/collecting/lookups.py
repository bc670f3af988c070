"""What is stored of a feed's entries, looked up for many feeds at a time: a query costs more than its rows."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from storage.database import Database
from storage.unit_of_work import UnitOfWork
from summaries.types import Article, ArticleId, Entry, SourceId

_MOST_AT_ONCE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """`entries`: id -> article and fingerprint, of those stored for the source; `at_address`: link -> article, for
    the others; `changed`: id -> the stored article of those whose fingerprint is another now.
    """

    entries: Mapping[str, tuple[ArticleId, str]] = field(default_factory=dict)
    at_address: Mapping[str, Article] = field(default_factory=dict)
    changed: Mapping[str, Article] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Question:
    source: SourceId
    entries: Sequence[Entry]
    first: bool
    answer: "asyncio.Future[Known]"


class Lookups:
    """Gathers what workers ask while a query runs, and asks it with the next one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Question] = []
        self._asking: asyncio.Task[None] | None = None

    async def find(self, source: SourceId, entries: Sequence[Entry], *, first: bool = False) -> Known:
        """What is stored of `entries`. `first`: the source has never been read, so none is known by its id.
        Raises: StorageError.
        """
        question = _Question(source, entries, first, asyncio.get_running_loop().create_future())
        self._waiting.append(question)
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask_all())
        return await question.answer

    async def _ask_all(self) -> None:
        try:
            while self._waiting:
                questions = self._waiting[:_MOST_AT_ONCE]
                del self._waiting[:_MOST_AT_ONCE]
                await self._ask(questions)
        finally:
            self._asking = None

    async def _ask(self, questions: Sequence[_Question]) -> None:
        try:
            async with self._database.reading() as unit:
                answers = await _look_up(unit, questions)
        except BaseException as error:
            for question in questions:
                if not question.answer.done():
                    question.answer.set_exception(error)
            if not isinstance(error, Exception):
                raise
            return
        for question, answer in zip(questions, answers, strict=True):
            if not question.answer.done():
                question.answer.set_result(answer)


async def _look_up(unit: UnitOfWork, questions: Sequence[_Question]) -> list[Known]:
    known = await unit.articles.known_many(
        {q.source: [e.id for e in q.entries] for q in questions if not q.first}
    )
    links: set[str] = set()
    changed: dict[tuple[SourceId, str], ArticleId] = {}
    for question in questions:
        mine = known.get(question.source, {})
        for entry in question.entries:
            if entry.id not in mine:
                links.update({entry.link} if entry.link else ())
            elif mine[entry.id][1] != entry.fingerprint:
                changed[question.source, entry.id] = mine[entry.id][0]
    at_address = await unit.articles.at(links)
    old = {article.id: article for article in await unit.articles.get(changed.values())} if changed else {}
    return [
        Known(
            entries=known.get(question.source, {}),
            at_address=at_address,
            changed={e: old[a] for (s, e), a in changed.items() if s == question.source and a in old},
        )
        for question in questions
    ]
