"""What is typed without a command: a link is briefed (F24); anything else is met with the way to the help."""

from collections.abc import Sequence

from adapters.chat.message import Message
from adapters.chat.ports import Reply
from bot.commands.registry import Call
from bot.errors import UsageError
from bot.presenting.articles import article_message


async def free_text(call: Call, found: Sequence[str]) -> Reply:
    """A link's brief, or one sentence that says what to type. In groups, silence."""
    if found:
        summary = await call.services.articles.brief(found[0], call.now)
        message: Message = article_message(summary, call.texts)
        return Reply(messages=(message,))
    if call.request.group:
        return Reply()
    raise UsageError("error.free_text")
