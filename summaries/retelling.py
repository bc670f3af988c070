"""A brief that was composed for nobody in particular, told to one chat: against what it saw, without what it muted."""

from collections.abc import Callable
from dataclasses import replace

from summaries.novelty import Seen, state_of
from summaries.ranking import in_order, restated
from summaries.types import Brief, BriefStory, State


def retell(
    brief: Brief,
    previous: Seen | None,
    *,
    limit: int,
    hidden: Callable[[BriefStory], bool] = lambda story: False,
) -> Brief:
    """The first `limit` stories of a brief in which every story is new, as against `previous`; those that are
    `hidden` are left out. The same as composing it for this chat from the start.
    """
    stories = [restated(story, state_for(story, previous)) for story in brief.stories if not hidden(story)]
    return replace(brief, stories=tuple(in_order(stories)[:limit]))


def state_for(story: BriefStory, previous: Seen | None) -> State:
    """How a story stands to what a chat was shown of it."""
    seen = previous.find(story.id, (member.article for member in story.members)) if previous else None
    said = [(quote.text, quote.statement.strength) for quote in story.quotes]
    return state_of(seen, [sentence.text for sentence in story.sentences], said)
