"""The buttons of a story. An action is `story:ID:LOOK`, `follow:ID`, `mute:ID` or `why:ID`."""

from adapters.chat.message import Button, Buttons
from bot.texts import Texts
from summaries.types import BriefStory


def brief_row(place: int, story: BriefStory, texts: Texts) -> tuple[Button, ...]:
    """One row below a brief: the story's card, who said what, its sources. The card has the rest."""
    return (
        Button(label=texts("button.more", place=place), action=f"story:{story.id}:more"),
        Button(label=texts("button.who", place=place), action=f"story:{story.id}:who"),
        Button(label=texts("button.sources", place=place), action=f"story:{story.id}:sources"),
    )


def story_buttons(story: BriefStory, texts: Texts, *, without: str = "") -> Buttons:
    """Everything that can be asked of one story, in two rows; `without` is the look that is open."""
    looks = tuple(
        Button(label=texts(f"look.{look}"), action=f"story:{story.id}:{look}")
        for look in ("more", "who", "sources", "timeline")
        if look != without
    )
    acts = (
        Button(label=texts("look.follow"), action=f"follow:{story.id}"),
        Button(label=texts("look.mute"), action=f"mute:{story.id}"),
        Button(label=texts("look.why"), action=f"why:{story.id}"),
    )
    return Buttons(rows=(looks, acts))
