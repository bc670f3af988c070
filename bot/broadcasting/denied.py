"""Whether the news of a draft has been denied since the draft was made."""

from datetime import datetime

from bot.broadcasting.content import Content
from bot.services import Services
from summaries.novelty import seen_after
from summaries.retelling import state_for
from summaries.types import BriefStory, State, Strength


async def denied_since(services: Services, content: Content, now: datetime) -> str:
    """The headline of the first story, of those that would be posted, which an article denies that the draft does not
    know; "" where there is none.
    """
    for story in content.kept.stories:
        told_now = await services.briefing.story(story.id, content.brief.topic, now)
        if told_now is not None and denied(story, told_now):
            return story.headline
    return ""


def denied(before: BriefStory, after: BriefStory) -> bool:
    """Whether `after`, the story as it is told now, has a denial of an article that `before` does not know."""
    known = {member.article for member in before.members}
    denials = [
        quote
        for quote in after.quotes
        if quote.statement.strength is Strength.DENY and quote.article not in known
    ]
    return bool(denials) and state_for(after, seen_after([before], None)) is State.DENIED
