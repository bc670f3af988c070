"""The archive's index for search: the stems of each article's words, and a mark for each name it has."""

import asyncio
import zlib

from storage.database import Database
from storage.search import searchable
from summaries.names import Gazetteer, Kind
from summaries.types import Article

INDEX_BATCH = 500  # articles indexed at once


class Indexing:
    """The minute job: indexes what is not indexed yet."""

    def __init__(self, database: Database, gazetteer: Gazetteer) -> None:
        self._database, self._gazetteer = database, gazetteer

    async def tick(self, _: object = None) -> int:
        """Index all that waits; how many articles."""
        total = 0
        while done := await index_some(self._database, self._gazetteer, INDEX_BATCH):
            total += done
        return total


async def index_some(database: Database, gazetteer: Gazetteer, most: int) -> int:
    """Index up to `most` articles; how many they were."""
    async with database.reading() as unit:
        articles = await unit.articles.get(await unit.search.missing(most))
    if not articles:
        return 0
    documents = await asyncio.to_thread(lambda: {a.id: document(a, gazetteer) for a in articles})
    async with database.unit() as unit:
        await unit.search.put(documents)
        await unit.commit()
    return len(documents)


def document(article: Article, gazetteer: Gazetteer) -> str:
    """What is indexed of an article."""
    text = f"{article.title}\n{article.text}"
    marks = {name_mark(name) for name in gazetteer.every(text)}
    return " ".join([*sorted(marks), searchable(text)])


def name_mark(name: str) -> str:
    """A word that no text has, and that stands for a name in all of its spellings."""
    return f"nm{zlib.crc32(name.encode()):08x}"


def name_words(text: str, gazetteer: Gazetteer) -> tuple[list[str], str]:
    """The marks of the names in what is looked for, and the text without them. Only who and where count as
    names: an office is found by its words.
    """
    marks, rest, last = [], [], 0
    for mention in gazetteer.find(text):
        if mention.name.kind in _SPELLED:
            before = text[last : mention.start]
            rest.append(before[:-1] if before[-1:] in _CLITICS and not before[-2:-1].strip() else before)
            marks.append(name_mark(mention.name.id))
            last = mention.end
    return marks, " ".join([*rest, text[last:]])


_SPELLED = frozenset((Kind.PERSON, Kind.OUTLET, Kind.AGENCY))
_CLITICS = frozenset("وفبلك")
