"""What is typed without a command: a link is briefed (F24); anything else is met with the way to the help."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from adapters.chat.ports import Reply
from bot.commands.registry import Call, Command
from bot.errors import UsageError
from bot.presenting.articles import article_message
from bot.summarising import ArticleBrief


async def article_of(call: Call, url: str) -> ArticleBrief:
    """The brief of the article at `url`, under the outlet's own name where its site is one of our sources'. Raises
    `InputError` where it cannot be had.
    """
    brief = await call.services.articles.brief(url, call.now)
    async with call.services.database.reading() as unit:
        sources = [source for source, _ in await unit.sources.all()]
    site = _site(brief.article.url)
    outlets = {source.outlet for source in sources if _site(source.url) == site}
    if len(outlets) != 1:
        return brief
    [outlet] = outlets
    quotes = tuple(replace(quote, outlet=outlet) for quote in brief.quotes)
    return replace(brief, article=replace(brief.article, outlet=outlet), quotes=quotes)


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


async def free_text(call: Call, found: Sequence[str]) -> Reply:
    """A link's brief, or one sentence that says what to type: of pictures without words too, and to an editor with an
    open draft how a word of theirs is put there. In groups, silence.
    """
    if found:
        return Reply(messages=(article_message(await article_of(call, found[0]), call.texts),))
    if call.request.group:
        return Reply()
    async with call.services.database.reading() as unit:
        drafting = await unit.editors.last_draft(call.writer)
    if call.request.text:
        raise UsageError("note.how" if drafting else "error.free_text")
    raise UsageError("note.pictures" if drafting else "error.pictures")


async def link(call: Call) -> Reply:
    """`link URL`: the brief of the page. Without an address (Slack's shortcut on a message that has none) says so."""
    if not call.words:
        raise UsageError("usage.link")
    return Reply(messages=(article_message(await article_of(call, call.words[0]), call.texts),))


COMMANDS = (Command(name="link", run=link, menu=False),)
