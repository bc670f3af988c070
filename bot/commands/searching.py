"""`search`: the archive in Arabic, by word, name, outlet and date (F31)."""

from dataclasses import replace

from adapters.chat.message import Block, Bullets, Button, Buttons, Heading, Line, Note, Text
from adapters.chat.ports import Reply
from bot.commands.query import Query, parse_query
from bot.commands.registry import Call, Command, line
from bot.indexing import INDEX_BATCH, index_some, name_words
from bot.presenting import words
from bot.presenting.briefs import sample_note
from storage.search import searchable
from summaries.text import fold
from summaries.types import Article

PAGE = 8
_ACTION = 64  # bytes of a button's action


async def search(call: Call) -> Reply:
    """`search WORDS [outlet:NAME] [DATE|3d]`, also `"a phrase"`; newest first, with a button for the next page."""
    query = await understood(call)
    found = await find(call, query, PAGE + 1)
    if not found:
        none = call.say("search.none" if not query.offset else "search.no_more", query=query.text)
        return replace(none, aside=True)
    blocks: list[Block] = [
        Heading(line=line(call.texts("search.title", query=query.text))),
        *sample_note(call.services.sample, call.texts),
        Bullets(items=tuple(_item(call, article) for article in found[:PAGE])),
        Note(line=line(call.texts("search.hint"))),
        *call.zone_note(),
    ]
    action = f"do:search {query.text} +{query.offset + PAGE}"
    if len(found) > PAGE and len(action.encode()) <= _ACTION:
        blocks.append(Buttons(rows=((Button(label=call.texts("button.more_results"), action=action),),)))
    return call.reply(*blocks)


async def understood(call: Call) -> Query:
    """The words of the call as a query. Raises `UsageError`."""
    async with call.services.database.reading() as unit:
        listed = await unit.sources.all()
    outlets = {fold(name): s.outlet for s, _ in listed for name in (s.outlet, *s.names)}
    return parse_query(call.words, outlets, call.now, call.zone)


def _item(call: Call, article: Article) -> Line:
    at = article.published or article.collected
    when = words.moment(at, call.texts, call.zone) if at else call.texts("time.unknown")
    outlet = (Text(text=f"{when} · "), Text(text=article.outlet), Text(text=": "))
    return (*outlet, Text(text=article.title, url=article.url or None))


async def find(call: Call, query: Query, limit: int) -> list[Article]:
    """The articles that match, newest first. A name of the gazetteer is found in any of its spellings."""
    services = call.services
    await index_some(services.database, services.gazetteer, INDEX_BATCH)
    marks, rest = ([], query.words) if query.phrase else name_words(query.words, services.gazetteer)
    wanted = " ".join([*marks, searchable(rest)])
    async with services.database.reading() as unit:
        ids = await unit.search.find(
            wanted, outlet=query.outlet, start=query.start, end=query.end, phrase=query.phrase, limit=limit,
            offset=query.offset,
        )  # fmt: skip
        return await unit.articles.get(ids)


async def of_words(call: Call, text: str, limit: int) -> list[Article]:
    """The newest articles for what was typed."""
    asked = replace(call, words=tuple(text.split()))
    return await find(asked, await understood(asked), limit)


COMMANDS = (Command(name="search", run=search, aliases=("بحث", "ابحث", "ابحثوا")),)
